/* opening.h - the opening screen: the instrument's summary, what this is, who sees what, skipping
 * is allowed, what the organisation's worker must report. It belongs to the core so that every
 * runner shows the same; the version shown is in the opened event. Pure. */
#ifndef VB_OPENING_H
#define VB_OPENING_H

#include "base/buf.h"
#include "data/text.h"

#define VB_OPENING_VERSION "4" /* raised with every change of the words */

/* Appends the paragraphs (an empty line between, slots filled) in the person's language; returns
 * the version ("1" and so on). reporting: the organisation's own text, or NULL; *missing_reporting
 * is set when the instrument is mandated and that text is missing, so that staff can be warned. */
const char *vb_opening_write(struct vb_buf *out, const struct vb_naming *naming, const char *role,
                             const char *reporting, bool *missing_reporting);

#endif
