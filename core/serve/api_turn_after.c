/* api_turn_after.c - after the yes: taking everything back, mending what was shared, and the word
 * on what was shared with an earlier worker.
 *
 * All are for the person's own seat. A tablet that was handed over hears neither: it is locked as
 * soon as somebody shared. */
#include "serve/api_turn.h"
#include "serve/body.h"
#include "serve/seat_before.h"

static const struct vb_opened *opened_of(const struct vb_seat *seat)
{
    return vb_fold_opened(vb_session_fold(seat->session));
}

/* False: it was refused, or the page was behind and has the step now. */
static bool is_for_the_present(struct vb_seat *seat)
{
    struct vb_body body = vb_body_of(seat->exchange);
    seat->after = vb_body_number(&body, "after");
    vb_body_text(&body, "id"); /* pages give one with everything */
    if (seat->after < 0)
        vb_body_fail(&body, "after", "the seq of the step is wanted");
    if (!vb_body_end(&body))
        vb_seat_refuse(seat, 422, "value", body.field, body.why);
    else if (seat->session == vb_round_joint(seat->round))
        vb_seat_refuse(seat, 409, "busy", NULL, "what is given together is nobody's own");
    else if (seat->after != vb_session_view(seat->session)->seq)
        vb_seat_reply_conflict(seat);
    else
        return true;
    return false;
}

/* -- taking back ------------------------------------------------------------------------------ */

static void withdraw(struct vb_seat *seat)
{
    bool was_open = vb_round_row(seat->round)->state == VB_ROUND_OPEN;
    struct vb_err err;
    if (vb_session_state(seat->session) == VB_SESSION_WITHDRAWN) { /* the reply did not arrive */
        vb_seat_reply_step(seat);
        return;
    }
    if (!is_for_the_present(seat))
        return;
    enum vb_code code = vb_round_withdraw(seat->round, opened_of(seat)->person, "person", &err);
    if (code != VB_OK) {
        vb_seat_reply_code(seat, code, &err);
        return;
    }
    vb_seat_tell_step(seat);
    vb_seat_tell_round(seat, was_open);
    vb_seat_reply_step(seat);
}

void vb_api_turn_withdraw(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, withdraw);
}

/* -- mending ---------------------------------------------------------------------------------- */

static void correct(struct vb_seat *seat)
{
    struct vb_err err;
    if (vb_session_view(seat->session)->stands) { /* begun already, here or elsewhere */
        vb_seat_reply_step(seat);
        return;
    }
    if (!is_for_the_present(seat))
        return;
    enum vb_code code = vb_round_correct(seat->round, seat->session, &err);
    if (code != VB_OK) {
        vb_seat_reply_code(seat, code, &err);
        return;
    }
    vb_seat_tell_step(seat);
    vb_seat_reply_step(seat);
}

void vb_api_turn_correct(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, correct);
}

/* -- what was shared before ------------------------------------------------------------------- */

static void earlier(struct vb_seat *seat)
{
    struct vb_body body = vb_body_of(seat->exchange);
    struct vb_before before;
    struct vb_err err;
    bool said;
    seat->after = vb_body_number(&body, "after");
    bool on = vb_body_flag(&body, "on", &said);
    vb_body_text(&body, "id"); /* pages give one with everything */
    if (!said)
        vb_body_fail(&body, "on", "true or false is wanted");
    if (seat->after < 0)
        vb_body_fail(&body, "after", "the seq of the step is wanted");
    enum vb_code code = vb_seat_before(seat, &before, &err);
    if (code != VB_OK)
        vb_seat_reply_code(seat, code, &err);
    else if (!vb_body_end(&body))
        vb_seat_refuse(seat, 422, "value", body.field, body.why);
    else if (on ? !vb_seat_may_show(seat, &before) : !vb_seat_may_hide(&before))
        vb_seat_refuse(seat, 409, "busy", NULL, "nothing of before is asked about here");
    else if (vb_session_view(seat->session)->at != VB_AT_SHARED)
        vb_seat_refuse(seat, 409, "busy", NULL, "this is asked once you shared");
    else
        vb_session_show_earlier(seat->session, seat->after, on, vb_seat_done, seat);
}

void vb_api_turn_earlier(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, earlier);
}
