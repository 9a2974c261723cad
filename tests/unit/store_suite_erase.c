/* What every store makes of an erasure: the tombstone, and how what it names reads afterwards. */
#include "store_suite_inner.h"

/* p1 (s1) and p2 (s2) with a joint session in round-1; p1 alone (s3) in round-2; each session has
 * two events, and a picture that p1 and p2 both gave. */
static void two_persons(struct suite *suite)
{
    suite_begin_round(suite->store);
    const struct vb_change changes[] = {
        suite_person("p2", "c1"),
        suite_round("round-2", "c1", "t1"),
        suite_session("s2", "round-1", "p2"),
        suite_session("together", "round-1", NULL),
        suite_session("s3", "round-2", "p1"),
        suite_session("elsewhere", "round-2", NULL),
        suite_event("s1", 1, ""),
        suite_event("s1", 2, "a"),
        suite_event("s2", 1, ""),
        suite_event("s2", 2, "b"),
        suite_event("s3", 1, "c"),
        suite_event("together", 1, "d"),
        suite_event("elsewhere", 1, "e"),
        suite_blob("sha256:b", "s1"),
        suite_blob("sha256:b", "s2"),
    };
    suite_commit(suite->store, changes, sizeof changes / sizeof *changes);
    suite_again(suite);
}

/* Every event of the session reads as erased or none does; how many there are. */
static int64_t events_erased(struct suite *suite, const char *session, bool erased)
{
    struct vb_event_row *rows;
    struct vb_session_row row;
    size_t count;
    READ(suite, session, session, &suite->arena, &row);
    assert_int_equal(row.erased, erased);
    READ(suite, events, session, 1, &suite->arena, &rows, &count);
    assert_int_equal(row.last_seq, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].erased, erased);
        assert_int_equal(rows[i].seq, i + 1);
        assert_int_equal(rows[i].wall_ms, 9001 + i); /* when stays, what goes */
        assert_int_equal(rows[i].body_len, erased ? 0 : 11);
        if (erased) {
            assert_string_equal(rows[i].body, "");
            assert_string_equal(rows[i].answer_id, "");
            assert_int_equal(rows[i].part_count, 0);
        }
    }
    return row.last_seq;
}

static enum vb_session_state state_of(struct suite *suite, const char *session)
{
    struct vb_session_row row;
    READ(suite, session, session, &suite->arena, &row);
    return row.state;
}

static void an_erased_person_is_gone_with_all_it_gave(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "p2"));
    struct vb_person_row person;
    READ(suite, person, "p2", &suite->arena, &person);
    assert_true(person.erased);
    assert_null(person.label);
    assert_string_equal(person.role, "client");
    assert_int_equal(events_erased(suite, "s2", true), 2);
    assert_int_equal(state_of(suite, "s2"), VB_SESSION_WITHDRAWN);
    struct vb_blob_row *blobs;
    size_t count;
    READ(suite, session_blobs, "s2", &suite->arena, &blobs, &count);
    assert_int_equal(count, 1);
    assert_true(blobs[0].erased);
    assert_int_equal(blobs[0].len, 0);
}

static void the_joint_session_falls_with_each_of_its_round(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "p2"));
    assert_int_equal(events_erased(suite, "together", true), 1);
    assert_int_equal(state_of(suite, "together"), VB_SESSION_OPEN); /* nobody withdrew it */
    assert_int_equal(events_erased(suite, "elsewhere", false), 1);
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "p1"));
    assert_int_equal(events_erased(suite, "elsewhere", true), 1);
}

static void what_the_others_gave_stays(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "p2"));
    struct vb_person_row person;
    READ(suite, person, "p1", &suite->arena, &person);
    assert_false(person.erased);
    assert_string_equal(person.label, "Sam");
    assert_int_equal(events_erased(suite, "s1", false), 2);
    assert_int_equal(events_erased(suite, "s3", false), 1);
    assert_int_equal(state_of(suite, "s1"), VB_SESSION_OPEN);
    struct vb_blob_row blob;
    READ(suite, blob, "sha256:b", &suite->arena, &blob); /* the other one's is still there */
    assert_string_equal(blob.session, "s1");
    assert_memory_equal(blob.bytes, "\x89P\0N", 4);
}

