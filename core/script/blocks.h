/* blocks.h - which block or bracket is not closed, by what closes another one and by the indents.
 *
 * Lua names the place where it gave up, which may be far below. Pure; any thread. */
#ifndef VB_BLOCKS_H
#define VB_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

struct vb_block {
    const char *what; /* "{", "(", "[", "function", "if", "do", "repeat" */
    int line;         /* where it opens */
    int else_if;      /* the line of an "else if" that opened it; 0: none did */
};
/* The first that is still open where something else is closed, or where the file ends. False: all
 * are closed, or they lie too deep in each other to say. */
bool vb_blocks_open(const char *source, size_t len, struct vb_block *open);
/* The line, up to line, where outermost braces close that is indented further than the one in which
 * they open: they were not meant to end there. 0: none. */
int vb_blocks_closed_early(const char *source, size_t len, int line);

#endif
