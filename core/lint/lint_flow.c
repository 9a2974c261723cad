/* The order as data: conditions that say nothing, questions and roles that nobody comes to. */
#include <string.h>

#include "base/str.h"
#include "lint/conditions.h"
#include "lint/lint_inner.h"

static struct vb_trying trying_of(struct vb_linting *lint, int format, const uint8_t *asked)
{
    return (struct vb_trying){ .plan = lint->plan,
                               .items = lint->plan->items,
                               .format = format,
                               .asked = asked,
                               .left = &lint->trials_left };
}

static int formats_of(const struct vb_plan *plan)
{
    return plan->format_count > 0 ? plan->format_count : 1;
}

/* -- conditions that always hold -- */

static bool compares(const struct vb_cond *cond)
{
    if (cond->op < VB_COND_ALL)
        return cond->op != VB_COND_ANSWERED;
    for (int i = 0; i < cond->count; i++)
        if (compares(cond->of[i]))
            return true;
    return false;
}

static bool always_holds(struct vb_linting *lint, const struct vb_cond *cond)
{
    if (!compares(cond)) /* v.answered means to hold for every answer */
        return false;
    for (int format = 0; format < formats_of(lint->plan); format++) {
        struct vb_trying trying = trying_of(lint, format, NULL);
        if (vb_condition_can_fail(&trying, cond))
            return false;
    }
    return true;
}

static void check_always(struct vb_linting *lint, const struct vb_item *item)
{
    if (always_holds(lint, item->when))
        vb_lint_item(lint, VB_WARNING, item, "always-holds",
                     "change the value, or say v.answered(id) when any answer will do",
                     "its condition holds whatever is answered");
}

static void check_says(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    for (int i = 0; i < plan->step_count; i++) {
        const struct vb_step *step = &plan->steps[i];
        if (step->op == VB_OP_SAY && step->when != NULL && step->include < 0 &&
            always_holds(lint, step->when))
            vb_lint_head(lint, VB_WARNING, step->text->by_language[0], "always-holds",
                         "change the value, or take the condition out",
                         "the condition of the message \"%s\" holds whatever is answered",
                         step->text->by_language[0]);
    }
}

/* -- questions that nobody comes to -- */

/* The loader found it on its own, for a role, a form or a format. */
static bool told_already(const struct vb_linting *lint, const struct vb_item *item)
{
    for (size_t i = 0; i < lint->findings->count; i++) {
        const struct vb_finding *found = &lint->findings->list[i];
        const char *id = strstr(found->message, item->id);
        if (vb_starts_with(found->code, "never-") && id != NULL && id > found->message &&
            id[-1] == '"' && vb_starts_with(id + strlen(item->id), "\": "))
            return true;
    }
    return false;
}

static bool reached(struct vb_linting *lint, const struct vb_item *item,
                    const struct vb_shape_of *shape)
{
    if (!vb_lint_asked(lint->plan, item, shape))
        return false;
    const uint8_t *asked = vb_lint_all_asked(lint, shape);
    if (lint->trials_left < 0)
        return true;
    for (int format = 0; format < formats_of(lint->plan); format++) {
        struct vb_trying trying = trying_of(lint, format, asked);
        if (vb_condition_possible(&trying, item->when))
            return true;
    }
    return false;
}

/* Does anybody reach it in this variant, with all questions or in one of the forms? */
static bool reached_in(struct vb_linting *lint, const struct vb_item *item, int variant)
{
    const struct vb_plan *plan = lint->plan;
    for (int form = -1; form < plan->form_count; form++)
        for (int role = 0; role < plan->role_count; role++) {
            struct vb_shape_of shape = { .role = role, .form = form, .variant = variant };
            if (reached(lint, item, &shape))
                return true;
        }
    return false;
}

static void check_reached(struct vb_linting *lint, const struct vb_item *item)
{
    const struct vb_plan *plan = lint->plan;
    int meant = 0, reachable = 0, missed = -1;
    for (int variant = plan->variant_count > 0 ? 0 : -1; variant < plan->variant_count; variant++) {
        if (variant >= 0 && (item->variants >> variant & 1) == 0)
            continue;
        bool here = reached_in(lint, item, variant);
        meant++;
        reachable += here;
        if (!here)
            missed = variant;
    }
    if (reachable == meant || told_already(lint, item))
        return;
    if (reachable == 0)
        vb_lint_item(lint, VB_ERROR, item, "unreachable-item",
                     "change the condition, or take the question out",
                     "nobody comes to it: what its condition looks at is never answered so");
    else
        vb_lint_item(lint, VB_WARNING, item, "never-in-variant",
                     vb_lint_say(lint, "leave it out there: variants = { ... } without \"%s\"",
                                 plan->variants[missed].name),
                     "nobody comes to it in the variant \"%s\"", plan->variants[missed].name);
}

/* -- dead ends -- */

static bool asked_anything(const struct vb_plan *plan, const struct vb_shape_of *shape)
{
    for (int i = 0; i < plan->item_count; i++)
        if (vb_lint_asked(plan, &plan->items[i], shape))
            return true;
    return false;
}

static void check_shape(struct vb_linting *lint, const struct vb_shape_of *shape)
{
    const struct vb_plan *plan = lint->plan;
    struct vb_shape_of whole = { .role = shape->role, .form = -1, .variant = -1 };
    if (asked_anything(plan, shape) || !asked_anything(plan, &whole))
        return; /* a role that is asked nothing at all was told by the loader */
    struct vb_shape_of where = { .role = -1, .form = shape->form, .variant = shape->variant };
    vb_lint_head(lint, VB_WARNING,
                 shape->form >= 0 ? plan->forms[shape->form].name
                                  : plan->variants[shape->variant].name,
                 "dead-end", "add a question for that role there",
                 "%s is asked nothing%s, and shares an empty page", plan->roles[shape->role].name,
                 vb_lint_shape(lint, &where));
}

static void check_dead_ends(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    for (int role = 0; role < plan->role_count; role++) {
        for (int form = 0; form < plan->form_count; form++)
            check_shape(lint, &(struct vb_shape_of){ role, form, -1 });
        for (int variant = 0; variant < plan->variant_count; variant++)
            check_shape(lint, &(struct vb_shape_of){ role, -1, variant });
    }
}

void vb_lint_flow(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        if (item->when == NULL || item->include >= 0)
            continue;
        check_always(lint, item);
        check_reached(lint, item);
    }
    check_says(lint);
    check_dead_ends(lint);
}
