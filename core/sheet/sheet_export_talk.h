/* sheet_export_talk.h - the talk of one round on the exported page. Pure. */
#ifndef VB_SHEET_EXPORT_TALK_H
#define VB_SHEET_EXPORT_TALK_H

#include "sheet/sheet_export_words.h"
#include "sheet/sheet_words.h"

/* What was agreed last time and written down this time, as a part of the page; nothing when there
 * is neither. */
void vb_export_talk(struct vb_buf *out, const struct vb_export_words *words,
                    const struct vb_sheet_words *sheet, const struct vb_result *result);

#endif
