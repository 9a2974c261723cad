/* The word on what was shared with an earlier worker, over a person's own routes. */
#include "turn_scene.h"

#include "serve/account.h"

struct two { /* t0 with one worker, then another has the case, and it is t1 */
    struct turn_place place;
    struct serve_browser robin, noor, client, worker;
    char before[VB_ID_SIZE]; /* the round of t0 */
};

static void fill_and_share(struct two *two, struct serve_browser *browser, const char *role)
{
    turn_sit(&two->place, browser, role, NULL);
    turn_share(&two->place, browser, turn_fill(&two->place, browser, "MARKER"));
}

static void begin(struct two *two)
{
    memset(two, 0, sizeof *two);
    serve_scene_begin(&two->place.scene, "instruments");
    turn_round(&two->place, "menger-monitor", "c-1");
    turn_sign_in(&two->place, &two->robin, "robin", VB_WORKER);
    fill_and_share(two, &two->client, "client");
    fill_and_share(two, &two->worker, "professional");
    snprintf(two->before, sizeof two->before, "%s", two->place.round);
    serve_scene_pass(&two->place.scene, 60000);
    turn_sign_in(&two->place, &two->noor, "noor", VB_WORKER);
    serve_scene_pass(&two->place.scene, 1000);
    turn_wave(&two->place, "menger-monitor", "c-1", "t1");
}

static void end(struct two *two)
{
    turn_end(&two->place);
}

static const struct serve_reply *overview(struct two *two, struct serve_browser *browser,
                                          const char *role)
{
    turn_sit(&two->place, browser, role, NULL);
    const struct serve_reply *step = turn_fill(&two->place, browser, "x");
    assert_true(turn_at(step, "overview"));
    return step;
}

static bool asks(const struct serve_reply *step)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(turn_field(step, "asks"), "earlier"));
}

static const struct serve_reply *history(struct two *two, struct serve_browser *browser)
{
    const struct serve_reply *reply =
        serve_ask(&two->place.scene, browser, "GET", "/api/v1/staff/cases/c-1/history", NULL);
    serve_status(reply, 200);
    return reply;
}

static bool shows_before(struct two *two)
{
    return strstr(history(two, &two->noor)->text, two->before) != NULL;
}

static const cJSON *shown_before(struct two *two)
{
    return turn_field(turn_get(&two->place, &two->client, ""), "shown_before");
}

static void say(struct two *two, bool on)
{
    const struct serve_reply *step = turn_get(&two->place, &two->client, "/step");
    serve_status(turn_post(&two->place, &two->client, "/earlier", "{'after':%d,'id':'e','on':%s}",
                           turn_seq(step), on ? "true" : "false"),
                 200);
}

static void share_saying_yes(struct two *two)
{
    const struct serve_reply *step = overview(two, &two->client, "client");
    serve_status(turn_post(&two->place, &two->client, "/share",
                           "{'after':%d,'yes':true,'earlier':true}", turn_seq(step)),
                 200);
}

/* The case is kim's as well. */
static void give_kim(struct two *two, struct serve_browser *kim)
{
    serve_scene_pass(&two->place.scene, 60000);
    turn_sign_in(&two->place, kim, "kim", VB_WORKER);
    serve_scene_pass(&two->place.scene, 1000);
}

static void a_client_is_asked_and_a_worker_is_not(void **state)
{
    (void)state;
    struct two two;
    begin(&two);
    assert_true(asks(overview(&two, &two.client, "client")));
    const struct serve_reply *step = overview(&two, &two.worker, "professional");
    assert_false(asks(step));
    const struct serve_reply *refused =
        turn_post(&two.place, &two.worker, "/share", "{'after':%d,'yes':true,'earlier':true}",
                  turn_seq(step));
    serve_status(refused, 422);
    end(&two);
}

static void nobody_is_asked_while_the_worker_stays(void **state)
{
    (void)state;
    struct two two;
    memset(&two, 0, sizeof two);
    serve_scene_begin(&two.place.scene, "instruments");
    turn_round(&two.place, "menger-monitor", "c-1");
    turn_sign_in(&two.place, &two.robin, "robin", VB_WORKER);
    fill_and_share(&two, &two.client, "client");
    fill_and_share(&two, &two.worker, "professional");
    turn_wave(&two.place, "menger-monitor", "c-1", "t1");
    const struct serve_reply *step = overview(&two, &two.client, "client");
    assert_false(asks(step));
    const struct serve_reply *refused =
        turn_post(&two.place, &two.client, "/share", "{'after':%d,'yes':true,'earlier':true}",
                  turn_seq(step));
    serve_status(refused, 422);
    turn_share(&two.place, &two.client, step);
    assert_true(cJSON_IsNull(shown_before(&two)));
    serve_status(turn_post(&two.place, &two.client, "/earlier", "{'after':%d,'on':true}",
                           turn_seq(turn_get(&two.place, &two.client, "/step"))),
                 409);
    end(&two);
}

