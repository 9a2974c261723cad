/* Invitations that are there: found by a link or a code, listed, withdrawn. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "serve/invite.h"

static int64_t now_of(const struct vb_inviting *in)
{
    return in->env->clock.wall_ms(in->env->clock.ctx);
}

enum vb_code vb_token_find(struct vb_store *store, const char *hash, struct vb_arena *arena,
                           struct vb_token *out, struct vb_err *err)
{
    struct vb_token_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->tokens(store, &(struct vb_token_query){ .hash = hash }, arena,
                                           &rows, &count, err);
    if (code == VB_OK && count == 0)
        return vb_fail(err, VB_E_ABSENT, "there is no such token");
    return code == VB_OK ? vb_token_read(arena, &rows[0], out, err) : code;
}

static enum vb_code check_open(const struct vb_inviting *in, const struct vb_token *token,
                               struct vb_arena *arena, struct vb_err *err)
{
    struct vb_round_row round;
    if (token->row.over)
        return vb_fail(err, VB_E_BUSY, "this invitation was withdrawn, or its round has ended");
    if (token->row.until_wall_ms <= now_of(in))
        return vb_fail(err, VB_E_BUSY, "the time of this invitation has gone");
    return vb_invited_round(in, token->row.round, arena, &round, err);
}

enum vb_code vb_invitation_by(const struct vb_inviting *in, const char *hash,
                              struct vb_arena *arena, struct vb_token *out, struct vb_err *err)
{
    enum vb_code code = vb_token_find(in->store, hash, arena, out, err);
    if (code == VB_OK && out->row.kind == VB_TOKEN_CODE) {
        code = check_open(in, out, arena, err);
        if (code == VB_OK && out->role != NULL) /* a person's own */
            return VB_OK;
        if (code == VB_OK)
            code = vb_token_find(in->store, out->from, arena, out, err);
    }
    if (code == VB_OK && out->row.kind != VB_TOKEN_INVITATION)
        return vb_fail(err, VB_E_ABSENT, "there is no such invitation");
    return code == VB_OK ? check_open(in, out, arena, err) : code;
}

/* -- listing and withdrawing ------------------------------------------------------------------- */

static enum vb_code of_round(const struct vb_inviting *in, const char *round, uint32_t kinds,
                             struct vb_arena *arena, struct vb_token **out, size_t *count,
                             struct vb_err *err)
{
    const struct vb_token_query query = { .round = round, .kinds = kinds };
    struct vb_token_row *rows;
    size_t all = 0;
    enum vb_code code = in->store->ops->tokens(in->store, &query, arena, &rows, &all, err);
    *out = vb_arena_alloc(arena, (all + 1) * sizeof **out);
    *count = 0;
    for (size_t i = 0; code == VB_OK && i < all; i++) {
        if (rows[i].over || rows[i].until_wall_ms <= now_of(in))
            continue;
        code = vb_token_read(arena, &rows[i], &(*out)[*count], err);
        ++*count;
    }
    return code;
}

enum vb_code vb_invitations(const struct vb_inviting *in, const char *round, struct vb_arena *arena,
                            struct vb_invitation **out, int *count, struct vb_err *err)
{
    struct vb_token *tokens;
    size_t all = 0;
    enum vb_code code =
        of_round(in, round, UINT32_C(1) << VB_TOKEN_INVITATION, arena, &tokens, &all, err);
    *out = vb_arena_alloc(arena, (all + 1) * sizeof **out);
    *count = 0;
    for (size_t i = 0; code == VB_OK && i < all; i++)
        (*out)[(*count)++] = (struct vb_invitation){
            .id = vb_arena_strndup(arena, tokens[i].row.hash, VB_INVITATION_ID_SIZE - 1),
            .round = tokens[i].row.round,
            .role = tokens[i].role,
            .label = tokens[i].label,
            .language = tokens[i].language,
            .until_wall_ms = tokens[i].row.until_wall_ms,
        };
    return code;
}

enum vb_code vb_uninvite(const struct vb_inviting *in, const char *round, const char *id,
                         const char *by, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_token *tokens;
    size_t count = 0, changed = 0;
    const char *hash = NULL;
    enum vb_code code = of_round(in, round, 0, &arena, &tokens, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (tokens[i].row.kind == VB_TOKEN_INVITATION && strlen(id) == VB_INVITATION_ID_SIZE - 1 &&
            vb_starts_with(tokens[i].row.hash, id))
            hash = tokens[i].row.hash;
    if (code == VB_OK && hash == NULL)
        code = vb_fail(err, VB_E_ABSENT, "there is no such invitation to round %s", round);
    struct vb_change *changes = vb_arena_alloc(&arena, (count + 1) * sizeof *changes);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(tokens[i].row.hash, hash) || vb_streq(tokens[i].from, hash))
            changes[changed++] = vb_token_end(tokens[i].row.hash);
    if (code == VB_OK) {
        changes[changed++] = vb_invite_audit(in, "withdraw invitation", round, by);
        code = vb_store_commit(in->store, changes, changed, err);
    }
    vb_arena_finish(&arena);
    return code;
}
