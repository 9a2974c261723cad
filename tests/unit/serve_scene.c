#include "serve_scene.h"
#include "least_cost.h"

#include "serve/audio.h"
#include "serve/auth_inner.h"
#include "serve/step_kept.h"

#include <strings.h>

#include "base/str.h"
#include "data/json.h"
#include "session/named.h"
#include "session/pinned.h"
#include "store/store_memory.h"

/* -- the house --------------------------------------------------------------------------------- */

static int64_t wall_ms(void *ctx)
{
    return ((struct serve_scene *)ctx)->wall_ms;
}

static int64_t mono_ns(void *ctx)
{
    return ((struct serve_scene *)ctx)->mono_ns;
}

static void fill(void *ctx, void *bytes, size_t len)
{
    struct serve_scene *scene = ctx;
    for (size_t i = 0; i < len; i++) {
        scene->seed = scene->seed * 6364136223846793005u + 1442695040888963407u;
        ((unsigned char *)bytes)[i] = (unsigned char)(scene->seed >> 56);
    }
}

static void write_log(void *ctx, enum vb_log_level level, const char *room, const char *text)
{
    struct serve_scene *scene = ctx;
    vb_buf_printf(&scene->logged, "%d %s: %s\n", level, room, text);
}

static enum vb_code find_plan(struct serve_scene *scene, const char *id, struct vb_plan **out,
                              struct vb_err *err)
{
    struct vb_findings findings = { 0 };
    for (int i = 0; i < scene->plan_count; i++)
        if (vb_streq(scene->plans[i]->id, id)) {
            *out = scene->plans[i];
            return VB_OK;
        }
    enum vb_code code = vb_named_instrument(id, scene->folder, &scene->env, out, &findings, err);
    vb_findings_finish(&findings);
    if (code == VB_OK)
        scene->plans[scene->plan_count++] = *out;
    return code;
}

static enum vb_code plan(void *ctx, const char *id, struct vb_plan **out, struct vb_err *err)
{
    enum vb_code code = find_plan(ctx, id, out, err);
    if (code == VB_OK)
        vb_plan_keep(*out);
    return code;
}

static enum vb_code instruments(void *ctx, struct vb_arena *arena, struct vb_plan ***out,
                                int *count, struct vb_err *err)
{
    static const char *const ids[] = { "family-alliance", "menger-monitor", "pulse" };
    struct serve_scene *scene = ctx;
    struct vb_plan *found;
    *out = vb_arena_alloc(arena, sizeof ids / sizeof ids[0] * sizeof **out);
    *count = 0;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (find_plan(scene, ids[i], &found, err) == VB_OK)
            (*out)[(*count)++] = found;
    return VB_OK;
}

static enum vb_code pinned(void *ctx, const char *digest, struct vb_plan **out, struct vb_err *err)
{
    struct serve_scene *scene = ctx;
    return vb_pinned_load(scene->store, &scene->env, digest, out, err);
}

static enum vb_code no_outputs(void *ctx, struct vb_round *round, struct vb_err *err)
{
    (void)ctx;
    (void)round;
    (void)err;
    return VB_OK;
}

static void bring(void *ctx)
{
    ((struct serve_scene *)ctx)->brought++;
}

void serve_scene_begin(struct serve_scene *scene, const char *folder)
{
    struct vb_err err;
    *scene = (struct serve_scene){ .folder = folder, .wall_ms = 1795255200000, .seed = 7 };
    scene->log = (struct vb_log){ write_log, scene, VB_LOG_DEBUG };
    scene->store = vb_store_memory_create();
    scene->env.clock = (struct vb_clock){ wall_ms, mono_ns, scene };
    scene->env.random = (struct vb_random){ fill, scene };
    scene->env.log = &scene->log;
    scene->env.by = "tester";
    scene->env.sandbox =
        (struct vb_sandbox_options){ .limits = vb_limits_flow(), .clock = vb_clock_system() };
    if (vb_loop_create(&scene->loop, &err) != VB_OK)
        fail_msg("%s", err.text);
    scene->house = (struct vb_house){ .ctx = scene,
                                      .loop = scene->loop,
                                      .store = scene->store,
                                      .env = &scene->env,
                                      .instruments = instruments,
                                      .plan = plan,
                                      .pinned = pinned,
                                      .outputs = no_outputs,
                                      .bring = bring };
    scene->serve.house = &scene->house;
    if (vb_auth_create(&scene->serve.auth, &scene->house, &err) != VB_OK ||
        vb_live_create(&scene->serve.live, &scene->house, &err) != VB_OK)
        fail_msg("%s", err.text);
    scene->serve.auth->in.cost = &least_cost;
}

