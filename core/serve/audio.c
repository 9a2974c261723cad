/* audio.c - keys, and the sound behind one; the words that anybody may be shown are in
 * audio_words.c. */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "data/digest.h"
#include "data/json.h"
#include "data/text.h"
#include "data/texts.h"
#include "serve/audio_inner.h"
#include "serve/audio_keys.h"
#include "serve/serve_inner.h"
#include "serve/voice.h"
#include "sheet/html_spoken.h"

enum {
    FILE_MOST = 24 * 1024 * 1024, /* of one recording or kept sound */
    WAV_HEAD = 44,                /* bytes; less is no sound */
    ID_SIZE = VB_AUDIO_ID_SIZE,
    KEY_SIZE = 2 * ID_SIZE + 1
};
_Static_assert((int)ID_SIZE == (int)VB_AUDIO_ID, "the id of a word becomes that of a text");

struct vb_audio {
    unsigned char secret[crypto_generichash_KEYBYTES];
    struct vb_voice *voice;
    char *folder;
    struct vb_audio_keys *keys;
    struct vb_audio_words *words;
};

/* -- which texts ------------------------------------------------------------------------------ */

static struct vb_audio *audio_of(struct vb_serve *serve)
{
    if (serve->audio != NULL)
        return serve->audio;
    struct vb_audio *audio = vb_new(struct vb_audio);
    struct vb_buf folder = { 0 };
    randombytes_buf(audio->secret, sizeof audio->secret);
    audio->voice = vb_voice_create(serve->house->loop, NULL);
    audio->keys = vb_audio_keys_create();
    audio->words = vb_audio_words_create();
    if (serve->house->data != NULL)
        vb_buf_printf(&folder, "%s/audio", serve->house->data);
    audio->folder = vb_strdup(folder.data);
    vb_buf_finish(&folder);
    serve->audio = audio;
    return audio;
}

void vb_audio_destroy(struct vb_audio *audio)
{
    if (audio == NULL)
        return;
    vb_voice_destroy(audio->voice);
    vb_audio_keys_destroy(audio->keys);
    vb_audio_words_destroy(audio->words);
    sodium_memzero(audio->secret, sizeof audio->secret);
    free(audio->folder);
    free(audio);
}

static void id_of(unsigned char out[ID_SIZE], const struct vb_audio *audio, const char *hearer,
                  const char *language, const char *text)
{
    const char *const parts[] = { hearer, language, text };
    crypto_generichash_state state;
    crypto_generichash_init(&state, audio->secret, sizeof audio->secret, ID_SIZE);
    for (int i = 0; i < 3; i++)
        crypto_generichash_update(&state, (const unsigned char *)parts[i], strlen(parts[i]) + 1);
    crypto_generichash_final(&state, out, ID_SIZE);
}

/* "KEY" with its quotes, or null: nothing to hear. */
static void put_key(struct vb_buf *out, struct vb_audio *audio, const char *hearer,
                    const char *language, const char *text)
{
    unsigned char id[ID_SIZE];
    char key[KEY_SIZE];
    if (text == NULL || text[strspn(text, " \n\t")] == '\0' || strlen(text) > VB_VOICE_TEXT_MOST) {
        vb_buf_puts(out, "null");
        return;
    }
    vb_buf_putc(out, '"');
    if (hearer == NULL) {
        vb_audio_word(audio->words, language, text, id);
        vb_buf_putc(out, VB_AUDIO_GAP);
    } else {
        id_of(id, audio, hearer, language, text);
        vb_audio_keys_add(audio->keys, hearer, id, language, text);
    }
    sodium_bin2hex(key, sizeof key, id, ID_SIZE);
    vb_buf_put(out, key, KEY_SIZE - 1);
    vb_buf_putc(out, '"');
}

struct vb_audio_words *vb_audio_words_of(struct vb_serve *serve)
{
    return audio_of(serve)->words;
}

