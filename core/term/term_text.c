/* term_text.c - own words, one line or several; an empty line ends them. */
#include "base/utf8.h"
#include "term/term_kind.h"

static void want(const struct vb_question *question, struct vb_buf *out)
{
    const struct vb_item *item = question->ask.item;
    char most[32];
    snprintf(most, sizeof most, "%lld", (long long)item->max);
    vb_phrase_write(out, question->tongue, item->has_max ? VB_WANT_TEXT_MAX : VB_WANT_TEXT, most);
}

/* Bytes of the first most characters. */
static size_t first_of(const struct vb_buf *text, size_t most)
{
    size_t len = 0;
    for (size_t i = 0; i < text->len; i++) {
        bool begins = ((unsigned char)text->data[i] & 0xC0) != 0x80;
        if (begins && most-- == 0)
            break;
        len = i + 1;
    }
    return len;
}

/* Nobody writes a long text twice with pleasure: what fits of it can be kept, if they say so: no
 * character goes without a word. */
static enum vb_code fit(const struct vb_question *question, struct vb_buf *text, bool cut,
                        bool *keep, struct vb_err *err)
{
    size_t most = (size_t)vb_text_most(question->ask.item);
    size_t length = vb_utf8_length(text->data, text->len);
    char is[24], may[24];
    const char *const numbers[] = { is, may, may };
    struct vb_buf ask = { 0 };
    *keep = true;
    if (cut)
        vb_desk_say(question->desk, VB_PLAIN, 0, VB_SAY_LINE_CUT, NULL);
    if (!cut && length <= most)
        return VB_OK;
    snprintf(is, sizeof is, "%zu", length);
    snprintf(may, sizeof may, "%zu", most);
    if (length > most)
        vb_phrase_write_all(&ask, question->tongue, VB_ASK_KEEP_FIRST, numbers, 3);
    else
        vb_phrase_write(&ask, question->tongue, VB_ASK_KEEP_REST, is);
    enum vb_code code = vb_desk_confirm(question->desk, ask.data, false, keep, err);
    vb_buf_finish(&ask);
    text->len = first_of(text, most);
    text->data[text->len] = '\0';
    return code;
}

static enum vb_code read_line(const struct vb_question *question, const char *line, cJSON **json,
                              struct vb_err *err)
{
    struct vb_buf text = { 0 };
    enum vb_code code = VB_OK;
    bool cut = false, keep = true;
    while (code == VB_OK && line != NULL && line[0] != '\0') {
        cut = cut || question->desk->cut;
        vb_buf_puts(&text, text.len == 0 ? "" : "\n");
        vb_buf_puts(&text, line);
        code = vb_desk_line(question->desk, question->arena, &line, err);
    }
    /* NULL: a line in it was no UTF-8, so nothing of it stands */
    if (code == VB_OK && line != NULL)
        code = fit(question, &text, cut, &keep, err);
    if (code == VB_OK && line != NULL)
        *json = keep ? cJSON_CreateString(text.data) : cJSON_CreateNull();
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
