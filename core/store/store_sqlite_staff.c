/* Staff, tokens and assignments in the SQLite store. */
#include "base/str.h"
#include "store/store_rule.h"
#include "store/store_sqlite_inner.h"

static struct vb_store_db *database(struct vb_store *store)
{
    return &((struct sqlite_store *)store)->db;
}

/* -- writing ----------------------------------------------------------------------------------- */

enum vb_code vb_store_sqlite_put_staff(struct vb_store *store, const struct vb_staff_row *put,
                                       struct vb_err *err)
{
    return vb_store_db_run(
        database(store),
        "INSERT INTO staff (name, roles, secrets, disabled, created_wall_ms, seen_wall_ms)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (name) DO UPDATE SET roles = excluded.roles,"
        " secrets = excluded.secrets, disabled = excluded.disabled,"
        " created_wall_ms = excluded.created_wall_ms, seen_wall_ms = excluded.seen_wall_ms",
        VB_BIND(vb_store_text(put->name), vb_store_text(put->roles), vb_store_text(put->secrets),
                vb_store_int(put->disabled), vb_store_int(put->created_wall_ms),
                vb_store_int(put->seen_wall_ms)),
        NULL, err);
}

/* What it names must be there; id NULL names nothing. */
static enum vb_code is_there(struct vb_store *store, const char *sql, const char *what,
                             const char *id, struct vb_err *err)
{
    int64_t row;
    if (id == NULL)
        return VB_OK;
    enum vb_code code =
        vb_store_db_number(database(store), &row, sql, VB_BIND(vb_store_text(id)), err);
    return code == VB_E_ABSENT ? vb_store_rule_absent(err, what, id) : code;
}

#define STAFF_ROW  "SELECT row FROM staff WHERE name = ?1"
#define ROUND_ROW  "SELECT row FROM round WHERE id = ?1"
#define PERSON_ROW "SELECT row FROM person WHERE id = ?1"
#define CASE_ROW   "SELECT row FROM \"case\" WHERE id = ?1"

enum vb_code vb_store_sqlite_put_token(struct vb_store *store, const struct vb_token_row *put,
                                       struct vb_err *err)
{
    int changed = 0;
    enum vb_code code = is_there(store, STAFF_ROW, "member of staff", put->staff, err);
    if (code == VB_OK)
        code = is_there(store, ROUND_ROW, "round", put->round, err);
    if (code == VB_OK)
        code = is_there(store, PERSON_ROW, "person", put->person, err);
    if (code == VB_OK)
        code = vb_store_db_run(
            database(store),
            "INSERT INTO token (hash, kind, staff, round, person, body, created_wall_ms,"
            " until_wall_ms, over) VALUES (?1, ?2, (SELECT row FROM staff WHERE name = ?3),"
            " (SELECT row FROM round WHERE id = ?4), (SELECT row FROM person WHERE id = ?5),"
            " ?6, ?7, ?8, ?9) ON CONFLICT (hash) DO UPDATE SET kind = excluded.kind,"
            " staff = excluded.staff, round = excluded.round, person = excluded.person,"
            " body = excluded.body, created_wall_ms = excluded.created_wall_ms,"
            " until_wall_ms = excluded.until_wall_ms, over = excluded.over"
            " WHERE over <= excluded.over",
            VB_BIND(vb_store_text(put->hash), vb_store_text(vb_token_kind_name(put->kind)),
                    vb_store_text(put->staff), vb_store_text(put->round),
                    vb_store_text(put->person), vb_store_text(put->body),
                    vb_store_int(put->created_wall_ms), vb_store_int(put->until_wall_ms),
                    vb_store_int(put->over)),
            &changed, err);
    return code == VB_OK && changed == 0 ? vb_store_rule_token_over(err, put) : code;
}

