/* lives.h - what may happen around a round, in pieces that are played one after the other.
 *
 * Each is what one process does: it begins with a folder that is closed and leaves it closed. One
 * that was done does nothing when it is played again, whatever came after it. */
#ifndef CRASH_LIVES_H
#define CRASH_LIVES_H

#include "main/workplace.h"

struct life {
    const char *name;
    enum vb_code (*play)(struct vb_workplace *place, struct vb_err *err);
    bool whole; /* its events come in one commit: all of them or none */
};
extern const struct life lives[];                /* ends with a NULL name */
const struct life *life_named(const char *name); /* or NULL */

#endif
