/* test_worker.c - one thing after the other, on a thread of its own, and nothing gets lost. */
#include "tests.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "base/mem.h"
#include "loop/worker.h"

struct job { /* a task that knows what happened to it */
    struct vb_task task;
    int number;
    pthread_t worked_by;
    bool gated; /* waits for the gate while it is worked on */
};

/* What work and finished saw. Written where work runs, read after its tasks were finished. */
enum { MOST = 256 };
struct seen {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    bool inside, open; /* a gated job is worked on; it may go on */

    int worked[MOST], worked_count;
    size_t batches[MOST], batch_count;
    int idles;
    bool two_at_once;
    bool working;

    int finished[MOST], finished_count;
    pthread_t finished_by;
    struct vb_worker *worker; /* gives again from finished, so many times */
    struct job *again;
    int agains;
    bool all; /* finished_count reached expected */
    int expected;
};

static void pass_gate(struct seen *seen)
{
    pthread_mutex_lock(&seen->lock);
    seen->inside = true;
    pthread_cond_broadcast(&seen->moved);
    while (!seen->open)
        pthread_cond_wait(&seen->moved, &seen->lock);
    pthread_mutex_unlock(&seen->lock);
}

static void wait_until_inside(struct seen *seen)
{
    pthread_mutex_lock(&seen->lock);
    while (!seen->inside)
        pthread_cond_wait(&seen->moved, &seen->lock);
    pthread_mutex_unlock(&seen->lock);
}

static void open_gate(struct seen *seen)
{
    pthread_mutex_lock(&seen->lock);
    seen->open = true;
    pthread_cond_broadcast(&seen->moved);
    pthread_mutex_unlock(&seen->lock);
}

static void on_work(void *ctx, struct vb_task *first, size_t count)
{
    struct seen *seen = ctx;
    size_t met = 0;
    seen->two_at_once = seen->two_at_once || seen->working;
    seen->working = true;
    if (seen->batch_count < MOST)
        seen->batches[seen->batch_count++] = count;
    for (struct vb_task *task = first; task != NULL; task = task->next, met++) {
        struct job *job = (struct job *)task;
        job->worked_by = pthread_self();
        if (seen->worked_count < MOST)
            seen->worked[seen->worked_count++] = job->number;
        if (job->gated)
            pass_gate(seen);
    }
    seen->two_at_once = seen->two_at_once || met != count;
    seen->working = false;
}

static void on_idle(void *ctx)
{
    struct seen *seen = ctx;
    seen->idles++;
}

static void on_finished(void *ctx, struct vb_task *task)
{
    struct seen *seen = ctx;
    if (seen->finished_count < MOST)
        seen->finished[seen->finished_count] = ((struct job *)task)->number;
    seen->finished_count++;
    seen->finished_by = pthread_self();
    seen->all = seen->finished_count == seen->expected;
    if (seen->agains > 0) {
        seen->agains--;
        vb_worker_give(seen->worker, &seen->again->task);
    }
}

struct place {
    struct vb_loop *loop;
    struct vb_worker *worker;
    struct seen seen;
    struct vb_err err;
};

static struct vb_worker *make_worker(struct place *place, struct vb_loop *loop)
{
    const struct vb_worker_options options = {
        .loop = loop,
        .work = on_work,
        .idle = on_idle,
        .finished = on_finished,
        .ctx = &place->seen,
    };
    struct vb_worker *worker;
    assert_int_equal(vb_worker_create(&worker, &options, &place->err), VB_OK);
    return worker;
}

static int set_up(void **state)
{
    struct place *place = vb_new(struct place);
    pthread_mutex_init(&place->seen.lock, NULL);
    pthread_cond_init(&place->seen.moved, NULL);
    assert_int_equal(vb_loop_create(&place->loop, &place->err), VB_OK);
    place->worker = make_worker(place, place->loop);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    vb_worker_destroy(place->worker);
    vb_loop_destroy(place->loop);
    pthread_cond_destroy(&place->seen.moved);
    pthread_mutex_destroy(&place->seen.lock);
    free(place);
    return 0;
}

static void number(struct job *jobs, int count)
{
    for (int i = 0; i < count; i++)
        jobs[i] = (struct job){ .number = i };
}

static void wait_for(struct place *place, int count)
{
    place->seen.expected = count;
    place->seen.all = place->seen.finished_count == count;
    assert_int_equal(vb_loop_until(place->loop, &place->seen.all, &place->err), VB_OK);
}