/* As vb_store_rule_token_asked_for. */
#define ASKED_FOR                                                                                  \
    " (?1 IS NULL OR hash = ?1)"                                                                   \
    " AND (?2 IS NULL OR round = (SELECT row FROM round WHERE id = ?2))"                           \
    " AND (?3 IS NULL OR staff = (SELECT row FROM staff WHERE name = ?3))"                         \
    " AND (?4 = 0 OR (?4 & CASE kind WHEN 'staff' THEN 1 WHEN 'invitation' THEN 2"                 \
    " WHEN 'code' THEN 4 ELSE 8 END) <> 0)"
_Static_assert(1 << VB_TOKEN_STAFF == 1 && 1 << VB_TOKEN_INVITATION == 2 &&
                   1 << VB_TOKEN_CODE == 4 && 1 << VB_TOKEN_SEAT == 8,
               "the bits of ASKED_FOR");

enum vb_code vb_store_sqlite_end_tokens(struct vb_store *store, const struct vb_token_query *query,
                                        struct vb_err *err)
{
    return vb_store_db_run(
        database(store),
        "UPDATE token SET over = 1, body = '', person = NULL WHERE over = 0 AND" ASKED_FOR,
        VB_BIND(vb_store_text(query->hash), vb_store_text(query->round),
                vb_store_text(query->staff), vb_store_int(query->kinds)),
        NULL, err);
}

enum vb_code vb_store_sqlite_forget_tokens(struct vb_store *store,
                                           const struct vb_token_query *query, struct vb_err *err)
{
    return vb_store_db_run(database(store),
                           "DELETE FROM token WHERE until_wall_ms < ?5 AND" ASKED_FOR,
                           VB_BIND(vb_store_text(query->hash), vb_store_text(query->round),
                                   vb_store_text(query->staff), vb_store_int(query->kinds),
                                   vb_store_int(query->before_wall_ms)),
                           NULL, err);
}

enum vb_code vb_store_sqlite_put_assignment(struct vb_store *store,
                                            const struct vb_assignment_row *put, struct vb_err *err)
{
    enum vb_code code = is_there(store, STAFF_ROW, "member of staff", put->staff, err);
    if (code == VB_OK)
        code = is_there(store, CASE_ROW, "case", put->case_id, err);
    if (code == VB_OK)
        code = vb_store_db_run(
            database(store),
            "INSERT INTO assignment (\"case\", staff, from_wall_ms, until_wall_ms)"
            " VALUES ((SELECT row FROM \"case\" WHERE id = ?1),"
            " (SELECT row FROM staff WHERE name = ?2), ?3, ?4)"
            " ON CONFLICT (staff, \"case\", from_wall_ms)"
            " DO UPDATE SET until_wall_ms = excluded.until_wall_ms",
            VB_BIND(vb_store_text(put->case_id), vb_store_text(put->staff),
                    vb_store_int(put->from_wall_ms), vb_store_int(put->until_wall_ms)),
            NULL, err);
    return code;
}

/* -- reading ----------------------------------------------------------------------------------- */

static enum vb_code fill_staff(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                               struct vb_err *err)
{
    struct vb_staff_row *staff = row;
    (void)err;
    staff->name = vb_store_db_text(statement, 0, arena);
    staff->roles = vb_store_db_text(statement, 1, arena);
    staff->secrets = vb_store_db_text(statement, 2, arena);
    staff->disabled = sqlite3_column_int(statement, 3) != 0;
    staff->created_wall_ms = sqlite3_column_int64(statement, 4);
    staff->seen_wall_ms = sqlite3_column_int64(statement, 5);
    return VB_OK;
}

enum vb_code vb_store_sqlite_staff(struct vb_store *store, const char *prefix,
                                   struct vb_arena *arena, struct vb_staff_row **out, size_t *count,
                                   struct vb_err *err)
{
    return vb_store_sqlite_list(
        store,
        "SELECT name, roles, secrets, disabled, created_wall_ms, seen_wall_ms FROM staff"
        " WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name",
        VB_BIND(vb_store_text(prefix)), fill_staff, sizeof **out, arena, out, count, err);
}

