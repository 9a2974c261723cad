/* seal.c - XChaCha20-Poly1305 for what is kept, BLAKE2b for keys made of keys. */
#include <sodium.h>
#include <string.h>

#include "store/keys_inner.h"

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
_Static_assert(VB_SEAL_BYTES == NONCE + crypto_aead_xchacha20poly1305_ietf_ABYTES, "nonce and tag");
_Static_assert(VB_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a key seals");
_Static_assert(VB_KEY_BYTES == crypto_generichash_KEYBYTES, "a key derives");

void vb_seal(const struct vb_keys *keys, const unsigned char key[VB_KEY_BYTES], const void *bytes,
             size_t len, const char *about, struct vb_buf *out)
{
    unsigned char nonce[NONCE];
    keys->random.fill(keys->random.ctx, nonce, sizeof nonce);
    vb_buf_put(out, nonce, sizeof nonce);
    vb_buf_reserve(out, len + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    unsigned long long sealed;
    crypto_aead_xchacha20poly1305_ietf_encrypt((unsigned char *)out->data + out->len, &sealed,
                                               bytes, len, (const unsigned char *)about,
                                               strlen(about), NULL, nonce, key);
    out->len += (size_t)sealed;
    out->data[out->len] = '\0';
}

enum vb_code vb_unseal(const unsigned char key[VB_KEY_BYTES], const void *bytes, size_t len,
                       const char *about, struct vb_buf *out, struct vb_err *err)
{
    const unsigned char *sealed = bytes;
    unsigned long long opened = 0;
    if (len < VB_SEAL_BYTES)
        return vb_fail(err, VB_E_DATA, "what was sealed is cut off");
    vb_buf_reserve(out, len - VB_SEAL_BYTES);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            (unsigned char *)out->data + out->len, &opened, NULL, sealed + NONCE, len - NONCE,
            (const unsigned char *)about, strlen(about), sealed, key) != 0)
        return vb_fail(err, VB_E_DATA, "what was sealed was changed, or belongs elsewhere");
    out->len += (size_t)opened;
    out->data[out->len] = '\0';
    return VB_OK;
}

/* Each part with its length before it, so that no two lists of words give the same bytes. */
static void take_in(crypto_generichash_state *state, const void *bytes, size_t len)
{
    uint64_t before = len;
    unsigned char prefix[8];
    for (int i = 0; i < 8; i++)
        prefix[i] = (unsigned char)(before >> (8 * i));
    crypto_generichash_update(state, prefix, sizeof prefix);
    crypto_generichash_update(state, bytes, len);
}

void vb_seal_derive(const unsigned char key[VB_KEY_BYTES], const char *purpose,
                    const struct vb_seal_word *words, size_t count, unsigned char out[VB_KEY_BYTES])
{
    static const char all[] = "verbond keys 1";
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, VB_KEY_BYTES, VB_KEY_BYTES);
    take_in(&state, all, sizeof all - 1);
    take_in(&state, purpose, strlen(purpose));
    for (size_t i = 0; i < count; i++)
        take_in(&state, words[i].bytes, words[i].len);
    crypto_generichash_final(&state, out, VB_KEY_BYTES);
    sodium_memzero(&state, sizeof state);
}
