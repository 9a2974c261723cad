/* What a browser may read again: what it gave itself, and what the person's own code shows it. The
 * professional can hand over a tablet or follow an invitation at any time; until the client said
 * yes nothing that came elsewhere reaches either. */
#include "turn_scene.h"

#include "serve/audio.h"
#include "serve/sight.h"

static const char words[] = "MARKER-of-the-client";

/* -- the words -------------------------------------------------------------------------------- */

static void a_sight_has_what_it_wrote_and_nothing_between(void **state)
{
    struct vb_arena arena = { 0 };
    (void)state;
    const char *sight = vb_sight_opened(NULL, 1, &arena);
    assert_string_equal(sight, "2-");
    assert_true(vb_sight_is_open(sight));
    assert_ptr_equal(vb_sight_opened(sight, 5, &arena), sight);
    sight = vb_sight_closed(sight, 4, &arena);
    assert_string_equal(sight, "2-4");
    assert_ptr_equal(vb_sight_closed(sight, 9, &arena), sight);
    sight = vb_sight_opened(sight, 7, &arena);
    assert_string_equal(sight, "2-4 8-");
    static const bool seen[] = { true, false, true, true, true, false, false, false, true, true };
    for (int i = 0; i < 10; i++)
        assert_int_equal(vb_sight_sees(sight, i), seen[i]);
    assert_false(vb_sight_sees(NULL, 2));
    assert_string_equal(vb_sight_joined(sight, "6-6", &arena), "2-4 6-6 8-");
    assert_string_equal(vb_sight_joined("6-6", sight, &arena), "2-4 6-6 8-");
    assert_string_equal(vb_sight_joined(sight, "5-6", &arena), "2-6 8-");
    assert_string_equal(vb_sight_joined(sight, "3-12", &arena), "2-");
    assert_string_equal(vb_sight_joined(sight, sight, &arena), sight); /* shown again */
    assert_string_equal(vb_sight_joined(NULL, "5-6", &arena), "5-6");
    assert_true(vb_sight_sees(VB_SIGHT_ALL, 99));
    vb_arena_finish(&arena);
}

/* -- nothing of it ---------------------------------------------------------------------------- */

/* Nor in anything that a reply would let be heard. */
static void is_sealed(struct turn_place *place, const struct serve_reply *reply)
{
    static const char mark[] = "\"audio\":\"";
    if (strstr(reply->text, words) != NULL)
        fail_msg("%s holds it: %s", reply->call->exchange.path, reply->text);
    for (const char *at = reply->text; (at = strstr(at, mark)) != NULL;) {
        char key[33] = "";
        at += sizeof mark - 1;
        memcpy(key, at, strnlen(at, 32));
        const char *said = vb_audio_text(&place->scene.serve, reply->call->exchange.who.token, key);
        assert_non_null(said);
        assert_null(strstr(said, words));
    }
}

/* An overview with the words in it, given on the client's own phone. */
static const struct serve_reply *begin(struct turn_place *place, struct serve_browser *phone)
{
    turn_begin(place, "menger-monitor");
    turn_sit(place, phone, "client", NULL);
    const struct serve_reply *overview = turn_fill(place, phone, words);
    assert_non_null(strstr(overview->text, words));
    return overview;
}

static void hand(struct turn_place *place, struct serve_browser *tablet)
{
    char target[128];
    snprintf(target, sizeof target, "/api/v1/staff/rounds/%s/handover", place->round);
    serve_status(
        serve_ask(&place->scene, tablet, "POST", target, "{\"role\":\"client\",\"code\":\"2468\"}"),
        200);
}

