#include "store/store_db.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "store/store_folder.h"

struct vb_store_statement {
    const char *sql; /* the constant itself: compared by address */
    sqlite3_stmt *statement;
};

/* -- errors -- */

static enum vb_code disk_full(struct vb_store_db *db, struct vb_err *err)
{
    db->full = true;
    return vb_fail(err, VB_E_IO, "%s: the disk is full; nothing was saved", db->path);
}

/* The system's reason. A commit that fails leaves it only with the file it failed on: the log, or
 * the database itself. 0: not known. */
static int cause_of(sqlite3 *handle)
{
    int cause = 0;
    sqlite3_file *log = NULL;
    if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK &&
        log != NULL && log->pMethods != NULL)
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &cause);
    if (cause == 0)
        sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &cause);
    return cause != 0 ? cause : sqlite3_system_errno(handle);
}

static enum vb_code disk_error(struct vb_store_db *db, int rc, struct vb_err *err)
{
    int cause = cause_of(db->handle);
    bool sync = rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC;
    if (!sync && (cause == ENOSPC || cause == EDQUOT || cause == EFBIG))
        return disk_full(db, err);
    db->failed = true;
    return vb_fail(err, VB_E_IO,
                   "%s: the disk failed (%s, SQLite %d); it is not known to be saved, so do it "
                   "again",
                   db->path, cause != 0 ? strerror(cause) : sqlite3_errstr(rc), rc);
}

/* No backup holds the keys. */
static const char *mend(const struct vb_store_db *db)
{
    return vb_ends_with(db->path, "/keys.db") ? "put your newest copy of it back"
                                              : "restore a backup";
}

/* A statement of ours does not fit: the file has other tables than the schema it names. */
static enum vb_code refuse_tables(struct vb_store_db *db, struct vb_err *err)
{
    return vb_fail(err, VB_E_DATA, "%s is damaged: it does not hold what its schema says (%s): %s",
                   db->path, sqlite3_errmsg(db->handle), mend(db));
}

/* Says what rc means for whoever called. Never a value that was bound: SQLite's own messages name
 * tables and columns only. */
static enum vb_code refuse(struct vb_store_db *db, int rc, struct vb_err *err)
{
    switch (rc & 0xff) {
    case SQLITE_FULL:
        return disk_full(db, err);
    case SQLITE_IOERR:
        return disk_error(db, rc, err);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return vb_fail(err, VB_E_DATA, "%s is damaged (%s): %s", db->path,
                       sqlite3_errmsg(db->handle), mend(db));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return vb_fail(err, VB_E_BUSY, "%s is held by another program: close that first", db->path);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        db->failed = true;
        if (sqlite3_system_errno(db->handle) != 0)
            return vb_store_folder_fail(err, sqlite3_system_errno(db->handle), "cannot write",
                                        db->path);
        return vb_fail(err, VB_E_CONFIG, "cannot write %s: %s", db->path, sqlite3_errstr(rc));
    case SQLITE_TOOBIG:
        return vb_fail(err, VB_E_LIMIT, "too much in one piece for %s", db->path);
    case SQLITE_NOMEM:
        return vb_fail(err, VB_E_LIMIT, "%s: no memory left; nothing was saved", db->path);
    default:
        return vb_fail(err, VB_E_INTERNAL, "%s: %s (%d)", db->path, sqlite3_errmsg(db->handle), rc);
    }
}

/* -- the log -- */

static int on_commit(void *ctx, sqlite3 *handle, const char *name, int pages)
{
    (void)handle, (void)name;
    struct vb_store_db *db = ctx;
    db->log_pages = pages;
    if (pages < db->log_tried)
        db->log_tried = 0; /* it began again from the front */
    return SQLITE_OK;
}

/* Did somebody leave without closing? */
static bool log_left(const struct vb_store_db *db)
{
    struct stat log;
    struct vb_buf path = { 0 };
    vb_buf_printf(&path, "%s-wal", db->path);
    bool left = stat(path.data, &log) == 0 && log.st_size > 0;
    vb_buf_finish(&path);
    return left;
}

static int write_again(sqlite3_file *log)
{
    enum { CHUNK = 64 * 1024 };
    sqlite3_int64 size = 0;
    char *bytes = vb_alloc(CHUNK);
    int rc = log->pMethods->xFileSize(log, &size);
    for (sqlite3_int64 at = 0; rc == SQLITE_OK && at < size; at += CHUNK) {
        int len = size - at < CHUNK ? (int)(size - at) : CHUNK;
        rc = log->pMethods->xRead(log, bytes, len, at);
        if (rc == SQLITE_OK)
            rc = log->pMethods->xWrite(log, bytes, len, at);
    }
    free(bytes);
    return rc == SQLITE_OK ? log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) : rc;
}

/* What the kernel shows of a file need not be on disk: after a sync that failed it forgets what it
 * could not write, and shows it on. A commit that SQLite finds in such a log would count, later
 * ones would follow it, and a power cut would take all of them. So the log is written once more, as
 * it is seen, and synced, with everybody else kept from writing. */
