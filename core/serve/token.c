#include "serve/token.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

enum { TOKEN_BYTES = 32 };

static void spell(const unsigned char bytes[TOKEN_BYTES], char out[VB_TOKEN_SIZE])
{
    sodium_bin2base64(out, VB_TOKEN_SIZE, bytes, TOKEN_BYTES,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void vb_token_make(const struct vb_random *random, char token[VB_TOKEN_SIZE])
{
    unsigned char bytes[TOKEN_BYTES];
    random->fill(random->ctx, bytes, sizeof bytes);
    spell(bytes, token);
    sodium_memzero(bytes, sizeof bytes);
}

bool vb_token_hash(const char *token, char hash[VB_TOKEN_HASH_SIZE])
{
    unsigned char bytes[crypto_hash_sha256_BYTES];
    if (token == NULL || strlen(token) != VB_TOKEN_SIZE - 1)
        return false;
    for (const char *at = token; *at != '\0'; at++)
        if (!isalnum((unsigned char)*at) && *at != '-' && *at != '_')
            return false;
    crypto_hash_sha256(bytes, (const unsigned char *)token, VB_TOKEN_SIZE - 1);
    sodium_bin2hex(hash, VB_TOKEN_HASH_SIZE, bytes, sizeof bytes);
    return true;
}

void vb_token_csrf(const char *token, char csrf[VB_TOKEN_SIZE])
{
    static const unsigned char what[] = "verbond page token 1";
    unsigned char bytes[TOKEN_BYTES];
    crypto_generichash(bytes, sizeof bytes, what, sizeof what - 1, (const unsigned char *)token,
                       strlen(token));
    spell(bytes, csrf);
}

bool vb_token_same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strlen(a) == strlen(b) && sodium_memcmp(a, b, strlen(a)) == 0;
}

/* -- short codes ------------------------------------------------------------------------------- */

/* Without 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B: of two that look alike the one that is
 * here is meant. No U beside V, and so few words come of it. */
static const char alphabet[] = "23456789ACDEFGHJKMNPQRTVWXY";
enum { LETTERS = sizeof alphabet - 1 };

void vb_code_make(const struct vb_random *random, char shown[VB_CODE_SHOWN_SIZE])
{
    memset(shown, 0, VB_CODE_SHOWN_SIZE);
    for (int i = 0; i < VB_CODE_LENGTH; i++) {
        unsigned char byte;
        do { /* each letter as often as any other */
            random->fill(random->ctx, &byte, 1);
        } while (byte >= 256 / LETTERS * LETTERS);
        shown[i + (i >= VB_CODE_LENGTH / 2)] = alphabet[byte % LETTERS];
    }
    shown[VB_CODE_LENGTH / 2] = '-';
}

static char meant(char typed)
{
    static const char looks[] = "S5Z2B8UV";
    char letter = (char)toupper((unsigned char)typed);
    for (const char *at = looks; *at != '\0'; at += 2)
        if (letter == at[0])
            return at[1];
    return letter;
}

bool vb_code_read(const char *typed, char code[VB_CODE_LENGTH + 1])
{
    size_t len = 0;
    if (typed == NULL || strlen(typed) > 40)
        return false;
    for (; *typed != '\0'; typed++) {
        if (strchr(" -\t._", *typed) != NULL)
            continue;
        char letter = meant(*typed);
        if (len == VB_CODE_LENGTH || strchr(alphabet, letter) == NULL)
            return false;
        code[len++] = letter;
    }
    code[len] = '\0';
    return len == VB_CODE_LENGTH;
}

void vb_code_salt(const struct vb_random *random, char salt[VB_CODE_SALT_SIZE])
{
    unsigned char bytes[crypto_pwhash_SALTBYTES];
    random->fill(random->ctx, bytes, sizeof bytes);
    sodium_bin2hex(salt, VB_CODE_SALT_SIZE, bytes, sizeof bytes);
}

enum vb_code vb_code_hash(const struct vb_hash_cost *cost, const char code[VB_CODE_LENGTH + 1],
                          const char *salt, char hash[VB_TOKEN_HASH_SIZE], struct vb_err *err)
{
    const struct vb_cost at = vb_hash_cost_or_full(cost)->code;
    unsigned char bytes[TOKEN_BYTES], salted[crypto_pwhash_SALTBYTES];
    if (sodium_hex2bin(salted, sizeof salted, salt, strlen(salt), NULL, NULL, NULL) != 0)
        return vb_fail(err, VB_E_DATA, "the salt of short codes is not what was written");
    if (crypto_pwhash(bytes, sizeof bytes, code, VB_CODE_LENGTH, salted, at.passes, at.memory,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return vb_fail(err, VB_E_INTERNAL, "no memory to look at a short code");
    sodium_bin2hex(hash, VB_TOKEN_HASH_SIZE, bytes, sizeof bytes);
    return VB_OK;
}
