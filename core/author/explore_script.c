/* explore_script.c - every path of a flow, depth first.
 *
 * A flow cannot be copied, so each path runs it from its start, in a sandbox of its own. Which
 * answers need a path of their own is seen while it runs: an answer that the script throws away is
 * given once, and its reason for being none only when s:reason asked for it on some path behind. */
#include "author/explore_inner.h"
#include "base/str.h"
#include "script/watch.h"

struct run {
    struct vb_explorer *x;
    size_t at;     /* choices passed */
    uint64_t says; /* since the last question */
    bool dropped;  /* of the ask that comes */
    bool differs;  /* it asked something else than before */
    struct vb_err how;
};

static const char *name_of(const struct run *run, int item)
{
    return run->x->plan->items[item].id;
}

static void differs(struct run *run, int item)
{
    if (run->differs)
        return;
    run->differs = true;
    vb_fail(&run->how, VB_E_SCRIPT,
            "the same answers led to item \"%s\", and before that elsewhere", name_of(run, item));
}

/* -- what it reads ----------------------------------------------------------------------------- */

static void asking(void *ctx, bool dropped)
{
    ((struct run *)ctx)->dropped = dropped;
}

static void reads_reason(void *ctx, int item, int member)
{
    struct run *run = ctx;
    for (size_t i = 0; i < run->at; i++) {
        struct vb_choice *choice = &run->x->choices[i];
        if (!choice->earlier && choice->item == item && choice->member == member)
            choice->reason = true;
    }
}

static void reads_opened(void *ctx, enum vb_opened_part part)
{
    struct run *run = ctx;
    if (part == VB_READS_FORMAT)
        run->x->format_matters = true;
    else
        run->x->language_matters = true;
}

/* Likert and faces of the round's format have other values in another format. Of a text, and of
 * whatever has more values than are tried, another value may take another way. */
static void reads_value(struct run *run, int item)
{
    const struct vb_item *asked = &run->x->plan->items[item];
    run->x->partly[item] |= vb_stands_for_some(asked);
    if ((asked->kind == VB_LIKERT || asked->kind == VB_FACES) && asked->answers == NULL)
        run->x->format_matters = true;
}

/* What went before says about this one: 1 there must be a value, 0 there is none, -1 either. No
 * wave means the latest: when that gave nothing, no wave has any. */
static int known_before(const struct run *run, int item, const char *wave)
{
    for (size_t i = 0; i < run->at; i++) {
        const struct vb_choice *choice = &run->x->choices[i];
        if (!choice->earlier || choice->item != item)
            continue;
        if (wave == NULL && choice->at > 0)
            return 1;
        if (wave != NULL && choice->wave == NULL && choice->at == 0)
            return 0;
    }
    return -1;
}

static const struct vb_value *earlier(void *ctx, int item, const char *wave)
{
    struct run *run = ctx;
    struct vb_explorer *x = run->x;
    reads_value(run, item);
    for (size_t i = 0; i < run->at; i++)
        if (x->choices[i].earlier && x->choices[i].item == item &&
            vb_streq(x->choices[i].wave, wave))
            return vb_choice_value(&x->choices[i]);
    int known = known_before(run, item, wave);
    const struct vb_standing *from = vb_standing_before(x, item);
    if (known == 0 || from->count <= 1)
        return NULL;
    if (run->at == x->count) {
        struct vb_choice *choice = vb_choose(x, item, -1, from);
        choice->earlier = choice->reads = true;
        choice->wave = vb_arena_strdup(&x->arena, wave);
        choice->at = known == 1;
    }
    const struct vb_choice *choice = &x->choices[run->at];
    if (!choice->earlier || choice->item != item || !vb_streq(choice->wave, wave)) {
        differs(run, item);
        return NULL;
    }
    run->at++;
    return vb_choice_value(choice);
}

/* -- one path ---------------------------------------------------------------------------------- */

