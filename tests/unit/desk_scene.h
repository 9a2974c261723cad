/* desk_scene.h - members of staff who ask, over a store in memory, without a socket: the handlers
 * are called by name. Who comes in and what an exchange is stands in for the rest of the server. */
#ifndef VB_DESK_SCENE_H
#define VB_DESK_SCENE_H

#include "round_fixture.h"

#include <cjson/cJSON.h>

#include "base/str.h"
#include "serve/api.h"
#include "serve/desk.h"
#include "script/load.h"
#include "session/named.h"

/* -- an exchange and its reply ---------------------------------------------------------------- */

struct asked { /* what a handler is given, and what it said */
    struct vb_exchange exchange;
    const char *query[8]; /* name, value, ... */
    int status;
    char *body;
    size_t len;
    char *type, *csp, *code, *field, *message;
    cJSON *json; /* of body, NULL: it is none */
};

static inline struct asked *asked_of(const struct vb_exchange *exchange)
{
    return (struct asked *)exchange;
}

const char *vb_exchange_query(const struct vb_exchange *exchange, const char *name)
{
    struct asked *asked = asked_of(exchange);
    for (int i = 0; asked->query[i] != NULL; i += 2)
        if (vb_streq(asked->query[i], name))
            return asked->query[i + 1];
    return NULL;
}

const char *vb_exchange_origin(const struct vb_exchange *exchange)
{
    (void)exchange;
    return "https://praat.example";
}

void vb_exchange_later(struct vb_exchange *exchange)
{
    exchange->later = true;
}

void vb_reply_header(struct vb_exchange *exchange, const char *name, const char *value)
{
    if (vb_streq(name, "Content-Security-Policy"))
        asked_of(exchange)->csp = strdup(value);
}

void vb_reply_bytes(struct vb_exchange *exchange, int status, const char *type, const void *bytes,
                    size_t len)
{
    struct asked *asked = asked_of(exchange);
    assert_false(exchange->replied);
    exchange->replied = true;
    asked->status = status;
    asked->type = strdup(type);
    asked->body = strndup(bytes == NULL ? "" : bytes, len);
    asked->len = len;
}

void vb_reply_json(struct vb_exchange *exchange, int status, const struct vb_buf *json)
{
    vb_reply_bytes(exchange, status, "application/json", json->data, json->len);
    asked_of(exchange)->json = cJSON_ParseWithLength(json->data, json->len);
    if (asked_of(exchange)->json == NULL)
        print_error("%s\n", json->data);
    assert_non_null(asked_of(exchange)->json);
}

void vb_reply_empty(struct vb_exchange *exchange, int status)
{
    vb_reply_bytes(exchange, status, "", "", 0);
}

void vb_reply_refuse(struct vb_exchange *exchange, int status, const char *code, const char *field,
                     const char *fmt, ...)
{
    struct asked *asked = asked_of(exchange);
    va_list args;
    va_start(args, fmt);
    assert_true(vasprintf(&asked->message, fmt, args) >= 0);
    va_end(args);
    vb_reply_bytes(exchange, status, "application/json", asked->message, strlen(asked->message));
    asked->code = strdup(code);
    asked->field = field == NULL ? NULL : strdup(field);
}

void vb_reply_code(struct vb_exchange *exchange, enum vb_code code, const struct vb_err *err)
{
    int status = code == VB_E_ABSENT                          ? 404
                 : code == VB_E_CONFLICT || code == VB_E_BUSY ? 409
                 : code == VB_E_DATA                          ? 422
                 : code == VB_E_LIMIT                         ? 413
                 : code == VB_E_IO                            ? 503
                                                              : 500;
    if (status == 500)
        print_error("%s\n", err->text);
    vb_reply_refuse(exchange, status, code == VB_E_BUSY ? "busy" : "other", NULL, "%s", err->text);
}

/* -- rounds at hand --------------------------------------------------------------------------- */

struct vb_live {
    const struct vb_house *house;
    struct vb_round *rounds[32];
    int count, told;
};

enum vb_code vb_live_round(struct vb_live *live, const char *id, struct vb_round **out,
                           struct vb_err *err)
{
    for (int i = 0; i < live->count; i++)
        if (vb_streq(vb_round_row(live->rounds[i])->id, id)) {
            *out = live->rounds[i];
            return VB_OK;
        }
    if (!vb_id_valid(id))
        return vb_fail(err, VB_E_ABSENT, "no such round");
    enum vb_code code = vb_named_round(live->house->store, live->house->env, id, out, err);
    if (code == VB_OK)
        live->rounds[live->count++] = *out;
    return code;
}

