#include "store/store_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

enum vb_code vb_store_folder_fail(struct vb_err *err, int errno_value, const char *what,
                                  const char *path)
{
    switch (errno_value) {
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOTDIR:
    case ENOENT:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
        return vb_fail(err, VB_E_CONFIG, "%s %s: %s", what, path, strerror(errno_value));
    case ENOSPC:
    case EDQUOT:
        return vb_fail(err, VB_E_IO, "%s %s: the disk is full", what, path);
    default:
        return vb_fail(err, VB_E_IO, "%s %s: %s", what, path, strerror(errno_value));
    }
}

enum vb_code vb_store_folder_sync(const char *dir, struct vb_err *err)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot open the folder", dir);
    enum vb_code code = VB_OK;
    if (fsync(fd) != 0)
        code = vb_store_folder_fail(err, errno, "cannot save the folder", dir);
    close(fd);
    return code;
}

/* A folder above ours that we may not open, or that stands where nothing is ever written, holds no
 * name of ours that is not durable: we could not have put it there. */
static enum vb_code sync_above(const char *dir, struct vb_err *err)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 && (errno == EACCES || errno == EPERM))
        return VB_OK;
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot open the folder", dir);
    int cause = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    if (cause == 0 || cause == EROFS || cause == EINVAL)
        return VB_OK;
    return vb_store_folder_fail(err, cause, "cannot save the folder", dir);
}

enum vb_code vb_store_folder_sync_path(const char *dir, struct vb_err *err)
{
    char *path = realpath(dir, NULL);
    if (path == NULL)
        return vb_store_folder_fail(err, errno, "cannot open the folder", dir);
    enum vb_code code = vb_store_folder_sync(path, err);
    while (code == VB_OK && path[1] != '\0') {
        char *slash = strrchr(path, '/');
        slash[slash == path] = '\0';
        code = sync_above(path, err);
    }
    free(path);
    return code;
}

/* -- where a path would lie -- */

/* The nearest of the path and what is above it that is there; to be freed. */
static char *nearest(const char *path)
{
    char *above = vb_strdup(path), *there;
    while ((there = realpath(above[0] == '\0' ? "." : above, NULL)) == NULL && above[0] != '\0') {
        char *slash = strrchr(above, '/');
        if (slash == above && slash[1] == '\0')
            break; /* not even the root */
        above[slash == NULL ? 0 : slash - above + (slash == above)] = '\0';
    }
    free(above);
    return there;
}

bool vb_store_folder_holds(const char *dir, const char *path)
{
    char *folder = realpath(dir, NULL), *place = nearest(path);
    size_t len = folder == NULL ? 0 : strlen(folder);
    len -= len == 1; /* the root */
    bool holds = folder != NULL && place != NULL && strncmp(place, folder, len) == 0 &&
                 (place[len] == '/' || place[len] == '\0');
    free(folder);
    free(place);
    return holds;
}

/* -- made, and locked -- */

/* Makes one folder; the name is made durable in the folder above. */
static enum vb_code make_one(char *path, struct vb_err *err)
{
    if (mkdir(path, 0700) != 0)
        return errno == EEXIST
                   ? VB_OK
                   : vb_store_folder_fail(err, errno, "cannot make the data folder", path);
    char *slash = strrchr(path, '/');
    if (slash == NULL)
        return vb_store_folder_sync(".", err);
    if (slash == path)
        return vb_store_folder_sync("/", err);
    *slash = '\0';
    enum vb_code code = vb_store_folder_sync(path, err);
    *slash = '/';
    return code;
}

enum vb_code vb_store_folder_make(const char *dir, struct vb_err *err)
{
    struct stat there;
    if (stat(dir, &there) == 0)
        return VB_OK; /* if it is not a folder, its first file will say so */
    char *path = vb_strdup(dir);
    enum vb_code code = VB_OK;
    for (char *c = path + 1; code == VB_OK && *path != '\0'; c++) {
        bool last = *c == '\0';
        if (!last && (*c != '/' || c[-1] == '/'))
            continue;
        *c = '\0';
        code = make_one(path, err);
        if (last)
            break;
        *c = '/';
    }
    free(path);
    return code;
}

