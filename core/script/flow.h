/* flow.h - a scripted flow: "ask this", "say this", or done.
 *
 * A flow is a Lua coroutine in a sandbox of its own. It is a pure function of what it was opened
 * with and of the values it was given, so it can be thrown away and rebuilt by feeding the same
 * values again. Fuel is re-armed at every ask. One thread; one flow a session. */
#ifndef VB_FLOW_H
#define VB_FLOW_H

#include "data/event.h"
#include "data/instrument.h"
#include "script/sandbox.h"

struct vb_flow;
enum vb_flow_step {
    VB_FLOW_ASK,
    VB_FLOW_SAY,
    VB_FLOW_DONE,
    VB_FLOW_BUSY, /* its slice is over (vb_flow_slice): resume again with NULL */
};
struct vb_flow_at {
    enum vb_flow_step step;
    int item, member; /* ASK; member -1: not per member */
    const char *text; /* SAY: in the person's language; valid until the next resume */
};

/* plan and opened are borrowed until destroy. Nothing runs yet. */
enum vb_code vb_flow_create(struct vb_flow **out, const struct vb_plan *plan,
                            const struct vb_opened *opened,
                            const struct vb_sandbox_options *options, struct vb_err *err);
void vb_flow_destroy(struct vb_flow *flow); /* NULL is fine */

/* A resume runs for about so long (ns, 0: to the next step) and then gives VB_FLOW_BUSY. Slices
 * change when a flow runs, never what it does: fuel counts on over them. */
void vb_flow_slice(struct vb_flow *flow, int64_t slice_ns);

/* Runs to the next step. value: the answer to the ask it stands at; NULL at the start and after
 * SAY and BUSY. A missing value reads as nil in Lua; NOT_SHOWN and WITHDRAWN come for an item that
 * this person's form, variant or includes leave out (the caller filters those, not the flow) and
 * for a member who left. VB_E_SCRIPT when the script failed or asked what it may not (unknown,
 * twice, not this role's), with file:line and, unless show_messages, no word that the script made;
 * VB_E_LIMIT when fuel, memory or the deadline ran out; the flow is dead then and only destroy may
 * follow. */
enum vb_code vb_flow_resume(struct vb_flow *flow, const struct vb_value *value,
                            struct vb_flow_at *at, struct vb_err *err);

/* The roster as it is from now on: s.members read after this gives a new table without those who
 * are gone; a table that a loop already walks stays as it was. Call between create and resume or
 * between two resumes. members are borrowed until the next call or destroy; indexes keep their
 * meaning. */
void vb_flow_roster(struct vb_flow *flow, const struct vb_member *members, int count);

#endif
