/* store_stage.h - a store that holds writes back until the whole of them is wanted.
 *
 * An answer file is walked on a stage: commits are checked and kept in order, with the store below
 * untouched. vb_store_stage_flush hands them down as one commit; destroying the stage without it
 * leaves the store below as it was.
 *
 *      stage    reads and checks -> a memory store: rows brought up from below + what was staged
 *               the changes themselves, copied, in order -> flush -> one commit below
 *
 * A case comes up with its persons and rounds, a round with its sessions, events and revisions,
 * when something first touches it. So a commit is refused as the store below would refuse it, as
 * soon as it is made, and every read sees what was staged. What somebody else writes below after
 * that is met by the flush: it is refused then, and nothing of it is written. One thread. */
#ifndef VB_STORE_STAGE_H
#define VB_STORE_STAGE_H

#include "store/store.h"

struct vb_store *vb_store_stage_create(struct vb_store *below); /* below is borrowed */
/* What was staged becomes durable, all of it or (VB_E_...) nothing; refused, it stays staged and
 * may be flushed again. A flush of nothing does not touch the store below. */
enum vb_code vb_store_stage_flush(struct vb_store *stage, struct vb_err *err);
/* The same into another store than the one below, which takes its place. It must hold what that one
 * holds, such as two that are both empty. */
enum vb_code vb_store_stage_flush_to(struct vb_store *stage, struct vb_store *below,
                                     struct vb_err *err);

#endif
