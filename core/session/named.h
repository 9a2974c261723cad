/* named.h - what somebody means by a name: an instrument, a round, a role, a language. One thread.
 */
#ifndef VB_NAMED_H
#define VB_NAMED_H

#include "data/finding.h"
#include "session/round.h"

/* Finds an instrument by name or path (vb_instrument_find; own: the folder that is looked in first,
 * or NULL) and loads it. *out: one reference. findings
 * (zero): everything that was found, sorted, warnings too; the caller finishes it. VB_E_ABSENT says
 * where it looked; VB_E_DATA counts the errors. */
enum vb_code vb_named_instrument(const char *name, const char *own, const struct vb_env *env,
                                 struct vb_plan **out, struct vb_findings *findings,
                                 struct vb_err *err);
/* Refuses a plan whose version is known in the store with another digest (-dev versions are free),
 * and names the version to write. */
enum vb_code vb_named_version(struct vb_store *store, const struct vb_plan *plan,
                              struct vb_err *err);
/* A round that exists, by id or prefix, with its own plan, from the files the store pinned. *out:
 * the caller destroys it. */
enum vb_code vb_named_round(struct vb_store *store, const struct vb_env *env, const char *prefix,
                            struct vb_round **out, struct vb_err *err);

/* The case's round (case_id NULL: that without a case) of this instrument and wave that is open,
 * else released; *found false: there is none. out's strings hang in arena. */
enum vb_code vb_named_open_round(struct vb_store *store, const char *instrument,
                                 const char *case_id, const char *wave, struct vb_arena *arena,
                                 struct vb_round_row *out, bool *found, struct vb_err *err);
/* The user that runs this process, by the password database: not $USER, which anybody can set. In
 * arena. */
const char *vb_named_user(struct vb_arena *arena);
/* VB_E_USAGE when word is anything but 1 to most letters, digits, dots, dashes and underscores;
 * what says whose it is, kind what it should be ("pseudonym"). NULL is fine. */
enum { VB_PLAIN_MAX = 64 };
enum vb_code vb_named_plain(const char *what, const char *kind, const char *word, size_t most,
                            struct vb_err *err);

/* Does the plan speak this language (or one with the same first part)? NULL is fine. VB_E_DATA says
 * which there are. */
enum vb_code vb_named_language(const struct vb_plan *plan, const char *language,
                               struct vb_err *err);
/* Does the plan have this role? NULL is fine. VB_E_DATA says which there are. */
enum vb_code vb_named_role(const struct vb_plan *plan, const char *name, struct vb_err *err);

#endif
