/* fold.c - events in, the state of a session out. */
#include "session/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

struct vb_fold *vb_fold_create(struct vb_plan *plan, const struct vb_sandbox_options *options)
{
    struct vb_fold *fold = vb_new(struct vb_fold);
    fold->plan = vb_plan_keep(plan);
    fold->sandbox = *options;
    fold->base = vb_alloc((size_t)plan->item_count);
    vb_fold_reset(fold);
    return fold;
}

void vb_fold_destroy(struct vb_fold *fold)
{
    if (fold == NULL)
        return;
    vb_flow_destroy(fold->flow);
    free(fold->base);
    free(fold->rosters);
    free(fold->member_asks);
    free(fold->values);
    free(fold->kept);
    free(fold->given_at);
    free(fold->marks);
    free(fold->path);
    free(fold->ghosts);
    free(fold->traces);
    free(fold->says[0]);
    free(fold->says[1]);
    vb_arena_finish(&fold->arena);
    vb_plan_release(fold->plan);
    free(fold);
}

void vb_fold_reset(struct vb_fold *fold)
{
    vb_flow_destroy(fold->flow);
    fold->flow = NULL;
    vb_arena_reset(&fold->arena);
    fold->opened = NULL;
    fold->sharing = NULL;
    fold->first_yes = fold->last_yes = 0;
    fold->stand = NULL;
    fold->roster_count = 0;
    fold->slot_count = 0;
    fold->ghost_count = 0;
    fold->path_count = fold->replayed = fold->waiting = fold->start_roster = 0;
    fold->self = -1;
    fold->parked = NULL;
    fold->gaps = fold->seeking = false;
    vb_last_reset(fold);
    fold->busy = false;
    fold->view = (struct vb_view){ .at = VB_AT_NOTHING, .member = -1 };
}

/* -- looking ---------------------------------------------------------------------------------- */

const struct vb_view *vb_fold_view(const struct vb_fold *fold)
{
    return &fold->view;
}

struct vb_plan *vb_fold_plan(const struct vb_fold *fold)
{
    return fold->plan;
}

const struct vb_opened *vb_fold_opened(const struct vb_fold *fold)
{
    return fold->opened;
}

const struct vb_member *vb_fold_members(const struct vb_fold *fold, int *count)
{
    *count = fold->roster_count == 0 ? 0 : fold->rosters[fold->roster_count - 1].count;
    return *count == 0 ? NULL : fold->rosters[fold->roster_count - 1].members;
}

int vb_fold_self(const struct vb_fold *fold)
{
    return fold->self;
}

int vb_fold_role(const struct vb_fold *fold)
{
    return fold->role;
}

int vb_fold_format(const struct vb_fold *fold)
{
    return fold->format;
}

const struct vb_sharing *vb_fold_sharing(const struct vb_fold *fold)
{
    return fold->sharing;
}

int64_t vb_fold_standing(const struct vb_fold *fold)
{
    bool stands = !fold->together && (fold->view.stands || fold->view.at == VB_AT_SHARED);
    return stands ? fold->last_yes : fold->view.seq;
}

int64_t vb_fold_first_yes(const struct vb_fold *fold)
{
    return fold->first_yes;
}

const struct vb_value *vb_fold_values(const struct vb_fold *fold)
{
    return fold->values;
}

const struct vb_place *vb_fold_path(const struct vb_fold *fold, int *count)
{
    *count = fold->path_count;
    return fold->path;
}

const struct vb_policy *vb_fold_policy(const struct vb_fold *fold)
{
    return vb_plan_policy(fold->plan, fold->variant);
}

const struct vb_err *vb_fold_parked(const struct vb_fold *fold)
{
    return fold->parked;
}

/* The slot of a place, -1 when there is no such place. */
static int slot_of(const struct vb_fold *fold, int item, int member)
{
    if (fold->opened == NULL || item < 0 || item >= fold->plan->item_count)
        return -1;
    const struct vb_item *asked = &fold->plan->items[item];
    if (asked->per_member) {
        if (member < 0 || member >= fold->rosters[fold->roster_count - 1].count)
            return -1;
    } else if (member != -1) {
        return -1;
    }
    return vb_plan_slot(fold->plan, asked, member);
}

static bool on_path(const struct vb_fold *fold, int item, int member)
{
    int slot = slot_of(fold, item, member);
    return slot >= 0 && (fold->marks[slot] & VB_MARK_ON_PATH) != 0;
}

