/* worker.c - a list of what waits, a list of what is done, and one lock for both.
 *
 * Whoever works holds the seat: usually the worker's thread, or one that waits in vb_worker_do.
 * Nobody who could take the seat sleeps while something waits and the seat is free. */
#include "loop/worker.h"

#include <signal.h>
#include <stdlib.h>

#include <uv.h>

#include "base/mem.h"

struct list {
    struct vb_task *first, *last;
    size_t count;
};

struct vb_worker {
    /* -- fixed after create -- */
    struct vb_worker_options options;
    uv_async_t async; /* only with a loop */

    /* -- loop's thread only -- */
    uv_thread_t thread;
    bool started;
    size_t given; /* and not finished yet */

    /* -- under lock -- */
    uv_mutex_t lock;
    uv_cond_t work_there; /* the worker's thread waits for it */
    uv_cond_t work_done;  /* who waits in vb_worker_do or vb_worker_settle */
    struct list waiting, done;
    bool seat_taken, ending;
};

static void list_add(struct list *list, struct vb_task *task)
{
    task->next = NULL;
    if (list->first == NULL)
        list->first = task;
    else
        list->last->next = task;
    list->last = task;
    list->count++;
}

static struct list list_take(struct list *list)
{
    struct list taken = *list;
    *list = (struct list){ 0 };
    return taken;
}

/* -- working ---------------------------------------------------------------------------------- */

/* Under lock. From here on a task that was waited for belongs to its owner again. */
static bool publish(struct vb_worker *worker, struct vb_task *first)
{
    bool given = false;
    for (struct vb_task *task = first, *next; task != NULL; task = next) {
        next = task->next;
        task->done = true;
        if (!task->waited) {
            list_add(&worker->done, task);
            given = true;
        }
    }
    uv_cond_broadcast(&worker->work_done);
    return given;
}

/* Under lock, which is open while it works. What is done is told before idle begins: it may take
 * long, and nobody waits for it. */
static void work(struct vb_worker *worker)
{
    struct list batch = list_take(&worker->waiting);
    worker->seat_taken = true;
    uv_mutex_unlock(&worker->lock);
    worker->options.work(worker->options.ctx, batch.first, batch.count);
    uv_mutex_lock(&worker->lock);
    bool given = publish(worker, batch.first);
    bool idle = worker->waiting.first == NULL && worker->options.idle != NULL;
    uv_mutex_unlock(&worker->lock);
    if (given && worker->options.loop != NULL)
        uv_async_send(&worker->async);
    if (idle)
        worker->options.idle(worker->options.ctx);
    uv_mutex_lock(&worker->lock);
    worker->seat_taken = false;
    if (worker->waiting.first != NULL) { /* came meanwhile, and those who could do it may sleep */
        uv_cond_signal(&worker->work_there);
        uv_cond_broadcast(&worker->work_done);
    }
}

static bool can_work(const struct vb_worker *worker)
{
    return worker->waiting.first != NULL && !worker->seat_taken;
}

/* Under lock. For whoever is not the worker's thread. */
static void work_or_wait(struct vb_worker *worker)
{
    if (can_work(worker))
        work(worker);
    else
        uv_cond_wait(&worker->work_done, &worker->lock);
}

static void run(void *ctx)
{
    struct vb_worker *worker = ctx;
    uv_mutex_lock(&worker->lock);
    for (;;) {
        if (can_work(worker))
            work(worker);
        else if (worker->ending && worker->waiting.first == NULL)
            break;
        else
            uv_cond_wait(&worker->work_there, &worker->lock);
    }
    uv_mutex_unlock(&worker->lock);
}

/* Signals are for the loop's thread; a sync must not be broken off by one. */
static bool start(struct vb_worker *worker)
{
    sigset_t all, before;
    sigfillset(&all);
    int rc = pthread_sigmask(SIG_SETMASK, &all, &before);
    vb_assert(rc == 0);
    worker->started = uv_thread_create(&worker->thread, run, worker) == 0;
    rc = pthread_sigmask(SIG_SETMASK, &before, NULL);
    vb_assert(rc == 0);
    return worker->started;
}

