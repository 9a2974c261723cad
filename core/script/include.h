/* include.h - one v.include while it is being merged. Only for include*.c.
 *
 * What is said of it goes to the findings of the instrument that includes (to). Everything here
 * lives as long as that one is built. */
#ifndef VB_SCRIPT_INCLUDE_H
#define VB_SCRIPT_INCLUDE_H

#include "script/build.h"

struct vb_merge {
    struct vb_build *to;
    const struct vb_build *from;
    struct vb_place place; /* of the include */
    const char *name;
    int include;
    const struct vb_form *form;      /* NULL: all items */
    int languages[VB_LANGUAGES_MAX]; /* of `from`, by language of `to` */
    int roles[VB_ROLES_MAX];         /* of `from`, by role of `to` */
    int *items, *scales;             /* index in `to`, -1: left out */
    bool same_formats;
    const struct vb_answers *own_format; /* when not */
};

/* Finds the languages, the roles and the form in from. False: it does not fit, and findings say
 * where. */
bool vb_include_fits(struct vb_merge *merge, const struct vb_raw_table *table);
/* What keeps nothing where it stands alone is not kept because somebody includes it: a finding. */
void vb_include_check_retention(const struct vb_merge *merge);

#endif
