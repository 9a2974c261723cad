/* What a request meets before and behind its handler: routes, types, replies and their fields. */
#include "serve_scene.h"

#include "base/str.h"
#include "serve/headers.h"

static int begin(void **state)
{
    struct serve_scene *scene = malloc(sizeof *scene);
    serve_scene_begin(scene, "instruments");
    *state = scene;
    return 0;
}

static int end(void **state)
{
    serve_scene_end(*state);
    free(*state);
    return 0;
}

/* -- routes ------------------------------------------------------------------------------------ */

static void a_path_that_is_nowhere_is_404(void **state)
{
    static const char *const paths[] = { "/nowhere", "/api", "/api/v1", "/api/v1/",      "/assets/",
                                         "/i/",      "//",   "/health", "/health/live/x" };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        const struct serve_reply *reply = serve_ask(*state, NULL, "GET", paths[i], NULL);
        serve_status(reply, 404);
        assert_string_equal(serve_refusal(reply), "absent");
    }
}

static void another_method_of_a_path_is_405_and_says_which_there_are(void **state)
{
    const struct serve_reply *reply = serve_ask(*state, NULL, "POST", "/health/live", NULL);
    serve_status(reply, 405);
    assert_string_equal(serve_refusal(reply), "method");
    assert_string_equal(serve_header(reply, "Allow"), "GET, HEAD");
}

static void every_route_of_staff_and_seats_is_401_for_nobody(void **state)
{
    static const struct vb_route *const tables[] = { vb_seat_routes, vb_staff_routes };
    static const char *const methods[] = { "GET", "POST", "PUT", "DELETE" };
    for (size_t i = 0; i < 2; i++)
        for (const struct vb_route *route = tables[i]; route->path != NULL; route++) {
            const struct serve_reply *reply =
                serve_ask(*state, NULL, methods[route->method], route->path, NULL);
            serve_status(reply, 401);
            assert_string_equal(serve_refusal(reply), "sign_in");
        }
}

/* Which table a path is found in must not depend on what it says. */
static void no_two_routes_are_one(void **state)
{
    static const struct vb_route *const tables[] = { vb_public_routes, vb_seat_routes,
                                                     vb_staff_routes };
    (void)state;
    for (size_t i = 0; i < 3; i++)
        for (const struct vb_route *a = tables[i]; a->path != NULL; a++) {
            int same = 0;
            for (size_t j = 0; j < 3; j++)
                for (const struct vb_route *b = tables[j]; b->path != NULL; b++)
                    same += a->method == b->method && vb_streq(a->path, b->path);
            assert_int_equal(same, 1);
        }
}

static void
routes_of_staff_lie_under_staff_and_nothing_public_changes_but_by_signing_in(void **state)
{
    (void)state;
    for (const struct vb_route *route = vb_staff_routes; route->path != NULL; route++)
        assert_true(vb_starts_with(route->path, "/api/v1/staff/"));
    for (const struct vb_route *route = vb_seat_routes; route->path != NULL; route++)
        assert_true(vb_starts_with(route->path, "/api/v1/") &&
                    !vb_starts_with(route->path, "/api/v1/staff/"));
    for (const struct vb_route *route = vb_public_routes; route->path != NULL; route++)
        assert_true(route->method == VB_GET || vb_streq(route->path, "/api/v1/seat") ||
                    vb_streq(route->path, "/api/v1/staff/sign-in"));
}

/* -- what comes in ----------------------------------------------------------------------------- */

static void json_is_wanted_where_json_is_due(void **state)
{
    static const char body[] = "{\"token\":\"x\"}";
    static const char *const types[] = { NULL, "text/plain", "application/x-www-form-urlencoded",
                                         "application/jsonx", "multipart/form-data; boundary=x" };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const struct serve_reply *reply =
            serve_put(*state, NULL, "POST", "/api/v1/seat", types[i], body, strlen(body));
        serve_status(reply, 415);
        assert_string_equal(serve_refusal(reply), "type");
    }
}

