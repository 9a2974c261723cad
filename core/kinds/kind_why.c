#include <string.h>

#include "data/value_json.h"
#include "kinds/kind_parts.h"

/* What a refusal says to whoever wrote the answer file. Numbers and the instrument's own words are
 * repeated; what a person wrote never is, for these sentences may end in a log. */

enum vb_refusal vb_wrong_type(struct vb_err *why, const char *what)
{
    vb_fail(why, VB_E_DATA, "%s was expected", what);
    return VB_REFUSED_TYPE;
}

static void list_values(struct vb_buf *out, const struct vb_answers *answers)
{
    bool gaps = answers->max - answers->min + 1 != answers->count;
    vb_buf_puts(out, gaps ? " is not one of " : " is outside ");
    if (!gaps)
        vb_buf_printf(out, "%lld..%lld", (long long)answers->min, (long long)answers->max);
    for (int i = 0; gaps && i < answers->count; i++)
        vb_buf_printf(out, i > 0 ? ", %lld" : "%lld", (long long)answers->options[i].value);
}

static void write_number_range(struct vb_buf *out, const struct vb_item *item)
{
    vb_buf_puts(out, " is outside ");
    vb_milli_write(out, item->has_min ? item->min : -(int64_t)VB_NUMBER_MAX * 1000);
    vb_buf_puts(out, "..");
    vb_milli_write(out, item->has_max ? item->max : (int64_t)VB_NUMBER_MAX * 1000);
}

static void write_day(struct vb_buf *out, int64_t day, const char *open)
{
    if (day == 0)
        vb_buf_puts(out, open);
    else
        vb_buf_printf(out, "%04d-%02d-%02d", (int)(day / 10000), (int)(day / 100 % 100),
                      (int)(day % 100));
}

static void write_range(struct vb_buf *out, const struct vb_ask *ask, const struct vb_value *value)
{
    const struct vb_item *item = ask->item;
    if (value->type == VB_VALUE_INT || value->type == VB_VALUE_MILLI)
        vb_value_write(out, item, value);
    if (item->kind == VB_LIKERT || item->kind == VB_FACES) {
        list_values(out, vb_item_answers(ask->plan, item, ask->format));
    } else if (item->kind == VB_VAS) {
        vb_buf_puts(out, " is outside 0..1000");
    } else if (item->kind == VB_NUMBER) {
        write_number_range(out, item);
    } else if (item->kind == VB_DATE) {
        vb_buf_puts(out, "the day is outside ");
        write_day(out, item->min, "the past");
        vb_buf_puts(out, "..");
        write_day(out, item->max, "the future");
    } else if (vb_kind_is_picture(item->kind)) {
        vb_buf_puts(out, "this way of answering is not offered here");
    } else {
        vb_buf_puts(out, "no such answer; there is ");
        for (int i = 0; item->answers != NULL && i < item->answers->count; i++)
            vb_buf_printf(out, "%s\"%s\"", i > 0 ? ", " : "", item->answers->options[i].id);
    }
}

static const char *sentence(enum vb_refusal refusal)
{
    static const char *const sentences[VB_REFUSAL_COUNT] = {
        [VB_REFUSED_TYPE] = "not the kind of value this question takes",
        [VB_REFUSED_REQUIRED] = "this question wants an answer",
        [VB_REFUSED_EMPTY] = "nothing visible in it; leave the item out instead",
        [VB_REFUSED_LONG] = "more than this question takes",
        [VB_REFUSED_UTF8] = "not UTF-8",
        [VB_REFUSED_DATE] = "no such day; write \"2026-11-21\"",
        [VB_REFUSED_TWICE] = "the same answer stands twice",
        [VB_REFUSED_POLICY] = "the instrument's policy forbids this",
        [VB_REFUSED_DECIMALS] = "a whole number was expected",
        [VB_REFUSED_FILE] = "not a PNG, JPEG or WebP image or strokes, of at most 8 MiB",
        [VB_REFUSED_CONTROL] = "a control character is not allowed",
    };
    return sentences[refusal];
}

void vb_refusal_why(const struct vb_ask *ask, const struct vb_value *value, enum vb_refusal refusal,
                    struct vb_err *why)
{
    struct vb_buf out = { 0 };
    bool words_only =
        ask->item->kind == VB_COLLAGE; /* too many pieces are told where they are read */
    int most = words_only ? VB_WORDS_MOST : ask->item->max > 0 ? (int)ask->item->max : 0;
    if (refusal == VB_REFUSED_RANGE)
        write_range(&out, ask, value);
    else if (refusal == VB_REFUSED_LONG && ask->item->kind == VB_TEXT)
        vb_buf_printf(&out, "more than %d characters", most > 0 ? most : VB_TEXT_DEFAULT);
    else if (refusal == VB_REFUSED_CONTROL && ask->item->kind != VB_WORDS)
        vb_buf_puts(&out, "a control character is not allowed, new lines and tabs are");
    else if (refusal == VB_REFUSED_LONG && most > 1)
        vb_buf_printf(&out, "more than %d, or one of them too long", most);
    else
        vb_buf_puts(&out, sentence(refusal));
    vb_fail(why, VB_E_DATA, "%s", out.data);
    vb_buf_finish(&out);
}
