/* The outbox in the world as it is: real processes, and a timer of the loop. */
#include <stdlib.h>

#include "loop/timer.h"
#include "outbox/outbox_inner.h"

struct real {
    struct vb_outbox *box;
    struct vb_timer *timer;
};

static void fire(void *ctx)
{
    struct real *real = ctx;
    vb_outbox_turn(real->box);
}

static void alarm_in(void *ctx, int64_t wait_ms)
{
    struct real *real = ctx;
    vb_timer_start(real->timer, wait_ms);
}

static void finish(void *ctx)
{
    struct real *real = ctx;
    vb_timer_destroy(real->timer);
    free(real);
}

enum vb_code vb_outbox_create(struct vb_outbox **out, const struct vb_outbox_options *options,
                              struct vb_err *err)
{
    struct real *real = vb_new(struct real);
    const struct box_door door = {
        .start = vb_delivery_start,
        .state = vb_delivery_state,
        .give = vb_delivery_give,
        .shutdown = vb_delivery_shutdown,
        .destroy = vb_delivery_destroy,
        .alarm = alarm_in,
        .finish = finish,
        .ctx = real,
    };
    enum vb_code code = vb_timer_create(&real->timer, options->loop, fire, real, err);
    if (code != VB_OK) {
        free(real);
        return code;
    }
    code = vb_outbox_create_with(&real->box, options, &door, err); /* it has the door from here */
    if (code == VB_OK)
        *out = real->box;
    return code;
}
