/* keys.c - the folder's keys as a whole: opened, begun, ended. */
#include "store/keys.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "store/keys_inner.h"

/* -- opening -- */

static void name_master(struct vb_keys *keys)
{
    unsigned char named[VB_KEY_BYTES];
    vb_keys_purpose(keys, "key id", named);
    sodium_bin2hex(keys->id, sizeof keys->id, named, (VB_KEY_ID_SIZE - 1) / 2);
}

/* keys.db is there, the key file is not. */
static enum vb_code refuse_missing(const struct vb_keys *keys, struct vb_err *err)
{
    return vb_fail(err, VB_E_CONFIG,
                   "there is no key file %s, and %s/keys.db is sealed under key %s: put that key "
                   "file back, or set VERBOND_KEY to its path",
                   keys->master_path, keys->dir, keys->sealed_under);
}

static enum vb_code refuse_other(const struct vb_keys *keys, struct vb_err *err)
{
    return vb_fail(err, VB_E_CONFIG,
                   "%s/keys.db is sealed under key %s, and the key file %s holds key %s: set "
                   "VERBOND_KEY to the path of the first, or put its keys.db back",
                   keys->dir, keys->sealed_under, keys->master_path, keys->id);
}

static enum vb_code refuse_lost_file(const struct vb_keys *keys, struct vb_err *err)
{
    return vb_fail(
        err, VB_E_CONFIG,
        "%s/keys.db is not there, and what is kept beside it is sealed under it (the key "
        "file %s holds key %s): put your newest copy of keys.db back",
        keys->dir, keys->master_path, keys->id);
}

/* The key file and keys.db belong together; a new folder has neither. */
static enum vb_code match(struct vb_keys *keys, bool may_make, struct vb_err *err)
{
    struct vb_err missing;
    bool file = true;
    enum vb_code code = vb_keys_file_open(keys, err);
    if (code == VB_E_ABSENT)
        file = false;
    else if (code != VB_OK)
        return code;
    code = vb_keys_master_read(keys->master_path, keys->master, &missing);
    if (code == VB_E_ABSENT && file)
        return refuse_missing(keys, err);
    may_make = may_make && keys->erasures.table.count == 0;
    if (code == VB_E_ABSENT && may_make) {
        keys->random.fill(keys->random.ctx, keys->master, VB_KEY_BYTES);
        keys->drawn = true;
        code = VB_OK;
    }
    if (code != VB_OK) {
        *err = missing;
        return err->code = code == VB_E_ABSENT ? VB_E_CONFIG : code;
    }
    name_master(keys);
    if (!file && !may_make)
        return refuse_lost_file(keys, err);
    return file && !vb_streq(keys->id, keys->sealed_under) ? refuse_other(keys, err) : VB_OK;
}

/* Before the first thing is built on what is there, and again after a failure: whoever wrote it may
 * have been broken off. */
static enum vb_code settle(struct vb_keys *keys, struct vb_err *err)
{
    if (keys->settled && !keys->db.failed)
        return VB_OK;
    enum vb_code code = vb_keys_erasures_keep(&keys->erasures, keys->dir, err);
    if (code == VB_OK)
        code = vb_keys_file_settle(keys, err);
    keys->settled = code == VB_OK;
    return code;
}

/* -- ending -- */

/* What hangs on it and is not in the list yet, after it itself. */
static const struct vb_key_erased *falls(struct vb_keys *keys, enum vb_erasable what,
                                         const char *id, const struct vb_keys_row *rows,
                                         size_t count, struct vb_arena *arena, size_t *fallen)
{
    struct vb_key_erased *out = vb_arena_alloc(arena, sizeof *out * (count + 1));
    bool news = !vb_keys_erasures_has(&keys->erasures, what, id);
    *fallen = 0;
    out[(*fallen)++] = (struct vb_key_erased){ .what = what, .id = id };
    for (size_t i = 0; i < count; i++) {
        if ((rows[i].what == what && vb_streq(rows[i].id, id)) ||
            vb_keys_erasures_has(&keys->erasures, rows[i].what, rows[i].id))
            continue;
        out[(*fallen)++] =
            (struct vb_key_erased){ .what = rows[i].what, .id = rows[i].id, .fell = true };
        news = true;
    }
    if (!news)
        *fallen = 0;
    return out;
}

/* Readers wait for this one sync, so that nobody finds a key that is in the list. Where the disk
 * fails nobody finds it either: it was asked for. */
