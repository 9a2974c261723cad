/* sheet_html_picture.c - what people made, on the page: places in a plane, strokes, photos. */
#include "base/str.h"
#include "data/json.h"
#include "data/strokes.h"
#include "sheet/html.h"
#include "sheet/sheet_html.h"
#include "sheet/sheet_picture.h"
#include "sheet/strokes_svg.h"

static bool put_picture(struct vb_buf *out, const char *type, const struct vb_buf *bytes)
{
    if (vb_streq(type, VB_STROKES_TYPE))
        return vb_strokes_svg_of(out, bytes->data, bytes->len);
    if (!vb_starts_with(type, "image/"))
        return false;
    vb_buf_puts(out, "<img class=\"made\" alt=\"\" src=\"");
    vb_html_picture(out, type, bytes->data, bytes->len);
    vb_buf_puts(out, "\">");
    return true;
}

bool vb_paper_picture(const struct vb_sheet_view *view, const struct vb_item *item,
                      const struct vb_value *value)
{
    const struct vb_sheet_pictures *pictures = view->paper->pictures;
    struct vb_buf bytes = { 0 };
    struct vb_err err;
    cJSON *tree = NULL;
    if (vb_picture_svg(view->paper->out, view->result, view->language, item, value))
        return true;
    if (pictures == NULL || !vb_kind_is_picture(item->kind) || value->type != VB_VALUE_JSON ||
        vb_json_parse(&tree, value->text, value->len, value->len, &err) != VB_OK)
        return false;
    const char *digest = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "blob"));
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "type"));
    bool shown = digest != NULL && type != NULL && pictures->read(pictures->ctx, digest, &bytes) &&
                 put_picture(view->paper->out, type, &bytes);
    vb_buf_finish(&bytes);
    cJSON_Delete(tree);
    return shown;
}
