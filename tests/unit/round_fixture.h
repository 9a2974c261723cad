/* round_fixture.h - rounds of two and of a family over a store in memory, and people who fill them
 * in. */
#ifndef VB_ROUND_FIXTURE_H
#define VB_ROUND_FIXTURE_H

#include "tests.h"

#include "plan_fixture.h"
#include "session_fixture.h"

static const char marker[] = "MARKER-nobody-may-read-this";

struct scene {
    struct world world;
    struct vb_plan *plan;
    struct vb_round *round;
};

/* three likerts, a text */
static inline struct vb_plan *dyad(void)
{
    struct fixture f = fixture_begin();
    fixture_ask(&f, fixture_item(&f, "one", VB_LIKERT), NULL);
    fixture_ask(&f, fixture_item(&f, "two", VB_LIKERT), NULL);
    fixture_ask(&f, fixture_item(&f, "three", VB_LIKERT), NULL);
    int say = fixture_ask(&f, fixture_item(&f, "say", VB_TEXT), NULL);
    f.items[say].max = 200;
    f.items[say].has_max = true;
    int joint = fixture_ask(&f, fixture_item(&f, "joint", VB_LIKERT), NULL);
    f.items[joint].stage = f.steps[f.plan->step_count - 1].stage = VB_TOGETHER;
    return fixture_end(&f);
}

static inline struct vb_plan *family(void)
{
    struct fixture f = fixture_bare();
    fixture_role(&f, "youth", 4, true);
    fixture_role(&f, "parent", 4, true);
    fixture_role(&f, "professional", 1, false);
    fixture_ask(&f, fixture_item(&f, "own", VB_LIKERT), NULL);
    fixture_each(&f, VB_OP_EACH_ABOUT);
    int close = fixture_ask(&f, fixture_item(&f, "close", VB_LIKERT), NULL);
    f.items[close].about = true;
    fixture_next(&f);
    fixture_form_without(&f, "child", (const int[]){ 0, -1 });
    f.plan->roster_max = 6;
    return fixture_end(&f);
}

static inline enum vb_code open_round(struct scene *scene, const struct vb_round_options *options)
{
    return vb_round_open(&scene->round, scene->world.store, &scene->world.env, scene->plan, options,
                         &scene->world.err);
}

static inline void begin(struct scene *scene, struct vb_plan *plan)
{
    world_begin(&scene->world);
    scene->plan = plan;
    assert_int_equal(open_round(scene, &(struct vb_round_options){ .case_id = "c-1" }), VB_OK);
}

static inline void end(struct scene *scene)
{
    vb_round_destroy(scene->round);
    vb_plan_release(scene->plan);
    world_end(&scene->world);
}

static inline struct vb_session *join(struct scene *scene, const char *role, const char *label)
{
    struct vb_session *session = NULL;
    enum vb_code code =
        vb_round_join(scene->round, &(struct vb_join){ .role = role, .label = label }, &session,
                      &scene->world.err);
    if (code != VB_OK)
        print_error("%s\n", scene->world.err.text);
    assert_int_equal(code, VB_OK);
    return session;
}

static inline enum vb_code join_code(struct scene *scene, const char *role, const char *label)
{
    struct vb_session *session = NULL;
    return vb_round_join(scene->round, &(struct vb_join){ .role = role, .label = label }, &session,
                         &scene->world.err);
}

static inline struct vb_value text(const char *words)
{
    return (
        struct vb_value){ .type = VB_VALUE_TEXT, .text = words, .len = (uint32_t)strlen(words) };
}

/* Answers the dyad's four questions and shares. */
static inline void fill(struct vb_session *session, int number, const char *words)
{
    for (int i = 0; i < 3; i++)
        assert_int_equal(give(session, vb_value_int(number)), VB_OK);
    assert_int_equal(give(session, text(words)), VB_OK);
    assert_int_equal(share(session), VB_OK);
}

static inline bool settle(struct scene *scene)
{
    bool released;
    assert_int_equal(vb_round_settle(scene->round, &released, &scene->world.err), VB_OK);
    return released;
}

/* The round as a new process would find it. */
static inline void restart(struct scene *scene)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row row;
    assert_int_equal(vb_store_find_round(scene->world.store, vb_round_row(scene->round)->id, &arena,
                                         &row, &scene->world.err),
                     VB_OK);
    vb_round_destroy(scene->round);
    assert_int_equal(vb_round_load(&scene->round, scene->world.store, &scene->world.env,
                                   scene->plan, &row, &scene->world.err),
                     VB_OK);
    vb_arena_finish(&arena);
}

static inline char *bytes_of(struct scene *scene, int revision)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    struct vb_buf out = { 0 };
    enum vb_code code = vb_round_result(scene->round, revision, &arena, &result, &scene->world.err);
    if (code != VB_OK)
        print_error("%s\n", scene->world.err.text);
    assert_int_equal(code, VB_OK);
    vb_result_write(&out, &result, VB_CONTENT_ITEMS);
    vb_arena_finish(&arena);
    return out.data;
}

static inline enum vb_code result_code(struct scene *scene, int revision)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    enum vb_code code = vb_round_result(scene->round, revision, &arena, &result, &scene->world.err);
    vb_arena_finish(&arena);
    return code;
}

static inline size_t rounds_stored(struct scene *scene)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row *rows;
    size_t count;
    assert_int_equal(scene->world.store->ops->rounds(scene->world.store, &arena, &rows, &count,
                                                     &scene->world.err),
                     VB_OK);
    vb_arena_finish(&arena);
    return count;
}

static inline const char *person_at(struct scene *scene, int index)
{
    int count;
    const struct vb_participant *list = vb_round_participants(scene->round, &count);
    assert_true(index < count);
    return list[index].person;
}

/* The respondent object of a person, with the person's id taken out. */
static inline char *respondent_of(const char *bytes, const char *person)
{
    const char *at = strstr(bytes, person), *from = at, *to = at;
    assert_non_null(at);
    while (from > bytes && from[0] != '{')
        from--;
    for (int depth = 1; depth > 0; to++)
        depth += (*to == '{') - (*to == '}');
    char *out = strndup(from, (size_t)(to - from));
    memset(out + (at - from), 'x', strlen(person));
    return out;
}

#endif
