/* term_pass.h - the screens between two persons: nothing on them tells what the one before gave or
 * did. Room term only. */
#ifndef VB_TERM_PASS_H
#define VB_TERM_PASS_H

#include "term/term_desk.h"

/* The last words to one person, on a clean screen, and Enter; then everything is taken away again.
 * Whoever breaks off here was ready already: no error. VB_E_IO. */
enum vb_code vb_pass_close(struct vb_desk *desk, enum vb_phrase words, struct vb_err *err);
/* It is name's turn, give the computer to them; goes on when somebody says to be name. */
enum vb_code vb_pass_on(struct vb_desk *desk, const char *name, struct vb_err *err);
/* The question alone, for somebody who comes back. */
enum vb_code vb_pass_check(struct vb_desk *desk, const char *name, struct vb_err *err);

#endif
