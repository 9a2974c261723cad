/* session.h - one person's run through an instrument: answers in, durable events out.
 *
 * A runner looks at the view and calls one verb. The verb checks, hands the event to the store and
 * moves on only after the commit; then it calls done. Until done was called the view stays and
 * another verb is refused (one append in flight a session). One thread, the loop's. */
#ifndef VB_SESSION_H
#define VB_SESSION_H

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "kinds/kind.h"
#include "loop/turns.h"
#include "session/fold.h"
#include "store/store.h"

struct vb_session;
struct vb_env { /* what main hands to everybody; borrowed for as long as they live */
    struct vb_clock clock;
    struct vb_random random;
    const struct vb_log *log;
    struct vb_sandbox_options sandbox;
    /* Who uses it and for whom, for the audit. by NULL: nobody to name (tests, previews), so that
     * somebody comes to a session is no row; on_behalf NULL: for nobody else. */
    const char *by, *on_behalf;
    struct vb_turns *turns; /* flows run by turns on this loop; NULL: each to its end at once */
};

/* done: code VB_OK after the commit. ctx is the caller's. */
typedef void vb_session_done(void *ctx, enum vb_code code, const struct vb_err *err);

/* A session row that exists in the store, and its events: replayed. store and env are borrowed. */
enum vb_code vb_session_load(struct vb_session **out, struct vb_store *store,
                             const struct vb_env *env, struct vb_plan *plan, const char *id,
                             struct vb_err *err);
/* A new one, nothing written: the round writes row and opened event in its own commit (or, with
 * store NULL, nothing is ever written). opened is copied. */
enum vb_code vb_session_begin(struct vb_session **out, struct vb_store *store,
                              const struct vb_env *env, struct vb_plan *plan, const char *id,
                              const struct vb_opened *opened, struct vb_err *err);
/* The same object for the next person of the same plan, as after begin; its memory is kept. */
enum vb_code vb_session_rebegin(struct vb_session *session, const char *id,
                                const struct vb_opened *opened, struct vb_err *err);
/* NULL is fine. An append that the store has is still finished, and done is not called for it: the
 * store must outlive it. An answer whose flow is still busy is given up; it was never acknowledged.
 */
void vb_session_destroy(struct vb_session *session);

/* Nobody is at it: everything but a handle of 64 bytes goes; its log is in the store (which it must
 * have). No append may be in flight. Only its id, wake and destroy may be used then. */
void vb_session_evict(struct vb_session *session);
/* Reads the log again: the session stands where it stood. Errors of the store; it sleeps on then.
 */
enum vb_code vb_session_wake(struct vb_session *session, struct vb_err *err);

bool vb_session_asleep(const struct vb_session *session); /* evicted, and not woken since */

/* A verb or a round's commit is on its way: other verbs are VB_E_BUSY, and what a round shows or
 * rests on is what was there before. */
bool vb_session_in_flight(const struct vb_session *session);

struct vb_store *vb_session_store(const struct vb_session *session); /* where it lies; NULL: none */
const char *vb_session_id(const struct vb_session *session);
const struct vb_fold *vb_session_fold(const struct vb_session *session);
const struct vb_view *vb_session_view(const struct vb_session *session);
enum vb_session_state vb_session_state(const struct vb_session *session);

/* Its script failed or ran out of fuel: what was answered is kept, and every verb but stop says
 * this. NULL: it goes on. */
const struct vb_err *vb_session_parked(const struct vb_session *session);

/* With turns a flow may still be on its way to the next question: the view is at VB_AT_NOTHING, and
 * every verb but stop is VB_E_BUSY. */
bool vb_session_busy(const struct vb_session *session);
/* Calls done when the view stands: at once, or at the end of a later turn; with the error when the
 * flow failed on the way. One at a time. */
void vb_session_ready(struct vb_session *session, vb_session_done *done, void *ctx);
/* Somebody waits for that. A verb that ends what was on its way ends the waiting too, untold. */
bool vb_session_awaited(const struct vb_session *session);

