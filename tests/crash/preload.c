#include "preload.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DESCRIPTORS = 4096 };
static char *watched[DESCRIPTORS]; /* the absolute name; NULL: not watched */
static bool appends[DESCRIPTORS];

/* libc's function, or that of the library preloaded behind this one. */
#define REAL(type, name, ...)                                                                      \
    static type (*real)(__VA_ARGS__);                                                              \
    if (real == NULL)                                                                              \
    real = (type(*)(__VA_ARGS__))(uintptr_t)dlsym(RTLD_NEXT, name)

long preload_number(const char *name, long without)
{
    const char *text = getenv(name);
    return text == NULL || text[0] == '\0' ? without : strtol(text, NULL, 10);
}

/* -- which files -- */

/* The name from the root, in out; NULL: not below the folder. */
static const char *below(const char *path, char out[PATH_MAX])
{
    const char *dir = getenv("CRASH_DIR");
    char here[PATH_MAX];
    if (dir == NULL || dir[0] != '/')
        return NULL;
    size_t len = strlen(dir);
    if (len == 1)
        len = 0; /* everything */
    if (path[0] == '/' || getcwd(here, sizeof here) == NULL)
        here[0] = '\0';
    if (snprintf(out, PATH_MAX, "%s%s%s", here, here[0] == '\0' ? "" : "/", path) >= PATH_MAX)
        return NULL;
    for (size_t n = strlen(out); n > 1 && out[n - 1] == '/'; n--)
        out[n - 1] = '\0';
    return strncmp(out, dir, len) == 0 && (out[len] == '/' || out[len] == '\0') ? out : NULL;
}

static const char *name_of(int fd)
{
    return fd >= 0 && fd < DESCRIPTORS ? watched[fd] : NULL;
}

static void remember(int fd, const char *path, bool append)
{
    if (fd < 0 || fd >= DESCRIPTORS)
        return;
    watched[fd] = strdup(path);
    appends[fd] = append;
}

/* Failed, with errno as the hook wants it? */
static bool refused(struct call *call)
{
    int code = hook_before(call);
    if (code == 0)
        return false;
    errno = code;
    return true;
}

static long passed(const struct call *call, long result)
{
    int kept = errno;
    hook_after(call, result);
    errno = kept;
    return result;
}

/* -- opening -- */

