/* revision.c - what a released result rests on: each session's log up to a seq. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "data/json.h"
#include "session/compare.h"
#include "session/round_state.h"

static struct vb_revision *add_revision(struct vb_round *round, int number, const char *reason,
                                        const char *upto, int64_t wall_ms)
{
    struct vb_revision *revision =
        vb_push(&round->revisions, round->revision_count, &round->revision_cap, sizeof *revision);
    round->revision_count++;
    *revision = (struct vb_revision){ .number = number,
                                      .reason = vb_arena_strdup(&round->arena, reason),
                                      .upto = vb_arena_strdup(&round->arena, upto),
                                      .wall_ms = wall_ms };
    return revision;
}

enum vb_code vb_revisions_load(struct vb_round *round, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_revision_row *rows;
    size_t count;
    enum vb_code code =
        round->store->ops->revisions(round->store, round->row.id, &arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        add_revision(round, rows[i].number, rows[i].reason, rows[i].upto, rows[i].wall_ms);
    vb_arena_finish(&arena);
    return code;
}

int64_t vb_revision_seq(const struct vb_revision *revision, const char *session)
{
    /* {"id":seq,...}, written below: ids have no character that JSON escapes. */
    size_t len = strlen(session);
    for (const char *p = revision->upto; (p = strstr(p, session)) != NULL; p += len)
        if (p > revision->upto && p[-1] == '"' && p[len] == '"' && p[len + 1] == ':')
            return strtoll(p + len + 2, NULL, 10);
    return 0;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(vb_session_id(*(struct vb_session *const *)a),
                  vb_session_id(*(struct vb_session *const *)b));
}

static struct vb_session **sessions_of(const struct vb_round *round, size_t *count)
{
    struct vb_session **list = vb_alloc((round->voice_count + 1) * sizeof *list);
    *count = 0;
    for (size_t i = 0; i < round->voice_count; i++)
        if (round->voices[i].session != NULL)
            list[(*count)++] = round->voices[i].session;
    if (round->together != NULL)
        list[(*count)++] = round->together;
    if (*count > 1)
        qsort(list, *count, sizeof *list, by_id);
    return list;
}

static void write_upto(struct vb_buf *out, const struct vb_round *round)
{
    size_t count;
    struct vb_session **sessions = sessions_of(round, &count);
    vb_buf_putc(out, '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            vb_buf_putc(out, ',');
        vb_json_text(out, vb_session_id(sessions[i]));
        vb_buf_putc(out, ':');
        vb_buf_int(out, vb_session_standing(sessions[i]));
    }
    vb_buf_putc(out, '}');
    free(sessions);
}

enum vb_code vb_revision_put(struct vb_round *round, struct vb_draft *draft, const char *reason,
                             const char *action, const char *by, struct vb_err *err)
{
    struct vb_buf upto = { 0 };
    int number = (int)round->revision_count + 1;
    int64_t now = vb_round_now(round);
    write_upto(&upto, round);
    vb_draft_add(draft, VB_PUT_REVISION)->revision =
        (struct vb_revision_row){ .round = round->row.id,
                                  .number = number,
                                  .reason = reason,
                                  .wall_ms = now,
                                  .upto = upto.data };
    if (round->row.state == VB_ROUND_OPEN)
        vb_draft_add(draft, VB_SET_ROUND)->round =
            (struct vb_round_row){ .id = round->row.id, .state = VB_ROUND_RELEASED };
    vb_draft_add(draft, VB_PUT_AUDIT)->audit = (struct vb_audit_row){
        .wall_ms = now, .action = action, .subject = round->row.id, .by = by
    };
    enum vb_code code = vb_draft_finish(draft, round, VB_OK, err);
    if (code == VB_OK) {
        add_revision(round, number, reason, upto.data, now);
        round->row.state = VB_ROUND_RELEASED;
    }
    vb_buf_finish(&upto);
    return code;
}

/* -- the result of one ------------------------------------------------------------------------ */

