/* release.c - when a round is released, and what is added to it afterwards. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "session/round_state.h"

struct now { /* everybody as they stand */
    struct vb_standing *voices;
    size_t count;
};

static struct now look(const struct vb_round *round)
{
    struct now now = { vb_alloc((round->voice_count + 1) * sizeof *now.voices),
                       round->voice_count };
    for (size_t i = 0; i < round->voice_count; i++) {
        const struct vb_session *session = round->voices[i].session;
        bool shared = session != NULL && vb_session_state(session) == VB_SESSION_SHARED;
        now.voices[i] = (struct vb_standing){
            .role = round->voices[i].role,
            .began = session != NULL,
            .shared = shared,
            .one_sided = shared && vb_fold_sharing(vb_session_fold(session))->one_sided,
        };
    }
    return now;
}

static int shared_voices(const struct vb_round *round)
{
    struct now now = look(round);
    int shared = vb_rule_shared(now.voices, now.count);
    free(now.voices);
    return shared;
}

static bool waits_for(const struct vb_round *round, int role)
{
    struct now now = look(round);
    bool waits = vb_rule_waits_for(round->plan, role, now.voices, now.count);
    free(now.voices);
    return waits;
}

bool vb_round_rule_holds(const struct vb_round *round)
{
    struct now now = look(round);
    bool holds = vb_rule_holds(round->plan, now.voices, now.count);
    free(now.voices);
    return holds;
}

/* Somebody said yes to being shown when the others fill in nothing. */
static bool may_be_alone(const struct vb_round *round)
{
    struct now now = look(round);
    bool may = false;
    for (size_t i = 0; i < now.count; i++)
        may |= now.voices[i].one_sided;
    free(now.voices);
    return may;
}

/* One voice asked: it shared. A dyad: both did. A group waits for somebody. */
static bool releases_itself(const struct vb_round *round)
{
    return !vb_round_is_group(round->plan) && vb_round_rule_holds(round);
}

/* Of one role, or NULL: of all. */
static int ready_voices(const struct vb_round *round, const char *role)
{
    int count = 0;
    for (size_t i = 0; i < round->voice_count; i++)
        count += (role == NULL || vb_streq(round->voices[i].role, role)) &&
                 vb_round_is_ready(round->voices[i].session);
    return count;
}

bool vb_round_may_ask_release(const struct vb_round *round)
{
    return round->row.state == VB_ROUND_OPEN && vb_round_is_group(round->plan) &&
           ready_voices(round, NULL) >= 2;
}

/* Nobody has to come any more. Of a group that is open, by who is ready: whether those said yes is
 * not to be seen before it is tried. */
static bool is_enough(const struct vb_round *round)
{
    if (!vb_round_is_group(round->plan))
        return false;
    return round->row.state == VB_ROUND_OPEN ? ready_voices(round, NULL) >= 2
                                             : shared_voices(round) >= 2;
}

int vb_round_missing(const struct vb_round *round, const char **names, int most)
{
    int count = 0;
    if (is_enough(round))
        return 0;
    for (int i = 0; i < round->plan->role_count; i++) {
        const struct vb_role *role = &round->plan->roles[i];
        int wanted = role->min > 0 ? role->min : 1;
        if (!waits_for(round, i) || ready_voices(round, role->name) >= wanted)
            continue;
        if (count < most)
            names[count] = role->name;
        count++;
    }
    return count;
}

int vb_round_welcome(const struct vb_round *round, const char **names, int most)
{
    int count = 0;
    bool group = vb_round_is_group(round->plan);
    if (round->row.state != VB_ROUND_OPEN ||
        !(group ? is_enough(round) : vb_round_rule_holds(round)))
        return 0;
    for (int i = 0; i < round->plan->role_count; i++) {
        const struct vb_role *role = &round->plan->roles[i];
        if (waits_for(round, i) || role->max > 1 || role->in_roster)
            continue;
        if (count < most)
            names[count] = role->name;
        count++;
    }
    return count;
}

/* Every place is taken and everybody ready, and fewer than two shared. */
static bool group_is_done(const struct vb_round *round)
{
    for (int i = 0; i < round->plan->role_count; i++) {
        const struct vb_role *role = &round->plan->roles[i];
        if (ready_voices(round, role->name) < (role->max > 0 ? role->max : 1))
            return false;
    }
    return shared_voices(round) < 2;
}

/* Everybody who was waited for is ready, and still the rule does not hold: somebody stopped or took
 * it back, and nothing can change that. A yes to a sheet of one side keeps the round open for that.
 */
static bool can_never_hold(const struct vb_round *round)
{
    if (round->voice_count == 0 || releases_itself(round))
        return false;
    if (vb_round_is_group(round->plan) ? !group_is_done(round)
                                       : vb_round_missing(round, NULL, 0) > 0)
        return false;
    return !may_be_alone(round);
}

/* So that the case can begin this wave again. */
static enum vb_code close_without(struct vb_round *round, const char *by, struct vb_err *err)
{
    struct vb_draft draft = { 0 };
    vb_draft_add(&draft, VB_SET_ROUND)->round =
        (struct vb_round_row){ .id = round->row.id, .state = VB_ROUND_WITHDRAWN };
    vb_draft_add(&draft, VB_PUT_AUDIT)->audit =
        (struct vb_audit_row){ .wall_ms = vb_round_now(round),
                               .action = "closed without a sheet",
                               .subject = round->row.id,
                               .by = by };
    enum vb_code code = vb_draft_finish(&draft, round, VB_OK, err);
    if (code == VB_OK)
        round->row.state = VB_ROUND_WITHDRAWN;
    return code;
}

