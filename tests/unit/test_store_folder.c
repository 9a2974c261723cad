#include "store_suite.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "store/store_schema.h"
#include "store/store_sqlite.h"
#include "store_place.h"

static struct vb_buf bytes_of(const char *place, const char *name)
{
    char *path = place_path(place, name);
    struct vb_buf bytes = { 0 };
    char chunk[4096];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n;
    while (fd >= 0 && (n = read(fd, chunk, sizeof chunk)) > 0)
        vb_buf_put(&bytes, chunk, (size_t)n);
    if (fd >= 0)
        close(fd);
    free(path);
    return bytes;
}

static void overwrite(const char *place, const char *name, long at, const char *bytes, size_t len)
{
    char *path = place_path(place, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, len, at), (ssize_t)len);
    close(fd);
    free(path);
}

static void make_folder(const char *place)
{
    char *path = place_path(place, "data");
    assert_int_equal(mkdir(path, 0700), 0);
    free(path);
}

/* The store is refused, and the database file is byte for byte what it was. */
static void refused_untouched(const char *place, enum vb_code code, const char *text)
{
    struct vb_err err;
    struct vb_buf before = bytes_of(place, "data/verbond.db");
    assert_int_equal(place_refused(place, &err), code);
    place_says(&err, text);
    place_says(&err, "data/verbond.db");
    struct vb_buf after = bytes_of(place, "data/verbond.db");
    assert_int_equal(after.len, before.len);
    if (before.len > 0)
        assert_memory_equal(after.data, before.data, before.len);
    vb_buf_finish(&before);
    vb_buf_finish(&after);
}

/* -- the folder -- */

static unsigned mode_of(const char *place, const char *name)
{
    char *path = place_path(place, name);
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    free(path);
    return info.st_mode & 0777;
}

static void only_the_owner_may_look_inside(void **state)
{
    const char *place = *state;
    char *dir = place_path(place, "new/and/data");
    struct vb_store *store;
    struct vb_err err;
    mode_t mask = umask(0);
    assert_int_equal(vb_store_sqlite_open(&store, dir, &err), VB_OK);
    suite_begin_round(store);
    umask(mask);
    assert_int_equal(mode_of(place, "new"), 0700);
    assert_int_equal(mode_of(place, "new/and/data"), 0700);
    assert_int_equal(mode_of(place, "new/and/data/lock"), 0600);
    assert_int_equal(mode_of(place, "new/and/data/verbond.db"), 0600);
    assert_int_equal(mode_of(place, "new/and/data/verbond.db-wal"), 0600);
    assert_int_equal(mode_of(place, "new/and/data/verbond.db-shm"), 0600);
    vb_store_destroy(store);
    free(dir);
}

static void a_name_may_end_with_slashes(void **state)
{
    char *dir = place_path(*state, "a//b//");
    struct vb_store *store;
    struct vb_err err;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(vb_store_sqlite_open(&store, dir, &err), VB_OK);
        vb_store_destroy(store);
    }
    free(dir);
    assert_int_equal(vb_store_sqlite_open(&store, "", &err), VB_E_CONFIG);
}

static void a_file_in_the_way_is_named(void **state)
{
    const char *place = *state;
    struct vb_err err;
    overwrite(place, "data", 0, "x", 1);
    assert_int_equal(place_refused(place, &err), VB_E_CONFIG);
    place_says(&err, "/data");
}

