/* simulate_value.h - one answer that nobody gave. */
#ifndef VB_SIMULATE_VALUE_H
#define VB_SIMULATE_VALUE_H

#include "kinds/kind.h"

/* level: how well this person finds things, in thousandths around 0. Draws from *chance. The value
 * is one the question takes, or a reason for none; false: it takes neither. Strings go to arena. */
bool vb_simulate_value(const struct vb_ask *ask, int64_t level, const char *language,
                       uint64_t *chance, struct vb_arena *arena, struct vb_value *out);

#endif
