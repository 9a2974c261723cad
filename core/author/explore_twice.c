/* explore_twice.c - the same answers again, through the fold as every session walks. */
#include <string.h>

#include "author/explore_inner.h"
#include "base/str.h"

uint64_t vb_says_add(uint64_t says, const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        says = (says ^ (unsigned char)*p) * 1099511628211ULL;
    return (says ^ 0x100) * 1099511628211ULL; /* the end of one */
}

uint64_t vb_says_of(const struct vb_view *view)
{
    uint64_t says = VB_FIRST_SAYS;
    for (int i = 0; i < view->say_count; i++)
        says = vb_says_add(says, view->says[i]);
    return says;
}

void vb_answer_event(struct vb_event *event, const struct vb_fold *fold,
                     const struct vb_choice *choice)
{
    *event = (struct vb_event){
        .type = VB_EVENT_ANSWERED,
        .seq = vb_fold_view(fold)->seq + 1,
        .item = choice->item,
        .member = choice->member,
        .value = *vb_choice_value(choice),
    };
}

/* Of which wave a value is that was asked for without one: a name no wave has, and last of all. */
static const char latest[] = "?";

static bool is_given(const struct vb_choice *choice, bool with_wave)
{
    return choice->earlier && choice->at > 0 && (choice->wave != NULL) == with_wave;
}

/* The opening with the earlier values that s:earlier gave. */
static struct vb_opened open_with_earlier(struct vb_explorer *x, struct vb_earlier *list)
{
    struct vb_opened opened = x->setup->opened;
    int count = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < x->count; i++) {
            const struct vb_choice *choice = &x->choices[i];
            if (!is_given(choice, pass == 0))
                continue;
            list[count++] = (struct vb_earlier){
                .wave = choice->wave == NULL ? latest : choice->wave,
                .item = x->plan->items[choice->item].id,
                .value = *vb_choice_value(choice),
            };
        }
    }
    opened.earlier = list;
    opened.earlier_count = count;
    return opened;
}

static enum vb_code begin(struct vb_explorer *x, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_earlier *list = vb_arena_alloc(&arena, sizeof *list * (x->count + 1));
    struct vb_opened opened = open_with_earlier(x, list);
    struct vb_event event = {
        .type = VB_EVENT_OPENED, .seq = 1, .item = -1, .member = -1, .opened = &opened
    };
    vb_fold_reset(x->again);
    enum vb_code code = vb_fold_apply(x->again, &event, err);
    vb_arena_finish(&arena);
    return code;
}

static bool stands_at(const struct vb_view *view, const struct vb_choice *choice)
{
    return view->at == VB_AT_ITEM && view->item->index == choice->item &&
           view->member == choice->member && vb_says_of(view) == choice->says;
}

static bool was_elsewhere(struct vb_explorer *x, enum vb_code code, const struct vb_err *err,
                          int item, struct vb_err *how)
{
    const struct vb_view *view = vb_fold_view(x->again);
    if (code != VB_OK)
        vb_fail(how, code, "walked twice, and the second time it broke off: %s", err->text);
    else if (item >= 0)
        vb_fail(how, VB_E_SCRIPT, "walked twice: item \"%s\" came first, and then %s%s%s",
                x->plan->items[item].id,
                view->at == VB_AT_ITEM ? "what is asked or said there was something else: \""
                                       : "the end",
                view->at == VB_AT_ITEM ? view->item->id : "", view->at == VB_AT_ITEM ? "\"" : "");
    else
        vb_fail(how, VB_E_SCRIPT, "walked twice, and it did not end alike");
    return false;
}

bool vb_walk_twice(struct vb_explorer *x, enum vb_code code, const struct vb_err *err,
                   struct vb_err *how)
{
    struct vb_err inner;
    enum vb_code now = begin(x, &inner);
    const struct vb_view *view = vb_fold_view(x->again);
    for (size_t i = 0; i < x->count; i++) {
        const struct vb_choice *choice = &x->choices[i];
        if (choice->earlier)
            continue;
        if (now != VB_OK || !stands_at(view, choice))
            return was_elsewhere(x, now, &inner, choice->item, how);
        if (choice->from->count == 0)
            return true; /* it takes no answer, this time as well */
        struct vb_event event;
        vb_answer_event(&event, x->again, choice);
        now = vb_fold_apply(x->again, &event, &inner);
    }
    if (code != VB_OK)
        return now == code && vb_streq(inner.text, err->text)
                   ? true
                   : was_elsewhere(x, now, &inner, -1, how);
    if (now != VB_OK || view->at != VB_AT_OVERVIEW || vb_says_of(view) != x->end_says)
        return was_elsewhere(x, now, &inner, -1, how);
    return true;
}