static void json_that_is_none_is_400(void **state)
{
    static const char *const bodies[] = { "",
                                          "{",
                                          "[]",
                                          "null",
                                          "\"x\"",
                                          "{\"token\":1,\"token\":2}",
                                          "{\"a\":\"\xC3\x28\"}",
                                          "{\"a\":\"\\u0000\"}",
                                          "{\"a\":1e999}",
                                          "{} {}",
                                          "\xEF\xBB\xBF{}" };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        const struct serve_reply *reply =
            serve_ask(*state, NULL, "POST", "/api/v1/seat", bodies[i]);
        serve_status(reply, 400);
        assert_string_equal(serve_refusal(reply), "request");
    }
}

static void a_body_beyond_its_route_is_413(void **state)
{
    size_t len = VB_BODY_MOST + 1;
    char *body = malloc(len);
    memset(body, ' ', len);
    const struct serve_reply *reply =
        serve_put(*state, NULL, "POST", "/api/v1/seat", "application/json", body, len);
    free(body);
    serve_status(reply, 413);
    assert_string_equal(serve_refusal(reply), "size");
}

static void fields_of_query_and_head_are_found_by_name(void **state)
{
    struct vb_call call = { 0 };
    (void)state;
    vb_call_target(&call, "/a%20b?x=1&y=a+b%26c&empty&z=&x=2");
    vb_fields_add(&call.head, &call.exchange.arena, "X-One", "1");
    assert_string_equal(call.exchange.path, "/a b");
    assert_string_equal(vb_exchange_query(&call.exchange, "x"), "1");
    assert_string_equal(vb_exchange_query(&call.exchange, "y"), "a b&c");
    assert_string_equal(vb_exchange_query(&call.exchange, "empty"), "");
    assert_string_equal(vb_exchange_query(&call.exchange, "z"), "");
    assert_null(vb_exchange_query(&call.exchange, "w"));
    assert_string_equal(vb_exchange_header(&call.exchange, "x-one"), "1");
    assert_null(vb_exchange_header(&call.exchange, "x-two"));
    vb_call_finish(&call);
}

/* -- what goes out ----------------------------------------------------------------------------- */

static void pages_run_nothing_from_elsewhere(void **state)
{
    static const char *const pages[] = { "/", "/i", "/r", "/staff" };
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        const struct serve_reply *reply = serve_ask(*state, NULL, "GET", pages[i], NULL);
        serve_status(reply, 200);
        assert_string_equal(reply->type, "text/html; charset=utf-8");
        vb_headers_add(reply->call);
        assert_true(
            vb_starts_with(serve_header(reply, "Content-Security-Policy"), "default-src 'self';"));
        assert_null(strstr(serve_header(reply, "Content-Security-Policy"), "unsafe"));
        assert_non_null(
            strstr(serve_header(reply, "Content-Security-Policy"), "frame-ancestors 'self'"));
        assert_string_equal(serve_header(reply, "X-Content-Type-Options"), "nosniff");
        assert_string_equal(serve_header(reply, "Referrer-Policy"), "no-referrer");
        assert_string_equal(serve_header(reply, "Cache-Control"), "no-store");
        assert_null(serve_header(reply, "Strict-Transport-Security"));
        assert_null(strstr(reply->text, "<style"));
        assert_null(strstr(reply->text, "onclick"));
    }
}

static void assets_are_kept_by_their_tag_alone(void **state)
{
    struct serve_browser browser = { 0 };
    const struct serve_reply *reply =
        serve_ask(*state, &browser, "GET", "/assets/css/base.css", NULL);
    const char *tag = serve_header(reply, "ETag");
    serve_status(reply, 200);
    assert_string_equal(reply->type, "text/css; charset=utf-8");
    assert_string_equal(serve_header(reply, "Cache-Control"), "no-cache");
    assert_non_null(tag);
    browser.header[0] = "If-None-Match";
    browser.header[1] = tag;
    reply = serve_ask(*state, &browser, "GET", "/assets/css/base.css", NULL);
    serve_status(reply, 304);
    assert_int_equal(reply->len, 0);
    browser.header[1] = "\"other\"";
    serve_status(serve_ask(*state, &browser, "GET", "/assets/css/base.css", NULL), 200);
}

static void an_asset_that_is_not_there_is_404(void **state)
{
    serve_status(serve_ask(*state, NULL, "GET", "/assets/nothing.js", NULL), 404);
    serve_status(serve_ask(*state, NULL, "GET", "/assets/css/nothing.css", NULL), 404);
    serve_status(serve_ask(*state, NULL, "GET", "/assets/css", NULL), 404);
}

