/* test_talk.c - what people write down after the talk. */
#include "talk_fixture.h"

#include "base/str.h"
#include "data/json.h"
#include "store_place.h"

/* -- the record as JSON ----------------------------------------------------------------------- */

static enum vb_code read_record(const char *json, struct vb_talk_record *out,
                                struct vb_arena *arena, struct vb_err *err)
{
    cJSON *tree;
    assert_int_equal(vb_json_parse(&tree, json, strlen(json), 65536, err), VB_OK);
    enum vb_code code = vb_talk_record_read(out, arena, tree, err);
    cJSON_Delete(tree);
    return code;
}

static void a_record_is_read_as_it_is_written(void **state)
{
    (void)state;
    static const char json[] =
        "{\"topic\":\"geld\",\"agreements\":[{\"who\":\"Sam\",\"what\":\"belt\",\"when\":"
        "\"morgen\"},"
        "{\"who\":\"wij\",\"what\":\"eten\",\"when\":null}],"
        "\"goals\":[{\"text\":\"rust\",\"whose\":\"together\",\"term\":\"long\","
        "\"by\":\"2027-02-28\",\"yes\":{\"a\":true}}],\"next\":\"2026-12-12\"}";
    struct vb_talk_record record;
    struct vb_arena arena = { 0 };
    struct vb_buf out = { 0 };
    struct vb_err err;
    assert_int_equal(read_record(json, &record, &arena, &err), VB_OK);
    vb_talk_record_write(&out, vb_talk_record_copy(&arena, &record), NULL, 0);
    assert_string_equal(out.data, json);
    vb_buf_clear(&out);
    assert_int_equal(read_record("{}", &record, &arena, &err), VB_OK);
    vb_talk_record_write(&out, &record, NULL, 0);
    assert_string_equal(out.data, "{\"topic\":null,\"agreements\":[],\"goals\":[],\"next\":null}");
    vb_buf_finish(&out);
    vb_arena_finish(&arena);
}

static void who_did_not_say_yes_yet_is_written_where_everybody_is_known(void **state)
{
    (void)state;
    static const char *const everybody[] = { "a", "b" };
    struct vb_talk_record record;
    struct vb_arena arena = { 0 };
    struct vb_buf out = { 0 };
    struct vb_err err;
    read_record("{\"goals\":[{\"text\":\"t\",\"whose\":\"a\",\"term\":\"short\","
                "\"yes\":{\"b\":true,\"a\":false}}]}",
                &record, &arena, &err);
    assert_int_equal(record.goals[0].yes_count, 1);
    vb_talk_record_write(&out, &record, everybody, 2);
    assert_non_null(strstr(out.data, "\"yes\":{\"a\":false,\"b\":true}"));
    vb_buf_finish(&out);
    vb_arena_finish(&arena);
}

static void refuses_record(const char *json, const char *message)
{
    struct vb_talk_record record;
    struct vb_arena arena = { 0 };
    struct vb_err err = { 0 };
    assert_int_equal(read_record(json, &record, &arena, &err), VB_E_DATA);
    assert_string_equal(err.text, message);
    vb_arena_finish(&arena);
}

