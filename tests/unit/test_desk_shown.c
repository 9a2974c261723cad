/* test_desk_shown.c - what is shown of a released round, to whom, and nothing before. */
#include "desk_scene.h"

static const char *const both[] = { "client", "professional", NULL };

static char *released(struct desk *desk, const char *words)
{
    char *id = desk_round(desk, "m-1", "menger-monitor");
    all_share(desk, id, both, words);
    return id;
}

/* -- before ----------------------------------------------------------------------------------- */

static void nothing_is_shown_before_the_release(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    answer_all(sit(&desk, id, "client", NULL), marker);
    refused(&desk, vb_api_sheet, id, NULL, 409, NULL);
    refused(&desk, vb_api_sheet_aloud, id, NULL, 409, NULL);
    refused(&desk, vb_api_sheet_audio, id, NULL, 409, NULL);
    refused(&desk, vb_api_result, id, NULL, 409, NULL);
    refused(&desk, vb_api_talk, id, NULL, 409, NULL);
    refused(&desk, vb_api_blob, id, NULL, 409, NULL);
    refused(&desk, vb_api_put_talk, id, "{\"revision\":0,\"talk\":{}}", 409, NULL);
    asked(&desk, vb_api_guide, id, NULL);
    assert_int_equal(audited(&desk, "sheet", "robin"), 0);
    free(id);
    desk_end(&desk);
}

/* -- the sheet -------------------------------------------------------------------------------- */

static void a_sheet_is_a_page_with_its_own_style_and_nothing_else(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = released(&desk, "<script>x</script>");
    const struct serve_reply *sheet = asked(&desk, vb_api_sheet, id, NULL);
    assert_non_null(strstr(sheet->type, "text/html"));
    const char *policy = serve_header(sheet, "Content-Security-Policy");
    assert_non_null(strstr(policy, "style-src 'sha256-"));
    assert_null(strstr(policy, "unsafe-inline"));
    assert_null(strstr(policy, "script-src"));
    assert_null(strstr(sheet->text, "<script"));
    assert_null(strstr(sheet->text, " style="));
    assert_int_equal(audited(&desk, "sheet", "robin"), 1);
    free(id);
    desk_end(&desk);
}

static void a_sheet_comes_by_role_language_and_revision(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = released(&desk, "words");
    const struct serve_reply *english = ask_with(&desk, vb_api_sheet, id, NULL, "lang=en", NULL);
    const struct serve_reply *dutch =
        ask_with(&desk, vb_api_sheet, id, NULL, "lang=nl&for=client&revision=1", NULL);
    serve_status(english, 200);
    serve_status(dutch, 200);
    assert_non_null(strstr(english->text, "<html lang=\"en\""));
    assert_non_null(strstr(dutch->text, "<html lang=\"nl\""));
    static const struct {
        const char *query, *field;
        int status;
    } wrong[] = {
        { "lang=xx", "lang", 422 },        { "for=nobody", "for", 422 },
        { "revision=0", "revision", 422 }, { "revision=x", "revision", 422 },
        { "revision=9", NULL, 404 },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct serve_reply *no =
            ask_with(&desk, vb_api_sheet, id, NULL, wrong[i].query, NULL);
        serve_status(no, wrong[i].status);
        assert_true(vb_streq(field_of(no), wrong[i].field));
    }
    free(id);
    desk_end(&desk);
}

static enum vb_code no_commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                              struct vb_err *err)
{
    (void)store;
    (void)changes;
    (void)count;
    return vb_fail(err, VB_E_IO, "the disk is gone");
}

static void what_cannot_be_audited_is_not_shown(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = released(&desk, marker);
    handler *const looks[] = { vb_api_sheet, vb_api_sheet_aloud, vb_api_result, vb_api_talk };
    struct vb_store_ops broken = *desk.scene.store->ops;
    const struct vb_store_ops *whole = desk.scene.store->ops;
    broken.commit = no_commit;
    desk.scene.store->ops = &broken;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        const struct serve_reply *reply = ask(&desk, looks[i], id, NULL);
        serve_status(reply, 503);
        assert_null(strstr(reply->text, "MARKER"));
    }
    desk.scene.store->ops = whole;
    free(id);
    desk_end(&desk);
}

static void of_a_picture_only_what_the_sheet_shows_is_given(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = released(&desk, "x");
    const struct serve_reply *other = ask_with(
        &desk, vb_api_blob, id,
        "sha256:0000000000000000000000000000000000000000000000000000000000000000", NULL, NULL);
    serve_status(other, 404);
    free(id);
    desk_end(&desk);
}

/* -- the talk ---------------------------------------------------------------------------------
 */

