/* store_queue.h - a store behind two threads: one that writes, one that reads.
 *
 *      loop's thread      submit -> [waiting] -> writer thread: one batch = one sync -> done, on
 *                         the loop again. While a batch is written the next one gathers; no timer.
 *                         read -> reader thread, over a connection of its own -> done, on the loop
 *
 * The writer checkpoints when nothing waits. The blocking functions of struct vb_store_ops work as
 * well: they hand over and wait without turning the loop. Made, used and destroyed on one thread;
 * everything that was submitted is finished before destroy returns. */
#ifndef VB_STORE_QUEUE_H
#define VB_STORE_QUEUE_H

#include "loop/worker.h"
#include "store/store.h"

struct vb_store_queue_options {
    struct vb_store *writer; /* owned from here on, also when this fails */
    struct vb_store *reader; /* owned; NULL: the writer's thread reads */
    struct vb_loop *loop;    /* borrowed; NULL: done runs in vb_store_queue_poll or while waiting */
};
enum vb_code vb_store_queue_create(struct vb_store **out,
                                   const struct vb_store_queue_options *options,
                                   struct vb_err *err);

/* Runs read with the reader's store on its thread, then done on the loop. */
typedef enum vb_code vb_store_read(void *ctx, struct vb_store *reader, struct vb_err *err);
void vb_store_queue_read(struct vb_store *queue, vb_store_read *read, vb_store_done *done,
                         void *ctx);

struct vb_store_counts { /* since create */
    int64_t requests, batches, biggest_batch, refused, checkpoints;
};
struct vb_store_counts vb_store_queue_counts(const struct vb_store *queue);

#endif
