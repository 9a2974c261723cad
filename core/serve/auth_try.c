/* Passwords and codes are hashed on a thread of their own, one after the other, and counted.
 *
 * The worker is given one at a time: it tells of a batch when all of it is done, and nobody is to
 * wait for a hundred that stand behind. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "serve/auth_inner.h"

enum hashing_kind { HASH, TRY, CODE };
struct hashing {
    struct vb_task task; /* first: as worker.h wants it */
    enum hashing_kind kind;
    char *secret;
    char *against; /* TRY: a hash; CODE: a salt */
    char hash[VB_PASSWORD_HASH_SIZE];
    bool made, fits;
    vb_auth_hashed *done;
    void *ctx;
    struct hashing *behind;
};

static void do_hashing(const struct vb_hash_cost *cost, struct hashing *hashing)
{
    struct vb_err err;
    switch (hashing->kind) {
    case HASH:
        hashing->made = vb_password_hash(cost, hashing->secret, hashing->hash, &err) == VB_OK;
        break;
    case TRY:
        hashing->fits = vb_password_fits(hashing->secret, hashing->against);
        break;
    case CODE:
        hashing->made =
            vb_code_hash(cost, hashing->secret, hashing->against, hashing->hash, &err) == VB_OK;
        break;
    }
}

static void work(void *ctx, struct vb_task *first, size_t count)
{
    const struct vb_auth *auth = ctx;
    for (; count > 0; count--, first = first->next)
        do_hashing(auth->in.cost, (struct hashing *)first);
}

static void begin_first(struct vb_auth *auth)
{
    if (auth->line == NULL)
        return;
    auth->hashed++;
    vb_worker_give(auth->worker, &auth->line->task);
}

static void finished(void *ctx, struct vb_task *task)
{
    struct vb_auth *auth = ctx;
    struct hashing *hashing = (struct hashing *)task;
    auth->waiting--;
    const char *hash = hashing->kind == TRY ? hashing->against
                       : hashing->made      ? hashing->hash
                                            : NULL;
    hashing->done(hashing->ctx, hash, hashing->fits || (hashing->kind != TRY && hashing->made));
    auth->line = hashing->behind;
    begin_first(auth);
    sodium_memzero(hashing->secret, strlen(hashing->secret));
    free(hashing->secret);
    free(hashing->against);
    free(hashing);
}

static void give(struct vb_auth *auth, enum hashing_kind kind, const char *secret,
                 const char *against, vb_auth_hashed *done, void *ctx)
{
    struct hashing *hashing = vb_new(struct hashing);
    hashing->kind = kind;
    hashing->secret = vb_strdup(secret);
    hashing->against = vb_strdup(against);
    hashing->done = done;
    hashing->ctx = ctx;
    struct hashing **last = &auth->line;
    while (*last != NULL)
        last = &(*last)->behind;
    *last = hashing;
    auth->waiting++;
    if (last == &auth->line)
        begin_first(auth);
}

void vb_auth_hash(struct vb_auth *auth, const char *secret, vb_auth_hashed *done, void *ctx)
{
    give(auth, HASH, secret, NULL, done, ctx);
}

void vb_auth_try(struct vb_auth *auth, const char *secret, const char *hash, vb_auth_hashed *done,
                 void *ctx)
{
    give(auth, TRY, secret, hash, done, ctx);
}

void vb_auth_hash_code(struct vb_auth *auth, const char *code, const char *salt,
                       vb_auth_hashed *done, void *ctx)
{
    give(auth, CODE, code, salt, done, ctx);
}

enum vb_code vb_auth_try_create(struct vb_auth *auth, struct vb_err *err)
{
    const struct vb_worker_options options = {
        .loop = auth->house->loop, .work = work, .finished = finished, .ctx = auth
    };
    return vb_worker_create(&auth->worker, &options, err);
}

/* -- limits ------------------------------------------------------------------------------------ */

/* Of an address of version 6 the part that is one household's or office's: its first 64 bits. */
static const char *place_of(const char *key, struct vb_arena *arena)
{
    int colons = 0;
    if (key == NULL)
        return "";
    if (strchr(key, ':') == NULL || strstr(key, "::ffff:") != NULL)
        return key;
    for (const char *at = key; *at != '\0'; at++) {
        if (at[0] == ':' && at[1] == ':')
            return vb_arena_strndup(arena, key, (size_t)(at - key) + 2);
        if (*at == ':' && ++colons == 4)
            return vb_arena_strndup(arena, key, (size_t)(at - key));
    }
    return key;
}

/* Takes one of each; of none when one is not there. How long until it is. */
static int64_t take_each(struct vb_auth *auth, struct vb_arena *arena, const struct vb_try *tries,
                         size_t count)
{
    int64_t now_ms = vb_auth_mono(auth);
    for (size_t i = 0; i < count; i++) {
        int64_t wait_ms =
            vb_limits_take(auth->limits, tries[i].kind, place_of(tries[i].key, arena), now_ms);
        if (wait_ms == 0)
            continue;
        while (i-- > 0)
            vb_limits_give_back(auth->limits, tries[i].kind, place_of(tries[i].key, arena), now_ms);
        return wait_ms;
    }
    return 0;
}

bool vb_auth_may_try_each(struct vb_auth *auth, struct vb_exchange *exchange,
                          const struct vb_try *tries, size_t count)
{
    int64_t wait_ms = 1000;
    if (auth->waiting < VB_TRIES_WAITING)
        wait_ms = take_each(auth, &exchange->arena, tries, count);
    if (wait_ms == 0)
        return true;
    vb_reply_header(exchange, "Retry-After",
                    vb_arena_printf(&exchange->arena, "%lld", (long long)(wait_ms + 999) / 1000));
    vb_reply_refuse(exchange, 429, "tries", NULL, "too many tries; wait %lld seconds",
                    (long long)(wait_ms + 999) / 1000);
    return false;
}

bool vb_auth_may_try(struct vb_auth *auth, struct vb_exchange *exchange, const char *kind,
                     const char *key)
{
    return vb_auth_may_try_each(auth, exchange, &(struct vb_try){ kind, key }, 1);
}

void vb_auth_give_back(struct vb_auth *auth, const char *kind, const char *key)
{
    struct vb_arena arena = { 0 };
    vb_limits_give_back(auth->limits, kind, place_of(key, &arena), vb_auth_mono(auth));
    vb_arena_finish(&arena);
}
