#include "store/store_schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/store_folder.h"

/* The numbered files, as they stand in schema/. A new one goes at the end. */
extern const char _binary_core_store_schema_001_first_sql_start[];
extern const char _binary_core_store_schema_001_first_sql_end[];
extern const char _binary_core_store_schema_002_rights_sql_start[];
extern const char _binary_core_store_schema_002_rights_sql_end[];
extern const char _binary_core_store_schema_003_outbox_sql_start[];
extern const char _binary_core_store_schema_003_outbox_sql_end[];
extern const char _binary_core_store_schema_004_limits_sql_start[];
extern const char _binary_core_store_schema_004_limits_sql_end[];
extern const char _binary_core_store_schema_005_staff_sql_start[];
extern const char _binary_core_store_schema_005_staff_sql_end[];

static const struct step {
    const char *start, *end;
} steps[] = {
    { _binary_core_store_schema_001_first_sql_start, _binary_core_store_schema_001_first_sql_end },
    { _binary_core_store_schema_002_rights_sql_start,
      _binary_core_store_schema_002_rights_sql_end },
    { _binary_core_store_schema_003_outbox_sql_start,
      _binary_core_store_schema_003_outbox_sql_end },
    { _binary_core_store_schema_004_limits_sql_start,
      _binary_core_store_schema_004_limits_sql_end },
    { _binary_core_store_schema_005_staff_sql_start, _binary_core_store_schema_005_staff_sql_end },
};
_Static_assert(sizeof steps / sizeof *steps == VB_STORE_SCHEMA, "one file for each schema");

enum { AUDIT_HEAD_SINCE = 2 };

/* One step and its number in one transaction: a file is never between two schemas. */
static enum vb_code apply(struct vb_store_db *db, int version, const unsigned char *audit_key,
                          struct vb_err *err)
{
    struct vb_buf sql = { 0 };
    vb_buf_put(&sql, steps[version - 1].start,
               (size_t)(steps[version - 1].end - steps[version - 1].start));
    vb_buf_printf(&sql, ";PRAGMA user_version = %d;PRAGMA application_id = %d", version,
                  VB_STORE_APPLICATION);
    enum vb_code code = vb_store_db_begin(db, err);
    if (code == VB_OK) {
        code = vb_store_db_exec(db, sql.data, err);
        if (code == VB_OK && version == AUDIT_HEAD_SINCE)
            code = vb_store_sqlite_begin_audit(db, audit_key, err);
        code = vb_store_db_end(db, code, err);
    }
    vb_buf_finish(&sql);
    return code == VB_OK ? VB_OK : vb_while(err, "bringing the store to schema %d", version);
}

/* One opening: which folder, and the key that is asked for on the way. */
struct opening {
    const char *dir;
    const struct vb_store_audit_key *ask;
    unsigned char *audit_key;
};

static enum vb_code ask_key(const struct opening *opening, bool anew, struct vb_err *err)
{
    const struct vb_store_audit_key *ask = opening->ask;
    memset(opening->audit_key, 0, VB_AUDIT_KEY_BYTES);
    return ask->get == NULL ? VB_OK
                            : ask->get(ask->ctx, opening->dir, anew, opening->audit_key, err);
}

static enum vb_code bring_up(struct vb_store_db *db, const struct opening *opening,
                             struct vb_err *err)
{
    int64_t version;
    enum vb_code code = vb_store_db_number(db, &version, "PRAGMA user_version", NULL, 0, err);
    if (code != VB_OK)
        return code;
    if (version < 0 || version > VB_STORE_SCHEMA) {
        db->failed = true; /* closing it must not write either */
        return vb_fail(err, VB_E_CONFIG,
                       "%s has schema %lld, this verbond knows %d: use a newer verbond", db->path,
                       (long long)version, VB_STORE_SCHEMA);
    }
    code = ask_key(opening, version < AUDIT_HEAD_SINCE, err);
    while (code == VB_OK && version < VB_STORE_SCHEMA)
        code = apply(db, (int)++version, opening->audit_key, err);
    return code;
}

/* Readers do not wait for the writer, and one sync makes a commit durable. SQLite says "wal" first
 * and comes to write that down when the statement ends: only its end tells whether it could. Asked
 * for whatever the header says: a journal that SQLite plays back may just have turned it off. */
static enum vb_code use_wal(struct vb_store_db *db, struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more;
    enum vb_code code =
        vb_store_db_query(db, &statement, "PRAGMA journal_mode = WAL", NULL, 0, err);
    if (code == VB_OK)
        code = vb_store_db_step(db, statement, &more, err);
    if (code != VB_OK)
        return code;
    bool on = more && strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
    if (more)
        code = vb_store_db_step(db, statement, &more, err);
    if (code != VB_OK)
        return code;
    return on ? VB_OK
              : vb_fail(err, VB_E_CONFIG, "%s: this disk cannot hold a log (WAL)", db->path);
}

/* -- a new file -- */

static enum vb_code make_empty(const char *path, struct vb_err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot make", path);
    close(fd);
    return VB_OK;
}

/* No journal on disk, and no log yet: until the file is moved into place nobody misses it, and
 * nothing of a broken-off try lies beside it. */
