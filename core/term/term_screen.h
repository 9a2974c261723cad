/* term_screen.h - words on a terminal, or plain ones in a file.
 *
 * Everything that an author or a person wrote is cleaned of control characters on its way out.
 * Escape sequences are written only on a terminal. One thread. */
#ifndef VB_TERM_SCREEN_H
#define VB_TERM_SCREEN_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

/* Takes away what is shown and what was scrolled away. */
#define VB_SCREEN_WIPE "\x1b[0m\x1b[H\x1b[2J\x1b[3J"

enum vb_style { VB_PLAIN, VB_BOLD, VB_DIM };
struct vb_screen {
    FILE *out;
    bool terminal, colour;
    int fixed;           /* columns that somebody asked for; 0: the window's own */
    int columns, rows;   /* of the window, read again at every fresh screen; at most 80 columns are
                            used; rows 0: not known */
    struct vb_buf kept;  /* what stands on a terminal's screen, to draw it again; the owner's */
    bool prompted;       /* the cursor stands behind a prompt */
    struct vb_buf *into; /* what is written goes here instead; NULL: to out */
};

/* A fresh screen for the next thing; off a terminal an empty line. */
void vb_screen_next(struct vb_screen *screen);
/* A person typed this line and the terminal showed it. */
void vb_screen_echoed(struct vb_screen *screen, const char *line);
/* Takes away everything that was shown, what was scrolled away included: nobody reads it back. */
void vb_screen_wipe(struct vb_screen *screen);

/* Writes text, wrapped, after indent spaces, and a newline. */
void vb_screen_text(struct vb_screen *screen, enum vb_style style, int indent, const char *text);
/* Writes lines that were captured (into), as they are; at least one byte. */
void vb_screen_lines(struct vb_screen *screen, const char *captured, size_t len);
/* Writes text as it is, on a line of its own that is never broken: something to copy. */
void vb_screen_whole(struct vb_screen *screen, const char *text);
/* Writes parts with " | " between; a line ends between two parts, never within one that fits. */
void vb_screen_parts(struct vb_screen *screen, int indent, const char *const *parts, int count);
/* Writes "  3  text", wrapped under the text. */
void vb_screen_choice(struct vb_screen *screen, int number, const char *text);
void vb_screen_gap(struct vb_screen *screen); /* an empty line */
/* A line between two end words, with no mark on it: nothing that could pull an answer. */
void vb_screen_ruler(struct vb_screen *screen, const char *left, const char *right);
/* Ends the line of a prompt that nobody answered. */
void vb_screen_leave(struct vb_screen *screen);
/* Writes "> " and hands everything to the terminal. VB_E_IO when that fails. */
enum vb_code vb_screen_prompt(struct vb_screen *screen, struct vb_err *err);

#endif
