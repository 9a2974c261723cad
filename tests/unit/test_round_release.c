/* test_round_release.c - when a round is released or closed, and what makes a revision. */
#include "round_fixture.h"

/* -- release ---------------------------------------------------------------------------------- */

static void a_dyad_is_released_when_both_shared(void **state)
{
    (void)state;
    struct scene scene;
    const char *names[4];
    begin(&scene, dyad());
    assert_int_equal(vb_round_missing(scene.round, names, 4), 2);
    fill(join(&scene, "client", NULL), 4, "a");
    assert_false(settle(&scene));
    assert_int_equal(vb_round_missing(scene.round, names, 4), 1);
    assert_string_equal(names[0], "professional");
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_true(settle(&scene));
    assert_false(settle(&scene));
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_RELEASED);
    assert_int_equal(result_code(&scene, 0), VB_OK);
    assert_int_equal(result_code(&scene, 2), VB_E_ABSENT);
    assert_int_equal(vb_round_missing(scene.round, names, 4), 0);
    end(&scene);
}

static void one_voice_that_is_asked_alone_is_released_when_it_shared(void **state)
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
    assert_false(settle(&scene));
    share(client);
    assert_true(settle(&scene));
    end(&scene);
}

/* The client shared, the worker stopped. */
static void one_shares_and_one_stops(struct scene *scene, bool one_sided)
{
    struct heard heard = { 0 };
    struct vb_sharing sharing = { .one_sided = one_sided };
    struct vb_session *client = join(scene, "client", NULL);
    for (int i = 0; i < 3; i++)
        assert_int_equal(give(client, vb_value_int(4)), VB_OK);
    assert_int_equal(give(client, text("a")), VB_OK);
    vb_session_share(client, vb_session_view(client)->seq, &sharing, hear, &heard);
    assert_int_equal(heard.code, VB_OK);
    assert_false(settle(scene));
    struct vb_session *worker = join(scene, "professional", NULL);
    give(worker, vb_value_int(2));
    assert_int_equal(stop(worker), VB_OK);
}

static void a_dyad_in_which_one_stopped_is_closed_and_the_wave_begins_again(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    one_shares_and_one_stops(&scene, false);
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_OPEN);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_WITHDRAWN);
    int count;
    const struct vb_participant *list = vb_round_participants(scene.round, &count);
    assert_true(list[0].ready);
    assert_true(list[1].ready); /* stopped and shared look the same */
    restart(&scene);
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_WITHDRAWN);
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    char *id = strdup(vb_round_row(scene.round)->id);
    vb_round_destroy(scene.round);
    assert_int_equal(open_round(&scene, &(struct vb_round_options){ .case_id = "c-1" }), VB_OK);
    assert_string_not_equal(vb_round_row(scene.round)->id, id);
    fill(join(&scene, "client", NULL), 4, "b");
    fill(join(&scene, "professional", NULL), 4, "c");
    assert_true(settle(&scene));
    free(id);
    end(&scene);
}

static void who_stopped_alone_is_not_told_before_the_other_is_ready(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    stop(join(&scene, "client", NULL));
    assert_false(settle(&scene));
    join(&scene, "professional", NULL);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_OPEN);
    end(&scene);
}

static void a_yes_to_a_sheet_of_one_side_keeps_the_round_open(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    one_shares_and_one_stops(&scene, true);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_OPEN);
    end(&scene);
}

/* What a process that ended behind the stop leaves behind. */
static void a_round_that_was_not_settled_is_settled_when_it_is_opened(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    one_shares_and_one_stops(&scene, false);
    char *id = strdup(vb_round_row(scene.round)->id);
    vb_round_destroy(scene.round);
    assert_int_equal(open_round(&scene, &(struct vb_round_options){ .case_id = "c-1" }), VB_OK);
    assert_true(vb_round_is_new(scene.round));
    assert_string_not_equal(vb_round_row(scene.round)->id, id);
    free(id);
    end(&scene);
}

static void a_family_is_released_by_somebody_at_two_shared_voices(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    struct vb_session *sam = join(&scene, "youth", "Sam");
    struct vb_session *kim = join(&scene, "parent", "Kim");
    give_all(sam, (const int[]){ 5, 4 });
    share(sam);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_E_BUSY);
    give_all(kim, (const int[]){ 2, 1 });
    share(kim);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_E_BUSY);
    end(&scene);
}

static void who_shares_after_the_release_makes_a_revision(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    struct vb_session *sam = join(&scene, "youth", "Sam"), *kim = join(&scene, "parent", "Kim");
    struct vb_session *worker = join(&scene, "professional", NULL);
    give_all(sam, (const int[]){ 5, 4 });
    give_all(kim, (const int[]){ 2, 1 });
    share(sam);
    share(kim);
    vb_round_release(scene.round, &scene.world.err);
    char *first = bytes_of(&scene, 1);
    give_all(worker, (const int[]){ 3, 3, 3 });
    assert_false(settle(&scene));
    share(worker);
    assert_true(settle(&scene));
    char *first_again = bytes_of(&scene, 1), *second = bytes_of(&scene, 0);
    assert_string_equal(first, first_again);
    assert_non_null(strstr(second, "\"revision\":2,\"reason\":\"late\""));
    assert_non_null(strstr(first, "\"revision\":1,\"reason\":\"released\""));
    restart(&scene);
    char *after_restart = bytes_of(&scene, 1);
    assert_string_equal(first, after_restart);
    free(first);
    free(first_again);
    free(second);
    free(after_restart);
    end(&scene);
}

/* -- restarts and revisions ------------------------------------------------------------------- */