static int do_open(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode)
{
    char name[PATH_MAX];
    if (below(path, name) == NULL)
        return real(path, flags, mode);
    struct call call = { .kind = CALL_OPEN,
                         .path = name,
                         .may_make = (flags & O_CREAT) != 0,
                         .cuts = (flags & O_TRUNC) != 0 };
    if (refused(&call))
        return -1;
    call.made = call.may_make && faccessat(AT_FDCWD, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
    call.fd = real(path, flags, mode);
    remember(call.fd, name, (flags & O_APPEND) != 0);
    return (int)passed(&call, call.fd);
}

static mode_t mode_of(int flags, va_list args)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(args, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...);                                                    \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        REAL(int, #name, const char *, int, ...);                                                  \
        va_list args;                                                                              \
        va_start(args, flags);                                                                     \
        mode_t mode = mode_of(flags, args);                                                        \
        va_end(args);                                                                              \
        return do_open(real, path, flags, mode);                                                   \
    }
OPEN(open)
OPEN(open64)

int close(int fd)
{
    REAL(int, "close", int);
    if (name_of(fd) == NULL)
        return real(fd);
    struct call call = { .kind = CALL_CLOSE, .fd = fd, .path = watched[fd] };
    if (refused(&call))
        return -1;
    char *name = watched[fd];
    watched[fd] = NULL;
    long result = passed(&call, real(fd));
    free(name);
    return (int)result;
}

/* -- reading and writing -- */

#define PREAD(name, offset)                                                                        \
    ssize_t name(int fd, void *bytes, size_t len, offset at);                                      \
    ssize_t name(int fd, void *bytes, size_t len, offset at)                                       \
    {                                                                                              \
        REAL(ssize_t, #name, int, void *, size_t, offset);                                         \
        struct call call = { .kind = CALL_READ, .fd = fd, .path = name_of(fd), .at = at };         \
        if (call.path == NULL)                                                                     \
            return real(fd, bytes, len, at);                                                       \
        return refused(&call) ? -1 : passed(&call, real(fd, bytes, len, at));                      \
    }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

#define PWRITE(name, offset)                                                                       \
    ssize_t name(int fd, const void *bytes, size_t len, offset at);                                \
    ssize_t name(int fd, const void *bytes, size_t len, offset at)                                 \
    {                                                                                              \
        REAL(ssize_t, #name, int, const void *, size_t, offset);                                   \
        struct call call = { .kind = CALL_WRITE, .fd = fd, .path = name_of(fd) };                  \
        if (call.path == NULL)                                                                     \
            return real(fd, bytes, len, at);                                                       \
        call.bytes = bytes;                                                                        \
        call.at = at;                                                                              \
        call.len = (int64_t)len;                                                                   \
        if (refused(&call))                                                                        \
            return -1;                                                                             \
        return passed(&call, real(fd, bytes, (size_t)call.len, at));                               \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

long preload_real_write(int fd, const void *bytes, size_t len)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    return real(fd, bytes, len);
}

static ssize_t do_write(int fd, const void *bytes, size_t len)
{
    static int marks = -2;
    if (marks == -2)
        marks = (int)preload_number("CRASH_MARKS", -1);
    struct call call = { .kind = fd == marks ? CALL_MARK : CALL_WRITE,
                         .fd = fd,
                         .path = name_of(fd),
                         .bytes = bytes,
                         .len = (int64_t)len };
    if (call.path == NULL && call.kind != CALL_MARK)
        return preload_real_write(fd, bytes, len);
    if (call.kind == CALL_WRITE) {
        struct stat now;
        call.at_end = appends[fd];
        call.at = call.at_end && fstat(fd, &now) == 0 ? now.st_size : lseek(fd, 0, SEEK_CUR);
    }
    if (refused(&call))
        return -1;
    return passed(&call, preload_real_write(fd, bytes, (size_t)call.len));
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    return do_write(fd, bytes, len);
}

/* As one write: what a program may rely on is no more than that. */
ssize_t writev(int fd, const struct iovec *pieces, int count)
{
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    if (name_of(fd) == NULL)
        return real(fd, pieces, count);
    size_t len = 0;
    for (int i = 0; i < count; i++)
        len += pieces[i].iov_len;
    char *whole = malloc(len + 1), *end = whole;
    for (int i = 0; i < count; i++) {
        memcpy(end, pieces[i].iov_base, pieces[i].iov_len);
        end += pieces[i].iov_len;
    }
    ssize_t written = do_write(fd, whole, len);
    free(whole);
    return written;
}

#define CUT(name, offset)                                                                          \
    int name(int fd, offset len)                                                                   \
    {                                                                                              \
        REAL(int, #name, int, offset);                                                             \
        struct call call = { .kind = CALL_CUT, .fd = fd, .path = name_of(fd), .len = len };        \
        if (call.path == NULL)                                                                     \
            return real(fd, len);                                                                  \
        return refused(&call) ? -1 : (int)passed(&call, real(fd, len));                            \
    }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

/* Gives the error back, and errno stays as it was. */
#define GROW(name, offset)                                                                         \
    int name(int fd, offset at, offset len)                                                        \
    {                                                                                              \
        REAL(int, #name, int, offset, offset);                                                     \
        struct call call = { .kind = CALL_GROW, .fd = fd, .path = name_of(fd), .at = at };         \
        call.len = len;                                                                            \
        if (call.path == NULL)                                                                     \
            return real(fd, at, len);                                                              \
        if (refused(&call))                                                                        \
            return errno;                                                                          \
        int code = real(fd, at, len);                                                              \
        passed(&call, code == 0 ? 0 : -1);                                                         \
        return code;                                                                               \
    }
GROW(posix_fallocate, off_t)
GROW(posix_fallocate64, off64_t)

#define SYNC(name)                                                                                 \
    int name(int fd)                                                                               \
    {                                                                                              \
        REAL(int, #name, int);                                                                     \
        struct call call = { .kind = CALL_SYNC, .fd = fd, .path = name_of(fd) };                   \
        if (call.path == NULL)                                                                     \
            return real(fd);                                                                       \
        return refused(&call) ? -1 : (int)passed(&call, real(fd));                                 \
    }
SYNC(fsync)
SYNC(fdatasync)

/* -- names -- */

int mkdir(const char *path, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    char name[PATH_MAX];
    struct call call = { .kind = CALL_MKDIR, .path = below(path, name) };
    if (call.path == NULL)
        return real(path, mode);
    return refused(&call) ? -1 : (int)passed(&call, real(path, mode));
}

#define GONE(function)                                                                             \
    int function(const char *path)                                                                 \
    {                                                                                              \
        REAL(int, #function, const char *);                                                        \
        char name[PATH_MAX];                                                                       \
        struct call call = { .kind = CALL_UNLINK, .path = below(path, name) };                     \
        if (call.path == NULL)                                                                     \
            return real(path);                                                                     \
        return refused(&call) ? -1 : (int)passed(&call, real(path));                               \
    }
GONE(unlink)
GONE(rmdir)
GONE(remove)

#define TWO_NAMES(function, call_kind)                                                             \
    int function(const char *from, const char *to)                                                 \
    {                                                                                              \
        REAL(int, #function, const char *, const char *);                                          \
        char name[PATH_MAX], new[PATH_MAX];                                                        \
        struct call call = { .kind = call_kind, .path = below(from, name), .to = below(to, new) }; \
        if (call.path == NULL || call.to == NULL)                                                  \
            return real(from, to);                                                                 \
        return refused(&call) ? -1 : (int)passed(&call, real(from, to));                           \
    }
TWO_NAMES(rename, CALL_RENAME)
TWO_NAMES(link, CALL_LINK)
