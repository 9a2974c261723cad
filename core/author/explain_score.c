#include "author/explain_score.h"

#include <inttypes.h>

#include "base/str.h"

struct explaining {
    struct vb_buf *out;
    const struct vb_result *result;
    const struct vb_plan *plan;
    const struct vb_scale *scale;
    int64_t min, max; /* of its items, in thousandths */
};

static void put_milli(struct vb_buf *out, int64_t milli)
{
    vb_milli_write(out, milli);
}

/* -- items ------------------------------------------------------------------------------------- */

static bool is_scored(const struct explaining *e, int item)
{
    return e->plan->scoring[item].rule != VB_UNSCORED;
}

static void put_given(const struct explaining *e, const struct vb_item *item,
                      const struct vb_value *value)
{
    struct vb_buf *out = e->out;
    int64_t milli;
    if (!vb_item_number(e->plan, item, value, &milli)) {
        vb_buf_puts(out, "an answer without a number: counts as not answered\n");
        return;
    }
    put_milli(out, milli);
    if (item->reverse) {
        vb_buf_puts(out, "  reversed: ");
        put_milli(out, e->min);
        vb_buf_puts(out, " + ");
        put_milli(out, e->max);
        vb_buf_puts(out, " - ");
        put_milli(out, milli);
        vb_buf_puts(out, " = ");
        put_milli(out, e->min + e->max - milli);
    }
    vb_buf_putc(out, '\n');
}

static void put_item(const struct explaining *e, const struct vb_respondent *respondent,
                     const struct vb_part *part, int index)
{
    const struct vb_item *item = &e->plan->items[index];
    const struct vb_value *value = &part->values[index];
    vb_buf_printf(e->out, "    %-24s ", item->id);
    if (!is_scored(e, index))
        vb_buf_puts(e->out, "keeps its place in the scale and has no score\n");
    else if ((e->plan->scoring[index].roles >> respondent->role_index & 1) == 0 ||
             value->type == VB_VALUE_NONE)
        vb_buf_puts(e->out, "not asked of this person\n");
    else if (!vb_value_given(value))
        vb_buf_puts(e->out, "not filled in\n");
    else
        put_given(e, item, value);
}

/* -- the score --------------------------------------------------------------------------------- */

/* As vb_score_scale decides it. */
static int wanted(const struct explaining *e, const struct vb_score *score)
{
    int scored = 0;
    for (int i = 0; i < e->scale->item_count; i++)
        scored += is_scored(e, e->scale->items[i]);
    bool whole = score->of == scored && e->scale->min_answered > 0;
    return whole ? e->scale->min_answered : vb_score_min_answered(score->of);
}

static void put_pomp(const struct explaining *e, const struct vb_score *score)
{
    struct vb_buf *out = e->out;
    int64_t tenths = score->pomp_tenths;
    vb_buf_puts(out, "    POMP = 100 (sum / n - min) / (max - min) = 100 (");
    put_milli(out, score->sum_milli);
    vb_buf_printf(out, " / %d - ", score->answered);
    put_milli(out, e->min);
    vb_buf_puts(out, ") / (");
    put_milli(out, e->max);
    vb_buf_puts(out, " - ");
    put_milli(out, e->min);
    vb_buf_printf(out, ") = %" PRId64 ".%" PRId64 "\n", tenths / 10, tenths % 10);
}

static void put_score(const struct explaining *e, const struct vb_score *score)
{
    struct vb_buf *out = e->out;
    int least = wanted(e, score);
    vb_buf_printf(out, "    answered %d of %d; at least %d needed\n", score->answered, score->of,
                  least);
    vb_buf_puts(out, "    sum  = ");
    put_milli(out, score->sum_milli);
    vb_buf_putc(out, '\n');
    if (!score->given) {
        vb_buf_puts(out, "    too few answers: no mean and no POMP\n");
        return;
    }
    vb_buf_puts(out, "    mean = sum / n = ");
    put_milli(out, score->sum_milli);
    vb_buf_printf(out, " / %d = ", score->answered);
    put_milli(out, score->mean_milli);
    vb_buf_putc(out, '\n');
    put_pomp(e, score);
    if (score->prorated)
        vb_buf_puts(out, "    prorated: what was not answered is treated as if it were like the "
                         "rest\n");
}

