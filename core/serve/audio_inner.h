/* audio_inner.h - what audio.c and audio_words.c share. */
#ifndef VB_AUDIO_INNER_H
#define VB_AUDIO_INNER_H

#include "serve/audio.h"

struct vb_audio_words *vb_audio_words_create(void);
void vb_audio_words_destroy(struct vb_audio_words *words);
/* The id of a text, which is known from here on. */
void vb_audio_word(struct vb_audio_words *words, const char *language, const char *text,
                   unsigned char word[VB_AUDIO_ID]);
/* Which word this hearer's key stands for; false: none. language and text are borrowed until words
 * are forgotten. */
bool vb_audio_find_word(const struct vb_audio_words *words, const char *hearer,
                        const unsigned char id[VB_AUDIO_ID], const char **language,
                        const char **text);

#endif
