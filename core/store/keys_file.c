/* keys_file.c - DIR/keys.db: the rows of wrapped keys. Made beside its place and moved there whole.
 *
 * SQLite with a rollback journal, so that a deleted key does not live on in a log. The journal
 * holds it until the transaction is done, so it is a file that stays (PERSIST), and is overwritten
 * with zeros after an erasure: a file that is removed leaves its blocks on the disk. That it stays
 * also means that no transaction hangs on a name whose folder could not be synced. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "store/keys_inner.h"
#include "store/store_folder.h"

extern const char _binary_core_store_schema_keys_001_sql_start[];
extern const char _binary_core_store_schema_keys_001_sql_end[];

enum { APPLICATION = 0x76626b79 /* "vbky" */, SCHEMA = 1 };
static const char settings[] = "PRAGMA journal_mode = PERSIST; PRAGMA synchronous = EXTRA";

/* -- a new file -- */

static enum vb_code fill(struct vb_store_db *db, const char *folder, const char *master,
                         struct vb_err *err)
{
    struct vb_buf sql = { 0 };
    const char *start = _binary_core_store_schema_keys_001_sql_start;
    vb_buf_put(&sql, start, (size_t)(_binary_core_store_schema_keys_001_sql_end - start));
    vb_buf_printf(&sql, ";PRAGMA user_version = %d;PRAGMA application_id = %d", SCHEMA,
                  APPLICATION);
    enum vb_code code = vb_store_db_begin(db, err);
    if (code == VB_OK) {
        code = vb_store_db_exec(db, sql.data, err);
        if (code == VB_OK)
            code = vb_store_db_run(
                db, "INSERT INTO folder (one, id, master, applied) VALUES (1, ?1, ?2, '')",
                VB_BIND(vb_store_text(folder), vb_store_text(master)), NULL, err);
        code = vb_store_db_end(db, code, err);
    }
    vb_buf_finish(&sql);
    return code;
}

static enum vb_code make_beside(struct vb_keys *keys, const char *path, const char *folder,
                                struct vb_err *err)
{
    struct vb_store_db db;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot make", path);
    close(fd);
    enum vb_code code = vb_store_db_open_with(&db, path, settings, err);
    if (code != VB_OK)
        return code;
    /* Nobody misses it before it is moved, and no journal of a broken-off try may stay. */
    code = vb_store_db_exec(&db, "PRAGMA journal_mode = MEMORY", err);
    if (code == VB_OK)
        code = fill(&db, folder, keys->id, err);
    vb_store_db_close(&db);
    return code;
}

enum vb_code vb_keys_file_make(struct vb_keys *keys, struct vb_err *err)
{
    struct vb_buf path = { 0 }, fresh = { 0 };
    char folder[VB_ID_SIZE];
    vb_id_make(&keys->random, folder);
    vb_buf_printf(&path, "%s/keys.db", keys->dir);
    vb_buf_printf(&fresh, "%s.new", path.data);
    enum vb_code code = make_beside(keys, fresh.data, folder, err);
    if (code == VB_OK && rename(fresh.data, path.data) != 0)
        code = vb_store_folder_fail(err, errno, "cannot make", path.data);
    if (code != VB_OK)
        unlink(fresh.data);
    if (code == VB_OK)
        code = vb_store_folder_sync(keys->dir, err);
    vb_buf_finish(&path);
    vb_buf_finish(&fresh);
    return code == VB_OK ? vb_keys_file_open(keys, err) : code;
}

/* -- a file that is there -- */

static enum vb_code check_head(struct vb_store_db *db, struct vb_err *err)
{
    int64_t application, schema;
    enum vb_code code = vb_store_db_number(db, &application, "PRAGMA application_id", NULL, 0, err);
    if (code == VB_OK)
        code = vb_store_db_number(db, &schema, "PRAGMA user_version", NULL, 0, err);
    if (code != VB_OK)
        return code;
    if (schema < SCHEMA) /* an empty file has neither */
        return vb_fail(err, VB_E_DATA,
                       "%s is damaged or holds no keys: put your newest copy of it back", db->path);
    if (application != APPLICATION)
        return vb_fail(err, VB_E_CONFIG, "%s belongs to another program: put your copy of it back",
                       db->path);
    if (schema != SCHEMA)
        return vb_fail(err, VB_E_CONFIG,
                       "%s has schema %lld, this verbond knows %d: use a newer verbond", db->path,
                       (long long)schema, SCHEMA);
    return VB_OK;
}

