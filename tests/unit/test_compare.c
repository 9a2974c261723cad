#include "tests.h"

#include "plan_fixture.h"
#include "session_fixture.h"

/* Two voices on a plan, and the result of it. The arena holds the result. */
struct talk {
    struct world world;
    struct vb_plan *plan;
    struct vb_round *round;
    struct vb_arena arena;
    struct vb_result result;
};

static void release(struct talk *talk)
{
    bool released;
    if (vb_round_row(talk->round)->state == VB_ROUND_OPEN)
        vb_round_settle(talk->round, &released, &talk->world.err);
    if (vb_round_row(talk->round)->state == VB_ROUND_OPEN)
        assert_int_equal(vb_round_release(talk->round, &talk->world.err), VB_OK);
    assert_int_equal(vb_round_result(talk->round, 0, &talk->arena, &talk->result, &talk->world.err),
                     VB_OK);
}

static void begin(struct talk *talk, struct vb_plan *plan, const char *format)
{
    *talk = (struct talk){ .plan = plan };
    world_begin(&talk->world);
    struct vb_round_options options = { .format = format };
    assert_int_equal(vb_round_open(&talk->round, talk->world.store, &talk->world.env, plan,
                                   &options, &talk->world.err),
                     VB_OK);
}

/* A number below 0 is a question that is skipped. */
static void speak(struct talk *talk, const char *role, const char *label, const int *numbers)
{
    struct vb_session *session;
    assert_int_equal(vb_round_join(talk->round, &(struct vb_join){ .role = role, .label = label },
                                   &session, &talk->world.err),
                     VB_OK);
    for (; vb_session_view(session)->at == VB_AT_ITEM; numbers++) {
        struct vb_value value =
            *numbers < 0 ? vb_value_missing(VB_MISSING_SKIPPED) : vb_value_int(*numbers);
        if (*numbers >= 0 && vb_session_view(session)->item->kind == VB_YESNO)
            value.type = VB_VALUE_BOOL;
        assert_int_equal(give(session, value), VB_OK);
    }
    assert_int_equal(share(session), VB_OK);
}

static void both(struct talk *talk, const int *client, const int *professional)
{
    speak(talk, "professional", NULL, professional); /* whoever comes first, the order is fixed */
    speak(talk, "client", NULL, client);
    release(talk);
}

static void end(struct talk *talk)
{
    vb_arena_finish(&talk->arena);
    vb_round_destroy(talk->round);
    vb_plan_release(talk->plan);
    world_end(&talk->world);
}

static struct fixture likerts(int count)
{
    struct fixture f = fixture_begin();
    char id[16];
    for (int i = 0; i < count; i++) {
        snprintf(id, sizeof id, "q%d", i);
        fixture_ask(&f, fixture_item(&f, id, VB_LIKERT), NULL);
    }
    return f;
}

static const struct vb_comparison *item_entry(const struct talk *talk, int item)
{
    for (int i = 0; i < talk->result.comparison_count; i++)
        if (talk->result.comparisons[i].item == item)
            return &talk->result.comparisons[i];
    return NULL;
}

static const struct vb_comparison *scale_entry(const struct talk *talk, int scale)
{
    for (int i = 0; i < talk->result.comparison_count; i++)
        if (talk->result.comparisons[i].scale == scale)
            return &talk->result.comparisons[i];
    return NULL;
}

static void assert_list(const int *list, int count, const int *expected, int expected_count)
{
    assert_int_equal(count, expected_count);
    for (int i = 0; i < count; i++)
        assert_int_equal(list[i], expected[i]);
}

static void the_professional_stands_last_and_is_b(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = fixture_bare();
    fixture_role(&f, "professional", 1, false); /* first in the instrument's own order */
    fixture_role(&f, "client", 1, false);
    fixture_ask(&f, fixture_item(&f, "q", VB_LIKERT), NULL);
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ 4 }, (const int[]){ 1 });
    assert_string_equal(talk.result.respondents[0].role, "client");
    assert_string_equal(talk.result.respondents[1].role, "professional");
    assert_int_equal(item_entry(&talk, 0)->a, 0);
    assert_int_equal(item_entry(&talk, 0)->b, 1);
    assert_int_equal(item_entry(&talk, 0)->difference_tenths, -750);
    end(&talk);
}

