#include "data/value_json.h"

#include <math.h>
#include <string.h>

#include "data/json.h"

void vb_value_write(struct vb_buf *out, const struct vb_item *item, const struct vb_value *value)
{
    switch (value->type) {
    case VB_VALUE_INT:
        vb_buf_int(out, value->number);
        return;
    case VB_VALUE_BOOL:
        vb_buf_puts(out, value->number != 0 ? "true" : "false");
        return;
    case VB_VALUE_MILLI:
        vb_milli_write(out, value->number);
        return;
    case VB_VALUE_OPTION:
        vb_assert(item->answers != NULL);
        vb_assert(value->number >= 0 && value->number < item->answers->count);
        vb_json_text(out, item->answers->options[value->number].id);
        return;
    case VB_VALUE_TEXT:
    case VB_VALUE_DATE:
        vb_json_string(out, value->text, value->len);
        return;
    case VB_VALUE_JSON:
        vb_buf_put(out, value->text, value->len);
        return;
    default:
        vb_assert(!"a given value");
    }
}

bool vb_number_milli(double number, int64_t *milli)
{
    if (!(fabs(number) <= VB_NUMBER_MAX))
        return false;
    *milli = llround(number * 1000);
    return (double)*milli / 1000 == number; /* both are the double nearest to that decimal */
}

bool vb_number_whole(double number, int64_t max_size, int64_t *whole)
{
    if (!(fabs(number) <= (double)max_size) || floor(number) != number)
        return false;
    *whole = (int64_t)number;
    return true;
}

static bool read_text(struct vb_value *out, struct vb_arena *arena, enum vb_value_type type,
                      const cJSON *json)
{
    if (!cJSON_IsString(json))
        return false;
    out->type = type;
    out->len = (uint32_t)strlen(json->valuestring);
    out->text = vb_arena_strndup(arena, json->valuestring, out->len);
    return true;
}

static bool read_tree(struct vb_value *out, struct vb_arena *arena, const cJSON *json)
{
    struct vb_buf text = { 0 };
    if (!cJSON_IsObject(json) && !cJSON_IsArray(json))
        return false;
    vb_json_canonical(&text, json);
    out->type = VB_VALUE_JSON;
    out->len = (uint32_t)text.len;
    out->text = vb_arena_strndup(arena, text.data, text.len);
    vb_buf_finish(&text);
    return true;
}

static bool read_choice(struct vb_value *out, struct vb_arena *arena, const struct vb_item *item,
                        const cJSON *json)
{
    if (!cJSON_IsString(json))
        return read_tree(out, arena, json);
    for (int i = 0; item->answers != NULL && i < item->answers->count; i++) {
        if (strcmp(item->answers->options[i].id, json->valuestring) == 0) {
            *out = (struct vb_value){ .type = VB_VALUE_OPTION, .number = i };
            return true;
        }
    }
    return false;
}

bool vb_value_read(struct vb_value *out, struct vb_arena *arena, const struct vb_item *item,
                   const cJSON *json)
{
    *out = (struct vb_value){ 0 };
    switch (item->kind) {
    case VB_LIKERT:
    case VB_FACES:
    case VB_VAS:
        out->type = VB_VALUE_INT;
        return cJSON_IsNumber(json) &&
               vb_number_whole(json->valuedouble, VB_VALUE_MAX, &out->number);
    case VB_YESNO:
        *out = (struct vb_value){ .type = VB_VALUE_BOOL, .number = cJSON_IsTrue(json) };
        return cJSON_IsBool(json);
    case VB_NUMBER:
        out->type = VB_VALUE_MILLI;
        return cJSON_IsNumber(json) && vb_number_milli(json->valuedouble, &out->number);
    case VB_CHOICE:
        return read_choice(out, arena, item, json);
    case VB_TEXT:
        return read_text(out, arena, VB_VALUE_TEXT, json);
    case VB_DATE:
        return read_text(out, arena, VB_VALUE_DATE, json);
    default:
        return read_tree(out, arena, json);
    }
}
