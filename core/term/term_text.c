/* term_text.c - own words, one line or several; an empty line ends them. */
#include "term/term_kind.h"

static void want(const struct vb_question *question, struct vb_buf *out)
{
    const struct vb_item *item = question->ask.item;
    char most[32];
    snprintf(most, sizeof most, "%lld", (long long)item->max);
    vb_phrase_write(out, question->tongue, item->has_max ? VB_WANT_TEXT_MAX : VB_WANT_TEXT, most);
}

static enum vb_code read_line(const struct vb_question *question, const char *line, cJSON **json,
                              struct vb_err *err)
{
    struct vb_buf text = { 0 };
    enum vb_code code = VB_OK;
    while (code == VB_OK && line != NULL && line[0] != '\0') {
        vb_buf_puts(&text, text.len == 0 ? "" : "\n");
        vb_buf_puts(&text, line);
        code = vb_desk_line(question->desk, question->arena, &line, err);
    }
    if (code == VB_OK &&
        line != NULL) /* NULL: a line in it was no UTF-8, so nothing of it stands */
        *json = cJSON_CreateString(text.data);
    vb_buf_finish(&text);
    return code;
}

static void say(const struct vb_question *question, const struct vb_value *value,
                struct vb_buf *out)
{
    (void)question;
    vb_buf_put(out, value->text, value->len);
}

const struct vb_term_kind vb_term_text = {
    .id = VB_TEXT,
    .typed = true,
    .want = want,
    .read = read_line,
    .say = say,
};
