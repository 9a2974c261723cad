/* desk_scene.h - members of staff who ask the whole server, without a socket, and people who fill
 * in. Handlers are named by their function: the table of routes says how each is asked. */
#ifndef VB_DESK_SCENE_H
#define VB_DESK_SCENE_H

#include "tests.h"

#include "base/str.h"
#include "serve/account.h"
#include "serve/api.h"
#include "serve/desk.h"
#include "serve/route.h"
#include "least_cost.h"
#include "serve_scene.h"
#include "session_fixture.h"

static const char marker[] = "MARKER-nobody-may-read-this";
static const char secret[] = "a long enough secret";

struct desk {
    struct serve_scene scene;
    struct serve_browser robin, noor; /* signed in */
    struct serve_browser *who;        /* asks */
    struct vb_err err;
};

/* -- staff ------------------------------------------------------------------------------------ */

static inline void hire(struct serve_scene *scene, const char *name, const char *roles)
{
    static char hash[VB_PASSWORD_HASH_SIZE];
    struct vb_arena arena = { 0 };
    struct vb_err err;
    if (hash[0] == '\0' && vb_password_hash(&least_cost, secret, hash, &err) != VB_OK)
        fail_msg("%s", err.text);
    const struct vb_secrets secrets = { .password = hash };
    const struct vb_change change = {
        .kind = VB_PUT_STAFF,
        .staff = { .name = name, .roles = roles, .secrets = vb_secrets_write(&arena, &secrets) },
    };
    assert_int_equal(vb_store_commit(scene->store, &change, 1, &err), VB_OK);
    vb_arena_finish(&arena);
}

static inline void sign_in(struct serve_scene *scene, struct serve_browser *browser,
                           const char *name)
{
    char body[128];
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"%s\"}", name, secret);
    serve_status(serve_ask(scene, browser, "POST", "/api/v1/staff/sign-in", body), 200);
}

/* robin and noor have these roles; robin asks. desk must not move afterwards. */
static inline void desk_begin_as(struct desk *desk, const char *roles)
{
    memset(desk, 0, sizeof *desk);
    serve_scene_begin(&desk->scene, "instruments");
    hire(&desk->scene, "robin", roles);
    hire(&desk->scene, "noor", roles);
    sign_in(&desk->scene, &desk->robin, "robin");
    sign_in(&desk->scene, &desk->noor, "noor");
    desk->who = &desk->robin;
}

static inline void desk_begin(struct desk *desk)
{
    desk_begin_as(desk, "worker");
}

static inline void desk_end(struct desk *desk)
{
    serve_scene_end(&desk->scene);
}

/* -- asking ----------------------------------------------------------------------------------- */

typedef void handler(struct vb_exchange *exchange);

static inline const struct vb_route *route_of(handler *handle)
{
    const struct vb_route *route = vb_staff_routes;
    while (route->path != NULL && route->handle != handle)
        route++;
    assert_non_null(route->path);
    return route;
}

/* The route's path with one, two in the places of its parameters, and the query behind it. */
static inline void target_of(struct vb_buf *out, const struct vb_route *route, const char *one,
                             const char *two, const char *query)
{
    const char *params[] = { one, two };
    int next = 0;
    for (const char *at = route->path; *at != '\0';) {
        if (*at != '{') {
            vb_buf_putc(out, *at++);
            continue;
        }
        vb_buf_puts(out, next < 2 && params[next] != NULL ? params[next] : "x");
        next++;
        at += strcspn(at, "}") + 1;
    }
    if (query != NULL)
        vb_buf_printf(out, "?%s", query);
}

static inline const struct serve_reply *ask_with(struct desk *desk, handler *handle,
                                                 const char *one, const char *two,
                                                 const char *query, const char *body)
{
    static const char *const methods[VB_METHOD_COUNT] = { "GET", "POST", "PUT", "DELETE" };
    const struct vb_route *route = route_of(handle);
    struct vb_buf target = { 0 };
    target_of(&target, route, one, two, query);
    const struct serve_reply *reply =
        serve_ask(&desk->scene, desk->who, methods[route->method], target.data, body);
    vb_buf_finish(&target);
    serve_scene_pass(&desk->scene, 1000);
    return reply;
}

