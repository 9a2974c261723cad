/* round_last.c - what was agreed last time, for those who were there: which earlier round it stands
 * in, its texts, and what each voice said became of it.
 *
 * Nobody is asked about, or shown, what was agreed in a talk they had no part in: a worker who is
 * new does not read what was agreed with another. */
#include <stdlib.h>

#include "base/str.h"
#include "session/pinned.h"
#include "session/round_state.h"

/* An earlier round, as far as its talk goes. */
struct talked {
    struct vb_round *round; /* that asks */
    struct vb_arena *arena;
    const char *id;
    struct vb_round_row row;
    struct vb_session_row *sessions;
    size_t session_count;
    struct vb_revision *revisions;
    size_t revision_count;
};

static enum vb_code read_rows(struct talked *talked, struct vb_err *err)
{
    struct vb_store *store = talked->round->store;
    struct vb_revision_row *rows;
    enum vb_code code = vb_store_find_round(store, talked->id, talked->arena, &talked->row, err);
    if (code == VB_OK)
        code = store->ops->sessions(store, talked->id, talked->arena, &talked->sessions,
                                    &talked->session_count, err);
    if (code == VB_OK)
        code = store->ops->revisions(store, talked->id, talked->arena, &rows,
                                     &talked->revision_count, err);
    if (code != VB_OK)
        return code;
    talked->revisions =
        vb_arena_alloc(talked->arena, sizeof *talked->revisions * (talked->revision_count + 1));
    for (size_t i = 0; i < talked->revision_count; i++)
        talked->revisions[i] =
            (struct vb_revision){ rows[i].number, rows[i].reason, rows[i].upto, rows[i].wall_ms };
    return VB_OK;
}

static const struct vb_session_row *joint_of(const struct talked *talked)
{
    for (size_t i = 0; i < talked->session_count; i++)
        if (talked->sessions[i].person == NULL)
            return &talked->sessions[i];
    return NULL;
}

/* Somebody who shared in that round, and did not take it back. */
static bool was_there(const struct talked *talked, const char *person)
{
    for (size_t i = 0; i < talked->session_count; i++)
        if (vb_streq(talked->sessions[i].person, person))
            return talked->sessions[i].state == VB_SESSION_SHARED;
    return false;
}

/* Its key is destroyed: of what it held only the rows are there. */
static enum vb_code is_erased(const struct talked *talked, const char *session, bool *out,
                              struct vb_err *err)
{
    struct vb_store *store = talked->round->store;
    struct vb_event_row *events;
    size_t count;
    enum vb_code code = store->ops->events(store, session, 1, talked->arena, &events, &count, err);
    *out = code == VB_OK && count > 0 && events[0].erased;
    return code;
}

/* The plan that round was made with. *out: one reference. */
static enum vb_code plan_of(const struct talked *talked, struct vb_plan **out, struct vb_err *err)
{
    const struct vb_round *round = talked->round;
    if (!vb_streq(talked->row.digest, round->plan->digest))
        return vb_pinned_load(round->store, round->env, talked->row.digest, out, err);
    *out = vb_plan_keep(round->plan);
    return VB_OK;
}

static enum vb_code fold_session(const struct talked *talked, const struct vb_session_row *row,
                                 int64_t upto, struct vb_fold **fold, struct vb_err *err)
{
    struct vb_round *round = talked->round;
    struct vb_plan *plan;
    enum vb_code code = plan_of(talked, &plan, err);
    if (code != VB_OK)
        return code;
    *fold = vb_fold_create(plan, &round->env->sandbox);
    vb_plan_release(plan);
    code = vb_fold_log(*fold, round->store, row->id, upto, err);
    if (code != VB_OK)
        vb_fold_destroy(*fold);
    return code;
}

/* Had the person of this withdrawn session shared before? Of an erased one nobody can tell. */
static enum vb_code had_shared(const struct talked *talked, const struct vb_session_row *row,
                               bool *out, struct vb_err *err)
{
    struct vb_fold *fold;
    enum vb_code code = is_erased(talked, row->id, out, err);
    if (code != VB_OK || *out)
        return code;
    code = fold_session(talked, row, 0, &fold, err);
    if (code != VB_OK)
        return code;
    *out = vb_fold_first_yes(fold) > 0;
    vb_fold_destroy(fold);
    return VB_OK;
}

