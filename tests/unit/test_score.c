#include "tests.h"

#include "data/score.h"
#include "small_plan.h"

static struct vb_plan *plan;
static struct vb_scale scale; /* a copy a test may change */
static struct vb_value values[SMALL_COUNT + 2];

static int set_up(void **state)
{
    (void)state;
    plan = small_plan();
    scale = plan->scales[0];
    memset(values, 0, sizeof values);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vb_plan_release(plan);
    return 0;
}

/* "45-3" answers four, five, skips one, answers three. */
static struct vb_score score_of(const char *answers, int format, const uint8_t *in_form)
{
    struct vb_score score;
    for (int i = 0; answers[i] != '\0'; i++)
        values[i] = answers[i] == '-' ? vb_value_missing(VB_MISSING_SKIPPED)
                                      : vb_value_int(answers[i] - '0');
    vb_score_scale(&score, plan, &scale, values, -1, format, 0, in_form);
    return score;
}

static void pomp_rounds_half_to_even_at_one_decimal(void **state)
{
    (void)state;
    static const struct {
        int n, sum, tenths;
    } cases[] = { { 5, 17, 600 }, { 4, 14, 625 }, { 3, 10, 583 }, { 4, 5, 62 },
                  { 4, 7, 188 },  { 5, 5, 0 },    { 5, 25, 1000 } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(vb_pomp_tenths(cases[i].sum, cases[i].n, 1, 5), cases[i].tenths);
        assert_int_equal(vb_pomp_tenths(cases[i].sum * 1000, cases[i].n, 1000, 5000),
                         cases[i].tenths);
    }
}

static void ties_go_to_the_even_neighbour_on_both_sides_of_zero(void **state)
{
    (void)state;
    static const int64_t halves[] = { -5, -3, -1, 1, 3, 5 }, rounded[] = { -2, -2, 0, 0, 2, 2 };
    for (int i = 0; i < 6; i++)
        assert_int_equal(vb_round_half_even(halves[i], 2), rounded[i]);
    assert_int_equal(vb_round_half_even(7, 3), 2);
    assert_int_equal(vb_round_half_even(8, 3), 3);
    assert_int_equal(vb_round_half_even(-8, 3), -3);
    assert_int_equal(vb_round_half_even(0, 7), 0);
    assert_int_equal(vb_round_half_even(15000000001, 10000000000), 2);
    assert_int_equal(vb_round_half_even(25000000000, 10000000000), 2);
}

static void enough_is_all_of_two_three_of_four_and_four_fifths(void **state)
{
    (void)state;
    static const int wanted[] = { 0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 8, 9, 10 };
    for (int n = 0; n <= 12; n++)
        assert_int_equal(vb_score_min_answered(n), wanted[n]);
}

static void a_full_scale_has_sum_mean_and_pomp(void **state)
{
    (void)state;
    struct vb_score score = score_of("44434", 0, NULL);
    assert_true(score.any && score.given && !score.prorated);
    assert_int_equal(score.sum_milli, 19000);
    assert_int_equal(score.mean_milli, 3800);
    assert_int_equal(score.pomp_tenths, 700);
    assert_int_equal(score.answered, 5);
    assert_int_equal(score.of, 5);
}

static void four_of_five_is_prorated_and_three_is_no_score(void **state)
{
    (void)state;
    struct vb_score four = score_of("44-42", 0, NULL);
    assert_true(four.given && four.prorated);
    assert_int_equal(four.sum_milli, 14000);
    assert_int_equal(four.mean_milli, 3500);
    assert_int_equal(four.pomp_tenths, 625);
    struct vb_score three = score_of("44-4-", 0, NULL);
    assert_true(three.any && !three.given && !three.prorated);
    assert_int_equal(three.answered, 3);
    assert_int_equal(three.sum_milli, 12000);
    assert_int_equal(score_of("-----", 0, NULL).given, false);
}

