/* test_engine.c - the engine as another program uses it: nothing of core is named here. */
#include "tests.h"

#include <uv.h>

#include "include/verbond/engine.h"
#include "store_place.h"

static struct vb_engine_error error = { .size = sizeof error };

/* -- a pair, in memory or in a folder --------------------------------------------------------- */

struct scene {
    struct vb_engine *engine;
    struct vb_engine_instrument *instrument;
    struct vb_engine_round *round;
};

static void fine(int code)
{
    if (code != VB_ENGINE_OK)
        print_error("%s: %s\n", vb_engine_code_name(code), error.text);
    assert_int_equal(code, VB_ENGINE_OK);
}

static void refused(int code, int wanted)
{
    if (code != wanted)
        print_error("%s: %s\n", vb_engine_code_name(code), error.text);
    assert_int_equal(code, wanted);
    assert_int_equal(error.code, wanted);
    assert_true(error.text[0] != '\0');
}

static void says(const char *text)
{
    if (strstr(error.text, text) == NULL)
        print_error("\"%s\" does not say: %s\n", error.text, text);
    assert_non_null(strstr(error.text, text));
}

static void begin_with(struct scene *scene, const struct vb_engine_options *options,
                       const char *instrument)
{
    *scene = (struct scene){ 0 };
    fine(vb_engine_open(&scene->engine, options, &error));
    fine(vb_engine_load(scene->engine, instrument, &scene->instrument, &error));
    fine(vb_engine_begin(scene->engine, scene->instrument, NULL, &scene->round, &error));
}

static void begin(struct scene *scene)
{
    begin_with(scene, NULL, "menger-monitor");
}

static void end(struct scene *scene)
{
    vb_engine_round_close(&scene->round);
    vb_engine_instrument_close(&scene->instrument);
    assert_int_equal(vb_engine_close(&scene->engine, NULL, NULL), VB_ENGINE_OK);
}

static struct vb_engine_person *join(struct scene *scene, const char *role)
{
    const struct vb_engine_join who = { .size = sizeof who, .role = role, .language = "en" };
    struct vb_engine_person *person;
    fine(vb_engine_join(scene->round, &who, &person, NULL, NULL, &error));
    return person;
}

static struct vb_engine_step at(struct vb_engine_person *person)
{
    struct vb_engine_step step = { .size = sizeof step };
    fine(vb_engine_step(person, &step, &error));
    return step;
}

static int answer(struct vb_engine_person *person, const char *value)
{
    return vb_engine_answer(person, at(person).seq, value, NULL, NULL, &error);
}

/* To the overview: likerts get value, the rest is skipped. */
static void fill(struct vb_engine_person *person, const char *value)
{
    while (at(person).at == VB_ENGINE_AT_QUESTION)
        fine(answer(person, strcmp(at(person).kind, "likert") == 0 ? value : "null"));
    assert_int_equal(at(person).at, VB_ENGINE_AT_OVERVIEW);
}

static void share(struct vb_engine_person *person)
{
    fine(vb_engine_share(person, at(person).seq, NULL, NULL, NULL, &error));
}

static void fill_and_share(struct scene *scene, const char *role, const char *value)
{
    struct vb_engine_person *person = join(scene, role);
    fill(person, value);
    share(person);
    vb_engine_person_close(&person);
}

static void holds(char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        print_error("%s\nlacks %s\n", text, part);
    assert_non_null(strstr(text, part));
    vb_engine_free(text);
}

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

/* -- a folder --------------------------------------------------------------------------------- */

struct folder {
    char *data, *key;
    struct vb_engine_options options;
};

static void folder_begin(struct folder *folder, void *place)
{
    folder->data = place_path(place, "data");
    folder->key = place_path(place, "key");
    folder->options = (struct vb_engine_options){
        .size = sizeof folder->options, .data = folder->data, .key_file = folder->key, .by = "test"
    };
}

