/* serve_scene.h - a web runner on a store in memory, and browsers that ask it: no socket, the
 * routes are called by hand.
 *
 * Times stand still until a test moves them. Browsers keep cookies and the token that
 * X-Verbond-Token wants, as pages do. */
#ifndef VB_SERVE_SCENE_H
#define VB_SERVE_SCENE_H

#include "tests.h"

#include "serve/exchange_inner.h"
#include "serve/route.h"
#include "serve/serve_inner.h"

enum { SERVE_REPLIES_MOST = 512 };
struct serve_scene {
    struct vb_loop *loop;
    struct vb_store *store;
    struct vb_log log;
    struct vb_env env;
    struct vb_house house;
    struct vb_serve serve;
    const char *folder;   /* where instruments lie */
    struct vb_buf logged; /* every line of the log */
    int64_t wall_ms, mono_ns;
    uint64_t seed;
    int brought;               /* times that results were brought out */
    struct vb_plan *plans[32]; /* the house's */
    int plan_count;
    struct serve_reply *replies[SERVE_REPLIES_MOST]; /* freed at the end */
    int reply_count;
};
struct serve_browser {
    char cookies[4][256];  /* NAME=VALUE */
    char token[128];       /* X-Verbond-Token; "" none */
    const char *site;      /* Sec-Fetch-Site; NULL: same-origin */
    const char *address;   /* NULL: 127.0.0.1 */
    const char *header[2]; /* one more field: name, value */
};
struct serve_reply {
    struct vb_call *call; /* NULL: it came back */
    int status;
    const char *type, *text; /* text: the body, "" none */
    size_t len;
    cJSON *json;              /* of a body of JSON */
    struct vb_stream *stream; /* of an event stream that is open */
    bool done;
};

/* instruments: the folder; a reference to "instruments" is what most want. Stays where it is. */
void serve_scene_begin(struct serve_scene *scene, const char *instruments);
void serve_scene_end(struct serve_scene *scene);
void serve_scene_pass(struct serve_scene *scene, int64_t ms); /* time goes by */

/* Asks and waits for the reply, turning the loop. body: JSON, or NULL. browser NULL: a new one.
 * The reply is the scene's until its end. */
const struct serve_reply *serve_ask(struct serve_scene *scene, struct serve_browser *browser,
                                    const char *method, const char *target, const char *body);
/* The same with bytes of another type. */
const struct serve_reply *serve_put(struct serve_scene *scene, struct serve_browser *browser,
                                    const char *method, const char *target, const char *type,
                                    const void *bytes, size_t len);
/* The same request as it stands before it is routed, to be handed to a part of the server by a
 * test. Its reply is never waited for. */
struct vb_exchange *serve_request(struct serve_scene *scene, struct serve_browser *browser,
                                  const char *method, const char *target, const char *type);
/* A head field of the reply; NULL: it has none. */
const char *serve_header(const struct serve_reply *reply, const char *name);
/* Fails the test unless the reply has this status; says what came instead. */
void serve_status(const struct serve_reply *reply, int status);
/* "conflict" of {"error":{"code":"conflict"}}; NULL: it is no refusal. */
const char *serve_refusal(const struct serve_reply *reply);
/* A text of the reply's object; fails the test when it is not there. */
const char *serve_text(const struct serve_reply *reply, const char *name);
/* What a stream said since the last time it was asked, in the buffer (empty before). */
void serve_heard(const struct serve_reply *reply, struct vb_buf *out);

#endif
