#include <stdlib.h>
#include "serve/live.h"
struct vb_live {
    int nothing;
};
enum vb_code vb_live_create(struct vb_live **out, const struct vb_house *house, struct vb_err *err)
{
    (void)house;
    (void)err;
    *out = vb_new(struct vb_live);
    return VB_OK;
}
void vb_live_destroy(struct vb_live *live)
{
    free(live);
}
struct vb_live_counts vb_live_counts(const struct vb_live *live)
{
    (void)live;
    return (struct vb_live_counts){ 0 };
}
