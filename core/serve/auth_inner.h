/* auth_inner.h - what the files of auth.h share: auth.c (accounts, cases), auth_who.c (cookies, who
 * asks), auth_try.c (hashing, limits), auth_seat.c (invitations, seats), auth_own.c (staff's own
 * seats), auth_whose.c (cases, rounds), auth_park.c (hand-over); and api_signin.c. Room serve, and
 * its tests. */
#ifndef VB_AUTH_INNER_H
#define VB_AUTH_INNER_H

#include "loop/worker.h"
#include "serve/account.h"
#include "serve/auth.h"
#include "serve/invite.h"
#include "serve/limit.h"
#include "serve/token.h"

#define VB_COOKIE_SEAT  "verbond-seat"
#define VB_COOKIE_STAFF "verbond-staff"
enum {
    VB_IDLE_MS = 30 * 60 * 1000,        /* staff who do nothing for so long are signed out */
    VB_SIGNED_IN_MS = 12 * 3600 * 1000, /* and after so long in any case */
    VB_SEEN_EVERY_MS = 5 * 60 * 1000,   /* that they were seen is written down so often */
    VB_FORGET_EVERY_MS = 24 * 3600 * 1000,
    VB_CODES_MOST = 5, /* wrong hand-over codes, then the password */
    VB_KNOWN_WAYS = 4, /* tokens that are remembered: so many of each set */
    VB_KNOWN = 1024 * VB_KNOWN_WAYS,
    VB_TRIES_WAITING = 200 /* passwords that may wait to be hashed */
};

struct vb_known { /* a token that was read */
    char hash[VB_TOKEN_HASH_SIZE];
    uint64_t used; /* the count of lookups when it was asked for last */
    struct vb_arena arena;
    struct vb_token token;
    uint32_t roles;           /* of its staff, 0 when the account is disabled */
    char csrf[VB_TOKEN_SIZE]; /* what its pages carry; "": nobody came with it yet */
    const char *case_id;      /* of a seat's round; NULL: none */
};
struct vb_auth {
    const struct vb_house *house; /* borrowed */
    struct vb_inviting in;
    struct vb_limits *limits;
    struct vb_worker *worker;
    struct hashing *line;   /* auth_try.c: the first is with the worker, the rest waits */
    int waiting;            /* how many stand in it */
    unsigned hashed;        /* since the start: what was hashed or tried there */
    struct vb_known *known; /* VB_KNOWN of them, by the beginning of the hash */
    uint64_t lookups;
    unsigned read;               /* tokens that were asked of the store, since the start */
    struct vb_store_watch watch; /* what is written of them makes them forgotten */
    struct vb_passing *passing;  /* seats that no store has */
    bool forgot; /* what is old was, at forgot_ms of the clock that never goes back */
    int64_t forgot_ms;
};

int64_t vb_auth_now(const struct vb_auth *auth);  /* wall, ms */
int64_t vb_auth_mono(const struct vb_auth *auth); /* ms */
/* Tokens that ended a month ago are of no use to anybody: they go, once in VB_FORGET_EVERY_MS. Said
 * at the start and by every sign-in. */
enum vb_code vb_auth_forget_old(struct vb_auth *auth, struct vb_err *err);

/* -- auth_who.c -- */

/* The cookie of that kind, or NULL; in the exchange's arena. */
const char *vb_auth_cookie(const struct vb_exchange *exchange, enum vb_who_kind kind);
/* The row that cookie stands for, when it lets in: NULL when not. Borrowed until the next call. */
const struct vb_known *vb_auth_find(struct vb_auth *auth, struct vb_exchange *exchange,
                                    enum vb_who_kind kind);
/* A token by its hash, whatever it lets do now; NULL: there is none. Borrowed until two others were
 * asked for. */
struct vb_known *vb_auth_know(struct vb_auth *auth, const struct vb_serve *serve, const char *hash);
/* Is the account of this sign-in open, its time not gone, and its browser not idle? */
bool vb_auth_is_signed_in(const struct vb_auth *auth, const struct vb_known *sign_in);
/* They are seen, which is written down now and then. */
void vb_auth_see(struct vb_auth *auth, struct vb_known *sign_in);
/* A token that is remembered, by its hash; NULL: it is not. */
const struct vb_known *vb_auth_known(struct vb_auth *auth, const char *hash);
/* What was written makes that forgotten which it may have changed. A store's watch, so no verb has
 * to think of it. */
void vb_auth_wrote(void *ctx, const struct vb_change *changes, size_t count);
void vb_auth_forget_all(struct vb_auth *auth);
/* The token of the exchange's own cookie, as the store has it now. VB_E_ABSENT. */
enum vb_code vb_auth_own(struct vb_auth *auth, struct vb_exchange *exchange, enum vb_who_kind kind,
                         struct vb_token *out, struct vb_err *err);

/* -- auth_try.c -- */

enum vb_code vb_auth_try_create(struct vb_auth *auth, struct vb_err *err);
/* As vb_auth_hash, of a short code that was read: hash is that of the store, NULL when there was no
 * memory. */
void vb_auth_hash_code(struct vb_auth *auth, const char *code, const char *salt,
                       vb_auth_hashed *done, void *ctx);
void vb_auth_give_back(struct vb_auth *auth, const char *kind, const char *key);

/* -- auth_seat.c -- */

/* A seat by an invitation that was found. The reply gets the cookie, who is filled in. */
enum vb_code vb_auth_follow(struct vb_auth *auth, struct vb_exchange *exchange,
                            const struct vb_token *invitation, struct vb_err *err);
/* Adds to changes (room for one) the end of this browser's token of that kind, when it has one. A
 * seat in memory is over at once. */
size_t vb_auth_end_here(struct vb_auth *auth, struct vb_exchange *exchange, enum vb_who_kind kind,
                        struct vb_change *changes);
/* Once that is durable: the reply takes the cookie away, when there is one. */
void vb_auth_take_cookie(struct vb_exchange *exchange, enum vb_who_kind kind);

/* -- auth_own.c -- */

/* Did a member of staff take this seat themselves? */
bool vb_auth_is_own(const struct vb_token *seat);
/* The sign-in behind such a seat, when it still holds: NULL when not. Borrowed as that of
 * vb_auth_know. */
struct vb_known *vb_auth_own_sign_in(struct vb_auth *auth, const struct vb_serve *serve,
                                     const struct vb_known *seat);

/* -- auth_sight.c -- */

/* Two seats of one person at one round? */
bool vb_auth_same_person(const struct vb_token *a, const struct vb_token *b);

/* -- auth_passing.c: of rounds of which nothing is written down -- */

/* A seat in memory, at a round at hand, of that case. token: what its cookie says. */
const struct vb_known *vb_passing_sit(struct vb_auth *auth, const struct vb_token *seat,
                                      const char *case_id, char token[VB_TOKEN_SIZE]);
/* NULL: none, or its round is gone. */
struct vb_known *vb_passing_find(struct vb_auth *auth, const struct vb_serve *serve,
                                 const char *hash);
bool vb_passing_end(struct vb_auth *auth, const char *hash); /* false: there is none */
/* As vb_auth_take_over. */
void vb_passing_take_over(struct vb_auth *auth, const char *hash, int64_t last);
void vb_passing_end_all(struct vb_auth *auth);

/* -- auth_park.c -- */

/* Where a parked browser stands: "with_person", or "locked" when no seat is open here or its person
 * is done. */
const char *vb_auth_handed_state(struct vb_auth *auth, struct vb_exchange *exchange);

#endif