static void what_is_wrong_in_a_record_is_named_by_its_field(void **state)
{
    (void)state;
    struct vb_buf many = { 0 };
    refuses_record("[]", "wants an object, as {\"topic\": \"...\"}");
    refuses_record("{\"topics\":\"x\"}", "topics: no such field; did you mean topic?");
    refuses_record("{\"zzz\":1}", "zzz: no such field");
    refuses_record("{\"topic\":4}", "topic: wants a text in double quotes");
    refuses_record("{\"agreements\":{}}", "agreements: wants a list");
    refuses_record("{\"agreements\":[4]}", "agreements[0]: wants an object");
    refuses_record("{\"agreements\":[{\"who\":\"a\"}]}", "agreements[0].what: is missing");
    refuses_record("{\"agreements\":[{\"who\":\"a\",\"what\":\"b\",\"wen\":\"c\"}]}",
                   "agreements[0].wen: no such field; did you mean when?");
    refuses_record("{\"goals\":[{\"text\":\"t\",\"whose\":\"a\",\"term\":\"soon\"}]}",
                   "goals[0].term: wants \"short\" or \"long\"");
    refuses_record(
        "{\"goals\":[{\"text\":\"t\",\"whose\":\"a\",\"term\":\"long\",\"yes\":[\"a\"]}]}",
        "goals[0].yes: wants an object, as {\"client\": true, \"professional\": false}");
    refuses_record(
        "{\"goals\":[{\"text\":\"t\",\"whose\":\"a\",\"term\":\"long\",\"yes\":{\"a\":1}}]}",
        "goals[0].yes: wants true or false for each person");
    vb_buf_puts(&many, "{\"agreements\":[");
    for (int i = 0; i <= VB_AGREEMENTS_MAX; i++)
        vb_buf_printf(&many, "%s{\"who\":\"a\",\"what\":\"b\"}", i > 0 ? "," : "");
    vb_buf_puts(&many, "]}");
    refuses_record(many.data, "agreements: holds more than 12");
    vb_buf_finish(&many);
}

/* -- written down in a round ------------------------------------------------------------------ */

static void it_waits_for_the_release(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_talk_record record = two_agreements();
    begin(&scene, dyad());
    fill(join(&scene, "client", NULL), 4, "client");
    assert_int_equal(put(&scene, &record), VB_E_BUSY);
    assert_null(vb_round_talk(scene.round));
    end(&scene);
}

static void it_makes_a_revision_and_older_ones_keep_what_they_had(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_talk_record record = two_agreements();
    released(&scene);
    char *before = bytes_of(&scene, 0);
    put_well(&scene, &record);
    assert_string_equal(vb_round_talk(scene.round)->topic, "geld");
    char *first = bytes_of(&scene, 1), *second = bytes_of(&scene, 2);
    assert_string_equal(first, before);
    assert_non_null(strstr(second, "\"revision\":2,\"reason\":\"talk\""));
    assert_non_null(strstr(second, "\"topic\":\"geld\",\"agreements\":[{\"who\":\"Sam\","));
    record.topic = "werk";
    put_well(&scene, &record);
    char *third = bytes_of(&scene, 3), *again = bytes_of(&scene, 2);
    assert_non_null(strstr(third, "\"topic\":\"werk\""));
    assert_string_equal(again, second);
    restart(&scene);
    char *read = bytes_of(&scene, 2), *newest = bytes_of(&scene, 0);
    assert_string_equal(read, second);
    assert_string_equal(newest, third);
    assert_string_equal(vb_round_talk(scene.round)->topic, "werk");
    char *const all[] = { before, first, second, third, again, read, newest };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    end(&scene);
}

/* The questions that are asked together stay due, before and after what the talk gave. */
static void the_stage_together_goes_its_own_way(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_talk_record record = two_agreements();
    struct vb_session *together;
    released(&scene);
    put_well(&scene, &record);
    assert_true(vb_round_together_due(scene.round));
    assert_int_equal(vb_round_together(scene.round, &together, &scene.world.err), VB_OK);
    assert_string_equal(vb_session_view(together)->item->id, "joint");
    give(together, vb_value_int(5));
    record.topic = "half way";
    put_well(&scene, &record);
    assert_int_equal(vb_session_view(together)->at, VB_AT_OVERVIEW);
    share(together);
    assert_int_equal(vb_round_settle_together(scene.round, &scene.world.err), VB_OK);
    assert_false(vb_round_together_due(scene.round));
    record.topic = "at the end";
    put_well(&scene, &record);
    assert_int_equal(vb_session_state(together), VB_SESSION_SHARED);
    char *bytes = bytes_of(&scene, 0), *early = bytes_of(&scene, 2);
    assert_non_null(strstr(bytes, "\"topic\":\"at the end\""));
    assert_non_null(strstr(bytes, "\"together\":{\"joint\":{\"value\":5}}"));
    assert_non_null(strstr(early, "\"topic\":\"geld\""));
    assert_non_null(strstr(early, "\"together\":{}"));
    free(bytes);
    free(early);
    end(&scene);
}

