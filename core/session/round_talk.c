/* round_talk.c - what people write down after they talked: checked, committed as a whole, read
 * back. It stands in the session of everybody together, which is begun for it where there is none.
 *
 * Whoever takes back what they gave takes it back here too: a record that was written while they
 * took part counts no more, in no revision. The others may write it down anew. */
#include "base/str.h"
#include "kinds/kind.h"
#include "session/round_state.h"

/* -- is it a record --------------------------------------------------------------------------- */

static enum vb_code refuse(struct vb_err *err, const char *list, int number, const char *field,
                           const char *what)
{
    if (list == NULL)
        return vb_fail(err, VB_E_DATA, "%s: %s", field, what);
    return vb_fail(err, VB_E_DATA, "%s[%d].%s: %s", list, number, field, what);
}

static const char *text_refusal(const char *text, bool lines)
{
    switch (vb_written_check(text, strlen(text), VB_TALK_TEXT_MAX, lines)) {
    case VB_ACCEPTED:
        return NULL;
    case VB_REFUSED_EMPTY:
        return "there is nothing to see in it";
    case VB_REFUSED_LONG:
        return "more than 500 characters";
    case VB_REFUSED_CONTROL:
        return lines ? "a control character is not allowed, new lines and tabs are"
                     : "one line, without control characters";
    default:
        return "is not UTF-8";
    }
}

struct checking {
    const struct vb_round *round;
    const char *list; /* NULL: the record itself */
    int number;
    struct vb_err *err;
    enum vb_code code;
};

static void check_text(struct checking *now, const char *field, const char *text, bool needed,
                       bool lines)
{
    const char *why = text != NULL ? text_refusal(text, lines) : needed ? "is missing" : NULL;
    if (now->code == VB_OK && why != NULL)
        now->code = refuse(now->err, now->list, now->number, field, why);
}

static void check_day(struct checking *now, const char *field, const char *day)
{
    if (now->code == VB_OK && day != NULL && vb_day_check(day, strlen(day)) != VB_ACCEPTED)
        now->code = refuse(now->err, now->list, now->number, field,
                           "no such day; write it as \"2026-11-21\"");
}

static bool takes_part(const struct vb_round *round, const char *person)
{
    for (size_t i = 0; i < round->voice_count; i++) {
        const struct vb_session *session = round->voices[i].session;
        if (vb_streq(round->voices[i].person, person) &&
            !vb_round_is_counted_only(round->plan, round->voices[i].role))
            return session == NULL || vb_session_state(session) != VB_SESSION_WITHDRAWN;
    }
    return false;
}

static void check_person(struct checking *now, const char *field, const char *person)
{
    if (now->code == VB_OK && !takes_part(now->round, person))
        now->code = refuse(now->err, now->list, now->number, field, "nobody of this round");
}

static void check_goal(struct checking *now, const struct vb_goal *goal)
{
    check_text(now, "text", goal->text, true, true);
    if (now->code == VB_OK && goal->whose == NULL)
        now->code = refuse(now->err, now->list, now->number, "whose", "is missing");
    if (!vb_streq(goal->whose, "together"))
        check_person(now, "whose", goal->whose);
    check_day(now, "by", goal->by);
    for (int i = 0; i < goal->yes_count; i++) {
        check_person(now, "yes", goal->yes[i]);
        for (int j = 0; now->code == VB_OK && j < i; j++)
            if (vb_streq(goal->yes[i], goal->yes[j]))
                now->code = refuse(now->err, now->list, now->number, "yes", "somebody twice");
    }
}

static enum vb_code check_record(const struct vb_round *round, const struct vb_talk_record *record,
                                 struct vb_err *err)
{
    struct checking now = { .round = round, .err = err, .code = VB_OK };
    if (record->agreement_count > VB_AGREEMENTS_MAX)
        return vb_fail(err, VB_E_DATA, "agreements: holds more than %d", VB_AGREEMENTS_MAX);
    if (record->goal_count > VB_GOALS_MAX)
        return vb_fail(err, VB_E_DATA, "goals: holds more than %d", VB_GOALS_MAX);
    check_text(&now, "topic", record->topic, false, true);
    check_day(&now, "next", record->next);
    now.list = "agreements";
    for (now.number = 0; now.code == VB_OK && now.number < record->agreement_count; now.number++) {
        const struct vb_agreement *agreement = &record->agreements[now.number];
        check_text(&now, "who", agreement->who, true, false);
        check_text(&now, "what", agreement->what, true, true);
        check_text(&now, "when", agreement->when, false, false);
    }
    now.list = "goals";
    for (now.number = 0; now.code == VB_OK && now.number < record->goal_count; now.number++)
        check_goal(&now, &record->goals[now.number]);
    return now.code;
}

