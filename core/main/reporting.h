/* reporting.h - the organisation's own text about what its workers must report. */
#ifndef VB_REPORTING_H
#define VB_REPORTING_H

#include "base/err.h"
#include "base/mem.h"
#include "main/configuration.h"

enum { VB_REPORTING_MOST = 2048 }; /* bytes */
/* The text, without control characters and white space around it; *out NULL when none is
 * configured. VB_E_CONFIG, with the mend, when it cannot be read or is no text. */
enum vb_code vb_reporting_read(const struct vb_configuration *configuration, struct vb_arena *arena,
                               const char **out, struct vb_err *err);

#endif
