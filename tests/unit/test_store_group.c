/* test_store_group.c - several commits that share one sync, the reader beside the writer, and a
 * disk that is full. */
#include "store_suite.h"

#include <pthread.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "faulty_disk.h"
#include "store/store_sqlite.h"
#include "store_place.h"

struct world {
    char *place;
    struct vb_store *store, *reader;
    struct vb_arena arena;
};

static int set_up(void **state)
{
    struct world *world = vb_new(struct world);
    faulty_disk_begin();
    world->place = place_make();
    world->store = place_open(world->place);
    suite_begin_round(world->store);
    suite_one(world->store, suite_person("p2", "c1"));
    suite_one(world->store, suite_session("s2", "round-1", "p2"));
    world->reader = vb_store_sqlite_reader(world->store);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    faulty_disk_fill(NULL);
    vb_store_destroy(world->reader);
    vb_store_destroy(world->store);
    faulty_disk_end();
    vb_arena_finish(&world->arena);
    place_end(world->place);
    free(world);
    return 0;
}

static struct vb_request request(const struct vb_change *changes, size_t count)
{
    return (struct vb_request){ .changes = changes, .count = count };
}

/* -- a group -- */

static void each_request_stands_or_falls_alone(void **state)
{
    struct world *world = *state;
    const struct vb_change first[] = { suite_event("s1", 1, "a") };
    const struct vb_change halfway[] = { suite_event("s2", 1, "b"), suite_audit("sheet"),
                                         suite_event("s2", 9, "c") };
    const struct vb_change taken[] = { suite_event("s1", 1, "d") };
    const struct vb_change again[] = { suite_event("s1", 1, "a") };
    const struct vb_change last[] = { suite_event("s1", 2, "e"), suite_audit("result") };
    struct vb_request group[] = { request(first, 1), request(halfway, 3), request(taken, 1),
                                  request(again, 1), request(last, 2) };
    vb_store_batch(world->store, group, 5);
    assert_int_equal(group[0].code, VB_OK);
    assert_int_equal(group[1].code, VB_E_CONFLICT);
    assert_non_null(strstr(group[1].err.text, "s2"));
    assert_int_equal(group[2].code, VB_E_CONFLICT);
    assert_int_equal(group[3].code, VB_OK);
    assert_int_equal(group[4].code, VB_OK);
    struct vb_audit_row *rows;
    size_t count;
    struct vb_err err;
    world->store = place_reopen(world->place, world->store);
    assert_int_equal(suite_last_seq(world->store, "s1"), 2);
    assert_int_equal(suite_last_seq(world->store, "s2"), 0);
    assert_int_equal(world->store->ops->audit(world->store, &world->arena, &rows, &count, &err),
                     VB_OK);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].action, "result");
}

/* Its row in the file goes to whoever comes next; what was written behind it must not. */
static void a_session_that_was_taken_back_leaves_no_trace(void **state)
{
    struct world *world = *state;
    suite_one(world->store, suite_person("p3", "c1"));
    suite_one(world->store, suite_person("p4", "c1"));
    const struct vb_change gone[] = { suite_session("s3", "round-1", "p3"),
                                      suite_event("s3", 1, "a"), suite_event("s3", 5, "b") };
    const struct vb_change next[] = { suite_session("s4", "round-1", "p4"),
                                      suite_event("s4", 1, "c") };
    struct vb_request group[] = { request(gone, 3), request(next, 2) };
    for (int together = 0; together < 2; together++) {
        vb_store_batch(world->store, group, together ? 2 : 1);
        assert_int_equal(group[0].code, VB_E_CONFLICT);
        suite_one_refused(world->store, suite_event("s3", 1, "a"), VB_E_ABSENT, "s3");
    }
    assert_int_equal(group[1].code, VB_OK);
    suite_commit(world->store, gone, 2);
    suite_one(world->store, suite_event("s4", 2, "d"));
    assert_int_equal(suite_last_seq(world->store, "s3"), 1);
    assert_int_equal(suite_last_seq(world->store, "s4"), 2);
}

enum { GROUP = 50 };
static void group_of(struct vb_request *group, struct vb_change *changes, int64_t from)
{
    for (int i = 0; i < GROUP; i++) {
        changes[i] = suite_event("s1", from + i, "a");
        group[i] = request(&changes[i], 1);
    }
}

