/* store_inspect.h - is everything in a store still there to be read?
 *
 * For a backup that is tried, and for the doctor: SQLite's own check of the file, then every row
 * there is, read once: it opens under its key, or it was erased, and no log was cut off. Rows whose
 * key is missing without an erasure are listed. The audit is for vb_store_audit_check. One thread.
 */
#ifndef VB_STORE_INSPECT_H
#define VB_STORE_INSPECT_H

#include "store/keys.h"
#include "store/store.h"

struct vb_lost { /* its key is missing, and no erasure says why */
    enum vb_erasable what;
    const char *id; /* as of VB_ERASE */
};
struct vb_inspected {
    int64_t rounds, persons, sessions, events, pictures, parcels; /* that were read */
    int64_t erased;             /* persons, sessions and pictures */
    const struct vb_lost *lost; /* in arena */
    size_t lost_count;
};
/* The file alone, as SQLite and the schema see it: VB_E_DATA says what is wrong. */
enum vb_code vb_inspect_file(const char *path, struct vb_err *err);
/* The store over the database at path; VB_E_DATA names the first row that does not open. */
enum vb_code vb_inspect_store(struct vb_inspected *out, struct vb_store *store,
                              struct vb_keys *keys, const char *path, struct vb_arena *arena,
                              struct vb_err *err);

#endif