static void a_person_is_erased_out_of_every_round(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "p1"));
    struct vb_session_row *rows;
    size_t count;
    READ(suite, person_sessions, "p1", &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_true(rows[i].erased);
        assert_int_equal(rows[i].state, VB_SESSION_WITHDRAWN);
    }
    assert_int_equal(events_erased(suite, "s1", true), 2);
    assert_int_equal(events_erased(suite, "s3", true), 1);
    assert_int_equal(events_erased(suite, "s2", false), 2);
}

static void an_erased_session_leaves_its_person(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    suite_put(suite, suite_erase(VB_ERASE_SESSION, "s1"));
    assert_int_equal(events_erased(suite, "s1", true), 2);
    assert_int_equal(state_of(suite, "s1"), VB_SESSION_WITHDRAWN);
    assert_int_equal(events_erased(suite, "s3", false), 1);
    assert_int_equal(events_erased(suite, "together", false), 1);
    struct vb_person_row person;
    READ(suite, person, "p1", &suite->arena, &person);
    assert_false(person.erased);
    assert_string_equal(person.label, "Sam");
    struct vb_blob_row blob;
    READ(suite, blob, "sha256:b", &suite->arena, &blob);
    assert_string_equal(blob.session, "s2");
}

static void an_erased_blob_leaves_only_its_name(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    suite_put(suite, suite_erase(VB_ERASE_BLOB, "s1 sha256:b"));
    struct vb_blob_row blob, *blobs;
    size_t count;
    READ(suite, session_blobs, "s1", &suite->arena, &blobs, &count);
    assert_int_equal(count, 1);
    assert_true(blobs[0].erased);
    assert_string_equal(blobs[0].digest, "sha256:b");
    READ(suite, session_blobs, "s2", &suite->arena, &blobs, &count);
    assert_false(blobs[0].erased);
    suite_put(suite, suite_erase(VB_ERASE_BLOB, "s2 sha256:b"));
    READ(suite, blob, "sha256:b", &suite->arena, &blob);
    assert_true(blob.erased);
    assert_int_equal(blob.len, 0);
    assert_int_equal(events_erased(suite, "s1", false), 2);
}

static void nothing_is_added_to_what_was_erased(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "p2"));
    suite_one_refused(suite->store, suite_event("s2", 3, "x"), VB_E_ABSENT, "was erased");
    suite_one_refused(suite->store, suite_event("s2", 2, "b"), VB_E_ABSENT, "was erased");
    suite_one_refused(suite->store, suite_event("together", 2, "x"), VB_E_ABSENT, "was erased");
    suite_one_refused(suite->store, suite_blob("sha256:n", "s2"), VB_E_ABSENT, "was erased");
    suite_put(suite,
              suite_person("p2", "c1")); /* the same again is fine, and brings nothing back */
    struct vb_person_row person;
    READ(suite, person, "p2", &suite->arena, &person);
    assert_null(person.label);
    assert_true(person.erased);
}

static void tombstones_stay_in_order_and_are_done_once(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    suite_put(suite, suite_erase(VB_ERASE_SESSION, "s3"));
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "p2"));
    struct vb_change again = suite_erase(VB_ERASE_SESSION, "s3");
    again.erasure.done = true;
    again.erasure.reason = "retention";
    again.erasure.wall_ms = 7000;
    suite_put(suite, again);
    suite_put(suite, suite_erase(VB_ERASE_SESSION, "s3")); /* done stays done */
    struct vb_erasure_row *rows;
    size_t count;
    READ(suite, erasures, &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].what, VB_ERASE_SESSION);
    assert_string_equal(rows[0].id, "s3");
    assert_string_equal(rows[0].reason, "asked"); /* the first */
    assert_int_equal(rows[0].wall_ms, 6000);
    assert_true(rows[0].done);
    assert_int_equal(rows[1].what, VB_ERASE_PERSON);
    assert_int_equal(rows[1].done, suite_has_keys()); /* else whoever has them says so */
}

static void what_is_not_there_cannot_be_erased(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    suite_one_refused(suite->store, suite_erase(VB_ERASE_PERSON, "p9"), VB_E_ABSENT, "p9");
    suite_one_refused(suite->store, suite_erase(VB_ERASE_SESSION, "s9"), VB_E_ABSENT, "s9");
    suite_one_refused(suite->store, suite_erase(VB_ERASE_BLOB, "s9 sha256:b"), VB_E_ABSENT, "s9");
    suite_one_refused(suite->store, suite_erase(VB_ERASE_BLOB, "sha256:b"), VB_E_ABSENT, NULL);
    suite_again(suite);
    size_t count;
    READ(suite, erasures, &suite->arena, &(struct vb_erasure_row *){ NULL }, &count);
    assert_int_equal(count, 0);
}

