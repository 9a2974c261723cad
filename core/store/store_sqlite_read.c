/* The reading half of the SQLite store: everything handed out is copied to the caller's arena. */
#include <string.h>

#include "base/str.h"
#include "store/store_rule.h"
#include "store/store_sqlite_inner.h"

enum vb_code vb_store_sqlite_list(struct vb_store *store, const char *sql,
                                  const struct vb_store_value *values, size_t value_count,
                                  vb_store_sqlite_fill *fill, size_t size, struct vb_arena *arena,
                                  void *rows_ptr, size_t *count, struct vb_err *err)
{
    struct vb_store_db *db = &((struct sqlite_store *)store)->db;
    sqlite3_stmt *statement;
    size_t cap = 0;
    bool more = false;
    memset(rows_ptr, 0, sizeof(void *));
    *count = 0;
    enum vb_code code = vb_store_db_ready(db, err);
    if (code == VB_OK)
        code = vb_store_db_query(db, &statement, sql, values, value_count, err);
    if (code != VB_OK)
        return code;
    while ((code = vb_store_db_step(db, statement, &more, err)) == VB_OK && more) {
        void *row = vb_arena_push(arena, rows_ptr, *count, &cap, size);
        code = fill(statement, arena, row, err);
        if (code != VB_OK) {
            vb_store_db_release(statement);
            return code;
        }
        ++*count;
    }
    return code;
}

/* As list, for the only row there can be: VB_E_ABSENT when there is none. */
static enum vb_code one(struct vb_store *store, const char *sql, const char *what, const char *id,
                        vb_store_sqlite_fill *fill, size_t size, struct vb_arena *arena, void *out,
                        struct vb_err *err)
{
    void *rows;
    size_t count;
    enum vb_code code = vb_store_sqlite_list(store, sql, VB_BIND(vb_store_text(id)), fill, size,
                                             arena, &rows, &count, err);
    if (code != VB_OK)
        return code;
    if (count == 0)
        return vb_store_rule_absent(err, what, id);
    memcpy(out, rows, size);
    return VB_OK;
}

enum vb_code vb_store_sqlite_damaged(struct vb_err *err, const char *what, const char *id)
{
    return vb_fail(err, VB_E_DATA, "%s %s is not what was written: restore a backup", what, id);
}

/* -- rounds -- */

static enum vb_code fill_round(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                               struct vb_err *err)
{
    struct vb_round_row *round = row;
    int at = 0;
    round->id = vb_store_db_text(statement, at++, arena);
    round->case_id = vb_store_db_text(statement, at++, arena);
    round->instrument = vb_store_db_text(statement, at++, arena);
    round->version = vb_store_db_text(statement, at++, arena);
    round->digest = vb_store_db_text(statement, at++, arena);
    round->wave = vb_store_db_text(statement, at++, arena);
    round->format = vb_store_db_text(statement, at++, arena);
    round->form = vb_store_db_text(statement, at++, arena);
    round->variant = vb_store_db_text(statement, at++, arena);
    round->setting = vb_store_db_text(statement, at++, arena);
    round->with = vb_store_db_text(statement, at++, arena);
    const char *state = (const char *)sqlite3_column_text(statement, at++);
    round->created_wall_ms = sqlite3_column_int64(statement, at++);
    round->simulated = sqlite3_column_int(statement, at++) != 0;
    for (int i = VB_ROUND_OPEN; i <= VB_ROUND_ERASED; i++) {
        round->state = (enum vb_round_state)i;
        if (vb_streq(state, vb_round_state_name(round->state)))
            return VB_OK;
    }
    return vb_store_sqlite_damaged(err, "round", round->id);
}

#define SELECT_ROUND                                                                               \
    "SELECT round.id, \"case\".id, instrument, version, digest, wave, format, form, variant,"      \
    " setting, included, state, created_wall_ms, simulated"                                        \
    " FROM round LEFT JOIN \"case\" ON \"case\".row = round.\"case\" "
#define ORDER_ROUND " ORDER BY created_wall_ms, round.id"

