/* test_keys_end.c - how keys end, and what goes with them. */
#include "tests.h"

#include <sqlite3.h>

#include "keys_place.h"
#include "store_place.h"

/* -- ending -- */

static void all_that_hangs_on_a_person_goes_with_it(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    keys_make_family(keys);
    struct key kept[] = { keys_person_of(keys, "p2"), keys_session_of(keys, "s2") };
    keys_about_of(keys, "s2", "p1"); /* remembered, and gone all the same */
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    for (int again = 0; again < 2; again++) {
        keys_assert_erased(keys_person_of(keys, "p1"));
        keys_assert_erased(keys_session_of(keys, "s1"));
        keys_assert_erased(keys_session_of(keys, "joint"));
        keys_assert_erased(keys_about_of(keys, "s1", "p2"));
        keys_assert_erased(keys_about_of(keys, "s2", "p1"));
        keys_assert_erased(keys_blob_of(keys, "s1", "name-1"));
        keys_assert_same(kept[0], keys_person_of(keys, "p2"));
        keys_assert_same(kept[1], keys_session_of(keys, "s2"));
        keys = keys_place_reopen(*state, keys);
    }
    vb_keys_close(keys);
}

static void what_is_about_several_goes_with_each_of_them(void **state)
{
    static const struct {
        enum vb_erasable what;
        const char *id;
    } ends[] = { { VB_ERASE_SESSION, "s0" },
                 { VB_ERASE_PERSON, "p2" },
                 { VB_ERASE_SESSION, "s1" } };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct vb_keys *keys = keys_place_open(*state);
        keys_make_family(keys);
        keys_make_session(keys, "s0", "p1"); /* an earlier one of the same person */
        struct key of_session = keys_about_of(keys, "s1", "s0");
        struct key of_both = keys_about_of(keys, "s1", "s0 p2");
        keys = keys_place_reopen(*state, keys);
        keys_assert_same(of_session, keys_about_of(keys, "s1", "s0"));
        keys_assert_same(of_both, keys_about_of(keys, "s1", "s0 p2"));
        assert_memory_not_equal(of_session.bytes, of_both.bytes, VB_KEY_BYTES);
        assert_memory_not_equal(keys_about_of(keys, "s1", "p2").bytes, of_both.bytes, VB_KEY_BYTES);
        keys_destroy(keys, ends[i].what, ends[i].id);
        keys_assert_erased(keys_about_of(keys, "s1", "s0 p2"));
        if (ends[i].what == VB_ERASE_SESSION)
            keys_assert_erased(keys_about_of(keys, "s1", "s0"));
        else
            keys_assert_same(of_session, keys_about_of(keys, "s1", "s0"));
        vb_keys_close(keys);
        keys_place_remove(*state, "data/keys.db");
        keys_place_remove(*state, "data/erasures");
    }
}

static void a_session_and_a_picture_end_by_themselves(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    keys_make_family(keys);
    keys_destroy(keys, VB_ERASE_BLOB, "s1 name-1");
    keys_assert_erased(keys_blob_of(keys, "s1", "name-1"));
    assert_int_equal(keys_blob_of(keys, "s1", "name-2").found, VB_KEY_HERE);
    assert_int_equal(keys_session_of(keys, "s1").found, VB_KEY_HERE);
    keys_destroy(keys, VB_ERASE_SESSION, "s1");
    keys_assert_erased(keys_session_of(keys, "s1"));
    keys_assert_erased(keys_about_of(keys, "s1", "p2"));
    keys_assert_erased(keys_blob_of(keys, "s1", "name-2"));
    assert_int_equal(keys_person_of(keys, "p1").found, VB_KEY_HERE);
    assert_int_equal(keys_session_of(keys, "joint").found, VB_KEY_HERE);
    vb_keys_close(keys);
}

