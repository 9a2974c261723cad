#include "serve/step_kept.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/digest.h"
#include "serve/audio.h"
#include "serve/serve_inner.h"
#include "session/shown.h"

enum { BUCKETS = 1024 };

/* All that a question of nobody in particular depends on. */
struct key {
    char digest[VB_DIGEST_SIZE]; /* of the instrument */
    int item, role, language, variant, setting, format;
    int after; /* the scale that was asked before, which says whether an introduction is due; -2:
                  none is wanted */
};
struct gap {
    size_t at; /* where its key goes */
    unsigned char word[VB_AUDIO_ID];
};
struct kept {
    struct kept *next; /* of the same bucket */
    struct key key;
    struct vb_buf json;
    struct gap *gaps;
    size_t gap_count, gap_cap;
};
struct vb_step_kept {
    struct kept *buckets[BUCKETS];
    size_t count;
};

/* -- the table -------------------------------------------------------------------------------- */

static void forget_all(struct vb_step_kept *table)
{
    for (int i = 0; i < BUCKETS; i++)
        while (table->buckets[i] != NULL) {
            struct kept *gone = table->buckets[i];
            table->buckets[i] = gone->next;
            vb_buf_finish(&gone->json);
            free(gone->gaps);
            free(gone);
        }
    table->count = 0;
}

void vb_step_kept_destroy(struct vb_step_kept *table)
{
    if (table == NULL)
        return;
    forget_all(table);
    free(table);
}

size_t vb_step_kept_count(const struct vb_step_kept *table)
{
    return table == NULL ? 0 : table->count;
}

static struct kept **bucket_of(struct vb_step_kept *table, const struct key *key)
{
    uint32_t hash = 2166136261u;
    const int numbers[] = { key->item,    key->role,   key->language, key->variant,
                            key->setting, key->format, key->after };
    for (const char *at = key->digest; *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hash = (hash ^ (uint32_t)numbers[i]) * 16777619u;
    return &table->buckets[hash % BUCKETS];
}

static bool is_same(const struct key *a, const struct key *b)
{
    return a->item == b->item && a->role == b->role && a->language == b->language &&
           a->variant == b->variant && a->setting == b->setting && a->format == b->format &&
           a->after == b->after && vb_streq(a->digest, b->digest);
}

/* -- what may be kept ------------------------------------------------------------------------- */

static int scale_before(const struct vb_fold *fold)
{
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    return count == 0 ? -1 : vb_fold_plan(fold)->items[path[count - 1].item].scale;
}

/* A name may stand in any text; how a picture is made depends on an answer. */
static bool may_be_kept(const struct vb_seat *seat, const struct vb_item *item, int member,
                        const struct vb_naming *naming)
{
    return member < 0 && naming->client == NULL && naming->professional == NULL &&
           naming->member == NULL && item->kind != VB_DRAW && item->kind != VB_PHOTO &&
           item->kind != VB_COLLAGE && strlen(vb_round_row(seat->round)->digest) < VB_DIGEST_SIZE;
}

static struct key key_of(const struct vb_seat *seat, const struct vb_item *item, bool intro,
                         const struct vb_naming *naming)
{
    const struct vb_fold *fold = vb_session_fold(seat->session);
    struct key key = { .item = item->index,
                       .role = vb_fold_role(fold),
                       .language = naming->language,
                       .variant = naming->variant,
                       .setting = naming->setting,
                       .format = vb_fold_format(fold),
                       .after = intro ? scale_before(fold) : -2 };
    strcpy(key.digest, vb_round_row(seat->round)->digest);
    return key;
}

/* -- keeping and giving ----------------------------------------------------------------------- */

/* What was written with gaps, with room for a key in each. */
static void take_gaps(struct kept *kept, const struct vb_buf *written)
{
    const char *at = written->data, *end = at + written->len, *gap;
    while ((gap = memchr(at, VB_AUDIO_GAP, (size_t)(end - at))) != NULL) {
        struct gap *made = vb_push(&kept->gaps, kept->gap_count++, &kept->gap_cap, sizeof *made);
        vb_buf_put(&kept->json, at, (size_t)(gap - at));
        made->at = kept->json.len;
        int rc = sodium_hex2bin(made->word, VB_AUDIO_ID, gap + 1, VB_AUDIO_KEY, NULL, NULL, NULL);
        vb_assert(rc == 0);
        at = gap + 1;
        vb_buf_put(&kept->json, at, VB_AUDIO_KEY);
        at += VB_AUDIO_KEY;
    }
    vb_buf_put(&kept->json, at, (size_t)(end - at));
}

static struct kept *make(struct vb_step_kept *table, const struct key *key,
                         const struct vb_seat *seat, const struct vb_item *item, bool intro,
                         vb_step_write *write)
{
    struct vb_seat anybody = *seat;
    struct vb_buf written = { 0 };
    if (table->count == VB_STEP_KEPT_MOST) {
        forget_all(table);
        vb_audio_forget_words(vb_audio_words_of(seat->exchange->serve));
    }
    struct kept *kept = vb_new(struct kept), **bucket = bucket_of(table, key);
    anybody.for_anybody = true;
    write(&written, &anybody, item, -1, intro);
    kept->key = *key;
    take_gaps(kept, &written);
    vb_buf_finish(&written);
    kept->next = *bucket;
    *bucket = kept;
    table->count++;
    return kept;
}

static void give(struct vb_buf *out, const struct vb_seat *seat, const struct kept *kept)
{
    const struct vb_audio_hearer hearer =
        vb_audio_hears(vb_audio_words_of(seat->exchange->serve), seat->exchange->who.token);
    size_t from = out->len;
    vb_buf_put(out, kept->json.data, kept->json.len);
    for (size_t i = 0; i < kept->gap_count; i++)
        vb_audio_fill(&hearer, kept->gaps[i].word, out->data + from + kept->gaps[i].at);
}

void vb_step_keep(struct vb_buf *out, const struct vb_seat *seat, const struct vb_item *item,
                  int member, bool intro, vb_step_write *write)
{
    struct vb_serve *serve = seat->exchange->serve;
    const struct vb_naming naming = vb_shown_naming(seat->session, member);
    if (!may_be_kept(seat, item, member, &naming)) {
        write(out, seat, item, member, intro);
        return;
    }
    if (serve->kept == NULL)
        serve->kept = vb_new(struct vb_step_kept);
    const struct key key = key_of(seat, item, intro, &naming);
    struct kept *kept = *bucket_of(serve->kept, &key);
    while (kept != NULL && !is_same(&kept->key, &key))
        kept = kept->next;
    if (kept == NULL)
        kept = make(serve->kept, &key, seat, item, intro, write);
    give(out, seat, kept);
}
