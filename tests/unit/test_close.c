/* Rounds of one side: closed, looked at, and joined late after all. */
#include "round_fixture.h"

static enum vb_code close_round(struct scene *scene)
{
    return vb_round_close(scene->round, "somebody", &scene->world.err);
}

/* Answers the dyad's four questions and says yes, also to a sheet of one side when so. */
static void fill_alone(struct vb_session *session, const char *words, bool one_sided)
{
    struct heard heard = { 0 };
    struct vb_sharing sharing = { .one_sided = one_sided };
    for (int i = 0; i < 3; i++)
        assert_int_equal(give(session, vb_value_int(4)), VB_OK);
    assert_int_equal(give(session, text(words)), VB_OK);
    vb_session_share(session, vb_session_view(session)->seq, &sharing, hear, &heard);
    assert_int_equal(heard.code, VB_OK);
}

static void share_alone(struct vb_session *session)
{
    struct heard heard = { 0 };
    struct vb_sharing sharing = { .one_sided = true };
    vb_session_share(session, vb_session_view(session)->seq, &sharing, hear, &heard);
    assert_int_equal(heard.code, VB_OK);
}

static void closing_shows_the_side_that_said_yes_to_that(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    fill_alone(join(&scene, "client", NULL), "alone", true);
    struct vb_session *worker = join(&scene, "professional", NULL);
    give(worker, vb_value_int(2));
    give(worker, vb_value_int(2));
    give(worker, vb_value_int(2));
    give(worker, text(marker)); /* done, and not shared */
    assert_false(settle(&scene));
    assert_int_equal(close_round(&scene), VB_OK);
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_RELEASED);
    assert_true(vb_round_is_one_sided(scene.round));
    char *bytes = bytes_of(&scene, 0);
    assert_non_null(strstr(bytes, "\"revision\":1,\"reason\":\"released\""));
    assert_non_null(strstr(bytes, "alone"));
    assert_null(strstr(bytes, marker));
    assert_non_null(strstr(bytes, "{\"role\":\"professional\",\"person\":null,\"language\":null,"
                                  "\"mode\":null,\"state\":\"not_filled_in\""));
    assert_non_null(strstr(bytes, "\"comparison\":[]"));
    assert_int_equal(close_round(&scene), VB_E_BUSY);
    free(bytes);
    end(&scene);
}

/* What a result says of everybody, without the ids that chance made. */
static char *after_respondents(struct scene *scene)
{
    char *bytes = bytes_of(scene, 0);
    char *rest = strdup(strstr(bytes, "{\"role\":\"professional\""));
    free(bytes);
    return rest;
}

static void whoever_is_missing_looks_the_same(void **state)
{
    (void)state;
    enum { ABSENT, BEGUN, STOPPED, WITHDRAWN, WAYS };
    char *seen[WAYS];
    for (int way = 0; way < WAYS; way++) {
        struct scene scene;
        begin(&scene, dyad());
        fill_alone(join(&scene, "client", NULL), "alone", true);
        if (way != ABSENT)
            give(join(&scene, "professional", "Anna"), vb_value_int(1));
        if (way == STOPPED)
            assert_int_equal(stop(join(&scene, "professional", NULL)), VB_OK);
        if (way == WITHDRAWN)
            assert_int_equal(
                vb_round_withdraw(scene.round, person_at(&scene, 1), "somebody", &scene.world.err),
                VB_OK);
        assert_false(settle(&scene));
        assert_int_equal(close_round(&scene), VB_OK);
        seen[way] = after_respondents(&scene);
        end(&scene);
    }
    for (int way = 1; way < WAYS; way++)
        assert_string_equal(seen[ABSENT], seen[way]);
    for (int way = 0; way < WAYS; way++)
        free(seen[way]);
}

