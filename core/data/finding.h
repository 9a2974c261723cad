/* finding.h - what a check found: all of it, each with place, code and mend. */
#ifndef VB_FINDING_H
#define VB_FINDING_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/mem.h"

enum vb_level { VB_ERROR, VB_WARNING };

struct vb_finding {
    enum vb_level level;
    const char *code;    /* "unknown-field"; docs/reference/findings has a page for each. "" in what
                            is no instrument: a configuration */
    const char *file;    /* as the author knows it; NULL: no file */
    int line, column;    /* 0: not known */
    const char *message; /* one sentence */
    const char *mend;    /* what to do, or NULL */
};
struct vb_findings {
    struct vb_finding *list;
    size_t count, cap;
    int errors, warnings;
    struct vb_arena arena; /* owns all strings */
};
void vb_findings_finish(struct vb_findings *findings);
/* Strings are copied. */
void vb_findings_add(struct vb_findings *findings, enum vb_level level, const char *code,
                     const char *file, int line, const char *mend, const char *fmt, ...)
    __attribute__((format(printf, 7, 8)));
/* Takes out every finding that goes says to; it is asked once about each, in order. */
void vb_findings_remove(struct vb_findings *findings,
                        bool (*goes)(void *ctx, const struct vb_finding *finding), void *ctx);
void vb_findings_sort(struct vb_findings *findings); /* by file, line, code */

enum vb_findings_format { VB_FINDINGS_TEXT, VB_FINDINGS_GCC, VB_FINDINGS_JSON };
void vb_findings_write(struct vb_buf *out, const struct vb_findings *findings,
                       enum vb_findings_format format);

#endif