static enum vb_code write_down(struct vb_keys *keys, const struct vb_key_erased *fallen,
                               size_t count, struct vb_err *err)
{
    int64_t now = keys->clock.wall_ms(keys->clock.ctx);
    pthread_mutex_lock(&keys->lock);
    enum vb_code code =
        count == 0 ? VB_OK
                   : vb_keys_erasures_append(&keys->erasures, keys->dir, now, fallen, count, err);
    if (code != VB_OK)
        vb_keys_erasures_note(&keys->ending, fallen, count, now);
    vb_keys_cache_wipe(keys->cache);
    pthread_mutex_unlock(&keys->lock);
    return code;
}

static enum vb_code delete_rows(struct vb_keys *keys, const struct vb_keys_row *rows, size_t count,
                                struct vb_err *err)
{
    char mark[VB_KEYS_MARK];
    vb_keys_erasures_mark(&keys->erasures, mark);
    enum vb_code code = vb_keys_file_begin(keys, err);
    if (code != VB_OK)
        return code;
    keys->stale = true;
    for (size_t i = 0; i < count && code == VB_OK; i++)
        code = vb_keys_file_delete(keys, rows[i].what, rows[i].id, err);
    if (code == VB_OK)
        code = vb_keys_file_set_applied(keys, mark, err);
    return vb_keys_file_end(keys, code, err);
}

static enum vb_code forget(struct vb_keys *keys, struct vb_err *err)
{
    enum vb_code code = keys->stale ? vb_keys_file_forget(keys, err) : VB_OK;
    keys->stale = keys->stale && code != VB_OK;
    return code;
}

/* With file_lock held. */
static enum vb_code destroy(struct vb_keys *keys, enum vb_erasable what, const char *id,
                            struct vb_arena *arena, struct vb_err *err)
{
    struct vb_keys_row *rows = NULL;
    size_t count = 0, fallen;
    enum vb_code code = vb_keys_file_below(keys, what, id, arena, &rows, &count, err);
    if (code != VB_OK)
        return code;
    const struct vb_key_erased *list = falls(keys, what, id, rows, count, arena, &fallen);
    code = write_down(keys, list, fallen, err);
    if (code == VB_OK && (fallen > 0 || count > 0))
        code = delete_rows(keys, rows, count, err);
    if (code == VB_OK)
        code = forget(keys, err);
    return code == VB_OK ? VB_OK
                         : vb_while(err, "erasing the key of %s %s", vb_erasable_name(what), id);
}

enum vb_code vb_keys_destroy(struct vb_keys *keys, enum vb_erasable what, const char *id,
                             struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = vb_keys_begin(keys, err);
    pthread_mutex_lock(&keys->file_lock);
    if (code == VB_OK)
        code = destroy(keys, what, id, &arena, err);
    pthread_mutex_unlock(&keys->file_lock);
    vb_arena_finish(&arena);
    return code;
}

/* Does a row hang on something that was destroyed? Then *what and *id name that. */
static bool should_be_gone(const struct vb_keys *keys, const struct vb_keys_row *row,
                           struct vb_arena *arena, enum vb_erasable *what, const char **id)
{
    *what = row->what;
    *id = row->id;
    if (vb_keys_erasures_has(&keys->erasures, *what, *id))
        return true;
    *what = row->what == VB_ERASE_BLOB ? VB_ERASE_SESSION : VB_ERASE_PERSON;
    char *rest = NULL, *list = vb_arena_strdup(arena, row->under);
    for (*id = strtok_r(list, " ", &rest); *id != NULL; *id = strtok_r(NULL, " ", &rest))
        if (vb_keys_erasures_has(&keys->erasures, *what, *id))
            return true;
    return false;
}

/* Carries out what DIR/erasures says and keys.db does not know: a crash came between the two, or
 * keys.db is an older copy. */
static enum vb_code apply_erasures(struct vb_keys *keys, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_keys_row *rows;
    size_t count = 0;
    char mark[VB_KEYS_MARK];
    bool applied = true;
    enum vb_code code = VB_OK;
    vb_keys_erasures_mark(&keys->erasures, mark);
    keys->stale = keys->erasures.table.count > 0;
    if (keys->folder[0] != '\0' && keys->stale)
        code = vb_keys_file_applied(keys, mark, &applied, err);
    if (code == VB_OK && !applied) {
        code = settle(keys, err);
        if (code == VB_OK)
            code = vb_keys_file_rows(keys, &arena, &rows, &count, err);
        for (size_t i = 0; i < count && code == VB_OK; i++) {
            enum vb_erasable what;
            const char *id;
            if (should_be_gone(keys, &rows[i], &arena, &what, &id))
                code = destroy(keys, what, id, &arena, err);
        }
        if (code == VB_OK)
            code = delete_rows(keys, NULL, 0, err); /* so that the next start need not look */
    }
    if (code == VB_OK && keys->folder[0] != '\0')
        code = forget(keys, err);
    vb_arena_finish(&arena);
    return code;
}

