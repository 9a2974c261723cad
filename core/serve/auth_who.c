/* Who asks, from the cookies of a request; and whether a page of ours made it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "serve/auth_inner.h"
#include "serve/exchange_inner.h"
#include "serve/serve_inner.h"

/* -- cookies ----------------------------------------------------------------------------------- */

/* With TLS only the one that nobody without it can have set. */
const char *vb_auth_cookie(const struct vb_exchange *exchange, enum vb_who_kind kind)
{
    static const char *const names[][2] = { { VB_COOKIE_SEAT, "__Host-" VB_COOKIE_SEAT },
                                            { VB_COOKIE_STAFF, "__Host-" VB_COOKIE_STAFF } };
    struct vb_arena *arena = &vb_call_of(exchange)->exchange.arena;
    const char *field = vb_exchange_header(exchange, "Cookie");
    const char *name = names[kind == VB_STAFF][vb_call_of(exchange)->secure];
    size_t len = strlen(name);
    for (const char *at = field; at != NULL && *at != '\0';) {
        at += strspn(at, " ;");
        size_t all = strcspn(at, ";");
        if (all > len && strncmp(at, name, len) == 0 && at[len] == '=')
            return vb_arena_strndup(arena, at + len + 1, all - len - 1);
        at += all;
    }
    return NULL;
}

/* -- tokens that were read --------------------------------------------------------------------- */

static struct vb_known *set_of(struct vb_auth *auth, const char *hash)
{
    const char first[5] = { hash[0], hash[1], hash[2], hash[3], '\0' };
    size_t set = strtoul(first, NULL, 16) % (VB_KNOWN / VB_KNOWN_WAYS);
    return &auth->known[set * VB_KNOWN_WAYS];
}

static void empty(struct vb_known *known)
{
    vb_arena_finish(&known->arena);
    *known = (struct vb_known){ 0 };
}

static struct vb_known *find(struct vb_auth *auth, const char *hash)
{
    struct vb_known *set = set_of(auth, hash);
    for (int i = 0; i < VB_KNOWN_WAYS; i++)
        if (vb_streq(set[i].hash, hash)) { /* a hash: how long this takes tells nothing */
            set[i].used = ++auth->lookups;
            return &set[i];
        }
    return NULL;
}

/* Whoever was asked for longest ago makes room. */
static struct vb_known *make_room(struct vb_auth *auth, const char *hash)
{
    struct vb_known *set = set_of(auth, hash), *oldest = set;
    for (int i = 1; i < VB_KNOWN_WAYS; i++)
        if (set[i].used < oldest->used)
            oldest = &set[i];
    empty(oldest);
    oldest->used = ++auth->lookups;
    return oldest;
}

const struct vb_known *vb_auth_known(struct vb_auth *auth, const char *hash)
{
    const struct vb_known *known = find(auth, hash);
    return known != NULL && !known->token.row.over ? known : NULL;
}

void vb_auth_forget_all(struct vb_auth *auth)
{
    for (int i = 0; i < VB_KNOWN; i++)
        if (auth->known[i].hash[0] != '\0')
            empty(&auth->known[i]);
}

static void forget(struct vb_auth *auth, const char *hash)
{
    struct vb_known *known = find(auth, hash);
    if (known != NULL)
        empty(known);
}

static bool ends_round(enum vb_round_state state)
{
    return state == VB_ROUND_WITHDRAWN || state == VB_ROUND_ERASED;
}

/* Whoever is known stands on a token, an account, and the state of a round. */
void vb_auth_wrote(void *ctx, const struct vb_change *changes, size_t count)
{
    struct vb_auth *auth = ctx;
    bool all = false;
    for (size_t i = 0; i < count; i++) {
        const struct vb_change *change = &changes[i];
        if (change->kind == VB_PUT_TOKEN)
            forget(auth, change->token.hash);
        else if (change->kind == VB_END_TOKENS && change->tokens.hash != NULL)
            forget(auth, change->tokens.hash);
        else
            all = all || change->kind == VB_END_TOKENS || change->kind == VB_FORGET_TOKENS ||
                  change->kind == VB_PUT_STAFF || change->kind == VB_ERASE ||
                  (change->kind == VB_SET_ROUND && ends_round(change->round.state));
    }
    if (all)
        vb_auth_forget_all(auth);
}