static const char *name_of_member(const struct vb_result *result, int member)
{
    return member >= 0 && member < result->roster_count && result->roster[member].label != NULL
               ? result->roster[member].label
               : "a member";
}

/* False: this part has no score of the scale. */
static bool put_part(const struct explaining *e, const struct vb_respondent *respondent,
                     const struct vb_part *part)
{
    const struct vb_score *score =
        part->scores == NULL ? NULL : &part->scores[e->scale - e->plan->scales];
    if (score == NULL || !score->any)
        return false;
    vb_buf_printf(e->out, "  %s %s", respondent->role, respondent->person);
    if (part->member_index >= 0)
        vb_buf_printf(e->out, " about %s", name_of_member(e->result, part->member_index));
    vb_buf_putc(e->out, '\n');
    for (int i = 0; i < e->scale->item_count; i++)
        put_item(e, respondent, part, e->scale->items[i]);
    put_score(e, score);
    return true;
}

/* -- all of it --------------------------------------------------------------------------------- */

static void put_head(const struct explaining *e, const char *language)
{
    const struct vb_scale *scale = e->scale;
    const char *title = scale->title.by_language[vb_plan_language(e->plan, language)];
    vb_buf_printf(e->out, "%s \"%s\": its own score is the %s; answers run from ", scale->id,
                  title == NULL ? "" : title, scale->score == VB_MEAN ? "mean" : "sum");
    put_milli(e->out, e->min);
    vb_buf_puts(e->out, " to ");
    put_milli(e->out, e->max);
    vb_buf_puts(e->out, scale->negative ? "; negative: high is unpleasant\n" : "\n");
    if (e->result->simulated)
        vb_buf_puts(e->out, "simulated: these answers are made up\n");
}

static void put_sources(struct vb_buf *out)
{
    vb_buf_puts(
        out,
        "POMP, the percent of the maximum possible score: Cohen, Cohen, Aiken & West 1999. Mean "
        "rounded half to\neven at three decimals, POMP at one, both from the sum. How many answers "
        "are needed: docs/reference/scores.md;\nprorating is a convention, and biased: Mazza, "
        "Enders & Ruehlman 2015.\n");
}

static bool find_range(struct explaining *e)
{
    for (int i = 0; i < e->scale->item_count; i++)
        if (is_scored(e, e->scale->items[i]))
            return vb_item_range(e->plan, &e->plan->items[e->scale->items[i]], e->result->format,
                                 &e->min, &e->max);
    return false;
}

enum vb_code vb_explain_score(struct vb_buf *out, const struct vb_result *result, int scale,
                              const char *person, const char *language, struct vb_err *err)
{
    struct explaining e = {
        .out = out, .result = result, .plan = result->plan, .scale = &result->plan->scales[scale]
    };
    bool any = false, there = person == NULL;
    if (e.scale->hidden != VB_PRIVATE_NONE)
        return vb_fail(err, VB_E_DATA, "scale %s is private: its scores are in no result",
                       e.scale->id);
    if (!find_range(&e))
        return vb_fail(err, VB_E_DATA, "scale %s has no items with a score", e.scale->id);
    put_head(&e, language == NULL ? e.plan->languages[0] : language);
    for (int i = 0; i < result->respondent_count; i++) {
        const struct vb_respondent *respondent = &result->respondents[i];
        if (person != NULL && !vb_starts_with(respondent->person, person))
            continue;
        there = true;
        if (!respondent->shared)
            continue;
        any |= put_part(&e, respondent, &respondent->own);
        for (int j = 0; j < respondent->about_count; j++)
            any |= put_part(&e, respondent, &respondent->about[j]);
    }
    put_sources(out);
    if (!there)
        return vb_fail(err, VB_E_ABSENT, "nobody in this result has an id that begins with %s",
                       person);
    if (!any)
        return vb_fail(err, VB_E_ABSENT, "nobody who is shown was asked anything of scale %s",
                       e.scale->id);
    return VB_OK;
}
