#include "serve/body.h"

#include "data/value_json.h"

struct vb_body vb_body_of(const struct vb_exchange *exchange)
{
    struct vb_body body = { .object = exchange->body };
    if (!cJSON_IsObject(exchange->body))
        vb_body_fail(&body, "", "an object is wanted");
    return body;
}

void vb_body_fail(struct vb_body *body, const char *field, const char *why)
{
    if (body->why != NULL)
        return;
    body->field = field;
    body->why = why;
}

const cJSON *vb_body_any(struct vb_body *body, const char *name)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(body->object, name);
    body->known += field != NULL;
    return body->why != NULL || cJSON_IsNull(field) ? NULL : field;
}

const char *vb_body_text(struct vb_body *body, const char *name)
{
    const cJSON *field = vb_body_any(body, name);
    if (field != NULL && !cJSON_IsString(field))
        vb_body_fail(body, name, "a text is wanted");
    return cJSON_GetStringValue(field);
}

bool vb_body_flag(struct vb_body *body, const char *name, bool *has)
{
    const cJSON *field = vb_body_any(body, name);
    if (has != NULL)
        *has = field != NULL;
    if (field != NULL && !cJSON_IsBool(field))
        vb_body_fail(body, name, "true or false is wanted");
    return cJSON_IsTrue(field);
}

int64_t vb_body_number(struct vb_body *body, const char *name)
{
    const cJSON *field = vb_body_any(body, name);
    int64_t whole = -1;
    if (field == NULL)
        return -1;
    if (!cJSON_IsNumber(field) ||
        !vb_number_whole(field->valuedouble, INT64_C(1000000000), &whole) || whole < 0)
        vb_body_fail(body, name, "a whole number from 0 on is wanted");
    return whole;
}

const char *const *vb_body_texts(struct vb_body *body, const char *name, struct vb_arena *arena,
                                 int *count)
{
    const cJSON *field = vb_body_any(body, name), *one;
    int size = field == NULL ? 0 : cJSON_GetArraySize(field);
    const char **texts = vb_arena_alloc(arena, ((size_t)size + 1) * sizeof *texts);
    *count = 0;
    if (field != NULL && !cJSON_IsArray(field))
        vb_body_fail(body, name, "a list is wanted");
    cJSON_ArrayForEach(one, field)
    {
        if (!cJSON_IsString(one))
            vb_body_fail(body, name, "a list of texts is wanted");
        else
            texts[(*count)++] = one->valuestring;
    }
    return texts;
}

bool vb_body_end(struct vb_body *body)
{
    if (body->why == NULL && body->known != cJSON_GetArraySize(body->object))
        vb_body_fail(body, "", "there are fields in it that this route does not know");
    return body->why == NULL;
}
