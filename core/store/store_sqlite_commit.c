/* Commits of the SQLite store: one, several that share a sync, and what is done when nothing waits.
 *
 *      disk full     the log goes into the database, then again; what ends something, or writes
 * down a look, may then take the reserve; everything else is refused until there is room for the
 * reserve once more */
#include "store/store_sqlite.h"
#include "store/store_sqlite_inner.h"

/* Pages of the log (4 KiB each) after which it is brought into the database: when nothing waits,
 * and under a load that never stops. */
enum { LOG_WHEN_IDLE = 1000, LOG_AT_MOST = 4000 };

static struct sqlite_store *sqlite_of(struct vb_store *store)
{
    return (struct sqlite_store *)store;
}

static enum vb_code apply_all(struct vb_store *store, const struct vb_change *changes, size_t count,
                              struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (size_t i = 0; i < count && code == VB_OK; i++)
        code = vb_store_sqlite_apply(store, &changes[i], err);
    return code;
}

static enum vb_code end(struct vb_store *store, enum vb_code code, struct vb_err *err)
{
    code = vb_store_db_end(&sqlite_of(store)->db, code, err);
    if (code != VB_OK)
        vb_store_sqlite_forget(sqlite_of(store));
    return code;
}

/* All of it or nothing: the first refusal takes back what came before it. */
static enum vb_code try_commit(struct vb_store *store, const struct vb_change *changes,
                               size_t count, struct vb_err *err)
{
    struct vb_store_db *db = &sqlite_of(store)->db;
    enum vb_code code = vb_store_db_ready(db, err);
    if (code == VB_OK)
        code = vb_store_db_begin(db, err);
    if (code != VB_OK)
        return code;
    code = apply_all(store, changes, count, err);
    return end(store, code, err);
}

/* -- a full disk -- */

static bool brings_content(const struct vb_change *change)
{
    switch (change->kind) {
    case VB_PUT_INSTRUMENT:
    case VB_PUT_CASE:
    case VB_PUT_PERSON:
    case VB_PUT_ROUND:
    case VB_PUT_SESSION:
    case VB_PUT_BLOB:
    case VB_PUT_OUTPUT:
    case VB_PUT_STAFF:
    case VB_PUT_TOKEN:
    case VB_PUT_ASSIGNMENT:
        return true;
    default:
        return false;
    }
}

/* An erasure, a closing, a withdrawal, a look: all of them come with a row of the audit. */
static bool may_take_reserve(const struct vb_change *changes, size_t count)
{
    bool accounted = false;
    for (size_t i = 0; i < count; i++) {
        if (brings_content(&changes[i]))
            return false;
        accounted = accounted || changes[i].kind == VB_PUT_AUDIT || changes[i].kind == VB_ERASE;
    }
    return accounted;
}

static bool reserve(struct sqlite_store *sqlite)
{
    if (!sqlite->reserved)
        sqlite->reserved = vb_store_folder_reserve(&sqlite->folder, VB_STORE_RESERVE);
    return sqlite->reserved;
}

static bool release(struct sqlite_store *sqlite)
{
    sqlite->reserved = false;
    return vb_store_folder_release(&sqlite->folder);
}

/* What the log holds twice is room too. Fails where that needs more room first: then it was in
 * vain, and the connection is as good as it was. */
static bool empty_log(struct vb_store_db *db)
{
    struct vb_err ignored;
    return !db->failed && db->log_pages > db->log_tried &&
           vb_store_db_checkpoint(db, &ignored) == VB_OK;
}

/* Under a load that never stops. A checkpoint that fails loses nothing: what it could not do the
 * next one does, on a connection that is opened anew where the disk failed. */
static void relieve(struct vb_store *store)
{
    struct vb_store_db *db = &sqlite_of(store)->db;
    struct vb_err ignored;
    if (!db->failed && db->log_pages - db->log_tried >= LOG_AT_MOST)
        vb_store_db_checkpoint(db, &ignored);
}

