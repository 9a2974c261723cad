/* audio.h - reading aloud: which texts somebody may hear, and where their sound comes from. Room
 * serve only.
 *
 *      a text is shown -> vb_audio_put_said -> a key, for this hearer alone
 *      GET .../audio/{key} -> a person's recording, else what is kept, else the voice
 *
 * A key is made with a secret of this process from the hearer, the language and the text; what was
 * not shown to them has none, and nobody can try texts. A hearer is a seat (its token), or a member
 * of staff at one revision of a sheet: with the next, that one's keys open nothing. The sound of
 * the instrument's own words is kept as a file under the data folder, named by a digest. Words with
 * a name in them, and what people wrote, are never written down: their sound stays in memory for a
 * while.
 *
 * What many hearers are shown alike (step_kept.h) is written once with gaps for its keys, and each
 * gap is filled for whoever is shown it. The loop's thread. */
#ifndef VB_AUDIO_H
#define VB_AUDIO_H

#include "data/instrument.h"
#include "serve/exchange.h"

struct vb_audio;
/* "text":..,"audio":"KEY", or null where there is nothing to hear. The text is made safe to show:
 * controls and overrides of direction become U+FFFD. language: of the text. */
void vb_audio_put_said(struct vb_buf *out, struct vb_serve *serve, const char *hearer,
                       const char *language, const char *text);
/* With hearer NULL, of words that name nobody: instead of a key there stand a gap's byte, which no
 * JSON has, and the word's id as hex. Filling it gives the key, as long; words are known until they
 * are forgotten, and with them every key that was made of one. */
enum { VB_AUDIO_ID = 16, VB_AUDIO_KEY = 2 * VB_AUDIO_ID, VB_AUDIO_GAP = 1 };
struct vb_audio_words;
struct vb_audio_words *vb_audio_words_of(struct vb_serve *serve);
struct vb_audio_hearer { /* what the keys of one of them are made with */
    const struct vb_audio_words *words;
    unsigned char id[VB_AUDIO_ID];
};
struct vb_audio_hearer vb_audio_hears(const struct vb_audio_words *words, const char *hearer);
void vb_audio_fill(const struct vb_audio_hearer *hearer, const unsigned char word[VB_AUDIO_ID],
                   char key[VB_AUDIO_KEY]);
void vb_audio_forget_words(struct vb_audio_words *words);

/* A sheet as sheet/html.h wrote it: {"lines":[{"text","audio"},..]}. */
void vb_audio_put_lines(struct vb_buf *out, struct vb_serve *serve, const char *hearer,
                        const char *language, const struct vb_buf *page);

/* VB_E_ABSENT: there is no sound of this; VB_E_BUSY: too much of this hearer's, or of all, waits to
 * be read, and in VB_VOICE_LATER_S seconds it may go. type and sound are valid for the call. */
typedef void vb_audio_done(void *ctx, enum vb_code code, const char *type,
                           const struct vb_buf *sound);
/* The sound of a key; done runs once, now or later. plan: whose own words may be kept, needed until
 * this returns. The exchange stays until done. */
void vb_audio_say(struct vb_exchange *exchange, const struct vb_plan *plan, const char *hearer,
                  const char *key, vb_audio_done *done, void *ctx);
/* Waiting requests are answered. NULL is fine. */
void vb_audio_destroy(struct vb_audio *audio);

/* The text that a hearer's key stands for; NULL: none. For tests. */
const char *vb_audio_text(struct vb_serve *serve, const char *hearer, const char *key);

#endif
