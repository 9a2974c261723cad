#include "author/put_file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* errno says why path cannot be opened. */
static enum vb_code refuse(const char *path, struct vb_err *err)
{
    int why = errno;
    const char *slash = strrchr(path, '/');
    if (why == ENOENT && slash != NULL)
        return vb_fail(err, VB_E_IO, "%s cannot be written: there is no folder %.*s", path,
                       (int)(slash - path), path);
    return vb_fail(err, VB_E_IO, "%s cannot be written: %s", path, strerror(why));
}

static enum vb_code fill(const char *path, const struct vb_buf *bytes, bool kept,
                         struct vb_err *err)
{
    FILE *file = fopen(path, "we");
    if (file == NULL)
        return refuse(path, err);
    bool done = bytes->len == 0 || fwrite(bytes->data, bytes->len, 1, file) == 1;
    done = fflush(file) == 0 && done;
    done = (!kept || fsync(fileno(file)) == 0) && done;
    int why = errno;
    done = fclose(file) == 0 && done;
    return done ? VB_OK
                : vb_fail(err, VB_E_IO, "%s could not be written whole: %s", path, strerror(why));
}

enum vb_code vb_put_file(const char *path, const struct vb_buf *bytes, struct vb_err *err)
{
    struct vb_buf fresh = { 0 };
    struct stat there;
    if (lstat(path, &there) == 0 && !S_ISREG(there.st_mode))
        return fill(path, bytes, false, err);
    vb_buf_printf(&fresh, "%s.new", path);
    enum vb_code code = fill(fresh.data, bytes, true, err);
    if (code == VB_OK && rename(fresh.data, path) != 0)
        code = vb_fail(err, VB_E_IO, "%s cannot be replaced: %s", path, strerror(errno));
    if (code != VB_OK)
        unlink(fresh.data);
    vb_buf_finish(&fresh);
    return code;
}
