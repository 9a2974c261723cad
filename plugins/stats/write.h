/* write.h - a statistics file from the rounds of a shelf, by libreadstat. */
#ifndef STATS_WRITE_H
#define STATS_WRITE_H

#include "shelf.h"
#include "table.h"

/* -- formats ---------------------------------------------------------------------------------- */

/* STATA_12 has no Unicode and no text of more than 244 bytes. */
enum stats_format { FORMAT_SAV, FORMAT_STATA_AUTO, FORMAT_STATA_12, FORMAT_STATA_14 };

struct stats_file { /* free(bytes) */
    char *bytes;
    size_t len;
    size_t cut; /* texts that were longer than the format takes */
};
/* The same rounds and plan give the same bytes. False: error says why. */
bool stats_write(const struct stats_plan *plan, const struct shelf_view *view,
                 enum stats_format format, struct stats_file *out, char *error, size_t error_size);
/* So many variables a file has room for: what Stata takes, and SPSS more. */
enum { STATS_VARIABLES_MOST = 32767 };

#endif
