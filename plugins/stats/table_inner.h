/* table_inner.h - how the parts of a table are put down; for table*.c. */
#ifndef STATS_TABLE_INNER_H
#define STATS_TABLE_INNER_H

#include "table.h"

enum { TABLE_TAIL_MAX = 5 }; /* "_mean" */

/* What items, scales and totals are called, in the instrument's order. A scale and an item may have
 * the same one: its figures have a tail. */
struct table_bases {
    char (*names)[STATS_NAME_MAX + 1];
    size_t items, scales, totals; /* where each begins */
    struct stats_names of_scores; /* while they are made */
};

/* What a variable is called and says, beside what it is. */
struct naming {
    const char *base, *tail; /* tail "": the base alone */
    const char *before;      /* in its label, with a colon behind; NULL: nothing */
    const char *text;
    const char *behind; /* in brackets; NULL: nothing */
};
void table_add(struct stats_table *table, const struct naming *naming,
               struct stats_variable variable);
/* Labels for 0 and 1, and for reasons from this code down; 0: it never lacks for one. */
int table_no_yes(struct stats_table *table, int code);

/* Those of a slot; STATS_NO_SLOT: what was answered of the round. */
void table_add_items(struct stats_table *table, const struct table_bases *bases, int slot);
void table_add_scores(struct stats_table *table, const struct table_bases *bases, int slot);

#endif