static void nothing_is_made_under_who_was_erased(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    keys_make_family(keys);
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    keys_make_person(keys, "p1"); /* as a commit that is sent again does */
    keys_make_session(keys, "s1", "p1");
    keys_assert_erased(keys_person_of(keys, "p1"));
    keys_assert_erased(keys_session_of(keys, "s1"));
    assert_int_equal(vb_keys_make_session(keys, "s3", "p1", &err), VB_E_ABSENT);
    assert_int_equal(vb_keys_make_blob(keys, "s1", "name-3", 0, &err), VB_E_ABSENT);
    place_says(&err, "was erased");
    vb_keys_close(keys);
}

static void destroying_again_writes_nothing_new(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    keys_make_family(keys);
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    struct vb_buf before = keys_place_read(*state, "data/erasures");
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    keys_destroy(keys, VB_ERASE_SESSION, "s1");
    keys = keys_place_reopen(*state, keys);
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    struct vb_buf after = keys_place_read(*state, "data/erasures");
    assert_string_equal(before.data, after.data);
    vb_buf_finish(&before);
    vb_buf_finish(&after);
    vb_keys_close(keys);
}

static void the_list_says_what_was_asked_for_and_what_fell(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_arena arena = { 0 };
    struct vb_key_erased *rows;
    size_t count, asked = 0;
    keys_make_family(keys);
    keys_destroy(keys, VB_ERASE_BLOB, "s1 name-1");
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    for (int again = 0; again < 2; again++) {
        vb_keys_erased(keys, &arena, &rows, &count);
        assert_int_equal(count, 5);
        assert_string_equal(rows[0].id, "s1 name-1");
        assert_int_equal(rows[0].what, VB_ERASE_BLOB);
        assert_string_equal(rows[1].id, "p1");
        assert_true(rows[1].wall_ms > 0);
        for (size_t i = 0; i < count; i++)
            asked += !rows[i].fell;
        assert_int_equal(asked, 2 + 2 * (size_t)again);
        keys = keys_place_reopen(*state, keys);
    }
    assert_true(vb_keys_is_erased(keys, VB_ERASE_SESSION, "joint"));
    assert_false(vb_keys_is_erased(keys, VB_ERASE_SESSION, "s2"));
    vb_arena_finish(&arena);
    vb_keys_close(keys);
}

static void pictures_end_on_their_date(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_arena arena = { 0 };
    struct vb_err err;
    const char **ids;
    size_t count;
    keys_well(vb_keys_ended(keys, 9999, &arena, &ids, &count, &err), &err);
    assert_int_equal(count, 0); /* no keys.db yet */
    keys_make_family(keys);
    keys_well(vb_keys_ended(keys, 4999, &arena, &ids, &count, &err), &err);
    assert_int_equal(count, 0);
    keys_well(vb_keys_ended(keys, 5000, &arena, &ids, &count, &err), &err);
    assert_int_equal(count, 1);
    assert_string_equal(ids[0], "s1 name-2");
    keys_destroy(keys, VB_ERASE_BLOB, ids[0]);
    keys_well(vb_keys_ended(keys, 5000, &arena, &ids, &count, &err), &err);
    assert_int_equal(count, 0);
    vb_arena_finish(&arena);
    vb_keys_close(keys);
}

/* An older copy of keys.db is put back: the list ends again what it ended, and what the copy has
 * under it. A power cut between the line and the rows looks the same. */
static void a_keys_db_that_is_put_back_brings_nothing_back(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    keys_make_family(keys);
    struct key kept = keys_session_of(keys, "s2");
    vb_keys_close(keys);
    struct vb_buf copy = keys_place_read(*state, "data/keys.db");
    keys = keys_place_open(*state);
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    vb_keys_close(keys);
    keys_place_write(*state, "data/keys.db", copy.data, copy.len);
    keys = keys_place_open(*state);
    keys_assert_erased(keys_person_of(keys, "p1"));
    keys_assert_erased(keys_session_of(keys, "s1"));
    keys_assert_same(kept, keys_session_of(keys, "s2"));
    vb_keys_close(keys);
    sqlite3 *db;
    sqlite3_stmt *statement;
    char *path = place_path(*state, "data/keys.db");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT group_concat(id) FROM key", -1, &statement, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), "p2,s2");
    sqlite3_finalize(statement);
    sqlite3_close(db);
    free(path);
    vb_buf_finish(&copy);
}

