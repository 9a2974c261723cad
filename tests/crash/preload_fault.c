/* preload_fault.c - fault.so: a disk, or a system, that fails at a chosen call.
 *
 *   FAULT_CALLS=LIST   which calls count: open close read write cut grow sync mkdir unlink rename
 *                      link, or several of them with commas between
 *   FAULT_AT=N         the Nth of them fails (counted over the process, from 1); 0: none
 *   FAULT_CODE=C       with EIO, ENOSPC, EMFILE, EACCES, or KILL: the process dies there (kill -9)
 *   FAULT_HALF=1       a write that fails writes half of it first, as on a disk that becomes full
 *   FAULT_STAYS=1      and so does every later one
 *   FAULT_COUNT=FILE   at the end the number of calls that counted is written here, so that whoever
 *                      sweeps knows when it met all of them
 *
 * A call on a file below $CRASH_DIR; with CRASH_DIR=/ anywhere. */
#include "preload.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const names[CALL_KINDS] = {
    [CALL_OPEN] = "open",     [CALL_CLOSE] = "close", [CALL_READ] = "read",
    [CALL_WRITE] = "write",   [CALL_CUT] = "cut",     [CALL_SYNC] = "sync",
    [CALL_GROW] = "grow",     [CALL_MKDIR] = "mkdir", [CALL_UNLINK] = "unlink",
    [CALL_RENAME] = "rename", [CALL_LINK] = "link",
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long met;
static bool half_done; /* the write that failed wrote half: the next one gets the error */

static bool counts(enum call_kind kind)
{
    const char *list = getenv("FAULT_CALLS");
    size_t len = names[kind] == NULL ? 0 : strlen(names[kind]);
    while (list != NULL && len > 0) {
        if (strncmp(list, names[kind], len) == 0 && (list[len] == ',' || list[len] == '\0'))
            return true;
        list = strchr(list, ',');
        list = list == NULL ? NULL : list + 1;
    }
    return false;
}

static int code(void)
{
    const char *name = getenv("FAULT_CODE");
    if (name == NULL || strcmp(name, "EIO") == 0)
        return EIO;
    if (strcmp(name, "KILL") == 0)
        kill(getpid(), SIGKILL);
    return strcmp(name, "ENOSPC") == 0 ? ENOSPC : strcmp(name, "EMFILE") == 0 ? EMFILE : EACCES;
}

static int meet(struct call *call)
{
    long at = preload_number("FAULT_AT", 0);
    bool stays = preload_number("FAULT_STAYS", 0) != 0;
    if (half_done && call->kind == CALL_WRITE) {
        half_done = stays;
        return code();
    }
    if (!counts(call->kind))
        return 0;
    met++;
    if (at == 0 || (met != at && !(stays && met > at)))
        return 0;
    if (call->kind == CALL_WRITE && call->len > 1 && preload_number("FAULT_HALF", 0) != 0) {
        half_done = true;
        call->len /= 2;
        return 0;
    }
    return code();
}

int hook_before(struct call *call)
{
    pthread_mutex_lock(&lock);
    int fails = meet(call);
    pthread_mutex_unlock(&lock);
    return fails;
}

void hook_after(const struct call *call, long result)
{
    const char *name = getenv("FAULT_CODE");
    (void)result;
    if (half_done && call->kind == CALL_WRITE && name != NULL && strcmp(name, "KILL") == 0)
        kill(getpid(), SIGKILL); /* in the middle of it */
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FAULT_COUNT");
    FILE *out = path == NULL ? NULL : fopen(path, "w");
    if (out == NULL)
        return;
    fprintf(out, "%ld\n", met);
    fclose(out);
}
