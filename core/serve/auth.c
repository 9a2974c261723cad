#include "serve/auth.h"

#include <stdlib.h>

#include "base/str.h"
#include "serve/auth_inner.h"

int64_t vb_auth_now(const struct vb_auth *auth)
{
    const struct vb_clock *clock = &auth->in.env->clock;
    return clock->wall_ms(clock->ctx);
}

int64_t vb_auth_mono(const struct vb_auth *auth)
{
    const struct vb_clock *clock = &auth->in.env->clock;
    return clock->mono_ns(clock->ctx) / 1000000;
}

enum vb_code vb_auth_forget_old(struct vb_auth *auth, struct vb_err *err)
{
    int64_t now_ms = vb_auth_mono(auth);
    if (auth->forgot && now_ms - auth->forgot_ms < VB_FORGET_EVERY_MS)
        return VB_OK;
    const struct vb_change change = {
        .kind = VB_FORGET_TOKENS,
        .tokens = { .before_wall_ms = vb_auth_now(auth) - VB_SEAT_HOURS * INT64_C(3600000) },
    };
    enum vb_code code = vb_store_commit(auth->in.store, &change, 1, err);
    if (code == VB_OK) {
        auth->forgot = true;
        auth->forgot_ms = now_ms;
    }
    return code;
}

enum vb_code vb_auth_create(struct vb_auth **out, const struct vb_house *house, struct vb_err *err)
{
    struct vb_auth *auth = vb_new(struct vb_auth);
    auth->house = house;
    auth->in = (struct vb_inviting){ .store = house->store, .env = house->env };
    auth->limits = vb_limits_create();
    auth->known = vb_alloc(VB_KNOWN * sizeof *auth->known);
    auth->watch = (struct vb_store_watch){ .wrote = vb_auth_wrote, .ctx = auth };
    vb_store_watch(auth->in.store, &auth->watch);
    enum vb_code code = vb_auth_try_create(auth, err);
    if (code == VB_OK)
        code = vb_auth_forget_old(auth, err);
    if (code != VB_OK) {
        vb_auth_destroy(auth);
        return code;
    }
    *out = auth;
    return VB_OK;
}

void vb_auth_destroy(struct vb_auth *auth)
{
    if (auth == NULL)
        return;
    vb_worker_destroy(auth->worker);
    vb_limits_destroy(auth->limits);
    vb_passing_end_all(auth);
    vb_auth_forget_all(auth);
    vb_store_unwatch(&auth->watch);
    free(auth->known);
    free(auth);
}

/* -- accounts ---------------------------------------------------------------------------------- */

enum vb_code vb_auth_accounts(struct vb_auth *auth, struct vb_arena *arena, struct vb_account **out,
                              int *count, struct vb_err *err)
{
    struct vb_store *store = auth->in.store;
    struct vb_staff_row *rows;
    size_t all = 0;
    enum vb_code code = store->ops->staff(store, "", arena, &rows, &all, err);
    *out = vb_arena_alloc(arena, (all + 1) * sizeof **out);
    *count = 0;
    for (size_t i = 0; code == VB_OK && i < all; i++) {
        struct vb_account *account = &(*out)[(*count)++];
        struct vb_secrets secrets;
        *account = (struct vb_account){ .name = rows[i].name,
                                        .seen_wall_ms = rows[i].seen_wall_ms,
                                        .disabled = rows[i].disabled };
        code = vb_secrets_read(arena, &rows[i], &secrets, err);
        account->totp = code == VB_OK && secrets.totp != NULL;
        if (code == VB_OK)
            code = vb_account_roles(rows[i].roles, &account->roles, err);
    }
    return code;
}

enum vb_code vb_auth_disable(struct vb_auth *auth, struct vb_exchange *exchange, const char *name,
                             struct vb_err *err)
{
    struct vb_staff_row row;
    enum vb_code code = vb_account_find(auth->in.store, name, &exchange->arena, &row, err);
    if (code == VB_OK && vb_streq(name, exchange->who.name))
        code = vb_fail(err, VB_E_CONFLICT, "nobody closes their own account");
    if (code != VB_OK)
        return code;
    row.disabled = true;
    const struct vb_change changes[] = {
        { .kind = VB_PUT_STAFF, .staff = row },
        vb_invite_audit(&auth->in, "staff disable", name, exchange->who.name),
        { .kind = VB_END_TOKENS, .tokens = { .staff = name } },
    };
    return vb_store_commit(auth->in.store, changes, 3, err);
}
