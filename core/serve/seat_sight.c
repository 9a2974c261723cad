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
