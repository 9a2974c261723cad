/* server.h - the carrier: sockets, connections and their limits, on a loop.
 *
 * It accepts by itself, so that limits hold before a byte is read, and hands each connection to
 * libmicrohttpd, which reads and writes when the loop says so. Each request goes through the gate
 * (gate.h) and becomes an exchange. The loop's thread. Room serve only. */
#ifndef VB_SERVER_H
#define VB_SERVER_H

#include <stdint.h>

#include "serve/serve_inner.h"

enum {
    VB_CONNECTIONS = 4096,      /* at once */
    VB_PER_ADDRESS = 256,       /* of one address; one of IPv6 is its /64. Not of this machine */
    VB_PATIENCE_SECONDS = 20,   /* to a whole head, and from there to the whole body */
    VB_REPLY_SECONDS = 120,     /* from the reply to its last byte */
    VB_BEAT_SECONDS = 15,       /* between two beats of a stream */
    VB_GRACE_SECONDS = 10,      /* at the end, for what is being read or written */
    VB_DRAIN_MOST = 1024 * 1024 /* bytes of a refused body that are read all the same */
};

enum vb_code vb_server_start(struct vb_server **out, struct vb_serve *serve, struct vb_err *err);
int vb_server_port(const struct vb_server *server);
/* See vb_serve_stop; stopped runs in a later turn of the loop. */
void vb_server_stop(struct vb_server *server, void (*stopped)(void *ctx), void *ctx);
void vb_server_destroy(struct vb_server *server); /* behind stopped; NULL is fine */

struct vb_server_counts {              /* for metrics */
    int connections, streams, waiting; /* now; waiting: for a later reply */
    int64_t accepted, shed, slow;      /* since the start; shed: beyond a limit, slow: cut off */
};
struct vb_server_counts vb_server_counts(const struct vb_server *server);

#endif
