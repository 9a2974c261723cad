/* api_signin.c - coming in and going: a seat by a link or a code, staff by name and password.
 *
 * What is wrong is never said more closely than "not right": no name, no password, no code and no
 * link can be told from another by what is answered, nor by the time it takes (an account that is
 * not there has a hash that nothing fits). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/api.h"
#include "serve/auth_inner.h"
#include "serve/route.h"
#include "serve/serve_inner.h"
#include "serve/totp.h"

static struct vb_auth *auth_of(const struct vb_exchange *exchange)
{
    return exchange->serve->auth;
}

/* A text of the body in the exchange's arena; NULL: it is not there, or something else. */
static const char *text_of(struct vb_exchange *exchange, const char *name)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(exchange->body, name);
    return vb_arena_strdup(&exchange->arena, cJSON_GetStringValue(field));
}

/* A browser that was handed over opens nothing but what it was handed over for. */
static bool is_handed_over(struct vb_exchange *exchange)
{
    const struct vb_known *known = vb_auth_find(auth_of(exchange), exchange, VB_STAFF);
    if (known == NULL || known->token.parked == NULL)
        return false;
    vb_reply_refuse(exchange, 423, "handed_over", NULL,
                    "this browser waits for the professional's code");
    return true;
}

/* -- a seat ------------------------------------------------------------------------------------ */

/* What GET /turn says, to the seat that was just taken. */
static void say_turn(struct vb_exchange *exchange)
{
    const struct vb_route *route = vb_seat_routes;
    while (route->path != NULL &&
           !(route->method == VB_GET && vb_streq(route->path, "/api/v1/turn")))
        route++;
    if (route->path != NULL)
        route->handle(exchange);
    else
        vb_reply_empty(exchange, 204);
}

/* hash: of a token, or of a code. */
static void take_seat(struct vb_exchange *exchange, const char *hash, bool by_code)
{
    struct vb_auth *auth = auth_of(exchange);
    struct vb_token invitation;
    struct vb_err err;
    enum vb_code code = vb_invitation_by(&auth->in, hash, &exchange->arena, &invitation, &err);
    if (code == VB_E_ABSENT) {
        vb_reply_refuse(exchange, 401, "sign_in", NULL, "this opens nothing");
        return;
    }
    vb_auth_give_back(auth, by_code ? "code" : "address", exchange->address);
    if (by_code)
        vb_auth_give_back(auth, "codes", "");
    if (code == VB_E_BUSY) {
        vb_reply_refuse(exchange, 410, "over", NULL, "%s", err.text);
        return;
    }
    if (code == VB_OK)
        code = vb_auth_follow(auth, exchange, &invitation, &err);
    if (code == VB_OK)
        say_turn(exchange);
    else
        vb_reply_code(exchange, code, &err);
}

static void seat_code_hashed(void *ctx, const char *hash, bool fits)
{
    struct vb_exchange *exchange = ctx;
    if (is_handed_over(exchange)) /* meanwhile */
        return;
    if (fits)
        take_seat(exchange, hash, true);
    else
        vb_reply_refuse(exchange, 500, "internal", NULL, "the code could not be looked at");
}

static void seat_by_code(struct vb_exchange *exchange, const char *typed)
{
    struct vb_auth *auth = auth_of(exchange);
    char code[VB_CODE_LENGTH + 1];
    const char *salt;
    struct vb_err err;
    const struct vb_try tries[] = { { "code", exchange->address }, { "codes", "" } };
    if (!vb_auth_may_try_each(auth, exchange, tries, 2))
        return;
    if (!vb_code_read(typed, code)) {
        vb_reply_refuse(exchange, 401, "sign_in", "code", "this opens nothing");
        return;
    }
    enum vb_code salted = vb_code_salt_of(&auth->in, &exchange->arena, &salt, &err);
    if (salted != VB_OK) {
        vb_reply_code(exchange, salted, &err);
        return;
    }
    vb_exchange_later(exchange);
    vb_auth_hash_code(auth, code, salt, seat_code_hashed, exchange);
}

void vb_api_take_seat(struct vb_exchange *exchange)
{
    const char *token = text_of(exchange, "token"), *code = text_of(exchange, "code");
    char hash[VB_TOKEN_HASH_SIZE];
    if ((token == NULL) == (code == NULL))
        vb_reply_refuse(exchange, 400, "request", NULL, "a token or a code was expected");
    else if (is_handed_over(exchange))
        return;
    else if (code != NULL)
        seat_by_code(exchange, code);
    else if (!vb_auth_may_try(auth_of(exchange), exchange, "address", exchange->address))
        return;
    else if (!vb_token_hash(token, hash))
        vb_reply_refuse(exchange, 401, "sign_in", "token", "this opens nothing");
    else
        take_seat(exchange, hash, false);
}

/* -- me ---------------------------------------------------------------------------------------- */