static void categories_turn_at_exactly_these_numbers(void **state)
{
    (void)state;
    static const struct {
        int client, professional;
        enum vb_category category;
        int64_t difference;
    } rows[] = {
        { 4, 4, VB_WELL, 0 },      { 5, 4, VB_WELL, -250 },    { 4, 3, VB_DISCUSS, -250 },
        { 3, 3, VB_DISCUSS, 0 },   { 2, 2, VB_BETTER, 0 },     { 1, 2, VB_BETTER, 250 },
        { 2, 3, VB_DISCUSS, 250 }, { 3, 5, VB_DIFFER, 500 },   { 4, 2, VB_DIFFER, -500 },
        { 1, 5, VB_DIFFER, 1000 }, { 5, 1, VB_DIFFER, -1000 },
    };
    enum { ROWS = sizeof rows / sizeof rows[0] };
    struct talk talk;
    struct fixture f = likerts(ROWS);
    int client[ROWS], professional[ROWS];
    for (int i = 0; i < ROWS; i++) {
        client[i] = rows[i].client;
        professional[i] = rows[i].professional;
    }
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, client, professional);
    for (int i = 0; i < ROWS; i++) {
        assert_true(item_entry(&talk, i)->given);
        assert_int_equal(item_entry(&talk, i)->category, rows[i].category);
        assert_int_equal(item_entry(&talk, i)->difference_tenths, rows[i].difference);
    }
    end(&talk);
}

static void formats_compare_on_one_measure(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(3);
    begin(&talk, fixture_end(&f), "simple");
    both(&talk, (const int[]){ 3, 2, 1 }, (const int[]){ 3, 3, 2 });
    assert_int_equal(item_entry(&talk, 0)->category, VB_WELL);
    assert_int_equal(item_entry(&talk, 1)->category, VB_DIFFER);
    assert_int_equal(item_entry(&talk, 1)->difference_tenths, 500);
    assert_int_equal(item_entry(&talk, 2)->category, VB_DIFFER);
    end(&talk);
}

static void a_reversed_item_counts_the_other_way_round(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(2);
    f.items[0].reverse = true;
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ 1, 1 }, (const int[]){ 2, 2 });
    assert_int_equal(item_entry(&talk, 0)->category, VB_WELL);
    assert_int_equal(item_entry(&talk, 0)->difference_tenths, -250);
    assert_int_equal(item_entry(&talk, 1)->category, VB_BETTER);
    end(&talk);
}

static void what_is_unanswered_has_no_difference_and_is_no_talk_point(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(2);
    fixture_negative(&f, fixture_scale(&f, "friction", 1, 1));
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ -1, -1 }, (const int[]){ 5, 5 });
    assert_false(item_entry(&talk, 0)->given);
    assert_int_equal(item_entry(&talk, 0)->category, VB_CATEGORY_NONE);
    assert_int_equal(talk.result.talk.well_count, 0);
    assert_int_equal(talk.result.talk.differ_count, 0);
    assert_int_equal(talk.result.talk.friction_count, 0);
    end(&talk);
}

static void own_and_incomparable_items_and_lines_have_no_category(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(2);
    f.items[0].relation = VB_OWN;
    f.items[1].comparable = false;
    fixture_ask(&f, fixture_item(&f, "line", VB_VAS), NULL);
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ 1, 1, 0 }, (const int[]){ 5, 5, 1000 });
    assert_false(item_entry(&talk, 0)->given);
    assert_false(item_entry(&talk, 1)->given);
    assert_true(item_entry(&talk, 2)->given);
    assert_int_equal(item_entry(&talk, 2)->difference_tenths, 1000);
    for (int i = 0; i < 3; i++)
        assert_int_equal(item_entry(&talk, i)->category, VB_CATEGORY_NONE);
    assert_int_equal(talk.result.talk.differ_count, 0);
    end(&talk);
}

static void a_yes_that_stands_alone_is_neither_good_nor_bad(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(1);
    for (int i = 0; i < 3; i++)
        fixture_ask(&f, fixture_item(&f, (const char *[]){ "yes", "no", "both" }[i], VB_YESNO),
                    NULL);
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ 1, 1, 0, 0 }, (const int[]){ 1, 1, 0, 1 });
    assert_int_equal(item_entry(&talk, 0)->category, VB_BETTER);
    assert_int_equal(item_entry(&talk, 1)->category, VB_DISCUSS);
    assert_int_equal(item_entry(&talk, 2)->category, VB_DISCUSS);
    assert_int_equal(item_entry(&talk, 3)->category, VB_DIFFER);
    end(&talk);
}