static void a_group_is_one_sync(void **state)
{
    struct world *world = *state;
    struct vb_change changes[GROUP];
    struct vb_request group[GROUP];
    suite_one(world->store, suite_event("s1", 1, "a"));
    int before = faulty_disk_count(FAULTY_SYNC);
    suite_one(world->store, suite_event("s1", 2, "a"));
    int for_one = faulty_disk_count(FAULTY_SYNC) - before;
    group_of(group, changes, 3);
    vb_store_batch(world->store, group, GROUP);
    for (int i = 0; i < GROUP; i++)
        assert_int_equal(group[i].code, VB_OK);
    assert_int_equal(faulty_disk_count(FAULTY_SYNC) - before, 2 * for_one);
    assert_int_equal(suite_last_seq(world->store, "s1"), GROUP + 2);
}

static void when_the_sync_fails_nobody_is_told_yes(void **state)
{
    struct world *world = *state;
    const struct vb_change good[] = { suite_event("s1", 1, "a") };
    const struct vb_change bad[] = { suite_event("s2", 7, "b") };
    const struct vb_change two[] = { suite_event("s2", 1, "c"), suite_audit("sheet") };
    struct vb_request group[] = { request(good, 1), request(bad, 1), request(two, 2) };
    int opened = faulty_disk_count(FAULTY_OPEN);
    faulty_disk_order(FAULTY_SYNC, 1, SQLITE_IOERR_FSYNC);
    vb_store_batch(world->store, group, 3);
    assert_true(faulty_disk_failed());
    assert_int_equal(group[0].code, VB_E_IO);
    assert_non_null(strstr(group[0].err.text, "do it again"));
    assert_int_equal(group[1].code, VB_E_CONFLICT);
    assert_int_equal(group[2].code, VB_E_IO);
    vb_store_batch(world->store, group, 3); /* the same again, on a connection opened anew */
    assert_true(faulty_disk_count(FAULTY_OPEN) > opened);
    assert_int_equal(group[0].code, VB_OK);
    assert_int_equal(group[1].code, VB_E_CONFLICT);
    assert_int_equal(group[2].code, VB_OK);
    assert_int_equal(suite_last_seq(world->store, "s1"), 1);
    assert_int_equal(suite_last_seq(world->store, "s2"), 1);
}

/* Each write of the group in turn. */
static void a_group_may_meet_a_failing_write_anywhere(void **state)
{
    struct world *world = *state;
    int64_t next = 1;
    int met = 0;
    for (int nth = 1;; nth++) {
        struct vb_change changes[GROUP];
        struct vb_request group[GROUP];
        group_of(group, changes, next);
        faulty_disk_order(FAULTY_WRITE, nth, nth % 2 ? SQLITE_IOERR_WRITE : SQLITE_FULL);
        vb_store_batch(world->store, group, GROUP);
        bool failed = faulty_disk_failed();
        faulty_disk_order(FAULTY_WRITE, 0, 0);
        int told = 0;
        for (int i = 0; i < GROUP; i++)
            told += group[i].code == VB_OK;
        assert_true(suite_last_seq(world->store, "s1") >= next - 1 + told);
        vb_store_batch(world->store, group, GROUP);
        for (int i = 0; i < GROUP; i++)
            assert_int_equal(group[i].code, VB_OK);
        next += GROUP;
        assert_int_equal(suite_last_seq(world->store, "s1"), next - 1);
        met += failed;
        if (!failed)
            break;
    }
    assert_true(met > 1);
    assert_int_equal(place_number(world->place, "SELECT count(*) FROM pragma_integrity_check"
                                                " WHERE integrity_check = 'ok'"),
                     1);
}

/* Also when its row was known from an answer just before. */
static void nothing_is_added_behind_an_erasure_in_the_same_group(void **state)
{
    struct world *world = *state;
    suite_one(world->store, suite_event("s1", 1, "a"));
    const struct vb_change end[] = { suite_erase(VB_ERASE_SESSION, "s1") };
    const struct vb_change late[] = { suite_event("s1", 2, "b") };
    struct vb_request group[] = { request(end, 1), request(late, 1) };
    vb_store_batch(world->store, group, 2);
    assert_int_equal(group[0].code, VB_OK);
    assert_int_not_equal(group[1].code, VB_OK);
    suite_one_refused(world->store, late[0], group[1].code, NULL);
    assert_int_equal(suite_last_seq(world->store, "s1"), 1);
}

/* -- the log -- */

static int64_t log_bytes(const struct world *world)
{
    struct stat info;
    char *path = place_path(world->place, "data/verbond.db-wal");
    assert_int_equal(stat(path, &info), 0);
    free(path);
    return info.st_size;
}

