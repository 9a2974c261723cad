/* scan.h - finds bitwise operators in Lua source.
 *
 * Debian's Lua 5.4.4 computes them wrongly in functions with many constants, silently, and an
 * instrument has no use for them: they are refused before the compiler sees them. Pure; any
 * thread. */
#ifndef VB_SCAN_H
#define VB_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* The first bitwise operator (& | ~ << >>) outside strings and comments: true, its line (from 1)
 * and its text ("<<"). Reads tokens as Lua does, so "~=", "//" and "<=" are not meant; source that
 * does not end its strings is the compiler's to refuse. */
bool vb_scan_bitwise(const char *source, size_t len, int *line, char text[3]);

#endif
