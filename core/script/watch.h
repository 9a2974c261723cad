/* watch.h - what a flow reads, seen while it runs: for whoever walks every path of it.
 *
 * What a flow does follows from its opening and from what it read of the answers. Two answers that
 * differ in nothing it read lead to the same. One thread, as the flow. */
#ifndef VB_WATCH_H
#define VB_WATCH_H

#include "script/asks.h"
#include "script/flow.h"

enum vb_opened_part { VB_READS_FORMAT, VB_READS_LANGUAGE };

struct vb_watch {
    const struct vb_asks *asks; /* of the plan */
    void *ctx;
    /* The resume that runs now will give VB_FLOW_ASK. dropped: the script throws the answer away,
     * and only s:reason can tell it of it. */
    void (*asking)(void *ctx, bool dropped);
    void (*reads_reason)(void *ctx, int item, int member);
    void (*reads_opened)(void *ctx, enum vb_opened_part part);
    /* s:earlier: gives the value in the place of what the session was opened with; NULL: there was
     * none. wave NULL: the latest. It lives until the next resume. */
    const struct vb_value *(*earlier)(void *ctx, int item, const char *wave);
};

/* Between create and the first resume; watch is borrowed until destroy. */
void vb_flow_watch(struct vb_flow *flow, const struct vb_watch *watch);

#endif