/* -- begin and end -- */

enum vb_code vb_keys_open(struct vb_keys **out, const struct vb_keys_options *options, bool *made,
                          struct vb_err *err)
{
    int sodium = sodium_init();
    vb_assert(sodium >= 0);
    struct vb_keys *keys = vb_new(struct vb_keys);
    keys->dir = vb_strdup(options->dir);
    keys->master_path = vb_strdup(options->master_path);
    keys->clock = options->clock;
    keys->random = options->random;
    keys->master = sodium_malloc(VB_KEY_BYTES);
    vb_assert(keys->master != NULL);
    keys->cache = vb_keys_cache_create();
    pthread_mutex_init(&keys->lock, NULL);
    pthread_mutex_init(&keys->file_lock, NULL);
    enum vb_code code = vb_keys_erasures_read(&keys->erasures, keys->dir, err);
    if (code == VB_OK)
        code = match(keys, options->may_make, err);
    if (code == VB_OK)
        code = apply_erasures(keys, err);
    if (code != VB_OK) {
        vb_keys_close(keys);
        return code;
    }
    if (made != NULL)
        *made = keys->drawn;
    *out = keys;
    return VB_OK;
}

void vb_keys_close(struct vb_keys *keys)
{
    if (keys == NULL)
        return;
    vb_store_db_close(&keys->db);
    vb_keys_erasures_finish(&keys->erasures);
    vb_keys_erasures_finish(&keys->ending);
    vb_keys_cache_destroy(keys->cache);
    sodium_free(keys->master); /* wipes */
    pthread_mutex_destroy(&keys->lock);
    pthread_mutex_destroy(&keys->file_lock);
    free(keys->master_path);
    free(keys->dir);
    free(keys);
}

/* The master key first, with its name: a keys.db without one could never be opened. */
static enum vb_code make_both(struct vb_keys *keys, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    if (keys->drawn)
        code = vb_keys_master_write(keys->master_path, keys->dir, keys->master, &keys->random, err);
    if (code == VB_OK)
        code = vb_keys_master_keep(keys->master_path, err);
    if (code != VB_OK)
        return code;
    keys->drawn = false;
    return vb_keys_file_make(keys, err);
}

enum vb_code vb_keys_begin(struct vb_keys *keys, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    pthread_mutex_lock(&keys->file_lock);
    if (keys->folder[0] == '\0')
        code = make_both(keys, err);
    if (code == VB_OK)
        code = settle(keys, err);
    pthread_mutex_unlock(&keys->file_lock);
    return code;
}

const char *vb_keys_id(const struct vb_keys *keys)
{
    return keys->id;
}

const char *vb_keys_folder(const struct vb_keys *keys)
{
    return keys->folder;
}

const char *vb_keys_master_path(const struct vb_keys *keys)
{
    return keys->master_path;
}

void vb_keys_erased(struct vb_keys *keys, struct vb_arena *arena, struct vb_key_erased **out,
                    size_t *count)
{
    pthread_mutex_lock(&keys->lock);
    const struct vb_table *table = &keys->erasures.table;
    *count = table->count;
    *out = vb_arena_alloc(arena, sizeof **out * (table->count + 1));
    for (size_t i = 0; i < table->count; i++) {
        (*out)[i] = ((const struct vb_keys_erased *)(const void *)table->rows[i])->row;
        (*out)[i].id = vb_arena_strdup(arena, (*out)[i].id);
    }
    pthread_mutex_unlock(&keys->lock);
}

enum vb_code vb_keys_ended(struct vb_keys *keys, int64_t now_wall_ms, struct vb_arena *arena,
                           const char ***ids, size_t *count, struct vb_err *err)
{
    struct vb_keys_row *rows = NULL;
    enum vb_code code = VB_OK;
    *count = 0;
    pthread_mutex_lock(&keys->file_lock);
    if (keys->folder[0] != '\0')
        code = vb_keys_file_ended(keys, now_wall_ms, arena, &rows, count, err);
    pthread_mutex_unlock(&keys->file_lock);
    *ids = vb_arena_alloc(arena, sizeof **ids * (*count + 1));
    for (size_t i = 0; i < *count; i++)
        (*ids)[i] = rows[i].id;
    return code;
}
