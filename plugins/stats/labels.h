/* labels.h - values and what they stand for; the same list is kept once. */
#ifndef STATS_LABELS_H
#define STATS_LABELS_H

#include "table.h"
#include "words.h"

/* -- a list in the making; zero-initialise, and hand it over with labels_keep -- */
void labels_add(struct stats_table *table, struct stats_labels *list, double value,
                const char *text);
void labels_word(struct stats_table *table, struct stats_labels *list, double value,
                 enum stats_word word);
/* The reasons for no answer from this code down: those that the file's rounds may tell. */
void labels_reasons(struct stats_table *table, struct stats_labels *list, int code);
/* Which one it is in the table; takes what it holds. */
int labels_keep(struct stats_table *table, struct stats_labels *list);

void labels_free(struct stats_labels *list);

#endif
