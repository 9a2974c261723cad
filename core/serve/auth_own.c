/* auth_own.c - seats that a member of staff took themselves: their own turn, and what is asked
 * together.
 *
 *      seat --from--> the sign-in it was taken with --staff--> the account
 *        |                                                        |
 *        +--round--> its case -------------- is theirs now -------+
 *
 * Such a seat shows what a signed-in page would. So it is asked at each use whether all of that
 * still holds, and is nobody as soon as one does not: signed out, idle, disabled, a new password,
 * another worker's case now. */
#include "base/str.h"
#include "serve/auth_inner.h"
#include "serve/serve_inner.h"

bool vb_auth_is_own(const struct vb_token *seat)
{
    return seat->row.kind == VB_TOKEN_SEAT && seat->row.staff != NULL;
}

static bool is_theirs(struct vb_auth *auth, const struct vb_known *seat)
{
    bool keeps = false;
    struct vb_err err;
    const struct vb_token_row *row = &seat->token.row;
    if (vb_auth_keeps(auth, row->staff, row->round, seat->case_id, &keeps, &err) != VB_OK)
        vb_log(auth->in.env->log, VB_LOG_ERROR, "serve", "whose a round is: %s", err.text);
    return keeps;
}

/* The tablet that a seat was handed over with is parked, and no other seat works beside that. */
struct vb_known *vb_auth_own_sign_in(struct vb_auth *auth, const struct vb_serve *serve,
                                     const struct vb_known *seat)
{
    const uint32_t works = VB_WORKER | VB_CONVENOR;
    struct vb_known *sign_in =
        seat->token.from == NULL ? NULL : vb_auth_know(auth, serve, seat->token.from);
    if (sign_in == NULL || !vb_auth_is_signed_in(auth, sign_in) ||
        !vb_streq(sign_in->token.row.staff, seat->token.row.staff) ||
        (sign_in->roles & works) == 0 || (sign_in->token.parked != NULL) != seat->token.handed ||
        !is_theirs(auth, seat))
        return NULL;
    return sign_in;
}
