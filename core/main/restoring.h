/* restoring.h - a backup put together beside its place, tried as a whole, and then moved there.
 *
 *      begin    SCRATCH/ verbond.db of the backup, keys.db, every list of erasures there is as one
 *      try      opens it as any command would: keys fit, what was erased since is erased, every
 *               row opens or was erased, the audit is whole
 *      place    DATA/erasures, keys.db, and verbond.db last: one that is there is complete
 *      end      SCRATCH/ is destroyed
 */
#ifndef VB_RESTORING_H
#define VB_RESTORING_H

#include "main/workplace.h"
#include "store/store_backup.h"
#include "store/store_inspect.h"

struct vb_restoring {
    const char *from;     /* the backup's folder */
    const char *keys;     /* a keys.db, or a copy of one; NULL: that of the data folder, if there */
    const char *erasures; /* a further list of erasures; NULL: none */
    const char *data;     /* where it goes; its own list of erasures counts, too */
    bool erase_lost;      /* what has no key is erased, instead of refused */

    struct vb_backup backup;
    const char *scratch;
    bool has_keys;
    struct vb_inspected inspected;
    int rounds_erased; /* that the backup had, and what was erased since leaves empty */
};
/* What is in the backup is there byte for byte, and copied. place: for its arena. */
enum vb_code vb_restoring_begin(struct vb_restoring *restoring, struct vb_workplace *place,
                                struct vb_err *err);
/* VB_E_CONFIG: the master key does not fit, or keys are missing (and erase_lost is not set).
 * audit: the action that is written into it, with the user's name; NULL: none. */
enum vb_code vb_restoring_try(struct vb_restoring *restoring, struct vb_workplace *place,
                              const char *audit, struct vb_err *err);
/* Into a data folder that has no store. */
enum vb_code vb_restoring_place(struct vb_restoring *restoring, struct vb_workplace *place,
                                struct vb_err *err);
enum vb_code vb_restoring_end(struct vb_restoring *restoring, struct vb_workplace *place,
                              struct vb_err *err);

#endif
