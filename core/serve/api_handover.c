/* api_handover.c - the tablet goes from hand to hand: to a person, back by the code, and the
 * professional's own turn. session/handover.h has the states. */
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/api.h"
#include "serve/auth_inner.h"
#include "serve/body.h"
#include "serve/desk.h"
#include "serve/seat.h"
#include "session/handover.h"

enum { CODE_LEAST = 4, CODE_MOST = 64 };

/* -- for whom --------------------------------------------------------------------------------- */

struct handing { /* in the exchange's arena: it is gone on with when the code was hashed */
    struct vb_exchange *exchange;
    struct vb_invitation person;
    bool handed;
};

static enum vb_code check_role(const struct vb_round *round, struct vb_invitation *person,
                               const char **field, struct vb_err *err)
{
    const struct vb_plan *plan = vb_round_plan(round);
    int role = person->role == NULL ? -1 : vb_plan_role(plan, person->role);
    *field = "role";
    if (vb_streq(person->role, VB_SEAT_TOGETHER))
        return vb_round_together_due(round)
                   ? VB_OK
                   : vb_fail(err, VB_E_BUSY, "nothing is asked together now");
    if (role < 0)
        return vb_fail(err, VB_E_DATA, "this instrument has no such role");
    *field = "label";
    if (plan->roles[role].max > 1 && person->label == NULL)
        return vb_fail(err, VB_E_DATA, "there may be several of them: say which");
    return VB_OK;
}

/* Somebody who is done gets no turn, and nobody gets one in a round that ended. staff: who takes it
 * themselves; NULL: it is handed to somebody. */
static enum vb_code check_turn(struct vb_round *round, const struct vb_invitation *person,
                               const char *staff, struct vb_err *err)
{
    struct vb_session *session = vb_seat_find(round, person->role, person->label);
    bool free;
    const char *state = vb_seat_state(round, session);
    if (vb_seat_is_done(session))
        return vb_fail(err, VB_E_BUSY, "this person is ready");
    if (vb_streq(state, "over") && !vb_streq(person->role, VB_SEAT_TOGETHER))
        return vb_fail(err, VB_E_BUSY, "this round takes nobody any more");
    enum vb_code code = vb_seat_is_free(round, session, person->role, staff, &free, err);
    if (code == VB_OK && !free)
        return vb_fail(err, VB_E_BUSY,
                       "this turn is somebody else's own: they go on with it as they began");
    return code;
}

/* Whose turn it is to be, as the body says; false: it was refused. */
static bool read_person(struct vb_exchange *exchange, struct vb_body *body, bool own,
                        struct vb_invitation *out)
{
    const char *field = NULL;
    struct vb_err err;
    struct vb_round *round = vb_desk_round(exchange);
    if (round == NULL)
        return false;
    *out = (struct vb_invitation){ .role = vb_body_text(body, "role"),
                                   .label = vb_body_text(body, "label"),
                                   .language = vb_body_text(body, "language"),
                                   .by = exchange->who.name };
    out->round = vb_arena_strdup(&exchange->arena, vb_round_row(round)->id);
    if (!vb_body_end(body)) {
        vb_reply_refuse(exchange, 422, "value", body->field, "%s", body->why);
        return false;
    }
    enum vb_code code = vb_person_label(&exchange->arena, out->label, &out->label, NULL, &err);
    if (code != VB_OK)
        field = "label";
    if (code == VB_OK)
        code = check_role(round, out, &field, &err);
    if (code == VB_OK)
        code = check_turn(round, out, own ? exchange->who.name : NULL, &err);
    if (code != VB_OK)
        vb_desk_refuse(exchange, code == VB_E_DATA ? field : NULL, code, &err);
    return code == VB_OK && vb_desk_sees(exchange, round);
}

/* -- handing over ----------------------------------------------------------------------------- */

static void reply_state(struct vb_exchange *exchange, enum vb_handover state, const char *round)
{
    struct vb_buf json = { 0 };
    vb_json_put_text(&json, "{\"state\":", vb_handover_name(state));
    vb_json_put_text(&json, ",\"round\":", round);
    vb_buf_putc(&json, '}');
    vb_reply_json(exchange, 200, &json);
    vb_buf_finish(&json);
}

/* Parked first: when the seat fails behind it, the browser is locked and not open. */
static void hand(const struct handing *handing, const char *code_hash)
{
    struct vb_exchange *exchange = handing->exchange;
    struct vb_auth *auth = vb_desk_auth(exchange);
    const char *round = handing->person.round;
    struct vb_err err;
    enum vb_code code = VB_OK;
    if (handing->handed)
        code = vb_auth_park(auth, exchange, round, code_hash, &err);
    if (code == VB_OK)
        code = vb_auth_seat(auth, exchange, &handing->person, handing->handed, &err);
    if (code != VB_OK)
        vb_reply_code(exchange, code, &err);
    else
        reply_state(exchange, handing->handed ? VB_WITH_PERSON : VB_AT_STAFF, round);
}

