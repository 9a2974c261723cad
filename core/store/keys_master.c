/* keys_master.c - the file of the master key: one line, "verbond-key-1 " and 64 hex digits.
 *
 * Whoever holds this file and the data folder reads everything, so it is readable by its owner only
 * and lies somewhere else. No byte of it is ever in a message. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/keys_inner.h"
#include "store/store_folder.h"

static const char head[] = "verbond-key-1 ";
enum { HEAD = sizeof head - 1, HEX = 2 * VB_KEY_BYTES, LINE = HEAD + HEX + 1 };

/* -- reading -- */

static enum vb_code check_file(int fd, const char *path, struct vb_err *err)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return vb_store_folder_fail(err, errno, "cannot read the key file", path);
    if (!S_ISREG(info.st_mode))
        return vb_fail(err, VB_E_CONFIG, "the key file %s is no file", path);
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return vb_fail(err, VB_E_CONFIG,
                       "the key file %s can be read by others: chmod 600 ends that, and think of "
                       "who may have read it",
                       path);
    return VB_OK;
}

static enum vb_code parse(const char *path, const char *line, size_t len,
                          unsigned char master[VB_KEY_BYTES], struct vb_err *err)
{
    const char *end;
    size_t n;
    if (len >= strlen("verbond-key-") && memcmp(line, head, strlen("verbond-key-")) == 0 &&
        (len < HEAD || memcmp(line, head, HEAD) != 0))
        return vb_fail(err, VB_E_CONFIG,
                       "the key file %s has a version this verbond does not know: use a newer "
                       "verbond",
                       path);
    if (len < HEAD || memcmp(line, head, HEAD) != 0)
        return vb_fail(err, VB_E_CONFIG,
                       "%s is no key file: set VERBOND_KEY to the path of the right one", path);
    if (len == LINE && line[LINE - 1] == '\n' &&
        sodium_hex2bin(master, VB_KEY_BYTES, line + HEAD, HEX, NULL, &n, &end) == 0 &&
        n == VB_KEY_BYTES)
        return VB_OK;
    return vb_fail(
        err, VB_E_CONFIG,
        "the key file %s is damaged (%zu bytes, not one line of %d): put your copy of it "
        "back",
        path, len, (int)LINE);
}

enum vb_code vb_keys_master_read(const char *path, unsigned char master[VB_KEY_BYTES],
                                 struct vb_err *err)
{
    char line[LINE + 1]; /* one more, to see that there is more */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT)
        return vb_fail(err, VB_E_ABSENT, "there is no key file %s", path);
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot read the key file", path);
    enum vb_code code = check_file(fd, path, err);
    if (code == VB_OK) {
        ssize_t len = pread(fd, line, sizeof line, 0);
        code = len < 0 ? vb_store_folder_fail(err, errno, "cannot read the key file", path)
                       : parse(path, line, (size_t)len, master, err);
    }
    sodium_memzero(line, sizeof line);
    close(fd);
    return code;
}

/* -- writing -- */

static enum vb_code write_line(int fd, const unsigned char master[VB_KEY_BYTES], const char *path,
                               struct vb_err *err)
{
    char line[LINE + 1];
    memcpy(line, head, HEAD);
    sodium_bin2hex(line + HEAD, HEX + 1, master, VB_KEY_BYTES);
    line[LINE - 1] = '\n';
    errno = ENOSPC; /* what a short write means */
    bool written = write(fd, line, LINE) == LINE && fsync(fd) == 0;
    int cause = errno;
    sodium_memzero(line, sizeof line);
    return written ? VB_OK : vb_store_folder_fail(err, cause, "cannot write the key file", path);
}

/* There is one after all: ours, from a try whose folder could not be synced, or another's. */
static enum vb_code refuse_other(const char *path, const unsigned char master[VB_KEY_BYTES],
                                 struct vb_err *err)
{
    unsigned char there[VB_KEY_BYTES];
    enum vb_code code = vb_keys_master_read(path, there, err);
    if (code == VB_OK && sodium_memcmp(there, master, VB_KEY_BYTES) != 0)
        code = vb_fail(err, VB_E_CONFIG, "the key file %s was made just now: start again", path);
    sodium_memzero(there, sizeof there);
    return code;
}

/* The file beside its place, whole and synced; link then puts it there only if nobody else did. A
 * power cut leaves either no key file or all of it. */
static enum vb_code write_beside(const char *path, const char *beside,
                                 const unsigned char master[VB_KEY_BYTES], struct vb_err *err)
{
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot make the key file", path);
    enum vb_code code = write_line(fd, master, path, err);
    close(fd);
    if (code == VB_OK && link(beside, path) != 0)
        code = errno == EEXIST ? refuse_other(path, master, err)
                               : vb_store_folder_fail(err, errno, "cannot make the key file", path);
    unlink(beside);
    return code;
}

/* A key in the data folder would be copied with what it opens. */
static enum vb_code refuse_inside(const char *folder, const char *path, const char *dir,
                                  struct vb_err *err)
{
    if (!vb_store_folder_holds(dir, folder))
        return VB_OK;
    return vb_fail(err, VB_E_CONFIG,
                   "the key file %s would lie in the data folder, and every copy of the data would "
                   "hold its key: set VERBOND_KEY to a path outside",
                   path);
}

static void folder_of(const char *path, struct vb_buf *folder)
{
    const char *slash = strrchr(path, '/');
    vb_buf_put(folder, path, slash == NULL ? 0 : (size_t)(slash - path));
    if (folder->len == 0)
        vb_buf_puts(folder, slash == NULL ? "." : "/");
}

enum vb_code vb_keys_master_write(const char *path, const char *dir,
                                  const unsigned char master[VB_KEY_BYTES],
                                  const struct vb_random *random, struct vb_err *err)
{
    struct vb_buf folder = { 0 }, beside = { 0 };
    char id[VB_ID_SIZE];
    folder_of(path, &folder);
    vb_id_make(random, id);
    vb_buf_printf(&beside, "%s.%s", path, id);
    enum vb_code code = vb_store_folder_make(folder.data, err);
    if (code == VB_OK)
        code = refuse_inside(folder.data, path, dir, err);
    if (code == VB_OK)
        code = write_beside(path, beside.data, master, err);
    vb_buf_finish(&folder);
    vb_buf_finish(&beside);
    return code;
}

enum vb_code vb_keys_master_keep(const char *path, struct vb_err *err)
{
    struct vb_buf folder = { 0 };
    folder_of(path, &folder);
    enum vb_code code = vb_store_folder_sync_path(folder.data, err);
    vb_buf_finish(&folder);
    return code;
}