/* -- written down ----------------------------------------------------------------------------- */

static enum vb_code commit(struct vb_round *round, const struct vb_talk_record *record,
                           const char *by, struct vb_err *err)
{
    struct vb_draft draft = { 0 };
    struct vb_event event = { .type = VB_EVENT_TALK, .item = -1, .member = -1, .talk = record };
    enum vb_code code = vb_draft_event(&draft, round->together, &event, err);
    if (code != VB_OK)
        return vb_draft_finish(&draft, round, code, err);
    return vb_revision_put(round, &draft, "talk", "talk", by, err);
}

enum vb_code vb_round_may_talk(const struct vb_round *round, struct vb_err *err)
{
    if (round->row.state != VB_ROUND_RELEASED)
        return vb_fail(err, VB_E_BUSY,
                       "round %s is %s: what a talk gave is written down after the release",
                       round->row.id, vb_round_state_words(round->row.state));
    if (round->together != NULL && vb_session_state(round->together) == VB_SESSION_WITHDRAWN)
        return vb_fail(err, VB_E_BUSY,
                       "round %s: what was written down together was erased, and nothing is added "
                       "to it any more",
                       round->row.id);
    return VB_OK;
}

enum vb_code vb_round_put_talk(struct vb_round *round, const struct vb_talk_record *record,
                               const char *by, struct vb_err *err)
{
    enum vb_code code = vb_round_may_talk(round, err);
    if (code == VB_OK)
        code = check_record(round, record, err);
    if (code == VB_OK && round->together == NULL)
        code = vb_joint_begin(round, err);
    return code == VB_OK ? commit(round, record, by, err) : code;
}

/* -- does it count ---------------------------------------------------------------------------- */

bool vb_talk_fell(const struct vb_revision *revisions, size_t count, const char *joint,
                  int64_t talk_seq, const char *session, int64_t withdrawn_seq)
{
    for (size_t i = 0; i < count; i++)
        if (vb_revision_seq(&revisions[i], session) >= withdrawn_seq)
            return vb_revision_seq(&revisions[i], joint) >= talk_seq;
    return true;
}

const struct vb_talk_record *vb_talk_of(const struct vb_round *round, const struct vb_fold *joint)
{
    int64_t seq;
    const struct vb_talk_record *record = joint == NULL ? NULL : vb_fold_talk(joint, &seq);
    if (record == NULL || vb_fold_view(joint)->at == VB_AT_WITHDRAWN)
        return NULL;
    for (size_t i = 0; i < round->voice_count; i++) {
        const struct vb_session *session = round->voices[i].session;
        if (session == NULL || vb_session_state(session) != VB_SESSION_WITHDRAWN ||
            vb_fold_first_yes(vb_session_fold(session)) == 0)
            continue;
        if (vb_talk_fell(round->revisions, round->revision_count, vb_session_id(round->together),
                         seq, vb_session_id(session), vb_session_view(session)->seq))
            return NULL;
    }
    return record;
}

const struct vb_talk_record *vb_round_talk(const struct vb_round *round)
{
    return round->together == NULL ? NULL : vb_talk_of(round, vb_session_fold(round->together));
}

/* -- into a result ---------------------------------------------------------------------------- */

static bool is_respondent(const struct vb_result *result, const char *person)
{
    for (int i = 0; i < result->respondent_count; i++)
        if (vb_streq(result->respondents[i].person, person))
            return true;
    return false;
}

/* The wish of somebody who is no longer there stays, without whose it was. */
void vb_talk_put(struct vb_result *result, const struct vb_talk_record *record,
                 struct vb_arena *arena)
{
    if (record == NULL)
        return;
    struct vb_goal *goals = vb_arena_alloc(arena, sizeof *goals * (size_t)(record->goal_count + 1));
    for (int i = 0; i < record->goal_count; i++) {
        goals[i] = record->goals[i];
        if (!vb_streq(goals[i].whose, "together") && !is_respondent(result, goals[i].whose))
            goals[i].whose = NULL;
    }
    result->talk.record = *record;
    result->talk.record.goals = goals;
}
