/* sheet_page.h - putting plain text on a page of at most 80 columns.
 *
 * Every function cleans what it is given (data/text.h), so that nothing a person or an author wrote
 * can steer a terminal. Lines carry no blanks at their end. One thread. */
#ifndef VB_SHEET_PAGE_H
#define VB_SHEET_PAGE_H

#include <stdbool.h>

#include "base/buf.h"

enum { VB_PAGE_COLUMNS = 80, VB_PAGE_COLUMNS_LEAST = 48 };
struct vb_page {
    struct vb_buf *out; /* borrowed */
    bool colour;
    int columns; /* VB_PAGE_COLUMNS_LEAST to VB_PAGE_COLUMNS */
};

void vb_page_blank(const struct vb_page *page);
/* "-- text ------" over the whole width; a text too long is cut. */
void vb_page_rule(const struct vb_page *page, const char *text);
/* Paragraphs (a newline ends one), broken at the width; hang: extra columns from the second line
 * on. */
void vb_page_text(const struct vb_page *page, int indent, int hang, const char *text);
/* first as it stands (the engine's own: it may hold colour; columns is its width), then text broken
 * behind it. */
void vb_page_after(const struct vb_page *page, const char *first, int columns, const char *text);
/* Two texts beside each other, each broken in its own half. */
void vb_page_columns(const struct vb_page *page, int indent, const char *left, const char *right);
/* "label ________" to the right edge; label may be NULL. */
void vb_page_write_on(const struct vb_page *page, int indent, const char *label);

/* One line: cleaned, newlines as spaces, cut with "..." past columns (0: never). */
void vb_page_flat(struct vb_buf *out, const char *text, int columns);
/* Spaces until text, which starts at from in out, is columns wide. */
void vb_page_pad(struct vb_buf *out, size_t from, int columns);

#endif
