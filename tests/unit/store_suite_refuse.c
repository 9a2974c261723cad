/* What every store refuses, and that a refusal leaves nothing behind. */
#include "store_suite_inner.h"

static void a_case_has_one_open_round_of_instrument_and_wave(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_again(suite);
    struct vb_change second = suite_round("round-2", "c1", "t0");
    suite_one_refused(suite->store, second, VB_E_CONFLICT, "round-1");
    suite_put(suite, suite_round("round-3", "c1", "t1")); /* another wave */
    suite_put(suite, suite_round("loose-1", NULL, "t0")); /* no case: as many as you like */
    suite_put(suite, suite_round("loose-2", NULL, "t0"));
    suite_put(suite,
              (struct vb_change){ .kind = VB_SET_ROUND,
                                  .round = { .id = "round-1", .state = VB_ROUND_RELEASED } });
    suite_put(suite, second);
    suite_one_refused(suite->store,
                      (struct vb_change){ .kind = VB_SET_ROUND,
                                          .round = { .id = "round-1", .state = VB_ROUND_OPEN } },
                      VB_E_CONFLICT, "round-2");
}

static void a_person_has_one_session_in_a_round(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_again(suite);
    suite_one_refused(suite->store, suite_session("s2", "round-1", "p1"), VB_E_CONFLICT, NULL);
    suite_put(suite, suite_session("s3", "round-1", NULL));
    suite_one_refused(suite->store, suite_session("s4", "round-1", NULL), VB_E_CONFLICT, NULL);
}

static void a_seq_is_taken_once(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_event("s1", 1, ""));
    suite_put(suite, suite_event("s1", 2, "mine"));
    suite_one_refused(suite->store, suite_event("s1", 2, "other"), VB_E_CONFLICT, "s1");
    suite_one_refused(suite->store, suite_event("s1", 2, ""), VB_E_CONFLICT, NULL);
    suite_one_refused(suite->store, suite_event("s1", 1, ""), VB_E_CONFLICT, NULL);
    suite_one_refused(suite->store, suite_event("s1", 4, "mine"), VB_E_CONFLICT, NULL);
    suite_one_refused(suite->store, suite_event("s1", 0, "mine"), VB_E_CONFLICT, NULL);
    suite_one_refused(suite->store, suite_event("s1", -1, "mine"), VB_E_CONFLICT, NULL);
    suite_again(suite);
    assert_int_equal(suite_last_seq(suite->store, "s1"), 2);
}

static void the_same_answer_again_is_acknowledged_and_kept_once(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_event("s1", 1, "one"));
    suite_put(suite, suite_event("s1", 2, "two"));
    struct vb_change resent = suite_event("s1", 2, "two");
    resent.event.body = "changed on the way";
    resent.event.body_len = 18;
    const struct vb_change changes[] = { resent, suite_event("s1", 3, "three") };
    suite_commit(suite->store, changes, 2); /* the rest of the commit still applies */
    suite_again(suite);
    struct vb_event_row *rows;
    size_t count;
    READ(suite, events, "s1", 1, &suite->arena, &rows, &count);
    assert_int_equal(count, 3);
    assert_int_equal(rows[1].body_len, 11); /* as it was first */
    assert_string_equal(rows[2].answer_id, "three");
    /* another session with the same answer id at that seq is somebody else */
    suite_one(suite->store, suite_person("p2", "c1"));
    suite_one(suite->store, suite_session("s2", "round-1", "p2"));
    suite_one_refused(suite->store, suite_event("s2", 2, "two"), VB_E_CONFLICT, NULL);
}

static void a_whole_commit_may_be_sent_again(void **state)
{
    struct suite *suite = *state;
    for (int i = 0; i < 2; i++) {
        suite_begin_round(suite->store);
        const struct vb_change changes[] = {
            suite_event("s1", 1, "a"),
            { .kind = VB_SET_SESSION, .session = { .id = "s1", .state = VB_SESSION_SHARED } },
            { .kind = VB_SET_ROUND, .round = { .id = "round-1", .state = VB_ROUND_RELEASED } },
            suite_revision("round-1", 1),
        };
        suite_commit(suite->store, changes, 4);
        suite_again(suite);
    }
    struct vb_round_row *rows;
    size_t count;
    READ(suite, rounds, &suite->arena, &rows, &count);
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].state, VB_ROUND_RELEASED);
    assert_int_equal(suite_last_seq(suite->store, "s1"), 1);
}