static void code_of_a_verb_is_the_status_of_its_reply(void **state)
{
    static const struct {
        enum vb_code code;
        int status;
        const char *word;
    } rows[] = {
        { VB_E_ABSENT, 404, "absent" },   { VB_E_CONFLICT, 409, "conflict" },
        { VB_E_BUSY, 409, "busy" },       { VB_E_DATA, 422, "value" },
        { VB_E_LIMIT, 413, "size" },      { VB_E_IO, 503, "unsaved" },
        { VB_E_SCRIPT, 500, "internal" }, { VB_E_INTERNAL, 500, "internal" },
    };
    struct serve_scene *scene = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct vb_call call = { .exchange = { .serve = &scene->serve } };
        struct vb_err err;
        vb_fail(&err, rows[i].code, "MARKER");
        vb_reply_code(&call.exchange, rows[i].code, &err);
        assert_int_equal(call.status, rows[i].status);
        assert_non_null(strstr(call.reply_body.data, rows[i].word));
        /* What failed within is for the log, and not for whoever asks. */
        bool told = strstr(call.reply_body.data, "MARKER") != NULL;
        assert_int_equal(told, rows[i].status < 500 && rows[i].status != 404);
        vb_call_finish(&call);
    }
    assert_non_null(strstr(scene->logged.data, "MARKER"));
}

