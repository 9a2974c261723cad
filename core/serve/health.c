/* health.c - is it alive, can it work, and what does it count. */
#include "serve/health.h"

#include <inttypes.h>

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

/* -- the store --------------------------------------------------------------------------------- */

static int64_t mono_ms(const struct vb_exchange *exchange)
{
    const struct vb_clock *clock = &exchange->serve->house->env->clock;
    return clock->mono_ns(clock->ctx) / 1000000;
}

struct asking { /* lies in the exchange's arena */
    struct vb_exchange *exchange;
    void (*done)(struct vb_exchange *exchange, enum vb_code code);
};

static void on_commit(void *ctx, enum vb_code code, const struct vb_err *err)
{
    const struct asking *asking = ctx;
    struct vb_exchange *exchange = asking->exchange;
    exchange->serve->health = (struct vb_health){ code == VB_OK, mono_ms(exchange) };
    if (code != VB_OK)
        vb_serve_log(exchange, VB_LOG_ERROR, err);
    asking->done(exchange, code);
}

void vb_health_ask(struct vb_exchange *exchange,
                   void (*done)(struct vb_exchange *exchange, enum vb_code code))
{
    struct vb_store *store = exchange->serve->house->store;
    const struct vb_clock *clock = &exchange->serve->house->env->clock;
    const struct vb_health *health = &exchange->serve->health;
    if (health->written && mono_ms(exchange) - health->written_ms < VB_HEALTH_MS) {
        done(exchange, VB_OK);
        return;
    }
    struct vb_arena *arena = &exchange->arena;
    struct asking *asking = vb_arena_new(arena, struct asking);
    *asking = (struct asking){ exchange, done };
    struct vb_change *change = vb_arena_new(arena, struct vb_change);
    *change = (struct vb_change){
        .kind = VB_PUT_SETTING,
        .setting = { "health", vb_arena_printf(arena, "%*" PRId64, VB_HEALTH_BYTES,
                                               clock->wall_ms(clock->ctx)) },
    };
    vb_exchange_later(exchange);
    vb_store_submit(store, change, 1, on_commit, asking);
}

static void say_ready(struct vb_exchange *exchange, enum vb_code code)
{
    say(exchange, code == VB_OK ? 200 : 503, code == VB_OK ? "ready" : "store");
}

void vb_api_health_ready(struct vb_exchange *exchange)
{
    if (exchange->serve->stopping)
        say(exchange, 503, "stopping");
    else
        vb_health_ask(exchange, say_ready);
}

void vb_api_metrics(struct vb_exchange *exchange)
{
    struct vb_buf text = { 0 };
    vb_metrics_write(&text, exchange->serve);
    vb_reply_bytes(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", text.data, text.len);
    vb_buf_finish(&text);
}