enum vb_code vb_store_sqlite_rounds(struct vb_store *store, struct vb_arena *arena,
                                    struct vb_round_row **out, size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(store, SELECT_ROUND ORDER_ROUND, NULL, 0, fill_round, sizeof **out,
                                arena, out, count, err);
}

enum vb_code vb_store_sqlite_case_rounds(struct vb_store *store, const char *case_id,
                                         struct vb_arena *arena, struct vb_round_row **out,
                                         size_t *count, struct vb_err *err)
{
    const char *sql = case_id == NULL ? SELECT_ROUND "WHERE round.\"case\" IS NULL" ORDER_ROUND
                                      : SELECT_ROUND "WHERE \"case\".id = ?1" ORDER_ROUND;
    const struct vb_store_value id = vb_store_text(case_id);
    return vb_store_sqlite_list(store, sql, &id, case_id != NULL, fill_round, sizeof **out, arena,
                                out, count, err);
}

/* Ids are compared byte by byte; what follows a prefix is below the prefix and a last byte 0xff,
 * which stands in no UTF-8. */
static const char *beyond(struct vb_arena *arena, const char *prefix)
{
    return vb_arena_printf(arena, "%s\xff", prefix);
}

enum vb_code vb_store_sqlite_prefix_rounds(struct vb_store *store, const char *prefix,
                                           struct vb_arena *arena, struct vb_round_row **out,
                                           size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(
        store, SELECT_ROUND "WHERE round.id >= ?1 AND round.id < ?2" ORDER_ROUND,
        VB_BIND(vb_store_text(prefix), vb_store_text(beyond(arena, prefix))), fill_round,
        sizeof **out, arena, out, count, err);
}

/* -- cases and persons -- */

static enum vb_code fill_case(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                              struct vb_err *err)
{
    (void)err;
    struct vb_case_row *of = row;
    of->id = vb_store_db_text(statement, 0, arena);
    of->opened_wall_ms = sqlite3_column_int64(statement, 1);
    return VB_OK;
}

enum vb_code vb_store_sqlite_case_row(struct vb_store *store, const char *id,
                                      struct vb_arena *arena, struct vb_case_row *out,
                                      struct vb_err *err)
{
    return one(store, "SELECT id, opened_wall_ms FROM \"case\" WHERE id = ?1", "case", id,
               fill_case, sizeof *out, arena, out, err);
}

enum vb_code vb_store_sqlite_cases(struct vb_store *store, struct vb_arena *arena,
                                   struct vb_case_row **out, size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(store, "SELECT id, opened_wall_ms FROM \"case\" ORDER BY row", NULL,
                                0, fill_case, sizeof **out, arena, out, count, err);
}

static enum vb_code fill_person(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                                struct vb_err *err)
{
    (void)err;
    struct vb_person_row *person = row;
    person->id = vb_store_db_text(statement, 0, arena);
    person->case_id = vb_store_db_text(statement, 1, arena);
    person->role = vb_store_db_text(statement, 2, arena);
    person->label = vb_store_db_text(statement, 3, arena);
    person->language = vb_store_db_text(statement, 4, arena);
    person->erased = sqlite3_column_int(statement, 5) != 0;
    return VB_OK;
}

#define SELECT_PERSON                                                                              \
    "SELECT person.id, \"case\".id, role, label, language, person.erased"                          \
    " FROM person LEFT JOIN \"case\" ON \"case\".row = person.\"case\" "

enum vb_code vb_store_sqlite_persons(struct vb_store *store, const char *case_id,
                                     struct vb_arena *arena, struct vb_person_row **out,
                                     size_t *count, struct vb_err *err)
{
    const char *sql = case_id == NULL ? SELECT_PERSON
                          "WHERE person.\"case\" IS NULL ORDER BY person.row"
                                      : SELECT_PERSON "WHERE \"case\".id = ?1 ORDER BY person.row";
    const struct vb_store_value id = vb_store_text(case_id);
    return vb_store_sqlite_list(store, sql, &id, case_id != NULL, fill_person, sizeof **out, arena,
                                out, count, err);
}