static void folder_end(struct folder *folder)
{
    free(folder->data);
    free(folder->key);
}

static void a_round_goes_on_in_another_engine(void **state)
{
    struct folder folder;
    struct scene scene;
    char id[64];
    folder_begin(&folder, *state);
    begin_with(&scene, &folder.options, "menger-monitor");
    fill_and_share(&scene, "client", "4");
    snprintf(id, sizeof id, "%s", vb_engine_round_id(scene.round));
    end(&scene);
    fine(vb_engine_open(&scene.engine, &folder.options, &error));
    fine(vb_engine_resume(scene.engine, id, &scene.round, &error));
    fill_and_share(&scene, "professional", "4");
    assert_int_equal(vb_engine_round_state(scene.round), VB_ENGINE_ROUND_RELEASED);
    end(&scene);
    folder_end(&folder);
}

static void a_folder_is_open_once_and_wants_its_own_key(void **state)
{
    struct folder folder;
    struct scene scene;
    struct vb_engine *second;
    folder_begin(&folder, *state);
    begin_with(&scene, &folder.options, "menger-monitor");
    fill_and_share(&scene, "client", "4");
    refused(vb_engine_open(&second, &folder.options, &error), VB_ENGINE_NOT_NOW);
    assert_string_equal(error.file, folder.data);
    assert_null(second);
    end(&scene);
    char *other = place_path(*state, "other"), *elsewhere = place_path(*state, "elsewhere");
    struct vb_engine_options options = folder.options;
    options.key_file = other;
    options.data = elsewhere;
    fine(vb_engine_open(&second, &options, &error));
    assert_int_equal(vb_engine_close(&second, NULL, NULL), VB_ENGINE_OK);
    options.data = folder.data;
    refused(vb_engine_open(&second, &options, &error), VB_ENGINE_CONFIG);
    assert_string_equal(error.file, other);
    free(other);
    free(elsewhere);
    folder_end(&folder);
}

static void two_engines_live_in_one_process(void **state)
{
    struct folder folder;
    struct scene one, other;
    folder_begin(&folder, *state);
    begin_with(&one, &folder.options, "menger-monitor");
    begin(&other);
    fill_and_share(&one, "client", "4");
    fill_and_share(&other, "client", "2");
    assert_string_not_equal(vb_engine_round_id(one.round), vb_engine_round_id(other.round));
    end(&one);
    fill_and_share(&other, "professional", "2");
    assert_int_equal(vb_engine_round_state(other.round), VB_ENGINE_ROUND_RELEASED);
    end(&other);
    folder_end(&folder);
}

static void opening_and_closing_a_hundred_times_leaves_nothing(void **state)
{
    struct folder folder;
    struct vb_engine *engine;
    folder_begin(&folder, *state);
    for (int i = 0; i < 100; i++) {
        fine(vb_engine_open(&engine, i % 2 == 0 ? &folder.options : NULL, &error));
        assert_int_equal(vb_engine_close(&engine, NULL, NULL), VB_ENGINE_OK);
    }
    folder_end(&folder);
}

/* -- a caller's loop -------------------------------------------------------------------------- */

struct visitor { /* one person on the loop */
    struct loop_scene *scene;
    struct vb_engine_person *person;
    int done;
    bool inside; /* a call into the engine is running */
};
struct loop_scene {
    struct scene scene;
    uv_loop_t loop;
    uv_timer_t timer;
    int ticks;
    bool closed, in_callback;
    struct visitor visitors[2];
};

static void on_closed(void *ctx)
{
    ((struct loop_scene *)ctx)->closed = true;
}

static void on_tick(uv_timer_t *timer)
{
    ((struct loop_scene *)timer->data)->ticks++;
}

