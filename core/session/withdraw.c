/* withdraw.c - somebody takes back what was given, or goes back to mend it. */
#include <string.h>

#include "base/str.h"
#include "session/round_state.h"

enum { PREFIX_MIN = 4 };

static enum vb_code find_person(const struct vb_round *round, const char *person,
                                const struct vb_voice_in **out, struct vb_err *err)
{
    int found = 0;
    *out = NULL;
    for (size_t i = 0; i < round->voice_count; i++)
        if (strlen(person) >= PREFIX_MIN && vb_starts_with(round->voices[i].person, person)) {
            *out = &round->voices[i];
            found++;
        }
    if (found == 1)
        return VB_OK;
    return vb_fail(err, VB_E_ABSENT,
                   found > 1 ? "several persons of round %s begin with %.40s"
                             : "round %s has no person whose id begins with %.40s",
                   round->row.id, person);
}

enum vb_code vb_round_withdraw(struct vb_round *round, const char *person, const char *by,
                               struct vb_err *err)
{
    const struct vb_voice_in *voice;
    struct vb_draft draft = { 0 };
    struct vb_event leave = { .type = VB_EVENT_WITHDRAWN, .item = -1, .member = -1 };
    bool released;
    enum vb_code code = find_person(round, person, &voice, err);
    if (code != VB_OK)
        return code;
    if (voice->session == NULL)
        return vb_fail(err, VB_E_ABSENT, "person %s gave nothing in round %s", voice->person,
                       round->row.id);
    if (vb_session_state(voice->session) == VB_SESSION_WITHDRAWN)
        return vb_fail(err, VB_E_BUSY, "person %s took everything back already", voice->person);
    code = vb_draft_event(&draft, voice->session, &leave, err);
    vb_draft_audit_of(&draft, round, "withdraw", voice->person, voice->role, by);
    if (code == VB_OK && vb_round_counted(round, voice->session))
        return vb_revision_put(round, &draft, "withdrawn", "withdrawn", "rule", err);
    code = vb_draft_finish(&draft, round, code, err);
    return code == VB_OK ? vb_round_settle(round, &released, err) : code;
}

enum vb_code vb_round_shows(struct vb_round *round, const char *person, bool *shown,
                            struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    *shown = false;
    if (round->row.state != VB_ROUND_RELEASED)
        return VB_OK;
    for (size_t i = 0; round->plan->card != NULL && person != NULL && i < round->voice_count; i++)
        if (vb_streq(round->voices[i].person, person) && round->voices[i].session != NULL &&
            vb_plan_gathers(round->plan, vb_plan_role(round->plan, round->voices[i].role))) {
            *shown = vb_session_state(round->voices[i].session) == VB_SESSION_SHARED &&
                     vb_round_counted(round, round->voices[i].session);
            return VB_OK; /* in a result there is no such person to look for */
        }
    enum vb_code code = vb_round_result(round, 0, &arena, &result, err);
    for (int i = 0; code == VB_OK && person != NULL && i < result.respondent_count; i++)
        *shown |= result.respondents[i].shared && vb_streq(result.respondents[i].person, person);
    if (code == VB_OK && person == NULL)
        *shown = result.talk.together_count > 0;
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_round_correct(struct vb_round *round, struct vb_session *session,
                              struct vb_err *err)
{
    struct vb_draft draft = { 0 };
    struct vb_event reopen = { .type = VB_EVENT_REOPENED, .item = -1, .member = -1 };
    bool shown;
    if (round->plan->campaign != NULL)
        return vb_fail(err, VB_E_BUSY,
                       "round %s: what stands on a team's card is taken back, not changed: the "
                       "change would tell whose words they are",
                       round->row.id);
    enum vb_code code =
        vb_round_shows(round, vb_fold_opened(vb_session_fold(session))->person, &shown, err);
    if (code != VB_OK)
        return code;
    if (!shown)
        return vb_fail(err, VB_E_BUSY, "nothing of this person is on the table in round %s",
                       round->row.id);
    if (vb_session_view(session)->stands)
        return VB_OK;
    code = vb_draft_event(&draft, session, &reopen, err);
    vb_draft_audit(&draft, round, "correct", vb_session_id(session), "person");
    return vb_draft_finish(&draft, round, code, err);
}
