/* A family over HTTP: who holds back, who leaves, and a release while somebody fills in. */
#include "turn_scene.h"

/* Says yes at the overview after holding back the answer to this item. */
static void held(struct turn_place *place, struct serve_browser *browser, const char *item)
{
    const struct serve_reply *step = turn_get(place, browser, "/step");
    step = turn_post(place, browser, "/hold", "{'after':%d,'item':'%s','on':true}", turn_seq(step),
                     item);
    serve_status(step, 200);
    const cJSON *one;
    bool found = false;
    cJSON_ArrayForEach(one, turn_field(step, "answers"))
    {
        const cJSON *question = cJSON_GetObjectItemCaseSensitive(one, "item");
        if (vb_streq(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(question, "id")), item))
            found = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(one, "held"));
    }
    assert_true(found);
}

static void what_is_held_back_is_on_no_sheet(void **state)
{
    struct turn_place place;
    struct serve_browser client, professional;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_sit(&place, &professional, "professional", NULL);
    const struct serve_reply *overview = turn_fill(&place, &client, "MARKER");
    const cJSON *one;
    cJSON_ArrayForEach(one, turn_field(overview, "answers"))
    {
        const cJSON *question = cJSON_GetObjectItemCaseSensitive(one, "item");
        if (vb_streq(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(question, "kind")),
                     "text"))
            held(&place, &client,
                 cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(question, "id")));
    }
    turn_share(&place, &client, turn_get(&place, &client, "/step"));
    turn_share(&place, &professional, turn_fill(&place, &professional, "x"));
    const struct serve_reply *sheet = turn_get(&place, &professional, "/sheet");
    serve_status(sheet, 200);
    assert_null(strstr(sheet->text, "MARKER"));
    turn_end(&place);
}

static void an_answer_changed_at_the_overview_is_the_one_that_counts(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    const struct serve_reply *step = turn_fill(&place, &client, "x");
    int seq = turn_seq(step);
    serve_status(turn_post(&place, &client, "/change",
                           "{'after':%d,'item':'direction.goal','value':9}", seq),
                 422);
    step = turn_post(&place, &client, "/change", "{'after':%d,'item':'direction.goal','value':2}",
                     seq);
    serve_status(step, 200);
    assert_true(turn_at(step, "overview"));
    const cJSON *first = turn_field(step, "answers")->child;
    assert_int_equal(cJSON_GetObjectItemCaseSensitive(first, "value")->valueint, 2);
    step = turn_post(&place, &client, "/back", "{'after':%d}", turn_seq(step));
    assert_true(turn_at(step, "item"));
    turn_end(&place);
}

/* -- a family --------------------------------------------------------------------------------- */

struct family {
    struct turn_place place;
    struct serve_browser youth, parent, worker;
};

static void family_begin(struct family *family)
{
    turn_begin(&family->place, "family-alliance");
    turn_sit(&family->place, &family->youth, "youth", "Sam");
    turn_sit(&family->place, &family->parent, "parent", "Kim");
    turn_sit(&family->place, &family->worker, "professional", NULL);
}

