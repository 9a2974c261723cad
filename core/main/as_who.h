/* as_who.h - who of a round is meant, by --as ROLE[:LABEL].
 *
 * Of a team that is only counted (vb_round_is_counted_only) the label is a word that nobody else
 * knows, and it alone gives the rights of whoever chose it. An id gives none: ids lie readable in
 * the database, and whoever looks one up is not whose it is. */
#ifndef VB_AS_WHO_H
#define VB_AS_WHO_H

#include "main/workplace.h"

/* Refuses such a member without the word (VB_E_DATA). who, NULL: nobody is named, fine. */
enum vb_code vb_as_check(const struct vb_plan *plan, const char *who, struct vb_err *err);

/* The one person with this role (and label), and whether they are such a member. A word that nobody
 * has is a row of the audit, so that guessing does not stay unseen. VB_E_ABSENT, VB_E_DATA. */
enum vb_code vb_as_find(struct vb_workplace *place, const struct vb_round *round, const char *as,
                        const char **person, bool *member, struct vb_err *err);

/* The same for a command that has --round PREFIX and --as, before the round is open. */
struct vb_as_found {
    const char *person, *round; /* ids, whole; in the workplace's arena */
    bool member;
};
enum vb_code vb_as_find_in(struct vb_workplace *place, const char *prefix, const char *as,
                           struct vb_as_found *found, struct vb_err *err);

/* Refuses somebody who was named by an id and is such a member (VB_E_BUSY, with how it is done). */
enum vb_code vb_as_not_by_id(struct vb_workplace *place, const struct vb_person_row *person,
                             struct vb_err *err);

/* A row of the audit about such a member: it names the round, and of who it was the role. */
struct vb_audit_row vb_as_audit_row(struct vb_workplace *place, const char *action,
                                    const char *round);

#endif
