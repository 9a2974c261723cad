/* theme.c - the organisation's own look: theme.css of the data folder, where there is one.
 *
 * It stands behind every other sheet of styles, so it has the last word. Read anew with each
 * request: an organisation sees what it changed at the next one. The policy of the pages holds for
 * it: it can load nothing from elsewhere. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "data/digest.h"
#include "data/json.h"
#include "serve/api.h"
#include "serve/assets.h"
#include "serve/serve_inner.h"

enum { THEME_MAX = 262144, TAG_SIZE = 32 };
static const char type[] = "text/css; charset=utf-8";

/* False: there is none, or none that can be read, which the log says. */
static bool own(struct vb_exchange *exchange, struct vb_buf *out)
{
    const char *data = exchange->serve->house->data;
    struct vb_err err;
    if (data == NULL)
        return false;
    const char *path = vb_arena_printf(&exchange->arena, "%s/theme.css", data);
    enum vb_code code = vb_file_read(out, path, THEME_MAX, &err);
    if (code == VB_OK || code == VB_E_ABSENT)
        return code == VB_OK;
    vb_serve_log(exchange, VB_LOG_WARNING, &err);
    return false;
}

void vb_api_theme(struct vb_exchange *exchange)
{
    const char *held = vb_exchange_header(exchange, "If-None-Match");
    char digest[VB_DIGEST_SIZE], tag[TAG_SIZE];
    struct vb_buf bytes = { 0 };
    struct vb_asset asset;
    if (!own(exchange, &bytes)) {
        vb_buf_clear(&bytes);
        if (vb_asset_find("css/theme.css", &asset))
            vb_buf_put(&bytes, asset.bytes, asset.len);
    }
    vb_digest(bytes.data, bytes.len, digest);
    snprintf(tag, sizeof tag, "\"%.24s\"", digest + 7);
    vb_reply_header(exchange, "Cache-Control", "no-cache");
    vb_reply_header(exchange, "ETag", tag);
    if (held != NULL && strstr(held, tag) != NULL)
        vb_reply_empty(exchange, 304);
    else
        vb_reply_bytes(exchange, 200, type, bytes.data, bytes.len);
    vb_buf_finish(&bytes);
}
