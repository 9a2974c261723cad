#include "loop/watch.h"

#include <stdlib.h>

#include <uv.h>

#include "base/mem.h"

struct vb_watch {
    uv_poll_t uv;
    vb_watch_ready *ready;
    void *ctx;
};

enum vb_code vb_watch_create(struct vb_watch **out, struct vb_loop *loop, int fd,
                             vb_watch_ready *ready, void *ctx, struct vb_err *err)
{
    struct vb_watch *watch = vb_new(struct vb_watch);
    int rc = uv_poll_init(vb_loop_uv(loop), &watch->uv, fd);
    if (rc != 0) {
        free(watch);
        return vb_fail(err, VB_E_IO, "watching a descriptor: %s", uv_strerror(rc));
    }
    watch->uv.data = watch;
    watch->ready = ready;
    watch->ctx = ctx;
    enum vb_code code = vb_watch_start(watch, err);
    if (code != VB_OK) {
        vb_watch_destroy(watch);
        return code;
    }
    *out = watch;
    return VB_OK;
}

/* A failure of the descriptor is for its owner to find: reading it says which. */
static void on_poll(uv_poll_t *handle, int status, int events)
{
    struct vb_watch *watch = handle->data;
    (void)status;
    (void)events;
    watch->ready(watch->ctx);
}

enum vb_code vb_watch_start(struct vb_watch *watch, struct vb_err *err)
{
    int rc = uv_poll_start(&watch->uv, UV_READABLE, on_poll);
    if (rc != 0)
        return vb_fail(err, VB_E_IO, "watching a descriptor: %s", uv_strerror(rc));
    return VB_OK;
}

void vb_watch_stop(struct vb_watch *watch)
{
    uv_poll_stop(&watch->uv);
}

static void on_close(uv_handle_t *handle)
{
    free(handle->data);
}

void vb_watch_destroy(struct vb_watch *watch)
{
    if (watch != NULL)
        uv_close((uv_handle_t *)&watch->uv, on_close);
}
