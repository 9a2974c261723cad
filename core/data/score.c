#include "data/score.h"

/* Operands of a usual scale fit 32 bits, where a division costs a third. */
static uint64_t divide(uint64_t numerator, uint64_t denominator, uint64_t *rest)
{
    if ((numerator | denominator) <= UINT32_MAX) {
        uint32_t n = (uint32_t)numerator, d = (uint32_t)denominator;
        *rest = n % d;
        return n / d;
    }
    *rest = numerator % denominator;
    return numerator / denominator;
}

static inline int64_t round_half_even(int64_t numerator, int64_t denominator)
{
    uint64_t rest, down = (uint64_t)denominator;
    uint64_t size = numerator < 0 ? 0 - (uint64_t)numerator : (uint64_t)numerator;
    uint64_t whole = divide(size, down, &rest);
    whole += rest > down - rest || (rest == down - rest && (whole & 1) != 0);
    return numerator < 0 ? -(int64_t)whole : (int64_t)whole;
}

int64_t vb_round_half_even(int64_t numerator, int64_t denominator)
{
    vb_assert(denominator > 0);
    return round_half_even(numerator, denominator);
}

static inline int64_t pomp_tenths(int64_t sum, int64_t n, int64_t min, int64_t max)
{
    return round_half_even(1000 * (sum - n * min), n * (max - min));
}

int64_t vb_pomp_tenths(int64_t sum, int64_t n, int64_t min, int64_t max)
{
    vb_assert(n > 0);
    vb_assert(max > min);
    return pomp_tenths(sum, n, min, max);
}

int vb_score_min_answered(int n)
{
    if (n <= 2)
        return n;
    return n <= 4 ? 3 : (4 * n + 4) / 5;
}

#define NO_NUMBER INT64_MIN

/* A choice's number, or NO_NUMBER. Apart, so that the usual loop keeps its sum in a register. */
__attribute__((noinline)) static int64_t option_number(const struct vb_plan *plan, int item,
                                                       const struct vb_value *value)
{
    int64_t milli;
    return vb_item_number(plan, &plan->items[item], value, &milli) ? milli : NO_NUMBER;
}

/* The value in thousandths, or NO_NUMBER when it is missing or counts for nothing. */
static inline int64_t number_of(const struct vb_plan *plan, int item, enum vb_scoring_rule rule,
                                const struct vb_value *value)
{
    if (!vb_value_given(value))
        return NO_NUMBER;
    if (rule == VB_SCORE_WHOLE)
        return value->number * 1000;
    return rule == VB_SCORE_MILLI ? value->number : option_number(plan, item, value);
}

/* One range holds for the whole scale: mixed ranges are an error when an instrument is loaded. */
static bool range_of(const struct vb_plan *plan, const struct vb_scale *scale, int format,
                     int64_t *min, int64_t *max)
{
    for (int i = 0; i < scale->item_count; i++)
        if (plan->scoring[scale->items[i]].rule != VB_UNSCORED)
            return vb_item_range(plan, &plan->items[scale->items[i]], format, min, max) &&
                   *max > *min;
    return false;
}

/* Counts and sum of what this person was asked and answered; returns the scored items of the scale.
 * Locals, because the compiler must think that *out and the values may be one. */
static int add_up(struct vb_score *out, const struct vb_plan *plan, const struct vb_scale *scale,
                  const struct vb_value *values, int member, int role, const uint8_t *in_form,
                  int64_t turn)
{
    const int *items = scale->items, *end = items + scale->item_count;
    const struct vb_scoring *scoring = plan->scoring;
    int scored = 0, of = 0, answered = 0;
    int64_t sum = 0;
    for (; items < end; items++) {
        struct vb_scoring how = scoring[*items];
        if (how.rule == VB_UNSCORED)
            continue;
        scored++;
        if ((how.roles >> role & 1) == 0 || (in_form != NULL && in_form[*items] == 0))
            continue;
        of++;
        if (how.per_member)
            how.slot += plan->plain_count + member * plan->member_item_count;
        int64_t milli = number_of(plan, *items, (enum vb_scoring_rule)how.rule, &values[how.slot]);
        if (milli == NO_NUMBER)
            continue;
        answered++;
        sum += how.reverse ? turn - milli : milli;
    }
    *out = (struct vb_score){ .any = of > 0, .answered = answered, .of = of, .sum_milli = sum };
    return scored;
}

void vb_score_scale(struct vb_score *out, const struct vb_plan *plan, const struct vb_scale *scale,
                    const struct vb_value *values, int member, int format, int role,
                    const uint8_t *in_form)
{
    int64_t min, max;
    if (!range_of(plan, scale, format, &min, &max)) {
        *out = (struct vb_score){ 0 };
        return;
    }
    int scored = add_up(out, plan, scale, values, member, role, in_form, min + max);
    bool whole = out->of == scored && scale->min_answered > 0;
    int wanted = whole ? scale->min_answered : vb_score_min_answered(out->of);
    out->given = out->answered > 0 && out->answered >= wanted;
    if (!out->given)
        return;
    out->prorated = out->answered < out->of;
    out->mean_milli = round_half_even(out->sum_milli, out->answered);
    out->pomp_tenths = pomp_tenths(out->sum_milli, out->answered, min, max);
}

bool vb_score_total(int64_t *milli, const struct vb_total *total, const struct vb_plan *plan,
                    const struct vb_score *scales)
{
    int64_t sum = 0;
    if (total->scale_count == 0)
        return false;
    for (int i = 0; i < total->scale_count; i++) {
        const struct vb_score *score = &scales[total->scales[i]];
        if (!score->given)
            return false;
        sum +=
            plan->scales[total->scales[i]].score == VB_SUM ? score->sum_milli : score->mean_milli;
    }
    *milli = total->score == VB_SUM ? sum : vb_round_half_even(sum, total->scale_count);
    return true;
}