static void a_scale_is_compared_when_both_have_a_score(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(9);
    fixture_scale(&f, "trust", 0, 5);
    fixture_scale(&f, "bond", 5, 3);
    fixture_scale(&f, "apart", 8, 1);
    f.scales[2].comparable = false;
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ 4, 4, 4, 4, 3, 1, -1, -1, 5 },
         (const int[]){ 2, 2, 2, 2, 2, 5, 5, 5, 1 });
    assert_true(scale_entry(&talk, 0)->given);
    assert_int_equal(scale_entry(&talk, 0)->difference_tenths, 250 - 700);
    assert_false(scale_entry(&talk, 1)->given);
    assert_null(scale_entry(&talk, 2));
    end(&talk);
}

static void items_of_a_negative_scale_appear_only_under_friction(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(9);
    fixture_negative(&f, fixture_scale(&f, "friction", 0, 7));
    f.plan->talk_points = 2;
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ 5, 1, 5, 1, 3, 5, 5, 4, 4 },
         (const int[]){ 5, 1, 1, 5, 3, 5, 5, 4, 4 });
    for (int i = 0; i < 7; i++)
        assert_null(item_entry(&talk, i));
    assert_null(scale_entry(&talk, 0));
    const struct vb_talk *lists = &talk.result.talk;
    assert_list(lists->friction, lists->friction_count, (const int[]){ 0, 1, 2, 3, 4, 5, 6 }, 7);
    assert_list(lists->well, lists->well_count, (const int[]){ 7, 8 }, 2);
    assert_int_equal(lists->differ_count + lists->better_count, 0);
    end(&talk);
}

static void talk_points_come_heaviest_first_and_no_more_than_the_instrument_wants(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(12);
    f.plan->talk_points = 3;
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ 4, 5, 4, 5, 1, 2, 1, 1, 3, 1, 5, 4 },
         (const int[]){ 4, 5, 5, 4, 2, 2, 1, 1, 5, 5, 1, 1 });
    const struct vb_talk *lists = &talk.result.talk;
    assert_list(lists->well, lists->well_count, (const int[]){ 1, 2, 3 }, 3);
    assert_list(lists->better, lists->better_count, (const int[]){ 6, 7, 4 }, 3);
    assert_list(lists->differ, lists->differ_count, (const int[]){ 9, 10, 11 }, 3);
    end(&talk);
}

static void without_a_number_of_its_own_a_list_has_five_points(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(7);
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ 5, 5, 5, 5, 5, 5, 5 }, (const int[]){ 5, 5, 5, 5, 5, 5, 5 });
    assert_list(talk.result.talk.well, talk.result.talk.well_count, (const int[]){ 0, 1, 2, 3, 4 },
                5);
    end(&talk);
}

static void a_question_for_one_role_is_compared_with_nothing(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(2);
    fixture_not_for(&f, 0, 1);
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ 5, 5 }, (const int[]){ 5 });
    assert_null(item_entry(&talk, 0));
    assert_int_equal(talk.result.respondents[0].own.values[0].type, VB_VALUE_INT);
    assert_int_equal(talk.result.respondents[1].own.values[0].type, VB_VALUE_NONE);
    end(&talk);
}

/* own question; about each member one, in a scale of its own */
static struct vb_plan *family(void)
{
    struct fixture f = fixture_bare();
    fixture_role(&f, "youth", 4, true);
    fixture_role(&f, "parent", 4, true);
    fixture_role(&f, "professional", 1, false);
    fixture_ask(&f, fixture_item(&f, "shared.one", VB_LIKERT), NULL);
    fixture_each(&f, VB_OP_EACH_ABOUT);
    int close = fixture_ask(&f, fixture_item(&f, "bond.one", VB_LIKERT), NULL);
    int near = fixture_ask(&f, fixture_item(&f, "bond.two", VB_LIKERT), NULL);
    f.items[close].about = f.items[near].about = true;
    fixture_scale(&f, "bond", close, 2);
    fixture_next(&f);
    f.plan->roster_max = 8;
    return fixture_end(&f);
}

