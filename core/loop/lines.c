#include "loop/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <uv.h>

#include "base/buf.h"
#include "base/mem.h"

struct vb_lines {
    uv_poll_t poll; /* only when polled */
    struct vb_loop *loop;
    int fd;
    bool polled; /* false: a regular file, which is always ready and cannot be polled */
    bool ready, ended;
    bool terminal, cut;
    struct vb_buf buf;
    size_t start;   /* of what was not handed out yet */
    size_t scanned; /* from start: no newline in these */
};

enum vb_code vb_lines_create(struct vb_lines **out, struct vb_loop *loop, int fd,
                             struct vb_err *err)
{
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0)
        return vb_fail(err, VB_E_IO, "reading lines: %s", strerror(errno));
    struct vb_lines *lines = vb_new(struct vb_lines);
    lines->loop = loop;
    lines->fd = fd;
    int rc = uv_poll_init(vb_loop_uv(loop), &lines->poll, fd);
    if (rc != 0 && rc != UV_EPERM) {
        free(lines);
        return vb_fail(err, VB_E_IO, "reading lines: %s", uv_strerror(rc));
    }
    lines->polled = rc == 0;
    lines->terminal = isatty(fd) == 1;
    lines->poll.data = lines;
    /* libuv made it non-blocking; on a terminal that would hit our own output and the shell, which
     * share it. One read after epoll said "readable" does not block. */
    if (fcntl(fd, F_SETFL, flags) < 0) {
        int code = errno;
        vb_lines_destroy(lines);
        return vb_fail(err, VB_E_IO, "reading lines: %s", strerror(code));
    }
    *out = lines;
    return VB_OK;
}

static void free_lines(struct vb_lines *lines)
{
    vb_buf_finish(&lines->buf);
    free(lines);
}

static void on_close(uv_handle_t *handle)
{
    free_lines(handle->data);
}

void vb_lines_destroy(struct vb_lines *lines)
{
    if (lines == NULL)
        return;
    if (lines->polled)
        uv_close((uv_handle_t *)&lines->poll, on_close);
    else
        free_lines(lines);
}

static void on_readable(uv_poll_t *handle, int status, int events)
{
    (void)status; /* read says it better */
    (void)events;
    struct vb_lines *lines = handle->data;
    lines->ready = true;
}

static enum vb_code wait_readable(struct vb_lines *lines, struct vb_err *err)
{
    lines->ready = !lines->polled;
    if (lines->polled) {
        int rc = uv_poll_start(&lines->poll, UV_READABLE | UV_DISCONNECT, on_readable);
        if (rc != 0)
            return vb_fail(err, VB_E_IO, "reading lines: %s", uv_strerror(rc));
    }
    enum vb_code code = vb_loop_until_signal(lines->loop, &lines->ready, err);
    if (lines->polled)
        uv_poll_stop(&lines->poll);
    return code;
}

static enum vb_code read_more(struct vb_lines *lines, struct vb_err *err)
{
    enum { CHUNK = 4096 };
    enum vb_code code = wait_readable(lines, err);
    if (code != VB_OK)
        return code;
    vb_buf_reserve(&lines->buf, CHUNK);
    ssize_t got = read(lines->fd, lines->buf.data + lines->buf.len, CHUNK);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return VB_OK;
    if (got < 0 && errno != EIO) /* EIO: the terminal was closed */
        return vb_fail(err, VB_E_IO, "reading lines: %s", strerror(errno));
    if (got <= 0)
        lines->ended = true;
    else
        lines->buf.len += (size_t)got;
    return VB_OK;
}

/* What was handed out before makes room. Answers pass through here: they are not left behind. */
static void drop_used(struct vb_lines *lines)
{
    size_t rest = lines->buf.len - lines->start;
    if (lines->start == 0)
        return;
    memmove(lines->buf.data, lines->buf.data + lines->start, rest);
    memset(lines->buf.data + rest, 0, lines->start);
    lines->buf.len = rest;
    lines->start = 0;
}

/* What a terminal in canonical mode hands over at most: its buffer less the newline. */
enum { TERMINAL_LINE_MAX = 4095 };

static char *take(struct vb_lines *lines, size_t len, size_t with_end, size_t *out_len)
{
    char *line = lines->buf.data + lines->start;
    lines->start += with_end;
    lines->scanned = 0;
    lines->cut = lines->terminal && len >= TERMINAL_LINE_MAX;
    if (len > 0 && line[len - 1] == '\r')
        len--;
    line[len] = '\0'; /* over the newline; past the end there is room for it */
    *out_len = len;
    return line;
}

enum vb_code vb_lines_next(struct vb_lines *lines, char **line, size_t *len, struct vb_err *err)
{
    drop_used(lines);
    *line = NULL;
    *len = 0;
    for (;;) {
        size_t have = lines->buf.len - lines->start;
        const char *from = have == 0 ? NULL : lines->buf.data + lines->start;
        const char *end =
            have == 0 ? NULL : memchr(from + lines->scanned, '\n', have - lines->scanned);
        if (end != NULL) {
            *line = take(lines, (size_t)(end - from), (size_t)(end - from) + 1, len);
            return VB_OK;
        }
        lines->scanned = have;
        if (have > VB_LINE_MAX)
            return vb_fail(err, VB_E_LIMIT, "a line is longer than %d bytes", VB_LINE_MAX);
        if (lines->ended) {
            if (have > 0)
                *line = take(lines, have, have, len);
            return VB_OK;
        }
        enum vb_code code = read_more(lines, err);
        if (code != VB_OK)
            return code;
    }
}

void vb_lines_discard(struct vb_lines *lines)
{
    if (lines->buf.data != NULL)
        memset(lines->buf.data, 0, lines->buf.len);
    lines->buf.len = 0;
    lines->start = 0;
    lines->scanned = 0;
    if (lines->terminal)
        (void)tcflush(lines->fd, TCIFLUSH); /* a terminal that is gone has nothing waiting */
}

bool vb_lines_cut(const struct vb_lines *lines)
{
    return lines->cut;
}
