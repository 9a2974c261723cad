/* round.h - one instrument, one case, one wave: the persons, their sessions, the release.
 *
 * A round object reads the store once and then follows its own commits. Nobody gets another
 * person's answers from it before that person shared: the result is the only way out, and it holds
 * only what was shared. One thread. */
#ifndef VB_ROUND_H
#define VB_ROUND_H

#include "data/result.h"
#include "session/session.h"

struct vb_round;
struct vb_round_options { /* of a new round */
    const char *case_id;  /* NULL: a new random one (none when the instrument has no case) */
    const char *wave;     /* NULL: t0 */
    const char *format, *form, *variant, *setting; /* NULL: standard, none, none, none */
    const char *const *with;
    int with_count;
    bool another;      /* begins a new one, whatever there is: without a case a wave's name says
                          nothing of whose round it is. No case may have an open one then */
    bool simulated;    /* nobody gave these answers; a case holds only such rounds, or none */
    bool released_too; /* a released one is opened as well: for what comes after the release */
};
/* Of such a plan a round without a variant is refused: a slot that only variants declare has no
 * words without one. */
bool vb_round_needs_variant(const struct vb_plan *plan);
/* Opens the case's round of this instrument and wave when one is open (it is settled first, and
 * must fit the options that are not NULL: VB_E_DATA), refuses when it is released (VB_E_BUSY,
 * unless released_too, or one side is shown and the other may still come), else begins one. Nothing
 * is written before the first person joins. store and env are borrowed, plan is kept. Of a round
 * with retain "memory" or "none" (vb_plan_retain of its variant) nothing is ever written to store:
 * it keeps what it needs in memory and forgets it when it is destroyed. */
enum vb_code vb_round_open(struct vb_round **out, struct vb_store *store, const struct vb_env *env,
                           struct vb_plan *plan, const struct vb_round_options *options,
                           struct vb_err *err);
/* An existing one by row; plan must be that of its digest. */
enum vb_code vb_round_load(struct vb_round **out, struct vb_store *store, const struct vb_env *env,
                           struct vb_plan *plan, const struct vb_round_row *row,
                           struct vb_err *err);
void vb_round_destroy(struct vb_round *round); /* NULL is fine */

const struct vb_round_row *vb_round_row(const struct vb_round *round);
struct vb_plan *vb_round_plan(const struct vb_round *round);
bool vb_round_is_new(const struct vb_round *round); /* nothing written yet */
/* Is it one that a store keeps? Neither the instrument nor the policy of its variant forbids it. */
bool vb_round_is_kept(const struct vb_round *round);
/* A family, team or group: released by somebody, not by itself. */
bool vb_round_is_group(const struct vb_plan *plan);

/* Writes a new round down before anybody joined, with whoever was named for its roster, and a row
 * of the audit ("open"): for who invites persons that begin elsewhere. Again is fine. */
enum vb_code vb_round_write(struct vb_round *round, struct vb_err *err);
/* From here on it is this one who does what is done, for the audit, in the place of env->by; NULL:
 * env->by again. Copied. For a round that several people work at in one
 * process. */
void vb_round_act_as(struct vb_round *round, const char *by);
/* The number of the newest revision and when the first was written; 0: not released. */
int vb_round_revision(const struct vb_round *round, int64_t *released_wall_ms);

/* Nobody is at it: its sessions sleep (vb_session_evict). False when one of them is at work, and
 * then they stay as they are. Until vb_round_wake nothing but vb_round_row, vb_round_plan, that and
 * destroy may be called. */
bool vb_round_rest(struct vb_round *round);
/* Its sessions are read again; one that is awake is fine. Errors of the store: call it again. */
enum vb_code vb_round_wake(struct vb_round *round, struct vb_err *err);

/* Who takes part, in the instrument's role order. session NULL: named in the roster, not begun. */
struct vb_participant {
    const char *person, *role, *label;
    int role_index;
    struct vb_session *session;
    bool ready; /* shared or stopped: all that anybody else may know */
};
const struct vb_participant *vb_round_participants(const struct vb_round *round, int *count);
/* Roles that still owe a session before the release can hold; fills at most so many names, returns
 * how many there are. Of an open round it follows from who is ready, never from who said yes. */
int vb_round_missing(const struct vb_round *round, const char **names, int most);
/* Optional roles that nobody began, while nothing else holds the release up: whoever runs the round
 * asks for them before vb_round_settle or vb_round_release, since a release may shut them out. As
 * vb_round_missing. */
int vb_round_welcome(const struct vb_round *round, const char **names, int most);

/* A person's label as it is kept and compared: without white space around it and in NFC, so that
 * one name is one person however it was typed. NULL and "" give NULL. VB_E_DATA: not 1 to 64
 * characters, control characters, or nothing visible; *refusal (may be NULL) says which. */
