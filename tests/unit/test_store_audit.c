/* Somebody who may write the database changes the audit with a tool of SQLite: each time the check
 * finds it and names the row. What was done lies in the file, so it is looked for in a store that
 * was opened afterwards. */
#include "tests.h"

#include "base/buf.h"
#include "store/store_audit.h"
#include "store/store_memory.h"
#include "store_place.h"
#include "store_suite.h"

enum { ROWS = 5 };

/* A place whose audit has ROWS rows. */
static int set_up(void **state)
{
    static const char *const actions[ROWS] = { "begin", "sheet", "result", "sheet", "release" };
    char *place = place_make();
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    for (int i = 0; i < ROWS; i++) {
        struct vb_change row = suite_audit(actions[i]);
        row.audit.wall_ms += i;
        row.audit.on_behalf = i == 2 ? "team-4" : NULL;
        suite_one(store, row);
    }
    vb_store_destroy(store);
    *state = place;
    return 0;
}

static enum vb_code check(char *place, struct vb_err *err)
{
    struct vb_store *store = place_open(place);
    enum vb_code code = vb_store_audit_check(store, err);
    vb_store_destroy(store);
    return code;
}

static void found(char *place, const char *says)
{
    struct vb_err err = { 0 };
    if (check(place, &err) != VB_E_DATA)
        fail_msg("nothing was found (%s)", says);
    if (strstr(err.text, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, says);
}

static void found_after(char *place, const char *sql, const char *says)
{
    place_sql(place, sql);
    found(place, says);
}

static void an_audit_that_nobody_touched_is_whole(void **state)
{
    struct vb_err err;
    assert_int_equal(check(*state, &err), VB_OK);
}

static void a_changed_value_is_found_in_every_column(void **state)
{
    char *place = *state;
    static const char *const columns[][2] = {
        { "wall_ms", "8003" },    { "action", "'look'" },    { "subject", "'other'" },
        { "\"by\"", "'nobody'" }, { "on_behalf", "'them'" }, { "hash", "'sha256:0'" },
    };
    place_sql(place, "CREATE TABLE kept AS SELECT * FROM audit");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct vb_buf sql = { 0 };
        vb_buf_printf(&sql, "UPDATE audit SET %s = %s WHERE row = 3", columns[i][0], columns[i][1]);
        found_after(place, sql.data, "row 3 of the audit was changed");
        place_sql(place, "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept");
        vb_buf_finish(&sql);
    }
    found_after(place, "UPDATE audit SET previous = hash WHERE row = 3", "row 3 of the audit");
}

static void a_removed_row_is_found(void **state)
{
    char *place = *state;
    found_after(place, "DELETE FROM audit WHERE row = 3", "row 3 of the audit does not follow");
}

static void the_first_row_removed_is_found(void **state)
{
    char *place = *state;
    found_after(place, "DELETE FROM audit WHERE row = 1", "row 1 of the audit does not follow");
}

static void the_last_row_removed_is_found(void **state)
{
    char *place = *state;
    found_after(place, "DELETE FROM audit WHERE row = 5",
                "row 5 of the audit is gone: its head counts 5 rows");
}

static void two_rows_that_changed_places_are_found(void **state)
{
    char *place = *state;
    found_after(place,
                "UPDATE audit SET row = -2 WHERE row = 2; UPDATE audit SET row = 2 WHERE row = 4;"
                "UPDATE audit SET row = 4 WHERE row = -2",
                "row 2 of the audit does not follow");
}

static void all_rows_removed_is_found(void **state)
{
    char *place = *state;
    found_after(place, "DELETE FROM audit", "row 1 of the audit is gone");
    found_after(place, "DELETE FROM audit_head", "the head of the audit was changed or removed");
}

static void a_row_added_behind_the_head_is_found(void **state)
{
    char *place = *state;
    struct vb_store *store = place_open(place);
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    struct vb_err err;
    size_t count;
    char hash[VB_DIGEST_SIZE];
    assert_int_equal(store->ops->audit(store, &arena, &rows, &count, &err), VB_OK);
    vb_store_destroy(store);
    struct vb_audit_row forged = suite_audit("sheet").audit;
    vb_store_audit_hash(&forged, rows[ROWS - 1].hash, hash); /* needs no key */
    struct vb_buf sql = { 0 };
    vb_buf_printf(
        &sql, "INSERT INTO audit VALUES (6, 8000, 'sheet', 'round-1', 'local', NULL, '%s', '%s')",
        rows[ROWS - 1].hash, hash);
    found_after(place, sql.data, "row 6 of the audit was added behind its head");
    sql.len = 0;
    vb_buf_printf(&sql, "UPDATE audit_head SET rows = 6, hash = '%s'", hash);
    found_after(place, sql.data, "the head of the audit was changed or removed");
    vb_buf_finish(&sql);
    vb_arena_finish(&arena);
}

/* The whole chain, valid in itself, with one row less: what a program that knows the rule of the
 * chain but not the key can do. */
