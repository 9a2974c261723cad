/* export_own.h - the person's own part of a round, for export.c only. */
#ifndef VB_EXPORT_OWN_H
#define VB_EXPORT_OWN_H

#include "data/export.h"
#include "session/session.h"

/* Fills out->own and the roster; out->result, when there is one, says what is on the table. plan
 * NULL: the log is given as it stands. What cannot be read is said in out->unreadable. *fold: the
 * caller destroys it after the export, which borrows from it; NULL: none. */
enum vb_code vb_own_read(struct vb_store *store, const struct vb_env *env, struct vb_plan *plan,
                         const struct vb_session_row *session, struct vb_arena *arena,
                         struct vb_exported_round *out, struct vb_fold **fold, struct vb_err *err);

#endif
