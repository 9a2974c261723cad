/* finding_page.h - the page that each code of a finding has, compiled in.
 *
 * docs/reference/findings has a file for each: what it means, why it matters, an example that is
 * wrong and the same mended. The build puts them together; here they are taken apart again.
 *
 *   # negation                     the code
 *                                  a blank line between all parts
 *   Warning. A question denies.    the level, and all of it in a sentence
 *   ...                            why
 *   ## Wrong, ## Right             examples, fenced; more than one block: "-- in FILE" first
 *
 * Const data; any thread. */
#ifndef VB_FINDING_PAGE_H
#define VB_FINDING_PAGE_H

#include "base/buf.h"
#include "base/mem.h"
#include "data/finding.h"

struct vb_finding_page {
    const char *code;
    enum vb_level level;
    const char *summary; /* "A question denies something." */
    const char *text;    /* the whole page, as it was written */
};
/* In the order of their codes. All of it hangs in arena. */
const struct vb_finding_page *vb_finding_pages(struct vb_arena *arena, size_t *count);

/* The page for a terminal: headings bare, examples indented. */
void vb_finding_page_write(struct vb_buf *out, const struct vb_finding_page *page);

#endif