/* At the terminal, before anybody of the staff had the case: who has it first sees it anyway. */
static void nobody_is_asked_for_the_first_who_has_the_case(void **state)
{
    (void)state;
    struct two two;
    memset(&two, 0, sizeof two);
    serve_scene_begin(&two.place.scene, "instruments");
    turn_round(&two.place, "menger-monitor", "c-1");
    fill_and_share(&two, &two.client, "client");
    fill_and_share(&two, &two.worker, "professional");
    snprintf(two.before, sizeof two.before, "%s", two.place.round);
    serve_scene_pass(&two.place.scene, 60000);
    turn_sign_in(&two.place, &two.noor, "noor", VB_WORKER);
    turn_wave(&two.place, "menger-monitor", "c-1", "t1");
    assert_false(asks(overview(&two, &two.client, "client")));
    assert_true(shows_before(&two));
    end(&two);
}

static void a_yes_beside_sharing_shows_it_and_a_press_afterwards_takes_it_back(void **state)
{
    (void)state;
    struct two two;
    begin(&two);
    const struct serve_reply *step = overview(&two, &two.client, "client");
    serve_status(
        turn_post(&two.place, &two.client, "/earlier", "{'after':%d,'on':true}", turn_seq(step)),
        409); /* it goes with the yes, not before it */
    serve_status(turn_post(&two.place, &two.client, "/share",
                           "{'after':%d,'yes':true,'earlier':true}", turn_seq(step)),
                 200);
    assert_true(cJSON_IsTrue(shown_before(&two)));
    assert_false(shows_before(&two)); /* not released */
    fill_and_share(&two, &two.worker, "professional");
    assert_true(shows_before(&two));
    say(&two, false);
    assert_true(cJSON_IsFalse(shown_before(&two)));
    assert_false(shows_before(&two));
    turn_restart(&two.place);
    assert_false(shows_before(&two));
    say(&two, true);
    assert_true(shows_before(&two));
    assert_null(strstr(history(&two, &two.noor)->text, "MARKER"));
    const struct vb_buf *logged = &two.place.scene.logged;
    assert_true(logged->len == 0 || strstr(logged->data, "MARKER") == NULL);
    end(&two);
}

static void what_is_not_ticked_stays_hidden(void **state)
{
    (void)state;
    struct two two;
    begin(&two);
    turn_share(&two.place, &two.client, overview(&two, &two.client, "client"));
    fill_and_share(&two, &two.worker, "professional");
    assert_true(cJSON_IsFalse(shown_before(&two)));
    assert_false(shows_before(&two));
    assert_non_null(strstr(history(&two, &two.robin)->text, two.before));
    end(&two);
}

/* Staff can open a second browser as the client: what shows nowhere is opened by nobody. */
static void where_the_answers_do_not_show_it_is_taken_back_and_never_given(void **state)
{
    (void)state;
    struct two two;
    struct serve_browser other;
    begin(&two);
    turn_share(&two.place, &two.client, overview(&two, &two.client, "client"));
    fill_and_share(&two, &two.worker, "professional");
    turn_sit(&two.place, &other, "client", NULL);
    int seq = turn_seq(turn_get(&two.place, &other, "/step"));
    serve_status(turn_post(&two.place, &other, "/earlier", "{'after':%d,'on':true}", seq), 409);
    assert_false(shows_before(&two));
    say(&two, true);
    assert_true(shows_before(&two));
    seq = turn_seq(turn_get(&two.place, &other, "/step"));
    serve_status(turn_post(&two.place, &other, "/earlier", "{'after':%d,'on':false}", seq), 200);
    assert_false(shows_before(&two));
    end(&two);
}

static void with_a_yes_where_answers_do_not_show_it_is_not_asked(void **state)
{
    (void)state;
    struct two two;
    struct serve_browser other;
    begin(&two);
    overview(&two, &two.client, "client");
    turn_sit(&two.place, &other, "client", NULL);
    const struct serve_reply *step = turn_get(&two.place, &other, "/step");
    assert_true(turn_at(step, "overview"));
    assert_false(asks(step));
    serve_status(turn_post(&two.place, &other, "/share", "{'after':%d,'yes':true,'earlier':true}",
                           turn_seq(step)),
                 422);
    end(&two);
}

/* Said to noor; kim has the case too before the round with it is released. */
static void a_yes_said_before_a_worker_came_is_none_to_them_whenever_it_is_released(void **state)
{
    (void)state;
    struct two two;
    struct serve_browser kim;
    begin(&two);
    share_saying_yes(&two);
    give_kim(&two, &kim);
    fill_and_share(&two, &two.worker, "professional");
    assert_non_null(strstr(history(&two, &kim)->text, two.place.round));
    assert_null(strstr(history(&two, &kim)->text, two.before));
    assert_true(shows_before(&two)); /* it was said to noor */
    say(&two, false);
    assert_false(shows_before(&two));
    say(&two, true); /* and this to both */
    assert_non_null(strstr(history(&two, &kim)->text, two.before));
    assert_true(shows_before(&two));
    end(&two);
}

