#include "serve/seat.h"

#include "base/str.h"
#include "data/json.h"
#include "serve/desk.h"
#include "serve/serve_inner.h"
#include "serve/step.h"
#include "session/handover.h"
#include "session/said.h"

/* -- looking ---------------------------------------------------------------------------------- */

struct vb_session *vb_seat_find(struct vb_round *round, const char *role, const char *label)
{
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    if (vb_streq(role, VB_SEAT_TOGETHER))
        return vb_round_joint(round);
    for (int i = 0; i < count; i++)
        if (vb_streq(list[i].role, role) && (label == NULL || vb_streq(list[i].label, label)))
            return list[i].session;
    return NULL;
}

bool vb_seat_is_staffs(const struct vb_plan *plan, const char *role)
{
    return vb_streq(role, "professional") ||
           (plan->campaign != NULL && vb_streq(role, plan->roles[plan->campaign->convenor].name));
}

enum vb_code vb_seat_is_free(const struct vb_round *round, const struct vb_session *session,
                             const char *role, const char *staff, bool *free, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const char *whose;
    *free = true;
    if (session == NULL || !vb_seat_is_staffs(vb_round_plan(round), role))
        return VB_OK;
    enum vb_code code = vb_round_own_turn(round, session, &arena, &whose, err);
    *free = code == VB_OK && vb_streq(whose, staff);
    vb_arena_finish(&arena);
    return code;
}

bool vb_seat_is_done(const struct vb_session *session)
{
    return session != NULL && vb_session_state(session) > VB_SESSION_DONE;
}

/* May somebody who is not done still begin or go on? What stands on a sheet may be mended as long
 * as there is one. */
static bool takes(const struct vb_round *round, const struct vb_session *session)
{
    enum vb_round_state state = vb_round_row(round)->state;
    if (session != NULL && (session == vb_round_joint(round) || vb_session_view(session)->stands))
        return state == VB_ROUND_RELEASED;
    return state == VB_ROUND_OPEN || vb_round_takes_late(round);
}

const char *vb_seat_state(const struct vb_round *round, const struct vb_session *session)
{
    if (!vb_seat_is_done(session) && !takes(round, session))
        return "over";
    if (session == NULL)
        return "opening";
    if (!vb_seat_is_done(session) && vb_session_parked(session) != NULL)
        return "failed";
    switch (vb_session_view(session)->at) {
    case VB_AT_OVERVIEW:
        return "overview";
    case VB_AT_SHARED:
        return "shared";
    case VB_AT_STOPPED:
        return "stopped";
    case VB_AT_WITHDRAWN:
        return "withdrawn";
    default:
        return "asking";
    }
}

bool vb_seat_has_sheet(struct vb_round *round, const struct vb_session *session)
{
    bool shown = false;
    struct vb_err err;
    if (session == NULL || vb_session_state(session) != VB_SESSION_SHARED)
        return false;
    return vb_round_shows(round, vb_fold_opened(vb_session_fold(session))->person, &shown, &err) ==
               VB_OK &&
           shown;
}

bool vb_seat_may_correct(struct vb_round *round, const struct vb_session *session)
{
    return vb_round_plan(round)->campaign == NULL && session != vb_round_joint(round) &&
           vb_seat_has_sheet(round, session);
}

bool vb_seat_may_withdraw(const struct vb_round *round, const struct vb_session *session)
{
    return session != NULL && session != vb_round_joint(round) &&
           (vb_session_state(session) == VB_SESSION_SHARED || vb_session_view(session)->stands);
}

/* -- coming and going ------------------------------------------------------------------------- */

static const char *language_of(const struct vb_seat *seat)
{
    const struct vb_plan *plan = vb_round_plan(seat->round);
    if (seat->session != NULL)
        return vb_fold_opened(vb_session_fold(seat->session))->language;
    return plan->languages[seat->exchange->who.language == NULL
                               ? 0
                               : vb_plan_language(plan, seat->exchange->who.language)];
}

