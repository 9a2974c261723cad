/* route.h - which handler hears what: public, seat and staff routes in tables of their own.
 *
 * A path is matched segment by segment, {name} matches one; tables are tried by audience, so that
 * no public request can reach a handler for staff whatever its path. */
#ifndef VB_ROUTE_H
#define VB_ROUTE_H

#include "serve/exchange.h"

enum vb_takes {
    VB_TAKES_NOTHING,
    VB_TAKES_JSON,  /* application/json, through the gate of data/json.h */
    VB_TAKES_IMAGE, /* image/png, image/jpeg, image/webp, and strokes as
                       application/vnd.verbond.strokes+json */
};
struct vb_route {
    enum vb_method method;
    const char *path; /* "/api/v1/staff/rounds/{round}/sheet" */
    void (*handle)(struct vb_exchange *exchange);
    enum vb_takes takes;
    size_t most;    /* bytes of body; 0: VB_BODY_MOST */
    uint32_t roles; /* staff: who may, enum vb_staff_role bits; 0: every one of them */
    bool parked;    /* staff: also from a browser that was handed over */
};
enum { VB_BODY_MOST = 65536 };

/* Each ends with path NULL. */
extern const struct vb_route vb_public_routes[]; /* api_public.c: pages, health, signing in */
extern const struct vb_route vb_seat_routes[];   /* api_turn.c: one person's own turn */
extern const struct vb_route vb_staff_routes[];  /* api_staff.c, which lists those of api_*.c */

/* Routes, says who asks, checks token and role, and calls the handler: everything behind the gate.
 * The reply may come later. */
void vb_route(struct vb_exchange *exchange);

#endif
