/* asks.h - which calls of s:ask in a file throw their answer away.
 *
 * `s:ask("trust.word")` that stands as a statement gives its answer to nobody, so what follows can
 * depend on it only through s:reason. Told by the tokens alone, and only where there is no doubt:
 * one call of :ask on its line, by a plain name, written on one line. Pure; any thread. */
#ifndef VB_ASKS_H
#define VB_ASKS_H

#include "data/instrument.h"

struct vb_asks;
/* Reads every file of the plan, which must outlive it. */
struct vb_asks *vb_asks_create(const struct vb_plan *plan);
void vb_asks_destroy(struct vb_asks *asks); /* NULL is fine */

/* Does the call of :ask on this line throw its answer away? chunk: as Lua names the file, with or
 * without "=" before it. */
bool vb_asks_dropped(const struct vb_asks *asks, const char *chunk, int line);

#endif
