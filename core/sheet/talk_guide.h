/* talk_guide.h - how to talk with what people filled in: a few steps, in Dutch and English.
 *
 * The same steps for every instrument, without what does not fit it: nothing of friction where no
 * scale is negative, of filling in apart where one person fills in, of what both rate high where
 * answers are drawn or written. A family and each kind of card have steps of their own. They are
 * our own, after the subject's literature (docs/explanation/vier-kenmerken.md); nobody tested them.
 * Pure; any thread. */
#ifndef VB_TALK_GUIDE_H
#define VB_TALK_GUIDE_H

#include "base/buf.h"
#include "data/instrument.h"

enum { VB_TALK_STEPS_MAX = 8 };
struct vb_talk_step {
    const char *head, *text; /* in the arena it was made in */
};
struct vb_talk_guide {
    const char *title, *prompts; /* headings; what comes under prompts is the instrument's */
    struct vb_talk_step steps[VB_TALK_STEPS_MAX];
    int count; /* 0: there is nothing to talk with, as with a form for research */
};
/* language: a tag; Dutch for "nl" and its variants, else English. */
void vb_talk_guide_make(struct vb_talk_guide *out, const struct vb_plan *plan, const char *language,
                        struct vb_arena *arena);

/* A whole page of text of at most columns columns (0: 80): title, steps, the instrument's own
 * prompts. language: a tag, NULL: the instrument's first; variant, setting: of a round, -1: none.
 */
struct vb_talk_guide_options {
    const char *language;
    int variant, setting;
    bool colour;
    int columns;
};
/* false, and nothing appended: there is nothing to talk with. */
bool vb_talk_guide_text(struct vb_buf *out, const struct vb_plan *plan,
                        const struct vb_talk_guide_options *options);

#endif
