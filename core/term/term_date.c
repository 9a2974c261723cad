/* term_date.c - a day: 2026-12-31 everywhere, 31-12-2026 too (and with / or . between). */
#include "term/term_kind.h"

static void put_end(const struct vb_question *question, enum vb_phrase phrase, int64_t day,
                    struct vb_buf *out)
{
    char date[32];
    int year = (int)(day / 10000), month = (int)(day / 100 % 100), of_month = (int)(day % 100);
    if (question->tongue == VB_NL)
        snprintf(date, sizeof date, "%d-%d-%d", of_month, month, year);
    else
        snprintf(date, sizeof date, "%04d-%02d-%02d", year, month, of_month);
    vb_phrase_write(out, question->tongue, phrase, date);
}

static void want(const struct vb_question *question, struct vb_buf *out)
{
    const struct vb_item *item = question->ask.item;
    struct vb_buf range = { 0 };
    if (item->min != 0)
        put_end(question, VB_SAY_FROM, item->min, &range);
    if (item->min != 0 && item->max != 0)
        vb_buf_putc(&range, ' ');
    if (item->max != 0)
        put_end(question, VB_SAY_UNTIL, item->max, &range);
    vb_phrase_write(out, question->tongue, range.len > 0 ? VB_WANT_DATE_IN : VB_WANT_DATE,
                    range.data);
    vb_buf_finish(&range);
}

bool vb_read_day(const char *line, char out[VB_DAY_SIZE])
{
    unsigned a, b, c;
    int end = 0;
    if (sscanf(line, "%4u%*[-/.]%2u%*[-/.]%4u%n", &a, &b, &c, &end) != 3 || line[end] != '\0')
        return false;
    bool year_first = a > 99;
    if ((!year_first && c < 100) || (year_first && c > 99))
        return false; /* a year of two digits could be any century */
    snprintf(out, VB_DAY_SIZE, "%04u-%02u-%02u", (year_first ? a : c) % 10000, b % 100,
             (year_first ? c : a) % 100);
    return true;
}

void vb_say_day(enum vb_tongue tongue, const char *day, struct vb_buf *out)
{
    unsigned year, month, of_month;
    char end;
    if (tongue == VB_NL && sscanf(day, "%4u-%2u-%2u%c", &year, &month, &of_month, &end) == 3)
        vb_buf_printf(out, "%u-%u-%u", of_month, month, year);
    else
        vb_buf_puts(out, day);
}

/* Whether there is such a day is for the kind to say; here only the form counts. */
static enum vb_code read_line(const struct vb_question *question, const char *line, cJSON **json,
                              struct vb_err *err)
{
    char day[VB_DAY_SIZE];
    (void)question;
    (void)err;
    if (vb_read_day(line, day))
        *json = cJSON_CreateString(day);
    return VB_OK;
}

static void say(const struct vb_question *question, const struct vb_value *value,
                struct vb_buf *out)
{
    vb_say_day(question->tongue, value->text, out);
}

const struct vb_term_kind vb_term_date = {
    .id = VB_DATE,
    .typed = true,
    .want = want,
    .read = read_line,
    .say = say,
};
