/* store_queue_inner.h - the queue's insides, shared by its writing and its reading half. */
#ifndef VB_STORE_QUEUE_INNER_H
#define VB_STORE_QUEUE_INNER_H

#include "store/store_queue.h"

/* Puts the reading half into ops: store_queue_read.c. */
void vb_store_queue_reads(struct vb_store_ops *ops);

/* Runs read with the reader's store and waits for it. */
enum vb_code vb_store_queue_ask(struct vb_store *queue, vb_store_read *read, void *ctx,
                                struct vb_err *err);

#endif
