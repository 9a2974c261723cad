/* codebook.h - what every column and every id of the data stands for. */
#ifndef CSV_CODEBOOK_H
#define CSV_CODEBOOK_H

#include "rows.h"

/* The first record of a codebook. */
void csv_codebook_columns(struct csv_text *out);
/* What an instrument adds to it: in the wide layout one record a column, in the long one a record
 * for each id as well. */
void csv_codebook(struct csv_text *out, enum csv_layout layout, const cJSON *instrument);

#endif
