/* What a person's page may not do, and what is made of what people write. */
#include "turn_scene.h"

static const char scripted[] = "<script>alert(1)</script> & \xE2\x80\xAE"
                               "dlrow";

/* -- values ----------------------------------------------------------------------------------- */

/* The fixture with seven kinds, begun. */
static const struct serve_reply *begin_kinds(struct turn_place *place, struct serve_browser *client)
{
    memset(place, 0, sizeof *place);
    serve_scene_begin(&place->scene, "tests/fixtures/instruments");
    turn_round(place, "kinds", "c-1");
    turn_sit(place, client, "client", NULL);
    return turn_post(place, client, "/begin", "{'language':'nl'}");
}

static void refused_as(const struct serve_reply *reply, const char *refusal)
{
    serve_status(reply, 422);
    assert_string_equal(serve_refusal(reply), "value");
    assert_string_equal(serve_text(reply, "refusal"), refusal);
    assert_true(serve_text(reply, "message")[0] != '\0');
}

static void a_value_that_does_not_fit_is_refused_in_the_persons_words(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    begin_kinds(&place, &client);
    const struct serve_reply *reply =
        turn_post(&place, &client, "/answer", "{'after':1,'id':'a','value':1001}");
    refused_as(reply, "range");
    assert_string_equal(serve_text(reply, "message"), "Dat is geen van de antwoorden.");
    refused_as(turn_post(&place, &client, "/answer", "{'after':1,'id':'a','value':'x'}"), "type");
    refused_as(turn_post(&place, &client, "/answer",
                         "{'after':1,'id':'a','value':{'value':5,'by':'nose'}}"),
               "type");
    refused_as(
        turn_post(&place, &client, "/answer", "{'after':1,'id':'a','value':{'missing':'why'}}"),
        "type");
    serve_status(turn_get(&place, &client, "/step"), 200);
    assert_int_equal(turn_seq(turn_get(&place, &client, "/step")), 1);
    turn_end(&place);
}

static void a_body_that_is_not_what_the_route_takes_is_refused_by_field(void **state)
{
    static const struct {
        const char *body, *field;
    } bodies[] = {
        { "{}", "after" },
        { "{'after':-1}", "after" },
        { "{'after':'1'}", "after" },
        { "{'after':1.5}", "after" },
        { "{'after':1,'id':''}", "id" },
        { "{'after':1,'id':'12345678901234567'}", "id" },
        { "{'after':1,'id':7}", "id" },
        { "{'after':1,'value':1}", "id" },
        { "{'after':1,'id':null,'value':1}", "id" },
        { "{'after':1,'id':'a'}", "value" },
        { "{'after':1,'id':'a','value':null}", "value" },
        { "{'after':1,'id':'a','person':'x','value':1}", "" },
    };
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    begin_kinds(&place, &client);
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        const struct serve_reply *reply =
            turn_post(&place, &client, "/answer", "%s", bodies[i].body);
        serve_status(reply, 422);
        assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(
                                turn_field(reply, "error"), "field")),
                            bodies[i].field);
    }
    turn_end(&place);
}

/* Answers each question up to the one of this id. */
static const struct serve_reply *up_to(struct turn_place *place, struct serve_browser *client,
                                       const struct serve_reply *step, const char *item)
{
    while (turn_at(step, "item") && !vb_streq(turn_item(step, "id"), item)) {
        step = turn_post(place, client, "/answer",
                         "{'after':%d,'id':'a%d','value':{'missing':'skipped'}}", turn_seq(step),
                         turn_seq(step));
        serve_status(step, 200);
    }
    return step;
}

/* -- pictures --------------------------------------------------------------------------------- */

static const char png[] =
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
    "\0\0\0\rIDATx\x9c"
    "c\xf8\xcf\xc0\xf0\x1f\0\5\0\1\xff\x89\x99=\x1d"
    "\0\0\0\0IEND\xae"
    "B`\x82";

static const struct serve_reply *send_picture(struct turn_place *place,
                                              struct serve_browser *browser, const char *item)
{
    char target[128];
    snprintf(target, sizeof target, "/api/v1/turn/image?item=%s", item);
    return serve_put(&place->scene, browser, "POST", target, "image/png", png, sizeof png - 1);
}

static void a_picture_is_kept_for_its_question_and_read_by_its_person_alone(void **state)
{
    struct turn_place place;
    struct serve_browser client, other;
    char mine[96], own[128];
    (void)state;
    const struct serve_reply *step = begin_kinds(&place, &client);
    serve_status(send_picture(&place, &client, "drawing"), 409); /* it does not wait */
    step = up_to(&place, &client, step, "drawing");
    const struct serve_reply *kept = send_picture(&place, &client, "drawing");
    serve_status(kept, 200);
    const char *digest =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(turn_field(kept, "value"), "blob"));
    assert_non_null(digest);
    snprintf(mine, sizeof mine, "/image/%s", digest);
    snprintf(own, sizeof own, "{'blob':'%s','type':'image/png'}", digest);
    const struct serve_reply *shown = turn_get(&place, &client, mine);
    serve_status(shown, 200);
    assert_string_equal(shown->type, "image/png");

    /* Somebody else of another round who knows the digest. */
    turn_round(&place, "kinds", "c-2");
    turn_sit(&place, &other, "client", NULL);
    const struct serve_reply *theirs =
        up_to(&place, &other, turn_post(&place, &other, "/begin", "{}"), "drawing");
    serve_status(turn_get(&place, &other, mine), 404);
    refused_as(turn_post(&place, &other, "/answer", "{'after':%d,'id':'a','value':%s}",
                         turn_seq(theirs), own),
               "type");
    serve_status(turn_post(&place, &client, "/answer", "{'after':%d,'id':'a','value':%s}",
                           turn_seq(step), own),
                 200);
    turn_end(&place);
}

