/* health.h - whether the store can be written, for whoever watches over the server. The loop's
 * thread. */
#ifndef VB_HEALTH_H
#define VB_HEALTH_H

#include "serve/exchange.h"

enum { VB_HEALTH_MS = 2000, VB_HEALTH_BYTES = 8192 /* more pages than an answer takes */ };
struct vb_health { /* zero-initialise */
    bool written;
    int64_t written_ms; /* monotonic */
};
/* Writes VB_HEALTH_BYTES into the store, over the ones before, the whole way to the disk, and calls
 * done with what became of it; an error is in the log then. Less than VB_HEALTH_MS after one that
 * arrived done is called at once: whoever asks often makes nobody's answers wait. */
void vb_health_ask(struct vb_exchange *exchange,
                   void (*done)(struct vb_exchange *exchange, enum vb_code code));

#endif