void vb_audio_put_said(struct vb_buf *out, struct vb_serve *serve, const char *hearer,
                       const char *language, const char *text)
{
    struct vb_buf clean = { 0 };
    vb_text_clean(&clean, text, strlen(text));
    vb_buf_puts(out, "\"text\":");
    vb_json_string(out, clean.len == 0 ? "" : clean.data, clean.len);
    vb_buf_puts(out, ",\"audio\":");
    put_key(out, audio_of(serve), hearer, language, clean.data);
    vb_buf_finish(&clean);
}

struct lines {
    struct vb_buf *out;
    struct vb_serve *serve;
    const char *hearer, *language;
};

static void put_line(void *ctx, const char *text)
{
    const struct lines *lines = ctx;
    vb_buf_puts(lines->out, lines->out->data[lines->out->len - 1] == '[' ? "{" : ",{");
    vb_audio_put_said(lines->out, lines->serve, lines->hearer, lines->language, text);
    vb_buf_putc(lines->out, '}');
}

void vb_audio_put_lines(struct vb_buf *out, struct vb_serve *serve, const char *hearer,
                        const char *language, const struct vb_buf *page)
{
    struct lines lines = { out, serve, hearer, language };
    vb_buf_puts(out, "{\"lines\":[");
    vb_html_spoken(page->data, page->len, put_line, &lines);
    vb_buf_puts(out, "]}");
}

/* A word that somebody wants to hear is from then on a text like any other. */
static struct vb_audio_entry *find_key(struct vb_audio *audio, const char *hearer, const char *key)
{
    unsigned char id[ID_SIZE];
    const char *language, *text;
    size_t len;
    if (strlen(key) != KEY_SIZE - 1 ||
        sodium_hex2bin(id, sizeof id, key, KEY_SIZE - 1, NULL, &len, NULL) != 0 || len != ID_SIZE)
        return NULL;
    struct vb_audio_entry *entry = vb_audio_keys_find(audio->keys, hearer, id);
    if (entry != NULL || !vb_audio_find_word(audio->words, hearer, id, &language, &text))
        return entry;
    vb_audio_keys_add(audio->keys, hearer, id, language, text);
    return vb_audio_keys_find(audio->keys, hearer, id);
}

const char *vb_audio_text(struct vb_serve *serve, const char *hearer, const char *key)
{
    const struct vb_audio_entry *entry = find_key(audio_of(serve), hearer, key);
    return entry == NULL ? NULL : entry->text;
}

/* -- words of the instrument ------------------------------------------------------------------- */

struct asking {
    struct vb_exchange *exchange;
    struct vb_audio *audio;
    const struct vb_plan *plan;
    const char *hearer;
    unsigned char id[ID_SIZE];
    const char *path; /* where it is kept; NULL: nowhere */
    vb_audio_done *done;
    void *ctx;
};

/* The instrument's own text that this is to the letter, with nothing filled in; NULL: it is none.
 */
static const struct vb_text_entry *own_text(const struct asking *asking,
                                            const struct vb_audio_entry *entry)
{
    size_t count;
    int language = vb_plan_language(asking->plan, entry->language);
    const struct vb_text_entry *list =
        vb_plan_texts(asking->plan, &asking->exchange->arena, &count);
    for (size_t i = 0; i < count; i++)
        if (vb_streq(list[i].text->by_language[language], entry->text) &&
            strchr(entry->text, '{') == NULL)
            return &list[i];
    return NULL;
}

/* A person's voice: audio/LANG/KEY.ogg beside the instrument.lua, KEY as vb_plan_texts says. */
static bool recorded(const struct asking *asking, const struct vb_audio_entry *entry,
                     const struct vb_text_entry *own, struct vb_buf *out, const char **type)
{
    static const char *const ends[][2] = { { "ogg", "audio/ogg" },
                                           { "mp3", "audio/mpeg" },
                                           { "wav", "audio/wav" } };
    const struct vb_house *house = asking->exchange->serve->house;
    const struct vb_plan *plan = asking->plan;
    struct vb_err err;
    if (house->recording == NULL)
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *name = vb_arena_printf(&asking->exchange->arena, "%s/%s.%s", entry->language,
                                           own->key, ends[i][0]);
        if (house->recording(house->ctx,
                             own->include < 0 ? plan->id : plan->includes[own->include].name, name,
                             out, &err) != VB_OK)
            continue;
        *type = ends[i][1];
        return true;
    }
    return false;
}

