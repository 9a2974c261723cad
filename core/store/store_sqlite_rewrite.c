/* What a database kept before anything was sealed, written anew in place; and after that no byte of
 * the old in any file. */
#include "store/store_sqlite_inner.h"

static struct vb_store_db *database(struct vb_store *store)
{
    return &((struct sqlite_store *)store)->db;
}

/* -- one table each, inside the transaction -- */

static enum vb_code rewrite_persons_of(struct vb_store *store, const char *case_id,
                                       const struct vb_store_rewrite *with, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_person_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->persons(store, case_id, &arena, &rows, &count, err);
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        code = with->person(with->ctx, &rows[i], &arena, err);
        if (code == VB_OK)
            code = vb_store_db_run(database(store), "UPDATE person SET label = ?2 WHERE id = ?1",
                                   VB_BIND(vb_store_text(rows[i].id), vb_store_text(rows[i].label)),
                                   NULL, err);
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code rewrite_persons(struct vb_store *store, const struct vb_store_rewrite *with,
                                    struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_case_row *cases;
    size_t count = 0;
    enum vb_code code = store->ops->cases(store, &arena, &cases, &count, err);
    for (size_t i = 0; i < count && code == VB_OK; i++)
        code = rewrite_persons_of(store, cases[i].id, with, err);
    if (code == VB_OK)
        code = rewrite_persons_of(store, NULL, with, err);
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code rewrite_events(struct vb_store *store, const char *session,
                                   const struct vb_store_rewrite *with, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_event_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->events(store, session, 1, &arena, &rows, &count, err);
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        code = with->event(with->ctx, &rows[i], &arena, err);
        if (code == VB_OK)
            code = vb_store_db_run(
                database(store),
                "UPDATE event SET answer_id = ?3, body = ?4"
                " WHERE session = (SELECT row FROM session WHERE id = ?1) AND seq = ?2",
                VB_BIND(vb_store_text(session), vb_store_int(rows[i].seq),
                        vb_store_text(rows[i].answer_id),
                        vb_store_bytes(rows[i].body, rows[i].body_len)),
                NULL, err);
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code read_bytes(struct vb_store *store, struct vb_blob_row *row,
                               struct vb_arena *arena, struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more;
    enum vb_code code =
        vb_store_db_query(database(store), &statement,
                          "SELECT bytes FROM blob WHERE digest = ?1"
                          " AND session = (SELECT row FROM session WHERE id = ?2)",
                          VB_BIND(vb_store_text(row->digest), vb_store_text(row->session)), err);
    if (code == VB_OK)
        code = vb_store_db_step(database(store), statement, &more, err);
    if (code != VB_OK || !more)
        return code;
    row->bytes = vb_store_db_bytes(statement, 0, arena, &row->len);
    vb_store_db_release(statement);
    return VB_OK;
}

static enum vb_code rewrite_blobs(struct vb_store *store, const char *session,
                                  const struct vb_store_rewrite *with, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_blob_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->session_blobs(store, session, &arena, &rows, &count, err);
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        const char *digest = rows[i].digest;
        code = read_bytes(store, &rows[i], &arena, err);
        if (code == VB_OK)
            code = with->blob(with->ctx, &rows[i], &arena, err);
        if (code == VB_OK)
            code = vb_store_db_run(
                database(store),
                "UPDATE blob SET digest = ?3, type = ?4, bytes = ?5 WHERE digest = ?1"
                " AND session = (SELECT row FROM session WHERE id = ?2)",
                VB_BIND(vb_store_text(digest), vb_store_text(session),
                        vb_store_text(rows[i].digest), vb_store_text(rows[i].type),
                        vb_store_bytes(rows[i].bytes, rows[i].len)),
                NULL, err);
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code rewrite_sessions(struct vb_store *store, const struct vb_store_rewrite *with,
                                     struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row *rounds;
    struct vb_session_row *sessions;
    size_t round_count = 0, count;
    enum vb_code code = store->ops->rounds(store, &arena, &rounds, &round_count, err);
    for (size_t i = 0; i < round_count && code == VB_OK; i++) {
        count = 0;
        code = store->ops->sessions(store, rounds[i].id, &arena, &sessions, &count, err);
        for (size_t j = 0; j < count && code == VB_OK; j++) {
            code = rewrite_events(store, sessions[j].id, with, err);
            if (code == VB_OK)
                code = rewrite_blobs(store, sessions[j].id, with, err);
        }
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code rewrite_outputs(struct vb_store *store, const struct vb_store_rewrite *with,
                                    struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_output_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->outputs(store, NULL, &arena, &rows, &count, err);
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        code = with->output(with->ctx, &rows[i], &arena, err);
        if (code == VB_OK)
            code = vb_store_sqlite_put_output(store, &rows[i], err);
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code rewrite_parcels(struct vb_store *store, const struct vb_store_rewrite *with,
                                    struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_parcel_row *rows;
    const struct vb_parcel_query all = { .state = VB_PARCEL_ANY };
    size_t count = 0;
    enum vb_code code = store->ops->parcels(store, &all, &arena, &rows, &count, err);
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        if (rows[i].reason[0] == '\0')
            continue;
        code = with->parcel(with->ctx, &rows[i], &arena, err);
        if (code == VB_OK)
            code = vb_store_sqlite_set_parcel(store, &rows[i], err);
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code rewrite_staff(struct vb_store *store, const struct vb_store_rewrite *with,
                                  struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_staff_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->staff(store, "", &arena, &rows, &count, err);
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        code = with->staff(with->ctx, &rows[i], &arena, err);
        if (code == VB_OK)
            code = vb_store_sqlite_put_staff(store, &rows[i], err);
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code rewrite_tokens(struct vb_store *store, const struct vb_store_rewrite *with,
                                   struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_token_row *rows;
    size_t count = 0;
    enum vb_code code =
        store->ops->tokens(store, &(struct vb_token_query){ 0 }, &arena, &rows, &count, err);
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        code = with->token(with->ctx, &rows[i], &arena, err);
        if (code == VB_OK)
            code = vb_store_sqlite_put_token(store, &rows[i], err);
    }
    vb_arena_finish(&arena);
    return code;
}

/* -- both -- */

enum vb_code vb_store_sqlite_rewrite(struct vb_store *store, const struct vb_store_rewrite *with,
                                     struct vb_err *err)
{
    struct vb_store_db *db = database(store);
    enum vb_code code = vb_store_db_ready(db, err);
    if (code == VB_OK)
        code = vb_store_db_begin(db, err);
    if (code != VB_OK)
        return code;
    code = rewrite_persons(store, with, err);
    if (code == VB_OK)
        code = rewrite_sessions(store, with, err);
    if (code == VB_OK)
        code = rewrite_outputs(store, with, err);
    if (code == VB_OK)
        code = rewrite_parcels(store, with, err);
    if (code == VB_OK)
        code = rewrite_staff(store, with, err);
    if (code == VB_OK)
        code = rewrite_tokens(store, with, err);
    for (size_t i = 0; i < with->count && code == VB_OK; i++)
        code = vb_store_sqlite_apply(store, &with->changes[i], err);
    return vb_store_db_end(db, code, err);
}

/* The file is written anew, and then the log, which held the old pages, is emptied. */
enum vb_code vb_store_sqlite_scrub(struct vb_store *store, struct vb_err *err)
{
    struct vb_store_db *db = database(store);
    sqlite3_stmt *statement;
    bool more;
    enum vb_code code = vb_store_db_ready(db, err);
    if (code == VB_OK)
        code = vb_store_db_exec(db, "VACUUM", err);
    if (code == VB_OK)
        code = vb_store_db_query(db, &statement, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, 0, err);
    if (code == VB_OK)
        code = vb_store_db_step(db, statement, &more, err);
    if (code != VB_OK)
        return code;
    bool busy = !more || sqlite3_column_int(statement, 0) != 0;
    vb_store_db_release(statement);
    return busy ? vb_fail(err, VB_E_BUSY, "%s is being read: close whatever reads it", db->path)
                : VB_OK;
}
