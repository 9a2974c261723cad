/* conditions.h - can conditions hold, and can they fail? Tried out on the answers that matter.
 *
 * Each value a condition names, its neighbours, both ends of the range, and no answer: between
 * those values nothing changes, so that the outcome is exact. Only where the combinations are too
 * many to try is the author given the benefit of the doubt. Pure; any thread. */
#ifndef VB_CONDITIONS_H
#define VB_CONDITIONS_H

#include "data/instrument.h"

struct vb_trying {
    const struct vb_plan *plan;
    const struct vb_item *items; /* the plan's, which may still be in the making */
    int format;
    /* NULL: every question may be answered. Else [item_count], 0 where it is not asked, and a
     * question counts as asked only while its own condition holds. */
    const uint8_t *asked;
    int64_t *left; /* how many comparisons may still be tried; below 0 all is held possible */
};

/* Can it hold for some answers? */
bool vb_condition_possible(const struct vb_trying *trying, const struct vb_cond *cond);
/* The most of these that hold at the same time. */
int vb_conditions_most(const struct vb_trying *trying, const struct vb_cond *const *conds,
                       int count);
/* Is there an answer to everything it looks at with which it does not hold? */
bool vb_condition_can_fail(const struct vb_trying *trying, const struct vb_cond *cond);

#endif
