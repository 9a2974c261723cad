/* token.h - random tokens, short codes, and what is kept of them. Pure; any thread.
 *
 *      token    32 random bytes as base64url: in a link's fragment, in a cookie
 *      hash     SHA-256 of those characters, hex: what the store keeps. A token has 256 bits, so
 *               nobody finds one from its hash
 *      csrf     keyed BLAKE2b under the token: what a page of ours carries in X-Verbond-Token. It
 *               lies on no disk, and whoever has it cannot make the cookie from it
 *      code     8 characters of an alphabet without look-alikes, 38 bits: short enough to type, so
 *               it is kept as argon2id under a salt of the house, expires, and is tried rarely */
#ifndef VB_TOKEN_H
#define VB_TOKEN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/id.h"
#include "serve/hash_cost.h"
#include "serve/who.h"

enum {
    VB_CODE_LENGTH = 8,
    VB_CODE_SHOWN_SIZE = 12, /* "K7MQ-2XWD" and more than a NUL: auth.h's VB_SHORT_CODE_SIZE */
    VB_CODE_SALT_SIZE = 33   /* 16 bytes, hex */
};

void vb_token_make(const struct vb_random *random, char token[VB_TOKEN_SIZE]);
/* False: it is no token at all. */
bool vb_token_hash(const char *token, char hash[VB_TOKEN_HASH_SIZE]);
void vb_token_csrf(const char *token, char csrf[VB_TOKEN_SIZE]);
/* In time that tells nothing about where they differ; NULL is nobody's. */
bool vb_token_same(const char *a, const char *b);

void vb_code_make(const struct vb_random *random, char shown[VB_CODE_SHOWN_SIZE]);
/* What somebody typed as the 8 characters it means: case, dashes, blanks and characters that look
 * like one of the alphabet are forgiven. False: it cannot be a code. */
bool vb_code_read(const char *typed, char code[VB_CODE_LENGTH + 1]);
/* As the hash of a token, of the 8 characters: argon2id; cost NULL: the full one, which takes
 * some hundredths of a second. VB_E_INTERNAL: no memory. */
enum vb_code vb_code_hash(const struct vb_hash_cost *cost, const char code[VB_CODE_LENGTH + 1],
                          const char *salt, char hash[VB_TOKEN_HASH_SIZE], struct vb_err *err);
void vb_code_salt(const struct vb_random *random, char salt[VB_CODE_SALT_SIZE]);

#endif