/* Two pages a commit at the least. */
static void write_pages(struct world *world, int pages)
{
    static char body[6000];
    struct vb_change change = suite_event("s1", suite_last_seq(world->store, "s1") + 1, "");
    memset(body, 'x', sizeof body);
    change.event.body = body;
    change.event.body_len = sizeof body;
    for (int i = 0; i < pages / 2; i++, change.event.seq++)
        suite_one(world->store, change);
}

static void the_log_is_emptied_when_nothing_waits_and_only_when_it_is_worth_it(void **state)
{
    struct world *world = *state;
    struct vb_err err;
    bool worked = true;
    suite_one(world->store, suite_event("s1", 1, ""));
    assert_int_equal(world->store->ops->idle(world->store, &worked, &err), VB_OK);
    assert_false(worked);
    write_pages(world, 1200);
    assert_int_equal(world->store->ops->idle(world->store, &worked, &err), VB_OK);
    assert_true(worked);
    assert_int_equal(world->store->ops->idle(world->store, &worked, &err), VB_OK);
    assert_false(worked);
    int64_t before = log_bytes(world);
    write_pages(world, 800); /* from the front again */
    assert_int_equal(log_bytes(world), before);
}

static void a_log_that_never_rests_does_not_grow_without_end(void **state)
{
    struct world *world = *state;
    write_pages(world, 9000);
    assert_true(log_bytes(world) < 5000 * 4200);
}

/* -- the reader -- */

static int64_t seen(struct world *world, const char *session)
{
    return suite_last_seq(world->reader, session);
}

static void the_reader_sees_every_commit_at_once(void **state)
{
    struct world *world = *state;
    for (int64_t seq = 1; seq <= 20; seq++) {
        suite_one(world->store, suite_event("s1", seq, ""));
        assert_int_equal(seen(world, "s1"), seq);
    }
}

static void the_reader_cannot_write(void **state)
{
    struct world *world = *state;
    suite_one_refused(world->reader, suite_event("s1", 1, ""), VB_E_INTERNAL, "only reads");
    const struct vb_change change[] = { suite_event("s1", 1, "") };
    struct vb_request group[] = { request(change, 1), request(change, 1) };
    vb_store_batch(world->reader, group, 2);
    assert_int_equal(group[0].code, VB_E_INTERNAL);
    assert_int_equal(group[1].code, VB_E_INTERNAL);
    assert_int_equal(suite_last_seq(world->store, "s1"), 0);
}

static void the_reader_goes_on_when_the_writers_disk_failed(void **state)
{
    struct world *world = *state;
    struct vb_change change = suite_event("s1", 2, "b");
    suite_one(world->store, suite_event("s1", 1, "a"));
    assert_int_equal(seen(world, "s1"), 1);
    faulty_disk_order(FAULTY_SYNC, 1, SQLITE_IOERR_FSYNC);
    suite_one_refused(world->store, change, VB_E_IO, "do it again");
    assert_int_equal(seen(world, "s1"), 1);
    suite_one(world->store, change);
    assert_int_equal(seen(world, "s1"), 2);
    world->reader->ops->destroy(world->reader);
    world->reader = vb_store_sqlite_reader(world->store);
    assert_int_equal(seen(world, "s1"), 2);
}

static void the_reader_is_opened_anew_when_its_own_disk_failed(void **state)
{
    struct world *world = *state;
    struct vb_session_row row;
    struct vb_err err;
    suite_one(world->store, suite_event("s1", 1, "a"));
    faulty_disk_order(FAULTY_READ, 1, SQLITE_IOERR_READ);
    assert_int_equal(world->reader->ops->session(world->reader, "s1", &world->arena, &row, &err),
                     VB_E_IO);
    assert_true(faulty_disk_failed());
    assert_int_equal(seen(world, "s1"), 1);
}

/* A second process that tries the folder is refused, and disturbs neither. */
static void the_reader_goes_on_while_others_knock(void **state)
{
    struct world *world = *state;
    struct vb_err err;
    char want[64];
    snprintf(want, sizeof want, "process %ld", (long)getpid());
    for (int64_t seq = 1; seq <= 5; seq++) {
        suite_one(world->store, suite_event("s1", seq, ""));
        assert_int_equal(place_refused(world->place, &err), VB_E_BUSY);
        assert_non_null(strstr(err.text, want));
        assert_int_equal(seen(world, "s1"), seq);
    }
}

/* -- a full disk -- */

