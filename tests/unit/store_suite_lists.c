/* What every store lists across rounds, and its settings. */
#include "store_suite_inner.h"

static void cases_come_in_order_of_creation(void **state)
{
    struct suite *suite = *state;
    suite_put(suite, suite_case("c2"));
    suite_put(suite, suite_case("c1"));
    suite_put(suite, suite_case("c2")); /* the same again is one */
    struct vb_case_row *rows;
    size_t count;
    READ(suite, cases, &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].id, "c2");
    assert_string_equal(rows[1].id, "c1");
    assert_int_equal(rows[1].opened_wall_ms, 1000);
}

static void a_person_is_found_by_a_prefix_only_it_has(void **state)
{
    struct suite *suite = *state;
    suite_put(suite, suite_case("c1"));
    suite_put(suite, suite_person("abcd2222", "c1"));
    suite_put(suite, suite_person("abcd1111", NULL));
    suite_put(suite, suite_person("abcd", "c1"));
    struct vb_person_row *rows, row;
    size_t count;
    READ(suite, prefix_persons, "abcd", &suite->arena, &rows, &count);
    assert_int_equal(count, 3);
    assert_string_equal(rows[0].id, "abcd2222"); /* in order of creation */
    assert_string_equal(rows[1].id, "abcd1111");
    assert_null(rows[1].case_id);
    struct vb_store *store = suite->store;
    struct vb_arena *arena = &suite->arena;
    struct vb_err *err = &suite->err;
    assert_int_equal(vb_store_find_person(store, "abcd1", arena, &row, err), VB_OK);
    assert_string_equal(row.id, "abcd1111");
    assert_int_equal(vb_store_find_person(store, "abcd", arena, &row, err), VB_OK);
    assert_string_equal(row.id, "abcd"); /* an id that is also a prefix is itself */
    assert_int_equal(vb_store_find_person(store, "abc", arena, &row, err), VB_E_DATA);
    assert_non_null(strstr(err->text, "4 characters"));
    assert_int_equal(vb_store_find_person(store, "zzzz", arena, &row, err), VB_E_ABSENT);
    assert_non_null(strstr(err->text, "no person begins with"));
    suite_put(suite, suite_person("abcd12", "c1"));
    assert_int_equal(vb_store_find_person(suite->store, "abcd1", arena, &row, err), VB_E_DATA);
    assert_non_null(strstr(err->text, "2 persons begin with"));
}

static void the_sessions_of_a_person_come_from_every_round(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_person("p2", "c1"));
    suite_put(suite, suite_round("round-2", "c1", "t1"));
    suite_put(suite, suite_session("z1", "round-2", "p1"));
    suite_put(suite, suite_session("s2", "round-1", "p2"));
    suite_put(suite, suite_session("a1", "round-2", NULL));
    suite_put(suite, suite_event("z1", 1, ""));
    struct vb_session_row *rows;
    size_t count;
    READ(suite, person_sessions, "p1", &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].id, "s1");
    assert_string_equal(rows[0].round, "round-1");
    assert_string_equal(rows[1].id, "z1"); /* in order of creation */
    assert_string_equal(rows[1].round, "round-2");
    assert_string_equal(rows[1].person, "p1");
    assert_int_equal(rows[1].last_seq, 1);
    READ(suite, session, "z1", &suite->arena, &rows[0]); /* one round first, then all of them */
    suite_again(suite);
    READ(suite, sessions, "round-2", &suite->arena, &rows, &count);
    READ(suite, person_sessions, "p1", &suite->arena, &rows, &count);
    assert_string_equal(rows[0].id, "s1");
    assert_string_equal(rows[1].id, "z1");
}

static void the_blobs_of_a_session_come_without_their_bytes(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_person("p2", "c1"));
    suite_put(suite, suite_session("s2", "round-1", "p2"));
    suite_put(suite, suite_blob("sha256:b", "s1"));
    suite_put(suite, suite_blob("sha256:b", "s2")); /* two persons with one picture */
    struct vb_change endless = suite_blob("sha256:a", "s1");
    endless.blob.until_wall_ms = 0;
    suite_put(suite, endless);
    struct vb_blob_row *rows;
    size_t count;
    READ(suite, session_blobs, "s1", &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].digest, "sha256:b"); /* in order of arrival */
    assert_string_equal(rows[0].session, "s1");
    assert_string_equal(rows[0].type, "image/png");
    assert_null(rows[0].bytes);
    assert_int_equal(rows[0].len, 4);
    assert_int_equal(rows[0].until_wall_ms, 90000);
    assert_false(rows[0].erased);
    assert_string_equal(rows[1].digest, "sha256:a");
    assert_int_equal(rows[1].until_wall_ms, 0);
    READ(suite, session_blobs, "s2", &suite->arena, &rows, &count);
    assert_int_equal(count, 1);
}

