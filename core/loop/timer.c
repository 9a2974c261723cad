#include "loop/timer.h"

#include <stdlib.h>

#include <uv.h>

#include "base/mem.h"

struct vb_timer {
    uv_timer_t uv;
    vb_timer_fire *fire;
    void *ctx;
};

enum vb_code vb_timer_create(struct vb_timer **out, struct vb_loop *loop, vb_timer_fire *fire,
                             void *ctx, struct vb_err *err)
{
    struct vb_timer *timer = vb_new(struct vb_timer);
    int rc = uv_timer_init(vb_loop_uv(loop), &timer->uv);
    if (rc != 0) {
        free(timer);
        return vb_fail(err, VB_E_IO, "making a timer: %s", uv_strerror(rc));
    }
    timer->uv.data = timer;
    timer->fire = fire;
    timer->ctx = ctx;
    *out = timer;
    return VB_OK;
}

static void on_timer(uv_timer_t *handle)
{
    struct vb_timer *timer = handle->data;
    timer->fire(timer->ctx);
}

void vb_timer_start(struct vb_timer *timer, int64_t wait_ms)
{
    vb_assert(wait_ms >= 0);
    /* libuv's idea of now is that of the last turn; without this a timer started after long work
     * would fire too early. */
    uv_update_time(timer->uv.loop);
    int rc = uv_timer_start(&timer->uv, on_timer, (uint64_t)wait_ms, 0);
    vb_assert(rc == 0); /* fails only without a callback or on a closing handle */
}

void vb_timer_stop(struct vb_timer *timer)
{
    uv_timer_stop(&timer->uv);
}

bool vb_timer_running(const struct vb_timer *timer)
{
    return uv_is_active((const uv_handle_t *)&timer->uv) != 0;
}

static void on_close(uv_handle_t *handle)
{
    free(handle->data);
}

void vb_timer_destroy(struct vb_timer *timer)
{
    if (timer != NULL)
        uv_close((uv_handle_t *)&timer->uv, on_close);
}