static void forget(struct serve_reply *reply)
{
    if (reply->call->stream != NULL)
        vb_stream_close(reply->call->stream);
    vb_call_finish(reply->call);
    cJSON_Delete(reply->json);
    free(reply->call);
    free(reply);
}

void serve_scene_end(struct serve_scene *scene)
{
    for (int i = 0; i < scene->reply_count; i++)
        forget(scene->replies[i]);
    vb_step_kept_destroy(scene->serve.kept);
    vb_audio_destroy(scene->serve.audio);
    vb_live_destroy(scene->serve.live);
    vb_auth_destroy(scene->serve.auth);
    vb_metrics_finish(&scene->serve.metrics);
    for (int i = 0; i < scene->plan_count; i++)
        vb_plan_release(scene->plans[i]);
    vb_store_destroy(scene->store);
    vb_loop_destroy(scene->loop);
    vb_buf_finish(&scene->logged);
}

void serve_scene_pass(struct serve_scene *scene, int64_t ms)
{
    scene->wall_ms += ms;
    scene->mono_ns += ms * 1000000;
}

/* -- browsers ---------------------------------------------------------------------------------- */

static void add(struct vb_call *call, const char *name, const char *value)
{
    struct vb_arena *arena = &call->exchange.arena;
    vb_fields_add(&call->head, arena, vb_arena_strdup(arena, name), vb_arena_strdup(arena, value));
}

static void write_head(struct vb_call *call, const struct serve_browser *browser, const char *type)
{
    struct vb_buf cookies = { 0 };
    add(call, "Host", "verbond.test");
    if (browser->header[0] != NULL)
        add(call, browser->header[0], browser->header[1]);
    if (type != NULL)
        add(call, "Content-Type", type);
    for (int i = 0; i < 4; i++)
        if (browser->cookies[i][0] != '\0')
            vb_buf_printf(&cookies, "%s%s", cookies.len > 0 ? "; " : "", browser->cookies[i]);
    if (cookies.len > 0)
        add(call, "Cookie", cookies.data);
    vb_buf_finish(&cookies);
    if (browser->token[0] != '\0')
        add(call, "X-Verbond-Token", browser->token);
    if (call->exchange.method == VB_GET)
        return;
    add(call, "Sec-Fetch-Site", browser->site != NULL ? browser->site : "same-origin");
    add(call, "Origin", browser->site != NULL ? "http://elsewhere.test" : "http://verbond.test");
}

/* "NAME=VALUE; Path=/...": into the place of the one of that name; Max-Age=0 takes it away. */
static void keep_cookie(struct serve_browser *browser, const char *set)
{
    size_t len = strcspn(set, ";"), name = strcspn(set, "=") + 1;
    char *place = NULL;
    for (int i = 3; i >= 0; i--)
        if (browser->cookies[i][0] == '\0' || strncmp(browser->cookies[i], set, name) == 0)
            place = browser->cookies[i];
    for (int i = 0; i < 4; i++)
        if (strncmp(browser->cookies[i], set, name) == 0)
            place = browser->cookies[i];
    assert_non_null(place);
    snprintf(place, sizeof browser->cookies[0], "%.*s", (int)len, set);
    if (strstr(set, "Max-Age=0;") != NULL)
        place[0] = '\0';
}

static void keep(struct serve_browser *browser, const struct serve_reply *reply)
{
    const struct vb_fields *fields = &reply->call->reply;
    const char *token =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(reply->json, "token"));
    for (size_t i = 0; i < fields->count; i++)
        if (vb_streq(fields->rows[i].name, "Set-Cookie"))
            keep_cookie(browser, fields->rows[i].value);
    if (token != NULL)
        snprintf(browser->token, sizeof browser->token, "%s", token);
}

static void on_replied(struct vb_call *call)
{
    ((struct serve_reply *)call->carrier)->done = true;
}

static enum vb_method method_of(const char *name)
{
    return vb_streq(name, "POST")     ? VB_POST
           : vb_streq(name, "PUT")    ? VB_PUT
           : vb_streq(name, "DELETE") ? VB_DELETE
                                      : VB_GET;
}

static void wait(struct serve_scene *scene, struct serve_reply *reply)
{
    struct vb_exchange *exchange = &reply->call->exchange;
    struct vb_err err;
    if (!exchange->replied && vb_loop_until(scene->loop, &reply->done, &err) != VB_OK)
        fail_msg("%s was never answered: %s", exchange->path, err.text);
}

/* Everything that is asked of the API goes into $SERVE_TRANSCRIPT, a line of JSON each, for
 * tests/tools/run.sh to hold against openapi.json. */
