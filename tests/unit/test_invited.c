/* Invitations and seats over the routes: who comes by which, and when nobody does any more. */
#include "turn_scene.h"

#include "serve/auth_inner.h"

static int set_up(void **state)
{
    struct turn_place *place = vb_new(struct turn_place);
    turn_begin(place, "menger-monitor");
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    turn_end(*state);
    free(*state);
    return 0;
}

struct invited {
    char token[VB_TOKEN_SIZE], code[VB_SHORT_CODE_SIZE], id[VB_INVITATION_ID_SIZE];
};

static struct invited invite(struct turn_place *place, const char *role)
{
    const struct vb_invitation invitation = { .round = place->round, .role = role };
    struct invited made;
    struct vb_err err;
    if (vb_auth_invite(place->scene.serve.auth, &invitation, made.token, made.code, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_invitation_id(made.token, made.id);
    return made;
}

static const struct serve_reply *follow(struct turn_place *place, struct serve_browser *browser,
                                        const char *kind, const char *what)
{
    char body[128];
    snprintf(body, sizeof body, "{\"%s\":\"%s\"}", kind, what);
    return serve_ask(&place->scene, browser, "POST", "/api/v1/seat", body);
}

static int turn_of(struct turn_place *place, struct serve_browser *browser)
{
    return serve_ask(&place->scene, browser, "GET", "/api/v1/turn", NULL)->status;
}

static void a_link_and_its_code_open_one_persons_turn_on_two_devices(void **state)
{
    struct turn_place *place = *state;
    struct invited made = invite(place, "client");
    struct serve_browser phone = { 0 }, tablet = { 0 };
    const struct serve_reply *first = follow(place, &phone, "token", made.token);
    const struct serve_reply *second = follow(place, &tablet, "code", made.code);
    serve_status(first, 200);
    serve_status(second, 200);
    assert_non_null(strstr(first->text, "\"role\":\"client\""));
    assert_non_null(strstr(second->text, "\"role\":\"client\""));
    assert_int_equal(turn_of(place, &phone), 200);
    assert_int_equal(turn_of(place, &tablet), 200);
}

static void a_withdrawn_invitation_takes_its_seats_along(void **state)
{
    struct turn_place *place = *state;
    struct invited made = invite(place, "client"), other = invite(place, "professional");
    struct serve_browser browser = { 0 }, worker = { 0 }, late = { 0 };
    struct vb_auth *auth = place->scene.serve.auth;
    struct vb_err err;
    serve_status(follow(place, &browser, "token", made.token), 200);
    serve_status(follow(place, &worker, "token", other.token), 200);
    assert_int_equal(vb_auth_withdraw(auth, place->round, made.id, "els", &err), VB_OK);
    assert_int_equal(turn_of(place, &browser), 401);
    assert_int_equal(turn_of(place, &worker), 200);
    serve_status(follow(place, &late, "token", made.token), 410);
    serve_status(follow(place, &late, "code", made.code), 410);
    assert_int_equal(vb_auth_withdraw(auth, place->round, made.id, "els", &err), VB_E_ABSENT);
}

static void the_time_of_an_invitation_goes(void **state)
{
    struct turn_place *place = *state;
    struct invited made = invite(place, "client");
    struct serve_browser browser = { 0 }, late = { 0 };
    serve_status(follow(place, &browser, "token", made.token), 200);
    serve_scene_pass(&place->scene, VB_INVITATION_HOURS * INT64_C(3600000));
    serve_status(follow(place, &late, "token", made.token), 410);
    assert_int_equal(turn_of(place, &browser), 200); /* who came in time goes on */
    serve_scene_pass(&place->scene, VB_SEAT_HOURS * INT64_C(3600000));
    assert_int_equal(turn_of(place, &browser), 401);
}

static void a_round_that_ended_lets_nobody_in(void **state)
{
    struct turn_place *place = *state;
    struct invited made = invite(place, "client");
    struct serve_browser browser = { 0 }, late = { 0 };
    struct vb_arena arena = { 0 };
    struct vb_invitation *list;
    struct vb_err err;
    int count;
    struct vb_auth *auth = place->scene.serve.auth;
    serve_status(follow(place, &browser, "token", made.token), 200);
    assert_int_equal(vb_auth_invitations(auth, place->round, &arena, &list, &count, &err), VB_OK);
    assert_int_equal(count, 1);
    assert_string_equal(list[0].id, made.id);
    assert_int_equal(vb_auth_end_round(auth, place->round, &err), VB_OK);
    assert_int_equal(turn_of(place, &browser), 401);
    serve_status(follow(place, &late, "token", made.token), 410);
    assert_int_equal(vb_auth_invitations(auth, place->round, &arena, &list, &count, &err), VB_OK);
    assert_int_equal(count, 0);
    vb_arena_finish(&arena);
}

static void one_browser_has_one_seat(void **state)
{
    struct turn_place *place = *state;
    struct invited client = invite(place, "client"), worker = invite(place, "professional");
    struct serve_browser browser = { 0 };
    serve_status(follow(place, &browser, "token", client.token), 200);
    struct serve_browser before = browser;
    const struct serve_reply *reply = follow(place, &browser, "token", worker.token);
    serve_status(reply, 200);
    assert_non_null(strstr(reply->text, "\"role\":\"professional\""));
    assert_int_equal(turn_of(place, &before), 401);
}

/* The cookie of a seat is none of staff's, and a token in it that is another kind's opens nothing.
 */
static void a_token_of_one_kind_is_none_of_another(void **state)
{
    struct turn_place *place = *state;
    struct invited made = invite(place, "client");
    struct serve_browser browser = { 0 };
    snprintf(browser.cookies[0], sizeof browser.cookies[0], "verbond-seat=%s", made.token);
    assert_int_equal(turn_of(place, &browser), 401);
    snprintf(browser.cookies[0], sizeof browser.cookies[0], "verbond-staff=%s", made.token);
    assert_int_equal(serve_ask(&place->scene, &browser, "GET", "/api/v1/staff/me", NULL)->status,
                     401);
}

static void only_a_role_of_the_instrument_is_invited(void **state)
{
    struct turn_place *place = *state;
    const struct vb_invitation wrong = { .round = place->round, .role = "nobody" };
    const struct vb_invitation nowhere = { .round = "0000000000000000", .role = "client" };
    char token[VB_TOKEN_SIZE], code[VB_SHORT_CODE_SIZE];
    struct vb_err err;
    struct vb_auth *auth = place->scene.serve.auth;
    assert_int_equal(vb_auth_invite(auth, &wrong, token, code, &err), VB_E_DATA);
    assert_int_equal(vb_auth_invite(auth, &nowhere, token, code, &err), VB_E_ABSENT);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_link_and_its_code_open_one_persons_turn_on_two_devices),
        TEST(a_withdrawn_invitation_takes_its_seats_along),
        TEST(the_time_of_an_invitation_goes),
        TEST(a_round_that_ended_lets_nobody_in),
        TEST(one_browser_has_one_seat),
        TEST(a_token_of_one_kind_is_none_of_another),
        TEST(only_a_role_of_the_instrument_is_invited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
