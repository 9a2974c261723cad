/* names.h - names of variables that SPSS and Stata both take, each once.
 *
 * Lower-case letters, digits and _, a letter first, at most 32 bytes (SPSS has 64), no reserved
 * word of either. What is made depends on what was asked for before and on nothing else. */
#ifndef STATS_NAMES_H
#define STATS_NAMES_H

#include <stdbool.h>
#include <stddef.h>

enum { STATS_NAME_MAX = 32 };

struct stats_names { /* those that are taken; zero-initialise */
    void *tree;
};
/* Makes a name of wanted, which may be any text, of at most max bytes: cut, and with a number
 * behind it where it was taken. False: no memory. */
bool stats_names_take(struct stats_names *names, const char *wanted, size_t max,
                      char out[STATS_NAME_MAX + 1]);
void stats_names_free(struct stats_names *names);

#endif
