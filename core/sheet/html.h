/* html.h - putting text on a page of HTML. Pure.
 *
 * The engine's own markup goes out as it stands (vb_buf_puts); everything that a person or an
 * author wrote goes through these. */
#ifndef VB_HTML_H
#define VB_HTML_H

#include <stdbool.h>

#include "base/buf.h"

/* Cleaned (data/text.h) and escaped, fit for content and for quoted attributes. NULL is "". */
void vb_html_text(struct vb_buf *out, const char *text);
/* <name attributes>text</name> and a newline; attributes: own markup with a space before it, or "".
 */
void vb_html_element(struct vb_buf *out, const char *name, const char *attributes,
                     const char *text);
/* Is this language (a BCP 47 tag) written from right to left? */
bool vb_html_mirrored(const char *language);
/* The bytes of a picture inside the page: data:TYPE;base64,... Types of pictures only. */
void vb_html_picture(struct vb_buf *out, const char *type, const void *bytes, size_t len);

#endif
