#include "kinds/kind.h"

#include <string.h>

#include "data/json.h"
#include "data/strokes.h"
#include "data/value_json.h"
#include "kinds/kind_parts.h"

const char *vb_refusal_name(enum vb_refusal refusal)
{
    static const char *const names[VB_REFUSAL_COUNT] = {
        "accepted", "type",  "range",  "required", "empty", "long",    "utf8",
        "date",     "twice", "policy", "decimals", "file",  "control",
    };
    vb_assert((int)refusal >= 0 && refusal < VB_REFUSAL_COUNT);
    return names[refusal];
}

const struct vb_kind *vb_kind_of(enum vb_kind_id id)
{
    static const struct vb_kind *const kinds[VB_KIND_COUNT] = {
        [VB_LIKERT] = &vb_kind_likert,     [VB_FACES] = &vb_kind_faces,
        [VB_VAS] = &vb_kind_vas,           [VB_YESNO] = &vb_kind_yesno,
        [VB_CHOICE] = &vb_kind_choice,     [VB_WORDS] = &vb_kind_words,
        [VB_TEXT] = &vb_kind_text,         [VB_NUMBER] = &vb_kind_number,
        [VB_DATE] = &vb_kind_date,         [VB_DRAW] = &vb_kind_draw,
        [VB_PHOTO] = &vb_kind_photo,       [VB_COLLAGE] = &vb_kind_collage,
        [VB_TRIANGLE] = &vb_kind_triangle,
    };
    vb_assert((int)id >= 0 && id < VB_KIND_COUNT);
    return kinds[id];
}

enum vb_refusal vb_kind_check(const struct vb_ask *ask, const struct vb_value *value)
{
    if (!vb_value_given(value)) {
        if (ask->item->required)
            return VB_REFUSED_REQUIRED;
        return value->type == VB_VALUE_MISSING ? VB_ACCEPTED : VB_REFUSED_TYPE;
    }
    return vb_kind_of(ask->item->kind)->check(ask, value);
}

static enum vb_refusal read_missing(const cJSON *json, struct vb_value *out, struct vb_err *why)
{
    const cJSON *reason = cJSON_GetObjectItemCaseSensitive(json, "missing");
    enum vb_missing missing;
    if (!cJSON_IsString(reason) || reason->next != NULL || reason != json->child ||
        !vb_missing_parse(reason->valuestring, &missing)) {
        vb_fail(why, VB_E_DATA,
                "\"missing\" is \"skipped\", \"dont_know\" or \"rather_not_say\", alone");
        return VB_REFUSED_TYPE;
    }
    *out = vb_value_missing(missing);
    return VB_ACCEPTED;
}

enum vb_refusal vb_kind_from_json(const struct vb_ask *ask, const cJSON *json,
                                  struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    enum vb_refusal refusal = VB_ACCEPTED;
    *out = (struct vb_value){ 0 };
    if (cJSON_IsNull(json))
        *out = vb_value_missing(VB_MISSING_SKIPPED);
    else if (cJSON_GetObjectItemCaseSensitive(json, "missing") != NULL)
        refusal = read_missing(json, out, why);
    else
        refusal = vb_kind_of(ask->item->kind)->from_json(ask, json, arena, out, why);
    if (refusal != VB_ACCEPTED)
        return refusal;
    refusal = vb_kind_check(ask, out);
    if (refusal != VB_ACCEPTED)
        vb_refusal_why(ask, out, refusal, why);
    return refusal;
}

const char *vb_image_type(const void *bytes, size_t len)
{
    if (len >= 8 && memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) == 0)
        return "image/png";
    if (len >= 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0)
        return "image/jpeg";
    if (len >= 12 && memcmp(bytes, "RIFF", 4) == 0 &&
        memcmp((const char *)bytes + 8, "WEBP", 4) == 0)
        return "image/webp";
    if (vb_strokes_are(bytes, len))
        return VB_STROKES_TYPE;
    return NULL;
}

bool vb_whole_within(const cJSON *json, int low, int high)
{
    int64_t number;
    return cJSON_IsNumber(json) && vb_number_whole(json->valuedouble, VB_VALUE_MAX, &number) &&
           number >= low && number <= high;
}

cJSON *vb_tree_of(const struct vb_value *value)
{
    struct vb_buf canonical = { 0 };
    struct vb_err err;
    cJSON *tree;
    if (value->type != VB_VALUE_JSON ||
        vb_json_parse(&tree, value->text, value->len, VB_JSON_MOST, &err) != VB_OK)
        return NULL;
    vb_json_canonical(&canonical, tree);
    if (canonical.len != value->len || memcmp(canonical.data, value->text, value->len) != 0) {
        cJSON_Delete(tree);
        tree = NULL;
    }
    vb_buf_finish(&canonical);
    return tree;
}

struct vb_value vb_tree_value(struct vb_arena *arena, const cJSON *tree)
{
    struct vb_buf text = { 0 };
    vb_json_canonical(&text, tree);
    struct vb_value value = { .type = VB_VALUE_JSON,
                              .len = (uint32_t)text.len,
                              .text = vb_arena_strndup(arena, text.data, text.len) };
    vb_buf_finish(&text);
    return value;
}
