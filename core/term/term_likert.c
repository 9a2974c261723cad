/* term_likert.c - labelled answers; a person types the answer's own value. */
#include "term/term_kind.h"

void vb_likert_show(const struct vb_question *question)
{
    const struct vb_answers *answers = vb_question_answers(question);
    for (int i = 0; i < answers->count; i++)
        vb_screen_choice(&question->desk->screen, (int)answers->options[i].value,
                         vb_question_text(question, &answers->options[i].text));
}

int vb_likert_count(const struct vb_question *question)
{
    return (int)vb_question_answers(question)->max;
}

void vb_likert_want(const struct vb_question *question, struct vb_buf *out)
{
    const struct vb_answers *answers = vb_question_answers(question);
    char range[64];
    snprintf(range, sizeof range, "%lld-%lld", (long long)answers->min, (long long)answers->max);
    vb_phrase_write(out, question->tongue, VB_WANT_NUMBER_OF, range);
}

enum vb_code vb_likert_read(const struct vb_question *question, const char *line, cJSON **json,
                            struct vb_err *err)
{
    int64_t number;
    (void)question;
    (void)err;
    if (vb_read_int(line, &number))
        *json = cJSON_CreateNumber((double)number);
    return VB_OK;
}

void vb_likert_say(const struct vb_question *question, const struct vb_value *value,
                   struct vb_buf *out)
{
    const struct vb_answers *answers = vb_question_answers(question);
    for (int i = 0; i < answers->count; i++)
        if (answers->options[i].value == value->number)
            vb_buf_puts(out, vb_question_text(question, &answers->options[i].text));
}

const struct vb_term_kind vb_term_likert = {
    .id = VB_LIKERT,
    .show = vb_likert_show,
    .count = vb_likert_count,
    .want = vb_likert_want,
    .read = vb_likert_read,
    .say = vb_likert_say,
};
