/* lint.h - what may be wrong with an instrument that loads: its scores, its order, its wording.
 *
 * The loader refuses what cannot work. This room reads the finished plan and says what works and is
 * still likely a mistake: a question in no scale, a score that may never come, a sentence that
 * denies. docs/reference/findings has a
 * page for each.
 *
 * Questions that came with an include are left alone: they are checked where they are written.
 * Wording is checked in languages with lists of words (Dutch and English); the rest is checked in
 * every language. Pure; any thread. */
#ifndef VB_LINT_H
#define VB_LINT_H

#include "data/finding.h"
#include "data/instrument.h"

/* Adds to findings (those of the load stand in it already), then takes out the warnings that the
 * author accepts, and tells of an accept that there was nothing for. shown is put before the paths
 * of plan->files in messages, as struct vb_source.shown. */
void vb_lint(const struct vb_plan *plan, const char *shown, struct vb_findings *findings);

#endif
