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
enum vb_code vb_live_round(struct vb_live *live, const char *round, struct vb_round **out,
                           struct vb_err *err)
{
    (void)live;
    (void)round;
    (void)out;
    return vb_fail(err, VB_E_ABSENT, "not yet");
}
void vb_live_adopt(struct vb_live *live, struct vb_round *round)
{
    (void)live;
    vb_round_destroy(round);
}
void vb_live_tell_round(struct vb_live *live, struct vb_round *round)
{
    (void)live;
    (void)round;
}
void vb_live_listen(struct vb_live *live, const char *round, const char *seat,
                    struct vb_exchange *exchange)
{
    (void)live;
    (void)round;
    (void)seat;
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
