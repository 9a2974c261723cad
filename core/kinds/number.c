#include "data/value_json.h"
#include "kinds/kind_parts.h"

/* Kept in thousandths, so that 0.1 + 0.2 is 0.3 in every sum. */
static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    const struct vb_item *item = ask->item;
    int64_t most = (int64_t)VB_NUMBER_MAX * 1000;
    if (value->type != VB_VALUE_MILLI)
        return VB_REFUSED_TYPE;
    if (item->integer && value->number % 1000 != 0)
        return VB_REFUSED_DECIMALS;
    if (value->number < (item->has_min ? item->min : -most) ||
        value->number > (item->has_max ? item->max : most))
        return VB_REFUSED_RANGE;
    return VB_ACCEPTED;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    int64_t milli;
    (void)ask;
    (void)arena;
    if (!cJSON_IsNumber(json))
        return vb_wrong_type(why, "a number");
    if (vb_number_milli(json->valuedouble, &milli)) {
        *out = (struct vb_value){ .type = VB_VALUE_MILLI, .number = milli };
        return VB_ACCEPTED;
    }
    if (json->valuedouble > VB_NUMBER_MAX || json->valuedouble < -VB_NUMBER_MAX) {
        vb_fail(why, VB_E_DATA, "a number is at most a billion, and at least minus a billion");
        return VB_REFUSED_RANGE;
    }
    vb_fail(why, VB_E_DATA, "a number has at most three decimals");
    return VB_REFUSED_DECIMALS;
}

const struct vb_kind vb_kind_number = { VB_NUMBER, check, from_json };
