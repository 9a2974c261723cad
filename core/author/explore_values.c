/* explore_values.c - which answers stand for all answers.
 *
 * Candidates are the ends and the middle of a range, each labelled answer and option, each reason
 * for no answer, and whatever lies at a border of a condition. Of a plan without a flow only the
 * conditions read an answer: candidates for which each of them holds alike lead to the same, and
 * one stays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "author/explore_inner.h"
#include "kinds/kind.h"

enum { SUBSETS_MOST = 6 }; /* options of which every subset is tried: 64 of them */

struct making {
    struct vb_explorer *x;
    const struct vb_item *item;
    struct vb_ask ask;
    const struct vb_cond **leaves; /* conditions on this item */
    size_t leaf_count, leaf_cap;
    struct vb_value *list;
    size_t count, cap;
};

/* -- conditions -------------------------------------------------------------------------------- */

static void collect(struct making *making, const struct vb_cond *cond)
{
    if (cond == NULL)
        return;
    for (int i = 0; cond->op >= VB_COND_ALL && i < cond->count; i++)
        collect(making, cond->of[i]);
    if (cond->op >= VB_COND_ALL || cond->item != making->item->index)
        return;
    const struct vb_cond **leaf =
        vb_push(&making->leaves, making->leaf_count, &making->leaf_cap, sizeof *making->leaves);
    *leaf = cond;
    making->leaf_count++;
}

static void collect_all(struct making *making)
{
    const struct vb_plan *plan = making->x->plan;
    for (int i = 0; i < plan->step_count; i++)
        collect(making, plan->steps[i].when);
    for (int i = 0; i < plan->item_count; i++)
        collect(making, plan->items[i].when);
}

static bool same_for_conditions(const struct making *making, const struct vb_value *a,
                                const struct vb_value *b)
{
    for (size_t i = 0; i < making->leaf_count; i++)
        if (vb_leaf_holds(making->item, making->leaves[i], a) !=
            vb_leaf_holds(making->item, making->leaves[i], b))
            return false;
    return true;
}

/* -- candidates -------------------------------------------------------------------------------- */

static void add(struct making *making, struct vb_value value)
{
    if (vb_kind_check(&making->ask, &value) != VB_ACCEPTED)
        return;
    for (size_t i = 0; i < making->count; i++)
        if (making->x->scripted ? vb_value_equal(&making->list[i], &value)
                                : same_for_conditions(making, &making->list[i], &value))
            return;
    struct vb_value *one =
        vb_arena_push(&making->x->arena, &making->list, making->count, &making->cap, sizeof *one);
    *one = value;
    making->count++;
}

static void add_text(struct making *making, enum vb_value_type type, const char *text)
{
    add(making, (struct vb_value){ .type = (uint8_t)type,
                                   .len = (uint32_t)strlen(text),
                                   .text = vb_arena_strdup(&making->x->arena, text) });
}

static void add_number(struct making *making, enum vb_value_type type, int64_t number)
{
    add(making, (struct vb_value){ .type = (uint8_t)type, .number = number });
}

/* The ends, the middle, and both sides of every border. */
static void add_range(struct making *making, enum vb_value_type type, int64_t min, int64_t max,
                      int64_t unit)
{
    int64_t middle = min + (max - min) / 2;
    add_number(making, type, min);
    add_number(making, type, middle - middle % unit);
    add_number(making, type, max - max % unit);
    for (size_t i = 0; i < making->leaf_count; i++) {
        const struct vb_cond *leaf = making->leaves[i];
        int64_t low = leaf->op == VB_COND_IS ? leaf->is.number : leaf->low;
        int64_t high = leaf->op == VB_COND_IS ? leaf->is.number : leaf->high;
        for (int64_t by = -unit; by <= unit; by += unit) {
            add_number(making, type, low - low % unit + by);
            add_number(making, type, high - high % unit + by);
        }
    }
}

static void add_answers(struct making *making)
{
    const struct vb_answers *answers =
        vb_item_answers(making->x->plan, making->item, making->ask.format);
    if (answers == NULL || answers->count == 0)
        return;
    for (int i = 0; i < answers->count; i++)
        add_number(making, VB_VALUE_INT, answers->options[i].value);
}

/* -- choices and words ------------------------------------------------------------------------- */

static void add_option(struct vb_buf *list, const char *id)
{
    vb_buf_puts(list, list->len == 1 ? "\"" : ",\"");
    vb_buf_puts(list, id);
    vb_buf_putc(list, '"');
}

