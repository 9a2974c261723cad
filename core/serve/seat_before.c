#include "serve/seat_before.h"

#include "base/str.h"
#include "serve/serve_inner.h"

/* Since when whoever came last has the case; 0: nobody has it, or nobody had it before them: to the
 * first it was theirs from the beginning (vb_desk_since). */
static enum vb_code find_since(const struct vb_seat *seat, const char *case_id, int64_t *since_ms,
                               struct vb_err *err)
{
    struct vb_store *store = seat->house->store;
    struct vb_assignment_row *rows;
    size_t count = 0;
    int64_t first_ms = INT64_MAX;
    *since_ms = 0;
    enum vb_code code =
        store->ops->assignments(store, NULL, &seat->exchange->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (!vb_streq(rows[i].case_id, case_id))
            continue;
        if (rows[i].from_wall_ms < first_ms)
            first_ms = rows[i].from_wall_ms;
        if (rows[i].until_wall_ms == 0 && rows[i].from_wall_ms > *since_ms)
            *since_ms = rows[i].from_wall_ms;
    }
    if (*since_ms == first_ms)
        *since_ms = 0;
    return code;
}

enum vb_code vb_seat_before(const struct vb_seat *seat, struct vb_before *out, struct vb_err *err)
{
    const char *case_id = vb_round_row(seat->round)->case_id;
    int64_t since_ms;
    *out = (struct vb_before){ 0 };
    if (seat->session == NULL || case_id == NULL)
        return VB_OK;
    enum vb_code code = find_since(seat, case_id, &since_ms, err);
    return code == VB_OK ? vb_before_look(seat->round, seat->session, since_ms, out, err) : code;
}

bool vb_seat_may_show(const struct vb_seat *seat, const struct vb_before *before)
{
    return before->asks && !vb_seat_is_blind(seat);
}

bool vb_seat_may_hide(const struct vb_before *before)
{
    return before->asks || before->stands;
}
