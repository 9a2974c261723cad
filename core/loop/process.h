/* process.h - a child process that speaks in lines.
 *
 * It runs in a session and process group of its own, with a clean environment, in a folder it is
 * given; its standard input, output and error are pipes. When it ends, what it forked and left in
 * its group is ended too. Belongs to its loop's thread. */
#ifndef VB_PROCESS_H
#define VB_PROCESS_H

#include <stddef.h>
#include <stdint.h>

#include "loop/loop.h"

struct vb_process;
enum vb_stream { VB_STREAM_OUT = 1, VB_STREAM_ERR = 2 };
struct vb_process_options {
    const char *const *argv;        /* argv[0] is a path; ends with NULL */
    const char *const *environment; /* NAME=value, all it has; ends with NULL */
    const char *dir;                /* where it runs */
    size_t line_max[3];             /* bytes of one line, by enum vb_stream (0 unused) */
    /* One line without its newline, NUL-terminated, valid for the call. A longer one comes in
     * pieces of line_max bytes: len is line_max + 1 where it goes on. What stands after the last
     * newline counts as a line. Never after ended. May destroy the process, as the two below. */
    void (*line)(void *ctx, enum vb_stream stream, const char *text, size_t len);
    /* It closed this stream, and may run on; NULL: who asks does not care. */
    void (*closed)(void *ctx, enum vb_stream stream);
    /* It ended (exit code, or the signal that ended it, else 0) and its pipes are read to the end,
     * or were given up because somebody else holds them open. Once. */
    void (*ended)(void *ctx, int64_t code, int signal);
    void *ctx;
};
/* VB_E_IO, VB_E_ABSENT: it could not be started; ended is not called then. */
enum vb_code vb_process_start(struct vb_process **out, struct vb_loop *loop,
                              const struct vb_process_options *options, struct vb_err *err);
int vb_process_id(const struct vb_process *process);

/* A line, copied; the newline is added. What the child does not read waits here: see
 * vb_process_waiting. Writing to one that ended, or that closed its input, does nothing. */
void vb_process_write(struct vb_process *process, const char *line, size_t len);
size_t vb_process_waiting(const struct vb_process *process); /* bytes not taken yet */
/* No more lines: once it took what waits, the child sees the end of its input. */
void vb_process_finish_input(struct vb_process *process);
/* Reading this stream stops and goes on: a child that floods waits in its pipe meanwhile. Lines
 * that were read already still come; so does what is in the pipe when it ends. */
void vb_process_pause(struct vb_process *process, enum vb_stream stream, bool paused);
/* To the whole group, so that what it forked gets it too. Nothing once it ended. */
void vb_process_signal(struct vb_process *process, int signal);
/* NULL is fine. Ends the group (SIGKILL) when it still runs; nothing is called any more. Its memory
 * goes at one of the loop's next turns. */
void vb_process_destroy(struct vb_process *process);

#endif