static void loop_begin(struct loop_scene *scene, const struct vb_engine_options *base,
                       const char *instrument)
{
    struct vb_engine_options options = base == NULL ? (struct vb_engine_options){ 0 } : *base;
    *scene = (struct loop_scene){ .ticks = 0 };
    assert_int_equal(uv_loop_init(&scene->loop), 0);
    uv_timer_init(&scene->loop, &scene->timer);
    scene->timer.data = scene;
    uv_timer_start(&scene->timer, on_tick, 0, 1);
    options.size = sizeof options;
    options.loop = &scene->loop;
    begin_with(&scene->scene, &options, instrument);
}

static void loop_close_engine(struct loop_scene *scene)
{
    for (int i = 0; i < 2; i++)
        vb_engine_person_close(&scene->visitors[i].person);
    vb_engine_round_close(&scene->scene.round);
    vb_engine_instrument_close(&scene->scene.instrument);
    assert_int_equal(vb_engine_close(&scene->scene.engine, on_closed, scene), VB_ENGINE_OK);
    assert_null(scene->scene.engine);
}

static void loop_end(struct loop_scene *scene)
{
    uv_close((uv_handle_t *)&scene->timer, NULL);
    uv_run(&scene->loop, UV_RUN_DEFAULT);
    assert_true(scene->closed);
    assert_int_equal(uv_loop_close(&scene->loop), 0);
}

static void go_on(struct visitor *visitor);

static void on_done(void *ctx, int code, const struct vb_engine_error *why)
{
    struct visitor *visitor = ctx;
    assert_false(visitor->inside);
    if (code != VB_ENGINE_OK)
        print_error("%s\n", why->text);
    assert_int_equal(code, VB_ENGINE_OK);
    assert_null(why);
    visitor->done++;
    go_on(visitor);
}

static void go_on(struct visitor *visitor)
{
    struct vb_engine_step step = at(visitor->person);
    visitor->inside = true;
    if (step.at == VB_ENGINE_AT_QUESTION)
        fine(vb_engine_answer(visitor->person, step.seq,
                              strcmp(step.kind, "likert") == 0 ? "4" : "null", on_done, visitor,
                              &error));
    else if (step.at == VB_ENGINE_AT_OVERVIEW)
        fine(vb_engine_share(visitor->person, step.seq, NULL, on_done, visitor, &error));
    else if (vb_engine_round_state(visitor->scene->scene.round) == VB_ENGINE_ROUND_RELEASED)
        uv_stop(&visitor->scene->loop);
    visitor->inside = false;
}

static void visit(struct loop_scene *scene, int index, const char *role)
{
    const struct vb_engine_join who = { .size = sizeof who, .role = role };
    struct visitor *visitor = &scene->visitors[index];
    *visitor = (struct visitor){ .scene = scene, .inside = true };
    fine(vb_engine_join(scene->scene.round, &who, &visitor->person, on_done, visitor, &error));
    visitor->inside = false;
}

static void both_fill_in_on_a_callers_loop(void **state)
{
    struct folder folder;
    struct loop_scene scene;
    folder_begin(&folder, *state);
    loop_begin(&scene, &folder.options, "menger-monitor");
    visit(&scene, 0, "client");
    visit(&scene, 1, "professional");
    uv_run(&scene.loop, UV_RUN_DEFAULT);
    assert_int_equal(vb_engine_round_state(scene.scene.round), VB_ENGINE_ROUND_RELEASED);
    assert_true(scene.visitors[0].done > 15);
    assert_true(scene.ticks > 0); /* its own timer went on */
    loop_close_engine(&scene);
    loop_end(&scene);
    folder_end(&folder);
}

