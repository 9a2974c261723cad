/* test_round_unseen.c - what nobody may see of a round: before the release, and after it. */
#include "round_fixture.h"

/* -- what nobody may see ---------------------------------------------------------------------- */

static void before_both_shared_no_result_is_given(void **state)
{
    (void)state;
    struct scene scene;
    bool released;
    begin(&scene, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    struct vb_session *worker = join(&scene, "professional", NULL);
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    fill(client, 4, marker);
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    assert_int_equal(result_code(&scene, 1), VB_E_BUSY);
    for (int i = 0; i < 3; i++)
        give(worker, vb_value_int(2));
    give(worker, text("b"));
    vb_round_settle(scene.round, &released, &scene.world.err);
    assert_false(released); /* done, but not shared */
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_E_BUSY);
    restart(&scene);
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    end(&scene);
}

static void what_one_did_not_share_is_nowhere_in_the_result(void **state)
{
    (void)state;
    struct scene scene;
    struct fixture f = fixture_bare();
    fixture_role(&f, "youth", 4, true);
    fixture_role(&f, "parent", 4, true);
    fixture_role(&f, "professional", 1, false);
    int say = fixture_ask(&f, fixture_item(&f, "say", VB_TEXT), NULL);
    f.items[say].max = 200;
    f.plan->roster_max = 6;
    begin(&scene, fixture_end(&f));
    assert_int_equal(vb_round_name_member(scene.round, "youth", "Away", &scene.world.err), VB_OK);
    struct vb_session *sam = join(&scene, "youth", "Sam"), *kim = join(&scene, "parent", "Kim");
    struct vb_session *noa = join(&scene, "youth", "Noa"), *lee = join(&scene, "parent", "Lee");
    give(sam, text("hello"));
    share(sam);
    give(kim, text(marker)); /* held back */
    hold(kim, 0, -1);
    share(kim);
    give(noa, text(marker)); /* ready, not shared */
    give(lee, text(marker)); /* stopped */
    stop(lee);
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    char *bytes = bytes_of(&scene, 0);
    assert_null(strstr(bytes, marker));
    assert_non_null(strstr(bytes, "hello"));
    assert_null(strstr(bytes, "held"));
    assert_null(strstr(bytes, "stopped"));
    free(bytes);
    end(&scene);
}

static void absent_stopped_and_unshared_look_alike(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    const char *labels[] = { "Away", "Busy", "Stop", "Done" };
    struct vb_session *sessions[4];
    vb_round_name_member(scene.round, "parent", "Away", &scene.world.err);
    for (int i = 1; i < 4; i++)
        sessions[i] = join(&scene, "parent", labels[i]);
    give(sessions[1], vb_value_int(1));
    give(sessions[2], vb_value_int(1));
    stop(sessions[2]);
    give_all(sessions[3], (const int[]){ 1, 1 });
    struct vb_session *sam = join(&scene, "youth", "Sam"), *noa = join(&scene, "youth", "Noa");
    give_all(sam, (const int[]){ 5, 4 });
    give_all(noa, (const int[]){ 5, 4 });
    share(sam);
    share(noa);
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    char *bytes = bytes_of(&scene, 0), *seen[4];
    int count, found = 0;
    const struct vb_participant *list = vb_round_participants(scene.round, &count);
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].role, "parent") == 0)
            seen[found++] = respondent_of(bytes, list[i].person);
    assert_int_equal(found, 4);
    for (int i = 1; i < 4; i++)
        assert_string_equal(seen[0], seen[i]);
    for (int i = 0; i < 4; i++)
        free(seen[i]);
    free(bytes);
    end(&scene);
}

static void held_and_skipped_answers_look_alike(void **state)
{
    (void)state;
    struct scene held, skipped;
    struct scene *both[] = { &held, &skipped };
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        begin(both[i], dyad());
        struct vb_session *client = join(both[i], "client", NULL);
        give(client, vb_value_int(4));
        give(client, i == 0 ? vb_value_int(1) : vb_value_missing(VB_MISSING_RATHER_NOT_SAY));
        give(client, vb_value_int(4));
        give(client, text("a"));
        if (i == 0)
            assert_int_equal(hold(client, 1, -1), VB_OK);
        share(client);
        fill(join(both[i], "professional", NULL), 4, "b");
        assert_true(settle(both[i]));
        bytes[i] = bytes_of(both[i], 0);
    }
    char *one = respondent_of(bytes[0], person_at(&held, 0));
    char *two = respondent_of(bytes[1], person_at(&skipped, 0));
    assert_string_equal(one, two);
    assert_string_equal(strstr(bytes[0], "\"talk\":"), strstr(bytes[1], "\"talk\":"));
    free(one);
    free(two);
    free(bytes[0]);
    free(bytes[1]);
    end(&held);
    end(&skipped);
}

