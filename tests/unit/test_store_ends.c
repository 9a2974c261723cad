/* test_store_ends.c - where a log ends: what was cut off, or put back as it was, is told. */
#include "sealed_family.h"

static struct vb_change shares(const char *session)
{
    return (struct vb_change){ .kind = VB_SET_SESSION,
                               .session = { .id = session, .state = VB_SESSION_SHARED } };
}

/* s1 has three events, of which the last is its yes, and goes on with a fourth; closed. */
static void give_and_share(struct sealed_place *sealed)
{
    struct vb_store *store = open_family(sealed);
    suite_one(store, suite_event("s1", 2, "d"));
    const struct vb_change yes[] = { suite_event("s1", 3, "e"), shares("s1") };
    suite_commit(store, yes, 2);
    suite_one(store, suite_event("s1", 4, "f"));
    sealed_place_close(sealed);
}

static enum vb_code read_log(struct vb_store *store, const char *session, int64_t first_seq,
                             size_t *count, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_event_row *rows;
    enum vb_code code = store->ops->events(store, session, first_seq, &arena, &rows, count, err);
    vb_arena_finish(&arena);
    return code;
}

static void a_log_is_read_to_its_end_and_behind_it(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_err err;
    size_t count;
    give_and_share(sealed);
    struct vb_store *store = sealed_place_open(sealed, 2000);
    assert_int_equal(read_log(store, "s1", 1, &count, &err), VB_OK);
    assert_int_equal(count, 4);
    assert_int_equal(read_log(store, "s1", 4, &count, &err), VB_OK);
    assert_int_equal(count, 1);
    assert_int_equal(read_log(store, "s1", 5, &count, &err), VB_OK);
    assert_int_equal(count, 0);
    assert_int_equal(read_log(store, "nobody", 1, &count, &err), VB_OK);
    assert_int_equal(count, 0);
}

static void what_was_done_behind_the_programs_back_is_told(void **state)
{
    struct sealed_place *sealed = *state;
    static const struct {
        const char *sql, *text;
    } cases[] = {
        { "DELETE FROM event WHERE seq >= 3", "the log of session s1 was cut off" },
        { "DELETE FROM event WHERE session = 1", "the log of session s1 was cut off" },
        { "UPDATE session SET state = 'open' WHERE id = 's1'", "its state was changed" },
        { "DELETE FROM event WHERE seq >= 3; UPDATE session SET state = 'open' WHERE id = 's1'",
          "was cut off" },
        { "UPDATE setting SET value = replace(value, '3 ', '2 ') WHERE name = 'sealed.end.s1'",
          "what says where it ends was changed" },
        { "UPDATE setting SET value = (SELECT value FROM setting WHERE name = 'sealed.end.s2')"
          " WHERE name = 'sealed.end.s1'",
          "what says where it ends was changed" },
        { "UPDATE setting SET value = '' WHERE name = 'sealed.end.s1'",
          "what says where it ends was changed" },
        { "DELETE FROM setting WHERE name = 'sealed.end.s1'",
          "what says where it ends was removed" },
        { "PRAGMA foreign_keys = OFF; DELETE FROM blob; DELETE FROM event WHERE session = 1;"
          " DELETE FROM session WHERE id = 's1'",
          "session s1 was removed" },
    };
    give_and_share(sealed);
    struct vb_buf whole = keys_place_read(sealed->place, "data/verbond.db");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vb_err err;
        size_t count;
        place_sql(sealed->place, cases[i].sql);
        struct vb_store *store = sealed_place_open(sealed, 2000);
        assert_int_equal(read_log(store, "s1", 1, &count, &err), VB_E_DATA);
        place_says(&err, cases[i].text);
        assert_int_equal(read_log(store, "s2", 1, &count, &err), VB_OK);
        sealed_place_close(sealed);
        keys_place_remove(sealed->place, "data/verbond.db");
        keys_place_write(sealed->place, "data/verbond.db", whole.data, whole.len);
    }
    vb_buf_finish(&whole);
}

