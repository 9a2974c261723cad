/* walk_script.c - a scripted flow in the place of the plan's steps.
 *
 * The flow is fed what lies on the path and can be thrown away at any moment: the fold starts it
 * again and feeds it the same. Each step of the path remembers which roster the script saw after
 * it, so that a run over old steps meets the members it met then. */
#include "session/state.h"

static enum vb_code start(struct vb_fold *fold, struct vb_err *err)
{
    enum vb_code code = vb_flow_create(&fold->flow, fold->plan, fold->opened, &fold->sandbox, err);
    fold->flow_roster = 0;
    fold->to_show = fold->start_roster;
    return code;
}

/* The flow reads the roster that the step before this run saw. */
static void show_roster(struct vb_fold *fold)
{
    const struct vb_roster *roster = &fold->rosters[fold->to_show];
    if (fold->to_show == fold->flow_roster)
        return;
    vb_flow_roster(fold->flow, roster->members, roster->count);
    fold->flow_roster = fold->to_show;
}

enum vb_code vb_walk_script_next(struct vb_fold *fold, const struct vb_value *reply,
                                 struct vb_place *place, bool *more, struct vb_err *err)
{
    struct vb_flow_at at;
    enum vb_code code = fold->flow == NULL ? start(fold, err) : VB_OK;
    if (code != VB_OK)
        return code;
    if (!fold->busy)
        show_roster(fold);
    fold->busy = false;
    vb_flow_slice(fold->flow, fold->slice_ns);
    for (;;) {
        code = vb_flow_resume(fold->flow, reply, &at, err);
        if (code != VB_OK)
            return code;
        fold->busy = at.step == VB_FLOW_BUSY;
        if (fold->busy)
            return VB_OK;
        if (at.step != VB_FLOW_SAY)
            break;
        vb_path_say(fold, vb_arena_strdup(&fold->arena, at.text));
        reply = NULL;
    }
    *more = at.step == VB_FLOW_ASK;
    *place = (struct vb_place){ at.item, at.member };
    return VB_OK;
}
