#include "durable_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "real_path.h"
#include "whole_file.h"

struct durable_file {
    int fd;
    off_t size;
    char *path, *ending;
};

static bool say(char *error, size_t error_size, const char *what, const char *path)
{
    snprintf(error, error_size, "%s %s: %s", what, path, strerror(errno));
    return false;
}

static bool read_all(int fd, char *bytes, size_t len)
{
    for (size_t at = 0; at < len;) {
        ssize_t got = pread(fd, bytes + at, len - at, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got == 0)
            errno = EIO; /* somebody else made it shorter */
        if (got <= 0)
            return false;
        at += (size_t)got;
    }
    return true;
}

/* Behind the last ending; 0 where there is none. */
static size_t whole(const char *bytes, size_t len, const char *ending)
{
    size_t size = strlen(ending);
    for (size_t at = len; at >= size; at--)
        if (memcmp(bytes + at - size, ending, size) == 0)
            return at;
    return 0;
}

/* What a kill left of half a record was never said to be delivered. */
static bool cut_torn(struct durable_file *file, char *error, size_t error_size)
{
    size_t len;
    char *bytes = durable_file_read(file, &len, error, error_size);
    if (bytes == NULL)
        return false;
    size_t keep = whole(bytes, len, file->ending);
    free(bytes);
    if (keep == len)
        return true;
    if (ftruncate(file->fd, (off_t)keep) != 0 || fsync(file->fd) != 0)
        return say(error, error_size, "cannot mend", file->path);
    file->size = (off_t)keep;
    return true;
}

/* Locked, and still what the name leads to: who had it may have put another in its place. */
static bool is_ours(int fd, const char *path)
{
    struct stat is, named;
    return flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &is) == 0 && stat(path, &named) == 0 &&
           is.st_dev == named.st_dev && is.st_ino == named.st_ino;
}

/* -1: errno says why, EWOULDBLOCK when another process has it. */
static int open_locked(const char *path, int patience_ms)
{
    enum { PAUSE_MS = 10 };
    for (int waited_ms = 0;; waited_ms += PAUSE_MS) {
        int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (fd < 0 || is_ours(fd, path))
            return fd;
        close(fd);
        if (waited_ms >= patience_ms)
            break;
        nanosleep(&(struct timespec){ .tv_nsec = PAUSE_MS * 1000000L }, NULL);
    }
    errno = EWOULDBLOCK;
    return -1;
}

static bool take(struct durable_file *file, int patience_ms, char *error, size_t error_size)
{
    struct stat is;
    file->fd = open_locked(file->path, patience_ms);
    if (file->fd < 0 && errno == EWOULDBLOCK) {
        snprintf(error, error_size, "%s is in use by another process", file->path);
        return false;
    }
    if (file->fd < 0 || fstat(file->fd, &is) != 0 || !whole_file_sync_folder(file->path))
        return say(error, error_size, "cannot open", file->path);
    if (!S_ISREG(is.st_mode)) {
        snprintf(error, error_size, "%s is no file", file->path);
        return false;
    }
    file->size = is.st_size;
    return cut_torn(file, error, error_size);
}

struct durable_file *durable_file_open(const char *path, const char *ending, int patience_ms,
                                       char *error, size_t error_size)
{
    struct durable_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        errno = ENOMEM;
        say(error, error_size, "cannot open", path);
        return NULL;
    }
    file->fd = -1;
    file->path = real_path(path);
    file->ending = strdup(ending);
    if (file->path == NULL || file->ending == NULL)
        say(error, error_size, "cannot open", path);
    else if (take(file, patience_ms, error, error_size))
        return file;
    durable_file_close(file);
    return NULL;
}

void durable_file_close(struct durable_file *file)
{
    if (file == NULL)
        return;
    if (file->fd >= 0)
        close(file->fd);
    free(file->path);
    free(file->ending);
    free(file);
}

bool durable_file_append(struct durable_file *file, const char *bytes, size_t len, char *error,
                         size_t error_size)
{
    if (whole_file_write(file->fd, bytes, len) && fsync(file->fd) == 0) {
        file->size += (off_t)len;
        return true;
    }
    say(error, error_size, "cannot write", file->path);
    /* Also after a failed sync: what is not said to be there is not to be found there. When this
     * fails too, the same record comes once more, and a reader tells by its id. */
    if (ftruncate(file->fd, file->size) != 0)
        strncat(error, " (and it cannot be undone)", error_size - strlen(error) - 1);
    return false;
}

char *durable_file_read(struct durable_file *file, size_t *len, char *error, size_t error_size)
{
    char *bytes = malloc((size_t)file->size + 1);
    if (bytes == NULL || !read_all(file->fd, bytes, (size_t)file->size)) {
        say(error, error_size, "cannot read", file->path);
        free(bytes);
        return NULL;
    }
    *len = (size_t)file->size;
    bytes[*len] = '\0';
    return bytes;
}

/* A new file beside it, locked before it has the name. */
static int open_beside(const char *beside, const char *bytes, size_t len)
{
    int fd = open(beside, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0 && (flock(fd, LOCK_EX | LOCK_NB) != 0 || !whole_file_write(fd, bytes, len) ||
                    fsync(fd) != 0)) {
        int kept = errno;
        close(fd);
        unlink(beside);
        errno = kept;
        return -1;
    }
    return fd;
}

bool durable_file_replace(struct durable_file *file, const char *bytes, size_t len, char *error,
                          size_t error_size)
{
    size_t size = strlen(file->path) + sizeof ".new";
    char *beside = malloc(size);
    if (beside == NULL)
        return say(error, error_size, "cannot write", file->path);
    snprintf(beside, size, "%s.new", file->path);
    int fd = open_beside(beside, bytes, len);
    if (fd < 0 || rename(beside, file->path) != 0 || !whole_file_sync_folder(file->path)) {
        say(error, error_size, "cannot write", file->path);
        if (fd >= 0)
            close(fd);
        free(beside);
        return false;
    }
    free(beside);
    close(file->fd);
    file->fd = fd;
    file->size = (off_t)len;
    return true;
}

char *durable_file_without(const char *bytes, size_t len, const char *ending,
                           bool (*about)(void *ctx, const char *record, size_t len), void *ctx,
                           size_t *out_len, size_t *left_out)
{
    char *out = malloc(len + 1);
    *out_len = *left_out = 0;
    for (size_t at = 0; out != NULL && at < len;) {
        const char *end = memmem(bytes + at, len - at, ending, strlen(ending));
        size_t size = end == NULL ? len - at : (size_t)(end - bytes) - at + strlen(ending);
        if (about(ctx, bytes + at, size)) {
            ++*left_out;
        } else {
            memcpy(out + *out_len, bytes + at, size);
            *out_len += size;
        }
        at += size;
    }
    return out;
}
