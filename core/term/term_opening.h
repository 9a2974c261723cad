/* term_opening.h - the opening screen of one person, in pages where the window is short. Room term
 * only. */
#ifndef VB_TERM_OPENING_H
#define VB_TERM_OPENING_H

#include "data/text.h"
#include "term/term_run.h"

/* Who and what the texts of a session name; its strings live as long as the session does. */
void vb_opening_names(const struct vb_run *run, struct vb_session *session,
                      struct vb_naming *naming);

/* Shows it and waits until the person begins; *stop is set when they want to stop instead.
 * VB_E_STOPPED on a signal and at the end of the input, VB_E_IO. */
enum vb_code vb_opening_show(struct vb_run *run, struct vb_session *session,
                             const struct vb_due *due, bool *stop, struct vb_err *err);

#endif