/* Every question again, from the last one to the first; leaves the session at the first. */
static void nothing_is_shown(struct turn_place *place, struct serve_browser *browser)
{
    const struct serve_reply *turn = turn_get(place, browser, "");
    serve_status(turn, 200);
    is_sealed(place, turn);
    assert_true(cJSON_IsTrue(turn_field(turn, "earlier")));
    const struct serve_reply *step = turn_get(place, browser, "/step");
    serve_status(step, 200);
    is_sealed(place, step);
    if (turn_at(step, "overview")) {
        const cJSON *one;
        cJSON_ArrayForEach(one, turn_field(step, "answers"))
        {
            assert_true(cJSON_IsTrue(cJSON_GetObjectItem(one, "earlier")));
            assert_true(cJSON_IsNull(cJSON_GetObjectItem(one, "value")));
            assert_true(cJSON_IsNull(cJSON_GetObjectItem(one, "words")));
        }
    }
    is_sealed(place, turn_post(place, browser, "/begin", "{}"));
    for (int i = 0; i < 200 && cJSON_IsTrue(turn_field(step, "can_back")); i++) {
        step = turn_post(place, browser, "/back", "{'after':%d}", turn_seq(step));
        serve_status(step, 200);
        is_sealed(place, step);
        assert_true(cJSON_IsNull(turn_field(step, "offered")));
    }
    const struct serve_reply *behind = turn_post(place, browser, "/back", "{'after':1}");
    serve_status(behind, 409);
    is_sealed(place, behind);
}

static void a_tablet_handed_over_shows_nothing_that_was_given_elsewhere(void **state)
{
    struct turn_place place;
    struct serve_browser phone, tablet;
    (void)state;
    begin(&place, &phone);
    turn_sign_in(&place, &tablet, "kim", VB_WORKER);
    hand(&place, &tablet);
    nothing_is_shown(&place, &tablet);
    turn_restart(&place);
    const struct serve_reply *step = turn_get(&place, &tablet, "/step");
    serve_status(step, 200);
    assert_true(cJSON_IsNull(turn_field(step, "offered")));
    assert_false(cJSON_IsNull(turn_field(turn_get(&place, &phone, "/step"), "offered")));
    turn_end(&place);
}

static void nor_does_an_invitation_that_is_followed_once_more(void **state)
{
    struct turn_place place;
    struct serve_browser phone, other;
    (void)state;
    begin(&place, &phone);
    turn_sit(&place, &other, "client", NULL);
    nothing_is_shown(&place, &other);
    turn_end(&place);
}

/* Whoever came first and waits sees no more than whoever comes later. */
static void nor_does_one_that_was_followed_before_anything_was_given(void **state)
{
    struct turn_place place;
    struct serve_browser waiting, phone;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &waiting, "client", NULL);
    const struct serve_reply *step = turn_post(&place, &waiting, "/begin", "{'language':'en'}");
    serve_status(step, 200);
    turn_sit(&place, &phone, "client", NULL);
    turn_fill(&place, &phone, words);
    nothing_is_shown(&place, &waiting);
    turn_end(&place);
}

/* -- what is one's own ------------------------------------------------------------------------ */

static void what_was_given_here_is_seen_here_and_what_was_not_stays_as_it_is(void **state)
{
    struct turn_place place;
    struct serve_browser phone, tablet;
    int earlier = 0, seen = 0;
    const cJSON *one;
    (void)state;
    const struct serve_reply *overview = begin(&place, &phone);
    turn_sit(&place, &tablet, "client", NULL);
    const cJSON *first = cJSON_GetArrayItem(turn_field(overview, "answers"), 0);
    const char *id =
        cJSON_GetStringValue(cJSON_GetObjectItem(cJSON_GetObjectItem(first, "item"), "id"));
    const struct serve_reply *step = turn_post(
        &place, &tablet, "/change", "{'after':%d,'item':'%s','value':2}", turn_seq(overview), id);
    serve_status(step, 200);
    is_sealed(&place, step);
    cJSON_ArrayForEach(one, turn_field(step, "answers"))
    {
        bool hidden = cJSON_IsTrue(cJSON_GetObjectItem(one, "earlier"));
        assert_int_equal(hidden, cJSON_IsNull(cJSON_GetObjectItem(one, "value")));
        earlier += hidden;
        seen += !hidden;
    }
    assert_int_equal(seen, 1);
    assert_true(earlier > 3);
    /* The phone sees its own, and not what came from there. */
    step = turn_get(&place, &phone, "/step");
    assert_non_null(strstr(step->text, words));
    first = cJSON_GetArrayItem(turn_field(step, "answers"), 0);
    assert_true(cJSON_IsTrue(cJSON_GetObjectItem(first, "earlier")));
    /* It goes on writing without losing what it saw. */
    step = turn_post(&place, &phone, "/change", "{'after':%d,'item':'%s','value':3}",
                     turn_seq(step), id);
    serve_status(step, 200);
    assert_non_null(strstr(step->text, words));
    assert_false(cJSON_IsTrue(turn_field(turn_get(&place, &phone, ""), "earlier")));
    is_sealed(&place, turn_get(&place, &tablet, "/step"));
    turn_end(&place);
}

