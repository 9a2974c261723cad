/* segments.h - the pieces that a long text has in a .sav get names of their own.
 *
 * A text of more than 255 bytes is several variables there, of which only the first one shows.
 * libreadstat 1.1.8 names the others after its first five letters and one more, so that two texts,
 * or one of more than 36 pieces, have pieces of the same name; readers warn of that, or worse. */
#ifndef STATS_SEGMENTS_H
#define STATS_SEGMENTS_H

#include <stddef.h>

#include "table.h"

/* Names them in the file, in place: @0000001 and on, which no variable of ours is called. */
void segments_name(char *bytes, size_t len, const struct stats_table *table);

#endif
