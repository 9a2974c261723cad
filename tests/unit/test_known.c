/* What is known of tokens: asking costs the store nothing, and whatever ends a token, by whomever
 * it was committed, is seen by the very next request. Time stands still in all of it. */
#include "turn_scene.h"

#include "serve/auth_inner.h"

struct at_hand {
    struct turn_place place;
    struct serve_browser seat, staff;
    char seat_hash[VB_TOKEN_HASH_SIZE], staff_hash[VB_TOKEN_HASH_SIZE];
};

static void hash_of(const struct serve_browser *browser, char hash[VB_TOKEN_HASH_SIZE])
{
    const char *token = strchr(browser->cookies[0], '=');
    assert_non_null(token);
    assert_true(vb_token_hash(token + 1, hash));
}

static void add_staff(struct vb_store *store, const char *name)
{
    struct vb_secrets secrets = { 0 };
    struct vb_arena arena = { 0 };
    char hash[VB_PASSWORD_HASH_SIZE];
    struct vb_err err;
    assert_int_equal(vb_password_hash(&least_cost, "correct horse", hash, &err), VB_OK);
    secrets.password = hash;
    const struct vb_change change = { .kind = VB_PUT_STAFF,
                                      .staff = { .name = name,
                                                 .roles = "worker,admin",
                                                 .secrets = vb_secrets_write(&arena, &secrets) } };
    assert_int_equal(vb_store_commit(store, &change, 1, &err), VB_OK);
    vb_arena_finish(&arena);
}

static const struct serve_reply *sign_in(struct at_hand *at, struct serve_browser *browser,
                                         const char *name)
{
    char body[128];
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"correct horse\"}", name);
    return serve_ask(&at->place.scene, browser, "POST", "/api/v1/staff/sign-in", body);
}

static int me(struct at_hand *at, struct serve_browser *browser)
{
    return serve_ask(&at->place.scene, browser, "GET", "/api/v1/staff/me", NULL)->status;
}

static int turn_of(struct at_hand *at, struct serve_browser *browser)
{
    return turn_get(&at->place, browser, "")->status;
}

/* A client who began, and a worker who signed in; both were asked who they are already. */
static int set_up(void **state)
{
    struct at_hand *at = vb_new(struct at_hand);
    turn_begin(&at->place, "menger-monitor");
    add_staff(at->place.scene.store, "els");
    add_staff(at->place.scene.store, "jan");
    turn_sit(&at->place, &at->seat, "client", NULL);
    serve_status(turn_post(&at->place, &at->seat, "/begin", "{'language':'en','mode':'self'}"),
                 200);
    serve_status(sign_in(at, &at->staff, "els"), 200);
    hash_of(&at->seat, at->seat_hash);
    hash_of(&at->staff, at->staff_hash);
    assert_int_equal(turn_of(at, &at->seat), 200);
    assert_int_equal(me(at, &at->staff), 200);
    *state = at;
    return 0;
}

static int tear_down(void **state)
{
    struct at_hand *at = *state;
    turn_end(&at->place);
    free(at);
    return 0;
}

static void whoever_goes_on_asking_costs_the_store_nothing(void **state)
{
    struct at_hand *at = *state;
    const struct vb_auth *auth = at->place.scene.serve.auth;
    unsigned before = auth->read;
    for (int i = 0; i < 50; i++) {
        assert_int_equal(turn_of(at, &at->seat), 200);
        assert_int_equal(me(at, &at->staff), 200);
        serve_scene_pass(&at->place.scene, 1000);
    }
    assert_int_equal(auth->read, before);
}

static void answers_cost_the_store_no_reading_of_tokens(void **state)
{
    struct at_hand *at = *state;
    const struct vb_auth *auth = at->place.scene.serve.auth;
    const struct serve_reply *step = turn_get(&at->place, &at->seat, "/step");
    unsigned before = auth->read;
    for (int i = 0; i < 5; i++) {
        step = turn_post(&at->place, &at->seat, "/answer", "{'after':%d,'id':'a%d','value':%s}",
                         turn_seq(step), i, turn_value(step, NULL));
        serve_status(step, 200);
    }
    assert_int_equal(auth->read, before);
}

/* The next token that is remembered in the same place as this one. */
static void find_neighbour(const char *hash, int *from, char token[VB_TOKEN_SIZE],
                           char own[VB_TOKEN_HASH_SIZE])
{
    const size_t sets = VB_KNOWN / VB_KNOWN_WAYS;
    char first[5] = { 0 }, theirs[5] = { 0 };
    memcpy(first, hash, 4);
    do {
        snprintf(token, VB_TOKEN_SIZE, "%0*d", VB_TOKEN_SIZE - 1, ++*from);
        assert_true(vb_token_hash(token, own));
        memcpy(theirs, own, 4);
    } while (strtoul(first, NULL, 16) % sets != strtoul(theirs, NULL, 16) % sets);
}

