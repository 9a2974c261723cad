/* test_fold_members.c - a fold by form, variant and role, over members, and together. */
#include "fold_fixture.h"

static void forms_variants_roles_and_includes_decide_what_is_asked(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    int a = fixture_ask(&f, fixture_item(&f, "a", VB_LIKERT), NULL);
    int b = fixture_ask(&f, fixture_item(&f, "b", VB_LIKERT), NULL);
    int c = fixture_ask(&f, fixture_item(&f, "c", VB_LIKERT), NULL);
    int d = fixture_ask(&f, fixture_item(&f, "d", VB_LIKERT), NULL);
    int e = fixture_ask(&f, fixture_item(&f, "e", VB_LIKERT), NULL);
    fixture_not_for(&f, a, 0);
    fixture_form_without(&f, "short", (const int[]){ b, -1 });
    fixture_variant(&f, "music");
    fixture_variant(&f, "drama");
    f.items[c].variants = 2; /* drama only */
    fixture_include(&f, "always", false);
    fixture_include(&f, "extra", true);
    f.items[d].include = 1;
    f.items[e].include = 0;
    struct vb_plan *plan = fixture_end(&f);

    struct vb_opened opened = client();
    opened.form = "short";
    opened.variant = "music";
    struct run run = open_with(plan, &opened);
    assert_at(&run, "e", -1);
    vb_fold_destroy(run.fold);

    const char *with[] = { "extra" };
    opened.variant = "drama";
    opened.with = with;
    opened.with_count = 1;
    run = open_with(plan, &opened);
    assert_at(&run, "c", -1);
    answer(&run, vb_value_int(1));
    assert_at(&run, "d", -1);
    assert_false(vb_fold_asks(run.fold, a, -1));
    assert_false(vb_fold_asks(run.fold, b, -1));
    assert_true(vb_fold_asks(run.fold, e, -1));
    finish(&run, plan);
}

static void an_unknown_form_or_role_is_refused_before_anything_is_taken_in(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = { .fold = vb_fold_create(plan, &no_flow) };
    struct vb_opened opened = client();
    opened.form = "shortest";
    struct vb_event event = { .type = VB_EVENT_OPENED, .opened = &opened };
    assert_int_equal(apply(&run, event), VB_E_DATA);
    opened.form = NULL;
    opened.role = "neighbour";
    assert_int_equal(apply(&run, event), VB_E_DATA);
    assert_int_equal(vb_fold_view(run.fold)->at, VB_AT_NOTHING);
    finish(&run, plan);
}

/* each member: close? then how; after it: end */
static struct vb_plan *family(struct fixture *f, enum vb_op op)
{
    *f = fixture_bare();
    fixture_role(f, "youth", 2, true);
    fixture_role(f, "parent", 2, true);
    fixture_role(f, "professional", 1, false);
    fixture_ask(f, fixture_item(f, "start", VB_YESNO), NULL);
    fixture_each(f, op);
    int close = fixture_ask(f, fixture_item(f, "close", VB_YESNO), NULL);
    fixture_ask(f, fixture_item(f, "how", VB_LIKERT), fixture_is(f, close, yes));
    fixture_next(f);
    fixture_ask(f, fixture_item(f, "end", VB_YESNO), NULL);
    f->plan->roster_max = 8;
    return fixture_end(f);
}

static const struct vb_member three[] = {
    { "p-sam", "youth", "Sam", NULL, false },
    { "p-kim", "parent", "Kim", NULL, false },
    { "p-lee", "parent", "Lee", NULL, false },
};

static struct run open_member(struct vb_plan *plan, const char *person, const char *role, int count)
{
    struct vb_opened opened = client();
    opened.person = person;
    opened.role = role;
    opened.members = three;
    opened.member_count = count;
    return open_with(plan, &opened);
}

