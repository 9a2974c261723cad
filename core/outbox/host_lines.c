#include "outbox/host_inner.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Blocking reads and writes: this process has nothing else to do. */

static enum vb_code read_more(struct vb_host_lines *lines, bool *ended, struct vb_err *err)
{
    enum { CHUNK = 65536 };
    vb_buf_reserve(&lines->buf, CHUNK);
    ssize_t got = read(lines->fd, lines->buf.data + lines->buf.len, CHUNK);
    if (got < 0 && errno == EINTR)
        return VB_OK;
    if (got < 0)
        return vb_fail(err, VB_E_IO, "reading what the engine says: %s", strerror(errno));
    *ended = got == 0;
    lines->buf.len += (size_t)got;
    return VB_OK;
}

static void drop_used(struct vb_host_lines *lines)
{
    if (lines->used == 0)
        return;
    lines->buf.len -= lines->used;
    memmove(lines->buf.data, lines->buf.data + lines->used, lines->buf.len);
    lines->used = 0;
}

/* A line that the engine did not finish is one that it did not say. */
enum vb_code vb_host_line(struct vb_host_lines *lines, const char **line, size_t *len,
                          struct vb_err *err)
{
    bool ended = false;
    size_t scanned = 0;
    drop_used(lines);
    *line = NULL;
    while (!ended) {
        char *end = lines->buf.len == scanned
                        ? NULL
                        : memchr(lines->buf.data + scanned, '\n', lines->buf.len - scanned);
        if (end != NULL) {
            *end = '\0';
            *line = lines->buf.data;
            *len = (size_t)(end - lines->buf.data);
            lines->used = *len + 1;
            return VB_OK;
        }
        scanned = lines->buf.len;
        if (scanned > VB_PROTOCOL_LINE_MAX)
            return vb_fail(err, VB_E_LIMIT, "the engine said a line of more than %d bytes",
                           VB_PROTOCOL_LINE_MAX);
        enum vb_code rc = read_more(lines, &ended, err);
        if (rc != VB_OK)
            return rc;
    }
    return VB_OK;
}

static enum vb_code write_all(int fd, const char *bytes, size_t len, struct vb_err *err)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return vb_fail(err, VB_E_IO, "answering the engine: %s", strerror(errno));
        bytes += n;
        len -= (size_t)n;
    }
    return VB_OK;
}

enum vb_code vb_host_say(int fd, const struct vb_plugin_line *line, struct vb_err *err)
{
    struct vb_buf out = { 0 };
    vb_protocol_plugin(&out, line);
    vb_buf_putc(&out, '\n');
    enum vb_code rc = write_all(fd, out.data, out.len, err);
    vb_buf_finish(&out);
    return rc;
}