static void a_refused_commit_erases_nothing(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    const struct vb_change bad[] = { suite_erase(VB_ERASE_PERSON, "p2"),
                                     suite_erase(VB_ERASE_SESSION, "s1"),
                                     suite_erase(VB_ERASE_BLOB, "s1 sha256:b"),
                                     suite_event("s3", 9, "") };
    suite_refused(suite->store, bad, 4, VB_E_CONFLICT, NULL);
    for (int i = 0; i < 2; i++) {
        struct vb_person_row person;
        struct vb_blob_row blob;
        struct vb_event_row *rows, want = suite_event("s2", 2, "b").event;
        size_t count;
        READ(suite, person, "p2", &suite->arena, &person);
        assert_string_equal(person.label, "Sam");
        assert_false(person.erased);
        assert_int_equal(events_erased(suite, "s1", false), 2);
        assert_int_equal(events_erased(suite, "s2", false), 2);
        assert_int_equal(events_erased(suite, "together", false), 1);
        assert_int_equal(state_of(suite, "s2"), VB_SESSION_OPEN);
        READ(suite, events, "s2", 2, &suite->arena, &rows, &count);
        assert_string_equal(rows[0].answer_id, "b");
        assert_memory_equal(rows[0].body, want.body, want.body_len);
        READ(suite, blob, "sha256:b", &suite->arena, &blob);
        assert_memory_equal(blob.bytes, "\x89P\0N", 4);
        READ(suite, erasures, &suite->arena, &(struct vb_erasure_row *){ NULL }, &count);
        assert_int_equal(count, 0);
        suite_again(suite);
    }
}

static struct vb_change said_about(const char *session, int64_t seq, const char *one,
                                   const char *other)
{
    static struct vb_event_part parts[2];
    struct vb_change change = suite_event(session, seq, "");
    parts[0] = (struct vb_event_part){ one, "first", 5 };
    parts[1] = (struct vb_event_part){ other, "second", 6 };
    change.event.parts = parts;
    change.event.part_count = 2;
    return change;
}

static void parts_about_an_erased_person_go_and_the_rest_stays(void **state)
{
    struct suite *suite = *state;
    two_persons(suite);
    suite_put(suite, suite_person("member", "c1")); /* no session of its own */
    suite_put(suite, said_about("s1", 3, "p2", "member"));
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "member"));
    suite_put(suite, said_about("s1", 4, "member", "p2")); /* somebody who did not know yet */
    struct vb_event_row *rows;
    size_t count;
    READ(suite, events, "s1", 3, &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    for (int i = 0; i < 2; i++) {
        assert_false(rows[i].erased);
        assert_int_equal(rows[i].body_len, 11);
        assert_int_equal(rows[i].part_count, 2);
        assert_string_equal(rows[i].parts[1 - i].about, "member");
        assert_null(rows[i].parts[1 - i].bytes);
        assert_int_equal(rows[i].parts[1 - i].len, 0);
        assert_string_equal(rows[i].parts[i].about, "p2");
    }
    assert_memory_equal(rows[0].parts[0].bytes, "first", 5);
    assert_memory_equal(rows[1].parts[1].bytes, "second", 6);
}

int store_suite_run_erasures(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(an_erased_person_is_gone_with_all_it_gave),
        SUITE_TEST(the_joint_session_falls_with_each_of_its_round),
        SUITE_TEST(what_the_others_gave_stays),
        SUITE_TEST(a_person_is_erased_out_of_every_round),
        SUITE_TEST(an_erased_session_leaves_its_person),
        SUITE_TEST(an_erased_blob_leaves_only_its_name),
        SUITE_TEST(nothing_is_added_to_what_was_erased),
        SUITE_TEST(tombstones_stay_in_order_and_are_done_once),
        SUITE_TEST(what_is_not_there_cannot_be_erased),
        SUITE_TEST(a_refused_commit_erases_nothing),
    };
    const struct CMUnitTest of_parts[] = { SUITE_TEST(
        parts_about_an_erased_person_go_and_the_rest_stays) };
    int failed = cmocka_run_group_tests_name("erasures", tests, NULL, NULL);
    if (suite_takes_parts())
        failed += cmocka_run_group_tests_name("erasures of parts", of_parts, NULL, NULL);
    return failed;
}
