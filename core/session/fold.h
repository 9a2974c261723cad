/* fold.h - the state of a session: the fold of its events, and the walk that says what comes next.
 *
 * Pure but for the Lua of a scripted flow: no store, no clock. The same events always give the same
 * state. A fold owns copies of what its events hold. One thread. */
#ifndef VB_FOLD_H
#define VB_FOLD_H

#include "data/event.h"
#include "data/instrument.h"
#include "script/sandbox.h"

enum vb_at {
    VB_AT_NOTHING,  /* not opened yet */
    VB_AT_LAST,     /* an agreement of last time waits: what was done with it? */
    VB_AT_ITEM,     /* an item waits for its answer */
    VB_AT_OVERVIEW, /* own answers: change, hold back, share or not */
    VB_AT_SHARED,
    VB_AT_STOPPED,
    VB_AT_WITHDRAWN,
};
struct vb_place { /* one step on the path */
    int item, member;
};
struct vb_view { /* what a runner shows now; pointers live until the next apply */
    enum vb_at at;
    int64_t seq;                    /* of the last event */
    int agreement;                  /* AT_LAST: number from 0, as the round knows them */
    enum vb_followed followed;      /* AT_LAST: what was said of it before a back, NONE */
    const struct vb_item *item;     /* AT_ITEM */
    int member;                     /* roster index, -1 */
    const struct vb_value *offered; /* shown pre-filled: the value it had before a back; or NULL */
    const char *const *says;        /* messages that come before it, unfilled texts */
    int say_count;
    bool can_back;
    bool stands; /* it is being corrected: what was shared stands until it is shared again */
};

struct vb_fold;
/* plan is kept (referenced) until destroy. */
struct vb_fold *vb_fold_create(struct vb_plan *plan, const struct vb_sandbox_options *options);
void vb_fold_destroy(struct vb_fold *fold); /* NULL is fine */
/* Empties it for another session of the same plan; memory is kept. */
void vb_fold_reset(struct vb_fold *fold);

/* Would this event be allowed now? VB_E_CONFLICT (wrong seq), VB_E_DATA with a sentence (answer to
 * another item, back at the start, share before the end). Changes nothing. */
enum vb_code vb_fold_check(const struct vb_fold *fold, const struct vb_event *event,
                           struct vb_err *err);
/* Takes the event in. On VB_E_SCRIPT or VB_E_LIMIT from a flow the event is in, and the session is
 * parked: the view stays where it was and every further apply says so, but for STOPPED and
 * WITHDRAWN: nobody has to stay. */
enum vb_code vb_fold_apply(struct vb_fold *fold, const struct vb_event *event, struct vb_err *err);

/* From the next apply on a flow runs for about so long (ns, 0: to its next question) and then stops
 * in mid-run: apply gives VB_OK, the event is in, the fold is busy and its view at VB_AT_NOTHING
 * until enough vb_fold_go_on. A busy fold takes only STOPPED and WITHDRAWN. Which slices a flow ran
 * in changes nothing about where it comes to. */
void vb_fold_slice(struct vb_fold *fold, int64_t slice_ns);
bool vb_fold_busy(const struct vb_fold *fold);
/* One more slice; returns as apply does. */
enum vb_code vb_fold_go_on(struct vb_fold *fold, struct vb_err *err);

/* From here on something of the log may be missing: it was about somebody who was erased. An event
 * that does not fit where the walk stands is made to fit by walking anew, past what was not
 * answered, and is dropped when it fits nowhere; never does an answer come under another question.
 * ERASED events are taken in, for their seq. vb_fold_check stays as it is: what comes anew must
 * fit. */
void vb_fold_expect_gaps(struct vb_fold *fold);
bool vb_fold_has_gaps(const struct vb_fold *fold); /* expected, or erased as a whole */
/* In the place of the first event (opened's, seq 1) of a log that was erased as a whole: it stands
 * as withdrawn, and only ERASED follows. opened: who it was, in which role; of this plan. */
void vb_fold_open_erased(struct vb_fold *fold, const struct vb_opened *opened);

const struct vb_err *vb_fold_parked(const struct vb_fold *fold); /* NULL: it is not */

const struct vb_view *vb_fold_view(const struct vb_fold *fold);
struct vb_plan *vb_fold_plan(const struct vb_fold *fold);
const struct vb_opened *vb_fold_opened(const struct vb_fold *fold); /* NULL before */
const struct vb_member *vb_fold_members(const struct vb_fold *fold, int *count);
int vb_fold_self(const struct vb_fold *fold); /* the person's own place in the roster, -1 */
int vb_fold_role(const struct vb_fold *fold); /* plan role index */
int vb_fold_format(const struct vb_fold *fold);
const struct vb_sharing *vb_fold_sharing(const struct vb_fold *fold); /* NULL: not shared */
/* Up to where the log is on the table: the seq of the last yes while that stands (shared, or being
 * corrected), else, and in the session of everybody together, that of the last event. */
int64_t vb_fold_standing(const struct vb_fold *fold);
int64_t vb_fold_first_yes(const struct vb_fold *fold); /* seq of the first yes, 0: never */

/* Answers that were given and are not on the path, as a yes lists them: of a flow about members
 * only, else none. In arena. */
const struct vb_left *vb_fold_left(const struct vb_fold *fold, struct vb_arena *arena, int *count);
/* Every value on the path, by vb_plan_slot; NONE where it is not on the path. Held ones included.
 */
const struct vb_value *vb_fold_values(const struct vb_fold *fold);
/* Does this person's session have the item, about this member (-1: not per member)? Role, form,
 * variant, includes, stage and who left decide, and of a member its own role and form; conditions
 * do not. */
bool vb_fold_asks(const struct vb_fold *fold, int item, int member);
bool vb_fold_held(const struct vb_fold *fold, int item, int member);
/* Seq of the event that gave what stands there, or is offered; 0: nothing was given. */
int64_t vb_fold_given_at(const struct vb_fold *fold, int item, int member);
int64_t vb_fold_followed_at(const struct vb_fold *fold, int agreement);
const struct vb_place *vb_fold_path(const struct vb_fold *fold, int *count);

/* What the person said of each of opened's last agreements; NONE: nothing, or not asked yet. */
enum vb_followed vb_fold_followed(const struct vb_fold *fold, int agreement);
bool vb_fold_followed_held(const struct vb_fold *fold, int agreement);
/* What was written down after the talk, in the session of everybody together, and where it stands
 * (seq may be NULL); NULL: nothing. */
const struct vb_talk_record *vb_fold_talk(const struct vb_fold *fold, int64_t *seq);

/* A leaf of a condition on this item (no ALL, ANY or NEITHER), by itself: false when no value is
 * given. */
bool vb_leaf_holds(const struct vb_item *item, const struct vb_cond *leaf,
                   const struct vb_value *value);

/* The policy of the round's variant, else of the instrument. */
const struct vb_policy *vb_fold_policy(const struct vb_fold *fold);

#endif