static void a_plan_that_asks_nothing_together_never_looks_due(void **state)
{
    (void)state;
    struct scene scene;
    struct fixture f = fixture_begin();
    struct vb_talk_record record = two_agreements();
    fixture_ask(&f, fixture_item(&f, "one", VB_LIKERT), NULL);
    begin(&scene, fixture_end(&f));
    for (int i = 0; i < 2; i++) {
        struct vb_session *session = join(&scene, i == 0 ? "client" : "professional", NULL);
        give(session, vb_value_int(3));
        share(session);
    }
    assert_true(settle(&scene));
    put_well(&scene, &record);
    assert_false(vb_round_together_due(scene.round));
    restart(&scene);
    assert_false(vb_round_together_due(scene.round));
    assert_false(settle(&scene));
    assert_int_equal(vb_round_talk(scene.round)->agreement_count, 2);
    end(&scene);
}

static void refuses(struct scene *scene, const struct vb_talk_record *record, const char *message)
{
    assert_int_equal(put(scene, record), VB_E_DATA);
    assert_string_equal(scene->world.err.text, message);
}

static void what_does_not_fit_is_refused_by_its_field_and_changes_nothing(void **state)
{
    (void)state;
    struct scene scene;
    char long_text[VB_TALK_TEXT_MAX + 2];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    released(&scene);
    const char *client = person_at(&scene, 0);
    const char *const twice[] = { client, client }, *const stranger[] = { "nobody" };
    struct vb_agreement agreement = agreed[0];
    struct vb_goal goal = { "rust", "together", false, NULL, NULL, 0 };
    struct vb_talk_record one = { .agreements = &agreement, .agreement_count = 1 };
    struct vb_talk_record other = { .goals = &goal, .goal_count = 1 };
    refuses(&scene, &(struct vb_talk_record){ .topic = "" },
            "topic: there is nothing to see in it");
    refuses(&scene, &(struct vb_talk_record){ .topic = long_text },
            "topic: more than 500 characters");
    refuses(&scene, &(struct vb_talk_record){ .topic = "a\x1b[2J" },
            "topic: a control character is not allowed, new lines and tabs are");
    refuses(&scene, &(struct vb_talk_record){ .topic = "\xff" }, "topic: is not UTF-8");
    refuses(&scene, &(struct vb_talk_record){ .next = "2026-02-30" },
            "next: no such day; write it as \"2026-11-21\"");
    refuses(&scene, &(struct vb_talk_record){ .next = "soon" },
            "next: no such day; write it as \"2026-11-21\"");
    agreement.who = NULL;
    refuses(&scene, &one, "agreements[0].who: is missing");
    agreement = (struct vb_agreement){ "a\nb", "c", NULL };
    refuses(&scene, &one, "agreements[0].who: one line, without control characters");
    agreement = (struct vb_agreement){ "a", "c", " " };
    refuses(&scene, &one, "agreements[0].when: there is nothing to see in it");
    goal.whose = "somebody else";
    refuses(&scene, &other, "goals[0].whose: nobody of this round");
    goal = (struct vb_goal){ "rust", client, false, "2026-13-01", NULL, 0 };
    refuses(&scene, &other, "goals[0].by: no such day; write it as \"2026-11-21\"");
    goal = (struct vb_goal){ "rust", client, false, NULL, stranger, 1 };
    refuses(&scene, &other, "goals[0].yes: nobody of this round");
    goal = (struct vb_goal){ "rust", client, false, NULL, twice, 2 };
    refuses(&scene, &other, "goals[0].yes: somebody twice");
    one.agreement_count = VB_AGREEMENTS_MAX + 1;
    refuses(&scene, &one, "agreements: holds more than 12");
    assert_null(vb_round_talk(scene.round));
    assert_int_equal(result_code(&scene, 2), VB_E_ABSENT);
    goal = (struct vb_goal){ "rust\nthuis", client, true, "2027-02-28", twice, 1 };
    put_well(&scene, &other);
    end(&scene);
}