/* The reserve is all the room there is. */
static const char *reserve_of_the_full_disk;
static bool until_the_reserve_goes(void)
{
    return access(reserve_of_the_full_disk, F_OK) == 0;
}
static bool always(void)
{
    return true;
}

static void a_look_is_written_down_on_a_full_disk_and_an_answer_is_not(void **state)
{
    struct world *world = *state;
    char *reserve = place_path(world->place, "data/reserve");
    reserve_of_the_full_disk = reserve;
    assert_int_equal(access(reserve, F_OK), 0);
    write_pages(world, 20);
    int64_t last = suite_last_seq(world->store, "s1");
    faulty_disk_fill(until_the_reserve_goes);
    const struct vb_change more[] = { suite_event("s1", last + 1, "a") };
    const struct vb_change look[] = { suite_audit("sheet") };
    const struct vb_change left[] = { suite_event("s2", 1, "b"), suite_audit("withdraw") };
    for (int i = 0; i < 3; i++) {
        struct vb_request group[] = { request(more, 1), request(look, 1), request(left, 2) };
        vb_store_batch(world->store, group, 3);
        if (group[0].code == VB_OK)
            fail_msg("an answer was saved on a full disk");
        assert_int_equal(group[1].code, VB_OK);
        assert_int_equal(group[2].code, VB_OK);
    }
    assert_int_equal(suite_last_seq(world->store, "s1"), last);
    faulty_disk_fill(NULL);
    suite_one(world->store, more[0]);
    assert_int_equal(access(reserve, F_OK), 0); /* it is there again before an answer is saved */
    free(reserve);
}

static void a_disk_without_any_room_refuses_everything_and_reads_on(void **state)
{
    struct world *world = *state;
    suite_one(world->store, suite_event("s1", 1, "a"));
    faulty_disk_fill(always);
    for (int i = 0; i < 1000; i++) { /* until the pages that are there are full */
        struct vb_change change = suite_event("s1", suite_last_seq(world->store, "s1") + 1, "b");
        struct vb_err err;
        if (vb_store_commit(world->store, &change, 1, &err) == VB_OK)
            continue;
        assert_non_null(strstr(err.text, "the disk is full; nothing was saved"));
        suite_one_refused(world->store, suite_audit("sheet"), VB_E_IO, "the disk is full");
        assert_int_equal(seen(world, "s1"), change.event.seq - 1);
        faulty_disk_fill(NULL);
        suite_one(world->store, change);
        suite_one(world->store, suite_audit("sheet"));
        return;
    }
    fail_msg("a thousand answers were saved on a full disk");
}

/* -- out of descriptors -- */

static void without_descriptors_the_refusal_is_clear_and_it_goes_on(void **state)
{
    struct world *world = *state;
    struct rlimit limit, none;
    struct vb_change change = suite_event("s1", 1, "a");
    struct vb_err err = { 0 };
    faulty_disk_order(FAULTY_SYNC, 1, SQLITE_IOERR_FSYNC); /* so that it has to open anew */
    suite_one_refused(world->store, change, VB_E_IO, "do it again");
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    none = limit;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    enum vb_code code = vb_store_commit(world->store, &change, 1, &err);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    assert_int_equal(code, VB_E_IO);
    assert_non_null(strstr(err.text, "Too many open files"));
    suite_one(world->store, change);
    assert_int_equal(suite_last_seq(world->store, "s1"), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(each_request_stands_or_falls_alone),
        TEST(a_session_that_was_taken_back_leaves_no_trace),
        TEST(nothing_is_added_behind_an_erasure_in_the_same_group),
        TEST(a_group_is_one_sync),
        TEST(when_the_sync_fails_nobody_is_told_yes),
        TEST(a_group_may_meet_a_failing_write_anywhere),
        TEST(the_log_is_emptied_when_nothing_waits_and_only_when_it_is_worth_it),
        TEST(a_log_that_never_rests_does_not_grow_without_end),
        TEST(the_reader_sees_every_commit_at_once),
        TEST(the_reader_cannot_write),
        TEST(the_reader_goes_on_when_the_writers_disk_failed),
        TEST(the_reader_is_opened_anew_when_its_own_disk_failed),
        TEST(the_reader_goes_on_while_others_knock),
        TEST(a_look_is_written_down_on_a_full_disk_and_an_answer_is_not),
        TEST(a_disk_without_any_room_refuses_everything_and_reads_on),
        TEST(without_descriptors_the_refusal_is_clear_and_it_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
