/* turn.c - a flow that takes long runs by turns with all the others.
 *
 *      take_in --> busy --> a slice a turn of the loop --> arrived --> the store --> done
 *      begun, read back --> busy --> ...               --> arrived --> whoever waits is told */
#include "session/live.h"

static void tell_ready(struct vb_live *live, enum vb_code code, const struct vb_err *err)
{
    vb_session_done *ready = live->ready;
    live->ready = NULL;
    if (ready != NULL)
        ready(live->ready_ctx, code, err);
}

static void arrived(struct vb_live *live, enum vb_code code, const struct vb_err *err)
{
    if (!live->in_flight) {
        tell_ready(live, code, err);
        return;
    }
    if (code != VB_OK) {
        live->outcome = vb_new(struct vb_err);
        *live->outcome = *err;
    }
    vb_session_submit_taken(live->session);
}

static bool go(struct vb_turn *turn)
{
    struct vb_live *live = (struct vb_live *)((char *)turn - offsetof(struct vb_live, turn));
    struct vb_err err = { 0 };
    enum vb_code code = vb_fold_go_on(live->fold, &err);
    if (vb_fold_busy(live->fold))
        return true;
    arrived(live, code, &err);
    return false;
}

void vb_turn_begin(struct vb_session *session)
{
    session->live->session = session;
    session->live->turn.go = go;
    vb_turns_add(session->env->turns, &session->live->turn);
}

void vb_turn_end(struct vb_live *live)
{
    if (live->turn.waiting) {
        vb_turns_drop(live->session->env->turns, &live->turn);
        live->in_flight = false; /* what was on its way had not been handed to the store */
    }
    live->ready = NULL;
}

bool vb_session_busy(const struct vb_session *session)
{
    return vb_fold_busy(session->live->fold);
}

void vb_session_ready(struct vb_session *session, vb_session_done *done, void *ctx)
{
    struct vb_err none = { 0 };
    vb_assert(session->live->ready == NULL);
    if (!vb_session_busy(session)) {
        const struct vb_err *parked = vb_session_parked(session);
        done(ctx, parked == NULL ? VB_OK : parked->code, parked == NULL ? &none : parked);
        return;
    }
    session->live->ready = done;
    session->live->ready_ctx = ctx;
}

bool vb_session_awaited(const struct vb_session *session)
{
    return session->live->ready != NULL;
}

void vb_session_arrive(struct vb_session *session)
{
    struct vb_live *live = session->live;
    struct vb_err err = { 0 };
    enum vb_code code = VB_OK;
    if (!vb_fold_busy(live->fold) || live->in_flight)
        return;
    vb_turns_drop(session->env->turns, &live->turn);
    vb_fold_slice(live->fold, 0);
    code = vb_fold_go_on(live->fold, &err);
    vb_fold_slice(live->fold, VB_SLICE_NS);
    tell_ready(live, code, &err);
}