/* A session that a restored keys.db has, and that had no key any more when its person went. */
static void what_comes_back_under_who_was_erased_goes_again(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    keys_make_family(keys);
    vb_keys_close(keys);
    struct vb_buf copy = keys_place_read(*state, "data/keys.db");
    sqlite3 *db;
    char *path = place_path(*state, "data/keys.db");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM key WHERE id = 's1'", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    free(path);
    keys = keys_place_open(*state);
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    assert_false(vb_keys_is_erased(keys, VB_ERASE_SESSION, "s1"));
    vb_keys_close(keys);
    keys_place_write(*state, "data/keys.db", copy.data, copy.len);
    keys = keys_place_open(*state);
    keys_assert_erased(keys_session_of(keys, "s1"));
    keys = keys_place_reopen(*state, keys);
    keys_assert_erased(keys_session_of(keys, "s1"));
    vb_buf_finish(&copy);
    vb_keys_close(keys);
}

/* Every byte of a destroyed key's row, under whichever key it was wrapped. */
static void no_wrapped_key_is_left_in_keys_db(void **state)
{
    enum { MANY = 600 };
    static unsigned char wrapped[MANY][72];
    struct vb_keys *keys = keys_place_open(*state);
    char id[16];
    for (int i = 0; i < MANY; i++) {
        snprintf(id, sizeof id, "p%d", i);
        keys_make_person(keys, id);
        if (i % 7 == 3) {
            snprintf(id, sizeof id, "p%d", i - 1);
            keys_destroy(keys, VB_ERASE_PERSON, id);
        }
    }
    sqlite3 *db;
    sqlite3_stmt *statement;
    char *path = place_path(*state, "data/keys.db");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT substr(id, 2) + 0, wrapped FROM key", -1, &statement, NULL),
        SQLITE_OK);
    int there = 0;
    for (; sqlite3_step(statement) == SQLITE_ROW; there++)
        memcpy(wrapped[sqlite3_column_int(statement, 0)], sqlite3_column_blob(statement, 1), 72);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    unsigned seed = 20261122;
    for (int left = MANY - 1, n = 0; left > 0; left--) { /* in no order at all */
        seed = seed * 1103515245u + 12345u;
        n = (int)(seed >> 8) % MANY;
        snprintf(id, sizeof id, "p%d", n);
        keys_destroy(keys, VB_ERASE_PERSON, id);
    }
    struct vb_buf file = keys_place_read(*state, "data/keys.db");
    struct vb_buf journal = keys_place_read(*state, "data/keys.db-journal");
    int gone = 0;
    for (int i = 0; i < MANY; i++) {
        static const unsigned char none[72];
        snprintf(id, sizeof id, "p%d", i);
        if (memcmp(wrapped[i], none, 72) == 0)
            continue;
        bool erased = vb_keys_is_erased(keys, VB_ERASE_PERSON, id);
        bool found = false;
        for (int at = 0; at + 16 <= 72; at += 8)
            found = found || memmem(file.data, file.len, wrapped[i] + at, 16) != NULL;
        assert_int_equal(found, !erased); /* those that stay are the control */
        gone += erased;
    }
    assert_true(journal.len > 0);
    for (size_t i = 0; i < journal.len; i++)
        assert_int_equal(journal.data[i], 0);
    vb_buf_finish(&journal);
    assert_true(gone > MANY / 4);
    assert_true(gone < there);
    vb_buf_finish(&file);
    free(path);
    vb_keys_close(keys);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(all_that_hangs_on_a_person_goes_with_it),
        TEST(what_is_about_several_goes_with_each_of_them),
        TEST(a_session_and_a_picture_end_by_themselves),
        TEST(nothing_is_made_under_who_was_erased),
        TEST(destroying_again_writes_nothing_new),
        TEST(the_list_says_what_was_asked_for_and_what_fell),
        TEST(pictures_end_on_their_date),
        TEST(a_keys_db_that_is_put_back_brings_nothing_back),
        TEST(what_comes_back_under_who_was_erased_goes_again),
        TEST(no_wrapped_key_is_left_in_keys_db),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
