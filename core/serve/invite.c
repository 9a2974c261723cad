#include "serve/invite.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "serve/token.h"
#include "session/round.h"

static const char salt_setting[] = "serve.codes";

static int64_t now_of(const struct vb_inviting *in)
{
    return in->env->clock.wall_ms(in->env->clock.ctx);
}

struct vb_change vb_invite_audit(const struct vb_inviting *in, const char *action,
                                 const char *subject, const char *by)
{
    if (by == NULL)
        by = in->env->by == NULL ? "local" : in->env->by;
    return (struct vb_change){ .kind = VB_PUT_AUDIT,
                               .audit = { .wall_ms = now_of(in),
                                          .action = action,
                                          .subject = subject,
                                          .by = by,
                                          .on_behalf = in->env->on_behalf } };
}

/* -- the round and the person ------------------------------------------------------------------ */

enum vb_code vb_invited_round(const struct vb_inviting *in, const char *id, struct vb_arena *arena,
                              struct vb_round_row *out, struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count = 0;
    enum vb_code code = in->store->ops->prefix_rounds(in->store, id, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (!vb_streq(rows[i].id, id))
            continue;
        *out = rows[i];
        if (rows[i].state == VB_ROUND_WITHDRAWN || rows[i].state == VB_ROUND_ERASED)
            return vb_fail(err, VB_E_BUSY, "round %s is %s", id,
                           vb_round_state_words(rows[i].state));
        return VB_OK;
    }
    return code == VB_OK ? vb_fail(err, VB_E_ABSENT, "there is no round %s", id) : code;
}

struct search { /* for the one person it can be */
    const char *role, *label;
    const char *person;
    int found;
};

static void look_at(struct search *search, const struct vb_person_row *row)
{
    if (row->erased || !vb_streq(row->role, search->role) || !vb_streq(row->label, search->label) ||
        vb_streq(row->id, search->person))
        return;
    search->person = row->id;
    search->found++;
}

