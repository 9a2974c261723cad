/* store_sealed_settle.c - what a start sets right before anybody reads: is this keys.db the store's
 * own, was everything sealed, is everything ended that was to end?
 *
 *      sealed.keys   FOLDER MASTER: which keys.db and master key the rows are sealed under. Missing
 *                    in a store from before sealing, and in a new one
 *      sealed.scrub  the plain bytes of before may still be in the files
 *      sealed.ends   from when on every session says where its log ends (store_sealed_end.c) */
#include <string.h>

#include "base/str.h"
#include "store/store_rule.h"
#include "store/store_sealed_inner.h"

static const char keys_setting[] = VB_SEALED_SETTINGS "keys";
static const char scrub_setting[] = VB_SEALED_SETTINGS "scrub";

static struct vb_change setting(const char *name, const char *value)
{
    return (struct vb_change){ .kind = VB_PUT_SETTING, .setting = { name, value } };
}

/* -- a store from before sealing -- */

/* The keys of everything a person or a session of before needs. */
static enum vb_code make_person_keys(struct sealed_store *sealed, const char *case_id,
                                     struct vb_arena *arena, struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    struct vb_person_row *persons;
    size_t count = 0;
    enum vb_code code = below->ops->persons(below, case_id, arena, &persons, &count, err);
    struct vb_key_wish *wishes = vb_arena_alloc(arena, (count + 1) * sizeof *wishes);
    for (size_t i = 0; i < count; i++)
        wishes[i] = (struct vb_key_wish){ .what = VB_ERASE_PERSON, .id = persons[i].id };
    return code == VB_OK ? vb_keys_make(sealed->keys, wishes, count, err) : code;
}

static enum vb_code make_session_keys(struct sealed_store *sealed,
                                      const struct vb_session_row *session, struct vb_arena *arena,
                                      struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    const char **persons = (const char *[]){ session->person };
    struct vb_blob_row *blobs;
    size_t blob_count = 0;
    int count = 1;
    enum vb_code code = VB_OK;
    if (session->person == NULL)
        code =
            vb_sealed_joint_persons(sealed, session->round, NULL, 0, arena, &persons, &count, err);
    if (code == VB_OK)
        code = vb_keys_make_joint(sealed->keys, session->id, persons, count, err);
    if (code == VB_OK)
        code = below->ops->session_blobs(below, session->id, arena, &blobs, &blob_count, err);
    for (size_t i = 0; i < blob_count && code == VB_OK; i++)
        code = vb_keys_make_blob(sealed->keys, session->id,
                                 vb_sealed_blob_name(sealed->keys, blobs[i].digest, arena),
                                 blobs[i].until_wall_ms, err);
    return code;
}

static enum vb_code make_all_keys(struct sealed_store *sealed, struct vb_arena *arena,
                                  struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    struct vb_case_row *cases;
    struct vb_round_row *rounds;
    struct vb_session_row *sessions;
    size_t case_count = 0, round_count = 0, count;
    enum vb_code code = below->ops->cases(below, arena, &cases, &case_count, err);
    for (size_t i = 0; i < case_count && code == VB_OK; i++)
        code = make_person_keys(sealed, cases[i].id, arena, err);
    if (code == VB_OK)
        code = make_person_keys(sealed, NULL, arena, err);
    if (code == VB_OK)
        code = below->ops->rounds(below, arena, &rounds, &round_count, err);
    for (size_t i = 0; i < round_count && code == VB_OK; i++) {
        count = 0;
        code = below->ops->sessions(below, rounds[i].id, arena, &sessions, &count, err);
        for (size_t j = 0; j < count && code == VB_OK; j++)
            code = make_session_keys(sealed, &sessions[j], arena, err);
    }
    return code;
}

static struct vb_keys *keys_of(const void *ctx)
{
    return ((const struct sealed_store *)ctx)->keys;
}

static enum vb_code seal_person(void *ctx, struct vb_person_row *row, struct vb_arena *arena,
                                struct vb_err *err)
{
    return vb_sealed_put_label(keys_of(ctx), row, arena, err);
}

static enum vb_code seal_event(void *ctx, struct vb_event_row *row, struct vb_arena *arena,
                               struct vb_err *err)
{
    return row->erased ? VB_OK : vb_sealed_put_event(keys_of(ctx), row, arena, err);
}

static enum vb_code seal_blob(void *ctx, struct vb_blob_row *row, struct vb_arena *arena,
                              struct vb_err *err)
{
    return row->erased ? VB_OK : vb_sealed_put_blob(keys_of(ctx), row, arena, err);
}

static enum vb_code seal_output(void *ctx, struct vb_output_row *row, struct vb_arena *arena,
                                struct vb_err *err)
{
    return vb_sealed_put_options(keys_of(ctx), row, arena, err);
}

static enum vb_code seal_parcel(void *ctx, struct vb_parcel_row *row, struct vb_arena *arena,
                                struct vb_err *err)
{
    const struct sealed_store *sealed = ctx;
    return vb_sealed_put_reason(sealed->keys, sealed->below, row, arena, err);
}

