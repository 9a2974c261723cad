#include "store/store_inspect.h"

#include <sodium.h>
#include <string.h>

#include "base/str.h"
#include "store/store_db.h"

/* -- the file ---------------------------------------------------------------------------------- */

/* The first column of the first row; "" when there is none. */
static enum vb_code first_text(struct vb_store_db *db, const char *sql, struct vb_arena *arena,
                               const char **out, struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more = false;
    *out = "";
    enum vb_code code = vb_store_db_query(db, &statement, sql, NULL, 0, err);
    if (code == VB_OK)
        code = vb_store_db_step(db, statement, &more, err);
    if (code != VB_OK || !more)
        return code;
    *out = vb_store_db_text(statement, 0, arena);
    vb_store_db_release(statement);
    return VB_OK;
}

static enum vb_code check_file(struct vb_store_db *db, const char *path, struct vb_arena *arena,
                               struct vb_err *err)
{
    const char *says, *table;
    enum vb_code code = first_text(db, "PRAGMA integrity_check(1)", arena, &says, err);
    if (code == VB_OK && !vb_streq(says, "ok"))
        return vb_fail(err, VB_E_DATA, "%s is damaged: %.200s", path, says);
    if (code == VB_OK)
        code = first_text(db, "PRAGMA foreign_key_check", arena, &table, err);
    if (code == VB_OK && table[0] != '\0')
        return vb_fail(err, VB_E_DATA, "%s is damaged: a row of %.40s points at nothing", path,
                       table);
    return code;
}

enum vb_code vb_inspect_file(const char *path, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_store_db db;
    vb_store_db_reader(&db, path);
    enum vb_code code = vb_store_db_ready(&db, err);
    if (code == VB_OK)
        code = check_file(&db, path, &arena, err);
    vb_store_db_close(&db);
    vb_arena_finish(&arena);
    return code;
}

/* -- what has a key of its own ----------------------------------------------------------------- */

struct inspecting {
    struct vb_inspected *out;
    struct vb_store *store;
    struct vb_keys *keys;
    struct vb_store_db db;
    struct vb_arena *arena;  /* what is given back */
    struct vb_arena scratch; /* one row and what is read of it */
    struct vb_lost *lost;
    size_t lost_cap;
};

static const char *const lists[] = {
    [VB_ERASE_PERSON] = "SELECT id, '', erased FROM person ORDER BY row",
    [VB_ERASE_SESSION] = "SELECT id, '', erased FROM session ORDER BY row",
    [VB_ERASE_BLOB] = ("SELECT session.id, blob.digest, blob.erased OR session.erased FROM blob "
                       "JOIN session ON session.row = blob.session ORDER BY blob.row"),
};

static void add_lost(struct inspecting *in, enum vb_erasable what, const char *id,
                     const char *picture)
{
    struct vb_lost *lost =
        vb_arena_push(in->arena, &in->lost, in->out->lost_count, &in->lost_cap, sizeof *lost);
    in->out->lost_count++;
    lost->what = what;
    lost->id = what == VB_ERASE_BLOB ? vb_arena_printf(in->arena, "%s %s", id, picture)
                                     : vb_arena_strdup(in->arena, id);
}

static bool is_lost(const struct inspecting *in, enum vb_erasable what, const char *id)
{
    for (size_t i = 0; i < in->out->lost_count; i++)
        if (in->lost[i].what == what && vb_streq(in->lost[i].id, id))
            return true;
    return false;
}

static enum vb_code find_key(struct inspecting *in, enum vb_erasable what, const char *id,
                             const char *picture, enum vb_key_found *found, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_code code = what == VB_ERASE_PERSON ? vb_keys_person(in->keys, id, key, found, err)
                        : what == VB_ERASE_SESSION
                            ? vb_keys_session(in->keys, id, key, found, err)
                            : vb_keys_blob(in->keys, id, picture, key, found, err);
    sodium_memzero(key, sizeof key);
    return code;
}

/* A picture of a session that is lost is lost with it, and is not told by itself. */
static enum vb_code look_at_key(struct inspecting *in, enum vb_erasable what, const char *id,
                                const char *picture, bool erased, struct vb_err *err)
{
    enum vb_key_found found = VB_KEY_ERASED;
    enum vb_code code = VB_OK;
    if (what == VB_ERASE_BLOB && is_lost(in, VB_ERASE_SESSION, id))
        return VB_OK;
    if (!erased)
        code = find_key(in, what, id, picture, &found, err);
    if (code == VB_E_CONFIG) {
        add_lost(in, what, id, picture);
        return VB_OK;
    }
    in->out->erased += found == VB_KEY_ERASED;
    return code;
}

static enum vb_code look_at_keys(struct inspecting *in, enum vb_erasable what, struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more = true;
    enum vb_code code = vb_store_db_query(&in->db, &statement, lists[what], NULL, 0, err);
    while (code == VB_OK) {
        code = vb_store_db_step(&in->db, statement, &more, err);
        if (code != VB_OK || !more)
            return code;
        code = look_at_key(in, what, vb_store_db_text(statement, 0, &in->scratch),
                           vb_store_db_text(statement, 1, &in->scratch),
                           sqlite3_column_int(statement, 2) != 0, err);
        vb_arena_reset(&in->scratch);
    }
    vb_store_db_release(statement);
    return code;
}

