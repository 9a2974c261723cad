/* retention.h - how long rounds of an instrument are kept, and what falls due.
 *
 * A setting a instrument: retention.INSTRUMENT = DAYS since the last thing that was written in a
 * round. What is due is erased (erase.h) with reason "retention", whoever opens the store next. One
 * thread. */
#ifndef VB_RETENTION_H
#define VB_RETENTION_H

#include "base/log.h"
#include "store/store.h"

#define VB_RETENTION_PREFIX "retention."
enum { VB_RETENTION_DAYS_MAX = 36500 };
/* Whole days from 1, as the setting holds them; false for anything else. */
bool vb_retention_days(const char *text, int *days);

struct vb_retention_due {
    struct vb_round_row round;
    int64_t due_wall_ms;
};
/* Rounds that hold something and are due at until_wall_ms or before, soonest first. extra: one more
 * setting that is looked at as if it were kept, in the place of the one of its name; NULL: none. A
 * round whose log cannot be read is passed over, and the log says so. */
enum vb_code vb_retention_find(struct vb_store *store, int64_t until_wall_ms,
                               const struct vb_setting_row *extra, const struct vb_log *log,
                               struct vb_arena *arena, struct vb_retention_due **out, size_t *count,
                               struct vb_err *err);
/* Erases what is due now, one commit a round; names go with the last that was kept of them. */
enum vb_code vb_retention_enforce(struct vb_store *store, int64_t now_wall_ms,
                                  const struct vb_log *log, int *erased, struct vb_err *err);

#endif
