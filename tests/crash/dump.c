#include "dump.h"

#include <stdlib.h>

#include "base/str.h"
#include "data/digest.h"

struct work { /* one dump on its way */
    struct vb_workplace *place;
    struct vb_store *store;
    struct dump_plans *plans;
    struct vb_arena arena;
    struct vb_buf *out;
    bool rows_only;
};

static const char *or_none(const char *text)
{
    return text == NULL ? "-" : text;
}

/* Bytes by their digest, with the beginning in clear for whoever looks for a difference. */
static void put_bytes(struct vb_buf *out, const char *bytes, size_t len)
{
    char digest[VB_DIGEST_SIZE];
    vb_digest(bytes, len, digest);
    vb_buf_printf(out, " %.20s %.*s", digest + 7, len > 48 ? 48 : (int)len, bytes);
}

static enum vb_code plan_of(struct work *work, const char *digest, struct vb_plan **out,
                            struct vb_err *err)
{
    struct dump_plans *plans = work->plans;
    for (size_t i = 0; i < plans->count; i++) {
        *out = plans->list[i];
        if (vb_streq((*out)->digest, digest))
            return VB_OK;
    }
    enum vb_code code = vb_workplace_pinned(work->place, digest, out, err);
    if (code != VB_OK)
        return code;
    *(struct vb_plan **)vb_push(&plans->list, plans->count, &plans->cap, sizeof *out) = *out;
    plans->count++;
    return VB_OK;
}

/* -- a session -------------------------------------------------------------------------------- */

static enum vb_code put_events(struct work *work, const char *session, struct vb_err *err)
{
    struct vb_event_row *rows;
    size_t count;
    enum vb_code code =
        work->store->ops->events(work->store, session, 1, &work->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        vb_buf_printf(work->out, " event %lld %lld %s%s", (long long)rows[i].seq,
                      (long long)rows[i].wall_ms, rows[i].answer_id,
                      rows[i].erased ? " erased" : "");
        put_bytes(work->out, rows[i].body, rows[i].body_len);
        for (int k = 0; k < rows[i].part_count; k++) {
            const struct vb_event_part *part = &rows[i].parts[k];
            vb_buf_printf(work->out, " about %s", part->about);
            if (part->bytes != NULL)
                put_bytes(work->out, part->bytes, part->len);
        }
        vb_buf_putc(work->out, '\n');
    }
    return code;
}

/* Where its walk stands, folded again from the log. */
static enum vb_code put_view(struct work *work, struct vb_plan *plan, const char *id,
                             struct vb_err *err)
{
    struct vb_session *session;
    enum vb_code code = vb_session_load(&session, work->store, &work->place->env, plan, id, err);
    if (code != VB_OK)
        return code;
    const struct vb_view *view = vb_session_view(session);
    vb_buf_printf(work->out, " stands at %d seq %lld item %s member %d%s\n", (int)view->at,
                  (long long)view->seq, view->item == NULL ? "-" : view->item->id, view->member,
                  vb_session_parked(session) != NULL ? " parked" : "");
    vb_session_destroy(session);
    return VB_OK;
}

static enum vb_code put_blobs(struct work *work, const char *session, struct vb_err *err)
{
    struct vb_blob_row *rows, whole;
    size_t count = 0;
    enum vb_code code =
        work->store->ops->session_blobs(work->store, session, &work->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (rows[i].erased) {
            vb_buf_printf(work->out, " blob %s erased\n", rows[i].type);
            continue;
        }
        code = work->store->ops->blob(work->store, rows[i].digest, &work->arena, &whole, err);
        if (code != VB_OK)
            break;
        vb_buf_printf(work->out, " blob %s %s %lld", whole.digest, whole.type,
                      (long long)whole.until_wall_ms);
        put_bytes(work->out, whole.bytes, whole.len);
        vb_buf_putc(work->out, '\n');
    }
    return code;
}

static enum vb_code put_sessions(struct work *work, const struct vb_round_row *round,
                                 struct vb_plan *plan, struct vb_err *err)
{
    struct vb_session_row *rows;
    size_t count;
    enum vb_code code =
        work->store->ops->sessions(work->store, round->id, &work->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        vb_buf_printf(work->out, "session %s person %s %s%s last %lld\n", rows[i].id,
                      or_none(rows[i].person), vb_session_state_name(rows[i].state),
                      rows[i].erased ? " erased" : "", (long long)rows[i].last_seq);
        code = put_events(work, rows[i].id, err);
        if (code == VB_OK && !rows[i].erased && !work->rows_only)
            code = put_view(work, plan, rows[i].id, err);
        if (code == VB_OK)
            code = put_blobs(work, rows[i].id, err);
    }
    return code;
}

/* -- a round ---------------------------------------------------------------------------------- */

static enum vb_code put_result(struct work *work, struct vb_round *round, int number,
                               struct vb_err *err)
{
    struct vb_result result;
    struct vb_buf text = { 0 };
    enum vb_code code = vb_round_result(round, number, &work->arena, &result, err);
    if (code == VB_OK) {
        vb_result_write(&text, &result, VB_CONTENT_ITEMS);
        vb_buf_printf(work->out, " result");
        put_bytes(work->out, text.data, text.len);
        vb_buf_putc(work->out, '\n');
    }
    vb_buf_finish(&text);
    return code;
}

