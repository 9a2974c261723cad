/* explore_opening.c - which kinds of session there are.
 *
 * A kind in which the person could be asked nothing at all is none: a form for parents is not
 * walked as a child. Formats and languages come only where something reads them: explore.c asks for
 * them when it saw that. */
#include <string.h>

#include "author/explore_inner.h"
#include "base/str.h"
#include "session/round.h"

enum { MEMBERS_MOST = 3, WITH_MOST = 4 };

struct opening {
    struct vb_explorer *x;
    vb_each_setup *each;
    void *ctx;
    bool counting, stopped;
    int count, at; /* how many there are, and how many were given */
    struct vb_setup setup;
    struct vb_member members[MEMBERS_MOST];
    const char *with[VB_FORMS_MAX];
};

/* May this person be asked anything, whatever the answers? */
static bool asks_anything(struct vb_explorer *x, const struct vb_setup *setup)
{
    struct vb_err err;
    struct vb_event event = {
        .type = VB_EVENT_OPENED, .seq = 1, .item = -1, .member = -1, .opened = &setup->opened
    };
    vb_fold_reset(x->again);
    vb_fold_apply(x->again, &event, &err); /* what a flow says to it is not asked here */
    for (int i = 0; i < x->plan->item_count; i++)
        for (int member = -1; member < setup->opened.member_count; member++)
            if (vb_fold_asks(x->again, i, member))
                return true;
    return false;
}

static void give(struct opening *opening)
{
    if (opening->stopped || !asks_anything(opening->x, &opening->setup))
        return;
    if (opening->counting) {
        opening->count++;
        return;
    }
    opening->at++;
    if (!opening->each(opening->ctx, &opening->setup, opening->count - opening->at))
        opening->stopped = true;
}

/* -- rosters ----------------------------------------------------------------------------------- */

static const char *const labels[MEMBERS_MOST] = { "A", "B", "C" };
static const char *const persons[MEMBERS_MOST] = { "explore-a", "explore-b", "explore-c" };

/* The roster's roles in turn, beginning with the first-th. */
static void fill_members(struct opening *opening, int count, int first, const char *form)
{
    const struct vb_plan *plan = opening->x->plan;
    struct vb_opened *opened = &opening->setup.opened;
    int roles[VB_ROLES_MAX], role_count = 0;
    for (int i = 0; i < plan->role_count; i++)
        if (plan->roles[i].in_roster)
            roles[role_count++] = i;
    for (int i = 0; i < count; i++)
        opening->members[i] = (struct vb_member){
            .person = persons[i],
            .role = plan->roles[roles[(first + i) % role_count]].name,
            .label = labels[i],
            .form = form,
        };
    opened->members = opening->members;
    opened->member_count = count;
    opened->person = opened->person == NULL ? NULL : "explore-self";
    opened->label = NULL;
}

/* The person is one of the roster itself: the first who has that role, or the first of all. */
static void put_self(struct opening *opening, int role)
{
    struct vb_opened *opened = &opening->setup.opened;
    const char *name = opening->x->plan->roles[role].name;
    int self = 0;
    if (opened->person == NULL || opened->member_count == 0 ||
        !opening->x->plan->roles[role].in_roster)
        return;
    for (int i = opened->member_count; i-- > 0;)
        if (vb_streq(opening->members[i].role, name))
            self = i;
    opening->members[self].role = name;
    opening->members[self].form = opened->form;
    opened->person = opening->members[self].person;
    opened->label = opening->members[self].label;
}

static void each_shape(struct opening *opening, int role, int count, int roster_roles)
{
    const struct vb_plan *plan = opening->x->plan;
    bool alone = count == 1 && plan->roles[role].in_roster;
    for (int first = 0; first < (alone || count == 0 ? 1 : roster_roles); first++)
        for (int form = -1; form < (count == 0 ? 0 : plan->form_count); form++) {
            fill_members(opening, count, first, form < 0 ? NULL : plan->forms[form].name);
            put_self(opening, role);
            give(opening);
        }
}

