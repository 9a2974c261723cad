/* Scales as measures: what belongs in them, when they count, how much one may say of them. */
#include "data/score.h"
#include "lint/lint_inner.h"

/* -- questions without a scale -- */

static bool looked_at(const struct vb_cond *cond, int item)
{
    if (cond == NULL)
        return false;
    if (cond->op < VB_COND_ALL)
        return cond->item == item;
    for (int i = 0; i < cond->count; i++)
        if (looked_at(cond->of[i], item))
            return true;
    return false;
}

/* A question that others hang on is a fork in the road, not a measure. */
static bool is_fork(const struct vb_plan *plan, const struct vb_item *item)
{
    for (int i = 0; i < plan->item_count; i++)
        if (looked_at(plan->items[i].when, item->index))
            return true;
    for (int i = 0; i < plan->step_count; i++)
        if (looked_at(plan->steps[i].when, item->index))
            return true;
    return plan->scripted;
}

static bool is_measure(const struct vb_item *item)
{
    return item->scored && item->stage == VB_APART &&
           (item->kind == VB_LIKERT || item->kind == VB_FACES || item->kind == VB_VAS ||
            item->kind == VB_CHOICE);
}

static void check_strays(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    bool scales = false;
    for (int i = 0; i < plan->scale_count; i++)
        scales = scales || plan->scales[i].include < 0;
    for (int i = 0; i < plan->item_count && scales; i++) {
        const struct vb_item *item = &plan->items[i];
        if (item->scale < 0 && item->include < 0 && is_measure(item) && !is_fork(plan, item))
            vb_lint_item(lint, VB_WARNING, item, "item-without-scale",
                         "put it in the scale it belongs to, or say scored = false",
                         "stands in no scale, so that it counts in no score");
    }
}

/* -- when a scale counts -- */

static int scored_in(const struct vb_plan *plan, const struct vb_scale *scale)
{
    int count = 0;
    for (int i = 0; i < scale->item_count; i++)
        count += plan->items[scale->items[i]].scored;
    return count;
}

static void check_missing_rule(struct vb_linting *lint, const struct vb_scale *scale, int scored)
{
    int needed = scale->min_answered > 0 ? scale->min_answered : vb_score_min_answered(scored);
    if (scale->min_answered == 0 && scored >= 3)
        vb_lint_scale(
            lint, VB_WARNING, scale, "no-missing-rule",
            vb_lint_say(lint, "write min_answered = %d, which holds now, or your own", needed),
            "does not say how many of its %d questions must be answered", scored);
    if (scale->score == VB_SUM && needed < scored)
        vb_lint_scale(lint, VB_WARNING, scale, "sum-with-gaps",
                      vb_lint_say(lint, "write min_answered = %d, or score = \"mean\"", scored),
                      "adds up, and counts from %d of %d answers: each one that is missing makes "
                      "the sum lower",
                      needed, scored);
}

/* -- how much one may say of it -- */

static void check_length(struct vb_linting *lint, const struct vb_scale *scale, int scored)
{
    if (scored < 3 && scale->reference != NULL && scale->reference->alpha != NULL)
        vb_lint_scale(lint, VB_WARNING, scale, "short-scale",
                      "take alpha out, or give the scale three questions or more",
                      "claims an alpha on %d question%s; so few make a talk, not a measure", scored,
                      scored == 1 ? "" : "s");
}

static void check_totals(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    for (int i = 0; i < plan->total_count; i++) {
        const struct vb_total *total = &plan->totals[i];
        int scored = 0;
        for (int j = 0; j < total->scale_count; j++)
            scored += scored_in(plan, &plan->scales[total->scales[j]]);
        if (scored < 3 && total->include < 0)
            vb_lint_total(lint, VB_WARNING, total, "short-scale",
                          "leave the total out, or give its scales more questions",
                          "adds up %d question%s; so few make a talk, not a measure", scored,
                          scored == 1 ? "" : "s");
    }
}

void vb_lint_scales(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    check_strays(lint);
    for (int i = 0; i < plan->scale_count; i++) {
        const struct vb_scale *scale = &plan->scales[i];
        if (scale->include >= 0)
            continue;
        int scored = scored_in(plan, scale);
        check_missing_rule(lint, scale, scored);
        check_length(lint, scale, scored);
    }
    check_totals(lint);
}
