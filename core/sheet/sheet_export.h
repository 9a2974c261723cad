/* sheet_export.h - everything about one person as a page to read, keep or print.
 *
 * One file of HTML: no script, nothing that is fetched from anywhere, pictures inside, every text
 * escaped. A pure function of the export: same export, same bytes. */
#ifndef VB_SHEET_EXPORT_H
#define VB_SHEET_EXPORT_H

#include "base/buf.h"
#include "data/export.h"

/* language: of the page and of the instruments' texts; NULL: the person's. */
void vb_sheet_export(struct vb_buf *out, const struct vb_export *export, const char *language);

#endif
