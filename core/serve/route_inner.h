/* route_inner.h - the two halves of vb_route, for who carries requests: what the head decides,
 * before a body is taken, and what is done with it. Room serve only. */
#ifndef VB_ROUTE_INNER_H
#define VB_ROUTE_INNER_H

#include "serve/route.h"

/* Finds the route, says who asks, and whether they may. False: it was refused, and no body is
 * wanted. */
bool vb_route_open(struct vb_exchange *exchange);
/* How many bytes of body the route of an opened exchange takes. */
size_t vb_route_most(const struct vb_exchange *exchange);
/* With bytes and len there (or body, by a test): reads what is JSON and calls the handler. */
void vb_route_hear(struct vb_exchange *exchange);

#endif
