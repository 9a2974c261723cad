#include "kinds/kind_parts.h"

/* A likert whose answers are pictures. Off where rating emotions is against the policy. */
static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    return ask->policy->emotion_rating ? vb_kind_likert.check(ask, value) : VB_REFUSED_POLICY;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    return vb_kind_likert.from_json(ask, json, arena, out, why);
}

const struct vb_kind vb_kind_faces = { VB_FACES, check, from_json };