static void each_roster(struct opening *opening, int role)
{
    const struct vb_plan *plan = opening->x->plan;
    int roster_roles = 0;
    opening->setup.opened.members = NULL;
    opening->setup.opened.member_count = 0;
    opening->setup.opened.person = opening->setup.opened.person == NULL ? NULL : "explore-self";
    for (int i = 0; i < plan->role_count; i++)
        roster_roles += plan->roles[i].in_roster;
    if (roster_roles == 0 || plan->roster_max == 0) {
        give(opening);
        return;
    }
    int most = plan->roster_max < MEMBERS_MOST ? plan->roster_max : MEMBERS_MOST;
    int least = plan->roles[role].in_roster ? 1 : plan->roster_min;
    for (int count = least < most ? least : most; count <= most; count++)
        each_shape(opening, role, count, roster_roles);
}

/* -- what is chosen for a round ---------------------------------------------------------------- */

/* Every set of the includes that may be on or off; of many: none, each alone, all. */
static void each_with(struct opening *opening, int role)
{
    const struct vb_plan *plan = opening->x->plan;
    int optional[VB_FORMS_MAX], count = 0;
    for (int i = 0; i < plan->include_count; i++)
        if (plan->includes[i].optional)
            optional[count++] = i;
    uint32_t all = (UINT32_C(1) << count) - 1;
    for (uint32_t set = 0; set <= all; set++) {
        if (count > WITH_MOST && set != all && (set & (set - 1)) != 0)
            continue;
        int on = 0;
        for (int i = 0; i < count; i++)
            if ((set >> i & 1) != 0)
                opening->with[on++] = plan->includes[optional[i]].name;
        opening->setup.opened.with = opening->with;
        opening->setup.opened.with_count = on;
        each_roster(opening, role);
    }
}

static void each_form(struct opening *opening, int role)
{
    const struct vb_explorer *x = opening->x;
    const struct vb_plan *plan = x->plan;
    bool together = opening->setup.opened.person == NULL;
    const char *only = x->options->form;
    for (int form = only == NULL ? -1 : 0; form < (together ? 0 : plan->form_count); form++) {
        opening->setup.opened.form = form < 0 ? NULL : plan->forms[form].name;
        if (only == NULL || vb_streq(only, opening->setup.opened.form))
            each_with(opening, role);
    }
}

static void each_variant(struct opening *opening, int role)
{
    const struct vb_plan *plan = opening->x->plan;
    for (int variant = vb_round_needs_variant(plan) ? 0 : -1; variant < plan->variant_count;
         variant++) {
        opening->setup.opened.variant = variant < 0 ? NULL : plan->variants[variant].name;
        opening->setup.policy = variant < 0 ? plan->policy : plan->variants[variant].policy;
        each_form(opening, role);
    }
}

static bool has_together(const struct vb_plan *plan)
{
    for (int i = 0; i < plan->item_count; i++)
        if (plan->items[i].stage == VB_TOGETHER)
            return true;
    return false;
}

static void each_role(struct opening *opening)
{
    const struct vb_plan *plan = opening->x->plan;
    const struct vb_explore_options *options = opening->x->options;
    opening->setup.opened = (struct vb_opened){
        .digest = plan->digest,
        .api = VB_API_VERSION,
        .person = "explore-self",
        .language = plan->languages[0],
        .format = plan->format_count > 0 ? plan->formats[0].name : NULL,
        .mode = "self",
        .opening = "1",
    };
    for (int role = 0; role < plan->role_count; role++) {
        if (options->role != NULL && !vb_streq(options->role, plan->roles[role].name))
            continue;
        opening->setup.opened.role = plan->roles[role].name;
        opening->setup.opened.person = "explore-self";
        each_variant(opening, role);
    }
    /* Everybody together: nobody's own session, in the words of the first role. */
    if (options->role != NULL || options->form != NULL || !has_together(plan))
        return;
    opening->setup.opened.role = plan->roles[0].name;
    opening->setup.opened.person = NULL;
    each_variant(opening, 0);
}

void vb_each_opening(struct vb_explorer *x, vb_each_setup *each, void *ctx)
{
    struct opening opening = { .x = x, .each = each, .ctx = ctx, .counting = true };
    each_role(&opening);
    opening.counting = false;
    each_role(&opening);
}
