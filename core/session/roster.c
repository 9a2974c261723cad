/* roster.c - who the family or group is, inside of one fold. */
#include "session/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static const struct vb_member *copy_members(struct vb_arena *arena, const struct vb_member *members,
                                            int count)
{
    struct vb_member *copy = vb_arena_alloc(arena, sizeof *copy * (size_t)(count + 1));
    for (int i = 0; i < count; i++) {
        copy[i].person = vb_arena_strdup(arena, members[i].person);
        copy[i].role = vb_arena_strdup(arena, members[i].role);
        copy[i].label = vb_arena_strdup(arena, members[i].label);
        copy[i].form = vb_arena_strdup(arena, members[i].form);
        copy[i].gone = members[i].gone;
    }
    return copy;
}

enum vb_code vb_roster_check(const struct vb_fold *fold, const struct vb_member *members, int count,
                             struct vb_err *err)
{
    if (count < 0 || count > VB_MEMBERS_MAX)
        return vb_fail(err, VB_E_LIMIT, "a roster holds at most %d members", VB_MEMBERS_MAX);
    const struct vb_roster *now =
        fold->roster_count == 0 ? NULL : &fold->rosters[fold->roster_count - 1];
    for (int i = 0; i < count; i++) {
        if (members[i].person == NULL)
            return vb_fail(err, VB_E_DATA, "member %d of the roster has no person", i);
        if (members[i].form != NULL && vb_plan_form(fold->plan, members[i].form) < 0)
            return vb_fail(err, VB_E_DATA, "member %d of the roster has an unknown form", i);
        if (now != NULL && i < now->count && !vb_streq(now->members[i].person, members[i].person))
            return vb_fail(err, VB_E_DATA, "a roster only grows: member %d is another person", i);
    }
    if (now != NULL && count < now->count)
        return vb_fail(err, VB_E_DATA, "a roster only grows: who leaves is marked as gone");
    return VB_OK;
}

static void find_asks(struct vb_fold *fold, const struct vb_member *members, int count)
{
    if ((size_t)count > fold->member_asks_cap) {
        fold->member_asks_cap = (size_t)count * 2;
        fold->member_asks =
            vb_realloc(fold->member_asks, fold->member_asks_cap * sizeof *fold->member_asks);
    }
    for (int i = 0; i < count; i++) {
        int form = vb_plan_form(fold->plan, members[i].form);
        int role = vb_plan_role(fold->plan, members[i].role);
        fold->member_asks[i] = (struct vb_member_asks){
            .role = role < 0 ? UINT32_MAX : UINT32_C(1) << role,
            .has_item = form < 0 ? NULL : fold->plan->forms[form].has_item,
        };
    }
}

static void make_slots(struct vb_fold *fold, int count)
{
    size_t slots = (size_t)vb_plan_slots(fold->plan, count), had = (size_t)fold->slot_count;
    if (slots > (size_t)fold->slot_cap) {
        fold->values = vb_realloc(fold->values, slots * sizeof *fold->values);
        fold->kept = vb_realloc(fold->kept, slots * sizeof *fold->kept);
        fold->given_at = vb_realloc(fold->given_at, slots * sizeof *fold->given_at);
        fold->marks = vb_realloc(fold->marks, slots);
        fold->path = vb_realloc(fold->path, slots * sizeof *fold->path);
        fold->traces = vb_realloc(fold->traces, slots * sizeof *fold->traces);
        fold->slot_cap = (int)slots;
    }
    if (slots > had) {
        memset(fold->values + had, 0, (slots - had) * sizeof *fold->values);
        memset(fold->kept + had, 0, (slots - had) * sizeof *fold->kept);
        memset(fold->given_at + had, 0, (slots - had) * sizeof *fold->given_at);
        memset(fold->marks + had, 0, slots - had);
    }
    fold->slot_count = (int)slots;
}

void vb_roster_settle(struct vb_fold *fold)
{
    const struct vb_roster *roster = &fold->rosters[fold->roster_count - 1];
    find_asks(fold, roster->members, roster->count);
    make_slots(fold, roster->count);
    fold->self = -1;
    for (int i = 0; i < roster->count && fold->opened->person != NULL; i++)
        if (strcmp(roster->members[i].person, fold->opened->person) == 0)
            fold->self = i;
}

void vb_roster_push(struct vb_fold *fold, const struct vb_member *members, int count)
{
    struct vb_roster *roster =
        vb_push(&fold->rosters, fold->roster_count, &fold->roster_cap, sizeof *roster);
    roster->members = copy_members(&fold->arena, members, count);
    roster->count = count;
    fold->roster_count++;
    vb_roster_settle(fold);
}

