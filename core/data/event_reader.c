#include "data/event_reader.h"

#include <string.h>

#include "data/event_names.h"
#include "data/json.h"
#include "data/value_json.h"

void vb_reader_fail(struct vb_reader *reader, const char *name, const char *what)
{
    if (!reader->failed)
        vb_fail(reader->err, VB_E_DATA, "event: \"%s\" %s", name, what);
    reader->failed = true;
}

const cJSON *vb_reader_take(struct vb_reader *reader, const char *name)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(reader->object, name);
    reader->taken += field != NULL;
    return field;
}

const char *vb_reader_text(struct vb_reader *reader, const char *name)
{
    const cJSON *field = vb_reader_take(reader, name);
    if (field == NULL)
        return NULL;
    if (!cJSON_IsString(field)) {
        vb_reader_fail(reader, name, "is not a text");
        return NULL;
    }
    return vb_arena_strdup(reader->arena, field->valuestring);
}

const char *vb_reader_needed(struct vb_reader *reader, const char *name)
{
    const char *text = vb_reader_text(reader, name);
    if (text == NULL)
        vb_reader_fail(reader, name, "is missing");
    return text;
}

bool vb_reader_flag(struct vb_reader *reader, const char *name)
{
    const cJSON *field = vb_reader_take(reader, name);
    if (field != NULL && !cJSON_IsBool(field))
        vb_reader_fail(reader, name, "is not true or false");
    return cJSON_IsTrue(field);
}

/* The array called name, NULL when absent or wrong; *count is its length. */
const cJSON *vb_reader_array(struct vb_reader *reader, const char *name, int *count)
{
    const cJSON *field = vb_reader_take(reader, name);
    *count = 0;
    if (field == NULL)
        return NULL;
    if (!cJSON_IsArray(field)) {
        vb_reader_fail(reader, name, "is not a list");
        return NULL;
    }
    *count = cJSON_GetArraySize(field);
    return field;
}

const char *const *vb_reader_list(struct vb_reader *reader, const char *name, int *count)
{
    const cJSON *array = vb_reader_array(reader, name, count), *element;
    if (*count == 0)
        return NULL;
    const char **list = vb_arena_alloc(reader->arena, sizeof *list * (size_t)*count);
    int n = 0;
    cJSON_ArrayForEach(element, array)
    {
        if (!cJSON_IsString(element))
            vb_reader_fail(reader, name, "holds something that is not a text");
        else
            list[n++] = vb_arena_strdup(reader->arena, element->valuestring);
    }
    return list;
}

void vb_reader_end(struct vb_reader *reader, const char *name)
{
    if (reader->taken != cJSON_GetArraySize(reader->object))
        vb_reader_fail(reader, name, "holds a field that no version of this engine wrote");
}

struct vb_reader vb_reader_inner(const struct vb_reader *reader, const cJSON *object)
{
    struct vb_reader in = *reader;
    in.object = object;
    in.taken = 0;
    return in;
}

bool vb_reader_missing(const char *name, struct vb_value *out)
{
    for (int i = 0; name != NULL && i < VB_MISSING_COUNT; i++) {
        if (strcmp(name, vb_event_reasons[i]) == 0 ||
            strcmp(name, vb_missing_name((enum vb_missing)i)) == 0) {
            *out = vb_value_missing((enum vb_missing)i);
            return true;
        }
    }
    return false;
}

int vb_reader_int(struct vb_reader *reader, const char *name, int most)
{
    const cJSON *field = vb_reader_take(reader, name);
    int64_t number = 0;
    if (!cJSON_IsNumber(field) || !vb_number_whole(field->valuedouble, most, &number) || number < 0)
        vb_reader_fail(reader, name, "is no number that belongs here");
    return (int)number;
}

bool vb_reader_has(const struct vb_reader *reader, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(reader->object, name) != NULL;
}

enum vb_code vb_reader_parse(cJSON **out, const char *bytes, size_t len, struct vb_err *err)
{
    enum vb_code code = vb_json_parse(out, bytes, len, VB_EVENT_BODY_MAX, err);
    if (code == VB_OK)
        return code;
    err->code = VB_E_DATA;
    return vb_while(err, "event");
}