/* In a child, because root may write everywhere. */
static void a_folder_that_may_not_be_written_is_named(void **state)
{
    const char *place = *state;
    make_folder(place);
    char *dir = place_path(place, "data");
    assert_int_equal(chmod(place, 0755), 0);
    assert_int_equal(chmod(dir, 0555), 0);
    pid_t child = fork();
    if (child == 0) {
        struct vb_store *store;
        struct vb_err err;
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(3);
        if (vb_store_sqlite_open(&store, dir, &err) != VB_E_CONFIG)
            _exit(1);
        _exit(strstr(err.text, dir) != NULL ? 0 : 2);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(chmod(dir, 0700), 0);
    free(dir);
}

/* -- the lock -- */

static void a_second_store_is_refused_and_told_whom_to_look_for(void **state)
{
    struct vb_err err;
    struct vb_store *store = place_open(*state);
    char want[64];
    snprintf(want, sizeof want, "is in use by process %ld", (long)getpid());
    for (int i = 0; i < 2; i++) {
        assert_int_equal(place_refused(*state, &err), VB_E_BUSY);
        place_says(&err, want);
    }
    suite_begin_round(store); /* the first goes on undisturbed */
    vb_store_destroy(store);
    assert_int_equal(place_refused(*state, &err), VB_OK);
}

static void another_process_is_named_until_it_dies(void **state)
{
    char *place = *state;
    struct vb_err err;
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        struct vb_store *store = place_open(place);
        if (store != NULL && write(ready[1], "r", 1) == 1)
            pause();
        _exit(1);
    }
    char byte;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(place_refused(place, &err), VB_E_BUSY);
    char want[64];
    snprintf(want, sizeof want, "process %ld", (long)child);
    place_says(&err, want);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_int_equal(place_refused(place, &err), VB_OK);
    close(ready[0]);
    close(ready[1]);
}

static void a_number_left_by_the_dead_does_not_hold(void **state)
{
    make_folder(*state);
    overwrite(*state, "data/lock", 0, "1\n and more", 11);
    struct vb_err err;
    struct vb_store *store = place_open(*state);
    assert_int_equal(place_refused(*state, &err), VB_E_BUSY);
    char want[64];
    snprintf(want, sizeof want, "process %ld", (long)getpid());
    place_says(&err, want);
    vb_store_destroy(store);
}

/* SQLite's own shell, say: it may read as it likes, and while it writes we say so. */
static void another_program_that_writes_is_told_of(void **state)
{
    char *place = *state;
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    char *path = place_path(place, "data/verbond.db");
    sqlite3 *other;
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    suite_one_refused(store, suite_event("s1", 1, "a"), VB_E_BUSY, "another program");
    assert_int_equal(suite_last_seq(store, "s1"), 0);
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    suite_one(store, suite_event("s1", 1, "a"));
    sqlite3_close(other);
    free(path);
    vb_store_destroy(store);
}

/* -- whose file it is, and how old -- */

/* As verbond itself leaves it. */
static void put_schema_back(const char *place)
{
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", VB_STORE_SCHEMA);
    place_sql(place, sql);
}

static void a_newer_schema_is_refused_and_left_alone(void **state)
{
    char *place = *state;
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    vb_store_destroy(store);
    place_sql(place, "PRAGMA user_version = 99");
    refused_untouched(place, VB_E_CONFIG, "schema 99");
    put_schema_back(place);
    store = place_open(place);
    assert_int_equal(suite_last_seq(store, "s1"), 0);
    vb_store_destroy(store);
}

static void a_schema_number_that_does_not_fit_the_tables_is_damage(void **state)
{
    char *place = *state;
    static const char *const lies[] = { "PRAGMA user_version = 0", "PRAGMA user_version = 1",
                                        "PRAGMA user_version = 2", "PRAGMA user_version = 3" };
    vb_store_destroy(place_open(place));
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        place_sql(place, lies[i]);
        refused_untouched(place, VB_E_DATA, "does not hold what its schema says");
    }
    put_schema_back(place);
    vb_store_destroy(place_open(place));
    place_sql(place, "ALTER TABLE person RENAME TO people");
    struct vb_store *store = place_open(place);
    struct vb_arena arena = { 0 };
    struct vb_person_row row;
    struct vb_err err;
    assert_int_equal(store->ops->person(store, "p1", &arena, &row, &err), VB_E_DATA);
    place_says(&err, "no such table: person");
    vb_arena_finish(&arena);
    vb_store_destroy(store);
}

static void another_programs_database_is_left_alone(void **state)
{
    char *place = *state;
    make_folder(place);
    place_sql(place, "PRAGMA journal_mode = WAL; CREATE TABLE theirs (x); "
                     "INSERT INTO theirs VALUES (1)");
    refused_untouched(place, VB_E_CONFIG, "another program");
    assert_int_equal(place_number(place, "SELECT x FROM theirs"), 1);
    place_sql(place, "PRAGMA application_id = 252006673");
    refused_untouched(place, VB_E_CONFIG, "another program");
}

