#include "session/pictures.h"

static bool read_picture(void *ctx, const char *digest, struct vb_buf *out)
{
    struct vb_store *store = ctx;
    struct vb_arena arena = { 0 };
    struct vb_blob_row row;
    struct vb_err err;
    bool there = store != NULL && store->ops->blob(store, digest, &arena, &row, &err) == VB_OK &&
                 !row.erased && row.bytes != NULL;
    if (there)
        vb_buf_put(out, row.bytes, row.len);
    vb_arena_finish(&arena);
    return there;
}

struct vb_sheet_pictures vb_pictures_of(struct vb_store *store)
{
    return (struct vb_sheet_pictures){ .ctx = store, .read = read_picture };
}
