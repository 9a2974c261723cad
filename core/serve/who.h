/* who.h - who asks: nobody, a person of a round, or somebody of the staff. Plain data. */
#ifndef VB_WHO_H
#define VB_WHO_H

#include <stdbool.h>
#include <stdint.h>

/* What a member of staff may do is the sum of these (docs/reference/staff.md). */
enum vb_staff_role {
    VB_WORKER = 1,     /* own cases: rounds, invitations, sheets, talks */
    VB_CONVENOR = 2,   /* groups and campaigns: releases, counts */
    VB_RESEARCHER = 4, /* what persons gave to research, and nothing else */
    VB_PRIVACY = 8,    /* the audit, exports, erasures */
    VB_ADMIN = 16,     /* accounts and health; never an answer */
    VB_STAFF_ROLES = 5
};
const char *vb_staff_role_name(uint32_t role); /* "worker", "convenor", "researcher", ... */
uint32_t vb_staff_role_of(const char *name);   /* 0: no such role */

enum vb_who_kind { VB_NOBODY, VB_SEAT, VB_STAFF };
enum { VB_TOKEN_SIZE = 44, VB_TOKEN_HASH_SIZE = 65 }; /* 32 bytes: base64url, hex, and a NUL */
struct vb_who {                                       /* strings live as long as the exchange */
    enum vb_who_kind kind;
    const char *token; /* hash of the cookie's token: the row it stands for; "" for nobody */
    const char *csrf;  /* what every POST, PUT and DELETE must carry in X-Verbond-Token */
    /* a seat: one person of one round, at this browser */
    const char *round, *role, *label; /* label NULL: none */
    const char *language;             /* the invitation's; NULL: the person chooses */
    bool handed;                      /* a tablet that was handed over: locked when done */
    /* staff; of a seat that they took themselves too (auth_own.c) */
    const char *name;
    /* staff */
    uint32_t roles; /* enum vb_staff_role bits */
    bool parked;    /* this browser was handed over: nothing but the code is heard */
};
/* What the audit calls whoever does something: staff their name, others how they came. */
const char *vb_who_acts(const struct vb_who *who);

#endif