static enum vb_code fill(const char *path, const struct opening *opening, struct vb_err *err)
{
    struct vb_store_db db;
    enum vb_code code = make_empty(path, err);
    if (code == VB_OK)
        code = vb_store_db_open(&db, path, err);
    if (code != VB_OK)
        return code;
    code = vb_store_db_exec(&db, "PRAGMA journal_mode = MEMORY", err);
    if (code == VB_OK)
        code = bring_up(&db, opening, err);
    vb_store_db_close(&db);
    return code;
}

/* The log of a database that has gone would be read into the new one. */
static enum vb_code refuse_leftover(const char *path, struct vb_err *err)
{
    static const char *const endings[] = { "-wal", "-journal" };
    enum vb_code code = VB_OK;
    for (int i = 0; i < 2 && code == VB_OK; i++) {
        struct vb_buf beside = { 0 };
        struct stat there;
        vb_buf_printf(&beside, "%s%s", path, endings[i]);
        if (stat(beside.data, &there) == 0)
            code = vb_fail(err, VB_E_DATA,
                           "%s is there but %s is not: put the database back, or move what is left "
                           "of it away",
                           beside.data, path);
        vb_buf_finish(&beside);
    }
    return code;
}

static enum vb_code create(const struct opening *opening, const char *path, struct vb_err *err)
{
    enum vb_code code = refuse_leftover(path, err);
    if (code != VB_OK)
        return code;
    struct vb_buf fresh = { 0 };
    vb_buf_printf(&fresh, "%s.new", path);
    code = fill(fresh.data, opening, err);
    if (code == VB_OK && rename(fresh.data, path) != 0)
        code = vb_store_folder_fail(err, errno, "cannot make", path);
    if (code != VB_OK)
        unlink(fresh.data); /* else the next try truncates it */
    vb_buf_finish(&fresh);
    return code;
}

/* -- a file that is there -- */

enum { HEADER = 100, WRITE_FORMAT_AT = 18, APPLICATION_AT = 68, WAL_FORMAT = 2 };

/* The header as it lies on disk, before SQLite opens the file: a file of somebody else must not
 * even be recovered. VB_E_ABSENT: there is no file. */
static enum vb_code read_header(const char *path, unsigned char header[HEADER], struct vb_err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return vb_fail(err, VB_E_ABSENT, "%s is not there", path);
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot read", path);
    ssize_t n = pread(fd, header, HEADER, 0);
    int cause = errno;
    close(fd);
    if (n < 0)
        return vb_store_folder_fail(err, cause, "cannot read", path);
    if (n < HEADER || memcmp(header, "SQLite format 3", 16) != 0)
        return vb_fail(err, VB_E_DATA,
                       "%s is damaged or no database; it was left as it is: restore a backup, or "
                       "name another data folder",
                       path);
    const unsigned char *a = header + APPLICATION_AT;
    if (((uint32_t)a[0] << 24 | a[1] << 16 | a[2] << 8 | a[3]) != VB_STORE_APPLICATION)
        return vb_fail(err, VB_E_CONFIG,
                       "%s belongs to another program; it was left as it is: name another data "
                       "folder",
                       path);
    return VB_OK;
}

/* What the log will hold is only there with its name. SQLite syncs the folder behind the first
 * commit, but goes on when that fails; so it is done here, once the first read has made the log. */
static enum vb_code keep_log(struct vb_store_db *db, const struct opening *opening,
                             struct vb_err *err)
{
    int64_t ignored;
    enum vb_code code = vb_store_db_number(db, &ignored, "PRAGMA schema_version", NULL, 0, err);
    return code == VB_OK ? vb_store_folder_sync(opening->dir, err) : code;
}

static enum vb_code open_kept(struct vb_store_db *db, const char *path,
                              const struct opening *opening, struct vb_err *err)
{
    enum vb_code code = vb_store_db_open(db, path, err);
    if (code != VB_OK)
        return code;
    code = bring_up(db, opening, err);
    if (code == VB_OK)
        code = use_wal(db, err);
    if (code == VB_OK)
        code = keep_log(db, opening, err);
    if (code != VB_OK)
        vb_store_db_close(db);
    return code;
}

enum vb_code vb_store_schema_open(struct vb_store_db *db, const char *dir,
                                  const struct vb_store_audit_key *ask,
                                  unsigned char key[VB_AUDIT_KEY_BYTES], struct vb_err *err)
{
    const struct opening opening = { dir, ask, key };
    struct vb_buf path = { 0 };
    unsigned char header[HEADER];
    vb_buf_printf(&path, "%s/verbond.db", dir);
    enum vb_code code = read_header(path.data, header, err);
    if (code == VB_E_ABSENT) {
        code = create(&opening, path.data, err);
        if (code == VB_OK)
            code = read_header(path.data, header, err);
    }
    /* Just made, perhaps by a run that came no further: no file may be laid beside a name that a
     * power cut can take. */
    if (code == VB_OK && header[WRITE_FORMAT_AT] != WAL_FORMAT)
        code = vb_store_folder_sync_path(dir, err);
    if (code == VB_OK)
        code = open_kept(db, path.data, &opening, err);
    vb_buf_finish(&path);
    return code;
}
