/* sheet_text.h - parts of the text face that have a file of their own (sheet_text_scale.c): places
 * on scales, and what was said about members. */
#ifndef VB_SHEET_TEXT_H
#define VB_SHEET_TEXT_H

#include "sheet/sheet_face.h"

void vb_text_scale(const struct vb_sheet_view *view, int scale);
void vb_text_family(const struct vb_sheet_view *view, int scale, const struct vb_family_row *rows,
                    int count);
void vb_text_member(const struct vb_sheet_view *view, const struct vb_item *item, int member,
                    const struct vb_said_line *lines, int count);

#endif