static void the_same_browser_that_follows_its_link_again_loses_nothing(void **state)
{
    struct turn_place place;
    struct serve_browser phone;
    char token[VB_TOKEN_SIZE], code[VB_SHORT_CODE_SIZE], body[128];
    struct vb_err err;
    (void)state;
    begin(&place, &phone);
    const struct vb_invitation invitation = { .round = place.round, .role = "client" };
    assert_int_equal(vb_auth_invite(place.scene.serve.auth, &invitation, token, code, &err), VB_OK);
    snprintf(body, sizeof body, "{\"token\":\"%s\"}", token);
    serve_status(serve_ask(&place.scene, &phone, "POST", "/api/v1/seat", body), 200);
    assert_non_null(strstr(turn_get(&place, &phone, "/step")->text, words));
    turn_end(&place);
}

/* -- the own code ----------------------------------------------------------------------------- */

static const char *own_code(struct turn_place *place, struct serve_browser *browser)
{
    const struct serve_reply *reply =
        serve_ask(&place->scene, browser, "POST", "/api/v1/turn/pause", NULL);
    serve_status(reply, 200);
    return serve_text(reply, "code");
}

static const struct serve_reply *sit_by(struct turn_place *place, struct serve_browser *browser,
                                        const char *code)
{
    char body[64];
    memset(browser, 0, sizeof *browser);
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", code);
    return serve_ask(&place->scene, browser, "POST", "/api/v1/seat", body);
}

static void the_own_code_goes_on_elsewhere_with_everything(void **state)
{
    struct turn_place place;
    struct serve_browser phone, computer;
    (void)state;
    begin(&place, &phone);
    const char *first = own_code(&place, &phone), *code = own_code(&place, &phone);
    assert_string_not_equal(first, code);
    serve_status(sit_by(&place, &computer, first), 410); /* only the last one is good */
    turn_restart(&place);
    const struct serve_reply *turn = sit_by(&place, &computer, code);
    serve_status(turn, 200);
    assert_false(cJSON_IsTrue(turn_field(turn, "earlier")));
    assert_non_null(strstr(turn_get(&place, &computer, "/step")->text, words));
    turn_end(&place);
}

static void it_opens_the_eyes_of_a_tablet_and_nobody_elses_does(void **state)
{
    struct turn_place place;
    struct serve_browser phone, tablet, worker, blind;
    char mine[16], others[16], nothing[16];
    (void)state;
    begin(&place, &phone);
    snprintf(mine, sizeof mine, "%s", own_code(&place, &phone));
    turn_sit(&place, &worker, "professional", NULL);
    turn_fill(&place, &worker, "other words");
    snprintf(others, sizeof others, "%s", own_code(&place, &worker));
    turn_sit(&place, &blind, "client", NULL);
    snprintf(nothing, sizeof nothing, "%s", own_code(&place, &blind));
    turn_sign_in(&place, &tablet, "kim", VB_WORKER);
    hand(&place, &tablet);
    serve_status(turn_get(&place, &tablet, ""), 200);
    const struct serve_reply *reply = turn_post(&place, &tablet, "/open", "{'code':'%s'}", others);
    serve_status(reply, 401);
    assert_string_equal(serve_refusal(reply), "code");
    serve_status(turn_post(&place, &tablet, "/open", "{'code':'2222-2222'}"), 401);
    serve_status(turn_post(&place, &tablet, "/open", "{'code':'x'}"), 401);
    serve_status(turn_post(&place, &tablet, "/open", "{}"), 422);
    reply = turn_post(&place, &tablet, "/open", "{'code':'%s'}", nothing);
    serve_status(reply, 200); /* of a browser that sees nothing: so does this one */
    nothing_is_shown(&place, &tablet);
    reply = turn_post(&place, &tablet, "/open", "{'code':'%s'}", mine);
    serve_status(reply, 200);
    assert_false(cJSON_IsTrue(turn_field(reply, "earlier")));
    assert_false(cJSON_IsNull(turn_field(turn_get(&place, &tablet, "/step"), "offered")));
    turn_end(&place);
}