/* One invitation must not take every connection. */
static void nobody_listens_with_more_pages_than_they_need(void **state)
{
    struct turn_place place;
    struct serve_browser client, second, professional;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_sit(&place, &second, "client", NULL);
    turn_sit(&place, &professional, "professional", NULL);
    for (int i = 0; i < VB_LIVE_STREAMS_EACH; i++)
        serve_status(turn_get(&place, i % 2 == 0 ? &client : &second, "/events"), 200);
    const struct serve_reply *reply = turn_get(&place, &client, "/events");
    serve_status(reply, 429);
    assert_string_equal(serve_refusal(reply), "tries");
    serve_status(turn_get(&place, &second, "/events"), 429);
    serve_status(turn_get(&place, &professional, "/events"), 200);
    serve_status(turn_get(&place, &client, ""), 200);
    turn_end(&place);
}

static void no_file_of_the_server_is_a_picture(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    const struct serve_reply *step =
        up_to(&place, &client, begin_kinds(&place, &client), "drawing");
    refused_as(turn_post(&place, &client, "/answer", "{'after':%d,'id':'a','value':{'file':'%s'}}",
                         turn_seq(step), "/etc/passwd"),
               "type");
    refused_as(turn_post(&place, &client, "/answer",
                         "{'after':%d,'id':'a','value':{'file':'a.png','keep':'give'}}",
                         turn_seq(step)),
               "type");
    serve_status(turn_get(&place, &client, "/picture/instrument.lua"), 404);
    serve_status(turn_get(&place, &client, "/picture/..%2f..%2fpasswd"), 404);
    refused_as(serve_put(&place.scene, &client, "POST", "/api/v1/turn/image?item=drawing",
                         "image/png", "GIF89a", 6),
               "file");
    turn_end(&place);
}

/* -- other people's --------------------------------------------------------------------------- */

static void a_seat_is_one_persons_whatever_the_page_asks(void **state)
{
    struct turn_place place;
    struct serve_browser client, professional, nobody = { 0 };
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_sit(&place, &professional, "professional", NULL);
    turn_fill(&place, &client, "MARKER");
    /* Their own session, whatever stands in the query. */
    const struct serve_reply *reply =
        turn_get(&place, &professional, "/step?session=1&role=client");
    serve_status(reply, 409);
    turn_post(&place, &professional, "/begin", "{}");
    reply = turn_get(&place, &professional, "/step?role=client");
    assert_null(strstr(reply->text, "MARKER"));
    serve_status(turn_get(&place, &nobody, "/step"), 401);
    snprintf(nobody.cookies[0], sizeof nobody.cookies[0], "verbond-seat=%s", place.round);
    serve_status(turn_get(&place, &nobody, "/step"), 401);
    turn_end(&place);
}

static void a_page_of_another_site_changes_nothing(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_post(&place, &client, "/begin", "{}");
    struct serve_browser elsewhere = client;
    elsewhere.site = "cross-site";
    serve_status(turn_post(&place, &elsewhere, "/answer", "{'after':1,'id':'a','value':4}"), 403);
    struct serve_browser without = client;
    without.token[0] = '\0';
    serve_status(turn_post(&place, &without, "/answer", "{'after':1,'id':'a','value':4}"), 403);
    assert_int_equal(turn_seq(turn_get(&place, &client, "/step")), 1);
    turn_end(&place);
}

/* -- what people write ------------------------------------------------------------------------ */

static void markup_stays_words_and_overrides_of_direction_are_no_more(void **state)
{
    struct turn_place place;
    struct serve_browser client, professional;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_sit(&place, &professional, "professional", NULL);
    const struct serve_reply *overview = turn_fill(&place, &client, scripted);
    assert_non_null(strstr(overview->text, "\xEF\xBF\xBD"
                                           "dlrow")); /* as it is shown */
    turn_share(&place, &client, overview);
    turn_share(&place, &professional, turn_fill(&place, &professional, "x"));
    const struct serve_reply *sheet = turn_get(&place, &professional, "/sheet");
    serve_status(sheet, 200);
    assert_null(strstr(sheet->text, "<script"));
    assert_null(strstr(sheet->text, "\xE2\x80\xAE"));
    assert_non_null(strstr(sheet->text, "&lt;script&gt;"));
    turn_end(&place);
}

static void an_invisible_character_is_refused(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    const struct serve_reply *step = up_to(&place, &client, begin_kinds(&place, &client), "words");
    refused_as(turn_post(&place, &client, "/answer", "{'after':%d,'id':'a','value':['a\\u0007b']}",
                         turn_seq(step)),
               "control");
    refused_as(turn_post(&place, &client, "/answer", "{'after':%d,'id':'a','value':['a','a']}",
                         turn_seq(step)),
               "twice");
    turn_end(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_that_does_not_fit_is_refused_in_the_persons_words),
        cmocka_unit_test(a_body_that_is_not_what_the_route_takes_is_refused_by_field),
        cmocka_unit_test(a_picture_is_kept_for_its_question_and_read_by_its_person_alone),
        cmocka_unit_test(nobody_listens_with_more_pages_than_they_need),
        cmocka_unit_test(no_file_of_the_server_is_a_picture),
        cmocka_unit_test(a_seat_is_one_persons_whatever_the_page_asks),
        cmocka_unit_test(a_page_of_another_site_changes_nothing),
        cmocka_unit_test(markup_stays_words_and_overrides_of_direction_are_no_more),
        cmocka_unit_test(an_invisible_character_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
