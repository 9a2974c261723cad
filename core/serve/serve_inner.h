/* serve_inner.h - what the handlers of one server share. Room serve only; tests make one by hand.
 */
#ifndef VB_SERVE_INNER_H
#define VB_SERVE_INNER_H

#include "base/log.h"
#include "serve/auth.h"
#include "serve/health.h"
#include "serve/live.h"
#include "serve/metrics.h"
#include "serve/serve.h"

struct vb_server;    /* server.h: sockets and connections */
struct vb_step_kept; /* step_kept.h: questions that were written before */
struct vb_serve {
    const struct vb_house *house; /* borrowed */
    struct vb_auth *auth;
    struct vb_live *live;
    struct vb_audio *audio;          /* NULL: nothing was read aloud yet */
    struct vb_step_kept *kept;       /* NULL: nothing was asked yet */
    struct vb_server *server;        /* NULL: nobody listens, a test calls the routes */
    struct vb_serve_options options; /* strings borrowed */
    struct vb_metrics metrics;
    struct vb_health health;
    bool stopping;         /* no longer ready */
    int64_t since_wall_ms; /* when it began; 0: not said */
};

/* Says in the log what went wrong with an exchange: the route's pattern and err's words, no path
 * and nothing that came in. */
void vb_serve_log(const struct vb_exchange *exchange, enum vb_log_level level,
                  const struct vb_err *err);

#endif