enum vb_code vb_store_sqlite_commit(struct vb_store *store, const struct vb_change *changes,
                                    size_t count, struct vb_err *err)
{
    struct sqlite_store *sqlite = sqlite_of(store);
    if (sqlite->db.only_reads)
        return vb_fail(err, VB_E_INTERNAL, "%zu changes went to a store that only reads", count);
    bool needed = may_take_reserve(changes, count);
    if (!needed && !reserve(sqlite))
        return vb_fail(err, VB_E_IO, "%s: the disk is full; nothing was saved", sqlite->db.path);
    enum vb_code code = try_commit(store, changes, count, err);
    if (code == VB_E_IO && sqlite->db.full && empty_log(&sqlite->db))
        code = try_commit(store, changes, count, err);
    if (code == VB_E_IO && sqlite->db.full && needed && release(sqlite))
        code = try_commit(store, changes, count, err);
    relieve(store);
    return code;
}

enum vb_code vb_store_sqlite_idle(struct vb_store *store, bool *worked, struct vb_err *err)
{
    struct sqlite_store *sqlite = sqlite_of(store);
    struct vb_store_db *db = &sqlite->db;
    *worked = false;
    if (!db->only_reads)
        reserve(sqlite);
    if (db->handle == NULL || db->failed || db->log_pages - db->log_tried < LOG_WHEN_IDLE)
        return VB_OK;
    enum vb_code code = vb_store_db_checkpoint(db, err);
    *worked = code == VB_OK;
    return code;
}

/* -- several at once -- */

/* One that is a single statement takes itself back when it is refused. */
static bool needs_savepoint(const struct vb_request *request)
{
    return request->count != 1 || request->changes[0].kind != VB_APPEND;
}

/* Inside the transaction. What it returns is true of this request alone; whether it broke the whole
 * transaction is for vb_store_db_broken to say. */
static enum vb_code apply_one(struct vb_store *store, struct vb_request *request)
{
    struct vb_store_db *db = &sqlite_of(store)->db;
    struct vb_err *err = &request->err, again;
    bool savepoint = needs_savepoint(request);
    enum vb_code code = VB_OK;
    if (savepoint)
        code = vb_store_db_run(db, "SAVEPOINT one", NULL, 0, NULL, err);
    if (code != VB_OK)
        return code;
    code = apply_all(store, request->changes, request->count, err);
    if (!savepoint || vb_store_db_broken(db))
        return code;
    if (code != VB_OK)
        vb_store_sqlite_forget(sqlite_of(store));
    if (code != VB_OK && vb_store_db_run(db, "ROLLBACK TO one", NULL, 0, NULL, &again) != VB_OK)
        db->failed = true;
    else if (vb_store_db_run(db, "RELEASE one", NULL, 0, NULL, &again) != VB_OK)
        db->failed = true;
    return code;
}

static enum vb_code try_batch(struct vb_store *store, struct vb_request *requests, size_t count,
                              struct vb_err *err)
{
    struct vb_store_db *db = &sqlite_of(store)->db;
    enum vb_code code = vb_store_db_ready(db, err);
    if (code == VB_OK)
        code = vb_store_db_begin(db, err);
    if (code != VB_OK)
        return code;
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        requests[i].code = apply_one(store, &requests[i]);
        if (vb_store_db_broken(db))
            code = vb_fail(err, VB_E_IO, "%s: saving broke off; nothing was saved, do it again",
                           db->path);
    }
    return end(store, code, err);
}

/* What was refused for itself stays so; nobody else is told yes. */
static void refuse_all(struct vb_request *requests, size_t count, enum vb_code code,
                       const struct vb_err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (requests[i].code != VB_OK)
            continue;
        requests[i].code = code;
        requests[i].err = *err;
    }
}

static void one_by_one(struct vb_store *store, struct vb_request *requests, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (requests[i].code == VB_E_IO)
            requests[i].code = vb_store_sqlite_commit(store, requests[i].changes, requests[i].count,
                                                      &requests[i].err);
}

void vb_store_sqlite_batch(struct vb_store *store, struct vb_request *requests, size_t count)
{
    struct sqlite_store *sqlite = sqlite_of(store);
    struct vb_err err = { 0 };
    bool together = count > 1 && !sqlite->db.only_reads && reserve(sqlite);
    for (size_t i = 0; i < count; i++)
        requests[i].code = together ? VB_OK : VB_E_IO;
    if (together) {
        enum vb_code code = try_batch(store, requests, count, &err);
        if (code != VB_OK)
            refuse_all(requests, count, code, &err);
    }
    /* On a full disk some of them may still find room, and some may take the reserve. */
    if (!together || (sqlite->db.full && !sqlite->db.failed))
        one_by_one(store, requests, count);
    relieve(store);
}
