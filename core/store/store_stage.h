/* store_stage.h - a store that holds writes back until the whole of them is wanted.
 *
 * An answer file is walked on a stage: reads go through to the store below, commits are checked and
 * kept in order. vb_store_stage_flush hands them down as one commit; destroying the stage without
 * it leaves the store below as it was. */
#ifndef VB_STORE_STAGE_H
#define VB_STORE_STAGE_H

#include "store/store.h"

struct vb_store *vb_store_stage_create(struct vb_store *below); /* below is borrowed */
enum vb_code vb_store_stage_flush(struct vb_store *stage, struct vb_err *err);

#endif
