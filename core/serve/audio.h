/* audio.h - reading aloud: which texts somebody may hear, and where their sound comes from. Room
 * serve only.
 *
 *      a text is shown -> vb_audio_put_key -> a key, for this seat alone
 *      GET /turn/audio/{key} -> a person's recording, else what is kept, else the voice
 *
 * A key is made with a secret of this process from the seat, the language and the text; what was
 * not shown to this seat has none, and nobody can try texts. The sound of the instrument's own
 * words is kept as a file under the data folder, named by a digest. Words with a name in them, and
 * what people wrote, are never written down: their sound stays in memory for a while. The loop's
 * thread. */
#ifndef VB_AUDIO_H
#define VB_AUDIO_H

#include "serve/seat.h"

struct vb_audio;
/* "KEY" with its quotes, or null: nothing to hear. language: of the text. */
void vb_audio_put_key(struct vb_buf *out, const struct vb_seat *seat, const char *language,
                      const char *text);
/* GET /turn/audio/{key}: sound, or 404. */
void vb_audio_get(struct vb_exchange *exchange);
/* Waiting requests are answered. NULL is fine. */
void vb_audio_destroy(struct vb_audio *audio);

/* The text that a seat's key stands for; NULL: none. For tests. */
const char *vb_audio_text(struct vb_serve *serve, const char *token, const char *key);

#endif
