/* watch.h - tell me when a descriptor can be read. Belongs to its loop's thread. */
#ifndef VB_WATCH_H
#define VB_WATCH_H

#include "loop/loop.h"

struct vb_watch;
typedef void vb_watch_ready(void *ctx);

/* ready runs at every turn in which there is something to read, or the other end is gone, until the
 * watch is stopped or destroyed; it may do either. fd is borrowed: it is closed by its owner, after
 * the destroy. */
enum vb_code vb_watch_create(struct vb_watch **out, struct vb_loop *loop, int fd,
                             vb_watch_ready *ready, void *ctx, struct vb_err *err);
/* A watch that was made watches; a watching one keeps its loop alive. */
enum vb_code vb_watch_start(struct vb_watch *watch, struct vb_err *err);
void vb_watch_stop(struct vb_watch *watch);
/* NULL is fine. ready never runs again; its memory goes at one of the loop's next turns. */
void vb_watch_destroy(struct vb_watch *watch);

#endif
