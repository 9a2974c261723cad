/* paper.h - one role's questions as a blank form of paper: a page of HTML to print, with letters
 * that are easy to read and room to write. What is written on it is entered later (run --mode
 * paper).
 *
 * Every question that the role may be asked stands on it once, numbered, with its id in the margin;
 * what depends on another answer says so in words. The same plan and wish give the same bytes.
 * Pure; any thread. */
#ifndef VB_AUTHOR_PAPER_H
#define VB_AUTHOR_PAPER_H

#include "base/buf.h"
#include "data/instrument.h"

struct vb_paper_wish {
    int role, language;
    int format;        /* 0: standard */
    int form, variant; /* -1: none */
    uint32_t includes; /* vb_plan_included */
};

void vb_paper_form(struct vb_buf *out, const struct vb_plan *plan,
                   const struct vb_paper_wish *wish);

#endif
