/* earlier.c - what the same person shared in earlier waves, for a script that asks about it.
 *
 * Only scripts read it, so only their sessions are given it. It goes to nobody else: it is the
 * person's own, and what was held back then stays out. */
#include "base/str.h"
#include "session/round_state.h"

struct reading {
    struct vb_round *round;
    struct vb_arena *arena;
    struct vb_earlier *list;
    size_t count, cap;
};

static void add_places(struct reading *reading, const struct vb_fold *fold, const char *wave)
{
    const struct vb_plan *plan = reading->round->plan;
    int path_count, member_count;
    const struct vb_place *path = vb_fold_path(fold, &path_count);
    const struct vb_member *members = vb_fold_members(fold, &member_count);
    for (int i = 0; i < path_count; i++) {
        const struct vb_item *item = &plan->items[path[i].item];
        const struct vb_value *value =
            &vb_fold_values(fold)[vb_plan_slot(plan, item, path[i].member)];
        if (!vb_value_given(value) || vb_fold_held(fold, item->index, path[i].member))
            continue;
        struct vb_earlier *earlier = vb_arena_push(reading->arena, &reading->list, reading->count,
                                                   &reading->cap, sizeof *earlier);
        reading->count++;
        earlier->wave = wave;
        earlier->item = item->id;
        earlier->member = path[i].member < 0
                              ? NULL
                              : vb_arena_strdup(reading->arena, members[path[i].member].person);
        earlier->value = vb_value_copy(reading->arena, value);
    }
}

static enum vb_code read_session(struct reading *reading, const struct vb_session_row *row,
                                 const char *wave, struct vb_err *err)
{
    struct vb_round *round = reading->round;
    struct vb_fold *fold = vb_fold_create(round->plan, &round->env->sandbox);
    enum vb_code code = vb_fold_log(fold, round->store, row->id, 0, err);
    if (code == VB_OK && vb_fold_view(fold)->at == VB_AT_SHARED)
        add_places(reading, fold, wave);
    vb_fold_destroy(fold);
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
            code = read_session(reading, &sessions[i], row->wave, err);
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
        if (vb_streq(rows[i].digest, round->plan->digest) && !vb_streq(rows[i].id, round->row.id))
            code = read_round(&reading, &rows[i], person, err);
    opened->earlier = reading.list;
    opened->earlier_count = (int)reading.count;
    return code;
}
