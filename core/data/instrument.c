#include "data/instrument.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

const char *vb_kind_name(enum vb_kind_id kind)
{
    static const char *const names[VB_KIND_COUNT] = { "likert",  "faces", "vas",   "yesno",
                                                      "choice",  "words", "text",  "number",
                                                      "date",    "draw",  "photo", "collage",
                                                      "triangle" };
    vb_assert((int)kind >= 0 && kind < VB_KIND_COUNT);
    return names[kind];
}

bool vb_kind_is_picture(enum vb_kind_id kind)
{
    return kind == VB_DRAW || kind == VB_PHOTO || kind == VB_COLLAGE;
}

bool vb_kind_is_made(enum vb_kind_id kind)
{
    return vb_kind_is_picture(kind) || kind == VB_TRIANGLE;
}

uint32_t vb_tool_bit(const char *name)
{
    static const char *const names[] = { "draw", "photo", "words", "paper" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (vb_streq(name, names[i]))
            return 1u << i;
    return 0;
}

bool vb_keep_read(const char *word, enum vb_keep *out)
{
    static const char *const words[] = { "none", "give", "until" };
    for (int i = VB_KEEP_NONE; i <= VB_KEEP_UNTIL; i++)
        if (vb_streq(word, words[i])) {
            *out = (enum vb_keep)i;
            return true;
        }
    return false;
}

const char *vb_relation_name(enum vb_relation relation)
{
    static const char *const names[] = { "same", "estimate", "act", "own" };
    vb_assert((int)relation >= 0 && relation <= VB_OWN);
    return names[relation];
}

const char *vb_status_name(enum vb_status status)
{
    static const char *const names[] = { "draft", "reviewed", "field-tested" };
    vb_assert((int)status >= 0 && status <= VB_FIELD_TESTED);
    return names[status];
}

const char *vb_card_shows_name(enum vb_card_shows shows)
{
    static const char *const names[] = { "words", "overlap", "topics" };
    vb_assert((int)shows >= 0 && shows <= VB_CARD_TOPICS);
    return names[shows];
}

struct vb_plan *vb_plan_create(void)
{
    struct vb_plan *plan = vb_new(struct vb_plan);
    plan->references = 1;
    return plan;
}

/* Sessions on other threads may hold a plan too, so the count is atomic. */
struct vb_plan *vb_plan_keep(struct vb_plan *plan)
{
    __atomic_add_fetch(&plan->references, 1, __ATOMIC_RELAXED);
    return plan;
}

void vb_plan_release(struct vb_plan *plan)
{
    if (plan == NULL)
        return;
    int left = __atomic_sub_fetch(&plan->references, 1, __ATOMIC_ACQ_REL);
    vb_assert(left >= 0);
    if (left > 0)
        return;
    if (plan->script_destroy != NULL)
        plan->script_destroy(plan->script);
    vb_arena_finish(&plan->arena);
    free(plan);
}

static int by_id(const void *a, const void *b, void *items)
{
    const struct vb_item *list = items;
    return strcmp(list[*(const int *)a].id, list[*(const int *)b].id);
}

static enum vb_scoring_rule scoring_rule(const struct vb_item *item)
{
    if (!item->scored)
        return VB_UNSCORED;
    switch (item->kind) {
    case VB_LIKERT:
    case VB_FACES:
    case VB_VAS:
    case VB_YESNO:
        return VB_SCORE_WHOLE;
    case VB_NUMBER:
        return item->has_min && item->has_max ? VB_SCORE_MILLI : VB_UNSCORED;
    case VB_CHOICE:
        for (int i = 0; item->max <= 1 && item->answers != NULL && i < item->answers->count; i++)
            if (item->answers->options[i].has_value)
                return VB_SCORE_OPTION;
        return VB_UNSCORED;
    default:
        return VB_UNSCORED;
    }
}

static struct vb_scoring scoring_of(const struct vb_plan *plan, const struct vb_item *item)
{
    struct vb_scoring scoring = { .slot = item->slot,
                                  .rule = (uint8_t)scoring_rule(item),
                                  .reverse = item->reverse,
                                  .per_member = item->per_member };
    for (int role = 0; role < plan->role_count; role++)
        if (item->text == NULL || item->text[role] != NULL)
            scoring.roles |= (uint16_t)(1u << role);
    return scoring;
}

/* A member who is not asked it of itself is not asked about either. What no member is asked at all
 * (a worker's own view of each) is about every member. */
static uint32_t members_of(const struct vb_plan *plan, const struct vb_item *item)
{
    uint32_t roles = 0;
    for (int role = 0; item->about && item->text != NULL && role < plan->role_count; role++)
        if (plan->roles[role].in_roster && item->text[role] != NULL)
            roles |= UINT32_C(1) << role;
    return roles == 0 ? UINT32_MAX : roles;
}

void vb_plan_finish(struct vb_plan *plan, struct vb_item *items)
{
    int *order = vb_arena_alloc(&plan->arena, sizeof *order * (size_t)plan->item_count);
    struct vb_scoring *scoring =
        vb_arena_alloc(&plan->arena, sizeof *scoring * (size_t)plan->item_count);
    plan->plain_count = plan->member_item_count = 0;
    for (int i = 0; i < plan->item_count; i++) {
        items[i].index = order[i] = i;
        items[i].slot = items[i].per_member ? plan->member_item_count++ : plan->plain_count++;
        items[i].members = members_of(plan, &items[i]);
        items[i].json_key = vb_arena_printf(&plan->arena, "\"%s\":{\"value\":", items[i].id);
        items[i].json_key_len = (int)strlen(items[i].json_key);
        scoring[i] = scoring_of(plan, &items[i]);
    }
    if (plan->item_count > 0)
        qsort_r(order, (size_t)plan->item_count, sizeof *order, by_id, items);
    plan->items = items;
    plan->by_id = order;
    plan->scoring = scoring;
}

int vb_plan_item(const struct vb_plan *plan, const char *id)
{
    int low = 0, high = plan->item_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = strcmp(id, plan->items[plan->by_id[middle]].id);
        if (order == 0)
            return plan->by_id[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

/* The index of name among count elements of size bytes, whose name is a string at offset. */
static int find(const void *list, int count, size_t size, size_t offset, const char *name)
{
    for (int i = 0; name != NULL && i < count; i++) {
        const char *candidate;
        memcpy(&candidate, (const char *)list + (size_t)i * size + offset, sizeof candidate);
        if (strcmp(candidate, name) == 0)
            return i;
    }
    return -1;
}

int vb_plan_scale(const struct vb_plan *plan, const char *id)
{
    return find(plan->scales, plan->scale_count, sizeof *plan->scales,
                offsetof(struct vb_scale, id), id);
}

int vb_plan_role(const struct vb_plan *plan, const char *name)
{
    return find(plan->roles, plan->role_count, sizeof *plan->roles, offsetof(struct vb_role, name),
                name);
}

int vb_plan_form(const struct vb_plan *plan, const char *name)
{
    return find(plan->forms, plan->form_count, sizeof *plan->forms, offsetof(struct vb_form, name),
                name);
}

int vb_plan_format(const struct vb_plan *plan, const char *name)
{
    return find(plan->formats, plan->format_count, sizeof *plan->formats,
                offsetof(struct vb_format, name), name);
}

int vb_plan_variant(const struct vb_plan *plan, const char *name)
{
    return find(plan->variants, plan->variant_count, sizeof *plan->variants,
                offsetof(struct vb_variant, name), name);
}

int vb_plan_setting(const struct vb_plan *plan, const char *name)
{
    return find(plan->settings, plan->setting_count, sizeof *plan->settings,
                offsetof(struct vb_setting, name), name);
}

int vb_plan_include(const struct vb_plan *plan, const char *name)
{
    return find(plan->includes, plan->include_count, sizeof *plan->includes,
                offsetof(struct vb_include, name), name);
}

const struct vb_policy *vb_plan_policy(const struct vb_plan *plan, int variant)
{
    vb_assert(variant < plan->variant_count);
    return variant >= 0 ? &plan->variants[variant].policy : &plan->policy;
}

enum vb_retain vb_plan_retain(const struct vb_plan *plan, int variant)
{
    return vb_plan_policy(plan, variant)->no_retention ? VB_RETAIN_NONE : plan->retain;
}

uint32_t vb_plan_included(const struct vb_plan *plan, const char *const *with, int count)
{
    uint32_t bits = 0;
    for (int i = 0; i < plan->include_count; i++)
        if (!plan->includes[i].optional)
            bits |= UINT32_C(1) << i;
    for (int i = 0; i < count; i++) {
        int include = vb_plan_include(plan, with[i]);
        bits |= include < 0 ? 0 : UINT32_C(1) << include;
    }
    return bits;
}

int vb_plan_language(const struct vb_plan *plan, const char *tag)
{
    if (tag == NULL)
        return 0;
    size_t primary = strcspn(tag, "-_");
    for (int i = 0; i < plan->language_count; i++)
        if (strcasecmp(plan->languages[i], tag) == 0)
            return i;
    for (int i = 0; i < plan->language_count; i++)
        if (strcspn(plan->languages[i], "-_") == primary &&
            strncasecmp(plan->languages[i], tag, primary) == 0)
            return i;
    return 0;
}

const struct vb_answers *vb_item_answers(const struct vb_plan *plan, const struct vb_item *item,
                                         int format)
{
    if (item->kind == VB_CHOICE || item->kind == VB_WORDS || item->kind == VB_COLLAGE ||
        item->kind == VB_TRIANGLE)
        return item->answers;
    if (item->kind != VB_LIKERT && item->kind != VB_FACES)
        return NULL;
    if (item->answers != NULL)
        return item->answers;
    vb_assert(format >= 0 && format < plan->format_count);
    return &plan->formats[format].answers;
}

/* A choice has a range when at least one of its options has a value. */
static bool choice_range(const struct vb_answers *answers, int64_t *min, int64_t *max)
{
    bool any = false;
    for (int i = 0; i < answers->count; i++) {
        const struct vb_option *option = &answers->options[i];
        if (!option->has_value)
            continue;
        *min = any && *min < option->value ? *min : option->value;
        *max = any && *max > option->value ? *max : option->value;
        any = true;
    }
    return any;
}

bool vb_item_range(const struct vb_plan *plan, const struct vb_item *item, int format,
                   int64_t *min_milli, int64_t *max_milli)
{
    const struct vb_answers *answers = vb_item_answers(plan, item, format);
    int64_t min = 0, max = 1000;
    if (item->kind == VB_NUMBER) {
        *min_milli = item->min;
        *max_milli = item->max;
        return item->has_min && item->has_max;
    }
    if (item->kind == VB_LIKERT || item->kind == VB_FACES) {
        min = answers->min;
        max = answers->max;
    } else if (item->kind == VB_CHOICE) {
        if (item->max > 1 || answers == NULL || !choice_range(answers, &min, &max))
            return false;
    } else if (item->kind == VB_YESNO) {
        max = 1;
    } else if (item->kind != VB_VAS) {
        return false;
    }
    *min_milli = min * 1000;
    *max_milli = max * 1000;
    return true;
}

bool vb_item_number(const struct vb_plan *plan, const struct vb_item *item,
                    const struct vb_value *value, int64_t *milli)
{
    (void)plan;
    switch (value->type) {
    case VB_VALUE_INT:
    case VB_VALUE_BOOL:
        *milli = value->number * 1000;
        return true;
    case VB_VALUE_MILLI:
        *milli = value->number;
        return item->has_min && item->has_max;
    case VB_VALUE_OPTION:
        vb_assert(item->answers != NULL);
        vb_assert(value->number >= 0 && value->number < item->answers->count);
        *milli = item->answers->options[value->number].value * 1000;
        return item->answers->options[value->number].has_value;
    default:
        return false;
    }
}
