/* html_spoken.h - a page of ours as it is read aloud: its words, line by line. Pure. */
#ifndef VB_HTML_SPOKEN_H
#define VB_HTML_SPOKEN_H

#include <stddef.h>

/* Calls say for every line of the body down to its footer: a heading, a paragraph, an entry of a
 * list, a row of a table; pictures and styles say nothing, words that only screen readers get do.
 * page: HTML that sheet/html.h wrote. text is valid for the call. */
void vb_html_spoken(const char *page, size_t len, void (*say)(void *ctx, const char *text),
                    void *ctx);

#endif
