#include "main/restoring.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "session/erase.h"
#include "store/store_file.h"
#include "store/store_folder.h"

static const char *in(struct vb_workplace *place, const char *dir, const char *name)
{
    return vb_arena_printf(&place->arena, "%s/%s", dir, name);
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* -- the scratch folder ------------------------------------------------------------------------ */

/* A file of ours, or what SQLite leaves beside one. */
static bool is_ours(const char *name)
{
    static const char *const beginnings[] = { "keys.db", "verbond.db", "erasures", "reserve",
                                              "lock" };
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (vb_starts_with(name, beginnings[i]))
            return true;
    return false;
}

/* What holds keys is written over, so everything is. */
static enum vb_code clear(struct vb_workplace *place, const char *scratch, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    DIR *list = opendir(scratch);
    if (list == NULL)
        return errno == ENOENT
                   ? VB_OK
                   : vb_store_folder_fail(err, errno, "cannot read the folder", scratch);
    for (const struct dirent *entry = readdir(list); code == VB_OK && entry != NULL;
         entry = readdir(list))
        if (is_ours(entry->d_name))
            code = vb_store_file_destroy(in(place, scratch, entry->d_name), err);
    closedir(list);
    if (code == VB_OK && rmdir(scratch) != 0)
        code = vb_store_folder_fail(err, errno, "cannot take away", scratch);
    return code;
}

/* Left behind by a try that was cut off, or in use by another one. */
static enum vb_code make_scratch(struct vb_workplace *place, const char *scratch,
                                 struct vb_err *err)
{
    struct vb_store_folder folder;
    enum vb_code code = VB_OK;
    if (is_there(scratch)) {
        code = vb_store_folder_open(&folder, scratch, err);
        if (code != VB_OK)
            return code;
        vb_store_folder_close(&folder);
        code = clear(place, scratch, err);
    }
    return code == VB_OK ? vb_store_folder_make(scratch, err) : code;
}

/* DATA.restoring, beside DATA. */
static const char *scratch_of(struct vb_workplace *place, const char *data)
{
    char *plain = vb_arena_strdup(&place->arena, data);
    for (size_t len = strlen(plain); len > 1 && plain[len - 1] == '/'; len--)
        plain[len - 1] = '\0';
    return vb_arena_printf(&place->arena, "%s.restoring", plain);
}

/* -- begin ------------------------------------------------------------------------------------- */

static enum vb_code take_keys(struct vb_restoring *restoring, struct vb_workplace *place,
                              struct vb_err *err)
{
    const char *from =
        restoring->keys != NULL ? restoring->keys : in(place, restoring->data, "keys.db");
    if (restoring->keys != NULL && !is_there(from))
        return vb_fail(err, VB_E_ABSENT, "--keys %s is not there", from);
    restoring->has_keys = is_there(from);
    /* What a crash broke off in the folder's own can only be taken back by who may write it. One
     * that it cannot be taken back in is told by the copying. */
    struct vb_err untold;
    if (restoring->keys == NULL && restoring->has_keys)
        (void)vb_keys_recover(restoring->data, &untold);
    return restoring->has_keys
               ? vb_backup_database(from, in(place, restoring->scratch, "keys.db"), err)
               : VB_OK;
}

/* Whatever was erased anywhere stays erased. */
static enum vb_code take_erasures(struct vb_restoring *restoring, struct vb_workplace *place,
                                  struct vb_err *err)
{
    const char *lists[3];
    size_t count = 0;
    lists[count++] = in(place, restoring->from, "erasures");
    lists[count++] = in(place, restoring->data, "erasures");
    if (restoring->erasures != NULL && !is_there(restoring->erasures))
        return vb_fail(err, VB_E_ABSENT, "--erasures %s is not there", restoring->erasures);
    if (restoring->erasures != NULL)
        lists[count++] = restoring->erasures;
    return vb_keys_merge_erasures(restoring->scratch, lists, count, err);
}

enum vb_code vb_restoring_begin(struct vb_restoring *restoring, struct vb_workplace *place,
                                struct vb_err *err)
{
    enum vb_code code = vb_backup_read(&restoring->backup, restoring->from, &place->arena, err);
    if (code == VB_OK)
        code = vb_backup_check(&restoring->backup, restoring->from, err);
    if (code != VB_OK)
        return code;
    const char *scratch = scratch_of(place, restoring->data);
    code = make_scratch(place, scratch, err);
    if (code != VB_OK)
        return code;
    restoring->scratch = scratch;
    code = vb_store_file_copy(in(place, restoring->from, "verbond.db"),
                              in(place, scratch, "verbond.db"), err);
    if (code == VB_OK)
        code = vb_inspect_file(in(place, scratch, "verbond.db"), err);
    if (code == VB_OK)
        code = take_keys(restoring, place, err);
    return code == VB_OK ? take_erasures(restoring, place, err) : code;
}

/* -- try --------------------------------------------------------------------------------------- */

static enum vb_code refuse_lost(const struct vb_restoring *restoring, struct vb_err *err)
{
    const struct vb_lost *first = &restoring->inspected.lost[0];
    return vb_fail(err, VB_E_CONFIG,
                   "this keys.db has no key of %s %s and of %zu more, and no list of erasures "
                   "says why: give a newer one with --keys, or --erase-lost to go on without what "
                   "it cannot open",
                   vb_erasable_name(first->what), first->id, restoring->inspected.lost_count - 1);
}

/* Of a picture only the name is known that it has in the files: its key is ended there, and the
 * next opening says it in the rows. */
static enum vb_code erase_one(struct vb_workplace *scratch, const struct vb_lost *lost,
                              struct vb_err *err)
{
    int64_t now = scratch->env.clock.wall_ms(scratch->env.clock.ctx);
    struct vb_change changes[] = {
        { .kind = VB_PUT_AUDIT, .audit = vb_workplace_audit_row(scratch, "key lost", lost->id) },
        { .kind = VB_ERASE, .erasure = { lost->what, lost->id, "key lost", now, false } },
    };
    bool picture = lost->what == VB_ERASE_BLOB;
    enum vb_code code = vb_store_commit(scratch->store, changes, picture ? 1 : 2, err);
    if (code == VB_OK && picture)
        code = vb_keys_destroy(scratch->keys, lost->what, lost->id, err);
    return code;
}

static enum vb_code erase_lost(const struct vb_restoring *restoring, struct vb_workplace *scratch,
                               struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (size_t i = 0; code == VB_OK && i < restoring->inspected.lost_count; i++)
        code = erase_one(scratch, &restoring->inspected.lost[i], err);
    return code;
}

/* Rounds that were erased after the backup was made say so again. */
static enum vb_code tell_rounds(struct vb_restoring *restoring, struct vb_workplace *scratch,
                                struct vb_err *err)
{
    struct vb_erase erase;
    struct vb_erase_why why = { .reason = "asked",
                                .by = "rule",
                                .now_wall_ms = scratch->env.clock.wall_ms(scratch->env.clock.ctx) };
    enum vb_code code = vb_erase_find_untold(&erase, scratch->store, &scratch->arena, err);
    if (code == VB_OK)
        code = vb_erase_commit(&erase, scratch->store, &why, &scratch->arena, err);
    for (size_t i = 0; code == VB_OK && i < erase.round_count; i++)
        restoring->rounds_erased += erase.rounds[i].whole;
    return code;
}

/* Since the backup was made something may have been withdrawn, or a round closed. */
static enum vb_code end_sign_ins(struct vb_workplace *scratch, struct vb_err *err)
{
    const struct vb_change change = { .kind = VB_END_TOKENS };
    return vb_store_commit(scratch->store, &change, 1, err);
}

static enum vb_code try_opened(struct vb_restoring *restoring, struct vb_workplace *place,
                               struct vb_workplace *scratch, const char *audit, struct vb_err *err)
{
    const char *path = in(place, restoring->scratch, "verbond.db");
    enum vb_code code = vb_inspect_store(&restoring->inspected, scratch->store, scratch->keys, path,
                                         &place->arena, err);
    if (code == VB_OK)
        code = vb_store_audit_check(scratch->store, err);
    if (code == VB_OK && restoring->inspected.lost_count > 0)
        code = restoring->erase_lost ? erase_lost(restoring, scratch, err)
                                     : refuse_lost(restoring, err);
    if (code == VB_OK)
        code = tell_rounds(restoring, scratch, err);
    if (code == VB_OK)
        code = end_sign_ins(scratch, err);
    if (code == VB_OK && audit != NULL)
        code = vb_workplace_audit(scratch, audit, restoring->backup.id, err);
    return code;
}

enum vb_code vb_restoring_try(struct vb_restoring *restoring, struct vb_workplace *place,
                              const char *audit, struct vb_err *err)
{
    struct vb_workplace scratch;
    if (!restoring->has_keys)
        return VB_OK;
    enum vb_code code = vb_workplace_begin(&scratch, restoring->scratch, err);
    scratch.on_trial = true;
    if (code == VB_OK)
        code = vb_workplace_open(&scratch, err);
    if (code == VB_OK)
        code = try_opened(restoring, place, &scratch, audit, err);
    else
        code =
            vb_while(err, "the backup (sealed under key %s) does not open", restoring->backup.key);
    vb_workplace_end(&scratch, VB_OK, NULL);
    return code;
}

/* -- place ------------------------------------------------------------------------------------- */

/* What a folder without a store may hold. */
static bool may_stay(const char *name)
{
    static const char *const names[] = {
        ".", "..", "lock", "reserve", "keys.db", "erasures", "keys.db-journal", "outputs"
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (vb_streq(name, names[i]))
            return true;
    return false;
}

static enum vb_code check_empty(const char *data, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    DIR *list = opendir(data);
    if (list == NULL)
        return vb_store_folder_fail(err, errno, "cannot read the folder", data);
    for (const struct dirent *entry = readdir(list); code == VB_OK && entry != NULL;
         entry = readdir(list))
        if (!may_stay(entry->d_name))
            code = vb_fail(err, VB_E_CONFLICT,
                           "%s is not empty (%.80s): move it away, or name another with --data; "
                           "its list of erasures goes with --erasures",
                           data, entry->d_name);
    closedir(list);
    return code;
}

/* A journal that a crash left belongs to the keys.db that is replaced. Beside the new one, SQLite
 * would take it for its own, and take the new keys back with it. Until it is replaced the old one
 * stays readable, if it was. */
static enum vb_code end_old_journal(struct vb_restoring *restoring, struct vb_workplace *place,
                                    struct vb_err *err)
{
    struct vb_err untold;
    if (is_there(in(place, restoring->data, "keys.db")))
        (void)vb_keys_recover(restoring->data, &untold);
    return vb_store_file_destroy(in(place, restoring->data, "keys.db-journal"), err);
}

/* verbond.db comes last, so that a folder that has one is complete. */
static enum vb_code move_all(struct vb_restoring *restoring, struct vb_workplace *place,
                             struct vb_err *err)
{
    static const char *const names[] = { "erasures", "keys.db", "verbond.db" };
    enum vb_code code = VB_OK;
    if (is_there(in(place, restoring->scratch, "verbond.db-wal")))
        return vb_fail(err, VB_E_INTERNAL, "the restored database was not closed whole");
    code = end_old_journal(restoring, place, err);
    for (size_t i = 0; code == VB_OK && i < sizeof names / sizeof *names; i++) {
        const char *from = in(place, restoring->scratch, names[i]);
        if (is_there(from))
            code = vb_store_file_move(from, in(place, restoring->data, names[i]), err);
    }
    return code;
}

enum vb_code vb_restoring_place(struct vb_restoring *restoring, struct vb_workplace *place,
                                struct vb_err *err)
{
    struct vb_store_folder folder;
    enum vb_code code = vb_store_folder_open(&folder, restoring->data, err);
    if (code != VB_OK)
        return code;
    code = check_empty(restoring->data, err);
    if (code == VB_OK)
        code = move_all(restoring, place, err);
    vb_store_folder_close(&folder);
    return code;
}

enum vb_code vb_restoring_end(struct vb_restoring *restoring, struct vb_workplace *place,
                              struct vb_err *err)
{
    return restoring->scratch == NULL ? VB_OK : clear(place, restoring->scratch, err);
}
