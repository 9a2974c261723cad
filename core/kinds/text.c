#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "kinds/kind_parts.h"

/* Letters that leave no mark on paper although Unicode calls them letters or symbols. */
static bool is_filler(utf8proc_int32_t point)
{
    return point == 0x115F || point == 0x1160 || point == 0x2800 || point == 0x3164 ||
           point == 0xFFA0;
}

static bool is_visible(utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_SO &&
           category != UTF8PROC_CATEGORY_MN && category != UTF8PROC_CATEGORY_ME &&
           !is_filler(point);
}

enum vb_refusal vb_written_check(const char *text, size_t len, int most, bool lines)
{
    bool visible = false;
    utf8proc_int32_t point;
    if (!vb_utf8_valid(text, len, NULL) || (len > 0 && memchr(text, '\0', len) != NULL))
        return VB_REFUSED_UTF8;
    if (vb_utf8_length(text, len) > (size_t)most)
        return VB_REFUSED_LONG;
    for (size_t i = 0; i < len;) {
        i += (size_t)utf8proc_iterate((const utf8proc_uint8_t *)text + i,
                                      (utf8proc_ssize_t)(len - i), &point);
        bool layout = lines && (point == '\n' || point == '\t');
        if (utf8proc_category(point) == UTF8PROC_CATEGORY_CC && !layout)
            return VB_REFUSED_CONTROL;
        visible = visible || is_visible(point);
    }
    return visible ? VB_ACCEPTED : VB_REFUSED_EMPTY;
}

int vb_text_most(const struct vb_item *item)
{
    if (item->max <= 0)
        return VB_TEXT_DEFAULT;
    return item->max < VB_TEXT_MOST ? (int)item->max : VB_TEXT_MOST;
}

/* Kept as it was given: nothing is trimmed or put in order. */
static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    if (!ask->policy->free_text)
        return VB_REFUSED_POLICY;
    if (value->type != VB_VALUE_TEXT)
        return VB_REFUSED_TYPE;
    return vb_written_check(value->text, value->len, vb_text_most(ask->item), true);
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    (void)ask;
    if (!cJSON_IsString(json))
        return vb_wrong_type(why, "a text in double quotes");
    *out = (struct vb_value){ .type = VB_VALUE_TEXT, .len = (uint32_t)strlen(json->valuestring) };
    out->text = vb_arena_strndup(arena, json->valuestring, out->len);
    return VB_ACCEPTED;
}

const struct vb_kind vb_kind_text = { VB_TEXT, check, from_json };