enum vb_code vb_store_sqlite_person(struct vb_store *store, const char *id, struct vb_arena *arena,
                                    struct vb_person_row *out, struct vb_err *err)
{
    return one(store, SELECT_PERSON "WHERE person.id = ?1", "person", id, fill_person, sizeof *out,
               arena, out, err);
}

enum vb_code vb_store_sqlite_prefix_persons(struct vb_store *store, const char *prefix,
                                            struct vb_arena *arena, struct vb_person_row **out,
                                            size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(
        store, SELECT_PERSON "WHERE person.id >= ?1 AND person.id < ?2 ORDER BY person.row",
        VB_BIND(vb_store_text(prefix), vb_store_text(beyond(arena, prefix))), fill_person,
        sizeof **out, arena, out, count, err);
}

/* -- sessions and events -- */

static enum vb_code fill_session(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                                 struct vb_err *err)
{
    struct vb_session_row *session = row;
    session->id = vb_store_db_text(statement, 0, arena);
    session->round = vb_store_db_text(statement, 1, arena);
    session->person = vb_store_db_text(statement, 2, arena);
    const char *state = (const char *)sqlite3_column_text(statement, 3);
    session->last_seq = sqlite3_column_int64(statement, 4);
    session->erased = sqlite3_column_int(statement, 5) != 0;
    for (int i = VB_SESSION_OPEN; i <= VB_SESSION_WITHDRAWN; i++) {
        session->state = (enum vb_session_state)i;
        if (vb_streq(state, vb_session_state_name(session->state)))
            return VB_OK;
    }
    return vb_store_sqlite_damaged(err, "session", session->id);
}

#define SELECT_SESSION                                                                             \
    "SELECT session.id, round.id, person.id, session.state,"                                       \
    " coalesce((SELECT max(seq) FROM event WHERE event.session = session.row), 0),"                \
    " session.erased"                                                                              \
    " FROM session JOIN round ON round.row = session.round"                                        \
    " LEFT JOIN person ON person.row = session.person "

enum vb_code vb_store_sqlite_session(struct vb_store *store, const char *id, struct vb_arena *arena,
                                     struct vb_session_row *out, struct vb_err *err)
{
    return one(store, SELECT_SESSION "WHERE session.id = ?1", "session", id, fill_session,
               sizeof *out, arena, out, err);
}

enum vb_code vb_store_sqlite_sessions(struct vb_store *store, const char *round,
                                      struct vb_arena *arena, struct vb_session_row **out,
                                      size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(store, SELECT_SESSION "WHERE round.id = ?1 ORDER BY session.row",
                                VB_BIND(vb_store_text(round)), fill_session, sizeof **out, arena,
                                out, count, err);
}

enum vb_code vb_store_sqlite_person_sessions(struct vb_store *store, const char *person,
                                             struct vb_arena *arena, struct vb_session_row **out,
                                             size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(store, SELECT_SESSION "WHERE person.id = ?1 ORDER BY session.row",
                                VB_BIND(vb_store_text(person)), fill_session, sizeof **out, arena,
                                out, count, err);
}

static enum vb_code fill_event(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                               struct vb_err *err)
{
    (void)err;
    struct vb_event_row *event = row;
    event->seq = sqlite3_column_int64(statement, 0);
    event->wall_ms = sqlite3_column_int64(statement, 1);
    event->answer_id = vb_store_db_text(statement, 2, arena);
    event->body = vb_store_db_bytes(statement, 3, arena, &event->body_len);
    event->erased = sqlite3_column_int(statement, 4) != 0;
    return VB_OK;
}

enum vb_code vb_store_sqlite_events(struct vb_store *store, const char *session, int64_t first_seq,
                                    struct vb_arena *arena, struct vb_event_row **out,
                                    size_t *count, struct vb_err *err)
{
    enum vb_code code =
        vb_store_sqlite_list(store,
                             "SELECT seq, wall_ms, answer_id, body, erased"
                             " FROM session JOIN event ON event.session = session.row"
                             " WHERE session.id = ?1 AND seq >= ?2 ORDER BY seq",
                             VB_BIND(vb_store_text(session), vb_store_int(first_seq)), fill_event,
                             sizeof **out, arena, out, count, err);
    const char *id = *count > 0 ? vb_arena_strdup(arena, session) : NULL;
    for (size_t i = 0; i < *count; i++)
        (*out)[i].session = id; /* one copy for all of them */
    return code;
}

