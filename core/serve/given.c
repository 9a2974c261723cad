#include "serve/given.h"

#include "base/str.h"
#include "session/asked.h"

/* -- pictures --------------------------------------------------------------------------------- */

enum vb_code vb_given_is_own(struct vb_seat *seat, const char *digest, const char **type, bool *own,
                             struct vb_err *err)
{
    struct vb_store *store = vb_session_store(seat->session);
    struct vb_blob_row *rows;
    size_t count;
    *own = false;
    enum vb_code code = store->ops->session_blobs(store, vb_session_id(seat->session),
                                                  &seat->exchange->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count && !*own; i++) {
        *own = !rows[i].erased && vb_streq(rows[i].digest, digest);
        if (*own && type != NULL)
            *type = rows[i].type;
    }
    return code;
}

/* A digest says nothing of who has it: only what this session kept may be named in it. */
static enum vb_code read_picture(struct vb_seat *seat, const struct vb_ask *ask, const cJSON *json,
                                 struct vb_given *out, struct vb_err *err)
{
    const char *digest = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "blob"));
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "type"));
    const char *kept = NULL;
    struct vb_err why;
    bool own = false;
    out->refusal = VB_REFUSED_TYPE;
    if (digest == NULL || type == NULL || cJSON_GetArraySize(json) != 2)
        return VB_OK;
    enum vb_code code = vb_given_is_own(seat, digest, &kept, &own, err);
    if (code == VB_OK && own && vb_streq(kept, type))
        out->refusal = vb_kind_from_json(ask, json, &seat->exchange->arena, &out->value, &why);
    return code;
}

/* -- values ----------------------------------------------------------------------------------- */

/* {"value": 640, "by": "pointer"} is a place and how it was given. */
static const cJSON *take_method(const struct vb_item *item, const cJSON *json, struct vb_given *out)
{
    const cJSON *by = cJSON_GetObjectItemCaseSensitive(json, "by");
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(json, "value");
    if (item->kind != VB_VAS || value == NULL)
        return json;
    if (cJSON_GetArraySize(json) == 2 && cJSON_IsString(by))
        out->by = vb_input_method(by->valuestring);
    if (out->by == NULL && cJSON_GetArraySize(json) != 1)
        return NULL;
    return value;
}

enum vb_code vb_given_read(struct vb_seat *seat, const struct vb_item *item, const cJSON *json,
                           struct vb_given *out, struct vb_err *err)
{
    const struct vb_ask ask = vb_asked_of(seat->session, item);
    struct vb_err why;
    *out = (struct vb_given){ .refusal = VB_ACCEPTED };
    if (vb_kind_is_picture(item->kind) && cJSON_HasObjectItem(json, "blob"))
        return read_picture(seat, &ask, json, out, err);
    else if (vb_kind_is_picture(item->kind) && cJSON_HasObjectItem(json, "file"))
        out->refusal = VB_REFUSED_TYPE; /* no file of this machine */
    else if ((json = take_method(item, json, out)) == NULL)
        out->refusal = VB_REFUSED_TYPE;
    else
        return vb_asked_value(seat->session, &ask, json, "", &seat->exchange->arena, &out->value,
                              &out->refusal, &why, err);
    return VB_OK;
}
