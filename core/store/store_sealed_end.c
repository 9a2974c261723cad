/* store_sealed_end.c - where a session's log ends, under a key that only the program has.
 *
 *      sealed.end.SESSION   SEQ STATE SEAL   written with every change of the session's state
 *      sealed.ends          since when: from then on every session has one
 *
 * What was cut off the end of a log leaves rows that are whole. So each commit that begins a
 * session or changes its state says how far the log reached and in which state it left it; a log
 * that ends before that, or another state, is refused. Nothing is written with an answer in
 * between: it would cost a page of the log each time. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "store/store_sealed_inner.h"

static const char purpose[] = "log end";
static const char prefix[] = VB_SEALED_SETTINGS "end.";
static const char since[] = VB_SEALED_SETTINGS "ends";
enum { SEAL_BYTES = 16, SEAL_SIZE = 2 * SEAL_BYTES + 1 };

static const char *name_of(const char *session, struct vb_arena *arena)
{
    return vb_arena_printf(arena, "%s%s", prefix, session);
}

static void seal_of(struct vb_keys *keys, const char *session, const char *state, int64_t seq,
                    char seal[SEAL_SIZE])
{
    unsigned char key[VB_KEY_BYTES], digest[SEAL_BYTES];
    struct vb_buf text = { 0 };
    vb_buf_puts(&text, "[\"verbond log end\",");
    vb_json_text(&text, session);
    vb_buf_printf(&text, ",\"%s\",%lld]", state, (long long)seq);
    vb_keys_purpose(keys, purpose, key);
    crypto_generichash(digest, sizeof digest, (const unsigned char *)text.data, text.len, key,
                       sizeof key);
    sodium_bin2hex(seal, SEAL_SIZE, digest, sizeof digest);
    sodium_memzero(key, sizeof key);
    vb_buf_finish(&text);
}

static struct vb_change end_of(struct vb_keys *keys, const char *session,
                               enum vb_session_state state, int64_t seq, struct vb_arena *arena)
{
    const char *name = vb_session_state_name(state);
    char seal[SEAL_SIZE];
    seal_of(keys, session, name, seq, seal);
    return (struct vb_change){
        .kind = VB_PUT_SETTING,
        .setting = { name_of(session, arena),
                     vb_arena_printf(arena, "%lld %s %s", (long long)seq, name, seal) },
    };
}

/* -- writing ----------------------------------------------------------------------------------- */

/* How far a request brings the session's log; 0: it adds nothing to it. */
static int64_t appended(const struct vb_change *changes, size_t count, const char *session)
{
    int64_t seq = 0;
    for (size_t i = 0; i < count; i++)
        if (changes[i].kind == VB_APPEND && vb_streq(changes[i].event.session, session) &&
            changes[i].event.seq > seq)
            seq = changes[i].event.seq;
    return seq;
}

/* Does another change behind this one say more about the same session? */
static bool said_later(const struct vb_change *changes, size_t count, size_t at)
{
    for (size_t i = at + 1; i < count; i++)
        if (changes[i].kind == VB_SET_SESSION &&
            vb_streq(changes[i].session.id, changes[at].session.id))
            return true;
    return false;
}

size_t vb_sealed_put_ends(struct sealed_store *sealed, struct vb_change *changes, size_t count,
                          struct vb_arena *arena)
{
    struct vb_store *below = sealed->below;
    size_t all = count;
    for (size_t i = 0; i < count; i++) {
        const struct vb_session_row *row = &changes[i].session;
        struct vb_session_row there = { 0 };
        struct vb_err absent;
        bool put = changes[i].kind == VB_PUT_SESSION;
        if ((!put && changes[i].kind != VB_SET_SESSION) || said_later(changes, count, i))
            continue;
        bool kept = below->ops->session(below, row->id, arena, &there, &absent) == VB_OK;
        if (put && kept)
            continue; /* the same again: it may have gone on since */
        int64_t seq = appended(changes, count, row->id);
        changes[all++] = end_of(sealed->keys, row->id, row->state,
                                seq > there.last_seq ? seq : there.last_seq, arena);
    }
    return all;
}

/* -- checking ---------------------------------------------------------------------------------- */

