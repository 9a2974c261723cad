#include "main/reporting.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "data/json.h"
#include "data/text.h"

const char *vb_reporting_file(void)
{
    const char *path = getenv("VERBOND_REPORTING_FILE");
    return path == NULL || path[0] == '\0' ? NULL : path;
}

/* Line ends of other systems are no control characters here; the rest of them is made visible. */
static const char *clean(struct vb_arena *arena, const struct vb_buf *bytes)
{
    struct vb_buf lines = { 0 }, text = { 0 };
    for (size_t i = 0; i < bytes->len; i++)
        if (bytes->data[i] != '\r' || i + 1 == bytes->len || bytes->data[i + 1] != '\n')
            vb_buf_putc(&lines, bytes->data[i]);
    vb_text_clean(&text, lines.len == 0 ? "" : lines.data, lines.len);
    size_t from = 0, to = text.len;
    while (from < to && strchr(" \n", text.data[from]) != NULL)
        from++;
    while (to > from && strchr(" \n", text.data[to - 1]) != NULL)
        to--;
    const char *out = vb_arena_strndup(arena, text.len == 0 ? "" : text.data + from, to - from);
    vb_buf_finish(&lines);
    vb_buf_finish(&text);
    return out;
}

static enum vb_code read_text(struct vb_arena *arena, const struct vb_buf *bytes, const char *path,
                              const char **out, struct vb_err *err)
{
    size_t bad;
    if (bytes->len > 0 && !vb_utf8_valid(bytes->data, bytes->len, &bad))
        return vb_fail(err, VB_E_CONFIG,
                       "VERBOND_REPORTING_FILE %s: byte %zu is no UTF-8: save the text as UTF-8",
                       path, bad + 1);
    *out = clean(arena, bytes);
    if ((*out)[0] != '\0')
        return VB_OK;
    return vb_fail(err, VB_E_CONFIG,
                   "VERBOND_REPORTING_FILE %s: there is nothing in it: write what a worker must "
                   "report, or unset the variable",
                   path);
}

enum vb_code vb_reporting_read(struct vb_arena *arena, const char **out, struct vb_err *err)
{
    struct vb_buf bytes = { 0 };
    struct vb_err why;
    const char *path = vb_reporting_file();
    *out = NULL;
    if (path == NULL)
        return VB_OK;
    enum vb_code rc = vb_file_read(&bytes, path, VB_REPORTING_MOST, &why);
    rc = rc != VB_OK ? vb_fail(err, VB_E_CONFIG, "VERBOND_REPORTING_FILE: %s", why.text)
                     : read_text(arena, &bytes, path, out, err);
    vb_buf_finish(&bytes);
    return rc;
}
