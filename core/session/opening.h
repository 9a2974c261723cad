/* opening.h - the opening screen: the instrument's summary, what this is, who sees what, skipping
 * is allowed, what the organisation's worker must report. It belongs to the core so that every
 * runner shows the same; the version shown is in the opened event. Pure. */
#ifndef VB_OPENING_H
#define VB_OPENING_H

#include "base/buf.h"
#include "data/text.h"
#include "base/mem.h"

#define VB_OPENING_VERSION "4" /* raised with every change of the words */

/* Appends the paragraphs (an empty line between, slots filled) in the person's language; returns
 * the version ("1" and so on). reporting: the organisation's own text, or NULL; *missing_reporting
 * is set when the instrument is mandated and that text is missing, so that staff can be warned. */
const char *vb_opening_write(struct vb_buf *out, const struct vb_naming *naming, const char *role,
                             const char *reporting, bool *missing_reporting);

/* What the log says of the screen: its version, and of an instrument that is mandated whose text
 * about reporting stood in it. In arena; NULL: the version alone. */
const char *vb_opening_stamp(struct vb_arena *arena, const struct vb_plan *plan,
                             const char *reporting);
/* Of somebody who is only counted (a campaign's member): appends what the convenor asks, and before
 * which day (NULL: not said yet). day: "2026-12-11". Nothing where there is no campaign. */
void vb_opening_invite(struct vb_buf *out, const struct vb_naming *naming, const char *day);

#endif
