/* pinned.h - the plan a round was begun with, from the files the store kept. */
#ifndef VB_PINNED_H
#define VB_PINNED_H

#include "session/session.h"

/* *out: one reference. VB_E_ABSENT, or what the load says; VB_E_DATA when the kept files are not
 * those of the digest. */
enum vb_code vb_pinned_load(struct vb_store *store, const struct vb_env *env, const char *digest,
                            struct vb_plan **out, struct vb_err *err);

#endif
