/* test_store_queue.c - a store behind two threads does what a store does, and more at once. */
#include "queue_scene.h"

#include <dirent.h>

#include "store_place.h"

/* -- the suite, through a queue -- */

static struct vb_store *open_both(void *place)
{
    struct vb_store *writer = place_open(place);
    return queue_over(writer, vb_store_sqlite_reader(writer), NULL);
}

static struct vb_store *open_writer_only(void *place)
{
    return queue_over(place_open(place), NULL, NULL);
}

static void *begin(void)
{
    return place_make();
}

static struct vb_store *reopen_both(void *place, struct vb_store *store)
{
    vb_store_destroy(store);
    return open_both(place);
}

static struct vb_store *reopen_writer_only(void *place, struct vb_store *store)
{
    vb_store_destroy(store);
    return open_writer_only(place);
}

/* -- submitting -- */

static void done_comes_on_the_loops_thread_in_order_and_says_what_became_of_it(void **state)
{
    struct scene *scene = *state;
    struct vb_change changes[30];
    struct heard heard[30];
    struct heard_all all = { 0 };
    for (int i = 0; i < 30; i++) {
        changes[i] = suite_event("s1", i == 20 ? 99 : i < 20 ? i + 1 : i, "a");
        heard[i] = (struct heard){ .all = &all };
        vb_store_submit(scene->queue, &changes[i], 1, hear, &heard[i]);
        assert_int_equal(heard[i].times, 0); /* not before the loop turns */
    }
    wait_for_all(scene, &all, 30);
    for (int i = 0; i < 30; i++) {
        assert_int_equal(heard[i].times, 1);
        assert_int_equal(heard[i].order, i);
        assert_true(pthread_equal(heard[i].thread, pthread_self()));
        assert_int_equal(heard[i].code, i == 20 ? VB_E_CONFLICT : VB_OK);
    }
    assert_non_null(strstr(heard[20].err.text, "s1"));
    assert_int_equal(suite_last_seq(scene->queue, "s1"), 29);
    assert_int_equal(vb_store_queue_counts(scene->queue).refused, 1);
}

static void while_a_batch_is_written_the_next_one_gathers(void **state)
{
    struct scene *scene = *state;
    struct vb_change changes[12];
    struct heard heard[12];
    struct heard_all all = { 0 };
    set_gate(scene->gated, true);
    for (int i = 0; i < 12; i++) {
        changes[i] = suite_event("s1", i + 1, "a");
        heard[i] = (struct heard){ .all = &all };
        vb_store_submit(scene->queue, &changes[i], 1, hear, &heard[i]);
        if (i == 0)
            wait_until_inside(scene->gated);
    }
    assert_int_equal(suite_last_seq(scene->queue, "s1"), 0); /* and reading goes on meanwhile */
    set_gate(scene->gated, false);
    wait_for_all(scene, &all, 12);
    struct vb_store_counts counts = vb_store_queue_counts(scene->queue);
    assert_int_equal(counts.requests, 12);
    assert_int_equal(counts.batches, 2);
    assert_int_equal(counts.biggest_batch, 11);
    assert_int_equal(suite_last_seq(scene->queue, "s1"), 12);
}

static void waiting_for_a_commit_comes_after_what_was_submitted(void **state)
{
    struct scene *scene = *state;
    struct vb_change first = suite_event("s1", 1, "a");
    struct heard_all all = { 0 };
    struct heard heard = { .all = &all };
    vb_store_submit(scene->queue, &first, 1, hear, &heard);
    suite_one(scene->queue, suite_event("s1", 2, "b"));
    assert_int_equal(heard.times, 0); /* its done is the loop's */
    wait_for_all(scene, &all, 1);
    assert_int_equal(heard.code, VB_OK);
    suite_one_refused(scene->queue, suite_event("s1", 2, "c"), VB_E_CONFLICT, "s1");
}

/* -- watching -- */

struct watching {
    struct vb_store_watch watch;
    struct heard *submitted; /* what the watch is ahead of */
    int commits, changes, early;
    pthread_t thread;
};

static void on_wrote(void *ctx, const struct vb_change *changes, size_t count)
{
    struct watching *watching = ctx;
    watching->commits++;
    watching->changes += (int)count;
    watching->early += watching->submitted->times == 0;
    watching->thread = pthread_self();
    assert_int_equal(changes[0].kind, VB_APPEND);
}

