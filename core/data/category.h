/* category.h - what answers to one question give to talk about, by how high and how far apart they
 * lie. On POMP (0 is the lowest answer there is, 100 the highest), in integers.
 *
 * Rules of this house and no norms; in words: docs/reference/rounds.md. Pure; any thread. */
#ifndef VB_CATEGORY_H
#define VB_CATEGORY_H

#include "data/instrument.h"
#include "data/result.h"

/* An item's place on 0..1000 (POMP in tenths, reverse keying applied); false without a number. */
bool vb_item_pomp(const struct vb_plan *plan, int item, int format, const struct vb_value *value,
                  int64_t *tenths);
/* Can answers to it be set off against each other? Not where each speaks of the own experience, on
 * a free line, or where the author says so. */
bool vb_item_has_category(const struct vb_item *item);
/* Of an item that has one, by the lowest and the highest place that somebody gave. */
enum vb_category vb_category_of(const struct vb_item *item, int64_t lowest, int64_t highest);

#endif
