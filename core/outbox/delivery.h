/* delivery.h - the process of one output, and the one parcel that is with it.
 *
 *      starting --ready--> free --give--> busy --answer--> free
 *          `---------------- broken (ended, silent, lied, flooded) <--'
 *
 * Knows lines and processes; nothing of stores, order or patience (outbox.h). A child that breaks
 * the protocol is ended with its whole group, and the reason says what it did; it is told once the
 * child is gone, so that no two of one output ever run. What a child writes on stderr or says by
 * log goes into the log, so many lines of it for each parcel. Belongs to its loop's thread. */
#ifndef VB_OUTBOX_DELIVERY_H
#define VB_OUTBOX_DELIVERY_H

#include "base/log.h"
#include "loop/loop.h"
#include "outbox/protocol.h"

struct vb_delivery;
enum vb_delivery_state {
    VB_DELIVERY_STARTING,
    VB_DELIVERY_FREE,
    VB_DELIVERY_BUSY,
    VB_DELIVERY_BROKEN
};
enum vb_answer_kind {
    VB_ANSWER_DELIVERED,
    VB_ANSWER_RETRY,
    VB_ANSWER_REJECTED,
    VB_ANSWER_BROKEN, /* no answer came: it ended, was silent past the deadline, or lied */
};
#define VB_DELIVERY_UNLIMITED SIZE_MAX
struct vb_delivery_options {
    struct vb_loop *loop;
    const struct vb_log *log;
    const char *program;           /* verbond itself: starts everything through output-host */
    const char *plugin;            /* absolute path of a .so, .lua or program */
    const char *output;            /* its name */
    const char *options;           /* JSON object of texts, paths absolute; NULL: describe only */
    const char *dir;               /* its own folder; made (0700) where it is not */
    size_t memory_max;             /* bytes of address space; 0: 512 MiB; VB_DELIVERY_UNLIMITED.
                                    * Not under sanitizers */
    int64_t ready_ms, deadline_ms; /* patience until ready (0: 10,000), and for one parcel that says
                                    * none itself (0: 30,000) */
    /* state changed to FREE or BROKEN; reason (borrowed, "" for FREE) says why. BROKEN: its process
     * is gone. May not destroy. */
    void (*changed)(void *ctx, enum vb_delivery_state state, const char *reason);
    /* What became of the parcel that was given; before changed. after_ms 0: not said. May give the
     * next one when an answer came; may not destroy. */
    void (*answered)(void *ctx, enum vb_answer_kind kind, int64_t after_ms, const char *reason);
    void *ctx;
};
/* Starts the child. The texts are copied. VB_E_ABSENT, VB_E_IO: it could not be. */
enum vb_code vb_delivery_start(struct vb_delivery **out, const struct vb_delivery_options *options,
                               struct vb_err *err);
/* BROKEN from the moment it is known, which may be before changed says so. */
enum vb_delivery_state vb_delivery_state(const struct vb_delivery *delivery);
/* What ready said; NULL before. */
const struct vb_plugin_line *vb_delivery_ready(const struct vb_delivery *delivery);
/* Only when it is FREE. instrument_json is said before it where this child has not heard it yet.
 * Everything is copied. VB_E_LIMIT: a line would be too long; nothing was sent. */
enum vb_code vb_delivery_give(struct vb_delivery *delivery, const struct vb_deliver *deliver,
                              const char *instrument_json, size_t instrument_len,
                              struct vb_err *err);
/* Asks it to finish within the deadline, then ends it; a parcel that is with it may still be
 * answered. changed says BROKEN with reason "" when it ended by itself. So it does after ready when
 * it was only to describe itself. */
void vb_delivery_shutdown(struct vb_delivery *delivery, int64_t deadline_ms);
void vb_delivery_destroy(struct vb_delivery *delivery); /* NULL is fine; ends the group */

#endif
