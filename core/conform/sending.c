#include "conform/sending.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/id.h"
#include "base/str.h"
#include "data/digest.h"

#define BYTES(name)                                                                                \
    extern const char _binary_core_conform_samples_##name##_start[];                               \
    extern const char _binary_core_conform_samples_##name##_end[]
#define SAMPLE(name, file)                                                                         \
    {                                                                                              \
        name, _binary_core_conform_samples_##file##_start,                                         \
            _binary_core_conform_samples_##file##_end                                              \
    }
BYTES(instrument_json);
BYTES(sheet_html);
BYTES(picture_png);
BYTES(items_json);
BYTES(scores_json);
BYTES(sheet_json);
BYTES(event_json);
BYTES(dossier_json);
BYTES(dossier_event_json);
BYTES(research_json);
BYTES(research_scores_json);
BYTES(talk_json);
BYTES(corrected_json);
BYTES(one_side_json);
BYTES(late_json);
BYTES(missing_json);
BYTES(missing_research_json);
BYTES(erased_person_json);
BYTES(erased_json);
BYTES(withdrawn_person_json);
BYTES(withdrawn_json);

static const struct sample {
    const char *name, *start, *end;
} samples[] = {
    SAMPLE("instrument", instrument_json),
    SAMPLE("sheet.html", sheet_html),
    SAMPLE("picture", picture_png),
    SAMPLE("items", items_json),
    SAMPLE("scores", scores_json),
    SAMPLE("sheet", sheet_json),
    SAMPLE("event", event_json),
    SAMPLE("dossier", dossier_json),
    SAMPLE("dossier-event", dossier_event_json),
    SAMPLE("research", research_json),
    SAMPLE("research-scores", research_scores_json),
    SAMPLE("talk", talk_json),
    SAMPLE("corrected", corrected_json),
    SAMPLE("one-side", one_side_json),
    SAMPLE("late", late_json),
    SAMPLE("missing", missing_json),
    SAMPLE("missing-research", missing_research_json),
    SAMPLE("erased-person", erased_person_json),
    SAMPLE("erased", erased_json),
    SAMPLE("withdrawn-person", withdrawn_person_json),
    SAMPLE("withdrawn", withdrawn_json),
};
enum {
    SAMPLES = sizeof samples / sizeof *samples,
    PICTURE_BYTES = 5 * 1024 * 1024,
    ROOM_BYTES = 4096 /* of a line: what stands around a result in it */
};

/* What the samples have in the place of ids and words. */
static const char sample_round[] = "r0ndeaaaaaaaaaaa", sample_client[] = "c0entaaaaaaaaaaa",
                  sample_worker[] = "w0rkeraaaaaaaaaa", sample_case[] = "sample-case",
                  sample_revision[] = "\"id\":\"r0ndeaaaaaaaaaaa/1\",\"revision\":1,";
static const char *const sample_words[] = { "marker-of-client", "marker-of-worker",
                                            "marker-of-talk" };

bool vb_sample(int index, const char **name, const char **bytes, size_t *len)
{
    if (index < 0 || index >= SAMPLES)
        return false;
    *name = samples[index].name;
    *bytes = samples[index].start;
    *len = (size_t)(samples[index].end - samples[index].start);
    return true;
}

static const struct sample *find(const char *name)
{
    size_t i = 0;
    while (i < SAMPLES && !vb_streq(samples[i].name, name))
        i++;
    vb_assert(i < SAMPLES);
    return &samples[i];
}

/* -- putting other words in ------------------------------------------------------------------- */

static const char *fresh(struct vb_arena *arena, const char *before)
{
    const struct vb_random random = vb_random_system();
    char id[VB_ID_SIZE];
    vb_id_make(&random, id);
    return vb_arena_printf(arena, "%s%s", before, id);
}

struct sampled sampled_round(struct trial *trial)
{
    return (struct sampled){ .round = fresh(&trial->arena, ""),
                             .kept_case = fresh(&trial->arena, "case-"),
                             .client = fresh(&trial->arena, ""),
                             .worker = fresh(&trial->arena, "") };
}

static bool change(struct vb_buf *text, const char *from, const char *to)
{
    struct vb_buf out = { 0 };
    size_t len = strlen(from);
    const char *at = text->data, *end = at + text->len;
    bool any = false;
    for (const char *found; (found = memmem(at, (size_t)(end - at), from, len)) != NULL;) {
        vb_buf_put(&out, at, (size_t)(found - at));
        vb_buf_puts(&out, to);
        at = found + len;
        any = true;
    }
    vb_buf_put(&out, at, (size_t)(end - at));
    vb_buf_finish(text);
    vb_buf_take(text, &out);
    return any;
}

static void put_in(struct vb_buf *text, const struct sampled *round, const char *const words[3])
{
    for (int i = 0; i < 3; i++)
        change(text, sample_words[i], words[i]);
    change(text, sample_round, round->round);
    change(text, sample_case, round->kept_case);
    change(text, sample_client, round->client);
    change(text, sample_worker, round->worker);
}

/* -- files that go along ---------------------------------------------------------------------- */

static void hand_file(struct trial *trial, struct sending *sending, const char *digest,
                      const char *type, const char *end, const struct vb_buf *bytes)
{
    struct vb_wire_blob *blob = &sending->blobs[sending->blob_count];
    const char *name = fresh(&trial->arena, "");
    *blob = (struct vb_wire_blob){ .digest = vb_arena_strdup(&trial->arena, digest),
                                   .type = type,
                                   .file = vb_arena_printf(&trial->arena, "%s/%s.%s", trial->handed,
                                                           name, end) };
    if (!tree_write(blob->file, bytes->data, bytes->len))
        trial_fail(trial, "the suite cannot write %s", blob->file);
    sending->blob_count++;
}