static void an_each_block_asks_about_every_member_and_conditions_mean_that_member(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = family(&f, VB_OP_EACH);
    struct run run = open_member(plan, "p-worker", "professional", 3);
    answer(&run, yes);
    answer(&run, yes);
    assert_at(&run, "how", 0);
    answer(&run, vb_value_int(3));
    answer(&run, no);
    assert_at(&run, "close", 2);
    answer(&run, yes);
    assert_at(&run, "how", 2);
    answer(&run, vb_value_int(3));
    answer(&run, no);
    assert_overview(&run);
    assert_path(&run, plan, "start close:0 how:0 close:1 close:2 how:2 end");
    finish(&run, plan);
}

static void a_member_speaks_only_of_itself_in_a_run_about_members(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = family(&f, VB_OP_EACH_ABOUT);
    struct run run = open_member(plan, "p-kim", "parent", 3);
    answer(&run, yes);
    assert_at(&run, "close", 1);
    answer(&run, no);
    assert_at(&run, "end", -1);
    finish(&run, plan);
}

static void about_a_member_only_the_items_of_that_members_form_are_asked(void **state)
{
    (void)state;
    struct fixture f = fixture_bare();
    fixture_role(&f, "professional", 1, false);
    fixture_each(&f, VB_OP_EACH);
    int a = fixture_ask(&f, fixture_item(&f, "a", VB_LIKERT), NULL);
    int b = fixture_ask(&f, fixture_item(&f, "b", VB_LIKERT), NULL);
    fixture_next(&f);
    fixture_form_without(&f, "child", (const int[]){ a, -1 });
    fixture_form_without(&f, "grown", (const int[]){ b, -1 });
    struct vb_plan *plan = fixture_end(&f);
    struct vb_member members[] = { { "p-1", "youth", "Sam", "child", false },
                                   { "p-2", "parent", "Kim", "grown", false } };
    struct vb_opened opened = client();
    opened.role = "professional";
    opened.members = members;
    opened.member_count = 2;
    struct run run = open_with(plan, &opened);
    assert_at(&run, "b", 0);
    answer(&run, vb_value_int(1));
    assert_at(&run, "a", 1);
    answer(&run, vb_value_int(1));
    assert_overview(&run);
    finish(&run, plan);
}

/* own: for children; other: for grown-ups; view: the worker's alone */
static void about_a_member_only_what_that_members_role_is_asked_is_asked(void **state)
{
    (void)state;
    struct fixture f = fixture_bare();
    fixture_role(&f, "youth", 2, true);
    fixture_role(&f, "parent", 2, true);
    fixture_role(&f, "professional", 1, false);
    fixture_each(&f, VB_OP_EACH_ABOUT);
    int own = fixture_ask(&f, fixture_item(&f, "own", VB_YESNO), NULL);
    int other = fixture_ask(&f, fixture_item(&f, "other", VB_YESNO), NULL);
    int view = fixture_ask(&f, fixture_item(&f, "view", VB_YESNO), NULL);
    fixture_next(&f);
    f.items[own].about = f.items[other].about = f.items[view].about = true;
    fixture_not_for(&f, own, 1);
    fixture_not_for(&f, other, 0);
    fixture_not_for(&f, view, 0);
    fixture_not_for(&f, view, 1);
    f.plan->roster_max = 8;
    struct vb_plan *plan = fixture_end(&f);

    struct run worker = open_member(plan, "p-worker", "professional", 2);
    assert_false(vb_fold_asks(worker.fold, other, 0));
    assert_false(vb_fold_asks(worker.fold, own, 1));
    assert_at(&worker, "own", 0);
    answer(&worker, yes);
    assert_at(&worker, "view", 0);
    answer(&worker, yes);
    assert_at(&worker, "other", 1);
    answer(&worker, yes);
    assert_at(&worker, "view", 1);
    answer(&worker, yes);
    assert_overview(&worker);
    vb_fold_destroy(worker.fold);

    struct run kim = open_member(plan, "p-kim", "parent", 2);
    assert_at(&kim, "other", 1);
    answer(&kim, yes);
    assert_overview(&kim);
    finish(&kim, plan);
}