static enum vb_code fill_token(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                               struct vb_err *err)
{
    struct vb_token_row *token = row;
    const char *kind = (const char *)sqlite3_column_text(statement, 1);
    token->hash = vb_store_db_text(statement, 0, arena);
    token->staff = vb_store_db_text(statement, 2, arena);
    token->round = vb_store_db_text(statement, 3, arena);
    token->person = vb_store_db_text(statement, 4, arena);
    token->body = vb_store_db_text(statement, 5, arena);
    token->created_wall_ms = sqlite3_column_int64(statement, 6);
    token->until_wall_ms = sqlite3_column_int64(statement, 7);
    token->over = sqlite3_column_int(statement, 8) != 0;
    for (int i = VB_TOKEN_STAFF; i <= VB_TOKEN_SEAT; i++) {
        token->kind = (enum vb_token_kind)i;
        if (vb_streq(kind, vb_token_kind_name(token->kind)))
            return VB_OK;
    }
    return vb_store_sqlite_damaged(err, "token", token->hash);
}

#define TOKENS                                                                                     \
    "SELECT hash, kind, staff.name, round.id, person.id, body, token.created_wall_ms,"             \
    " until_wall_ms, over FROM token LEFT JOIN staff ON staff.row = token.staff"                   \
    " LEFT JOIN round ON round.row = token.round LEFT JOIN person ON person.row = token.person"

enum vb_code vb_store_sqlite_tokens(struct vb_store *store, const struct vb_token_query *query,
                                    struct vb_arena *arena, struct vb_token_row **out,
                                    size_t *count, struct vb_err *err)
{
    static const char of_hash[] = TOKENS " WHERE hash = ?1",
                      of_round[] = TOKENS " WHERE token.round = (" ROUND_ROW ") ORDER BY token.row",
                      of_staff[] = TOKENS " WHERE token.staff = (" STAFF_ROW ") ORDER BY token.row",
                      every[] = TOKENS " ORDER BY token.row";
    const char *id = query->hash != NULL    ? query->hash
                     : query->round != NULL ? query->round
                                            : query->staff;
    const char *sql = query->hash != NULL    ? of_hash
                      : query->round != NULL ? of_round
                      : query->staff != NULL ? of_staff
                                             : every;
    const struct vb_store_value value = vb_store_text(id);
    size_t all = 0;
    enum vb_code code = vb_store_sqlite_list(store, sql, &value, id != NULL, fill_token,
                                             sizeof **out, arena, out, &all, err);
    *count = 0;
    for (size_t i = 0; code == VB_OK && i < all; i++)
        if (vb_store_rule_token_asked_for(query, &(*out)[i]))
            (*out)[(*count)++] = (*out)[i];
    return code;
}

static enum vb_code fill_assignment(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                                    struct vb_err *err)
{
    struct vb_assignment_row *assignment = row;
    (void)err;
    assignment->case_id = vb_store_db_text(statement, 0, arena);
    assignment->staff = vb_store_db_text(statement, 1, arena);
    assignment->from_wall_ms = sqlite3_column_int64(statement, 2);
    assignment->until_wall_ms = sqlite3_column_int64(statement, 3);
    return VB_OK;
}

enum vb_code vb_store_sqlite_assignments(struct vb_store *store, const char *staff,
                                         struct vb_arena *arena, struct vb_assignment_row **out,
                                         size_t *count, struct vb_err *err)
{
    return vb_store_sqlite_list(
        store,
        "SELECT \"case\".id, staff.name, from_wall_ms, until_wall_ms FROM assignment"
        " JOIN \"case\" ON \"case\".row = assignment.\"case\""
        " JOIN staff ON staff.row = assignment.staff"
        " WHERE ?1 IS NULL OR staff.name = ?1 ORDER BY assignment.row",
        VB_BIND(vb_store_text(staff)), fill_assignment, sizeof **out, arena, out, count, err);
}
