#include "main/serve/beside.h"

#include <string.h>

#include "data/json.h"
#include "script/load.h"

enum { FILE_MOST = 24 * 1024 * 1024 };

/* Letters, figures, dots, dashes and slashes, no folder that begins with a dot. */
static bool stays_inside(const char *name)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
    return name[0] != '\0' && name[0] != '/' && name[0] != '.' && strstr(name, "/.") == NULL &&
           name[strspn(name, plain)] == '\0';
}

enum vb_code vb_beside_read(struct vb_workplace *place, const char *instrument, const char *folder,
                            const char *name, struct vb_buf *out, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const char *root, *path, *own = place->configuration.set[VB_CONF_INSTRUMENTS].text;
    if (!stays_inside(name))
        return vb_fail(err, VB_E_ABSENT, "there is no such file beside an instrument");
    enum vb_code code = vb_instrument_find(instrument, own, &arena, &root, &path, err);
    if (code == VB_OK) {
        const char *slash = strrchr(path, '/');
        int len = slash == NULL ? 0 : (int)(slash - path) + 1;
        code =
            vb_file_read(out, vb_arena_printf(&arena, "%s/%.*s%s%s", root, len, path, folder, name),
                         FILE_MOST, err);
    }
    vb_arena_finish(&arena);
    return code;
}
