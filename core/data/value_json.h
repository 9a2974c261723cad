/* value_json.h - a value as the result, the log and answer files write it. Pure. */
#ifndef VB_VALUE_JSON_H
#define VB_VALUE_JSON_H

#include "base/buf.h"
#include "data/instrument.h"

/* Appends the JSON of a given value: 4, true, 3.5, "option-id", "text", "2026-11-21", or the
 * canonical JSON as it stands. */
void vb_value_write(struct vb_buf *out, const struct vb_item *item, const struct vb_value *value);

#endif
