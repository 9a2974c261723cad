/* store_sealed.h - a store that keeps bodies, labels and pictures under keys, over one that keeps
 * rows.
 *
 *      commit   PUT_PERSON, PUT_SESSION, PUT_BLOB make their keys first (durable before the first
 *               event), VB_APPEND, labels and blobs are sealed, then all of it is one commit below;
 *               VB_ERASE destroys its keys after the commit and is then marked done
 *      reads    unsealed; where an erasure ended a key, the row says erased
 *
 * Sealed: the body of an event with its answer id, a person's label, a picture and its digest. In
 * clear: ids, seq, time, states, roles. An answer sent again is known by its answer id, which only
 * this store can read. */
#ifndef VB_STORE_SEALED_H
#define VB_STORE_SEALED_H

#include "store/keys.h"
#include "store/store.h"

/* Owns below; keys are borrowed and may be shared with another sealed store (the reader's). */
struct vb_store *vb_store_sealed_create(struct vb_store *below, struct vb_keys *keys);
/* At the start, before anybody reads: refuses a keys.db that is not this store's own (VB_E_CONFIG),
 * seals what was kept before anything was sealed and leaves no plain byte of it in a file, carries
 * on with tombstones that are not done, applies the erasures file to rows and keys (a restored
 * database knows nothing of it), ends blobs whose date has come, each with an audit row. *ended
 * (may be NULL): how many. */
enum vb_code vb_store_sealed_settle(struct vb_store *sealed, int64_t now_wall_ms, int *ended,
                                    struct vb_err *err);

#endif