static void private_scales_are_in_nobodys_result(void **state)
{
    (void)state;
    struct scene scene;
    struct fixture f = fixture_begin();
    fixture_ask(&f, fixture_item(&f, "open.one", VB_LIKERT), NULL);
    fixture_ask(&f, fixture_item(&f, "safe.one", VB_LIKERT), NULL);
    fixture_ask(&f, fixture_item(&f, "study.one", VB_LIKERT), NULL);
    fixture_scale(&f, "open", 0, 1);
    fixture_hidden(&f, fixture_scale(&f, "safe", 1, 1), VB_PRIVATE_WORKER);
    fixture_hidden(&f, fixture_scale(&f, "study", 2, 1), VB_PRIVATE_RESEARCH);
    begin(&scene, fixture_end(&f));
    struct vb_session *client = join(&scene, "client", NULL);
    struct vb_session *worker = join(&scene, "professional", NULL);
    give_all(client, (const int[]){ 5, 5, 5 });
    give_all(worker, (const int[]){ 5, 5, 5 });
    share(client);
    share(worker);
    assert_true(settle(&scene));
    char *bytes = bytes_of(&scene, 0);
    assert_non_null(strstr(bytes, "open.one"));
    assert_null(strstr(bytes, "safe"));
    assert_null(strstr(bytes, "study"));
    free(bytes);
    end(&scene);
}

static void somebody_who_withdraws_is_in_no_revision_any_more(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    begin(&scene, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    fill(client, 4, marker);
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_true(settle(&scene));
    char *before = bytes_of(&scene, 1);
    assert_non_null(strstr(before, marker));
    struct vb_change leave = { .kind = VB_APPEND,
                               .event = { .session = vb_session_id(client),
                                          .seq = vb_session_view(client)->seq + 1,
                                          .answer_id = "",
                                          .body = "{\"t\":\"withdraw\"}",
                                          .body_len = strlen("{\"t\":\"withdraw\"}") } };
    assert_int_equal(vb_store_commit(scene.world.store, &leave, 1, &scene.world.err), VB_OK);
    restart(&scene);
    assert_true(settle(&scene));
    for (int revision = 1; revision <= 2; revision++) {
        char *after = bytes_of(&scene, revision);
        assert_null(strstr(after, marker));
        free(after);
    }
    free(before);
    vb_arena_finish(&arena);
    end(&scene);
}

/* -- restarts and revisions ------------------------------------------------------------------- */

static void what_may_not_be_kept_never_reaches_the_store(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_plan *plan = dyad();
    plan->retain = VB_RETAIN_NONE;
    begin(&scene, plan);
    fill(join(&scene, "client", NULL), 4, "a");
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_true(settle(&scene));
    char *bytes = bytes_of(&scene, 0);
    assert_non_null(strstr(bytes, "\"well\":[\"one\""));
    assert_int_equal(rounds_stored(&scene), 0);
    free(bytes);
    end(&scene);
}

/* Who is asked for and who is missed follows from who is ready: a yes and a no look alike. */
static void a_no_in_a_family_calls_for_nobody_else(void **state)
{
    (void)state;
    for (int optional = 0; optional < 2; optional++) {
        int welcome[2], missing[2], asked[2];
        for (int says_no = 0; says_no < 2; says_no++) {
            struct scene scene;
            const char *names[4];
            struct vb_plan *plan = family();
            plan->roles[2].optional = optional; /* the professional */
            begin(&scene, plan);
            struct vb_session *sam = join(&scene, "youth", "Sam");
            struct vb_session *kim = join(&scene, "parent", "Kim");
            give_all(sam, (const int[]){ 5, 4 });
            share(sam);
            assert_false(vb_round_may_ask_release(scene.round));
            give_all(kim, (const int[]){ 2, 1 });
            assert_int_equal(says_no ? stop(kim) : share(kim), VB_OK);
            assert_false(settle(&scene));
            welcome[says_no] = vb_round_welcome(scene.round, names, 4);
            missing[says_no] = vb_round_missing(scene.round, names, 4);
            asked[says_no] = vb_round_may_ask_release(scene.round);
            end(&scene);
        }
        assert_int_equal(welcome[0], optional);
        assert_int_equal(welcome[1], optional);
        assert_int_equal(missing[0], 0);
        assert_int_equal(missing[1], 0);
        assert_true(asked[0] && asked[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_both_shared_no_result_is_given),
        cmocka_unit_test(what_one_did_not_share_is_nowhere_in_the_result),
        cmocka_unit_test(absent_stopped_and_unshared_look_alike),
        cmocka_unit_test(held_and_skipped_answers_look_alike),
        cmocka_unit_test(private_scales_are_in_nobodys_result),
        cmocka_unit_test(somebody_who_withdraws_is_in_no_revision_any_more),
        cmocka_unit_test(what_may_not_be_kept_never_reaches_the_store),
        cmocka_unit_test(a_no_in_a_family_calls_for_nobody_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