/* Also of what was refused: a commit whose sync failed may be there. */
static void a_watch_hears_of_every_commit_before_whoever_made_it(void **state)
{
    struct scene *scene = *state;
    struct heard_all all = { 0 };
    struct heard heard = { .all = &all };
    struct watching first = { .submitted = &heard }, second = { .submitted = &heard };
    struct vb_change changes[] = { suite_event("s1", 1, "a"), suite_event("s1", 2, "b") };
    struct vb_change wrong = suite_event("s1", 9, "c");
    struct vb_request request = { .changes = &wrong, .count = 1 };
    first.watch = (struct vb_store_watch){ .wrote = on_wrote, .ctx = &first };
    second.watch = (struct vb_store_watch){ .wrote = on_wrote, .ctx = &second };
    vb_store_watch(scene->queue, &first.watch);
    vb_store_watch(scene->queue, &second.watch);
    vb_store_submit(scene->queue, changes, 2, hear, &heard);
    assert_int_equal(first.commits, 0);
    wait_for_all(scene, &all, 1);
    assert_int_equal(first.early, 1);
    assert_int_equal(second.early, 1);
    assert_int_equal(first.changes, 2);
    assert_true(pthread_equal(first.thread, pthread_self()));
    vb_store_unwatch(&first.watch);
    suite_one_refused(scene->queue, wrong, VB_E_CONFLICT, "s1");
    vb_store_batch(scene->queue, &request, 1);
    assert_int_equal(first.commits, 1);
    assert_int_equal(second.commits, 3);
    vb_store_unwatch(&second.watch);
}

struct reading { /* looks at s1 where the reader is, then is heard */
    struct heard heard;
    int64_t seen;
    pthread_t thread;
};

static enum vb_code look(void *ctx, struct vb_store *reader, struct vb_err *err)
{
    (void)err;
    struct reading *reading = ctx;
    reading->seen = suite_last_seq(reader, "s1");
    reading->thread = pthread_self();
    return VB_OK;
}

static enum vb_code look_in_vain(void *ctx, struct vb_store *reader, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_session_row row;
    (void)ctx;
    enum vb_code code = reader->ops->session(reader, "nobody", &arena, &row, err);
    vb_arena_finish(&arena);
    return code;
}

static void a_read_sees_what_was_acknowledged_before_it(void **state)
{
    struct scene *scene = *state;
    struct heard_all all = { 0 };
    for (int64_t seq = 1; seq <= 50; seq++) {
        struct vb_change change = suite_event("s1", seq, "a");
        struct heard heard = { .all = &all };
        struct reading reading = { .heard.all = &all };
        vb_store_submit(scene->queue, &change, 1, hear, &heard);
        wait_for_all(scene, &all, (int)seq * 2 - 1);
        vb_store_queue_read(scene->queue, look, hear, &reading);
        wait_for_all(scene, &all, (int)seq * 2);
        assert_int_equal(reading.seen, seq);
        assert_false(pthread_equal(reading.thread, pthread_self()));
        assert_true(pthread_equal(reading.heard.thread, pthread_self()));
    }
}

static void reading_goes_on_while_a_batch_is_written(void **state)
{
    struct scene *scene = *state;
    struct heard_all all = { 0 };
    struct vb_change change = suite_event("s1", 1, "a");
    struct heard heard = { .all = &all }, vain = { .all = &all };
    struct reading reading = { .heard.all = &all };
    set_gate(scene->gated, true);
    vb_store_submit(scene->queue, &change, 1, hear, &heard);
    wait_until_inside(scene->gated);
    vb_store_queue_read(scene->queue, look, hear, &reading);
    vb_store_queue_read(scene->queue, look_in_vain, hear, &vain);
    wait_for_all(scene, &all, 2);
    assert_int_equal(reading.seen, 0);
    assert_int_equal(vain.code, VB_E_ABSENT);
    assert_non_null(strstr(vain.err.text, "nobody"));
    assert_int_equal(place_refused(scene->place, &scene->err), VB_E_BUSY); /* somebody knocks */
    assert_int_equal(suite_last_seq(scene->queue, "s1"), 0);
    assert_int_equal(heard.times, 0);
    set_gate(scene->gated, false);
    wait_for_all(scene, &all, 3);
    assert_int_equal(suite_last_seq(scene->queue, "s1"), 1);
}

struct chain { /* submits the next one from done, so many times */
    struct vb_store *queue;
    struct vb_change change;
    int left, done;
    bool failed;
};

static void next_link(void *ctx, enum vb_code code, const struct vb_err *err)
{
    (void)err;
    struct chain *chain = ctx;
    chain->done++;
    chain->failed = chain->failed || code != VB_OK;
    if (--chain->left == 0)
        return;
    chain->change.event.seq++;
    vb_store_submit(chain->queue, &chain->change, 1, next_link, chain);
}

