/* The audit of the SQLite store: rows in a chain, and a head that moves with them in one commit. */
#include "store/store_audit.h"

#include "base/str.h"
#include "store/store_schema.h"
#include "store/store_sqlite_inner.h"

static struct sqlite_store *inside(struct vb_store *store)
{
    return (struct sqlite_store *)store;
}

/* The head as it lies in the file, with what its seal is worth. There may be none. */
static enum vb_code read_head(struct sqlite_store *sqlite, struct vb_arena *arena,
                              struct vb_audit_head *out, struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more;
    char seal[VB_AUDIT_SEAL_SIZE];
    *out = (struct vb_audit_head){ .hash = "" };
    enum vb_code code = vb_store_db_query(&sqlite->db, &statement,
                                          "SELECT rows, hash, seal FROM audit_head", NULL, 0, err);
    if (code == VB_OK)
        code = vb_store_db_step(&sqlite->db, statement, &more, err);
    if (code != VB_OK || !more)
        return code;
    out->rows = sqlite3_column_int64(statement, 0);
    out->hash = vb_store_db_text(statement, 1, arena);
    vb_store_audit_seal(sqlite->audit_key, out->rows, out->hash, seal);
    out->sealed = vb_streq((const char *)sqlite3_column_text(statement, 2), seal);
    vb_store_db_release(statement);
    return VB_OK;
}

enum vb_code vb_store_sqlite_audit_head(struct vb_store *store, struct vb_arena *arena,
                                        struct vb_audit_head *out, struct vb_err *err)
{
    enum vb_code code = vb_store_db_ready(&inside(store)->db, err);
    return code == VB_OK ? read_head(inside(store), arena, out, err) : code;
}

static enum vb_code put_row(struct vb_store_db *db, const struct vb_audit_row *put,
                            const char *previous, const char *hash, struct vb_err *err)
{
    return vb_store_db_run(
        db,
        "INSERT INTO audit (wall_ms, action, subject, \"by\", on_behalf, previous, hash)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        VB_BIND(vb_store_int(put->wall_ms), vb_store_text(put->action), vb_store_text(put->subject),
                vb_store_text(put->by), vb_store_text(put->on_behalf), vb_store_text(previous),
                vb_store_text(hash)),
        NULL, err);
}

static enum vb_code put_head(struct vb_store_db *db, int64_t rows, const char *hash,
                             const char *seal, struct vb_err *err)
{
    return vb_store_db_run(
        db, "INSERT OR REPLACE INTO audit_head (only, rows, hash, seal) VALUES (1, ?1, ?2, ?3)",
        VB_BIND(vb_store_int(rows), vb_store_text(hash), vb_store_text(seal)), NULL, err);
}

/* A head whose seal does not fit is gone on with, so that nobody is locked out of the store, but it
 * never gets a seal again: what happened to it stays to be found. */
enum vb_code vb_store_sqlite_put_audit(struct vb_store *store, const struct vb_audit_row *put,
                                       struct vb_err *err)
{
    struct sqlite_store *sqlite = inside(store);
    struct vb_arena arena = { 0 };
    struct vb_audit_head head;
    char hash[VB_DIGEST_SIZE], seal[VB_AUDIT_SEAL_SIZE] = "";
    enum vb_code code = read_head(sqlite, &arena, &head, err);
    if (code == VB_OK) {
        vb_store_audit_hash(put, head.hash, hash);
        if (head.sealed)
            vb_store_audit_seal(sqlite->audit_key, head.rows + 1, hash, seal);
        code = put_row(&sqlite->db, put, head.hash, hash, err);
    }
    if (code == VB_OK)
        code = put_head(&sqlite->db, head.rows + 1, hash, seal, err);
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_store_sqlite_begin_audit(struct vb_store_db *db,
                                         const unsigned char key[VB_AUDIT_KEY_BYTES],
                                         struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more;
    struct vb_arena arena = { 0 };
    int64_t rows = 0;
    const char *hash = "";
    char seal[VB_AUDIT_SEAL_SIZE];
    enum vb_code code =
        vb_store_db_query(db, &statement,
                          "SELECT (SELECT count(*) FROM audit), hash FROM audit ORDER BY row DESC"
                          " LIMIT 1",
                          NULL, 0, err);
    if (code == VB_OK)
        code = vb_store_db_step(db, statement, &more, err);
    if (code == VB_OK && more) {
        rows = sqlite3_column_int64(statement, 0);
        hash = vb_store_db_text(statement, 1, &arena);
        vb_store_db_release(statement);
    }
    vb_store_audit_seal(key, rows, hash, seal);
    if (code == VB_OK)
        code = put_head(db, rows, hash, seal, err);
    vb_arena_finish(&arena);
    return code;
}