/* A fold of the log up to seq, replayed once and kept, as results borrow from it. */
static enum vb_code replay_upto(struct vb_round *round, const char *session, int64_t seq,
                                const struct vb_fold **fold, struct vb_err *err)
{
    for (size_t i = 0; i < round->replayed_count; i++) {
        if (round->replayed[i].seq == seq && strcmp(round->replayed[i].session, session) == 0) {
            *fold = round->replayed[i].fold;
            return VB_OK;
        }
    }
    struct vb_fold *replayed = vb_fold_create(round->plan, &round->env->sandbox);
    enum vb_code code = vb_fold_log(replayed, round->store, session, seq, err);
    if (code != VB_OK) {
        vb_fold_destroy(replayed);
        return code;
    }
    struct vb_replayed *kept =
        vb_push(&round->replayed, round->replayed_count, &round->replayed_cap, sizeof *kept);
    *kept = (struct vb_replayed){ session, seq, replayed };
    round->replayed_count++;
    *fold = replayed;
    return VB_OK;
}

/* The session's fold as it was then: its own when nothing came to stand after it. *fold NULL: it
 * had not begun, or its person took it back, which counts in every revision. */
static enum vb_code fold_at(struct vb_round *round, const struct vb_revision *revision,
                            const struct vb_session *session, const struct vb_fold **fold,
                            struct vb_err *err)
{
    const struct vb_fold *own = vb_session_fold(session);
    int64_t seq = vb_revision_seq(revision, vb_session_id(session));
    bool corrected_now = vb_fold_view(own)->stands;
    *fold = NULL;
    if (seq == 0 || vb_session_state(session) == VB_SESSION_WITHDRAWN)
        return VB_OK;
    if (seq == vb_session_standing(session) && !corrected_now && !vb_session_moves(session)) {
        *fold = own;
        return VB_OK;
    }
    enum vb_code code = replay_upto(round, vb_session_id(session), seq, fold, err);
    if (code == VB_OK && vb_fold_view(*fold)->stands) /* in a correction: what stood then */
        code = replay_upto(round, vb_session_id(session), vb_fold_standing(*fold), fold, err);
    return code;
}

struct gathering {
    struct vb_voice *voices;
    struct vb_standing *standing;
    int count;
    const struct vb_member *members; /* the longest roster */
    int member_count;
    bool holds; /* the release rule, by what this revision rests on */
    bool left;  /* somebody who had said yes took everything back */
};

/* A flow that failed on the way back would make a shared voice silent: that is no result. */
static enum vb_code check_whole(const struct vb_session *session, const struct vb_fold *fold,
                                struct vb_err *err)
{
    if (vb_session_state(session) != VB_SESSION_SHARED || fold == NULL ||
        vb_fold_parked(fold) == NULL)
        return VB_OK;
    *err = *vb_fold_parked(fold);
    return vb_while(err, "replaying a session");
}

static void gather_voice(struct gathering *all, const struct vb_voice_in *voice,
                         const struct vb_fold *fold)
{
    bool shared = fold != NULL && vb_fold_view(fold)->at == VB_AT_SHARED;
    int count;
    const struct vb_member *members =
        vb_fold_members(fold == NULL ? vb_session_fold(voice->session) : fold, &count);
    if (count > all->member_count) {
        all->members = members;
        all->member_count = count;
    }
    all->standing[all->count] =
        (struct vb_standing){ .role = voice->role,
                              .began = true,
                              .shared = shared,
                              .one_sided = shared && vb_fold_sharing(fold)->one_sided };
    all->voices[all->count++] =
        (struct vb_voice){ fold, voice->person, voice->role, voice->label, voice->member };
}

/* Who leaves without ever having said yes takes nothing along. Of an erased log nobody knows. */
static bool took_back(const struct vb_fold *fold, int64_t seq)
{
    int64_t yes = vb_fold_first_yes(fold);
    return vb_fold_has_gaps(fold) || (yes > 0 && yes <= seq);
}

