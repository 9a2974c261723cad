/* server_inner.h - a server and its connections, for server*.c: the only files that know
 * libmicrohttpd.
 *
 *      connection:  HEAD -> BODY -> WORK -> REPLY -> HEAD ...        deadline: all but WORK
 *                                        -> STREAM */
#ifndef VB_SERVER_INNER_H
#define VB_SERVER_INNER_H

#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "loop/timer.h"
#include "loop/watch.h"
#include "serve/exchange_inner.h"
#include "serve/gate.h"
#include "serve/server.h"

enum vb_phase { VB_PHASE_HEAD, VB_PHASE_BODY, VB_PHASE_WORK, VB_PHASE_REPLY, VB_PHASE_STREAM };
struct vb_request_in; /* server_call.c: a call and how far its request is */
struct vb_connection {
    struct vb_connection *next, *previous;
    struct vb_server *server;
    struct MHD_Connection *mhd;
    int fd;
    unsigned char address[16]; /* as IPv6 */
    char name[INET6_ADDRSTRLEN];
    enum vb_phase phase;
    int64_t deadline_ns; /* 0: none */
    bool resting;        /* suspended by a stream that has nothing to say */
    bool closing;        /* told to go */
    struct vb_request_in *request;
};

struct vb_server {
    struct vb_serve *serve;
    struct vb_loop *loop;
    struct MHD_Daemon *daemon;
    int listening, spare; /* descriptors, -1: none */
    int port;
    struct vb_watch *listen_watch, *daemon_watch;
    struct vb_timer *pump_timer, *sweep_timer, *accept_timer;
    bool pumping, again;
    struct vb_connection *first;     /* the newest */
    struct vb_connection *accepting; /* on its way into the list */
    struct vb_server_counts counts;
    int connections_most, per_address, patience_s;
    bool per_address_given;
    int64_t beat_ns;
    bool stopping, stopped;
    int64_t grace_ns;
    void (*on_stopped)(void *ctx);
    void *ctx;
    char refusal[256]; /* what libmicrohttpd said last */
};

int64_t vb_server_now(const struct vb_server *server); /* monotonic, ns */
/* Lets libmicrohttpd go on, at the loop's next turn. */
void vb_server_kick(struct vb_server *server);
/* The phase, and how long it may take; 0 seconds: as long as it likes. */
void vb_connection_enter(struct vb_connection *connection, enum vb_phase phase, int seconds);
/* Ends it, whatever it is at: libmicrohttpd sees the end of the line. */
void vb_connection_cut(struct vb_connection *connection);

/* server_accept.c */
enum vb_code vb_server_listen(struct vb_server *server, struct vb_err *err);
void vb_server_unlisten(struct vb_server *server);
void vb_server_sweep(struct vb_server *server); /* who is too slow */
/* Says on the call who it is that asks, and whether by TLS. */
void vb_server_meet(const struct vb_connection *connection, struct vb_call *call);

/* server_call.c: what libmicrohttpd calls */
void *vb_server_on_target(void *cls, const char *target, struct MHD_Connection *mhd);
enum MHD_Result vb_server_on_request(void *cls, struct MHD_Connection *mhd, const char *url,
                                     const char *method, const char *version, const char *bytes,
                                     size_t *len, void **request);
void vb_server_on_completed(void *cls, struct MHD_Connection *mhd, void **request,
                            enum MHD_RequestTerminationCode how);

/* server_reply.c */
enum MHD_Result vb_server_reply(struct vb_connection *connection, struct vb_call *call, bool last);
void vb_server_beat(struct vb_connection *connection);       /* of one with a stream */
void vb_server_end_stream(struct vb_connection *connection); /* after what waits was sent */
struct vb_stream *vb_server_stream(const struct vb_connection *connection); /* NULL: none */

#endif
