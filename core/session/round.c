/* round.c - who is in a round, and how what they do is committed. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "session/compare.h"
#include "session/round_state.h"

int64_t vb_round_now(const struct vb_round *round)
{
    return round->env->clock.wall_ms(round->env->clock.ctx);
}

struct vb_round *vb_round_create(struct vb_store *store, const struct vb_env *env,
                                 struct vb_plan *plan)
{
    struct vb_round *round = vb_new(struct vb_round);
    round->store = store;
    round->env = env;
    round->plan = vb_plan_keep(plan);
    return round;
}

void vb_round_destroy(struct vb_round *round)
{
    if (round == NULL)
        return;
    for (size_t i = 0; i < round->replayed_count; i++)
        vb_fold_destroy(round->replayed[i].fold);
    for (size_t i = 0; i < round->voice_count; i++)
        vb_session_destroy(round->voices[i].session);
    vb_session_destroy(round->together);
    vb_store_destroy(round->own_store);
    free(round->replayed);
    free(round->voices);
    free(round->members);
    free(round->participants);
    free(round->revisions);
    vb_arena_finish(&round->arena);
    vb_plan_release(round->plan);
    free(round);
}

/* -- looking ---------------------------------------------------------------------------------- */

const struct vb_round_row *vb_round_row(const struct vb_round *round)
{
    return &round->row;
}

struct vb_plan *vb_round_plan(const struct vb_round *round)
{
    return round->plan;
}

bool vb_round_is_kept(const struct vb_round *round)
{
    int variant = vb_plan_variant(round->plan, round->row.variant);
    return vb_plan_retain(round->plan, variant) == VB_RETAIN_KEEP;
}

bool vb_round_is_new(const struct vb_round *round)
{
    return round->is_new;
}

void vb_round_act_as(struct vb_round *round, const char *by)
{
    if (!vb_streq(round->by, by)) /* the same one again takes no more room */
        round->by = by == NULL ? NULL : vb_arena_strdup(&round->arena, by);
}

const char *vb_round_who_acts(const struct vb_round *round)
{
    return round->by != NULL ? round->by : round->env->by;
}

int vb_round_revision(const struct vb_round *round, int64_t *released_wall_ms)
{
    if (round->revision_count == 0)
        return 0;
    *released_wall_ms = round->revisions[0].wall_ms;
    return round->revisions[round->revision_count - 1].number;
}

bool vb_round_has_roster(const struct vb_plan *plan)
{
    return plan->roster_max > 0;
}

bool vb_round_is_group(const struct vb_plan *plan)
{
    int needed = 0;
    for (int i = 0; i < plan->role_count; i++) {
        needed += !plan->roles[i].optional;
        if (plan->roles[i].max > 1)
            return true;
    }
    return vb_round_has_roster(plan) || needed > 2;
}

bool vb_round_is_ready(const struct vb_session *session)
{
    return session != NULL && vb_session_state(session) >= VB_SESSION_SHARED;
}

static int by_role(const void *a, const void *b, void *plan)
{
    const struct vb_participant *left = a, *right = b;
    if (left->role_index != right->role_index)
        return vb_role_before(plan, left->role, right->role) ? -1 : 1;
    return 0;
}

/* Equal roles keep their order of joining: a stable sort by insertion, as they come nearly sorted.
 */
void vb_round_list(struct vb_round *round)
{
    if (round->participant_cap < round->voice_count) {
        round->participant_cap = round->voice_count * 2;
        round->participants =
            vb_realloc(round->participants, round->participant_cap * sizeof *round->participants);
    }
    for (size_t i = 0; i < round->voice_count; i++) {
        const struct vb_voice_in *voice = &round->voices[i];
        struct vb_participant one = { .person = voice->person,
                                      .role = voice->role,
                                      .label = voice->label,
                                      .role_index = vb_plan_role(round->plan, voice->role),
                                      .session = voice->session,
                                      .ready = vb_round_is_ready(voice->session) };
        size_t at = i;
        while (at > 0 && by_role(&one, &round->participants[at - 1], round->plan) < 0) {
            round->participants[at] = round->participants[at - 1];
            at--;
        }
        round->participants[at] = one;
    }
}

const struct vb_participant *vb_round_participants(const struct vb_round *round, int *count)
{
    for (size_t i = 0; i < round->voice_count; i++)
        round->participants[i].ready = vb_round_is_ready(round->participants[i].session);
    *count = (int)round->voice_count;
    return round->participants;
}

