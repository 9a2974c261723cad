/* invite.h - invitations as the store keeps them: made, listed, withdrawn, followed. The command
 * line and the server use it alike. Blocking; one thread.
 *
 * An invitation is for one person of one round. Its link and its short code open the same: a seat,
 * which is a browser's. Two browsers that follow it are two seats of one person, who so goes on
 * elsewhere. That it was never followed shows nowhere but in that it is still there. */
#ifndef VB_INVITE_H
#define VB_INVITE_H

#include "serve/auth.h"
#include "serve/hash_cost.h"
#include "serve/token_row.h"
#include "session/session.h"

enum {
    VB_INVITATION_ID_SIZE = 13,
    VB_INVITATION_HOURS = 7 * 24,
    VB_INVITATION_HOURS_MOST = 60 * 24,
    VB_SEAT_HOURS = 30 * 24 /* as long as a round is open, but at most */
};
struct vb_inviting { /* borrowed */
    struct vb_store *store;
    const struct vb_env *env;
    const struct vb_hash_cost *cost; /* NULL: the full one */
};
/* As vb_auth_invite. Takes some hundredths of a second: the code is hashed. */
enum vb_code vb_invite(const struct vb_inviting *in, const struct vb_invitation *invitation,
                       char token[VB_TOKEN_SIZE], char code[VB_SHORT_CODE_SIZE],
                       struct vb_err *err);
/* What staff withdraw it by, of its token. */
void vb_invitation_id(const char *token, char id[VB_INVITATION_ID_SIZE]);
/* As the functions of auth.h. */
enum vb_code vb_invitations(const struct vb_inviting *in, const char *round, struct vb_arena *arena,
                            struct vb_invitation **out, int *count, struct vb_err *err);
enum vb_code vb_uninvite(const struct vb_inviting *in, const char *round, const char *id,
                         const char *by, struct vb_err *err);

/* The salt under which short codes are hashed here; made when there is none. */
enum vb_code vb_code_salt_of(const struct vb_inviting *in, struct vb_arena *arena,
                             const char **salt, struct vb_err *err);
/* The token by its hash; VB_E_ABSENT. */
enum vb_code vb_token_find(struct vb_store *store, const char *hash, struct vb_arena *arena,
                           struct vb_token *out, struct vb_err *err);
/* The invitation that a link's token or a typed code (its hash) opens, or the person's own code
 * itself (kind VB_TOKEN_CODE). VB_E_ABSENT: none.
 * VB_E_BUSY: it was withdrawn, its time has gone, or its round was closed. */
enum vb_code vb_invitation_by(const struct vb_inviting *in, const char *hash,
                              struct vb_arena *arena, struct vb_token *out, struct vb_err *err);
/* A new seat: the change that puts it, and its token. by: an invitation, or NULL. */
struct vb_change vb_seat_draft(const struct vb_inviting *in, const struct vb_token *seat,
                               char token[VB_TOKEN_SIZE], struct vb_arena *arena);
/* Who is meant, when only one person of the round or its case can be; else NULL. */
enum vb_code vb_invited_person(const struct vb_inviting *in, const struct vb_round_row *round,
                               const char *role, const char *label, struct vb_arena *arena,
                               const char **person, struct vb_err *err);
/* By its whole id. VB_E_ABSENT; VB_E_BUSY: nobody may come to it any more. */
enum vb_code vb_invited_round(const struct vb_inviting *in, const char *id, struct vb_arena *arena,
                              struct vb_round_row *out, struct vb_err *err);
/* A row of the audit. by NULL: who runs the program. */
struct vb_change vb_invite_audit(const struct vb_inviting *in, const char *action,
                                 const char *subject, const char *by);

#endif
