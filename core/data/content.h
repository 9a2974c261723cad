/* content.h - how much of a result somebody gets. Pure. */
#ifndef VB_CONTENT_H
#define VB_CONTENT_H

#include <stdbool.h>

enum vb_content { VB_CONTENT_EVENT, VB_CONTENT_SHEET, VB_CONTENT_SCORES, VB_CONTENT_ITEMS };
const char *vb_content_name(enum vb_content content); /* "event", "sheet", "scores", "items" */
bool vb_content_of(const char *name, enum vb_content *out); /* false: no such name */

#endif
