#include "serve/account.h"

#include <cjson/cJSON.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "data/json.h"

/* -- secrets ----------------------------------------------------------------------------------- */

static const char *text_of(const cJSON *tree, const char *name, struct vb_arena *arena)
{
    return vb_arena_strdup(arena, cJSON_GetStringValue(cJSON_GetObjectItem(tree, name)));
}

enum vb_code vb_secrets_read(struct vb_arena *arena, const struct vb_staff_row *row,
                             struct vb_secrets *out, struct vb_err *err)
{
    cJSON *tree;
    enum vb_code code = vb_json_parse(&tree, row->secrets, strlen(row->secrets), 4096, err);
    if (code != VB_OK)
        return vb_while(err, "the account of %s", row->name);
    const cJSON *step = cJSON_GetObjectItem(tree, "step");
    *out = (struct vb_secrets){ .password = text_of(tree, "password", arena),
                                .totp = text_of(tree, "totp", arena),
                                .step = step == NULL ? 0 : (int64_t)step->valuedouble };
    cJSON_Delete(tree);
    return out->password != NULL
               ? VB_OK
               : vb_fail(err, VB_E_DATA, "the account of %s has no password", row->name);
}

const char *vb_secrets_write(struct vb_arena *arena, const struct vb_secrets *secrets)
{
    struct vb_buf out = { 0 };
    vb_buf_putc(&out, '{');
    vb_json_put_text(&out, "\"password\":", secrets->password);
    vb_json_put_text(&out, ",\"totp\":", secrets->totp);
    vb_buf_printf(&out, ",\"step\":%lld}", (long long)secrets->step);
    const char *text = vb_arena_strndup(arena, out.data, out.len);
    sodium_memzero(out.data, out.len);
    vb_buf_finish(&out);
    return text;
}

/* -- names and roles --------------------------------------------------------------------------- */

enum vb_code vb_account_name(const char *name, struct vb_err *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz",
                      more[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t len = strlen(name);
    if (len >= 1 && len <= VB_ACCOUNT_NAME_MOST && strchr(letters, name[0]) != NULL &&
        strspn(name, more) == len)
        return VB_OK;
    return vb_fail(err, VB_E_DATA,
                   "\"%.40s\" is no name for an account: 1 to %d small letters, digits, dots, "
                   "dashes and underscores, a letter first",
                   name, VB_ACCOUNT_NAME_MOST);
}

static enum vb_code add_role(const char *word, uint32_t *roles, struct vb_err *err)
{
    const char *names[VB_STAFF_ROLES];
    uint32_t role = vb_staff_role_of(word);
    *roles |= role;
    if (role != 0)
        return VB_OK;
    for (int i = 0; i < VB_STAFF_ROLES; i++)
        names[i] = vb_staff_role_name(UINT32_C(1) << i);
    const char *near = vb_did_you_mean(word, names, VB_STAFF_ROLES);
    return vb_fail(
        err, VB_E_DATA,
        "\"%.40s\" is no role%s%s%s: there are worker, convenor, researcher, privacy and "
        "admin",
        word, near == NULL ? "" : " (do you mean ", near == NULL ? "" : near,
        near == NULL ? "" : "?)");
}

enum vb_code vb_account_roles(const char *list, uint32_t *roles, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    *roles = 0;
    for (const char *at = list; code == VB_OK; at++) {
        size_t len = strcspn(at, ",");
        code = add_role(vb_arena_strndup(&arena, at, len), roles, err);
        at += len;
        if (*at == '\0')
            break;
    }
    vb_arena_finish(&arena);
    return code;
}

const char *vb_account_role_list(struct vb_arena *arena, uint32_t roles)
{
    const char *list = "";
    for (int i = 0; i < VB_STAFF_ROLES; i++)
        if ((roles >> i & 1) != 0)
            list = vb_arena_printf(arena, "%s%s%s", list, list[0] == '\0' ? "" : ",",
                                   vb_staff_role_name(UINT32_C(1) << i));
    return list;
}

enum vb_code vb_account_find(struct vb_store *store, const char *name, struct vb_arena *arena,
                             struct vb_staff_row *out, struct vb_err *err)
{
    struct vb_staff_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->staff(store, "", arena, &rows, &count, err);
    const char **names = vb_arena_alloc(arena, (count + 1) * sizeof *names);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        names[i] = rows[i].name;
        if (!vb_streq(rows[i].name, name))
            continue;
        *out = rows[i];
        return VB_OK;
    }
    if (code != VB_OK)
        return code;
    const char *near = vb_did_you_mean(name, names, count);
    return vb_fail(err, VB_E_ABSENT, "there is no account \"%.40s\"%s%s%s", name,
                   near == NULL ? "" : ": do you mean ", near == NULL ? "" : near,
                   near == NULL ? "" : "?");
}

/* -- passwords --------------------------------------------------------------------------------- */

enum vb_code vb_password_check(const char *password, const char *name, struct vb_err *err)
{
    size_t len = strlen(password);
    if (len > VB_PASSWORD_MOST)
        return vb_fail(err, VB_E_DATA, "the password is too long: at most %d bytes",
                       VB_PASSWORD_MOST);
    if (!vb_utf8_valid(password, len, NULL))
        return vb_fail(err, VB_E_DATA, "the password is not UTF-8");
    for (const char *at = password; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            return vb_fail(err, VB_E_DATA, "the password has a control character");
    if (vb_utf8_length(password, len) < VB_PASSWORD_LEAST)
        return vb_fail(err, VB_E_DATA, "the password is too short: at least %d characters",
                       VB_PASSWORD_LEAST);
    return vb_streq(password, name) ? vb_fail(err, VB_E_DATA, "the password is the name") : VB_OK;
}

enum vb_code vb_password_hash(const struct vb_hash_cost *cost, const char *password,
                              char hash[VB_PASSWORD_HASH_SIZE], struct vb_err *err)
{
    const struct vb_cost at = vb_hash_cost_or_full(cost)->password;
    _Static_assert(VB_PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "room for a hash");
    if (crypto_pwhash_str(hash, password, strlen(password), at.passes, at.memory) != 0)
        return vb_fail(err, VB_E_INTERNAL, "no memory to hash a password");
    return VB_OK;
}

bool vb_password_fits(const char *password, const char *hash)
{
    return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

/* Of 32 random bytes that nobody kept; made at full cost (a test holds them against it).
 */
const char *vb_password_nobody(void)
{
    return "$argon2id$v=19$m=65536,t=2,p=1$dBS4C9lT1iVIpkgcjQHoTw$"
           "ozD41SpKzb0vEVjwE4I4SsJqtiNF4rs7dUMCdX0T0nU";
}

void vb_password_make(const struct vb_random *random, char out[VB_PASSWORD_MADE_SIZE])
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    enum { LETTERS = sizeof letters - 1 };
    int at = 0;
    for (int i = 0; i < 20; i++) {
        unsigned char byte;
        if (i > 0 && i % 5 == 0)
            out[at++] = '-';
        do {
            random->fill(random->ctx, &byte, 1);
        } while (byte >= 256 / LETTERS * LETTERS);
        out[at++] = letters[byte % LETTERS];
    }
    out[at] = '\0';
}