/* The answer to the question the flow stands at; NULL: nothing can be answered. */
static const struct vb_value *reply(struct run *run, const struct vb_flow_at *at,
                                    struct vb_err *err)
{
    struct vb_explorer *x = run->x;
    if (run->at == x->count) {
        const struct vb_standing *from = vb_standing_of(x, at->item);
        struct vb_choice *choice = vb_choose(x, at->item, at->member, from);
        choice->reads = !run->dropped;
        choice->says = run->says;
        if (!run->dropped)
            reads_value(run, at->item);
        if (from->count == 0) {
            vb_fail(err, VB_E_DATA, "item \"%s\" takes no answer at all, not even none",
                    name_of(run, at->item));
            return NULL;
        }
    }
    const struct vb_choice *choice = &x->choices[run->at];
    if (choice->earlier || choice->item != at->item || choice->member != at->member ||
        choice->says != run->says) {
        differs(run, at->item);
        return NULL;
    }
    run->at++;
    run->says = VB_FIRST_SAYS;
    return vb_choice_value(choice);
}

/* Runs to the end. Answers to what this person is not asked are given as a session gives them. */
static enum vb_code run_flow(struct run *run, struct vb_flow *flow, struct vb_err *err)
{
    static const struct vb_value not_shown = { .type = VB_VALUE_MISSING,
                                               .number = VB_MISSING_NOT_SHOWN };
    static const struct vb_value withdrawn = { .type = VB_VALUE_MISSING,
                                               .number = VB_MISSING_WITHDRAWN };
    const struct vb_value *value = NULL;
    struct vb_flow_at at;
    for (;;) {
        enum vb_code code = vb_flow_resume(flow, value, &at, err);
        if (code != VB_OK)
            return code;
        if (at.step == VB_FLOW_DONE)
            return VB_OK;
        value = NULL;
        if (at.step == VB_FLOW_SAY) {
            run->says = vb_says_add(run->says, at.text);
            continue;
        }
        if (at.step != VB_FLOW_ASK)
            continue;
        if (!vb_fold_asks(run->x->fold, at.item, at.member)) {
            value = at.member >= 0 ? &withdrawn : &not_shown;
            continue;
        }
        value = reply(run, &at, err);
        if (value == NULL)
            return run->differs ? VB_OK : err->code;
    }
}

static enum vb_code walk(struct run *run, struct vb_err *err)
{
    struct vb_explorer *x = run->x;
    struct vb_watch watch = { x->asks, run, asking, reads_reason, reads_opened, earlier };
    struct vb_flow *flow;
    enum vb_code code =
        vb_flow_create(&flow, x->plan, &x->setup->opened, &x->options->sandbox, err);
    if (code != VB_OK)
        return code;
    vb_flow_watch(flow, &watch);
    run->says = VB_FIRST_SAYS;
    code = run_flow(run, flow, err);
    vb_flow_destroy(flow);
    x->end_says = run->says;
    return code;
}

/* -- the next path ----------------------------------------------------------------------------- */

static bool needs(const struct vb_choice *choice, int at)
{
    if (at < choice->from->values)
        return choice->reads;
    return choice->reason || (choice->reads && at == choice->from->values);
}

static bool next(struct vb_explorer *x)
{
    for (; x->count > 0; x->count--) {
        struct vb_choice *last = &x->choices[x->count - 1];
        for (int at = last->at + 1; at < last->from->count; at++) {
            if (!needs(last, at))
                continue;
            last->at = at;
            return true;
        }
    }
    return false;
}

/* What a session has and a flow alone does not know: which items this person is not asked. */
static void open(struct vb_explorer *x)
{
    struct vb_err err;
    struct vb_event event = {
        .type = VB_EVENT_OPENED, .seq = 1, .item = -1, .member = -1, .opened = &x->setup->opened
    };
    vb_fold_reset(x->fold);
    vb_fold_apply(x->fold, &event, &err); /* a flow that fails is told by the first path */
}

void vb_explore_script(struct vb_explorer *x)
{
    open(x);
    do {
        struct run run = { .x = x };
        struct vb_err err;
        enum vb_code code = walk(&run, &err);
        /* It broke off or ended before it came to answers it was to be given. */
        if (!run.differs && run.at < x->count && !(code == VB_E_DATA && run.at + 1 == x->count)) {
            run.differs = true;
            vb_fail(&run.how, VB_E_SCRIPT, "the same answers led to item \"%s\", and now do not",
                    name_of(&run, x->choices[run.at].item));
        }
        if (run.differs) {
            vb_path_differs(x, run.how.text);
            return;
        }
        if (!vb_path_over(x, code, &err))
            return;
    } while (next(x) && vb_may_walk(x));
}
