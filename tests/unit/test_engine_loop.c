/* test_engine_loop.c - the engine on a data folder, and on a loop that somebody else has. */
#include "engine_scene.h"

#include <uv.h>

#include "store_place.h"

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

/* Whoever is closed while their script still works out the next question is never told, and nothing
 * is left of them. */
static void a_script_runs_in_turns_of_the_callers_loop(void **state)
{
    (void)state;
    struct loop_scene scene;
    loop_begin(&scene, NULL, "tests/fixtures/good/scripted");
    visit(&scene, 0, "client");
    visit(&scene, 1, "professional");
    uv_run(&scene.loop, UV_RUN_DEFAULT);
    assert_int_equal(vb_engine_round_state(scene.scene.round), VB_ENGINE_ROUND_RELEASED);
    assert_true(scene.visitors[0].done > 2);
    vb_engine_round_close(&scene.scene.round);
    for (int i = 0; i < 2; i++)
        vb_engine_person_close(&scene.visitors[i].person);
    fine(vb_engine_begin(scene.scene.engine, scene.scene.instrument, NULL, &scene.scene.round,
                         &error));
    visit(&scene, 0, "client");
    vb_engine_person_close(&scene.visitors[0].person);
    int told = scene.visitors[0].done;
    for (int i = 0; i < 20; i++)
        uv_run(&scene.loop, UV_RUN_NOWAIT);
    assert_int_equal(scene.visitors[0].done, told);
    visit(&scene, 0, "client"); /* the handle is gone, the person is not */
    loop_close_engine(&scene);
    loop_end(&scene);
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

#define PLACED(test) cmocka_unit_test_setup_teardown(test, place_set_up, place_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(a_round_goes_on_in_another_engine),
        PLACED(a_folder_is_open_once_and_wants_its_own_key),
        PLACED(two_engines_live_in_one_process),
        PLACED(opening_and_closing_a_hundred_times_leaves_nothing),
        PLACED(both_fill_in_on_a_callers_loop),
        cmocka_unit_test(done_and_the_loop_go_together),
        PLACED(one_verb_at_a_time_and_a_refusal_is_told_at_once),
        cmocka_unit_test(a_script_runs_in_turns_of_the_callers_loop),
        PLACED(what_is_on_its_way_at_the_close_is_written),
        cmocka_unit_test(done_may_close_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
