/* seat_before.h - whoever sits at a turn, and what they shared with an earlier worker of their
 * case. Room serve only; the loop's thread. */
#ifndef VB_SEAT_BEFORE_H
#define VB_SEAT_BEFORE_H

#include "serve/seat.h"
#include "session/before.h"

/* Is a word on it asked here, and which is the newest? The worker of now is whoever came to the
 * case last of those who have it. Errors of the store. */
enum vb_code vb_seat_before(const struct vb_seat *seat, struct vb_before *out, struct vb_err *err);
/* May it be given here? A yes is said where what was given in this round shows
 * (docs/decisions/0030), taken back anywhere. */
bool vb_seat_may_show(const struct vb_seat *seat, const struct vb_before *before);
/* May it be taken back, or said no to? As long as a yes stands, whoever came since. */
bool vb_seat_may_hide(const struct vb_before *before);

#endif