static enum vb_code gather_sessions(struct vb_round *round, const struct vb_revision *revision,
                                    struct gathering *all, struct vb_err *err)
{
    for (size_t i = 0; i < round->voice_count; i++) {
        const struct vb_voice_in *voice = &round->voices[i];
        const struct vb_fold *fold;
        int64_t seq =
            voice->session == NULL ? 0 : vb_revision_seq(revision, vb_session_id(voice->session));
        if (seq == 0)
            continue;
        enum vb_code code = fold_at(round, revision, voice->session, &fold, err);
        if (code == VB_OK)
            code = check_whole(voice->session, fold, err);
        if (code != VB_OK)
            return code;
        gather_voice(all, voice, fold);
        all->left |= fold == NULL && took_back(vb_session_fold(voice->session), seq);
    }
    all->holds = vb_rule_holds(round->plan, all->standing, (size_t)all->count);
    return VB_OK;
}

/* As long as the rule does not hold, only who said yes to that is shown without the others. */
static void leave_out_unreleased(struct gathering *all)
{
    for (int i = 0; i < all->count && !all->holds; i++)
        if (!all->standing[i].one_sided) {
            all->voices[i].fold = NULL;
            all->standing[i].shared = false;
        }
}

/* Outside a roster whoever is not shown leaves nothing behind, and a role that should answer stands
 * there once, without a person: who stopped, who took it back and who never came look the same. */
static void make_alike(const struct vb_round *round, struct gathering *all)
{
    const struct vb_plan *plan = round->plan;
    int stay = 0;
    for (int i = 0; i < all->count; i++) {
        if (!all->standing[i].shared && all->voices[i].member < 0)
            continue;
        all->standing[stay] = all->standing[i];
        all->voices[stay++] = all->voices[i];
    }
    all->count = stay;
    for (int i = 0; i < plan->role_count; i++) {
        const struct vb_role *role = &plan->roles[i];
        bool there = role->optional || (role->in_roster && vb_round_has_roster(plan));
        for (int j = 0; j < stay && !there; j++)
            there = vb_streq(all->voices[j].role, role->name);
        if (!there)
            all->voices[all->count++] = (struct vb_voice){ .role = role->name, .member = -1 };
    }
}

static void gather_absent(struct gathering *all, struct vb_arena *arena)
{
    bool *there = vb_arena_alloc(arena, sizeof *there * (size_t)(all->member_count + 1));
    for (int i = 0; i < all->count; i++)
        if (all->voices[i].member >= 0 && all->voices[i].member < all->member_count)
            there[all->voices[i].member] = true;
    for (int i = 0; i < all->member_count; i++) {
        const struct vb_member *member = &all->members[i];
        if (!there[i] && !member->gone)
            all->voices[all->count++] =
                (struct vb_voice){ NULL, member->person, member->role, member->label, i };
    }
}

struct order {
    const struct vb_plan *plan;
    const struct vb_voice *voices;
};

static int in_order(const void *a, const void *b, void *context)
{
    const struct order *order = context;
    int i = *(const int *)a, j = *(const int *)b;
    const struct vb_voice *left = &order->voices[i], *right = &order->voices[j];
    if (strcmp(left->role, right->role) != 0)
        return vb_role_before(order->plan, left->role, right->role) ? -1 : 1;
    if (left->member != right->member)
        return left->member < right->member ? -1 : 1;
    return i < j ? -1 : i > j;
}

static const struct vb_voice *sorted(const struct vb_plan *plan, const struct gathering *all,
                                     struct vb_arena *arena)
{
    struct vb_voice *out = vb_arena_alloc(arena, sizeof *out * (size_t)(all->count + 1));
    int *places = vb_arena_alloc(arena, sizeof *places * (size_t)(all->count + 1));
    struct order order = { plan, all->voices };
    for (int i = 0; i < all->count; i++)
        places[i] = i;
    if (all->count > 1)
        qsort_r(places, (size_t)all->count, sizeof *places, in_order, &order);
    for (int i = 0; i < all->count; i++)
        out[i] = all->voices[places[i]];
    return out;
}

