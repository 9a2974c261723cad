/* json_gate.h - the gate before cJSON: is it JSON to the letter, and where is it not. Pure. */
#ifndef VB_JSON_GATE_H
#define VB_JSON_GATE_H

#include <stddef.h>

#include "base/err.h"

/* VB_OK, or VB_E_DATA with "line 3, column 14: ..." for the first breach: bad UTF-8, a NUL byte or
 * \u0000, half a surrogate pair, an unknown escape, nesting past VB_JSON_DEPTH_MAX, a number that
 * is not finite, text after the end. Duplicate keys are found in the tree, by vb_json_parse. */
enum vb_code vb_json_gate(const char *bytes, size_t len, struct vb_err *err);

#endif
