#include "engine/kept.h"

#include <stdlib.h>

#include "store/store_queue.h"
#include "store/store_sealed.h"
#include "store/store_sqlite.h"

/* -- keys ------------------------------------------------------------------------------------- */

enum vb_code vb_kept_key_path(struct vb_arena *arena, const char **out, struct vb_err *err)
{
    const char *given = getenv("VERBOND_KEY"), *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    if (given != NULL && given[0] != '\0')
        *out = given;
    else if (config != NULL && config[0] == '/')
        *out = vb_arena_printf(arena, "%s/verbond/key", config);
    else if (home != NULL && home[0] != '\0')
        *out = vb_arena_printf(arena, "%s/.config/verbond/key", home);
    else
        return vb_fail(err, VB_E_CONFIG,
                       "there is no place for the key file: set VERBOND_KEY to its path");
    return VB_OK;
}

struct opening { /* of a store under its keys */
    struct vb_kept *kept;
    const struct vb_kept_options *options;
    bool made; /* a new master key */
};

/* Asked by the store once the folder is locked and before anything is written in it. */
static enum vb_code audit_key(void *ctx, const char *dir, bool anew,
                              unsigned char key[VB_AUDIT_KEY_BYTES], struct vb_err *err)
{
    struct opening *opening = ctx;
    struct vb_kept *kept = opening->kept;
    const struct vb_keys_options options = { .dir = dir,
                                             .master_path = opening->options->key_path,
                                             .may_make = anew,
                                             .clock = opening->options->clock,
                                             .random = opening->options->random };
    enum vb_code code =
        kept->keys != NULL ? VB_OK : vb_keys_open(&kept->keys, &options, &opening->made, err);
    if (code == VB_OK && anew)
        code = vb_keys_begin(kept->keys, err);
    if (code == VB_OK)
        vb_keys_purpose(kept->keys, "audit", key);
    return code;
}

/* -- the store -------------------------------------------------------------------------------- */

/* What writes and what reads, each sealed: the reader's connection opens when it is first used, so
 * nobody reads while settling writes everything anew. */
static enum vb_code open_both(struct vb_kept *kept, const struct vb_kept_options *options,
                              struct vb_store_queue_options *stores, struct vb_err *err)
{
    struct opening opening = { .kept = kept, .options = options };
    const struct vb_store_sqlite_options disk_options = { .dir = options->dir,
                                                          .audit_key = { audit_key, &opening } };
    struct vb_store *disk;
    enum vb_code code = vb_store_sqlite_open_with(&disk, &disk_options, err);
    kept->made_key |= opening.made && vb_keys_folder(kept->keys)[0] != '\0';
    if (code != VB_OK)
        return code;
    stores->writer = vb_store_sealed_create(disk, kept->keys);
    code = vb_store_sealed_settle(stores->writer, options->clock.wall_ms(options->clock.ctx), NULL,
                                  err);
    if (code == VB_OK)
        stores->reader = vb_store_sealed_create(vb_store_sqlite_reader(disk), kept->keys);
    else
        vb_store_destroy(stores->writer);
    return code;
}

enum vb_code vb_kept_open(struct vb_kept *kept, const struct vb_kept_options *options,
                          struct vb_err *err)
{
    struct vb_store_queue_options stores = { .loop = options->loop };
    enum vb_code code = open_both(kept, options, &stores, err);
    return code == VB_OK ? vb_store_queue_create(&kept->store, &stores, err) : code;
}

void vb_kept_close(struct vb_kept *kept)
{
    vb_store_destroy(kept->store);
    vb_keys_close(kept->keys);
    *kept = (struct vb_kept){ 0 };
}
