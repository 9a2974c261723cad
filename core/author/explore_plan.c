/* explore_plan.c - every path of a plan without a flow, depth first: to the end, one step back, on
 * with the next answer. What lies before that step is not walked again. */
#include "author/explore_inner.h"

enum { AFRESH = 4096 }; /* a fold keeps every text it was given: begin anew from time to time */

static enum vb_code apply(struct vb_explorer *x, struct vb_event *event, struct vb_err *err)
{
    event->seq = vb_fold_view(x->fold)->seq + 1;
    return vb_fold_apply(x->fold, event, err);
}

static enum vb_code answer(struct vb_explorer *x, const struct vb_choice *choice,
                           struct vb_err *err)
{
    struct vb_event event;
    vb_answer_event(&event, x->fold, choice);
    return vb_fold_apply(x->fold, &event, err);
}

static enum vb_code open(struct vb_explorer *x, struct vb_err *err)
{
    struct vb_event event = {
        .type = VB_EVENT_OPENED, .item = -1, .member = -1, .opened = &x->setup->opened
    };
    vb_fold_reset(x->fold);
    enum vb_code code = apply(x, &event, err);
    for (size_t i = 0; code == VB_OK && i < x->count; i++)
        code = answer(x, &x->choices[i], err);
    return code;
}

/* On to the end, with the first answer everywhere. */
static enum vb_code go_down(struct vb_explorer *x, struct vb_err *err)
{
    const struct vb_view *view = vb_fold_view(x->fold);
    enum vb_code code = VB_OK;
    while (code == VB_OK && view->at == VB_AT_ITEM) {
        const struct vb_standing *from = vb_standing_of(x, view->item->index);
        struct vb_choice *choice = vb_choose(x, view->item->index, view->member, from);
        choice->reads = choice->reason = true;
        choice->says = vb_says_of(view);
        if (from->count == 0)
            return vb_fail(err, VB_E_DATA, "item \"%s\" takes no answer at all, not even none",
                           view->item->id);
        code = answer(x, choice, err);
    }
    x->end_says = vb_says_of(view);
    return code;
}

/* Back to the last question that has another answer, and that one given; false: there is none. */
static bool go_on(struct vb_explorer *x, enum vb_code *code, struct vb_err *err)
{
    struct vb_event back = { .type = VB_EVENT_BACK, .item = -1, .member = -1 };
    bool answered = *code == VB_OK; /* else the last choice was never given */
    while (x->count > 0) {
        struct vb_choice *last = &x->choices[x->count - 1];
        if (answered)
            *code = apply(x, &back, err);
        answered = true;
        if (last->at + 1 < last->from->count) {
            last->at++;
            if (x->out->paths % AFRESH == 0)
                *code = open(x, err);
            else
                *code = answer(x, last, err);
            return true;
        }
        x->count--;
    }
    return false;
}

void vb_explore_plan(struct vb_explorer *x)
{
    struct vb_err err;
    enum vb_code code = open(x, &err);
    do {
        if (code == VB_OK)
            code = go_down(x, &err);
        if (!vb_path_over(x, code, &err))
            return;
    } while (go_on(x, &code, &err) && vb_may_walk(x));
}
