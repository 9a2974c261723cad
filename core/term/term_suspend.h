/* term_suspend.h - Ctrl-Z: the screen is taken away before the shell comes back, and drawn again
 * when the program goes on.
 *
 * The signal is heard only between allow and hold, while a line is waited for: nothing that the
 * handler reads changes then. One screen of the process at a time. Room term only. */
#ifndef VB_TERM_SUSPEND_H
#define VB_TERM_SUSPEND_H

#include "term/term_screen.h"

/* From here SIGTSTP is ours; off a terminal, or where it is ignored, nothing changes. screen is
 * borrowed until end. */
void vb_suspend_begin(struct vb_screen *screen);
void vb_suspend_end(void);
void vb_suspend_allow(void);
void vb_suspend_hold(void);

#endif