static void a_chain_made_anew_is_found(void **state)
{
    char *place = *state;
    struct vb_store *store = place_open(place);
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    struct vb_err err;
    size_t count;
    char hash[VB_DIGEST_SIZE] = "", next[VB_DIGEST_SIZE];
    assert_int_equal(store->ops->audit(store, &arena, &rows, &count, &err), VB_OK);
    vb_store_destroy(store);
    struct vb_buf sql = { 0 };
    vb_buf_puts(&sql, "DELETE FROM audit WHERE row = 1;");
    for (size_t i = 1; i < count; i++) {
        vb_store_audit_hash(&rows[i], hash, next);
        vb_buf_printf(&sql, "UPDATE audit SET previous = '%s', hash = '%s' WHERE row = %zu;", hash,
                      next, i + 1);
        memcpy(hash, next, sizeof hash);
    }
    vb_buf_printf(&sql, "UPDATE audit_head SET rows = 4, hash = '%s'", hash);
    found_after(place, sql.data, "the head of the audit was changed or removed behind row 4");
    vb_buf_finish(&sql);
    vb_arena_finish(&arena);
}

static void look_again(char *place)
{
    struct vb_store *store = place_open(place);
    suite_one(store, suite_audit("sheet"));
    vb_store_destroy(store);
}

/* The store goes on working, and what was done to it is not covered by what comes after. */
static void rows_written_afterwards_hide_nothing(void **state)
{
    static const char *const attacks[] = {
        "DELETE FROM audit WHERE row = 5",
        "DELETE FROM audit",
        "DELETE FROM audit_head",
        "DELETE FROM audit; DELETE FROM audit_head",
        "UPDATE audit_head SET seal = ''",
        "DELETE FROM audit WHERE row = 5; UPDATE audit_head SET rows = 4,"
        " hash = (SELECT hash FROM audit WHERE row = 4)",
    };
    char *place = *state;
    place_sql(place, "CREATE TABLE kept AS SELECT * FROM audit;"
                     "CREATE TABLE kept_head AS SELECT * FROM audit_head");
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        place_sql(place, attacks[i]);
        look_again(place);
        look_again(place);
        found(place, "of the audit");
        place_sql(place, "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept;"
                         "DELETE FROM audit_head; INSERT INTO audit_head SELECT * FROM kept_head");
        struct vb_err err;
        assert_int_equal(check(place, &err), VB_OK); /* the control: as it was, it is whole */
    }
}

static void only_a_row_of_the_audit_moves_its_head(void **state)
{
    char *place = *state;
    place_sql(place, "CREATE TRIGGER moved BEFORE INSERT ON audit_head"
                     " BEGIN SELECT raise(ABORT, 'the head moved'); END");
    struct vb_store *store = place_open(place);
    suite_one(store, suite_event("s1", 1, "a"));
    suite_one(store, suite_revision("round-1", 1));
    struct vb_change row = suite_audit("sheet");
    struct vb_err err;
    assert_int_not_equal(vb_store_commit(store, &row, 1, &err), VB_OK);
    assert_non_null(strstr(err.text, "the head moved"));
    vb_store_destroy(store);
}

/* -- read while somebody writes -- */

static int still_to_write; /* rows that come in between, one at each reading of the list */
static const struct vb_store_ops *beneath;

static enum vb_code list_while_writing(struct vb_store *store, struct vb_arena *arena,
                                       struct vb_audit_row **out, size_t *count, struct vb_err *err)
{
    enum vb_code code = beneath->audit(store, arena, out, count, err);
    if (still_to_write-- > 0)
        suite_one(store, suite_audit("sheet"));
    return code;
}

static enum vb_code check_while_writing(int rows)
{
    struct vb_store *store = vb_store_memory_create();
    struct vb_store_ops ops = *store->ops;
    struct vb_err err;
    beneath = store->ops;
    ops.audit = list_while_writing;
    store->ops = &ops;
    still_to_write = rows;
    enum vb_code code = vb_store_audit_check(store, &err);
    store->ops = beneath;
    vb_store_destroy(store);
    return code;
}

static void a_row_that_comes_while_it_is_checked_is_no_attack(void **state)
{
    (void)state;
    assert_int_equal(check_while_writing(0), VB_OK);
    assert_int_equal(check_while_writing(5), VB_OK);
    assert_int_equal(check_while_writing(1000000), VB_E_BUSY); /* it gives up, and says so */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, place_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_audit_that_nobody_touched_is_whole),
        TEST(a_changed_value_is_found_in_every_column),
        TEST(a_removed_row_is_found),
        TEST(the_first_row_removed_is_found),
        TEST(the_last_row_removed_is_found),
        TEST(two_rows_that_changed_places_are_found),
        TEST(all_rows_removed_is_found),
        TEST(a_row_added_behind_the_head_is_found),
        TEST(a_chain_made_anew_is_found),
        TEST(rows_written_afterwards_hide_nothing),
        TEST(only_a_row_of_the_audit_moves_its_head),
        cmocka_unit_test(a_row_that_comes_while_it_is_checked_is_no_attack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
