/* compare.c - two voices beside each other, on POMP, in integers. */
#include "session/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/category.h"

static const char professional[] = "professional";

bool vb_role_before(const struct vb_plan *plan, const char *a, const char *b)
{
    bool a_last = strcmp(a, professional) == 0, b_last = strcmp(b, professional) == 0;
    if (a_last != b_last)
        return b_last;
    return vb_plan_role(plan, a) < vb_plan_role(plan, b);
}

struct pair {
    struct vb_result *result;
    struct vb_arena *arena;
    struct vb_comparison *list;
    size_t cap;
    int a, b, about;
    const struct vb_part *part_a, *part_b;
};

static struct vb_comparison *add(struct pair *pair, int scale, int item)
{
    struct vb_comparison *entry =
        vb_arena_push(pair->arena, &pair->list, (size_t)pair->result->comparison_count++,
                      &pair->cap, sizeof *entry);
    *entry = (struct vb_comparison){
        .scale = scale, .item = item, .a = pair->a, .b = pair->b, .about = pair->about
    };
    return entry;
}

static void compare_scales(struct pair *pair)
{
    const struct vb_plan *plan = pair->result->plan;
    for (int i = 0; i < plan->scale_count; i++) {
        const struct vb_scale *scale = &plan->scales[i];
        const struct vb_score *a = &pair->part_a->scores[i], *b = &pair->part_b->scores[i];
        if (scale->negative || !scale->comparable || !a->any || !b->any)
            continue;
        struct vb_comparison *entry = add(pair, i, -1);
        entry->given = a->given && b->given;
        entry->difference_tenths = entry->given ? b->pomp_tenths - a->pomp_tenths : 0;
    }
}

static void compare_items(struct pair *pair)
{
    const struct vb_plan *plan = pair->result->plan;
    int format = pair->result->format;
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        const struct vb_value *a = &pair->part_a->values[i], *b = &pair->part_b->values[i];
        int64_t min, max, pomp_a, pomp_b;
        if (item->negative || a->type == VB_VALUE_NONE || b->type == VB_VALUE_NONE ||
            !vb_item_range(plan, item, format, &min, &max))
            continue;
        struct vb_comparison *entry = add(pair, -1, i);
        if (item->relation == VB_OWN || !item->comparable)
            continue; /* both are shown, nothing is compared */
        entry->given =
            vb_item_pomp(plan, i, format, a, &pomp_a) && vb_item_pomp(plan, i, format, b, &pomp_b);
        if (!entry->given)
            continue;
        entry->difference_tenths = pomp_b - pomp_a;
        if (pair->about < 0 && vb_item_has_category(item))
            entry->category = vb_category_of(item, pomp_a < pomp_b ? pomp_a : pomp_b,
                                             pomp_a < pomp_b ? pomp_b : pomp_a);
    }
}

static void compare_pair(struct pair *pair)
{
    if (pair->part_a == NULL || pair->part_b == NULL)
        return;
    compare_scales(pair);
    compare_items(pair);
}

static const struct vb_part *part_about(const struct vb_respondent *respondent, int member)
{
    /* Parts lie in roster order; most often nobody is left out and the index is the place. */
    for (int i = member < respondent->about_count ? member : respondent->about_count - 1; i >= 0;
         i--)
        if (respondent->about[i].member_index == member)
            return &respondent->about[i];
    return NULL;
}

/* The worker's estimate of each member beside what that member says of itself. */
static void compare_members(struct pair *pair, const int *respondent_of)
{
    const struct vb_respondent *all = pair->result->respondents;
    for (int i = 0; i < all[pair->b].about_count; i++) {
        int member = all[pair->b].about[i].member_index;
        pair->a = respondent_of[member];
        if (pair->a < 0 || !all[pair->a].shared || pair->a == pair->b)
            continue;
        pair->about = member;
        pair->part_a = part_about(&all[pair->a], member);
        pair->part_b = &all[pair->b].about[i];
        compare_pair(pair);
    }
    pair->about = -1;
}

static bool is_professional(const struct vb_respondent *respondent)
{
    return vb_streq(respondent->role, professional);
}

void vb_compare(struct vb_result *result, const int *respondent_of, struct vb_arena *arena)
{
    const struct vb_respondent *all = result->respondents;
    int count = result->respondent_count;
    struct pair pair = { .result = result, .arena = arena, .about = -1 };
    result->comparison_count = 0;
    bool two = count == 2 && !is_professional(&all[0]) && !is_professional(&all[1]);
    for (int b = 0; b < count; b++) {
        if (!all[b].shared || (!is_professional(&all[b]) && !(two && b == 1)))
            continue;
        pair.b = b;
        for (int a = 0; a < count; a++) {
            if (a == b || !all[a].shared || is_professional(&all[a]))
                continue;
            pair.a = a;
            pair.part_a = &all[a].own;
            pair.part_b = &all[b].own;
            compare_pair(&pair);
        }
        compare_members(&pair, respondent_of);
    }
    result->comparisons = pair.list;
}

bool vb_talk_pair(const struct vb_result *result, int *a, int *b)
{
    if (result->respondent_count != 2 || result->roster_count > 0)
        return false;
    *a = 0;
    *b = 1;
    return result->respondents[0].shared && result->respondents[1].shared;
}

/* -- the whole -------------------------------------------------------------------------------- */

static void name_roster(struct vb_result *result, const struct vb_member *roster, int count,
                        struct vb_arena *arena)
{
    struct vb_roster_name *names = vb_arena_alloc(arena, sizeof *names * (size_t)(count + 1));
    for (int i = 0; i < count; i++)
        names[i] = (struct vb_roster_name){ roster[i].person, roster[i].role, roster[i].label };
    result->roster = names;
    result->roster_count = count;
}

void vb_result_fill(struct vb_result *result, const struct vb_voice *voices, int count,
                    const struct vb_member *roster, int roster_count,
                    const struct vb_fold *together, struct vb_arena *arena)
{
    struct vb_respondent *respondents =
        vb_arena_alloc(arena, sizeof *respondents * (size_t)(count + 1));
    int *respondent_of = vb_arena_alloc(arena, sizeof *respondent_of * (size_t)(roster_count + 1));
    memset(respondent_of, -1, sizeof *respondent_of * (size_t)(roster_count + 1));
    for (int i = 0; i < count; i++) {
        vb_voice_respondent(&respondents[i], result, &voices[i], arena);
        if (voices[i].member >= 0 && voices[i].member < roster_count)
            respondent_of[voices[i].member] = i;
    }
    result->respondents = respondents;
    result->respondent_count = count;
    name_roster(result, roster, roster_count, arena);
    if (result->plan->card != NULL)
        vb_card_fill(result, arena); /* a card compares nobody */
    else
        vb_compare(result, respondent_of, arena);
    vb_talk_fill(result, together, arena);
}
