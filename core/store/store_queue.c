#include "store/store_queue.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "store/store_queue_inner.h"

/* A commit, or something to be run with the store as it is. */
struct task {
    struct vb_task task;
    const struct vb_change *changes;
    size_t count;
    vb_store_read *run; /* NULL: the changes are committed */
    void *run_ctx;
    enum vb_code code;
    struct vb_err *err; /* who waits gives one; else made when there is something to say */
    vb_store_done *done;
    void *done_ctx;
};

struct queue {
    struct vb_store store;

    /* -- fixed after create -- */
    struct vb_store_ops ops;
    struct vb_store *writer, *reader; /* reader NULL: the writer's thread reads */
    struct vb_worker *writing, *reading;

    /* -- who writes -- */
    struct vb_request *requests;
    size_t request_cap;

    /* -- written by who writes, read by anybody -- */
    atomic_int_least64_t request_count, batch_count, biggest, refused, checkpoints,
        failed_checkpoints;
};

static struct queue *queue_of(struct vb_store *store)
{
    return (struct queue *)store;
}

/* -- where the work is done ------------------------------------------------------------------- */

static void refuse(struct task *task, enum vb_code code, const struct vb_err *err)
{
    task->code = code;
    if (code == VB_OK)
        return;
    if (task->err == NULL)
        task->err = vb_new(struct vb_err);
    *task->err = *err;
}

static void run_one(struct task *task, struct vb_store *store)
{
    struct vb_err err;
    refuse(task, task->run(task->run_ctx, store, &err), &err);
}

static void count_batch(struct queue *queue, size_t count)
{
    atomic_fetch_add(&queue->request_count, (int64_t)count);
    atomic_fetch_add(&queue->batch_count, 1);
    if ((int64_t)count > atomic_load(&queue->biggest))
        atomic_store(&queue->biggest, (int64_t)count);
}

/* Not cleared: each has room for a message, which is written only when there is one. */
static struct vb_request *next_request(struct queue *queue, size_t at)
{
    if (at == queue->request_cap) {
        queue->request_cap = at == 0 ? 16 : 2 * at;
        queue->requests = vb_realloc(queue->requests, queue->request_cap * sizeof *queue->requests);
    }
    return &queue->requests[at];
}

/* The commits from first on, up to the next task that is none, which is given back. */
static struct vb_task *write_batch(struct queue *queue, struct vb_task *first)
{
    size_t count = 0;
    struct vb_task *end = first;
    for (; end != NULL && ((struct task *)end)->run == NULL; end = end->next) {
        struct task *task = (struct task *)end;
        struct vb_request *request = next_request(queue, count++);
        request->changes = task->changes;
        request->count = task->count;
    }
    vb_store_batch(queue->writer, queue->requests, count);
    count_batch(queue, count);
    for (size_t i = 0; i < count; i++, first = first->next) {
        refuse((struct task *)first, queue->requests[i].code, &queue->requests[i].err);
        if (queue->requests[i].code != VB_OK)
            atomic_fetch_add(&queue->refused, 1);
    }
    return end;
}

static void write_all(void *ctx, struct vb_task *first, size_t count)
{
    (void)count;
    struct queue *queue = ctx;
    while (first != NULL) {
        struct task *task = (struct task *)first;
        if (task->run == NULL) {
            first = write_batch(queue, first);
            continue;
        }
        run_one(task, queue->writer);
        first = first->next;
    }
}

/* Nobody waits for it, so nobody is told of a failure; it loses nothing, and the next commit opens
 * anew what failed. */
static void write_idle(void *ctx)
{
    struct queue *queue = ctx;
    struct vb_err err;
    bool worked = false;
    if (queue->writer->ops->idle == NULL)
        return;
    if (queue->writer->ops->idle(queue->writer, &worked, &err) != VB_OK)
        atomic_fetch_add(&queue->failed_checkpoints, 1);
    else if (worked)
        atomic_fetch_add(&queue->checkpoints, 1);
}

static void read_all(void *ctx, struct vb_task *first, size_t count)
{
    (void)count;
    struct queue *queue = ctx;
    for (; first != NULL; first = first->next)
        run_one((struct task *)first, queue->reader);
}

static void finished(void *ctx, struct vb_task *given)
{
    static const struct vb_err nothing;
    struct queue *queue = ctx;
    struct task *task = (struct task *)given;
    if (task->run == NULL)
        vb_store_wrote(&queue->store, task->changes, task->count);
    task->done(task->done_ctx, task->code, task->err != NULL ? task->err : &nothing);
    free(task->err);
    free(task);
}

/* -- from outside ----------------------------------------------------------------------------- */