static void release(struct turn_place *place)
{
    struct vb_err err;
    struct vb_round *round = turn_live(place);
    if (vb_round_release(round, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_live_tell_round(place->scene.serve.live, round);
}

static const char *person_of(struct turn_place *place, const char *label)
{
    int count;
    const struct vb_participant *list = vb_round_participants(turn_live(place), &count);
    for (int i = 0; i < count; i++)
        if (vb_streq(list[i].label, label))
            return list[i].person;
    fail_msg("nobody is %s", label);
    return NULL;
}

static void a_member_who_withdraws_is_on_the_sheet_of_nobody(void **state)
{
    struct family family;
    struct vb_err err;
    (void)state;
    family_begin(&family);
    turn_share(&family.place, &family.youth, turn_fill(&family.place, &family.youth, "MARKER"));
    turn_share(&family.place, &family.parent, turn_fill(&family.place, &family.parent, "ours"));
    turn_share(&family.place, &family.worker, turn_fill(&family.place, &family.worker, "mine"));
    assert_int_equal(turn_get(&family.place, &family.parent, "/sheet")->status, 409);
    release(&family.place);
    assert_non_null(strstr(turn_get(&family.place, &family.parent, "/sheet")->text, "MARKER"));
    struct vb_round *round = turn_live(&family.place);
    if (vb_round_withdraw(round, person_of(&family.place, "Sam"), "kim", &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_live_tell_round(family.place.scene.serve.live, round);
    const struct serve_reply *sheet = turn_get(&family.place, &family.parent, "/sheet");
    serve_status(sheet, 200);
    assert_null(strstr(sheet->text, "MARKER"));
    serve_status(turn_get(&family.place, &family.youth, "/sheet"), 404);
    assert_string_equal(serve_text(turn_get(&family.place, &family.youth, ""), "state"),
                        "withdrawn");
    turn_end(&family.place);
}

static void somebody_fills_in_while_it_is_released_and_comes_on_it_late(void **state)
{
    struct family family;
    struct vb_buf heard = { 0 };
    (void)state;
    family_begin(&family);
    turn_share(&family.place, &family.parent, turn_fill(&family.place, &family.parent, "ours"));
    turn_share(&family.place, &family.worker, turn_fill(&family.place, &family.worker, "mine"));
    const struct serve_reply *step =
        turn_post(&family.place, &family.youth, "/begin", "{'language':'en'}");
    const struct serve_reply *events = turn_get(&family.place, &family.youth, "/events");
    release(&family.place);
    serve_heard(events, &heard);
    vb_buf_putc(&heard, '\0');
    assert_non_null(strstr(heard.data, "{\"state\":\"asking\",\"sheet\":false}"));
    assert_int_equal(turn_seq(turn_get(&family.place, &family.youth, "/step")), turn_seq(step));
    serve_status(turn_get(&family.place, &family.youth, "/sheet"), 404); /* of others, not theirs */
    turn_share(&family.place, &family.youth, turn_fill(&family.place, &family.youth, "LATE"));
    assert_non_null(strstr(turn_get(&family.place, &family.parent, "/sheet")->text, "LATE"));
    serve_status(turn_get(&family.place, &family.youth, "/sheet"), 200);
    vb_buf_finish(&heard);
    turn_end(&family.place);
}

static void a_round_that_is_ended_takes_nobody_and_shows_nothing(void **state)
{
    struct family family;
    struct vb_err err;
    (void)state;
    family_begin(&family);
    turn_share(&family.place, &family.parent, turn_fill(&family.place, &family.parent, "MARKER"));
    turn_post(&family.place, &family.youth, "/begin", "{}");
    if (vb_round_end(turn_live(&family.place), "kim", &err) != VB_OK)
        fail_msg("%s", err.text);
    const struct serve_reply *reply =
        turn_post(&family.place, &family.youth, "/answer", "{'after':1,'id':'a','value':4}");
    assert_true(reply->status == 410 || reply->status == 401);
    reply = turn_get(&family.place, &family.worker, "/sheet");
    assert_null(strstr(reply->text, "MARKER"));
    assert_true(reply->status >= 400);
    turn_end(&family.place);
}

static void a_member_is_asked_by_name_and_the_worker_about_each(void **state)
{
    struct family family;
    (void)state;
    family_begin(&family);
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(
                            turn_field(turn_get(&family.place, &family.youth, ""), "me"), "name")),
                        "Sam");
    turn_post(&family.place, &family.youth, "/begin", "{}");
    turn_post(&family.place, &family.parent, "/begin", "{}");
    const struct serve_reply *step =
        turn_post(&family.place, &family.worker, "/begin", "{'language':'en'}");
    assert_string_equal(turn_item(step, "member"), "youth:Sam");
    assert_string_equal(
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(
            cJSON_GetObjectItemCaseSensitive(turn_field(step, "item"), "about"), "text")),
        "Sam");
    turn_end(&family.place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_held_back_is_on_no_sheet),
        cmocka_unit_test(an_answer_changed_at_the_overview_is_the_one_that_counts),
        cmocka_unit_test(a_member_who_withdraws_is_on_the_sheet_of_nobody),
        cmocka_unit_test(somebody_fills_in_while_it_is_released_and_comes_on_it_late),
        cmocka_unit_test(a_round_that_is_ended_takes_nobody_and_shows_nothing),
        cmocka_unit_test(a_member_is_asked_by_name_and_the_worker_about_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
