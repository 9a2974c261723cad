/* engine_scene.h - an engine, an instrument and a round of it, by <verbond/engine.h> alone. */
#ifndef VB_ENGINE_SCENE_H
#define VB_ENGINE_SCENE_H

#include "tests.h"

#include "include/verbond/engine.h"

static struct vb_engine_error error = { .size = sizeof error };

/* -- a pair, in memory or in a folder --------------------------------------------------------- */

struct scene {
    struct vb_engine *engine;
    struct vb_engine_instrument *instrument;
    struct vb_engine_round *round;
};

static inline void fine(int code)
{
    if (code != VB_ENGINE_OK)
        print_error("%s: %s\n", vb_engine_code_name(code), error.text);
    assert_int_equal(code, VB_ENGINE_OK);
}

static inline void refused(int code, int wanted)
{
    if (code != wanted)
        print_error("%s: %s\n", vb_engine_code_name(code), error.text);
    assert_int_equal(code, wanted);
    assert_int_equal(error.code, wanted);
    assert_true(error.text[0] != '\0');
}

static inline void says(const char *text)
{
    if (strstr(error.text, text) == NULL)
        print_error("\"%s\" does not say: %s\n", error.text, text);
    assert_non_null(strstr(error.text, text));
}

static inline void begin_with(struct scene *scene, const struct vb_engine_options *options,
                              const char *instrument)
{
    *scene = (struct scene){ 0 };
    fine(vb_engine_open(&scene->engine, options, &error));
    fine(vb_engine_load(scene->engine, instrument, &scene->instrument, &error));
    fine(vb_engine_begin(scene->engine, scene->instrument, NULL, &scene->round, &error));
}

static inline void begin(struct scene *scene)
{
    begin_with(scene, NULL, "menger-monitor");
}

static inline void end(struct scene *scene)
{
    vb_engine_round_close(&scene->round);
    vb_engine_instrument_close(&scene->instrument);
    assert_int_equal(vb_engine_close(&scene->engine, NULL, NULL), VB_ENGINE_OK);
}

static inline struct vb_engine_person *join(struct scene *scene, const char *role)
{
    const struct vb_engine_join who = { .size = sizeof who, .role = role, .language = "en" };
    struct vb_engine_person *person;
    fine(vb_engine_join(scene->round, &who, &person, NULL, NULL, &error));
    return person;
}

static inline struct vb_engine_step at(struct vb_engine_person *person)
{
    struct vb_engine_step step = { .size = sizeof step };
    fine(vb_engine_step(person, &step, &error));
    return step;
}

static inline int answer(struct vb_engine_person *person, const char *value)
{
    return vb_engine_answer(person, at(person).seq, value, NULL, NULL, &error);
}

/* To the overview: likerts get value, the rest is skipped. */
static inline void fill(struct vb_engine_person *person, const char *value)
{
    while (at(person).at == VB_ENGINE_AT_QUESTION)
        fine(answer(person, strcmp(at(person).kind, "likert") == 0 ? value : "null"));
    assert_int_equal(at(person).at, VB_ENGINE_AT_OVERVIEW);
}

static inline void share(struct vb_engine_person *person)
{
    fine(vb_engine_share(person, at(person).seq, NULL, NULL, NULL, &error));
}

static inline void fill_and_share(struct scene *scene, const char *role, const char *value)
{
    struct vb_engine_person *person = join(scene, role);
    fill(person, value);
    share(person);
    vb_engine_person_close(&person);
}

static inline void holds(char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        print_error("%s\nlacks %s\n", text, part);
    assert_non_null(strstr(text, part));
    vb_engine_free(text);
}

#endif