bool vb_round_counted(const struct vb_round *round, const struct vb_session *session)
{
    int64_t yes = vb_fold_first_yes(vb_session_fold(session));
    return round->revision_count > 0 && yes > 0 &&
           yes <= vb_revision_seq(&round->revisions[round->revision_count - 1],
                                  vb_session_id(session));
}

/* What came to stand since the newest revision; NULL: nothing did. A correction that goes on
 * changes nothing yet. Who leaves without a yes in it leaves as silently as who never came. */
static const char *news_of(const struct vb_round *round, const struct vb_session *session)
{
    const struct vb_revision *newest = &round->revisions[round->revision_count - 1];
    const struct vb_fold *fold = vb_session_fold(session);
    int64_t then = vb_revision_seq(newest, vb_session_id(session));
    if (then >= vb_session_standing(session))
        return NULL;
    if (vb_session_state(session) == VB_SESSION_WITHDRAWN)
        return vb_round_counted(round, session) ? "withdrawn" : NULL;
    if (vb_session_state(session) != VB_SESSION_SHARED)
        return NULL;
    return then < vb_fold_first_yes(fold) ? "late" : "corrected";
}

/* Why the newest revision no longer says it all; NULL when it does. */
static const char *news(const struct vb_round *round)
{
    const struct vb_revision *newest = &round->revisions[round->revision_count - 1];
    for (size_t i = 0; i < round->voice_count; i++) {
        const struct vb_session *session = round->voices[i].session;
        const char *reason = session == NULL ? NULL : news_of(round, session);
        if (reason != NULL)
            return reason;
    }
    if (round->together != NULL && vb_session_state(round->together) == VB_SESSION_SHARED &&
        vb_revision_seq(newest, vb_session_id(round->together)) <
            vb_session_view(round->together)->seq)
        return "talk";
    return NULL;
}

static enum vb_code put_revision(struct vb_round *round, const char *reason, const char *action,
                                 const char *by, struct vb_err *err)
{
    struct vb_draft draft = { 0 };
    return vb_revision_put(round, &draft, reason, action, by, err);
}

enum vb_code vb_round_settle(struct vb_round *round, bool *released, struct vb_err *err)
{
    const char *reason = NULL;
    if (round->row.state == VB_ROUND_OPEN && releases_itself(round))
        reason = "released";
    else if (round->row.state == VB_ROUND_RELEASED && round->revision_count > 0)
        reason = news(round);
    *released = false;
    if (round->row.state == VB_ROUND_OPEN && can_never_hold(round))
        return close_without(round, "rule", err);
    if (reason == NULL)
        return VB_OK;
    enum vb_code code = put_revision(round, reason, reason, "rule", err);
    *released = code == VB_OK;
    return code;
}

bool vb_round_is_one_sided(const struct vb_round *round)
{
    return round->row.state == VB_ROUND_RELEASED && !vb_round_rule_holds(round);
}

/* Words that come to a card which shows words already would be known for whose they are. */
static bool shows_words(const struct vb_round *round)
{
    return round->plan->campaign != NULL &&
           vb_round_campaign(round).shared >= round->plan->card->min_group;
}

bool vb_round_takes_late(const struct vb_round *round)
{
    if (shows_words(round))
        return false;
    return round->row.state == VB_ROUND_RELEASED &&
           (vb_round_is_group(round->plan) || !vb_round_rule_holds(round));
}

static enum vb_code is_not_open(const struct vb_round *round, struct vb_err *err)
{
    return vb_fail(err, VB_E_BUSY, "round %s is already %s", round->row.id,
                   vb_round_state_words(round->row.state));
}

enum vb_code vb_round_release(struct vb_round *round, struct vb_err *err)
{
    if (round->row.state != VB_ROUND_OPEN)
        return is_not_open(round, err);
    /* One sentence whatever is missing: with how many shared, who is ready would tell who stopped.
     */
    if (shared_voices(round) < 2)
        return vb_fail(err, VB_E_BUSY, "round %s: a sheet takes two who are ready and said yes",
                       round->row.id);
    return put_revision(round, "released", "released", "professional", err);
}

/* Whoever did not share and whoever shared without that yes get the same sentence. A rule that
 * holds is no refusal: trying would tell that it does. */
enum vb_code vb_round_close(struct vb_round *round, const char *by, struct vb_err *err)
{
    if (round->row.state != VB_ROUND_OPEN)
        return is_not_open(round, err);
    bool holds = vb_round_rule_holds(round);
    if (!holds && !may_be_alone(round))
        return vb_fail(err, VB_E_BUSY,
                       "round %s: nobody said yes to being shown without the others",
                       round->row.id);
    return put_revision(round, "released", holds ? "released" : "closed one-sided", by, err);
}

enum vb_code vb_round_end(struct vb_round *round, const char *by, struct vb_err *err)
{
    if (round->row.state != VB_ROUND_OPEN)
        return is_not_open(round, err);
    return close_without(round, by, err);
}