static inline const struct serve_reply *ask(struct desk *desk, handler *handle, const char *one,
                                            const char *body)
{
    return ask_with(desk, handle, one, NULL, NULL, body);
}

static inline const struct serve_reply *asked(struct desk *desk, handler *handle, const char *one,
                                              const char *body)
{
    const struct serve_reply *reply = ask(desk, handle, one, body);
    serve_status(reply, 200);
    return reply;
}

static inline const char *field_of(const struct serve_reply *reply)
{
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(reply->json, "error");
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(error, "field"));
}

static inline void refused(struct desk *desk, handler *handle, const char *one, const char *body,
                           int status, const char *field)
{
    const struct serve_reply *reply = ask(desk, handle, one, body);
    serve_status(reply, status);
    if (!vb_streq(field_of(reply), field))
        fail_msg("%s: %s", body == NULL ? "" : body, reply->text);
}

static inline const cJSON *at(const cJSON *json, const char *name)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(json, name);
    assert_non_null(found);
    return found;
}

static inline int count_of(const struct serve_reply *reply, const char *name)
{
    return cJSON_GetArraySize(at(reply->json, name));
}

static inline bool is_true(const cJSON *json, const char *name)
{
    return cJSON_IsTrue(at(json, name));
}

/* -- rounds ----------------------------------------------------------------------------------- */

/* One more round of a case that is there; strdup'd. */
static inline char *desk_wave(struct desk *desk, const char *case_id, const char *instrument,
                              const char *wave)
{
    char body[256];
    snprintf(body, sizeof body, "{\"case\":\"%s\",\"instrument\":\"%s\",\"wave\":\"%s\"}", case_id,
             instrument, wave);
    return strdup(serve_text(asked(desk, vb_api_new_round, NULL, body), "round"));
}

/* A case of whoever asks, and a round of it; strdup'd. */
static inline char *desk_round(struct desk *desk, const char *case_id, const char *instrument)
{
    char body[64];
    snprintf(body, sizeof body, "{\"id\":\"%s\"}", case_id);
    asked(desk, vb_api_new_case, NULL, body);
    return desk_wave(desk, case_id, instrument, "t0");
}

static inline struct vb_round *live_round(struct desk *desk, const char *id)
{
    struct vb_round *round;
    enum vb_code code = vb_live_round(desk->scene.serve.live, id, &round, &desk->err);
    if (code != VB_OK)
        fail_msg("%s", desk->err.text);
    return round;
}

static inline struct vb_session *sit(struct desk *desk, const char *id, const char *role,
                                     const char *label)
{
    struct vb_session *session = NULL;
    enum vb_code code =
        vb_round_join(live_round(desk, id), &(struct vb_join){ .role = role, .label = label },
                      &session, &desk->err);
    if (code != VB_OK)
        fail_msg("%s", desk->err.text);
    return session;
}

static inline struct vb_value text(const char *words)
{
    return (
        struct vb_value){ .type = VB_VALUE_TEXT, .text = words, .len = (uint32_t)strlen(words) };
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
    assert_int_equal(vb_round_settle(live_round(desk, id), &released, &desk->err), VB_OK);
}

/* Everybody of these roles answers all and shares. */
static inline void all_share(struct desk *desk, const char *id, const char *const *roles,
                             const char *words)
{
    for (; *roles != NULL; roles++) {
        struct vb_session *session = sit(desk, id, *roles, NULL);
        answer_all(session, words);
        assert_int_equal(share(session), VB_OK);
    }
    settle_it(desk, id);
}

/* How many rows of the audit have this action and are by this one. */
static inline int audited(struct desk *desk, const char *action, const char *by)
{
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    size_t count;
    int found = 0;
    struct vb_store *store = desk->scene.store;
    assert_int_equal(store->ops->audit(store, &arena, &rows, &count, &desk->err), VB_OK);
    for (size_t i = 0; i < count; i++)
        found += vb_streq(rows[i].action, action) && vb_streq(rows[i].by, by);
    vb_arena_finish(&arena);
    return found;
}

#endif
