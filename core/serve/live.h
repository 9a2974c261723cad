/* live.h - the rounds that somebody is at, and who hears of them.
 *
 * One object a round in this process: every runner of it goes through here, so that all see the
 * same commits. Rounds nobody came to for a while are put away (their sessions are in the store).
 * The loop's thread. */
#ifndef VB_LIVE_H
#define VB_LIVE_H

#include "serve/exchange.h"
#include "session/round.h"

struct vb_live;
struct vb_house;
enum vb_code vb_live_create(struct vb_live **out, const struct vb_house *house, struct vb_err *err);
void vb_live_destroy(struct vb_live *live); /* NULL is fine */

/* Puts away what nobody came to: sessions sleep after VB_LIVE_REST_MS, rounds that are in the store
 * go after VB_LIVE_KEEP_MS. A timer does it; tests do it themselves. */
enum {
    VB_LIVE_REST_MS = 60 * 1000,
    VB_LIVE_KEEP_MS = 15 * 60 * 1000,
    VB_LIVE_PASSING_MS = 12 * 3600 * 1000
};
void vb_live_tidy(struct vb_live *live);

/* The round by its whole id, read from the store when it is not here. Borrowed until the handler
 * returns; by a handler that goes on later, until its vb_live_release. VB_E_ABSENT. */
enum vb_code vb_live_round(struct vb_live *live, const char *round, struct vb_round **out,
                           struct vb_err *err);
void vb_live_hold(struct vb_live *live, struct vb_round *round);
void vb_live_release(struct vb_live *live, struct vb_round *round);
/* Is it here and nowhere else: a round of which nothing is written down? It goes when nobody came
 * to it for VB_LIVE_PASSING_MS. */
bool vb_live_is_passing(struct vb_live *live, const char *round);
/* All such rounds, the newest first, for their row and plan: that is no coming to them. Borrowed as
 * vb_live_round; the list is in arena. */
struct vb_round **vb_live_passing(struct vb_live *live, struct vb_arena *arena, size_t *count);
/* A new one was written down: from here on it is this object. */
void vb_live_adopt(struct vb_live *live, struct vb_round *round);
/* It was erased, or changed by other means: read again when it is asked for. */
void vb_live_forget(struct vb_live *live, const char *round);

/* Did this browser (the hash of its token) come to the round since that is at hand? It comes once
 * its row of the audit is there. */
bool vb_live_came(struct vb_live *live, const struct vb_round *round, const char *token);
void vb_live_comes(struct vb_live *live, const struct vb_round *round, const char *token);

/* Runs still(ctx) as soon as no answer of this session is on its way and its flow has arrived: at
 * once, or later on the loop. The round is held until then. */
void vb_live_await(struct vb_live *live, struct vb_round *round, struct vb_session *session,
                   void (*still)(void *ctx), void *ctx);
/* A verb of this session is done: whoever awaits it goes on. Said by every done. */
void vb_live_arrived(struct vb_live *live, struct vb_session *session);

/* Open pages of one person, or of one of the staff: who opens more is refused with 429, since a
 * stream is a connection that nobody else has. */
enum { VB_LIVE_STREAMS_EACH = 16 };
/* Streams that hear of a round: seats hear of their own step and of the state, staff hear who is
 * ready and nothing more. seat: NULL for staff; else the exchange is a seat's, and who it is says
 * which. */
void vb_live_listen(struct vb_live *live, const char *round, const char *seat,
                    struct vb_exchange *exchange);
/* May they open one more? Else it was refused with 429; vb_live_listen asks it too. */
bool vb_live_has_room(struct vb_live *live, const char *round, const char *seat,
                      struct vb_exchange *exchange);
/* A seat that no store has is over: its streams end. All others end by what is written of their
 * token, account or round, and are asked before each event whether they may still hear. */
void vb_live_end_token(struct vb_live *live, const char *token);
/* Tells staff and seats that the round's state or who is ready changed: "ready" {"persons":
 * [{"person", "role", "label", "ready"}]} and "state" {"state"} for staff, "state" {"state",
 * "sheet"} for seats. */
void vb_live_tell_round(struct vb_live *live, struct vb_round *round);
/* Tells the other tabs of one person that its session moved on to seq. */
void vb_live_tell_step(struct vb_live *live, const char *round, const char *role, const char *label,
                       int64_t seq);

struct vb_live_counts { /* for metrics */
    int rounds, sessions, streams;
};
struct vb_live_counts vb_live_counts(const struct vb_live *live);

#endif