static void settings_are_put_anew_and_taken_away(void **state)
{
    struct suite *suite = *state;
    suite_put(suite, suite_setting("retention.talk", "P5Y"));
    suite_put(suite, suite_setting("retention.pulse", ""));
    suite_put(suite, suite_setting("region", "north"));
    suite_put(suite, suite_setting("retention.talk", "P2Y"));
    suite_put(suite, suite_setting("never.there", NULL));
    struct vb_setting_row *rows;
    size_t count;
    READ(suite, settings, "retention.", &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].name, "retention.pulse"); /* by name */
    assert_string_equal(rows[0].value, "");
    assert_string_equal(rows[1].name, "retention.talk");
    assert_string_equal(rows[1].value, "P2Y");
    suite_put(suite, suite_setting("retention.pulse", NULL));
    READ(suite, settings, "", &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].name, "region");
    suite_put(suite, suite_setting("retention.pulse", "P1Y"));
    READ(suite, settings, "retention.p", &suite->arena, &rows, &count);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].value, "P1Y");
}

static void a_refused_commit_leaves_settings_as_they_were(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_setting("a", "1"));
    const struct vb_change bad[] = { suite_setting("a", "2"), suite_setting("b", "1"),
                                     suite_setting("a", NULL), suite_event("s1", 7, "") };
    suite_refused(suite->store, bad, 4, VB_E_CONFLICT, NULL);
    suite_again(suite);
    struct vb_setting_row *rows;
    size_t count;
    READ(suite, settings, "", &suite->arena, &rows, &count);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].value, "1");
}

static struct vb_change with_parts(struct vb_change event)
{
    static const struct vb_event_part parts[] = { { "p2", "two\0!", 5 }, { "p3", "three", 5 } };
    event.event.parts = parts;
    event.event.part_count = 2;
    event.event.room = 200;
    return event;
}

static void an_event_comes_back_in_its_parts(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_person("p2", "c1"));
    suite_put(suite, suite_person("p3", "c1"));
    suite_put(suite, with_parts(suite_event("s1", 1, "a")));
    struct vb_change whole_in_parts = with_parts(suite_event("s1", 2, "b"));
    whole_in_parts.event.body = "";
    whole_in_parts.event.body_len = 0;
    suite_put(suite, whole_in_parts);
    struct vb_event_row *rows;
    size_t count;
    READ(suite, events, "s1", 1, &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].body_len, 11);
    assert_int_equal(rows[1].body_len, 0);
    for (int i = 0; i < 2; i++) {
        assert_false(rows[i].erased);
        assert_int_equal(rows[i].part_count, 2);
        assert_string_equal(rows[i].parts[0].about, "p2");
        assert_int_equal(rows[i].parts[0].len, 5);
        assert_memory_equal(rows[i].parts[0].bytes, "two\0!", 5);
        assert_string_equal(rows[i].parts[1].about, "p3");
        assert_memory_equal(rows[i].parts[1].bytes, "three", 5);
    }
}

int store_suite_run_lists(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(cases_come_in_order_of_creation),
        SUITE_TEST(a_person_is_found_by_a_prefix_only_it_has),
        SUITE_TEST(the_sessions_of_a_person_come_from_every_round),
        SUITE_TEST(the_blobs_of_a_session_come_without_their_bytes),
        SUITE_TEST(settings_are_put_anew_and_taken_away),
        SUITE_TEST(a_refused_commit_leaves_settings_as_they_were),
    };
    const struct CMUnitTest of_parts[] = { SUITE_TEST(an_event_comes_back_in_its_parts) };
    int failed = cmocka_run_group_tests_name("lists and settings", tests, NULL, NULL);
    if (suite_takes_parts())
        failed += cmocka_run_group_tests_name("parts", of_parts, NULL, NULL);
    return failed;
}
