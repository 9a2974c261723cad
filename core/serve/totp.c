#include "serve/totp.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* -- SHA-1 and HMAC-SHA-1 (FIPS 180-4, RFC 2104): libsodium has neither, and apps know no other.
 * That SHA-1 has collisions does not matter to an HMAC (RFC 6194). -- */

enum { BLOCK = 64, SHA1 = 20 };

static uint32_t turn(uint32_t word, int bits)
{
    return word << bits | word >> (32 - bits);
}

static void sha1_block(uint32_t state[5], const unsigned char block[BLOCK])
{
    uint32_t w[80], a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 80; i++)
        w[i] = turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
        uint32_t f = i < 20   ? (b & c) | (~b & d)
                     : i < 40 ? b ^ c ^ d
                     : i < 60 ? (b & c) | (b & d) | (c & d)
                              : b ^ c ^ d;
        static const uint32_t k[4] = { 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6 };
        uint32_t next = turn(a, 5) + f + e + k[i / 20] + w[i];
        e = d, d = c, c = turn(b, 30), b = a, a = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

/* bytes behind one block that was taken in already (pad), so many of them that one block holds the
 * end: all an HMAC of a counter or of a digest needs. */
static void sha1_behind(const unsigned char pad[BLOCK], const unsigned char *bytes, size_t len,
                        unsigned char out[SHA1])
{
    uint32_t state[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
    unsigned char end[BLOCK] = { 0 };
    uint64_t bits = (BLOCK + len) * 8;
    memcpy(end, bytes, len);
    end[len] = 0x80;
    for (int i = 0; i < 8; i++)
        end[BLOCK - 1 - i] = (unsigned char)(bits >> (8 * i));
    sha1_block(state, pad);
    sha1_block(state, end);
    for (int i = 0; i < SHA1; i++)
        out[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

static void hmac_sha1(const unsigned char *key, size_t key_len, const unsigned char text[8],
                      unsigned char out[SHA1])
{
    unsigned char inner[BLOCK], outer[BLOCK], digest[SHA1];
    for (size_t i = 0; i < BLOCK; i++) {
        unsigned char byte = i < key_len ? key[i] : 0;
        inner[i] = byte ^ 0x36;
        outer[i] = byte ^ 0x5c;
    }
    sha1_behind(inner, text, 8, digest);
    sha1_behind(outer, digest, sizeof digest, out);
    sodium_memzero(inner, sizeof inner);
    sodium_memzero(outer, sizeof outer);
}

/* -- RFC 4226, 5.3, with the time as counter (RFC 6238) -- */

uint32_t vb_totp_at(const unsigned char *key, size_t len, int64_t step, int digits)
{
    unsigned char text[8], mac[SHA1];
    uint32_t most = 1;
    for (int i = 0; i < 8; i++)
        text[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    hmac_sha1(key, len, text, mac);
    int at = mac[SHA1 - 1] & 15;
    uint32_t number = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 |
                      (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    for (int i = 0; i < digits; i++)
        most *= 10;
    return number % most;
}

/* -- base 32 -- */

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void vb_totp_secret(const struct vb_random *random, char secret[VB_TOTP_SECRET_SIZE])
{
    unsigned char bytes[VB_TOTP_SECRET_BYTES];
    random->fill(random->ctx, bytes, sizeof bytes);
    for (int i = 0; i < VB_TOTP_SECRET_SIZE - 1; i++) {
        int bit = i * 5;
        unsigned pair = (unsigned)bytes[bit / 8] << 8 |
                        (bit / 8 + 1 < VB_TOTP_SECRET_BYTES ? bytes[bit / 8 + 1] : 0u);
        secret[i] = letters[pair >> (11 - bit % 8) & 31];
    }
    secret[VB_TOTP_SECRET_SIZE - 1] = '\0';
    sodium_memzero(bytes, sizeof bytes);
}

/* False: it is no secret of ours. */
static bool read_secret(const char *secret, unsigned char out[VB_TOTP_SECRET_BYTES])
{
    if (secret == NULL || strlen(secret) != VB_TOTP_SECRET_SIZE - 1)
        return false;
    memset(out, 0, VB_TOTP_SECRET_BYTES);
    for (int i = 0; i < VB_TOTP_SECRET_SIZE - 1; i++) {
        const char *at = strchr(letters, secret[i]);
        if (at == NULL)
            return false;
        for (int bit = 0; bit < 5; bit++) {
            int to = i * 5 + bit;
            if (((at - letters) >> (4 - bit) & 1) != 0)
                out[to / 8] |= (unsigned char)(0x80 >> (to % 8));
        }
    }
    return true;
}

/* Six digits; false: it is something else. */
static bool read_typed(const char *typed, char code[7])
{
    int len = 0;
    for (; typed != NULL && *typed != '\0'; typed++) {
        if (*typed == ' ')
            continue;
        if (*typed < '0' || *typed > '9' || len == 6)
            return false;
        code[len++] = *typed;
    }
    code[len] = '\0';
    return len == 6;
}

bool vb_totp_fits(const char *secret, const char *typed, int64_t now_wall_ms, int64_t last,
                  int64_t *step)
{
    unsigned char key[VB_TOTP_SECRET_BYTES];
    char want[16], code[7];
    bool fits = false;
    if (!read_secret(secret, key) || !read_typed(typed, code))
        return false;
    int64_t now = now_wall_ms / 1000 / VB_TOTP_STEP_S;
    for (int64_t at = now - 1; at <= now + 1; at++) {
        snprintf(want, sizeof want, "%06u", (unsigned)vb_totp_at(key, sizeof key, at, 6));
        if (sodium_memcmp(want, code, 6) == 0 && at > last && !fits) {
            fits = true;
            *step = at;
        }
    }
    sodium_memzero(key, sizeof key);
    return fits;
}

void vb_totp_uri(struct vb_buf *out, const char *name, const char *secret)
{
    vb_buf_printf(out, "otpauth://totp/verbond:%s?secret=%s&issuer=verbond", name, secret);
}
