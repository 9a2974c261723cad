/* term_number.c - an amount; a comma or a point before the decimals. */
#include "term/term_kind.h"

static void put_end(const struct vb_question *question, enum vb_phrase phrase, int64_t milli,
                    struct vb_buf *out)
{
    struct vb_buf number = { 0 };
    vb_milli_write(&number, milli);
    vb_phrase_write(out, question->tongue, phrase, number.data);
    vb_buf_finish(&number);
}

static void want(const struct vb_question *question, struct vb_buf *out)
{
    const struct vb_item *item = question->ask.item;
    struct vb_buf range = { 0 };
    if (item->has_min)
        put_end(question, VB_SAY_FROM, item->min, &range);
    if (item->has_min && item->has_max)
        vb_buf_putc(&range, ' ');
    if (item->has_max)
        put_end(question, VB_SAY_UNTIL, item->max, &range);
    vb_phrase_write(out, question->tongue, range.len > 0 ? VB_WANT_DECIMAL_IN : VB_WANT_DECIMAL,
                    range.data);
    vb_buf_finish(&range);
}

/* What was typed as JSON writes it: read by the same reader as a file's number. */
static enum vb_code read_line(const struct vb_question *question, const char *line, cJSON **json,
                              struct vb_err *err)
{
    char number[64];
    size_t len = strlen(line);
    (void)question;
    (void)err;
    if (len >= sizeof number || line[strspn(line, "-0123456789.,")] != '\0')
        return VB_OK;
    memcpy(number, line, len + 1);
    char *comma = strchr(number, ',');
    if (comma != NULL)
        *comma = '.';
    char *digits = number[0] == '-' ? number + 1 : number;
    while (digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')
        memmove(digits, digits + 1, strlen(digits));
    *json = cJSON_ParseWithOpts(number, NULL, true);
    if (*json != NULL && !cJSON_IsNumber(*json)) {
        cJSON_Delete(*json);
        *json = NULL;
    }
    return VB_OK;
}

static void say(const struct vb_question *question, const struct vb_value *value,
                struct vb_buf *out)
{
    struct vb_buf number = { 0 };
    vb_milli_write(&number, value->number);
    char *point = strchr(number.data, '.');
    if (point != NULL && question->tongue == VB_NL)
        *point = ',';
    vb_buf_puts(out, number.data);
    vb_buf_finish(&number);
}

const struct vb_term_kind vb_term_number = {
    .id = VB_NUMBER,
    .typed = true,
    .want = want,
    .read = read_line,
    .say = say,
};