static void another_row_under_a_taken_id_is_refused(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_one(suite->store, suite_person("p2", "c1"));
    suite_again(suite);
    struct vb_change person = suite_person("p1", "c1");
    person.person.label = NULL;
    suite_one_refused(suite->store, person, VB_E_CONFLICT, "p1");
    struct vb_change round = suite_round("round-1", "c1", "t0");
    round.round.variant = "youth";
    suite_one_refused(suite->store, round, VB_E_CONFLICT, "round-1");
    suite_one_refused(suite->store, suite_session("s1", "round-1", "p2"), VB_E_CONFLICT, "s1");
}

static void what_a_change_names_must_be_there(void **state)
{
    struct suite *suite = *state;
    suite_one_refused(suite->store, suite_person("p1", "c9"), VB_E_ABSENT, "c9");
    suite_one_refused(suite->store, suite_round("r9", NULL, "t0"), VB_E_ABSENT, "sha256:one");
    suite_begin_round(suite->store);
    suite_again(suite);
    struct vb_store *store = suite->store;
    suite_one_refused(store, suite_round("r9", "c9", "t0"), VB_E_ABSENT, "c9");
    suite_one_refused(store, suite_session("s9", "r9", "p1"), VB_E_ABSENT, "r9");
    suite_one_refused(store, suite_session("s9", "round-1", "p9"), VB_E_ABSENT, "p9");
    suite_one_refused(store, suite_event("s9", 1, ""), VB_E_ABSENT, "s9");
    suite_one_refused(store, suite_revision("r9", 1), VB_E_ABSENT, "r9");
    suite_one_refused(store, suite_blob("sha256:b", "s9"), VB_E_ABSENT, "s9");
    struct vb_change round = { .kind = VB_SET_ROUND, .round = { .id = "r9" } };
    suite_one_refused(store, round, VB_E_ABSENT, "r9");
    struct vb_change session = { .kind = VB_SET_SESSION, .session = { .id = "s9" } };
    suite_one_refused(store, session, VB_E_ABSENT, "s9");
    struct vb_change wrong = suite_round("r9", NULL, "t0");
    wrong.round.version = "2.0.0"; /* not what the digest was kept as */
    suite_one_refused(store, wrong, VB_E_ABSENT, NULL);
}