static enum vb_code read_folder(struct vb_store_db *db, char folder[VB_ID_SIZE],
                                char master[VB_KEY_ID_SIZE], struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more;
    enum vb_code code =
        vb_store_db_query(db, &statement, "SELECT id, master FROM folder", NULL, 0, err);
    if (code == VB_OK)
        code = vb_store_db_step(db, statement, &more, err);
    if (code != VB_OK)
        return code;
    if (!more)
        return vb_fail(err, VB_E_DATA, "%s is damaged: put your copy of it back", db->path);
    snprintf(folder, VB_ID_SIZE, "%s", (const char *)sqlite3_column_text(statement, 0));
    snprintf(master, VB_KEY_ID_SIZE, "%s", (const char *)sqlite3_column_text(statement, 1));
    vb_store_db_release(statement);
    return VB_OK;
}

enum vb_code vb_keys_file_open(struct vb_keys *keys, struct vb_err *err)
{
    struct vb_buf path = { 0 };
    enum vb_code code = VB_OK;
    vb_buf_printf(&path, "%s/keys.db", keys->dir);
    vb_store_db_close(&keys->db);
    if (access(path.data, F_OK) != 0 && errno == ENOENT)
        code = vb_fail(err, VB_E_ABSENT, "%s is not there", path.data);
    if (code == VB_OK)
        code = vb_store_db_open_with(&keys->db, path.data, settings, err);
    if (code == VB_OK)
        code = check_head(&keys->db, err);
    if (code == VB_OK)
        code = read_folder(&keys->db, keys->folder, keys->sealed_under, err);
    if (code != VB_OK)
        keys->folder[0] = '\0';
    vb_buf_finish(&path);
    return code;
}

/* -- the journal -- */

enum vb_code vb_keys_recover(const char *dir, struct vb_err *err)
{
    struct vb_buf path = { 0 };
    struct vb_store_db db;
    int64_t ignored;
    vb_buf_printf(&path, "%s/keys.db", dir);
    enum vb_code code = vb_store_db_open_with(&db, path.data, settings, err);
    if (code == VB_OK) {
        code = vb_store_db_number(&db, &ignored, "PRAGMA schema_version", NULL, 0, err);
        vb_store_db_close(&db);
    }
    vb_buf_finish(&path);
    return code;
}

static int open_journal(const struct vb_keys *keys, struct vb_buf *path)
{
    vb_buf_printf(path, "%s/keys.db-journal", keys->dir);
    return open(path->data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

/* What the kernel shows of a file need not be on disk: after a sync that failed it forgets what it
 * could not write, and shows it on. A transaction whose end (a zero at the front of the journal)
 * got lost so would be seen, built upon, and taken back by a power cut. So that end is written once
 * more. SQLite has looked at the journal before: what is there now is of no use to it. */
static enum vb_code end_journal(int fd, const char *path, struct vb_err *err)
{
    static const char zeros[512];
    errno = ENOSPC; /* what a short write means */
    return pwrite(fd, zeros, sizeof zeros, 0) == sizeof zeros && fsync(fd) == 0
               ? VB_OK
               : vb_store_folder_fail(err, errno, "cannot write", path);
}

enum vb_code vb_keys_file_settle(struct vb_keys *keys, struct vb_err *err)
{
    struct vb_buf path = { 0 };
    int64_t ignored;
    enum vb_code code = vb_store_db_ready(&keys->db, err);
    if (code == VB_OK)
        code = vb_store_db_number(&keys->db, &ignored, "SELECT count(*) FROM folder", NULL, 0, err);
    int fd = code == VB_OK ? open_journal(keys, &path) : -1;
    if (code == VB_OK && fd < 0)
        code = vb_store_folder_fail(err, errno, "cannot make", path.data);
    if (code == VB_OK)
        code = end_journal(fd, path.data, err);
    if (code == VB_OK)
        code = vb_store_folder_sync(keys->dir, err);
    if (fd >= 0)
        close(fd);
    vb_buf_finish(&path);
    return code;
}

static bool is_zero(const char *bytes, size_t len)
{
    return len == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, len - 1) == 0);
}

