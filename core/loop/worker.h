/* worker.h - one thread that does one thing after the other, and tells the loop.
 *
 *      loop's thread     vb_worker_give(task) -> [queue] -> work(batch) on the worker's thread
 *                        finished(task) on the loop's thread <- uv_async
 *
 * The worker takes everything that waits at once: while it works, the next batch gathers. */
#ifndef VB_WORKER_H
#define VB_WORKER_H

#include <stddef.h>

#include "base/err.h"
#include "loop/loop.h"

struct vb_worker;
struct vb_task { /* a caller's own struct begins with this */
    struct vb_task *next;
};
struct vb_worker_options {
    struct vb_loop *loop; /* NULL: finished runs only in vb_worker_wait */
    /* On the worker's thread: does every task of the list. */
    void (*work)(void *ctx, struct vb_task *first, size_t count);
    /* On the worker's thread, once nothing waits any more; NULL: nothing to do. */
    void (*idle)(void *ctx);
    /* On the thread that gave it, in the order of work. */
    void (*finished)(void *ctx, struct vb_task *task);
    void *ctx;
};
enum vb_code vb_worker_create(struct vb_worker **out, const struct vb_worker_options *options,
                              struct vb_err *err);
/* Does what was given, runs its finished, ends the thread. NULL is fine. */
void vb_worker_destroy(struct vb_worker *worker);
void vb_worker_give(struct vb_worker *worker, struct vb_task *task);
/* Waits without turning the loop until this task was worked on; finished does not run for it. */
void vb_worker_wait(struct vb_worker *worker, struct vb_task *task);

#endif
