/* look.c - what a runner may see of a session: the view, which stands still while a commit is under
 * way, and the state that follows from it. */
#include "session/session.h"

#include "session/live.h"

const char *vb_session_id(const struct vb_session *session)
{
    return session->id;
}

const struct vb_fold *vb_session_fold(const struct vb_session *session)
{
    return session->live->fold;
}

int64_t vb_session_now(const struct vb_session *session)
{
    return session->env->clock.wall_ms(session->env->clock.ctx);
}

struct vb_store *vb_session_store(const struct vb_session *session)
{
    return session->store;
}

const struct vb_view *vb_session_view(const struct vb_session *session)
{
    return session->live->in_flight ? &session->live->shown : vb_fold_view(session->live->fold);
}

bool vb_session_asleep(const struct vb_session *session)
{
    return session->live == NULL;
}

bool vb_session_in_flight(const struct vb_session *session)
{
    return session->live != NULL && session->live->in_flight;
}

bool vb_session_moves(const struct vb_session *session)
{
    return session->live->in_flight && session->live->done != NULL;
}

int64_t vb_session_standing(const struct vb_session *session)
{
    return vb_session_moves(session) ? session->live->standing
                                     : vb_fold_standing(session->live->fold);
}

enum vb_session_state vb_state_of_view(const struct vb_view *view)
{
    if (view->stands)
        return VB_SESSION_SHARED; /* nobody can tell that it is being corrected */
    switch (view->at) {
    case VB_AT_NOTHING:
    case VB_AT_LAST:
    case VB_AT_ITEM:
        return VB_SESSION_OPEN;
    case VB_AT_OVERVIEW:
        return VB_SESSION_DONE;
    case VB_AT_SHARED:
        return VB_SESSION_SHARED;
    case VB_AT_STOPPED:
        return VB_SESSION_STOPPED;
    case VB_AT_WITHDRAWN:
        return VB_SESSION_WITHDRAWN;
    }
    return VB_SESSION_OPEN;
}

enum vb_session_state vb_session_state(const struct vb_session *session)
{
    return vb_state_of_view(vb_session_view(session));
}

const struct vb_err *vb_session_parked(const struct vb_session *session)
{
    return vb_fold_parked(session->live->fold);
}
