/* voice.h - a voice that reads a text aloud: espeak-ng, a process for each text. Room serve only.
 *
 * The text goes in on standard input and the sound comes out on standard output: neither is ever an
 * argument or a file. A few run at once, some wait, each has a time and a size. Those who wait take
 * turns: whoever asks for much waits for the others, and hears sooner that it is too much. Its
 * loop's thread. */
#ifndef VB_VOICE_H
#define VB_VOICE_H

#include "base/buf.h"
#include "base/err.h"
#include "loop/loop.h"

struct vb_voice;
/* wav is valid for the call. VB_E_ABSENT: there is no sound; VB_E_BUSY: too much waits already. */
typedef void vb_voice_done(void *ctx, enum vb_code code, const struct vb_buf *wav);

/* program: a path; NULL: espeak-ng where it is installed. */
struct vb_voice *vb_voice_create(struct vb_loop *loop, const char *program);
/* Whoever waits still hears that there is no sound. NULL is fine. */
void vb_voice_destroy(struct vb_voice *voice);
/* Which it is, for names of what is kept: changes with the program and how it speaks. */
const char *vb_voice_name(const struct vb_voice *voice);
/* hearer: for whom. language: a BCP 47 tag; what stands behind its first part does not count. done
 * runs later, or at once where there is no voice, too much waits or the text is too long. */
void vb_voice_say(struct vb_voice *voice, const char *hearer, const char *language,
                  const char *text, vb_voice_done *done, void *ctx);
enum {
    VB_VOICE_TEXT_MOST = 6000, /* bytes */
    VB_VOICE_EACH = 6,         /* of one hearer that run or wait */
    VB_VOICE_LATER_S = 2       /* so soon a refused one may be asked for again */
};

#endif
