/* test_talk_next.c - what the next round asks about the talk that was written down. */
#include "talk_fixture.h"

/* -- the next round --------------------------------------------------------------------------- */

static void next_round(struct scene *scene, const char *wave)
{
    vb_round_destroy(scene->round);
    assert_int_equal(
        open_round(scene, &(struct vb_round_options){ .case_id = "c-1", .wave = wave }), VB_OK);
}

static void talked(struct scene *scene)
{
    struct vb_talk_record record = two_agreements();
    released(scene);
    put_well(scene, &record);
    next_round(scene, "t1");
}

static enum vb_code follow(struct vb_session *session, int agreement, enum vb_followed followed)
{
    struct heard heard = { 0 };
    vb_session_follow(session, vb_session_view(session)->seq, NULL, agreement, followed, hear,
                      &heard);
    assert_int_equal(heard.times, 1);
    return heard.code;
}

static void follow_both(struct vb_session *session, enum vb_followed one, enum vb_followed other)
{
    assert_int_equal(vb_session_view(session)->at, VB_AT_LAST);
    assert_int_equal(follow(session, 0, one), VB_OK);
    assert_int_equal(follow(session, 1, other), VB_OK);
}

static const struct vb_last *last_of(const struct vb_session *session)
{
    return &vb_fold_opened(vb_session_fold(session))->last;
}

static const struct vb_talk_record *read_last(struct scene *scene, const struct vb_session *session,
                                              struct vb_arena *arena)
{
    const struct vb_talk_record *record;
    enum vb_code code =
        vb_round_last(scene->round, last_of(session), arena, &record, &scene->world.err);
    if (code != VB_OK)
        print_error("%s\n", scene->world.err.text);
    assert_int_equal(code, VB_OK);
    return record;
}

static void the_next_round_asks_each_voice_what_was_done(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    talked(&scene);
    struct vb_session *client = join(&scene, "client", NULL);
    struct vb_session *worker = join(&scene, "professional", NULL);
    const struct vb_talk_record *record = read_last(&scene, client, &arena);
    assert_int_equal(last_of(client)->agreement_count, 2);
    assert_int_equal(last_of(client)->revision, 2);
    assert_string_equal(last_of(worker)->round, last_of(client)->round);
    assert_string_equal(record->agreements[0].what, "belt de gemeente");
    follow_both(client, VB_FOLLOWED_DONE, VB_FOLLOWED_NONE);
    fill(client, 4, "client");
    follow_both(worker, VB_FOLLOWED_NOT_YET, VB_FOLLOWED_PARTLY);
    fill(worker, 4, "worker");
    assert_true(settle(&scene));
    char *bytes = bytes_of(&scene, 0);
    const char *last = strstr(bytes, "\"last\":{");
    assert_non_null(last);
    assert_non_null(strstr(last, "\"what\":\"belt de gemeente\""));
    assert_non_null(strstr(last, "\"done\":[\"done\",\"not_filled_in\"]},{\"person\":"));
    assert_non_null(strstr(last, "\"done\":[\"not_yet\",\"partly\"]}]}}}"));
    restart(&scene);
    char *again = bytes_of(&scene, 0);
    assert_string_equal(again, bytes);
    free(bytes);
    free(again);
    vb_arena_finish(&arena);
    end(&scene);
}