/* False, with errno: the disk failed. What is zeros already is not written again. */
static bool fill_with_zeros(int fd)
{
    static const char zeros[4096];
    char block[sizeof zeros];
    bool wrote = false;
    ssize_t len;
    for (off_t at = 0; (len = pread(fd, block, sizeof block, at)) != 0; at += len) {
        if (len < 0 || (!is_zero(block, (size_t)len) && pwrite(fd, zeros, (size_t)len, at) != len))
            return false;
        wrote = wrote || !is_zero(block, (size_t)len);
    }
    return !wrote || fsync(fd) == 0;
}

enum vb_code vb_keys_file_forget(struct vb_keys *keys, struct vb_err *err)
{
    struct vb_buf path = { 0 };
    int fd = open_journal(keys, &path);
    errno = fd < 0 ? errno : EIO;
    enum vb_code code = fd >= 0 && fill_with_zeros(fd)
                            ? VB_OK
                            : vb_store_folder_fail(err, errno, "cannot overwrite", path.data);
    if (fd >= 0)
        close(fd);
    vb_buf_finish(&path);
    return code;
}

/* -- rows -- */

enum vb_code vb_keys_file_begin(struct vb_keys *keys, struct vb_err *err)
{
    enum vb_code code = vb_store_db_ready(&keys->db, err);
    return code == VB_OK ? vb_store_db_begin(&keys->db, err) : code;
}

enum vb_code vb_keys_file_end(struct vb_keys *keys, enum vb_code code, struct vb_err *err)
{
    return vb_store_db_end(&keys->db, code, err);
}

static enum vb_code fill_row(struct vb_keys *keys, sqlite3_stmt *statement, struct vb_arena *arena,
                             struct vb_keys_row *row, struct vb_err *err)
{
    size_t len;
    const char *kind = (const char *)sqlite3_column_text(statement, 0);
    int what = VB_ERASE_PERSON;
    while (what < VB_ERASE_BLOB && !vb_streq(kind, vb_erasable_name((enum vb_erasable)what)))
        what++;
    row->what = (enum vb_erasable)what;
    row->id = vb_store_db_text(statement, 1, arena);
    row->under = vb_store_db_text(statement, 2, arena);
    row->until_wall_ms = sqlite3_column_int64(statement, 3);
    row->wrapped = vb_store_db_bytes(statement, 4, arena, &len);
    if (len == VB_KEYS_WRAPPED)
        return VB_OK;
    return vb_fail(err, VB_E_DATA, "%s: the key of %s %s is damaged: put your copy of it back",
                   keys->db.path, vb_erasable_name(row->what), row->id);
}

#define SELECT_KEY "SELECT kind, id, under, until_wall_ms, wrapped FROM key "

/* All rows of a statement, into a list. */
static enum vb_code list(struct vb_keys *keys, const char *sql, const struct vb_store_value *values,
                         size_t count, struct vb_arena *arena, struct vb_keys_row **out,
                         size_t *found, struct vb_err *err)
{
    sqlite3_stmt *statement = NULL;
    bool more = true;
    size_t cap = 0;
    *out = NULL;
    *found = 0;
    enum vb_code code = vb_store_db_ready(&keys->db, err);
    if (code == VB_OK)
        code = vb_store_db_query(&keys->db, &statement, sql, values, count, err);
    while (code == VB_OK) {
        code = vb_store_db_step(&keys->db, statement, &more, err);
        if (code != VB_OK || !more)
            return code;
        struct vb_keys_row *row = vb_arena_push(arena, out, *found, &cap, sizeof **out);
        code = fill_row(keys, statement, arena, row, err);
        ++*found;
    }
    vb_store_db_release(statement);
    return code;
}