/* More tokens than there is room for push each other out, and are let in all the same. */
static void a_token_that_was_pushed_out_is_read_again(void **state)
{
    struct at_hand *at = *state;
    struct vb_auth *auth = at->place.scene.serve.auth;
    char token[VB_TOKEN_SIZE], hash[VB_TOKEN_HASH_SIZE];
    unsigned before = auth->read;
    for (int i = 0, from = 0; i <= VB_KNOWN_WAYS; i++) {
        struct serve_browser other = { 0 };
        find_neighbour(at->seat_hash, &from, token, hash);
        const struct vb_change change = {
            .kind = VB_PUT_TOKEN,
            .token = { .hash = hash,
                       .kind = VB_TOKEN_SEAT,
                       .round = at->place.round,
                       .body = "{\"role\":\"professional\"}",
                       .until_wall_ms = at->place.scene.wall_ms + VB_IDLE_MS },
        };
        struct vb_err err;
        assert_int_equal(vb_store_commit(at->place.scene.store, &change, 1, &err), VB_OK);
        snprintf(other.cookies[0], sizeof other.cookies[0], "verbond-seat=%s", token);
        assert_int_equal(turn_of(at, &other), 200);
    }
    assert_int_equal(auth->read, before + VB_KNOWN_WAYS + 1);
    assert_int_equal(turn_of(at, &at->seat), 200);
    assert_int_equal(auth->read, before + VB_KNOWN_WAYS + 2);
}

/* -- what ends a token: as other rooms commit it ----------------------------------------------- */

static void commit(struct at_hand *at, struct vb_change change)
{
    struct vb_err err;
    if (vb_store_commit(at->place.scene.store, &change, 1, &err) != VB_OK)
        fail_msg("%s", err.text);
}

static void on_done(void *ctx, enum vb_code code, const struct vb_err *err)
{
    (void)err;
    *(enum vb_code *)ctx = code;
}

static void an_end_that_was_submitted_is_seen(void **state)
{
    struct at_hand *at = *state;
    const struct vb_change change = vb_token_end(at->seat_hash);
    enum vb_code code = VB_E_INTERNAL;
    vb_store_submit(at->place.scene.store, &change, 1, on_done, &code);
    assert_int_equal(code, VB_OK);
    assert_int_equal(turn_of(at, &at->seat), 401);
    assert_int_equal(me(at, &at->staff), 200);
}

static void the_end_of_one_token_is_seen(void **state)
{
    struct at_hand *at = *state;
    commit(at, vb_token_end(at->staff_hash));
    assert_int_equal(me(at, &at->staff), 401);
    assert_int_equal(turn_of(at, &at->seat), 200);
}

static void the_end_of_the_tokens_of_a_round_is_seen(void **state)
{
    struct at_hand *at = *state;
    commit(at, (struct vb_change){ .kind = VB_END_TOKENS, .tokens = { .round = at->place.round } });
    assert_int_equal(turn_of(at, &at->seat), 401);
    assert_int_equal(me(at, &at->staff), 200);
}

static void the_end_of_the_tokens_of_a_member_of_staff_is_seen(void **state)
{
    struct at_hand *at = *state;
    struct serve_browser other = { 0 };
    serve_status(sign_in(at, &other, "jan"), 200);
    assert_int_equal(me(at, &other), 200);
    commit(at, (struct vb_change){ .kind = VB_END_TOKENS, .tokens = { .staff = "els" } });
    assert_int_equal(me(at, &at->staff), 401);
    assert_int_equal(me(at, &other), 200);
    assert_int_equal(turn_of(at, &at->seat), 200);
}

static void a_round_that_is_closed_is_seen(void **state)
{
    struct at_hand *at = *state;
    commit(at, (struct vb_change){
                   .kind = VB_SET_ROUND,
                   .round = { .id = at->place.round, .state = VB_ROUND_WITHDRAWN },
               });
    assert_int_equal(turn_of(at, &at->seat), 401);
    assert_int_equal(me(at, &at->staff), 200);
}

static void a_person_who_was_erased_is_seen(void **state)
{
    struct at_hand *at = *state;
    struct vb_store *store = at->place.scene.store;
    struct vb_arena arena = { 0 };
    struct vb_person_row *persons;
    struct vb_err err;
    size_t count;
    assert_int_equal(store->ops->persons(store, "c-1", &arena, &persons, &count, &err), VB_OK);
    assert_int_equal(count, 1);
    commit(at, (struct vb_change){
                   .kind = VB_ERASE,
                   .erasure = { .what = VB_ERASE_PERSON, .id = persons[0].id, .reason = "asked" },
               });
    assert_int_equal(turn_of(at, &at->seat), 401);
    vb_arena_finish(&arena);
}

/* Without an end of its tokens: what the account may is read with each of them. */
static void an_account_that_was_closed_is_seen(void **state)
{
    struct at_hand *at = *state;
    struct vb_store *store = at->place.scene.store;
    struct vb_arena arena = { 0 };
    struct vb_staff_row *rows;
    struct vb_err err;
    size_t count;
    assert_int_equal(store->ops->staff(store, "els", &arena, &rows, &count, &err), VB_OK);
    assert_int_equal(count, 1);
    rows[0].disabled = true;
    commit(at, (struct vb_change){ .kind = VB_PUT_STAFF, .staff = rows[0] });
    assert_int_equal(me(at, &at->staff), 401);
    assert_int_equal(turn_of(at, &at->seat), 200);
    vb_arena_finish(&arena);
}

