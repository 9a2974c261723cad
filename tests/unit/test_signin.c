/* Coming in: what a guess, a replay, a link of before and a closed account are told. */
#include "least_cost.h"
#include "serve_scene.h"

#include "serve/auth_inner.h"

static int set_up(void **state)
{
    struct serve_scene *scene = vb_new(struct serve_scene);
    struct vb_secrets secrets = { 0 };
    struct vb_arena arena = { 0 };
    char hash[VB_PASSWORD_HASH_SIZE];
    struct vb_err err;
    serve_scene_begin(scene, "instruments");
    assert_int_equal(vb_password_hash(&least_cost, "correct horse", hash, &err), VB_OK);
    secrets.password = hash;
    const struct vb_change change = { .kind = VB_PUT_STAFF,
                                      .staff = { .name = "els",
                                                 .roles = "worker,admin",
                                                 .secrets = vb_secrets_write(&arena, &secrets) } };
    assert_int_equal(vb_store_commit(scene->store, &change, 1, &err), VB_OK);
    vb_arena_finish(&arena);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    serve_scene_end(*state);
    free(*state);
    return 0;
}

static const struct serve_reply *sign_in(struct serve_scene *scene, struct serve_browser *browser,
                                         const char *name, const char *password)
{
    char body[256];
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"%s\"}", name, password);
    return serve_ask(scene, browser, "POST", "/api/v1/staff/sign-in", body);
}

static int me(struct serve_scene *scene, struct serve_browser *browser)
{
    return serve_ask(scene, browser, "GET", "/api/v1/staff/me", NULL)->status;
}

static void a_name_and_its_password_let_in(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    const struct serve_reply *reply = sign_in(scene, &browser, "Els", "correct horse");
    serve_status(reply, 200);
    assert_string_equal(serve_text(reply, "name"), "els");
    assert_non_null(strstr(reply->text, "\"roles\":[\"worker\",\"admin\"]"));
    assert_non_null(strstr(serve_header(reply, "Set-Cookie"), "HttpOnly; SameSite=Strict"));
    assert_int_equal(me(scene, &browser), 200);
}

/* By what is said and by what is done: each is one hash, on the worker. */
static void a_wrong_name_and_a_wrong_password_are_not_told_apart(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    struct vb_auth *auth = scene->serve.auth;
    unsigned before = auth->hashed;
    const struct serve_reply *password = sign_in(scene, &browser, "els", "wrong horse");
    assert_int_equal(auth->hashed - before, 1);
    const struct serve_reply *name = sign_in(scene, &browser, "nobody", "wrong horse");
    assert_int_equal(auth->hashed - before, 2);
    serve_status(password, 401);
    serve_status(name, 401);
    assert_string_equal(password->text, name->text);
    assert_int_equal(me(scene, &browser), 401);
}

static void ten_wrong_passwords_are_enough_for_a_while(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    for (int i = 0; i < 10; i++)
        serve_status(sign_in(scene, &browser, "els", "wrong horse"), 401);
    unsigned before = scene->serve.auth->hashed;
    const struct serve_reply *reply = sign_in(scene, &browser, "els", "correct horse");
    serve_status(reply, 429);
    assert_string_equal(serve_header(reply, "Retry-After"), "30");
    assert_int_equal(scene->serve.auth->hashed, before);
    serve_scene_pass(scene, 30000);
    serve_status(sign_in(scene, &browser, "els", "correct horse"), 200);
}

static void told(void *ctx, const char *hash, bool fits)
{
    struct serve_scene *scene = ctx;
    (void)hash;
    (void)fits;
    /* One after the other: those behind are not begun before this one is told. */
    scene->brought += scene->serve.auth->hashed == (unsigned)scene->brought + 1;
}

static void nobody_waits_for_the_passwords_of_those_behind(void **state)
{
    struct serve_scene *scene = *state;
    for (int i = 0; i < 3; i++)
        vb_auth_hash(scene->serve.auth, "correct horse", told, scene);
    assert_int_equal(scene->serve.auth->waiting, 3);
    vb_worker_settle(scene->serve.auth->worker);
    assert_int_equal(scene->brought, 3);
    assert_int_equal(scene->serve.auth->waiting, 0);
}

static int waits_to_try(struct serve_scene *scene, const struct vb_try *tries, size_t count)
{
    struct vb_call call = { 0 };
    call.exchange.serve = &scene->serve;
    bool may = vb_auth_may_try_each(scene->serve.auth, &call.exchange, tries, count);
    int status = may ? 200 : call.status;
    vb_call_finish(&call);
    return status;
}