/* A tablet that was handed over hears its person until they are done, and then the code alone. */
static bool is_locked(const struct vb_who *who, const struct vb_session *session)
{
    return who->handed && vb_handover_of(true, true, vb_seat_is_done(session)) == VB_LOCKED;
}

/* What staff read at a seat of their own they read as staff; and their own turn, whatever name the
 * role has, is not a colleague's. */
static bool may_sit(struct vb_exchange *exchange, const struct vb_round *round,
                    const struct vb_session *session)
{
    const struct vb_who *who = &exchange->who;
    struct vb_err err;
    bool before = false, free = false;
    enum vb_code code =
        who->name == NULL ? VB_OK : vb_desk_shared_before(exchange, round, &before, &err);
    if (code == VB_OK)
        code = vb_seat_is_free(round, session, who->role, who->name, &free, &err);
    if (code != VB_OK)
        vb_reply_code(exchange, code, &err);
    else if (before)
        vb_reply_refuse(exchange, 410, "over", NULL, "this was released before the case was yours");
    else if (!free)
        vb_reply_refuse(exchange, 410, "over", NULL,
                        "this turn is somebody else's own: they go on with it as they began");
    return code == VB_OK && !before && free;
}

struct vb_seat *vb_seat_open(struct vb_exchange *exchange)
{
    struct vb_serve *serve = exchange->serve;
    const struct vb_who *who = &exchange->who;
    struct vb_round *round;
    struct vb_err err;
    enum vb_code code = vb_live_round(serve->live, who->round, &round, &err);
    if (code == VB_E_ABSENT) {
        vb_reply_refuse(exchange, 410, "over", NULL, "this round is not there any more");
        return NULL;
    }
    if (code != VB_OK) {
        vb_reply_code(exchange, code, &err);
        return NULL;
    }
    struct vb_session *session = vb_seat_find(round, who->role, who->label);
    if (is_locked(who, session)) {
        vb_reply_refuse(exchange, 423, "handed_over", NULL,
                        "this browser waits for the professional's code");
        return NULL;
    }
    if (!may_sit(exchange, round, session))
        return NULL;
    struct vb_seat *seat = vb_arena_new(&exchange->arena, struct vb_seat);
    *seat = (struct vb_seat){ .exchange = exchange,
                              .live = serve->live,
                              .house = serve->house,
                              .round = round,
                              .session = session };
    seat->language = vb_arena_strdup(&exchange->arena, language_of(seat));
    vb_live_hold(serve->live, round);
    return seat;
}

enum vb_code vb_seat_take_over(struct vb_seat *seat, struct vb_err *err)
{
    struct vb_auth *auth = seat->exchange->serve->auth;
    enum vb_code code =
        vb_auth_take_over(auth, seat->exchange, vb_session_view(seat->session)->seq, err);
    seat->sight = vb_auth_sight(auth, seat->exchange);
    return code;
}

/* Somebody else may have acted since: in the audit it is this one who does what comes now. A
 * browser that comes to a session is a row, once while the round is at hand. */
static enum vb_code come(struct vb_seat *seat, struct vb_err *err)
{
    const struct vb_who *who = &seat->exchange->who;
    const struct vb_join join = { .role = who->role, .label = who->label };
    struct vb_session *same;
    enum vb_code code;
    vb_round_act_as(seat->round, vb_who_acts(who));
    if (seat->session == NULL || vb_live_came(seat->live, seat->round, who->token))
        return VB_OK;
    if (seat->session == vb_round_joint(seat->round))
        code = vb_round_together(seat->round, &same, err);
    else
        code = vb_round_join(seat->round, &join, &same, err);
    if (code == VB_OK)
        vb_live_comes(seat->live, seat->round, who->token);
    return code;
}

static void stands_still(void *ctx)
{
    struct vb_seat *seat = ctx;
    struct vb_err err;
    enum vb_code code = come(seat, &err);
    if (code == VB_OK && seat->session != NULL && seat->writes)
        code = vb_seat_take_over(seat, &err);
    else
        seat->sight = vb_auth_sight(seat->exchange->serve->auth, seat->exchange);
    if (code != VB_OK)
        vb_seat_reply_code(seat, code, &err);
    else
        seat->go(seat);
}

