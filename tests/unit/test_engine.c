/* test_engine.c - the engine as another program uses it: rounds, steps, verbs, what is refused. */
#include "engine_scene.h"

/* -- a round ---------------------------------------------------------------------------------- */

static void two_persons_fill_in_and_the_round_is_released(void **state)
{
    (void)state;
    struct scene scene;
    char *text;
    size_t len;
    begin(&scene);
    fill_and_share(&scene, "client", "4");
    assert_int_equal(vb_engine_round_state(scene.round), VB_ENGINE_ROUND_OPEN);
    fill_and_share(&scene, "professional", "2");
    assert_int_equal(vb_engine_round_state(scene.round), VB_ENGINE_ROUND_RELEASED);
    fine(vb_engine_result(scene.round, NULL, &text, &len, &error));
    assert_int_equal(strlen(text), len);
    holds(text, "\"schema\":\"verbond.result/1\"");
    fine(vb_engine_sheet(scene.round, NULL, &text, NULL, &error));
    assert_non_null(strstr(text, "menger-monitor"));
    vb_engine_free(text);
    const struct vb_engine_sheet_options html = { .size = sizeof html, .html = 1 };
    fine(vb_engine_sheet(scene.round, &html, &text, NULL, &error));
    holds(text, "<!doctype html>");
    fine(vb_engine_round_json(scene.round, &text, NULL, &error));
    holds(text, "\"state\":\"released\"");
    end(&scene);
}

static void a_result_before_the_release_is_not_now(void **state)
{
    (void)state;
    struct scene scene;
    char *text = (char *)"";
    begin(&scene);
    refused(vb_engine_result(scene.round, NULL, &text, NULL, &error), VB_ENGINE_NOT_NOW);
    assert_null(text);
    fill_and_share(&scene, "client", "4");
    refused(vb_engine_result(scene.round, NULL, &text, NULL, &error), VB_ENGINE_NOT_NOW);
    says("not released");
    refused(vb_engine_sheet(scene.round, NULL, &text, NULL, &error), VB_ENGINE_NOT_NOW);
    end(&scene);
}

static void a_result_has_the_parts_and_the_purpose_that_were_asked_for(void **state)
{
    (void)state;
    struct scene scene;
    char *text;
    struct vb_engine_result_options wanted = { .size = sizeof wanted, .content = "scores" };
    begin(&scene);
    fill_and_share(&scene, "client", "4");
    fill_and_share(&scene, "professional", "4");
    fine(vb_engine_result(scene.round, &wanted, &text, NULL, &error));
    assert_null(strstr(text, "\"items\":{\""));
    holds(text, "\"content\":\"scores\"");
    wanted.content = NULL;
    wanted.purpose = "research";
    refused(vb_engine_result(scene.round, &wanted, &text, NULL, &error), VB_ENGINE_NOT_NOW);
    wanted.purpose = "curiosity";
    refused(vb_engine_result(scene.round, &wanted, &text, NULL, &error), VB_ENGINE_MISUSE);
    wanted.purpose = NULL;
    wanted.revision = 7;
    refused(vb_engine_result(scene.round, &wanted, &text, NULL, &error), VB_ENGINE_ABSENT);
    end(&scene);
}

/* -- the step --------------------------------------------------------------------------------- */

static void a_step_has_the_question_in_the_persons_language(void **state)
{
    (void)state;
    struct scene scene;
    char *json;
    begin(&scene);
    struct vb_engine_person *person = join(&scene, "client");
    struct vb_engine_step step = at(person);
    assert_int_equal(step.at, VB_ENGINE_AT_QUESTION);
    assert_string_equal(step.kind, "likert");
    assert_non_null(step.item);
    assert_int_equal(step.choice_count, 5);
    assert_int_equal(step.choice_size, sizeof(struct vb_engine_choice));
    assert_int_equal(step.choices[0].value, 1);
    assert_null(step.choices[0].id);
    assert_string_equal(step.min, "1");
    assert_string_equal(step.max, "5");
    assert_int_equal(step.number, 1);
    assert_false(step.can_back);
    assert_true(step.can_skip && step.can_dont_know && step.can_rather_not_say);
    assert_null(strchr(step.text, '{'));
    fine(vb_engine_step_json(person, &json, NULL, &error));
    assert_non_null(strstr(json, "\"at\":\"question\""));
    holds(json, step.item);
    fine(vb_engine_opening(person, &json, NULL, &error));
    assert_true(strlen(json) > 100);
    vb_engine_free(json);
    assert_non_null(vb_engine_person_id(person));
    vb_engine_person_close(&person);
    end(&scene);
}

