/* Who helps, and whether that is somebody the answers are about. */
#include "round_fixture.h"

static void a_worker_is_rated_by_everybody_else(void **state)
{
    (void)state;
    struct vb_plan *plan = dyad();
    assert_true(vb_helper_is_rated(plan, "client", "professional"));
    assert_false(vb_helper_is_rated(plan, "professional", "professional"));
    assert_false(vb_helper_is_rated(plan, "professional", "client"));
    assert_false(vb_helper_is_rated(plan, "client", "other"));
    assert_false(vb_helper_is_rated(plan, "client", NULL));
    vb_plan_release(plan);
}

/* In the family everybody answers of itself, and the worker about each. */
static void a_member_is_rated_by_who_answers_about_members(void **state)
{
    (void)state;
    struct vb_plan *plan = family();
    assert_true(vb_helper_is_rated(plan, "professional", "parent"));
    assert_false(vb_helper_is_rated(plan, "youth", "parent"));
    vb_plan_release(plan);
    struct fixture f = fixture_bare();
    fixture_role(&f, "youth", 4, true);
    fixture_role(&f, "professional", 1, false);
    fixture_each(&f, VB_OP_EACH);
    fixture_ask(&f, fixture_item(&f, "close", VB_LIKERT), NULL);
    f.items[0].about = false;
    fixture_next(&f);
    f.plan->roster_max = 4;
    plan = fixture_end(&f);
    assert_true(vb_helper_is_rated(plan, "youth", "youth"));
    vb_plan_release(plan);
}

static void a_helper_is_a_role_or_somebody_else_and_goes_with_a_mode(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_plan *plan = dyad();
    assert_int_equal(vb_round_check_helper(plan, NULL, NULL, &err), VB_OK);
    assert_int_equal(vb_round_check_helper(plan, "aloud", "professional", &err), VB_OK);
    assert_int_equal(vb_round_check_helper(plan, "paper", "other", &err), VB_OK);
    assert_int_equal(vb_round_check_helper(plan, NULL, "other", &err), VB_E_DATA);
    assert_int_equal(vb_round_check_helper(plan, "self", "other", &err), VB_E_DATA);
    assert_int_equal(vb_round_check_helper(plan, "helper", "others", &err), VB_E_DATA);
    assert_non_null(strstr(err.text, "did you mean other?"));
    vb_plan_release(plan);
}

static void it_stands_in_the_log_and_on_the_sheet_side_of_the_result(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *client;
    struct vb_arena arena = { 0 };
    struct vb_result result;
    begin(&scene, dyad());
    struct vb_join with = { .role = "client", .mode = "aloud", .helper = "professional" };
    assert_int_equal(vb_round_join(scene.round, &with, &client, &scene.world.err), VB_OK);
    fill(client, 4, "a");
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_true(settle(&scene));
    restart(&scene);
    assert_int_equal(vb_round_result(scene.round, 0, &arena, &result, &scene.world.err), VB_OK);
    assert_string_equal(result.respondents[0].helper, "professional");
    assert_null(result.respondents[1].helper);
    vb_arena_finish(&arena);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_worker_is_rated_by_everybody_else),
        cmocka_unit_test(a_member_is_rated_by_who_answers_about_members),
        cmocka_unit_test(a_helper_is_a_role_or_somebody_else_and_goes_with_a_mode),
        cmocka_unit_test(it_stands_in_the_log_and_on_the_sheet_side_of_the_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
