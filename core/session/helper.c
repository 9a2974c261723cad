/* helper.c - who reads aloud, helps or interprets, and whether that is somebody the answers are
 * about. Pure. */
#include "base/str.h"
#include "session/round.h"

static const char other[] = "other";

static enum vb_code unknown(const struct vb_plan *plan, const char *helper, struct vb_err *err)
{
    const char *names[VB_ROLES_MAX + 1];
    for (int i = 0; i < plan->role_count; i++)
        names[i] = plan->roles[i].name;
    names[plan->role_count] = other;
    const char *meant = vb_did_you_mean(helper, names, (size_t)plan->role_count + 1);
    return vb_fail(err, VB_E_DATA, "a helper is a role of %s, or other; not \"%.40s\"%s%s%s",
                   plan->id, helper, meant == NULL ? "" : "; did you mean ",
                   meant == NULL ? "" : meant, meant == NULL ? "" : "?");
}

enum vb_code vb_round_check_helper(const struct vb_plan *plan, const char *mode, const char *helper,
                                   struct vb_err *err)
{
    if (helper == NULL)
        return VB_OK;
    if (mode == NULL || vb_streq(mode, "self"))
        return vb_fail(err, VB_E_DATA,
                       "a helper goes with the mode aloud, helper, interpreter, phone or paper");
    if (vb_streq(helper, other) || vb_plan_role(plan, helper) >= 0)
        return VB_OK;
    return unknown(plan, helper, err);
}

/* Somebody in the roster, and this role answers about who is in it: about itself alone does not
 * count. */
static bool is_answered_about(const struct vb_plan *plan, int role, int helper)
{
    if (!plan->roles[helper].in_roster)
        return false;
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        bool of_others = item->per_member && (!item->about || !plan->roles[role].in_roster);
        if (of_others && item->text[role] != NULL)
            return true;
    }
    return false;
}

bool vb_helper_is_rated(const struct vb_plan *plan, const char *role, const char *helper)
{
    static const char professional[] = "professional";
    int of = vb_plan_role(plan, role), by = helper == NULL ? -1 : vb_plan_role(plan, helper);
    if (of < 0 || by < 0)
        return false;
    if (vb_streq(helper, professional) && !vb_streq(role, professional))
        return true;
    return is_answered_about(plan, of, by);
}
