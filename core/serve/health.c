/* health.c - is it alive, can it work, and what does it count. */
#include "serve/api.h"
#include "serve/metrics.h"
#include "serve/serve_inner.h"

static void say(struct vb_exchange *exchange, int status, const char *state)
{
    struct vb_buf json = { 0 };
    vb_buf_printf(&json, "{\"status\":\"%s\"}", state);
    vb_reply_json(exchange, status, &json);
    vb_buf_finish(&json);
}

void vb_api_health_live(struct vb_exchange *exchange)
{
    say(exchange, 200, "live");
}

/* An empty commit goes the whole way to the disk's thread and back. */
static void on_commit(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct vb_exchange *exchange = ctx;
    if (code != VB_OK)
        vb_serve_log(exchange, VB_LOG_ERROR, err);
    say(exchange, code == VB_OK ? 200 : 503, code == VB_OK ? "ready" : "store");
}

void vb_api_health_ready(struct vb_exchange *exchange)
{
    if (exchange->serve->stopping) {
        say(exchange, 503, "stopping");
        return;
    }
    vb_exchange_later(exchange);
    vb_store_submit(exchange->serve->house->store, NULL, 0, on_commit, exchange);
}

void vb_api_metrics(struct vb_exchange *exchange)
{
    struct vb_buf text = { 0 };
    vb_metrics_write(&text, exchange->serve);
    vb_reply_bytes(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", text.data, text.len);
    vb_buf_finish(&text);
}