/* -- revisions, blobs, instruments, audit -- */

static enum vb_code fill_revision(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                                  struct vb_err *err)
{
    (void)err;
    struct vb_revision_row *revision = row;
    revision->round = vb_store_db_text(statement, 0, arena);
    revision->number = sqlite3_column_int(statement, 1);
    revision->reason = vb_store_db_text(statement, 2, arena);
    revision->wall_ms = sqlite3_column_int64(statement, 3);
    revision->upto = vb_store_db_text(statement, 4, arena);
    return VB_OK;
}

enum vb_code vb_store_sqlite_revisions(struct vb_store *store, const char *round,
                                       struct vb_arena *arena, struct vb_revision_row **out,
                                       size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(store,
                                "SELECT round.id, number, reason, wall_ms, upto"
                                " FROM revision JOIN round ON round.row = revision.round"
                                " WHERE round.id = ?1 ORDER BY number",
                                VB_BIND(vb_store_text(round)), fill_revision, sizeof **out, arena,
                                out, count, err);
}

static enum vb_code fill_blob_name(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                                   struct vb_err *err)
{
    (void)err;
    struct vb_blob_row *blob = row;
    blob->digest = vb_store_db_text(statement, 0, arena);
    blob->type = vb_store_db_text(statement, 1, arena);
    blob->session = vb_store_db_text(statement, 2, arena);
    blob->until_wall_ms = sqlite3_column_int64(statement, 3);
    blob->erased = sqlite3_column_int(statement, 4) != 0;
    blob->len = (size_t)sqlite3_column_int64(statement, 5);
    return VB_OK;
}

static enum vb_code fill_blob(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                              struct vb_err *err)
{
    struct vb_blob_row *blob = row;
    blob->bytes = vb_store_db_bytes(statement, 6, arena, &blob->len);
    return fill_blob_name(statement, arena, row, err);
}

#define BLOB_NAME "digest, type, session.id, until_wall_ms, blob.erased, length(bytes)"
#define FROM_BLOB " FROM blob JOIN session ON session.row = blob.session "

enum vb_code vb_store_sqlite_blob(struct vb_store *store, const char *digest,
                                  struct vb_arena *arena, struct vb_blob_row *out,
                                  struct vb_err *err)
{
    return one(store,
               "SELECT " BLOB_NAME ", bytes" FROM_BLOB
               "WHERE digest = ?1 ORDER BY blob.erased, blob.row LIMIT 1",
               "blob", digest, fill_blob, sizeof *out, arena, out, err);
}

enum vb_code vb_store_sqlite_session_blobs(struct vb_store *store, const char *session,
                                           struct vb_arena *arena, struct vb_blob_row **out,
                                           size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(
        store, "SELECT " BLOB_NAME FROM_BLOB "WHERE session.id = ?1 ORDER BY blob.row",
        VB_BIND(vb_store_text(session)), fill_blob_name, sizeof **out, arena, out, count, err);
}

static enum vb_code fill_file(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                              struct vb_err *err)
{
    (void)err;
    struct vb_file *file = row;
    file->path = vb_store_db_text(statement, 0, arena);
    file->bytes = vb_store_db_bytes(statement, 1, arena, &file->len);
    return VB_OK;
}

static enum vb_code fill_text(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                              struct vb_err *err)
{
    (void)err;
    *(const char **)row = vb_store_db_text(statement, 0, arena);
    return VB_OK;
}

enum vb_code vb_store_sqlite_instrument(struct vb_store *store, const char *digest,
                                        struct vb_arena *arena, struct vb_file **files,
                                        size_t *count, const char **main_path, struct vb_err *err)
{
    enum vb_code code =
        one(store, "SELECT main_path FROM instrument WHERE digest = ?1", "kept instrument", digest,
            fill_text, sizeof *main_path, arena, main_path, err);
    if (code != VB_OK)
        return code;
    return vb_store_sqlite_list(
        store,
        "SELECT path, bytes FROM instrument_file"
        " WHERE instrument = (SELECT row FROM instrument WHERE digest = ?1) ORDER BY path",
        VB_BIND(vb_store_text(digest)), fill_file, sizeof **files, arena, files, count, err);
}