static void assert_in_order(const int *numbers, int count)
{
    for (int i = 0; i < count; i++)
        assert_int_equal(numbers[i], i);
}

/* -- given -- */

static void what_is_given_is_done_elsewhere_and_finished_here_in_order(void **state)
{
    struct place *place = *state;
    struct job jobs[40];
    number(jobs, 40);
    for (int i = 0; i < 40; i++)
        vb_worker_give(place->worker, &jobs[i].task);
    wait_for(place, 40);
    assert_in_order(place->seen.worked, 40);
    assert_in_order(place->seen.finished, 40);
    assert_true(pthread_equal(place->seen.finished_by, pthread_self()));
    for (int i = 0; i < 40; i++)
        assert_false(pthread_equal(jobs[i].worked_by, pthread_self()));
}

static void what_comes_while_it_works_is_the_next_batch(void **state)
{
    struct place *place = *state;
    struct job jobs[6];
    number(jobs, 6);
    jobs[0].gated = true;
    vb_worker_give(place->worker, &jobs[0].task);
    wait_until_inside(&place->seen);
    for (int i = 1; i < 6; i++)
        vb_worker_give(place->worker, &jobs[i].task);
    open_gate(&place->seen);
    wait_for(place, 6);
    assert_int_equal(place->seen.batch_count, 2);
    assert_int_equal(place->seen.batches[0], 1);
    assert_int_equal(place->seen.batches[1], 5);
}

static void a_given_task_keeps_the_loop_alive_and_no_other(void **state)
{
    struct place *place = *state;
    struct job job = { .number = 0 };
    bool never = false;
    for (int i = 1; i <= 3; i++) {
        assert_int_equal(vb_loop_until(place->loop, &never, &place->err), VB_E_INTERNAL);
        vb_worker_give(place->worker, &job.task);
        wait_for(place, i);
    }
}

static void finished_may_give_again(void **state)
{
    struct place *place = *state;
    struct job job = { .number = 0 }, again = { .number = 1 };
    place->seen.worker = place->worker;
    place->seen.again = &again;
    place->seen.agains = 20;
    vb_worker_give(place->worker, &job.task);
    wait_for(place, 21);
    assert_int_equal(place->seen.worked_count, 21);
}

static void destroying_does_and_finishes_what_was_given(void **state)
{
    struct place *place = *state;
    struct job jobs[10], again = { .number = 10 };
    number(jobs, 10);
    place->seen.worker = place->worker;
    place->seen.again = &again;
    place->seen.agains = 3; /* one task three times over: each only when the last is finished */
    jobs[0].gated = true;
    vb_worker_give(place->worker, &jobs[0].task);
    wait_until_inside(&place->seen);
    open_gate(&place->seen);
    vb_worker_destroy(place->worker);
    place->worker = NULL;
    assert_int_equal(place->seen.finished_count, 4);
    assert_int_equal(place->seen.worked_count, 4);
}

static void it_is_idle_only_when_nothing_waits(void **state)
{
    struct place *place = *state;
    struct job jobs[3];
    number(jobs, 3);
    jobs[0].gated = true;
    vb_worker_give(place->worker, &jobs[0].task);
    wait_until_inside(&place->seen);
    vb_worker_give(place->worker, &jobs[1].task);
    vb_worker_give(place->worker, &jobs[2].task);
    open_gate(&place->seen);
    wait_for(place, 3);
    vb_worker_destroy(place->worker);
    place->worker = NULL;
    assert_int_equal(place->seen.batch_count, 2);
    assert_int_equal(place->seen.idles, 1);
}

/* -- waited for -- */

static void a_worker_that_rests_lets_the_waiting_one_do_it(void **state)
{
    struct place *place = *state;
    struct job job = { .number = 7 };
    for (int i = 1; i <= 2; i++) {
        vb_worker_do(place->worker, &job.task);
        assert_true(pthread_equal(job.worked_by, pthread_self()));
        assert_int_equal(place->seen.worked_count, i);
        assert_int_equal(place->seen.idles, i);
    }
    assert_int_equal(place->seen.finished_count, 0);
}

