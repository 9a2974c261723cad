/* assets.h - the files of core/web, compiled in. Pure; any thread. */
#ifndef VB_ASSETS_H
#define VB_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

enum { VB_ASSET_TAG_SIZE = 32 };
struct vb_asset {
    const char *type; /* "text/css; charset=utf-8" */
    const char *bytes;
    size_t len;
    char tag[VB_ASSET_TAG_SIZE]; /* of the content, quoted as ETag has it */
};
/* path: below core/web, "css/base.css". False: there is no such file. */
bool vb_asset_find(const char *path, struct vb_asset *out);

#endif
