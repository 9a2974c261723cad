#include "loop/loop.h"

#include <signal.h>
#include <stdlib.h>

#include <uv.h>

#include "base/mem.h"

enum { CAUGHT_COUNT = 3 };
static const int caught[CAUGHT_COUNT] = { SIGINT, SIGTERM, SIGQUIT };

struct vb_loop {
    uv_loop_t *uv; /* own, or somebody else's */
    uv_loop_t own;
    uv_signal_t signals[CAUGHT_COUNT];
    int signals_made; /* handles that were initialised, and are closed before the loop */
    int catches;
    int signal;
    uv_idle_t last[2]; /* closed one after the other, when a borrowed loop is left */
    void (*left)(void *ctx);
    void *left_ctx;
};

enum vb_code vb_loop_create(struct vb_loop **out, struct vb_err *err)
{
    struct vb_loop *loop = vb_new(struct vb_loop);
    int rc = uv_loop_init(&loop->own);
    if (rc != 0) {
        free(loop);
        return vb_fail(err, VB_E_IO, "starting the event loop: %s", uv_strerror(rc));
    }
    loop->uv = &loop->own;
    *out = loop;
    return VB_OK;
}

struct vb_loop *vb_loop_borrow(struct uv_loop_s *uv)
{
    struct vb_loop *loop = vb_new(struct vb_loop);
    loop->uv = uv;
    return loop;
}

static void close_signals(struct vb_loop *loop)
{
    for (int i = 0; i < loop->signals_made; i++)
        uv_close((uv_handle_t *)&loop->signals[i], NULL);
}

static void on_last(uv_handle_t *handle)
{
    struct vb_loop *loop = handle->data;
    void (*left)(void *ctx) = loop->left;
    void *ctx = loop->left_ctx;
    free(loop);
    left(ctx);
}

static void on_first(uv_handle_t *handle)
{
    struct vb_loop *loop = handle->data;
    uv_close((uv_handle_t *)&loop->last[1], on_last);
}

/* Twice, as libuv promises no order among what closes in one turn: behind the second everything
 * that was closed before the first is gone. */
void vb_loop_leave(struct vb_loop *loop, void (*left)(void *ctx), void *ctx)
{
    vb_assert(loop->uv != &loop->own);
    loop->left = left;
    loop->left_ctx = ctx;
    close_signals(loop);
    for (int i = 0; i < 2; i++) {
        int rc = uv_idle_init(loop->uv, &loop->last[i]);
        vb_assert(rc == 0); /* only sets memory */
        loop->last[i].data = loop;
    }
    uv_close((uv_handle_t *)&loop->last[0], on_first);
}

void vb_loop_destroy(struct vb_loop *loop)
{
    if (loop == NULL)
        return;
    vb_assert(loop->uv == &loop->own);
    close_signals(loop);
    uv_run(loop->uv, UV_RUN_DEFAULT);
    int rc = uv_loop_close(loop->uv);
    vb_assert(rc == 0); /* busy: somebody left a handle behind */
    free(loop);
}

struct uv_loop_s *vb_loop_uv(struct vb_loop *loop)
{
    return loop->uv;
}

static enum vb_code turn(struct vb_loop *loop, const bool *finished, bool by_signal,
                         struct vb_err *err)
{
    while (!*finished) {
        if (by_signal && loop->signal != 0)
            return vb_fail(err, VB_E_STOPPED, "interrupted");
        int left = uv_run(loop->uv, UV_RUN_ONCE);
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
        int rc = uv_signal_init(loop->uv, handle);
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