static void hand_sheet(struct trial *trial, const struct sampled *round, struct sending *sending)
{
    const struct sample *sheet = find("sheet.html");
    struct vb_buf page = { 0 };
    vb_buf_put(&page, sheet->start, (size_t)(sheet->end - sheet->start));
    put_in(&page, round, sending->words);
    hand_file(trial, sending, "sheet.html", "text/html", "html", &page);
    vb_buf_finish(&page);
}

static void hand_picture(struct trial *trial, struct sending *sending, const struct vb_buf *bytes)
{
    char digest[VB_DIGEST_SIZE];
    vb_digest(bytes->data, bytes->len, digest);
    hand_file(trial, sending, digest, "image/png", "png", bytes);
}

static bool has(const struct vb_buf *text, const char *word)
{
    return memmem(text->data, text->len, word, strlen(word)) != NULL;
}

/* -- a result ---------------------------------------------------------------------------------- */

static void keep_result(struct trial *trial, struct sending *sending, struct vb_buf *text)
{
    sending->result = vb_arena_strndup(&trial->arena, text->data, text->len);
    sending->result_len = text->len;
    vb_buf_finish(text);
}

/* Of the instrument, as every sample names it. */
static const char *digest_in(struct trial *trial, const char *instrument)
{
    static const char before[] = "\"digest\":\"";
    const char *at = strstr(instrument, before);
    vb_assert(at != NULL);
    at += sizeof before - 1;
    return vb_arena_strndup(&trial->arena, at, strcspn(at, "\""));
}

static void take_text(struct vb_buf *out, const struct sample *sample)
{
    vb_buf_put(out, sample->start, (size_t)(sample->end - sample->start));
    while (out->len > 0 && out->data[out->len - 1] == '\n')
        out->data[--out->len] = '\0';
}

static const char *instrument_text(struct trial *trial)
{
    struct vb_buf text = { 0 };
    take_text(&text, find("instrument"));
    const char *out = vb_arena_strndup(&trial->arena, text.data, text.len);
    vb_buf_finish(&text);
    return out;
}

/* picture NULL: the small one of the samples. */
static struct sending make(struct trial *trial, const struct sampled *round, const char *name,
                           int revision, const struct vb_buf *picture)
{
    struct vb_arena *arena = &trial->arena;
    struct sending sending = {
        .parcel =
            vb_arena_printf(arena, "%s/%s/%d", round->round, trial->suite->asked->output, revision),
        .instrument = instrument_text(trial),
        .words = { fresh(arena, "w"), fresh(arena, "w"), fresh(arena, "w") },
    };
    struct vb_buf text = { 0 }, small = { 0 };
    char digest[VB_DIGEST_SIZE], small_digest[VB_DIGEST_SIZE];
    take_text(&text, find(name));
    change(&text, sample_revision,
           vb_arena_printf(arena, "\"id\":\"%s/%d\",\"revision\":%d,", round->round, revision,
                           revision));
    put_in(&text, round, sending.words);
    const struct sample *png = find("picture");
    vb_buf_put(&small, png->start, (size_t)(png->end - png->start));
    vb_digest(small.data, small.len, small_digest);
    if (picture == NULL)
        picture = &small;
    vb_digest(picture->data, picture->len, digest);
    change(&text, small_digest, digest);
    if (has(&text, digest))
        hand_picture(trial, &sending, picture);
    if (has(&text, "\"content\":\"items\"") || has(&text, "\"content\":\"sheet\""))
        hand_sheet(trial, round, &sending);
    vb_buf_finish(&small);
    keep_result(trial, &sending, &text);
    sending.digest = digest_in(trial, sending.instrument);
    return sending;
}

struct sending sending_of(struct trial *trial, const struct sampled *round, const char *sample,
                          int revision)
{
    return make(trial, round, sample, revision, NULL);
}

void sending_change(struct trial *trial, struct sending *sending, const char *from, const char *to)
{
    struct vb_buf text = { 0 };
    vb_buf_put(&text, sending->result, sending->result_len);
    bool any = change(&text, from, to);
    vb_assert(any);
    keep_result(trial, sending, &text);
}

/* The client's words, and behind them as many more as were asked for. */
static void lengthen(struct trial *trial, struct sending *sending, size_t more)
{
    static const char line[] = " and so on, and on;";
    struct vb_buf words = { 0 };
    vb_buf_puts(&words, sending->words[0]);
    while (words.len < more)
        vb_buf_puts(&words, line);
    sending_change(trial, sending, sending->words[0], words.data);
    vb_buf_finish(&words);
}

struct sending sending_long(struct trial *trial, const struct sampled *round, const char *sample,
                            int revision, size_t more)
{
    struct sending sending = make(trial, round, sample, revision, NULL);
    /* The words stand there more than once: in the answer, and as a place. */
    lengthen(trial, &sending, more / 2);
    return sending;
}

struct sending sending_huge(struct trial *trial, const struct sampled *round, int revision)
{
    struct vb_buf picture = { 0 };
    const struct sample *png = find("picture");
    const struct vb_random random = vb_random_system();
    vb_buf_put(&picture, png->start, (size_t)(png->end - png->start));
    char *noise = vb_alloc(PICTURE_BYTES);
    random.fill(random.ctx, noise, PICTURE_BYTES);
    vb_buf_put(&picture, noise, PICTURE_BYTES);
    free(noise);
    struct sending sending = make(trial, round, "items", revision, &picture);
    vb_buf_finish(&picture);
    lengthen(trial, &sending,
             (VB_PROTOCOL_LINE_MAX - ROOM_BYTES - 2 * strlen(trial->folder) - sending.result_len) /
                 2);
    return sending;
}