void vb_api_me(struct vb_exchange *exchange)
{
    struct vb_auth *auth = auth_of(exchange);
    const struct vb_who *who = &exchange->who;
    struct vb_parked parked;
    struct vb_buf out = { 0 };
    vb_json_put_text(&out, "{\"token\":", who->csrf);
    vb_json_put_text(&out, ",\"name\":", who->name);
    vb_buf_puts(&out, ",\"roles\":[");
    for (int i = 0, put = 0; i < VB_STAFF_ROLES; i++)
        if ((who->roles >> i & 1) != 0)
            vb_buf_printf(&out, "%s\"%s\"", put++ > 0 ? "," : "",
                          vb_staff_role_name(UINT32_C(1) << i));
    if (who->parked && vb_auth_parked(auth, exchange, &parked)) {
        vb_json_put_text(&out, "],\"handed\":{\"round\":", parked.round);
        vb_json_put_text(&out, ",\"state\":", vb_auth_handed_state(auth, exchange));
        vb_buf_printf(&out, ",\"left\":%d}}", parked.left);
    } else {
        vb_buf_puts(&out, "],\"handed\":null}");
    }
    vb_reply_json(exchange, 200, &out);
    vb_buf_finish(&out);
}

/* -- staff come in ----------------------------------------------------------------------------- */

struct signing { /* in the exchange's arena */
    struct vb_exchange *exchange;
    const char *name, *totp;
    struct vb_staff_row row;
    struct vb_secrets secrets;
    bool known;
};

struct noting { /* a row of the audit on its way; its own memory, since the exchange does not wait
                 */
    const struct vb_log *log;
    struct vb_arena arena;
    struct vb_change change;
};

static void noted(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct noting *noting = ctx;
    if (code != VB_OK)
        vb_log(noting->log, VB_LOG_ERROR, "serve", "sign in refused: %s", err->text);
    vb_arena_finish(&noting->arena);
    free(noting);
}

/* The row is handed in and not waited for: a name that is an account would be told by the time. Of
 * a name that is none there is nobody to tell. */
static void refuse(struct signing *signing)
{
    struct vb_auth *auth = auth_of(signing->exchange);
    if (signing->known) {
        struct noting *noting = vb_new(struct noting);
        const char *name = vb_arena_strdup(&noting->arena, signing->name);
        noting->log = signing->exchange->serve->house->env->log;
        noting->change = vb_invite_audit(&auth->in, "sign in refused", name, name);
        vb_store_submit(auth->in.store, &noting->change, 1, noted, noting);
    }
    vb_reply_refuse(signing->exchange, 401, "sign_in", NULL,
                    "the name, the password or the code is not right");
}

/* The second half, when the password fits. */
static bool is_let_in(struct signing *signing)
{
    int64_t step = signing->secrets.step;
    if (!signing->known || signing->row.disabled)
        return false;
    if (signing->secrets.totp != NULL &&
        !vb_totp_fits(signing->secrets.totp, signing->totp, vb_auth_now(auth_of(signing->exchange)),
                      signing->secrets.step, &step))
        return false;
    signing->secrets.step = step;
    return true;
}

/* The account as it is now: another may have used the step, or closed it, meanwhile. */
static enum vb_code read_account(struct signing *signing, struct vb_err *err)
{
    struct vb_exchange *exchange = signing->exchange;
    struct vb_store *store = auth_of(exchange)->in.store;
    enum vb_code code = vb_account_find(store, signing->name, &exchange->arena, &signing->row, err);
    if (code == VB_OK)
        code = vb_secrets_read(&exchange->arena, &signing->row, &signing->secrets, err);
    signing->known = code == VB_OK;
    return code == VB_E_ABSENT ? VB_OK : code;
}

/* A seat that was handed over here, or that staff took here themselves, belongs to the sign-in that
 * ends. Room for one. */
static size_t end_staffs_seat(struct vb_exchange *exchange, struct vb_change *changes, bool *ends)
{
    *ends = false;
    struct vb_auth *auth = auth_of(exchange);
    const char *cookie = vb_auth_cookie(exchange, VB_SEAT);
    char hash[VB_TOKEN_HASH_SIZE];
    if (cookie == NULL || !vb_token_hash(cookie, hash))
        return 0;
    const struct vb_known *seat = vb_auth_know(auth, exchange->serve, hash);
    if (seat == NULL || !(seat->token.handed || vb_auth_is_own(&seat->token)))
        return 0;
    *ends = true;
    return vb_auth_end_here(auth, exchange, VB_SEAT, changes);
}

