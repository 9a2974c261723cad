/* state.h - the inside of a fold, known to fold.c, opened.c, last.c, path.c, roster.c, reopen.c,
 * gaps.c, walk.c, walk_script.c and no one else.
 *
 *      events --> apply --> path, marks, values --> walk ----------> place to ask, or the end
 *                                                   walk_script -/
 *
 * Every (item, member) has one slot (vb_plan_slot). A slot's value counts only while it is marked
 * ON_PATH. WAITING is a value that was on the path when the walk began again: it goes back on the
 * path by itself when the walk reaches it, and becomes a mere offer when the walk ends without.
 * PASSED only while the walk seeks a place: it was not answered, and the walk went on (gaps.c). */
#ifndef VB_SESSION_STATE_H
#define VB_SESSION_STATE_H

#include "script/flow.h"
#include "session/fold.h"

enum vb_mark { VB_MARK_ON_PATH = 1, VB_MARK_WAITING = 2, VB_MARK_HELD = 4, VB_MARK_PASSED = 8 };

/* Where a declarative walk stands: the next step, and the member of the each block it is in. */
struct vb_walk {
    int pc, member, limit; /* limit: roster size when the block began; member -1: in no block */
};
/* What a step of the path remembers, beside its place. */
struct vb_trace {
    struct vb_walk walk; /* just behind its ask */
    int roster;          /* the roster that what follows it saw, an index in rosters */
};
struct vb_roster {
    const struct vb_member *members;
    int count;
};

/* A step about somebody who left: no longer on the path, but a flow that runs again meets the ask
 * again, and saw this roster behind it. */
struct vb_ghost {
    int slot, after; /* how many steps of the path lie before it */
    int roster;
};

struct vb_member_asks {      /* what is asked about a member */
    uint32_t role;           /* its bit; all ones: no role of the plan */
    const uint8_t *has_item; /* of its form, NULL: all */
};

struct vb_fold {
    /* -- fixed after create -- */
    struct vb_plan *plan;
    struct vb_sandbox_options sandbox;

    /* -- fixed after opened -- */
    struct vb_arena arena; /* owns every string and list below */
    struct vb_opened *opened;
    int role, format, form, variant, setting, language;
    uint32_t includes; /* bit per include that is turned on */
    bool together;     /* the stage together: nobody's own session */
    uint8_t *base;     /* [item_count] this role, variant, includes and stage have the item */
    uint64_t base_key; /* what base was made for */
    bool base_made;

    /* -- roster -- */
    struct vb_roster *rosters; /* every one it had, in order; the last holds now */
    size_t roster_count, roster_cap;
    struct vb_member_asks *member_asks; /* [members now] */
    size_t member_asks_cap;
    int self; /* the person's own place in the roster, -1 */

    /* -- answers, by slot -- */
    struct vb_value *values; /* on the path; NONE elsewhere */
    struct vb_value *kept;   /* the last one given */
    int64_t *given_at;       /* seq of its event */
    uint8_t *marks;
    int slot_count, slot_cap;
    int waiting; /* slots marked so */

    /* -- path -- */
    struct vb_place *path; /* [slot_cap], as are the traces */
    struct vb_trace *traces;
    int path_count;
    int replayed; /* a flow runs again over so many old steps, whose rosters it sees again */
    int start_roster;

    /* -- cursor -- */
    struct vb_walk walk;
    struct vb_flow *flow;     /* scripted, between opened and the end */
    int flow_roster, to_show; /* what it was shown last, and what it is to see next */
    struct vb_ghost *ghosts;  /* scripted, in the order of the path */
    size_t ghost_count, ghost_cap;
    struct vb_place cursor;
    /* Two of them by turns: what a view showed stays true while the next is made. */
    const char **says[2];
    size_t say_cap[2];
    int say_turn;

    bool gaps;              /* something of the log was erased */
    bool seeking;           /* the walk goes past what was not answered, up to sought */
    struct vb_place sought; /* item -1: the overview */

    int64_t slice_ns;      /* of a flow; 0: it runs to its next question at once */
    bool busy;             /* a flow stopped in mid-run */
    struct vb_view before; /* busy: what to go back to when the flow fails */

    /* -- last time and the talk -- */
    int last_at; /* how many of last time's agreements were passed */
    enum vb_followed followed[VB_AGREEMENTS_MAX];
    int64_t followed_at[VB_AGREEMENTS_MAX]; /* seq of its event */
    uint16_t followed_held;                 /* a bit for each agreement */
    const struct vb_talk_record *talk;
    int64_t talk_seq;

    struct vb_view view;
    const struct vb_sharing *sharing;
    int64_t first_yes, last_yes;  /* seq of SHARED events, 0: none */
    const struct vb_stand *stand; /* while it is being corrected; NULL: it is not */
    struct vb_err *parked;        /* NULL: it is not */
};

/* Does this session ask the item, about this member (-1: not per member)? Role, form, variant,
 * includes, stage and who left decide, and of a member its own role and form; conditions do not. */