static void codes_are_tried_and_made_only_so_often(void **state)
{
    struct turn_place place;
    struct serve_browser phone;
    const struct serve_reply *reply;
    int tries = 0;
    (void)state;
    begin(&place, &phone);
    do {
        reply = turn_post(&place, &phone, "/open", "{'code':'2222-2222'}");
    } while (reply->status == 401 && ++tries < 100);
    serve_status(reply, 429);
    assert_in_range(tries, 1, 30);
    for (tries = 0, reply = NULL; reply == NULL || (reply->status == 200 && tries < 100); tries++)
        reply = serve_ask(&place.scene, &phone, "POST", "/api/v1/turn/pause", NULL);
    serve_status(reply, 429);
    turn_end(&place);
}

static void it_ends_with_its_time_and_with_the_round(void **state)
{
    struct turn_place place;
    struct serve_browser phone, computer;
    struct vb_err err;
    char code[16];
    (void)state;
    begin(&place, &phone);
    snprintf(code, sizeof code, "%s", own_code(&place, &phone));
    serve_scene_pass(&place.scene, INT64_C(31) * 24 * 3600 * 1000);
    serve_status(sit_by(&place, &computer, code), 410);
    turn_end(&place);
    begin(&place, &phone);
    snprintf(code, sizeof code, "%s", own_code(&place, &phone));
    assert_int_equal(vb_auth_end_round(place.scene.serve.auth, place.round, &err), VB_OK);
    serve_status(sit_by(&place, &computer, code), 410);
    turn_end(&place);
}

/* -- the yes ---------------------------------------------------------------------------------- */

/* The worker shares too, and then every byte of what staff, the client and the receivers get. */
static bool comes_out(struct turn_place *place, struct serve_browser *client, const char *mark)
{
    static const char *const pages[] = { "sheet", "sheet?for=professional", "sheet?for=client",
                                         "result" };
    struct serve_browser worker, kim;
    char target[128];
    bool found = false;
    turn_sit(place, &worker, "professional", NULL);
    turn_share(place, &worker, turn_fill(place, &worker, "other words"));
    turn_sign_in(place, &kim, "kim", VB_WORKER);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        snprintf(target, sizeof target, "/api/v1/staff/rounds/%s/%s", place->round, pages[i]);
        const struct serve_reply *reply = serve_ask(&place->scene, &kim, "GET", target, NULL);
        serve_status(reply, 200);
        found |= strstr(reply->text, mark) != NULL;
    }
    const struct serve_reply *sheet = turn_get(place, client, "/sheet");
    serve_status(sheet, 200);
    return found || strstr(sheet->text, mark) != NULL;
}

static int held_ones(const struct serve_reply *step)
{
    int held = 0;
    const cJSON *one;
    cJSON_ArrayForEach(one, turn_field(step, "answers")) held +=
        cJSON_IsTrue(cJSON_GetObjectItem(one, "held"));
    return held;
}

static void a_yes_at_a_browser_that_sees_nothing_leaves_everything_with_who_gave_it(void **state)
{
    struct turn_place place;
    struct serve_browser phone, other;
    (void)state;
    const struct serve_reply *overview = begin(&place, &phone);
    int all = cJSON_GetArraySize(turn_field(overview, "answers")), before = turn_seq(overview);
    turn_sit(&place, &other, "client", NULL);
    const struct serve_reply *shared = turn_share(&place, &other, overview);
    is_sealed(&place, shared);
    assert_int_equal(turn_seq(shared), before + all + 1);
    assert_false(comes_out(&place, &other, words));
    turn_restart(&place);
    /* It is there for whom it belongs to, who can give it after all. */
    const struct serve_reply *step =
        turn_post(&place, &phone, "/correct", "{'after':%d}", turn_seq(shared));
    serve_status(step, 200);
    assert_non_null(strstr(step->text, words));
    assert_int_equal(held_ones(step), all);
    turn_end(&place);
}