void vb_live_adopt(struct vb_live *live, struct vb_round *round)
{
    live->rounds[live->count++] = round;
}

void vb_live_forget(struct vb_live *live, const char *id)
{
    for (int i = 0; i < live->count; i++)
        if (vb_streq(vb_round_row(live->rounds[i])->id, id)) {
            vb_round_destroy(live->rounds[i]);
            live->rounds[i--] = live->rounds[--live->count];
        }
}

void vb_live_tell_round(struct vb_live *live, struct vb_round *round)
{
    (void)round;
    live->told++;
}

void vb_live_listen(struct vb_live *live, const char *round, const char *seat,
                    struct vb_exchange *exchange)
{
    (void)live;
    (void)round;
    assert_null(seat);
    vb_reply_empty(exchange, 200);
}

/* -- whose ------------------------------------------------------------------------------------ */

struct vb_auth {
    struct vb_store *store;
    const struct vb_env *env;
    int ended;
    char seat_role[32];
};

bool vb_auth_has_case(struct vb_auth *auth, const char *staff, const char *case_id)
{
    struct vb_assignment_row *rows;
    struct vb_arena arena = { 0 };
    struct vb_err err;
    size_t count;
    bool found = false;
    assert_int_equal(auth->store->ops->assignments(auth->store, staff, &arena, &rows, &count, &err),
                     VB_OK);
    for (size_t i = 0; i < count; i++)
        found |= vb_streq(rows[i].case_id, case_id) && rows[i].until_wall_ms == 0;
    vb_arena_finish(&arena);
    return found;
}

enum vb_code vb_auth_give_case(struct vb_auth *auth, const char *staff, const char *case_id,
                               struct vb_err *err)
{
    const struct vb_change changes[] = {
        { .kind = VB_PUT_ASSIGNMENT,
          .assignment = { .case_id = case_id,
                          .staff = staff,
                          .from_wall_ms = auth->env->clock.wall_ms(auth->env->clock.ctx) } },
    };
    return vb_store_commit(auth->store, changes, 1, err);
}

enum vb_code vb_auth_invitations(struct vb_auth *auth, const char *round, struct vb_arena *arena,
                                 struct vb_invitation **out, int *count, struct vb_err *err)
{
    (void)auth;
    (void)round;
    (void)err;
    *out = vb_arena_new(arena, struct vb_invitation);
    *count = 0;
    return VB_OK;
}

enum vb_code vb_auth_end_round(struct vb_auth *auth, const char *round, struct vb_err *err)
{
    (void)round;
    (void)err;
    auth->ended++;
    return VB_OK;
}

enum vb_code vb_auth_seat(struct vb_auth *auth, struct vb_exchange *exchange,
                          const struct vb_invitation *person, bool handed, struct vb_err *err)
{
    (void)exchange;
    (void)err;
    assert_false(handed);
    snprintf(auth->seat_role, sizeof auth->seat_role, "%s", person->role);
    return VB_OK;
}

/* -- the scene -------------------------------------------------------------------------------- */

struct desk {
    struct world world;
    struct vb_plan *plans[4];
    int plan_count;
    struct vb_house house;
    struct vb_live live;
    struct vb_auth auth;
    struct vb_serve serve;
    const char *who;
    uint32_t roles;
    int brought;
};

static inline enum vb_code desk_plan(void *ctx, const char *id, struct vb_plan **out,
                                     struct vb_err *err)
{
    struct desk *desk = ctx;
    for (int i = 0; i < desk->plan_count; i++)
        if (vb_streq(desk->plans[i]->id, id)) {
            *out = vb_plan_keep(desk->plans[i]);
            return VB_OK;
        }
    return vb_fail(err, VB_E_ABSENT, "no instrument %s", id);
}

static inline enum vb_code desk_instruments(void *ctx, struct vb_arena *arena,
                                            struct vb_plan ***out, int *count, struct vb_err *err)
{
    struct desk *desk = ctx;
    (void)err;
    *out = vb_arena_alloc(arena, sizeof **out * 4);
    memcpy(*out, desk->plans, sizeof desk->plans);
    *count = desk->plan_count;
    return VB_OK;
}

