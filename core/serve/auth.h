/* auth.h - tokens, accounts, codes: who somebody is, and how often somebody else may guess.
 *
 * A token is 32 random bytes; the store keeps only its hash. There are tokens for staff (a
 * signed-in browser), for invitations and for seats (the browser of a person who came by one).
 * Seats and signed-in browsers outlive a restart. Passwords and hand-over codes are argon2id
 * hashes, made and tried on a worker. The loop's thread. */
#ifndef VB_AUTH_H
#define VB_AUTH_H

#include "serve/exchange.h"
#include "serve/serve.h"

struct vb_auth;
struct vb_case_row;
enum vb_code vb_auth_create(struct vb_auth **out, const struct vb_house *house, struct vb_err *err);
void vb_auth_destroy(struct vb_auth *auth); /* NULL is fine */

/* Says who asks, from the cookies: fills exchange->who. A token that is over, withdrawn or of a
 * closed round is nobody. audience: VB_SEAT or VB_STAFF; only that cookie is looked at. */
void vb_auth_who(struct vb_auth *auth, struct vb_exchange *exchange, enum vb_who_kind audience);
/* For what stays open behind a reply: would who asked then be let in now, as who they were? Not
 * when their token is over, past its time or parked, its round closed, or the account has other
 * roles. Read: kind, token, roles. */
bool vb_auth_still(struct vb_auth *auth, const struct vb_serve *serve, const struct vb_who *who);
/* Does a changing request carry the token of its cookie, and come from a page of ours
 * (Origin, Sec-Fetch-Site)? Else it was refused with 403. */
bool vb_auth_same_site(struct vb_auth *auth, struct vb_exchange *exchange);
/* Is this key (an address, an account, a code) still allowed to try? Else it was refused with 429
 * and Retry-After. Tries are counted in memory and fade. */
bool vb_auth_may_try(struct vb_auth *auth, struct vb_exchange *exchange, const char *kind,
                     const char *key);
/* The same of several, all or none: what is refused by one of them costs no try of another. Refused
 * too while VB_TRIES_WAITING wait to be hashed, also when no try is counted (count 0). */
struct vb_try {
    const char *kind, *key; /* key: NULL is "" */
};
bool vb_auth_may_try_each(struct vb_auth *auth, struct vb_exchange *exchange,
                          const struct vb_try *tries, size_t count);

struct vb_invitation {
    const char *id; /* what staff withdraw it by: a prefix of the hash. Read only */
    const char *round, *role, *label, *language; /* label, language may be NULL */
    int64_t until_wall_ms;                       /* 0: seven days */
    const char *by;                              /* for the audit; NULL: who runs the program */
};
enum { VB_SHORT_CODE_SIZE = 12 }; /* "K7MQ-2XWD": 8 letters and digits, and a NUL */
/* token and code open the same seat. One commit with its row of the audit. VB_E_ABSENT: no such
 * round; VB_E_BUSY: it was closed or erased; VB_E_DATA: role or label. */
enum vb_code vb_auth_invite(struct vb_auth *auth, const struct vb_invitation *invitation,
                            char token[VB_TOKEN_SIZE], char code[VB_SHORT_CODE_SIZE],
                            struct vb_err *err);
/* Those of a round that still open something, without their tokens. In arena. */
enum vb_code vb_auth_invitations(struct vb_auth *auth, const char *round, struct vb_arena *arena,
                                 struct vb_invitation **out, int *count, struct vb_err *err);
/* With the seats that were opened by it; a row of the audit. VB_E_ABSENT. */
enum vb_code vb_auth_withdraw(struct vb_auth *auth, const char *round, const char *id,
                              const char *by, struct vb_err *err);
/* The round ended for respondents (closed, withdrawn, erased, or released and nobody may come
 * late): its invitations and seats open nothing any more. */
enum vb_code vb_auth_end_round(struct vb_auth *auth, const char *round, struct vb_err *err);
/* A seat at this browser for one person of a round, without an invitation: the hand-over, or who
 * asks themselves. The latter, and what is asked together, is as good as the sign-in it was taken
 * with, and no longer than the round is theirs. The reply gets the cookie. person: round, role,
 * label, language are read. */
enum vb_code vb_auth_seat(struct vb_auth *auth, struct vb_exchange *exchange,
                          const struct vb_invitation *person, bool handed, struct vb_err *err);
/* The seat at this browser is over: its row and its cookie go, the session stays. */
enum vb_code vb_auth_leave(struct vb_auth *auth, struct vb_exchange *exchange, struct vb_err *err);

/* -- what this seat may read again (sight.h), and who asks is a seat -- */
/* In the exchange's arena; NULL: nothing. */
const char *vb_auth_sight(struct vb_auth *auth, struct vb_exchange *exchange);
/* From the event behind last on it is this browser that writes, and none of the person's others:
 * what these gave is not shown here. One commit, none when it is so already. */