static void a_yes_is_taken_back_also_after_somebody_else_was_given_the_case(void **state)
{
    (void)state;
    struct two two;
    struct serve_browser kim;
    begin(&two);
    share_saying_yes(&two);
    fill_and_share(&two, &two.worker, "professional");
    give_kim(&two, &kim);
    assert_true(shows_before(&two));
    assert_true(cJSON_IsTrue(shown_before(&two)));
    int seq = turn_seq(turn_get(&two.place, &two.client, "/step"));
    serve_status(turn_post(&two.place, &two.client, "/earlier", "{'after':%d,'on':true}", seq),
                 409); /* kim is asked about in a round of theirs */
    say(&two, false);
    assert_false(shows_before(&two));
    assert_true(cJSON_IsNull(shown_before(&two)));
    assert_null(strstr(history(&two, &kim)->text, two.before));
    end(&two);
}

static const char *person_of(struct two *two, const char *role)
{
    int count;
    const struct vb_participant *list = vb_round_participants(turn_live(&two->place), &count);
    for (int i = 0; i < count; i++)
        if (vb_streq(list[i].role, role))
            return list[i].person;
    fail_msg("nobody is %s", role);
    return NULL;
}

/* Takes the turn as one does from the page of the round, fills in and shares; who it is. */
static char *own_turn(struct two *two, struct serve_browser *browser)
{
    char target[128], token[sizeof browser->token];
    snprintf(target, sizeof target, "/api/v1/staff/rounds/%s/turn", two->place.round);
    serve_status(
        serve_ask(&two->place.scene, browser, "POST", target, "{\"role\":\"professional\"}"), 200);
    memcpy(token, browser->token, sizeof token); /* of the page; the seat has its own */
    snprintf(browser->token, sizeof browser->token, "%s",
             serve_text(turn_get(&two->place, browser, ""), "token"));
    turn_share(&two->place, browser, turn_fill(&two->place, browser, "x"));
    memcpy(browser->token, token, sizeof token);
    return strdup(person_of(two, "professional"));
}

static void next_wave(struct two *two, const char *wave)
{
    serve_scene_pass(&two->place.scene, 60000);
    turn_wave(&two->place, "menger-monitor", "c-1", wave);
}

static void who_has_the_case_since_is_another_person_than_the_worker_before(void **state)
{
    (void)state;
    struct two two;
    memset(&two, 0, sizeof two);
    serve_scene_begin(&two.place.scene, "instruments");
    turn_round(&two.place, "menger-monitor", "c-1");
    turn_sign_in(&two.place, &two.robin, "robin", VB_WORKER);
    char *persons[4];
    persons[0] = own_turn(&two, &two.robin);
    next_wave(&two, "t1");
    persons[1] = own_turn(&two, &two.robin);
    assert_string_equal(persons[0], persons[1]);
    serve_scene_pass(&two.place.scene, 60000);
    turn_sign_in(&two.place, &two.noor, "noor", VB_WORKER);
    next_wave(&two, "t2");
    persons[2] = own_turn(&two, &two.noor);
    assert_string_not_equal(persons[1], persons[2]);
    next_wave(&two, "t3");
    persons[3] = own_turn(&two, &two.noor);
    assert_string_equal(persons[2], persons[3]);
    for (int i = 0; i < 4; i++)
        free(persons[i]);
    end(&two);
}

static void what_does_not_say_it_is_refused(void **state)
{
    (void)state;
    struct two two;
    begin(&two);
    turn_share(&two.place, &two.client, overview(&two, &two.client, "client"));
    int seq = turn_seq(turn_get(&two.place, &two.client, "/step"));
    serve_status(turn_post(&two.place, &two.client, "/earlier", "{'after':%d}", seq), 422);
    serve_status(turn_post(&two.place, &two.client, "/earlier", "{'on':true}"), 422);
    serve_status(turn_post(&two.place, &two.client, "/earlier", "{'after':%d,'on':1}", seq), 422);
    serve_status(turn_post(&two.place, &two.client, "/earlier", "{'after':%d,'on':true}", seq - 1),
                 409);
    assert_true(cJSON_IsFalse(shown_before(&two)));
    end(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_client_is_asked_and_a_worker_is_not),
        cmocka_unit_test(nobody_is_asked_while_the_worker_stays),
        cmocka_unit_test(nobody_is_asked_for_the_first_who_has_the_case),
        cmocka_unit_test(a_yes_beside_sharing_shows_it_and_a_press_afterwards_takes_it_back),
        cmocka_unit_test(what_is_not_ticked_stays_hidden),
        cmocka_unit_test(where_the_answers_do_not_show_it_is_taken_back_and_never_given),
        cmocka_unit_test(with_a_yes_where_answers_do_not_show_it_is_not_asked),
        cmocka_unit_test(a_yes_said_before_a_worker_came_is_none_to_them_whenever_it_is_released),
        cmocka_unit_test(a_yes_is_taken_back_also_after_somebody_else_was_given_the_case),
        cmocka_unit_test(who_has_the_case_since_is_another_person_than_the_worker_before),
        cmocka_unit_test(what_does_not_say_it_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