static void going_back_offers_what_was_said(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    struct vb_engine_person *person = join(&scene, "client");
    fine(answer(person, "3"));
    assert_true(at(person).can_back);
    fine(vb_engine_back(person, at(person).seq, NULL, NULL, &error));
    assert_string_equal(at(person).offered, "3");
    assert_int_equal(at(person).number, 1);
    vb_engine_person_close(&person);
    end(&scene);
}

static void the_overview_lists_changes_and_holds_back(void **state)
{
    (void)state;
    struct scene scene;
    char *text;
    char first[64];
    begin(&scene);
    struct vb_engine_person *person = join(&scene, "client");
    snprintf(first, sizeof first, "%s", at(person).item);
    fill(person, "4");
    fine(vb_engine_change(person, at(person).seq, first, NULL, "{\"missing\":\"dont_know\"}", NULL,
                          NULL, &error));
    fine(vb_engine_overview_json(person, &text, NULL, &error));
    holds(text, "\"missing\":\"dont_know\",\"held\":false");
    fine(vb_engine_hold(person, at(person).seq, first, NULL, 1, NULL, NULL, &error));
    fine(vb_engine_overview_json(person, &text, NULL, &error));
    holds(text, "\"missing\":\"dont_know\",\"held\":true");
    refused(vb_engine_change(person, at(person).seq, "no.such", NULL, "4", NULL, NULL, &error),
            VB_ENGINE_DATA);
    assert_string_equal(error.field, "no.such");
    refused(vb_engine_hold(person, at(person).seq, first, "youth:Sam", 1, NULL, NULL, &error),
            VB_ENGINE_DATA);
    vb_engine_person_close(&person);
    end(&scene);
}

/* -- what is refused -------------------------------------------------------------------------- */

static void a_value_that_does_not_fit_names_its_item_and_saves_nothing(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    struct vb_engine_person *person = join(&scene, "client");
    int64_t before = at(person).seq;
    const char *item = at(person).item;
    refused(vb_engine_answer(person, before, "7", NULL, NULL, &error), VB_ENGINE_DATA);
    assert_string_equal(error.field, item);
    says("1..5");
    refused(answer(person, "{4"), VB_ENGINE_DATA);
    assert_string_equal(error.field, "value");
    refused(answer(person, NULL), VB_ENGINE_DATA);
    assert_int_equal(at(person).seq, before);
    fine(answer(person, "4"));
    assert_int_equal(error.code, VB_ENGINE_OK);
    assert_int_equal(error.text[0], '\0');
    vb_engine_person_close(&person);
    end(&scene);
}

static void an_answer_to_a_step_that_is_gone_is_a_conflict(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    struct vb_engine_person *person = join(&scene, "client");
    int64_t first = at(person).seq;
    fine(answer(person, "4"));
    refused(vb_engine_answer(person, first, "5", NULL, NULL, &error), VB_ENGINE_CONFLICT);
    refused(vb_engine_share(person, at(person).seq, NULL, NULL, NULL, &error), VB_ENGINE_DATA);
    refused(vb_engine_change(person, at(person).seq, "trust.report", NULL, "4", NULL, NULL, &error),
            VB_ENGINE_CONFLICT);
    fill(person, "4");
    refused(answer(person, "4"), VB_ENGINE_CONFLICT);
    share(person);
    refused(answer(person, "4"), VB_ENGINE_CONFLICT);
    vb_engine_person_close(&person);
    end(&scene);
}

