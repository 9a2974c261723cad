/* find.h - which plugin a path means: a file, or a folder that is built first. */
#ifndef VB_CONFORM_FIND_H
#define VB_CONFORM_FIND_H

#include "base/err.h"
#include "base/mem.h"

struct vb_conform_found {
    const char *plugin; /* absolute path */
    const char *output; /* what it is called */
};
/* A .so, a .lua or a program as it stands. Of a folder with a Makefile, make runs there first (with
 * VERBOND=TREE when program, verbond itself, lies in a tree it was built in); NAME.so, NAME.lua or
 * NAME in the folder NAME is meant. Blocking; what make says goes to stderr. In arena.
 * VB_E_ABSENT: there is no such file, or make left none. VB_E_DATA: it is neither. */
enum vb_code vb_conform_find(struct vb_conform_found *out, const char *path, const char *program,
                             struct vb_arena *arena, struct vb_err *err);

#endif