static enum vb_code look_in_case(const struct vb_inviting *in, const char *case_id,
                                 struct search *search, struct vb_arena *arena, struct vb_err *err)
{
    struct vb_person_row *rows;
    size_t count = 0;
    enum vb_code code = in->store->ops->persons(in->store, case_id, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        look_at(search, &rows[i]);
    return code;
}

static enum vb_code look_in_round(const struct vb_inviting *in, const char *round,
                                  struct search *search, struct vb_arena *arena, struct vb_err *err)
{
    struct vb_session_row *rows;
    size_t count = 0;
    enum vb_code code = in->store->ops->sessions(in->store, round, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        struct vb_person_row person;
        if (rows[i].person == NULL)
            continue;
        code = in->store->ops->person(in->store, rows[i].person, arena, &person, err);
        if (code == VB_OK)
            look_at(search, &person);
    }
    return code;
}

enum vb_code vb_invited_person(const struct vb_inviting *in, const struct vb_round_row *round,
                               const char *role, const char *label, struct vb_arena *arena,
                               const char **person, struct vb_err *err)
{
    struct search search = { .role = role, .label = label };
    enum vb_code code = round->case_id != NULL
                            ? look_in_case(in, round->case_id, &search, arena, err)
                            : look_in_round(in, round->id, &search, arena, err);
    *person = search.found == 1 ? search.person : NULL;
    return code;
}

/* -- making ------------------------------------------------------------------------------------ */

enum vb_code vb_code_salt_of(const struct vb_inviting *in, struct vb_arena *arena,
                             const char **salt, struct vb_err *err)
{
    struct vb_setting_row *rows;
    size_t count = 0;
    enum vb_code code =
        in->store->ops->settings(in->store, salt_setting, arena, &rows, &count, err);
    if (code != VB_OK)
        return code;
    if (count > 0) {
        *salt = rows[0].value;
        return VB_OK;
    }
    char *fresh = vb_arena_alloc(arena, VB_CODE_SALT_SIZE);
    vb_code_salt(&in->env->random, fresh);
    *salt = fresh;
    const struct vb_change change = { .kind = VB_PUT_SETTING, .setting = { salt_setting, fresh } };
    return vb_store_commit(in->store, &change, 1, err);
}

/* Code: a row of its own that says which invitation it stands for. */
static enum vb_code make_code(const struct vb_inviting *in, const struct vb_token *invitation,
                              char shown[VB_SHORT_CODE_SIZE], struct vb_token *out,
                              struct vb_arena *arena, struct vb_err *err)
{
    char plain[VB_CODE_LENGTH + 1], *hash = vb_arena_alloc(arena, VB_TOKEN_HASH_SIZE);
    const char *salt;
    enum vb_code code = vb_code_salt_of(in, arena, &salt, err);
    vb_code_make(&in->env->random, shown);
    vb_assert(vb_code_read(shown, plain));
    if (code == VB_OK)
        code = vb_code_hash(in->cost, plain, salt, hash, err);
    sodium_memzero(plain, sizeof plain);
    *out = (struct vb_token){ .row = invitation->row, .from = invitation->row.hash };
    out->row.kind = VB_TOKEN_CODE;
    out->row.hash = hash;
    return code;
}

void vb_invitation_id(const char *token, char id[VB_INVITATION_ID_SIZE])
{
    char hash[VB_TOKEN_HASH_SIZE];
    vb_assert(vb_token_hash(token, hash));
    memcpy(id, hash, VB_INVITATION_ID_SIZE - 1);
    id[VB_INVITATION_ID_SIZE - 1] = '\0';
}

static enum vb_code draft_invitation(const struct vb_inviting *in,
                                     const struct vb_invitation *invitation,
                                     const struct vb_round_row *round, const char *token,
                                     struct vb_token *out, struct vb_arena *arena,
                                     struct vb_err *err)
{
    char *hash = vb_arena_alloc(arena, VB_TOKEN_HASH_SIZE);
    const char *label;
    int64_t now = now_of(in), until = invitation->until_wall_ms;
    vb_assert(vb_token_hash(token, hash));
    enum vb_code code = vb_person_label(arena, invitation->label, &label, NULL, err);
    if (code == VB_OK && (invitation->role == NULL || invitation->role[0] == '\0'))
        code = vb_fail(err, VB_E_DATA, "an invitation is for a role");
    if (code != VB_OK)
        return code;
    *out = (struct vb_token){
        .row = { .hash = hash,
                 .kind = VB_TOKEN_INVITATION,
                 .round = round->id,
                 .created_wall_ms = now,
                 .until_wall_ms =
                     until != 0 ? until : now + VB_INVITATION_HOURS * INT64_C(3600000) },
        .role = invitation->role,
        .label = label,
        .language = invitation->language,
    };
    return vb_invited_person(in, round, out->role, label, arena, &out->row.person, err);
}

enum vb_code vb_invite(const struct vb_inviting *in, const struct vb_invitation *invitation,
                       char token[VB_TOKEN_SIZE], char code_shown[VB_SHORT_CODE_SIZE],
                       struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row round;
    struct vb_token made, short_one;
    enum vb_code code = vb_invited_round(in, invitation->round, &arena, &round, err);
    vb_token_make(&in->env->random, token);
    if (code == VB_OK)
        code = draft_invitation(in, invitation, &round, token, &made, &arena, err);
    if (code == VB_OK)
        code = make_code(in, &made, code_shown, &short_one, &arena, err);
    if (code == VB_OK) {
        made.code = short_one.row.hash;
        const struct vb_change changes[] = {
            vb_token_put(&arena, &made),
            vb_token_put(&arena, &short_one),
            vb_invite_audit(in, "invite", round.id, invitation->by),
        };
        code = vb_store_commit(in->store, changes, 3, err);
    }
    vb_arena_finish(&arena);
    return code;
}

struct vb_change vb_seat_draft(const struct vb_inviting *in, const struct vb_token *seat,
                               char token[VB_TOKEN_SIZE], struct vb_arena *arena)
{
    struct vb_token made = *seat;
    char *hash = vb_arena_alloc(arena, VB_TOKEN_HASH_SIZE);
    vb_token_make(&in->env->random, token);
    vb_assert(vb_token_hash(token, hash));
    made.row.hash = hash;
    made.row.kind = VB_TOKEN_SEAT;
    made.row.created_wall_ms = now_of(in);
    made.row.until_wall_ms = made.row.created_wall_ms + VB_SEAT_HOURS * INT64_C(3600000);
    made.code = NULL;
    return vb_token_put(arena, &made);
}