static void what_is_given_again_there_is_shared_and_the_rest_is_not(void **state)
{
    static const char again[] = "said-at-the-tablet";
    struct turn_place place;
    struct serve_browser phone, tablet, kim;
    const char *open = NULL;
    const cJSON *one;
    (void)state;
    const struct serve_reply *overview = begin(&place, &phone);
    cJSON_ArrayForEach(one, turn_field(overview, "answers"))
    {
        const cJSON *item = cJSON_GetObjectItem(one, "item");
        if (vb_streq(cJSON_GetStringValue(cJSON_GetObjectItem(item, "kind")), "text"))
            open = cJSON_GetStringValue(cJSON_GetObjectItem(item, "id"));
    }
    assert_non_null(open);
    turn_sign_in(&place, &kim, "kim", VB_WORKER);
    tablet = kim;
    hand(&place, &tablet);
    serve_status(turn_get(&place, &tablet, ""), 200);
    const struct serve_reply *step =
        turn_post(&place, &tablet, "/change", "{'after':%d,'item':'%s','value':'%s'}",
                  turn_seq(overview), open, again);
    serve_status(step, 200);
    turn_share(&place, &tablet, step);
    assert_true(comes_out(&place, &phone, again));
    assert_null(strstr(turn_get(&place, &phone, "/sheet")->text, words));
    turn_end(&place);
}

static void with_the_own_code_the_yes_is_to_everything(void **state)
{
    struct turn_place place;
    struct serve_browser phone, other;
    (void)state;
    const struct serve_reply *overview = begin(&place, &phone);
    const char *code = own_code(&place, &phone);
    turn_sit(&place, &other, "client", NULL);
    serve_status(turn_post(&place, &other, "/open", "{'code':'%s'}", code), 200);
    const struct serve_reply *shared = turn_share(&place, &other, overview);
    assert_int_equal(turn_seq(shared), turn_seq(overview) + 1);
    assert_true(comes_out(&place, &other, words));
    turn_end(&place);
}

/* Letting go there what was held back does not help: the yes is what counts. */
static void nor_does_letting_it_go_there_first(void **state)
{
    struct turn_place place;
    struct serve_browser phone, other;
    const cJSON *one;
    (void)state;
    const struct serve_reply *step = begin(&place, &phone);
    int seq = turn_seq(step);
    turn_sit(&place, &other, "client", NULL);
    cJSON_ArrayForEach(one, turn_field(step, "answers"))
    {
        const char *id =
            cJSON_GetStringValue(cJSON_GetObjectItem(cJSON_GetObjectItem(one, "item"), "id"));
        const struct serve_reply *let =
            turn_post(&place, &other, "/hold", "{'after':%d,'item':'%s','on':false}", seq, id);
        serve_status(let, 200);
        seq = turn_seq(let);
    }
    turn_share(&place, &other, turn_get(&place, &other, "/step"));
    assert_false(comes_out(&place, &other, words));
    turn_end(&place);
}

/* A correction is one more yes: it is about what shows where it is said. */
static void a_correction_elsewhere_takes_off_the_table_what_does_not_show_there(void **state)
{
    struct turn_place place;
    struct serve_browser phone, other;
    char target[128];
    struct serve_browser kim;
    (void)state;
    const struct serve_reply *shared = turn_share(&place, &phone, begin(&place, &phone));
    int seq = turn_seq(shared);
    assert_true(comes_out(&place, &phone, words));
    turn_sit(&place, &other, "client", NULL);
    const struct serve_reply *step = turn_post(&place, &other, "/correct", "{'after':%d}", seq);
    serve_status(step, 200);
    turn_share(&place, &other, step);
    turn_sign_in(&place, &kim, "kim2", VB_WORKER);
    snprintf(target, sizeof target, "/api/v1/staff/rounds/%s/sheet", place.round);
    const struct serve_reply *sheet = serve_ask(&place.scene, &kim, "GET", target, NULL);
    serve_status(sheet, 200);
    assert_null(strstr(sheet->text, words));
    turn_end(&place);
}

