/* gaps.c - a log some of which was erased: what is left still says who answered what.
 *
 * Answers about somebody who was erased are gone, and so are the steps back over them. The walk
 * that led to the others cannot be walked again as it was: a block begins at another moment and so
 * with another roster, a flow takes another way. So where an event does not fit, the walk goes
 * again from its start to where it does, over what was answered and past what was not:
 *
 *      answered, back           to that question
 *      changed, held, shared    to the overview; who said yes said yes to what is left
 *
 * Where the walk does not come there any more, all stands as before: an answer waits until the walk
 * comes there after all, and anything else is dropped.
 * What each event does to the state is a function of the log alone, so that a session that is read
 * again stands where it stood, whatever came after the erasure. */
#include "session/state.h"

static bool walks(const struct vb_fold *fold)
{
    return fold->parked == NULL && (fold->view.at == VB_AT_ITEM || fold->view.at == VB_AT_OVERVIEW);
}

static bool stands_at(const struct vb_fold *fold, const struct vb_place *place)
{
    if (place == NULL)
        return fold->view.at == VB_AT_OVERVIEW;
    return fold->view.at == VB_AT_ITEM && fold->cursor.item == place->item &&
           fold->cursor.member == place->member;
}

/* Everything that was answered waits to be put on the path again. */
static void lift_path(struct vb_fold *fold)
{
    for (int i = 0; i < fold->path_count; i++)
        vb_path_take(fold, fold->path[i], VB_MARK_WAITING);
    fold->path_count = 0;
    vb_path_see_roster(fold);
}

/* Once from the start, towards place (NULL: the overview), in one go. */
static enum vb_code seek(struct vb_fold *fold, const struct vb_place *place, struct vb_err *err)
{
    int64_t slice_ns = fold->slice_ns;
    lift_path(fold);
    fold->slice_ns = 0;
    fold->seeking = true;
    fold->sought = place == NULL ? (struct vb_place){ -1, -1 } : *place;
    enum vb_code code = vb_path_again(fold, err);
    fold->seeking = false;
    fold->slice_ns = slice_ns;
    for (int i = 0; i < fold->slot_count; i++)
        fold->marks[i] &= (uint8_t)~VB_MARK_PASSED;
    return code;
}

/* True: the walk stands at place (NULL: the overview). False: it stands where it did, or is parked
 * when its flow does not even come there again. */
static bool reach(struct vb_fold *fold, const struct vb_place *place)
{
    struct vb_err err;
    bool at_item = fold->view.at == VB_AT_ITEM;
    struct vb_place was = fold->cursor;
    if (stands_at(fold, place) || (seek(fold, place, &err) == VB_OK && stands_at(fold, place)))
        return true;
    if (seek(fold, at_item ? &was : NULL, &err) != VB_OK)
        vb_fold_park(fold, &err);
    return false;
}

/* To a question, to wait there though it may have an answer that counts. */
static void reach_anew(struct vb_fold *fold, struct vb_place place)
{
    int slot = vb_plan_slot(fold->plan, &fold->plan->items[place.item], place.member);
    if (stands_at(fold, &place))
        return;
    lift_path(fold);
    if ((fold->marks[slot] & VB_MARK_WAITING) != 0) {
        fold->marks[slot] &= (uint8_t)~VB_MARK_WAITING;
        fold->waiting--;
    }
    reach(fold, &place);
}

/* Brings the walk to where the event fits; whether it does is seen afterwards. */
static void make_fit(struct vb_fold *fold, const struct vb_event *event)
{
    switch (event->type) {
    case VB_EVENT_ANSWERED:
    case VB_EVENT_BACK:
        if (event->changed)
            reach(fold, NULL);
        else if (event->item >= 0)
            reach_anew(fold, (struct vb_place){ event->item, event->member });
        break;
    case VB_EVENT_HELD:
    case VB_EVENT_FOLLOWED:
    case VB_EVENT_SHARED:
        reach(fold, NULL);
        break;
    default:
        break;
    }
}