static enum vb_code seal_staff(void *ctx, struct vb_staff_row *row, struct vb_arena *arena,
                               struct vb_err *err)
{
    return vb_sealed_put_secrets(keys_of(ctx), row, arena, err);
}

static enum vb_code seal_token(void *ctx, struct vb_token_row *row, struct vb_arena *arena,
                               struct vb_err *err)
{
    return vb_sealed_put_body(keys_of(ctx), row, arena, err);
}

static enum vb_code scrub(struct sealed_store *sealed, struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    struct vb_change clean = setting(scrub_setting, NULL);
    enum vb_code code = below->ops->scrub(below, err);
    return code == VB_OK ? below->ops->commit(below, &clean, 1, err) : code;
}

/* Keys first, then every row and the note of it in one commit: a crash leaves a store that is plain
 * or sealed, never half. */
static enum vb_code seal_all(struct sealed_store *sealed, struct vb_arena *arena,
                             struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    enum vb_code code = vb_keys_begin(sealed->keys, err);
    const struct vb_change notes[] = {
        setting(keys_setting, vb_arena_printf(arena, "%s %s", vb_keys_folder(sealed->keys),
                                              vb_keys_id(sealed->keys))),
        setting(scrub_setting, "due"),
    };
    const struct vb_store_rewrite all = {
        .ctx = sealed,
        .person = seal_person,
        .event = seal_event,
        .blob = seal_blob,
        .output = seal_output,
        .parcel = seal_parcel,
        .staff = seal_staff,
        .token = seal_token,
        .changes = notes,
        .count = sizeof notes / sizeof *notes,
    };
    if (code == VB_OK)
        code = make_all_keys(sealed, arena, err);
    if (code == VB_OK)
        code = below->ops->rewrite(below, &all, err);
    return code == VB_OK ? scrub(sealed, err)
                         : vb_while(err, "sealing what was kept before it was sealed");
}

/* Has it anything that could be plain? A new store has not, and is spared the writing. */
static enum vb_code has_content(struct vb_store *below, struct vb_arena *arena, bool *has,
                                struct vb_err *err)
{
    size_t rounds = 0, cases = 0, persons = 0;
    *has = false;
    if (below->ops->rewrite == NULL)
        return VB_OK;
    enum vb_code code =
        below->ops->rounds(below, arena, &(struct vb_round_row *){ NULL }, &rounds, err);
    if (code == VB_OK)
        code = below->ops->cases(below, arena, &(struct vb_case_row *){ NULL }, &cases, err);
    if (code == VB_OK)
        code = below->ops->persons(below, NULL, arena, &(struct vb_person_row *){ NULL }, &persons,
                                   err);
    *has = rounds > 0 || cases > 0 || persons > 0;
    return code;
}

static enum vb_code begin(struct sealed_store *sealed, struct vb_arena *arena, struct vb_err *err)
{
    bool has;
    enum vb_code code = has_content(sealed->below, arena, &has, err);
    if (code != VB_OK || has)
        return code != VB_OK ? code : seal_all(sealed, arena, err);
    code = vb_keys_begin(sealed->keys, err);
    struct vb_change note =
        setting(keys_setting, vb_arena_printf(arena, "%s %s", vb_keys_folder(sealed->keys),
                                              vb_keys_id(sealed->keys)));
    return code == VB_OK ? sealed->below->ops->commit(sealed->below, &note, 1, err) : code;
}

/* -- a store that is sealed -- */

static enum vb_code check_keys(struct sealed_store *sealed, const char *value, struct vb_err *err)
{
    const char *folder = vb_keys_folder(sealed->keys), *master = strchr(value, ' ');
    if (vb_starts_with(value, folder) && folder[0] != '\0' && value[strlen(folder)] == ' ')
        return VB_OK;
    master = master == NULL ? "?" : master + 1;
    if (folder[0] == '\0')
        return vb_fail(
            err, VB_E_CONFIG,
            "keys.db is missing from the data folder, and what is kept there is sealed "
            "under it (by key %s; the key file %s holds key %s): put your newest copy of "
            "keys.db back",
            master, vb_keys_master_path(sealed->keys), vb_keys_id(sealed->keys));
    return vb_fail(
        err, VB_E_CONFIG,
        "the keys.db in the data folder is another folder's (%s of key %s): what is kept "
        "here is sealed under %s, so put that keys.db back",
        folder, vb_keys_id(sealed->keys), value);
}

static enum vb_code know_keys(struct sealed_store *sealed, struct vb_arena *arena,
                              struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    struct vb_setting_row *rows;
    const char *keys = NULL;
    size_t count = 0;
    bool due = false;
    enum vb_code code = below->ops->settings(below, VB_SEALED_SETTINGS, arena, &rows, &count, err);
    for (size_t i = 0; i < count; i++) {
        if (vb_streq(rows[i].name, keys_setting))
            keys = rows[i].value;
        due = due || vb_streq(rows[i].name, scrub_setting);
    }
    if (code == VB_OK && keys == NULL)
        return begin(sealed, arena, err);
    if (code == VB_OK)
        code = check_keys(sealed, keys, err);
    return code == VB_OK && due ? scrub(sealed, err) : code;
}

/* -- what is to end -- */

