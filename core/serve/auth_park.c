/* A browser of staff that was handed over hears nothing but the code, also after a restart. */
#include <string.h>

#include "base/str.h"
#include "serve/auth_inner.h"
#include "serve/seat.h"
#include "serve/serve_inner.h"
#include "session/handover.h"

static enum vb_code own_sign_in(struct vb_auth *auth, struct vb_exchange *exchange,
                                struct vb_token *out, struct vb_err *err)
{
    enum vb_code code = vb_auth_own(auth, exchange, VB_STAFF, out, err);
    if (code == VB_OK && (out->row.over || out->row.kind != VB_TOKEN_STAFF))
        return vb_fail(err, VB_E_ABSENT, "nobody is signed in here");
    return code;
}

enum vb_code vb_auth_park(struct vb_auth *auth, struct vb_exchange *exchange, const char *round,
                          const char *code_hash, struct vb_err *err)
{
    struct vb_token token;
    enum vb_code code = own_sign_in(auth, exchange, &token, err);
    if (code == VB_OK && token.parked != NULL) /* by another page, while this code was hashed */
        code = vb_fail(err, VB_E_BUSY, "this browser was handed over meanwhile");
    if (code != VB_OK)
        return code;
    token.parked = round;
    token.code = code_hash;
    token.wrong = 0;
    const struct vb_change changes[] = {
        vb_token_put(&exchange->arena, &token),
        vb_invite_audit(&auth->in, "hand over", round, token.row.staff),
    };
    return vb_store_commit(auth->in.store, changes, 2, err);
}

enum vb_code vb_auth_unpark(struct vb_auth *auth, struct vb_exchange *exchange, struct vb_err *err)
{
    struct vb_token token;
    struct vb_change changes[4];
    enum vb_code code = own_sign_in(auth, exchange, &token, err);
    if (code != VB_OK)
        return code;
    if (token.parked == NULL)
        return VB_OK;
    size_t count = vb_auth_end_here(auth, exchange, VB_SEAT, changes);
    changes[count++] = vb_invite_audit(&auth->in, "take back", token.parked, token.row.staff);
    token.parked = NULL; /* its code is the next one's too, unless another is said */
    token.wrong = 0;
    token.seen_wall_ms = vb_auth_now(auth);
    changes[count++] = vb_token_put(&exchange->arena, &token);
    code = vb_store_commit(auth->in.store, changes, count, err);
    if (code != VB_OK)
        return code;
    exchange->who.parked = false;
    vb_auth_take_cookie(exchange, VB_SEAT);
    return VB_OK;
}

bool vb_auth_parked(struct vb_auth *auth, struct vb_exchange *exchange, struct vb_parked *out)
{
    struct vb_token token;
    struct vb_err err;
    if (own_sign_in(auth, exchange, &token, &err) != VB_OK || token.parked == NULL)
        return false;
    *out =
        (struct vb_parked){ .round = token.parked,
                            .code_hash = token.code,
                            .left = token.wrong < VB_CODES_MOST ? VB_CODES_MOST - token.wrong : 0 };
    return true;
}

enum vb_code vb_auth_wrong_code(struct vb_auth *auth, struct vb_exchange *exchange,
                                struct vb_err *err)
{
    struct vb_token token;
    enum vb_code code = own_sign_in(auth, exchange, &token, err);
    if (code != VB_OK || token.parked == NULL)
        return code;
    token.wrong++;
    const struct vb_change changes[] = {
        vb_token_put(&exchange->arena, &token),
        vb_invite_audit(&auth->in, "wrong code", token.parked, token.row.staff),
    };
    return vb_store_commit(auth->in.store, changes, 2, err);
}

const char *vb_auth_last_code(struct vb_auth *auth, struct vb_exchange *exchange)
{
    struct vb_token token;
    struct vb_err err;
    if (own_sign_in(auth, exchange, &token, &err) != VB_OK || token.parked != NULL)
        return NULL;
    return token.code;
}

/* Of whoever sits here; a round that is gone, or cannot be read, has nobody to go on. */
static bool is_done(struct vb_exchange *exchange, const struct vb_token *seat)
{
    struct vb_round *round;
    struct vb_err err;
    const char *id = vb_arena_strdup(&exchange->arena, seat->row.round);
    const char *role = vb_arena_strdup(&exchange->arena, seat->role);
    const char *label = vb_arena_strdup(&exchange->arena, seat->label);
    enum vb_code code = vb_live_round(exchange->serve->live, id, &round, &err);
    return code != VB_OK || vb_seat_is_done(vb_seat_find(round, role, label));
}

const char *vb_auth_handed_state(struct vb_auth *auth, struct vb_exchange *exchange)
{
    const struct vb_known *seat = vb_auth_find(auth, exchange, VB_SEAT);
    bool sits = seat != NULL && seat->token.handed;
    return vb_handover_name(vb_handover_of(true, sits, sits && is_done(exchange, &seat->token)));
}