enum vb_code vb_auth_take_over(struct vb_auth *auth, struct vb_exchange *exchange, int64_t last,
                               struct vb_err *err);
/* A code, by its hash, that gives another browser this one's sight up to last, by a seat of its own
 * or by vb_auth_open_eyes. Only the last one made here is good. */
enum vb_code vb_auth_own_code(struct vb_auth *auth, struct vb_exchange *exchange, const char *hash,
                              int64_t last, struct vb_err *err);
/* With a row of the audit. VB_E_ABSENT: it is no such code, or somebody else's. */
enum vb_code vb_auth_open_eyes(struct vb_auth *auth, struct vb_exchange *exchange, const char *hash,
                               struct vb_err *err);

/* From here on this browser's staff cookie hears nothing but the code; code_hash: argon2id.
 * VB_E_BUSY: it is so already. */
enum vb_code vb_auth_park(struct vb_auth *auth, struct vb_exchange *exchange, const char *round,
                          const char *code_hash, struct vb_err *err);
/* The code fitted: staff again, and the seat at this browser is over (its cookie goes). */
enum vb_code vb_auth_unpark(struct vb_auth *auth, struct vb_exchange *exchange, struct vb_err *err);
struct vb_parked { /* in the exchange's arena */
    const char *round, *code_hash;
    int left; /* wrong codes that are still heard; 0: only signing in with the password helps */
};
/* What this browser waits for; false: it is not parked. */
bool vb_auth_parked(struct vb_auth *auth, struct vb_exchange *exchange, struct vb_parked *out);
/* The hash of the code that this browser was handed over with before, in the exchange's arena: it
 * may be handed to the next person with that one. NULL: it never was, or is handed over now. */
const char *vb_auth_last_code(struct vb_auth *auth, struct vb_exchange *exchange);
/* The code did not fit: one less is left. Commits, so that a restart gives none back. */
enum vb_code vb_auth_wrong_code(struct vb_auth *auth, struct vb_exchange *exchange,
                                struct vb_err *err);

/* Closes an account; its sign-ins end at once. One commit with its row of the audit, by
 * exchange->who.name. VB_E_ABSENT. */
enum vb_code vb_auth_disable(struct vb_auth *auth, struct vb_exchange *exchange, const char *name,
                             struct vb_err *err);
/* Hashes or tries a password or code off the loop; done runs on it. hash as crypto_pwhash_str
 * writes it. */
typedef void vb_auth_hashed(void *ctx, const char *hash, bool fits);
void vb_auth_hash(struct vb_auth *auth, const char *secret, vb_auth_hashed *done, void *ctx);
void vb_auth_try(struct vb_auth *auth, const char *secret, const char *hash, vb_auth_hashed *done,
                 void *ctx);

/* May this member of staff see this case: is it theirs now? */
enum vb_code vb_auth_has_case(struct vb_auth *auth, const char *staff, const char *case_id,
                              bool *has, struct vb_err *err);
/* From when on; INT64_MAX: it is not, 0: always, since no other of the staff had it before. */
enum vb_code vb_auth_since(struct vb_auth *auth, const char *staff, const char *case_id,
                           int64_t *from_wall_ms, struct vb_err *err);
/* Is this round theirs now: by its case (NULL: none), and without one by who began it? */
enum vb_code vb_auth_keeps(struct vb_auth *auth, const char *staff, const char *round,
                           const char *case_id, bool *keeps, struct vb_err *err);
/* They begin this round, which has no case: said before it is written down, so that none is
 * nobody's. Durable. */
enum vb_code vb_auth_keep(struct vb_auth *auth, const char *staff, const char *round,
                          struct vb_err *err);
/* A new case, which is theirs. One commit with its row of the audit ("assign"): no name is taken by
 * a case of nobody. */
enum vb_code vb_auth_open_case(struct vb_auth *auth, const char *staff,
                               const struct vb_case_row *opened, struct vb_err *err);
/* From here on it is theirs, beside whoever else has it. Durable, with a row of the audit
 * ("assign"); again is fine. */
enum vb_code vb_auth_give_case(struct vb_auth *auth, const char *staff, const char *case_id,
                               struct vb_err *err);

struct vb_account { /* what an administrator sees of one */
    const char *name;
    uint32_t roles;
    int64_t seen_wall_ms; /* signed in for the last time; 0: never */
    bool totp, disabled;
};
/* By name, in arena. */
enum vb_code vb_auth_accounts(struct vb_auth *auth, struct vb_arena *arena, struct vb_account **out,
                              int *count, struct vb_err *err);
#endif
