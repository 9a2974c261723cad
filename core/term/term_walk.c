#include "term/term_walk.h"

/* -- verbs ------------------------------------------------------------------------------------ */

struct waiting { /* for the commit */
    bool done;
    enum vb_code code;
    struct vb_err err;
};

static void on_done(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct waiting *waiting = ctx;
    waiting->done = true;
    waiting->code = code;
    if (code != VB_OK && err != NULL)
        waiting->err = *err;
}

static void start(struct vb_session *session, const struct vb_action *action,
                  enum vb_refusal *refusal, struct waiting *waiting)
{
    int64_t after = vb_session_view(session)->seq;
    switch (action->kind) {
    case VB_DO_ANSWER:
        vb_session_answer(session, after, NULL, &action->value, refusal, on_done, waiting);
        return;
    case VB_DO_BACK:
        vb_session_back(session, after, on_done, waiting);
        return;
    case VB_DO_CHANGE:
        vb_session_change(session, after, action->item, action->member, &action->value, refusal,
                          on_done, waiting);
        return;
    case VB_DO_FOLLOW:
        vb_session_follow(session, after, NULL, action->agreement, action->followed, on_done,
                          waiting);
        return;
    case VB_DO_HOLD:
        if (action->item < 0) {
            vb_session_hold_followed(session, after, action->agreement, action->on, on_done,
                                     waiting);
            return;
        }
        vb_session_hold(session, after, action->item, action->member, action->on, on_done, waiting);
        return;
    case VB_DO_SHARE:
        vb_session_share(session, after, &action->sharing, on_done, waiting);
        return;
    case VB_DO_STOP:
        vb_session_stop(session, after, on_done, waiting);
        return;
    }
}

/* The wait for the commit is not ended by a signal: waiting lies on this stack. */
static enum vb_code perform(struct vb_session *session, const struct vb_action *action,
                            struct vb_loop *loop, enum vb_refusal *refusal, struct vb_err *err)
{
    struct waiting waiting = { .code = VB_OK };
    *refusal = VB_ACCEPTED;
    start(session, action, refusal, &waiting);
    if (!waiting.done) {
        vb_assert(loop != NULL);
        enum vb_code code = vb_loop_until(loop, &waiting.done, err);
        if (code != VB_OK)
            return code;
    }
    if (waiting.code != VB_OK)
        *err = waiting.err;
    return waiting.code;
}

static enum vb_code step(struct vb_session *session, const struct vb_term_input *input,
                         struct vb_loop *loop, struct vb_arena *arena, struct vb_err *err)
{
    struct vb_action action = { .item = -1, .member = -1 };
    enum vb_code code = input->next(input->ctx, session, arena, &action, err);
    if (code != VB_OK)
        return code;
    enum vb_refusal refusal;
    struct vb_err why = { 0 };
    code = perform(session, &action, loop, &refusal, &why);
    if (code == VB_E_DATA && refusal != VB_ACCEPTED)
        return input->refused(input->ctx, session, &action, refusal, &why, err);
    if (code != VB_OK)
        *err = why;
    return code;
}

enum vb_code vb_term_walk(struct vb_session *session, const struct vb_term_input *input,
                          struct vb_loop *loop, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    while (code == VB_OK) {
        enum vb_at at = vb_session_view(session)->at;
        if (at != VB_AT_LAST && at != VB_AT_ITEM && at != VB_AT_OVERVIEW)
            break;
        code = step(session, input, loop, &arena, err);
        vb_arena_reset(&arena);
    }
    vb_arena_finish(&arena);
    return code;
}
