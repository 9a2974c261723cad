#include "main/reporting.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "data/json.h"
#include "data/text.h"

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

static enum vb_code read_text(struct vb_arena *arena, const struct vb_buf *bytes,
                              const struct vb_configured *set, const char **out, struct vb_err *err)
{
    size_t bad;
    if (bytes->len > 0 && !vb_utf8_valid(bytes->data, bytes->len, &bad))
        return vb_fail(err, VB_E_CONFIG, "%s %s: byte %zu is no UTF-8: save the text as UTF-8",
                       set->where, set->text, bad + 1);
    *out = clean(arena, bytes);
    if ((*out)[0] != '\0')
        return VB_OK;
    return vb_fail(err, VB_E_CONFIG,
                   "%s %s: there is nothing in it: write what a worker must report, or name no "
                   "file there",
                   set->where, set->text);
}

enum vb_code vb_reporting_read(const struct vb_configuration *configuration, struct vb_arena *arena,
                               const char **out, struct vb_err *err)
{
    const struct vb_configured *set = &configuration->set[VB_CONF_REPORTING];
    struct vb_buf bytes = { 0 };
    struct vb_err why;
    *out = NULL;
    if (set->text == NULL)
        return VB_OK;
    enum vb_code rc = vb_file_read(&bytes, set->text, VB_REPORTING_MOST, &why);
    rc = rc != VB_OK ? vb_fail(err, VB_E_CONFIG, "%s: %s", set->where, why.text)
                     : read_text(arena, &bytes, set, out, err);
    vb_buf_finish(&bytes);
    return rc;
}