bool vb_fold_held(const struct vb_fold *fold, int item, int member)
{
    return on_path(fold, item, member) &&
           (fold->marks[slot_of(fold, item, member)] & VB_MARK_HELD) != 0;
}

bool vb_fold_asks(const struct vb_fold *fold, int item, int member)
{
    return slot_of(fold, item, member) >= 0 && vb_fold_has(fold, item, member);
}

/* -- the other events ------------------------------------------------------------------------- */

static enum vb_code apply_answered(struct vb_fold *fold, const struct vb_event *event,
                                   struct vb_err *err)
{
    int slot = vb_plan_slot(fold->plan, &fold->plan->items[event->item], event->member);
    fold->kept[slot] = vb_value_copy(&fold->arena, &event->value);
    fold->given_at[slot] = event->seq;
    if (!event->changed) {
        vb_path_put(fold, fold->cursor, slot);
        return vb_path_advance(fold, &fold->values[slot], err);
    }
    for (int i = 0; i < fold->path_count; i++)
        vb_path_take(fold, fold->path[i], VB_MARK_WAITING);
    fold->path_count = 0;
    vb_path_see_roster(fold);
    return vb_path_again(fold, err);
}

static enum vb_code apply_back(struct vb_fold *fold, struct vb_err *err)
{
    if (fold->path_count == 0) {
        vb_last_back(fold);
        return VB_OK;
    }
    vb_path_take(fold, fold->path[--fold->path_count], 0);
    vb_path_see_roster(fold);
    return vb_path_again(fold, err);
}

static void apply_held(struct vb_fold *fold, const struct vb_event *event)
{
    if (event->item < 0) {
        vb_followed_hold(fold, event);
        return;
    }
    int slot = slot_of(fold, event->item, event->member);
    if (event->on)
        fold->marks[slot] |= VB_MARK_HELD;
    else
        fold->marks[slot] &= (uint8_t)~VB_MARK_HELD;
}

static void apply_shared(struct vb_fold *fold, const struct vb_sharing *sharing, int64_t wall_ms)
{
    struct vb_sharing *copy = vb_arena_new(&fold->arena, struct vb_sharing);
    *copy = *sharing;
    copy->earlier_ms = wall_ms;
    copy->private_yes = vb_copy_list(&fold->arena, sharing->private_yes, sharing->private_count);
    copy->purposes = vb_copy_list(&fold->arena, sharing->purposes, sharing->purpose_count);
    if (copy->earlier == VB_WORD_NONE && fold->sharing != NULL) { /* a correction leaves it */
        copy->earlier = fold->sharing->earlier;
        copy->earlier_ms = fold->sharing->earlier_ms;
    }
    copy->left = NULL;
    copy->left_count = 0;
    if (fold->gaps)
        vb_gaps_forget(fold, sharing);
    fold->sharing = copy;
    fold->last_yes = fold->view.seq;
    if (fold->first_yes == 0)
        fold->first_yes = fold->last_yes;
}

/* A word of its own: it moves nothing that stands, and no correction undoes it. */
static void apply_earlier(struct vb_fold *fold, const struct vb_event *event)
{
    struct vb_sharing *copy = vb_arena_new(&fold->arena, struct vb_sharing);
    *copy = *fold->sharing;
    copy->earlier = event->on ? VB_WORD_YES : VB_WORD_NO;
    copy->earlier_ms = event->wall_ms;
    fold->sharing = copy;
}

static enum vb_code apply_here(struct vb_fold *fold, const struct vb_event *event,
                               struct vb_err *err)
{
    switch (event->type) {
    case VB_EVENT_OPENED:
        return vb_opened_apply(fold, event->opened, err);
    case VB_EVENT_ANSWERED:
        return apply_answered(fold, event, err);
    case VB_EVENT_BACK:
        return apply_back(fold, err);
    case VB_EVENT_HELD:
        apply_held(fold, event);
        return VB_OK;
    case VB_EVENT_SHARED:
        apply_shared(fold, event->sharing, event->wall_ms);
        return VB_OK;
    case VB_EVENT_ROSTER:
        return vb_roster_apply(fold, event, err);
    case VB_EVENT_REOPENED:
        vb_reopen_begin(fold);
        return VB_OK;
    case VB_EVENT_FOLLOWED:
        return vb_followed_apply(fold, event, err);
    case VB_EVENT_TALK:
        fold->talk = vb_talk_record_copy(&fold->arena, event->talk);
        fold->talk_seq = event->seq;
        return VB_OK;
    case VB_EVENT_EARLIER:
        apply_earlier(fold, event);
        return VB_OK;
    default:
        return VB_OK;
    }
}

