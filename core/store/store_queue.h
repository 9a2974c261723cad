/* store_queue.h - a store behind two threads: one that writes, one that reads.
 *
 *      loop's thread      submit -> [waiting] -> writer thread: one batch = one sync -> done, on
 *                         the loop again. While a batch is written the next one gathers; no timer.
 *                         read -> reader thread, over a connection of its own -> done, on the loop
 *
 * The writer checkpoints when nothing waits. The functions of struct vb_store_ops work as well:
 * they wait without turning the loop, on any thread, and do the work themselves where the thread
 * rests; so a command that only waits starts no thread. A read sees everything that was
 * acknowledged before it was asked for; what was submitted and is not done yet, it may see or not.
 * submit, read, settle and destroy belong to the loop's thread; whatever was submitted is done when
 * destroy returns. */
#ifndef VB_STORE_QUEUE_H
#define VB_STORE_QUEUE_H

#include "loop/worker.h"
#include "store/store.h"

struct vb_store_queue_options {
    struct vb_store *writer; /* owned from here on, also when this fails */
    struct vb_store *reader; /* owned; NULL: the writer's thread reads */
    struct vb_loop *loop;    /* borrowed; NULL: done runs in vb_store_queue_settle */
};
enum vb_code vb_store_queue_create(struct vb_store **out,
                                   const struct vb_store_queue_options *options,
                                   struct vb_err *err);

/* Runs read with the reader's store on its thread, then done on the loop. */
typedef enum vb_code vb_store_read(void *ctx, struct vb_store *reader, struct vb_err *err);
void vb_store_queue_read(struct vb_store *queue, vb_store_read *read, vb_store_done *done,
                         void *ctx);

/* Waits until everything that was submitted or asked is done. */
void vb_store_queue_settle(struct vb_store *queue);

struct vb_store_counts { /* since create; reads are not in it */
    int64_t requests, batches, biggest_batch, refused;
    int64_t checkpoints, failed_checkpoints;
};
struct vb_store_counts vb_store_queue_counts(struct vb_store *queue);

#endif
