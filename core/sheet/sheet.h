/* sheet.h - the conversation sheet: a pure function of a result, and of the pictures it names. Same
 * result, same bytes. */
#ifndef VB_SHEET_H
#define VB_SHEET_H

#include "base/buf.h"
#include "data/result.h"

/* The bytes of a picture by its digest, appended to out; false: it is no longer kept. */
struct vb_sheet_pictures {
    void *ctx;
    bool (*read)(void *ctx, const char *digest, struct vb_buf *out);
};
struct vb_sheet_options {
    const char *language; /* NULL: the first respondent's */
    const char *for_role; /* "client", "professional"; NULL: both read the same one */
    bool colour;
    int columns;                              /* 0: 80; a terminal's own, taken as 48 to 80 */
    const struct vb_sheet_pictures *pictures; /* NULL: the page says in words that there is one */
};
/* The language it will be in, as the plan has it. */
const char *vb_sheet_language(const struct vb_result *result,
                              const struct vb_sheet_options *options);

/* Plain text of at most so many columns, in the order and words of docs/explanation/sheet.md. */
void vb_sheet_text(struct vb_buf *out, const struct vb_result *result,
                   const struct vb_sheet_options *options);

/* The same in the same order as one page of HTML without scripts that fetches nothing, for a screen
 * and for paper (A4). colour and columns mean nothing to it. What people drew
 * and photographed stands in it when pictures is given. */
void vb_sheet_html(struct vb_buf *out, const struct vb_result *result,
                   const struct vb_sheet_options *options);

#endif