static void a_new_member_is_met_only_by_blocks_that_have_not_begun(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = family(&f, VB_OP_EACH);
    struct run begun = open_member(plan, "p-worker", "professional", 2);
    answer(&begun, yes);
    assert_at(&begun, "close", 0);
    assert_int_equal(roster(&begun, three, 3), VB_OK);
    answer(&begun, no);
    answer(&begun, no);
    assert_at(&begun, "end", -1);
    vb_fold_destroy(begun.fold);

    struct run before = open_member(plan, "p-worker", "professional", 2);
    assert_int_equal(roster(&before, three, 3), VB_OK);
    answer(&before, yes);
    answer(&before, no);
    answer(&before, no);
    assert_at(&before, "close", 2);
    finish(&before, plan);
}

static void answers_about_who_left_leave_the_path_and_are_not_offered(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = family(&f, VB_OP_EACH);
    struct run run = open_member(plan, "p-worker", "professional", 3);
    answer(&run, yes);
    answer(&run, yes);
    answer(&run, vb_value_int(5));
    assert_at(&run, "close", 1);
    struct vb_member left[3];
    memcpy(left, three, sizeof left);
    left[0].gone = true;
    assert_int_equal(roster(&run, left, 3), VB_OK);
    assert_path(&run, plan, "start");
    assert_at(&run, "close", 1);
    back(&run);
    assert_at(&run, "start", -1);
    answer(&run, yes);
    assert_at(&run, "close", 1);
    left[1].gone = true; /* the one the question stands at */
    assert_int_equal(roster(&run, left, 3), VB_OK);
    assert_at(&run, "close", 2);
    answer(&run, no);
    answer(&run, no);
    assert_path(&run, plan, "start close:2 end");
    finish(&run, plan);
}

static void a_roster_only_grows(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = family(&f, VB_OP_EACH);
    struct run run = open_member(plan, "p-worker", "professional", 3);
    assert_int_equal(roster(&run, three, 2), VB_E_DATA);
    assert_int_equal(roster(&run, three + 1, 3 - 1), VB_E_DATA);
    int count;
    vb_fold_members(run.fold, &count);
    assert_int_equal(count, 3);
    finish(&run, plan);
}

static void together_asks_only_its_own_stage(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    fixture_ask(&f, fixture_item(&f, "apart", VB_YESNO), NULL);
    int joint = fixture_ask(&f, fixture_item(&f, "joint", VB_YESNO), NULL);
    f.items[joint].stage = f.steps[1].stage = VB_TOGETHER;
    struct vb_plan *plan = fixture_end(&f);
    struct run run = open_client(plan);
    answer(&run, yes);
    assert_overview(&run);
    vb_fold_destroy(run.fold);
    struct vb_opened opened = client();
    opened.person = NULL;
    run = open_with(plan, &opened);
    assert_at(&run, "joint", -1);
    answer(&run, yes);
    assert_overview(&run);
    finish(&run, plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_variants_roles_and_includes_decide_what_is_asked),
        cmocka_unit_test(an_unknown_form_or_role_is_refused_before_anything_is_taken_in),
        cmocka_unit_test(an_each_block_asks_about_every_member_and_conditions_mean_that_member),
        cmocka_unit_test(a_member_speaks_only_of_itself_in_a_run_about_members),
        cmocka_unit_test(about_a_member_only_the_items_of_that_members_form_are_asked),
        cmocka_unit_test(about_a_member_only_what_that_members_role_is_asked_is_asked),
        cmocka_unit_test(a_new_member_is_met_only_by_blocks_that_have_not_begun),
        cmocka_unit_test(answers_about_who_left_leave_the_path_and_are_not_offered),
        cmocka_unit_test(a_roster_only_grows),
        cmocka_unit_test(together_asks_only_its_own_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
