/* shown.h - what a runner shows of one person's session beside the view: texts with their slots
 * filled in, last time's agreements, own answers in words, and what is asked with a yes.
 *
 * Everything is in the session's language and goes out as it is: cleaning and escaping are the
 * runner's work. One thread. */
#ifndef VB_SHOWN_H
#define VB_SHOWN_H

#include "data/text.h"
#include "session/round.h"

/* -- texts -- */

/* Who and what the texts of a session name; member: roster index, -1. Strings live as long as the
 * session does. */
struct vb_naming vb_shown_naming(const struct vb_session *session, int member);
/* The same for somebody who has not begun; language NULL: the plan's first. label NULL: none.
 * Borrowed from the round. */
struct vb_naming vb_shown_naming_before(const struct vb_round *round, const char *role,
                                        const char *label, const char *language);
/* A text with its slots filled, in arena; text NULL gives NULL. */
const char *vb_shown_fill(const struct vb_naming *naming, const char *text, struct vb_arena *arena);
const char *vb_shown_text(const struct vb_naming *naming, const struct vb_text *text,
                          struct vb_arena *arena);
/* An item's words for this person's role; what is asked together everybody reads alike. */
const char *vb_shown_wording(const struct vb_session *session, const struct vb_item *item,
                             int member, struct vb_arena *arena);
/* The introduction of a scale that begins with the item that waits, and of the item itself; NULL:
 * neither has one. */
const char *vb_shown_intro(const struct vb_session *session, const struct vb_item *item, int member,
                           struct vb_arena *arena);
/* A member as answer files write it: "youth:Sam", "client"; NULL: no such member. And back: -1 is
 * nobody. */
const char *vb_shown_member(const struct vb_fold *fold, int member, struct vb_arena *arena);
int vb_shown_member_of(const struct vb_fold *fold, const char *key);
/* Appends an own answer in words; what is not there says why. */
void vb_shown_answer(struct vb_buf *out, const struct vb_session *session,
                     const struct vb_item *item, const struct vb_value *value);

/* -- last time -- */

/* What was agreed, in arena; NULL: nothing is asked about it, or it cannot be read any more. */
enum vb_code vb_shown_last(struct vb_round *round, const struct vb_session *session,
                           struct vb_arena *arena, const struct vb_talk_record **out,
                           struct vb_err *err);
/* Does back lead anywhere? Back from the first item are the agreements of last time, unless they
 * are gone. */
enum vb_code vb_shown_can_back(struct vb_round *round, const struct vb_session *session,
                               struct vb_arena *arena, bool *out, struct vb_err *err);

/* -- a yes -- */

/* Is somebody else asked, so that a yes may hold also if they fill in nothing? */
bool vb_shown_asks_one_sided(const struct vb_plan *plan);
/* May the yes say that the worker sees this scale: is it private to them, and has the person given
 * an answer of it that is not held back? */
bool vb_shown_asks_private(const struct vb_session *session, int scale);
/* Where results of this round go by each person's own yes: those are asked for it. */
enum vb_code vb_shown_purposes(struct vb_store *store, const char *round, bool *dossier,
                               bool *research, struct vb_err *err);

#endif