enum { VB_LABEL_MOST = 64 };
enum vb_code vb_person_label(struct vb_arena *arena, const char *label, const char **out,
                             enum vb_refusal *refusal, struct vb_err *err);

struct vb_join {
    const char *role;      /* must be a respondent of the instrument */
    const char *label;     /* NULL: none; needed when the role takes several */
    const char *language;  /* NULL: the plan's first */
    const char *form;      /* NULL: the round's */
    const char *mode;      /* NULL: self */
    const char *helper;    /* who helps: a role, "other"; NULL: not said */
    const char *opening;   /* which opening screen was shown; NULL: VB_OPENING_VERSION */
    const char *staff;     /* the member of staff whose own turn begins; NULL: nobody's */
    int64_t since_wall_ms; /* without a label: whoever had the role in a session that was begun
                              before this is somebody else; 0: the same */
};
/* VB_E_DATA with the ways of filling in there are; NULL is fine. */
enum vb_code vb_round_check_mode(const char *mode, struct vb_err *err);
/* VB_E_DATA: nobody helps who fills in alone; a helper is a role of the plan or "other". NULL is
 * fine. */
enum vb_code vb_round_check_helper(const struct vb_plan *plan, const char *mode, const char *helper,
                                   struct vb_err *err);
/* Does somebody of this role answer about whoever helps: the professional, or who is in the roster
 * when this role is asked about its members? Then they may answer less freely. */
bool vb_helper_is_rated(const struct vb_plan *plan, const char *role, const char *helper);
/* Names somebody for the roster without a session (the label is what the family calls them). Of a
 * round that was written down it is durable, also while nobody began. Who comes new is told to
 * every open session: VB_E_BUSY, here and in joining, while one of them has an
 * answer on its way; again in a moment. */
#define VB_ROSTER_SETTINGS "roster " /* where it lies then: ids in a setting, early.c */
enum vb_code vb_round_name_member(struct vb_round *round, const char *role, const char *label,
                                  struct vb_err *err);
/* The person's session: begun now (row and opened event are committed), or the one that is there;
 * either is a row of the audit ("begin", "go on") by env->by.
 * The same role without a new label is the same person as in the case's last wave. */
enum vb_code vb_round_join(struct vb_round *round, const struct vb_join *join,
                           struct vb_session **out, struct vb_err *err);
/* Whose own turn it is, as it was begun; *staff NULL: no member of staff began it signed in. In
 * arena. */
#define VB_TURN_SETTINGS "turn " /* where that lies: a setting, own_turn.c */
enum vb_code vb_round_own_turn(const struct vb_round *round, const struct vb_session *session,
                               struct vb_arena *arena, const char **staff, struct vb_err *err);

/* After a session shared or stopped: releases when the rule holds by itself (one voice asked: it
 * shared; a dyad: both shared). *released says. A roster or group waits for vb_round_release. When
 * everybody is ready and the rule can never hold, the round is closed (withdrawn), unless somebody
 * who shared said yes to a sheet of one side. Calling it again is fine. */
enum vb_code vb_round_settle(struct vb_round *round, bool *released, struct vb_err *err);
/* A group that is open and in which two are ready: whoever runs it may be asked to release it.
 * Whether that will do is not said here. */
bool vb_round_may_ask_release(const struct vb_round *round);
/* By the professional or convenor, at two or more shared voices: VB_E_BUSY when fewer, in the same
 * words whatever is missing, or when it was released already. */
enum vb_code vb_round_release(struct vb_round *round, struct vb_err *err);

/* Releases one side of a round that waits in vain: the voices that shared and said yes to "also if
 * the other fills in nothing?"; the others stay their own until the rule holds after all (a
 * revision "late"). Where the rule holds already (a group with two voices) it is the release.
 * VB_E_BUSY when nobody said that yes, or when it is not open. */
enum vb_code vb_round_close(struct vb_round *round, const char *by, struct vb_err *err);
/* Ends an open round without showing anything of anybody: its state is withdrawn, answers stay the
 * persons' own, and the case may begin the wave again. VB_E_BUSY when it is not open. */
enum vb_code vb_round_end(struct vb_round *round, const char *by, struct vb_err *err);
/* Released with one side, and the rule does not hold yet. */
bool vb_round_is_one_sided(const struct vb_round *round);
/* Released, and somebody may still begin or go on: a family or group, and a round of one side. */
bool vb_round_takes_late(const struct vb_round *round);
/* Takes back everything this person gave in this round: no result of any revision, sheet or output
 * has it any more; the log keeps that it happened. A released round whose newest revision rests on
 * their yes gets a revision "withdrawn"; an open one is settled. person: id or a prefix of at least
 * four characters. VB_E_ABSENT: no such person, or one that never began; VB_E_BUSY when it left
 * already. */
