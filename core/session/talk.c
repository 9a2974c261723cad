/* talk.c - what to talk about, and in which order. Words and order: docs/reference/rounds.md. */
#include "session/compare.h"

#include <stdlib.h>

#include "data/category.h"

enum { POINTS = 5 }; /* in a list, when the instrument names no number */

struct point {
    int item;
    int64_t weight; /* the heaviest comes first, equal ones in the instrument's order */
};

static int heavier(const void *a, const void *b)
{
    const struct point *left = a, *right = b;
    if (left->weight != right->weight)
        return left->weight > right->weight ? -1 : 1;
    return (left->item > right->item) - (left->item < right->item);
}

/* well: highest first; differ: largest difference first; better: lowest first. */
static int64_t weight_of(const struct vb_result *result, const struct vb_comparison *entry)
{
    int64_t a = 0, b = 0;
    if (entry->category == VB_DIFFER)
        return llabs(entry->difference_tenths);
    vb_item_pomp(result->plan, entry->item, result->format,
                 &result->respondents[entry->a].own.values[entry->item], &a);
    vb_item_pomp(result->plan, entry->item, result->format,
                 &result->respondents[entry->b].own.values[entry->item], &b);
    return entry->category == VB_BETTER ? -(a + b) : a + b;
}

static const int *list_of(const struct vb_result *result, enum vb_category category, int *count,
                          struct vb_arena *arena)
{
    size_t most = (size_t)result->comparison_count + 1;
    struct point *points = vb_arena_alloc(arena, sizeof *points * most);
    int *items = vb_arena_alloc(arena, sizeof *items * most);
    int found = 0, limit = result->plan->talk_points > 0 ? result->plan->talk_points : POINTS;
    for (int i = 0; i < result->comparison_count; i++) {
        const struct vb_comparison *entry = &result->comparisons[i];
        if (entry->item < 0 || entry->category != category)
            continue;
        points[found++] = (struct point){ entry->item, weight_of(result, entry) };
    }
    if (found > 1)
        qsort(points, (size_t)found, sizeof *points, heavier);
    *count = found < limit ? found : limit;
    for (int i = 0; i < *count; i++)
        items[i] = points[i].item;
    return items;
}

/* Both answers of each, in the instrument's order and never cut short: friction is not ranked. */
static void fill_friction(struct vb_result *result, int a, int b, struct vb_arena *arena)
{
    const struct vb_plan *plan = result->plan;
    int *items = vb_arena_alloc(arena, sizeof *items * (size_t)(plan->item_count + 1));
    int count = 0;
    for (int i = 0; i < plan->item_count; i++)
        if (plan->items[i].negative && vb_value_given(&result->respondents[a].own.values[i]) &&
            vb_value_given(&result->respondents[b].own.values[i]))
            items[count++] = i;
    result->talk.friction = items;
    result->talk.friction_count = count;
}

static void fill_together(struct vb_result *result, const struct vb_fold *together,
                          struct vb_arena *arena)
{
    const struct vb_plan *plan = result->plan;
    int path_count, count = 0;
    if (together == NULL || vb_fold_view(together)->at != VB_AT_SHARED)
        return;
    const struct vb_place *path = vb_fold_path(together, &path_count);
    const struct vb_value *values = vb_fold_values(together);
    int *items = vb_arena_alloc(arena, sizeof *items * (size_t)(path_count + 1));
    struct vb_value *given = vb_arena_alloc(arena, sizeof *given * (size_t)(path_count + 1));
    for (int i = 0; i < path_count; i++) {
        const struct vb_item *item = &plan->items[path[i].item];
        const struct vb_value *value = &values[vb_plan_slot(plan, item, path[i].member)];
        bool held = vb_fold_held(together, item->index, path[i].member);
        bool why = result->research && !held && value->type == VB_VALUE_MISSING;
        items[count] = item->index;
        given[count++] = (vb_value_given(value) && !held) || why
                             ? *value
                             : vb_value_missing(held && result->research ? VB_MISSING_HELD
                                                                         : VB_MISSING_NOT_SHOWN);
    }
    result->talk.together = items;
    result->talk.together_values = given;
    result->talk.together_count = count;
}

void vb_talk_fill(struct vb_result *result, const struct vb_fold *together, struct vb_arena *arena)
{
    struct vb_talk *talk = &result->talk;
    int a, b;
    *talk = (struct vb_talk){ 0 };
    fill_together(result, together, arena);
    if (!vb_talk_pair(result, &a, &b))
        return;
    talk->well = list_of(result, VB_WELL, &talk->well_count, arena);
    talk->differ = list_of(result, VB_DIFFER, &talk->differ_count, arena);
    talk->better = list_of(result, VB_BETTER, &talk->better_count, arena);
    fill_friction(result, a, b, arena);
}