static int looks_at_accounts(struct at_hand *at)
{
    struct vb_store *store = at->place.scene.store;
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    struct vb_err err;
    size_t count;
    int looked = 0;
    assert_int_equal(store->ops->audit(store, &arena, &rows, &count, &err), VB_OK);
    for (size_t i = 0; i < count; i++)
        looked += vb_streq(rows[i].action, "staff list") && vb_streq(rows[i].by, "els");
    vb_arena_finish(&arena);
    return looked;
}

static void a_role_that_was_taken_away_is_seen(void **state)
{
    struct at_hand *at = *state;
    struct vb_store *store = at->place.scene.store;
    struct vb_arena arena = { 0 };
    struct vb_staff_row *rows;
    struct vb_err err;
    size_t count;
    const char *const accounts = "/api/v1/staff/accounts";
    int looked = looks_at_accounts(at);
    serve_status(serve_ask(&at->place.scene, &at->staff, "GET", accounts, NULL), 200);
    assert_int_equal(looks_at_accounts(at), looked + 1);
    assert_int_equal(store->ops->staff(store, "els", &arena, &rows, &count, &err), VB_OK);
    rows[0].roles = "worker";
    commit(at, (struct vb_change){ .kind = VB_PUT_STAFF, .staff = rows[0] });
    serve_status(serve_ask(&at->place.scene, &at->staff, "GET", accounts, NULL), 403);
    vb_arena_finish(&arena);
}

/* -- and by the routes ------------------------------------------------------------------------- */

static void signing_out_and_leaving_are_seen(void **state)
{
    struct at_hand *at = *state;
    struct serve_browser seat = at->seat, staff = at->staff;
    serve_status(serve_ask(&at->place.scene, &at->staff, "POST", "/api/v1/staff/sign-out", NULL),
                 204);
    assert_int_equal(me(at, &staff), 401);
    serve_status(turn_post(&at->place, &at->seat, "/leave", "%s", ""), 204);
    assert_int_equal(turn_of(at, &seat), 401);
}

static void a_browser_that_is_handed_over_hears_nothing_but_the_code(void **state)
{
    struct at_hand *at = *state;
    struct serve_browser other = at->staff; /* another window of it, with the same cookie */
    struct vb_err err;
    struct vb_exchange *asks =
        serve_request(&at->place.scene, &at->staff, "POST", "/api/v1/staff/sign-out", NULL);
    assert_int_equal(vb_auth_park(at->place.scene.serve.auth, asks, at->place.round, "hash", &err),
                     VB_OK);
    serve_status(serve_ask(&at->place.scene, &other, "GET", "/api/v1/staff/cases", NULL), 423);
    assert_int_equal(vb_auth_unpark(at->place.scene.serve.auth, asks, &err), VB_OK);
    serve_status(serve_ask(&at->place.scene, &other, "GET", "/api/v1/staff/cases", NULL), 200);
}

static void who_is_known_when_the_account_is_disabled_is_out(void **state)
{
    struct at_hand *at = *state;
    struct serve_browser other = { 0 };
    struct vb_err err;
    serve_status(sign_in(at, &other, "jan"), 200);
    assert_int_equal(me(at, &other), 200);
    struct vb_exchange *asks =
        serve_request(&at->place.scene, &at->staff, "GET", "/api/v1/staff/me", NULL);
    asks->who.name = "els";
    assert_int_equal(vb_auth_disable(at->place.scene.serve.auth, asks, "jan", &err), VB_OK);
    assert_int_equal(me(at, &other), 401);
    assert_int_equal(me(at, &at->staff), 200);
}

static void what_is_idle_for_too_long_is_out_though_it_is_known(void **state)
{
    struct at_hand *at = *state;
    unsigned before = at->place.scene.serve.auth->read;
    serve_scene_pass(&at->place.scene, VB_IDLE_MS);
    assert_int_equal(me(at, &at->staff), 401);
    assert_int_equal(at->place.scene.serve.auth->read, before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(whoever_goes_on_asking_costs_the_store_nothing),
        TEST(answers_cost_the_store_no_reading_of_tokens),
        TEST(a_token_that_was_pushed_out_is_read_again),
        TEST(an_end_that_was_submitted_is_seen),
        TEST(the_end_of_one_token_is_seen),
        TEST(the_end_of_the_tokens_of_a_round_is_seen),
        TEST(the_end_of_the_tokens_of_a_member_of_staff_is_seen),
        TEST(a_round_that_is_closed_is_seen),
        TEST(a_person_who_was_erased_is_seen),
        TEST(an_account_that_was_closed_is_seen),
        TEST(a_role_that_was_taken_away_is_seen),
        TEST(signing_out_and_leaving_are_seen),
        TEST(a_browser_that_is_handed_over_hears_nothing_but_the_code),
        TEST(who_is_known_when_the_account_is_disabled_is_out),
        TEST(what_is_idle_for_too_long_is_out_though_it_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
