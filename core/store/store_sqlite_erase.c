/* Erasing in the SQLite store: the tombstone, and everything it names out of the file. Sealed bytes
 * that lie in a backup or in the log of SQLite end with their keys (store_sealed.h), not here. */
#include "store/store_rule.h"
#include "store/store_sqlite_inner.h"

static struct vb_store_db *database(struct vb_store *store)
{
    return &((struct sqlite_store *)store)->db;
}

/* A statement with the erased id as its only value; VB_E_ABSENT when it must reach a row and none
 * is there. */
static enum vb_code run(struct vb_store *store, const char *sql, const char *what, const char *id,
                        struct vb_err *err)
{
    int changed = 0;
    enum vb_code code =
        vb_store_db_run(database(store), sql, VB_BIND(vb_store_text(id)), &changed, err);
    return code == VB_OK && changed == 0 && what != NULL ? vb_store_rule_absent(err, what, id)
                                                         : code;
}

/* The sessions that go with a person: its own, and the joint one of each of their rounds. */
#define OF_PERSON(columns)                                                                         \
    "SELECT " columns " FROM session AS s WHERE s.person = (SELECT row FROM person WHERE id = ?1)" \
    " UNION SELECT " columns " FROM session AS s WHERE s.person IS NULL AND s.round IN"            \
    " (SELECT round FROM session WHERE person = (SELECT row FROM person WHERE id = ?1))"
#define OF_SESSION "SELECT row FROM session WHERE id = ?1"
#define EMPTY_EVENTS(sessions)                                                                     \
    "UPDATE event SET answer_id = '', body = x'' WHERE session IN (" sessions                      \
    ") AND (body <> x'' OR answer_id <> '')"
#define EMPTY_BLOBS(sessions)                                                                      \
    "UPDATE blob SET bytes = x'', erased = 1 WHERE session IN (" sessions ") AND erased = 0"

#define EMPTY_REASONS(rounds)                                                                      \
    "UPDATE parcel SET reason = '' WHERE reason <> '' AND round IN (" rounds ")"

/* What opens a round for a person, and for nobody known yet: it may be the same. */
#define END_TOKENS(rounds, person)                                                                 \
    "UPDATE token SET over = 1, body = '', person = NULL WHERE over = 0 AND round IN (" rounds     \
    ") AND (person IS NULL OR person = (" person "))"

static enum vb_code erase_person(struct vb_store *store, const char *id, struct vb_err *err)
{
    static const char *const sql[] = {
        "UPDATE session SET state = 'withdrawn'"
        " WHERE person = (SELECT row FROM person WHERE id = ?1)",
        "UPDATE session SET erased = 1 WHERE row IN (" OF_PERSON("s.row") ")",
        EMPTY_EVENTS(OF_PERSON("s.row")),
        EMPTY_BLOBS(OF_PERSON("s.row")),
        EMPTY_REASONS(OF_PERSON("s.round")),
        EMPTY_REASONS("SELECT row FROM round WHERE \"case\" ="
                      " (SELECT \"case\" FROM person WHERE id = ?1)"),
        END_TOKENS(OF_PERSON("s.round"), "SELECT row FROM person WHERE id = ?1"),
        END_TOKENS("SELECT row FROM round WHERE \"case\" ="
                   " (SELECT \"case\" FROM person WHERE id = ?1)",
                   "SELECT row FROM person WHERE id = ?1"),
    };
    enum vb_code code =
        run(store, "UPDATE person SET label = NULL, erased = 1 WHERE id = ?1", "person", id, err);
    for (size_t i = 0; code == VB_OK && i < sizeof sql / sizeof *sql; i++)
        code = run(store, sql[i], NULL, id, err);
    return code;
}

static enum vb_code erase_session(struct vb_store *store, const char *id, struct vb_err *err)
{
    enum vb_code code =
        run(store, "UPDATE session SET state = 'withdrawn', erased = 1 WHERE id = ?1", "session",
            id, err);
    if (code == VB_OK)
        code = run(store, EMPTY_EVENTS(OF_SESSION), NULL, id, err);
    if (code == VB_OK)
        code = run(store, EMPTY_BLOBS(OF_SESSION), NULL, id, err);
    if (code == VB_OK)
        code = run(store, EMPTY_REASONS("SELECT round FROM session WHERE id = ?1"), NULL, id, err);
    if (code == VB_OK)
        code = run(store,
                   END_TOKENS("SELECT round FROM session WHERE id = ?1",
                              "SELECT person FROM session WHERE id = ?1"),
                   NULL, id, err);
    return code;
}

static enum vb_code erase_blob(struct vb_store *store, const char *id, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const char *session, *digest;
    int changed = 0;
    enum vb_code code = VB_OK;
    if (vb_store_rule_blob_name(&arena, id, &session, &digest))
        code =
            vb_store_db_run(database(store),
                            "UPDATE blob SET bytes = x'', erased = 1 WHERE digest = ?1"
                            " AND session = (SELECT row FROM session WHERE id = ?2)",
                            VB_BIND(vb_store_text(digest), vb_store_text(session)), &changed, err);
    vb_arena_finish(&arena);
    return code == VB_OK && changed == 0 ? vb_store_rule_absent(err, "blob", id) : code;
}

static enum vb_code erase(struct vb_store *store, const struct vb_erasure_row *put,
                          struct vb_err *err)
{
    switch (put->what) {
    case VB_ERASE_PERSON:
        return erase_person(store, put->id, err);
    case VB_ERASE_SESSION:
        return erase_session(store, put->id, err);
    case VB_ERASE_BLOB:
        return erase_blob(store, put->id, err);
    }
    return vb_fail(err, VB_E_INTERNAL, "erasing something of unknown kind %d", (int)put->what);
}

enum vb_code vb_store_sqlite_erase(struct vb_store *store, const struct vb_erasure_row *put,
                                   struct vb_err *err)
{
    vb_store_sqlite_forget((struct sqlite_store *)store);
    enum vb_code code = erase(store, put, err);
    if (code != VB_OK)
        return code;
    return vb_store_db_run(
        database(store),
        "INSERT INTO erasure (what, id, reason, wall_ms, done) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (what, id) DO UPDATE SET done = max(done, excluded.done)",
        VB_BIND(vb_store_text(vb_erasable_name(put->what)), vb_store_text(put->id),
                vb_store_text(put->reason), vb_store_int(put->wall_ms), vb_store_int(put->done)),
        NULL, err);
}

enum vb_code vb_store_sqlite_put_setting(struct vb_store *store, const struct vb_setting_row *put,
                                         struct vb_err *err)
{
    if (put->value == NULL)
        return vb_store_db_run(database(store), "DELETE FROM setting WHERE name = ?1",
                               VB_BIND(vb_store_text(put->name)), NULL, err);
    return vb_store_db_run(database(store),
                           "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                           " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                           VB_BIND(vb_store_text(put->name), vb_store_text(put->value)), NULL, err);
}
