/* parcel.h - one parcel by its name, and what a person may do with it. Rows alone: the outbox is
 * not needed for it (outbox.h). One thread. */
#ifndef VB_PARCEL_H
#define VB_PARCEL_H

#include "store/store.h"

/* By ROUND/OUTPUT/REVISION; of the round, four characters are enough where only one begins so.
 * VB_E_DATA: it is no such name. VB_E_ABSENT. */
enum vb_code vb_parcel_find(struct vb_store *store, const char *name, struct vb_arena *arena,
                            struct vb_parcel_row *out, struct vb_err *err);
/* What sets it so that it waits no longer; a lease is over with it. VB_E_CONFLICT: it neither waits
 * nor is dead, or it is dead and a newer revision arrived there: the older one would come last. */
enum vb_code vb_parcel_retry(struct vb_store *store, const struct vb_parcel_row *row,
                             int64_t now_wall_ms, struct vb_change *out, struct vb_err *err);
/* What drops it. VB_E_CONFLICT: it neither waits nor is dead. reason is borrowed. */
enum vb_code vb_parcel_drop(const struct vb_parcel_row *row, const char *reason,
                            int64_t now_wall_ms, struct vb_change *out, struct vb_err *err);

#endif
