/* erase_words.h - what an erasing takes, and what it does not reach, in words: the same wherever it
 * is asked for. English, a line each. Pure. */
#ifndef VB_ERASE_WORDS_H
#define VB_ERASE_WORDS_H

#include "base/buf.h"
#include "session/erase.h"

/* verb: "erased", "this goes for good". member: somebody of a team, whose word stands nowhere. */
void vb_erase_words_what(struct vb_buf *out, const struct vb_erase *erase, bool member,
                         const char *verb);
/* Who has it already, and what this does not reach. */
void vb_erase_words_beyond(struct vb_buf *out, const struct vb_erase *erase);

#endif
