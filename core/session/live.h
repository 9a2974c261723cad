/* live.h - the inside of a session; life.c and session.c only. */
#ifndef VB_SESSION_LIVE_H
#define VB_SESSION_LIVE_H

#include "session/stage.h"

enum { VB_SESSION_ID_MAX = 24, VB_RANDOM_POOL = 320 };

struct vb_ahead; /* ahead.c: events that go into the same commit, in front of the one in flight */

/* What a session needs while somebody is at it; an evicted one has none. */
struct vb_live {
    struct vb_fold *fold;
    struct vb_event_page page;     /* of the event on its way */
    struct vb_event_pieces pieces; /* lie on it */
    size_t room;                   /* every event is sealed at least so large; 0: not known */
    char answer_id[VB_ANSWER_ID_MAX + 1]; /* of the last answer */
    int64_t answer_seq;                   /* and where it lies */
    bool lost;             /* a commit failed, and the log could not be read again either */
    unsigned char *random; /* asked of the system by the pool, not by the answer */
    size_t random_left;

    /* -- while an append is in flight -- */
    bool in_flight;
    bool abandoned;       /* destroyed meanwhile: it goes when the store is done with it */
    struct vb_view shown; /* the view stays as it was */
    int64_t standing;     /* as it was, too */
    struct vb_change changes[VB_STAGE_CHANGES];
    struct vb_ahead *ahead; /* NULL: nothing goes in front of it */
    struct vb_err *outcome; /* a flow that failed after its event was in; NULL: none */
    vb_session_done *done;  /* of a verb; NULL: of a round's commit, or not in flight */
    void *ctx;

    /* -- while a flow runs by turns -- */
    struct vb_turn turn;
    struct vb_session *session; /* whose this is */
    struct vb_change append;    /* in flight: of the event that is in and not submitted yet */
    vb_session_done *ready;     /* not in flight: told when the flow arrived; NULL: nobody waits */
    void *ready_ctx;
};

/* 56 bytes, so that with the allocator's own word a session that waits takes 64. */
struct vb_session {
    struct vb_store *store; /* NULL: nothing is ever written */
    const struct vb_env *env;
    struct vb_plan *plan;
    struct vb_live *live; /* NULL: evicted */
    char id[VB_SESSION_ID_MAX];
};

enum { VB_SLICE_NS = 1000000 };
/* turn.c: the flow of a session that was begun or read back goes on by turns. */
void vb_turn_begin(struct vb_session *session);
void vb_turn_end(
    struct vb_live *live); /* it goes no further, nobody is told, an answer on its way is lost */

/* life.c: of a session that was abandoned. */
void vb_session_free(struct vb_session *session);
/* session.c: the event is in and its flow has arrived: to the store. */
void vb_session_submit_taken(struct vb_session *session);
/* An event as the log has it, on a page of whoever calls, and as a change of a commit. Before it is
 * taken in: it names members as they are now. */
struct vb_event_pieces vb_session_encode(struct vb_session *session, struct vb_event_page *page,
                                         const struct vb_event *event);
void vb_change_append(struct vb_session *session, const struct vb_event *event,
                      const struct vb_event_pieces *pieces, struct vb_change *change);

/* ahead.c: what is held back by a yes, in front of it. The yes must be allowed: each goes in at
 * once, and is kept until vb_ahead_drop. */
void vb_ahead_hold(struct vb_session *session, const struct vb_stay *stays, int count);
/* In the view that is shown while it is in flight they are not there yet. */
void vb_ahead_unseen(struct vb_live *live);
/* The commit they are in, with room for a yes behind them. */
struct vb_change *vb_ahead_changes(struct vb_live *live, size_t *count);
void vb_ahead_drop(struct vb_live *live);

#endif
