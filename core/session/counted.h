/* counted.h - somebody of a team is not found by an id: only their word lets anybody at what they
 * gave. One thread. */
#ifndef VB_COUNTED_H
#define VB_COUNTED_H

#include "session/session.h"

/* VB_E_BUSY: this person is only counted, in a round that is named with its role. */
enum vb_code vb_counted_by_id(struct vb_store *store, const struct vb_env *env,
                              const struct vb_person_row *person, struct vb_arena *arena,
                              struct vb_err *err);

#endif
