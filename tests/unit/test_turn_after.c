/* After the yes, from the person's own seat: taking everything back, and mending what was shared.
 */
#include "turn_scene.h"

struct pair {
    struct turn_place place;
    struct serve_browser client, professional;
};

static void pair_begin(struct pair *pair)
{
    turn_begin(&pair->place, "menger-monitor");
    turn_sit(&pair->place, &pair->client, "client", NULL);
    turn_sit(&pair->place, &pair->professional, "professional", NULL);
    turn_share(&pair->place, &pair->client, turn_fill(&pair->place, &pair->client, "MARKER"));
}

static void both_share(struct pair *pair)
{
    turn_share(&pair->place, &pair->professional,
               turn_fill(&pair->place, &pair->professional, "mine"));
}

static bool may(struct pair *pair, const char *what)
{
    return cJSON_IsTrue(turn_field(turn_get(&pair->place, &pair->client, ""), what));
}

/* At where the client stands now. */
static const struct serve_reply *act(struct pair *pair, const char *what)
{
    const struct serve_reply *step = turn_get(&pair->place, &pair->client, "/step");
    return turn_post(&pair->place, &pair->client, what, "{'after':%d,'id':'x'}", turn_seq(step));
}

static const char *sheet_of(struct pair *pair, struct serve_browser *browser)
{
    const struct serve_reply *sheet = turn_get(&pair->place, browser, "/sheet");
    serve_status(sheet, 200);
    return sheet->text;
}

static bool audit_has(struct pair *pair, const char *action, const char *by)
{
    struct vb_store *store = pair->place.scene.store;
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    struct vb_err err;
    size_t count;
    bool found = false;
    if (store->ops->audit(store, &arena, &rows, &count, &err) != VB_OK)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < count; i++)
        found |= vb_streq(rows[i].action, action) && vb_streq(rows[i].by, by);
    vb_arena_finish(&arena);
    return found;
}

/* The first open text of an overview. */
static const char *text_item(const struct serve_reply *overview)
{
    const cJSON *one;
    cJSON_ArrayForEach(one, turn_field(overview, "answers"))
    {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(one, "item");
        if (vb_streq(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "kind")), "text"))
            return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "id"));
    }
    fail_msg("there is no open text");
    return NULL;
}

/* -- taking back ------------------------------------------------------------------------------ */

static void who_takes_everything_back_is_on_no_sheet_and_it_is_written_down(void **state)
{
    struct pair pair;
    (void)state;
    pair_begin(&pair);
    both_share(&pair);
    assert_non_null(strstr(sheet_of(&pair, &pair.professional), "MARKER"));
    assert_true(may(&pair, "may_withdraw"));
    int brought = pair.place.scene.brought;
    const struct serve_reply *reply = act(&pair, "/withdraw");
    serve_status(reply, 200);
    assert_true(turn_at(reply, "withdrawn"));
    assert_true(pair.place.scene.brought > brought);
    serve_status(turn_get(&pair.place, &pair.client, "/sheet"), 404);
    reply = turn_get(&pair.place, &pair.professional, "/sheet");
    assert_null(strstr(reply->text, "MARKER"));
    assert_false(may(&pair, "may_withdraw"));
    assert_true(audit_has(&pair, "withdraw", "invitation"));
    turn_end(&pair.place);
}

static void taking_back_again_is_harmless(void **state)
{
    struct pair pair;
    (void)state;
    pair_begin(&pair);
    both_share(&pair);
    const struct serve_reply *step = turn_get(&pair.place, &pair.client, "/step");
    for (int i = 0; i < 2; i++) {
        const struct serve_reply *reply =
            turn_post(&pair.place, &pair.client, "/withdraw", "{'after':%d}", turn_seq(step));
        serve_status(reply, 200);
        assert_true(turn_at(reply, "withdrawn"));
    }
    turn_end(&pair.place);
}

static void before_the_release_it_can_be_taken_back_and_then_nothing_is_shown(void **state)
{
    struct pair pair;
    (void)state;
    pair_begin(&pair);
    serve_status(act(&pair, "/withdraw"), 200);
    const struct serve_reply *step =
        turn_post(&pair.place, &pair.professional, "/begin", "{'language':'en'}");
    if (step->status == 200 && turn_at(step, "item"))
        both_share(&pair);
    step = turn_get(&pair.place, &pair.professional, "/sheet");
    assert_true(step->status >= 400);
    assert_null(strstr(step->text, "MARKER"));
    turn_end(&pair.place);
}