static void destroying_finishes_what_was_submitted_and_what_that_submits(void **state)
{
    struct scene *scene = *state;
    struct chain chain = { .queue = scene->queue, .change = suite_event("s1", 1, "a"), .left = 10 };
    struct heard_all all = { 0 };
    struct reading reading = { .heard.all = &all };
    set_gate(scene->gated, true);
    vb_store_submit(scene->queue, &chain.change, 1, next_link, &chain);
    vb_store_queue_read(scene->queue, look, hear, &reading);
    wait_until_inside(scene->gated);
    set_gate(scene->gated, false);
    vb_store_destroy(scene->queue);
    assert_int_equal(chain.done, 10);
    assert_false(chain.failed);
    assert_int_equal(reading.heard.times, 1);
    scene->queue = place_open(scene->place);
    assert_int_equal(suite_last_seq(scene->queue, "s1"), 10);
}

/* An operation that somebody adds to a store must not be missed here. */
static void a_queue_can_do_whatever_the_store_below_can(void **state)
{
    struct scene *scene = *state;
    struct vb_store *below = scene->gated->below;
    void *ours, *theirs;
    for (size_t at = 0; at < sizeof *below->ops; at += sizeof ours) {
        memcpy(&ours, (const char *)scene->queue->ops + at, sizeof ours);
        memcpy(&theirs, (const char *)below->ops + at, sizeof theirs);
        /* The writer's thread idles by itself; what is written anew is, before there is a queue. */
        if (at == offsetof(struct vb_store_ops, idle) ||
            at == offsetof(struct vb_store_ops, rewrite) ||
            at == offsetof(struct vb_store_ops, scrub))
            continue;
        if (ours == NULL && theirs != NULL)
            fail_msg("operation %zu of the store is not one of the queue", at / sizeof ours);
    }
}

static int threads_of_the_process(void)
{
    int count = 0;
    DIR *tasks = opendir("/proc/self/task");
    assert_non_null(tasks);
    for (const struct dirent *task = readdir(tasks); task != NULL; task = readdir(tasks))
        count += task->d_name[0] != '.';
    closedir(tasks);
    return count;
}

static void who_only_waits_starts_no_thread(void **state)
{
    struct scene *scene = *state;
    int before = threads_of_the_process();
    for (int64_t seq = 1; seq <= 5; seq++) {
        suite_one(scene->queue, suite_event("s1", seq, "a"));
        assert_int_equal(suite_last_seq(scene->queue, "s1"), seq);
    }
    assert_int_equal(threads_of_the_process(), before);
}

static void without_a_loop_settling_calls_done(void **state)
{
    (void)state;
    struct vb_store *queue = queue_over(vb_store_memory_create(), NULL, NULL);
    suite_begin_round(queue);
    struct vb_change change = suite_event("s1", 1, "a");
    struct heard_all all = { 0 };
    struct heard heard = { .all = &all };
    struct reading reading = { .heard.all = &all };
    vb_store_submit(queue, &change, 1, hear, &heard);
    vb_store_queue_read(queue, look, hear, &reading); /* one thread: in order */
    vb_store_queue_settle(queue);
    assert_int_equal(heard.code, VB_OK);
    assert_int_equal(reading.seen, 1);
    vb_store_destroy(queue);
}

static void the_log_is_emptied_by_the_writer_when_nothing_waits(void **state)
{
    struct scene *scene = *state;
    static char body[6000];
    struct vb_store *queue = queue_over(place_reopen(scene->place, scene->queue), NULL, NULL);
    scene->queue = queue;
    memset(body, 'x', sizeof body);
    for (int64_t seq = 1; seq <= 1200; seq++) {
        struct vb_change change = suite_event("s1", seq, "");
        change.event.body = body;
        change.event.body_len = sizeof body;
        suite_one(queue, change);
    }
    struct vb_store_counts counts = vb_store_queue_counts(queue);
    assert_true(counts.checkpoints >= 2);
    assert_int_equal(counts.failed_checkpoints, 0);
    assert_int_equal(counts.requests, 1200);
}

int main(void)
{
    const struct store_maker both = {
        "a queue with a reader",      begin, open_both, reopen_both, place_end,
        .wait = vb_store_queue_settle
    };
    const struct store_maker one = {
        "a queue that only has a writer", begin, open_writer_only, reopen_writer_only, place_end,
        .wait = vb_store_queue_settle
    };
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(done_comes_on_the_loops_thread_in_order_and_says_what_became_of_it),
        TEST(while_a_batch_is_written_the_next_one_gathers),
        TEST(waiting_for_a_commit_comes_after_what_was_submitted),
        TEST(a_watch_hears_of_every_commit_before_whoever_made_it),
        TEST(a_read_sees_what_was_acknowledged_before_it),
        TEST(reading_goes_on_while_a_batch_is_written),
        TEST(destroying_finishes_what_was_submitted_and_what_that_submits),
        TEST(a_queue_can_do_whatever_the_store_below_can),
        TEST(who_only_waits_starts_no_thread),
        TEST(without_a_loop_settling_calls_done),
        TEST(the_log_is_emptied_by_the_writer_when_nothing_waits),
    };
    int failed = store_suite_run(&both) + store_suite_run(&one);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
