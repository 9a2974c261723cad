/* The second time: what became of what was agreed, asked before the questions and at the overview.
 */
#include "turn_scene.h"

static const struct vb_agreement agreed[] = { { "Sam", "calls the office", "2026-12-01" },
                                              { "both", "eat together", NULL } };

/* A first round with two agreements, and the second one of the same case. */
static void begin_second(struct turn_place *place, struct serve_browser *client)
{
    struct serve_scene *scene = &place->scene;
    struct serve_browser first, professional;
    const struct vb_talk_record record = { .agreements = agreed, .agreement_count = 2 };
    struct vb_plan *plan;
    struct vb_round *round;
    struct vb_err err;
    turn_begin(place, "menger-monitor");
    turn_sit(place, &first, "client", NULL);
    turn_sit(place, &professional, "professional", NULL);
    turn_share(place, &first, turn_fill(place, &first, "x"));
    turn_share(place, &professional, turn_fill(place, &professional, "y"));
    if (vb_round_put_talk(turn_live(place), &record, "kim", &err) != VB_OK ||
        scene->house.plan(scene->house.ctx, "menger-monitor", &plan, &err) != VB_OK ||
        vb_round_open(&round, scene->store, &scene->env, plan,
                      &(struct vb_round_options){ .case_id = "c-1", .wave = "t1" },
                      &err) != VB_OK ||
        vb_round_write(round, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_plan_release(plan);
    snprintf(place->round, sizeof place->round, "%s", vb_round_row(round)->id);
    vb_live_adopt(scene->serve.live, round);
    turn_sit(place, client, "client", NULL);
}

static const char *agreement(const struct serve_reply *step, const char *name)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(turn_field(step, "agreement"), name);
    return cJSON_IsObject(field)
               ? cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(field, "text"))
               : cJSON_GetStringValue(field);
}

static void what_was_agreed_comes_first_and_can_be_gone_back_to(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    begin_second(&place, &client);
    const struct serve_reply *step = turn_post(&place, &client, "/begin", "{'language':'en'}");
    assert_true(turn_at(step, "agreement"));
    assert_string_equal(agreement(step, "what"), "calls the office");
    assert_string_equal(agreement(step, "who"), "Sam");
    assert_string_equal(agreement(step, "when"), "2026-12-01");
    step = turn_post(&place, &client, "/follow",
                     "{'after':%d,'id':'f','agreement':0,'followed':'partly'}", turn_seq(step));
    serve_status(step, 200);
    assert_string_equal(agreement(step, "what"), "eat together");
    const struct serve_reply *again = turn_post(
        &place, &client, "/follow", "{'after':1,'id':'f','agreement':0,'followed':'partly'}");
    assert_string_equal(again->text, step->text);
    serve_status(turn_post(&place, &client, "/follow",
                           "{'after':%d,'agreement':2,'followed':'done'}", turn_seq(step)),
                 422);
    step = turn_post(&place, &client, "/back", "{'after':%d}", turn_seq(step));
    assert_string_equal(agreement(step, "what"), "calls the office");
    assert_non_null(strstr(step->text, "\"offered\":{\"followed\":\"partly\"}"));
    turn_end(&place);
}

static void at_the_overview_it_is_said_anew_and_held_back(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    begin_second(&place, &client);
    const struct serve_reply *step = turn_post(&place, &client, "/begin", "{'language':'en'}");
    while (turn_at(step, "agreement"))
        step = turn_post(
            &place, &client, "/follow", "{'after':%d,'agreement':%d,'followed':'done'}",
            turn_seq(step),
            cJSON_GetObjectItemCaseSensitive(turn_field(step, "agreement"), "agreement")->valueint);
    step = turn_fill(&place, &client, "x");
    assert_true(turn_at(step, "overview"));
    step = turn_post(&place, &client, "/follow", "{'after':%d,'agreement':1,'followed':'not_yet'}",
                     turn_seq(step));
    serve_status(step, 200);
    step =
        turn_post(&place, &client, "/hold", "{'after':%d,'agreement':0,'on':true}", turn_seq(step));
    serve_status(step, 200);
    const cJSON *first = turn_field(step, "followed")->child;
    assert_true(cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(first, "held")));
    assert_string_equal(
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(first->next, "followed")), "not_yet");
    turn_end(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_agreed_comes_first_and_can_be_gone_back_to),
        cmocka_unit_test(at_the_overview_it_is_said_anew_and_held_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
