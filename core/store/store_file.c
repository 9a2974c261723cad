#include "store/store_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/store_folder.h"

enum { CHUNK = 65536 };

static enum vb_code open_to_read(const char *path, int *fd, struct vb_err *err)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*fd >= 0)
        return VB_OK;
    if (errno == ENOENT)
        return vb_fail(err, VB_E_ABSENT, "%s is not there", path);
    return vb_store_folder_fail(err, errno, "cannot read", path);
}

static enum vb_code open_new(const char *path, int *fd, struct vb_err *err)
{
    *fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (*fd >= 0)
        return VB_OK;
    if (errno == EEXIST)
        return vb_fail(err, VB_E_CONFLICT, "%s is there already", path);
    return vb_store_folder_fail(err, errno, "cannot make", path);
}

static bool put_all(int fd, const char *bytes, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = write(fd, bytes + done, len - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* Syncs and closes what was written, or takes a file back that did not become whole. */
static enum vb_code finish_new(int fd, const char *path, bool written, struct vb_err *err)
{
    int cause = written && fsync(fd) == 0 ? 0 : errno;
    if (close(fd) != 0 && cause == 0)
        cause = errno;
    if (cause == 0)
        return VB_OK;
    unlink(path);
    return vb_store_folder_fail(err, cause, "cannot write", path);
}

enum vb_code vb_store_file_write(const char *path, const void *bytes, size_t len,
                                 struct vb_err *err)
{
    int fd;
    enum vb_code code = open_new(path, &fd, err);
    return code == VB_OK ? finish_new(fd, path, put_all(fd, bytes, len), err) : code;
}

enum vb_code vb_store_file_copy(const char *from, const char *to, struct vb_err *err)
{
    char chunk[CHUNK];
    int in, out;
    ssize_t n;
    bool written = true;
    enum vb_code code = open_to_read(from, &in, err);
    if (code != VB_OK)
        return code;
    code = open_new(to, &out, err);
    if (code != VB_OK) {
        close(in);
        return code;
    }
    while (written && (n = read(in, chunk, sizeof chunk)) != 0)
        written = n > 0 && put_all(out, chunk, (size_t)n);
    code = finish_new(out, to, written, err);
    close(in);
    return code;
}

enum vb_code vb_store_file_digest(const char *path, char out[VB_DIGEST_SIZE], int64_t *bytes,
                                  struct vb_err *err)
{
    char chunk[CHUNK];
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    int fd;
    ssize_t n;
    enum vb_code code = open_to_read(path, &fd, err);
    if (code != VB_OK)
        return code;
    crypto_hash_sha256_init(&state);
    *bytes = 0;
    while ((n = read(fd, chunk, sizeof chunk)) > 0) {
        crypto_hash_sha256_update(&state, (const unsigned char *)chunk, (size_t)n);
        *bytes += n;
    }
    if (n < 0)
        code = vb_store_folder_fail(err, errno, "cannot read", path);
    close(fd);
    crypto_hash_sha256_final(&state, hash);
    memcpy(out, "sha256:", 7);
    sodium_bin2hex(out + 7, VB_DIGEST_SIZE - 7, hash, sizeof hash);
    return code;
}

enum vb_code vb_store_file_sync(const char *path, struct vb_err *err)
{
    int fd;
    enum vb_code code = open_to_read(path, &fd, err);
    if (code != VB_OK)
        return code;
    if (fsync(fd) != 0)
        code = vb_store_folder_fail(err, errno, "cannot save", path);
    close(fd);
    return code;
}

/* -- moving and destroying --------------------------------------------------------------------- */

static enum vb_code sync_above(const char *path, struct vb_err *err)
{
    char *above = vb_strdup(path), *slash = strrchr(above, '/');
    if (slash == NULL)
        strcpy(above, ".");
    else
        slash[slash == above] = '\0';
    enum vb_code code = vb_store_folder_sync(above, err);
    free(above);
    return code;
}

enum vb_code vb_store_file_move(const char *from, const char *to, struct vb_err *err)
{
    if (rename(from, to) != 0)
        return vb_store_folder_fail(err, errno, "cannot move into place", to);
    enum vb_code code = sync_above(to, err);
    return code == VB_OK ? sync_above(from, err) : code;
}

static bool write_over(int fd)
{
    static const char zeros[CHUNK];
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    for (off_t at = 0; at < status.st_size;) {
        size_t len = status.st_size - at < CHUNK ? (size_t)(status.st_size - at) : CHUNK;
        ssize_t n = pwrite(fd, zeros, len, at);
        if (n < 0 && errno != EINTR)
            return false;
        at += n > 0 ? n : 0;
    }
    return fsync(fd) == 0;
}

enum vb_code vb_store_file_destroy(const char *path, struct vb_err *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT)
        return VB_OK;
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot destroy", path);
    bool over = write_over(fd);
    int cause = errno;
    close(fd);
    if (!over)
        return vb_store_folder_fail(err, cause, "cannot destroy", path);
    if (unlink(path) != 0)
        return vb_store_folder_fail(err, errno, "cannot destroy", path);
    return sync_above(path, err);
}