static enum vb_code put_revisions(struct work *work, const struct vb_round_row *row,
                                  struct vb_plan *plan, struct vb_err *err)
{
    struct vb_revision_row *rows;
    struct vb_round *round = NULL;
    size_t count;
    enum vb_code code =
        work->store->ops->revisions(work->store, row->id, &work->arena, &rows, &count, err);
    if (code == VB_OK && !work->rows_only)
        code = vb_round_load(&round, work->store, &work->place->env, plan, row, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        vb_buf_printf(work->out, " revision %d %s %lld %s\n", rows[i].number, rows[i].reason,
                      (long long)rows[i].wall_ms, rows[i].upto);
        if (row->state == VB_ROUND_RELEASED && round != NULL)
            code = put_result(work, round, rows[i].number, err);
    }
    vb_round_destroy(round);
    return code;
}

static enum vb_code put_round(struct work *work, const struct vb_round_row *row, struct vb_err *err)
{
    struct vb_plan *plan;
    enum vb_code code = plan_of(work, row->digest, &plan, err);
    if (code != VB_OK)
        return code;
    vb_buf_printf(work->out, "round %s case %s %s %s %s wave %s %s %s %s %s with %s %s %lld\n",
                  row->id, or_none(row->case_id), row->instrument, row->version, row->digest,
                  row->wave, row->format, or_none(row->form), or_none(row->variant),
                  or_none(row->setting), row->with, vb_round_state_name(row->state),
                  (long long)row->created_wall_ms);
    code = put_sessions(work, row, plan, err);
    return code == VB_OK ? put_revisions(work, row, plan, err) : code;
}

static enum vb_code put_rounds(struct work *work, struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count;
    enum vb_code code = work->store->ops->rounds(work->store, &work->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = put_round(work, &rows[i], err);
    return code == VB_OK ? VB_OK : vb_while(err, "the rounds");
}

/* -- the rest --------------------------------------------------------------------------------- */

static enum vb_code put_persons(struct work *work, const char *case_id, struct vb_err *err)
{
    struct vb_person_row *rows;
    size_t count;
    enum vb_code code =
        work->store->ops->persons(work->store, case_id, &work->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        vb_buf_printf(work->out, "person %s case %s %s %s %s%s\n", rows[i].id, or_none(case_id),
                      rows[i].role, or_none(rows[i].label), rows[i].language,
                      rows[i].erased ? " erased" : "");
    return code;
}

static enum vb_code put_cases(struct work *work, struct vb_err *err)
{
    struct vb_case_row *rows;
    size_t count;
    enum vb_code code = work->store->ops->cases(work->store, &work->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        vb_buf_printf(work->out, "case %s %lld\n", rows[i].id, (long long)rows[i].opened_wall_ms);
        code = put_persons(work, rows[i].id, err);
    }
    return code == VB_OK ? put_persons(work, NULL, err) : code;
}

static enum vb_code put_erasures(struct work *work, struct vb_err *err)
{
    struct vb_erasure_row *rows;
    size_t count;
    enum vb_code code = work->store->ops->erasures(work->store, &work->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        vb_buf_printf(work->out, "erased %s %s %s %s\n", vb_erasable_name(rows[i].what), rows[i].id,
                      rows[i].reason, rows[i].done ? "done" : "not done");
    return code;
}

static enum vb_code put_settings(struct work *work, struct vb_err *err)
{
    struct vb_setting_row *rows;
    size_t count;
    enum vb_code code =
        work->store->ops->settings(work->store, "", &work->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        vb_buf_printf(work->out, "setting %s %s\n", rows[i].name, or_none(rows[i].value));
    return code;
}

static enum vb_code put_audit(struct work *work, struct vb_err *err)
{
    struct vb_audit_row *rows;
    size_t count;
    enum vb_code code = work->store->ops->audit(work->store, &work->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        vb_buf_printf(work->out, "%s %s by %s %s\n", rows[i].action, rows[i].subject, rows[i].by,
                      rows[i].hash);
    return code == VB_OK ? vb_store_audit_check(work->store, err) : code;
}

enum vb_code dump_store(struct vb_workplace *place, struct dump_plans *plans, struct dump *out,
                        struct vb_err *err)
{
    struct work work = { .place = place,
                         .store = place->store,
                         .plans = plans,
                         .out = &out->rows,
                         .rows_only = out->rows_only };
    vb_buf_clear(&out->rows);
    vb_buf_clear(&out->audit);
    vb_buf_puts(&out->rows, "");
    vb_buf_puts(&out->audit, "");
    enum vb_code code = put_rounds(&work, err);
    if (code == VB_OK)
        code = put_cases(&work, err);
    if (code == VB_OK)
        code = put_erasures(&work, err);
    if (code == VB_OK)
        code = put_settings(&work, err);
    work.out = &out->audit;
    if (code == VB_OK)
        code = put_audit(&work, err);
    vb_arena_finish(&work.arena);
    return code;
}

void dump_finish(struct dump *dump)
{
    vb_buf_finish(&dump->rows);
    vb_buf_finish(&dump->audit);
}

void dump_plans_finish(struct dump_plans *plans)
{
    for (size_t i = 0; i < plans->count; i++)
        vb_plan_release(plans->list[i]);
    free(plans->list);
    *plans = (struct dump_plans){ 0 };
}
