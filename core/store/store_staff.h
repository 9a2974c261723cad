/* store_staff.h - rows about who may come in: staff, tokens, assignments. Part of store.h.
 *
 * The store keeps no secret in clear: of a token only its hash, and what is personal or could be
 * used (a password's hash, a label) in a part that the sealed store seals. */
#ifndef VB_STORE_STAFF_H
#define VB_STORE_STAFF_H

#include <stdbool.h>
#include <stdint.h>

struct vb_staff_row {    /* an account; it is never removed, for the audit names it */
    const char *name;    /* unique */
    const char *roles;   /* "worker,convenor" (docs/reference/staff.md) */
    const char *secrets; /* sealed: JSON object, serve/account.h reads it */
    bool disabled;
    int64_t created_wall_ms;
    int64_t seen_wall_ms; /* signed in last; 0: never */
};
enum vb_token_kind {
    VB_TOKEN_STAFF,      /* a signed-in browser */
    VB_TOKEN_INVITATION, /* what a link holds */
    VB_TOKEN_CODE,       /* what is typed instead of one */
    VB_TOKEN_SEAT        /* the browser of a person of a round */
};
const char *vb_token_kind_name(enum vb_token_kind kind);
struct vb_token_row {
    const char *hash; /* unique */
    enum vb_token_kind kind;
    const char *staff;  /* NULL: nobody's */
    const char *round;  /* NULL: of none */
    const char *person; /* NULL: not known yet, or none. The body lies under this one's key */
    const char *body;   /* sealed: JSON object, serve/token_row.h reads it; "" when it is over */
    int64_t created_wall_ms, until_wall_ms;
    bool over; /* withdrawn, signed out, or what it was for was closed or erased */
};
struct vb_token_query {               /* those that are all of it; all 0: every one */
    const char *hash, *round, *staff; /* NULL: any */
    uint32_t kinds;                   /* bits, 1 << kind; 0: any */
    int64_t before_wall_ms;           /* VB_FORGET_TOKENS only */
};
struct vb_assignment_row { /* a case is this member's of staff */
    const char *case_id, *staff;
    int64_t from_wall_ms;
    int64_t until_wall_ms; /* 0: now */
};

#endif
