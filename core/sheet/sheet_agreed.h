/* sheet_agreed.h - what was agreed, in words: the sheet's and the exported page's. Pure. */
#ifndef VB_SHEET_AGREED_H
#define VB_SHEET_AGREED_H

#include "data/talk_record.h"
#include "sheet/sheet_words.h"

/* "1 December 2026"; what is no day, or holds more than one, as it is written. */
void vb_agreed_day(struct vb_buf *out, const struct vb_sheet_words *words, const char *day);
/* "Sam: calls the office (1 December 2026)" */
void vb_agreed_words(struct vb_buf *out, const struct vb_sheet_words *words,
                     const struct vb_agreement *agreement);

#endif