static void without_such_a_yes_every_reason_reads_alike(void **state)
{
    (void)state;
    enum { NOBODY, BEGUN, STOPPED, SHARED, WAYS };
    char *said[WAYS];
    for (int way = 0; way < WAYS; way++) {
        struct scene scene;
        begin(&scene, dyad());
        struct vb_session *client = join(&scene, "client", NULL);
        if (way == BEGUN)
            give(client, vb_value_int(1));
        if (way == STOPPED)
            stop(client);
        if (way == SHARED)
            fill_alone(client, "not alone", false);
        assert_false(settle(&scene));
        assert_int_equal(close_round(&scene), VB_E_BUSY);
        said[way] = strdup(strchr(scene.world.err.text, ':'));
        assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
        assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_OPEN);
        end(&scene);
    }
    for (int way = 1; way < WAYS; way++)
        assert_string_equal(said[NOBODY], said[way]);
    for (int way = 0; way < WAYS; way++)
        free(said[way]);
}

static void the_other_side_may_still_come_and_makes_a_revision(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    fill_alone(join(&scene, "client", NULL), "alone", true);
    assert_false(settle(&scene));
    assert_int_equal(close_round(&scene), VB_OK);
    char *first = bytes_of(&scene, 1);
    restart(&scene);
    assert_true(vb_round_takes_late(scene.round));
    struct vb_session *worker = join(&scene, "professional", NULL);
    give(worker, vb_value_int(2));
    assert_false(settle(&scene));
    restart(&scene);
    char *still = bytes_of(&scene, 0);
    assert_string_equal(first, still);
    worker = join(&scene, "professional", NULL);
    give(worker, vb_value_int(2));
    give(worker, vb_value_int(2));
    give(worker, text("late words"));
    assert_int_equal(share(worker), VB_OK);
    assert_true(settle(&scene));
    assert_false(vb_round_takes_late(scene.round));
    assert_int_equal(join_code(&scene, "professional", "Bert"), VB_E_BUSY);
    for (int i = 0; i < 2; i++) {
        char *again = bytes_of(&scene, 1), *newest = bytes_of(&scene, 0);
        assert_string_equal(first, again);
        assert_non_null(strstr(newest, "\"revision\":2,\"reason\":\"late\""));
        assert_non_null(strstr(newest, "late words"));
        assert_non_null(strstr(newest, "\"differ\":[\"one\""));
        free(again);
        free(newest);
        restart(&scene);
    }
    free(first);
    free(still);
    end(&scene);
}

static void a_second_voice_in_a_closed_group_opens_it_for_both(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    struct vb_session *sam = join(&scene, "youth", "Sam"), *kim = join(&scene, "parent", "Kim");
    give_all(sam, (const int[]){ 5, 4 });
    share_alone(sam);
    assert_int_equal(close_round(&scene), VB_OK);
    char *first = bytes_of(&scene, 0);
    assert_non_null(strstr(first, "\"own\":{\"value\":5}"));
    give_all(kim, (const int[]){ 2, 1 });
    assert_false(settle(&scene));
    share(kim);
    assert_true(settle(&scene));
    char *second = bytes_of(&scene, 0), *first_again = bytes_of(&scene, 1);
    assert_string_equal(first, first_again);
    assert_null(strstr(first, "\"own\":{\"value\":2}"));
    assert_non_null(strstr(second, "\"own\":{\"value\":2}"));
    assert_non_null(strstr(second, "\"reason\":\"late\""));
    free(first);
    free(second);
    free(first_again);
    end(&scene);
}

/* A refusal would tell, for nothing, that both said yes. */
static void closing_a_group_with_two_voices_releases_it(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    struct vb_session *sam = join(&scene, "youth", "Sam"), *kim = join(&scene, "parent", "Kim");
    give_all(sam, (const int[]){ 5, 4 });
    give_all(kim, (const int[]){ 2, 1 });
    share_alone(sam);
    share(kim);
    assert_int_equal(close_round(&scene), VB_OK);
    assert_false(vb_round_is_one_sided(scene.round));
    char *bytes = bytes_of(&scene, 0);
    assert_non_null(strstr(bytes, "\"own\":{\"value\":2}"));
    free(bytes);
    end(&scene);
}

