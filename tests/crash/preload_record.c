/* preload_record.c - record.so: writes down everything that happens to the files below $CRASH_DIR.
 *
 *   CRASH_LOG=FILE    where to; added at its end, so that programs that run one after the other
 * make one record (record.h) CRASH_MARKS=FD    what the program writes here stands in the record,
 * between the calls: what it has acknowledged by then CRASH_BLIND=1     syncs are not written down,
 * as if the program had made none: a control, in which a cut must be seen to lose something
 *
 * Only what went well is written down, and syncs that failed. SQLite's -shm files are not: nothing
 * in them outlives a crash, by its own rules. A call and its record are one step under a lock, so
 * that the record has the order in which things happened. */
#include "preload.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "record.h"

enum { LOG_AT = 900 }; /* out of the way of a program that counts its descriptors */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;

static void give_up(const char *why)
{
    preload_real_write(STDERR_FILENO, why, strlen(why));
    _exit(99);
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("CRASH_LOG");
    int fd = path == NULL ? -1 : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    log_fd = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, LOG_AT);
    if (log_fd < 0)
        give_up("record.so: CRASH_LOG names no file that can be written\n");
    close(fd);
}

static bool is_of_no_account(const struct call *call)
{
    size_t len = call->path == NULL ? 0 : strlen(call->path);
    if (call->kind == CALL_SYNC && preload_number("CRASH_BLIND", 0) != 0)
        return true;
    return call->kind == CALL_READ || (len > 4 && strcmp(call->path + len - 4, "-shm") == 0);
}

int hook_before(struct call *call)
{
    if (!is_of_no_account(call))
        pthread_mutex_lock(&lock);
    return 0;
}

static void put_down(const struct call *call, long result)
{
    bool has_bytes = call->kind == CALL_WRITE || call->kind == CALL_MARK;
    struct record record = {
        .kind = call->kind,
        .flags = (call->made ? RECORD_MADE : 0) | (call->cuts ? RECORD_CUTS : 0) |
                 (result < 0 ? RECORD_FAILED : 0),
        .pid = getpid(),
        .fd = call->fd,
        .at = call->at,
        .len = has_bytes ? result : call->len,
        .path_len = call->path == NULL ? 0 : (uint32_t)strlen(call->path),
        .to_len = call->to == NULL ? 0 : (uint32_t)strlen(call->to),
        .data_len = has_bytes ? (uint32_t)result : 0,
    };
    const struct iovec pieces[] = {
        { &record, sizeof record },
        { (void *)(uintptr_t)call->path, record.path_len },
        { (void *)(uintptr_t)call->to, record.to_len },
        { (void *)(uintptr_t)call->bytes, record.data_len },
    };
    ssize_t len = (ssize_t)(sizeof record + record.path_len + record.to_len + record.data_len);
    if (writev(log_fd, pieces, 4) != len)
        give_up("record.so: the record could not be written\n");
}

void hook_after(const struct call *call, long result)
{
    if (is_of_no_account(call))
        return;
    if (result >= 0 || call->kind == CALL_SYNC)
        put_down(call, result);
    pthread_mutex_unlock(&lock);
}