static void two_hundred_may_wait_and_who_is_refused_then_loses_no_try(void **state)
{
    struct serve_scene *scene = *state;
    struct vb_auth *auth = scene->serve.auth;
    const struct vb_try try = { "account", "els" };
    auth->waiting += VB_TRIES_WAITING - 1;
    assert_int_equal(waits_to_try(scene, &try, 1), 200);
    auth->waiting++;
    for (int i = 0; i < 20; i++)
        assert_int_equal(waits_to_try(scene, &try, 1), 429);
    assert_int_equal(waits_to_try(scene, NULL, 0), 429); /* a code of a hand-over too */
    auth->waiting -= VB_TRIES_WAITING;
    for (int i = 0; i < 9; i++)
        assert_int_equal(waits_to_try(scene, &try, 1), 200);
    assert_int_equal(waits_to_try(scene, &try, 1), 429);
}

static void what_one_limit_refuses_costs_nothing_of_another(void **state)
{
    struct serve_scene *scene = *state;
    const struct vb_try mine[] = { { "address", "10.0.0.9" }, { "account", "els" } };
    for (int i = 0; i < 10; i++)
        assert_int_equal(waits_to_try(scene, mine, 2), 200);
    for (int i = 0; i < 50; i++)
        assert_int_equal(waits_to_try(scene, mine, 2), 429);
    for (int i = 0; i < 20; i++)
        assert_int_equal(waits_to_try(scene, mine, 1), 200);
    assert_int_equal(waits_to_try(scene, mine, 1), 429);
}

static void whoever_signs_in_right_takes_no_try_of_anybody(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    const struct vb_try all = { "password", "" };
    for (int i = 0; i < 3; i++)
        serve_status(sign_in(scene, &browser, "els", "correct horse"), 200);
    for (int i = 0; i < 120; i++)
        assert_int_equal(waits_to_try(scene, &all, 1), 200);
    assert_int_equal(waits_to_try(scene, &all, 1), 429);
}

static void keep_cost(void *ctx, const char *hash, bool fits)
{
    char *cost = ctx;
    assert_true(fits);
    snprintf(cost, VB_PASSWORD_HASH_SIZE, "%s", hash);
}

/* As the program creates it: the scene's own hashes at the least cost. */
static void a_server_hashes_at_full_cost(void **state)
{
    struct serve_scene *scene = *state;
    struct vb_auth *auth;
    struct vb_err err;
    char hash[VB_PASSWORD_HASH_SIZE] = "", code[VB_PASSWORD_HASH_SIZE] = "";
    char expected[VB_TOKEN_HASH_SIZE], salt[VB_CODE_SALT_SIZE];
    assert_int_equal(vb_auth_create(&auth, &scene->house, &err), VB_OK);
    assert_null(auth->in.cost); /* which invitations are made at too */
    vb_code_salt(&scene->env.random, salt);
    vb_auth_hash(auth, "correct horse", keep_cost, hash);
    vb_auth_hash_code(auth, "K7MQ2XWD", salt, keep_cost, code);
    vb_worker_settle(auth->worker);
    vb_auth_destroy(auth);
    assert_non_null(strstr(hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
    assert_int_equal(vb_code_hash(NULL, "K7MQ2XWD", salt, expected, &err), VB_OK);
    assert_string_equal(code, expected);
}

static void a_cookie_of_a_sign_in_that_ended_opens_nothing(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    serve_status(sign_in(scene, &browser, "els", "correct horse"), 200);
    struct serve_browser replayed = browser;
    serve_status(serve_ask(scene, &browser, "POST", "/api/v1/staff/sign-out", NULL), 204);
    assert_int_equal(me(scene, &browser), 401);
    assert_int_equal(me(scene, &replayed), 401);
}

static void who_does_nothing_for_half_an_hour_is_signed_out(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    serve_status(sign_in(scene, &browser, "els", "correct horse"), 200);
    for (int i = 0; i < 4; i++) {
        serve_scene_pass(scene, VB_IDLE_MS - 1000);
        assert_int_equal(me(scene, &browser), 200);
    }
    serve_scene_pass(scene, VB_IDLE_MS);
    assert_int_equal(me(scene, &browser), 401);
}

static void sign_ins_of_long_ago_go_when_somebody_signs_in(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser before = { 0 }, now = { 0 };
    const struct vb_token_query query = { .staff = "els" };
    struct vb_arena arena = { 0 };
    struct vb_token_row *rows;
    struct vb_err err;
    size_t count;
    serve_status(sign_in(scene, &before, "els", "correct horse"), 200);
    serve_scene_pass(scene, VB_SEAT_HOURS * INT64_C(3600000) + VB_SIGNED_IN_MS + 1);
    serve_status(sign_in(scene, &now, "els", "correct horse"), 200);
    assert_int_equal(scene->store->ops->tokens(scene->store, &query, &arena, &rows, &count, &err),
                     VB_OK);
    assert_int_equal(count, 1);
    vb_arena_finish(&arena);
}

static void a_refusal_is_a_row_of_whose_account_it_is(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    struct vb_err err;
    size_t count, refused = 0;
    serve_status(sign_in(scene, &browser, "els", "wrong horse"), 401);
    serve_status(sign_in(scene, &browser, "nobody-here", "wrong horse"), 401);
    assert_int_equal(scene->store->ops->audit(scene->store, &arena, &rows, &count, &err), VB_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].action, "sign in refused") == 0) {
            assert_string_equal(rows[i].subject, "els");
            refused++;
        }
    assert_int_equal(refused, 1);
    vb_arena_finish(&arena);
}

