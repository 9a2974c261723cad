/* What was shared with an earlier worker, shown to a new one: after the word of who shared it, for
 * as long as it stands, and of that one alone. */
#include "desk_scene.h"

#include "session/before.h"
#include "session/replay.h"

static const char *const both[] = { "client", "professional", NULL };
static const char *const worker[] = { "professional", NULL };

static void share_saying(struct vb_session *session, enum vb_word word)
{
    struct heard heard = { 0 };
    const struct vb_sharing sharing = { .earlier = word };
    vb_session_share(session, vb_session_view(session)->seq, &sharing, hear, &heard);
    assert_int_equal(heard.code, VB_OK);
}

static enum vb_code say(struct vb_session *session, bool on)
{
    struct heard heard = { 0 };
    vb_session_show_earlier(session, vb_session_view(session)->seq, on, hear, &heard);
    return heard.code;
}

static void give_case(struct desk *desk, const char *staff)
{
    serve_scene_pass(&desk->scene, 60000);
    assert_int_equal(vb_auth_give_case(desk->scene.serve.auth, staff, "m-1", &desk->err), VB_OK);
    serve_scene_pass(&desk->scene, 1000);
}

struct handed {
    struct desk desk;
    char *before, *after;
    struct vb_session *client; /* in after, at the overview */
    int64_t since_ms;          /* noor has the case */
};

/* Shared with robin; then noor has the case, and the client is done with the questions. */
static void begin(struct handed *one)
{
    struct desk *desk = &one->desk;
    desk_begin(desk);
    one->before = desk_round(desk, "m-1", "menger-monitor");
    all_share(desk, one->before, both, marker);
    give_case(desk, "noor");
    one->since_ms = desk->scene.wall_ms;
    desk->who = &desk->noor;
    one->after = desk_wave(desk, "m-1", "menger-monitor", "t1");
    one->client = sit(desk, one->after, "client", NULL);
    answer_all(one->client, "x");
}

static void end(struct handed *one)
{
    free(one->before);
    free(one->after);
    desk_end(&one->desk);
}

static const struct serve_reply *history(struct handed *one)
{
    return asked(&one->desk, vb_api_history, "m-1", NULL);
}

static bool shows_before(struct handed *one)
{
    return strstr(history(one)->text, one->before) != NULL;
}

static struct vb_before look(struct handed *one, int64_t since_ms)
{
    struct vb_before before;
    assert_int_equal(vb_before_look(live_round(&one->desk, one->after), one->client, since_ms,
                                    &before, &one->desk.err),
                     VB_OK);
    return before;
}

/* -- who reads it ----------------------------------------------------------------------------- */

static void without_a_yes_there_is_a_break_and_nothing_before_it(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    share_saying(one.client, VB_WORD_NONE);
    all_share(&one.desk, one.after, worker, "x");
    const struct serve_reply *reply = history(&one);
    const cJSON *waves = at(cJSON_GetArrayItem(at(reply->json, "instruments"), 0), "waves");
    assert_int_equal(cJSON_GetArraySize(waves), 1);
    assert_true(is_true(cJSON_GetArrayItem(waves, 0), "break"));
    assert_false(shows_before(&one));
    end(&one);
}

static void a_yes_shows_the_line_of_who_said_it_and_not_the_earlier_workers(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    share_saying(one.client, VB_WORD_YES);
    all_share(&one.desk, one.after, worker, "x");
    const struct serve_reply *reply = history(&one);
    const cJSON *monitor = cJSON_GetArrayItem(at(reply->json, "instruments"), 0);
    const cJSON *waves = at(monitor, "waves"), *voice;
    assert_int_equal(cJSON_GetArraySize(waves), 2);
    assert_true(is_true(cJSON_GetArrayItem(waves, 0), "before"));
    assert_false(is_true(cJSON_GetArrayItem(waves, 0), "break"));
    assert_true(is_true(cJSON_GetArrayItem(waves, 1), "break"));
    cJSON_ArrayForEach(voice, at(cJSON_GetArrayItem(at(monitor, "scales"), 0), "voices"))
    {
        const cJSON *points = at(voice, "points");
        bool client = vb_streq(cJSON_GetStringValue(at(voice, "role")), "client");
        assert_int_equal(cJSON_IsNumber(cJSON_GetArrayItem(points, 0)), client);
        assert_true(cJSON_IsNumber(cJSON_GetArrayItem(points, 1)));
    }
    assert_null(strstr(reply->text, "MARKER"));
    refused(&one.desk, vb_api_sheet, one.before, NULL, 404, NULL); /* two speak on a sheet */
    refused(&one.desk, vb_api_result, one.before, NULL, 404, NULL);
    end(&one);
}

