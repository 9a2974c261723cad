/* token_row.h - what a token's row says, its sealed body opened. Pure; any thread.
 *
 *      staff         {"seen"}, when it is parked {"parked", "wrong"}, and from then on
 *                    {"code"}
 *      invitation    {"role", "label", "language", "code"}    code: the hash of its short code
 *      code          {"from"}                                 from: the invitation's hash
 *                    of a person's own also what a seat by it has; then from is the invitation
 *                    by which the seat came that made it, if any
 *      seat          {"role", "label", "language", "handed", "from", "sight", "code"}
 *                                                             sight: as sight.h; code: the hash
 *                                                             of the own code of the last pause */
#ifndef VB_TOKEN_ROW_H
#define VB_TOKEN_ROW_H

#include "base/err.h"
#include "base/mem.h"
#include "store/store.h"

struct vb_token {
    struct vb_token_row row; /* body aside */
    const char *role, *label, *language, *code, *from, *sight;
    bool handed;
    const char *parked; /* a round: this browser was handed over; NULL: it was not */
    int wrong;          /* codes, since then */
    int64_t seen_wall_ms;
};
/* VB_E_DATA: not what was written. Of one that is over only the row. */
enum vb_code vb_token_read(struct vb_arena *arena, const struct vb_token_row *row,
                           struct vb_token *out, struct vb_err *err);
/* The change that puts it. */
struct vb_change vb_token_put(struct vb_arena *arena, const struct vb_token *token);
struct vb_change vb_token_end(const char *hash);

#endif
