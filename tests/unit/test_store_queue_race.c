/* test_store_queue_race.c - a store behind two threads: a race for a session, a disk that fails. */
#include "queue_scene.h"

#include <pthread.h>
#include <sqlite3.h>

#include "faulty_disk.h"
#include "store/store_sqlite.h"
#include "store_place.h"

/* -- races -- */

enum { RACES = 1000 };

struct racer {
    struct vb_store *queue;
    pthread_t thread;
    char prefix;
    int acknowledged, conflicts, other;
    bool is_acknowledged[RACES + 1]; /* by seq */
};

static int64_t last_seen(struct vb_store *store)
{
    struct vb_arena arena = { 0 };
    struct vb_session_row row = { .last_seq = -1 };
    struct vb_err err;
    store->ops->session(store, "s1", &arena, &row, &err);
    int64_t seq = row.last_seq;
    vb_arena_finish(&arena);
    return seq;
}

/* Reads where the session is, and tries to be the next, until it is full. */
static void *race(void *ctx)
{
    struct racer *racer = ctx;
    struct vb_err err;
    for (int64_t seq; (seq = last_seen(racer->queue) + 1) <= RACES;) {
        char id[16];
        snprintf(id, sizeof id, "%c%d", racer->prefix, (int)seq);
        struct vb_change change = suite_event("s1", seq, id);
        enum vb_code code = vb_store_commit(racer->queue, &change, 1, &err);
        racer->acknowledged += code == VB_OK;
        racer->conflicts += code == VB_E_CONFLICT;
        racer->other += code != VB_OK && code != VB_E_CONFLICT;
        if (code == VB_OK)
            racer->is_acknowledged[seq] = true;
        if (racer->other > 0)
            break;
    }
    return NULL;
}

static void two_threads_race_for_one_session_and_there_is_one_log(void **state)
{
    struct scene *scene = *state;
    struct racer racers[2] = { { .queue = scene->queue, .prefix = 'a' },
                               { .queue = scene->queue, .prefix = 'b' } };
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&racers[i].thread, NULL, race, &racers[i]), 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_join(racers[i].thread, NULL), 0);
    assert_int_equal(racers[0].other + racers[1].other, 0);
    assert_int_equal(racers[0].acknowledged + racers[1].acknowledged, RACES);
    struct vb_event_row *rows;
    size_t count;
    assert_int_equal(
        scene->queue->ops->events(scene->queue, "s1", 1, &scene->arena, &rows, &count, &scene->err),
        VB_OK);
    assert_int_equal(count, RACES);
    for (int i = 0; i < RACES; i++) {
        assert_int_equal(rows[i].seq, i + 1);
        bool by_a = rows[i].answer_id[0] == 'a';
        assert_int_equal(racers[0].is_acknowledged[i + 1], by_a);
        assert_int_equal(racers[1].is_acknowledged[i + 1], !by_a);
        assert_int_equal(atoi(rows[i].answer_id + 1), i + 1);
    }
}

/* -- the disk -- */

static void a_failed_sync_is_told_to_each_and_to_none_twice(void **state)
{
    (void)state;
    faulty_disk_begin();
    char *place = place_make();
    struct vb_store *writer = place_open(place);
    struct vb_store *queue = queue_over(writer, vb_store_sqlite_reader(writer), NULL);
    suite_begin_round(queue);
    struct vb_change changes[8];
    struct heard heard[8];
    struct heard_all all = { 0 };
    faulty_disk_order(FAULTY_SYNC, 1, SQLITE_IOERR_FSYNC);
    for (int i = 0; i < 8; i++) {
        changes[i] = suite_event("s1", i + 1, "a");
        heard[i] = (struct heard){ .all = &all };
        vb_store_submit(queue, &changes[i], 1, hear, &heard[i]);
    }
    vb_store_queue_settle(queue);
    assert_true(faulty_disk_failed());
    assert_int_equal(heard[0].code, VB_E_IO);
    assert_non_null(strstr(heard[0].err.text, "do it again"));
    for (int i = 0; i < 8; i++) {
        assert_int_equal(heard[i].times, 1);
        suite_one(queue, changes[i]); /* the same again is always right */
    }
    assert_int_equal(suite_last_seq(queue, "s1"), 8);
    vb_store_destroy(queue);
    faulty_disk_end();
    place_end(place);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(two_threads_race_for_one_session_and_there_is_one_log),
        cmocka_unit_test(a_failed_sync_is_told_to_each_and_to_none_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
