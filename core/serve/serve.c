#include "serve/serve.h"

#include <stdlib.h>

#include "serve/audio.h"
#include "serve/route.h"
#include "serve/server.h"
#include "serve/step_kept.h"

void vb_serve_log(const struct vb_exchange *exchange, enum vb_log_level level,
                  const struct vb_err *err)
{
    vb_log(exchange->serve->house->env->log, level, "serve", "%s: %s",
           exchange->route != NULL ? exchange->route->path : "a request", err->text);
}

enum vb_code vb_serve_start(struct vb_serve **out, const struct vb_house *house,
                            const struct vb_serve_options *options, struct vb_err *err)
{
    struct vb_serve *serve = vb_new(struct vb_serve);
    serve->house = house;
    serve->options = *options;
    serve->since_wall_ms = house->env->clock.wall_ms(house->env->clock.ctx);
    enum vb_code code = vb_auth_create(&serve->auth, house, err);
    if (code == VB_OK)
        code = vb_live_create(&serve->live, house, err);
    if (code == VB_OK)
        code = vb_server_start(&serve->server, serve, err);
    if (code != VB_OK) {
        vb_serve_destroy(serve);
        return code;
    }
    *out = serve;
    return VB_OK;
}

int vb_serve_port(const struct vb_serve *serve)
{
    return vb_server_port(serve->server);
}

void vb_serve_stop(struct vb_serve *serve, void (*stopped)(void *ctx), void *ctx)
{
    serve->stopping = true;
    vb_server_stop(serve->server, stopped, ctx);
}

void vb_serve_destroy(struct vb_serve *serve)
{
    if (serve == NULL)
        return;
    vb_server_destroy(serve->server);
    vb_step_kept_destroy(serve->kept);
    vb_audio_destroy(serve->audio);
    vb_live_destroy(serve->live);
    vb_auth_destroy(serve->auth);
    vb_metrics_finish(&serve->metrics);
    free(serve);
}
