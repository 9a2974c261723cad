/* store_schema.h - the database file: whose it is, how old it is, and bringing it up to date. */
#ifndef VB_STORE_SCHEMA_H
#define VB_STORE_SCHEMA_H

#include "store/store_audit.h"
#include "store/store_db.h"

/* Where the key of the audit's head comes from: asked for when the folder is locked and before the
 * database is written to; again when an opening is tried again. anew: the head is made now (a new
 * database, or one of schema 1), so the key must be durable when this returns. */
struct vb_store_audit_key {
    enum vb_code (*get)(void *ctx, const char *dir, bool anew,
                        unsigned char key[VB_AUDIT_KEY_BYTES], struct vb_err *err);
    void *ctx;
};

enum {
    VB_STORE_APPLICATION = 0x76626e64, /* "vbnd", in the file's header */
    VB_STORE_SCHEMA = 5,               /* the newest this program knows */
};

/* Opens DIR/verbond.db. A missing file is made beside it and moved into place whole, so that one
 * that is there is always complete. Refused and left untouched: a file of another program or a
 * newer schema (VB_E_CONFIG), one that is no database (VB_E_DATA). An older schema is brought up,
 * one transaction a step. key: what ask gave. */
enum vb_code vb_store_schema_open(struct vb_store_db *db, const char *dir,
                                  const struct vb_store_audit_key *ask,
                                  unsigned char key[VB_AUDIT_KEY_BYTES], struct vb_err *err);
/* What schema 2 needs that no SQL file can write: the head of the audit as it now is. */
enum vb_code vb_store_sqlite_begin_audit(struct vb_store_db *db,
                                         const unsigned char key[VB_AUDIT_KEY_BYTES],
                                         struct vb_err *err);

#endif