/* Roles of a member of staff; 0: the account is disabled. */
static enum vb_code read_roles(struct vb_auth *auth, struct vb_known *known, struct vb_err *err)
{
    struct vb_staff_row row;
    enum vb_code code =
        vb_account_find(auth->in.store, known->token.row.staff, &known->arena, &row, err);
    if (code == VB_OK)
        code = vb_account_roles(row.roles, &known->roles, err);
    if (code == VB_OK && row.disabled)
        known->roles = 0;
    return code;
}

static enum vb_code read_known(struct vb_auth *auth, const char *hash, struct vb_known *known,
                               struct vb_err *err)
{
    struct vb_round_row round;
    enum vb_code code = vb_token_find(auth->in.store, hash, &known->arena, &known->token, err);
    if (code == VB_OK && known->token.row.kind == VB_TOKEN_STAFF)
        code = read_roles(auth, known, err);
    if (code == VB_OK && known->token.row.kind == VB_TOKEN_SEAT) {
        code = vb_invited_round(&auth->in, known->token.row.round, &known->arena, &round, err);
        known->case_id = code == VB_OK ? round.case_id : NULL;
    }
    if (code == VB_OK)
        memcpy(known->hash, hash, VB_TOKEN_HASH_SIZE);
    return code;
}

/* What cannot be read lets nobody in. */
struct vb_known *vb_auth_know(struct vb_auth *auth, const struct vb_serve *serve, const char *hash)
{
    struct vb_known *known = vb_passing_find(auth, serve, hash);
    struct vb_err err;
    if (known != NULL)
        return known;
    known = find(auth, hash);
    if (known != NULL)
        return known;
    known = make_room(auth, hash);
    auth->read++;
    enum vb_code code = read_known(auth, hash, known, &err);
    if (code == VB_OK)
        return known;
    empty(known);
    if (code != VB_E_ABSENT && code != VB_E_BUSY)
        vb_log(auth->in.env->log, VB_LOG_ERROR, "serve", "a token: %s", err.text);
    return NULL;
}

static bool holds(const struct vb_auth *auth, const struct vb_token *token, enum vb_token_kind kind)
{
    return token->row.kind == kind && !token->row.over &&
           token->row.until_wall_ms > vb_auth_now(auth);
}

/* A client who has the tablet takes as long as it takes. */
bool vb_auth_is_signed_in(const struct vb_auth *auth, const struct vb_known *sign_in)
{
    const struct vb_token *token = &sign_in->token;
    return holds(auth, token, VB_TOKEN_STAFF) && sign_in->roles != 0 &&
           (token->parked != NULL || vb_auth_now(auth) - token->seen_wall_ms < VB_IDLE_MS);
}

static bool lets_in(struct vb_auth *auth, const struct vb_serve *serve,
                    const struct vb_known *known, enum vb_who_kind kind)
{
    if (kind == VB_STAFF)
        return vb_auth_is_signed_in(auth, known);
    return holds(auth, &known->token, VB_TOKEN_SEAT) &&
           (!vb_auth_is_own(&known->token) || vb_auth_own_sign_in(auth, serve, known) != NULL);
}

static struct vb_known *find_here(struct vb_auth *auth, struct vb_exchange *exchange,
                                  enum vb_who_kind kind)
{
    char hash[VB_TOKEN_HASH_SIZE];
    const char *token = vb_auth_cookie(exchange, kind);
    if (token == NULL || !vb_token_hash(token, hash))
        return NULL;
    struct vb_known *known = vb_auth_know(auth, exchange->serve, hash);
    if (known == NULL || !lets_in(auth, exchange->serve, known, kind))
        return NULL;
    if (known->csrf[0] == '\0')
        vb_token_csrf(token, known->csrf);
    return known;
}

const struct vb_known *vb_auth_find(struct vb_auth *auth, struct vb_exchange *exchange,
                                    enum vb_who_kind kind)
{
    return find_here(auth, exchange, kind);
}

bool vb_auth_still(struct vb_auth *auth, const struct vb_serve *serve, const struct vb_who *who)
{
    const struct vb_known *known = vb_auth_know(auth, serve, who->token);
    return known != NULL && lets_in(auth, serve, known, who->kind) &&
           (who->kind == VB_SEAT || (known->roles == who->roles && known->token.parked == NULL));
}

