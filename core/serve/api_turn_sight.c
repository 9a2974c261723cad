/* api_turn_sight.c - the person's own code: made at a pause, and opening what was given before. */
#include "base/str.h"
#include "data/json.h"
#include "serve/api_turn.h"
#include "serve/auth_inner.h"
#include "serve/body.h"
#include "serve/seat.h"
#include "serve/serve_inner.h"

static struct vb_auth *auth_of(const struct vb_seat *seat)
{
    return seat->exchange->serve->auth;
}

struct coding { /* in the exchange's arena: it is gone on with when the code was hashed */
    struct vb_seat *seat;
    char shown[VB_CODE_SHOWN_SIZE];
};

/* Of a plain code under the house's salt; false: it was refused. */
static bool hash_code(struct vb_seat *seat, const char *plain, vb_auth_hashed *done, void *ctx)
{
    const char *salt;
    struct vb_err err;
    enum vb_code code = vb_code_salt_of(&auth_of(seat)->in, &seat->exchange->arena, &salt, &err);
    if (code != VB_OK) {
        vb_seat_reply_code(seat, code, &err);
        return false;
    }
    vb_auth_hash_code(auth_of(seat), plain, salt, done, ctx);
    return true;
}

static struct vb_seat *open_begun(struct vb_exchange *exchange)
{
    struct vb_seat *seat = vb_seat_open(exchange);
    if (seat == NULL || seat->session != NULL)
        return seat;
    vb_seat_refuse(seat, 409, "busy", NULL, "begin first");
    return NULL;
}

/* -- making one -------------------------------------------------------------------------------- */

static void pause_hashed(void *ctx, const char *hash, bool fits)
{
    const struct coding *coding = ctx;
    struct vb_seat *seat = coding->seat;
    struct vb_buf json = { 0 };
    struct vb_err err;
    enum vb_code code = fits ? vb_auth_own_code(auth_of(seat), seat->exchange,
                                                vb_arena_strdup(&seat->exchange->arena, hash),
                                                vb_session_view(seat->session)->seq, &err)
                             : vb_fail(&err, VB_E_INTERNAL, "the code could not be made");
    if (code != VB_OK) {
        vb_seat_reply_code(seat, code, &err);
        return;
    }
    vb_json_put_text(&json, "{\"code\":", coding->shown);
    vb_buf_putc(&json, '}');
    vb_seat_reply(seat, 200, &json);
    vb_buf_finish(&json);
}

static void make_code(struct vb_seat *seat)
{
    struct coding *coding = vb_arena_new(&seat->exchange->arena, struct coding);
    char plain[VB_CODE_LENGTH + 1];
    coding->seat = seat;
    vb_code_make(&auth_of(seat)->in.env->random, coding->shown);
    vb_assert(vb_code_read(coding->shown, plain));
    hash_code(seat, plain, pause_hashed, coding);
}

void vb_api_turn_pause(struct vb_exchange *exchange)
{
    if (!vb_auth_may_try(exchange->serve->auth, exchange, "pause", exchange->who.token))
        return;
    struct vb_seat *seat = open_begun(exchange);
    if (seat == NULL)
        return;
    if (vb_live_is_passing(seat->live, exchange->who.round))
        vb_seat_refuse(seat, 409, "busy", NULL, "nothing is kept of this round");
    else if (exchange->who.name != NULL)
        vb_seat_refuse(seat, 409, "busy", NULL, "sign in where you go on: your own turn is there");
    else
        vb_seat_await(seat, make_code);
}

/* -- using one --------------------------------------------------------------------------------- */

static void refuse_code(struct vb_seat *seat)
{
    vb_seat_refuse(seat, 401, "code", "code", "this is not the code");
}

static void open_hashed(void *ctx, const char *hash, bool fits)
{
    struct vb_seat *seat = ctx;
    struct vb_auth *auth = auth_of(seat);
    struct vb_err err;
    enum vb_code code = fits ? vb_auth_open_eyes(auth, seat->exchange, hash, &err)
                             : vb_fail(&err, VB_E_INTERNAL, "the code could not be looked at");
    if (code == VB_E_ABSENT) {
        refuse_code(seat);
    } else if (code != VB_OK) {
        vb_seat_reply_code(seat, code, &err);
    } else {
        vb_auth_give_back(auth, "code", seat->exchange->address);
        vb_auth_give_back(auth, "codes", "");
        seat->sight = vb_auth_sight(auth, seat->exchange);
        vb_seat_reply_turn(seat);
    }
}

static void open_eyes(struct vb_seat *seat)
{
    struct vb_body body = vb_body_of(seat->exchange);
    const char *typed = vb_body_text(&body, "code");
    char plain[VB_CODE_LENGTH + 1];
    if (!vb_body_end(&body) || typed == NULL)
        vb_seat_refuse(seat, 422, "value", "code", "the code is wanted");
    else if (!vb_code_read(typed, plain))
        refuse_code(seat);
    else
        hash_code(seat, plain, open_hashed, seat);
}

void vb_api_turn_open(struct vb_exchange *exchange)
{
    struct vb_auth *auth = exchange->serve->auth;
    const struct vb_try tries[] = { { "code", exchange->address }, { "codes", "" } };
    if (!vb_auth_may_try_each(auth, exchange, tries, 2))
        return;
    struct vb_seat *seat = open_begun(exchange);
    if (seat != NULL)
        vb_seat_await(seat, open_eyes);
}
