/* campaign.c - what a convenor may know of a team while its round goes on: numbers. */
#include "session/round_state.h"

#include "base/str.h"

bool vb_round_is_counted_only(const struct vb_plan *plan, const char *role)
{
    return plan->campaign != NULL && vb_plan_role(plan, role) == plan->campaign->member;
}

/* Said and shared; what was held back is not counted. */
static bool has_held(const struct vb_round *round, const struct vb_session *session)
{
    const struct vb_item *item = &round->plan->items[round->plan->campaign->held];
    const struct vb_fold *fold = vb_session_fold(session);
    if (vb_session_state(session) != VB_SESSION_SHARED || vb_fold_held(fold, item->index, -1))
        return false;
    const struct vb_value *value = &vb_fold_values(fold)[vb_plan_slot(round->plan, item, -1)];
    return vb_value_given(value) && value->number != 0;
}

struct vb_campaign_count vb_round_campaign(const struct vb_round *round)
{
    struct vb_campaign_count count = { 0 };
    for (size_t i = 0; round->plan->campaign != NULL && i < round->voice_count; i++) {
        const struct vb_session *session = round->voices[i].session;
        if (session == NULL || !vb_round_is_counted_only(round->plan, round->voices[i].role))
            continue;
        count.began++;
        count.ready += vb_round_is_ready(session);
        count.shared += vb_session_state(session) == VB_SESSION_SHARED;
        count.held += has_held(round, session);
    }
    return count;
}

const char *vb_round_campaign_day(const struct vb_round *round)
{
    const struct vb_campaign *campaign = round->plan->campaign;
    for (size_t i = 0; campaign != NULL && i < round->voice_count; i++) {
        const struct vb_session *session = round->voices[i].session;
        if (session == NULL ||
            vb_plan_role(round->plan, round->voices[i].role) != campaign->convenor ||
            vb_session_state(session) != VB_SESSION_SHARED)
            continue;
        const struct vb_fold *fold = vb_session_fold(session);
        const struct vb_item *item = &round->plan->items[campaign->before];
        const struct vb_value *value = &vb_fold_values(fold)[vb_plan_slot(round->plan, item, -1)];
        if (vb_value_given(value) && !vb_fold_held(fold, item->index, -1))
            return value->text;
    }
    return NULL;
}

const struct vb_participant *vb_round_named(const struct vb_round *round, struct vb_arena *arena,
                                            int *count)
{
    int all;
    const struct vb_participant *list = vb_round_participants(round, &all);
    struct vb_participant *named = vb_arena_alloc(arena, sizeof *named * ((size_t)all + 1));
    *count = 0;
    for (int i = 0; i < all; i++)
        if (!vb_round_is_counted_only(round->plan, list[i].role))
            named[(*count)++] = list[i];
    return named;
}