/* -- is it allowed, and in -------------------------------------------------------------------- */

static enum vb_code not_now(const char *what, struct vb_err *err)
{
    return vb_fail(err, VB_E_DATA, "%s", what);
}

static enum vb_code check_answered(const struct vb_fold *fold, const struct vb_event *event,
                                   struct vb_err *err)
{
    if (event->value.type == VB_VALUE_NONE)
        return not_now("an answer is a value or a reason", err);
    if (event->changed) {
        if (fold->view.at != VB_AT_OVERVIEW)
            return not_now("answers are changed at the overview", err);
        if (!on_path(fold, event->item, event->member))
            return not_now("only what was asked can be changed", err);
        return VB_OK;
    }
    if (fold->view.at != VB_AT_ITEM)
        return not_now("no question waits for an answer", err);
    if (event->item != fold->cursor.item || event->member != fold->cursor.member)
        return not_now("another question is asked now", err);
    return VB_OK;
}

static enum vb_code check_held(const struct vb_fold *fold, const struct vb_event *event,
                               struct vb_err *err)
{
    bool there = event->item < 0 ? vb_last_has(fold, event->agreement)
                                 : on_path(fold, event->item, event->member);
    if (fold->view.at != VB_AT_OVERVIEW || !there)
        return not_now("answers are held back at the overview", err);
    return VB_OK;
}

/* Written down by everybody, and so in nobody's own log. It belongs to no place of the walk. */
static enum vb_code check_talk(const struct vb_fold *fold, const struct vb_event *event,
                               struct vb_err *err)
{
    if (!fold->together)
        return not_now("what the talk gave stands in the session of everybody together", err);
    if (event->talk == NULL || event->talk->agreement_count > VB_AGREEMENTS_MAX ||
        event->talk->goal_count > VB_GOALS_MAX)
        return not_now("this is not what a talk gives", err);
    return VB_OK;
}

static enum vb_code check_back(const struct vb_fold *fold, const struct vb_event *event,
                               struct vb_err *err)
{
    if (!fold->view.can_back)
        return not_now("this is the first question", err);
    if (event->item < 0)
        return VB_OK;
    int last = fold->path_count - 1;
    if (last < 0 || fold->path[last].item != event->item ||
        fold->path[last].member != event->member)
        return not_now("another step is the last", err);
    return VB_OK;
}

static enum vb_code check_here(const struct vb_fold *fold, const struct vb_event *event,
                               struct vb_err *err)
{
    enum vb_at at = fold->view.at;
    switch (event->type) {
    case VB_EVENT_OPENED:
        return vb_opened_check(fold, event->opened, err);
    case VB_EVENT_ANSWERED:
        return check_answered(fold, event, err);
    case VB_EVENT_BACK:
        return check_back(fold, event, err);
    case VB_EVENT_HELD:
        return check_held(fold, event, err);
    case VB_EVENT_FOLLOWED:
        return vb_followed_check(fold, event, err);
    case VB_EVENT_SHARED:
        if (at != VB_AT_OVERVIEW || event->sharing == NULL)
            return not_now("answers are shared at the overview", err);
        return VB_OK;
    case VB_EVENT_ROSTER:
        return vb_roster_check(fold, event->members, event->member_count, err);
    case VB_EVENT_STOPPED:
    case VB_EVENT_WITHDRAWN:
        return VB_OK;
    case VB_EVENT_REOPENED:
        if (at != VB_AT_SHARED || fold->together)
            return not_now("only what somebody shared is corrected", err);
        return VB_OK;
    case VB_EVENT_EARLIER:
        if (at != VB_AT_SHARED || fold->together)
            return not_now("what was shared before is shown, or not, once this is shared", err);
        return VB_OK;
    default:
        return not_now("no such event", err);
    }
}