static void cookies_are_for_this_site_and_no_script(void **state)
{
    struct vb_call call = { 0 };
    (void)state;
    vb_reply_cookie(&call.exchange, "verbond-seat", "abc", 60);
    assert_string_equal(call.reply.rows[0].value,
                        "verbond-seat=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict");
    call.secure = true;
    vb_reply_cookie(&call.exchange, "verbond-seat", "abc", 60);
    assert_string_equal(
        call.reply.rows[1].value,
        "__Host-verbond-seat=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
    vb_headers_add(&call);
    bool strict = false;
    for (size_t i = 0; i < call.reply.count; i++)
        strict |= vb_streq(call.reply.rows[i].name, "Strict-Transport-Security");
    assert_true(strict);
    vb_call_finish(&call);
}

/* -- streams ----------------------------------------------------------------------------------- */

static void count(void *ctx)
{
    ++*(int *)ctx;
}

static void an_event_is_carried_as_it_was_sent(void **state)
{
    struct vb_call call = { 0 };
    struct vb_buf json = { 0 };
    char out[64] = { 0 };
    int closed = 0;
    (void)state;
    const struct vb_stream_owner owner = { .closed = count, .ctx = &closed };
    struct vb_stream *stream = vb_reply_stream(&call.exchange, &owner);
    vb_buf_puts(&json, "{\"seq\":5}");
    vb_stream_send(stream, "step", &json);
    assert_int_equal(vb_stream_take(stream, out, 10), 10);
    assert_int_equal(vb_stream_take(stream, out + 10, 50), 19);
    assert_string_equal(out, "event: step\ndata: {\"seq\":5}\n\n");
    assert_int_equal(vb_stream_take(stream, out, 50), 0);
    vb_stream_close(stream);
    vb_stream_close(stream);
    assert_int_equal(closed, 1);
    vb_stream_send(stream, "step", &json);
    assert_int_equal(vb_stream_take(stream, out, 50), 0);
    vb_buf_finish(&json);
    vb_call_finish(&call);
}

/* Somebody who is always a few bytes behind costs no more than those. */
static void what_was_carried_is_kept_no_longer(void **state)
{
    enum { EVENTS = 10000, BEHIND = 7 };
    struct vb_call call = { 0 };
    struct vb_buf json = { 0 };
    struct vb_stream *stream = vb_reply_stream(&call.exchange, &(struct vb_stream_owner){ 0 });
    char out[64];
    (void)state;
    for (int i = 0; i < EVENTS; i++) {
        vb_buf_clear(&json);
        vb_buf_printf(&json, "{\"seq\":%05d}", i);
        vb_stream_send(stream, "step", &json); /* 33 bytes */
        size_t room = i == 0 ? 33 - BEHIND : 33;
        assert_int_equal(vb_stream_take(stream, out, room), room);
        assert_true(stream->waiting.len < 256);
    }
    assert_int_equal(vb_stream_take(stream, out, sizeof out), BEHIND);
    out[BEHIND] = '\0';
    assert_string_equal(out, "9999}\n\n");
    vb_stream_close(stream);
    vb_buf_finish(&json);
    vb_call_finish(&call);
}

static void a_reader_that_is_too_slow_is_cut_off(void **state)
{
    struct vb_call call = { 0 };
    struct vb_buf json = { 0 };
    int closed = 0, sent = 0;
    (void)state;
    const struct vb_stream_owner owner = { .closed = count, .ctx = &closed };
    struct vb_stream *stream = vb_reply_stream(&call.exchange, &owner);
    vb_buf_puts(&json, "{\"seq\":5}");
    while (!stream->cut && sent < VB_STREAM_BACKLOG) {
        vb_stream_send(stream, "step", &json);
        sent++;
    }
    assert_true(stream->cut);
    assert_in_range(stream->waiting.len, VB_STREAM_BACKLOG / 2, VB_STREAM_BACKLOG);
    assert_int_equal(closed, 0); /* whoever sends is in the middle of a list */
    vb_stream_close(stream);
    vb_buf_finish(&json);
    vb_call_finish(&call);
}

/* -- health ------------------------------------------------------------------------------------ */

static void it_is_ready_until_it_stops(void **state)
{
    struct serve_scene *scene = *state;
    serve_status(serve_ask(scene, NULL, "GET", "/health/live", NULL), 200);
    assert_string_equal(serve_text(serve_ask(scene, NULL, "GET", "/health/ready", NULL), "status"),
                        "ready");
    scene->serve.stopping = true;
    const struct serve_reply *reply = serve_ask(scene, NULL, "GET", "/health/ready", NULL);
    serve_status(reply, 503);
    assert_string_equal(serve_text(reply, "status"), "stopping");
    serve_status(serve_ask(scene, NULL, "GET", "/health/live", NULL), 200);
}

static void metrics_hold_patterns_and_no_path(void **state)
{
    struct serve_scene *scene = *state;
    const struct serve_reply *asked = serve_ask(scene, NULL, "GET", "/assets/css/MARKER.css", NULL);
    vb_metrics_answered(&scene->serve.metrics, asked->call->exchange.route, asked->status, 1000);
    vb_metrics_refused(&scene->serve.metrics, VB_GATE_LINES);
    const struct serve_reply *reply = serve_ask(scene, NULL, "GET", "/metrics", NULL);
    serve_status(reply, 200);
    assert_null(strstr(reply->text, "MARKER"));
    assert_non_null(strstr(reply->text, "route=\"/assets/{folder}/{file}\",status=\"4xx\"} 1"));
    assert_non_null(strstr(reply->text, "verbond_http_refused_total{why=\"lines\"} 1"));
}

#define ROUTE_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTE_TEST(a_path_that_is_nowhere_is_404),
        ROUTE_TEST(another_method_of_a_path_is_405_and_says_which_there_are),
        ROUTE_TEST(every_route_of_staff_and_seats_is_401_for_nobody),
        cmocka_unit_test(no_two_routes_are_one),
        cmocka_unit_test(
            routes_of_staff_lie_under_staff_and_nothing_public_changes_but_by_signing_in),
        ROUTE_TEST(json_is_wanted_where_json_is_due),
        ROUTE_TEST(json_that_is_none_is_400),
        ROUTE_TEST(a_body_beyond_its_route_is_413),
        cmocka_unit_test(fields_of_query_and_head_are_found_by_name),
        ROUTE_TEST(pages_run_nothing_from_elsewhere),
        ROUTE_TEST(assets_are_kept_by_their_tag_alone),
        ROUTE_TEST(an_asset_that_is_not_there_is_404),
        ROUTE_TEST(code_of_a_verb_is_the_status_of_its_reply),
        cmocka_unit_test(cookies_are_for_this_site_and_no_script),
        cmocka_unit_test(an_event_is_carried_as_it_was_sent),
        cmocka_unit_test(what_was_carried_is_kept_no_longer),
        cmocka_unit_test(a_reader_that_is_too_slow_is_cut_off),
        ROUTE_TEST(it_is_ready_until_it_stops),
        ROUTE_TEST(metrics_hold_patterns_and_no_path),
    };
    return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
