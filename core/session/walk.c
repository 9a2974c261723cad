/* walk.c - the declarative plan, walked one step at a time without Lua. */
#include "session/state.h"

#include <string.h>

/* A choice of several lies there as ["a","b"]; one of them is meant. Ids have no character that
 * JSON escapes, and only structure puts a bare quote behind '[' or ','. */
static bool holds_option(const struct vb_value *value, const char *id)
{
    size_t len = strlen(id);
    const char *p = value->text;
    while ((p = strstr(p, id)) != NULL) {
        if (p - value->text >= 2 && p[-1] == '"' && (p[-2] == '[' || p[-2] == ',') && p[len] == '"')
            return true;
        p += len;
    }
    return false;
}

static bool is_value(const struct vb_item *item, const struct vb_value *value,
                     const struct vb_value *wanted)
{
    if (value->type == VB_VALUE_JSON && wanted->type == VB_VALUE_OPTION)
        return holds_option(value, item->answers->options[wanted->number].id);
    return vb_value_equal(value, wanted);
}

/* The number a comparison works on, in the value's own unit; dates as YYYYMMDD. */
static bool compared(const struct vb_item *item, const struct vb_value *value, int64_t *out)
{
    switch (value->type) {
    case VB_VALUE_INT:
    case VB_VALUE_BOOL:
    case VB_VALUE_MILLI:
        *out = value->number;
        return true;
    case VB_VALUE_OPTION:
        *out = item->answers->options[value->number].value;
        return item->answers->options[value->number].has_value;
    case VB_VALUE_DATE:
        *out = 0;
        for (const char *p = value->text; *p != '\0'; p++)
            if (*p >= '0' && *p <= '9')
                *out = *out * 10 + (*p - '0');
        return true;
    default:
        return false;
    }
}

bool vb_leaf_holds(const struct vb_item *item, const struct vb_cond *leaf,
                   const struct vb_value *value)
{
    int64_t number;
    if (!vb_value_given(value))
        return false;
    switch (leaf->op) {
    case VB_COND_ANSWERED:
        return true;
    case VB_COND_IS:
        return is_value(item, value, &leaf->is);
    case VB_COND_BELOW:
        return compared(item, value, &number) && number < leaf->low;
    case VB_COND_ABOVE:
        return compared(item, value, &number) && number > leaf->high;
    case VB_COND_BETWEEN:
        return compared(item, value, &number) && number >= leaf->low && number <= leaf->high;
    default:
        return false;
    }
}

static bool leaf_holds(const struct vb_fold *fold, const struct vb_cond *cond, int member)
{
    const struct vb_item *item = &fold->plan->items[cond->item];
    if (item->per_member && member < 0)
        return false;
    int slot = vb_plan_slot(fold->plan, item, item->per_member ? member : -1);
    return vb_leaf_holds(item, cond, &fold->values[slot]);
}

bool vb_cond_holds(const struct vb_fold *fold, const struct vb_cond *cond, int member)
{
    bool every = cond->op == VB_COND_ALL;
    if (cond->op < VB_COND_ALL)
        return leaf_holds(fold, cond, member);
    for (int i = 0; i < cond->count; i++)
        if (vb_cond_holds(fold, cond->of[i], member) != every)
            return cond->op == VB_COND_ANY; /* a false one in all, a true one in any or neither */
    return cond->op != VB_COND_ANY;
}

/* The first member from on who has not left and whom this block is for; limit when there is none.
 */
static int next_member(const struct vb_fold *fold, int from, int limit)
{
    const struct vb_member *members = fold->rosters[fold->roster_count - 1].members;
    while (from < limit && members[from].gone)
        from++;
    return from;
}

static void begin_each(struct vb_fold *fold, const struct vb_step *step)
{
    struct vb_walk *walk = &fold->walk;
    int from = 0;
    walk->limit = fold->rosters[fold->roster_count - 1].count;
    if (step->op == VB_OP_EACH_ABOUT && fold->self >= 0) {
        from = fold->self;
        walk->limit = from + 1;
    }
    walk->member = next_member(fold, from, walk->limit);
    if (walk->member < walk->limit) {
        walk->pc++;
        return;
    }
    walk->member = -1;
    walk->pc = step->target + 1;
}

static void end_each(struct vb_fold *fold, const struct vb_step *step)
{
    struct vb_walk *walk = &fold->walk;
    walk->member = next_member(fold, walk->member + 1, walk->limit);
    if (walk->member < walk->limit) {
        walk->pc = step->target + 1;
        return;
    }
    walk->member = -1;
    walk->pc++;
}

static void say(struct vb_fold *fold, const struct vb_step *step)
{
    if ((step->stage == VB_TOGETHER) != fold->together)
        return;
    if (fold->variant >= 0 && (step->variants >> fold->variant & 1) == 0)
        return;
    if (!fold->together && (step->roles >> fold->role & 1) == 0)
        return;
    if (step->include >= 0 && (fold->includes >> step->include & 1) == 0)
        return;
    if (step->when == NULL || vb_cond_holds(fold, step->when, fold->walk.member))
        vb_path_say(fold, step->text->by_language[fold->language]);
}

/* The stage together of a scripted plan has no steps: its items in their order. */
static bool next_together(struct vb_fold *fold, struct vb_place *place)
{
    while (fold->walk.pc < fold->plan->item_count) {
        const struct vb_item *item = &fold->plan->items[fold->walk.pc++];
        if (item->per_member || !vb_fold_has(fold, item->index, -1))
            continue;
        if (item->when != NULL && !vb_cond_holds(fold, item->when, -1))
            continue;
        *place = (struct vb_place){ item->index, -1 };
        return true;
    }
    return false;
}

void vb_walk_start(struct vb_fold *fold)
{
    fold->walk = (struct vb_walk){ .pc = 0, .member = -1 };
}

bool vb_walk_next(struct vb_fold *fold, struct vb_place *place)
{
    if (fold->plan->steps == NULL)
        return next_together(fold, place);
    for (;;) {
        const struct vb_step *step = &fold->plan->steps[fold->walk.pc];
        switch (step->op) {
        case VB_OP_ASK:
            fold->walk.pc++;
            place->item = step->item;
            place->member = fold->plan->items[step->item].per_member ? fold->walk.member : -1;
            if (vb_fold_has(fold, place->item, place->member) &&
                (step->when == NULL || vb_cond_holds(fold, step->when, fold->walk.member)))
                return true;
            break;
        case VB_OP_SAY:
            say(fold, step);
            fold->walk.pc++;
            break;
        case VB_OP_EACH:
        case VB_OP_EACH_ABOUT:
            begin_each(fold, step);
            break;
        case VB_OP_NEXT:
            end_each(fold, step);
            break;
        case VB_OP_END:
            return false;
        }
    }
}