enum vb_code vb_fold_check(const struct vb_fold *fold, const struct vb_event *event,
                           struct vb_err *err)
{
    enum vb_at at = fold->view.at;
    bool leaves = event->type == VB_EVENT_STOPPED || event->type == VB_EVENT_WITHDRAWN;
    bool after = event->type == VB_EVENT_WITHDRAWN || event->type == VB_EVENT_REOPENED ||
                 event->type == VB_EVENT_EARLIER;
    if (event->seq != fold->view.seq + 1)
        return vb_fail(err, VB_E_CONFLICT, "something else was saved meanwhile");
    if (fold->busy && !leaves)
        return vb_fail(err, VB_E_BUSY, "the next question is still being worked out");
    if (fold->parked != NULL && !leaves) {
        *err = *fold->parked;
        return err->code;
    }
    if ((fold->opened == NULL) != (event->type == VB_EVENT_OPENED))
        return not_now("a session is opened once, first of all", err);
    if (event->type == VB_EVENT_TALK && at != VB_AT_WITHDRAWN)
        return check_talk(fold, event, err);
    if (at == VB_AT_WITHDRAWN || (at == VB_AT_STOPPED && event->type != VB_EVENT_WITHDRAWN) ||
        (at == VB_AT_SHARED && !after))
        return not_now("this session is closed", err);
    return check_here(fold, event, err);
}

static void close_at(struct vb_fold *fold, enum vb_at at)
{
    fold->view = (struct vb_view){ .at = at, .seq = fold->view.seq, .member = -1 };
    fold->stand = NULL;
    fold->parked = NULL;
    fold->busy = false;
    vb_flow_destroy(fold->flow);
    fold->flow = NULL;
}

/* What a walk came to: a question, the overview, a failure that parks it, or not there yet. */
static enum vb_code arrive(struct vb_fold *fold, enum vb_code code, const struct vb_err *err)
{
    if (fold->busy) {
        fold->view.at = VB_AT_NOTHING;
        fold->view.item = NULL;
        fold->view.offered = NULL;
        fold->view.can_back = false;
        return VB_OK;
    }
    fold->replayed = 0;
    if (code != VB_OK) {
        fold->view = fold->before;
        vb_fold_park(fold, err);
    }
    return code;
}

void vb_fold_park(struct vb_fold *fold, const struct vb_err *err)
{
    fold->parked = vb_arena_new(&fold->arena, struct vb_err);
    *fold->parked = *err;
}

void vb_fold_slice(struct vb_fold *fold, int64_t slice_ns)
{
    fold->slice_ns = slice_ns;
}

bool vb_fold_busy(const struct vb_fold *fold)
{
    return fold->busy;
}

enum vb_code vb_fold_go_on(struct vb_fold *fold, struct vb_err *err)
{
    vb_assert(fold->busy);
    return arrive(fold, vb_path_go_on(fold, err), err);
}

enum vb_code vb_fold_apply(struct vb_fold *fold, const struct vb_event *event, struct vb_err *err)
{
    enum vb_code code = vb_fold_check(fold, event, err);
    if (code == VB_OK)
        return vb_fold_take(fold, event, err);
    bool may_be_gone = fold->gaps && code != VB_E_CONFLICT && code != VB_E_BUSY;
    return may_be_gone ? vb_gaps_apply(fold, event, code, err) : code;
}

enum vb_code vb_fold_take(struct vb_fold *fold, const struct vb_event *event, struct vb_err *err)
{
    fold->before = fold->view;
    fold->before.seq = fold->view.seq = event->seq;
    enum vb_code code = arrive(fold, apply_here(fold, event, err), err);
    if (code != VB_OK)
        return code;
    if (event->type == VB_EVENT_SHARED)
        close_at(fold, VB_AT_SHARED);
    else if (event->type == VB_EVENT_STOPPED && fold->view.stands) {
        vb_reopen_undo(fold);
        close_at(fold, VB_AT_SHARED);
    } else if (event->type == VB_EVENT_STOPPED)
        close_at(fold, VB_AT_STOPPED);
    else if (event->type == VB_EVENT_WITHDRAWN)
        close_at(fold, VB_AT_WITHDRAWN);
    return VB_OK;
}

void vb_fold_expect_gaps(struct vb_fold *fold)
{
    fold->gaps = true;
}

bool vb_fold_has_gaps(const struct vb_fold *fold)
{
    return fold->gaps;
}

void vb_fold_open_erased(struct vb_fold *fold, const struct vb_opened *opened)
{
    vb_assert(fold->opened == NULL);
    vb_opened_take(fold, opened);
    fold->gaps = true;
    fold->view.seq = 1;
    close_at(fold, VB_AT_WITHDRAWN);
}