/* -- every row --------------------------------------------------------------------------------- */

static enum vb_code read_person(struct inspecting *in, const char *id, struct vb_err *err)
{
    struct vb_person_row row;
    if (is_lost(in, VB_ERASE_PERSON, id))
        return VB_OK;
    enum vb_code code = in->store->ops->person(in->store, id, &in->scratch, &row, err);
    in->out->persons += code == VB_OK;
    return code;
}

static enum vb_code read_pictures(struct inspecting *in, const char *session, struct vb_err *err)
{
    struct vb_blob_row *rows, blob;
    size_t count;
    enum vb_code code =
        in->store->ops->session_blobs(in->store, session, &in->scratch, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (rows[i].erased)
            continue;
        code = in->store->ops->blob(in->store, rows[i].digest, &in->scratch, &blob, err);
        in->out->pictures += code == VB_OK;
    }
    return code;
}

static enum vb_code read_session(struct inspecting *in, const char *id, struct vb_err *err)
{
    struct vb_event_row *rows;
    size_t count = 0;
    bool pictures_lost = false;
    if (is_lost(in, VB_ERASE_SESSION, id))
        return VB_OK;
    for (size_t i = 0; i < in->out->lost_count; i++)
        pictures_lost = pictures_lost ||
                        (in->lost[i].what == VB_ERASE_BLOB && vb_starts_with(in->lost[i].id, id));
    enum vb_code code = in->store->ops->events(in->store, id, 1, &in->scratch, &rows, &count, err);
    if (code == VB_OK && !pictures_lost)
        code = read_pictures(in, id, err);
    in->out->events += (int64_t)count;
    in->out->sessions += code == VB_OK;
    return code;
}

static enum vb_code read_each(struct inspecting *in, const char *sql,
                              enum vb_code (*read)(struct inspecting *in, const char *id,
                                                   struct vb_err *err),
                              struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more = true;
    enum vb_code code = vb_store_db_query(&in->db, &statement, sql, NULL, 0, err);
    while (code == VB_OK) {
        code = vb_store_db_step(&in->db, statement, &more, err);
        if (code != VB_OK || !more)
            return code;
        code = read(in, vb_store_db_text(statement, 0, &in->scratch), err);
        vb_arena_reset(&in->scratch);
    }
    vb_store_db_release(statement);
    return code;
}

/* A session that is gone altogether is missed by nobody who reads what is there. */
static enum vb_code find_removed(struct inspecting *in, struct vb_err *err)
{
    const char *session;
    enum vb_code code =
        first_text(&in->db,
                   "SELECT substr(name, 12) FROM setting WHERE substr(name, 1, 11) = 'sealed.end.'"
                   " AND substr(name, 12) NOT IN (SELECT id FROM session)",
                   in->arena, &session, err);
    if (code != VB_OK || session[0] == '\0')
        return code;
    return vb_fail(err, VB_E_DATA, "session %.40s was removed: restore a backup", session);
}

/* Whether they open; what they say is nobody's business here. */
static enum vb_code read_outbox(struct inspecting *in, struct vb_err *err)
{
    struct vb_parcel_query page = { .state = VB_PARCEL_ANY, .most = 1000 };
    struct vb_output_row *outputs;
    struct vb_parcel_row *parcels;
    size_t count = 0;
    enum vb_code code =
        in->store->ops->outputs(in->store, NULL, &in->scratch, &outputs, &count, err);
    for (count = page.most; code == VB_OK && count == page.most;) {
        count = 0;
        code = in->store->ops->parcels(in->store, &page, &in->scratch, &parcels, &count, err);
        in->out->parcels += (int64_t)count;
        page.after = count > 0 ? parcels[count - 1].number : page.after;
        vb_arena_reset(&in->scratch);
    }
    return code;
}

static enum vb_code inspect(struct inspecting *in, struct vb_err *err)
{
    enum vb_code code = vb_store_db_ready(&in->db, err);
    for (int what = VB_ERASE_PERSON; code == VB_OK && what <= VB_ERASE_BLOB; what++)
        code = look_at_keys(in, (enum vb_erasable)what, err);
    if (code == VB_OK)
        code = read_each(in, "SELECT id FROM person ORDER BY row", read_person, err);
    if (code == VB_OK)
        code = read_each(in, "SELECT id FROM session ORDER BY row", read_session, err);
    if (code == VB_OK && in->out->lost_count == 0)
        code = read_outbox(in, err);
    if (code == VB_OK)
        code = find_removed(in, err);
    if (code == VB_OK)
        code = vb_store_db_number(&in->db, &in->out->rounds, "SELECT count(*) FROM round", NULL, 0,
                                  err);
    return code;
}

enum vb_code vb_inspect_store(struct vb_inspected *out, struct vb_store *store,
                              struct vb_keys *keys, const char *path, struct vb_arena *arena,
                              struct vb_err *err)
{
    struct inspecting in = { .out = out, .store = store, .keys = keys, .arena = arena };
    *out = (struct vb_inspected){ 0 };
    vb_store_db_reader(&in.db, path);
    enum vb_code code = inspect(&in, err);
    out->lost = in.lost;
    vb_store_db_close(&in.db);
    vb_arena_finish(&in.scratch);
    return code;
}
