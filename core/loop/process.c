#include "loop/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <uv.h>

#include "base/buf.h"
#include "base/mem.h"

/* The pipes are ours and watched with uv_poll, not libuv's streams: those are sockets, which a
 * child cannot open again as /dev/stdin, and a write to one that was closed would raise SIGPIPE. */

enum { INPUT = 0, STREAMS = 3, CHUNK = 65536 };

struct stream {
    struct vb_process *process;
    uv_poll_t poll;
    int fd; /* our end; -1: closed */
    bool paused;
    size_t line_max;
    struct vb_buf held; /* of a line that has not ended; of the input: what was not taken */
};
struct vb_process {
    uv_process_t child;
    struct stream streams[STREAMS]; /* by descriptor of the child */
    size_t taken;                   /* of what the input holds */
    bool finishing;                 /* no more input comes */
    bool running;                   /* it was not reaped yet: its group's id is nobody else's */
    bool gone;                      /* destroyed: nothing is called any more */
    int handles;                    /* of libuv's, that were made and are not closed */
    struct vb_process_options options;
};

/* -- closing ---------------------------------------------------------------------------------- */

static void free_when_closed(struct vb_process *process)
{
    if (!process->gone || process->handles > 0)
        return;
    for (int i = 0; i < STREAMS; i++)
        vb_buf_finish(&process->streams[i].held);
    free(process);
}

static void on_close(uv_handle_t *handle)
{
    struct vb_process *process = handle->data;
    process->handles--;
    free_when_closed(process);
}

static void close_handle(struct vb_process *process, void *handle)
{
    ((uv_handle_t *)handle)->data = process;
    uv_close(handle, on_close);
}

/* uv_close has taken the descriptor out of the loop's watching when it returns. */
static void close_stream(struct stream *stream)
{
    if (stream->fd < 0)
        return;
    close_handle(stream->process, &stream->poll);
    close(stream->fd);
    stream->fd = -1;
}

static void close_streams(struct vb_process *process)
{
    for (int i = 0; i < STREAMS; i++)
        close_stream(&process->streams[i]);
}

/* -- reading ---------------------------------------------------------------------------------- */

static enum vb_stream which(const struct stream *stream)
{
    return (enum vb_stream)(stream - stream->process->streams);
}

static void hand_out_held(struct stream *stream, size_t len)
{
    const struct vb_process_options *options = &stream->process->options;
    struct vb_buf line = { 0 };
    vb_buf_take(&line, &stream->held);
    options->line(options->ctx, which(stream), line.data == NULL ? "" : line.data, len);
    vb_buf_finish(&line);
}

/* As much of the bytes as belongs to the line that is held; how many those were. */
static size_t take_bytes(struct stream *stream, const char *bytes, size_t len)
{
    const char *end = memchr(bytes, '\n', len);
    size_t part = end == NULL ? len : (size_t)(end - bytes);
    size_t room = stream->line_max - stream->held.len;
    if (part > room) {
        vb_buf_put(&stream->held, bytes, room);
        hand_out_held(stream, stream->line_max + 1);
        return room;
    }
    vb_buf_put(&stream->held, bytes, part);
    if (end == NULL)
        return part;
    hand_out_held(stream, stream->held.len);
    return part + 1;
}

static void split(struct stream *stream, const char *bytes, size_t len)
{
    while (len > 0 && !stream->process->gone) {
        size_t used = take_bytes(stream, bytes, len);
        bytes += used;
        len -= used;
    }
}

/* One read of at most most bytes. False: nothing is there, or nothing comes any more. */
static bool read_some(struct stream *stream, size_t most, size_t *got)
{
    char chunk[CHUNK];
    ssize_t n = read(stream->fd, chunk, most < sizeof chunk ? most : sizeof chunk);
    *got = n > 0 ? (size_t)n : 0;
    if (n < 0 && errno == EINTR)
        return true;
    if (n < 0 && errno == EAGAIN)
        return false;
    if (n <= 0) {
        close_stream(stream);
        return false;
    }
    split(stream, chunk, (size_t)n);
    return true;
}