enum vb_code vb_round_withdraw(struct vb_round *round, const char *person, const char *by,
                               struct vb_err *err);
/* Whether the newest revision shows this person (NULL: what was given together). Before the release
 * it shows nobody. */
enum vb_code vb_round_shows(struct vb_round *round, const char *person, bool *shown,
                            struct vb_err *err);
/* Somebody who shared goes back to the overview to mend something; what was shared stands until it
 * is shared again (a revision "corrected"), and stopping leaves it as it was. One that goes on
 * already: VB_OK. VB_E_BUSY when the newest revision does not show this person, or there is none:
 * before the release nobody reads given answers again at a keyboard that others share. */
enum vb_code vb_round_correct(struct vb_round *round, struct vb_session *session,
                              struct vb_err *err);

/* May a talk be written down? VB_E_BUSY before the release, and when what was written down together
 * was erased: nothing is added to that any more. */
enum vb_code vb_round_may_talk(const struct vb_round *round, struct vb_err *err);
/* What the talk gave: written anew as a whole, durable, a revision "talk". The record is checked
 * (VB_E_DATA names the field). VB_E_BUSY as above. */
enum vb_code vb_round_put_talk(struct vb_round *round, const struct vb_talk_record *record,
                               const char *by, struct vb_err *err);
/* What was written down last, or NULL. Borrowed from the round until the next verb. */
const struct vb_talk_record *vb_round_talk(const struct vb_round *round);
/* Last time's agreements of this case and instrument, read from where they lie; NULL: none, or they
 * were erased. last: as the session was opened with. In arena. */
enum vb_code vb_round_last(struct vb_round *round, const struct vb_last *last,
                           struct vb_arena *arena, const struct vb_talk_record **out,
                           struct vb_err *err);

/* The stage together: asked of the round after the release; NULL when the plan has none. Ends with
 * a new revision (vb_round_settle_together). */
enum vb_code vb_round_together(struct vb_round *round, struct vb_session **out, struct vb_err *err);
enum vb_code vb_round_settle_together(struct vb_round *round, struct vb_err *err);
struct vb_session *vb_round_joint(const struct vb_round *round); /* as it is; NULL: not begun */
/* Released, and what is asked together was not begun or not ended. */
bool vb_round_together_due(const struct vb_round *round);

/* A campaign (plan->campaign): of its members there are numbers and nothing else. Whoever shared is
 * counted with what they shared; nobody else learns who it was. */
struct vb_campaign_count {
    int began, ready; /* ready: shared or stopped */
    int shared, held; /* held: shared, and said to have held a talk */
};
struct vb_campaign_count vb_round_campaign(const struct vb_round *round);
/* Before which day, as the convenor shared it ("2026-12-11"); NULL: not yet. Borrowed. */
const char *vb_round_campaign_day(const struct vb_round *round);
/* The participants that may be named: all of them, but of a campaign not its members, whose labels
 * are their secrets. In arena. */
const struct vb_participant *vb_round_named(const struct vb_round *round, struct vb_arena *arena,
                                            int *count);
/* Is a person of this role only counted: no list, no audit row and no log shows one of them? */
bool vb_round_is_counted_only(const struct vb_plan *plan, const char *role);

/* The result of a revision (0: the newest), in arena; it borrows from round and arena.
 * VB_E_BUSY before the release, VB_E_ABSENT for a revision that does not exist. */
enum vb_code vb_round_result(struct vb_round *round, int revision, struct vb_arena *arena,
                             struct vb_result *out, struct vb_err *err);
/* The same for consented research: only persons whose sharing named that purpose, their reasons for
 * giving no value and their scales for research included; never what was held back itself, nor
 * anything of somebody who took it back. VB_E_BUSY when nobody said yes to it. */
enum vb_code vb_round_research(struct vb_round *round, int revision, struct vb_arena *arena,
                               struct vb_result *out, struct vb_err *err);
/* The same for the dossier, which is kept by others and for long: only persons whose sharing named
 * it, without friction, open text, drawings and what the talk gave. VB_E_BUSY when nobody did. */
enum vb_code vb_round_dossier(struct vb_round *round, int revision, struct vb_arena *arena,
                              struct vb_result *out, struct vb_err *err);
/* That there is such a revision, and of whom nothing: fit for VB_CONTENT_EVENT alone. Also of a
 * round that was erased. */
enum vb_code vb_round_event(struct vb_round *round, int revision, struct vb_result *out,
                            struct vb_err *err);

#endif
