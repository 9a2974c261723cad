/* What happens to answers when the machine lets us down: the process dies, the disk fails, the disk
 * is full. The promise: what was acknowledged is there, once; what was refused can be sent again.
 */
#include "store_suite.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "faulty_disk.h"
#include "store/store_sqlite.h"
#include "store_place.h"

static void two_sessions(struct vb_store *store)
{
    suite_begin_round(store);
    suite_one(store, suite_person("p2", "c1"));
    suite_one(store, suite_session("s2", "round-1", "p2"));
}

/* So many events, numbered without a gap, in a file without damage. */
static void assert_whole(char *place, int64_t events)
{
    assert_int_equal(place_number(place,
                                  "SELECT iif((SELECT count(*) FROM pragma_integrity_check"
                                  "            WHERE integrity_check = 'ok') = 1"
                                  "       AND (SELECT count(*) FROM pragma_foreign_key_check) = 0"
                                  "       AND NOT EXISTS (SELECT 1 FROM event GROUP BY session"
                                  "                       HAVING count(*) <> max(seq)),"
                                  "       (SELECT count(*) FROM event), -1)"),
                     events);
}

/* -- the process dies -- */

/* Writes without end: one event in each of two sessions a commit, then says which seq is safe. */
_Noreturn static void write_until_killed(char *place, int acknowledged)
{
    struct vb_store *store = place_open(place);
    if (store == NULL)
        _exit(1);
    for (int64_t seq = suite_last_seq(store, "s1") + 1;; seq++) {
        const struct vb_change changes[] = { suite_event("s1", seq, "a"),
                                             suite_event("s2", seq, "b") };
        struct vb_err err;
        if (vb_store_commit(store, changes, 2, &err) != VB_OK ||
            write(acknowledged, &seq, sizeof seq) != sizeof seq)
            _exit(1);
    }
}

