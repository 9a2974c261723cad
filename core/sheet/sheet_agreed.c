#include "sheet/sheet_agreed.h"

#include <string.h>

void vb_agreed_day(struct vb_buf *out, const struct vb_sheet_words *words, const char *day)
{
    if (strlen(day) == strlen("2026-11-21"))
        vb_sheet_words_date(out, words, day);
    else
        vb_buf_puts(out, day);
}

void vb_agreed_words(struct vb_buf *out, const struct vb_sheet_words *words,
                     const struct vb_agreement *agreement)
{
    vb_buf_printf(out, "%s: %s", agreement->who, agreement->what);
    if (agreement->when == NULL)
        return;
    vb_buf_puts(out, " (");
    vb_agreed_day(out, words, agreement->when);
    vb_buf_putc(out, ')');
}