/* *value NULL: there is none of that name. */
static enum vb_code read_setting(struct vb_store *below, const char *name, struct vb_arena *arena,
                                 const char **value, struct vb_err *err)
{
    struct vb_setting_row *rows;
    size_t count = 0;
    enum vb_code code = below->ops->settings(below, name, arena, &rows, &count, err);
    *value = NULL;
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(rows[i].name, name))
            *value = rows[i].value;
    return code;
}

static enum vb_code refuse(const struct vb_session_row *session, const char *why,
                           struct vb_err *err)
{
    return vb_fail(err, VB_E_DATA, "the log of session %s: %s: restore a backup", session->id, why);
}

static enum vb_code compare(struct vb_keys *keys, const struct vb_session_row *session,
                            const char *value, int64_t reached, struct vb_err *err)
{
    char *state, seal[SEAL_SIZE], name[16];
    int64_t seq = strtoll(value, &state, 10);
    state += *state == ' ';
    size_t len = strcspn(state, " ");
    snprintf(name, sizeof name, "%.*s", (int)len, state);
    seal_of(keys, session->id, name, seq, seal);
    if (state[len] != ' ' || !vb_streq(state + len + 1, seal))
        return refuse(session, "what says where it ends was changed", err);
    if (reached < seq || session->last_seq < seq)
        return vb_fail(err, VB_E_DATA,
                       "the log of session %s was cut off: it reached event %lld, and not all of "
                       "that is there: restore a backup",
                       session->id, (long long)seq);
    if (!session->erased && !vb_streq(name, vb_session_state_name(session->state)))
        return refuse(session, "its state was changed", err);
    return VB_OK;
}

enum vb_code vb_sealed_read_end(struct sealed_store *sealed, const char *session,
                                struct vb_arena *arena, const char **end, struct vb_err *err)
{
    return read_setting(sealed->below, name_of(session, arena), arena, end, err);
}

enum vb_code vb_sealed_check_end(struct sealed_store *sealed, const char *id, const char *end,
                                 int64_t reached, struct vb_arena *arena, struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    struct vb_session_row session;
    const char *begun = NULL;
    enum vb_code code = end == NULL ? read_setting(below, since, arena, &begun, err) : VB_OK;
    if (code != VB_OK || (end == NULL && begun == NULL))
        return code; /* not settled yet: kept before there were ends */
    code = below->ops->session(below, id, arena, &session, err);
    if (code == VB_E_ABSENT && end == NULL)
        return VB_OK; /* there is no such session, and never was */
    if (code == VB_E_ABSENT)
        return vb_fail(err, VB_E_DATA, "session %s was removed: restore a backup", id);
    if (code == VB_OK && end == NULL)
        return refuse(&session, "what says where it ends was removed", err);
    return code == VB_OK ? compare(sealed->keys, &session, end, reached, err) : code;
}

/* -- a store from before there were ends ------------------------------------------------------- */

enum vb_code vb_sealed_begin_ends(struct sealed_store *sealed, int64_t now_wall_ms,
                                  struct vb_arena *arena, struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    struct vb_round_row *rounds;
    struct vb_session_row *sessions;
    struct vb_change *changes = NULL;
    size_t round_count = 0, session_count, count = 0, cap = 0;
    const char *begun;
    enum vb_code code = read_setting(below, since, arena, &begun, err);
    if (code != VB_OK || begun != NULL)
        return code;
    code = below->ops->rounds(below, arena, &rounds, &round_count, err);
    for (size_t i = 0; code == VB_OK && i < round_count; i++) {
        session_count = 0;
        code = below->ops->sessions(below, rounds[i].id, arena, &sessions, &session_count, err);
        for (size_t j = 0; code == VB_OK && j < session_count; j++) {
            vb_arena_push(arena, &changes, count, &cap, sizeof *changes);
            changes[count++] = end_of(sealed->keys, sessions[j].id, sessions[j].state,
                                      sessions[j].last_seq, arena);
        }
    }
    vb_arena_push(arena, &changes, count, &cap, sizeof *changes);
    changes[count++] = (struct vb_change){
        .kind = VB_PUT_SETTING,
        .setting = { since, vb_arena_printf(arena, "%lld", (long long)now_wall_ms) },
    };
    return code == VB_OK ? below->ops->commit(below, changes, count, err) : code;
}