static void on_hashed(void *ctx, const char *hash, bool fits)
{
    const struct handing *handing = ctx;
    (void)fits;
    if (hash == NULL)
        vb_reply_refuse(handing->exchange, 500, "internal", NULL, "the code could not be kept");
    else
        hand(handing, hash);
}

static void wait_for_reply(struct vb_exchange *exchange)
{
    if (!exchange->replied)
        vb_exchange_later(exchange);
}

void vb_api_hand_over(struct vb_exchange *exchange)
{
    struct vb_body body = vb_body_of(exchange);
    struct handing *handing = vb_arena_new(&exchange->arena, struct handing);
    const char *code = vb_body_text(&body, "code");
    handing->exchange = exchange;
    handing->handed = true;
    if (!read_person(exchange, &body, false, &handing->person))
        return;
    const char *last = code == NULL ? vb_auth_last_code(vb_desk_auth(exchange), exchange) : NULL;
    if (last != NULL) { /* to the next one, with the code of before */
        hand(handing, last);
        return;
    }
    if (code == NULL || strlen(code) < CODE_LEAST || strlen(code) > CODE_MOST) {
        vb_reply_refuse(exchange, 422, "value", "code", "a code has %d to %d characters",
                        CODE_LEAST, CODE_MOST);
        return;
    }
    if (!vb_auth_may_try_each(vb_desk_auth(exchange), exchange, NULL, 0))
        return;
    vb_auth_hash(vb_desk_auth(exchange), code, on_hashed, handing);
    wait_for_reply(exchange);
}

/* A seat that is not handed leaves its browser with staff: somebody else's would show them what is
 * not shared yet. */
static bool is_own(const struct vb_plan *plan, const char *role)
{
    return vb_streq(role, VB_SEAT_TOGETHER) || vb_seat_is_staffs(plan, role);
}

void vb_api_own_turn(struct vb_exchange *exchange)
{
    struct vb_body body = vb_body_of(exchange);
    struct handing handing = { .exchange = exchange };
    if (!read_person(exchange, &body, true, &handing.person))
        return;
    if (is_own(vb_round_plan(vb_desk_round(exchange)), handing.person.role))
        hand(&handing, NULL);
    else
        vb_reply_refuse(exchange, 422, "value", "role",
                        "this turn is somebody else's: hand the tablet over");
}

/* -- taking it back --------------------------------------------------------------------------- */

static void on_tried(void *ctx, const char *hash, bool fits)
{
    struct vb_exchange *exchange = ctx;
    struct vb_auth *auth = vb_desk_auth(exchange);
    struct vb_parked parked;
    struct vb_err err;
    (void)hash;
    if (!vb_auth_parked(auth, exchange, &parked)) { /* taken back by another page meanwhile */
        vb_reply_refuse(exchange, 409, "busy", NULL, "this browser is not handed over");
        return;
    }
    if (parked.left == 0) { /* many were tried at once */
        vb_reply_refuse(exchange, 429, "tries", NULL, "sign in with name and password");
        return;
    }
    if (fits)
        vb_auth_give_back(auth, "handover", exchange->who.token);
    enum vb_code code =
        fits ? vb_auth_unpark(auth, exchange, &err) : vb_auth_wrong_code(auth, exchange, &err);
    if (code != VB_OK)
        vb_reply_code(exchange, code, &err);
    else if (fits)
        reply_state(exchange, VB_AT_STAFF, parked.round);
    else
        vb_reply_refuse(exchange, 401, "code", "code", "this is not the code");
}

void vb_api_take_back(struct vb_exchange *exchange)
{
    struct vb_body body = vb_body_of(exchange);
    const char *code = vb_body_text(&body, "code");
    struct vb_parked parked;
    if (!vb_body_end(&body) || code == NULL) {
        vb_reply_refuse(exchange, 422, "value", "code", "the code is wanted");
        return;
    }
    if (!vb_auth_parked(vb_desk_auth(exchange), exchange, &parked)) {
        vb_reply_refuse(exchange, 409, "busy", NULL, "this browser is not handed over");
        return;
    }
    if (parked.left == 0) {
        vb_reply_refuse(exchange, 429, "tries", NULL, "sign in with name and password");
        return;
    }
    /* Many at once would all be hashed, and nobody else could sign in meanwhile. */
    if (!vb_auth_may_try(vb_desk_auth(exchange), exchange, "handover", exchange->who.token))
        return;
    vb_auth_try(vb_desk_auth(exchange), code, parked.code_hash, on_tried, exchange);
    wait_for_reply(exchange);
}