enum vb_code vb_auth_own(struct vb_auth *auth, struct vb_exchange *exchange, enum vb_who_kind kind,
                         struct vb_token *out, struct vb_err *err)
{
    char hash[VB_TOKEN_HASH_SIZE];
    const char *token = vb_auth_cookie(exchange, kind);
    if (token == NULL || !vb_token_hash(token, hash))
        return vb_fail(err, VB_E_ABSENT, "nobody is signed in here");
    return vb_token_find(auth->in.store, hash, &exchange->arena, out, err);
}

/* -- seen -------------------------------------------------------------------------------------- */

struct seeing { /* a commit on its way */
    struct vb_arena arena;
    struct vb_change change;
};

/* Lost is lost: then somebody is idle a little earlier after a restart. */
static void was_seen(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct seeing *seeing = ctx;
    (void)code;
    (void)err;
    vb_arena_finish(&seeing->arena);
    free(seeing);
}

void vb_auth_see(struct vb_auth *auth, struct vb_known *known)
{
    int64_t now = vb_auth_now(auth), before = known->token.seen_wall_ms;
    if (now - before < VB_SEEN_EVERY_MS || known->token.parked != NULL)
        return;
    known->token.seen_wall_ms = now;
    struct seeing *seeing = vb_new(struct seeing);
    seeing->change = vb_token_put(&seeing->arena, &known->token);
    seeing->change.token.hash = vb_arena_strdup(&seeing->arena, known->hash);
    seeing->change.token.staff = vb_arena_strdup(&seeing->arena, known->token.row.staff);
    vb_store_submit(auth->in.store, &seeing->change, 1, was_seen, seeing);
}

/* -- who --------------------------------------------------------------------------------------- */

static const char *keep(struct vb_exchange *exchange, const char *text)
{
    return vb_arena_strdup(&exchange->arena, text);
}

static void fill(struct vb_exchange *exchange, const struct vb_known *known, enum vb_who_kind kind)
{
    const struct vb_token *read = &known->token;
    exchange->who = (struct vb_who){
        .kind = kind,
        .token = keep(exchange, known->hash),
        .csrf = keep(exchange, known->csrf),
        .round = keep(exchange, read->row.round),
        .role = keep(exchange, read->role),
        .label = keep(exchange, read->label),
        .language = keep(exchange, read->language),
        .handed = read->handed,
        .name = keep(exchange, read->row.staff),
        .roles = known->roles,
        .parked = read->parked != NULL,
    };
}

void vb_auth_who(struct vb_auth *auth, struct vb_exchange *exchange, enum vb_who_kind audience)
{
    struct vb_known *known = find_here(auth, exchange, audience);
    exchange->who = (struct vb_who){ .kind = VB_NOBODY, .token = "" };
    if (known == NULL)
        return;
    fill(exchange, known, audience);
    if (vb_auth_is_own(&known->token)) /* at their own turn they are not idle */
        known = vb_auth_own_sign_in(auth, exchange->serve, known);
    else if (audience != VB_STAFF)
        return;
    if (known != NULL) /* it may have ended since the look before */
        vb_auth_see(auth, known);
}

/* -- a page of ours ---------------------------------------------------------------------------- */

/* As the outside calls us, else as this request does. */
static const char *our_origin(struct vb_exchange *exchange)
{
    const char *origin = exchange->serve->options.origin;
    const char *host = vb_exchange_header(exchange, "Host");
    if (origin != NULL)
        return origin;
    return vb_arena_printf(&exchange->arena, "%s://%s",
                           vb_call_of(exchange)->secure ? "https" : "http",
                           host == NULL ? "" : host);
}

/* Every browser says where a POST comes from; what says nothing is no browser, and has no cookie
 * that it did not ask for. */
static bool is_from_here(struct vb_exchange *exchange)
{
    const char *origin = vb_exchange_header(exchange, "Origin");
    const char *site = vb_exchange_header(exchange, "Sec-Fetch-Site");
    return (origin == NULL || strcasecmp(origin, our_origin(exchange)) == 0) &&
           (site == NULL || vb_streq(site, "same-origin"));
}

bool vb_auth_same_site(struct vb_auth *auth, struct vb_exchange *exchange)
{
    (void)auth;
    if (!is_from_here(exchange)) {
        vb_reply_refuse(exchange, 403, "origin", NULL, "this came from another site");
        return false;
    }
    if (exchange->who.kind == VB_NOBODY ||
        vb_token_same(vb_exchange_header(exchange, "X-Verbond-Token"), exchange->who.csrf))
        return true;
    vb_reply_refuse(exchange, 403, "token", NULL, "the page's token is missing or an old one");
    return false;
}