static enum vb_code refuse_busy(int lock, const char *dir, struct vb_err *err)
{
    char pid[24];
    ssize_t n = pread(lock, pid, sizeof pid - 1, 0);
    pid[n > 0 ? n : 0] = '\0';
    long holder = strtol(pid, NULL, 10);
    if (holder <= 0)
        return vb_fail(err, VB_E_BUSY, "the data folder %s is in use by another process", dir);
    return vb_fail(err, VB_E_BUSY, "the data folder %s is in use by process %ld", dir, holder);
}

/* The lock holds without the number in it, which only tells others whom to look for. So a full disk
 * may leave it out: what is kept must still be readable then. */
static void write_pid(int lock)
{
    char pid[24];
    int len = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    ssize_t written = pwrite(lock, pid, (size_t)len, 0);
    if (ftruncate(lock, written == len ? len : 0) != 0)
        return;
}

static enum vb_code take_lock(struct vb_store_folder *folder, const char *dir, struct vb_err *err)
{
    struct vb_buf path = { 0 };
    vb_buf_printf(&path, "%s/lock", dir);
    enum vb_code code = VB_OK;
    folder->lock = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (folder->lock < 0) {
        code = vb_store_folder_fail(err, errno, "cannot write in the data folder", dir);
        goto fail;
    }
    int rc;
    do {
        rc = flock(folder->lock, LOCK_EX | LOCK_NB);
    } while (rc != 0 && errno == EINTR);
    if (rc == 0)
        write_pid(folder->lock);
    else if (errno == EWOULDBLOCK)
        code = refuse_busy(folder->lock, dir, err);
    else
        code = vb_store_folder_fail(err, errno, "cannot lock", path.data);
fail:
    vb_buf_finish(&path);
    if (code != VB_OK && folder->lock >= 0) {
        close(folder->lock); /* not ours: its number stays */
        folder->lock = -1;
    }
    return code;
}

enum vb_code vb_store_folder_open(struct vb_store_folder *folder, const char *dir,
                                  struct vb_err *err)
{
    *folder = (struct vb_store_folder){ .lock = -1 };
    if (dir[0] == '\0')
        return vb_fail(err, VB_E_CONFIG, "the data folder has an empty name");
    enum vb_code code = vb_store_folder_make(dir, err);
    if (code == VB_OK)
        code = take_lock(folder, dir, err);
    if (code != VB_OK)
        return code;
    folder->path = realpath(dir, NULL);
    if (folder->path != NULL)
        return VB_OK;
    code = vb_store_folder_fail(err, errno, "cannot open the data folder", dir);
    vb_store_folder_close(folder);
    return code;
}

void vb_store_folder_close(struct vb_store_folder *folder)
{
    if (folder->lock >= 0) {
        /* A number left behind would only name somebody who has gone. */
        if (ftruncate(folder->lock, 0) != 0)
            (void)errno;
        close(folder->lock);
    }
    free(folder->path);
    *folder = (struct vb_store_folder){ .lock = -1 };
}

/* -- the reserve -- */

static void reserve_path(const struct vb_store_folder *folder, struct vb_buf *path)
{
    vb_buf_printf(path, "%s/reserve", folder->path);
}

bool vb_store_folder_reserve(const struct vb_store_folder *folder, int64_t bytes)
{
    struct vb_buf path = { 0 };
    struct stat there;
    reserve_path(folder, &path);
    bool kept = stat(path.data, &there) == 0 && there.st_size >= bytes;
    int fd = kept ? -1 : open(path.data, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) {
        /* Not synced: a power cut may take it, and the next opening makes it again. */
        kept = posix_fallocate(fd, 0, bytes) == 0;
        close(fd);
        if (!kept)
            unlink(path.data);
    }
    vb_buf_finish(&path);
    return kept;
}

bool vb_store_folder_release(const struct vb_store_folder *folder)
{
    struct vb_buf path = { 0 };
    reserve_path(folder, &path);
    bool given = unlink(path.data) == 0;
    vb_buf_finish(&path);
    return given;
}
