/* path.c - what was asked and answered, step by step, and the walk to the next question. */
#include "session/state.h"

void vb_path_say(struct vb_fold *fold, const char *text)
{
    int turn = fold->say_turn;
    const char **say =
        vb_push(&fold->says[turn], (size_t)fold->view.say_count, &fold->say_cap[turn], sizeof *say);
    *say = text;
    fold->view.say_count++;
    fold->view.says = fold->says[turn];
}

void vb_path_put(struct vb_fold *fold, struct vb_place place, int slot)
{
    int at = fold->path_count++;
    bool again = at < fold->replayed && fold->path[at].item == place.item &&
                 fold->path[at].member == place.member;
    if (!again)
        fold->traces[at].roster = (int)fold->roster_count - 1;
    fold->to_show = fold->traces[at].roster;
    fold->traces[at].walk = fold->walk;
    fold->path[at] = place;
    fold->values[slot] = fold->kept[slot];
    fold->waiting -= (fold->marks[slot] & VB_MARK_WAITING) != 0;
    fold->marks[slot] = (uint8_t)((fold->marks[slot] & ~VB_MARK_WAITING) | VB_MARK_ON_PATH);
}

void vb_path_take(struct vb_fold *fold, struct vb_place place, int mark)
{
    int slot = vb_plan_slot(fold->plan, &fold->plan->items[place.item], place.member);
    fold->values[slot].type = VB_VALUE_NONE;
    fold->marks[slot] = (uint8_t)((fold->marks[slot] & VB_MARK_HELD) | mark);
    fold->waiting += mark == VB_MARK_WAITING;
}

static void wait_at(struct vb_fold *fold, struct vb_place place, int slot)
{
    struct vb_view *view = &fold->view;
    fold->cursor = place;
    view->at = VB_AT_ITEM;
    view->item = &fold->plan->items[place.item];
    view->member = place.member;
    view->offered = fold->kept[slot].type == VB_VALUE_NONE ? NULL : &fold->kept[slot];
    view->can_back = vb_fold_can_back(fold);
}

/* The end of the walk: what still waited was not reached, and stays as an offer only. Where
 * something was erased the walk may end here only for want of a question at which it once waited:
 * then it goes on waiting, and comes back by itself when it is reached. */
static void wait_at_overview(struct vb_fold *fold)
{
    struct vb_view *view = &fold->view;
    view->at = VB_AT_OVERVIEW;
    view->item = NULL;
    view->member = -1;
    view->offered = NULL;
    view->can_back = vb_fold_can_back(fold);
    for (int i = 0; i < fold->slot_count && fold->waiting > 0 && !fold->gaps; i++) {
        if ((fold->marks[i] & VB_MARK_WAITING) != 0) {
            fold->marks[i] &= (uint8_t)~VB_MARK_WAITING;
            fold->waiting--;
        }
    }
}

static enum vb_code asked_twice(const struct vb_fold *fold, struct vb_place place,
                                struct vb_err *err)
{
    return vb_fail(err, VB_E_SCRIPT, "%s: item \"%s\" is asked twice on one path",
                   fold->plan->main_path == NULL ? fold->plan->id : fold->plan->main_path,
                   fold->plan->items[place.item].id);
}

static void pass_ghost(struct vb_fold *fold, struct vb_place place)
{
    if (fold->ghost_count == 0)
        return;
    int slot = vb_plan_slot(fold->plan, &fold->plan->items[place.item], place.member);
    for (size_t i = 0; i < fold->ghost_count; i++)
        if (fold->ghosts[i].slot == slot)
            fold->to_show = fold->ghosts[i].roster;
}

/* Does the walk go past a question that was not answered? It passes each only once: a flow that
 * asks until it gets an answer gets none here. */
static bool passes(struct vb_fold *fold, struct vb_place place, int slot)
{
    bool sought = place.item == fold->sought.item && place.member == fold->sought.member;
    if (!fold->seeking || sought || (fold->marks[slot] & VB_MARK_PASSED) != 0)
        return false;
    fold->marks[slot] |= VB_MARK_PASSED;
    return true;
}

static enum vb_code walk_on(struct vb_fold *fold, const struct vb_value *reply, struct vb_err *err)
{
    const struct vb_value not_shown = vb_value_missing(VB_MISSING_NOT_SHOWN);
    const struct vb_value withdrawn = vb_value_missing(VB_MISSING_WITHDRAWN);
    bool scripted = fold->plan->scripted && !fold->together;
    struct vb_place place;
    for (;;) {
        bool more = true;
        enum vb_code code = VB_OK;
        if (scripted)
            code = vb_walk_script_next(fold, reply, &place, &more, err);
        else
            more = vb_walk_next(fold, &place);
        if (code != VB_OK || fold->busy)
            return code;
        if (!more) {
            wait_at_overview(fold);
            return VB_OK;
        }
        if (!vb_fold_has(fold, place.item, place.member)) {
            reply = place.member >= 0 ? &withdrawn : &not_shown;
            pass_ghost(fold, place);
            continue;
        }
        int slot = vb_plan_slot(fold->plan, &fold->plan->items[place.item], place.member);
        if ((fold->marks[slot] & VB_MARK_ON_PATH) != 0)
            return asked_twice(fold, place, err);
        if ((fold->marks[slot] & VB_MARK_WAITING) == 0 && passes(fold, place, slot)) {
            reply = &not_shown;
            continue;
        }
        if ((fold->marks[slot] & VB_MARK_WAITING) == 0) {
            wait_at(fold, place, slot);
            return VB_OK;
        }
        vb_path_put(fold, place, slot);
        fold->view.say_count = 0; /* it came before something that was answered long ago */
        reply = &fold->values[slot];
    }
}

enum vb_code vb_path_advance(struct vb_fold *fold, const struct vb_value *reply, struct vb_err *err)
{
    fold->say_turn ^= 1;
    fold->view.say_count = 0;
    return walk_on(fold, reply, err);
}

enum vb_code vb_path_go_on(struct vb_fold *fold, struct vb_err *err)
{
    return walk_on(fold, NULL, err);
}

/* The walk goes again from behind the last step of the path. A flow cannot: it runs again from its
 * start, over the same steps with the rosters they saw. */
enum vb_code vb_path_again(struct vb_fold *fold, struct vb_err *err)
{
    int count = fold->path_count;
    if (!fold->plan->scripted || fold->together) {
        if (count > 0)
            fold->walk = fold->traces[count - 1].walk;
        else
            vb_walk_start(fold);
        return vb_path_advance(fold, NULL, err);
    }
    vb_flow_destroy(fold->flow);
    fold->flow = NULL;
    for (int i = 0; i < count; i++)
        vb_path_take(fold, fold->path[i], VB_MARK_WAITING);
    fold->path_count = 0;
    fold->replayed = count;
    enum vb_code code = vb_path_advance(fold, NULL, err);
    if (!fold->busy)
        fold->replayed = 0;
    return code;
}

void vb_path_see_roster(struct vb_fold *fold)
{
    int now = (int)fold->roster_count - 1;
    while (fold->ghost_count > 0 && fold->ghosts[fold->ghost_count - 1].after >= fold->path_count)
        fold->ghost_count--;
    if (fold->path_count > 0)
        fold->traces[fold->path_count - 1].roster = now;
    else
        fold->start_roster = now;
}

int64_t vb_fold_given_at(const struct vb_fold *fold, int item, int member)
{
    return fold->given_at[vb_plan_slot(fold->plan, &fold->plan->items[item], member)];
}
