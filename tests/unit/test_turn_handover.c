/* One tablet: the professional hands it to a person, and gets it back by the code. */
#include "turn_scene.h"

#include "serve/auth_inner.h"

static const struct serve_reply *staff(struct turn_place *place, struct serve_browser *tablet,
                                       const char *method, const char *what, const char *body)
{
    char target[256];
    snprintf(target, sizeof target, "/api/v1/staff%s", what);
    return serve_ask(&place->scene, tablet, method, target, body);
}

static const struct serve_reply *hand(struct turn_place *place, struct serve_browser *tablet,
                                      const char *body)
{
    char what[128];
    snprintf(what, sizeof what, "/rounds/%s/handover", place->round);
    return staff(place, tablet, "POST", what, body);
}

static const struct serve_reply *own_turn(struct turn_place *place, struct serve_browser *tablet,
                                          const char *body)
{
    char what[128];
    snprintf(what, sizeof what, "/rounds/%s/turn", place->round);
    return staff(place, tablet, "POST", what, body);
}

static const struct serve_reply *code(struct turn_place *place, struct serve_browser *tablet,
                                      const char *body)
{
    serve_status(staff(place, tablet, "GET", "/me", NULL), 200); /* its token is the staff's */
    return staff(place, tablet, "POST", "/handover/code", body);
}

static const char *handed_state(const struct serve_reply *me)
{
    const cJSON *handed = turn_field(me, "handed");
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(handed, "state"));
}

/* A tablet with a worker signed in, handed to the client. */
static void begin_handed(struct turn_place *place, struct serve_browser *tablet)
{
    turn_begin(place, "menger-monitor");
    turn_sign_in(place, tablet, "kim", VB_WORKER);
    const struct serve_reply *reply =
        hand(place, tablet, "{\"role\":\"client\",\"code\":\"2468\"}");
    serve_status(reply, 200);
    assert_string_equal(serve_text(reply, "state"), "with_person");
    serve_status(turn_get(place, tablet, ""), 200); /* and now its token is the person's */
}

/* Every seat and staff route but the code and who it was. */
static void assert_locked(struct turn_place *place, struct serve_browser *tablet)
{
    struct serve_browser copy = *tablet;
    const struct vb_route *const tables[] = { vb_seat_routes, vb_staff_routes };
    for (int i = 0; i < 2; i++)
        for (const struct vb_route *route = tables[i]; route->path != NULL; route++) {
            static const char *const methods[] = { "GET", "POST", "PUT", "DELETE" };
            char target[256];
            const char *open = strchr(route->path, '{');
            const char *body = route->takes == VB_TAKES_JSON ? "{\"after\":1}" : NULL;
            if (route->parked || vb_ends_with(route->path, "/leave"))
                continue;
            if (open == NULL)
                snprintf(target, sizeof target, "%s", route->path);
            else
                snprintf(target, sizeof target, "%.*s%s%s", (int)(open - route->path), route->path,
                         place->round, strchr(open, '}') + 1);
            if (strchr(target, '{') != NULL)
                continue;
            const struct serve_reply *reply =
                route->takes == VB_TAKES_IMAGE
                    ? serve_put(&place->scene, &copy, "POST", target, "image/png", "x", 1)
                    : serve_ask(&place->scene, &copy, methods[route->method], target, body);
            serve_status(reply, 423);
            assert_string_equal(serve_refusal(reply), "handed_over");
        }
}

static void with_the_person_the_tablet_hears_their_turn_and_no_staff(void **state)
{
    struct turn_place place;
    struct serve_browser tablet;
    (void)state;
    begin_handed(&place, &tablet);
    assert_true(cJSON_IsTrue(turn_field(turn_get(&place, &tablet, ""), "handed")));
    serve_status(staff(&place, &tablet, "GET", "/cases", NULL), 423);
    serve_status(hand(&place, &tablet, "{\"role\":\"professional\",\"code\":\"1111\"}"), 423);
    turn_post(&place, &tablet, "/begin", "{}");
    turn_restart(&place);
    assert_string_equal(handed_state(staff(&place, &tablet, "GET", "/me", NULL)), "with_person");
    serve_status(turn_get(&place, &tablet, ""), 200);
    serve_status(turn_get(&place, &tablet, "/step"), 200);
    serve_status(staff(&place, &tablet, "GET", "/cases", NULL), 423);
    turn_end(&place);
}

