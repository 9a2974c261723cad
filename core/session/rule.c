/* rule.c - when a round is released, and whom a revision then shows. Pure.
 *
 * The same rule for the round as it is now and for what a revision rests on, so that a revision
 * shows the same whenever it is read. Somebody who took everything back never shared, in any of
 * them. */
#include "base/str.h"
#include "session/round_state.h"

bool vb_rule_waits_for(const struct vb_plan *plan, int role, const struct vb_standing *voices,
                       size_t count)
{
    const struct vb_role *asked = &plan->roles[role];
    bool began = false;
    for (size_t i = 0; i < count; i++)
        began |= voices[i].began && vb_streq(voices[i].role, asked->name);
    return !asked->optional || began;
}

int vb_rule_shared(const struct vb_standing *voices, size_t count)
{
    int shared = 0;
    for (size_t i = 0; i < count; i++)
        shared += voices[i].shared;
    return shared;
}

static bool has_shared(const struct vb_standing *voices, size_t count, const char *role)
{
    bool shared = false;
    for (size_t i = 0; i < count; i++)
        shared |= voices[i].shared && vb_streq(voices[i].role, role);
    return shared;
}

bool vb_rule_holds(const struct vb_plan *plan, const struct vb_standing *voices, size_t count)
{
    int shared = vb_rule_shared(voices, count);
    if (vb_round_is_group(plan))
        return shared >= 2;
    for (int i = 0; i < plan->role_count; i++)
        if (!has_shared(voices, count, plan->roles[i].name) &&
            vb_rule_waits_for(plan, i, voices, count))
            return false;
    return shared > 0;
}
