#include "script/output_place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

enum { PATIENCE_MS = 2000, PAUSE_MS = 10, PIECE = 65536, NAME_MAX_BYTES = 256 };

static enum vb_code say(const struct vb_output_place *place, const char *what, struct vb_err *err)
{
    int no = errno;
    if (no == ELOOP)
        return vb_fail(err, VB_E_IO, "%s: there is a link where a file should be", place->what);
    return vb_fail(err, VB_E_IO, "%s: %s: %s", place->what, what, strerror(no));
}

/* -- coming and going ------------------------------------------------------------------------- */

/* Another process of the same output holds it for the length of a delivery. */
static bool lock(int fd)
{
    for (int waited_ms = 0; waited_ms <= PATIENCE_MS; waited_ms += PAUSE_MS) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return false;
        nanosleep(&(struct timespec){ .tv_nsec = PAUSE_MS * 1000000L }, NULL);
    }
    errno = EWOULDBLOCK;
    return false;
}

/* A folder that was made is durable once the one it is in is synced. */
static bool sync_above(int folder)
{
    int above = openat(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = above >= 0 && fsync(above) == 0;
    if (above >= 0)
        close(above);
    return synced;
}

enum vb_code vb_output_place_enter(struct vb_output_place *place, struct vb_err *err)
{
    if (place->fd >= 0)
        return VB_OK;
    bool made = place->make && mkdir(place->path, 0700) == 0;
    if (place->make && !made && errno != EEXIST)
        return say(place, "cannot make its folder", err);
    int fd = open(place->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || (made && !sync_above(fd))) {
        say(place, "cannot open its folder", err);
        if (fd >= 0)
            close(fd);
        return err->code;
    }
    if (lock(fd)) {
        place->fd = fd;
        return VB_OK;
    }
    enum vb_code code =
        errno == EWOULDBLOCK
            ? vb_fail(err, VB_E_IO, "%s: its folder is in use by another process", place->what)
            : say(place, "cannot lock its folder", err);
    close(fd);
    return code;
}

void vb_output_place_leave(struct vb_output_place *place)
{
    if (place->fd >= 0)
        close(place->fd);
    place->fd = -1;
}

/* -- files ------------------------------------------------------------------------------------ */

static bool write_all(int fd, const char *bytes, size_t len)
{
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

/* O_NONBLOCK: opening a pipe would wait for its other end. */
static enum vb_code open_file(const struct vb_output_place *place, const char *name, int flags,
                              int *fd, struct stat *is, struct vb_err *err)
{
    *fd = openat(place->fd, name, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (*fd < 0)
        return errno == EISDIR ? vb_fail(err, VB_E_IO, "%s: it is a folder", place->what)
                               : say(place, "cannot open", err);
    if (fstat(*fd, is) == 0 && S_ISREG(is->st_mode))
        return VB_OK;
    close(*fd);
    return vb_fail(err, VB_E_IO, "%s: it is no file", place->what);
}

/* Where the last whole line ends, and so what a kill left of half a line begins. -1: errno. */
static off_t end_of_lines(int fd, off_t size)
{
    char piece[4096];
    while (size > 0) {
        off_t from = size > (off_t)sizeof piece ? size - (off_t)sizeof piece : 0;
        ssize_t got = pread(fd, piece, (size_t)(size - from), from);
        if (got < 0)
            return -1;
        const char *end = memrchr(piece, '\n', (size_t)got);
        if (end != NULL)
            return from + (end - piece) + 1;
        size = from;
    }
    return 0;
}

static bool add(int fd, int folder, off_t end, off_t size, const char *bytes, size_t len)
{
    if (end < size && ftruncate(fd, end) != 0)
        return false;
    if (write_all(fd, bytes, len) && fsync(fd) == 0 && (size > 0 || fsync(folder) == 0))
        return true;
    /* What is not said to be there is not to be found there. */
    int no = errno;
    if (ftruncate(fd, end) != 0)
        return false;
    errno = no;
    return false;
}

enum vb_code vb_output_place_append(struct vb_output_place *place, const char *name,
                                    const char *bytes, size_t len, struct vb_err *err)
{
    int fd;
    struct stat is;
    enum vb_code code = open_file(place, name, O_RDWR | O_CREAT | O_APPEND, &fd, &is, err);
    if (code != VB_OK)
        return code;
    off_t end = end_of_lines(fd, is.st_size);
    if (end < 0 || !add(fd, place->fd, end, is.st_size, bytes, len))
        code = say(place, "cannot write", err);
    close(fd);
    return code;
}

enum vb_code vb_output_place_read(struct vb_output_place *place, const char *name, size_t max_bytes,
                                  struct vb_buf *out, bool *there, struct vb_err *err)
{
    int fd;
    struct stat is;
    char piece[PIECE / 8];
    ssize_t got = 0;
    *there = false;
    if (faccessat(place->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
        return VB_OK;
    enum vb_code code = open_file(place, name, O_RDONLY, &fd, &is, err);
    if (code != VB_OK)
        return code;
    while (out->len <= max_bytes &&
           ((got = read(fd, piece, sizeof piece)) > 0 || (got < 0 && errno == EINTR)))
        vb_buf_put(out, piece, got > 0 ? (size_t)got : 0);
    if (got < 0)
        code = say(place, "cannot read", err);
    else if (out->len > max_bytes)
        code = vb_fail(err, VB_E_LIMIT, "%s: a file of more than %zu bytes is not read",
                       place->what, max_bytes);
    close(fd);
    *there = code == VB_OK;
    return code;
}

/* A new file beside it; it gets the name when it is whole. A kill may have left one: it goes before
 * another is made, and with the file. */
static bool remove_beside(const struct vb_output_place *place, const char *name,
                          char beside[NAME_MAX_BYTES])
{
    snprintf(beside, NAME_MAX_BYTES, ".%s.new", name);
    return unlinkat(place->fd, beside, 0) == 0 || errno == ENOENT;
}

static int open_beside(const struct vb_output_place *place, const char *name,
                       char beside[NAME_MAX_BYTES])
{
    if (!remove_beside(place, name, beside))
        return -1;
    return openat(place->fd, beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static enum vb_code put_in_place(struct vb_output_place *place, const char *beside,
                                 const char *name, int fd, bool written, struct vb_err *err)
{
    bool synced = written && fsync(fd) == 0;
    int no = errno;
    if (close(fd) != 0 && synced) {
        no = errno;
        synced = false;
    }
    if (synced && renameat(place->fd, beside, place->fd, name) == 0 && fsync(place->fd) == 0)
        return VB_OK;
    errno = synced ? errno : no;
    enum vb_code code = say(place, "cannot write", err);
    unlinkat(place->fd, beside, 0);
    return code;
}

enum vb_code vb_output_place_replace(struct vb_output_place *place, const char *name,
                                     const char *bytes, size_t len, struct vb_err *err)
{
    char beside[NAME_MAX_BYTES];
    int fd = open_beside(place, name, beside);
    if (fd < 0)
        return say(place, "cannot write", err);
    return put_in_place(place, beside, name, fd, write_all(fd, bytes, len), err);
}

static bool copy_bytes(int from, int to)
{
    char *piece = vb_alloc(PIECE);
    ssize_t got;
    bool done = true;
    while (done && (got = read(from, piece, PIECE)) != 0)
        done = got < 0 ? errno == EINTR : write_all(to, piece, (size_t)got);
    free(piece);
    return done;
}

enum vb_code vb_output_place_copy(struct vb_output_place *place, const char *name, const char *from,
                                  struct vb_err *err)
{
    char beside[NAME_MAX_BYTES];
    int in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return say(place, "cannot read the blob", err);
    int fd = open_beside(place, name, beside);
    enum vb_code code = fd < 0 ? say(place, "cannot write", err)
                               : put_in_place(place, beside, name, fd, copy_bytes(in, fd), err);
    close(in);
    return code;
}

enum vb_code vb_output_place_remove(struct vb_output_place *place, const char *name, bool *there,
                                    struct vb_err *err)
{
    char beside[NAME_MAX_BYTES];
    *there = unlinkat(place->fd, name, 0) == 0;
    if ((*there || errno == ENOENT) && remove_beside(place, name, beside) && fsync(place->fd) == 0)
        return VB_OK;
    return say(place, "cannot remove", err);
}

/* -- what is there ---------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_file(int folder, const char *name)
{
    struct stat is;
    return name[0] != '.' && fstatat(folder, name, &is, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(is.st_mode);
}

enum vb_code vb_output_place_list(struct vb_output_place *place, struct vb_buf *names,
                                  struct vb_err *err)
{
    int fd = openat(place->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (folder == NULL) {
        enum vb_code code = say(place, "cannot read its folder", err);
        if (fd >= 0)
            close(fd);
        return code;
    }
    struct vb_arena arena = { 0 };
    char **list = NULL;
    size_t count = 0, cap = 0;
    for (struct dirent *at; (at = readdir(folder)) != NULL;)
        if (is_file(fd, at->d_name))
            *(char **)vb_push(&list, count++, &cap, sizeof *list) =
                vb_arena_strdup(&arena, at->d_name);
    if (count > 0)
        qsort(list, count, sizeof *list, by_name);
    for (size_t i = 0; i < count; i++)
        vb_buf_put(names, list[i], strlen(list[i]) + 1);
    free(list);
    vb_arena_finish(&arena);
    closedir(folder);
    return VB_OK;
}
