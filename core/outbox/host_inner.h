/* host_inner.h - what the files of the host share. Of this room only. */
#ifndef VB_OUTBOX_HOST_INNER_H
#define VB_OUTBOX_HOST_INNER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "outbox/protocol.h"

/* -- host_confine.c -----------------------------------------------------------------------------
 */

/* Limits of this process and what it becomes or starts: for good, but that of memory, which a
 * program may lift for what it starts. memory_max 0: no limit. */
enum vb_code vb_host_confine(size_t memory_max, struct vb_err *err);
/* Moves the protocol where a plugin does not step on it: what is printed on stdout goes to stderr,
 * and stdin is empty. */
enum vb_code vb_host_move_protocol(int *in, int *out, struct vb_err *err);

/* -- host_lines.c -------------------------------------------------------------------------------
 */

struct vb_host_lines {
    int fd;
    struct vb_buf buf;
    size_t used; /* of buf: handed out */
};
/* The next line, valid until the next call; NULL at the end. VB_E_LIMIT, VB_E_IO. */
enum vb_code vb_host_line(struct vb_host_lines *lines, const char **line, size_t *len,
                          struct vb_err *err);
/* One line to the engine, at once. */
enum vb_code vb_host_say(int fd, const struct vb_plugin_line *line, struct vb_err *err);

#endif