static void waiting_comes_after_what_was_given_and_finishes_nothing(void **state)
{
    struct place *place = *state;
    struct job jobs[4];
    number(jobs, 4);
    for (int i = 0; i < 3; i++)
        vb_worker_give(place->worker, &jobs[i].task);
    vb_worker_do(place->worker, &jobs[3].task);
    assert_int_equal(place->seen.worked_count, 4);
    assert_in_order(place->seen.worked, 4);
    assert_int_equal(place->seen.finished_count, 0);
    wait_for(place, 3);
    assert_in_order(place->seen.finished, 3);
}

static void without_a_loop_settling_finishes_what_was_given(void **state)
{
    struct place *place = *state;
    struct job jobs[5];
    number(jobs, 5);
    struct vb_worker *worker = make_worker(place, NULL);
    for (int i = 0; i < 5; i++)
        vb_worker_give(worker, &jobs[i].task);
    assert_true(vb_worker_settle(worker));
    assert_int_equal(place->seen.finished_count, 5);
    assert_in_order(place->seen.finished, 5);
    assert_false(vb_worker_settle(worker));
    vb_worker_destroy(worker);
    assert_int_equal(place->seen.finished_count, 5);
}

/* -- from all sides at once -- */

enum { SIDES = 4, EACH = 500 };

struct side {
    struct place *place;
    pthread_t thread;
    int done;
};

static void *do_many(void *ctx)
{
    struct side *side = ctx;
    struct job job = { .number = -1 };
    for (int i = 0; i < EACH; i++) {
        vb_worker_do(side->place->worker, &job.task);
        side->done++;
    }
    return NULL;
}

static void many_threads_at_once_lose_nothing_and_never_work_together(void **state)
{
    struct place *place = *state;
    struct side sides[SIDES] = { 0 };
    struct job *jobs = vb_alloc(EACH * sizeof *jobs);
    number(jobs, EACH);
    for (int i = 0; i < SIDES; i++) {
        sides[i].place = place;
        assert_int_equal(pthread_create(&sides[i].thread, NULL, do_many, &sides[i]), 0);
    }
    for (int i = 0; i < EACH; i++) {
        vb_worker_give(place->worker, &jobs[i].task);
        if (i % 7 == 0)
            wait_for(place, i + 1);
    }
    wait_for(place, EACH);
    for (int i = 0; i < SIDES; i++) {
        assert_int_equal(pthread_join(sides[i].thread, NULL), 0);
        assert_int_equal(sides[i].done, EACH);
    }
    assert_false(place->seen.two_at_once);
    assert_int_equal(place->seen.finished_count, EACH);
    free(jobs);
}

static void the_thread_leaves_signals_to_the_loops_thread(void **state)
{
    struct place *place = *state;
    struct job jobs[2] = { { .number = 0, .gated = true }, { .number = 1 } };
    sigset_t before, after;
    assert_int_equal(pthread_sigmask(SIG_SETMASK, NULL, &before), 0);
    vb_worker_give(place->worker, &jobs[0].task);
    wait_until_inside(&place->seen);
    assert_int_equal(pthread_sigmask(SIG_SETMASK, NULL, &after), 0);
    assert_int_equal(sigismember(&after, SIGTERM), sigismember(&before, SIGTERM));
    /* Of the process's two threads the worker's is no candidate: ours hears it, at once. */
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, SIGUSR1);
    assert_int_equal(pthread_sigmask(SIG_BLOCK, &only, NULL), 0);
    assert_int_equal(kill(getpid(), SIGUSR1), 0); /* would end the process in the other thread */
    int heard;
    assert_int_equal(sigwait(&only, &heard), 0);
    assert_int_equal(heard, SIGUSR1);
    assert_int_equal(pthread_sigmask(SIG_SETMASK, &before, NULL), 0);
    open_gate(&place->seen);
    wait_for(place, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_given_is_done_elsewhere_and_finished_here_in_order),
        TEST(what_comes_while_it_works_is_the_next_batch),
        TEST(a_given_task_keeps_the_loop_alive_and_no_other),
        TEST(finished_may_give_again),
        TEST(destroying_does_and_finishes_what_was_given),
        TEST(it_is_idle_only_when_nothing_waits),
        TEST(a_worker_that_rests_lets_the_waiting_one_do_it),
        TEST(waiting_comes_after_what_was_given_and_finishes_nothing),
        TEST(without_a_loop_settling_finishes_what_was_given),
        TEST(many_threads_at_once_lose_nothing_and_never_work_together),
        TEST(the_thread_leaves_signals_to_the_loops_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