static void fill_head(const struct vb_round *round, const struct vb_revision *revision,
                      struct vb_result *out)
{
    const struct vb_plan *plan = round->plan;
    *out = (struct vb_result){
        .plan = plan,
        .round = round->row.id,
        .case_id = round->row.case_id,
        .wave = round->row.wave,
        .revision = revision->number,
        .reason = revision->reason,
        .released_wall_ms = round->revisions[0].wall_ms,
        .simulated = round->row.simulated,
        .format = vb_plan_format(plan, round->row.format),
        .form = vb_plan_form(plan, round->row.form),
        .variant = vb_plan_variant(plan, round->row.variant),
        .setting = vb_plan_setting(plan, round->row.setting),
        .includes = vb_plan_included(plan, round->with, round->with_count),
    };
    if (out->format < 0)
        out->format = 0;
}

/* Everybody's session as it was then. */
static enum vb_code gather(struct vb_round *round, const struct vb_revision *revision,
                           struct gathering *all, const struct vb_fold **joint,
                           struct vb_arena *arena, struct vb_err *err)
{
    size_t most = round->voice_count + round->member_count + (size_t)round->plan->role_count + 1;
    *all = (struct gathering){ .voices = vb_arena_alloc(arena, sizeof *all->voices * most),
                               .standing = vb_arena_alloc(arena, sizeof *all->standing * most) };
    *joint = NULL;
    enum vb_code code = gather_sessions(round, revision, all, err);
    if (code == VB_OK && round->together != NULL)
        code = fold_at(round, revision, round->together, joint, err);
    return code;
}

static enum vb_code result_of(struct vb_round *round, const struct vb_revision *revision,
                              struct vb_arena *arena, struct vb_result *out, struct vb_err *err)
{
    struct gathering all;
    const struct vb_fold *joint;
    enum vb_code code = gather(round, revision, &all, &joint, arena, err);
    if (code != VB_OK)
        return code;
    leave_out_unreleased(&all);
    make_alike(round, &all);
    gather_absent(&all, arena);
    fill_head(round, revision, out);
    /* What two gave together is of both. */
    const struct vb_fold *together = all.holds || !all.left ? joint : NULL;
    const struct vb_voice *voices = sorted(round->plan, &all, arena);
    vb_result_fill(out, voices, all.count, all.members, all.member_count, together, arena);
    vb_talk_put(out, vb_talk_of(round, joint), arena);
    return vb_agreed_put(round, out, voices, arena, err);
}

static bool is_for(const struct vb_fold *fold, const char *purpose)
{
    const struct vb_sharing *sharing = vb_fold_sharing(fold);
    for (int i = 0; i < sharing->purpose_count; i++)
        if (vb_streq(sharing->purposes[i], purpose))
            return true;
    return false;
}

/* Does the newest revision have that person's yes as well? What an older one had was taken back in
 * a correction, and that counts in every revision, also in one that still waits to be sent. */
static enum vb_code still_for(struct vb_round *round, const char *person, const char *purpose,
                              bool *yes, struct vb_err *err)
{
    const struct vb_revision *newest = &round->revisions[round->revision_count - 1];
    enum vb_code code = VB_OK;
    *yes = false;
    for (size_t i = 0; i < round->voice_count && code == VB_OK; i++) {
        const struct vb_voice_in *voice = &round->voices[i];
        const struct vb_fold *fold = NULL;
        if (voice->session == NULL || !vb_streq(voice->person, person))
            continue;
        code = fold_at(round, newest, voice->session, &fold, err);
        *yes |= code == VB_OK && fold != NULL && is_for(fold, purpose);
    }
    return code;
}

/* Who did not say yes to it is not there at all. *everybody: all who shared did, and nobody left.
 */