static void after_sharing_nothing_is_heard_but_the_code(void **state)
{
    struct turn_place place;
    struct serve_browser tablet;
    (void)state;
    begin_handed(&place, &tablet);
    turn_share(&place, &tablet, turn_fill(&place, &tablet, "MARKER"));
    assert_locked(&place, &tablet);
    turn_restart(&place);
    assert_locked(&place, &tablet);
    const struct serve_reply *me = staff(&place, &tablet, "GET", "/me", NULL);
    serve_status(me, 200);
    assert_null(strstr(me->text, "MARKER"));
    assert_string_equal(handed_state(me), "locked");
    serve_status(code(&place, &tablet, "{\"code\":\"2468\"}"), 200);
    me = staff(&place, &tablet, "GET", "/me", NULL);
    assert_true(cJSON_IsNull(turn_field(me, "handed")));
    serve_status(turn_get(&place, &tablet, "/step"), 401); /* the person's page is gone */
    serve_status(turn_get(&place, &tablet, ""), 401);
    turn_end(&place);
}

static void stopping_and_going_away_lock_it_too(void **state)
{
    struct turn_place place;
    struct serve_browser tablet;
    (void)state;
    begin_handed(&place, &tablet);
    const struct serve_reply *step = turn_post(&place, &tablet, "/begin", "{}");
    serve_status(
        turn_post(&place, &tablet, "/answer", "{'after':%d,'id':'a','value':4}", turn_seq(step)),
        200);
    serve_status(serve_ask(&place.scene, &tablet, "POST", "/api/v1/turn/leave", NULL), 204);
    assert_locked(&place, &tablet);
    serve_status(code(&place, &tablet, "{\"code\":\"2468\"}"), 200);
    /* Later, where they were; the code of before is still known. */
    serve_status(hand(&place, &tablet, "{\"role\":\"client\"}"), 200);
    step = turn_get(&place, &tablet, "/step");
    serve_status(step, 200);
    assert_int_equal(turn_seq(step), 2);
    turn_get(&place, &tablet, "");
    serve_status(turn_post(&place, &tablet, "/stop", "{'after':2}"), 200);
    assert_locked(&place, &tablet);
    turn_end(&place);
}

static void a_wrong_code_opens_nothing_and_few_are_heard(void **state)
{
    struct turn_place place;
    struct serve_browser tablet;
    int heard = 0;
    (void)state;
    begin_handed(&place, &tablet);
    const struct serve_reply *reply = code(&place, &tablet, "{\"code\":\"0000\"}");
    serve_status(reply, 401);
    assert_string_equal(serve_refusal(reply), "code");
    while (reply->status == 401 && heard++ < 100)
        reply = code(&place, &tablet, "{\"code\":\"0000\"}");
    serve_status(reply, 429);
    assert_in_range(heard, 1, 20);
    serve_status(code(&place, &tablet, "{\"code\":\"2468\"}"), 429); /* nor the right one now */
    turn_restart(&place);
    serve_status(code(&place, &tablet, "{\"code\":\"2468\"}"), 429);
    turn_end(&place);
}

/* Each would be hashed for a tenth of a second, while everybody who signs in waits. */
static void many_codes_at_once_are_not_all_hashed(void **state)
{
    static const char body[] = "{\"code\":\"0000\"}";
    struct turn_place place;
    struct serve_browser tablet;
    struct vb_exchange *one;
    (void)state;
    begin_handed(&place, &tablet);
    serve_status(staff(&place, &tablet, "GET", "/me", NULL), 200);
    struct vb_auth *auth = place.scene.serve.auth;
    unsigned before = auth->hashed;
    int refused = 0;
    for (int i = 0; i < 40; i++) {
        one = serve_request(&place.scene, &tablet, "POST", "/api/v1/staff/handover/code",
                            "application/json");
        one->bytes = body;
        one->len = strlen(body);
        vb_route(one);
        refused += one->replied;
    }
    assert_in_range(refused, 30, 39);
    vb_worker_settle(auth->worker);
    assert_in_range(auth->hashed - before, 1, 10);
    assert_int_equal(auth->waiting, 0);
    turn_end(&place);
}

static void the_professional_goes_on_with_a_turn_of_their_own(void **state)
{
    struct turn_place place;
    struct serve_browser tablet;
    (void)state;
    begin_handed(&place, &tablet);
    turn_share(&place, &tablet, turn_fill(&place, &tablet, "x"));
    serve_status(code(&place, &tablet, "{\"code\":\"2468\"}"), 200);
    serve_status(staff(&place, &tablet, "GET", "/me", NULL), 200);
    serve_status(own_turn(&place, &tablet, "{\"role\":\"professional\"}"), 200);
    assert_false(cJSON_IsTrue(turn_field(turn_get(&place, &tablet, ""), "handed")));
    turn_share(&place, &tablet, turn_fill(&place, &tablet, "y"));
    serve_status(turn_get(&place, &tablet, "/sheet"), 200);
    serve_status(staff(&place, &tablet, "GET", "/cases", NULL), 200);
    turn_end(&place);
}

