/* seat_sight.c - what a seat shows of what was given before (sight.h). */
#include "serve/seat.h"
#include "serve/sight.h"

bool vb_seat_sees(const struct vb_seat *seat, int item, int member)
{
    return vb_sight_sees(seat->sight,
                         vb_fold_given_at(vb_session_fold(seat->session), item, member));
}

bool vb_seat_sees_followed(const struct vb_seat *seat, int agreement)
{
    return vb_sight_sees(seat->sight,
                         vb_fold_followed_at(vb_session_fold(seat->session), agreement));
}

bool vb_seat_is_blind(const struct vb_seat *seat)
{
    int count;
    if (seat->session == NULL)
        return false;
    const struct vb_fold *fold = vb_session_fold(seat->session);
    const struct vb_view *view = vb_session_view(seat->session);
    const struct vb_place *path = vb_fold_path(fold, &count);
    for (int i = 0; i < count; i++)
        if (!vb_seat_sees(seat, path[i].item, path[i].member))
            return true;
    for (int i = 0; i < vb_fold_opened(fold)->last.agreement_count; i++)
        if (!vb_seat_sees_followed(seat, i))
            return true;
    return view->at == VB_AT_ITEM && view->offered != NULL &&
           !vb_seat_sees(seat, view->item->index, view->member);
}

/* Nobody says yes to what they cannot read: whoever sits here may not be the one who gave it. */
const struct vb_stay *vb_seat_stays(const struct vb_seat *seat, int *count)
{
    int places;
    const struct vb_fold *fold = vb_session_fold(seat->session);
    const struct vb_place *path = vb_fold_path(fold, &places);
    int agreements = vb_fold_opened(fold)->last.agreement_count;
    struct vb_stay *stays =
        vb_arena_alloc(&seat->exchange->arena, (size_t)(places + agreements + 1) * sizeof *stays);
    *count = 0;
    for (int i = 0; i < places; i++)
        if (!vb_seat_sees(seat, path[i].item, path[i].member) &&
            !vb_fold_held(fold, path[i].item, path[i].member))
            stays[(*count)++] = (struct vb_stay){ path[i].item, path[i].member, 0 };
    for (int i = 0; i < agreements; i++)
        if (!vb_seat_sees_followed(seat, i) && !vb_fold_followed_held(fold, i))
            stays[(*count)++] = (struct vb_stay){ -1, -1, i };
    return stays;
}