static void a_yes_counts_from_the_release_of_its_round_on(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    share_saying(one.client, VB_WORD_YES);
    settle_it(&one.desk, one.after);
    assert_int_equal(count_of(history(&one), "instruments"), 0);
    all_share(&one.desk, one.after, worker, "x");
    assert_true(shows_before(&one));
    end(&one);
}

static void a_yes_is_taken_back_and_given_again_at_any_time(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    share_saying(one.client, VB_WORD_YES);
    all_share(&one.desk, one.after, worker, "x");
    int64_t first, now;
    int revision = vb_round_revision(live_round(&one.desk, one.after), &first);
    assert_int_equal(say(one.client, false), VB_OK);
    assert_false(shows_before(&one));
    settle_it(&one.desk, one.after);
    assert_int_equal(vb_round_revision(live_round(&one.desk, one.after), &now), revision);
    assert_int_equal(say(one.client, true), VB_OK);
    assert_true(shows_before(&one));
    end(&one);
}

static void who_takes_everything_back_said_no_yes_and_shared_nothing(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    share_saying(one.client, VB_WORD_YES);
    all_share(&one.desk, one.after, worker, "x");
    assert_true(shows_before(&one));
    assert_true(look(&one, one.since_ms).asks);
    struct vb_round *before = live_round(&one.desk, one.before);
    const char *person = vb_fold_opened(vb_session_fold(one.client))->person;
    assert_int_equal(vb_round_withdraw(before, person, "person", &one.desk.err), VB_OK);
    assert_false(shows_before(&one));
    assert_false(look(&one, one.since_ms).asks); /* nothing lies before any more */
    end(&one);
}

static void taking_back_the_round_takes_back_the_word_in_it(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    share_saying(one.client, VB_WORD_YES);
    all_share(&one.desk, one.after, worker, "x");
    struct vb_round *after = live_round(&one.desk, one.after);
    const char *person = vb_fold_opened(vb_session_fold(one.client))->person;
    assert_int_equal(vb_round_withdraw(after, person, "person", &one.desk.err), VB_OK);
    assert_false(shows_before(&one));
    end(&one);
}

static void a_yes_to_one_worker_is_none_to_the_next(void **state)
{
    (void)state;
    struct handed one;
    struct serve_browser kim = { 0 };
    begin(&one);
    share_saying(one.client, VB_WORD_YES);
    all_share(&one.desk, one.after, worker, "x");
    hire(&one.desk.scene, "kim", "worker");
    sign_in(&one.desk.scene, &kim, "kim");
    give_case(&one.desk, "kim");
    assert_true(shows_before(&one)); /* noor has the case as well */
    one.desk.who = &kim;
    assert_int_equal(count_of(history(&one), "instruments"), 0);
    char *third = desk_wave(&one.desk, "m-1", "menger-monitor", "t2");
    all_share(&one.desk, third, both, "x");
    assert_null(strstr(history(&one)->text, one.after));
    free(third);
    end(&one);
}

/* -- who is asked ----------------------------------------------------------------------------- */

static void the_client_is_asked_where_a_worker_came_after_what_they_shared(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    assert_true(look(&one, one.since_ms).asks);
    assert_int_equal(look(&one, one.since_ms).word, VB_WORD_NONE);
    assert_false(look(&one, 0).asks); /* nobody came, as far as is known */
    one.client = sit(&one.desk, one.after, "professional", NULL);
    assert_false(look(&one, one.since_ms).asks); /* of them nobody asks it */
    end(&one);
}

static void a_professional_of_another_name_is_another_worker(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    sit(&one.desk, one.after, "professional", "Kim");
    assert_true(look(&one, 0).asks);
    end(&one);
}