static void a_clients_turn_never_opens_beside_staff(void **state)
{
    struct turn_place place;
    struct serve_browser tablet;
    (void)state;
    begin_handed(&place, &tablet);
    (void)turn_fill(&place, &tablet, "x");
    serve_status(serve_ask(&place.scene, &tablet, "POST", "/api/v1/turn/leave", NULL), 204);
    serve_status(code(&place, &tablet, "{\"code\":\"2468\"}"), 200);
    serve_status(staff(&place, &tablet, "GET", "/me", NULL), 200);
    const struct serve_reply *reply = own_turn(&place, &tablet, "{\"role\":\"client\"}");
    serve_status(reply, 422);
    assert_string_equal(serve_refusal(reply), "value");
    serve_status(turn_get(&place, &tablet, "/step"), 401);
    turn_end(&place);
}

static void only_who_takes_part_is_handed_a_tablet_and_only_with_a_code(void **state)
{
    struct turn_place place;
    struct serve_browser tablet;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sign_in(&place, &tablet, "kim", VB_WORKER);
    serve_status(hand(&place, &tablet, "{\"role\":\"client\"}"), 422);
    serve_status(hand(&place, &tablet, "{\"role\":\"client\",\"code\":\"12\"}"), 422);
    serve_status(hand(&place, &tablet, "{\"role\":\"nobody\",\"code\":\"2468\"}"), 422);
    serve_status(hand(&place, &tablet, "{\"role\":\"client\",\"code\":\"2468\",\"x\":1}"), 422);
    serve_status(code(&place, &tablet, "{\"code\":\"2468\"}"), 409);
    serve_status(staff(&place, &tablet, "GET", "/cases", NULL), 200);
    turn_end(&place);
}

/* -- of which nothing is kept ----------------------------------------------------------------- */

static void a_round_that_keeps_nothing_has_its_seat_in_memory_too(void **state)
{
    struct turn_place place;
    struct serve_browser tablet, other;
    struct vb_arena arena = { 0 };
    struct vb_round_row *rounds;
    struct vb_err err;
    size_t count;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sign_in(&place, &tablet, "kim", VB_WORKER);
    const struct serve_reply *begun =
        staff(&place, &tablet, "POST", "/rounds",
              "{\"instrument\":\"worker-stance\",\"variant\":\"seven\"}");
    assert_in_range(begun->status, 200, 201);
    snprintf(place.round, sizeof place.round, "%s", serve_text(begun, "round"));
    const struct serve_reply *listed = staff(&place, &tablet, "GET", "/cases", NULL);
    assert_non_null(strstr(listed->text, place.round)); /* while it lives it is found again */
    char invitations[64];
    snprintf(invitations, sizeof invitations, "/rounds/%s/invitations", place.round);
    serve_status(staff(&place, &tablet, "POST", invitations, "{\"role\":\"professional\"}"), 409);
    turn_sign_in(&place, &other, "noor", VB_WORKER);
    assert_null(strstr(staff(&place, &other, "GET", "/cases", NULL)->text, place.round));
    serve_status(own_turn(&place, &tablet, "{\"role\":\"professional\"}"), 200);
    serve_status(turn_get(&place, &tablet, ""), 200);
    const struct serve_reply *overview = turn_fill(&place, &tablet, "x");
    turn_share(&place, &tablet, overview);
    serve_status(turn_get(&place, &tablet, "/sheet"), 200);
    place.scene.store->ops->rounds(place.scene.store, &arena, &rounds, &count, &err);
    for (size_t i = 0; i < count; i++)
        assert_string_not_equal(rounds[i].id, place.round);
    turn_restart(&place);
    serve_status(turn_get(&place, &tablet, ""), 401); /* gone, as its opening says */
    assert_null(strstr(staff(&place, &tablet, "GET", "/cases", NULL)->text, place.round));
    vb_arena_finish(&arena);
    turn_end(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_the_person_the_tablet_hears_their_turn_and_no_staff),
        cmocka_unit_test(after_sharing_nothing_is_heard_but_the_code),
        cmocka_unit_test(stopping_and_going_away_lock_it_too),
        cmocka_unit_test(a_wrong_code_opens_nothing_and_few_are_heard),
        cmocka_unit_test(many_codes_at_once_are_not_all_hashed),
        cmocka_unit_test(the_professional_goes_on_with_a_turn_of_their_own),
        cmocka_unit_test(a_clients_turn_never_opens_beside_staff),
        cmocka_unit_test(only_who_takes_part_is_handed_a_tablet_and_only_with_a_code),
        cmocka_unit_test(a_round_that_keeps_nothing_has_its_seat_in_memory_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
