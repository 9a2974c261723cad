/* texts.h - every text of a plan in one list, each with a key of its own.
 *
 * Whoever goes over all words of an instrument (translations, checks of wording, read-aloud) goes
 * over this list, so that none of them forgets a place where words stand. Pure; any thread. */
#ifndef VB_TEXTS_H
#define VB_TEXTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "data/instrument.h"

enum vb_text_use {
    VB_USE_TITLE,  /* title, of the instrument, a scale, a total, a variant */
    VB_USE_ABOUT,  /* summary, notice, a campaign's invitation: about the instrument */
    VB_USE_TERM,   /* what stands in a slot: a word, no sentence */
    VB_USE_LABEL,  /* an answer, an option, an end of a line */
    VB_USE_ITEM,   /* the question itself */
    VB_USE_HELP,   /* help and intro */
    VB_USE_SAY,    /* a message between questions */
    VB_USE_PROMPT, /* a prompt for the talk */
};

struct vb_text_entry {
    /* "title", "item/trust.report/client", "scale/trust/title", "format/simple/2",
     * "option/areas/home", "say/1" (in the order of the flow), "prompt/1". The same words in
     * several roles of one item are one entry, under the first of these roles. */
    const char *key;
    const struct vb_text *text;
    enum vb_text_use use;
    int item, scale; /* whose it is; -1: nobody's */
    int include;     /* the include it came with; -1: the instrument's own */
    uint32_t roles;  /* ITEM: bit per role that reads it */
    int file, line;  /* where the item or scale was declared; line 0: not known */
};

/* In the order of the plan. The list and its keys hang in arena, the texts in the plan. */
struct vb_text_entry *vb_plan_texts(const struct vb_plan *plan, struct vb_arena *arena,
                                    size_t *count);

#endif
