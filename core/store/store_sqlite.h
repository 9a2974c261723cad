/* store_sqlite.h - the store on disk: SQLite in WAL mode, synchronous=FULL.
 *
 * One process per data folder: a lock file is held while the store is open (VB_E_BUSY names the
 * holder). A newer schema is refused; an older one is brought up by numbered SQL files. */
#ifndef VB_STORE_SQLITE_H
#define VB_STORE_SQLITE_H

#include "store/store.h"

/* Makes the folder (mode 0700) when it is missing. */
enum vb_code vb_store_sqlite_open(struct vb_store **out, const char *dir, struct vb_err *err);

#endif
