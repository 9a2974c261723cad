/* lines.h - text lines from a descriptor: a terminal, a pipe, a file.
 *
 * Waiting turns the loop, so that signals and timers are heard. Belongs to its loop's thread. */
#ifndef VB_LINES_H
#define VB_LINES_H

#include <stddef.h>

#include "loop/loop.h"

enum { VB_LINE_MAX = 1024 * 1024 }; /* bytes of one line */

struct vb_lines;
/* fd is borrowed, stays as blocking as it was, and is read by nobody else meanwhile. */
enum vb_code vb_lines_create(struct vb_lines **out, struct vb_loop *loop, int fd,
                             struct vb_err *err);
void vb_lines_destroy(struct vb_lines *lines); /* NULL is fine */

/* The next line without its newline (or CR LF), NUL-terminated, valid until the next call; what
 * stands after the last newline counts as a line. *line is NULL at the end. VB_E_STOPPED when a
 * signal came, VB_E_LIMIT past VB_LINE_MAX, VB_E_IO. */
enum vb_code vb_lines_next(struct vb_lines *lines, char **line, size_t *len, struct vb_err *err);

/* Forgets what was typed ahead: lines that were read and not handed out yet, and on a terminal what
 * still waits in it. The bytes are overwritten. */
void vb_lines_discard(struct vb_lines *lines);

/* Was the line that next gave last as long as a terminal hands over at once? A terminal drops what
 * was typed or pasted beyond that without a word. Always false for a file or pipe. */
bool vb_lines_cut(const struct vb_lines *lines);

#endif
