/* preload_slow.c - slow.so: a disk whose syncs take their time.
 *
 *   SLOW_SYNC_MS=N     fsync and fdatasync take N ms longer
 *   SLOW_SYNC_GATE=FD  each waits until a byte can be read from this descriptor (and goes through
 *                      at its end), so that a test can hold a sync as long as it likes, exactly
 *
 * Without $CRASH_DIR every file counts. */
#include "preload.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* So that a bench need not say where its files lie. */
__attribute__((constructor)) static void watch_everything(void)
{
    if (getenv("CRASH_DIR") == NULL)
        setenv("CRASH_DIR", "/", 1);
}

int hook_before(struct call *call)
{
    if (call->kind != CALL_SYNC)
        return 0;
    long ms = preload_number("SLOW_SYNC_MS", 0);
    struct timespec left = { ms / 1000, ms % 1000 * 1000000 };
    while (ms > 0 && nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
    long gate = preload_number("SLOW_SYNC_GATE", -1);
    char byte;
    while (gate >= 0 && read((int)gate, &byte, 1) < 0 && errno == EINTR)
        continue;
    return 0;
}

void hook_after(const struct call *call, long result)
{
    (void)call, (void)result;
}