static enum vb_code keep_for(struct vb_round *round, struct gathering *all, const char *purpose,
                             bool *everybody, struct vb_err *err)
{
    int stay = 0;
    enum vb_code code = VB_OK;
    *everybody = !all->left;
    for (int i = 0; i < all->count && code == VB_OK; i++) {
        bool shared = all->standing[i].shared;
        bool yes = shared && is_for(all->voices[i].fold, purpose);
        if (yes)
            code = still_for(round, all->voices[i].person, purpose, &yes, err);
        *everybody &= yes || !shared;
        if (yes)
            all->voices[stay++] = all->voices[i];
    }
    all->count = stay;
    return code;
}

/* What the talk gave is everybody's own words and goes nowhere. */
static enum vb_code purpose_of(struct vb_round *round, const struct vb_revision *revision,
                               const char *purpose, struct vb_arena *arena, struct vb_result *out,
                               struct vb_err *err)
{
    struct gathering all;
    const struct vb_fold *joint;
    bool everybody;
    enum vb_code code = gather(round, revision, &all, &joint, arena, err);
    if (code == VB_OK)
        code = keep_for(round, &all, purpose, &everybody, err);
    if (code != VB_OK)
        return code;
    if (all.count == 0)
        return vb_fail(err, VB_E_BUSY, "round %s: nobody said yes to %s", round->row.id, purpose);
    fill_head(round, revision, out);
    out->research = vb_streq(purpose, "research");
    out->dossier = vb_streq(purpose, "dossier");
    vb_result_fill(out, sorted(round->plan, &all, arena), all.count, all.members, all.member_count,
                   everybody ? joint : NULL, arena);
    vb_result_about_those_there(out, arena);
    if (out->respondent_count == 0) /* those who did are gathered on a card */
        return vb_fail(err, VB_E_BUSY, "round %s: nobody said yes to %s", round->row.id, purpose);
    return VB_OK;
}

static enum vb_code find_revision(const struct vb_round *round, int revision,
                                  const struct vb_revision **out, struct vb_err *err)
{
    if (round->row.state == VB_ROUND_OPEN)
        return vb_fail(err, VB_E_BUSY, "round %s is not released yet", round->row.id);
    if (round->row.state != VB_ROUND_RELEASED || round->revision_count == 0)
        return vb_fail(err, VB_E_BUSY, "round %s is %s: it has no sheet and no result",
                       round->row.id, vb_round_state_words(round->row.state));
    if (revision < 0 || revision > (int)round->revision_count)
        return vb_fail(err, VB_E_ABSENT, "round %s has revisions 1 to %zu", round->row.id,
                       round->revision_count);
    *out = &round->revisions[revision == 0 ? round->revision_count - 1 : (size_t)revision - 1];
    return VB_OK;
}

enum vb_code vb_round_result(struct vb_round *round, int revision, struct vb_arena *arena,
                             struct vb_result *out, struct vb_err *err)
{
    const struct vb_revision *found;
    enum vb_code code = find_revision(round, revision, &found, err);
    return code == VB_OK ? result_of(round, found, arena, out, err) : code;
}

enum vb_code vb_round_research(struct vb_round *round, int revision, struct vb_arena *arena,
                               struct vb_result *out, struct vb_err *err)
{
    const struct vb_revision *found;
    enum vb_code code = find_revision(round, revision, &found, err);
    return code == VB_OK ? purpose_of(round, found, "research", arena, out, err) : code;
}

enum vb_code vb_round_dossier(struct vb_round *round, int revision, struct vb_arena *arena,
                              struct vb_result *out, struct vb_err *err)
{
    const struct vb_revision *found;
    enum vb_code code = find_revision(round, revision, &found, err);
    if (code == VB_OK)
        code = purpose_of(round, found, "dossier", arena, out, err);
    if (code == VB_OK)
        vb_result_for_dossier(out, arena);
    return code;
}

enum vb_code vb_round_event(struct vb_round *round, int revision, struct vb_result *out,
                            struct vb_err *err)
{
    if (revision < 1 || revision > (int)round->revision_count)
        return vb_fail(err, VB_E_ABSENT, "round %s has no revision %d", round->row.id, revision);
    fill_head(round, &round->revisions[revision - 1], out);
    return VB_OK;
}