static void what_was_held_back_reads_like_what_was_never_said(void **state)
{
    (void)state;
    struct scene scene;
    char *bytes[2];
    for (int held = 0; held < 2; held++) {
        struct heard heard = { 0 };
        talked(&scene);
        struct vb_session *client = join(&scene, "client", NULL);
        struct vb_session *worker = join(&scene, "professional", NULL);
        follow_both(client, held ? VB_FOLLOWED_DONE : VB_FOLLOWED_NONE, VB_FOLLOWED_PARTLY);
        for (int i = 0; i < 3; i++)
            give(client, vb_value_int(4));
        give(client, text("x"));
        vb_session_hold_followed(client, vb_session_view(client)->seq, 0, held, hear, &heard);
        assert_int_equal(heard.code, VB_OK);
        share(client);
        follow_both(worker, VB_FOLLOWED_DONE, VB_FOLLOWED_DONE);
        fill(worker, 4, "x");
        settle(&scene);
        bytes[held] = bytes_of(&scene, 0);
        end(&scene);
    }
    assert_string_equal(strstr(bytes[0], "\"talk\":"), strstr(bytes[1], "\"talk\":"));
    free(bytes[0]);
    free(bytes[1]);
}

static void nobody_reads_what_another_said_before_both_shared(void **state)
{
    (void)state;
    struct scene scene;
    talked(&scene);
    struct vb_session *client = join(&scene, "client", NULL);
    follow_both(client, VB_FOLLOWED_NOT_YET, VB_FOLLOWED_NOT_YET);
    fill(client, 4, "x");
    assert_false(settle(&scene));
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    end(&scene);
}

static void a_worker_who_is_new_neither_reads_nor_is_asked_about_it(void **state)
{
    (void)state;
    struct scene scene;
    talked(&scene);
    struct vb_session *client = join(&scene, "client", NULL);
    struct vb_session *worker = join(&scene, "professional", "Ilse");
    assert_null(last_of(worker)->round);
    assert_int_equal(vb_session_view(worker)->at, VB_AT_ITEM);
    follow_both(client, VB_FOLLOWED_DONE, VB_FOLLOWED_DONE);
    fill(client, 4, "x");
    fill(worker, 4, "x");
    assert_true(settle(&scene));
    char *bytes = bytes_of(&scene, 0);
    assert_non_null(strstr(bytes, "\"last\":null"));
    assert_null(strstr(bytes, "gemeente"));
    free(bytes);
    end(&scene);
}

/* Both look back at the same words, whatever is written down between. */
static void what_is_agreed_anew_meanwhile_changes_nothing_for_a_round_that_runs(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_round_row row;
    struct vb_round *first, *second;
    struct vb_talk_record record = two_agreements();
    talked(&scene);
    struct vb_session *client = join(&scene, "client", NULL);
    const char *id = last_of(client)->round;
    second = scene.round;
    assert_int_equal(vb_store_find_round(scene.world.store, id, &arena, &row, &scene.world.err),
                     VB_OK);
    assert_int_equal(vb_round_load(&first, scene.world.store, &scene.world.env, scene.plan, &row,
                                   &scene.world.err),
                     VB_OK);
    record.agreement_count = 1;
    assert_int_equal(vb_round_put_talk(first, &record, "x", &scene.world.err), VB_OK);
    vb_round_destroy(first);
    scene.round = second;
    struct vb_session *worker = join(&scene, "professional", NULL);
    assert_int_equal(last_of(worker)->revision, 2);
    assert_int_equal(read_last(&scene, worker, &arena)->agreement_count, 2);
    vb_arena_finish(&arena);
    end(&scene);
}

static void a_round_begun_before_the_talk_was_written_down_asks_nobody(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_round *second;
    struct vb_talk_record record = two_agreements();
    released(&scene);
    struct vb_round *first = scene.round;
    assert_int_equal(
        open_round(&scene, &(struct vb_round_options){ .case_id = "c-1", .wave = "t1" }), VB_OK);
    second = scene.round;
    assert_null(last_of(join(&scene, "client", NULL))->round);
    assert_int_equal(vb_round_put_talk(first, &record, "x", &scene.world.err), VB_OK);
    assert_null(last_of(join(&scene, "professional", NULL))->round);
    vb_round_destroy(first);
    scene.round = second;
    end(&scene);
}