/* -- pictures --------------------------------------------------------------------------------- */

static void a_drawing_of_before_is_not_there_until_the_code(void **state)
{
    static const char strokes[] =
        "{\"schema\":\"verbond.strokes/1\",\"canvas\":[1600,1200],\"strokes\":[{\"colour\":"
        "\"blue\",\"width\":8,\"points\":[1,2,50]}]}";
    struct turn_place place;
    struct serve_browser phone, tablet;
    char target[128];
    (void)state;
    turn_begin(&place, "drawing-dialogue");
    turn_sit(&place, &phone, "client", NULL);
    const struct serve_reply *step = turn_post(&place, &phone, "/begin", "{'language':'en'}");
    step = turn_post(&place, &phone, "/answer", "{'after':%d,'id':'way','value':'draw'}",
                     turn_seq(step));
    const struct serve_reply *kept =
        serve_put(&place.scene, &phone, "POST", "/api/v1/turn/image?item=well&keep=give",
                  "application/vnd.verbond.strokes+json", strokes, sizeof strokes - 1);
    serve_status(kept, 200);
    char *value = cJSON_PrintUnformatted(turn_field(kept, "value"));
    const char *digest =
        cJSON_GetStringValue(cJSON_GetObjectItem(turn_field(kept, "value"), "blob"));
    snprintf(target, sizeof target, "/image/%s", digest);
    step = turn_post(&place, &phone, "/answer", "{'after':%d,'id':'d','value':%s}", turn_seq(step),
                     value);
    serve_status(step, 200);
    free(value);
    serve_status(turn_get(&place, &phone, target), 200);
    turn_sign_in(&place, &tablet, "kim", VB_WORKER);
    hand(&place, &tablet);
    serve_status(turn_get(&place, &tablet, ""), 200);
    serve_status(turn_get(&place, &tablet, target), 404);
    step = turn_post(&place, &tablet, "/back", "{'after':%d}", turn_seq(step));
    serve_status(step, 200);
    assert_null(strstr(step->text, digest));
    serve_status(turn_get(&place, &tablet, target), 404);
    const char *code = own_code(&place, &phone);
    serve_status(turn_post(&place, &tablet, "/open", "{'code':'%s'}", code), 200);
    serve_status(turn_get(&place, &tablet, target), 200);
    turn_end(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sight_has_what_it_wrote_and_nothing_between),
        cmocka_unit_test(a_tablet_handed_over_shows_nothing_that_was_given_elsewhere),
        cmocka_unit_test(nor_does_an_invitation_that_is_followed_once_more),
        cmocka_unit_test(nor_does_one_that_was_followed_before_anything_was_given),
        cmocka_unit_test(what_was_given_here_is_seen_here_and_what_was_not_stays_as_it_is),
        cmocka_unit_test(the_same_browser_that_follows_its_link_again_loses_nothing),
        cmocka_unit_test(the_own_code_goes_on_elsewhere_with_everything),
        cmocka_unit_test(it_opens_the_eyes_of_a_tablet_and_nobody_elses_does),
        cmocka_unit_test(codes_are_tried_and_made_only_so_often),
        cmocka_unit_test(it_ends_with_its_time_and_with_the_round),
        cmocka_unit_test(a_yes_at_a_browser_that_sees_nothing_leaves_everything_with_who_gave_it),
        cmocka_unit_test(what_is_given_again_there_is_shared_and_the_rest_is_not),
        cmocka_unit_test(with_the_own_code_the_yes_is_to_everything),
        cmocka_unit_test(nor_does_letting_it_go_there_first),
        cmocka_unit_test(a_correction_elsewhere_takes_off_the_table_what_does_not_show_there),
        cmocka_unit_test(a_drawing_of_before_is_not_there_until_the_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
