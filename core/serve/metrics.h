/* metrics.h - what an operator counts: requests by route and class of status, how long they took,
 * what the gate refused. Numbers, patterns of routes, and no id of anybody.
 *
 * Zero-initialise; finish frees. The loop's thread. */
#ifndef VB_METRICS_H
#define VB_METRICS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "serve/gate.h"
#include "serve/route.h"

enum { VB_STATUS_CLASSES = 6, VB_DURATION_BOUNDS = 10 };
struct vb_metrics_route {
    const struct vb_route *route; /* NULL: none was found */
    int64_t answered[VB_STATUS_CLASSES];
};
struct vb_metrics {
    struct vb_metrics_route *routes;
    size_t count, cap;
    int64_t refused[VB_GATE_CLASSES];
    int64_t within[VB_DURATION_BOUNDS + 1]; /* the last: longer than all bounds */
    int64_t took_ns;
};
void vb_metrics_finish(struct vb_metrics *metrics);
void vb_metrics_refused(struct vb_metrics *metrics, enum vb_gate_class class);
void vb_metrics_answered(struct vb_metrics *metrics, const struct vb_route *route, int status,
                         int64_t took_ns);

struct vb_serve;
/* All of it in the text format of Prometheus, with what the server and the rounds have now. */
void vb_metrics_write(struct vb_buf *out, const struct vb_serve *serve);

#endif