static void the_newest_word_counts_and_is_taken_back_where_it_stands(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    share_saying(one.client, VB_WORD_YES);
    all_share(&one.desk, one.after, worker, "x");
    serve_scene_pass(&one.desk.scene, 1000);
    char *next = desk_wave(&one.desk, "m-1", "menger-monitor", "t2");
    char *old = one.after;
    struct vb_session *before = one.client;
    one.after = next;
    one.client = sit(&one.desk, next, "client", NULL);
    assert_int_equal(look(&one, one.since_ms).word, VB_WORD_YES); /* it is not asked again */
    answer_all(one.client, "x");
    share_saying(one.client, VB_WORD_NONE);
    all_share(&one.desk, next, worker, "x");
    assert_true(shows_before(&one));
    assert_int_equal(say(one.client, false), VB_OK);
    assert_false(shows_before(&one));
    one.after = old;
    one.client = before;
    assert_false(look(&one, one.since_ms).asks); /* the word of this one is not the newest */
    assert_false(look(&one, one.since_ms).stands);
    serve_scene_pass(&one.desk.scene, 60000); /* and it is not for whoever comes now, either */
    assert_false(look(&one, one.desk.scene.wall_ms).stands);
    free(next);
    end(&one);
}

/* -- when it can be said ---------------------------------------------------------------------- */

static void the_word_is_said_with_the_yes_or_behind_it(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    assert_int_equal(say(one.client, true), VB_E_DATA);
    share_saying(one.client, VB_WORD_NONE);
    const struct vb_fold *fold = vb_session_fold(one.client);
    int64_t standing = vb_fold_standing(fold);
    assert_int_equal(vb_fold_sharing(fold)->earlier, VB_WORD_NONE);
    assert_int_equal(say(one.client, true), VB_OK);
    assert_int_equal(vb_fold_sharing(fold)->earlier, VB_WORD_YES);
    assert_int_equal(vb_fold_standing(fold), standing); /* nothing else moved */
    assert_int_equal(vb_fold_view(fold)->at, VB_AT_SHARED);
    end(&one);
}

static void a_correction_leaves_the_word_as_it_was(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    share_saying(one.client, VB_WORD_YES);
    all_share(&one.desk, one.after, worker, "x");
    struct vb_round *round = live_round(&one.desk, one.after);
    assert_int_equal(vb_round_correct(round, one.client, &one.desk.err), VB_OK);
    assert_true(shows_before(&one));
    share_saying(one.client, VB_WORD_NONE);
    settle_it(&one.desk, one.after);
    assert_true(shows_before(&one));
    assert_int_equal(vb_round_correct(round, one.client, &one.desk.err), VB_OK);
    share_saying(one.client, VB_WORD_NO);
    settle_it(&one.desk, one.after);
    assert_false(shows_before(&one));
    end(&one);
}

static void the_word_is_in_the_log_that_is_read_again(void **state)
{
    (void)state;
    struct handed one;
    begin(&one);
    share_saying(one.client, VB_WORD_YES);
    assert_int_equal(say(one.client, false), VB_OK);
    struct vb_fold *again =
        vb_fold_create(vb_fold_plan(vb_session_fold(one.client)), &one.desk.scene.env.sandbox);
    assert_int_equal(
        vb_fold_log(again, one.desk.scene.store, vb_session_id(one.client), 0, &one.desk.err),
        VB_OK);
    assert_int_equal(vb_fold_sharing(again)->earlier, VB_WORD_NO);
    assert_int_equal(vb_fold_view(again)->at, VB_AT_SHARED);
    vb_fold_destroy(again);
    end(&one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_yes_there_is_a_break_and_nothing_before_it),
        cmocka_unit_test(a_yes_shows_the_line_of_who_said_it_and_not_the_earlier_workers),
        cmocka_unit_test(a_yes_counts_from_the_release_of_its_round_on),
        cmocka_unit_test(a_yes_is_taken_back_and_given_again_at_any_time),
        cmocka_unit_test(who_takes_everything_back_said_no_yes_and_shared_nothing),
        cmocka_unit_test(taking_back_the_round_takes_back_the_word_in_it),
        cmocka_unit_test(a_yes_to_one_worker_is_none_to_the_next),
        cmocka_unit_test(the_client_is_asked_where_a_worker_came_after_what_they_shared),
        cmocka_unit_test(a_professional_of_another_name_is_another_worker),
        cmocka_unit_test(the_newest_word_counts_and_is_taken_back_where_it_stands),
        cmocka_unit_test(the_word_is_said_with_the_yes_or_behind_it),
        cmocka_unit_test(a_correction_leaves_the_word_as_it_was),
        cmocka_unit_test(the_word_is_in_the_log_that_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
