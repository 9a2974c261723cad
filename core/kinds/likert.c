#include "data/value_json.h"
#include "kinds/kind_parts.h"

static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    const struct vb_answers *answers = vb_item_answers(ask->plan, ask->item, ask->format);
    if (value->type != VB_VALUE_INT)
        return VB_REFUSED_TYPE;
    for (int i = 0; i < answers->count; i++)
        if (answers->options[i].value == value->number)
            return VB_ACCEPTED;
    return VB_REFUSED_RANGE;
}

#define VB_EXACT_MOST 9007199254740992 /* up to here a double holds every whole number */

enum vb_refusal vb_whole_from_json(const cJSON *json, struct vb_value *out, struct vb_err *why)
{
    int64_t number;
    if (!cJSON_IsNumber(json))
        return vb_wrong_type(why, "a whole number");
    if (vb_number_whole(json->valuedouble, VB_EXACT_MOST, &number)) {
        *out = vb_value_int(number);
        return VB_ACCEPTED;
    }
    bool small = json->valuedouble <= VB_EXACT_MOST && json->valuedouble >= -VB_EXACT_MOST;
    vb_fail(why, VB_E_DATA, "%s",
            small ? "a whole number was expected, not one with decimals" : "far outside any range");
    return small ? VB_REFUSED_DECIMALS : VB_REFUSED_RANGE;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    (void)ask;
    (void)arena;
    return vb_whole_from_json(json, out, why);
}

const struct vb_kind vb_kind_likert = { VB_LIKERT, check, from_json };
