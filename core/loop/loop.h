/* loop.h - one thread's event loop: turn it until something holds, hear signals.
 *
 * The only room that includes uv.h. A loop belongs to the thread that made it. Whoever puts
 * something on a loop (timer.h, lines.h) destroys it before the loop. */
#ifndef VB_LOOP_H
#define VB_LOOP_H

#include <stdbool.h>

#include "base/err.h"

struct vb_loop;
struct uv_loop_s;

enum vb_code vb_loop_create(struct vb_loop **out, struct vb_err *err);
void vb_loop_destroy(struct vb_loop *loop); /* NULL is fine */

/* A loop that somebody else made, turns and closes: vb_loop_until is not for it. It ends by leave
 * instead of destroy: at one of that loop's next turns, when everything that was put on it and
 * closed before is gone, left runs, once. */
struct vb_loop *vb_loop_borrow(struct uv_loop_s *uv);
void vb_loop_leave(struct vb_loop *loop, void (*left)(void *ctx), void *ctx);

/* libuv's own loop, for whoever puts handles of its own on it. */
struct uv_loop_s *vb_loop_uv(struct vb_loop *loop);

/* Turns until *finished is true, whatever signals come. VB_E_INTERNAL when nothing is left on the
 * loop that could make it true. */
enum vb_code vb_loop_until(struct vb_loop *loop, const bool *finished, struct vb_err *err);
/* As vb_loop_until, but a caught signal ends the wait: VB_E_STOPPED, again at every later call
 * until vb_loop_forget_signal. */
enum vb_code vb_loop_until_signal(struct vb_loop *loop, const bool *finished, struct vb_err *err);

/* From here SIGINT, SIGTERM and SIGQUIT are caught instead of ending the process, until released.
 * Calls nest: as many releases as catches. One loop of the process at a time. */
enum vb_code vb_loop_catch_signals(struct vb_loop *loop, struct vb_err *err);
void vb_loop_release_signals(struct vb_loop *loop);
int vb_loop_signal(const struct vb_loop *loop); /* the last one caught, 0: none */
void vb_loop_forget_signal(struct vb_loop *loop);

const char *vb_loop_version(void); /* libuv's, such as "1.44.2" */

#endif