enum vb_code vb_store_sqlite_version(struct vb_store *store, const char *instrument,
                                     const char *version, struct vb_arena *arena,
                                     const char **digest, struct vb_err *err)
{
    const char **rows;
    size_t count;
    enum vb_code code =
        vb_store_sqlite_list(store,
                             "SELECT digest FROM instrument WHERE id = ?1 AND version = ?2"
                             " ORDER BY row DESC LIMIT 1",
                             VB_BIND(vb_store_text(instrument), vb_store_text(version)), fill_text,
                             sizeof *rows, arena, &rows, &count, err);
    if (code != VB_OK)
        return code;
    if (count == 0)
        return vb_store_rule_version(err, instrument, version);
    *digest = rows[0];
    return VB_OK;
}

static enum vb_code fill_audit(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                               struct vb_err *err)
{
    (void)err;
    struct vb_audit_row *audit = row;
    audit->wall_ms = sqlite3_column_int64(statement, 0);
    audit->action = vb_store_db_text(statement, 1, arena);
    audit->subject = vb_store_db_text(statement, 2, arena);
    audit->by = vb_store_db_text(statement, 3, arena);
    audit->on_behalf = vb_store_db_text(statement, 4, arena);
    audit->previous = vb_store_db_text(statement, 5, arena);
    audit->hash = vb_store_db_text(statement, 6, arena);
    return VB_OK;
}

enum vb_code vb_store_sqlite_audit(struct vb_store *store, struct vb_arena *arena,
                                   struct vb_audit_row **out, size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(
        store,
        "SELECT wall_ms, action, subject, \"by\", on_behalf, previous, hash FROM audit"
        " ORDER BY row",
        NULL, 0, fill_audit, sizeof **out, arena, out, count, err);
}

/* -- erasures and settings -- */

static enum vb_code fill_erasure(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                                 struct vb_err *err)
{
    struct vb_erasure_row *erasure = row;
    const char *what = (const char *)sqlite3_column_text(statement, 0);
    erasure->id = vb_store_db_text(statement, 1, arena);
    erasure->reason = vb_store_db_text(statement, 2, arena);
    erasure->wall_ms = sqlite3_column_int64(statement, 3);
    erasure->done = sqlite3_column_int(statement, 4) != 0;
    for (int i = VB_ERASE_PERSON; i <= VB_ERASE_BLOB; i++) {
        erasure->what = (enum vb_erasable)i;
        if (vb_streq(what, vb_erasable_name(erasure->what)))
            return VB_OK;
    }
    return vb_store_sqlite_damaged(err, "the erasure of", erasure->id);
}

enum vb_code vb_store_sqlite_erasures(struct vb_store *store, struct vb_arena *arena,
                                      struct vb_erasure_row **out, size_t *count,
                                      struct vb_err *err)
{
    return vb_store_sqlite_list(store,
                                "SELECT what, id, reason, wall_ms, done FROM erasure ORDER BY row",
                                NULL, 0, fill_erasure, sizeof **out, arena, out, count, err);
}

static enum vb_code fill_setting(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                                 struct vb_err *err)
{
    (void)err;
    struct vb_setting_row *setting = row;
    setting->name = vb_store_db_text(statement, 0, arena);
    setting->value = vb_store_db_text(statement, 1, arena);
    return VB_OK;
}

enum vb_code vb_store_sqlite_settings(struct vb_store *store, const char *prefix,
                                      struct vb_arena *arena, struct vb_setting_row **out,
                                      size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(
        store, "SELECT name, value FROM setting WHERE name >= ?1 AND name < ?2 ORDER BY name",
        VB_BIND(vb_store_text(prefix), vb_store_text(beyond(arena, prefix))), fill_setting,
        sizeof **out, arena, out, count, err);
}