struct vb_voice_in *vb_round_find(struct vb_round *round, const char *role, const char *label)
{
    for (size_t i = 0; i < round->voice_count; i++)
        if (vb_streq(round->voices[i].role, role) &&
            (label == NULL || vb_streq(round->voices[i].label, label)))
            return &round->voices[i];
    return NULL;
}

/* -- a commit put together -------------------------------------------------------------------- */

struct vb_change *vb_draft_add(struct vb_draft *draft, enum vb_change_kind kind)
{
    struct vb_change *change = vb_push(&draft->changes, draft->count, &draft->cap, sizeof *change);
    draft->count++;
    change->kind = kind;
    return change;
}

enum vb_code vb_draft_event(struct vb_draft *draft, struct vb_session *session,
                            struct vb_event *event, struct vb_err *err)
{
    struct vb_change changes[VB_STAGE_CHANGES];
    size_t count;
    event->seq = vb_session_view(session)->seq + 1;
    enum vb_code code = vb_session_stage(session, event, changes, &count, err);
    if (code != VB_OK)
        return code;
    for (size_t i = 0; i < count; i++)
        *vb_draft_add(draft, changes[i].kind) = changes[i];
    *(struct vb_session **)vb_push(&draft->staged, draft->staged_count, &draft->staged_cap,
                                   sizeof *draft->staged) = session;
    draft->staged_count++;
    return VB_OK;
}

static enum vb_code draft_roster_of(struct vb_draft *draft, struct vb_round *round,
                                    struct vb_session *session, struct vb_err *err)
{
    struct vb_event event = { .type = VB_EVENT_ROSTER,
                              .item = -1,
                              .member = -1,
                              .members = round->members,
                              .member_count = (int)round->member_count };
    return vb_draft_event(draft, session, &event, err);
}

enum vb_code vb_draft_roster(struct vb_draft *draft, struct vb_round *round,
                             const struct vb_session *begins, struct vb_err *err)
{
    for (size_t i = 0; i < round->voice_count; i++) {
        struct vb_session *session = round->voices[i].session;
        if (session == NULL || session == begins || vb_session_parked(session) != NULL ||
            vb_session_state(session) > VB_SESSION_DONE)
            continue;
        enum vb_code code = draft_roster_of(draft, round, session, err);
        if (code != VB_OK)
            return code;
    }
    return VB_OK;
}

void vb_draft_audit(struct vb_draft *draft, const struct vb_round *round, const char *action,
                    const char *subject, const char *by)
{
    vb_draft_add(draft, VB_PUT_AUDIT)->audit = (struct vb_audit_row){
        .wall_ms = vb_round_now(round), .action = action, .subject = subject, .by = by
    };
}

static const char counted[] = "member"; /* in place of whoever it was */

void vb_draft_audit_of(struct vb_draft *draft, const struct vb_round *round, const char *action,
                       const char *subject, const char *role, const char *by)
{
    if (vb_round_is_counted_only(round->plan, role))
        vb_draft_audit(draft, round, action, round->row.id, counted);
    else
        vb_draft_audit(draft, round, action, subject, by);
}

/* Whoever is at it did it, unless the rule did, and works for the same in everything. */
static void name_who(struct vb_draft *draft, const struct vb_round *round)
{
    const char *by = vb_round_who_acts(round);
    for (size_t i = 0; i < draft->count; i++) {
        struct vb_audit_row *row = &draft->changes[i].audit;
        if (draft->changes[i].kind != VB_PUT_AUDIT || row->by == counted)
            continue;
        row->on_behalf = round->env->on_behalf;
        if (by != NULL && !vb_streq(row->by, "rule"))
            row->by = by;
    }
}

enum vb_code vb_draft_finish(struct vb_draft *draft, struct vb_round *round, enum vb_code code,
                             struct vb_err *err)
{
    name_who(draft, round);
    if (code == VB_OK)
        code = vb_store_commit(round->store, draft->changes, draft->count, err);
    for (size_t i = 0; i < draft->staged_count; i++)
        vb_session_stage_end(draft->staged[i], code);
    free(draft->changes);
    free(draft->staged);
    return code;
}

enum vb_code vb_round_note(struct vb_round *round, const char *action,
                           const struct vb_session *session, struct vb_err *err)
{
    struct vb_draft draft = { 0 };
    const char *by = vb_round_who_acts(round);
    if (by == NULL)
        return VB_OK;
    vb_draft_audit_of(&draft, round, action, vb_session_id(session),
                      vb_fold_opened(vb_session_fold(session))->role, by);
    return vb_draft_finish(&draft, round, VB_OK, err);
}