/* Kills it after some answers; the last seq it acknowledged, also while it was dying. */
static int64_t kill_after(char *place, int answers)
{
    int line[2];
    int64_t seq = 0, last = 0;
    assert_int_equal(pipe(line), 0);
    pid_t child = fork();
    if (child == 0) {
        close(line[0]);
        write_until_killed(place, line[1]);
    }
    close(line[1]);
    while (read(line[0], &seq, sizeof seq) == sizeof seq) {
        last = seq;
        if (--answers == 0)
            kill(child, SIGKILL);
    }
    close(line[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    return last;
}

static void what_was_acknowledged_survives_kill_minus_nine(void **state)
{
    char *place = *state;
    struct vb_store *store = place_open(place);
    two_sessions(store);
    vb_store_destroy(store);
    unsigned next = 20261121;
    for (int i = 0; i < 10; i++) {
        next = next * 1103515245u + 12345u;
        int64_t acknowledged = kill_after(place, 1 + (int)(next >> 16) % 60);
        store = place_open(place);
        int64_t kept = suite_last_seq(store, "s1");
        assert_true(kept == acknowledged || kept == acknowledged + 1); /* stored, not yet said */
        assert_int_equal(suite_last_seq(store, "s2"), kept);           /* both or neither */
        vb_store_destroy(store);
        assert_whole(place, 2 * kept);
    }
}

/* -- the disk is full -- */

enum { NO_ROOM = 16, NO_LIMIT = -1 };

/* No file can be written behind so many bytes. */
static void limit_files_to(int bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes == NO_LIMIT ? limit.rlim_max : (rlim_t)bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_refuses_and_goes_on_when_there_is_room(void **state)
{
    char *place = *state;
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    suite_one(store, suite_event("s1", 1, "a"));
    for (int round = 0; round < 3; round++) {
        int64_t next = suite_last_seq(store, "s1") + 1;
        struct vb_change change = suite_event("s1", next, "b");
        struct vb_err err = { 0 };
        limit_files_to(NO_ROOM);
        for (int i = 0; i < 2; i++) {
            enum vb_code code = vb_store_commit(store, &change, 1, &err);
            int64_t last = suite_last_seq(store, "s1"); /* what is there can be read */
            if (i == 1)
                limit_files_to(NO_LIMIT); /* a failing test could not even say so */
            assert_int_equal(code, VB_E_IO);
            assert_int_equal(last, next - 1);
            if (strstr(err.text, "the disk is full; nothing was saved") == NULL)
                fail_msg("%s", err.text);
        }
        suite_one(store, change);
        assert_int_equal(suite_last_seq(store, "s1"), next);
    }
    vb_store_destroy(store);
    signal(SIGXFSZ, before);
    assert_whole(place, 4);
}

static void a_store_that_cannot_be_made_for_lack_of_room_is_made_later(void **state)
{
    char *place = *state;
    struct vb_err err;
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    limit_files_to(NO_ROOM);
    enum vb_code code = place_refused(place, &err);
    limit_files_to(NO_LIMIT);
    signal(SIGXFSZ, before);
    assert_int_equal(code, VB_E_IO);
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    vb_store_destroy(store);
    assert_whole(place, 0);
}

/* -- the disk fails -- */

static int disk_set_up(void **state)
{
    faulty_disk_begin();
    return place_set_up(state);
}

static int disk_tear_down(void **state)
{
    faulty_disk_end();
    return place_tear_down(state);
}

static void every_commit_is_synced(void **state)
{
    struct vb_store *store = place_open(*state);
    suite_begin_round(store);
    for (int seq = 1; seq <= 5; seq++) {
        int before = faulty_disk_count(FAULTY_SYNC);
        suite_one(store, suite_event("s1", seq, ""));
        assert_true(faulty_disk_count(FAULTY_SYNC) > before);
    }
    vb_store_destroy(store);
}

static bool a_disk_refusal(enum vb_code code)
{
    return code == VB_E_IO || code == VB_E_CONFIG;
}

/* Opens, and once more when the disk failed. */
static struct vb_store *open_twice(char *place)
{
    char *dir = place_path(place, "data");
    struct vb_store *store = NULL;
    struct vb_err err;
    enum vb_code code = vb_store_sqlite_open(&store, dir, &err);
    if (code != VB_OK) {
        if (!faulty_disk_failed() || !a_disk_refusal(code))
            fail_msg("%d: %s", (int)code, err.text);
        code = vb_store_sqlite_open(&store, dir, &err);
    }
    if (code != VB_OK)
        fail_msg("a disk that works again is refused: %s", err.text);
    free(dir);
    return store;
}

/* Commits on the same store, and sends the same again when the disk failed. */
static void commit_twice(struct vb_store *store, const struct vb_change *changes, size_t count)
{
    struct vb_err err;
    enum vb_code code = vb_store_commit(store, changes, count, &err);
    if (code == VB_OK)
        return;
    if (!faulty_disk_failed() || !a_disk_refusal(code))
        fail_msg("%d: %s", (int)code, err.text);
    suite_commit(store, changes, count);
}

/* A short life with one failure in it. False when the order was never carried out: all were met. */
static bool live_with(enum faulty_call call, int nth, int code)
{
    char *place = place_make();
    faulty_disk_order(call, nth, code);
    struct vb_store *store = open_twice(place);
    const struct vb_change begin[] = {
        suite_instrument(&suite_plan),
        suite_case("c1"),
        suite_person("p1", "c1"),
        suite_round("round-1", "c1", "t0"),
        suite_session("s1", "round-1", "p1"),
        suite_event("s1", 1, "a"),
    };
    commit_twice(store, begin, sizeof begin / sizeof *begin);
    struct vb_change next = suite_event("s1", 2, "b");
    commit_twice(store, &next, 1);
    vb_store_destroy(store);
    store = open_twice(place);
    next = suite_event("s1", 3, "c");
    commit_twice(store, &next, 1);
    vb_store_destroy(store);
    bool failed = faulty_disk_failed();
    faulty_disk_order(call, 0, 0);
    assert_whole(place, 3);
    place_end(place);
    return failed;
}

/* With the first call, the one step later, and so on until none is left to fail. */
static void live_through(enum faulty_call call, int code, int step, int at_least)
{
    int nth = 1;
    while (live_with(call, nth, code))
        nth += step;
    assert_true(nth > at_least); /* it did meet them */
}

static void every_write_may_meet_a_full_disk(void **state)
{
    (void)state;
    live_through(FAULTY_WRITE, SQLITE_FULL, 1, 20);
}

static void a_write_may_fail(void **state)
{
    (void)state;
    live_through(FAULTY_WRITE, SQLITE_IOERR_WRITE, 3, 20);
}

static void every_sync_may_fail(void **state)
{
    (void)state;
    live_through(FAULTY_SYNC, SQLITE_IOERR_FSYNC, 1, 5);
}

static void every_read_may_fail(void **state)
{
    (void)state;
    live_through(FAULTY_READ, SQLITE_IOERR_READ, 1, 5);
}

static void every_opening_and_cutting_of_a_file_may_fail(void **state)
{
    (void)state;
    live_through(FAULTY_OPEN, SQLITE_CANTOPEN, 1, 3);
    live_through(FAULTY_TRUNCATE, SQLITE_IOERR_TRUNCATE, 1, 0);
}

/* A connection whose sync failed is not asked again: the next commit goes through a new one. */
static void after_a_failed_sync_the_file_is_opened_anew(void **state)
{
    struct vb_store *store = place_open(*state);
    suite_begin_round(store);
    int opened = faulty_disk_count(FAULTY_OPEN);
    faulty_disk_order(FAULTY_SYNC, 1, SQLITE_IOERR_FSYNC);
    struct vb_change change = suite_event("s1", 1, "a");
    suite_one_refused(store, change, VB_E_IO, "do it again");
    suite_one(store, change);
    assert_true(faulty_disk_count(FAULTY_OPEN) > opened);
    vb_store_destroy(store);
}

static void the_file_is_found_again_from_another_folder(void **state)
{
    char *here = realpath(".", NULL);
    struct vb_store *store;
    struct vb_err err;
    assert_int_equal(chdir(*state), 0);
    enum vb_code code = vb_store_sqlite_open(&store, "data", &err);
    assert_int_equal(chdir(here), 0);
    free(here);
    assert_int_equal(code, VB_OK);
    suite_begin_round(store);
    faulty_disk_order(FAULTY_SYNC, 1, SQLITE_IOERR_FSYNC);
    suite_one_refused(store, suite_event("s1", 1, "a"), VB_E_IO, NULL);
    suite_one(store, suite_event("s1", 1, "a"));
    vb_store_destroy(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
#define DISK(name) cmocka_unit_test_setup_teardown(name, disk_set_up, disk_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_was_acknowledged_survives_kill_minus_nine),
        TEST(a_full_disk_refuses_and_goes_on_when_there_is_room),
        TEST(a_store_that_cannot_be_made_for_lack_of_room_is_made_later),
        DISK(every_commit_is_synced),
        DISK(every_write_may_meet_a_full_disk),
        DISK(a_write_may_fail),
        DISK(every_sync_may_fail),
        DISK(every_read_may_fail),
        DISK(every_opening_and_cutting_of_a_file_may_fail),
        DISK(after_a_failed_sync_the_file_is_opened_anew),
        DISK(the_file_is_found_again_from_another_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
