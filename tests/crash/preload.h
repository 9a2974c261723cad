/* preload.h - how the preloaded libraries see a program: as the calls it makes on files.
 *
 *      program, SQLite -> open, pwrite, fdatasync ... of preload.c -> hook_before
 *                                                                  -> libc's own
 *                                                                  -> hook_after
 *
 * Each library (record.so, fault.so, slow.so; LD_PRELOAD) is preload.c and one file with the two
 * hooks. They stack. Told of are calls on files below the folder $CRASH_DIR, an absolute path
 * without links; a descriptor belongs to the name it was opened under. What stdio writes and what
 * is mapped goes by unseen: the store uses neither for what must last, and the test of the recorder
 * (states.sh) would find it. */
#ifndef CRASH_PRELOAD_H
#define CRASH_PRELOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum call_kind {
    CALL_OPEN,
    CALL_CLOSE,
    CALL_READ,
    CALL_WRITE,
    CALL_CUT,  /* ftruncate: to len */
    CALL_GROW, /* posix_fallocate: len from at on */
    CALL_SYNC,
    CALL_MKDIR,
    CALL_UNLINK, /* rmdir too */
    CALL_RENAME,
    CALL_LINK,
    CALL_MARK, /* written to the descriptor $CRASH_MARKS: what the program wants known */
    CALL_KINDS,
};
struct call {
    enum call_kind kind;
    int fd;
    const char *path, *to; /* absolute; to: RENAME, LINK */
    bool may_make, made;   /* OPEN: with O_CREAT; and made it (after) */
    bool cuts, at_end;     /* OPEN: O_TRUNC; WRITE: O_APPEND */
    const void *bytes;     /* WRITE, MARK */
    int64_t at, len;
};
#pragma GCC visibility push(hidden) /* each library has its own */
/* 0 lets it through, else the errno that it fails with. May lower len of a WRITE. */
int hook_before(struct call *call);
void hook_after(const struct call *call, long result); /* only after a call that was let through */

long preload_number(const char *name, long without);            /* of the environment */
long preload_real_write(int fd, const void *bytes, size_t len); /* past the hooks */
#pragma GCC visibility pop

#endif
