/* rows.h - a result as rows, and what its columns are called. */
#ifndef CSV_ROWS_H
#define CSV_ROWS_H

#include "table.h"

enum csv_layout { CSV_LONG, CSV_WIDE };
/* The cells that begin every row; the first is the round's id. */
extern const char *const csv_head[];
/* Those of the long layout behind them. */
extern const char *const csv_long[];

/* The first record of the file. */
void csv_columns(struct csv_text *out, enum csv_layout layout, const cJSON *instrument);
/* The records of one result. */
void csv_rows(struct csv_text *out, enum csv_layout layout, const cJSON *result,
              const cJSON *instrument);

/* What a scale's columns are called behind its id and a colon. */
extern const char *const csv_scores[];

#endif
