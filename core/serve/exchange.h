/* exchange.h - one request that passed the gate, and its one reply.
 *
 * What a handler sees of HTTP. server.c makes exchanges out of connections; tests make them by
 * hand, so that no handler needs a socket to be tried. A handler replies before it returns, or
 * says vb_exchange_later and replies from a done of the store, on the loop's thread; exactly one
 * reply each. Everything hangs in the exchange's arena, which goes after the reply was sent.
 *
 *      connection -> gate -> route -> auth -> handler -> reply
 *                    400,431  404      401,403   |
 *                    413,501  405      423,429   +-- later: suspended until the reply */
#ifndef VB_EXCHANGE_H
#define VB_EXCHANGE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "kinds/kind.h"
#include "serve/who.h"

struct vb_serve;
struct vb_route;
enum vb_method { VB_GET, VB_POST, VB_PUT, VB_DELETE, VB_METHOD_COUNT }; /* HEAD is a GET */
enum { VB_PARAMS_MAX = 4 };

struct vb_exchange {
    struct vb_serve *serve; /* borrowed */
    const struct vb_route *route;
    enum vb_method method;
    const char *path;                  /* decoded, without the query */
    const char *params[VB_PARAMS_MAX]; /* what stands for {..} of the route's path, in order */
    const char *address;               /* the peer's, for limits and the log of refusals */
    cJSON *body;                       /* of a route that takes JSON; else NULL */
    const void *bytes;                 /* of a route that takes something else */
    size_t len;
    const char *type; /* of bytes: "image/png" */
    struct vb_who who;
    struct vb_arena arena;
    bool later, replied;
};

/* A field of the query, decoded; NULL: it is not there. */
const char *vb_exchange_query(const struct vb_exchange *exchange, const char *name);
/* A head field by name, whatever its case; NULL: it is not there. */
const char *vb_exchange_header(const struct vb_exchange *exchange, const char *name);
/* How this browser calls us, for links that others open: "https://praat.example"; by the option of
 * the server, else by Host. */
const char *vb_exchange_origin(const struct vb_exchange *exchange);
/* The reply comes from a later turn of the loop, and is thrown away when the peer went meanwhile.
 */
void vb_exchange_later(struct vb_exchange *exchange);

/* A head field of the reply; before the reply. Set-Cookie through vb_reply_cookie alone. */
void vb_reply_header(struct vb_exchange *exchange, const char *name, const char *value);
/* HttpOnly, SameSite=Strict, Path=/; under TLS Secure and with the prefix __Host-. max_age_s 0:
 * takes it away. */
void vb_reply_cookie(struct vb_exchange *exchange, const char *name, const char *value,
                     int64_t max_age_s);

/* One of these, once. Every reply of the API carries Cache-Control: no-store. */
void vb_reply_json(struct vb_exchange *exchange, int status, const struct vb_buf *json);
void vb_reply_bytes(struct vb_exchange *exchange, int status, const char *type, const void *bytes,
                    size_t len);
void vb_reply_empty(struct vb_exchange *exchange, int status); /* 204 */
/* {"error":{"code","message"}} with "field" when field is not NULL. code is one of the words of
 * docs/reference/http-api.md; message is English and holds no answer and no name. */
void vb_reply_refuse(struct vb_exchange *exchange, int status, const char *code, const char *field,
                     const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* What a verb of the engine said: absent 404, conflict 409, busy 409 "busy", data 422, limit 413,
 * io 503, else 500. An internal error's own words go to the log, not out. */
void vb_reply_code(struct vb_exchange *exchange, enum vb_code code, const struct vb_err *err);

/* Server-sent events. The reply is an open stream; send adds "event: NAME\ndata: JSON\n\n". When
 * the peer goes or the server stops, closed runs once and the stream is no more. At most
 * VB_STREAM_BACKLOG bytes wait for a slow reader, who is cut off past that and comes again. */
struct vb_stream;
enum { VB_STREAM_BACKLOG = 65536 };
struct vb_stream_owner {
    bool (*still)(void *ctx); /* may they still hear? Asked before each event and each beat; false
                                 ends the stream. NULL: always */
    void (*closed)(void *ctx);
    void *ctx;
};
struct vb_stream *vb_reply_stream(struct vb_exchange *exchange,
                                  const struct vb_stream_owner *owner);
/* Nothing goes out any more, also not what waits; closed runs soon. */
void vb_stream_end(struct vb_stream *stream);
void vb_stream_send(struct vb_stream *stream, const char *name, const struct vb_buf *json);

#endif
