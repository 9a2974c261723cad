/* store_schema.h - the database file: whose it is, how old it is, and bringing it up to date. */
#ifndef VB_STORE_SCHEMA_H
#define VB_STORE_SCHEMA_H

#include "store/store_db.h"

enum {
    VB_STORE_APPLICATION = 0x76626e64, /* "vbnd", in the file's header */
    VB_STORE_SCHEMA = 2,               /* the newest this program knows */
};

/* Opens DIR/verbond.db. A missing file is made beside it and moved into place whole, so that one
 * that is there is always complete. Refused and left untouched: a file of another program or a
 * newer schema (VB_E_CONFIG), one that is no database (VB_E_DATA). An older schema is brought up,
 * one transaction a step. */
enum vb_code vb_store_schema_open(struct vb_store_db *db, const char *dir, struct vb_err *err);

#endif