static void wait_for_reply(struct vb_exchange *exchange)
{
    if (!exchange->replied)
        vb_exchange_later(exchange);
}

void vb_seat_await(struct vb_seat *seat, void (*go)(struct vb_seat *seat))
{
    struct vb_exchange *exchange = seat->exchange;
    bool later = exchange->later; /* then it may be gone behind the reply */
    seat->go = go;
    if (seat->session == NULL)
        stands_still(seat);
    else
        vb_live_await(seat->live, seat->round, seat->session, stands_still, seat);
    if (!later)
        wait_for_reply(exchange);
}

static struct vb_seat *open_begun(struct vb_exchange *exchange)
{
    struct vb_seat *seat = vb_seat_open(exchange);
    if (seat == NULL)
        return NULL;
    seat->writes = exchange->method != VB_GET;
    if (vb_streq(vb_seat_state(seat->round, seat->session), "over"))
        vb_seat_refuse(seat, 410, "over", NULL, "this round has ended");
    else if (seat->session == NULL)
        vb_seat_refuse(seat, 409, "busy", NULL, "begin first");
    else
        return seat;
    return NULL;
}

void vb_seat_begun(struct vb_exchange *exchange, void (*go)(struct vb_seat *seat))
{
    struct vb_seat *seat = open_begun(exchange);
    if (seat != NULL)
        vb_seat_await(seat, go);
}

void vb_seat_leaving(struct vb_exchange *exchange, void (*go)(struct vb_seat *seat))
{
    struct vb_seat *seat = open_begun(exchange);
    if (seat == NULL)
        return;
    if (vb_session_in_flight(seat->session)) {
        vb_seat_await(seat, go);
        return;
    }
    seat->go = go;
    stands_still(seat);
    wait_for_reply(exchange);
}

/* -- replies ---------------------------------------------------------------------------------- */

/* The seat is no more when the reply is out: whoever waits goes on before, and the round is let go.
 */
static void let_go(struct vb_seat *seat)
{
    if (seat->session != NULL)
        vb_live_arrived(seat->live, seat->session);
    vb_live_release(seat->live, seat->round);
}

void vb_seat_reply(struct vb_seat *seat, int status, const struct vb_buf *json)
{
    struct vb_exchange *exchange = seat->exchange;
    let_go(seat);
    vb_reply_json(exchange, status, json);
}

void vb_seat_reply_bytes(struct vb_seat *seat, const char *type, const void *bytes, size_t len)
{
    struct vb_exchange *exchange = seat->exchange;
    let_go(seat);
    vb_reply_bytes(exchange, 200, type, bytes, len);
}

void vb_seat_refuse(struct vb_seat *seat, int status, const char *code, const char *field,
                    const char *message)
{
    struct vb_exchange *exchange = seat->exchange;
    let_go(seat);
    vb_reply_refuse(exchange, status, code, field, "%s", message);
}

void vb_seat_reply_code(struct vb_seat *seat, enum vb_code code, const struct vb_err *err)
{
    struct vb_exchange *exchange = seat->exchange;
    let_go(seat);
    vb_reply_code(exchange, code, err);
}

static void reply_written(struct vb_seat *seat, int status, struct vb_buf *json, enum vb_code code,
                          const struct vb_err *err)
{
    if (code == VB_OK)
        vb_seat_reply(seat, status, json);
    else
        vb_seat_reply_code(seat, code, err);
    vb_buf_finish(json);
}

void vb_seat_reply_turn(struct vb_seat *seat)
{
    struct vb_buf json = { 0 };
    vb_turn_write(&json, seat);
    vb_seat_reply(seat, 200, &json);
    vb_buf_finish(&json);
}

void vb_seat_reply_step(struct vb_seat *seat)
{
    struct vb_buf json = { 0 };
    struct vb_err err;
    enum vb_code code = vb_step_put(&json, seat, &err);
    reply_written(seat, 200, &json, code, &err);
}