static void add_ghost(struct vb_fold *fold, struct vb_place place, int after, int roster)
{
    struct vb_ghost *ghost =
        vb_push(&fold->ghosts, fold->ghost_count, &fold->ghost_cap, sizeof *ghost);
    fold->ghost_count++;
    ghost->slot = vb_plan_slot(fold->plan, &fold->plan->items[place.item], place.member);
    ghost->after = after;
    ghost->roster = roster;
}

/* The path without them; those of a script become ghosts, among the ones there are, in order. */
static void drop_steps(struct vb_fold *fold, const struct vb_member *now)
{
    struct vb_ghost *old = fold->ghosts;
    size_t old_count = fold->ghost_count, next = 0;
    int stay = 0;
    fold->ghosts = NULL;
    fold->ghost_count = fold->ghost_cap = 0;
    for (int i = 0; i <= fold->path_count; i++) {
        for (; next < old_count && old[next].after <= i; next++) {
            struct vb_ghost *ghost =
                vb_push(&fold->ghosts, fold->ghost_count, &fold->ghost_cap, sizeof *ghost);
            fold->ghost_count++;
            *ghost = (struct vb_ghost){ old[next].slot, stay, old[next].roster };
        }
        if (i == fold->path_count)
            break;
        struct vb_place place = fold->path[i];
        if (place.member >= 0 && now[place.member].gone) {
            vb_path_take(fold, place, 0);
            if (fold->plan->scripted)
                add_ghost(fold, place, stay, fold->traces[i].roster);
            continue;
        }
        fold->traces[stay] = fold->traces[i];
        fold->path[stay++] = place;
    }
    fold->path_count = stay;
    free(old);
}

/* Answers about somebody who left go off the path for good; true when there are such people. */
static bool forget_gone(struct vb_fold *fold, int before)
{
    const struct vb_member *was = fold->rosters[before].members;
    const struct vb_roster *now = &fold->rosters[fold->roster_count - 1];
    bool any = false;
    for (int i = 0; i < fold->rosters[before].count; i++)
        any |= now->members[i].gone && !was[i].gone;
    if (any)
        drop_steps(fold, now->members);
    return any;
}

/* Nothing that was said about him may be offered or put back. */
static void drop_gone(struct vb_fold *fold)
{
    const struct vb_roster *now = &fold->rosters[fold->roster_count - 1];
    int each = fold->plan->member_item_count;
    for (int i = 0; i < now->count; i++) {
        for (int j = 0; now->members[i].gone && j < each; j++) {
            int slot = fold->plan->plain_count + i * each + j;
            fold->kept[slot] = (struct vb_value){ 0 };
            fold->waiting -= (fold->marks[slot] & VB_MARK_WAITING) != 0;
            fold->marks[slot] = 0;
        }
    }
}

/* The script may have used what was withdrawn: it runs again. Where it comes to the same question,
 * the person notices nothing. */
static enum vb_code run_flow_again(struct vb_fold *fold, struct vb_err *err)
{
    struct vb_view before = fold->view;
    enum vb_code code = vb_path_again(fold, err);
    if (code == VB_OK && before.at == fold->view.at && before.item == fold->view.item &&
        before.member == fold->view.member) {
        fold->view.says = before.says;
        fold->view.say_count = before.say_count;
    }
    return code;
}

static enum vb_code apply_roster(struct vb_fold *fold, const struct vb_event *event,
                                 struct vb_err *err)
{
    int before = (int)fold->roster_count - 1;
    vb_roster_push(fold, event->members, event->member_count);
    bool at_item = fold->view.at == VB_AT_ITEM;
    if (at_item && fold->view.offered != NULL) /* the arrays may have moved */
        fold->view.offered =
            &fold->kept[vb_plan_slot(fold->plan, fold->view.item, fold->view.member)];
    if (!forget_gone(fold, before))
        return VB_OK;
    drop_gone(fold);
    if (fold->view.at == VB_AT_LAST || fold->parked != NULL)
        return VB_OK; /* nothing was asked yet, the walk begins later; or it goes nowhere (gaps.c)
                       */
    const struct vb_member *members = fold->rosters[fold->roster_count - 1].members;
    bool lost = at_item && fold->cursor.member >= 0 && members[fold->cursor.member].gone;
    fold->view.can_back = vb_fold_can_back(fold);
    if (lost)
        vb_path_see_roster(fold);
    if (lost)
        return vb_path_again(fold, err);
    return fold->plan->scripted && !fold->together ? run_flow_again(fold, err) : VB_OK;
}

/* At once: what follows looks at where the flow came to. */
enum vb_code vb_roster_apply(struct vb_fold *fold, const struct vb_event *event, struct vb_err *err)
{
    int64_t slice_ns = fold->slice_ns;
    fold->slice_ns = 0;
    enum vb_code code = apply_roster(fold, event, err);
    fold->slice_ns = slice_ns;
    return code;
}