/* An answer that fits nowhere now waits until the walk comes there; what it replaces is replaced.
 */
static void keep_answer(struct vb_fold *fold, const struct vb_event *event)
{
    int slot = vb_plan_slot(fold->plan, &fold->plan->items[event->item], event->member);
    fold->kept[slot] = vb_value_copy(&fold->arena, &event->value);
    fold->given_at[slot] = event->seq;
    if ((fold->marks[slot] & VB_MARK_ON_PATH) != 0) {
        fold->values[slot] = fold->kept[slot];
    } else if ((fold->marks[slot] & VB_MARK_WAITING) == 0) {
        fold->marks[slot] |= VB_MARK_WAITING;
        fold->waiting++;
    }
}

enum vb_code vb_gaps_apply(struct vb_fold *fold, const struct vb_event *event, enum vb_code refused,
                           struct vb_err *err)
{
    struct vb_err why;
    if (event->type == VB_EVENT_ROSTER && fold->parked != NULL &&
        vb_roster_check(fold, event->members, event->member_count, err) == VB_OK)
        return vb_fold_take(fold, event, err); /* later events name them */
    if (event->type == VB_EVENT_OPENED || event->type == VB_EVENT_ROSTER || fold->opened == NULL)
        return refused; /* nothing that was erased explains it */
    int64_t seq = fold->view.seq;
    if (walks(fold))
        make_fit(fold, event);
    vb_assert(fold->view.seq == seq);
    bool fits = event->type != VB_EVENT_BACK && vb_fold_check(fold, event, &why) == VB_OK;
    /* A yes is one to what is left; held back is held back, on the path now or only later. */
    bool stays = event->type == VB_EVENT_SHARED || event->type == VB_EVENT_HELD;
    if (fits || (stays && fold->view.at < VB_AT_SHARED))
        return vb_fold_take(fold, event, err);
    if (event->type == VB_EVENT_ANSWERED && fold->view.at < VB_AT_SHARED)
        keep_answer(fold, event);
    fold->view.seq = event->seq;
    return VB_OK;
}

/* -- what a yes was not about ----------------------------------------------------------------- */

static void add_left(const struct vb_fold *fold, int member, struct vb_left *list, int *count)
{
    for (int i = 0; i < fold->plan->item_count; i++) {
        const struct vb_item *item = &fold->plan->items[i];
        if (item->per_member != (member >= 0))
            continue;
        int slot = vb_plan_slot(fold->plan, item, member);
        if (fold->kept[slot].type != VB_VALUE_NONE && (fold->marks[slot] & VB_MARK_ON_PATH) == 0)
            list[(*count)++] = (struct vb_left){ i, member };
    }
}

const struct vb_left *vb_fold_left(const struct vb_fold *fold, struct vb_arena *arena, int *count)
{
    *count = 0;
    if (!fold->plan->scripted || fold->plan->member_item_count == 0 || fold->together)
        return NULL;
    struct vb_left *list = vb_arena_alloc(arena, sizeof *list * (size_t)(fold->slot_count + 1));
    for (int member = -1; member < fold->rosters[fold->roster_count - 1].count; member++)
        add_left(fold, member, list, count);
    return list;
}

/* A flow that is no longer told what was said of somebody may come to them again. */
void vb_gaps_forget(struct vb_fold *fold, const struct vb_sharing *sharing)
{
    int stay = 0;
    for (int i = 0; i < fold->path_count; i++) {
        bool left = false;
        for (int j = 0; j < sharing->left_count && !left; j++)
            left = fold->path[i].item == sharing->left[j].item &&
                   fold->path[i].member == sharing->left[j].member;
        if (left)
            vb_path_take(fold, fold->path[i], 0);
        fold->path[stay] = fold->path[i];
        fold->traces[stay] = fold->traces[i];
        stay += !left;
    }
    fold->path_count = stay;
}
