/* Kept data folders of earlier schemas, brought up by this program: everything reads the same, and
 * an opening that breaks off anywhere leaves a folder that the next one brings up. */
#include "tests.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "faulty_disk.h"
#include "store/store_audit.h"
#include "store/store_schema.h"
#include "store/store_sqlite.h"
#include "store_place.h"

static const struct kept {
    int version, tables, events;
    const char *dump;
} schema_1 = { 1, 12, 93, "tests/fixtures/store/schema-1.sql" },
  schema_2 = { 2, 14, 142, "tests/fixtures/store/schema-2.sql" },
  schema_3 = { 3, 15, 72, "tests/fixtures/store/schema-3.sql" },
  schema_4 = { 4, 15, 72, "tests/fixtures/store/schema-4.sql" };
static const struct kept *kept; /* the one that is tried */

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s is not there: run from the top folder", path);
    struct vb_buf text = { 0 };
    char block[4096];
    size_t n;
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        vb_buf_put(&text, block, n);
    fclose(file);
    return text.data;
}

/* The kept database at path, made anew from its dump. */
static void make_kept(const char *path)
{
    char *sql = read_file(kept->dump), *said = NULL;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, &said) != SQLITE_OK ||
        sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
        fail_msg("%s", said);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(sql);
}

static int set_up(void **state, const struct kept *of)
{
    kept = of;
    char *place = place_make(), *dir = place_path(place, "data");
    char *path = place_path(dir, "verbond.db"), *old = place_path(place, "old.db");
    mkdir(dir, 0700);
    make_kept(path);
    make_kept(old);
    free(dir), free(path), free(old);
    *state = place;
    return 0;
}

static int set_up_1(void **state)
{
    return set_up(state, &schema_1);
}

static int set_up_2(void **state)
{
    return set_up(state, &schema_2);
}

static int set_up_3(void **state)
{
    return set_up(state, &schema_3);
}

static int set_up_4(void **state)
{
    return set_up(state, &schema_4);
}

static int tear_down(void **state)
{
    place_end(*state);
    return 0;
}

/* -- comparing with the dump, table by table -- */

static sqlite3 *connect_both(const char *place)
{
    char *path = place_path(place, "data/verbond.db"), *old = place_path(place, "old.db");
    struct vb_buf sql = { 0 };
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    vb_buf_printf(&sql, "ATTACH '%s' AS old", old);
    assert_int_equal(sqlite3_exec(db, sql.data, NULL, NULL, NULL), SQLITE_OK);
    vb_buf_finish(&sql);
    free(path), free(old);
    return db;
}

static int64_t number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t got = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return got;
}

