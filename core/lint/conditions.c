#include "lint/conditions.h"

#include <string.h>

enum { ITEMS_MAX = 8, TRIES_MAX = 200000, VALUES_MAX = 160 };

struct trial {
    const struct vb_trying *trying;
    const struct vb_item *items;
    const struct vb_cond *const *conds;
    int cond_count;
    bool all_answered; /* only paths on which everything is answered */
    int item[ITEMS_MAX];
    struct {
        int64_t value[VALUES_MAX];
        int count; /* of values; no answer is one more */
    } values[ITEMS_MAX];
    int count;
    bool too_many;
    int64_t now[ITEMS_MAX];
    bool given[ITEMS_MAX];
    int most, least; /* how many conditions held so far */
};

/* -- gathering -- */

static bool in_range(const struct trial *trial, const struct vb_item *item, int64_t value)
{
    const struct vb_answers *answers =
        vb_item_answers(trial->trying->plan, item, trial->trying->format);
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
    const struct vb_answers *answers =
        vb_item_answers(trial->trying->plan, item, trial->trying->format);
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

static void gather(struct trial *trial, const struct vb_cond *cond);

/* Conditions look back only, so what a question's own condition looks at comes before it. */
static int slot_of(struct trial *trial, int item)
{
    for (int i = 0; i < trial->count; i++)
        if (trial->item[i] == item)
            return i;
    const struct vb_item *asked = &trial->items[item];
    if (trial->trying->asked != NULL && asked->when != NULL)
        gather(trial, asked->when);
    if (trial->count == ITEMS_MAX) {
        trial->too_many = true;
        return -1;
    }
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
    --*trial->trying->left;
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

/* A question that is not asked, or whose own condition fails, gets no answer. */
static bool may_answer(const struct trial *trial, int slot)
{
    const uint8_t *asked = trial->trying->asked;
    const struct vb_cond *when = trial->items[trial->item[slot]].when;
    return asked == NULL || (asked[trial->item[slot]] != 0 && (when == NULL || holds(trial, when)));
}

static void count_holding(struct trial *trial)
{
    int count = 0;
    for (int i = 0; i < trial->cond_count; i++)
        count += holds(trial, trial->conds[i]);
    if (count > trial->most)
        trial->most = count;
    if (count < trial->least)
        trial->least = count;
}

static bool decided(const struct trial *trial)
{
    return *trial->trying->left < 0 ||
           (trial->all_answered ? trial->least == 0 : trial->most == trial->cond_count);
}

/* Text, words and the like have no values to compare: they are given or not. */
static void try_from(struct trial *trial, int slot)
{
    if (decided(trial))
        return;
    if (slot == trial->count) {
        count_holding(trial);
        return;
    }
    bool may = may_answer(trial, slot);
    trial->given[slot] = false;
    if (!may || !trial->all_answered)
        try_from(trial, slot + 1);
    if (!may)
        return;
    trial->given[slot] = true;
    for (int i = 0; i < trial->values[slot].count; i++) {
        trial->now[slot] = trial->values[slot].value[i];
        try_from(trial, slot + 1);
    }
    if (trial->values[slot].count == 0)
        try_from(trial, slot + 1);
}

/* False when it was too much to try. */
static bool run(struct trial *trial, const struct vb_trying *trying,
                const struct vb_cond *const *conds, int count)
{
    int64_t tries = 1;
    trial->trying = trying;
    trial->items = trying->items;
    trial->conds = conds;
    trial->cond_count = trial->least = count;
    for (int i = 0; i < count; i++)
        gather(trial, conds[i]);
    for (int i = 0; i < trial->count && tries <= TRIES_MAX; i++)
        tries *= trial->values[i].count + 2;
    if (trial->too_many || tries > TRIES_MAX)
        return false;
    try_from(trial, 0);
    return *trying->left >= 0;
}

int vb_conditions_most(const struct vb_trying *trying, const struct vb_cond *const *conds,
                       int count)
{
    struct trial trial = { 0 };
    return run(&trial, trying, conds, count) ? trial.most : count;
}

bool vb_condition_possible(const struct vb_trying *trying, const struct vb_cond *cond)
{
    return vb_conditions_most(trying, &cond, 1) == 1;
}

bool vb_condition_can_fail(const struct vb_trying *trying, const struct vb_cond *cond)
{
    struct trial trial = { .all_answered = true };
    return !run(&trial, trying, &cond, 1) || trial.least == 0;
}
