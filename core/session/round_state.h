/* round_state.h - the inside of a round, known to round*.c, join.c, person.c, earlier.c,
 * release.c and revision.c. */
#ifndef VB_ROUND_STATE_H
#define VB_ROUND_STATE_H

#include "session/compare.h"
#include "session/round.h"
#include "session/stage.h"

struct vb_voice_in { /* somebody who takes part, in order of joining */
    const char *person, *role, *label, *language;
    struct vb_session *session; /* NULL: only named */
    int member;                 /* place in the roster, -1 */
    bool stored;                /* the person's row is in the store */
};
struct vb_revision {
    int number;
    const char *reason, *upto;
    int64_t wall_ms;
};
struct vb_replayed { /* a fold up to what a revision rests on */
    const char *session;
    int64_t seq;
    struct vb_fold *fold;
};

struct vb_round {
    /* -- fixed -- */
    struct vb_store *store;
    struct vb_store *own_store; /* retain is not "keep": nothing may reach the other one */
    const struct vb_env *env;
    struct vb_plan *plan;
    struct vb_arena arena; /* every string and most lists below */
    const char *by;        /* who acts; NULL: as env says */

    struct vb_round_row row;
    const char *const *with;
    int with_count;
    bool is_new; /* nothing written yet */
    bool noted;  /* its roster stands in a setting, since nobody began (early.c) */

    struct vb_voice_in *voices;
    size_t voice_count, voice_cap;
    struct vb_member *members; /* the roster as it is now */
    size_t member_count, member_cap;
    struct vb_session *together; /* NULL: not begun */

    struct vb_participant *participants; /* made of voices, in role order */
    size_t participant_cap;

    struct vb_revision *revisions;
    size_t revision_count, revision_cap;
    struct vb_replayed *replayed;
    size_t replayed_count, replayed_cap;
};

/* A commit that is being put together; changes may point into round->arena and into sessions. */
struct vb_draft {
    struct vb_change *changes;
    size_t count, cap;
    struct vb_session **staged; /* whose events are in it */
    size_t staged_count, staged_cap;
};
struct vb_change *vb_draft_add(struct vb_draft *draft, enum vb_change_kind kind);
/* An event in a session: what it changes, in the draft. */
enum vb_code vb_draft_event(struct vb_draft *draft, struct vb_session *session,
                            struct vb_event *event, struct vb_err *err);
/* The roster as it is now, as an event in every session that still goes on. begins (or NULL) is
 * left out: its opened event, in the same commit, has that roster. */
enum vb_code vb_draft_roster(struct vb_draft *draft, struct vb_round *round,
                             const struct vb_session *begins, struct vb_err *err);
/* A row of the audit; by: "rule", or a word for whoever did it, in whose place env->by comes where
 * that is known. */
void vb_draft_audit(struct vb_draft *draft, const struct vb_round *round, const char *action,
                    const char *subject, const char *by);
/* The same about somebody of this role: of one who is only counted it names the round, and nobody.
 */
void vb_draft_audit_of(struct vb_draft *draft, const struct vb_round *round, const char *action,
                       const char *subject, const char *role, const char *by);
/* Somebody comes to a session and will see what was answered in it: a row of the audit, durable.
 * Nothing where nobody is named (env->by NULL). */
enum vb_code vb_round_note(struct vb_round *round, const char *action,
                           const struct vb_session *session, struct vb_err *err);
/* Commits when code is VB_OK, tells the staged sessions, frees the draft. */
enum vb_code vb_draft_finish(struct vb_draft *draft, struct vb_round *round, enum vb_code code,
                             struct vb_err *err);

/* round.c, round_open.c */
struct vb_round *vb_round_create(struct vb_store *store, const struct vb_env *env,
                                 struct vb_plan *plan);
void vb_round_split_with(struct vb_round *round); /* row.with, as a list */
int64_t vb_round_now(const struct vb_round *round);
void vb_round_list(struct vb_round *round); /* makes participants anew */
bool vb_round_has_roster(const struct vb_plan *plan);
bool vb_round_is_ready(const struct vb_session *session);
/* The voice of this role and label; NULL when there is none. label NULL: the role's only one. */
struct vb_voice_in *vb_round_find(struct vb_round *round, const char *role, const char *label);