static enum vb_code save_log(struct vb_store_db *db, struct vb_err *err)
{
    sqlite3_file *log = NULL;
    enum vb_code code = vb_store_db_begin(db, err);
    if (code != VB_OK)
        return code;
    int rc = sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (rc == SQLITE_OK && log != NULL && log->pMethods != NULL)
        rc = write_again(log);
    if (rc != SQLITE_OK)
        code = refuse(db, rc, err);
    return vb_store_db_end(db, code, err);
}

enum vb_code vb_store_db_checkpoint(struct vb_store_db *db, struct vb_err *err)
{
    db->log_tried = db->log_pages;
    int rc = sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    return rc == SQLITE_OK || rc == SQLITE_BUSY ? VB_OK : refuse(db, rc, err);
}

/* -- the connection -- */

/* Out of descriptors, SQLite may come by one just in time to open the file for reading only. */
static enum vb_code refuse_readonly(struct vb_store_db *db, struct vb_err *err)
{
    if (euidaccess(db->path, W_OK) == 0)
        return vb_fail(err, VB_E_IO, "%s could not be opened for writing: try again", db->path);
    return vb_fail(err, VB_E_CONFIG, "cannot write %s: it is read-only", db->path);
}

enum { READER_WAIT_MS = 5000 }; /* while the writer brings back a log: nobody else makes it wait */

static enum vb_code configure(struct vb_store_db *db, struct vb_err *err)
{
    sqlite3_extended_result_codes(db->handle, 1);
    if (db->only_reads) {
        int waits = sqlite3_busy_timeout(db->handle, READER_WAIT_MS);
        return waits == SQLITE_OK ? VB_OK : refuse(db, waits, err);
    }
    if (sqlite3_db_readonly(db->handle, "main") == 1)
        return refuse_readonly(db, err);
    sqlite3_wal_hook(db->handle, on_commit, db); /* in place of SQLite's own checkpoints */
    int rc = sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    if (rc != SQLITE_OK)
        return refuse(db, rc, err);
    enum vb_code code = vb_store_db_exec(
        db, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY",
        err);
    return code == VB_OK && db->settings != NULL ? vb_store_db_exec(db, db->settings, err) : code;
}

