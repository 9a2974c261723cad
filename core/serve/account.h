/* account.h - what an account is made of: its name, its roles, its secrets. Pure; any thread.
 *
 * The command line and the server read and write accounts with it. Secrets are the sealed part of
 * struct vb_staff_row, a JSON object: {"password", "totp", "step"}. */
#ifndef VB_ACCOUNT_H
#define VB_ACCOUNT_H

#include "base/id.h"
#include "base/mem.h"
#include "serve/hash_cost.h"
#include "serve/who.h"
#include "store/store.h"

enum {
    VB_ACCOUNT_NAME_MOST = 32,
    VB_PASSWORD_LEAST = 10,  /* characters */
    VB_PASSWORD_MOST = 1024, /* bytes */
    VB_PASSWORD_HASH_SIZE = 128,
    VB_PASSWORD_MADE_SIZE = 24
};

struct vb_secrets {       /* in the arena it was read into */
    const char *password; /* as crypto_pwhash_str writes it */
    const char *totp;     /* base 32; NULL: none */
    int64_t step;         /* the last that was used */
};
/* VB_E_DATA: not what was written. */
enum vb_code vb_secrets_read(struct vb_arena *arena, const struct vb_staff_row *row,
                             struct vb_secrets *out, struct vb_err *err);
const char *vb_secrets_write(struct vb_arena *arena, const struct vb_secrets *secrets);

/* 1 to 32 small letters, digits, dots, dashes and underscores, a letter first. VB_E_DATA. */
enum vb_code vb_account_name(const char *name, struct vb_err *err);
/* "worker,convenor" -> bits. VB_E_DATA names the word that is no role. */
enum vb_code vb_account_roles(const char *list, uint32_t *roles, struct vb_err *err);
/* And back, in the order of who.h. */
const char *vb_account_role_list(struct vb_arena *arena, uint32_t roles);
/* VB_E_ABSENT names the account that is meant, when one is near. */
enum vb_code vb_account_find(struct vb_store *store, const char *name, struct vb_arena *arena,
                             struct vb_staff_row *out, struct vb_err *err);

/* Long enough, text, and not the name. Nothing is asked of what it is made of. VB_E_DATA. */
enum vb_code vb_password_check(const char *password, const char *name, struct vb_err *err);
/* argon2id; cost NULL: the full one, which takes a tenth of a second. VB_E_INTERNAL: no memory. */
enum vb_code vb_password_hash(const struct vb_hash_cost *cost, const char *password,
                              char hash[VB_PASSWORD_HASH_SIZE], struct vb_err *err);
bool vb_password_fits(const char *password, const char *hash);
/* A hash nothing fits, which takes as long to try as any of full cost: for names that are no
 * account. */
const char *vb_password_nobody(void);
/* 20 random letters and digits in groups, over 95 bits. */
void vb_password_make(const struct vb_random *random, char out[VB_PASSWORD_MADE_SIZE]);

#endif
