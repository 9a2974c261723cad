/* cell.h - what one variable is in one row. */
#ifndef STATS_CELL_H
#define STATS_CELL_H

#include "shelf.h"
#include "table.h"

struct stats_part {      /* of a slot; in a long file there is one */
    const cJSON *role;   /* of instrument.respondents */
    const cJSON *person; /* as in a record; NULL: nobody */
    const cJSON *part;   /* whose items and scales: the person, or what it said about a member */
    const char *key, *about_key; /* "client 1"; about_key NULL: not about a member */
};
struct stats_row {              /* borrowed while it is visited */
    const cJSON *content, *ids; /* ids NULL: they are not in the file */
    int round_no;
    struct stats_part *parts;
};

enum stats_is { CELL_NONE, CELL_NUMBER, CELL_TEXT, CELL_REASON };
struct stats_cell {
    enum stats_is is;
    double number; /* of a day: since 1970-01-01; of a moment: seconds since then */
    int reason;
    const char *text;
    char *own;   /* memory of text, or NULL; the caller frees it */
    bool failed; /* no memory */
};
struct stats_cell stats_cell(const struct stats_table *table, const struct stats_variable *variable,
                             const struct stats_row *row);

/* Every row of a file in its order. visit returns false to stop; so does this then, and when there
 * is no memory: *no_memory tells. */
bool stats_rows(const struct stats_table *table, const struct shelf_view *view,
                bool (*visit)(void *ctx, const struct stats_row *row), void *ctx, bool *no_memory);

#endif