static void what_is_closed_answers_misuse_and_may_be_closed_again(void **state)
{
    (void)state;
    struct scene scene;
    char *text;
    begin(&scene);
    struct vb_engine_person *person = join(&scene, "client");
    int64_t seq = at(person).seq;
    vb_engine_round_close(&scene.round);
    vb_engine_round_close(&scene.round);
    refused(vb_engine_answer(person, seq, "4", NULL, NULL, &error), VB_ENGINE_MISUSE);
    says("closed");
    refused(vb_engine_overview_json(person, &text, NULL, &error), VB_ENGINE_MISUSE);
    assert_null(vb_engine_person_id(person));
    vb_engine_person_close(&person);
    vb_engine_person_close(&person);
    fine(vb_engine_begin(scene.engine, scene.instrument, NULL, &scene.round, &error));
    assert_int_equal(vb_engine_close(&scene.engine, NULL, NULL), VB_ENGINE_OK);
    assert_int_equal(vb_engine_close(&scene.engine, NULL, NULL), VB_ENGINE_OK);
    refused(vb_engine_result(scene.round, NULL, &text, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_release(scene.round, &error), VB_ENGINE_MISUSE);
    assert_null(vb_engine_round_id(scene.round));
    end(&scene);
}

static void an_ended_round_takes_no_answer(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    struct vb_engine_person *person = join(&scene, "client");
    fill(person, "4");
    fine(vb_engine_stop(person, at(person).seq, NULL, NULL, &error));
    assert_int_equal(at(person).at, VB_ENGINE_AT_STOPPED);
    refused(vb_engine_release(scene.round, &error), VB_ENGINE_NOT_NOW);
    fine(vb_engine_end(scene.round, &error));
    assert_int_equal(vb_engine_round_state(scene.round), VB_ENGINE_ROUND_ENDED);
    refused(vb_engine_end(scene.round, &error), VB_ENGINE_NOT_NOW);
    refused(answer(person, "4"), VB_ENGINE_CONFLICT);
    vb_engine_person_close(&person);
    end(&scene);
}

static void what_is_not_there_is_named(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_engine_instrument *none;
    struct vb_engine_round *round;
    struct vb_engine_person *person;
    struct vb_engine_round_options options = { .size = sizeof options, .case_id = "Jan Jansen" };
    struct vb_engine_join who = { .size = sizeof who, .role = "cliënt" };
    begin(&scene);
    refused(vb_engine_load(scene.engine, "no-such", &none, &error), VB_ENGINE_ABSENT);
    says("no-such");
    refused(vb_engine_load(scene.engine, "tests/fixtures/broken", &none, &error), VB_ENGINE_ABSENT);
    refused(vb_engine_resume(scene.engine, "abcdefgh", &round, &error), VB_ENGINE_ABSENT);
    refused(vb_engine_begin(scene.engine, scene.instrument, &options, &round, &error),
            VB_ENGINE_MISUSE);
    says("case_id");
    refused(vb_engine_join(scene.round, &who, &person, NULL, NULL, &error), VB_ENGINE_DATA);
    assert_null(person);
    who.role = "client";
    who.language = "xx";
    refused(vb_engine_join(scene.round, &who, &person, NULL, NULL, &error), VB_ENGINE_DATA);
    assert_string_equal(error.field, "language");
    who.size = 0;
    refused(vb_engine_join(scene.round, &who, &person, NULL, NULL, &error), VB_ENGINE_MISUSE);
    end(&scene);
}

static void one_person_has_one_handle_at_a_time(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_engine_person *second;
    const struct vb_engine_join who = { .size = sizeof who, .role = "client" };
    begin(&scene);
    struct vb_engine_person *first = join(&scene, "client");
    fine(answer(first, "4"));
    refused(vb_engine_join(scene.round, &who, &second, NULL, NULL, &error), VB_ENGINE_NOT_NOW);
    vb_engine_person_close(&first);
    second = join(&scene, "client");
    assert_int_equal(at(second).number, 2); /* goes on where they were */
    vb_engine_person_close(&second);
    end(&scene);
}

/* A program that was built with an older, shorter header: what it does not know is not written. */
static void a_shorter_struct_is_filled_as_far_as_it_goes(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_engine_step step;
    begin(&scene);
    struct vb_engine_person *person = join(&scene, "client");
    memset(&step, 0x5a, sizeof step);
    step.size = offsetof(struct vb_engine_step, says);
    fine(vb_engine_step(person, &step, &error));
    assert_int_equal(step.at, VB_ENGINE_AT_QUESTION);
    assert_int_equal(step.say_count, 0x5a5a5a5a5a5a5a5aull);
    assert_int_equal(step.stands, 0x5a5a5a5a);
    vb_engine_person_close(&person);
    end(&scene);
}

static void an_instrument_with_errors_is_named_with_file_and_line(void **state)
{
    (void)state;
    struct vb_engine *engine;
    struct vb_engine_instrument *instrument;
    fine(vb_engine_open(&engine, NULL, &error));
    refused(vb_engine_load(engine, "tests/fixtures/broken/bad-ids", &instrument, &error),
            VB_ENGINE_DATA);
    assert_null(instrument);
    assert_non_null(strstr(error.file, "bad-ids/instrument.lua"));
    assert_true(error.line > 1);
    says("the first: ");
    assert_int_equal(vb_engine_close(&engine, NULL, NULL), VB_ENGINE_OK);
}

static struct vb_engine_person *join_as(struct scene *scene, const char *role, const char *label)
{
    const struct vb_engine_join who = { .size = sizeof who, .role = role, .label = label };
    struct vb_engine_person *person;
    fine(vb_engine_join(scene->round, &who, &person, NULL, NULL, &error));
    return person;
}

static void a_family_is_named_asked_and_released_by_somebody(void **state)
{
    (void)state;
    struct scene scene;
    char *text;
    bool about_sam = false;
    begin_with(&scene, NULL, "tests/fixtures/instruments/family");
    fine(vb_engine_name(scene.round, "relative", "Sam", &error));
    refused(vb_engine_name(scene.round, "nobody", "Sam", &error), VB_ENGINE_DATA);
    struct vb_engine_person *people[] = { join_as(&scene, "professional", NULL),
                                          join_as(&scene, "relative", "Kim") };
    for (int i = 0; i < 2; i++) {
        while (at(people[i]).at == VB_ENGINE_AT_QUESTION) {
            const struct vb_engine_step step = at(people[i]);
            about_sam |= step.member != NULL && strcmp(step.member, "relative:Sam") == 0;
            fine(answer(people[i], "null"));
        }
        share(people[i]);
        vb_engine_person_close(&people[i]);
    }
    assert_true(about_sam);
    assert_int_equal(vb_engine_round_state(scene.round), VB_ENGINE_ROUND_OPEN);
    fine(vb_engine_release(scene.round, &error));
    refused(vb_engine_release(scene.round, &error), VB_ENGINE_NOT_NOW);
    fine(vb_engine_round_json(scene.round, &text, NULL, &error));
    holds(text, "\"label\":\"Sam\",\"ready\":false");
    end(&scene);
}

/* -- the rest --------------------------------------------------------------------------------- */

static void the_version_is_the_headers(void **state)
{
    (void)state;
    assert_int_equal(vb_engine_version_number(), VB_ENGINE_VERSION_NUMBER);
    assert_string_equal(vb_engine_version(), VERBOND_VERSION);
    assert_string_equal(vb_engine_code_name(VB_ENGINE_NOT_NOW), "not now");
    assert_string_equal(vb_engine_code_name(99), "no such code");
}

static void somebody_takes_back_what_they_gave(void **state)
{
    (void)state;
    struct scene scene;
    char *text;
    begin(&scene);
    fill_and_share(&scene, "client", "4");
    fill_and_share(&scene, "professional", "4");
    struct vb_engine_person *person = join(&scene, "client");
    fine(vb_engine_correct(person, &error));
    assert_int_equal(at(person).at, VB_ENGINE_AT_OVERVIEW);
    assert_true(at(person).stands);
    share(person);
    fine(vb_engine_withdraw(person, &error));
    assert_int_equal(at(person).at, VB_ENGINE_AT_WITHDRAWN);
    fine(vb_engine_result(scene.round, NULL, &text, NULL, &error));
    assert_non_null(strstr(text, "\"state\":\"not_filled_in\""));
    holds(text, "\"reason\":\"withdrawn\"");
    vb_engine_person_close(&person);
    end(&scene);
}

static void a_yes_is_only_for_what_is_there(void **state)
{
    (void)state;
    struct scene scene;
    const char *const odd[] = { "dossier", "curiosity" };
    struct vb_engine_sharing yes = { .size = sizeof yes, .purposes = odd, .purpose_count = 2 };
    begin(&scene);
    struct vb_engine_person *person = join(&scene, "client");
    fill(person, "4");
    refused(vb_engine_share(person, at(person).seq, &yes, NULL, NULL, &error), VB_ENGINE_DATA);
    assert_string_equal(error.field, "purposes");
    yes.purpose_count = 1;
    yes.private_scales = odd;
    yes.private_count = 1;
    refused(vb_engine_share(person, at(person).seq, &yes, NULL, NULL, &error), VB_ENGINE_DATA);
    assert_string_equal(error.field, "private_scales");
    yes.private_count = 0;
    fine(vb_engine_share(person, at(person).seq, &yes, NULL, NULL, &error));
    vb_engine_person_close(&person);
    end(&scene);
}

static void an_out_that_is_null_is_misuse_and_null_may_be_closed(void **state)
{
    struct scene scene;
    (void)state;
    begin(&scene);
    struct vb_engine_person *person = join(&scene, "client");
    const struct vb_engine_join who = { .size = sizeof who, .role = "professional" };
    refused(vb_engine_open(NULL, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_load(scene.engine, "menger-monitor", NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_instrument_json(scene.instrument, NULL, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_begin(scene.engine, scene.instrument, NULL, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_resume(scene.engine, "aaaa", NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_round_json(scene.round, NULL, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_join(scene.round, &who, NULL, NULL, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_together(scene.round, NULL, NULL, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_opening(person, NULL, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_step(person, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_step_json(person, NULL, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_overview_json(person, NULL, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_result(scene.round, NULL, NULL, NULL, &error), VB_ENGINE_MISUSE);
    refused(vb_engine_sheet(scene.round, NULL, NULL, NULL, &error), VB_ENGINE_MISUSE);
    vb_engine_person_close(NULL);
    vb_engine_round_close(NULL);
    vb_engine_instrument_close(NULL);
    assert_int_equal(vb_engine_close(NULL, NULL, NULL), VB_ENGINE_OK);
    vb_engine_person_close(&person);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_persons_fill_in_and_the_round_is_released),
        cmocka_unit_test(a_result_before_the_release_is_not_now),
        cmocka_unit_test(a_result_has_the_parts_and_the_purpose_that_were_asked_for),
        cmocka_unit_test(a_step_has_the_question_in_the_persons_language),
        cmocka_unit_test(going_back_offers_what_was_said),
        cmocka_unit_test(the_overview_lists_changes_and_holds_back),
        cmocka_unit_test(a_value_that_does_not_fit_names_its_item_and_saves_nothing),
        cmocka_unit_test(an_answer_to_a_step_that_is_gone_is_a_conflict),
        cmocka_unit_test(what_is_closed_answers_misuse_and_may_be_closed_again),
        cmocka_unit_test(an_ended_round_takes_no_answer),
        cmocka_unit_test(what_is_not_there_is_named),
        cmocka_unit_test(one_person_has_one_handle_at_a_time),
        cmocka_unit_test(a_shorter_struct_is_filled_as_far_as_it_goes),
        cmocka_unit_test(an_instrument_with_errors_is_named_with_file_and_line),
        cmocka_unit_test(a_family_is_named_asked_and_released_by_somebody),
        cmocka_unit_test(the_version_is_the_headers),
        cmocka_unit_test(somebody_takes_back_what_they_gave),
        cmocka_unit_test(a_yes_is_only_for_what_is_there),
        cmocka_unit_test(an_out_that_is_null_is_misuse_and_null_may_be_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
