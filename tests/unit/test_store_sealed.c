#include "store_suite.h"

#include "keys_place.h"
#include "store/store_memory.h"
#include "store/store_sealed.h"
#include "store_place.h"

/* -- the suite, over both stores -- */

struct sealed {
    char *place;
    bool on_disk;
    struct vb_keys *keys;
};

static void *begin(bool on_disk)
{
    struct sealed *sealed = vb_new(struct sealed);
    sealed->place = place_make();
    sealed->on_disk = on_disk;
    return sealed;
}

static void *begin_on_disk(void)
{
    return begin(true);
}

static void *begin_in_memory(void)
{
    return begin(false);
}

static struct vb_store *open_sealed(void *place)
{
    struct sealed *sealed = place;
    struct vb_store *below = sealed->on_disk ? place_open(sealed->place) : vb_store_memory_create();
    sealed->keys = keys_place_open(sealed->place);
    return vb_store_sealed_create(below, sealed->keys);
}

static struct vb_store *reopen(void *place, struct vb_store *store)
{
    struct sealed *sealed = place;
    vb_store_destroy(store);
    vb_keys_close(sealed->keys);
    return open_sealed(sealed);
}

static struct vb_store *same(void *place, struct vb_store *store)
{
    (void)place;
    return store;
}

static void end(void *place)
{
    struct sealed *sealed = place;
    vb_keys_close(sealed->keys);
    place_end(sealed->place);
    free(sealed);
}

int main(void)
{
    const struct store_maker on_disk = { "sealed, on disk", begin_on_disk, open_sealed, reopen, end,
                                         .parts = true,     .keys = true };
    const struct store_maker in_memory = {
        "sealed, in memory", begin_in_memory, open_sealed, same, end, .parts = true, .keys = true
    };
    return store_suite_run(&on_disk) + store_suite_run(&in_memory);
}
