/* value_json.h - a value as the result, the log and answer files write it, and back. Pure. */
#ifndef VB_VALUE_JSON_H
#define VB_VALUE_JSON_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "data/instrument.h"

/* Appends the JSON of a given value: 4, true, 3.5, "option-id", "text", "2026-11-21", or the
 * canonical JSON as it stands. */
void vb_value_write(struct vb_buf *out, const struct vb_item *item, const struct vb_value *value);

/* The way back: false when json is not the kind of value this item has. Only its shape is looked
 * at; limits are core/kinds' work. Strings go to arena. */
bool vb_value_read(struct vb_value *out, struct vb_arena *arena, const struct vb_item *item,
                   const cJSON *json);

/* A JSON number as thousandths; false when it has more than three decimals or is beyond a billion.
 * A whole number at most max_size from zero; false for any other. */
bool vb_number_milli(double number, int64_t *milli);
bool vb_number_whole(double number, int64_t max_size, int64_t *whole);

#endif