static inline void desk_bring(void *ctx)
{
    ((struct desk *)ctx)->brought++;
}

static inline void desk_hire(struct desk *desk, const char *name)
{
    const struct vb_change change = { .kind = VB_PUT_STAFF,
                                      .staff = { .name = name, .roles = "", .secrets = "{}" } };
    assert_int_equal(vb_store_commit(desk->world.store, &change, 1, &desk->world.err), VB_OK);
}

static inline struct vb_plan *load_it(const char *name)
{
    struct vb_folder folder = { .root = "instruments" };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options options = { .limits = vb_limits_load(), .clock = vb_clock_system() };
    struct vb_findings findings = { 0 };
    struct vb_plan *plan = NULL;
    struct vb_err err;
    char path[128];
    snprintf(path, sizeof path, "%s/instrument.lua", name);
    enum vb_code code = vb_load(&plan, &source, path, &options, &findings, &err);
    if (code != VB_OK)
        print_error("%s\n", err.text);
    assert_int_equal(code, VB_OK);
    vb_findings_finish(&findings);
    return plan;
}

/* Of this repository. */
static inline void desk_has(struct desk *desk, const char *instrument)
{
    desk->plans[desk->plan_count++] = load_it(instrument);
}

/* robin and noor, workers; robin asks. desk must not move afterwards. */
static inline void desk_begin(struct desk *desk)
{
    memset(desk, 0, sizeof *desk);
    world_begin(&desk->world);
    desk->house = (struct vb_house){ .ctx = desk,
                                     .store = desk->world.store,
                                     .env = &desk->world.env,
                                     .instruments = desk_instruments,
                                     .plan = desk_plan,
                                     .bring = desk_bring };
    desk->live.house = &desk->house;
    desk->auth = (struct vb_auth){ .store = desk->world.store, .env = &desk->world.env };
    desk->serve =
        (struct vb_serve){ .house = &desk->house, .auth = &desk->auth, .live = &desk->live };
    desk_hire(desk, "robin");
    desk_hire(desk, "noor");
    desk->who = "robin";
    desk->roles = VB_WORKER;
}

static inline void desk_end(struct desk *desk)
{
    for (int i = 0; i < desk->live.count; i++)
        vb_round_destroy(desk->live.rounds[i]);
    for (int i = 0; i < desk->plan_count; i++)
        vb_plan_release(desk->plans[i]);
    world_end(&desk->world);
}

/* body: JSON or NULL. query: name, value, ..., NULL; or NULL. The caller finishes it. */
static inline struct asked ask_with(struct desk *desk, void (*handle)(struct vb_exchange *),
                                    const char *one, const char *two, const char *body,
                                    const char *const *query)
{
    struct asked asked = { .exchange = { .serve = &desk->serve,
                                         .params = { one, two },
                                         .who = { .kind = VB_STAFF,
                                                  .name = desk->who,
                                                  .roles = desk->roles,
                                                  .token = "" } } };
    for (int i = 0; query != NULL && query[i] != NULL; i++)
        asked.query[i] = query[i];
    asked.exchange.body = body == NULL ? NULL : cJSON_Parse(body);
    assert_true(body == NULL || asked.exchange.body != NULL);
    handle(&asked.exchange);
    assert_true(asked.exchange.replied);
    return asked;
}

static inline struct asked ask(struct desk *desk, void (*handle)(struct vb_exchange *),
                               const char *one, const char *body)
{
    return ask_with(desk, handle, one, NULL, body, NULL);
}

static inline void done(struct asked *asked)
{
    cJSON_Delete(asked->exchange.body);
    cJSON_Delete(asked->json);
    vb_arena_finish(&asked->exchange.arena);
    free(asked->body);
    free(asked->type);
    free(asked->csp);
    free(asked->code);
    free(asked->field);
    free(asked->message);
}

/* Asks, and only looks at the status (and the field it is about, or NULL). */
static inline void refused(struct desk *desk, void (*handle)(struct vb_exchange *), const char *one,
                           const char *body, int status, const char *field)
{
    struct asked asked = ask(desk, handle, one, body);
    if (asked.status != status || !vb_streq(asked.field, field))
        print_error("%d %s: %s\n", asked.status, asked.field == NULL ? "" : asked.field,
                    asked.body);
    assert_int_equal(asked.status, status);
    assert_true(vb_streq(asked.field, field));
    done(&asked);
}

