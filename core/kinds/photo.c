#include "kinds/kind_parts.h"

/* A photo of something on paper or in the room: the same values as a drawing. */
static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    return vb_kind_draw.check(ask, value);
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    return vb_kind_draw.from_json(ask, json, arena, out, why);
}

const struct vb_kind vb_kind_photo = { VB_PHOTO, check, from_json };
