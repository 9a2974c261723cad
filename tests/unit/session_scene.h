/* session_scene.h - one client in a round of a plan that branches, for the tests of sessions. */
#ifndef VB_SESSION_SCENE_H
#define VB_SESSION_SCENE_H

#include "tests.h"

#include "plan_fixture.h"
#include "session_fixture.h"

static const struct vb_value yes = { .type = VB_VALUE_BOOL, .number = 1 };
static const struct vb_value no = { .type = VB_VALUE_BOOL, .number = 0 };

/* stuck? then why (words); going, 1..5; needed */
static inline struct vb_plan *branching(void)
{
    struct fixture f = fixture_begin();
    int stuck = fixture_ask(&f, fixture_item(&f, "stuck", VB_YESNO), NULL);
    int why = fixture_ask(&f, fixture_item(&f, "why", VB_TEXT), fixture_is(&f, stuck, yes));
    f.items[why].max = 40;
    f.items[why].has_max = true;
    fixture_ask(&f, fixture_item(&f, "going", VB_LIKERT), NULL);
    int needed = fixture_ask(&f, fixture_item(&f, "needed", VB_YESNO), NULL);
    f.items[needed].required = true;
    return fixture_end(&f);
}

struct scene {
    struct world world;
    struct vb_plan *plan;
    struct vb_round *round;
    struct vb_session *session;
};

static inline void begin_with(struct scene *scene, struct vb_plan *plan)
{
    scene->plan = plan;
    world_begin(&scene->world);
    assert_int_equal(vb_round_open(&scene->round, scene->world.store, &scene->world.env, plan,
                                   &(struct vb_round_options){ .case_id = "c-1" },
                                   &scene->world.err),
                     VB_OK);
    assert_int_equal(vb_round_join(scene->round, &(struct vb_join){ .role = "client" },
                                   &scene->session, &scene->world.err),
                     VB_OK);
}

static inline void begin(struct scene *scene)
{
    begin_with(scene, branching());
}

static inline void end(struct scene *scene)
{
    vb_round_destroy(scene->round);
    vb_plan_release(scene->plan);
    world_end(&scene->world);
}

static inline struct vb_session *load_again(struct scene *scene)
{
    struct vb_session *session;
    assert_int_equal(vb_session_load(&session, scene->world.store, &scene->world.env, scene->plan,
                                     vb_session_id(scene->session), &scene->world.err),
                     VB_OK);
    return session;
}

static inline struct vb_session_row stored(struct scene *scene, struct vb_arena *arena)
{
    struct vb_session_row row;
    assert_int_equal(scene->world.store->ops->session(scene->world.store,
                                                      vb_session_id(scene->session), arena, &row,
                                                      &scene->world.err),
                     VB_OK);
    return row;
}

static inline struct heard answer_as(struct scene *scene, int64_t after, const char *id,
                                     struct vb_value value)
{
    struct heard heard = { 0 };
    vb_session_answer(scene->session, after, id, &value, NULL, hear, &heard);
    assert_int_equal(heard.times, 1);
    return heard;
}

static inline void assert_same_view(const struct vb_session *a, const struct vb_session *b)
{
    const struct vb_view *one = vb_session_view(a), *two = vb_session_view(b);
    assert_int_equal(one->at, two->at);
    assert_int_equal(one->seq, two->seq);
    assert_ptr_equal(one->item, two->item);
    assert_int_equal(one->member, two->member);
    assert_int_equal(one->say_count, two->say_count);
    assert_int_equal(one->can_back, two->can_back);
    assert_int_equal(one->offered == NULL, two->offered == NULL);
    if (one->offered != NULL)
        assert_true(vb_value_equal(one->offered, two->offered));
}

#endif
