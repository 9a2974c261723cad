/* Conditions in words. They name questions by their number on this form; one that is not on it by
 * its id, so that whoever enters the form can look. */
#include <string.h>

#include "author/paper_inner.h"
#include "base/str.h"

static void put_number(struct vb_buf *out, const struct vb_blank *blank, int item)
{
    if (blank->numbers[item] > 0)
        vb_buf_int(out, blank->numbers[item]);
    else
        vb_buf_puts(out, blank->plan->items[item].id);
}

/* The sentence with {} and {n} filled in. */
static void put_sentence(struct vb_buf *out, const struct vb_blank *blank, const char *sentence,
                         const char *what, int item)
{
    for (const char *s = sentence; *s != '\0'; s++) {
        if (vb_starts_with(s, "{n}")) {
            put_number(out, blank, item);
            s += 2;
        } else if (vb_starts_with(s, "{}")) {
            vb_buf_puts(out, what);
            s += 1;
        } else {
            vb_buf_putc(out, *s);
        }
    }
}

static const char *label_of(const struct vb_blank *blank, const struct vb_item *item, int64_t value)
{
    const struct vb_answers *answers = vb_item_answers(blank->plan, item, blank->wish->format);
    for (int i = 0; answers != NULL && i < answers->count; i++)
        if (answers->options[i].value == value)
            return answers->options[i].text.by_language[blank->wish->language];
    return NULL;
}

/* A value of a comparison as it is written on this form: a line in millimetres. */
static void put_value(struct vb_buf *out, const struct vb_blank *blank, const struct vb_item *item,
                      int64_t value)
{
    bool labelled = item->kind == VB_LIKERT || item->kind == VB_FACES;
    const char *label = labelled ? label_of(blank, item, value) : NULL;
    if (label != NULL)
        vb_buf_printf(out, "\"%s\"", label);
    else if (item->kind == VB_NUMBER)
        vb_milli_write(out, value);
    else if (item->kind == VB_VAS)
        vb_buf_printf(out, "%lld mm", (long long)value / 10);
    else if (item->kind == VB_DATE)
        vb_buf_printf(out, "%02lld-%02lld-%lld", (long long)value % 100,
                      (long long)value / 100 % 100, (long long)value / 10000);
    else
        vb_buf_printf(out, "%lld", (long long)value);
}

static void put_is(struct vb_buf *out, const struct vb_blank *blank, const struct vb_cond *cond)
{
    const struct vb_paper_words *words = blank->words;
    const struct vb_item *item = &blank->plan->items[cond->item];
    struct vb_buf what = { 0 };
    vb_buf_puts(&what, "");
    if (cond->is.type == VB_VALUE_BOOL) {
        put_sentence(out, blank, cond->is.number != 0 ? words->said_yes : words->said_no, "",
                     cond->item);
    } else if (cond->is.type == VB_VALUE_OPTION) {
        vb_buf_puts(
            &what, item->answers->options[cond->is.number].text.by_language[blank->wish->language]);
        put_sentence(out, blank, words->chose, what.data, cond->item);
    } else if (cond->is.text != NULL && cond->is.type != VB_VALUE_INT) {
        vb_buf_puts(&what, cond->is.text);
        put_sentence(out, blank, words->chose, what.data, cond->item);
    } else {
        put_value(&what, blank, item, cond->is.number);
        put_sentence(out, blank, words->gave, what.data, cond->item);
    }
    vb_buf_finish(&what);
}

static void put_leaf(struct vb_buf *out, const struct vb_blank *blank, const struct vb_cond *cond)
{
    const struct vb_paper_words *words = blank->words;
    const struct vb_item *item = &blank->plan->items[cond->item];
    struct vb_buf what = { 0 };
    vb_buf_puts(&what, "");
    switch (cond->op) {
    case VB_COND_BELOW:
        put_value(&what, blank, item, cond->low);
        put_sentence(out, blank, words->below, what.data, cond->item);
        break;
    case VB_COND_ABOVE:
        put_value(&what, blank, item, cond->high);
        put_sentence(out, blank, words->above, what.data, cond->item);
        break;
    case VB_COND_BETWEEN:
        put_value(&what, blank, item, cond->low);
        vb_buf_puts(&what, " - ");
        put_value(&what, blank, item, cond->high);
        put_sentence(out, blank, words->between, what.data, cond->item);
        break;
    case VB_COND_ANSWERED:
        put_sentence(out, blank, words->answered, "", cond->item);
        break;
    default:
        put_is(out, blank, cond);
        break;
    }
    vb_buf_finish(&what);
}

static void put_cond(struct vb_buf *out, const struct vb_blank *blank, const struct vb_cond *cond,
                     bool inside)
{
    const struct vb_paper_words *words = blank->words;
    if (cond->op < VB_COND_ALL) {
        put_leaf(out, blank, cond);
        return;
    }
    bool brackets = inside && cond->count > 1;
    vb_buf_puts(out, brackets ? "(" : "");
    if (cond->op == VB_COND_NEITHER)
        vb_buf_puts(out, words->neither);
    for (int i = 0; i < cond->count; i++) {
        if (i > 0)
            vb_buf_puts(out, cond->op == VB_COND_ALL ? words->and_also : words->or_else);
        put_cond(out, blank, cond->of[i], true);
    }
    vb_buf_puts(out, brackets ? ")" : "");
}

void vb_blank_when(struct vb_buf *out, const struct vb_blank *blank, const struct vb_cond *cond)
{
    struct vb_buf words = { 0 };
    vb_buf_puts(&words, "");
    put_cond(&words, blank, cond, false);
    vb_blank_fill(out, blank->words->only_if, words.data);
    vb_buf_finish(&words);
}