static void on_readable(uv_poll_t *handle, int status, int events)
{
    (void)status; /* read says it better */
    (void)events;
    struct stream *stream = handle->data;
    struct vb_process *process = stream->process;
    size_t got;
    read_some(stream, CHUNK, &got);
    if (process->gone || stream->fd >= 0 || process->options.closed == NULL)
        return;
    process->options.closed(process->options.ctx, which(stream));
}

static void watch_output(struct stream *stream)
{
    if (stream->fd < 0)
        return;
    if (stream->paused) {
        uv_poll_stop(&stream->poll);
        return;
    }
    int rc = uv_poll_start(&stream->poll, UV_READABLE, on_readable);
    vb_assert(rc == 0); /* fails only on a closing handle */
}

void vb_process_pause(struct vb_process *process, enum vb_stream stream, bool paused)
{
    process->streams[stream].paused = paused;
    watch_output(&process->streams[stream]);
}

/* What is in the pipe now was written before the end; whoever else still holds the pipe open may
 * write on, unheard. */
static void drain(struct stream *stream)
{
    int left = 0;
    if (stream->fd >= 0 && ioctl(stream->fd, FIONREAD, &left) != 0)
        left = 0;
    while (left > 0 && stream->fd >= 0 && !stream->process->gone) {
        size_t got;
        if (!read_some(stream, (size_t)left, &got))
            break;
        left -= (int)got;
    }
    if (stream->held.len > 0 && !stream->process->gone)
        hand_out_held(stream, stream->held.len);
}

/* -- writing ---------------------------------------------------------------------------------- */

/* A pipe whose reader is gone raises SIGPIPE in the thread that writes; the process's own way with
 * that signal is not ours to change. */
static ssize_t write_quietly(int fd, const char *bytes, size_t len)
{
    const struct timespec at_once = { 0, 0 };
    sigset_t pipe_signal, before, waiting;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigpending(&waiting);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    ssize_t n = write(fd, bytes, len);
    int cause = errno;
    if (n < 0 && cause == EPIPE && !sigismember(&waiting, SIGPIPE))
        while (sigtimedwait(&pipe_signal, NULL, &at_once) < 0 && errno == EINTR)
            continue;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = cause;
    return n;
}

static void drop_input(struct vb_process *process)
{
    struct stream *input = &process->streams[INPUT];
    vb_buf_finish(&input->held);
    process->taken = 0;
    close_stream(input);
}

static void write_more(struct vb_process *process);
static void on_writable(uv_poll_t *handle, int status, int events)
{
    (void)status; /* write says it better */
    (void)events;
    write_more(((struct stream *)handle->data)->process);
}

static void watch_input(struct stream *input)
{
    if (input->held.len == 0) {
        uv_poll_stop(&input->poll);
        return;
    }
    int rc = uv_poll_start(&input->poll, UV_WRITABLE, on_writable);
    vb_assert(rc == 0);
}

static void write_more(struct vb_process *process)
{
    struct stream *input = &process->streams[INPUT];
    while (process->taken < input->held.len) {
        ssize_t n = write_quietly(input->fd, input->held.data + process->taken,
                                  input->held.len - process->taken);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            break;
        if (n < 0) {
            drop_input(process);
            return;
        }
        process->taken += (size_t)n;
    }
    if (process->taken == input->held.len) {
        vb_buf_finish(&input->held); /* results pass through here: they are not kept */
        process->taken = 0;
    }
    if (process->finishing && input->held.len == 0)
        close_stream(input);
    else
        watch_input(input);
}

void vb_process_write(struct vb_process *process, const char *line, size_t len)
{
    struct stream *input = &process->streams[INPUT];
    if (input->fd < 0 || process->finishing)
        return;
    vb_buf_put(&input->held, line, len);
    vb_buf_putc(&input->held, '\n');
    write_more(process);
}

size_t vb_process_waiting(const struct vb_process *process)
{
    return process->streams[INPUT].held.len - process->taken;
}

void vb_process_finish_input(struct vb_process *process)
{
    process->finishing = true;
    if (process->streams[INPUT].fd >= 0)
        write_more(process);
}

/* -- the child -------------------------------------------------------------------------------- */

void vb_process_signal(struct vb_process *process, int number)
{
    if (process->running)
        kill(-process->child.pid, number); /* fails only when the whole group is gone */
}

int vb_process_id(const struct vb_process *process)
{
    return process->child.pid;
}

