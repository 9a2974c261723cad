#include "loop/loop.h"

#include <signal.h>
#include <stdlib.h>

#include <uv.h>

#include "base/mem.h"

enum { CAUGHT_COUNT = 3 };
static const int caught[CAUGHT_COUNT] = { SIGINT, SIGTERM, SIGQUIT };

struct vb_loop {
    uv_loop_t uv;
    uv_signal_t signals[CAUGHT_COUNT];
    int signals_made; /* handles that were initialised, and are closed before the loop */
    int catches;
    int signal;
};

enum vb_code vb_loop_create(struct vb_loop **out, struct vb_err *err)
{
    struct vb_loop *loop = vb_new(struct vb_loop);
    int rc = uv_loop_init(&loop->uv);
    if (rc != 0) {
        free(loop);
        return vb_fail(err, VB_E_IO, "starting the event loop: %s", uv_strerror(rc));
    }
    *out = loop;
    return VB_OK;
}

void vb_loop_destroy(struct vb_loop *loop)
{
    if (loop == NULL)
        return;
    for (int i = 0; i < loop->signals_made; i++)
        uv_close((uv_handle_t *)&loop->signals[i], NULL);
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    int rc = uv_loop_close(&loop->uv);
    vb_assert(rc == 0); /* busy: somebody left a handle behind */
    free(loop);
}

struct uv_loop_s *vb_loop_uv(struct vb_loop *loop)
{
    return &loop->uv;
}

static enum vb_code turn(struct vb_loop *loop, const bool *finished, bool by_signal,
                         struct vb_err *err)
{
    while (!*finished) {
        if (by_signal && loop->signal != 0)
            return vb_fail(err, VB_E_STOPPED, "interrupted");
        int left = uv_run(&loop->uv, UV_RUN_ONCE);
        if (left == 0 && !*finished && !(by_signal && loop->signal != 0))
            return vb_fail(err, VB_E_INTERNAL, "the event loop ran dry while it was waited for");
    }
    return VB_OK;
}

enum vb_code vb_loop_until(struct vb_loop *loop, const bool *finished, struct vb_err *err)
{
    return turn(loop, finished, false, err);
}

enum vb_code vb_loop_until_signal(struct vb_loop *loop, const bool *finished, struct vb_err *err)
{
    return turn(loop, finished, true, err);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct vb_loop *loop = handle->data;
    loop->signal = number;
}

/* Waiting for a signal is nobody's work: the handles do not keep the loop alive. */
static enum vb_code make_signals(struct vb_loop *loop, struct vb_err *err)
{
    while (loop->signals_made < CAUGHT_COUNT) {
        uv_signal_t *handle = &loop->signals[loop->signals_made];
        int rc = uv_signal_init(&loop->uv, handle);
        if (rc != 0)
            return vb_fail(err, VB_E_IO, "catching signals: %s", uv_strerror(rc));
        handle->data = loop;
        uv_unref((uv_handle_t *)handle);
        loop->signals_made++;
    }
    return VB_OK;
}

enum vb_code vb_loop_catch_signals(struct vb_loop *loop, struct vb_err *err)
{
    enum vb_code code = make_signals(loop, err);
    if (code != VB_OK)
        return code;
    for (int i = 0; loop->catches == 0 && i < CAUGHT_COUNT; i++) {
        int rc = uv_signal_start(&loop->signals[i], on_signal, caught[i]);
        if (rc != 0) {
            while (i-- > 0)
                uv_signal_stop(&loop->signals[i]);
            return vb_fail(err, VB_E_IO, "catching signals: %s", uv_strerror(rc));
        }
    }
    loop->catches++;
    return VB_OK;
}

void vb_loop_release_signals(struct vb_loop *loop)
{
    vb_assert(loop->catches > 0);
    if (--loop->catches > 0)
        return;
    for (int i = 0; i < CAUGHT_COUNT; i++)
        uv_signal_stop(&loop->signals[i]);
}

int vb_loop_signal(const struct vb_loop *loop)
{
    return loop->signal;
}

void vb_loop_forget_signal(struct vb_loop *loop)
{
    loop->signal = 0;
}

const char *vb_loop_version(void)
{
    return uv_version_string();
}