/* By a condition; a flow may look at any of them. */
static bool is_named(const struct making *making, int option)
{
    if (making->x->scripted)
        return true;
    for (size_t i = 0; i < making->leaf_count; i++)
        if (making->leaves[i]->op == VB_COND_IS && making->leaves[i]->is.number == option)
            return true;
    return false;
}

/* Lists of options: each alone, as many as may be, and every set of those that are named. */
static void add_lists(struct making *making)
{
    const struct vb_answers *answers = making->item->answers;
    int named[SUBSETS_MOST], named_count = 0, count = answers == NULL ? 0 : answers->count;
    int most = making->item->max > 0 && making->item->max < count ? (int)making->item->max : count;
    struct vb_buf list = { 0 };
    for (int i = 0; i < count; i++) {
        vb_buf_clear(&list);
        vb_buf_putc(&list, '[');
        add_option(&list, answers->options[i].id);
        vb_buf_putc(&list, ']');
        add_text(making, VB_VALUE_JSON, list.data);
        if (named_count < SUBSETS_MOST && is_named(making, i))
            named[named_count++] = i;
    }
    vb_buf_clear(&list);
    vb_buf_putc(&list, '[');
    for (int i = 0; i < most; i++)
        add_option(&list, answers->options[i].id);
    vb_buf_putc(&list, ']');
    add_text(making, VB_VALUE_JSON, list.data);
    for (int set = 1; set < 1 << named_count; set++) {
        vb_buf_clear(&list);
        vb_buf_putc(&list, '[');
        for (int i = 0; i < named_count; i++)
            if ((set >> i & 1) != 0)
                add_option(&list, answers->options[named[i]].id);
        vb_buf_putc(&list, ']');
        add_text(making, VB_VALUE_JSON, list.data);
    }
    vb_buf_finish(&list);
}

static void add_choice(struct making *making)
{
    const struct vb_item *item = making->item;
    if (item->max > 1) {
        add_lists(making);
        add_text(making, VB_VALUE_JSON, "[{\"other\":\"voorbeeld\"}]");
        return;
    }
    for (int i = 0; item->answers != NULL && i < item->answers->count; i++)
        add_number(making, VB_VALUE_OPTION, i);
    add_text(making, VB_VALUE_JSON, "{\"other\":\"voorbeeld\"}");
}

/* -- days -------------------------------------------------------------------------------------- */

static void add_day(struct making *making, int64_t day)
{
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d-%02d", (int)(day / 10000 % 10000),
             (int)(day / 100 % 100), (int)(day % 100));
    add_text(making, VB_VALUE_DATE, text);
}

/* The day after, in a month that may be too long: the check refuses what is no day. */
static void add_around(struct making *making, int64_t day)
{
    int64_t month = day / 100, before = month % 100 == 1 ? month - 89 : month - 1;
    int64_t after = month % 100 == 12 ? month + 89 : month + 1;
    add_day(making, day);
    add_day(making, day + 1);
    add_day(making, after * 100 + 1);
    if (day % 100 > 1)
        add_day(making, day - 1);
    for (int64_t last = 28; last <= 31 && day % 100 <= 1; last++)
        add_day(making, before * 100 + last);
}

static void add_days(struct making *making)
{
    const struct vb_item *item = making->item;
    if (item->has_min || item->min > 0)
        add_day(making, item->min);
    if (item->has_max || item->max > 0)
        add_day(making, item->max);
    add_day(making, 20000101);
    add_day(making, 20300630);
    for (size_t i = 0; i < making->leaf_count; i++) {
        const struct vb_cond *leaf = making->leaves[i];
        if (leaf->op == VB_COND_IS) {
            add(making, leaf->is);
            continue;
        }
        if (leaf->op != VB_COND_BELOW && leaf->op != VB_COND_ABOVE && leaf->op != VB_COND_BETWEEN)
            continue;
        if (leaf->op != VB_COND_ABOVE)
            add_around(making, leaf->low);
        if (leaf->op != VB_COND_BELOW)
            add_around(making, leaf->high);
    }
}

/* -- all of them ------------------------------------------------------------------------------- */

static void add_number_item(struct making *making)
{
    const struct vb_item *item = making->item;
    int64_t most = (int64_t)VB_NUMBER_MAX * 1000;
    add_range(making, VB_VALUE_MILLI, item->has_min ? item->min : -most,
              item->has_max ? item->max : most, item->integer ? 1000 : 1);
    add_number(making, VB_VALUE_MILLI, 0);
}

