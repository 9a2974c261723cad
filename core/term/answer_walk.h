/* answer_walk.h - the walk of one person's part of an answer file. Room term only. */
#ifndef VB_ANSWER_WALK_H
#define VB_ANSWER_WALK_H

#include "term/answer_file.h"
#include "term/term_walk.h"

/* Answers, changes, holds and shares (or stops) as the file says. Anything that does not fit is
 * VB_E_DATA with file and field; the session is then somewhere on its way. */
enum vb_code vb_answer_walk_person(const struct vb_answer_file *file,
                                   const struct vb_answer_person *person, struct vb_round *round,
                                   struct vb_session *session, struct vb_err *err);
/* The same for @together, in the round's session of that stage. */
enum vb_code vb_answer_walk_together(const struct vb_answer_file *file, const struct vb_plan *plan,
                                     struct vb_session *session, struct vb_err *err);

#endif
