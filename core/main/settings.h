/* settings.h - the settings there are: their names, what they take, what they do.
 *
 * They lie in the store (VB_PUT_SETTING). A name is words with dots, the last one free where the
 * table says so: retention.menger-monitor. */
#ifndef VB_SETTINGS_H
#define VB_SETTINGS_H

#include <stdbool.h>

#include "base/err.h"

struct vb_setting_kind {
    const char *prefix; /* "retention." */
    const char *free;   /* what stands behind the prefix, in words: "INSTRUMENT" */
    const char *wants;  /* the value, in words */
    const char *does;
    bool (*holds)(const char *value);
};
extern const struct vb_setting_kind vb_setting_kinds[]; /* ends with prefix NULL */

/* The kind of a setting; NULL: there is none of that name (err, VB_E_USAGE, says which there
 * are). */
const struct vb_setting_kind *vb_setting_kind_of(const char *name, struct vb_err *err);

#endif
