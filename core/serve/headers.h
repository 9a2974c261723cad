/* headers.h - the head fields that every reply carries, whatever its handler did.
 *
 * Pages load nothing from elsewhere and run no script that does not lie here; nothing of the API is
 * kept by anybody. A handler's own field of the same name stands. */
#ifndef VB_HEADERS_H
#define VB_HEADERS_H

#include "serve/exchange_inner.h"

/* Adds what is missing to call's reply. Before it goes out; once. */
void vb_headers_add(struct vb_call *call);

#endif
