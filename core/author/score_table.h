/* score_table.h - a table of answers in, a table of scores out.
 *
 * Rows are read as they stand: no path is walked, no round made, nothing kept. The numbers are the
 * engine's own (data/score.h). Pure; any thread. */
#ifndef VB_SCORE_TABLE_H
#define VB_SCORE_TABLE_H

#include "base/buf.h"
#include "base/err.h"
#include "data/instrument.h"

struct vb_score_table_options {
    const char *name;                           /* of the table, in messages */
    const char *role, *format, *form, *variant; /* for every row; NULL: the column, or none */
};
/* Appends CSV (RFC 4180, a header, "\n" between rows) to out: the columns case, wave and role where
 * the table has them, then for each scale SCALE.sum, .answered, .of, .mean, .pomp, .prorated and
 * for each total its id; empty: no score. Every cell that is refused is a line in refused, "NAME:
 * row 3, column trust.word: ..."; rows are counted as records, the header is row 1. VB_E_DATA: some
 * were, or the table as a whole; *rows: how many were read. */
enum vb_code vb_score_table(struct vb_buf *out, struct vb_buf *refused, int *rows,
                            const struct vb_plan *plan, const char *bytes, size_t len,
                            const struct vb_score_table_options *options, struct vb_err *err);

#endif
