/* step_kept.h - questions that were written once, for whoever gets them next. Room serve only.
 *
 * What a person is asked depends on the instrument, their role and language, and how the round was
 * set up; seldom on who they are. Such a question is kept as bytes with gaps for the keys of what
 * can be read aloud, which are each seat's own. Where the text may hold somebody's name it is
 * written anew each time, and nothing of it is kept. The loop's thread. */
#ifndef VB_STEP_KEPT_H
#define VB_STEP_KEPT_H

#include "serve/seat.h"

enum { VB_STEP_KEPT_MOST = 2048 }; /* questions; past that all of them go, and are kept anew */
struct vb_step_kept;
void vb_step_kept_destroy(struct vb_step_kept *kept); /* NULL is fine */
size_t vb_step_kept_count(const struct vb_step_kept *kept);

typedef void vb_step_write(struct vb_buf *out, const struct vb_seat *seat,
                           const struct vb_item *item, int member, bool intro);
/* Puts what write writes, or wrote when it was asked the same before. */
void vb_step_keep(struct vb_buf *out, const struct vb_seat *seat, const struct vb_item *item,
                  int member, bool intro, vb_step_write *write);

#endif
