/* Invitations and seats. */
#include <string.h>

#include "base/str.h"
#include "serve/auth_inner.h"
#include "serve/seat.h"
#include "serve/serve_inner.h"
#include "serve/sight.h"
#include "session/round.h"

/* Is it a role of the round's instrument? */
static enum vb_code check_role(struct vb_auth *auth, const struct vb_invitation *invitation,
                               struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row round;
    struct vb_plan *plan = NULL;
    enum vb_code code = vb_invited_round(&auth->in, invitation->round, &arena, &round, err);
    if (code == VB_OK)
        code = auth->house->pinned(auth->house->ctx, round.digest, &plan, err);
    if (code == VB_OK && vb_plan_role(plan, invitation->role) < 0)
        code =
            vb_fail(err, VB_E_DATA, "%s has no role \"%.40s\"", round.instrument, invitation->role);
    vb_plan_release(plan);
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_auth_invite(struct vb_auth *auth, const struct vb_invitation *invitation,
                            char token[VB_TOKEN_SIZE], char code_shown[VB_SHORT_CODE_SIZE],
                            struct vb_err *err)
{
    enum vb_code code = check_role(auth, invitation, err);
    return code == VB_OK ? vb_invite(&auth->in, invitation, token, code_shown, err) : code;
}

enum vb_code vb_auth_invitations(struct vb_auth *auth, const char *round, struct vb_arena *arena,
                                 struct vb_invitation **out, int *count, struct vb_err *err)
{
    return vb_invitations(&auth->in, round, arena, out, count, err);
}

enum vb_code vb_auth_withdraw(struct vb_auth *auth, const char *round, const char *id,
                              const char *by, struct vb_err *err)
{
    return vb_uninvite(&auth->in, round, id, by, err);
}

enum vb_code vb_auth_end_round(struct vb_auth *auth, const char *round, struct vb_err *err)
{
    const struct vb_change change = { .kind = VB_END_TOKENS, .tokens = { .round = round } };
    return vb_store_commit(auth->in.store, &change, 1, err);
}

/* -- seats ------------------------------------------------------------------------------------- */

size_t vb_auth_end_here(struct vb_auth *auth, struct vb_exchange *exchange, enum vb_who_kind kind,
                        struct vb_change *changes)
{
    char hash[VB_TOKEN_HASH_SIZE];
    struct vb_token token;
    struct vb_err err;
    if (vb_auth_cookie(exchange, kind) == NULL)
        return 0;
    if (vb_token_hash(vb_auth_cookie(exchange, kind), hash) && vb_passing_end(auth, hash))
        vb_live_end_token(exchange->serve->live, hash);
    if (vb_auth_own(auth, exchange, kind, &token, &err) != VB_OK ||
        token.row.kind != (kind == VB_STAFF ? VB_TOKEN_STAFF : VB_TOKEN_SEAT))
        return 0;
    changes[0] = vb_token_end(token.row.hash);
    return 1;
}

void vb_auth_take_cookie(struct vb_exchange *exchange, enum vb_who_kind kind)
{
    if (vb_auth_cookie(exchange, kind) != NULL)
        vb_reply_cookie(exchange, kind == VB_STAFF ? VB_COOKIE_STAFF : VB_COOKIE_SEAT, "", 0);
}

static enum vb_code get_up(struct vb_auth *auth, struct vb_exchange *exchange, struct vb_err *err)
{
    struct vb_change change;
    size_t count = vb_auth_end_here(auth, exchange, VB_SEAT, &change);
    return count == 0 ? VB_OK : vb_store_commit(auth->in.store, &change, count, err);
}

enum vb_code vb_auth_leave(struct vb_auth *auth, struct vb_exchange *exchange, struct vb_err *err)
{
    enum vb_code code = get_up(auth, exchange, err);
    if (code == VB_OK)
        vb_auth_take_cookie(exchange, VB_SEAT);
    return code;
}

/* The cookie, and who asks from here on. */
static void say_who(struct vb_exchange *exchange, const struct vb_token *seat, const char *token,
                    const char *hash)
{
    char csrf[VB_TOKEN_SIZE];
    vb_reply_cookie(exchange, VB_COOKIE_SEAT, token, VB_SEAT_HOURS * INT64_C(3600));
    vb_token_csrf(token, csrf);
    exchange->who = (struct vb_who){
        .kind = VB_SEAT,
        .token = vb_arena_strdup(&exchange->arena, hash),
        .csrf = vb_arena_strdup(&exchange->arena, csrf),
        .round = vb_arena_strdup(&exchange->arena, seat->row.round),
        .role = vb_arena_strdup(&exchange->arena, seat->role),
        .label = vb_arena_strdup(&exchange->arena, seat->label),
        .language = vb_arena_strdup(&exchange->arena, seat->language),
        .handed = seat->handed,
        .name = vb_arena_strdup(&exchange->arena, seat->row.staff),
    };
}

/* At a round that is kept in memory alone: so is the seat, and no row says that it was taken. */
static enum vb_code sit_in_passing(struct vb_auth *auth, struct vb_exchange *exchange,
                                   const struct vb_token *seat, struct vb_err *err)
{
    char token[VB_TOKEN_SIZE];
    struct vb_round *round;
    enum vb_code code = vb_live_round(exchange->serve->live, seat->row.round, &round, err);
    if (code == VB_OK)
        code = get_up(auth, exchange, err);
    if (code != VB_OK)
        return code;
    const char *case_id = vb_round_row(round)->case_id;
    say_who(exchange, seat, token, vb_passing_sit(auth, seat, case_id, token)->hash);
    return VB_OK;
}

/* One browser has one seat: the one it had is over. */
static enum vb_code sit_down(struct vb_auth *auth, struct vb_exchange *exchange,
                             const struct vb_token *seat, struct vb_err *err)
{
    char token[VB_TOKEN_SIZE];
    struct vb_change changes[3];
    struct vb_token before, made = *seat;
    struct vb_err none;
    size_t count = 0;
    bool had = vb_auth_own(auth, exchange, VB_SEAT, &before, &none) == VB_OK &&
               before.row.kind == VB_TOKEN_SEAT;
    if (had && !seat->handed && vb_streq(seat->row.staff, before.row.staff) &&
        vb_auth_same_person(seat, &before)) /* the same browser, once more */
        made.sight = vb_sight_joined(seat->sight, before.sight, &exchange->arena);
    changes[count++] = vb_seat_draft(&auth->in, &made, token, &exchange->arena);
    const char *hash = changes[0].token.hash;
    changes[count++] =
        vb_invite_audit(&auth->in, "seat", seat->row.round,
                        exchange->who.name != NULL ? exchange->who.name : "invitation");
    count += vb_auth_end_here(auth, exchange, VB_SEAT, changes + count);
    enum vb_code code = vb_store_commit(auth->in.store, changes, count, err);
    if (code != VB_OK)
        return code;
    say_who(exchange, seat, token, hash);
    return VB_OK;
}

enum vb_code vb_auth_follow(struct vb_auth *auth, struct vb_exchange *exchange,
                            const struct vb_token *invitation, struct vb_err *err)
{
    struct vb_token seat = *invitation;
    if (invitation->row.kind == VB_TOKEN_INVITATION)
        seat.from = invitation->row.hash;
    return sit_down(auth, exchange, &seat, err);
}

enum vb_code vb_auth_seat(struct vb_auth *auth, struct vb_exchange *exchange,
                          const struct vb_invitation *person, bool handed, struct vb_err *err)
{
    struct vb_round_row round;
    struct vb_token seat = { .role = person->role, .language = person->language, .handed = handed };
    if (!handed || vb_streq(person->role, VB_SEAT_TOGETHER)) { /* their own, or everybody's */
        seat.sight = VB_SIGHT_ALL;
        seat.row.staff = exchange->who.name;
        seat.from = exchange->who.token;
    }
    const struct vb_who asks = exchange->who; /* who replies goes on as they came */
    enum vb_code code = vb_person_label(&exchange->arena, person->label, &seat.label, NULL, err);
    if (code == VB_OK && vb_live_is_passing(exchange->serve->live, person->round)) {
        seat.row.round = person->round;
        code = sit_in_passing(auth, exchange, &seat, err);
        exchange->who = asks;
        return code;
    }
    if (code == VB_OK)
        code = vb_invited_round(&auth->in, person->round, &exchange->arena, &round, err);
    if (code != VB_OK)
        return code;
    seat.row.round = round.id;
    code = vb_invited_person(&auth->in, &round, seat.role, seat.label, &exchange->arena,
                             &seat.row.person, err);
    if (code == VB_OK)
        code = sit_down(auth, exchange, &seat, err);
    exchange->who = asks;
    return code;
}
