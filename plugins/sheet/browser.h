/* browser.h - Chromium, as far as this plugin needs it: a page on the disk becomes a PDF. */
#ifndef BROWSER_H
#define BROWSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where it lies: given, when it may be executed, else the first of the usual names in PATH. In
 * memory of its own that the caller frees; NULL: error says what is missing. */
char *browser_find(const char *given, char *error, size_t error_size);

/* Prints the page at html (absolute) to pdf, within patience_ms. scratch: a folder that is there;
 * the browser's profile lives in it meanwhile and is gone afterwards, also when it failed. False:
 * error says why; what there is of pdf then is nothing. Blocks. */
bool browser_print(const char *browser, const char *html, const char *pdf, const char *scratch,
                   int64_t patience_ms, char *error, size_t error_size);

/* Removes what a process that was killed left of profiles in scratch. */
void browser_clear(const char *scratch);

#endif