static void on_exit_of_child(uv_process_t *child, int64_t code, int number)
{
    struct vb_process *process = child->data;
    vb_process_signal(process, SIGKILL); /* what it left behind */
    process->running = false;
    for (int i = VB_STREAM_OUT; i < STREAMS && !process->gone; i++)
        drain(&process->streams[i]);
    close_streams(process);
    close_handle(process, &process->child);
    if (!process->gone)
        process->options.ended(process->options.ctx, number == 0 ? code : 0, number);
}

void vb_process_destroy(struct vb_process *process)
{
    if (process == NULL)
        return;
    vb_process_signal(process, SIGKILL);
    process->gone = true;
    close_streams(process);
    /* While it runs, its handle stays: closed before, nobody would reap the child. */
    free_when_closed(process);
}

/* -- starting --------------------------------------------------------------------------------- */

static void close_ends(const int ends[STREAMS])
{
    for (int i = 0; i < STREAMS; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

static enum vb_code make_pipe(struct vb_process *process, struct vb_loop *loop, int which,
                              int *theirs, struct vb_err *err)
{
    struct stream *stream = &process->streams[which];
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return vb_fail(err, VB_E_IO, "making a pipe: %s", strerror(errno));
    *theirs = ends[which == INPUT ? 0 : 1];
    stream->fd = ends[which == INPUT ? 1 : 0];
    int rc = uv_poll_init(vb_loop_uv(loop), &stream->poll, stream->fd);
    if (rc != 0) {
        close(stream->fd);
        stream->fd = -1;
        return vb_fail(err, VB_E_IO, "watching a pipe: %s", uv_strerror(rc));
    }
    process->handles++;
    stream->poll.data = stream;
    return VB_OK;
}

static enum vb_code make_pipes(struct vb_process *process, struct vb_loop *loop,
                               int theirs[STREAMS], struct vb_err *err)
{
    for (int i = 0; i < STREAMS; i++) {
        enum vb_code rc = make_pipe(process, loop, i, &theirs[i], err);
        if (rc != VB_OK)
            return rc;
    }
    return VB_OK;
}

static enum vb_code spawn(struct vb_process *process, struct vb_loop *loop,
                          const int theirs[STREAMS], struct vb_err *err)
{
    const struct vb_process_options *options = &process->options;
    uv_stdio_container_t stdio[STREAMS];
    for (int i = 0; i < STREAMS; i++) {
        stdio[i].flags = UV_INHERIT_FD;
        stdio[i].data.fd = theirs[i];
    }
    const uv_process_options_t how = {
        .exit_cb = on_exit_of_child,
        .file = options->argv[0],
        .args = (char **)options->argv,
        .env = (char **)options->environment,
        .cwd = options->dir,
        .flags = UV_PROCESS_DETACHED, /* setsid: a session and a group of its own */
        .stdio_count = STREAMS,
        .stdio = stdio,
    };
    int rc = uv_spawn(vb_loop_uv(loop), &process->child, &how);
    process->handles++;
    if (rc != 0) {
        close_handle(process, &process->child);
        return vb_fail(err, rc == UV_ENOENT || rc == UV_ENOTDIR ? VB_E_ABSENT : VB_E_IO,
                       "starting %s in %s: %s", options->argv[0], options->dir, uv_strerror(rc));
    }
    process->child.data = process;
    process->running = true;
    return VB_OK;
}

enum vb_code vb_process_start(struct vb_process **out, struct vb_loop *loop,
                              const struct vb_process_options *options, struct vb_err *err)
{
    struct vb_process *process = vb_new(struct vb_process);
    int theirs[STREAMS] = { -1, -1, -1 };
    process->options = *options;
    for (int i = 0; i < STREAMS; i++) {
        process->streams[i].process = process;
        process->streams[i].fd = -1;
        process->streams[i].line_max = options->line_max[i];
    }
    enum vb_code rc = make_pipes(process, loop, theirs, err);
    if (rc == VB_OK)
        rc = spawn(process, loop, theirs, err);
    close_ends(theirs);
    if (rc != VB_OK) {
        vb_process_destroy(process);
        return rc;
    }
    watch_output(&process->streams[VB_STREAM_OUT]);
    watch_output(&process->streams[VB_STREAM_ERR]);
    *out = process;
    return VB_OK;
}
