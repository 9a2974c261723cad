/* export.h - gathers everything about one person, from every round (data/export.h).
 *
 * Of others only results of released rounds are read into it. What cannot be read any more (an
 * instrument that does not load, an erased log) is said and left out; the rest is there. One
 * thread. */
#ifndef VB_SESSION_EXPORT_H
#define VB_SESSION_EXPORT_H

#include "data/export.h"
#include "session/session.h"

struct vb_gathered;
/* person: a whole id. Errors of the store, also a key that is missing without an erasure. */
enum vb_code vb_export_gather(struct vb_gathered **out, struct vb_store *store,
                              const struct vb_env *env, const char *person, struct vb_err *err);
/* Lives until destroy. */
const struct vb_export *vb_gathered_export(const struct vb_gathered *gathered);
/* Is that row of the audit about this person: itself, its case, a round it takes part in or is
 * spoken of in, its session or the joint one there, or a look at everything since there was
 * something of it? */
bool vb_gathered_is_about(const struct vb_gathered *gathered, const struct vb_audit_row *row);
void vb_gathered_destroy(struct vb_gathered *gathered); /* NULL is fine */

#endif