/* The verbs. after: the seq the runner saw (view->seq). answer_id: the runner's own, so that a
 * resend is harmless; NULL: one is made. A refused value calls done with VB_E_DATA and stores
 * nothing; *refusal (may be NULL) says which. An after that is not the last seq is VB_E_CONFLICT,
 * unless answer_id was taken at that place: then VB_OK again. */
void vb_session_answer(struct vb_session *session, int64_t after, const char *answer_id,
                       const struct vb_value *value, enum vb_refusal *refusal,
                       vb_session_done *done, void *ctx);
/* The same with the input method, "pointer", "keyboard" or "buttons" (vb_input_method), which is
 * kept with the event; NULL: not said. */
void vb_session_answer_by(struct vb_session *session, int64_t after, const char *answer_id,
                          const struct vb_value *value, const char *by, enum vb_refusal *refusal,
                          vb_session_done *done, void *ctx);
void vb_session_back(struct vb_session *session, int64_t after, vb_session_done *done, void *ctx);
/* At the overview: another value for something on the path. The walk goes again from the start with
 * what was kept; items that come new are asked, items that fall away leave the path. */
void vb_session_change(struct vb_session *session, int64_t after, int item, int member,
                       const struct vb_value *value, enum vb_refusal *refusal,
                       vb_session_done *done, void *ctx);
void vb_session_change_by(struct vb_session *session, int64_t after, int item, int member,
                          const struct vb_value *value, const char *by, enum vb_refusal *refusal,
                          vb_session_done *done, void *ctx);
void vb_session_hold(struct vb_session *session, int64_t after, int item, int member, bool on,
                     vb_session_done *done, void *ctx);
/* What was done with an agreement of last time: the one that waits (view->agreement), or at the
 * overview any of them, said anew. NONE passes it over. */
void vb_session_follow(struct vb_session *session, int64_t after, const char *answer_id,
                       int agreement, enum vb_followed followed, vb_session_done *done, void *ctx);
void vb_session_hold_followed(struct vb_session *session, int64_t after, int agreement, bool on,
                              vb_session_done *done, void *ctx);
void vb_session_share(struct vb_session *session, int64_t after, const struct vb_sharing *sharing,
                      vb_session_done *done, void *ctx);
struct vb_stay { /* an answer that stays with who gave it, or with item -1 what was said of an
                    agreement */
    int item, member, agreement;
};
/* A yes to all the others: these, each on the path or an agreement of this session, are held back
 * as vb_session_hold does, in the same commit and in front of it. stays is copied. */
void vb_session_share_part(struct vb_session *session, int64_t after,
                           const struct vb_sharing *sharing, const struct vb_stay *stays, int count,
                           vb_session_done *done, void *ctx);
/* After the yes: may the worker of this round see what this person shared with an earlier one?
 * Whether there is anything of the kind is not looked at here (session/before.h). */
void vb_session_show_earlier(struct vb_session *session, int64_t after, bool on,
                             vb_session_done *done, void *ctx);
void vb_session_stop(struct vb_session *session, int64_t after, vb_session_done *done, void *ctx);

/* An image given for this item: commits the blob, with the day its key is destroyed, and gives the
 * value that names it. An item that keeps none stores nothing, and the value says only that there
 * is one: {"paper": true}. The same picture as one that was erased is kept under another name. Of
 * an item that lets the person choose (VB_KEEP_ASK) give a copy with that choice in it. Call before
 * answer or change. */
enum vb_code vb_session_keep_image(struct vb_session *session, const struct vb_item *item,
                                   const void *bytes, size_t len, struct vb_arena *arena,
                                   struct vb_value *out, struct vb_err *err);
/* Erases the images of this session that no answer names any more: another was drawn since, or it
 * is not to be kept after all. Before sharing. */
enum vb_code vb_session_drop_images(struct vb_session *session, struct vb_err *err);

#endif