/* Anywhere: nothing reads where. */
static void add_places(struct making *making)
{
    const struct vb_answers *tokens = making->item->answers;
    struct vb_buf text = { 0 };
    for (int i = 0; i < tokens->count; i++)
        vb_buf_printf(&text, "%s\"%s\":[500,500]", i == 0 ? "{" : ",", tokens->options[i].id);
    vb_buf_putc(&text, '}');
    add_text(making, VB_VALUE_JSON, text.data);
    vb_buf_finish(&text);
}

/* One way in which it may be given: all that anything reads of it is that it is there. */
static void add_picture(struct making *making)
{
    static const char image[] = "{\"blob\":\"sha256:"
                                "0000000000000000000000000000000000000000000000000000000000000000"
                                "\",\"type\":\"image/png\"}";
    size_t before = making->count;
    add_text(making, VB_VALUE_JSON, "{\"paper\":true}");
    if (making->count == before)
        add_text(making, VB_VALUE_JSON, "{\"words\":[\"voorbeeld\"]}");
    if (making->count == before)
        add_text(making, VB_VALUE_JSON, image);
}

static void add_values(struct making *making)
{
    switch (making->item->kind) {
    case VB_LIKERT:
    case VB_FACES:
        add_answers(making);
        return;
    case VB_VAS:
        add_range(making, VB_VALUE_INT, 0, 1000, 1);
        return;
    case VB_YESNO:
        add_number(making, VB_VALUE_BOOL, 1);
        add_number(making, VB_VALUE_BOOL, 0);
        return;
    case VB_CHOICE:
        add_choice(making);
        return;
    case VB_WORDS:
        add_lists(making);
        add_text(making, VB_VALUE_JSON, "[\"voorbeeld\"]");
        return;
    case VB_TEXT:
        for (size_t i = 0; i < making->leaf_count; i++)
            if (making->leaves[i]->op == VB_COND_IS)
                add(making, making->leaves[i]->is);
        add_text(making, VB_VALUE_TEXT, "voorbeeld");
        return;
    case VB_NUMBER:
        add_number_item(making);
        return;
    case VB_DATE:
        add_days(making);
        return;
    case VB_TRIANGLE:
        add_places(making);
        return;
    default:
        add_picture(making);
    }
}

static void make(struct vb_explorer *x, const struct vb_item *item, struct vb_standing *out,
                 bool before)
{
    static const enum vb_missing reasons[] = { VB_MISSING_SKIPPED, VB_MISSING_DONT_KNOW,
                                               VB_MISSING_RATHER_NOT_SAY };
    struct making making = {
        .x = x,
        .item = item,
        .ask = { x->plan, item, x->setup->format, &x->setup->policy },
    };
    collect_all(&making);
    if (before) { /* nothing is what comes first: the arena gives zeroes */
        vb_arena_push(&x->arena, &making.list, 0, &making.cap, sizeof *making.list);
        making.count = 1;
    }
    add_values(&making);
    out->values = (int)making.count;
    for (size_t i = 0; !before && i < sizeof reasons / sizeof reasons[0]; i++)
        add(&making, vb_value_missing(reasons[i]));
    out->list = making.list;
    out->count = (int)making.count;
    free(making.leaves);
}

bool vb_stands_for_some(const struct vb_item *item)
{
    int options = item->answers == NULL ? 0 : item->answers->count;
    switch (item->kind) {
    case VB_TEXT:
    case VB_WORDS:
    case VB_VAS:
    case VB_DATE:
        return true;
    case VB_CHOICE:
        return item->other || (item->max > 1 && options > SUBSETS_MOST);
    case VB_NUMBER:
        return !item->has_min || !item->has_max || !item->integer ||
               item->max - item->min > 2 * 1000;
    default:
        return false;
    }
}

const struct vb_standing *vb_standing_of(struct vb_explorer *x, int item)
{
    struct vb_standing *standing = &x->standing[item];
    if (standing->list == NULL)
        make(x, &x->plan->items[item], standing, false);
    return standing;
}

const struct vb_standing *vb_standing_before(struct vb_explorer *x, int item)
{
    struct vb_standing *standing = &x->before[item];
    if (standing->list == NULL)
        make(x, &x->plan->items[item], standing, true);
    return standing;
}