static struct task *new_task(vb_store_done *done, void *ctx)
{
    struct task *task = vb_new(struct task);
    task->done = done;
    task->done_ctx = ctx;
    return task;
}

static void submit(struct vb_store *store, const struct vb_change *changes, size_t count,
                   vb_store_done *done, void *ctx)
{
    struct task *task = new_task(done, ctx);
    task->changes = changes;
    task->count = count;
    vb_worker_give(queue_of(store)->writing, &task->task);
}

void vb_store_queue_read(struct vb_store *store, vb_store_read *read, vb_store_done *done,
                         void *ctx)
{
    struct queue *queue = queue_of(store);
    struct task *task = new_task(done, ctx);
    task->run = read;
    task->run_ctx = ctx;
    vb_worker_give(queue->reading != NULL ? queue->reading : queue->writing, &task->task);
}

static enum vb_code commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                           struct vb_err *err)
{
    struct task task = { .changes = changes, .count = count, .err = err };
    vb_worker_do(queue_of(store)->writing, &task.task);
    return task.code;
}

enum vb_code vb_store_queue_ask(struct vb_store *store, vb_store_read *read, void *ctx,
                                struct vb_err *err)
{
    struct queue *queue = queue_of(store);
    struct task task = { .run = read, .run_ctx = ctx, .err = err };
    vb_worker_do(queue->reading != NULL ? queue->reading : queue->writing, &task.task);
    return task.code;
}

struct group {
    struct vb_request *requests;
    size_t count;
};

static enum vb_code run_group(void *ctx, struct vb_store *writer, struct vb_err *err)
{
    (void)err;
    struct group *group = ctx;
    vb_store_batch(writer, group->requests, group->count);
    return VB_OK;
}

static void batch(struct vb_store *store, struct vb_request *requests, size_t count)
{
    struct group group = { requests, count };
    struct vb_err err;
    struct task task = { .run = run_group, .run_ctx = &group, .err = &err };
    vb_worker_do(queue_of(store)->writing, &task.task);
}

void vb_store_queue_settle(struct vb_store *store)
{
    struct queue *queue = queue_of(store);
    while (vb_worker_settle(queue->writing) ||
           (queue->reading != NULL && vb_worker_settle(queue->reading)))
        ;
}

struct vb_store_counts vb_store_queue_counts(struct vb_store *store)
{
    struct queue *queue = queue_of(store);
    return (struct vb_store_counts){
        .requests = atomic_load(&queue->request_count),
        .batches = atomic_load(&queue->batch_count),
        .biggest_batch = atomic_load(&queue->biggest),
        .refused = atomic_load(&queue->refused),
        .checkpoints = atomic_load(&queue->checkpoints),
        .failed_checkpoints = atomic_load(&queue->failed_checkpoints),
    };
}

/* -- its life --------------------------------------------------------------------------------- */

static void destroy(struct vb_store *store)
{
    struct queue *queue = queue_of(store);
    if (queue->writing != NULL)
        vb_store_queue_settle(store); /* both still there: what one finishes may ask the other */
    vb_worker_destroy(queue->reading);
    vb_worker_destroy(queue->writing);
    vb_store_destroy(queue->reader); /* first: it stands under the writer's lock */
    vb_store_destroy(queue->writer);
    free(queue->requests);
    free(queue);
}

static enum vb_code start(struct queue *queue, struct vb_loop *loop, struct vb_err *err)
{
    const struct vb_worker_options writing = {
        .loop = loop, .work = write_all, .idle = write_idle, .finished = finished, .ctx = queue
    };
    const struct vb_worker_options reading = {
        .loop = loop, .work = read_all, .finished = finished, .ctx = queue
    };
    enum vb_code code = vb_worker_create(&queue->writing, &writing, err);
    if (code == VB_OK && queue->reader != NULL)
        code = vb_worker_create(&queue->reading, &reading, err);
    return code;
}

enum vb_code vb_store_queue_create(struct vb_store **out,
                                   const struct vb_store_queue_options *options, struct vb_err *err)
{
    struct queue *queue = vb_new(struct queue);
    queue->store.ops = &queue->ops;
    queue->ops = (struct vb_store_ops){
        .name = options->writer->ops->name, /* what it is made of */
        .commit = commit,
        .batch = batch,
        .submit = submit,
        .destroy = destroy,
    };
    vb_store_queue_reads(&queue->ops);
    queue->writer = options->writer;
    queue->reader = options->reader;
    enum vb_code code = start(queue, options->loop, err);
    if (code != VB_OK) {
        destroy(&queue->store);
        return code;
    }
    *out = &queue->store;
    return VB_OK;
}