static void an_estimate_stands_beside_what_the_member_says(void **state)
{
    (void)state;
    struct talk talk;
    begin(&talk, family(), NULL);
    vb_round_name_member(talk.round, "youth", "Sam", &talk.world.err);
    vb_round_name_member(talk.round, "parent", "Kim", &talk.world.err);
    vb_round_name_member(talk.round, "parent", "Lee", &talk.world.err);
    speak(&talk, "professional", NULL, (const int[]){ 3, 5, 5, 4, 4, 1, 1 });
    speak(&talk, "parent", "Kim", (const int[]){ 3, 2, 3 });
    speak(&talk, "youth", "Sam", (const int[]){ 3, 1, 1 });
    release(&talk); /* Lee never began */
    const struct vb_result *result = &talk.result;
    assert_int_equal(result->respondent_count, 4);
    assert_string_equal(result->respondents[0].label, "Sam");
    assert_string_equal(result->respondents[3].role, "professional");
    assert_false(result->respondents[2].shared);
    assert_int_equal(result->respondents[3].about_count, 3);
    assert_int_equal(result->respondents[1].about_count, 1);
    assert_int_equal(result->respondents[1].about[0].member_index, 1);
    int about_sam = 0, about_lee = 0;
    for (int i = 0; i < result->comparison_count; i++) {
        const struct vb_comparison *entry = &result->comparisons[i];
        about_lee += entry->about == 2;
        if (entry->about != 0)
            continue;
        about_sam++;
        assert_int_equal(entry->a, 0);
        assert_int_equal(entry->b, 3);
        assert_int_equal(entry->category, VB_CATEGORY_NONE);
        assert_int_equal(entry->difference_tenths, 1000);
    }
    assert_int_equal(about_sam, 3); /* the scale and its two items */
    assert_int_equal(about_lee, 0);
    end(&talk);
}

static void a_family_gets_no_talk_lists(void **state)
{
    (void)state;
    struct talk talk;
    begin(&talk, family(), NULL);
    speak(&talk, "youth", "Sam", (const int[]){ 5, 5, 5 });
    speak(&talk, "professional", NULL, (const int[]){ 5, 5, 5 });
    release(&talk);
    const struct vb_talk *lists = &talk.result.talk;
    assert_int_equal(
        lists->well_count + lists->differ_count + lists->better_count + lists->friction_count, 0);
    end(&talk);
}

static void totals_follow_from_the_scales(void **state)
{
    (void)state;
    struct talk talk;
    struct fixture f = likerts(4);
    int *scales = fixture_alloc(&f, sizeof *scales * 2);
    scales[0] = fixture_scale(&f, "one", 0, 2);
    scales[1] = fixture_scale(&f, "two", 2, 2);
    f.totals[f.plan->total_count++] = (struct vb_total){
        .id = "all", .title = fixture_text(&f, "all"), .scales = scales, .scale_count = 2
    };
    begin(&talk, fixture_end(&f), NULL);
    both(&talk, (const int[]){ 4, 5, 2, 2 }, (const int[]){ 4, 5, -1, 2 });
    assert_true(talk.result.respondents[0].total_given[0]);
    assert_int_equal(talk.result.respondents[0].totals[0], 3250);
    assert_false(talk.result.respondents[1].total_given[0]);
    end(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_professional_stands_last_and_is_b),
        cmocka_unit_test(categories_turn_at_exactly_these_numbers),
        cmocka_unit_test(formats_compare_on_one_measure),
        cmocka_unit_test(a_reversed_item_counts_the_other_way_round),
        cmocka_unit_test(what_is_unanswered_has_no_difference_and_is_no_talk_point),
        cmocka_unit_test(own_and_incomparable_items_and_lines_have_no_category),
        cmocka_unit_test(a_yes_that_stands_alone_is_neither_good_nor_bad),
        cmocka_unit_test(a_scale_is_compared_when_both_have_a_score),
        cmocka_unit_test(items_of_a_negative_scale_appear_only_under_friction),
        cmocka_unit_test(talk_points_come_heaviest_first_and_no_more_than_the_instrument_wants),
        cmocka_unit_test(without_a_number_of_its_own_a_list_has_five_points),
        cmocka_unit_test(a_question_for_one_role_is_compared_with_nothing),
        cmocka_unit_test(an_estimate_stands_beside_what_the_member_says),
        cmocka_unit_test(a_family_gets_no_talk_lists),
        cmocka_unit_test(totals_follow_from_the_scales),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
