#include "sealed_place.h"

#include <dirent.h>

#include "store/store_sqlite.h"
#include "store_place.h"
#include "tests.h"

struct sealed_place *sealed_place_make(void)
{
    struct sealed_place *sealed = vb_new(struct sealed_place);
    sealed->place = place_make();
    return sealed;
}

void sealed_place_close(struct sealed_place *sealed)
{
    vb_store_destroy(sealed->store);
    vb_keys_close(sealed->keys);
    sealed->store = sealed->below = NULL;
    sealed->keys = NULL;
}

void sealed_place_end(struct sealed_place *sealed)
{
    sealed_place_close(sealed);
    place_end(sealed->place);
    free(sealed);
}

int sealed_place_set_up(void **state)
{
    *state = sealed_place_make();
    return 0;
}

int sealed_place_tear_down(void **state)
{
    sealed_place_end(*state);
    return 0;
}

static enum vb_code audit_key(void *ctx, const char *dir, bool anew,
                              unsigned char key[VB_AUDIT_KEY_BYTES], struct vb_err *err)
{
    struct sealed_place *sealed = ctx;
    char ignored[256], master[256];
    struct vb_keys_options options = keys_place_options(sealed->place, ignored, master);
    options.dir = dir;
    options.may_make = anew;
    enum vb_code code = VB_OK;
    if (sealed->keys == NULL)
        code = vb_keys_open(&sealed->keys, &options, NULL, err);
    if (code == VB_OK && anew)
        code = vb_keys_begin(sealed->keys, err);
    if (code == VB_OK)
        vb_keys_purpose(sealed->keys, "audit", key);
    return code;
}

static enum vb_code try_open(struct sealed_place *sealed, int64_t now_wall_ms, struct vb_err *err)
{
    char *dir = place_path(sealed->place, "data");
    const struct vb_store_sqlite_options options = { .dir = dir,
                                                     .audit_key = { audit_key, sealed } };
    enum vb_code code = vb_store_sqlite_open_with(&sealed->below, &options, err);
    if (code == VB_OK) {
        sealed->store = vb_store_sealed_create(sealed->below, sealed->keys);
        code = vb_store_sealed_settle(sealed->store, now_wall_ms, &sealed->ended, err);
    }
    free(dir);
    return code;
}

struct vb_store *sealed_place_open(struct sealed_place *sealed, int64_t now_wall_ms)
{
    struct vb_err err;
    sealed_place_close(sealed);
    if (try_open(sealed, now_wall_ms, &err) != VB_OK)
        fail_msg("%s", err.text);
    return sealed->store;
}

enum vb_code sealed_place_refused(struct sealed_place *sealed, struct vb_err *err)
{
    sealed_place_close(sealed);
    enum vb_code code = try_open(sealed, 0, err);
    sealed_place_close(sealed);
    return code;
}

int sealed_place_finds(const struct sealed_place *sealed, const void *bytes, size_t len)
{
    char *dir = place_path(sealed->place, "data");
    DIR *list = opendir(dir);
    int found = 0;
    assert_non_null(list);
    for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        char *name = place_path("data", entry->d_name);
        struct vb_buf file = keys_place_read(sealed->place, name);
        for (char *at = file.data;
             (at = memmem(at, file.len - (size_t)(at - file.data), bytes, len)) != NULL; at++)
            found++;
        vb_buf_finish(&file);
        free(name);
    }
    closedir(list);
    free(dir);
    return found;
}
