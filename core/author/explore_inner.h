/* explore_inner.h - the inside of vb_explore; explore*.c only.
 *
 *      explore.c           kinds of session, one after the other; what came of each path
 *      explore_opening.c   which kinds of session there are
 *      explore_values.c    which answers stand for all answers
 *      explore_plan.c      depth first over the plan's steps, a step back at a time
 *      explore_script.c    depth first over a flow, which runs anew for each path
 *      explore_twice.c     the second walk
 *      explore_case.c      the answers of a path as a case for tests.lua
 *      explore_write.c     the report */
#ifndef VB_EXPLORE_INNER_H
#define VB_EXPLORE_INNER_H

#include "author/explore.h"
#include "session/fold.h"

/* Answers that stand for all: the values first, then the reasons for none. */
struct vb_standing {
    const struct vb_value *list;
    int count, values;
};

/* One answer of the path that is walked. */
struct vb_choice {
    int item, member;
    const struct vb_standing *from;
    int at;           /* in from */
    uint64_t says;    /* what was said before it */
    bool reads;       /* the flow takes the answer itself */
    bool reason;      /* it asked for the reason, on some path behind this choice */
    bool earlier;     /* no question: what s:earlier gave. from->list[0]: nothing */
    const char *wave; /* earlier: of which wave, NULL: the latest */
};

/* One kind of session. */
struct vb_setup {
    struct vb_opened opened;
    struct vb_policy policy;
    int format;
};

struct vb_explorer {
    struct vb_plan *plan;
    const struct vb_explore_options *options;
    struct vb_explored *out;
    uint8_t *asked, *reached, *partly; /* as in out, which shows them */
    const struct vb_asks *asks;

    /* -- of the kind of session -- */
    const struct vb_setup *setup;
    struct vb_arena arena;        /* emptied for the next */
    struct vb_standing *standing; /* [item_count], count 0: not made yet */
    struct vb_standing *before;   /* the same, for s:earlier */
    struct vb_fold *fold, *again;
    bool scripted;  /* a flow, and not what is asked together */
    int64_t left;   /* paths it may still walk */
    uint32_t roles; /* bit per role that had a session */
    bool format_matters, language_matters;

    /* -- of the path -- */
    struct vb_choice *choices;
    size_t count, cap;
    uint64_t end_says; /* what was said after the last question */
};

enum { VB_FIRST_SAYS = 1469598103 };
uint64_t vb_says_add(uint64_t says, const char *text);
uint64_t vb_says_of(const struct vb_view *view);

/* explore_values.c: of an item in this kind of session; none when every answer is refused. */
const struct vb_standing *vb_standing_of(struct vb_explorer *x, int item);
const struct vb_standing *vb_standing_before(struct vb_explorer *x, int item);
/* Are there answers that those do not stand for, when a flow looks closely? */
bool vb_stands_for_some(const struct vb_item *item);

static inline const struct vb_value *vb_choice_value(const struct vb_choice *choice)
{
    return &choice->from->list[choice->at];
}
/* A new, last choice; its first answer. */
struct vb_choice *vb_choose(struct vb_explorer *x, int item, int member,
                            const struct vb_standing *from);

/* explore.c: another path waits; may it be walked? */
bool vb_may_walk(struct vb_explorer *x);
/* A path is over. code VB_OK: at its end; else err says how it broke off. False: it led elsewhere
 * than before, and this kind of session cannot be walked on. */
bool vb_path_over(struct vb_explorer *x, enum vb_code code, const struct vb_err *err);
void vb_path_differs(struct vb_explorer *x, const char *how);

/* Each walks one kind of session. */
void vb_explore_plan(struct vb_explorer *x);
void vb_explore_script(struct vb_explorer *x);

/* explore_twice.c: walks the path again in x->again. False: how says what was different. */
bool vb_walk_twice(struct vb_explorer *x, enum vb_code code, const struct vb_err *err,
                   struct vb_err *how);
void vb_answer_event(struct vb_event *event, const struct vb_fold *fold,
                     const struct vb_choice *choice);

/* explore_opening.c: calls each with every kind of session; it returns false to stop. */
typedef bool vb_each_setup(void *ctx, const struct vb_setup *setup, int left);
void vb_each_opening(struct vb_explorer *x, vb_each_setup *each, void *ctx);

/* explore_case.c, in the arena of the result */
const char *vb_case_write(struct vb_explorer *x);

#endif