/* Nobody waits for the optional worker any more: the rule held all the time. */
static void closing_a_round_whose_rule_holds_releases_it(void **state)
{
    (void)state;
    struct scene scene;
    struct fixture f = fixture_bare();
    fixture_role(&f, "client", 1, false);
    fixture_role(&f, "professional", 1, false);
    f.plan->roles[1].optional = true;
    fixture_ask(&f, fixture_item(&f, "today", VB_LIKERT), NULL);
    begin(&scene, fixture_end(&f));
    struct vb_session *client = join(&scene, "client", NULL);
    give(client, vb_value_int(5));
    share(client);
    assert_int_equal(close_round(&scene), VB_OK);
    assert_false(vb_round_is_one_sided(scene.round));
    char *bytes = bytes_of(&scene, 0);
    assert_non_null(strstr(bytes, "\"today\":{\"value\":5}"));
    assert_null(strstr(bytes, "professional"));
    free(bytes);
    end(&scene);
}

static void a_round_that_was_closed_without_a_sheet_stays_closed(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    stop(join(&scene, "client", NULL));
    stop(join(&scene, "professional", NULL));
    assert_false(settle(&scene));
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_WITHDRAWN);
    assert_int_equal(close_round(&scene), VB_E_BUSY);
    end(&scene);
}

/* One of a family shared, one stopped, one was only named: nothing would ever end it. */
static void a_round_may_be_ended_without_a_sheet(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    assert_int_equal(vb_round_name_member(scene.round, "parent", "E", &scene.world.err), VB_OK);
    struct vb_session *sam = join(&scene, "youth", "Sam"), *kim = join(&scene, "parent", "Kim");
    give_all(sam, (const int[]){ 5, 4 });
    share(sam);
    stop(kim);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_E_BUSY);
    assert_int_equal(close_round(&scene), VB_E_BUSY);
    assert_int_equal(vb_round_end(scene.round, "somebody", &scene.world.err), VB_OK);
    for (int times = 0; times < 2; times++) {
        assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_WITHDRAWN);
        assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
        assert_int_equal(join_code(&scene, "parent", "E"), VB_E_BUSY);
        assert_int_equal(vb_round_end(scene.round, "somebody", &scene.world.err), VB_E_BUSY);
        assert_non_null(strstr(scene.world.err.text, "closed without a sheet"));
        restart(&scene);
    }
    end(&scene);
}

static void the_audit_names_who_closed_it(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    size_t count;
    begin(&scene, dyad());
    fill_alone(join(&scene, "client", NULL), "alone", true);
    assert_int_equal(close_round(&scene), VB_OK);
    scene.world.store->ops->audit(scene.world.store, &arena, &rows, &count, &scene.world.err);
    assert_true(count > 0);
    assert_string_equal(rows[count - 1].action, "closed one-sided");
    assert_string_equal(rows[count - 1].by, "somebody");
    vb_arena_finish(&arena);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closing_shows_the_side_that_said_yes_to_that),
        cmocka_unit_test(whoever_is_missing_looks_the_same),
        cmocka_unit_test(without_such_a_yes_every_reason_reads_alike),
        cmocka_unit_test(the_other_side_may_still_come_and_makes_a_revision),
        cmocka_unit_test(a_second_voice_in_a_closed_group_opens_it_for_both),
        cmocka_unit_test(closing_a_group_with_two_voices_releases_it),
        cmocka_unit_test(closing_a_round_whose_rule_holds_releases_it),
        cmocka_unit_test(a_round_that_was_closed_without_a_sheet_stays_closed),
        cmocka_unit_test(a_round_may_be_ended_without_a_sheet),
        cmocka_unit_test(the_audit_names_who_closed_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
