/* term_walk.h - one session, step by step: an input gives the next action, the session's verb is
 * called.
 *
 * The only place of this room that calls those verbs, so that people and answer files walk the same
 * code. Room term only. One thread. */
#ifndef VB_TERM_WALK_H
#define VB_TERM_WALK_H

#include "loop/loop.h"
#include "session/session.h"

enum vb_action_kind {
    VB_DO_ANSWER, /* value for the item that waits */
    VB_DO_FOLLOW, /* followed, for the agreement of last time: the one that waits, or at the
                     overview any of them */
    VB_DO_BACK,
    VB_DO_CHANGE, /* value for (item, member), at the overview */
    VB_DO_HOLD,   /* (item, member), or agreement with item -1; on: at the overview */
    VB_DO_SHARE,  /* sharing: at the overview */
    VB_DO_STOP,
};
struct vb_action {
    enum vb_action_kind kind;
    struct vb_value value;
    int item, member;
    int agreement;
    enum vb_followed followed;
    bool on;
    struct vb_sharing sharing;
};

/* Who says what happens next: the keyboard or an answer file. */
struct vb_term_input {
    void *ctx;
    /* Looks at the session's view (AT_LAST, AT_ITEM or AT_OVERVIEW), shows it if there is somebody
     * to show it to, and gives an action. Strings of the action hang in arena, which is emptied
     * after the action. VB_E_STOPPED: interrupted, the session stays as it is. */
    enum vb_code (*next)(void *ctx, struct vb_session *session, struct vb_arena *arena,
                         struct vb_action *out, struct vb_err *err);
    /* The session did not take the value; nothing was stored. VB_OK: ask again. why is the
     * session's own sentence. */
    enum vb_code (*refused)(void *ctx, struct vb_session *session, const struct vb_action *action,
                            enum vb_refusal refusal, const struct vb_err *why, struct vb_err *err);
};

/* Until the session is shared, stopped or withdrawn. loop may be NULL when the session's store
 * commits before submit returns (a stage does). */
enum vb_code vb_term_walk(struct vb_session *session, const struct vb_term_input *input,
                          struct vb_loop *loop, struct vb_err *err);

#endif
