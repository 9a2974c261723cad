/* seat.h - one person at one round, as the routes of a turn see them. Room serve only.
 *
 *      open --> await the session --> a verb --> its done --> reply: the step, whoever waits goes
 * on, the round is let go
 *
 * A seat lies in its exchange's arena and holds the round until one of the replies, which is the
 * last that touches either. One thread. */
#ifndef VB_SEAT_H
#define VB_SEAT_H

#include "serve/live.h"
#include "serve/serve.h"

#define VB_SEAT_TOGETHER                                                                           \
    "together" /* the role of a seat for what is asked of everybody at once                        \
                */

struct vb_seat {
    struct vb_exchange *exchange;
    struct vb_live *live;
    const struct vb_house *house;
    struct vb_round *round;
    struct vb_session *session; /* NULL: not begun */
    const char *language;       /* what is said to them is in this one */
    int64_t after;              /* of a verb: what the page saw */
    const char *sight;          /* what may be read again: sight.h */
    bool writes;                /* what is asked for changes the session */
    bool for_anybody;           /* what is written of it is kept for other seats: step_kept.h */
    enum vb_refusal refusal;    /* of a verb: why a value was refused */
    void (*go)(struct vb_seat *seat);
};

/* The seat of whoever asks, or NULL: it was refused (no such round, a tablet that is locked, the
 * own turn of somebody else, or of staff a round that was released before it was theirs). */
struct vb_seat *vb_seat_open(struct vb_exchange *exchange);
/* Runs go as soon as the session stands still; not begun counts as that. What a handler does last:
 * a reply that is not there then comes later. */
void vb_seat_await(struct vb_seat *seat, void (*go)(struct vb_seat *seat));

/* The same of a handler that needs a session: not begun, and a round that ended, are refused. */
void vb_seat_begun(struct vb_exchange *exchange, void (*go)(struct vb_seat *seat));

/* And of one that leaves: nobody has to wait for a flow that goes on and on. */
void vb_seat_leaving(struct vb_exchange *exchange, void (*go)(struct vb_seat *seat));

/* -- replies, each of which lets go -- */
void vb_seat_reply(struct vb_seat *seat, int status, const struct vb_buf *json);
void vb_seat_reply_bytes(struct vb_seat *seat, const char *type, const void *bytes, size_t len);
void vb_seat_refuse(struct vb_seat *seat, int status, const char *code, const char *field,
                    const char *message);
void vb_seat_reply_code(struct vb_seat *seat, enum vb_code code, const struct vb_err *err);
/* What GET /turn says. */
void vb_seat_reply_turn(struct vb_seat *seat);
/* Where the session stands. */
void vb_seat_reply_step(struct vb_seat *seat);
/* 409 with it, because the page saw something else. */
void vb_seat_reply_conflict(struct vb_seat *seat);

/* A vb_session_done whose ctx is the seat: the step, or why not. */
void vb_seat_done(void *ctx, enum vb_code code, const struct vb_err *err);
/* 422 in the person's language. */
void vb_seat_refuse_value(struct vb_seat *seat, enum vb_refusal refusal);

/* After a verb: whoever is at the same session elsewhere hears of it, and when the person is ready
 * the round is settled. */
void vb_seat_moved(struct vb_seat *seat);
void vb_seat_settle(struct vb_seat *seat);

/* The two halves of that: whoever is at the same session elsewhere hears where it stands; staff and
 * all seats hear of the round, what is due goes out, and a round that was open and has ended ends
 * its invitations. */
void vb_seat_tell_step(struct vb_seat *seat);
void vb_seat_tell_round(struct vb_seat *seat, bool was_open);

/* -- looking -- */
/* A role that a member of staff may take themselves: the professional's, a convenor's. */
bool vb_seat_is_staffs(const struct vb_plan *plan, const char *role);
/* Is this session nobody's own turn but that of this member of staff (NULL: of none of them)? A
 * role that is not staff's, what is asked together, and one that was not begun, are nobody's. */
enum vb_code vb_seat_is_free(const struct vb_round *round, const struct vb_session *session,
                             const char *role, const char *staff, bool *free, struct vb_err *err);
/* What they shared stands on the newest sheet and may be mended. */
bool vb_seat_may_correct(struct vb_round *round, const struct vb_session *session);
/* They gave something that is theirs to take back. */
bool vb_seat_may_withdraw(const struct vb_round *round, const struct vb_session *session);
/* Their session, or NULL. */
struct vb_session *vb_seat_find(struct vb_round *round, const char *role, const char *label);
/* "opening", "asking", "overview", "shared", "stopped", "withdrawn", "failed" or "over". */
const char *vb_seat_state(const struct vb_round *round, const struct vb_session *session);
/* Does an answer, or what was said of an agreement, show here? One that was given before, at
 * another browser, may be changed, held back and left as it is, and not read. */
bool vb_seat_sees(const struct vb_seat *seat, int item, int member);
bool vb_seat_sees_followed(const struct vb_seat *seat, int agreement);
/* Is there one that does not? */
bool vb_seat_is_blind(const struct vb_seat *seat);
/* What a yes that is said here holds back: all that does not show. In the exchange's arena. */
const struct vb_stay *vb_seat_stays(const struct vb_seat *seat, int *count);
/* It begins to write: vb_auth_take_over. */
enum vb_code vb_seat_take_over(struct vb_seat *seat, struct vb_err *err);
bool vb_seat_is_done(const struct vb_session *session); /* shared, stopped or withdrawn */
/* Is there a sheet that shows what this person gave? */
bool vb_seat_has_sheet(struct vb_round *round, const struct vb_session *session);

#endif
