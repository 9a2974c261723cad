/* sealed_place.h - a data folder with a sealed store on disk, as main puts it together. */
#ifndef SEALED_PLACE_H
#define SEALED_PLACE_H

#include "keys_place.h"
#include "store/store_sealed.h"

struct sealed_place {
    char *place;
    struct vb_keys *keys;   /* NULL: closed */
    struct vb_store *below; /* owned by store */
    struct vb_store *store;
    int ended; /* by the last settling */
};
struct sealed_place *sealed_place_make(void); /* a folder that is there, and still closed */
void sealed_place_end(struct sealed_place *sealed);
/* A test's set-up and its end: *state is the sealed place. */
int sealed_place_set_up(void **state);
int sealed_place_tear_down(void **state);
/* Opens and settles at now_wall_ms; the caller may have taken the copies of files in between. */
struct vb_store *sealed_place_open(struct sealed_place *sealed, int64_t now_wall_ms);
enum vb_code sealed_place_refused(struct sealed_place *sealed, struct vb_err *err);
void sealed_place_close(struct sealed_place *sealed);

/* How often bytes stand in the files of the folder. */
int sealed_place_finds(const struct sealed_place *sealed, const void *bytes, size_t len);

#endif
