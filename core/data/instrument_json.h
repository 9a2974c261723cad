/* instrument_json.h - the instrument document, verbond.instrument/1: what an answer was asked with.
 *
 * Canonical: the same plan gives the same bytes. Everything of the plan that a reader of results
 * needs and nothing of a round. Texts hold their slots as written: {client}. Pure. */
#ifndef VB_INSTRUMENT_JSON_H
#define VB_INSTRUMENT_JSON_H

#include "base/buf.h"
#include "data/instrument.h"

/* Appends the JSON (docs/reference/instrument.schema.json), no newline at the end. */
void vb_instrument_write(struct vb_buf *out, const struct vb_plan *plan);

/* As the documents name them. */
const char *vb_stage_name(enum vb_stage stage);
const char *vb_score_rule_name(enum vb_score_rule rule);
const char *vb_private_name(enum vb_private hidden); /* NULL for VB_PRIVATE_NONE */

#endif