static void done_and_the_loop_go_together(void **state)
{
    (void)state;
    struct loop_scene scene;
    struct scene own;
    struct vb_engine_person *person;
    const struct vb_engine_join who = { .size = sizeof who, .role = "client" };
    loop_begin(&scene, NULL, "menger-monitor");
    refused(vb_engine_join(scene.scene.round, &who, &person, NULL, NULL, &error), VB_ENGINE_MISUSE);
    assert_int_equal(vb_engine_close(&scene.scene.engine, NULL, NULL), VB_ENGINE_MISUSE);
    assert_non_null(scene.scene.engine);
    loop_close_engine(&scene);
    loop_end(&scene);
    begin(&own);
    refused(vb_engine_join(own.round, &who, &person, on_done, NULL, &error), VB_ENGINE_MISUSE);
    assert_int_equal(vb_engine_close(&own.engine, on_closed, NULL), VB_ENGINE_MISUSE);
    end(&own);
}

static void one_verb_at_a_time_and_a_refusal_is_told_at_once(void **state)
{
    struct folder folder;
    struct loop_scene scene;
    folder_begin(&folder, *state);
    loop_begin(&scene, &folder.options, "menger-monitor");
    visit(&scene, 0, "client");
    struct vb_engine_person *person = scene.visitors[0].person;
    refused(vb_engine_answer(person, at(person).seq, "4", on_done, NULL, &error),
            VB_ENGINE_NOT_NOW); /* the joining is not told yet */
    loop_close_engine(&scene);
    loop_end(&scene);
    assert_int_equal(scene.visitors[0].done, 0); /* nor is it ever, once it is closed */
    folder_end(&folder);
}

/* Closed in the middle of a commit: what was given is written, nobody is told. */
static void what_is_on_its_way_at_the_close_is_written(void **state)
{
    struct folder folder;
    struct loop_scene scene;
    struct scene again;
    char id[64];
    folder_begin(&folder, *state);
    loop_begin(&scene, &folder.options, "menger-monitor");
    snprintf(id, sizeof id, "%s", vb_engine_round_id(scene.scene.round));
    visit(&scene, 0, "client");
    while (scene.visitors[0].done == 0) /* done answers the first question */
        uv_run(&scene.loop, UV_RUN_ONCE);
    vb_engine_person_close(&scene.visitors[0].person);
    loop_close_engine(&scene);
    loop_end(&scene);
    again = (struct scene){ 0 };
    fine(vb_engine_open(&again.engine, &folder.options, &error));
    fine(vb_engine_resume(again.engine, id, &again.round, &error));
    struct vb_engine_person *person = join(&again, "client");
    assert_int_equal(at(person).number, 2);
    vb_engine_person_close(&person);
    end(&again);
    folder_end(&folder);
}

static void close_all(void *ctx, int code, const struct vb_engine_error *why)
{
    assert_int_equal(code, VB_ENGINE_OK);
    assert_null(why);
    loop_close_engine(ctx);
}

static void done_may_close_everything(void **state)
{
    (void)state;
    struct loop_scene scene;
    const struct vb_engine_join who = { .size = sizeof who, .role = "client" };
    loop_begin(&scene, NULL, "menger-monitor");
    fine(vb_engine_join(scene.scene.round, &who, &scene.visitors[0].person, close_all, &scene,
                        &error));
    while (!scene.closed)
        uv_run(&scene.loop, UV_RUN_ONCE);
    loop_end(&scene);
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

#define PLACED(test) cmocka_unit_test_setup_teardown(test, place_set_up, place_tear_down)

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
        PLACED(a_round_goes_on_in_another_engine),
        PLACED(a_folder_is_open_once_and_wants_its_own_key),
        PLACED(two_engines_live_in_one_process),
        PLACED(opening_and_closing_a_hundred_times_leaves_nothing),
        PLACED(both_fill_in_on_a_callers_loop),
        cmocka_unit_test(done_and_the_loop_go_together),
        PLACED(one_verb_at_a_time_and_a_refusal_is_told_at_once),
        PLACED(what_is_on_its_way_at_the_close_is_written),
        cmocka_unit_test(done_may_close_everything),
        cmocka_unit_test(the_version_is_the_headers),
        cmocka_unit_test(somebody_takes_back_what_they_gave),
        cmocka_unit_test(a_yes_is_only_for_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