static void what_is_no_database_is_left_alone(void **state)
{
    char *place = *state;
    make_folder(place);
    char text[300];
    memset(text, 'x', sizeof text);
    overwrite(place, "data/verbond.db", 0, text, 0);
    refused_untouched(place, VB_E_DATA, "no database"); /* empty */
    overwrite(place, "data/verbond.db", 0, text, 50);
    refused_untouched(place, VB_E_DATA, "no database"); /* shorter than a header */
    overwrite(place, "data/verbond.db", 0, text, sizeof text);
    refused_untouched(place, VB_E_DATA, "no database");
}

static void the_log_of_a_database_that_has_gone_is_left_alone(void **state)
{
    char *place = *state;
    struct vb_err err;
    make_folder(place);
    overwrite(place, "data/verbond.db-wal", 0, "answers", 7);
    assert_int_equal(place_refused(place, &err), VB_E_DATA);
    place_says(&err, "verbond.db-wal is there but");
    struct vb_buf wal = bytes_of(place, "data/verbond.db-wal");
    assert_int_equal(wal.len, 7);
    vb_buf_finish(&wal);
}

static void a_making_that_broke_off_is_begun_again(void **state)
{
    char *place = *state;
    make_folder(place);
    overwrite(place, "data/verbond.db.new", 0, "half a database", 15);
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    vb_store_destroy(store);
    char *left = place_path(place, "data/verbond.db.new");
    assert_int_equal(access(left, F_OK), -1);
    free(left);
}

static void the_file_says_whose_it_is(void **state)
{
    char *place = *state;
    vb_store_destroy(place_open(place));
    assert_int_equal(place_number(place, "PRAGMA application_id"), 0x76626e64);
    assert_int_equal(place_number(place, "PRAGMA user_version"), VB_STORE_SCHEMA);
    assert_int_equal(place_number(place, "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
                                         " AND name IN ('instrument', 'instrument_file', 'case',"
                                         " 'person', 'round', 'session', 'event', 'revision',"
                                         " 'blob', 'parcel', 'audit', 'setting', 'erasure',"
                                         " 'output')"),
                     14);
}

static void a_file_without_its_log_gets_it_back(void **state)
{
    char *place = *state;
    vb_store_destroy(place_open(place));
    place_sql(place, "PRAGMA journal_mode = DELETE");
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    char *wal = place_path(place, "data/verbond.db-wal");
    assert_int_equal(access(wal, F_OK), 0);
    free(wal);
    vb_store_destroy(store);
}

/* -- damage -- */

static void filled(char *place)
{
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    for (int seq = 1; seq <= 50; seq++)
        suite_one(store, suite_event("s1", seq, ""));
    vb_store_destroy(store);
}

static void a_damaged_header_is_told_in_plain_words(void **state)
{
    filled(*state);
    overwrite(*state, "data/verbond.db", 16, "\x12\x34", 2); /* page size */
    refused_untouched(*state, VB_E_DATA, "damaged");
}

static void a_damaged_first_page_is_told_in_plain_words(void **state)
{
    char rubbish[400];
    memset(rubbish, 0xEE, sizeof rubbish);
    filled(*state);
    overwrite(*state, "data/verbond.db", 100, rubbish, sizeof rubbish);
    refused_untouched(*state, VB_E_DATA, "damaged");
}

/* Wherever rubbish stands: every read and write answers, and none of them lies or dies. */
static void damage_anywhere_is_refused_or_harmless(void **state)
{
    char *place = *state;
    char rubbish[512];
    memset(rubbish, 0xEE, sizeof rubbish);
    filled(place);
    struct vb_buf whole = bytes_of(place, "data/verbond.db");
    int refused = 0;
    for (size_t at = 512; at + sizeof rubbish <= whole.len; at += 8 * sizeof rubbish + 512) {
        overwrite(place, "data/verbond.db", 0, whole.data, whole.len);
        overwrite(place, "data/verbond.db", (long)at, rubbish, sizeof rubbish);
        char *dir = place_path(place, "data");
        struct vb_store *store = NULL;
        struct vb_err err;
        struct vb_arena arena = { 0 };
        struct vb_event_row *rows;
        size_t count;
        enum vb_code code = vb_store_sqlite_open(&store, dir, &err);
        if (code == VB_OK)
            code = store->ops->events(store, "s1", 1, &arena, &rows, &count, &err);
        struct vb_change change = suite_event("s1", 51, "");
        if (code == VB_OK)
            code = vb_store_commit(store, &change, 1, &err);
        assert_true(code == VB_OK || code == VB_E_DATA || code == VB_E_ABSENT ||
                    code == VB_E_CONFLICT);
        refused += code != VB_OK;
        vb_store_destroy(store);
        vb_arena_finish(&arena);
        free(dir);
    }
    assert_true(refused > 0);
    vb_buf_finish(&whole);
}