static void a_round_that_is_restarted_after_every_step_ends_with_the_same_bytes(void **state)
{
    (void)state;
    struct scene calm, shaken;
    struct scene *both[] = { &calm, &shaken };
    const char *roles[] = { "client", "professional" };
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        begin(both[i], dyad());
        join(both[i], "client", NULL);
        join(both[i], "professional", NULL);
        for (int step = 0; step < 10; step++) {
            if (i == 1)
                restart(both[i]);
            both[i]->world.now_ms = 1795255200000 + step * 60000;
            struct vb_session *session = join(both[i], roles[step % 2], NULL);
            const struct vb_view *view = vb_session_view(session);
            if (view->at == VB_AT_OVERVIEW)
                share(session);
            else
                give(session, view->item->kind == VB_TEXT ? text("w") : vb_value_int(step % 5 + 1));
        }
        if (i == 1)
            restart(both[i]);
        both[i]->world.now_ms = 1795265200000;
        assert_true(settle(both[i]));
        if (i == 1)
            restart(both[i]);
        bytes[i] = bytes_of(both[i], 0);
        assert_int_equal(strncmp(bytes[i], "{\"schema\"", 9), 0);
    }
    assert_string_equal(bytes[0], bytes[1]);
    free(bytes[0]);
    free(bytes[1]);
    end(&calm);
    end(&shaken);
}

static void a_family_that_is_restarted_after_every_step_ends_with_the_same_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *role, *label;
    } turns[] = {
        { "professional", NULL }, { "youth", "Sam" },       { "professional", NULL },
        { "parent", "Kim" },      { "youth", "Sam" },       { "professional", NULL },
        { "youth", "Noa" },       { "parent", "Kim" },      { "professional", NULL },
        { "youth", "Sam" },       { "professional", NULL }, { "parent", "Kim" },
        { "professional", NULL },
    };
    struct scene calm, shaken;
    struct scene *both[] = { &calm, &shaken };
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        begin(both[i], family());
        for (size_t step = 0; step < sizeof turns / sizeof *turns; step++) {
            if (i == 1 && step > 0)
                restart(both[i]);
            both[i]->world.now_ms = 1795255200000 + (int64_t)step * 60000;
            both[i]->world.seed = step; /* a session that is read back draws again */
            struct vb_session *session = join(both[i], turns[step].role, turns[step].label);
            if (vb_session_view(session)->at == VB_AT_OVERVIEW)
                share(session);
            else if (vb_session_view(session)->at == VB_AT_ITEM)
                give(session, vb_value_int((int64_t)step % 5 + 1));
        }
        both[i]->world.now_ms = 1795265200000;
        assert_int_equal(vb_round_release(both[i]->round, &both[i]->world.err), VB_OK);
        if (i == 1)
            restart(both[i]);
        bytes[i] = bytes_of(both[i], 0);
    }
    assert_non_null(strstr(bytes[0], "\"about\":[{\"person\""));
    assert_string_equal(bytes[0], bytes[1]);
    free(bytes[0]);
    free(bytes[1]);
    end(&calm);
    end(&shaken);
}

static void what_is_asked_together_comes_after_the_release_and_makes_a_revision(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *together;
    begin(&scene, dyad());
    fill(join(&scene, "client", NULL), 4, "a");
    assert_int_equal(vb_round_together(scene.round, &together, &scene.world.err), VB_E_BUSY);
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_true(settle(&scene));
    char *first = bytes_of(&scene, 0);
    assert_int_equal(vb_round_together(scene.round, &together, &scene.world.err), VB_OK);
    assert_string_equal(vb_session_view(together)->item->id, "joint");
    assert_int_equal(vb_round_settle_together(scene.round, &scene.world.err), VB_E_BUSY);
    give(together, vb_value_int(5));
    share(together);
    restart(&scene);
    assert_int_equal(vb_round_settle_together(scene.round, &scene.world.err), VB_OK);
    assert_int_equal(vb_round_settle_together(scene.round, &scene.world.err), VB_OK);
    char *second = bytes_of(&scene, 0), *first_again = bytes_of(&scene, 1);
    assert_string_equal(first, first_again);
    assert_non_null(strstr(second, "\"revision\":2,\"reason\":\"talk\""));
    assert_non_null(strstr(second, "\"together\":{\"joint\":"));
    assert_null(strstr(first, "joint"));
    assert_int_equal(result_code(&scene, 3), VB_E_ABSENT);
    free(first);
    free(second);
    free(first_again);
    end(&scene);
}

static void a_plan_without_such_questions_has_no_stage_together(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *together = NULL;
    begin(&scene, family());
    assert_int_equal(vb_round_together(scene.round, &together, &scene.world.err), VB_OK);
    assert_null(together);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dyad_is_released_when_both_shared),
        cmocka_unit_test(one_voice_that_is_asked_alone_is_released_when_it_shared),
        cmocka_unit_test(a_dyad_in_which_one_stopped_is_closed_and_the_wave_begins_again),
        cmocka_unit_test(who_stopped_alone_is_not_told_before_the_other_is_ready),
        cmocka_unit_test(a_yes_to_a_sheet_of_one_side_keeps_the_round_open),
        cmocka_unit_test(a_round_that_was_not_settled_is_settled_when_it_is_opened),
        cmocka_unit_test(a_family_is_released_by_somebody_at_two_shared_voices),
        cmocka_unit_test(who_shares_after_the_release_makes_a_revision),
        cmocka_unit_test(a_round_that_is_restarted_after_every_step_ends_with_the_same_bytes),
        cmocka_unit_test(a_family_that_is_restarted_after_every_step_ends_with_the_same_bytes),
        cmocka_unit_test(what_is_asked_together_comes_after_the_release_and_makes_a_revision),
        cmocka_unit_test(a_plan_without_such_questions_has_no_stage_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
