#include "data/category.h"

#include "data/score.h"

/* Of POMP in tenths. */
enum { WELL_FROM = 750, BETTER_TO = 250, DIFFER_FROM = 500 };

bool vb_item_pomp(const struct vb_plan *plan, int item, int format, const struct vb_value *value,
                  int64_t *tenths)
{
    const struct vb_item *asked = &plan->items[item];
    int64_t number, min, max;
    if (!vb_value_given(value) || !vb_item_range(plan, asked, format, &min, &max) || min == max ||
        !vb_item_number(plan, asked, value, &number))
        return false;
    *tenths = vb_pomp_tenths(asked->reverse ? min + max - number : number, 1, min, max);
    return true;
}

bool vb_item_has_category(const struct vb_item *item)
{
    return item->kind != VB_VAS && item->relation != VB_OWN && item->comparable;
}

/* Is more of it better? In a scale, and where somebody agrees with a sentence, yes. Of a yes, a
 * number or an option that stands alone nobody said which end is the good one. */
static bool has_good_end(const struct vb_item *item)
{
    return item->scale >= 0 || item->kind == VB_LIKERT || item->kind == VB_FACES;
}

enum vb_category vb_category_of(const struct vb_item *item, int64_t lowest, int64_t highest)
{
    if (has_good_end(item) && lowest >= WELL_FROM)
        return VB_WELL;
    if (has_good_end(item) && highest <= BETTER_TO)
        return VB_BETTER;
    return highest - lowest >= DIFFER_FROM ? VB_DIFFER : VB_DISCUSS;
}
