/* Outputs and parcels in the SQLite store. */
#include "base/str.h"
#include "store/store_rule.h"
#include "store/store_sqlite_inner.h"

static struct vb_store_db *database(struct vb_store *store)
{
    return &((struct sqlite_store *)store)->db;
}

/* -- writing ----------------------------------------------------------------------------------- */

enum vb_code vb_store_sqlite_put_output(struct vb_store *store, const struct vb_output_row *put,
                                        struct vb_err *err)
{
    return vb_store_db_run(
        database(store),
        "INSERT INTO output (round, name, plugin, purpose, content, options, memory, deadline)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (round, name) DO UPDATE SET"
        " plugin = excluded.plugin, purpose = excluded.purpose, content = excluded.content,"
        " options = excluded.options, memory = excluded.memory, deadline = excluded.deadline",
        VB_BIND(vb_store_text(put->round == NULL ? "" : put->round), vb_store_text(put->name),
                vb_store_text(put->plugin), vb_store_text(vb_purpose_name(put->purpose)),
                vb_store_text(vb_content_name(put->content)), vb_store_text(put->options),
                vb_store_int(put->memory_mib), vb_store_int(put->deadline_s)),
        NULL, err);
}

static enum vb_code replace_older(struct vb_store *store, const struct vb_revision_row *revision,
                                  struct vb_err *err)
{
    return vb_store_db_run(
        database(store),
        "UPDATE parcel SET state = 'replaced', lease_wall_ms = 0, reason = '', changed_wall_ms = ?2"
        " WHERE round = (SELECT row FROM round WHERE id = ?1) AND state IN ('waiting', 'dead')",
        VB_BIND(vb_store_text(revision->round), vb_store_int(revision->wall_ms)), NULL, err);
}

/* The outputs are those of vb_store_rule_outputs_of. */
enum vb_code vb_store_sqlite_put_parcels(struct vb_store *store,
                                         const struct vb_revision_row *revision, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    if (vb_store_rule_takes_back(revision->reason))
        code = replace_older(store, revision, err);
    if (code != VB_OK)
        return code;
    return vb_store_db_run(
        database(store),
        "INSERT INTO parcel (round, output, revision, state, attempts, due_wall_ms, lease_wall_ms,"
        " reason, changed_wall_ms)"
        " SELECT round.row, name, ?2, 'waiting', 0, ?3, 0, '', ?3"
        " FROM output JOIN round ON round.id = ?1"
        " WHERE (output.round = ?1 OR (output.round = ''"
        " AND name NOT IN (SELECT name FROM output WHERE round = ?1)))"
        " AND (?4 = 0 OR EXISTS (SELECT 1 FROM parcel WHERE parcel.round = round.row"
        " AND parcel.output = name AND attempts > 0))"
        " ORDER BY output.row",
        VB_BIND(vb_store_text(revision->round), vb_store_int(revision->number),
                vb_store_int(revision->wall_ms), vb_store_int(revision->recall)),
        NULL, err);
}

/* -- reading ----------------------------------------------------------------------------------- */

static enum vb_code fill_output(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                                struct vb_err *err)
{
    struct vb_output_row *output = row;
    const char *purpose = (const char *)sqlite3_column_text(statement, 3);
    const char *content = (const char *)sqlite3_column_text(statement, 4);
    output->round = vb_store_db_text(statement, 0, arena);
    if (output->round[0] == '\0')
        output->round = NULL;
    output->name = vb_store_db_text(statement, 1, arena);
    output->plugin = vb_store_db_text(statement, 2, arena);
    output->options = vb_store_db_text(statement, 5, arena);
    output->memory_mib = sqlite3_column_int64(statement, 6);
    output->deadline_s = sqlite3_column_int64(statement, 7);
    if (vb_purpose_of(purpose, &output->purpose) && vb_content_of(content, &output->content))
        return VB_OK;
    return vb_store_sqlite_damaged(err, "output", output->name);
}

enum vb_code vb_store_sqlite_outputs(struct vb_store *store, const char *round,
                                     struct vb_arena *arena, struct vb_output_row **out,
                                     size_t *count, struct vb_err *err)
{
    static const char every[] =
        "SELECT round, name, plugin, purpose, content, options, memory, deadline FROM output"
        " ORDER BY row";
    static const char of_round[] =
        "SELECT round, name, plugin, purpose, content, options, memory, deadline FROM output"
        " WHERE round = ?1 OR round = '' ORDER BY row";
    const char *sql = round == NULL ? every : of_round;
    const struct vb_store_value id = vb_store_text(round);
    enum vb_code code = vb_store_sqlite_list(store, sql, &id, round != NULL, fill_output,
                                             sizeof **out, arena, out, count, err);
    if (code == VB_OK && round != NULL)
        vb_store_rule_outputs_of(*out, count, round);
    return code;
}