static inline const cJSON *at(const cJSON *json, const char *name)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(json, name);
    assert_non_null(found);
    return found;
}

static inline const char *word_at(const cJSON *json, const char *name)
{
    return cJSON_GetStringValue(at(json, name));
}

static inline bool is_true(const cJSON *json, const char *name)
{
    return cJSON_IsTrue(at(json, name));
}

/* A case of whoever asks, and a round of it; strdup'd. */
static inline char *desk_round(struct desk *desk, const char *case_id, const char *instrument)
{
    char body[256];
    snprintf(body, sizeof body, "{\"id\":\"%s\"}", case_id);
    struct asked made = ask(desk, vb_api_new_case, NULL, body);
    done(&made);
    snprintf(body, sizeof body, "{\"case\":\"%s\",\"instrument\":\"%s\"}", case_id, instrument);
    struct asked begun = ask(desk, vb_api_new_round, NULL, body);
    if (begun.status != 200)
        print_error("%s\n", begun.body);
    assert_int_equal(begun.status, 200);
    char *id = strdup(word_at(begun.json, "round"));
    done(&begun);
    return id;
}

static inline struct vb_round *live_round(struct desk *desk, const char *id)
{
    struct vb_round *round;
    assert_int_equal(vb_live_round(&desk->live, id, &round, &desk->world.err), VB_OK);
    return round;
}

static inline struct vb_session *sit(struct desk *desk, const char *id, const char *role,
                                     const char *label)
{
    struct vb_session *session = NULL;
    enum vb_code code =
        vb_round_join(live_round(desk, id), &(struct vb_join){ .role = role, .label = label },
                      &session, &desk->world.err);
    if (code != VB_OK)
        print_error("%s\n", desk->world.err.text);
    assert_int_equal(code, VB_OK);
    return session;
}

/* Some value for whatever is asked; where words may be said, these. */
static inline struct vb_value some_value(const struct vb_session *session, const char *words)
{
    static char json[128];
    const struct vb_view *view = vb_session_view(session);
    const struct vb_item *item = view->item;
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_answers *answers =
        vb_item_answers(vb_fold_plan(fold), item, vb_fold_format(fold));
    switch (item->kind) {
    case VB_LIKERT:
    case VB_FACES:
        return vb_value_int(answers->max);
    case VB_VAS:
        return vb_value_int(500);
    case VB_YESNO:
        return (struct vb_value){ .type = VB_VALUE_BOOL, .number = 1 };
    case VB_TEXT:
        return text(words);
    case VB_DRAW:
        if (item->tools & VB_TOOL_WORDS) {
            snprintf(json, sizeof json, "{\"words\":[\"%s\"]}", words);
            return (struct vb_value){ VB_VALUE_JSON, (uint32_t)strlen(json), 0, json };
        }
        break;
    default:
        break;
    }
    return vb_value_missing(VB_MISSING_SKIPPED);
}

/* Answers all that is asked, up to the overview. */
static inline void answer_all(struct vb_session *session, const char *words)
{
    for (int i = 0; i < 200 && vb_session_view(session)->at == VB_AT_ITEM; i++) {
        enum vb_code code = give(session, some_value(session, words));
        if (code != VB_OK)
            print_error("%s\n", vb_session_view(session)->item->id);
        assert_int_equal(code, VB_OK);
    }
    assert_int_equal(vb_session_view(session)->at, VB_AT_OVERVIEW);
}

static inline void settle_it(struct desk *desk, const char *id)
{
    bool released;
    assert_int_equal(vb_round_settle(live_round(desk, id), &released, &desk->world.err), VB_OK);
}

/* How many rows of the audit have this action and are by this one. */
static inline int audited(struct desk *desk, const char *action, const char *by)
{
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    size_t count;
    int found = 0;
    assert_int_equal(
        desk->world.store->ops->audit(desk->world.store, &arena, &rows, &count, &desk->world.err),
        VB_OK);
    for (size_t i = 0; i < count; i++)
        found += vb_streq(rows[i].action, action) && vb_streq(rows[i].by, by);
    vb_arena_finish(&arena);
    return found;
}

#endif