static void write_down(const char *method, const struct serve_reply *reply, const char *type,
                       const char *bytes, size_t len)
{
    const char *path = getenv("SERVE_TRANSCRIPT");
    const struct vb_route *route = reply->call->exchange.route;
    FILE *file = path == NULL || route == NULL ? NULL : fopen(path, "a");
    struct vb_buf line = { 0 };
    if (file == NULL)
        return;
    vb_json_put_text(&line, "{\"method\":", method);
    vb_json_put_text(&line, ",\"path\":", route->path);
    vb_json_put_text(&line, ",\"sent\":", type);
    vb_buf_puts(&line, ",\"body\":");
    if (vb_streq(type, "application/json"))
        vb_json_string(&line, bytes, len);
    else
        vb_buf_puts(&line, "null");
    vb_buf_printf(&line, ",\"status\":%d", reply->status);
    vb_json_put_text(&line, ",\"type\":", reply->type);
    vb_json_put_text(&line, ",\"reply\":", reply->json == NULL ? NULL : reply->text);
    fprintf(file, "%.*s}\n", (int)line.len, line.data);
    fclose(file);
    vb_buf_finish(&line);
}

static struct serve_reply *request(struct serve_scene *scene, struct serve_browser *browser,
                                   const char *method, const char *target, const char *type)
{
    struct serve_reply *reply = vb_new(struct serve_reply);
    struct vb_call *call = reply->call = vb_new(struct vb_call);
    struct vb_exchange *exchange = &call->exchange;
    assert_in_range(scene->reply_count, 0, SERVE_REPLIES_MOST - 1);
    scene->replies[scene->reply_count++] = reply;
    call->replied = on_replied;
    call->carrier = reply;
    exchange->serve = &scene->serve;
    exchange->method = method_of(method);
    exchange->address = browser->address != NULL ? browser->address : "127.0.0.1";
    vb_call_target(call, target);
    write_head(call, browser, type);
    return reply;
}

struct vb_exchange *serve_request(struct serve_scene *scene, struct serve_browser *browser,
                                  const char *method, const char *target, const char *type)
{
    return &request(scene, browser, method, target, type)->call->exchange;
}

const struct serve_reply *serve_put(struct serve_scene *scene, struct serve_browser *browser,
                                    const char *method, const char *target, const char *type,
                                    const void *bytes, size_t len)
{
    struct serve_browser nobody = { 0 };
    if (browser == NULL)
        browser = &nobody;
    struct serve_reply *reply = request(scene, browser, method, target, type);
    struct vb_call *call = reply->call;
    struct vb_exchange *exchange = &call->exchange;
    exchange->bytes = vb_arena_strndup(&exchange->arena, bytes != NULL ? bytes : "", len);
    exchange->len = len;
    vb_route(exchange);
    wait(scene, reply);
    reply->status = call->status;
    reply->type = call->reply_type;
    reply->text = call->reply_body.data != NULL ? call->reply_body.data : "";
    reply->len = call->reply_body.len;
    reply->stream = call->stream;
    if (reply->type != NULL && strcmp(reply->type, "application/json") == 0)
        reply->json = cJSON_Parse(reply->text);
    keep(browser, reply);
    write_down(method, reply, type, bytes, len);
    return reply;
}

const struct serve_reply *serve_ask(struct serve_scene *scene, struct serve_browser *browser,
                                    const char *method, const char *target, const char *body)
{
    return serve_put(scene, browser, method, target, body != NULL ? "application/json" : NULL, body,
                     body != NULL ? strlen(body) : 0);
}

/* -- replies ----------------------------------------------------------------------------------- */

const char *serve_header(const struct serve_reply *reply, const char *name)
{
    const struct vb_fields *fields = &reply->call->reply;
    for (size_t i = 0; i < fields->count; i++)
        if (strcasecmp(fields->rows[i].name, name) == 0)
            return fields->rows[i].value;
    return NULL;
}

void serve_status(const struct serve_reply *reply, int status)
{
    if (reply->status != status)
        fail_msg("%s: %d instead of %d: %s", reply->call->exchange.path, reply->status, status,
                 reply->text);
}

const char *serve_refusal(const struct serve_reply *reply)
{
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(reply->json, "error");
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(error, "code"));
}

const char *serve_text(const struct serve_reply *reply, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(reply->json, name));
    if (text == NULL)
        fail_msg("%s has no text %s: %s", reply->call->exchange.path, name, reply->text);
    return text;
}

void serve_heard(const struct serve_reply *reply, struct vb_buf *out)
{
    char piece[512];
    size_t len;
    while ((len = vb_stream_take(reply->stream, piece, sizeof piece)) > 0)
        vb_buf_put(out, piece, len);
}
