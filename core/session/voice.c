/* voice.c - what one person shared, as a result sees it. */
#include "session/compare.h"

#include <string.h>

/* Every reason looks the same from outside, but for research. */
static struct vb_value seen(const struct vb_fold *fold, const struct vb_value *value, int item,
                            int member, bool research)
{
    bool held = vb_fold_held(fold, item, member);
    if (vb_value_given(value) && !held)
        return *value;
    if (research && (held || value->type == VB_VALUE_MISSING))
        return held ? vb_value_missing(VB_MISSING_HELD) : *value;
    return vb_value_missing(VB_MISSING_NOT_SHOWN);
}

/* The person's own copy of its values, without what it held back; where nothing was, the fold's. */
static const struct vb_value *without_held(const struct vb_plan *plan, const struct vb_fold *fold,
                                           struct vb_arena *arena)
{
    int path_count, member_count;
    const struct vb_place *path = vb_fold_path(fold, &path_count);
    struct vb_value *copy = NULL;
    vb_fold_members(fold, &member_count);
    size_t slots = (size_t)vb_plan_slots(plan, member_count);
    for (int i = 0; i < path_count; i++) {
        if (!vb_fold_held(fold, path[i].item, path[i].member))
            continue;
        if (copy == NULL) {
            copy = vb_arena_alloc(arena, slots * sizeof *copy);
            memcpy(copy, vb_fold_values(fold), slots * sizeof *copy);
        }
        copy[vb_plan_slot(plan, &plan->items[path[i].item], path[i].member)] =
            vb_value_missing(VB_MISSING_HELD);
    }
    return copy == NULL ? vb_fold_values(fold) : copy;
}

struct reading { /* of one voice */
    const struct vb_plan *plan;
    const struct vb_fold *fold;
    const struct vb_value *values; /* without what is held back */
    struct vb_arena *arena;
    int format, role, self;
    bool research;
    const struct vb_sharing
        *yes;       /* NULL: what everybody sees; else only what it gives the worker */
    bool own_sheet; /* it is the worker: all of its own */
};

static bool has_yes(const struct vb_sharing *sharing, const char *scale)
{
    for (int i = 0; i < sharing->private_count; i++)
        if (strcmp(sharing->private_yes[i], scale) == 0)
            return true;
    return false;
}

static bool is_open(const struct reading *reading, enum vb_private hidden, int scale)
{
    if (reading->yes == NULL)
        return hidden == VB_PRIVATE_NONE || (reading->research && hidden == VB_PRIVATE_RESEARCH);
    return hidden == VB_PRIVATE_WORKER && scale >= 0 &&
           (reading->own_sheet || has_yes(reading->yes, reading->plan->scales[scale].id));
}

/* A member speaks in an about run only of itself; each blocks are about everybody. */
static bool is_part(const struct reading *reading, const struct vb_item *item, int member)
{
    if (item->per_member != (member >= 0) || !is_open(reading, item->hidden, item->scale))
        return false;
    if (item->about && reading->self >= 0 && member != reading->self)
        return false;
    return vb_fold_asks(reading->fold, item->index, member);
}

static const struct vb_score *scores_of(const struct reading *reading, int member,
                                        const uint8_t *mask)
{
    const struct vb_plan *plan = reading->plan;
    struct vb_score *scores =
        vb_arena_alloc(reading->arena, sizeof *scores * (size_t)(plan->scale_count + 1));
    for (int i = 0; i < plan->scale_count; i++) {
        const struct vb_scale *scale = &plan->scales[i];
        if (scale->per_member == (member >= 0) && is_open(reading, scale->hidden, i))
            vb_score_scale(&scores[i], plan, scale, reading->values, member, reading->format,
                           reading->role, mask);
    }
    return scores;
}

/* False, and out untouched, when nothing is asked there. */
static bool read_part(const struct reading *reading, int member, struct vb_part *out)
{
    const struct vb_plan *plan = reading->plan;
    struct vb_value *values =
        vb_arena_alloc(reading->arena, sizeof *values * (size_t)(plan->item_count + 1));
    uint8_t *mask = vb_arena_alloc(reading->arena, (size_t)plan->item_count + 1);
    bool any = false;
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        if (!is_part(reading, item, member))
            continue;
        values[i] = seen(reading->fold, &reading->values[vb_plan_slot(plan, item, member)], i,
                         member, reading->research);
        mask[i] = 1;
        any = true;
    }
    if (!any && member >= 0)
        return false;
    out->member_index = member;
    out->values = values;
    out->scores = scores_of(reading, member, mask);
    return true;
}