/* Was it written down while somebody took part who took it all back since? */
static enum vb_code fell(const struct talked *talked, const char *joint, int64_t talk_seq,
                         bool *out, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    *out = false;
    for (size_t i = 0; code == VB_OK && !*out && i < talked->session_count; i++) {
        const struct vb_session_row *row = &talked->sessions[i];
        bool shared;
        if (row->person == NULL || row->state != VB_SESSION_WITHDRAWN)
            continue;
        code = had_shared(talked, row, &shared, err);
        *out = code == VB_OK && shared &&
               vb_talk_fell(talked->revisions, talked->revision_count, joint, talk_seq, row->id,
                            row->last_seq);
    }
    return code;
}

/* *out: what was written down as of a revision (0: the newest), in arena; NULL: nothing, or nothing
 * that counts any more. *revision: which one it was. */
static enum vb_code read_talk(struct talked *talked, int *revision,
                              const struct vb_talk_record **out, struct vb_err *err)
{
    const struct vb_session_row *joint = joint_of(talked);
    struct vb_fold *fold;
    bool gone = false;
    int64_t seq;
    *out = NULL;
    if (*revision == 0)
        *revision = (int)talked->revision_count;
    if (talked->row.state != VB_ROUND_RELEASED || joint == NULL ||
        joint->state == VB_SESSION_WITHDRAWN || *revision < 1 ||
        *revision > (int)talked->revision_count)
        return VB_OK;
    int64_t upto = vb_revision_seq(&talked->revisions[*revision - 1], joint->id);
    enum vb_code code = is_erased(talked, joint->id, &gone, err);
    if (code != VB_OK || gone || upto == 0)
        return code;
    code = fold_session(talked, joint, upto, &fold, err);
    if (code != VB_OK)
        return code;
    const struct vb_talk_record *record = vb_fold_talk(fold, &seq);
    if (record != NULL)
        code = fell(talked, joint->id, seq, &gone, err);
    if (code == VB_OK && record != NULL && !gone)
        *out = vb_talk_record_copy(talked->arena, record);
    vb_fold_destroy(fold);
    return code;
}

enum vb_code vb_round_last(struct vb_round *round, const struct vb_last *last,
                           struct vb_arena *arena, const struct vb_talk_record **out,
                           struct vb_err *err)
{
    struct talked talked = { .round = round, .arena = arena, .id = last->round };
    int revision = last->revision;
    *out = NULL;
    if (last->round == NULL || last->agreement_count == 0)
        return VB_OK;
    enum vb_code code = read_rows(&talked, err);
    if (code == VB_OK)
        code = read_talk(&talked, &revision, out, err);
    if (code != VB_OK)
        return vb_while(err, "what was agreed in round %s", last->round);
    if (*out != NULL && (*out)->agreement_count != last->agreement_count)
        return vb_fail(err, VB_E_DATA, "round %s has %d agreements in revision %d, not %d",
                       last->round, (*out)->agreement_count, last->revision, last->agreement_count);
    return VB_OK;
}

/* -- which round is it, for somebody who joins ------------------------------------------------- */

static enum vb_code try_round(struct vb_round *round, const char *id, const char *person,
                              struct vb_arena *arena, struct vb_last *out, struct vb_err *err)
{
    struct talked talked = { .round = round, .arena = arena, .id = id };
    const struct vb_talk_record *record = NULL;
    int revision = 0;
    enum vb_code code = read_rows(&talked, err);
    if (code != VB_OK || !was_there(&talked, person))
        return code;
    code = read_talk(&talked, &revision, &record, err);
    if (code == VB_OK && record != NULL && record->agreement_count > 0)
        *out = (struct vb_last){ id, revision, record->agreement_count };
    return code;
}

