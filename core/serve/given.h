/* given.h - a value as a page gives it: as an answer file spells it, but that pictures were kept
 * before and files are nobody's business. Room serve only. */
#ifndef VB_GIVEN_H
#define VB_GIVEN_H

#include "serve/seat.h"

struct vb_given {
    struct vb_value value;   /* strings in the exchange's arena */
    const char *by;          /* the input method of a vas, or NULL */
    enum vb_refusal refusal; /* VB_ACCEPTED, or why it is none */
};
/* Errors are of the store, not of the value. */
enum vb_code vb_given_read(struct vb_seat *seat, const struct vb_item *item, const cJSON *json,
                           struct vb_given *out, struct vb_err *err);
/* Is this picture one that was kept for this very session, and is it still there? type (may be
 * NULL): what it is kept as, in the exchange's arena. */
enum vb_code vb_given_is_own(struct vb_seat *seat, const char *digest, const char **type, bool *own,
                             struct vb_err *err);

#endif
