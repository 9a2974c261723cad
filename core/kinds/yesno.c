#include "kinds/kind_parts.h"

static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    (void)ask;
    if (value->type != VB_VALUE_BOOL)
        return VB_REFUSED_TYPE;
    return value->number != 0 && value->number != 1 ? VB_REFUSED_RANGE : VB_ACCEPTED;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    (void)ask;
    (void)arena;
    if (!cJSON_IsBool(json))
        return vb_wrong_type(why, "true or false");
    *out = (struct vb_value){ .type = VB_VALUE_BOOL, .number = cJSON_IsTrue(json) };
    return VB_ACCEPTED;
}

const struct vb_kind vb_kind_yesno = { VB_YESNO, check, from_json };
