/* live_ended.c - streams of those who may no longer hear: signed out, handed over, put away.
 *
 * What ends a token ends its streams in the same moment: the store tells of every write. Beside
 * that each is asked about before anything is sent, because time ends some, and writes nothing. */
#include "base/str.h"
#include "serve/live_inner.h"
#include "serve/serve_inner.h"

bool vb_live_may_hear(void *ctx)
{
    const struct vb_live_stream *one = ctx;
    const struct vb_who who = { .kind = one->role != NULL ? VB_SEAT : VB_STAFF,
                                .token = one->token,
                                .roles = one->roles };
    return vb_auth_still(one->serve->auth, one->serve, &who);
}

static bool is_of(const struct vb_live_stream *one, const struct vb_token_query *tokens)
{
    enum vb_token_kind kind = one->role != NULL ? VB_TOKEN_SEAT : VB_TOKEN_STAFF;
    return (tokens->hash == NULL || vb_streq(tokens->hash, one->token)) &&
           (tokens->staff == NULL || vb_streq(tokens->staff, one->staff)) &&
           (tokens->round == NULL || (one->role != NULL && vb_streq(tokens->round, one->round))) &&
           (tokens->kinds == 0 || (tokens->kinds >> kind & 1) != 0);
}

/* A seat that staff took themselves stands on their sign-in, their account, and whose the round is.
 */
static bool ends_own(const struct vb_live_stream *one, const struct vb_change *change)
{
    switch (change->kind) {
    case VB_END_TOKENS:
    case VB_PUT_TOKEN:
    case VB_PUT_STAFF:
    case VB_PUT_ASSIGNMENT:
        return !vb_live_may_hear((void *)one);
    default:
        return false;
    }
}

/* Of a commit that failed too: who may hear after all comes again. */
static bool ends(const struct vb_live_stream *one, const struct vb_change *change)
{
    bool seat = one->role != NULL;
    if (seat && one->staff != NULL && ends_own(one, change))
        return true;
    switch (change->kind) {
    case VB_END_TOKENS:
        return is_of(one, &change->tokens);
    case VB_SET_ROUND:
        return seat && change->round.state >= VB_ROUND_WITHDRAWN &&
               vb_streq(change->round.id, one->round);
    case VB_PUT_TOKEN:
        return vb_streq(change->token.hash, one->token) && !vb_live_may_hear((void *)one);
    case VB_PUT_STAFF:
        return !seat && vb_streq(change->staff.name, one->staff) && !vb_live_may_hear((void *)one);
    case VB_ERASE: /* it may be of anybody whose seat this is */
        return seat && !vb_live_may_hear((void *)one);
    default:
        return false;
    }
}

/* What ends has a case for: an answer, a row of the audit and most else end nobody's stream. */
static bool may_end_one(const struct vb_change *change)
{
    return change->kind == VB_END_TOKENS || change->kind == VB_PUT_TOKEN ||
           change->kind == VB_PUT_STAFF || change->kind == VB_PUT_ASSIGNMENT ||
           change->kind == VB_ERASE ||
           (change->kind == VB_SET_ROUND && change->round.state >= VB_ROUND_WITHDRAWN);
}

void vb_live_wrote(void *ctx, const struct vb_change *changes, size_t count)
{
    struct vb_live *live = ctx;
    size_t first = 0;
    while (first < count && !may_end_one(&changes[first]))
        first++;
    if (first == count)
        return;
    live->searched++;
    for (struct vb_live_stream *one = live->streams; one != NULL; one = one->next)
        for (size_t i = first; i < count; i++)
            if (ends(one, &changes[i])) {
                vb_stream_end(one->stream);
                break;
            }
}

void vb_live_end_token(struct vb_live *live, const char *token)
{
    for (struct vb_live_stream *one = live->streams; one != NULL; one = one->next)
        if (vb_streq(one->token, token))
            vb_stream_end(one->stream);
}
