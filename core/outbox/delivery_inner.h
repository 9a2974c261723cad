/* delivery_inner.h - a delivery from the inside. Only for delivery*.c. */
#ifndef VB_OUTBOX_DELIVERY_INNER_H
#define VB_OUTBOX_DELIVERY_INNER_H

#include "outbox/delivery.h"
#include "outbox/protocol.h"

enum { VB_DELIVERY_REASON_MAX = 512 };

struct vb_digest {
    struct vb_digest *next;
    char text[];
};
struct vb_delivery {
    /* -- fixed after start -- */
    struct vb_delivery_options options; /* texts are ours, in arena */
    struct vb_arena arena;
    struct vb_process *process;
    struct vb_timer *patience; /* until ready, an answer, its end */
    struct vb_timer *window;
    /* -- the child -- */
    enum vb_delivery_state state;
    bool shutting;               /* it was asked to finish */
    bool closed;                 /* its output: it can never answer */
    struct vb_plugin_line ready; /* in arena */
    bool is_ready;
    struct vb_digest *said;                 /* instruments it has heard */
    size_t heard[3];                        /* bytes in this window, by enum vb_stream */
    int logged, dropped;                    /* lines, since the last parcel was given */
    char complaint[VB_DELIVERY_REASON_MAX]; /* its last log line of level error: why it did not
                                               begin */
    char reason[VB_DELIVERY_REASON_MAX];    /* why it is broken; "": not known yet */
    /* -- the parcel that is with it -- */
    char *parcel; /* NULL: none */
    char *before; /* the one before it, which was answered */
    int64_t deadline_ms;
};

/* A line of its own or of its stderr for the log; how: says, writes. Past a number of lines for a
 * parcel they are counted only. */
void vb_delivery_log(struct vb_delivery *delivery, enum vb_log_level level, const char *how,
                     const char *text, size_t len);
/* It is ended; that it was is told when it is gone. The first reason is the one. */
void vb_delivery_end(struct vb_delivery *delivery, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* A line of its stdout. One that breaks the protocol ends it. */
void vb_delivery_hear(struct vb_delivery *delivery, const char *text, size_t len);

#endif
