/* audio_words.c - words of instruments that anybody may be shown, and each hearer's key of one.
 *
 *      word     keyed BLAKE2b of language and text          once for each text
 *      key      SipHash-2-4, 128 bits, of hearer and word   each time that it is shown
 *
 * Both under secrets of this process, so nobody has a key that was not shown to them. A key is not
 * kept: when somebody comes with one, it is that of the word that gives it. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "serve/audio_inner.h"

enum { BUCKETS = 1024 };

struct word {
    struct word *next; /* of the same bucket */
    unsigned char id[VB_AUDIO_ID];
    char *language, *text;
};
struct vb_audio_words {
    unsigned char secret[crypto_generichash_KEYBYTES];
    unsigned char key_secret[crypto_shorthash_siphashx24_KEYBYTES];
    struct word *buckets[BUCKETS];
};

struct vb_audio_words *vb_audio_words_create(void)
{
    struct vb_audio_words *words = vb_new(struct vb_audio_words);
    randombytes_buf(words->secret, sizeof words->secret);
    randombytes_buf(words->key_secret, sizeof words->key_secret);
    return words;
}

void vb_audio_forget_words(struct vb_audio_words *words)
{
    for (int i = 0; i < BUCKETS; i++)
        while (words->buckets[i] != NULL) {
            struct word *gone = words->buckets[i];
            words->buckets[i] = gone->next;
            free(gone->language);
            free(gone->text);
            free(gone);
        }
}

void vb_audio_words_destroy(struct vb_audio_words *words)
{
    vb_audio_forget_words(words);
    sodium_memzero(words, sizeof *words);
    free(words);
}

void vb_audio_word(struct vb_audio_words *words, const char *language, const char *text,
                   unsigned char id[VB_AUDIO_ID])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, words->secret, sizeof words->secret, VB_AUDIO_ID);
    crypto_generichash_update(&state, (const unsigned char *)language, strlen(language) + 1);
    crypto_generichash_update(&state, (const unsigned char *)text, strlen(text));
    crypto_generichash_final(&state, id, VB_AUDIO_ID);
    struct word **bucket = &words->buckets[(id[0] | id[1] << 8) % BUCKETS];
    for (const struct word *word = *bucket; word != NULL; word = word->next)
        if (memcmp(word->id, id, VB_AUDIO_ID) == 0)
            return;
    struct word *word = vb_new(struct word);
    memcpy(word->id, id, VB_AUDIO_ID);
    word->language = vb_strdup(language);
    word->text = vb_strdup(text);
    word->next = *bucket;
    *bucket = word;
}

/* -- keys ------------------------------------------------------------------------------------- */

struct vb_audio_hearer vb_audio_hears(const struct vb_audio_words *words, const char *hearer)
{
    struct vb_audio_hearer made = { .words = words };
    crypto_shorthash_siphashx24(made.id, (const unsigned char *)hearer, strlen(hearer),
                                words->key_secret);
    return made;
}

static void key_of(const struct vb_audio_hearer *hearer, const unsigned char word[VB_AUDIO_ID],
                   unsigned char key[VB_AUDIO_ID])
{
    unsigned char both[2 * VB_AUDIO_ID];
    memcpy(both, hearer->id, VB_AUDIO_ID);
    memcpy(both + VB_AUDIO_ID, word, VB_AUDIO_ID);
    crypto_shorthash_siphashx24(key, both, sizeof both, hearer->words->key_secret);
}

void vb_audio_fill(const struct vb_audio_hearer *hearer, const unsigned char word[VB_AUDIO_ID],
                   char key[VB_AUDIO_KEY])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char id[VB_AUDIO_ID];
    key_of(hearer, word, id);
    for (int i = 0; i < VB_AUDIO_ID; i++) {
        key[2 * i] = digits[id[i] >> 4];
        key[2 * i + 1] = digits[id[i] & 15];
    }
}

bool vb_audio_find_word(const struct vb_audio_words *words, const char *hearer,
                        const unsigned char id[VB_AUDIO_ID], const char **language,
                        const char **text)
{
    const struct vb_audio_hearer hears = vb_audio_hears(words, hearer);
    unsigned char key[VB_AUDIO_ID];
    for (int i = 0; i < BUCKETS; i++)
        for (const struct word *word = words->buckets[i]; word != NULL; word = word->next) {
            key_of(&hears, word->id, key);
            if (sodium_memcmp(key, id, VB_AUDIO_ID) != 0)
                continue;
            *language = word->language;
            *text = word->text;
            return true;
        }
    return false;
}
