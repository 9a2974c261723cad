/* The writing half of the SQLite store. Most changes are one statement that does nothing when it
 * may not be done; only then is it looked up why, so that the usual case stays one statement. */
#include "base/str.h"
#include "store/store_rule.h"
#include "store/store_sqlite_inner.h"

static struct vb_store_db *database(struct vb_store *store)
{
    return &((struct sqlite_store *)store)->db;
}

/* The integer of an id, by a statement that selects it; VB_E_ABSENT says what is not there. */
static enum vb_code row_of(struct vb_store *store, const char *what, const char *sql,
                           const char *id, struct vb_store_value *row, struct vb_err *err)
{
    *row = vb_store_text(NULL);
    if (id == NULL)
        return VB_OK;
    int64_t number;
    enum vb_code code =
        vb_store_db_number(database(store), &number, sql, VB_BIND(vb_store_text(id)), err);
    if (code == VB_E_ABSENT)
        return vb_store_rule_absent(err, what, id);
    *row = vb_store_int(number);
    return code;
}

static const char find_case[] = "SELECT row FROM \"case\" WHERE id = ?1";
static const char find_person[] = "SELECT row FROM person WHERE id = ?1";
static const char find_round[] = "SELECT row FROM round WHERE id = ?1";

/* -- instruments -- */

static enum vb_code put_files(struct vb_store *store, const struct vb_plan *plan,
                              struct vb_err *err)
{
    struct vb_store_db *db = database(store);
    int64_t instrument = sqlite3_last_insert_rowid(db->handle);
    enum vb_code code = VB_OK;
    for (int i = 0; i < plan->file_count && code == VB_OK; i++) {
        const struct vb_file *file = &plan->files[i];
        code = vb_store_db_run(
            db, "INSERT INTO instrument_file (instrument, path, bytes) VALUES (?1, ?2, ?3)",
            VB_BIND(vb_store_int(instrument), vb_store_text(file->path),
                    vb_store_bytes(file->bytes, file->len)),
            NULL, err);
    }
    return code;
}

