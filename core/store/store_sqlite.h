/* store_sqlite.h - the store on disk: SQLite in WAL mode, synchronous=FULL.
 *
 * One process per data folder: a lock file is held while the store is open (VB_E_BUSY names the
 * holder). A newer schema is refused; an older one is brought up by numbered SQL files. */
#ifndef VB_STORE_SQLITE_H
#define VB_STORE_SQLITE_H

#include "store/store.h"
#include "store/store_schema.h"

/* Room that is kept in the folder for the day the disk is full: what ends something, or writes down
 * that it was looked at, is still possible then. Answers are not: they go on when there is room. */
enum { VB_STORE_RESERVE = 256 * 1024 };

struct vb_store_sqlite_options {
    const char *dir;
    struct vb_store_audit_key audit_key; /* get NULL: a key of zeros, for tests */
};
/* Makes the folder (mode 0700) when it is missing. */
enum vb_code vb_store_sqlite_open_with(struct vb_store **out,
                                       const struct vb_store_sqlite_options *options,
                                       struct vb_err *err);
/* The same with a key of zeros. */
enum vb_code vb_store_sqlite_open(struct vb_store **out, const char *dir, struct vb_err *err);

/* A second connection that only reads, for another thread than the writer's: under the writer's
 * lock, so it is destroyed before the writer, which must be a store of this file. Each
 * read sees every commit that was acknowledged before it began. Opens its file when first used. */
struct vb_store *vb_store_sqlite_reader(const struct vb_store *writer);

#endif