static inline bool vb_fold_has(const struct vb_fold *fold, int item, int member)
{
    if (!fold->base[item])
        return false;
    if (!fold->plan->items[item].per_member)
        return fold->form < 0 || fold->plan->forms[fold->form].has_item[item];
    const struct vb_roster *roster = &fold->rosters[fold->roster_count - 1];
    if (member < 0 || member >= roster->count || roster->members[member].gone)
        return false;
    const struct vb_member_asks *asks = &fold->member_asks[member];
    return (fold->plan->items[item].members & asks->role) != 0 &&
           (asks->has_item == NULL || asks->has_item[item]);
}

/* reopen.c: back to the overview, and back again to what stands, as if nothing had happened. */
void vb_reopen_begin(struct vb_fold *fold);
void vb_reopen_undo(struct vb_fold *fold);

/* Something lies before what is asked now. */
static inline bool vb_fold_can_back(const struct vb_fold *fold)
{
    return fold->path_count > 0 || fold->opened->last.agreement_count > 0;
}

/* last.c: the agreements of last time come before the first item, one after the other. */
void vb_last_reset(struct vb_fold *fold);
enum vb_code vb_last_begin(struct vb_fold *fold, struct vb_err *err);
enum vb_code vb_followed_check(const struct vb_fold *fold, const struct vb_event *event,
                               struct vb_err *err);
enum vb_code vb_followed_apply(struct vb_fold *fold, const struct vb_event *event,
                               struct vb_err *err);
void vb_followed_hold(struct vb_fold *fold, const struct vb_event *event);
void vb_last_back(struct vb_fold *fold); /* there, or back to it from the first item */
bool vb_last_has(const struct vb_fold *fold, int agreement);

/* gaps.c: an event that does not fit, in a log some of which was erased: made to fit, or dropped.
 * refused: how the check refused it. */
void vb_gaps_forget(struct vb_fold *fold, const struct vb_sharing *sharing); /* what left before */
enum vb_code vb_gaps_apply(struct vb_fold *fold, const struct vb_event *event, enum vb_code refused,
                           struct vb_err *err);

/* fold.c: the event is allowed; is in. */
enum vb_code vb_fold_take(struct vb_fold *fold, const struct vb_event *event, struct vb_err *err);
/* Parks: nothing but leaving goes on. */
void vb_fold_park(struct vb_fold *fold, const struct vb_err *err);

/* opened.c */
enum vb_code vb_opened_check(const struct vb_fold *fold, const struct vb_opened *opened,
                             struct vb_err *err);
enum vb_code vb_opened_apply(struct vb_fold *fold, const struct vb_opened *opened,
                             struct vb_err *err);
/* The same, and the walk is not begun. */
void vb_opened_take(struct vb_fold *fold, const struct vb_opened *opened);

const char *const *vb_copy_list(struct vb_arena *arena, const char *const *list, int count);

/* roster.c */
void vb_roster_push(struct vb_fold *fold, const struct vb_member *members, int count);
enum vb_code vb_roster_check(const struct vb_fold *fold, const struct vb_member *members, int count,
                             struct vb_err *err);
enum vb_code vb_roster_apply(struct vb_fold *fold, const struct vb_event *event,
                             struct vb_err *err);

/* Makes the newest roster what is true now: forms, slots, the person's own place. */
void vb_roster_settle(struct vb_fold *fold);

/* path.c */
void vb_path_put(struct vb_fold *fold, struct vb_place place, int slot);
/* mark: 0, or VB_MARK_WAITING when the walk may put it back by itself. */
void vb_path_take(struct vb_fold *fold, struct vb_place place, int mark);
/* Walks on to the next question without an answer, or to the overview. reply answers the ask at
 * which a flow stands. */
enum vb_code vb_path_advance(struct vb_fold *fold, const struct vb_value *reply,
                             struct vb_err *err);
/* Another slice of a flow that is busy. */
enum vb_code vb_path_go_on(struct vb_fold *fold, struct vb_err *err);
/* The walk goes again from behind the last step of the path. */
enum vb_code vb_path_again(struct vb_fold *fold, struct vb_err *err);
/* What follows the last step sees the roster as it is now. */
void vb_path_see_roster(struct vb_fold *fold);
/* A text that comes before the next item. */
void vb_path_say(struct vb_fold *fold, const char *text);

/* walk.c: the next place whose condition holds, from fold->walk on; false at the end. */
bool vb_walk_next(struct vb_fold *fold, struct vb_place *place);
void vb_walk_start(struct vb_fold *fold);
bool vb_cond_holds(const struct vb_fold *fold, const struct vb_cond *cond, int member);

/* walk_script.c: the next ask of the flow; reply answers the last one. *more is false at the end.
 * fold->busy: its slice ended before that, ask again without a reply. */
enum vb_code vb_walk_script_next(struct vb_fold *fold, const struct vb_value *reply,
                                 struct vb_place *place, bool *more, struct vb_err *err);

#endif
