/* output_place.h - the folders an output in Lua may touch, and what it may do there.
 *
 * Every name is looked up in an open folder and no link is followed, so that nothing leads out of
 * it. What succeeded is durable: the file is synced, and its folder when a name is new. Knows no
 * Lua. Messages name the option, never a path: a script may have made a name of an answer. */
#ifndef VB_OUTPUT_PLACE_H
#define VB_OUTPUT_PLACE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct vb_output_place {
    const char *what; /* "option path", "its own folder": begins every message */
    char *path;
    bool make; /* its last part is made where it is not there */
    int fd;    /* -1: not entered */
};
/* Opens the folder and keeps other processes that use it so out, until leave; waits two seconds for
 * one that is there. Entering twice is fine. */
enum vb_code vb_output_place_enter(struct vb_output_place *place, struct vb_err *err);
void vb_output_place_leave(struct vb_output_place *place);

/* Of a place that was entered; name is one part of a path. VB_E_IO: the disk does not do it;
 * VB_E_LIMIT: more than max_bytes. */
enum vb_code vb_output_place_append(struct vb_output_place *place, const char *name,
                                    const char *bytes, size_t len, struct vb_err *err);
enum vb_code vb_output_place_read(struct vb_output_place *place, const char *name, size_t max_bytes,
                                  struct vb_buf *out, bool *there, struct vb_err *err);
enum vb_code vb_output_place_replace(struct vb_output_place *place, const char *name,
                                     const char *bytes, size_t len, struct vb_err *err);
enum vb_code vb_output_place_copy(struct vb_output_place *place, const char *name, const char *from,
                                  struct vb_err *err);
/* Also what a kill left of one that was on its way. */
enum vb_code vb_output_place_remove(struct vb_output_place *place, const char *name, bool *there,
                                    struct vb_err *err);
/* The names of files that do not begin with a dot, each ended by a NUL, in order. */
enum vb_code vb_output_place_list(struct vb_output_place *place, struct vb_buf *names,
                                  struct vb_err *err);

#endif