/* Before this one, the newest first. */
static enum vb_code search(struct vb_round *round, const char *person, struct vb_arena *arena,
                           struct vb_last *out, struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count, before = 0;
    struct vb_store *store = round->store;
    enum vb_code code =
        store->ops->case_rounds(store, round->row.case_id, arena, &rows, &count, err);
    while (code == VB_OK && before < count && !vb_streq(rows[before].id, round->row.id))
        before++;
    for (size_t i = before; code == VB_OK && i > 0 && out->round == NULL; i--) {
        const struct vb_round_row *row = &rows[i - 1];
        if (row->state == VB_ROUND_RELEASED && row->simulated == round->row.simulated &&
            vb_streq(row->instrument, round->plan->id))
            code = try_round(round, row->id, person, arena, out, err);
    }
    return code;
}

/* Everybody in a round looks back at the same talk: what the first who began was asked about. */
static bool begun_with(const struct vb_round *round, struct vb_last *out)
{
    bool begun = false;
    for (size_t i = 0; i < round->voice_count; i++) {
        if (round->voices[i].session == NULL)
            continue;
        const struct vb_opened *opened = vb_fold_opened(vb_session_fold(round->voices[i].session));
        begun = true;
        if (opened->last.round == NULL)
            continue;
        *out = opened->last;
        return true;
    }
    return begun;
}

enum vb_code vb_agreed_find(struct vb_round *round, const char *person, struct vb_arena *arena,
                            struct vb_last *out, struct vb_err *err)
{
    struct talked talked = { .round = round, .arena = arena };
    *out = (struct vb_last){ 0 };
    if (round->row.case_id == NULL)
        return VB_OK;
    if (!begun_with(round, out))
        return search(round, person, arena, out, err);
    if (out->round == NULL)
        return VB_OK;
    talked.id = out->round;
    enum vb_code code = read_rows(&talked, err);
    if (code == VB_OK && !was_there(&talked, person))
        *out = (struct vb_last){ 0 };
    return code;
}

/* -- into a result ---------------------------------------------------------------------------- */

/* Last time, when everybody who shared now was there then; NULL: not. */
static const struct vb_last *last_of_all(const struct vb_voice *voices,
                                         const struct vb_result *result)
{
    const struct vb_last *last = NULL;
    for (int i = 0; i < result->respondent_count; i++) {
        if (!result->respondents[i].shared)
            continue;
        const struct vb_last *own = &vb_fold_opened(voices[i].fold)->last;
        if (own->round == NULL || (last != NULL && (!vb_streq(own->round, last->round) ||
                                                    own->revision != last->revision)))
            return NULL;
        last = own;
    }
    return last;
}

static const enum vb_followed *done_of(const struct vb_fold *fold, int count,
                                       struct vb_arena *arena)
{
    enum vb_followed *done = vb_arena_alloc(arena, sizeof *done * (size_t)(count + 1));
    for (int i = 0; i < count; i++)
        done[i] = vb_fold_followed_held(fold, i) ? VB_FOLLOWED_NONE : vb_fold_followed(fold, i);
    return done;
}

enum vb_code vb_agreed_put(struct vb_round *round, struct vb_result *result,
                           const struct vb_voice *voices, struct vb_arena *arena,
                           struct vb_err *err)
{
    const struct vb_last *last = last_of_all(voices, result);
    const struct vb_talk_record *record;
    if (last == NULL)
        return VB_OK;
    enum vb_code code = vb_round_last(round, last, arena, &record, err);
    if (code != VB_OK || record == NULL)
        return code;
    struct vb_talk_last *out = vb_arena_new(arena, struct vb_talk_last);
    struct vb_last_voice *said =
        vb_arena_alloc(arena, sizeof *said * (size_t)(result->respondent_count + 1));
    for (int i = 0; i < result->respondent_count; i++)
        if (result->respondents[i].shared)
            said[out->voice_count++] =
                (struct vb_last_voice){ result->respondents[i].person, i,
                                        done_of(voices[i].fold, record->agreement_count, arena) };
    out->round = vb_arena_strdup(arena, last->round);
    out->agreements = record->agreements;
    out->agreement_count = record->agreement_count;
    out->voices = said;
    result->talk.last = out;
    return VB_OK;
}
