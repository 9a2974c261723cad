/* Can a score come about at all? In every form and variant, for everybody who is asked. */
#include "data/score.h"
#include "lint/conditions.h"
#include "lint/lint_inner.h"

struct asked_of {
    int all, always;              /* scored questions; those without a condition */
    const struct vb_cond **whens; /* the conditions of the others */
    int hidden;
};

static struct asked_of count(struct vb_linting *lint, const struct vb_scale *scale,
                             const struct vb_shape_of *shape)
{
    struct asked_of out = { .whens = vb_arena_alloc(&lint->arena, (size_t)scale->item_count *
                                                                      sizeof *out.whens) };
    for (int i = 0; i < scale->item_count; i++) {
        const struct vb_item *item = &lint->plan->items[scale->items[i]];
        if (!item->scored || !vb_lint_asked(lint->plan, item, shape))
            continue;
        out.all++;
        if (item->when == NULL)
            out.always++;
        else
            out.whens[out.hidden++] = item->when;
    }
    return out;
}

/* As core/data/score.c has it: the author's number when all of the scale is asked. */
static int needed(const struct vb_scale *scale, const struct asked_of *asked, int scored)
{
    bool whole = asked->all == scored && scale->min_answered > 0;
    return whole ? scale->min_answered : vb_score_min_answered(asked->all);
}

/* The most that can be shown together, in the format where that is most. */
static int most_shown(struct vb_linting *lint, const struct asked_of *asked,
                      const struct vb_shape_of *shape)
{
    const struct vb_plan *plan = lint->plan;
    int most = 0, formats = plan->format_count > 0 ? plan->format_count : 1;
    const uint8_t *all = vb_lint_all_asked(lint, shape);
    for (int format = 0; format < formats; format++) {
        const struct vb_trying trying = { .plan = plan,
                                          .items = plan->items,
                                          .format = format,
                                          .asked = all,
                                          .left = &lint->trials_left };
        int shown = vb_conditions_most(&trying, asked->whens, asked->hidden);
        most = shown > most ? shown : most;
    }
    return most;
}

/* True when something was told: once is enough for a scale. */
static bool check_shape(struct vb_linting *lint, const struct vb_scale *scale, int scored,
                        const struct vb_shape_of *shape)
{
    struct asked_of asked = count(lint, scale, shape);
    int wanted = needed(scale, &asked, scored);
    if (asked.all == 0 || asked.always >= wanted)
        return false;
    int most = asked.always + most_shown(lint, &asked, shape);
    if (most < wanted)
        vb_lint_scale(lint, VB_ERROR, scale, "score-never-comes",
                      vb_lint_say(lint, "lower min_answered to %d, or take conditions out",
                                  most > 0 ? most : 1),
                      "wants %d answers%s, but its conditions show at most %d of its questions",
                      wanted, vb_lint_shape(lint, shape), most);
    else
        vb_lint_scale(lint, VB_WARNING, scale, "score-needs-hidden",
                      "take the conditions out of the scale, or lower min_answered",
                      "wants %d answers%s, but %d of its questions hang on a condition: whoever is "
                      "not shown those has no score",
                      wanted, vb_lint_shape(lint, shape), asked.hidden);
    return true;
}

/* Calls look for everybody who answers the scale, in every shape, until it says true. */
static bool some_shape(struct vb_linting *lint, const struct vb_scale *scale, int scored,
                       bool (*look)(struct vb_linting *, const struct vb_scale *, int,
                                    const struct vb_shape_of *))
{
    const struct vb_plan *plan = lint->plan;
    for (int form = -1; form < plan->form_count; form++)
        for (int variant = plan->variant_count > 0 ? 0 : -1; variant < plan->variant_count;
             variant++)
            for (int role = 0; role < plan->role_count; role++) {
                struct vb_shape_of shape = { .role = role, .form = form, .variant = variant };
                if ((scale->roles >> role & 1) != 0 && look(lint, scale, scored, &shape))
                    return true;
            }
    return false;
}

static bool asks_all(struct vb_linting *lint, const struct vb_scale *scale, int scored,
                     const struct vb_shape_of *shape)
{
    int asked = 0;
    for (int i = 0; i < scale->item_count; i++) {
        const struct vb_item *item = &lint->plan->items[scale->items[i]];
        asked += item->scored && vb_lint_asked(lint->plan, item, shape);
    }
    return asked == scored;
}

static void check_scale(struct vb_linting *lint, const struct vb_scale *scale)
{
    const struct vb_plan *plan = lint->plan;
    bool conditional = false;
    int scored = 0;
    for (int i = 0; i < scale->item_count; i++) {
        conditional = conditional || plan->items[scale->items[i]].when != NULL;
        scored += plan->items[scale->items[i]].scored;
    }
    if (conditional)
        some_shape(lint, scale, scored, check_shape);
    if (scale->min_answered > 0 && !some_shape(lint, scale, scored, asks_all))
        vb_lint_scale(lint, VB_WARNING, scale, "rule-never-used",
                      "take min_answered out, or give the others a scale of their own",
                      "min_answered is for all %d of its questions, and nobody is asked all: the "
                      "default holds instead",
                      scored);
}

void vb_lint_reach(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    for (int i = 0; i < plan->scale_count; i++)
        if (plan->scales[i].include < 0)
            check_scale(lint, &plan->scales[i]);
}
