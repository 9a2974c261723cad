/* exchange_inner.h - what stands behind an exchange: the fields that came in, the reply that goes
 * out. Room serve, and tests that make exchanges by hand.
 *
 * A handler sees struct vb_exchange; whoever carries it (server_call.c, or a test) makes a struct
 * vb_call, fills in the request, calls vb_route, and takes the reply from it. The loop's thread. */
#ifndef VB_EXCHANGE_INNER_H
#define VB_EXCHANGE_INNER_H

#include "serve/exchange.h"

struct vb_field {
    const char *name, *value;
};
struct vb_fields { /* in the call's arena */
    struct vb_field *rows;
    size_t count, cap;
};
void vb_fields_add(struct vb_fields *fields, struct vb_arena *arena, const char *name,
                   const char *value);

struct vb_call {
    struct vb_exchange exchange; /* first: a call is its exchange */
    struct vb_fields head;       /* of the request, as it came */
    struct vb_fields query;      /* decoded */
    bool secure;                 /* the browser came by TLS: ours, or that of a proxy */
    bool api;                    /* under /api: nothing of it is kept by anybody */
    bool bodiless;               /* HEAD: the head of the reply is all that is sent */

    int status; /* of the reply; 0: there is none yet */
    struct vb_fields reply;
    const char *reply_type; /* NULL: no body */
    struct vb_buf reply_body;
    struct vb_stream *stream; /* NULL: it has a body */

    /* The reply stands now; NULL: nobody has to know. Only for one that came later. */
    void (*replied)(struct vb_call *call);
    void *carrier; /* the carrier's own */
};
struct vb_call *vb_call_of(const struct vb_exchange *exchange);
/* Path and query of a target that passed the gate: decoded, in the call's arena. */
void vb_call_target(struct vb_call *call, const char *target);
/* Frees the arena and what the reply holds. A stream is closed before. */
void vb_call_finish(struct vb_call *call);

/* An open stream, between who sends and who carries. */
struct vb_stream {
    struct vb_buf waiting; /* from taken on: not carried yet */
    size_t taken;
    bool cut;    /* too slow, or ended: nothing is added any more, the carrier ends it */
    bool closed; /* closed ran */
    struct vb_stream_owner owner;
    void (*wake)(struct vb_stream *stream); /* there is something to carry; NULL: nobody carries */
    void *carrier;
};
/* A line that says nothing, so that a peer that went is noticed and proxies keep it open. */
void vb_stream_beat(struct vb_stream *stream);
/* Copies at most room bytes of what waits; 0: nothing waits. */
size_t vb_stream_take(struct vb_stream *stream, char *out, size_t room);
void vb_stream_close(struct vb_stream *stream); /* runs closed, once */

#endif