/* A tombstone below and an audit row in one commit, then its keys. by "rule": nobody asked now. */
static enum vb_code erase(struct sealed_store *sealed, enum vb_erasable what, const char *id,
                          const char *reason, const char *action, int64_t erased_wall_ms,
                          int64_t now_wall_ms, struct vb_arena *arena, struct vb_err *err)
{
    const struct vb_erasure_row erasure = {
        .what = what, .id = id, .reason = reason, .wall_ms = erased_wall_ms
    };
    const struct vb_change changes[] = {
        { .kind = VB_ERASE, .erasure = erasure },
        { .kind = VB_PUT_AUDIT,
          .audit = { .wall_ms = now_wall_ms,
                     .action = action,
                     .subject = vb_arena_strndup(arena, id, strcspn(id, " ")),
                     .by = "rule" } },
    };
    enum vb_code code = sealed->below->ops->commit(sealed->below, changes, 2, err);
    return code == VB_OK ? vb_sealed_end(sealed, &erasure, err) : code;
}

/* Does the store below still have it, and not as erased? */
static enum vb_code is_kept(struct sealed_store *sealed, const struct vb_key_erased *row,
                            struct vb_arena *arena, bool *kept, struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    struct vb_person_row person;
    struct vb_session_row session;
    struct vb_blob_row *blobs;
    const char *of = NULL, *name = NULL;
    size_t count = 0;
    enum vb_code code = VB_OK;
    *kept = false;
    switch (row->what) {
    case VB_ERASE_PERSON:
        code = below->ops->person(below, row->id, arena, &person, err);
        *kept = code == VB_OK && !person.erased;
        break;
    case VB_ERASE_SESSION:
        code = below->ops->session(below, row->id, arena, &session, err);
        *kept = code == VB_OK && !session.erased;
        break;
    case VB_ERASE_BLOB:
        if (vb_store_rule_blob_name(arena, row->id, &of, &name))
            code = below->ops->session_blobs(below, of, arena, &blobs, &count, err);
        for (size_t i = 0; i < count; i++)
            *kept = *kept || (vb_streq(blobs[i].digest, name) && !blobs[i].erased);
        break;
    }
    return code == VB_E_ABSENT ? VB_OK : code;
}

/* A crash came between a tombstone and the end of its keys, or keys.db and DIR/erasures are older
 * than the database. */
static enum vb_code carry_on(struct sealed_store *sealed, struct vb_arena *arena, int *ended,
                             struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    struct vb_erasure_row *rows;
    size_t count = 0;
    enum vb_code code = below->ops->erasures(below, arena, &rows, &count, err);
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        if (rows[i].done && vb_keys_is_erased(sealed->keys, rows[i].what, rows[i].id))
            continue;
        code = vb_sealed_end(sealed, &rows[i], err);
        ++*ended;
    }
    return code;
}

/* The other way round: the database is older than DIR/erasures, as after a restore. */
static enum vb_code apply_list(struct sealed_store *sealed, int64_t now_wall_ms,
                               struct vb_arena *arena, int *ended, struct vb_err *err)
{
    struct vb_key_erased *rows;
    size_t count;
    bool kept;
    enum vb_code code = VB_OK;
    vb_keys_erased(sealed->keys, arena, &rows, &count);
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        code = is_kept(sealed, &rows[i], arena, &kept, err);
        if (code != VB_OK || !kept)
            continue;
        code = erase(sealed, rows[i].what, rows[i].id, "asked", "erase", rows[i].wall_ms,
                     now_wall_ms, arena, err);
        ++*ended;
    }
    return code;
}

static enum vb_code end_pictures(struct sealed_store *sealed, int64_t now_wall_ms,
                                 struct vb_arena *arena, int *ended, struct vb_err *err)
{
    const char **ids;
    size_t count = 0;
    enum vb_code code = vb_keys_ended(sealed->keys, now_wall_ms, arena, &ids, &count, err);
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        code = erase(sealed, VB_ERASE_BLOB, ids[i], "end date", "retention", now_wall_ms,
                     now_wall_ms, arena, err);
        if (code == VB_E_ABSENT) /* its commit never came */
            code = vb_keys_destroy(sealed->keys, VB_ERASE_BLOB, ids[i], err);
        ++*ended;
    }
    return code;
}

enum vb_code vb_store_sealed_settle(struct vb_store *store, int64_t now_wall_ms, int *ended,
                                    struct vb_err *err)
{
    struct sealed_store *sealed = (struct sealed_store *)store;
    struct vb_arena arena = { 0 };
    int count = 0;
    enum vb_code code = know_keys(sealed, &arena, err);
    if (code == VB_OK)
        code = vb_sealed_begin_ends(sealed, now_wall_ms, &arena, err);
    if (code == VB_OK)
        code = carry_on(sealed, &arena, &count, err);
    if (code == VB_OK)
        code = apply_list(sealed, now_wall_ms, &arena, &count, err);
    if (code == VB_OK)
        code = end_pictures(sealed, now_wall_ms, &arena, &count, err);
    if (ended != NULL)
        *ended = count;
    vb_arena_finish(&arena);
    return code;
}