/* It was not put: is it the same again, or the version under another digest? */
static enum vb_code instrument_kept(struct vb_store *store, const struct vb_plan *plan,
                                    struct vb_err *err)
{
    int64_t row;
    enum vb_code code =
        vb_store_db_number(database(store), &row, "SELECT row FROM instrument WHERE digest = ?1",
                           VB_BIND(vb_store_text(plan->digest)), err);
    if (code != VB_E_ABSENT)
        return code;
    struct vb_arena arena = { 0 };
    const char *digest;
    code = vb_store_sqlite_version(store, plan->id, plan->version, &arena, &digest, err);
    if (code == VB_OK)
        code = vb_store_rule_changed(err, plan, digest);
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code put_instrument(struct vb_store *store, const struct vb_plan *plan,
                                   struct vb_err *err)
{
    int changed = 0;
    enum vb_code code = vb_store_db_run(
        database(store),
        "INSERT INTO instrument (digest, id, version, main_path, free) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT DO NOTHING",
        VB_BIND(vb_store_text(plan->digest), vb_store_text(plan->id), vb_store_text(plan->version),
                vb_store_text(plan->main_path),
                vb_store_int(vb_store_rule_free_version(plan->version))),
        &changed, err);
    if (code != VB_OK)
        return code;
    return changed == 1 ? put_files(store, plan, err) : instrument_kept(store, plan, err);
}

/* -- cases and persons -- */

static enum vb_code put_case(struct vb_store *store, const struct vb_case_row *put,
                             struct vb_err *err)
{
    return vb_store_db_run(
        database(store),
        "INSERT INTO \"case\" (id, opened_wall_ms) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        VB_BIND(vb_store_text(put->id), vb_store_int(put->opened_wall_ms)), NULL, err);
}

static enum vb_code person_kept(struct vb_store *store, const struct vb_person_row *put,
                                struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_person_row kept;
    enum vb_code code = vb_store_sqlite_person(store, put->id, &arena, &kept, err);
    if (code == VB_OK && !vb_store_rule_same_person(&kept, put))
        code = vb_store_rule_taken(err, "person", put->id);
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code put_person(struct vb_store *store, const struct vb_person_row *put,
                               struct vb_err *err)
{
    struct vb_store_value of;
    int changed = 0;
    enum vb_code code = row_of(store, "case", find_case, put->case_id, &of, err);
    if (code == VB_OK)
        code = vb_store_db_run(
            database(store),
            "INSERT INTO person (id, \"case\", role, label, language) VALUES (?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT DO NOTHING",
            VB_BIND(vb_store_text(put->id), of, vb_store_text(put->role), vb_store_text(put->label),
                    vb_store_text(put->language)),
            &changed, err);
    if (code != VB_OK || changed == 1)
        return code;
    return person_kept(store, put, err);
}

/* -- rounds -- */

/* VB_E_CONFLICT when another round of the same case, instrument and wave is open. */
static enum vb_code no_open_beside(struct vb_store *store, const struct vb_round_row *row,
                                   struct vb_err *err)
{
    struct vb_store_db *db = database(store);
    sqlite3_stmt *statement;
    bool more;
    enum vb_code code = vb_store_db_query(
        db, &statement,
        "SELECT round.id FROM round JOIN \"case\" ON \"case\".row = round.\"case\""
        " WHERE \"case\".id = ?1 AND instrument = ?2 AND wave = ?3 AND state = 'open'"
        " AND round.id <> ?4",
        VB_BIND(vb_store_text(row->case_id), vb_store_text(row->instrument),
                vb_store_text(row->wave), vb_store_text(row->id)),
        err);
    if (code == VB_OK)
        code = vb_store_db_step(db, statement, &more, err);
    if (code != VB_OK || !more)
        return code;
    code = vb_store_rule_open_round(err, row, (const char *)sqlite3_column_text(statement, 0));
    vb_store_db_release(statement);
    return code;
}

/* The round of exactly that id, or VB_E_ABSENT. */
static enum vb_code read_round(struct vb_store *store, const char *id, struct vb_arena *arena,
                               struct vb_round_row *out, struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count;
    enum vb_code code = vb_store_sqlite_prefix_rounds(store, id, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (vb_streq(rows[i].id, id)) {
            *out = rows[i];
            return VB_OK;
        }
    }
    return code == VB_OK ? vb_store_rule_absent(err, "round", id) : code;
}

static enum vb_code round_kept(struct vb_store *store, const struct vb_round_row *put,
                               struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row kept;
    enum vb_code code = read_round(store, put->id, &arena, &kept, err);
    if (code == VB_E_ABSENT)
        code = no_open_beside(store, put, err);
    else if (code == VB_OK && !vb_store_rule_same_round(&kept, put))
        code = vb_store_rule_taken(err, "round", put->id);
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code instrument_there(struct vb_store *store, const struct vb_round_row *put,
                                     struct vb_err *err)
{
    int64_t row;
    enum vb_code code = vb_store_db_number(
        database(store), &row,
        "SELECT row FROM instrument WHERE digest = ?1 AND id = ?2 AND version = ?3",
        VB_BIND(vb_store_text(put->digest), vb_store_text(put->instrument),
                vb_store_text(put->version)),
        err);
    return code == VB_E_ABSENT ? vb_store_rule_absent(err, "kept instrument", put->digest) : code;
}

static enum vb_code put_round(struct vb_store *store, const struct vb_round_row *put,
                              struct vb_err *err)
{
    struct vb_store_value of;
    int changed = 0;
    enum vb_code code = instrument_there(store, put, err);
    if (code == VB_OK)
        code = row_of(store, "case", find_case, put->case_id, &of, err);
    if (code == VB_OK)
        code = vb_store_db_run(
            database(store),
            "INSERT INTO round (id, \"case\", instrument, version, digest, wave, format, form,"
            " variant, setting, included, state, created_wall_ms, simulated)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
            " ON CONFLICT DO NOTHING",
            VB_BIND(vb_store_text(put->id), of, vb_store_text(put->instrument),
                    vb_store_text(put->version), vb_store_text(put->digest),
                    vb_store_text(put->wave), vb_store_text(put->format), vb_store_text(put->form),
                    vb_store_text(put->variant), vb_store_text(put->setting),
                    vb_store_text(put->with), vb_store_text(vb_round_state_name(put->state)),
                    vb_store_int(put->created_wall_ms), vb_store_int(put->simulated)),
            &changed, err);
    if (code != VB_OK || changed == 1)
        return code;
    return round_kept(store, put, err);
}

/* Opening a round again is rare and must not meet another open one. */
static enum vb_code may_open(struct vb_store *store, const char *id, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row kept;
    enum vb_code code = read_round(store, id, &arena, &kept, err);
    if (code == VB_OK)
        code = no_open_beside(store, &kept, err);
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code set_round(struct vb_store *store, const struct vb_round_row *set,
                              struct vb_err *err)
{
    int changed = 0;
    enum vb_code code = set->state == VB_ROUND_OPEN ? may_open(store, set->id, err) : VB_OK;
    if (code == VB_OK)
        code = vb_store_db_run(
            database(store), "UPDATE round SET state = ?2 WHERE id = ?1",
            VB_BIND(vb_store_text(set->id), vb_store_text(vb_round_state_name(set->state))),
            &changed, err);
    if (code == VB_OK && changed == 0)
        code = vb_store_rule_absent(err, "round", set->id);
    if (code == VB_OK && vb_store_rule_ends_tokens(set->state))
        code = vb_store_sqlite_end_tokens(store, &(struct vb_token_query){ .round = set->id }, err);
    return code;
}

/* -- sessions and events -- */

static enum vb_code session_kept(struct vb_store *store, const struct vb_session_row *put,
                                 struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_session_row kept;
    enum vb_code code = vb_store_sqlite_session(store, put->id, &arena, &kept, err);
    if (code == VB_E_ABSENT)
        code = vb_store_rule_second_session(err, put->round);
    else if (code == VB_OK && !vb_store_rule_same_session(&kept, put))
        code = vb_store_rule_taken(err, "session", put->id);
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code put_session(struct vb_store *store, const struct vb_session_row *put,
                                struct vb_err *err)
{
    struct vb_store_value round, person;
    int changed = 0;
    enum vb_code code = row_of(store, "round", find_round, put->round, &round, err);
    if (code == VB_OK)
        code = row_of(store, "person", find_person, put->person, &person, err);
    if (code == VB_OK)
        code =
            vb_store_db_run(database(store),
                            "INSERT INTO session (id, round, person, state) VALUES (?1, ?2, ?3, ?4)"
                            " ON CONFLICT DO NOTHING",
                            VB_BIND(vb_store_text(put->id), round, person,
                                    vb_store_text(vb_session_state_name(put->state))),
                            &changed, err);
    if (code != VB_OK || changed == 1)
        return code;
    return session_kept(store, put, err);
}

static enum vb_code set_session(struct vb_store *store, const struct vb_session_row *set,
                                struct vb_err *err)
{
    int changed = 0;
    enum vb_code code = vb_store_db_run(
        database(store), "UPDATE session SET state = ?2 WHERE id = ?1",
        VB_BIND(vb_store_text(set->id), vb_store_text(vb_session_state_name(set->state))), &changed,
        err);
    if (code == VB_OK && changed == 0)
        code = vb_store_rule_absent(err, "session", set->id);
    return code;
}

/* It did not come next: is it the same answer again, or was somebody else there first? */
static enum vb_code event_kept(struct vb_store *store, const struct vb_event_row *put,
                               struct vb_err *err)
{
    struct vb_store_db *db = database(store);
    int64_t there;
    enum vb_code code = vb_store_db_number(
        db, &there,
        "SELECT 1 FROM event JOIN session ON session.row = event.session"
        " WHERE session.id = ?1 AND seq = ?2 AND answer_id = ?3 AND answer_id <> ''",
        VB_BIND(vb_store_text(put->session), vb_store_int(put->seq), vb_store_text(put->answer_id)),
        err);
    if (code != VB_E_ABSENT)
        return code;
    struct vb_arena arena = { 0 };
    struct vb_session_row session;
    code = vb_store_sqlite_session(store, put->session, &arena, &session, err);
    vb_arena_finish(&arena);
    if (code != VB_OK)
        return code;
    return session.erased ? vb_store_rule_erased(err, "session", put->session)
                          : vb_store_rule_seq(err, put, session.last_seq);
}

static enum vb_code find_open_session(struct vb_store *store, const char *id, int64_t *row,
                                      struct vb_err *err)
{
    struct sqlite_store *sqlite = (struct sqlite_store *)store;
    *row = vb_store_sqlite_known(sqlite, id);
    if (*row != 0)
        return VB_OK;
    enum vb_code code =
        vb_store_db_number(&sqlite->db, row, "SELECT row FROM session WHERE id = ?1 AND erased = 0",
                           VB_BIND(vb_store_text(id)), err);
    if (code == VB_OK)
        vb_store_sqlite_know(sqlite, id, *row);
    return code;
}

/* What does not come next has no session, and is ignored. Not INSERT ... SELECT: that keeps a
 * journal of its own for every statement, and costs twice as much. */
static enum vb_code append(struct vb_store *store, const struct vb_event_row *put,
                           struct vb_err *err)
{
    int64_t session;
    int changed = 0;
    if (put->part_count > 0)
        return vb_fail(
            err, VB_E_INTERNAL,
            "event %s/%lld has %d parts, and the store on disk keeps none: it is for the "
            "sealed store to pack them",
            put->session, (long long)put->seq, put->part_count);
    enum vb_code code = find_open_session(store, put->session, &session, err);
    if (code == VB_OK)
        code = vb_store_db_run(
            database(store),
            "INSERT OR IGNORE INTO event (session, seq, wall_ms, answer_id, body)"
            " VALUES (iif(?2 = 1 + coalesce((SELECT max(seq) FROM event WHERE session = ?1), 0),"
            " ?1, NULL), ?2, ?3, ?4, ?5)",
            VB_BIND(vb_store_int(session), vb_store_int(put->seq), vb_store_int(put->wall_ms),
                    vb_store_text(put->answer_id), vb_store_bytes(put->body, put->body_len)),
            &changed, err);
    if ((code != VB_OK && code != VB_E_ABSENT) || changed == 1)
        return code;
    return event_kept(store, put, err);
}

/* -- revisions, blobs -- */

static enum vb_code revision_kept(struct vb_store *store, const struct vb_revision_row *put,
                                  struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_revision_row *rows;
    struct vb_store_value round;
    size_t count = 0;
    enum vb_code code = row_of(store, "round", find_round, put->round, &round, err);
    if (code == VB_OK)
        code = vb_store_sqlite_revisions(store, put->round, &arena, &rows, &count, err);
    bool same = false;
    for (size_t i = 0; code == VB_OK && i < count; i++)
        same = same || vb_store_rule_same_revision(&rows[i], put);
    vb_arena_finish(&arena);
    return code != VB_OK || same ? code : vb_store_rule_number(err, put, (int)count);
}

static enum vb_code put_revision(struct vb_store *store, const struct vb_revision_row *put,
                                 struct vb_err *err)
{
    int changed = 0;
    enum vb_code code = vb_store_db_run(
        database(store),
        "INSERT INTO revision (round, number, reason, wall_ms, upto)"
        " SELECT row, ?2, ?3, ?4, ?5 FROM round WHERE id = ?1 AND ?2 = 1 +"
        " coalesce((SELECT max(number) FROM revision WHERE revision.round = round.row), 0)",
        VB_BIND(vb_store_text(put->round), vb_store_int(put->number), vb_store_text(put->reason),
                vb_store_int(put->wall_ms), vb_store_text(put->upto)),
        &changed, err);
    if (code == VB_OK && changed == 1)
        return vb_store_sqlite_put_parcels(store, put, err);
    return code == VB_OK ? revision_kept(store, put, err) : code;
}

/* It was not put: is it there already, or may nothing be added to its session? */
static enum vb_code blob_kept(struct vb_store *store, const struct vb_blob_row *put,
                              struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_session_row session;
    enum vb_code code = vb_store_sqlite_session(store, put->session, &arena, &session, err);
    vb_arena_finish(&arena);
    return code == VB_OK && session.erased ? vb_store_rule_erased(err, "session", put->session)
                                           : code;
}

static enum vb_code put_blob(struct vb_store *store, const struct vb_blob_row *put,
                             struct vb_err *err)
{
    int changed = 0;
    enum vb_code code = vb_store_db_run(
        database(store),
        "INSERT INTO blob (digest, type, session, bytes, until_wall_ms)"
        " SELECT ?1, ?2, row, ?4, ?5 FROM session WHERE id = ?3 AND erased = 0"
        " ON CONFLICT DO NOTHING",
        VB_BIND(vb_store_text(put->digest), vb_store_text(put->type), vb_store_text(put->session),
                vb_store_bytes(put->bytes, put->len), vb_store_int(put->until_wall_ms)),
        &changed, err);
    if (code != VB_OK || changed == 1)
        return code;
    return blob_kept(store, put, err);
}

enum vb_code vb_store_sqlite_apply(struct vb_store *store, const struct vb_change *change,
                                   struct vb_err *err)
{
    switch (change->kind) {
    case VB_PUT_INSTRUMENT:
        return put_instrument(store, change->plan, err);
    case VB_PUT_CASE:
        return put_case(store, &change->case_row, err);
    case VB_PUT_PERSON:
        return put_person(store, &change->person, err);
    case VB_PUT_ROUND:
        return put_round(store, &change->round, err);
    case VB_PUT_SESSION:
        return put_session(store, &change->session, err);
    case VB_APPEND:
        return append(store, &change->event, err);
    case VB_SET_ROUND:
        return set_round(store, &change->round, err);
    case VB_SET_SESSION:
        return set_session(store, &change->session, err);
    case VB_PUT_REVISION:
        return put_revision(store, &change->revision, err);
    case VB_PUT_BLOB:
        return put_blob(store, &change->blob, err);
    case VB_PUT_AUDIT:
        return vb_store_sqlite_put_audit(store, &change->audit, err);
    case VB_ERASE:
        return vb_store_sqlite_erase(store, &change->erasure, err);
    case VB_PUT_SETTING:
        return vb_store_sqlite_put_setting(store, &change->setting, err);
    case VB_PUT_OUTPUT:
        return vb_store_sqlite_put_output(store, &change->output, err);
    case VB_SET_PARCEL:
        return vb_store_sqlite_set_parcel(store, &change->parcel, err);
    case VB_PUT_STAFF:
        return vb_store_sqlite_put_staff(store, &change->staff, err);
    case VB_PUT_TOKEN:
        return vb_store_sqlite_put_token(store, &change->token, err);
    case VB_END_TOKENS:
        return vb_store_sqlite_end_tokens(store, &change->tokens, err);
    case VB_FORGET_TOKENS:
        return vb_store_sqlite_forget_tokens(store, &change->tokens, err);
    case VB_PUT_ASSIGNMENT:
        return vb_store_sqlite_put_assignment(store, &change->assignment, err);
    }
    return vb_fail(err, VB_E_INTERNAL, "a change of unknown kind %d", (int)change->kind);
}
