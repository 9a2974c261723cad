/* store_memory.h - a store that forgets when it is destroyed: tests, previews, retain = "memory".
 *
 * What VB_ERASE names is overwritten at once. A row that is put as erased arrives as erased: so the
 * stage brings up what was erased below. */
#ifndef VB_STORE_MEMORY_H
#define VB_STORE_MEMORY_H

#include "store/store.h"

struct vb_store *vb_store_memory_create(void);
/* For the stage. While it is on, a revision writes no parcels and replaces none, and VB_SET_PARCEL
 * puts one that is not there. */
void vb_store_memory_bring(struct vb_store *store, bool on);

#endif
