#include "main/staff.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "main/password.h"
#include "serve/account.h"
#include "serve/totp.h"

static int64_t now_of(const struct vb_workplace *place)
{
    return place->env.clock.wall_ms(place->env.clock.ctx);
}

static struct vb_change account_audit(struct vb_workplace *place, const char *action,
                                      const char *subject)
{
    return (struct vb_change){ .kind = VB_PUT_AUDIT,
                               .audit = vb_workplace_audit_row(place, action, subject) };
}

/* Whoever is signed in has to do it again. */
static enum vb_code put_account(struct vb_workplace *place, const struct vb_staff_row *row,
                                const char *action, bool sign_out, struct vb_err *err)
{
    const struct vb_change changes[] = {
        { .kind = VB_PUT_STAFF, .staff = *row },
        account_audit(place, action, row->name),
        { .kind = VB_END_TOKENS, .tokens = { .staff = row->name } },
    };
    return vb_store_commit(place->store, changes, sign_out ? 3 : 2, err);
}

static enum vb_code find(struct vb_workplace *place, const char *name, struct vb_staff_row *row,
                         struct vb_secrets *secrets, struct vb_err *err)
{
    enum vb_code code = vb_account_find(place->store, name, &place->arena, row, err);
    return code == VB_OK ? vb_secrets_read(&place->arena, row, secrets, err) : code;
}

/* -- passwords --------------------------------------------------------------------------------- */

/* Asks, hashes, and says a made one after it was kept: it is shown once. */
static enum vb_code give_password(struct vb_workplace *place, struct vb_staff_row *row,
                                  struct vb_secrets *secrets, const char *file, const char *action,
                                  struct vb_err *err)
{
    char hash[VB_PASSWORD_HASH_SIZE];
    const char *password = "";
    bool made = false;
    enum vb_code code = vb_password_get(place, file, row->name, &password, &made, err);
    if (code == VB_OK)
        code = vb_password_hash(NULL, password, hash, err);
    if (code == VB_OK) {
        secrets->password = hash;
        row->secrets = vb_secrets_write(&place->arena, secrets);
        code = put_account(place, row, action, true, err);
    }
    if (code == VB_OK && made) {
        fputs("the password, shown this once:\n", stderr);
        printf("%s\n", password);
    }
    sodium_memzero((char *)password, strlen(password));
    return code;
}

enum vb_code vb_staff_add(struct vb_workplace *place, const char *name, const char *roles,
                          const char *password_file, struct vb_err *err)
{
    struct vb_staff_row row = { .name = name, .created_wall_ms = now_of(place) }, there;
    struct vb_secrets secrets = { 0 };
    uint32_t bits = 0;
    enum vb_code code = vb_account_name(name, err);
    if (code == VB_OK)
        code = vb_account_roles(roles, &bits, err);
    if (code != VB_OK)
        return code;
    if (vb_account_find(place->store, name, &place->arena, &there, err) == VB_OK)
        return vb_fail(err, VB_E_CONFLICT, "there is an account %s already", name);
    row.roles = vb_account_role_list(&place->arena, bits);
    return give_password(place, &row, &secrets, password_file, "staff add", err);
}

enum vb_code vb_staff_password(struct vb_workplace *place, const char *name,
                               const char *password_file, struct vb_err *err)
{
    struct vb_staff_row row;
    struct vb_secrets secrets;
    enum vb_code code = find(place, name, &row, &secrets, err);
    return code == VB_OK
               ? give_password(place, &row, &secrets, password_file, "staff password", err)
               : code;
}

/* -- roles, closing, a second factor ----------------------------------------------------------- */

enum vb_code vb_staff_role(struct vb_workplace *place, const char *name, const char *roles,
                           struct vb_err *err)
{
    struct vb_staff_row row;
    struct vb_secrets secrets;
    uint32_t bits = 0;
    enum vb_code code = vb_account_roles(roles, &bits, err);
    if (code == VB_OK)
        code = find(place, name, &row, &secrets, err);
    if (code != VB_OK)
        return code;
    row.roles = vb_account_role_list(&place->arena, bits);
    return put_account(place, &row, "staff role", false, err);
}

enum vb_code vb_staff_disable(struct vb_workplace *place, const char *name, bool disabled,
                              struct vb_err *err)
{
    struct vb_staff_row row;
    struct vb_secrets secrets;
    enum vb_code code = find(place, name, &row, &secrets, err);
    if (code != VB_OK)
        return code;
    if (row.disabled == disabled)
        return vb_fail(err, VB_E_BUSY, "the account %s is %s already", name,
                       disabled ? "disabled" : "enabled");
    row.disabled = disabled;
    const char *action = disabled ? "staff disable" : "staff enable";
    return put_account(place, &row, action, true, err);
}

enum vb_code vb_staff_totp(struct vb_workplace *place, const char *name, bool off,
                           struct vb_err *err)
{
    char secret[VB_TOTP_SECRET_SIZE];
    struct vb_staff_row row;
    struct vb_secrets secrets;
    struct vb_buf uri = { 0 };
    enum vb_code code = find(place, name, &row, &secrets, err);
    if (code != VB_OK)
        return code;
    if (off && secrets.totp == NULL)
        return vb_fail(err, VB_E_BUSY, "the account %s asks for no code", name);
    vb_totp_secret(&place->env.random, secret);
    secrets.totp = off ? NULL : secret;
    secrets.step = 0;
    row.secrets = vb_secrets_write(&place->arena, &secrets);
    code = put_account(place, &row, off ? "staff totp --off" : "staff totp", false, err);
    if (code == VB_OK && !off) {
        vb_totp_uri(&uri, name, secret);
        fputs("for an authenticator app, shown this once:\n", stderr);
        printf("%s\n", uri.data);
        sodium_memzero(uri.data, uri.len);
    }
    sodium_memzero(secret, sizeof secret);
    vb_buf_finish(&uri);
    return code;
}

/* -- whose a case is --------------------------------------------------------------------------- */

/* The assignment that holds now; from_wall_ms 0: there is none. */
static enum vb_code find_assignment(struct vb_workplace *place, const char *name,
                                    const char *case_id, struct vb_assignment_row *out,
                                    struct vb_err *err)
{
    struct vb_assignment_row *rows;
    size_t count = 0;
    enum vb_code code =
        place->store->ops->assignments(place->store, name, &place->arena, &rows, &count, err);
    *out = (struct vb_assignment_row){ .case_id = case_id, .staff = name };
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(rows[i].case_id, case_id) && rows[i].until_wall_ms == 0)
            *out = rows[i];
    return code;
}

enum vb_code vb_staff_assign(struct vb_workplace *place, const char *name, const char *case_id,
                             bool end, struct vb_err *err)
{
    struct vb_staff_row row;
    struct vb_secrets secrets;
    struct vb_assignment_row assignment;
    enum vb_code code = find(place, name, &row, &secrets, err);
    if (code == VB_OK)
        code = find_assignment(place, name, case_id, &assignment, err);
    if (code != VB_OK)
        return code;
    bool has = assignment.from_wall_ms != 0;
    if (end != has)
        return vb_fail(err, VB_E_BUSY, "case %.64s is %s %s", case_id,
                       end ? "not given to" : "given already to", name);
    if (end)
        assignment.until_wall_ms = now_of(place);
    else
        assignment.from_wall_ms = now_of(place);
    const char *action = end ? "staff assign --end" : "staff assign";
    const struct vb_change changes[] = {
        { .kind = VB_PUT_ASSIGNMENT, .assignment = assignment },
        account_audit(place, action, case_id),
    };
    return vb_store_commit(place->store, changes, 2, err);
}
