#include "session/handover.h"

const char *vb_handover_name(enum vb_handover state)
{
    static const char *const names[] = { "at_staff", "with_person", "locked" };
    return names[state];
}

enum vb_handover vb_handover_of(bool parked, bool seat, bool done)
{
    if (!parked)
        return VB_AT_STAFF;
    return seat && !done ? VB_WITH_PERSON : VB_LOCKED;
}
