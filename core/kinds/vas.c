#include "kinds/kind_parts.h"

/* A place on a line, in thousandths of its length, whatever the screen is. */
static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    (void)ask;
    if (value->type != VB_VALUE_INT)
        return VB_REFUSED_TYPE;
    return value->number < 0 || value->number > 1000 ? VB_REFUSED_RANGE : VB_ACCEPTED;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    (void)ask;
    (void)arena;
    return vb_whole_from_json(json, out, why);
}

const struct vb_kind vb_kind_vas = { VB_VAS, check, from_json };