static void read_about(const struct reading *reading, struct vb_respondent *out)
{
    int count;
    const struct vb_member *members = vb_fold_members(reading->fold, &count);
    struct vb_part *about = vb_arena_alloc(reading->arena, sizeof *about * (size_t)(count + 1));
    if (reading->plan->member_item_count == 0)
        count = 0;
    for (int i = 0; i < count; i++) {
        if (!read_part(reading, i, &about[out->about_count]))
            continue;
        about[out->about_count++].member = members[i].person;
    }
    out->about = about;
}

/* The sheet for the professional is that one person's own: what they gave stands on it without a
 * yes. */
static bool is_the_worker(const struct reading *reading)
{
    const struct vb_role *role = &reading->plan->roles[reading->role];
    return strcmp(role->name, "professional") == 0 && role->max == 1;
}

/* Its own part, then one about each member; none when it said yes to nothing. */
static void read_for_worker(struct reading *reading, struct vb_respondent *out)
{
    const struct vb_sharing *sharing = vb_fold_sharing(reading->fold);
    int count;
    reading->own_sheet = is_the_worker(reading);
    if (sharing == NULL || reading->research ||
        (sharing->private_count == 0 && !reading->own_sheet))
        return;
    const struct vb_member *members = vb_fold_members(reading->fold, &count);
    struct vb_part *parts = vb_arena_alloc(reading->arena, sizeof *parts * (size_t)(count + 1));
    reading->yes = sharing;
    if (reading->plan->member_item_count == 0)
        count = 0;
    for (int member = -1; member < count; member++) {
        struct vb_part *part = &parts[out->for_worker_count];
        if (read_part(reading, member, part)) {
            part->member = member < 0 ? NULL : members[member].person;
            out->for_worker_count++;
        }
    }
    out->for_worker = parts;
    reading->yes = NULL;
}

static void read_totals(const struct reading *reading, struct vb_respondent *out)
{
    const struct vb_plan *plan = reading->plan;
    size_t count = (size_t)plan->total_count + 1;
    int64_t *totals = vb_arena_alloc(reading->arena, sizeof *totals * count);
    bool *given = vb_arena_alloc(reading->arena, sizeof *given * count);
    for (int i = 0; i < plan->total_count; i++)
        given[i] = vb_score_total(&totals[i], &plan->totals[i], plan, out->own.scores);
    out->totals = totals;
    out->total_given = given;
}

/* Everything there and empty, so that a reader needs no special case. */
static void read_nothing(const struct vb_plan *plan, struct vb_respondent *out,
                         struct vb_arena *arena)
{
    out->own.values =
        vb_arena_alloc(arena, sizeof *out->own.values * (size_t)(plan->item_count + 1));
    out->own.scores =
        vb_arena_alloc(arena, sizeof *out->own.scores * (size_t)(plan->scale_count + 1));
    out->totals = vb_arena_alloc(arena, sizeof *out->totals * (size_t)(plan->total_count + 1));
    out->total_given =
        vb_arena_alloc(arena, sizeof *out->total_given * (size_t)(plan->total_count + 1));
}

void vb_voice_respondent(struct vb_respondent *out, const struct vb_result *result,
                         const struct vb_voice *voice, struct vb_arena *arena)
{
    const struct vb_plan *plan = result->plan;
    *out = (struct vb_respondent){ .role = voice->role,
                                   .person = voice->person,
                                   .label = voice->label,
                                   .role_index = vb_plan_role(plan, voice->role),
                                   .own = { .member_index = -1 } };
    out->shared = voice->fold != NULL && vb_fold_view(voice->fold)->at == VB_AT_SHARED;
    if (!out->shared) {
        read_nothing(plan, out, arena);
        return;
    }
    const struct vb_opened *opened = vb_fold_opened(voice->fold);
    struct reading reading = { .plan = plan,
                               .fold = voice->fold,
                               .values = without_held(plan, voice->fold, arena),
                               .arena = arena,
                               .format = vb_fold_format(voice->fold),
                               .role = out->role_index,
                               .self = voice->member,
                               .research = result->research };
    out->language = opened->language;
    out->mode = opened->mode;
    out->helper = opened->helper;
    read_part(&reading, -1, &out->own);
    read_about(&reading, out);
    read_totals(&reading, out);
    read_for_worker(&reading, out);
}
