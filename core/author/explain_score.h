/* explain_score.h - how a score came about, item by item.
 *
 * Reads a result, so it knows no more than everybody who may see that: reasons for giving no answer
 * read "not filled in", and a private scale has no score there. Pure; any thread. */
#ifndef VB_EXPLAIN_SCORE_H
#define VB_EXPLAIN_SCORE_H

#include "base/err.h"
#include "data/result.h"

/* Appends plain lines for each person who shared, or only for person (an id, or its first
 * characters; NULL: everybody), with the formulas of docs/reference/scores.md. language: of the
 * title, NULL: the plan's first. VB_E_DATA: the scale is private; VB_E_ABSENT: nobody in the result
 * answered it, or there is no such person. */
enum vb_code vb_explain_score(struct vb_buf *out, const struct vb_result *result, int scale,
                              const char *person, const char *language, struct vb_err *err);

#endif
