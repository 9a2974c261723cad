#include "term/term_kind.h"

static void show(const struct vb_question *question)
{
    vb_screen_choice(&question->desk->screen, 1, vb_phrase(question->tongue, VB_SAY_YES));
    vb_screen_choice(&question->desk->screen, 2, vb_phrase(question->tongue, VB_SAY_NO));
}

static int count(const struct vb_question *question)
{
    (void)question;
    return 2;
}

static void want(const struct vb_question *question, struct vb_buf *out)
{
    vb_buf_puts(out, vb_phrase(question->tongue, VB_WANT_YESNO));
}

static enum vb_code read_line(const struct vb_question *question, const char *line, cJSON **json,
                              struct vb_err *err)
{
    (void)question;
    (void)err;
    int chosen = vb_yes_or_no(line);
    if (chosen == 1 || chosen == 2)
        *json = cJSON_CreateBool(chosen == 1);
    return VB_OK;
}

static void say(const struct vb_question *question, const struct vb_value *value,
                struct vb_buf *out)
{
    vb_buf_puts(out, vb_phrase(question->tongue, value->number != 0 ? VB_SAY_YES : VB_SAY_NO));
}

const struct vb_term_kind vb_term_yesno = {
    .id = VB_YESNO,
    .show = show,
    .count = count,
    .want = want,
    .read = read_line,
    .say = say,
};