static void only_the_first_round_is_there(struct suite *suite)
{
    struct vb_arena *arena = &suite->arena;
    struct vb_round_row *rounds;
    struct vb_session_row session;
    size_t count;
    READ(suite, rounds, arena, &rounds, &count);
    assert_int_equal(count, 1);
    assert_int_equal(rounds[0].state, VB_ROUND_OPEN);
    READ(suite, session, "s1", arena, &session);
    assert_int_equal(session.state, VB_SESSION_OPEN);
    assert_int_equal(session.last_seq, 1);
    READ(suite, events, "s1", 1, arena, &(struct vb_event_row *){ NULL }, &count);
    assert_int_equal(count, 1);
    READ(suite, revisions, "round-1", arena, &(struct vb_revision_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, audit, arena, &(struct vb_audit_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, persons, "c2", arena, &(struct vb_person_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, sessions, "round-2", arena, &(struct vb_session_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ_NOT(suite, VB_E_ABSENT, case_row, "c2", arena, &(struct vb_case_row){ 0 });
    READ_NOT(suite, VB_E_ABSENT, session, "s2", arena, &session);
    READ_NOT(suite, VB_E_ABSENT, blob, "sha256:b", arena, &(struct vb_blob_row){ 0 });
    READ_NOT(suite, VB_E_ABSENT, version, "talk", "1.1.0-dev", arena, &(const char *){ NULL });
}

static void a_refused_commit_leaves_nothing_behind(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_one(suite->store, suite_event("s1", 1, "a"));
    suite_again(suite);
    const struct vb_change changes[] = {
        suite_instrument(&suite_dev_plan),
        suite_case("c2"),
        suite_person("p2", "c2"),
        suite_round("round-2", "c2", "t0"),
        suite_session("s2", "round-2", "p2"),
        suite_event("s1", 2, "b"),
        suite_event("s2", 1, "c"),
        suite_revision("round-1", 1),
        suite_blob("sha256:b", "s2"),
        suite_audit("release"),
        { .kind = VB_SET_ROUND, .round = { .id = "round-1", .state = VB_ROUND_RELEASED } },
        { .kind = VB_SET_SESSION, .session = { .id = "s1", .state = VB_SESSION_SHARED } },
        suite_event("s1", 9, "refused"),
    };
    suite_refused(suite->store, changes, sizeof changes / sizeof *changes, VB_E_CONFLICT, NULL);
    only_the_first_round_is_there(suite);
    suite_again(suite);
    only_the_first_round_is_there(suite);
}

/* The same, taken back and then done: what was undone must not stand in the way. */
static void after_a_refusal_the_same_rows_can_be_put(void **state)
{
    struct suite *suite = *state;
    const struct vb_change bad[] = { suite_instrument(&suite_plan),
                                     suite_case("c1"),
                                     suite_person("p1", "c1"),
                                     suite_round("round-1", "c1", "t0"),
                                     suite_session("s1", "round-1", "p1"),
                                     suite_event("s1", 1, "a"),
                                     suite_event("s1", 3, "c") };
    suite_refused(suite->store, bad, 7, VB_E_CONFLICT, NULL);
    assert_int_equal(suite_last_seq(suite->store, "s1"), -1);
    suite_commit(suite->store, bad, 6);
    suite_again(suite);
    assert_int_equal(suite_last_seq(suite->store, "s1"), 1);
}

static void a_commit_of_nothing_is_fine(void **state)
{
    struct suite *suite = *state;
    suite_commit(suite->store, NULL, 0);
    suite_again(suite);
}

static void many_rows_are_found_again(void **state)
{
    struct suite *suite = *state;
    enum { MANY = 300 };
    suite_begin_round(suite->store);
    char id[24];
    for (int i = 0; i < MANY; i++) {
        snprintf(id, sizeof id, "case-%d", i);
        suite_one(suite->store, suite_case(id));
        if (i % 3 == 0) { /* taking back in between must not lose anybody */
            const struct vb_change bad[] = { suite_case("gone"), suite_event("s1", 7, "") };
            suite_refused(suite->store, bad, 2, VB_E_CONFLICT, NULL);
        }
    }
    suite_again(suite);
    struct vb_case_row row;
    for (int i = 0; i < MANY; i++) {
        snprintf(id, sizeof id, "case-%d", i);
        READ(suite, case_row, id, &suite->arena, &row);
    }
    READ_NOT(suite, VB_E_ABSENT, case_row, "gone", &suite->arena, &row);
}

static void note_code(void *ctx, enum vb_code code, const struct vb_err *err)
{
    (void)err;
    *(enum vb_code *)ctx = code;
}

static void submit_calls_done_with_the_outcome(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    enum vb_code code = VB_E_INTERNAL;
    struct vb_change change = suite_event("s1", 1, "a");
    vb_store_submit(suite->store, &change, 1, note_code, &code);
    suite_wait(suite);
    assert_int_equal(code, VB_OK);
    change = suite_event("s1", 1, "b");
    vb_store_submit(suite->store, &change, 1, note_code, &code);
    suite_wait(suite);
    assert_int_equal(code, VB_E_CONFLICT);
}

int store_suite_run_refusals(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(a_case_has_one_open_round_of_instrument_and_wave),
        SUITE_TEST(a_person_has_one_session_in_a_round),
        SUITE_TEST(a_seq_is_taken_once),
        SUITE_TEST(the_same_answer_again_is_acknowledged_and_kept_once),
        SUITE_TEST(a_whole_commit_may_be_sent_again),
        SUITE_TEST(another_row_under_a_taken_id_is_refused),
        SUITE_TEST(what_a_change_names_must_be_there),
        SUITE_TEST(a_refused_commit_leaves_nothing_behind),
        SUITE_TEST(after_a_refusal_the_same_rows_can_be_put),
        SUITE_TEST(a_commit_of_nothing_is_fine),
        SUITE_TEST(many_rows_are_found_again),
        SUITE_TEST(submit_calls_done_with_the_outcome),
    };
    return cmocka_run_group_tests_name("refusals", tests, NULL, NULL);
}