void vb_seat_reply_conflict(struct vb_seat *seat)
{
    struct vb_buf json = { 0 };
    struct vb_err err;
    bool meanwhile = seat->after != vb_session_view(seat->session)->seq;
    vb_json_put_text(&json, "{\"error\":{\"code\":\"conflict\",\"message\":",
                     meanwhile ? "something else was saved meanwhile; look at the step again"
                               : "this cannot be done at this step; look at the step again");
    vb_buf_puts(&json, "},\"step\":");
    enum vb_code code = vb_step_put(&json, seat, &err);
    vb_buf_putc(&json, '}');
    reply_written(seat, 409, &json, code, &err);
}

void vb_seat_refuse_value(struct vb_seat *seat, enum vb_refusal refusal)
{
    struct vb_buf json = { 0 };
    const char *words = vb_said_refusal(seat->language, refusal);
    vb_json_put_text(&json, "{\"error\":{\"code\":\"value\",\"message\":", words);
    vb_buf_puts(&json, ",\"field\":\"value\"}");
    vb_json_put_text(&json, ",\"refusal\":", vb_refusal_name(refusal));
    vb_json_put_text(&json, ",\"message\":", words);
    vb_buf_putc(&json, '}');
    vb_seat_reply(seat, 422, &json);
    vb_buf_finish(&json);
}

/* A script that fails behind an answer took the answer all the same; what a page did not know of
 * is told it with where the session stands. */
void vb_seat_done(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct vb_seat *seat = ctx;
    if (code == VB_E_DATA && seat->refusal != VB_ACCEPTED) {
        vb_seat_refuse_value(seat, seat->refusal);
    } else if (code == VB_E_CONFLICT || code == VB_E_DATA) {
        vb_seat_reply_conflict(seat);
    } else if (code != VB_OK && vb_session_parked(seat->session) == NULL) {
        vb_seat_reply_code(seat, code, err);
    } else {
        vb_seat_moved(seat);
        vb_seat_reply_step(seat);
    }
}

/* -- after a verb ----------------------------------------------------------------------------- */

static void tell(const struct vb_seat *seat, const char *what, const struct vb_err *err)
{
    vb_log(seat->house->env->log, VB_LOG_ERROR, "serve", "round %s: %s: %s",
           vb_round_row(seat->round)->id, what, err->text);
}

void vb_seat_tell_step(struct vb_seat *seat)
{
    const struct vb_who *who = &seat->exchange->who;
    vb_live_tell_step(seat->live, who->round, who->role, who->label,
                      vb_session_view(seat->session)->seq);
}

void vb_seat_tell_round(struct vb_seat *seat, bool was_open)
{
    struct vb_round *round = seat->round;
    struct vb_err err;
    vb_live_tell_round(seat->live, round);
    if (vb_round_row(round)->state == VB_ROUND_RELEASED)
        seat->house->bring(seat->house->ctx);
    if (was_open && vb_round_row(round)->state == VB_ROUND_WITHDRAWN &&
        vb_auth_end_round(seat->exchange->serve->auth, vb_round_row(round)->id, &err) != VB_OK)
        tell(seat, "its invitations", &err);
}

void vb_seat_moved(struct vb_seat *seat)
{
    vb_seat_tell_step(seat);
    if (vb_seat_is_done(seat->session))
        vb_seat_settle(seat);
}

/* What they said stands whatever comes of this: it is done again when somebody comes. */
void vb_seat_settle(struct vb_seat *seat)
{
    struct vb_round *round = seat->round;
    struct vb_err err;
    bool released = false, was_open = vb_round_row(round)->state == VB_ROUND_OPEN;
    enum vb_code code = VB_OK;
    if (seat->session == vb_round_joint(round))
        code = vb_round_settle_together(round, &err);
    else if (vb_round_welcome(round, NULL, 0) == 0)
        code = vb_round_settle(round, &released, &err);
    if (code != VB_OK)
        tell(seat, "settling", &err);
    vb_seat_tell_round(seat, was_open);
}