static void the_authors_min_answered_holds_only_for_the_whole_scale(void **state)
{
    (void)state;
    static const uint8_t three[SMALL_COUNT] = { 1, 1, 1 };
    scale.min_answered = 2;
    assert_true(score_of("4-4--", 0, NULL).given);
    assert_false(score_of("4----", 0, NULL).given);
    struct vb_score score = score_of("4-4--", 0, three);
    assert_int_equal(score.of, 3);
    assert_false(score.given);
    assert_true(score_of("444--", 0, three).given);
    scale.min_answered = 5;
    assert_false(score_of("4444-", 0, NULL).given);
}

static void of_counts_what_the_form_and_the_role_are_asked(void **state)
{
    (void)state;
    static const uint8_t two[SMALL_COUNT] = { [1] = 1, [3] = 1 };
    struct vb_score score = score_of("55555", 0, two);
    assert_int_equal(score.of, 2);
    assert_int_equal(score.answered, 2);
    assert_int_equal(score.sum_milli, 10000);
    static const uint8_t none[SMALL_COUNT] = { 0 };
    assert_false(score_of("55555", 0, none).any);
    struct vb_item *items = (struct vb_item *)plan->items;
    const struct vb_text *client_only[] = { items[0].text[0], NULL };
    items[0].text = client_only;
    vb_plan_finish(plan, items);
    vb_score_scale(&score, plan, &scale, values, -1, 0, 1, NULL);
    assert_int_equal(score.of, 4);
    vb_score_scale(&score, plan, &scale, values, -1, 0, 0, NULL);
    assert_int_equal(score.of, 5);
}

static void reverse_keying_turns_on_the_range_of_the_format(void **state)
{
    (void)state;
    struct vb_item *items = (struct vb_item *)plan->items;
    items[0].reverse = true;
    vb_plan_finish(plan, items);
    assert_int_equal(score_of("15555", 0, NULL).sum_milli, 25000);
    assert_int_equal(score_of("13333", 1, NULL).sum_milli, 15000);
    assert_int_equal(score_of("13333", 1, NULL).pomp_tenths, 1000);
}

static void an_unscored_item_keeps_its_place_only(void **state)
{
    (void)state;
    struct vb_item *items = (struct vb_item *)plan->items;
    items[2].scored = false;
    vb_plan_finish(plan, items);
    struct vb_score score = score_of("44144", 0, NULL);
    assert_int_equal(score.of, 4);
    assert_int_equal(score.sum_milli, 16000);
}

static void a_scale_of(int index)
{
    static int one[1];
    one[0] = index;
    scale.items = one;
    scale.item_count = 1;
}

static struct vb_score score_one(int index, struct vb_value value, int member)
{
    struct vb_score score;
    a_scale_of(index);
    values[vb_plan_slot(plan, &plan->items[index], member)] = value;
    vb_score_scale(&score, plan, &scale, values, member, 0, 0, NULL);
    return score;
}

static void every_scored_kind_has_its_range(void **state)
{
    (void)state;
    struct vb_value choice = { .type = VB_VALUE_OPTION, .number = 1 };
    struct vb_value number = { .type = VB_VALUE_MILLI, .number = 33333 };
    struct vb_value yes = { .type = VB_VALUE_BOOL, .number = 1 };
    assert_int_equal(score_one(SMALL_VAS, vb_value_int(437), -1).pomp_tenths, 437);
    assert_int_equal(score_one(SMALL_YESNO, yes, -1).pomp_tenths, 1000);
    assert_int_equal(score_one(SMALL_CHOICE, choice, -1).pomp_tenths, 400);
    assert_int_equal(score_one(SMALL_NUMBER, number, -1).pomp_tenths, 333);
    assert_int_equal(score_one(SMALL_FACES, vb_value_int(2), -1).pomp_tenths, 250);
    assert_false(score_one(SMALL_TEXT, (struct vb_value){ .type = VB_VALUE_TEXT }, -1).any);
    assert_false(score_one(SMALL_CHOICES, (struct vb_value){ .type = VB_VALUE_JSON }, -1).any);
}

