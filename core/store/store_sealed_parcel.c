/* store_sealed_parcel.c - an output's options and a parcel's reason, sealed and opened.
 *
 *      options   under a key of the folder: whoever configures outputs stays when people go
 *      reason    under a key of everybody in the round and its case ("ID ID:" before the sealed
 * text, sessions first): a plugin may repeat what it was given, so it falls with each of them.
 * Where no session is left it is about an event without answers, and lies under a key of the folder
 */
#include <sodium.h>
#include <string.h>

#include "base/str.h"
#include "store/store_sealed_inner.h"

/* -- options ----------------------------------------------------------------------------------- */

static const char *about_output(struct vb_arena *arena, const struct vb_output_row *row)
{
    return vb_arena_printf(arena, "output 1|%s|%s", row->round == NULL ? "" : row->round,
                           row->name);
}

/* It may be the first thing that is sealed: what it is under must last. */
enum vb_code vb_sealed_put_options(struct vb_keys *keys, struct vb_output_row *row,
                                   struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_code code = vb_keys_begin(keys, err);
    if (code != VB_OK)
        return code;
    vb_keys_purpose(keys, "output options", key);
    row->options = vb_sealed_text(keys, key, row->options, about_output(arena, row), arena);
    sodium_memzero(key, sizeof key);
    return VB_OK;
}

enum vb_code vb_sealed_open_options(struct vb_keys *keys, struct vb_output_row *row,
                                    struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    vb_keys_purpose(keys, "output options", key);
    enum vb_code code =
        vb_sealed_open_text(key, row->options, about_output(arena, row), arena, &row->options, err);
    sodium_memzero(key, sizeof key);
    return code == VB_E_DATA ? vb_while(err, "the options of output %s", row->name) : code;
}

/* -- reasons ----------------------------------------------------------------------------------- */

static const char *about_parcel(struct vb_arena *arena, const struct vb_parcel_row *row)
{
    return vb_arena_printf(arena, "parcel 1|%s|%s|%d", row->round, row->output, row->revision);
}

/* all: ids of sessions with a blank between; "" is nobody. */
static enum vb_code key_of_all(struct vb_keys *keys, const char *all, struct vb_arena *arena,
                               unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                               struct vb_err *err)
{
    const char *rest = strchr(all, ' ');
    *found = VB_KEY_HERE;
    if (all[0] == '\0') {
        vb_keys_purpose(keys, "parcel reason", key);
        return VB_OK;
    }
    if (rest == NULL)
        return vb_keys_session(keys, all, key, found, err);
    return vb_keys_about(keys, vb_arena_strndup(arena, all, (size_t)(rest - all)), rest + 1, key,
                         found, err);
}

static void add_id(struct vb_arena *arena, const char **all, const char *id)
{
    *all = vb_arena_printf(arena, "%s%s%s", *all, (*all)[0] == '\0' ? "" : " ", id);
}

/* A session that was erased is no longer in what goes out. */
static enum vb_code add_sessions(struct vb_keys *keys, struct vb_store *below, const char *round,
                                 struct vb_arena *arena, const char **all, struct vb_err *err)
{
    struct vb_session_row *rows;
    size_t count = 0;
    unsigned char key[VB_KEY_BYTES];
    enum vb_code code = below->ops->sessions(below, round, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        enum vb_key_found found = VB_KEY_ERASED;
        if (!rows[i].erased)
            code = vb_keys_session(keys, rows[i].id, key, &found, err);
        if (code == VB_OK && found == VB_KEY_HERE)
            add_id(arena, all, rows[i].id);
    }
    sodium_memzero(key, sizeof key);
    return code;
}

/* Somebody may be talked about without ever having begun. */
static enum vb_code add_persons(struct vb_store *below, const char *round, struct vb_arena *arena,
                                const char **all, struct vb_err *err)
{
    struct vb_round_row *rounds;
    struct vb_person_row *rows;
    const char *case_id = NULL;
    size_t count = 0;
    enum vb_code code = below->ops->prefix_rounds(below, round, arena, &rounds, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(rounds[i].id, round))
            case_id = rounds[i].case_id;
    if (code != VB_OK || case_id == NULL)
        return code;
    code = below->ops->persons(below, case_id, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (!rows[i].erased)
            add_id(arena, all, rows[i].id);
    return code;
}

static enum vb_code all_of_round(struct vb_keys *keys, struct vb_store *below, const char *round,
                                 struct vb_arena *arena, const char **all, struct vb_err *err)
{
    *all = "";
    enum vb_code code = add_sessions(keys, below, round, arena, all, err);
    return code == VB_OK && (*all)[0] != '\0' ? add_persons(below, round, arena, all, err) : code;
}

enum vb_code vb_sealed_put_reason(struct vb_keys *keys, struct vb_store *below,
                                  struct vb_parcel_row *row, struct vb_arena *arena,
                                  struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found = VB_KEY_ERASED;
    const char *all;
    if (row->reason[0] == '\0')
        return VB_OK;
    enum vb_code code = all_of_round(keys, below, row->round, arena, &all, err);
    if (code == VB_OK)
        code = key_of_all(keys, all, arena, key, &found, err);
    if (code == VB_OK && found == VB_KEY_ERASED)
        row->reason = "";
    else if (code == VB_OK)
        row->reason = vb_arena_printf(
            arena, "%s:%s", all,
            vb_sealed_text(keys, key, row->reason, about_parcel(arena, row), arena));
    sodium_memzero(key, sizeof key);
    return code;
}

enum vb_code vb_sealed_open_reason(struct vb_keys *keys, struct vb_parcel_row *row,
                                   struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found = VB_KEY_ERASED;
    const char *sealed = strchr(row->reason, ':');
    if (row->reason[0] == '\0')
        return VB_OK;
    if (sealed == NULL)
        return vb_fail(err, VB_E_DATA, "the reason of parcel %s/%s/%d is not what was written",
                       row->round, row->output, row->revision);
    const char *all = vb_arena_strndup(arena, row->reason, (size_t)(sealed - row->reason));
    enum vb_code code = key_of_all(keys, all, arena, key, &found, err);
    if (code == VB_OK && found == VB_KEY_ERASED)
        row->reason = "";
    else if (code == VB_OK)
        code = vb_sealed_open_text(key, sealed + 1, about_parcel(arena, row), arena, &row->reason,
                                   err);
    sodium_memzero(key, sizeof key);
    return code == VB_E_DATA ? vb_while(err, "the reason of parcel %s/%s/%d", row->round,
                                        row->output, row->revision)
                             : code;
}