static void a_talk_is_written_by_who_saw_the_newest(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = released(&desk, "x");
    const struct serve_reply *empty = asked(&desk, vb_api_talk, id, NULL);
    assert_true(cJSON_IsNull(at(empty->json, "talk")));
    assert_int_equal(count_of(empty, "persons"), 2);
    static const char talk[] = "{\"revision\":1,\"talk\":{\"topic\":\"a "
                               "topic\",\"agreements\":[{\"who\":\"Sam\",\"what\":"
                               "\"calls\",\"when\":null}],\"goals\":[{\"text\":\"a "
                               "goal\",\"whose\":\"client\",\"term\":"
                               "\"short\",\"yes\":{\"client\":true}}],\"next\":\"2026-12-01\"}}";
    const struct serve_reply *put = asked(&desk, vb_api_put_talk, id, talk);
    assert_int_equal(at(put->json, "revision")->valueint, 2);
    assert_int_equal(audited(&desk, "talk", "robin"), 1);
    const struct serve_reply *again = ask(&desk, vb_api_put_talk, id, talk);
    serve_status(again, 409);
    assert_string_equal(serve_refusal(again), "conflict");
    const struct serve_reply *read = asked(&desk, vb_api_talk, id, NULL);
    const cJSON *goal = cJSON_GetArrayItem(at(at(read->json, "talk"), "goals"), 0);
    assert_string_equal(cJSON_GetStringValue(at(goal, "whose")), "client");
    assert_non_null(strstr(asked(&desk, vb_api_sheet, id, NULL)->text, "a topic"));
    free(id);
    desk_end(&desk);
}