/* A journal of one page, hot: SQLite plays it back at the next opening. */
static void leave_journal(const char *place, const struct vb_buf *before)
{
    enum { PAGE = 4096, SECTOR = 512 };
    static const unsigned char magic[] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
    const uint32_t numbers[] = { 1, 0, (uint32_t)(before->len / PAGE), SECTOR, PAGE };
    unsigned char journal[SECTOR + 4 + PAGE + 4] = { 0 };
    uint32_t sum = 0;
    memcpy(journal, magic, sizeof magic);
    for (int i = 0; i < 5; i++)
        for (int byte = 0; byte < 4; byte++)
            journal[8 + 4 * i + byte] = (unsigned char)(numbers[i] >> (24 - 8 * byte));
    journal[SECTOR + 3] = 1; /* page 1 */
    memcpy(journal + SECTOR + 4, before->data, PAGE);
    for (int at = PAGE - 200; at > 0; at -= 200)
        sum += (unsigned char)before->data[at];
    for (int byte = 0; byte < 4; byte++)
        journal[SECTOR + 4 + PAGE + byte] = (unsigned char)(sum >> (24 - 8 * byte));
    overwrite(place, "data/verbond.db-journal", 0, (const char *)journal, sizeof journal);
}

/* Killed while the log was turned on: the header says it is, and the journal says it is not. In the
 * mode of before, commits would be lost with the power. */
static void a_log_that_was_turned_on_by_half_is_turned_on(void **state)
{
    enum { WRITE_FORMAT_AT = 18, WAL_FORMAT = 2 };
    const char *place = *state;
    vb_store_destroy(place_open(*state));
    place_sql(place, "PRAGMA journal_mode = DELETE");
    struct vb_buf before = bytes_of(place, "data/verbond.db");
    assert_int_not_equal(before.data[WRITE_FORMAT_AT], WAL_FORMAT);
    place_sql(place, "PRAGMA journal_mode = WAL");
    leave_journal(place, &before);
    struct vb_store *store = place_open(*state);
    suite_begin_round(store);
    struct vb_buf after = bytes_of(place, "data/verbond.db");
    assert_int_equal(after.data[WRITE_FORMAT_AT], WAL_FORMAT);
    char *log = place_path(place, "data/verbond.db-wal");
    assert_int_equal(access(log, F_OK), 0);
    vb_store_destroy(store);
    vb_buf_finish(&before);
    vb_buf_finish(&after);
    free(log);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(only_the_owner_may_look_inside),
        TEST(a_name_may_end_with_slashes),
        TEST(a_file_in_the_way_is_named),
        TEST(a_folder_that_may_not_be_written_is_named),
        TEST(a_second_store_is_refused_and_told_whom_to_look_for),
        TEST(another_process_is_named_until_it_dies),
        TEST(a_number_left_by_the_dead_does_not_hold),
        TEST(another_program_that_writes_is_told_of),
        TEST(a_newer_schema_is_refused_and_left_alone),
        TEST(a_schema_number_that_does_not_fit_the_tables_is_damage),
        TEST(another_programs_database_is_left_alone),
        TEST(what_is_no_database_is_left_alone),
        TEST(the_log_of_a_database_that_has_gone_is_left_alone),
        TEST(a_making_that_broke_off_is_begun_again),
        TEST(the_file_says_whose_it_is),
        TEST(a_file_without_its_log_gets_it_back),
        TEST(a_damaged_header_is_told_in_plain_words),
        TEST(a_damaged_first_page_is_told_in_plain_words),
        TEST(damage_anywhere_is_refused_or_harmless),
        TEST(a_log_that_was_turned_on_by_half_is_turned_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
