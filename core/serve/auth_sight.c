/* What a browser may read again, and the person's own code that shows it all of it. */
#include <string.h>

#include "base/str.h"
#include "serve/auth_inner.h"
#include "serve/serve_inner.h"
#include "serve/sight.h"

bool vb_auth_same_person(const struct vb_token *a, const struct vb_token *b)
{
    return vb_streq(a->row.round, b->row.round) && vb_streq(a->role, b->role) &&
           vb_streq(a->label, b->label);
}

/* The seat of whoever asks, as it is kept now; its strings in the exchange's arena. */
static enum vb_code own_seat(struct vb_auth *auth, struct vb_exchange *exchange,
                             struct vb_token *out, struct vb_err *err)
{
    enum vb_code code =
        vb_token_find(auth->in.store, exchange->who.token, &exchange->arena, out, err);
    if (code == VB_OK && (out->row.over || out->row.kind != VB_TOKEN_SEAT))
        return vb_fail(err, VB_E_ABSENT, "nobody sits here any more");
    return code;
}

const char *vb_auth_sight(struct vb_auth *auth, struct vb_exchange *exchange)
{
    struct vb_known *passing = vb_passing_find(auth, exchange->serve, exchange->who.token);
    struct vb_token seat;
    struct vb_err err;
    if (passing != NULL)
        return vb_arena_strdup(&exchange->arena, passing->token.sight);
    const struct vb_known *known = vb_auth_known(auth, exchange->who.token);
    if (known != NULL)
        return vb_arena_strdup(&exchange->arena, known->token.sight);
    return own_seat(auth, exchange, &seat, &err) == VB_OK ? seat.sight : NULL;
}

/* -- who writes -------------------------------------------------------------------------------- */

static enum vb_code close_others(const struct vb_token *own, int64_t last,
                                 struct vb_change *changes, size_t *count,
                                 const struct vb_token_row *rows, size_t row_count,
                                 struct vb_arena *arena, struct vb_err *err)
{
    for (size_t i = 0; i < row_count; i++) {
        struct vb_token other;
        if (rows[i].over || vb_streq(rows[i].hash, own->row.hash))
            continue;
        enum vb_code code = vb_token_read(arena, &rows[i], &other, err);
        if (code != VB_OK)
            return code;
        if (!vb_auth_same_person(&other, own) || !vb_sight_is_open(other.sight) ||
            vb_streq(other.sight, VB_SIGHT_ALL))
            continue;
        other.sight = vb_sight_closed(other.sight, last, arena);
        changes[(*count)++] = vb_token_put(arena, &other);
    }
    return VB_OK;
}

enum vb_code vb_auth_take_over(struct vb_auth *auth, struct vb_exchange *exchange, int64_t last,
                               struct vb_err *err)
{
    const char *sight = vb_auth_sight(auth, exchange);
    struct vb_arena *arena = &exchange->arena;
    struct vb_token seat;
    struct vb_token_row *rows;
    size_t row_count = 0, count = 0;
    if (vb_sight_is_open(sight))
        return VB_OK;
    if (vb_passing_find(auth, exchange->serve, exchange->who.token) != NULL) {
        vb_passing_take_over(auth, exchange->who.token, last);
        return VB_OK;
    }
    enum vb_code code = own_seat(auth, exchange, &seat, err);
    const struct vb_token_query query = { .round = exchange->who.round,
                                          .kinds = UINT32_C(1) << VB_TOKEN_SEAT };
    if (code == VB_OK)
        code = auth->in.store->ops->tokens(auth->in.store, &query, arena, &rows, &row_count, err);
    if (code != VB_OK)
        return code;
    struct vb_change *changes = vb_arena_alloc(arena, (row_count + 1) * sizeof *changes);
    code = close_others(&seat, last, changes, &count, rows, row_count, arena, err);
    if (code != VB_OK)
        return code;
    seat.sight = vb_sight_opened(seat.sight, last, arena);
    changes[count++] = vb_token_put(arena, &seat);
    return vb_store_commit(auth->in.store, changes, count, err);
}

/* -- the own code ------------------------------------------------------------------------------ */

enum vb_code vb_auth_own_code(struct vb_auth *auth, struct vb_exchange *exchange, const char *hash,
                              int64_t last, struct vb_err *err)
{
    struct vb_change changes[3];
    struct vb_token seat;
    size_t count = 0;
    enum vb_code code = own_seat(auth, exchange, &seat, err);
    if (code != VB_OK)
        return code;
    struct vb_token made = seat;
    made.row.kind = VB_TOKEN_CODE;
    made.row.hash = hash;
    made.row.created_wall_ms = vb_auth_now(auth);
    made.row.until_wall_ms = made.row.created_wall_ms + VB_SEAT_HOURS * INT64_C(3600000);
    made.sight = vb_sight_closed(seat.sight, last, &exchange->arena);
    made.handed = false;
    made.code = NULL;
    if (seat.code != NULL) /* the one of the last pause */
        changes[count++] = vb_token_end(seat.code);
    seat.code = hash;
    changes[count++] = vb_token_put(&exchange->arena, &made);
    changes[count++] = vb_token_put(&exchange->arena, &seat);
    return vb_store_commit(auth->in.store, changes, count, err);
}

enum vb_code vb_auth_open_eyes(struct vb_auth *auth, struct vb_exchange *exchange, const char *hash,
                               struct vb_err *err)
{
    struct vb_token seat, shown;
    enum vb_code code = vb_token_find(auth->in.store, hash, &exchange->arena, &shown, err);
    if (code == VB_OK)
        code = own_seat(auth, exchange, &seat, err);
    if (code != VB_OK)
        return code;
    if (shown.row.kind != VB_TOKEN_CODE || shown.row.over || shown.role == NULL ||
        shown.row.until_wall_ms <= vb_auth_now(auth) || !vb_auth_same_person(&shown, &seat))
        return vb_fail(err, VB_E_ABSENT, "this is not the code");
    seat.sight = vb_sight_joined(seat.sight, shown.sight, &exchange->arena);
    const struct vb_change changes[] = {
        vb_token_put(&exchange->arena, &seat),
        vb_invite_audit(&auth->in, "seat", seat.row.round, vb_who_acts(&exchange->who)),
    };
    return vb_store_commit(auth->in.store, changes, 2, err);
}
