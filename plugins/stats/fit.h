/* fit.h - text that fits a format. */
#ifndef STATS_FIT_H
#define STATS_FIT_H

#include <stdbool.h>
#include <stddef.h>

bool fit_is_ascii(const char *text);
/* How much of it is at most so many bytes and ends between two characters. */
size_t fit_bytes(const char *text, size_t most);
/* The same for so many characters. */
size_t fit_characters(const char *text, size_t most);
/* In Windows-1252, a question mark for what that has not; NULL: no memory. The caller frees it. */
char *fit_windows(const char *text);

#endif