/* What came behind the last yes is not sealed at its end: docs/explanation/privacy.md says so. */
static void what_was_said_since_can_still_be_cut_off(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_err err;
    size_t count;
    give_and_share(sealed);
    place_sql(sealed->place, "DELETE FROM event WHERE seq = 4");
    assert_int_equal(read_log(sealed_place_open(sealed, 2000), "s1", 1, &count, &err), VB_OK);
    assert_int_equal(count, 3);
}

static void a_commit_that_is_sent_again_moves_no_end(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_err err;
    size_t count;
    give_and_share(sealed);
    struct vb_store *store = sealed_place_open(sealed, 2000);
    const struct vb_change yes[] = { suite_event("s1", 3, "e"), shares("s1") };
    const struct vb_change begun[] = { suite_session("s1", "round-1", "p1"),
                                       suite_event("s1", 1, "a") };
    suite_commit(store, yes, 2);
    suite_commit(store, begun, 2);
    assert_int_equal(read_log(store, "s1", 1, &count, &err), VB_OK);
    assert_int_equal(count, 4);
    sealed_place_close(sealed);
    place_sql(sealed->place, "DELETE FROM event WHERE seq = 4"); /* the end is at 4 now */
    assert_int_equal(read_log(sealed_place_open(sealed, 2000), "s1", 1, &count, &err), VB_E_DATA);
}

static void a_commit_that_is_refused_moves_no_end(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_err err;
    size_t count;
    give_and_share(sealed);
    struct vb_store *store = sealed_place_open(sealed, 2000);
    const struct vb_change stops[] = {
        suite_event("s1", 9, "z"),
        { .kind = VB_SET_SESSION, .session = { .id = "s1", .state = VB_SESSION_WITHDRAWN } },
    };
    assert_int_equal(vb_store_commit(store, stops, 2, &err), VB_E_CONFLICT);
    assert_int_equal(read_log(store, "s1", 1, &count, &err), VB_OK);
}

static void what_was_erased_ends_where_it_ended(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_err err;
    size_t count;
    give_and_share(sealed);
    const struct vb_change erase = { .kind = VB_ERASE,
                                     .erasure = { VB_ERASE_PERSON, "p1", "asked", 3000, false } };
    suite_one(sealed_place_open(sealed, 2000), erase);
    assert_int_equal(read_log(sealed->store, "s1", 1, &count, &err), VB_OK);
    assert_int_equal(count, 4);
    assert_int_equal(read_log(sealed->store, "joint", 1, &count, &err), VB_OK);
}

static void a_store_from_before_gets_its_ends_at_the_next_opening(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_err err;
    size_t count;
    give_and_share(sealed);
    place_sql(sealed->place, "DELETE FROM setting WHERE name LIKE 'sealed.end%'");
    assert_int_equal(read_log(sealed_place_open(sealed, 2000), "s1", 1, &count, &err), VB_OK);
    sealed_place_close(sealed);
    assert_int_equal(number(sealed, "SELECT count(*) FROM setting WHERE name LIKE 'sealed.end.%'"),
                     3);
    place_sql(sealed->place, "DELETE FROM event WHERE seq = 4");
    assert_int_equal(read_log(sealed_place_open(sealed, 2000), "s1", 1, &count, &err), VB_E_DATA);
}

int main(void)
{
#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, sealed_place_set_up, sealed_place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_log_is_read_to_its_end_and_behind_it),
        TEST(what_was_done_behind_the_programs_back_is_told),
        TEST(what_was_said_since_can_still_be_cut_off),
        TEST(a_commit_that_is_sent_again_moves_no_end),
        TEST(a_commit_that_is_refused_moves_no_end),
        TEST(what_was_erased_ends_where_it_ended),
        TEST(a_store_from_before_gets_its_ends_at_the_next_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