static enum vb_code connect(struct vb_store_db *db, struct vb_err *err)
{
    int flags = db->only_reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    bool left = !db->only_reads && log_left(db);
    int rc = sqlite3_open_v2(db->path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    db->failed = false;
    db->log_pages = db->log_tried = 0;
    enum vb_code code = rc == SQLITE_OK ? configure(db, err) : refuse(db, rc, err);
    if (code == VB_OK && left)
        code = save_log(db, err);
    if (code != VB_OK)
        db->failed = true;
    return code;
}

static void disconnect(struct vb_store_db *db)
{
    for (size_t i = 0; i < db->statement_count; i++)
        sqlite3_finalize(db->statements[i].statement);
    db->statement_count = 0;
    if (db->handle == NULL)
        return;
    /* What could not be synced must not be copied into the database on the way out. */
    if (db->failed)
        sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    int rc = sqlite3_close(db->handle);
    vb_assert(rc == SQLITE_OK); /* it refuses only while a statement is alive */
    db->handle = NULL;
}

enum vb_code vb_store_db_open(struct vb_store_db *db, const char *path, struct vb_err *err)
{
    return vb_store_db_open_with(db, path, NULL, err);
}

enum vb_code vb_store_db_open_with(struct vb_store_db *db, const char *path, const char *settings,
                                   struct vb_err *err)
{
    *db = (struct vb_store_db){ .path = vb_strdup(path), .settings = settings };
    enum vb_code code = connect(db, err);
    if (code != VB_OK)
        vb_store_db_close(db);
    return code;
}

void vb_store_db_reader(struct vb_store_db *db, const char *path)
{
    *db = (struct vb_store_db){ .path = vb_strdup(path), .only_reads = true };
}

void vb_store_db_close(struct vb_store_db *db)
{
    disconnect(db);
    free(db->statements);
    free(db->path);
    *db = (struct vb_store_db){ 0 };
}

enum vb_code vb_store_db_ready(struct vb_store_db *db, struct vb_err *err)
{
    if (db->handle != NULL && !db->failed)
        return VB_OK;
    disconnect(db);
    return connect(db, err);
}

/* -- statements -- */

static enum vb_code prepare(struct vb_store_db *db, sqlite3_stmt **out, const char *sql,
                            struct vb_err *err)
{
    for (size_t i = 0; i < db->statement_count; i++) {
        *out = db->statements[i].statement;
        if (db->statements[i].sql == sql)
            return VB_OK;
    }
    int rc = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    if (rc != SQLITE_OK)
        return rc == SQLITE_ERROR ? refuse_tables(db, err) : refuse(db, rc, err);
    struct vb_store_statement *kept =
        vb_push(&db->statements, db->statement_count, &db->statement_cap, sizeof *kept);
    *kept = (struct vb_store_statement){ sql, *out };
    db->statement_count++;
    return VB_OK;
}

static int bind(sqlite3_stmt *statement, int at, const struct vb_store_value *value)
{
    switch (value->kind) {
    case VB_STORE_NULL:
        return sqlite3_bind_null(statement, at);
    case VB_STORE_INT:
        return sqlite3_bind_int64(statement, at, value->number);
    case VB_STORE_TEXT:
        return sqlite3_bind_text(statement, at, value->bytes, -1, SQLITE_STATIC);
    case VB_STORE_BYTES:
        return sqlite3_bind_blob64(statement, at, value->bytes, (sqlite3_uint64)value->number,
                                   SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

enum vb_code vb_store_db_query(struct vb_store_db *db, sqlite3_stmt **out, const char *sql,
                               const struct vb_store_value *values, size_t count,
                               struct vb_err *err)
{
    enum vb_code code = prepare(db, out, sql, err);
    if (code != VB_OK)
        return code;
    vb_assert(!sqlite3_stmt_busy(*out));
    for (size_t i = 0; i < count; i++) {
        int rc = bind(*out, (int)i + 1, &values[i]);
        if (rc != SQLITE_OK) {
            code = refuse(db, rc, err);
            vb_store_db_release(*out);
            return code;
        }
    }
    return VB_OK;
}

enum vb_code vb_store_db_step(struct vb_store_db *db, sqlite3_stmt *statement, bool *more,
                              struct vb_err *err)
{
    int rc = sqlite3_step(statement);
    *more = rc == SQLITE_ROW;
    if (*more)
        return VB_OK;
    enum vb_code code = rc == SQLITE_DONE ? VB_OK : refuse(db, rc, err);
    vb_store_db_release(statement);
    return code;
}

void vb_store_db_release(sqlite3_stmt *statement)
{
    /* Both only repeat what step already said. */
    sqlite3_reset(statement);
    if (statement != NULL)
        sqlite3_clear_bindings(statement);
}

enum vb_code vb_store_db_run(struct vb_store_db *db, const char *sql,
                             const struct vb_store_value *values, size_t count, int *changed,
                             struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more;
    enum vb_code code = vb_store_db_query(db, &statement, sql, values, count, err);
    if (code == VB_OK)
        code = vb_store_db_step(db, statement, &more, err);
    if (code != VB_OK)
        return code;
    vb_assert(!more);
    if (changed != NULL)
        *changed = sqlite3_changes(db->handle);
    return VB_OK;
}

enum vb_code vb_store_db_exec(struct vb_store_db *db, const char *sql, struct vb_err *err)
{
    int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    if (rc == SQLITE_ERROR)
        return refuse_tables(db, err);
    return rc == SQLITE_OK ? VB_OK : refuse(db, rc, err);
}

enum vb_code vb_store_db_number(struct vb_store_db *db, int64_t *out, const char *sql,
                                const struct vb_store_value *values, size_t count,
                                struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more;
    enum vb_code code = vb_store_db_query(db, &statement, sql, values, count, err);
    if (code == VB_OK)
        code = vb_store_db_step(db, statement, &more, err);
    if (code != VB_OK)
        return code;
    if (!more)
        return vb_fail(err, VB_E_ABSENT, "there is no such row");
    *out = sqlite3_column_int64(statement, 0);
    vb_store_db_release(statement);
    return VB_OK;
}

enum vb_code vb_store_db_begin(struct vb_store_db *db, struct vb_err *err)
{
    db->full = false;
    return vb_store_db_run(db, "BEGIN IMMEDIATE", NULL, 0, NULL, err);
}

enum vb_code vb_store_db_end(struct vb_store_db *db, enum vb_code code, struct vb_err *err)
{
    if (code == VB_OK)
        code = vb_store_db_run(db, "COMMIT", NULL, 0, NULL, err);
    /* SQLite takes some failed transactions back by itself. One it cannot take back ends with its
     * connection; the first error stays the one that is told. */
    struct vb_err ignored;
    if (code != VB_OK && !sqlite3_get_autocommit(db->handle) &&
        vb_store_db_run(db, "ROLLBACK", NULL, 0, NULL, &ignored) != VB_OK)
        db->failed = true;
    return code;
}

bool vb_store_db_broken(const struct vb_store_db *db)
{
    return db->failed || sqlite3_get_autocommit(db->handle) != 0;
}

const char *vb_store_db_text(sqlite3_stmt *statement, int column, struct vb_arena *arena)
{
    return vb_arena_strdup(arena, (const char *)sqlite3_column_text(statement, column));
}

const char *vb_store_db_bytes(sqlite3_stmt *statement, int column, struct vb_arena *arena,
                              size_t *len)
{
    const void *bytes = sqlite3_column_blob(statement, column); /* before asking how many */
    *len = (size_t)sqlite3_column_bytes(statement, column);
    return vb_arena_strndup(arena, bytes, *len);
}
