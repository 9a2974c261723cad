/* effective.h - every value that holds now, and where each came from: verbond config --effective.
 *
 * Of a file that holds a secret it says the path, never what is in it: it opens none of them. */
#ifndef VB_EFFECTIVE_H
#define VB_EFFECTIVE_H

#include "main/workplace.h"

/* Appends a line each, or with json a list of {"name","value","from","where"}. settings: those that
 * lie in the store. */
void vb_effective_write(struct vb_buf *out, struct vb_workplace *place,
                        const struct vb_setting_row *settings, size_t count, bool json);

#endif
