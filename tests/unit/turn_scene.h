/* turn_scene.h - rounds that persons come to by invitation, one browser each, over the routes. */
#ifndef VB_TURN_SCENE_H
#define VB_TURN_SCENE_H

#include "least_cost.h"
#include "serve_scene.h"

#include "base/str.h"
#include "serve/auth_inner.h"
#include "session/round.h"

struct turn_place {
    struct serve_scene scene;
    char round[VB_ID_SIZE];
};

/* A new round of an instrument, written down as a worker's page does. */
static inline void turn_wave(struct turn_place *place, const char *instrument, const char *case_id,
                             const char *wave)
{
    struct serve_scene *scene = &place->scene;
    struct vb_plan *plan;
    struct vb_round *round;
    struct vb_err err;
    if (scene->house.plan(scene->house.ctx, instrument, &plan, &err) != VB_OK ||
        vb_round_open(&round, scene->store, &scene->env, plan,
                      &(struct vb_round_options){ .case_id = case_id, .wave = wave },
                      &err) != VB_OK ||
        vb_round_write(round, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_plan_release(plan);
    snprintf(place->round, sizeof place->round, "%s", vb_round_row(round)->id);
    vb_live_adopt(scene->serve.live, round);
}

static inline void turn_round(struct turn_place *place, const char *instrument, const char *case_id)
{
    turn_wave(place, instrument, case_id, NULL);
}

static inline void turn_begin(struct turn_place *place, const char *instrument)
{
    memset(place, 0, sizeof *place);
    serve_scene_begin(&place->scene, "instruments");
    turn_round(place, instrument, "c-1");
}

static inline void turn_end(struct turn_place *place)
{
    serve_scene_end(&place->scene);
}

/* The round as it is now. */
static inline struct vb_round *turn_live(struct turn_place *place)
{
    struct vb_round *round;
    struct vb_err err;
    if (vb_live_round(place->scene.serve.live, place->round, &round, &err) != VB_OK)
        fail_msg("%s", err.text);
    return round;
}

/* The server is started again: what was in memory is gone. */
static inline void turn_restart(struct turn_place *place)
{
    struct serve_scene *scene = &place->scene;
    struct vb_err err;
    vb_live_destroy(scene->serve.live);
    vb_auth_destroy(scene->serve.auth);
    if (vb_auth_create(&scene->serve.auth, &scene->house, &err) != VB_OK ||
        vb_live_create(&scene->serve.live, &scene->house, &err) != VB_OK)
        fail_msg("%s", err.text);
    scene->serve.auth->in.cost = &least_cost; /* what codes were hashed at */
}

static inline const struct serve_reply *turn_get(struct turn_place *place,
                                                 struct serve_browser *browser, const char *what)
{
    char target[256];
    snprintf(target, sizeof target, "/api/v1/turn%s", what);
    return serve_ask(&place->scene, browser, "GET", target, NULL);
}

/* body with ' for ", so that it can be read. */
static inline const struct serve_reply *turn_post(struct turn_place *place,
                                                  struct serve_browser *browser, const char *what,
                                                  const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
static inline const struct serve_reply *turn_post(struct turn_place *place,
                                                  struct serve_browser *browser, const char *what,
                                                  const char *fmt, ...)
{
    char target[256], body[8192];
    va_list args;
    va_start(args, fmt);
    vsnprintf(body, sizeof body, fmt, args);
    va_end(args);
    for (char *at = body; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    snprintf(target, sizeof target, "/api/v1/turn%s", what);
    return serve_ask(&place->scene, browser, "POST", target, body);
}

/* Somebody comes by an invitation: what GET /turn says. */
static inline const struct serve_reply *turn_sit(struct turn_place *place,
                                                 struct serve_browser *browser, const char *role,
                                                 const char *label)
{
    char token[VB_TOKEN_SIZE], code[VB_SHORT_CODE_SIZE], body[128];
    struct vb_err err;
    const struct vb_invitation invitation = {
        .round = place->round, .role = role, .label = label, .by = "tester"
    };
    memset(browser, 0, sizeof *browser);
    if (vb_auth_invite(place->scene.serve.auth, &invitation, token, code, &err) != VB_OK)
        fail_msg("%s", err.text);
    snprintf(body, sizeof body, "{\"token\":\"%s\"}", token);
    const struct serve_reply *reply =
        serve_ask(&place->scene, browser, "POST", "/api/v1/seat", body);
    serve_status(reply, 200);
    return reply;
}

static inline const cJSON *turn_field(const struct serve_reply *reply, const char *name)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(reply->json, name);
    if (field == NULL)
        fail_msg("%s has no %s: %s", reply->call->exchange.path, name, reply->text);
    return field;
}

static inline int turn_seq(const struct serve_reply *reply)
{
    return (int)turn_field(reply, "seq")->valuedouble;
}

static inline const char *turn_item(const struct serve_reply *reply, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(turn_field(reply, "item"), name));
}

static inline bool turn_at(const struct serve_reply *reply, const char *at)
{
    return vb_streq(serve_text(reply, "at"), at);
}

/* An answer that every kind takes; words: where they are asked for. */
static inline const char *turn_value(const struct serve_reply *step, const char *words)
{
    static char value[1024];
    const char *kind = turn_item(step, "kind");
    if (vb_streq(kind, "likert") || vb_streq(kind, "faces"))
        return "4";
    if (vb_streq(kind, "yesno"))
        return "true";
    if (vb_streq(kind, "vas"))
        return "{'value':640,'by':'pointer'}";
    if (!vb_streq(kind, "text") || words == NULL)
        return "{'missing':'dont_know'}";
    snprintf(value, sizeof value, "'%s'", words);
    return value;
}

/* From the beginning to the overview. */
static inline const struct serve_reply *turn_fill(struct turn_place *place,
                                                  struct serve_browser *browser, const char *words)
{
    const struct serve_reply *step = turn_post(place, browser, "/begin", "{'language':'en'}");
    for (int i = 0; i < 200; i++) {
        serve_status(step, 200);
        if (!turn_at(step, "item"))
            return step;
        step = turn_post(place, browser, "/answer", "{'after':%d,'id':'a%d','value':%s}",
                         turn_seq(step), turn_seq(step), turn_value(step, words));
    }
    fail_msg("there is no end to it");
    return NULL;
}

static inline const struct serve_reply *turn_share(struct turn_place *place,
                                                   struct serve_browser *browser,
                                                   const struct serve_reply *overview)
{
    const struct serve_reply *reply =
        turn_post(place, browser, "/share", "{'after':%d,'yes':true}", turn_seq(overview));
    serve_status(reply, 200);
    assert_true(turn_at(reply, "shared"));
    return reply;
}

/* A member of staff who signs in at this browser; roles as in verbond staff add. */
static inline void turn_sign_in(struct turn_place *place, struct serve_browser *browser,
                                const char *name, uint32_t roles)
{
    static const char password[] = "een lang wachtwoord";
    struct vb_arena arena = { 0 };
    char hash[VB_PASSWORD_HASH_SIZE], body[256];
    struct vb_err err;
    struct vb_secrets secrets = { .password = hash };
    memset(browser, 0, sizeof *browser);
    if (vb_password_hash(&least_cost, password, hash, &err) != VB_OK)
        fail_msg("%s", err.text);
    struct vb_change change = { .kind = VB_PUT_STAFF,
                                .staff = { .name = name,
                                           .roles = vb_account_role_list(&arena, roles),
                                           .secrets = vb_secrets_write(&arena, &secrets) } };
    if (vb_store_commit(place->scene.store, &change, 1, &err) != VB_OK ||
        vb_auth_give_case(place->scene.serve.auth, name, "c-1", &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_arena_finish(&arena);
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"%s\"}", name, password);
    serve_status(serve_ask(&place->scene, browser, "POST", "/api/v1/staff/sign-in", body), 200);
}

#endif
