/* term_correct.c - somebody whose answers are on the table mends them, or takes everything back. */
#include "base/str.h"
#include "term/term_pass.h"
#include "term/term_run.h"

struct shown { /* whom the newest revision shows, as far as they are meant */
    const struct vb_participant **list;
    int count;
};

static enum vb_code find_shown(struct vb_run *run, struct shown *out, struct vb_err *err)
{
    int count;
    const struct vb_participant *list = vb_round_participants(run->round, &count);
    out->list = vb_arena_alloc(&run->arena, ((size_t)count + 1) * sizeof *out->list);
    for (int i = 0; i < count; i++) {
        bool is = false;
        if (!vb_people_wanted(run->only, list[i].role, list[i].label))
            continue;
        enum vb_code code = vb_round_shows(run->round, list[i].person, &is, err);
        if (code != VB_OK)
            return code;
        if (is)
            out->list[out->count++] = &list[i];
    }
    return VB_OK;
}

static const char *name_of(const struct vb_participant *one, enum vb_tongue tongue)
{
    struct vb_due due = { .role = one->role, .label = one->label };
    return vb_people_name(tongue, &due);
}

static enum vb_code choose(struct vb_run *run, const struct shown *shown,
                           const struct vb_participant **out, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    int chosen = 1;
    if (shown->count == 0)
        return vb_fail(err, VB_E_BUSY, "round %s: nothing of %s is on the table to correct",
                       vb_round_row(run->round)->id, run->only == NULL ? "anybody" : run->only);
    const char **names = vb_arena_alloc(&run->arena, ((size_t)shown->count + 1) * sizeof *names);
    for (int i = 0; i < shown->count; i++)
        names[i] = name_of(shown->list[i], desk->tongue);
    enum vb_code code = VB_OK;
    if (shown->count > 1)
        code =
            vb_desk_pick(desk, vb_phrase(desk->tongue, VB_ASK_WHO_CORRECTS), names, &chosen, err);
    *out = code == VB_OK ? shown->list[chosen - 1] : NULL;
    return code;
}

/* A script that fails on the changed answers: what stands goes on standing. */
static enum vb_code leave_broken(struct vb_run *run, struct vb_session *session, struct vb_err *err)
{
    enum vb_code code = vb_run_broken(run, session, err);
    return code == VB_OK ? vb_run_walk(run, session, true, err) : code;
}

static enum vb_code mend(struct vb_run *run, struct vb_session *session, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    enum vb_code code = VB_OK;
    if (vb_session_parked(session) == NULL) {
        vb_screen_next(&desk->screen);
        code = vb_desk_enter(desk, vb_phrase(desk->tongue, VB_SAY_CORRECT), err);
    }
    if (code == VB_OK && vb_session_parked(session) == NULL)
        code = vb_run_walk(run, session, false, err);
    vb_screen_wipe(&desk->screen);
    if (vb_session_parked(session) != NULL && code != VB_E_STOPPED)
        return leave_broken(run, session, err);
    return code;
}

static enum vb_code conclude(struct vb_run *run, const struct vb_participant *one, int64_t standing,
                             struct vb_err *err)
{
    const char *by = run->term->options.by;
    bool corrected = vb_fold_standing(vb_session_fold(one->session)) != standing;
    enum vb_phrase words = corrected ? VB_SAY_CORRECTED : VB_SAY_AS_IT_WAS;
    enum vb_code code = VB_OK;
    if (run->takes_back) {
        words = VB_SAY_TAKEN_BACK;
        code = vb_round_withdraw(run->round, one->person, by == NULL ? "person" : by, err);
    } else if (corrected) {
        code = vb_run_settle(run, err);
    }
    if (code != VB_OK || run->broken.code != VB_OK)
        return code; /* a word about it was read */
    return vb_pass_close(&run->term->desk, words, err);
}

enum vb_code vb_run_correct(struct vb_run *run, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    const struct vb_participant *one = NULL;
    struct shown shown = { 0 };
    if (run->plan->campaign != NULL)
        return vb_fail(err, VB_E_BUSY,
                       "round %s: what stands on a team's card is taken back, not changed: "
                       "verbond withdraw %s --as %s:WORD",
                       vb_round_row(run->round)->id, vb_round_row(run->round)->id,
                       run->plan->roles[run->plan->campaign->member].name);
    enum vb_code code = find_shown(run, &shown, err);
    if (code == VB_OK)
        code = choose(run, &shown, &one, err);
    if (code != VB_OK)
        return code;
    const struct vb_fold *fold = vb_session_fold(one->session);
    int64_t standing = vb_fold_standing(fold);
    desk->tongue = vb_tongue_of(vb_fold_opened(fold)->language);
    code = vb_pass_check(desk, name_of(one, desk->tongue), err);
    if (code == VB_OK)
        code = vb_round_correct(run->round, one->session, err);
    if (code == VB_OK)
        code = mend(run, one->session, err);
    return code == VB_OK ? conclude(run, one, standing, err) : code;
}
