/* stage.h - how a round writes into sessions within a commit of its own; session.c and round.c
 * only.
 *
 * An event is taken in first and committed then, so that the commit can hold what follows from it
 * (the session's state). When the commit fails, the session reads its log again. */
#ifndef VB_SESSION_STAGE_H
#define VB_SESSION_STAGE_H

#include "session/replay.h"
#include "session/session.h"

enum { VB_STAGE_CHANGES = 2 };
/* The opened event of a session that was just begun. */
void vb_session_stage_opened(struct vb_session *session, struct vb_change *change);
/* Takes the event in and writes down its changes; they borrow from session until staged_end. */
enum vb_code vb_session_stage(struct vb_session *session, struct vb_event *event,
                              struct vb_change changes[VB_STAGE_CHANGES], size_t *count,
                              struct vb_err *err);
/* A flow that is busy runs to its question now, whatever it costs. */
void vb_session_arrive(struct vb_session *session);
/* committed: what became of the commit. */
void vb_session_stage_end(struct vb_session *session, enum vb_code committed);

/* As vb_fold_standing, of what is committed or lies in the round's own commit: not what a verb has
 * on its way, which may be refused. */
int64_t vb_session_standing(const struct vb_session *session);
/* The fold holds more than vb_session_standing: a verb is in flight. */
bool vb_session_moves(const struct vb_session *session);
int64_t vb_session_now(const struct vb_session *session);
enum vb_session_state vb_state_of_view(const struct vb_view *view);
#endif
