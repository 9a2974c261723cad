/* earlier.c - what the same person shared in earlier waves, for a script that asks about it.
 *
 * Only scripts read it, so only their sessions are given it. It goes to nobody else: it is the
 * person's own, and what was held back then stays out. An earlier wave may have been answered with
 * another version: its log is read with the plan it was made with, and what this version still asks
 * in the same way is taken over. */
#include "base/str.h"
#include "session/pinned.h"
#include "session/round_state.h"

struct reading {
    struct vb_round *round;
    struct vb_arena *arena;
    const char *session; /* that is being read */
    struct vb_earlier *list;
    size_t count, cap;
};

/* The option of the same id; false when this version has it no more. */
static bool same_option(const struct vb_item *now, const struct vb_item *then,
                        struct vb_value *value)
{
    if (value->type != VB_VALUE_OPTION || now == then)
        return true;
    for (int i = 0; i < now->answers->count; i++) {
        if (vb_streq(now->answers->options[i].id, then->answers->options[value->number].id)) {
            value->number = i;
            return true;
        }
    }
    return false;
}

static void add(struct reading *reading, const struct vb_item *then, const char *member,
                const char *wave, struct vb_value value)
{
    const struct vb_plan *plan = reading->round->plan;
    int index = vb_plan_item(plan, then->id);
    const struct vb_item *now = index < 0 ? NULL : &plan->items[index];
    if (now == NULL || now->kind != then->kind || now->per_member != then->per_member ||
        !same_option(now, then, &value))
        return;
    struct vb_earlier *earlier = vb_arena_push(reading->arena, &reading->list, reading->count,
                                               &reading->cap, sizeof *earlier);
    reading->count++;
    *earlier = (struct vb_earlier){ .wave = wave,
                                    .item = now->id,
                                    .member = vb_arena_strdup(reading->arena, member),
                                    .value = vb_value_copy(reading->arena, &value),
                                    .session = reading->session };
}

static void add_path(struct reading *reading, const struct vb_fold *fold, const char *wave)
{
    const struct vb_plan *plan = vb_fold_plan(fold);
    int path_count, member_count;
    const struct vb_place *path = vb_fold_path(fold, &path_count);
    const struct vb_member *members = vb_fold_members(fold, &member_count);
    for (int i = 0; i < path_count; i++) {
        const struct vb_item *item = &plan->items[path[i].item];
        int member = path[i].member;
        const struct vb_value *value = &vb_fold_values(fold)[vb_plan_slot(plan, item, member)];
        if (vb_value_given(value) && !vb_fold_held(fold, item->index, member))
            add(reading, item, member < 0 ? NULL : members[member].person, wave, *value);
    }
}

/* What stands counts, in this fold alone. */
static enum vb_code leave_correction(struct vb_fold *fold, struct vb_err *err)
{
    struct vb_event stop = {
        .type = VB_EVENT_STOPPED, .seq = vb_fold_view(fold)->seq + 1, .item = -1, .member = -1
    };
    return vb_fold_apply(fold, &stop, err);
}

static enum vb_code read_session(struct reading *reading, struct vb_plan *plan,
                                 const struct vb_session_row *row, const char *wave,
                                 struct vb_err *err)
{
    struct vb_round *round = reading->round;
    struct vb_fold *fold = vb_fold_create(plan, &round->env->sandbox);
    reading->session = row->id;
    enum vb_code code = vb_fold_log(fold, round->store, row->id, 0, err);
    if (code == VB_OK && vb_fold_view(fold)->stands)
        code = leave_correction(fold, err);
    if (code == VB_OK && vb_fold_view(fold)->at == VB_AT_SHARED)
        add_path(reading, fold, wave);
    vb_fold_destroy(fold);
    return code;
}

static enum vb_code read_with(struct reading *reading, const struct vb_round_row *row,
                              const struct vb_session_row *session, struct vb_err *err)
{
    struct vb_round *round = reading->round;
    struct vb_plan *plan;
    if (vb_streq(row->digest, round->plan->digest))
        return read_session(reading, round->plan, session, row->wave, err);
    enum vb_code code = vb_pinned_load(round->store, round->env, row->digest, &plan, err);
    if (code != VB_OK)
        return vb_while(err, "round %s", row->id);
    code = read_session(reading, plan, session, row->wave, err);
    vb_plan_release(plan);
    return code;
}

static enum vb_code read_round(struct reading *reading, const struct vb_round_row *row,
                               const char *person, struct vb_err *err)
{
    struct vb_store *store = reading->round->store;
    struct vb_session_row *sessions;
    size_t count;
    enum vb_code code =
        store->ops->sessions(store, row->id, reading->arena, &sessions, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(sessions[i].person, person) && sessions[i].state == VB_SESSION_SHARED)
            code = read_with(reading, row, &sessions[i], err);
    return code;
}

enum vb_code vb_earlier_read(struct vb_round *round, const char *person, struct vb_arena *arena,
                             struct vb_opened *opened, struct vb_err *err)
{
    struct reading reading = { .round = round, .arena = arena };
    struct vb_store *store = round->store;
    struct vb_round_row *rows;
    size_t count;
    if (!round->plan->scripted || round->row.case_id == NULL)
        return VB_OK;
    enum vb_code code =
        store->ops->case_rounds(store, round->row.case_id, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(rows[i].instrument, round->plan->id) && !vb_streq(rows[i].id, round->row.id))
            code = read_round(&reading, &rows[i], person, err);
    opened->earlier = reading.list;
    opened->earlier_count = (int)reading.count;
    return code;
}