/* A talk without agreements is passed over: the one before it counts. */
static void the_latest_round_with_agreements_is_looked_back_at(void **state)
{
    (void)state;
    struct scene scene;
    talked(&scene);
    char *with = vb_strdup(last_of(join(&scene, "client", NULL))->round);
    struct vb_session *client = join(&scene, "client", NULL);
    struct vb_session *worker = join(&scene, "professional", NULL);
    follow_both(client, VB_FOLLOWED_DONE, VB_FOLLOWED_DONE);
    fill(client, 4, "x");
    follow_both(worker, VB_FOLLOWED_DONE, VB_FOLLOWED_DONE);
    fill(worker, 4, "x");
    settle(&scene);
    put_well(&scene, &(struct vb_talk_record){ .topic = "only talked" });
    next_round(&scene, "t2");
    assert_string_equal(last_of(join(&scene, "client", NULL))->round, with);
    free(with);
    end(&scene);
}

static void what_was_taken_back_since_is_asked_no_more(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_round_row row;
    struct vb_round *first;
    talked(&scene);
    struct vb_session *client = join(&scene, "client", NULL);
    assert_int_equal(vb_store_find_round(scene.world.store, last_of(client)->round, &arena, &row,
                                         &scene.world.err),
                     VB_OK);
    assert_int_equal(vb_round_load(&first, scene.world.store, &scene.world.env, scene.plan, &row,
                                   &scene.world.err),
                     VB_OK);
    int count;
    const char *worker = vb_round_participants(first, &count)[1].person;
    assert_int_equal(vb_round_withdraw(first, worker, "x", &scene.world.err), VB_OK);
    vb_round_destroy(first);
    assert_null(read_last(&scene, client, &arena));
    /* What the client was opened with still folds: each is passed over. */
    follow_both(client, VB_FOLLOWED_NONE, VB_FOLLOWED_NONE);
    fill(client, 4, "x");
    assert_null(last_of(join(&scene, "professional", NULL))->round);
    next_round(&scene, "t2");
    assert_null(last_of(join(&scene, "client", NULL))->round);
    vb_arena_finish(&arena);
    end(&scene);
}

static void another_instrument_and_another_case_have_a_talk_of_their_own(void **state)
{
    (void)state;
    struct scene scene;
    talked(&scene);
    vb_round_destroy(scene.round);
    assert_int_equal(open_round(&scene, &(struct vb_round_options){ .case_id = "c-2" }), VB_OK);
    assert_null(last_of(join(&scene, "client", NULL))->round);
    end(&scene);
}

static void in_a_family_who_was_there_is_asked(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_talk_record record = two_agreements();
    begin(&scene, family());
    for (int i = 0; i < 2; i++) {
        struct vb_session *session = join(&scene, "youth", i == 0 ? "Sam" : "Kim");
        give_all(session, (const int[]){ 3, 3, 3 });
        share(session);
    }
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    put_well(&scene, &record);
    next_round(&scene, "t1");
    assert_int_equal(last_of(join(&scene, "youth", "Sam"))->agreement_count, 2);
    assert_int_equal(last_of(join(&scene, "youth", "Kim"))->agreement_count, 2);
    assert_null(last_of(join(&scene, "parent", "Noor"))->round);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_round_asks_each_voice_what_was_done),
        cmocka_unit_test(what_was_held_back_reads_like_what_was_never_said),
        cmocka_unit_test(nobody_reads_what_another_said_before_both_shared),
        cmocka_unit_test(a_worker_who_is_new_neither_reads_nor_is_asked_about_it),
        cmocka_unit_test(what_is_agreed_anew_meanwhile_changes_nothing_for_a_round_that_runs),
        cmocka_unit_test(a_round_begun_before_the_talk_was_written_down_asks_nobody),
        cmocka_unit_test(the_latest_round_with_agreements_is_looked_back_at),
        cmocka_unit_test(what_was_taken_back_since_is_asked_no_more),
        cmocka_unit_test(another_instrument_and_another_case_have_a_talk_of_their_own),
        cmocka_unit_test(in_a_family_who_was_there_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
