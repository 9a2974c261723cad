/* sight.h - what one browser may read again of what a person gave: which events it wrote itself,
 * and which were shown to it by the person's own code. Pure; any thread.
 *
 *      "all"        a member of staff at their own turn, or at what is asked together
 *      "2-9 14-"    of seq 2 to 9, and of 14 and all that come: this browser is the one that writes
 *      NULL         nothing yet
 *
 * One browser of a person is open at a time. Another that writes closes it first, so that no answer
 * is ever in two (auth_sight.c). */
#ifndef VB_SIGHT_H
#define VB_SIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

#define VB_SIGHT_ALL "all"

/* seq 0, of what was never given, is seen. */
bool vb_sight_sees(const char *sight, int64_t seq);
/* Is what comes this browser's? */
bool vb_sight_is_open(const char *sight);
/* From the event behind last on; an open one stays as it is. In arena, as the next two. */
const char *vb_sight_opened(const char *sight, int64_t last, struct vb_arena *arena);
/* Up to last; one that is not open, and "all", stay as they are. */
const char *vb_sight_closed(const char *sight, int64_t last, struct vb_arena *arena);
/* What either sees. At most one of them is open. */
const char *vb_sight_joined(const char *a, const char *b, struct vb_arena *arena);

#endif
