/* options.h - the options somebody gave an output, checked against those it says it takes. Pure. */
#ifndef VB_OUTBOX_OPTIONS_H
#define VB_OUTBOX_OPTIONS_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "outbox/protocol.h"

/* given: a JSON object of texts. Appends one with the same options in the order of known, paths
 * made absolute; what was not given and has a default is filled in. base: the folder where relative
 * paths begin; NULL: they are refused. Defaults that are relative paths begin at dir (NULL: they
 * are left out). VB_E_CONFIG: an option that is not known, is missing or is not of its type; the
 * message names the output, and repeats no value. VB_E_DATA: given is no JSON. */
enum vb_code vb_options_check(struct vb_buf *out, const char *output,
                              const struct vb_wire_option *known, size_t count, const char *given,
                              const char *base, const char *dir, struct vb_err *err);

/* Is value of this type? type and choices as in struct vb_wire_option. */
bool vb_option_fits(const char *type, const char *choices, const char *value);

#endif
