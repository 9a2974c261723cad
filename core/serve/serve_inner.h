/* serve_inner.h - what the handlers of one server share. Room serve only; tests make one by hand.
 */
#ifndef VB_SERVE_INNER_H
#define VB_SERVE_INNER_H

#include "serve/auth.h"
#include "serve/live.h"
#include "serve/serve.h"

struct vb_server; /* server.c's own: sockets and connections */
struct vb_serve {
    const struct vb_house *house; /* borrowed */
    struct vb_auth *auth;
    struct vb_live *live;
    struct vb_server *server; /* NULL: nobody listens, a test calls the routes */
};

#endif
