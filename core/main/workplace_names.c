/* workplace_names.c - what a PATH on the command line of authors means. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "main/workplace.h"

struct names {
    const char **list;
    int count;
    size_t cap;
};

static void add(struct vb_workplace *place, struct names *names, const char *name)
{
    const char **added = vb_arena_push(&place->arena, &names->list, (size_t)names->count,
                                       &names->cap, sizeof *added);
    *added = name;
    names->count++;
}

/* Every folder in root that has an instrument.lua, in the order of their names. */
static enum vb_code add_all_in(struct vb_workplace *place, const char *root, struct names *names,
                               struct vb_err *err)
{
    struct dirent **entries;
    int count = scandir(root, &entries, NULL, alphasort);
    if (count < 0)
        return vb_fail(err, VB_E_DATA, "%s cannot be listed: %s", root, strerror(errno));
    for (int i = 0; i < count; i++) {
        const char *path = vb_arena_printf(&place->arena, "%s%s%s/instrument.lua", root,
                                           vb_ends_with(root, "/") ? "" : "/", entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && access(path, F_OK) == 0)
            add(place, names, path);
        free(entries[i]);
    }
    free(entries);
    return VB_OK;
}

enum vb_code vb_workplace_instruments(struct vb_workplace *place, const char *name, bool several,
                                      const char ***out, int *count, struct vb_err *err)
{
    const char *root, *path;
    struct names names = { 0 };
    struct stat status;
    enum vb_code rc = vb_workplace_find(place, name, &root, &path, err);
    bool there = rc == VB_E_ABSENT && stat(name, &status) == 0;
    if (rc == VB_OK) {
        add(place, &names, name);
    } else if (there) {
        struct vb_err inner;
        rc = S_ISDIR(status.st_mode) ? add_all_in(place, name, &names, &inner) : VB_OK;
        if (rc != VB_OK)
            *err = inner;
        else if (names.count == 0 && !several && S_ISDIR(status.st_mode))
            rc = vb_fail(err, VB_E_ABSENT, "no folder in %s holds an instrument.lua", name);
        else if (names.count == 0 && !several)
            rc = err->code;
        else if (names.count == 0)
            vb_workplace_say(stderr, "%s: warning: no instrument.lua there, passed over\n", name);
    }
    *out = names.list;
    *count = rc == VB_OK ? names.count : 0;
    return rc;
}

static enum vb_code visit_path(struct vb_workplace *place, const char *path, bool several,
                               vb_workplace_visit *visit, void *ctx)
{
    const char **names;
    struct vb_err err;
    int count;
    enum vb_code rc = vb_workplace_instruments(place, path, several, &names, &count, &err);
    if (rc != VB_OK)
        vb_workplace_say(stderr, "verbond: %s\n", err.text);
    for (int i = 0; i < count; i++) {
        enum vb_code one = visit(place, names[i], ctx, &err);
        if (one != VB_OK)
            vb_workplace_say(stderr, "verbond: %s\n", err.text);
        if (rc == VB_OK)
            rc = one;
    }
    return rc;
}

enum vb_code vb_workplace_each(struct vb_workplace *place, char *const *paths, int count,
                               vb_workplace_visit *visit, void *ctx)
{
    enum vb_code rc = VB_OK;
    for (int i = 0; i < count; i++) {
        enum vb_code one = visit_path(place, paths[i], count > 1, visit, ctx);
        if (rc == VB_OK)
            rc = one;
    }
    return rc;
}
