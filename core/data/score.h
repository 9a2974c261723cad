/* score.h - scale scores in integers. Pure; any thread.
 *
 * Formulas: POMP after Cohen, Cohen, Aiken & West 1999, rounded half to even at one decimal with
 * integer arithmetic only; missing rules as in docs/reference/scores.md. All sums in thousandths,
 * so that decimal numbers stay exact. */
#ifndef VB_SCORE_H
#define VB_SCORE_H

#include "data/instrument.h"

struct vb_score {
    bool any;          /* this person was asked at least one scored item of the scale */
    bool given;        /* enough answers: mean and pomp hold */
    bool prorated;     /* given, and not all were answered */
    int answered, of;  /* of: scored items of the person's form */
    int64_t sum_milli; /* of the answered items, reverse keying applied */
    int64_t mean_milli, pomp_tenths;
};

/* values is one person's value array (vb_plan_slot); member -1 but for per-member scales. in_form:
 * [item_count], what this person can be asked (the form's has_item, without what a variant or an
 * include that is off leaves out), or NULL for all. Items without a text for role never count. */
void vb_score_scale(struct vb_score *out, const struct vb_plan *plan, const struct vb_scale *scale,
                    const struct vb_value *values, int member, int format, int role,
                    const uint8_t *in_form);

/* A total over scales' own scores (mean or sum as each scale says): false when one is missing. */
bool vb_score_total(int64_t *milli, const struct vb_total *total, const struct vb_plan *plan,
                    const struct vb_score *scales);

/* How many must be answered of n: 1-2 all, 3-4 three, 5 four, more 80 % rounded up. */
int vb_score_min_answered(int n);

/* round_half_even(numerator / denominator), denominator > 0. */
int64_t vb_round_half_even(int64_t numerator, int64_t denominator);
/* POMP in tenths of n answers with this sum on min..max (any common unit). */
int64_t vb_pomp_tenths(int64_t sum, int64_t n, int64_t min, int64_t max);

#endif
