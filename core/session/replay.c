/* replay.c - a log read back from the store, folded again. */
#include "session/stage.h"

static enum vb_code fold_row(struct vb_fold *fold, struct vb_arena *arena,
                             const struct vb_plan *plan, const struct vb_event_row *row,
                             struct vb_err *err)
{
    struct vb_event event;
    int member_count;
    const struct vb_member *members = vb_fold_members(fold, &member_count);
    enum vb_code code =
        vb_event_decode(&event, arena, plan, members, member_count, row->body, row->body_len, err);
    if (code != VB_OK)
        return code;
    event.seq = row->seq;
    event.wall_ms = row->wall_ms;
    return vb_fold_apply(fold, &event, err);
}

static enum vb_code fold_rows(struct vb_fold *fold, struct vb_store *store, const char *id,
                              int64_t upto, struct vb_arena *arena, struct vb_err *err)
{
    struct vb_event_row *rows;
    size_t count;
    enum vb_code code = store->ops->events(store, id, 1, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count && (upto == 0 || rows[i].seq <= upto); i++) {
        /* Behind the last event a flow may run by turns; before that the next one waits for it. */
        while (vb_fold_busy(fold))
            (void)vb_fold_go_on(fold, err); /* a failure parks it, as below */
        code = fold_row(fold, arena, vb_fold_plan(fold), &rows[i], err);
        if (code == VB_E_SCRIPT || code == VB_E_LIMIT)
            code = vb_fold_parked(fold) == NULL ? code : VB_OK; /* it is parked, as it was then */
    }
    if (code == VB_OK && vb_fold_opened(fold) == NULL)
        return vb_fail(err, VB_E_DATA, "the log is empty");
    return code;
}

enum vb_code vb_fold_log(struct vb_fold *fold, struct vb_store *store, const char *id, int64_t upto,
                         struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = fold_rows(fold, store, id, upto, &arena, err);
    vb_arena_finish(&arena);
    return code == VB_OK ? VB_OK : vb_while(err, "reading the log of session %s", id);
}