static void a_choice_without_a_value_counts_for_nothing(void **state)
{
    (void)state;
    struct vb_option options[] = { { .id = "a", .value = 4, .has_value = true },
                                   { .id = "b", .value = 1, .has_value = true },
                                   { .id = "c" } };
    struct vb_answers answers = { options, 3, 0, 4 };
    struct vb_item *items = (struct vb_item *)plan->items;
    items[SMALL_CHOICE].answers = &answers;
    vb_plan_finish(plan, items);
    struct vb_value none = { .type = VB_VALUE_OPTION, .number = 2 };
    struct vb_score score = score_one(SMALL_CHOICE, none, -1);
    assert_true(score.any);
    assert_int_equal(score.answered, 0);
    assert_false(score.given);
}

static void a_member_has_a_score_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(score_one(SMALL_MEMBER, vb_value_int(5), 1).pomp_tenths, 1000);
    assert_int_equal(score_one(SMALL_MEMBER, vb_value_int(1), 0).pomp_tenths, 0);
    struct vb_score again;
    vb_score_scale(&again, plan, &scale, values, 1, 0, 0, NULL);
    assert_int_equal(again.pomp_tenths, 1000);
}

/* The packed loop against the plain reading of the rules, over every answer of a five-item scale.
 */
static void every_answer_pattern_agrees_with_the_rules(void **state)
{
    (void)state;
    for (int pattern = 0; pattern < 6 * 6 * 6 * 6 * 6; pattern++) {
        char answers[6] = { 0 };
        int n = 0, sum = 0;
        for (int i = 0, rest = pattern; i < 5; i++, rest /= 6) {
            answers[i] = rest % 6 == 0 ? '-' : (char)('0' + rest % 6);
            n += rest % 6 != 0;
            sum += rest % 6;
        }
        struct vb_score score = score_of(answers, 0, NULL);
        assert_int_equal(score.answered, n);
        assert_int_equal(score.sum_milli, sum * 1000);
        assert_int_equal(score.given, n >= 4);
        if (!score.given)
            continue;
        int exact = 1000 * (sum - n), unit = 4 * n, whole = exact / unit, twice = exact % unit * 2;
        whole += twice > unit || (twice == unit && whole % 2 == 1);
        assert_int_equal(score.pomp_tenths, whole);
    }
}

static void a_total_needs_every_scale(void **state)
{
    (void)state;
    static const int both[] = { 0, 1 };
    struct vb_scale scales[] = { { .id = "a", .score = VB_MEAN }, { .id = "b", .score = VB_SUM } };
    struct vb_score scores[] = { { .given = true, .mean_milli = 3500, .sum_milli = 14000 },
                                 { .given = true, .mean_milli = 2000, .sum_milli = 8001 } };
    struct vb_total total = { .id = "t", .scales = both, .scale_count = 2, .score = VB_SUM };
    int64_t milli;
    plan->scales = scales;
    assert_true(vb_score_total(&milli, &total, plan, scores));
    assert_int_equal(milli, 11501);
    total.score = VB_MEAN;
    assert_true(vb_score_total(&milli, &total, plan, scores));
    assert_int_equal(milli, 5750); /* 5750.5 to even */
    scores[1].given = false;
    assert_false(vb_score_total(&milli, &total, plan, scores));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pomp_rounds_half_to_even_at_one_decimal),
        cmocka_unit_test(ties_go_to_the_even_neighbour_on_both_sides_of_zero),
        cmocka_unit_test(enough_is_all_of_two_three_of_four_and_four_fifths),
        cmocka_unit_test_setup_teardown(a_full_scale_has_sum_mean_and_pomp, set_up, tear_down),
        cmocka_unit_test_setup_teardown(four_of_five_is_prorated_and_three_is_no_score, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_authors_min_answered_holds_only_for_the_whole_scale,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_counts_what_the_form_and_the_role_are_asked, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(reverse_keying_turns_on_the_range_of_the_format, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_unscored_item_keeps_its_place_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_scored_kind_has_its_range, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_choice_without_a_value_counts_for_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_member_has_a_score_of_its_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_answer_pattern_agrees_with_the_rules, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_total_needs_every_scale, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
