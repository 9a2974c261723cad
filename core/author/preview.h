/* preview.h - the screens of an instrument one after the other, as plain text: what a role would be
 * asked, with its answers, its id, and what a question hangs on in words. Nobody is asked and
 * nothing is stored.
 *
 * The same plan and wish give the same bytes. Pure; any thread. */
#ifndef VB_AUTHOR_PREVIEW_H
#define VB_AUTHOR_PREVIEW_H

#include "author/paper.h"

/* Appends the screens of the wish's role, in its language: the opening, then questions and messages
 * in the order of the flow (of a script in that of the file), what is asked together last. */
void vb_preview(struct vb_buf *out, const struct vb_plan *plan, const struct vb_paper_wish *wish);

#endif
