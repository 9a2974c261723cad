/* within.h - the line a field of a constructor is written in.
 *
 * Lua says in which line a constructor is called, and nothing of its fields. Authors look for the
 * field: it is read from the source. Pure; any thread. */
#ifndef VB_WITHIN_H
#define VB_WITHIN_H

#include <stddef.h>

/* The line (from 1) of path ("text", "client.nl", "min_answered") in the braces that follow the
 * string "id" in the given line; id NULL: the first braces there. As much of path as is written
 * counts: "client.en" without an en gives the line of client. line itself when nothing of it stands
 * there, as when a function of the author makes the table. */
int vb_within_line(const char *source, size_t len, int line, const char *id, const char *path);

#endif
