/* sheet_group.c - three voices or more that are no family: the same parts as for two, by how high
 * the lowest voice lies and how far the lowest and the highest lie apart. Of who gave no answer
 * nothing follows. */
#include <stdlib.h>

#include "data/category.h"
#include "sheet/sheet_view.h"

enum { POINTS = 5 }; /* in a list, when the instrument names no number */

bool vb_view_has_points(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    int64_t min, max;
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        if (!item->negative && !item->per_member && vb_view_may_show(view, item) &&
            vb_item_has_category(item) &&
            vb_item_range(plan, item, view->result->format, &min, &max))
            return true;
    }
    return false;
}

struct spread {
    int item, voices;
    int64_t lowest, highest, sum;
};

static struct spread spread_of(const struct vb_sheet_view *view, int item)
{
    const struct vb_result *result = view->result;
    struct spread spread = { .item = item };
    for (int i = 0; i < result->respondent_count; i++) {
        int64_t place;
        if (!vb_item_pomp(result->plan, item, result->format,
                          vb_view_value(view, i, &result->plan->items[item]), &place))
            continue;
        if (spread.voices == 0 || place < spread.lowest)
            spread.lowest = place;
        if (spread.voices == 0 || place > spread.highest)
            spread.highest = place;
        spread.sum += place;
        spread.voices++;
    }
    return spread;
}

static enum vb_category category_of(const struct vb_sheet_view *view, const struct spread *spread)
{
    const struct vb_item *item = &view->result->plan->items[spread->item];
    if (spread->voices < 2 || item->negative || item->per_member || !vb_view_may_show(view, item) ||
        !vb_item_has_category(item))
        return VB_CATEGORY_NONE;
    return vb_category_of(item, spread->lowest, spread->highest);
}

/* Does a stand before b? Well: highest first; differ: furthest apart first; better: lowest first.
 * By the mean, since not everybody answers everything. */
static bool heavier(const struct spread *a, const struct spread *b, enum vb_category category)
{
    if (category == VB_DIFFER)
        return a->highest - a->lowest > b->highest - b->lowest;
    int64_t left = a->sum * b->voices, right = b->sum * a->voices;
    return category == VB_WELL ? left > right : left < right;
}

int vb_group_points(const struct vb_sheet_view *view, enum vb_category category, int *items)
{
    const struct vb_plan *plan = view->result->plan;
    struct spread *found = vb_alloc(((size_t)plan->item_count + 1) * sizeof *found);
    int count = 0, limit = plan->talk_points > 0 ? plan->talk_points : POINTS;
    for (int i = 0; i < plan->item_count; i++) {
        struct spread spread = spread_of(view, i);
        if (category_of(view, &spread) != category)
            continue;
        int at = count++; /* equal ones stay in the instrument's order */
        for (; at > 0 && heavier(&spread, &found[at - 1], category); at--)
            found[at] = found[at - 1];
        found[at] = spread;
    }
    count = count < limit ? count : limit;
    for (int i = 0; i < count; i++)
        items[i] = found[i].item;
    free(found);
    return count;
}
