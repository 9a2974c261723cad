#include "whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "real_path.h"

static bool say(char *error, size_t error_size, const char *what, const char *path)
{
    snprintf(error, error_size, "%s %s: %s", what, path, strerror(errno));
    return false;
}

bool whole_file_sync_folder(const char *path)
{
    char *copy = strdup(path);
    int fd = copy == NULL ? -1 : open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    free(copy);
    return synced;
}

bool whole_file_write(int fd, const void *from, size_t len)
{
    const char *bytes = from;
    while (len > 0) {
        ssize_t wrote = write(fd, bytes, len);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return false;
        bytes += wrote;
        len -= (size_t)wrote;
    }
    return true;
}

/* 1: locked, and still what the name leads to; 0: who had it before gave it the other name, or took
 * it away; -1: errno says why. */
static int lock(int fd, const char *path)
{
    struct stat is, named;
    if (flock(fd, LOCK_EX) != 0 || fstat(fd, &is) != 0)
        return -1;
    if (stat(path, &named) != 0)
        return errno == ENOENT ? 0 : -1;
    return is.st_dev == named.st_dev && is.st_ino == named.st_ino;
}

static int open_beside(const char *beside)
{
    int locked = 0;
    while (locked == 0) {
        int fd = open(beside, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd < 0)
            return -1;
        locked = lock(fd, beside);
        if (locked > 0 && ftruncate(fd, 0) == 0)
            return fd;
        int why = errno;
        close(fd);
        errno = why;
    }
    return -1;
}

static bool put_beside(const char *beside, const char *path, const void *bytes, size_t len)
{
    int fd = open_beside(beside);
    if (fd < 0)
        return false;
    bool done = whole_file_write(fd, bytes, len) && fsync(fd) == 0 && rename(beside, path) == 0;
    int why = errno;
    if (!done)
        unlink(beside);
    close(fd);
    errno = why;
    return done && whole_file_sync_folder(path);
}

/* Where path leads to, and the name beside it. False: errno says why. */
static bool find(const char *path, char **real, char **beside)
{
    *real = real_path(path);
    *beside = *real == NULL ? NULL : malloc(strlen(*real) + sizeof ".new");
    if (*beside != NULL)
        sprintf(*beside, "%s.new", *real);
    return *beside != NULL;
}

bool whole_file_put(const char *path, const void *bytes, size_t len, char *error, size_t error_size)
{
    struct stat is;
    char *real, *beside;
    if (stat(path, &is) == 0 && !S_ISREG(is.st_mode)) {
        snprintf(error, error_size, "%s is no file", path);
        return false;
    }
    bool done = find(path, &real, &beside) && put_beside(beside, real, bytes, len);
    if (!done)
        say(error, error_size, "cannot write", path);
    free(real);
    free(beside);
    return done;
}

bool whole_file_remove(const char *path, char *error, size_t error_size)
{
    char *real, *beside;
    bool done = find(path, &real, &beside) && (unlink(real) == 0 || errno == ENOENT) &&
                (unlink(beside) == 0 || errno == ENOENT) && whole_file_sync_folder(real);
    if (!done)
        say(error, error_size, "cannot remove", path);
    free(real);
    free(beside);
    return done;
}