static void a_sign_in_outlives_a_restart(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    struct vb_err err;
    serve_status(sign_in(scene, &browser, "els", "correct horse"), 200);
    vb_auth_destroy(scene->serve.auth);
    assert_int_equal(vb_auth_create(&scene->serve.auth, &scene->house, &err), VB_OK);
    assert_int_equal(me(scene, &browser), 200);
}

static void an_account_that_is_closed_is_out_at_once(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    struct vb_exchange closing = { .who = { .name = "anna" } };
    struct vb_err err;
    serve_status(sign_in(scene, &browser, "els", "correct horse"), 200);
    assert_int_equal(vb_auth_disable(scene->serve.auth, &closing, "els", &err), VB_OK);
    vb_arena_finish(&closing.arena);
    assert_int_equal(me(scene, &browser), 401);
    serve_status(sign_in(scene, &browser, "els", "correct horse"), 401);
}

static void a_guessed_cookie_is_nobody(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = {
        .cookies = { "verbond-staff=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
    };
    assert_int_equal(me(scene, &browser), 401);
    snprintf(browser.cookies[0], sizeof browser.cookies[0], "verbond-staff=");
    assert_int_equal(me(scene, &browser), 401);
}

static void a_post_of_another_site_is_refused(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    serve_status(sign_in(scene, &browser, "els", "correct horse"), 200);
    browser.site = "cross-site";
    const struct serve_reply *reply =
        serve_ask(scene, &browser, "POST", "/api/v1/staff/sign-out", NULL);
    serve_status(reply, 403);
    assert_string_equal(serve_refusal(reply), "origin");
    browser.site = NULL;
    snprintf(browser.token, sizeof browser.token, "another");
    reply = serve_ask(scene, &browser, "POST", "/api/v1/staff/sign-out", NULL);
    serve_status(reply, 403);
    assert_string_equal(serve_refusal(reply), "token");
}

static void a_code_or_a_link_that_opens_nothing_says_no_more(void **state)
{
    struct serve_scene *scene = *state;
    struct serve_browser browser = { 0 };
    unsigned before = scene->serve.auth->hashed;
    serve_status(serve_ask(scene, &browser, "POST", "/api/v1/seat", "{\"code\":\"K7MQ-2XWD\"}"),
                 401);
    assert_int_equal(scene->serve.auth->hashed - before, 1);
    serve_status(serve_ask(scene, &browser, "POST", "/api/v1/seat",
                           "{\"token\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}"),
                 401);
    serve_status(serve_ask(scene, &browser, "POST", "/api/v1/seat", "{}"), 400);
    for (int i = 0; i < 19; i++)
        serve_status(serve_ask(scene, &browser, "POST", "/api/v1/seat", "{\"code\":\"K7MQ-2XWO\"}"),
                     401);
    serve_status(serve_ask(scene, &browser, "POST", "/api/v1/seat", "{\"code\":\"K7MQ-2XWD\"}"),
                 429);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_name_and_its_password_let_in),
        TEST(a_wrong_name_and_a_wrong_password_are_not_told_apart),
        TEST(ten_wrong_passwords_are_enough_for_a_while),
        TEST(a_server_hashes_at_full_cost),
        TEST(nobody_waits_for_the_passwords_of_those_behind),
        TEST(two_hundred_may_wait_and_who_is_refused_then_loses_no_try),
        TEST(what_one_limit_refuses_costs_nothing_of_another),
        TEST(whoever_signs_in_right_takes_no_try_of_anybody),
        TEST(a_cookie_of_a_sign_in_that_ended_opens_nothing),
        TEST(who_does_nothing_for_half_an_hour_is_signed_out),
        TEST(sign_ins_of_long_ago_go_when_somebody_signs_in),
        TEST(a_refusal_is_a_row_of_whose_account_it_is),
        TEST(a_sign_in_outlives_a_restart),
        TEST(an_account_that_is_closed_is_out_at_once),
        TEST(a_guessed_cookie_is_nobody),
        TEST(a_post_of_another_site_is_refused),
        TEST(a_code_or_a_link_that_opens_nothing_says_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