enum vb_code vb_keys_file_row(struct vb_keys *keys, enum vb_erasable what, const char *id,
                              struct vb_arena *arena, struct vb_keys_row *out, bool *there,
                              struct vb_err *err)
{
    struct vb_keys_row *rows;
    size_t count = 0;
    *there = false;
    if (keys->folder[0] == '\0')
        return VB_OK;
    enum vb_code code = list(keys, SELECT_KEY "WHERE kind = ?1 AND id = ?2",
                             VB_BIND(vb_store_text(vb_erasable_name(what)), vb_store_text(id)),
                             arena, &rows, &count, err);
    *there = code == VB_OK && count > 0;
    if (*there)
        *out = rows[0];
    return code;
}

enum vb_code vb_keys_file_rows(struct vb_keys *keys, struct vb_arena *arena,
                               struct vb_keys_row **out, size_t *count, struct vb_err *err)
{
    return list(keys, SELECT_KEY "ORDER BY row", NULL, 0, arena, out, count, err);
}

enum vb_code vb_keys_file_below(struct vb_keys *keys, enum vb_erasable what, const char *id,
                                struct vb_arena *arena, struct vb_keys_row **out, size_t *count,
                                struct vb_err *err)
{
    return list(
        keys,
        "WITH fallen (kind, id) AS ("
        " SELECT ?1, ?2 UNION SELECT kind, id FROM key WHERE ?1 = 'person'"
        " AND kind = 'session' AND instr(' ' || under || ' ', ' ' || ?2 || ' ') > 0) " SELECT_KEY
        "WHERE (kind, id) IN fallen OR (kind = 'blob' AND under IN"
        " (SELECT id FROM fallen WHERE kind = 'session')) ORDER BY row",
        VB_BIND(vb_store_text(vb_erasable_name(what)), vb_store_text(id)), arena, out, count, err);
}

enum vb_code vb_keys_file_ended(struct vb_keys *keys, int64_t now_wall_ms, struct vb_arena *arena,
                                struct vb_keys_row **out, size_t *count, struct vb_err *err)
{
    return list(keys, SELECT_KEY "WHERE until_wall_ms > 0 AND until_wall_ms <= ?1 ORDER BY row",
                VB_BIND(vb_store_int(now_wall_ms)), arena, out, count, err);
}

enum vb_code vb_keys_file_put(struct vb_keys *keys, const struct vb_keys_row *row,
                              struct vb_err *err)
{
    return vb_store_db_run(
        &keys->db,
        "INSERT INTO key (kind, id, under, until_wall_ms, wrapped) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT DO NOTHING",
        VB_BIND(vb_store_text(vb_erasable_name(row->what)), vb_store_text(row->id),
                vb_store_text(row->under), vb_store_int(row->until_wall_ms),
                vb_store_bytes(row->wrapped, VB_KEYS_WRAPPED)),
        NULL, err);
}

enum vb_code vb_keys_file_delete(struct vb_keys *keys, enum vb_erasable what, const char *id,
                                 struct vb_err *err)
{
    return vb_store_db_run(&keys->db, "DELETE FROM key WHERE kind = ?1 AND id = ?2",
                           VB_BIND(vb_store_text(vb_erasable_name(what)), vb_store_text(id)), NULL,
                           err);
}

enum vb_code vb_keys_file_applied(struct vb_keys *keys, const char *mark, bool *applied,
                                  struct vb_err *err)
{
    int64_t same = 0;
    enum vb_code code = vb_store_db_ready(&keys->db, err);
    if (code == VB_OK)
        code = vb_store_db_number(&keys->db, &same, "SELECT applied = ?1 FROM folder",
                                  VB_BIND(vb_store_text(mark)), err);
    *applied = same == 1;
    return code;
}

enum vb_code vb_keys_file_set_applied(struct vb_keys *keys, const char *mark, struct vb_err *err)
{
    return vb_store_db_run(&keys->db, "UPDATE folder SET applied = ?1",
                           VB_BIND(vb_store_text(mark)), NULL, err);
}
