/* Can a condition hold at all? Tried on the answers where it could change: each value it names, its
 * neighbours, both ends of the range, and no answer. That is exact, since between those values
 * nothing changes; only where the combinations are too many to try it is given the benefit. */
#include <string.h>

#include "script/build.h"

enum { ITEMS_MAX = 8, TRIES_MAX = 200000, VALUES_MAX = 160 };

struct trial {
    const struct vb_plan *plan;
    const struct vb_item *items;
    int format;
    int item[ITEMS_MAX];
    struct {
        int64_t value[VALUES_MAX];
        int count; /* of values; no answer is one more */
    } values[ITEMS_MAX];
    int count;
    bool too_many;
    int64_t now[ITEMS_MAX];
    bool given[ITEMS_MAX];
    int64_t *left;
};

/* -- gathering -- */

static bool in_range(const struct trial *trial, const struct vb_item *item, int64_t value)
{
    const struct vb_answers *answers = vb_item_answers(trial->plan, item, trial->format);
    switch (item->kind) {
    case VB_LIKERT:
    case VB_FACES:
        for (int i = 0; i < answers->count; i++)
            if (answers->options[i].value == value)
                return true;
        return false;
    case VB_CHOICE:
        return value >= 0 && value < answers->count;
    case VB_YESNO:
        return value == 0 || value == 1;
    case VB_VAS:
        return value >= 0 && value <= 1000;
    default:
        return (!item->has_min || value >= item->min) && (!item->has_max || value <= item->max) &&
               (!item->integer || value % 1000 == 0);
    }
}

static void add_value(struct trial *trial, int slot, int64_t value)
{
    const struct vb_item *item = &trial->items[trial->item[slot]];
    if (!in_range(trial, item, value))
        return;
    for (int i = 0; i < trial->values[slot].count; i++)
        if (trial->values[slot].value[i] == value)
            return;
    if (trial->values[slot].count == VALUES_MAX) {
        trial->too_many = true;
        return;
    }
    trial->values[slot].value[trial->values[slot].count++] = value;
}

static void add_ends(struct trial *trial, int slot)
{
    const struct vb_item *item = &trial->items[trial->item[slot]];
    const struct vb_answers *answers = vb_item_answers(trial->plan, item, trial->format);
    if (item->kind == VB_LIKERT || item->kind == VB_FACES) {
        for (int i = 0; i < answers->count; i++)
            add_value(trial, slot, answers->options[i].value);
        return;
    }
    add_value(trial, slot, 0);
    add_value(trial, slot, 1);
    add_value(trial, slot, 1000);
    add_value(trial, slot, item->min);
    add_value(trial, slot, item->max);
}

static int slot_of(struct trial *trial, int item)
{
    for (int i = 0; i < trial->count; i++)
        if (trial->item[i] == item)
            return i;
    if (trial->count == ITEMS_MAX) {
        trial->too_many = true;
        return -1;
    }
    const struct vb_item *asked = &trial->items[item];
    if (asked->kind == VB_CHOICE && (asked->max > 1 || asked->other))
        trial->too_many = true; /* several at a time, or something else: not tried out */
    trial->item[trial->count] = item;
    add_ends(trial, trial->count);
    return trial->count++;
}

static void add_around(struct trial *trial, int slot, int64_t value)
{
    int64_t step =
        trial->items[trial->item[slot]].kind == VB_NUMBER && trial->items[trial->item[slot]].integer
            ? 1000
            : 1;
    int64_t whole = value - (value % step + step) % step;
    for (int i = -1; i <= 2; i++)
        add_value(trial, slot, whole + i * step);
}

static void gather(struct trial *trial, const struct vb_cond *cond)
{
    for (int i = 0; cond->op >= VB_COND_ALL && i < cond->count; i++)
        gather(trial, cond->of[i]);
    if (cond->op >= VB_COND_ALL)
        return;
    int slot = slot_of(trial, cond->item);
    if (slot < 0 || cond->op == VB_COND_ANSWERED)
        return;
    if (cond->op == VB_COND_IS)
        add_around(trial, slot, cond->is.number);
    if (cond->op == VB_COND_BELOW || cond->op == VB_COND_BETWEEN)
        add_around(trial, slot, cond->low);
    if (cond->op == VB_COND_ABOVE || cond->op == VB_COND_BETWEEN)
        add_around(trial, slot, cond->high);
}

/* -- trying -- */

static bool leaf_holds(const struct trial *trial, const struct vb_cond *cond)
{
    int slot = 0;
    while (trial->item[slot] != cond->item)
        slot++;
    int64_t value = trial->now[slot];
    --*trial->left;
    if (!trial->given[slot])
        return false;
    switch (cond->op) {
    case VB_COND_IS:
        return value == cond->is.number;
    case VB_COND_BELOW:
        return value < cond->low;
    case VB_COND_ABOVE:
        return value > cond->high;
    case VB_COND_BETWEEN:
        return value >= cond->low && value <= cond->high;
    default:
        return true; /* answered */
    }
}

static bool holds(const struct trial *trial, const struct vb_cond *cond)
{
    if (cond->op < VB_COND_ALL)
        return leaf_holds(trial, cond);
    int count = 0;
    for (int i = 0; i < cond->count; i++)
        count += holds(trial, cond->of[i]);
    return cond->op == VB_COND_ALL   ? count == cond->count
           : cond->op == VB_COND_ANY ? count > 0
                                     : count == 0;
}

/* Text, words and the like have no values to compare: they are given or not. */
static bool try_from(struct trial *trial, const struct vb_cond *cond, int slot)
{
    if (*trial->left < 0)
        return true;
    if (slot == trial->count)
        return holds(trial, cond);
    trial->given[slot] = false;
    if (try_from(trial, cond, slot + 1))
        return true;
    trial->given[slot] = true;
    for (int i = 0; i < trial->values[slot].count; i++) {
        trial->now[slot] = trial->values[slot].value[i];
        if (try_from(trial, cond, slot + 1))
            return true;
    }
    return trial->values[slot].count == 0 && try_from(trial, cond, slot + 1);
}

bool vb_condition_possible(const struct vb_plan *plan, const struct vb_item *items,
                           const struct vb_cond *cond, int format, int64_t *trials_left)
{
    struct trial trial = { .plan = plan, .items = items, .format = format, .left = trials_left };
    gather(&trial, cond);
    int64_t tries = 1;
    for (int i = 0; i < trial.count && tries <= TRIES_MAX; i++)
        tries *= trial.values[i].count + 2;
    return trial.too_many || tries > TRIES_MAX || try_from(&trial, cond, 0);
}
