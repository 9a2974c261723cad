/* timer.h - call me back after a while. Belongs to its loop's thread. */
#ifndef VB_TIMER_H
#define VB_TIMER_H

#include <stdint.h>

#include "loop/loop.h"

struct vb_timer;
typedef void vb_timer_fire(void *ctx);

enum vb_code vb_timer_create(struct vb_timer **out, struct vb_loop *loop, vb_timer_fire *fire,
                             void *ctx, struct vb_err *err);
/* Fires once after wait_ms (0: at the next turn). Started again while it runs, it waits anew. A
 * running timer keeps its loop alive. fire may start, stop or destroy the timer. */
void vb_timer_start(struct vb_timer *timer, int64_t wait_ms);
void vb_timer_stop(struct vb_timer *timer);
bool vb_timer_running(const struct vb_timer *timer);
/* NULL is fine. Never fires again; its memory goes at one of the loop's next turns. */
void vb_timer_destroy(struct vb_timer *timer);

#endif
