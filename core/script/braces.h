/* braces.h - which brace is missing or too many, by how the lines are indented.
 *
 * Lua tells the last line of the file, or where it gave up. Who writes indents: a brace that ends a
 * line further out than the one it would close shows which one is not closed. Pure; any thread. */
#ifndef VB_BRACES_H
#define VB_BRACES_H

#include <stddef.h>

/* The line whose '{' is not closed. 0: the indentation does not say. */
int vb_braces_missing(const char *source, size_t len);
/* The line that has a '}' too many. 0: the indentation does not say. */
int vb_braces_surplus(const char *source, size_t len);

#endif
