/* worker.h - one thread that does one thing after the other, and tells the loop.
 *
 *      loop's thread     vb_worker_give(task) -> [waiting] -> work(batch) on the worker's thread
 *                        finished(task) on the loop's thread <- uv_async
 *      any thread        vb_worker_do(task) -> [waiting] -> work(batch), while the caller waits
 *
 * Everything that waits is taken at once: while it is worked on, the next batch gathers. Never are
 * two batches worked on at the same time. The thread starts with the first task that is given;
 * somebody who waits anyway (vb_worker_do) does the work on its own thread when the worker rests,
 * which saves two changes of thread, and the thread where nothing is ever given. */
#ifndef VB_WORKER_H
#define VB_WORKER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "loop/loop.h"

struct vb_worker;
struct vb_task { /* a caller's own struct begins with this; the members are the worker's */
    struct vb_task *next;
    bool waited, done;
};
struct vb_worker_options {
    struct vb_loop *loop; /* NULL: finished runs only in vb_worker_settle and at the end */
    /* Does every task of the list (linked by next, which must stay as it is). */
    void (*work)(void *ctx, struct vb_task *first, size_t count);
    /* After work, once nothing waits any more, where work ran; NULL: nothing to do. */
    void (*idle)(void *ctx);
    /* On the loop's thread, in the order of work; may give, and free the task. */
    void (*finished)(void *ctx, struct vb_task *task);
    void *ctx;
};
enum vb_code vb_worker_create(struct vb_worker **out, const struct vb_worker_options *options,
                              struct vb_err *err);
/* Does what was given, runs its finished, ends the thread. NULL is fine. */
void vb_worker_destroy(struct vb_worker *worker);

/* Only on the loop's thread. A task that was given and not finished yet keeps the loop alive. */
void vb_worker_give(struct vb_worker *worker, struct vb_task *task);
/* Returns when this task was worked on, without turning the loop; finished does not run for it.
 * Any thread, also several at once. */
void vb_worker_do(struct vb_worker *worker, struct vb_task *task);
/* Waits until everything that was given was worked on, and runs its finished. False: there was
 * nothing. Only on the loop's thread. */
bool vb_worker_settle(struct vb_worker *worker);

#endif
