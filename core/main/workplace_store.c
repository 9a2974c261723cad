/* workplace_store.c - the data folder: found, opened, and everything looked at written down. */
#include "main/workplace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/kept.h"
#include "session/named.h"
#include "outbox/outbox.h"
#include "store/store_memory.h"

enum vb_code vb_workplace_loop(struct vb_workplace *place, struct vb_err *err)
{
    return place->loop != NULL ? VB_OK : vb_loop_create(&place->loop, err);
}

static void tell_made(const struct vb_workplace *place)
{
    vb_workplace_say(stderr,
                     "verbond: made the key file %s. What is kept in %s can be read with this file "
                     "only: keep a copy of it, in another place than the data.\n",
                     vb_keys_master_path(place->keys), place->data);
}

const char *vb_workplace_outputs_dir(struct vb_workplace *place)
{
    return vb_arena_printf(&place->arena, "%s/outputs", place->data);
}

/* What opening made is told also when something after it failed: it is there. */
static enum vb_code open_kept(struct vb_workplace *place, struct vb_err *err)
{
    struct vb_kept kept = { .keys = place->keys };
    struct vb_kept_options options = { .dir = place->data,
                                       .key_path = place->configuration.set[VB_CONF_KEY].text,
                                       .loop = place->loop,
                                       .clock = place->env.clock,
                                       .random = place->env.random };
    if (options.key_path == NULL)
        return vb_fail(err, VB_E_CONFIG,
                       "there is no place for the key file: set VERBOND_KEY to its path");
    enum vb_code rc = vb_kept_open(&kept, &options, err);
    place->keys = kept.keys;
    place->store = kept.store;
    place->made_key |= kept.made_key;
    if (kept.made_key)
        tell_made(place);
    return rc;
}

enum vb_code vb_workplace_open(struct vb_workplace *place, struct vb_err *err)
{
    int erased;
    enum vb_code rc = vb_workplace_loop(place, err);
    if (rc == VB_OK)
        rc = open_kept(place, err);
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
    return vb_named_user(&place->arena);
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