/* -- finishing -------------------------------------------------------------------------------- */

static void finish(struct vb_worker *worker)
{
    uv_mutex_lock(&worker->lock);
    struct list done = list_take(&worker->done);
    uv_mutex_unlock(&worker->lock);
    for (struct vb_task *task = done.first, *next; task != NULL; task = next) {
        next = task->next;
        worker->given--;
        worker->options.finished(worker->options.ctx, task);
    }
    if (worker->given == 0 && worker->options.loop != NULL)
        uv_unref((uv_handle_t *)&worker->async);
}

static void on_async(uv_async_t *async)
{
    finish(async->data);
}

/* -- from outside ----------------------------------------------------------------------------- */

enum vb_code vb_worker_create(struct vb_worker **out, const struct vb_worker_options *options,
                              struct vb_err *err)
{
    struct vb_worker *worker = vb_new(struct vb_worker);
    worker->options = *options;
    if (options->loop != NULL) {
        int rc = uv_async_init(vb_loop_uv(options->loop), &worker->async, on_async);
        if (rc != 0) {
            free(worker);
            return vb_fail(err, VB_E_IO, "making a worker: %s", uv_strerror(rc));
        }
        worker->async.data = worker;
        uv_unref((uv_handle_t *)&worker->async);
    }
    /* On Linux these only set memory: they cannot fail. */
    int failed = uv_mutex_init(&worker->lock) | uv_cond_init(&worker->work_there) |
                 uv_cond_init(&worker->work_done);
    vb_assert(failed == 0);
    *out = worker;
    return VB_OK;
}

static void free_worker(struct vb_worker *worker)
{
    uv_cond_destroy(&worker->work_done);
    uv_cond_destroy(&worker->work_there);
    uv_mutex_destroy(&worker->lock);
    free(worker);
}

static void on_close(uv_handle_t *handle)
{
    free_worker(handle->data);
}

void vb_worker_destroy(struct vb_worker *worker)
{
    if (worker == NULL)
        return;
    vb_worker_settle(worker); /* while there is a thread: its finished may give more */
    uv_mutex_lock(&worker->lock);
    worker->ending = true;
    uv_cond_signal(&worker->work_there);
    uv_mutex_unlock(&worker->lock);
    if (worker->started)
        uv_thread_join(&worker->thread);
    vb_assert(worker->waiting.first == NULL);
    if (worker->options.loop != NULL)
        uv_close((uv_handle_t *)&worker->async, on_close);
    else
        free_worker(worker);
}

void vb_worker_give(struct vb_worker *worker, struct vb_task *task)
{
    bool has_thread = worker->started || start(worker);
    *task = (struct vb_task){ .waited = false };
    if (worker->given++ == 0 && worker->options.loop != NULL)
        uv_ref((uv_handle_t *)&worker->async);
    uv_mutex_lock(&worker->lock);
    list_add(&worker->waiting, task);
    uv_cond_signal(&worker->work_there);
    while (!has_thread && !task->done) /* the system has none left: slower, but it goes on */
        work_or_wait(worker);
    uv_mutex_unlock(&worker->lock);
}

void vb_worker_do(struct vb_worker *worker, struct vb_task *task)
{
    *task = (struct vb_task){ .waited = true };
    uv_mutex_lock(&worker->lock);
    list_add(&worker->waiting, task);
    while (!task->done)
        work_or_wait(worker);
    uv_mutex_unlock(&worker->lock);
}

bool vb_worker_settle(struct vb_worker *worker)
{
    bool some = worker->given > 0;
    while (worker->given > 0) {
        uv_mutex_lock(&worker->lock);
        while (worker->done.first == NULL)
            work_or_wait(worker);
        uv_mutex_unlock(&worker->lock);
        finish(worker);
    }
    return some;
}