static void who_takes_it_all_back_takes_the_record_back_in_every_revision(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_talk_record record = two_agreements();
    released(&scene);
    put_well(&scene, &record);
    assert_int_equal(
        vb_round_withdraw(scene.round, person_at(&scene, 0), "somebody", &scene.world.err), VB_OK);
    assert_null(vb_round_talk(scene.round));
    char *then = bytes_of(&scene, 2), *now = bytes_of(&scene, 0);
    assert_null(strstr(then, "geld"));
    assert_null(strstr(now, "Sam"));
    record.topic = "written anew";
    put_well(&scene, &record);
    char *anew = bytes_of(&scene, 0);
    assert_non_null(strstr(anew, "written anew"));
    assert_non_null(vb_round_talk(scene.round));
    free(then);
    free(now);
    free(anew);
    end(&scene);
}

static void whose_wish_it_was_is_not_told_of_somebody_who_left(void **state)
{
    (void)state;
    struct scene scene;
    released(&scene);
    const char *client = person_at(&scene, 0), *worker = person_at(&scene, 1);
    const char *const yes[] = { client, worker };
    struct vb_goal goal = { "rust", worker, false, NULL, yes, 2 };
    struct vb_talk_record record = { .goals = &goal, .goal_count = 1 };
    assert_int_equal(vb_round_withdraw(scene.round, client, "x", &scene.world.err), VB_OK);
    refuses(&scene, &record, "goals[0].yes: nobody of this round");
    goal.whose = client;
    refuses(&scene, &record, "goals[0].whose: nobody of this round");
    end(&scene);
}

/* A commit that fails leaves record and revisions as they were. */
static void it_is_read_back_from_disk(void **state)
{
    struct scene scene;
    struct vb_talk_record record = two_agreements();
    world_begin(&scene.world);
    vb_store_destroy(scene.world.store);
    scene.world.store = place_open(*state);
    scene.plan = dyad();
    assert_int_equal(open_round(&scene, &(struct vb_round_options){ .case_id = "c-1" }), VB_OK);
    release(&scene);
    put_well(&scene, &record);
    char *written = bytes_of(&scene, 0);
    char *id = vb_strdup(vb_round_row(scene.round)->id);
    vb_round_destroy(scene.round);
    scene.world.store = place_reopen(*state, scene.world.store);
    struct vb_arena arena = { 0 };
    struct vb_round_row row;
    assert_int_equal(vb_store_find_round(scene.world.store, id, &arena, &row, &scene.world.err),
                     VB_OK);
    assert_int_equal(vb_round_load(&scene.round, scene.world.store, &scene.world.env, scene.plan,
                                   &row, &scene.world.err),
                     VB_OK);
    char *read = bytes_of(&scene, 0);
    assert_string_equal(read, written);
    vb_arena_finish(&arena);
    free(written);
    free(read);
    free(id);
    end(&scene);
}

/* -- the next round --------------------------------------------------------------------------- */

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_read_as_it_is_written),
        cmocka_unit_test(who_did_not_say_yes_yet_is_written_where_everybody_is_known),
        cmocka_unit_test(what_is_wrong_in_a_record_is_named_by_its_field),
        cmocka_unit_test(it_waits_for_the_release),
        cmocka_unit_test(it_makes_a_revision_and_older_ones_keep_what_they_had),
        cmocka_unit_test(the_stage_together_goes_its_own_way),
        cmocka_unit_test(a_plan_that_asks_nothing_together_never_looks_due),
        cmocka_unit_test(what_does_not_fit_is_refused_by_its_field_and_changes_nothing),
        cmocka_unit_test(who_takes_it_all_back_takes_the_record_back_in_every_revision),
        cmocka_unit_test(whose_wish_it_was_is_not_told_of_somebody_who_left),
        cmocka_unit_test_setup_teardown(it_is_read_back_from_disk, place_set_up, place_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