static enum vb_code sign_in(struct signing *signing, char token[VB_TOKEN_SIZE], struct vb_err *err)
{
    struct vb_exchange *exchange = signing->exchange;
    struct vb_auth *auth = auth_of(exchange);
    struct vb_change changes[7];
    char *hash = vb_arena_alloc(&exchange->arena, VB_TOKEN_HASH_SIZE);
    int64_t now = vb_auth_now(auth);
    vb_token_make(&auth->in.env->random, token);
    vb_assert(vb_token_hash(token, hash));
    const struct vb_token made = { .row = { .hash = hash,
                                            .kind = VB_TOKEN_STAFF,
                                            .staff = signing->name,
                                            .created_wall_ms = now,
                                            .until_wall_ms = now + VB_SIGNED_IN_MS },
                                   .seen_wall_ms = now };
    signing->row.seen_wall_ms = now;
    signing->row.secrets = vb_secrets_write(&exchange->arena, &signing->secrets);
    size_t count = 0;
    changes[count++] = (struct vb_change){ .kind = VB_PUT_STAFF, .staff = signing->row };
    changes[count++] = vb_token_put(&exchange->arena, &made);
    changes[count++] = vb_invite_audit(&auth->in, "sign in", signing->name, signing->name);
    bool ends;
    count += end_staffs_seat(exchange, changes + count, &ends);
    struct vb_token before;
    if (vb_auth_own(auth, exchange, VB_STAFF, &before, err) == VB_OK &&
        before.row.kind == VB_TOKEN_STAFF)
        changes[count++] = vb_token_end(before.row.hash);
    enum vb_code code = vb_store_commit(auth->in.store, changes, count, err);
    if (code == VB_OK && ends)
        vb_auth_take_cookie(exchange, VB_SEAT);
    return code;
}

static void say_signed_in(struct signing *signing, const char *token)
{
    struct vb_exchange *exchange = signing->exchange;
    char csrf[VB_TOKEN_SIZE];
    uint32_t roles = 0;
    struct vb_err err;
    vb_account_roles(signing->row.roles, &roles, &err);
    vb_token_csrf(token, csrf);
    exchange->who = (struct vb_who){ .kind = VB_STAFF,
                                     .csrf = vb_arena_strdup(&exchange->arena, csrf),
                                     .name = signing->name,
                                     .roles = roles };
    vb_reply_cookie(exchange, VB_COOKIE_STAFF, token, VB_SIGNED_IN_MS / 1000);
    vb_api_me(exchange);
}

static void password_tried(void *ctx, const char *hash, bool fits)
{
    struct signing *signing = ctx;
    struct vb_auth *auth = auth_of(signing->exchange);
    char token[VB_TOKEN_SIZE];
    struct vb_err err;
    enum vb_code code = read_account(signing, &err);
    (void)hash;
    if (code == VB_OK && !(fits && is_let_in(signing))) {
        refuse(signing);
        return;
    }
    if (code == VB_OK)
        code = sign_in(signing, token, &err);
    if (code != VB_OK) {
        vb_reply_code(signing->exchange, code, &err);
        return;
    }
    vb_auth_give_back(auth, "address", signing->exchange->address);
    vb_auth_give_back(auth, "account", signing->name);
    vb_auth_give_back(auth, "password", "");
    if (vb_auth_forget_old(auth, &err) != VB_OK) /* the next one tries again */
        vb_serve_log(signing->exchange, VB_LOG_ERROR, &err);
    say_signed_in(signing, token);
}

/* Names are small letters; whoever types a capital means one. */
static const char *small(struct vb_arena *arena, const char *name)
{
    char *out = vb_arena_strdup(arena, name);
    for (char *at = out; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    return out;
}

void vb_api_sign_in(struct vb_exchange *exchange)
{
    struct vb_auth *auth = auth_of(exchange);
    const char *name = text_of(exchange, "name"), *password = text_of(exchange, "password");
    struct signing *signing = vb_arena_new(&exchange->arena, struct signing);
    struct vb_err err;
    if (name == NULL || password == NULL || strlen(name) > 256 ||
        strlen(password) > VB_PASSWORD_MOST) {
        vb_reply_refuse(exchange, 400, "request", NULL, "a name and a password were expected");
        return;
    }
    signing->exchange = exchange;
    signing->name = small(&exchange->arena, name);
    signing->totp = text_of(exchange, "totp");
    const struct vb_try tries[] = { { "address", exchange->address },
                                    { "account", signing->name },
                                    { "password", "" } };
    if (!vb_auth_may_try_each(auth, exchange, tries, 3))
        return;
    enum vb_code code = read_account(signing, &err);
    if (code != VB_OK) {
        vb_reply_code(exchange, code, &err);
        return;
    }
    vb_exchange_later(exchange);
    vb_auth_try(auth, password, signing->known ? signing->secrets.password : vb_password_nobody(),
                password_tried, signing);
}

void vb_api_sign_out(struct vb_exchange *exchange)
{
    struct vb_auth *auth = auth_of(exchange);
    struct vb_change changes[3];
    struct vb_err err;
    bool ends;
    size_t count = end_staffs_seat(exchange, changes, &ends);
    count += vb_auth_end_here(auth, exchange, VB_STAFF, changes + count);
    changes[count++] =
        vb_invite_audit(&auth->in, "sign out", exchange->who.name, exchange->who.name);
    enum vb_code code = vb_store_commit(auth->in.store, changes, count, &err);
    if (code != VB_OK) {
        vb_reply_code(exchange, code, &err);
        return;
    }
    if (ends)
        vb_auth_take_cookie(exchange, VB_SEAT);
    vb_auth_take_cookie(exchange, VB_STAFF);
    vb_reply_empty(exchange, 204);
}