static void a_page_that_is_behind_takes_nothing_back(void **state)
{
    struct pair pair;
    (void)state;
    pair_begin(&pair);
    const struct serve_reply *reply =
        turn_post(&pair.place, &pair.client, "/withdraw", "{'after':1}");
    serve_status(reply, 409);
    assert_string_equal(serve_refusal(reply), "conflict");
    serve_status(turn_post(&pair.place, &pair.client, "/withdraw", "{}"), 422);
    assert_string_equal(serve_text(turn_get(&pair.place, &pair.client, ""), "state"), "shared");
    turn_end(&pair.place);
}

/* -- mending ---------------------------------------------------------------------------------- */

static void what_is_mended_stands_on_the_sheet_after_the_next_yes_and_not_before(void **state)
{
    struct pair pair;
    (void)state;
    pair_begin(&pair);
    both_share(&pair);
    assert_true(may(&pair, "may_correct"));
    const struct serve_reply *step = act(&pair, "/correct");
    serve_status(step, 200);
    assert_true(turn_at(step, "overview"));
    assert_true(cJSON_IsTrue(turn_field(step, "stands")));
    turn_restart(&pair.place);
    assert_string_equal(serve_text(turn_get(&pair.place, &pair.client, ""), "state"), "overview");
    assert_true(may(&pair, "may_withdraw"));
    step = act(&pair, "/correct"); /* a second page of theirs: it is begun */
    serve_status(step, 200);
    step = turn_post(&pair.place, &pair.client, "/change", "{'after':%d,'item':'%s','value':'NEW'}",
                     turn_seq(step), text_item(step));
    serve_status(step, 200);
    assert_non_null(strstr(sheet_of(&pair, &pair.professional), "MARKER"));
    assert_null(strstr(sheet_of(&pair, &pair.professional), "NEW"));
    turn_share(&pair.place, &pair.client, step);
    assert_non_null(strstr(sheet_of(&pair, &pair.professional), "NEW"));
    assert_non_null(strstr(sheet_of(&pair, &pair.client), "NEW"));
    assert_true(audit_has(&pair, "correct", "invitation"));
    turn_end(&pair.place);
}

static void mending_that_is_left_leaves_all_as_it_was(void **state)
{
    struct pair pair;
    (void)state;
    pair_begin(&pair);
    both_share(&pair);
    const struct serve_reply *step = act(&pair, "/correct");
    step = turn_post(&pair.place, &pair.client, "/change", "{'after':%d,'item':'%s','value':'NEW'}",
                     turn_seq(step), text_item(step));
    step = act(&pair, "/stop");
    serve_status(step, 200);
    assert_true(turn_at(step, "shared"));
    assert_non_null(strstr(sheet_of(&pair, &pair.client), "MARKER"));
    assert_null(strstr(sheet_of(&pair, &pair.client), "NEW"));
    turn_end(&pair.place);
}

static void while_mending_everything_can_be_taken_back(void **state)
{
    struct pair pair;
    (void)state;
    pair_begin(&pair);
    both_share(&pair);
    serve_status(act(&pair, "/correct"), 200);
    const struct serve_reply *step = act(&pair, "/withdraw");
    serve_status(step, 200);
    assert_true(turn_at(step, "withdrawn"));
    assert_null(strstr(turn_get(&pair.place, &pair.professional, "/sheet")->text, "MARKER"));
    turn_end(&pair.place);
}

static void before_the_release_nothing_is_mended(void **state)
{
    struct pair pair;
    (void)state;
    pair_begin(&pair);
    assert_false(may(&pair, "may_correct"));
    const struct serve_reply *reply = act(&pair, "/correct");
    serve_status(reply, 409);
    assert_string_equal(serve_refusal(reply), "busy");
    assert_null(strstr(reply->text, "MARKER"));
    turn_end(&pair.place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_takes_everything_back_is_on_no_sheet_and_it_is_written_down),
        cmocka_unit_test(taking_back_again_is_harmless),
        cmocka_unit_test(before_the_release_it_can_be_taken_back_and_then_nothing_is_shown),
        cmocka_unit_test(a_page_that_is_behind_takes_nothing_back),
        cmocka_unit_test(what_is_mended_stands_on_the_sheet_after_the_next_yes_and_not_before),
        cmocka_unit_test(mending_that_is_left_leaves_all_as_it_was),
        cmocka_unit_test(while_mending_everything_can_be_taken_back),
        cmocka_unit_test(before_the_release_nothing_is_mended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