static const char *file_of(const struct vb_audio *audio, const struct vb_audio_entry *entry,
                           struct vb_arena *arena)
{
    char digest[VB_DIGEST_SIZE];
    const char *whole = vb_arena_printf(arena, "%s\n%s\n%s", vb_voice_name(audio->voice),
                                        entry->language, entry->text);
    vb_digest(whole, strlen(whole), digest);
    return vb_arena_printf(arena, "%s/%s.wav", audio->folder, strchr(digest, ':') + 1);
}

/* Whole or not at all. That it could not be kept costs time, not sound: the log says so. */
static void keep_file(const struct asking *asking, const struct vb_buf *sound)
{
    const char *folder = asking->audio->folder, *path = asking->path;
    const char *half = vb_arena_printf(&asking->exchange->arena, "%s.half", path);
    struct vb_err err;
    bool there = mkdir(folder, 0700) == 0 || errno == EEXIST;
    FILE *file = there ? fopen(half, "wb") : NULL;
    bool good = file != NULL && fwrite(sound->data, 1, sound->len, file) == sound->len &&
                fflush(file) == 0 && fsync(fileno(file)) == 0;
    good = (file == NULL || fclose(file) == 0) && good && rename(half, path) == 0;
    if (good)
        return;
    remove(half);
    vb_fail(&err, VB_E_IO, "a sound could not be kept in %s", folder);
    vb_serve_log(asking->exchange, VB_LOG_WARNING, &err);
}

/* -- one request ------------------------------------------------------------------------------- */

static void on_said(void *ctx, enum vb_code code, const struct vb_buf *sound)
{
    struct asking *asking = ctx;
    if (code == VB_OK && asking->path != NULL)
        keep_file(asking, sound);
    else if (code == VB_OK)
        vb_audio_keys_hold(asking->audio->keys, asking->hearer, asking->id, sound);
    asking->done(asking->ctx, code, "audio/wav", sound);
}

/* What is there already. */
static bool had(struct asking *asking, const struct vb_audio_entry *entry)
{
    const struct vb_text_entry *own = own_text(asking, entry);
    const char *type = "audio/wav";
    struct vb_buf sound = { 0 };
    struct vb_err err;
    bool there = own != NULL && recorded(asking, entry, own, &sound, &type);
    if (own != NULL && asking->audio->folder != NULL)
        asking->path = file_of(asking->audio, entry, &asking->exchange->arena);
    if (!there && asking->path != NULL)
        there =
            vb_file_read(&sound, asking->path, FILE_MOST, &err) == VB_OK && sound.len > WAV_HEAD;
    if (!there && entry->sound.len > 0) {
        vb_buf_clear(&sound);
        vb_buf_put(&sound, entry->sound.data, entry->sound.len);
        there = true;
    }
    if (there)
        asking->done(asking->ctx, VB_OK, type, &sound);
    vb_buf_finish(&sound);
    return there;
}

void vb_audio_say(struct vb_exchange *exchange, const struct vb_plan *plan, const char *hearer,
                  const char *key, vb_audio_done *done, void *ctx)
{
    struct vb_audio *audio = audio_of(exchange->serve);
    const struct vb_audio_entry *entry = find_key(audio, hearer, key);
    if (entry == NULL) {
        done(ctx, VB_E_ABSENT, NULL, NULL);
        return;
    }
    struct asking *asking = vb_arena_new(&exchange->arena, struct asking);
    *asking = (struct asking){ .exchange = exchange,
                               .audio = audio,
                               .plan = plan,
                               .hearer = vb_arena_strdup(&exchange->arena, hearer),
                               .done = done,
                               .ctx = ctx };
    memcpy(asking->id, entry->id, ID_SIZE);
    if (!had(asking, entry))
        vb_voice_say(audio->voice, hearer, entry->language, entry->text, on_said, asking);
}