/* The columns a table had then, quoted. */
static void old_columns(sqlite3 *db, const char *table, struct vb_buf *out)
{
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT name FROM pragma_table_info(?1, 'old')", -1,
                                        &statement, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    while (sqlite3_step(statement) == SQLITE_ROW)
        vb_buf_printf(out, "%s\"%s\"", out->len == 0 ? "" : ", ",
                      (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
}

static void same_table(sqlite3 *db, const char *table)
{
    struct vb_buf columns = { 0 }, sql = { 0 };
    old_columns(db, table, &columns);
    for (int way = 0; way < 2; way++) {
        sql.len = 0;
        vb_buf_printf(&sql,
                      "SELECT count(*) FROM (SELECT %s FROM %s.\"%s\""
                      " EXCEPT SELECT %s FROM %s.\"%s\")",
                      columns.data, way == 0 ? "old" : "main", table, columns.data,
                      way == 0 ? "main" : "old", table);
        if (number(db, sql.data) != 0)
            fail_msg("table %s is not as it was", table);
    }
    vb_buf_finish(&columns);
    vb_buf_finish(&sql);
}

/* How many tables were compared. */
static int same_tables(const char *place)
{
    sqlite3 *db = connect_both(place);
    sqlite3_stmt *statement;
    int tables = 0;
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT name FROM old.sqlite_master WHERE type = 'table'",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    for (; sqlite3_step(statement) == SQLITE_ROW; tables++)
        same_table(db, (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return tables;
}

/* -- bringing it up -- */

static void every_row_is_as_it_was(void **state)
{
    char *place = *state;
    assert_int_equal(place_number(place, "PRAGMA user_version"), kept->version);
    vb_store_destroy(place_open(place));
    assert_int_equal(place_number(place, "PRAGMA user_version"), VB_STORE_SCHEMA);
    assert_int_equal(same_tables(place), kept->tables);
    assert_int_equal(place_number(place, "SELECT count(*) FROM event"), kept->events);
    vb_store_destroy(place_open(place)); /* and once more is nothing */
    assert_int_equal(same_tables(place), kept->tables);
}

static void what_it_holds_is_read(void **state)
{
    char *place = *state;
    struct vb_store *store = place_open(place);
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_round_row *rounds;
    struct vb_case_row *cases;
    struct vb_person_row *persons;
    struct vb_session_row *sessions;
    struct vb_event_row *events;
    struct vb_blob_row *blobs;
    struct vb_erasure_row *erasures;
    size_t count;
    assert_int_equal(store->ops->rounds(store, &arena, &rounds, &count, &err), VB_OK);
    assert_int_equal(count, 4);
    assert_int_equal(rounds[0].state, VB_ROUND_RELEASED);
    assert_int_equal(store->ops->cases(store, &arena, &cases, &count, &err), VB_OK);
    assert_int_equal(count, 4);
    assert_int_equal(store->ops->persons(store, "g1", &arena, &persons, &count, &err), VB_OK);
    assert_int_equal(count, 3);
    assert_string_equal(persons[1].label, "Zo\xc3\xab");
    assert_false(persons[1].erased);
    assert_int_equal(
        store->ops->person_sessions(store, persons[1].id, &arena, &sessions, &count, &err), VB_OK);
    assert_int_equal(count, 1);
    assert_int_equal(sessions[0].state, VB_SESSION_SHARED);
    assert_false(sessions[0].erased);
    assert_int_equal(store->ops->events(store, sessions[0].id, 1, &arena, &events, &count, &err),
                     VB_OK);
    assert_int_equal(count, sessions[0].last_seq);
    assert_false(events[0].erased);
    assert_int_equal(store->ops->sessions(store, rounds[0].id, &arena, &sessions, &count, &err),
                     VB_OK);
    assert_int_equal(store->ops->session_blobs(store, sessions[0].id, &arena, &blobs, &count, &err),
                     VB_OK);
    assert_int_equal(count, 1);
    assert_int_equal(blobs[0].until_wall_ms, 0);
    assert_int_equal(store->ops->erasures(store, &arena, &erasures, &count, &err), VB_OK);
    assert_int_equal(count, 0);
    vb_arena_finish(&arena);
    vb_store_destroy(store);
}

static void outputs_of_before_have_no_limits_of_their_own(void **state)
{
    struct vb_store *store = place_open(*state);
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_output_row *outputs;
    size_t count;
    assert_int_equal(store->ops->outputs(store, NULL, &arena, &outputs, &count, &err), VB_OK);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(outputs[i].memory_mib, 0);
        assert_int_equal(outputs[i].deadline_s, 0);
    }
    struct vb_change change = { .kind = VB_PUT_OUTPUT, .output = outputs[1] };
    change.output.memory_mib = VB_MEMORY_NONE;
    change.output.deadline_s = 90;
    assert_int_equal(vb_store_commit(store, &change, 1, &err), VB_OK);
    assert_int_equal(store->ops->outputs(store, NULL, &arena, &outputs, &count, &err), VB_OK);
    assert_int_equal(outputs[1].memory_mib, VB_MEMORY_NONE);
    assert_int_equal(outputs[1].deadline_s, 90);
    assert_int_equal(outputs[0].deadline_s, 0);
    vb_arena_finish(&arena);
    vb_store_destroy(store);
}

static void its_audit_goes_on_behind_a_head(void **state)
{
    char *place = *state;
    struct vb_store *store = place_open(place);
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_audit_head head;
    assert_int_equal(store->ops->audit_head(store, &arena, &head, &err), VB_OK);
    assert_int_equal(head.rows, 4);
    assert_true(head.sealed);
    assert_int_equal(vb_store_audit_check(store, &err), VB_OK);
    const struct vb_change change = { .kind = VB_PUT_AUDIT,
                                      .audit = { .action = "sheet", .subject = "r", .by = "x" } };
    assert_int_equal(vb_store_commit(store, &change, 1, &err), VB_OK);
    assert_int_equal(vb_store_audit_check(store, &err), VB_OK);
    assert_int_equal(store->ops->audit_head(store, &arena, &head, &err), VB_OK);
    assert_int_equal(head.rows, 5);
    vb_arena_finish(&arena);
    vb_store_destroy(store);
}

/* -- the key of the head -- */

struct asked {
    int times;
    bool anew;
    enum vb_code code;
};

static enum vb_code give_key(void *ctx, const char *dir, bool anew,
                             unsigned char key[VB_AUDIT_KEY_BYTES], struct vb_err *err)
{
    struct asked *asked = ctx;
    struct stat there;
    asked->times++;
    asked->anew = anew;
    assert_int_equal(stat(dir, &there), 0);
    memset(key, 7, VB_AUDIT_KEY_BYTES);
    return asked->code == VB_OK ? VB_OK : vb_fail(err, asked->code, "no key today");
}

static enum vb_code open_asking(const char *place, struct asked *asked, struct vb_store **store,
                                struct vb_err *err)
{
    char *dir = place_path(place, "data");
    const struct vb_store_sqlite_options options = { dir, { give_key, asked } };
    enum vb_code code = vb_store_sqlite_open_with(store, &options, err);
    free(dir);
    return code;
}

static void the_key_must_last_only_where_a_head_is_made(void **state)
{
    char *place = *state;
    struct asked asked = { .code = VB_OK };
    struct vb_err err;
    struct vb_store *store;
    assert_int_equal(open_asking(place, &asked, &store, &err), VB_OK);
    assert_int_equal(asked.times, 1);
    assert_true(asked.anew);
    vb_store_destroy(store);
    assert_int_equal(open_asking(place, &asked, &store, &err), VB_OK);
    assert_int_equal(asked.times, 2);
    assert_false(asked.anew);
    assert_int_equal(vb_store_audit_check(store, &err), VB_OK);
    vb_store_destroy(store);
    store = place_open(place); /* another key */
    assert_int_equal(vb_store_audit_check(store, &err), VB_E_DATA);
    vb_store_destroy(store);
}

static void a_new_database_asks_before_it_is_there(void **state)
{
    char *place = *state;
    struct asked asked = { .code = VB_E_CONFIG };
    struct vb_err err;
    struct vb_store *store = NULL;
    char *path = place_path(place, "data/verbond.db");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(open_asking(place, &asked, &store, &err), VB_E_CONFIG);
    assert_null(store);
    assert_true(asked.anew);
    assert_int_equal(access(path, F_OK), -1);
    asked.code = VB_OK;
    assert_int_equal(open_asking(place, &asked, &store, &err), VB_OK);
    vb_store_destroy(store);
    free(path);
}

static void without_a_key_it_stays_as_it_is(void **state)
{
    char *place = *state;
    struct asked asked = { .code = VB_E_CONFIG };
    struct vb_err err;
    struct vb_store *store = NULL;
    assert_int_equal(open_asking(place, &asked, &store, &err), VB_E_CONFIG);
    assert_non_null(strstr(err.text, "no key today"));
    assert_int_equal(place_number(place, "PRAGMA user_version"), kept->version);
    assert_int_equal(same_tables(place), kept->tables);
}

/* -- broken off -- */

/* Opens in a disk that fails once; true when the order was carried out. */
static bool opens_on_a_failing_disk(const char *place, enum faulty_call call, int nth)
{
    struct vb_err err;
    struct vb_store *store = NULL;
    char *dir = place_path(place, "data");
    faulty_disk_order(call, nth, call == FAULTY_SYNC ? SQLITE_IOERR_FSYNC : SQLITE_FULL);
    enum vb_code code = vb_store_sqlite_open(&store, dir, &err);
    bool failed = faulty_disk_failed();
    if (code == VB_OK)
        vb_store_destroy(store);
    else
        assert_int_equal(code, VB_E_IO);
    free(dir);
    return failed;
}

static void a_failing_disk_leaves_a_folder_that_opens(void **state)
{
    char *place = *state;
    const enum faulty_call calls[] = { FAULTY_WRITE, FAULTY_SYNC };
    char *path = place_path(place, "data/verbond.db");
    int failures = 0;
    faulty_disk_begin();
    for (int kind = 0; kind < 2; kind++) {
        bool failed = true;
        for (int nth = 1; failed; nth++) {
            assert_int_equal(unlink(path), 0);
            make_kept(path);
            failed = opens_on_a_failing_disk(place, calls[kind], nth);
            failures += failed;
            assert_int_equal(same_tables(place), kept->tables);
            int64_t version = place_number(place, "PRAGMA user_version");
            assert_true(version >= kept->version && version <= VB_STORE_SCHEMA);
            vb_store_destroy(place_open(place));
            assert_int_equal(place_number(place, "PRAGMA user_version"), VB_STORE_SCHEMA);
            assert_int_equal(same_tables(place), kept->tables);
        }
    }
    faulty_disk_end();
    assert_true(failures >= 3);
    free(path);
}

static int left; /* writes and syncs until this process ends */

static void die_in_time(enum faulty_call call, const char *path, int64_t at, const void *bytes,
                        int64_t len)
{
    (void)call, (void)path, (void)at, (void)bytes, (void)len;
    if (--left == 0)
        _exit(9);
}

/* Opens in a process that ends at the nth write; true when it got that far. */
static bool killed_while_opening(const char *place, int nth)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        left = nth;
        faulty_disk_watch(die_in_time);
        vb_store_destroy(place_open((void *)place));
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 9 || WEXITSTATUS(status) == 0);
    return WEXITSTATUS(status) == 9;
}

static void a_kill_leaves_a_folder_that_opens(void **state)
{
    char *place = *state;
    char *path = place_path(place, "data/verbond.db");
    bool killed = true;
    int kills = 0;
    faulty_disk_begin();
    for (int nth = 1; killed; nth++) {
        assert_int_equal(unlink(path), 0);
        make_kept(path);
        killed = killed_while_opening(place, nth);
        kills += killed;
        struct vb_store *store = place_open(place);
        struct vb_err err;
        if (kept->version == 1) /* later ones have a head, under a key of their own */
            assert_int_equal(vb_store_audit_check(store, &err), VB_OK);
        vb_store_destroy(store);
        assert_int_equal(place_number(place, "PRAGMA user_version"), VB_STORE_SCHEMA);
        assert_int_equal(same_tables(place), kept->tables);
    }
    faulty_disk_end();
    assert_true(kills >= 5);
    free(path);
}

#define TEST_1(name)                                                                               \
    {                                                                                              \
#name " (schema 1)", name, set_up_1, tear_down, NULL                                       \
    }
#define TEST_2(name)                                                                               \
    {                                                                                              \
#name " (schema 2)", name, set_up_2, tear_down, NULL                                       \
    }
#define TEST_3(name)                                                                               \
    {                                                                                              \
#name " (schema 3)", name, set_up_3, tear_down, NULL                                       \
    }
#define TEST_4(name)                                                                               \
    {                                                                                              \
#name " (schema 4)", name, set_up_4, tear_down, NULL                                       \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_1(every_row_is_as_it_was),
        TEST_2(every_row_is_as_it_was),
        TEST_3(every_row_is_as_it_was),
        TEST_4(every_row_is_as_it_was),
        TEST_1(what_it_holds_is_read),
        TEST_3(outputs_of_before_have_no_limits_of_their_own),
        TEST_1(its_audit_goes_on_behind_a_head),
        TEST_1(the_key_must_last_only_where_a_head_is_made),
        TEST_1(a_new_database_asks_before_it_is_there),
        TEST_1(without_a_key_it_stays_as_it_is),
        TEST_2(without_a_key_it_stays_as_it_is),
        TEST_3(without_a_key_it_stays_as_it_is),
        TEST_4(without_a_key_it_stays_as_it_is),
        TEST_1(a_failing_disk_leaves_a_folder_that_opens),
        TEST_2(a_failing_disk_leaves_a_folder_that_opens),
        TEST_3(a_failing_disk_leaves_a_folder_that_opens),
        TEST_4(a_failing_disk_leaves_a_folder_that_opens),
        TEST_1(a_kill_leaves_a_folder_that_opens),
        TEST_2(a_kill_leaves_a_folder_that_opens),
        TEST_3(a_kill_leaves_a_folder_that_opens),
        TEST_4(a_kill_leaves_a_folder_that_opens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