const char *vb_round_who_acts(const struct vb_round *round); /* NULL: nobody to name */

/* own_turn.c: with the session that begins; staff NULL: it is nobody's own turn. */
void vb_own_turn_draft(struct vb_draft *draft, struct vb_round *round, const char *session,
                       const char *staff);

/* early.c: the roster of a round in which nobody began lies in a setting, as ids; from the first
 * session on it stands in what that was opened with. */
/* What is to be written of it with the commit: the roster as it is now, or that it goes. */
void vb_early_draft(struct vb_draft *draft, struct vb_round *round, bool begins);
/* Of a round without sessions, as it is read back. */
enum vb_code vb_early_load(struct vb_round *round, struct vb_err *err);

/* rule.c: one voice as the release rule sees it. */
struct vb_standing {
    const char *role;
    bool began, shared; /* shared: the yes stands; who took it back never did */
    bool one_sided;     /* also if the other fills in nothing */
};
/* Two of a group; else everybody who is waited for, and somebody. */
bool vb_rule_holds(const struct vb_plan *plan, const struct vb_standing *voices, size_t count);
int vb_rule_shared(const struct vb_standing *voices, size_t count);
/* A role is waited for when it must answer, or when it may and somebody began. */
bool vb_rule_waits_for(const struct vb_plan *plan, int role, const struct vb_standing *voices,
                       size_t count);

/* release.c: the rule, for everybody as they stand now. */
bool vb_round_rule_holds(const struct vb_round *round);
/* The newest revision rests on a yes of this session: only then is leaving anything new to others.
 */
bool vb_round_counted(const struct vb_round *round, const struct vb_session *session);

/* person.c: the case's person who takes this role, into out->person, or a new one. since_ms: as in
 * vb_join. */
enum vb_code vb_person_choose(struct vb_round *round, struct vb_voice_in *out, int64_t since_ms,
                              struct vb_err *err);
/* earlier.c: what the same person shared in earlier waves of the instrument. */
enum vb_code vb_earlier_read(struct vb_round *round, const char *person, struct vb_arena *arena,
                             struct vb_opened *opened, struct vb_err *err);

/* joint.c: begins the session of everybody together. */
enum vb_code vb_joint_begin(struct vb_round *round, struct vb_err *err);

/* round_talk.c */
/* What counts of the record in a fold of the joint session (or NULL), now that who withdrew did. */
const struct vb_talk_record *vb_talk_of(const struct vb_round *round, const struct vb_fold *joint);
/* Did the record at talk_seq of the joint session fall, when somebody who shared left with
 * withdrawn_seq of their session? It did when it was there before that. */
bool vb_talk_fell(const struct vb_revision *revisions, size_t count, const char *joint,
                  int64_t talk_seq, const char *session, int64_t withdrawn_seq);
/* Into a result that has its respondents; record NULL: nothing. Borrowed. */
void vb_talk_put(struct vb_result *result, const struct vb_talk_record *record,
                 struct vb_arena *arena);

/* round_last.c: the latest earlier round whose agreements this person is to be asked about. Strings
 * in arena. */
enum vb_code vb_agreed_find(struct vb_round *round, const char *person, struct vb_arena *arena,
                            struct vb_last *out, struct vb_err *err);
/* What was agreed last time and what each voice said of it, into a result that has its respondents,
 * voices in their order. */
enum vb_code vb_agreed_put(struct vb_round *round, struct vb_result *result,
                           const struct vb_voice *voices, struct vb_arena *arena,
                           struct vb_err *err);

/* revision.c */
enum vb_code vb_revisions_load(struct vb_round *round, struct vb_err *err);
/* Commits what is in the draft together with the next revision, which rests on the sessions as they
 * are with what is staged. The audit says action. */
enum vb_code vb_revision_put(struct vb_round *round, struct vb_draft *draft, const char *reason,
                             const char *action, const char *by, struct vb_err *err);
/* The seq a session had in a revision, 0 when it was not there. */
int64_t vb_revision_seq(const struct vb_revision *revision, const char *session);

#endif
