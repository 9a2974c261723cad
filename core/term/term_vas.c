/* term_vas.c - a line between two end words, answered as 0 to 100, stored as 0 to 1000.
 *
 * No mark stands on the line and no number is shown before there is one: both would pull answers.
 */
#include "term/term_kind.h"

static void show(const struct vb_question *question)
{
    const struct vb_item *item = question->ask.item;
    vb_screen_ruler(&question->desk->screen,
                    item->left == NULL ? "" : vb_question_text(question, item->left),
                    item->right == NULL ? "" : vb_question_text(question, item->right));
}

static void want(const struct vb_question *question, struct vb_buf *out)
{
    vb_buf_puts(out, vb_phrase(question->tongue, VB_WANT_VAS));
}

static enum vb_code read_line(const struct vb_question *question, const char *line, cJSON **json,
                              struct vb_err *err)
{
    int64_t hundredth;
    (void)question;
    (void)err;
    if (vb_read_int(line, &hundredth) && hundredth >= -100000 && hundredth <= 100000)
        *json = cJSON_CreateNumber((double)(hundredth * 10));
    return VB_OK;
}

static void say(const struct vb_question *question, const struct vb_value *value,
                struct vb_buf *out)
{
    struct vb_buf number = { 0 };
    vb_milli_write(&number, value->number * 100); /* tenths as thousandths */
    vb_phrase_write(out, question->tongue, VB_SAY_OF_HUNDRED, number.data);
    vb_buf_finish(&number);
}

const struct vb_term_kind vb_term_vas = {
    .id = VB_VAS,
    .typed = true,
    .show = show,
    .want = want,
    .read = read_line,
    .say = say,
};