static enum vb_code fill_parcel(sqlite3_stmt *statement, struct vb_arena *arena, void *row,
                                struct vb_err *err)
{
    struct vb_parcel_row *parcel = row;
    const char *state = (const char *)sqlite3_column_text(statement, 5);
    parcel->number = sqlite3_column_int64(statement, 0);
    parcel->round = vb_store_db_text(statement, 1, arena);
    parcel->output = vb_store_db_text(statement, 2, arena);
    parcel->revision = sqlite3_column_int(statement, 3);
    parcel->case_id = vb_store_db_text(statement, 4, arena);
    parcel->attempts = sqlite3_column_int(statement, 6);
    parcel->due_wall_ms = sqlite3_column_int64(statement, 7);
    parcel->lease_wall_ms = sqlite3_column_int64(statement, 8);
    parcel->reason = vb_store_db_text(statement, 9, arena);
    parcel->changed_wall_ms = sqlite3_column_int64(statement, 10);
    for (int i = VB_PARCEL_WAITING; i <= VB_PARCEL_REPLACED; i++) {
        parcel->state = (enum vb_parcel_state)i;
        if (vb_streq(state, vb_parcel_state_name(parcel->state)))
            return VB_OK;
    }
    return vb_store_sqlite_damaged(err, "a parcel of round", parcel->round);
}

#define SELECT_PARCEL                                                                              \
    "SELECT parcel.row, round.id, output, revision, \"case\".id, parcel.state, attempts,"          \
    " due_wall_ms, lease_wall_ms, reason, changed_wall_ms"                                         \
    " FROM parcel JOIN round ON round.row = parcel.round"                                          \
    " LEFT JOIN \"case\" ON \"case\".row = round.\"case\" "
#define PAGE_PARCEL "parcel.row > ?1 ORDER BY parcel.row LIMIT ?2"

/* One statement for each question, so that each finds its index. */
enum vb_code vb_store_sqlite_parcels(struct vb_store *store, const struct vb_parcel_query *query,
                                     struct vb_arena *arena, struct vb_parcel_row **out,
                                     size_t *count, struct vb_err *err)
{
    static const char any[] = SELECT_PARCEL "WHERE " PAGE_PARCEL;
    static const char waiting[] = SELECT_PARCEL "WHERE parcel.state = 'waiting' AND " PAGE_PARCEL;
    static const char of_state[] = SELECT_PARCEL "WHERE parcel.state = ?3 AND " PAGE_PARCEL;
    static const char of_round[] =
        SELECT_PARCEL "WHERE round.id = ?4 AND (?3 IS NULL OR parcel.state = ?3) AND " PAGE_PARCEL;
    const char *state = query->state == VB_PARCEL_ANY
                            ? NULL
                            : vb_parcel_state_name((enum vb_parcel_state)query->state);
    const char *sql = query->round != NULL                ? of_round
                      : state == NULL                     ? any
                      : query->state == VB_PARCEL_WAITING ? waiting
                                                          : of_state;
    const struct vb_store_value values[] = {
        vb_store_int(query->after),
        vb_store_int(query->most == 0 ? -1 : (int64_t)query->most),
        vb_store_text(state),
        vb_store_text(query->round),
    };
    size_t bound = sql == of_round ? 4 : sql == of_state ? 3 : 2;
    return vb_store_sqlite_list(store, sql, values, bound, fill_parcel, sizeof **out, arena, out,
                                count, err);
}

/* -- one parcel moves on ----------------------------------------------------------------------- */

static enum vb_code read_state(struct vb_store *store, const struct vb_parcel_row *set,
                               enum vb_parcel_state *state, struct vb_err *err)
{
    sqlite3_stmt *statement;
    bool more;
    enum vb_code code = vb_store_db_query(
        database(store), &statement,
        "SELECT state FROM parcel WHERE round = (SELECT row FROM round WHERE id = ?1)"
        " AND output = ?2 AND revision = ?3",
        VB_BIND(vb_store_text(set->round), vb_store_text(set->output), vb_store_int(set->revision)),
        err);
    if (code == VB_OK)
        code = vb_store_db_step(database(store), statement, &more, err);
    if (code != VB_OK)
        return code;
    if (!more)
        return vb_store_rule_no_parcel(err, set);
    const char *name = (const char *)sqlite3_column_text(statement, 0);
    for (int i = VB_PARCEL_WAITING; i <= VB_PARCEL_REPLACED; i++)
        if (vb_streq(name, vb_parcel_state_name((enum vb_parcel_state)i)))
            *state = (enum vb_parcel_state)i;
    vb_store_db_release(statement);
    return VB_OK;
}

enum vb_code vb_store_sqlite_set_parcel(struct vb_store *store, const struct vb_parcel_row *set,
                                        struct vb_err *err)
{
    enum vb_parcel_state now = VB_PARCEL_DELIVERED;
    enum vb_code code = read_state(store, set, &now, err);
    if (code != VB_OK)
        return code;
    if (!vb_store_rule_parcel_may(now, set->state))
        return vb_store_rule_parcel(err, set, now);
    return vb_store_db_run(
        database(store),
        "UPDATE parcel SET state = ?4, attempts = ?5, due_wall_ms = ?6, lease_wall_ms = ?7,"
        " reason = ?8, changed_wall_ms = ?9"
        " WHERE round = (SELECT row FROM round WHERE id = ?1) AND output = ?2 AND revision = ?3",
        VB_BIND(vb_store_text(set->round), vb_store_text(set->output), vb_store_int(set->revision),
                vb_store_text(vb_parcel_state_name(set->state)), vb_store_int(set->attempts),
                vb_store_int(set->due_wall_ms), vb_store_int(set->lease_wall_ms),
                vb_store_text(set->reason), vb_store_int(set->changed_wall_ms)),
        NULL, err);
}