static void what_does_not_fit_in_a_talk_is_refused_by_its_field(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = released(&desk, "x");
    static const struct {
        const char *talk, *field;
    } wrong[] = {
        { "{\"next\":\"some day\"}", "talk.next" },
        { "{\"agreements\":[{\"who\":\"Sam\"}]}", "talk.agreements[0].what" },
        { "{\"goals\":[{\"text\":\"t\",\"whose\":\"cliend\",\"term\":\"long\"}]}",
          "talk.goals[0].whose" },
        { "{\"more\":1}", "talk.more" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char body[256];
        snprintf(body, sizeof body, "{\"revision\":1,\"talk\":%s}", wrong[i].talk);
        refused(&desk, vb_api_put_talk, id, body, 422, wrong[i].field);
    }
    refused(&desk, vb_api_put_talk, id, "{\"talk\":{}}", 422, "revision");
    refused(&desk, vb_api_put_talk, id, "{\"revision\":1}", 422, "talk");
    free(id);
    desk_end(&desk);
}

/* -- another worker ---------------------------------------------------------------------------
 */

static void give_case(struct desk *desk, const char *case_id, const char *staff)
{
    assert_int_equal(vb_auth_give_case(desk->scene.serve.auth, staff, case_id, &desk->err), VB_OK);
}

static void what_was_shared_with_an_earlier_worker_is_not_shown_to_a_new_one(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *before = released(&desk, marker);
    serve_scene_pass(&desk.scene, 60000);
    give_case(&desk, "m-1", "noor");
    serve_scene_pass(&desk.scene, 1000);
    desk.who = &desk.noor;
    assert_true(is_true(asked(&desk, vb_api_round, before, NULL)->json, "shared_before"));
    refused(&desk, vb_api_sheet, before, NULL, 404, NULL);
    refused(&desk, vb_api_sheet_aloud, before, NULL, 404, NULL);
    refused(&desk, vb_api_result, before, NULL, 404, NULL);
    refused(&desk, vb_api_talk, before, NULL, 404, NULL);
    const struct serve_reply *nothing = asked(&desk, vb_api_history, "m-1", NULL);
    assert_int_equal(count_of(nothing, "instruments"), 0);
    char *after = desk_wave(&desk, "m-1", "menger-monitor", "t1");
    all_share(&desk, after, both, "x");
    asked(&desk, vb_api_sheet, after, NULL);
    const struct serve_reply *mine = asked(&desk, vb_api_history, "m-1", NULL);
    assert_null(strstr(mine->text, before));
    assert_non_null(strstr(mine->text, after));
    desk.who = &desk.robin;
    assert_false(is_true(asked(&desk, vb_api_round, before, NULL)->json, "shared_before"));
    asked(&desk, vb_api_sheet, before, NULL);
    free(before);
    free(after);
    desk_end(&desk);
}

/* Until somebody of the staff had it nobody of them worked with it; the next one is a new one. */
static void what_was_released_at_the_terminal_is_of_who_has_the_case_first(void **state)
{
    (void)state;
    struct desk desk;
    struct vb_plan *plan;
    struct vb_round *round;
    desk_begin(&desk);
    const struct vb_house *house = &desk.scene.house;
    assert_int_equal(house->plan(house->ctx, "menger-monitor", &plan, &desk.err), VB_OK);
    const struct vb_round_options options = { .case_id = "m-9" };
    if (vb_round_open(&round, desk.scene.store, &desk.scene.env, plan, &options, &desk.err) !=
            VB_OK ||
        vb_round_write(round, &desk.err) != VB_OK)
        fail_msg("%s", desk.err.text);
    vb_plan_release(plan);
    vb_live_adopt(desk.scene.serve.live, round);
    char *id = strdup(vb_round_row(round)->id);
    all_share(&desk, id, both, marker);
    serve_scene_pass(&desk.scene, 60000);
    refused(&desk, vb_api_round, id, NULL, 404, NULL);
    give_case(&desk, "m-9", "robin");
    assert_false(is_true(asked(&desk, vb_api_round, id, NULL)->json, "shared_before"));
    asked(&desk, vb_api_talk, id, NULL);
    assert_non_null(strstr(asked(&desk, vb_api_sheet, id, NULL)->text, marker));
    assert_int_equal(count_of(asked(&desk, vb_api_history, "m-9", NULL), "instruments"), 1);
    serve_scene_pass(&desk.scene, 60000);
    give_case(&desk, "m-9", "noor");
    desk.who = &desk.noor;
    refused(&desk, vb_api_talk, id, NULL, 404, NULL);
    free(id);
    desk_end(&desk);
}

/* -- over time --------------------------------------------------------------------------------
 */

static const cJSON *first(const cJSON *json, const char *name)
{
    const cJSON *one = cJSON_GetArrayItem(at(json, name), 0);
    assert_non_null(one);
    return one;
}

static void a_history_has_points_gaps_and_breaks(void **state)
{
    (void)state;
    struct desk desk;
    static const char *const client[] = { "client", NULL };
    desk_begin(&desk);
    char *ids[3];
    ids[0] = desk_round(&desk, "m-1", "menger-monitor");
    all_share(&desk, ids[0], both, "x");
    serve_scene_pass(&desk.scene, 1000);
    ids[1] = desk_wave(&desk, "m-1", "menger-monitor", "t1");
    struct vb_session *other = sit(&desk, ids[1], "professional", "Robin");
    answer_all(other, "x");
    assert_int_equal(share(other), VB_OK);
    all_share(&desk, ids[1], client, "x");
    serve_scene_pass(&desk.scene, 1000);
    ids[2] = desk_wave(&desk, "m-1", "menger-monitor", "t2");
    const struct serve_reply *reply = asked(&desk, vb_api_history, "m-1", NULL);
    const cJSON *monitor = first(reply->json, "instruments");
    const cJSON *waves = at(monitor, "waves");
    assert_int_equal(cJSON_GetArraySize(waves), 2);
    assert_false(is_true(cJSON_GetArrayItem(waves, 0), "break"));
    assert_true(is_true(cJSON_GetArrayItem(waves, 1), "break"));
    const cJSON *voices = at(first(monitor, "scales"), "voices");
    assert_int_equal(cJSON_GetArraySize(voices), 3);
    const cJSON *own = at(cJSON_GetArrayItem(voices, 0), "points");
    assert_int_equal(cJSON_GetArraySize(own), 2);
    assert_true(cJSON_IsNumber(cJSON_GetArrayItem(own, 0)));
    const cJSON *gap = at(cJSON_GetArrayItem(voices, 2), "points");
    assert_true(cJSON_IsNull(cJSON_GetArrayItem(gap, 0)) !=
                cJSON_IsNull(cJSON_GetArrayItem(gap, 1)));
    assert_int_equal(audited(&desk, "history", "robin"), 1);
    for (int i = 0; i < 3; i++)
        free(ids[i]);
    desk_end(&desk);
}

static void lines_that_stand_by_themselves_have_a_history_of_places(void **state)
{
    (void)state;
    struct desk desk;
    static const char *const client[] = { "client", NULL };
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "pulse");
    all_share(&desk, id, client, marker);
    const struct serve_reply *reply = asked(&desk, vb_api_history, "m-1", NULL);
    const cJSON *scales = at(first(reply->json, "instruments"), "scales");
    assert_int_equal(cJSON_GetArraySize(scales), 3);
    assert_true(is_true(cJSON_GetArrayItem(scales, 0), "place"));
    assert_non_null(strstr(reply->text, "[50.0]"));
    assert_null(strstr(reply->text, "MARKER"));
    free(id);
    desk_end(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_shown_before_the_release),
        cmocka_unit_test(a_sheet_is_a_page_with_its_own_style_and_nothing_else),
        cmocka_unit_test(a_sheet_comes_by_role_language_and_revision),
        cmocka_unit_test(what_cannot_be_audited_is_not_shown),
        cmocka_unit_test(of_a_picture_only_what_the_sheet_shows_is_given),
        cmocka_unit_test(a_talk_is_written_by_who_saw_the_newest),
        cmocka_unit_test(what_does_not_fit_in_a_talk_is_refused_by_its_field),
        cmocka_unit_test(what_was_shared_with_an_earlier_worker_is_not_shown_to_a_new_one),
        cmocka_unit_test(what_was_released_at_the_terminal_is_of_who_has_the_case_first),
        cmocka_unit_test(a_history_has_points_gaps_and_breaks),
        cmocka_unit_test(lines_that_stand_by_themselves_have_a_history_of_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
