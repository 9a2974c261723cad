/* audit_page.h - the audit for whom it is about: a page in plain words.
 *
 * What the client is given: when, who, what was done, about what of theirs. No answers, no names
 * of others. Pure. */
#ifndef VB_AUDIT_PAGE_H
#define VB_AUDIT_PAGE_H

#include "data/export.h"
#include "store/store.h"

struct vb_audit_page {
    const struct vb_export *about; /* whose rows they are */
    const struct vb_audit_row *rows;
    size_t count;
    const char *since, *until; /* as they were asked for, NULL: from the beginning, until now */
    const char *language;      /* "nl..." gives Dutch, else English */
};
/* Appends the page. It holds what people typed: print it cleaned (vb_workplace_say). */
void vb_audit_page_write(struct vb_buf *out, const struct vb_audit_page *page);

#endif
