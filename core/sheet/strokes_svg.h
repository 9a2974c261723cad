/* strokes_svg.h - a drawing of strokes as SVG: paths of whole numbers, no script, no text, nothing
 * fetched, no colour but those of data/strokes.h. Pure.
 *
 * It is a file of its own (image/svg+xml) and fits in a page as it stands, hidden from screen
 * readers: nobody describes what somebody else drew. */
#ifndef VB_STROKES_SVG_H
#define VB_STROKES_SVG_H

#include "data/strokes.h"

void vb_strokes_svg(struct vb_buf *out, const struct vb_strokes *strokes);
/* The same of bytes as they are kept; false, and nothing put, where they are no strokes. */
bool vb_strokes_svg_of(struct vb_buf *out, const void *bytes, size_t len);

#endif
