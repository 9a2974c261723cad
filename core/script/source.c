/* Where Lua files come from: a folder, or the files that were pinned. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "data/json.h"
#include "script/load.h"

/* -- a folder -- */

static bool inside(const char *root, const char *path)
{
    size_t len = strlen(root);
    return strncmp(root, path, len) == 0 && (path[len] == '/' || strcmp(root, "/") == 0);
}

/* Resolved, so that a link that leaves the folder is seen. */
static enum vb_code resolve(const char *root, const char *path, char full[PATH_MAX],
                            struct vb_err *err)
{
    char real_root[PATH_MAX];
    struct vb_buf joined = { 0 };
    vb_buf_printf(&joined, "%s/%s", root[0] == '\0' ? "." : root, path);
    char *found = realpath(joined.data, full);
    vb_buf_finish(&joined);
    if (found == NULL)
        return vb_fail(err, VB_E_ABSENT, "%s/%s does not exist or cannot be read", root, path);
    if (realpath(root[0] == '\0' ? "." : root, real_root) == NULL)
        return vb_fail(err, VB_E_ABSENT, "the folder %s cannot be read", root);
    if (!inside(real_root, full))
        return vb_fail(err, VB_E_DATA, "%s is a link that leaves the folder of instruments", path);
    return VB_OK;
}

static enum vb_code read_folder(void *ctx, const char *path, struct vb_buf *out, struct vb_err *err)
{
    const struct vb_folder *folder = ctx;
    char full[PATH_MAX];
    struct stat status;
    enum vb_code code = resolve(folder->root, path, full, err);
    if (code != VB_OK)
        return code;
    if (stat(full, &status) == 0 && !S_ISREG(status.st_mode))
        return vb_fail(err, VB_E_ABSENT, "%s/%s is not a file", folder->root, path);
    return vb_file_read(out, full, VB_SOURCE_MAX, err);
}

static bool folder_has(void *ctx, const char *path)
{
    const struct vb_folder *folder = ctx;
    char full[PATH_MAX];
    struct stat status;
    struct vb_err err;
    return resolve(folder->root, path, full, &err) == VB_OK && stat(full, &status) == 0 &&
           S_ISREG(status.st_mode);
}

struct vb_source vb_source_folder(struct vb_folder *folder)
{
    size_t len = strlen(folder->root);
    bool here = len == 0 || strcmp(folder->root, ".") == 0;
    folder->shown[0] = '\0';
    if (!here && len + 2 <= sizeof folder->shown)
        snprintf(folder->shown, sizeof folder->shown, "%s%s", folder->root,
                 folder->root[len - 1] == '/' ? "" : "/");
    return (struct vb_source){
        .read = read_folder, .has = folder_has, .ctx = folder, .shown = folder->shown
    };
}

/* -- pinned files -- */

static enum vb_code read_pinned(void *ctx, const char *path, struct vb_buf *out, struct vb_err *err)
{
    const struct vb_pinned *pinned = ctx;
    for (size_t i = 0; i < pinned->count; i++)
        if (strcmp(pinned->files[i].path, path) == 0) {
            vb_buf_put(out, pinned->files[i].bytes, pinned->files[i].len);
            return VB_OK;
        }
    return vb_fail(err, VB_E_ABSENT, "%s is not among the pinned files", path);
}

struct vb_source vb_source_pinned(struct vb_pinned *pinned)
{
    return (struct vb_source){ .read = read_pinned, .ctx = pinned, .shown = "" };
}

/* -- what a name means -- */

static bool is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* path is .../NAME/instrument.lua: the folder of instruments is two up. */
static void split(struct vb_arena *arena, const char *path, const char **root, const char **inner)
{
    const char *file = strrchr(path, '/');
    const char *folder = file;
    while (folder != NULL && folder > path && folder[-1] != '/')
        folder--;
    if (file == NULL) {
        *root = ".";
        *inner = path;
        return;
    }
    *inner = folder;
    size_t len = (size_t)(folder - path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    *root = len == 0 ? "." : vb_arena_strndup(arena, path, len);
}

/* A path in the file system: to instrument.lua or to the folder it lies in. */
static bool find_path(const char *name, struct vb_arena *arena, const char **root,
                      const char **path)
{
    char full[PATH_MAX];
    const char *file = name;
    size_t len = strlen(name);
    while (len > 1 && name[len - 1] == '/')
        len--;
    if (!vb_ends_with(name, ".lua"))
        file = vb_arena_printf(arena, "%.*s/instrument.lua", (int)len, name);
    if (!is_file(file))
        return false;
    /* "." and ".." have no name of their own to be the instrument's folder. */
    const char *slash = strrchr(file, '/');
    bool dots = slash == NULL || slash == file || slash[-1] == '.';
    if (dots && realpath(file, full) != NULL)
        file = vb_arena_strdup(arena, full);
    split(arena, file, root, path);
    return true;
}

static bool find_in(const char *folder, const char *name, struct vb_arena *arena, const char **root,
                    const char **path)
{
    const char *inner = vb_arena_printf(arena, "%s/instrument.lua", name);
    if (folder == NULL || folder[0] == '\0' ||
        !is_file(vb_arena_printf(arena, "%s/%s", folder, inner)))
        return false;
    *root = vb_arena_strdup(arena, folder);
    *path = inner;
    return true;
}

static bool plain_name(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

enum vb_code vb_instrument_find(const char *name, const char *own, struct vb_arena *arena,
                                const char **root, const char **path, struct vb_err *err)
{
    const char *shared = VERBOND_PREFIX "/share/verbond/instruments";
    bool plain = plain_name(name);
    if (strchr(name, '/') != NULL || vb_ends_with(name, ".lua") || name[0] == '.') {
        if (find_path(name, arena, root, path))
            return VB_OK;
        return vb_fail(err, VB_E_ABSENT,
                       "no instrument at %s: give its folder or its instrument.lua", name);
    }
    if (plain && (find_path(name, arena, root, path) || find_in(own, name, arena, root, path) ||
                  find_in("instruments", name, arena, root, path) ||
                  find_in(shared, name, arena, root, path)))
        return VB_OK;
    return vb_fail(err, VB_E_ABSENT,
                   "no instrument called \"%s\": looked in %s%s./instruments and %s", name,
                   own == NULL ? "" : own, own == NULL ? "" : ", ", shared);
}
