#include "serve/assets.h"

#include <stdio.h>

#include "base/err.h"
#include "base/str.h"
#include "data/digest.h"
#include "serve/assets_table.h"

static const char *type_of(const char *path)
{
    static const struct {
        const char *end, *type;
    } types[] = {
        { ".html", "text/html; charset=utf-8" },
        { ".css", "text/css; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".json", "application/json" },
        { ".svg", "image/svg+xml" },
        { ".png", "image/png" },
        { ".ico", "image/x-icon" },
        { ".woff2", "font/woff2" },
        { ".webmanifest", "application/manifest+json" },
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (vb_ends_with(path, types[i].end))
            return types[i].type;
    return "application/octet-stream";
}

bool vb_asset_find(const char *path, struct vb_asset *out)
{
    const struct vb_asset_file *file = vb_asset_files;
    char digest[VB_DIGEST_SIZE];
    while (file->path != NULL && !vb_streq(file->path, path))
        file++;
    if (file->path == NULL)
        return false;
    out->type = type_of(path);
    out->bytes = file->begin;
    out->len = (size_t)(file->end - file->begin);
    vb_digest(out->bytes, out->len, digest);
    /* Behind "sha256:"; 24 digits are enough to tell two versions of a file apart. */
    snprintf(out->tag, sizeof out->tag, "\"%.24s\"", digest + 7);
    return true;
}
