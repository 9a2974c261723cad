/* workplace_store.c - the data folder: found, opened, and everything looked at written down. */
#include "main/workplace.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "outbox/outbox.h"
#include "store/store_memory.h"
#include "store/store_queue.h"
#include "store/store_sealed.h"
#include "store/store_sqlite.h"

enum vb_code vb_workplace_loop(struct vb_workplace *place, struct vb_err *err)
{
    return place->loop != NULL ? VB_OK : vb_loop_create(&place->loop, err);
}

/* -- keys ------------------------------------------------------------------------------------- */

static enum vb_code master_path(struct vb_workplace *place, const char **path, struct vb_err *err)
{
    const char *given = getenv("VERBOND_KEY"), *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    if (given != NULL && given[0] != '\0')
        *path = given;
    else if (config != NULL && config[0] == '/')
        *path = vb_arena_printf(&place->arena, "%s/verbond/key", config);
    else if (home != NULL && home[0] != '\0')
        *path = vb_arena_printf(&place->arena, "%s/.config/verbond/key", home);
    else
        return vb_fail(err, VB_E_CONFIG,
                       "there is no place for the key file: set VERBOND_KEY to its path");
    return VB_OK;
}

struct opening { /* of a store under its keys */
    struct vb_workplace *place;
    bool made; /* a new master key */
};

/* Asked by the store once the folder is locked and before anything is written in it. */
static enum vb_code audit_key(void *ctx, const char *dir, bool anew,
                              unsigned char key[VB_AUDIT_KEY_BYTES], struct vb_err *err)
{
    struct opening *opening = ctx;
    struct vb_workplace *place = opening->place;
    struct vb_keys_options options = {
        .dir = dir, .may_make = anew, .clock = place->env.clock, .random = place->env.random
    };
    enum vb_code code = master_path(place, &options.master_path, err);
    if (code == VB_OK && place->keys == NULL)
        code = vb_keys_open(&place->keys, &options, &opening->made, err);
    if (code == VB_OK && anew)
        code = vb_keys_begin(place->keys, err);
    if (code == VB_OK)
        vb_keys_purpose(place->keys, "audit", key);
    return code;
}

static void tell_made(const struct vb_workplace *place)
{
    vb_workplace_say(stderr,
                     "verbond: made the key file %s. What is kept in %s can be read with this file "
                     "only: keep a copy of it, in another place than the data.\n",
                     vb_keys_master_path(place->keys), place->data);
}

/* -- the store -------------------------------------------------------------------------------- */

/* What writes and what reads, each sealed: the reader's connection opens when it is first used, so
 * nobody reads while settling writes everything anew. */
static enum vb_code open_both(struct vb_workplace *place, struct vb_store_queue_options *stores,
                              struct vb_err *err)
{
    struct opening opening = { .place = place };
    const struct vb_store_sqlite_options options = { .dir = place->data,
                                                     .audit_key = { audit_key, &opening } };
    struct vb_store *disk;
    enum vb_code rc = vb_store_sqlite_open_with(&disk, &options, err);
    if (opening.made && vb_keys_folder(place->keys)[0] != '\0') {
        place->made_key = true;
        tell_made(place); /* also when what comes after it fails: it is there */
    }
    if (rc != VB_OK)
        return rc;
    stores->writer = vb_store_sealed_create(disk, place->keys);
    rc = vb_store_sealed_settle(stores->writer, place->env.clock.wall_ms(place->env.clock.ctx),
                                NULL, err);
    if (rc == VB_OK)
        stores->reader = vb_store_sealed_create(vb_store_sqlite_reader(disk), place->keys);
    else
        vb_store_destroy(stores->writer);
    return rc;
}

const char *vb_workplace_outputs_dir(struct vb_workplace *place)
{
    return vb_arena_printf(&place->arena, "%s/outputs", place->data);
}

/* Behind a thread for each. */
enum vb_code vb_workplace_open(struct vb_workplace *place, struct vb_err *err)
{
    struct vb_store_queue_options stores = { 0 };
    int erased;
    enum vb_code rc = vb_workplace_loop(place, err);
    if (rc == VB_OK)
        rc = open_both(place, &stores, err);
    if (rc != VB_OK)
        return rc;
    stores.loop = place->loop;
    rc = vb_store_queue_create(&place->store, &stores, err);
    if (rc == VB_OK)
        vb_outbox_clear(vb_workplace_outputs_dir(place));
    return rc == VB_OK && !place->on_trial ? vb_workplace_keep_no_longer(place, &erased, err) : rc;
}

bool vb_workplace_has_data(const struct vb_workplace *place)
{
    struct vb_buf path = { 0 };
    vb_buf_printf(&path, "%s/verbond.db", place->data);
    /* A folder that cannot be looked into is for the opening to refuse, and so is a log alone. */
    bool there = access(path.data, F_OK) == 0 || errno != ENOENT;
    vb_buf_puts(&path, "-wal");
    there = there || access(path.data, F_OK) == 0;
    vb_buf_finish(&path);
    return there;
}

enum vb_code vb_workplace_open_kept(struct vb_workplace *place, const char *what,
                                    struct vb_err *err)
{
    if (!vb_workplace_has_data(place))
        return vb_fail(err, VB_E_ABSENT, "no round begins with %s: %s has no store", what,
                       place->data);
    return vb_workplace_open(place, err);
}

enum vb_code vb_workplace_open_for(struct vb_workplace *place, enum vb_retain retain,
                                   struct vb_err *err)
{
    bool keep = retain == VB_RETAIN_KEEP;
    if (keep && vb_workplace_has_data(place))
        return vb_workplace_open(place, err);
    place->store = vb_store_memory_create();
    place->unsettled = keep;
    return VB_OK;
}

enum vb_code vb_workplace_settle(struct vb_workplace *place, struct vb_err *err)
{
    if (!place->unsettled)
        return VB_OK;
    vb_store_destroy(place->store);
    place->store = NULL;
    place->unsettled = false;
    return vb_workplace_open(place, err);
}

const char *vb_workplace_user(struct vb_workplace *place)
{
    const struct passwd *user = getpwuid(getuid());
    return user != NULL ? vb_arena_strdup(&place->arena, user->pw_name)
                        : vb_arena_printf(&place->arena, "uid %ld", (long)getuid());
}

struct vb_audit_row vb_workplace_audit_row(struct vb_workplace *place, const char *action,
                                           const char *subject)
{
    return (struct vb_audit_row){ .wall_ms = place->env.clock.wall_ms(place->env.clock.ctx),
                                  .action = action,
                                  .subject = subject,
                                  .by = place->env.by,
                                  .on_behalf = place->env.on_behalf };
}

enum vb_code vb_workplace_audit(struct vb_workplace *place, const char *action, const char *subject,
                                struct vb_err *err)
{
    const struct vb_audit_row row = vb_workplace_audit_row(place, action, subject);
    return vb_workplace_put_audit(place, &row, err);
}

enum vb_code vb_workplace_put_audit(struct vb_workplace *place, const struct vb_audit_row *row,
                                    struct vb_err *err)
{
    const struct vb_change change = { .kind = VB_PUT_AUDIT, .audit = *row };
    enum vb_code rc = vb_store_commit(place->store, &change, 1, err);
    return rc == VB_OK ? rc : vb_while(err, "nothing is shown, because the audit has no row of it");
}
