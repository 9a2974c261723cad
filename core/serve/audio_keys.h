/* audio_keys.h - which texts each hearer may hear, and the sound of them that lies in memory. Room
 * serve only.
 *
 * Each hearer has a number of texts of its own, and the newest take the place of its oldest: what
 * is shown to one pushes out nothing of another. Whoever asked for nothing for longest goes when
 * too many hear at once. Sound is held up to a size, of each and of all; it can be made again. One
 * thread. */
#ifndef VB_AUDIO_KEYS_H
#define VB_AUDIO_KEYS_H

#include "base/buf.h"

enum {
    VB_AUDIO_ID_SIZE = 16,
    VB_AUDIO_TEXTS = 1024, /* of one hearer: more than the longest sheet or overview has */
    VB_AUDIO_HEARERS = 1024
};

struct vb_audio_entry {
    unsigned char id[VB_AUDIO_ID_SIZE];
    char *language, *text;
    struct vb_buf sound; /* empty: not made, or kept as a file */
    int next;            /* in the list of its ids; -1: the last */
};

struct vb_audio_keys;
struct vb_audio_keys *vb_audio_keys_create(void);
void vb_audio_keys_destroy(struct vb_audio_keys *keys); /* wipes the texts; NULL is fine */

/* NULL: it is not this hearer's. Valid until the next add. */
struct vb_audio_entry *vb_audio_keys_find(struct vb_audio_keys *keys, const char *hearer,
                                          const unsigned char id[VB_AUDIO_ID_SIZE]);
/* There already is fine. id: of hearer, language and text. */
void vb_audio_keys_add(struct vb_audio_keys *keys, const char *hearer,
                       const unsigned char id[VB_AUDIO_ID_SIZE], const char *language,
                       const char *text);
/* Holds a sound with its text, when that is still there. */
void vb_audio_keys_hold(struct vb_audio_keys *keys, const char *hearer,
                        const unsigned char id[VB_AUDIO_ID_SIZE], const struct vb_buf *sound);

#endif
