/* export_shared.h - what somebody else may hold in hand of an export: the person's own answers only
 * as far as they are on the table. Pure.
 *
 * The whole of it is the person's: verbond export makes that. Over the web it passes a member of
 * staff, and nobody of the staff sees what was not shared. */
#ifndef VB_EXPORT_SHARED_H
#define VB_EXPORT_SHARED_H

#include "base/mem.h"
#include "data/export.h"

/* A copy in arena without answers, pictures and steps that are not on the table; of a round in
 * which nothing is, the own part goes wholly, so that whether somebody began is not to be seen.
 * Borrows from whole. */
const struct vb_export *vb_export_shared(const struct vb_export *whole, struct vb_arena *arena);

#endif
