/* Conditions: what they compile to, and that the impossible is told. */
#include "loads.h"

#define QUESTIONS                                                                                  \
    "formats = { standard = v.answers { { 1, nl = \"1\", en = \"1\" }, { 2, nl = \"2\", en = "     \
    "\"2\" }, { 3, nl = \"3\", en = \"3\" } }, simple = v.answers { { 1, nl = \"1\", en = \"1\" "  \
    "}, { 2, nl = \"2\", en = \"2\" } } },\n"                                                      \
    "v.likert \"l\" { " WORDS " }, v.yesno \"y\" { " WORDS " }, v.vas \"v\" { " WORDS " },\n"      \
    "v.number \"n\" { " WORDS ", min = 0, max = 10 }, v.number \"i\" { " WORDS                     \
    ", integer = true },\n"                                                                        \
    "v.choice \"c\" { " WORDS ", options = { { id = \"a\", nl = \"a\", en = \"a\" }, "             \
    "{ id = \"b\", nl = \"b\", en = \"b\" } } }, v.text \"t\" { " WORDS " },\n"                    \
    "v.choice \"m\" { " WORDS ", max = 2, options = { { id = \"a\", nl = \"a\", en = \"a\" }, "    \
    "{ id = \"b\", nl = \"b\", en = \"b\" } } },\n"                                                \
    "v.text \"one.client\" { " WORDS ", roles = { \"client\" } },\n"

static struct loaded load_when(const char *condition)
{
    char text[4096];
    snprintf(text, sizeof text, HEAD QUESTIONS "v.text \"x\" { " WORDS ", when = %s } }",
             condition);
    return load_text(text);
}

static const struct vb_cond *when(struct loaded *loaded)
{
    struct vb_plan *plan = plan_of(loaded);
    return plan->items[vb_plan_item(plan, "x")].when;
}

static void a_leaf_holds_the_value_in_the_answers_own_unit(void **state)
{
    (void)state;
    struct loaded loaded = load_when("v.is(\"y\", false)");
    assert_int_equal(when(&loaded)->is.type, VB_VALUE_BOOL);
    assert_int_equal(when(&loaded)->is.number, 0);
    unload(&loaded);
    loaded = load_when("v.is(\"c\", \"b\")");
    assert_int_equal(when(&loaded)->is.type, VB_VALUE_OPTION);
    assert_int_equal(when(&loaded)->is.number, 1);
    unload(&loaded);
    loaded = load_when("v.is(\"l\", 2)");
    assert_int_equal(when(&loaded)->is.type, VB_VALUE_INT);
    unload(&loaded);
    loaded = load_when("v.is(\"n\", 2.5)");
    assert_int_equal(when(&loaded)->is.type, VB_VALUE_MILLI);
    assert_int_equal(when(&loaded)->is.number, 2500);
    unload(&loaded);
    loaded = load_when("v.between(\"v\", 100, 900)");
    assert_int_equal(when(&loaded)->low, 100);
    assert_int_equal(when(&loaded)->high, 900);
    unload(&loaded);
    loaded = load_when("v.below(\"n\", 3)");
    assert_int_equal(when(&loaded)->low, 3000);
    unload(&loaded);
    loaded = load_when("v.above(\"v\", 999)");
    assert_int_equal(when(&loaded)->high, 999);
    unload(&loaded);
}

static void groups_hold_their_parts_in_order(void **state)
{
    (void)state;
    struct loaded loaded = load_when("v.any { v.answered(\"t\"), v.all { v.is(\"y\", true), "
                                     "v.neither { v.answered(\"m\") } } }");
    const struct vb_cond *cond = when(&loaded);
    assert_int_equal(cond->op, VB_COND_ANY);
    assert_int_equal(cond->count, 2);
    assert_int_equal(cond->of[0]->op, VB_COND_ANSWERED);
    assert_int_equal(cond->of[1]->of[1]->op, VB_COND_NEITHER);
    unload(&loaded);
}

static void check(const char *condition, const char *code, enum vb_level level)
{
    struct loaded loaded = load_when(condition);
    const struct vb_finding *found = code == NULL ? NULL : finding(&loaded, code);
    if (code == NULL ? loaded.findings.count != 0
                     : found == NULL || found->level != level || loaded.findings.count != 1) {
        print_findings(&loaded);
        fail_msg("%s: expected %s", condition, code == NULL ? "nothing" : code);
    }
    unload(&loaded);
}

static void what_no_answer_can_fulfil_is_an_error(void **state)
{
    (void)state;
    static const char *const never[] = {
        "v.is(\"l\", 4)",
        "v.below(\"l\", 1)",
        "v.above(\"v\", 1000)",
        "v.below(\"v\", 0)",
        "v.between(\"v\", 600, 400)",
        "v.between(\"v\", 2000, 3000)",
        "v.above(\"n\", 10)",
        "v.is(\"i\", 2.5)",
        "v.all { v.is(\"y\", true), v.is(\"y\", false) }",
        "v.all { v.above(\"n\", 5), v.below(\"n\", 5) }",
        "v.all { v.is(\"c\", \"a\"), v.neither { v.answered(\"c\") } }",
        "v.all { v.is(\"c\", \"a\"), v.is(\"c\", \"b\") }",
        "v.all { v.is(\"y\", true), v.any { v.is(\"c\", \"a\"), v.is(\"c\", \"b\") }, "
        "v.neither { v.answered(\"c\") } }",
        "v.neither { v.answered(\"t\"), v.neither { v.answered(\"t\") } }",
    };
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        check(never[i], "never-holds", VB_ERROR);
}

static void what_some_answer_can_fulfil_is_not(void **state)
{
    (void)state;
    static const char *const sometimes[] = {
        "v.is(\"l\", 2)",
        "v.above(\"v\", 999)",
        "v.below(\"v\", 1)",
        "v.between(\"v\", 500, 500)",
        "v.below(\"n\", 0.001)",
        "v.all { v.above(\"n\", 5), v.below(\"n\", 5.002) }",
        "v.above(\"i\", 1000000)",
        "v.all { v.above(\"i\", 2), v.below(\"i\", 4) }",
        "v.neither { v.is(\"y\", true), v.is(\"y\", false) }",
        "v.neither { v.is(\"c\", \"a\"), v.is(\"c\", \"b\") }",
        "v.all { v.answered(\"t\"), v.answered(\"m\"), v.answered(\"c\") }",
        "v.any { v.is(\"l\", 4), v.is(\"l\", 1) }",
        "v.all { v.is(\"m\", \"a\"), v.is(\"m\", \"b\") }",
        "v.all { v.answered(\"m\"), v.neither { v.is(\"m\", \"a\"), v.is(\"m\", \"b\") } }",
    };
    for (size_t i = 0; i < sizeof sometimes / sizeof *sometimes; i++)
        check(sometimes[i], NULL, VB_ERROR);
}

static void between_two_neighbours_of_a_whole_number_lies_nothing(void **state)
{
    (void)state;
    check("v.all { v.above(\"i\", 2), v.below(\"i\", 3) }", "never-holds", VB_ERROR);
    check("v.all { v.above(\"n\", 2), v.below(\"n\", 3) }", NULL, VB_ERROR);
}

static void what_holds_in_one_format_only_is_a_warning(void **state)
{
    (void)state;
    check("v.is(\"l\", 3)", "never-in-format", VB_WARNING);
    check("v.above(\"l\", 2)", "never-in-format", VB_WARNING);
}

static void a_question_that_a_role_is_never_asked_is_a_warning(void **state)
{
    (void)state;
    check("v.answered(\"one.client\")", "never-for-role", VB_WARNING);
}

static void values_that_cannot_be_compared_are_told(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "v.is(\"t\", \"x\")",       "v.is(\"m\", \"c\")", "v.is(\"l\", \"2\")",
        "v.is(\"l\", 2.5)",         "v.above(\"c\", 1)",  "v.below(\"y\", 1)",
        "v.below(\"n\", \"3\")",    "v.is(\"c\", 1)",     "v.is(\"y\", \"yes\")",
        "v.between(\"v\", 1.5, 3)",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        check(wrong[i], "condition-value", VB_ERROR);
}

static void what_is_no_condition_is_told(void **state)
{
    (void)state;
    check("true", "wrong-type", VB_ERROR);
    check("v.answers { { 1, nl = \"a\", en = \"a\" } }", "wrong-type", VB_ERROR);
    check("v.all {}", "empty-condition", VB_ERROR);
    check("v.all { true }", "wrong-type", VB_ERROR);
    check("v.is(\"y\")", "wrong-call", VB_ERROR);
    check("v.between(\"v\", 1)", "wrong-call", VB_ERROR);
    check("v.answered(\"y\", true)", "wrong-call", VB_ERROR);
    check("v.is(\"x\", true)", "forward-reference", VB_ERROR);
    check("v.is(nil, true)", "wrong-call", VB_ERROR);
}

static void a_message_that_is_never_shown_is_a_warning(void **state)
{
    (void)state;
    struct loaded loaded = load_text(HEAD "v.yesno \"y\" { " WORDS " },\n"
                                          "v.say { " WORDS ", when = v.all { v.is(\"y\", true), "
                                          "v.is(\"y\", false) } } }");
    assert_int_equal(loaded.code, VB_OK);
    assert_non_null(finding(&loaded, "unreachable-say"));
    unload(&loaded);
}

static void a_message_may_look_at_the_question_before_it_and_not_after_it(void **state)
{
    (void)state;
    struct loaded loaded = load_text(HEAD "v.yesno \"y\" { " WORDS " },\n"
                                          "v.say { " WORDS ", when = v.is(\"y\", true) },\n"
                                          "v.text \"t\" { " WORDS " } }");
    assert_int_equal(plan_of(&loaded)->steps[1].op, VB_OP_SAY);
    unload(&loaded);
    loaded = load_text(HEAD "v.say { " WORDS ", when = v.is(\"y\", true) },\n"
                            "v.yesno \"y\" { " WORDS " } }");
    assert_non_null(finding(&loaded, "forward-reference"));
    unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leaf_holds_the_value_in_the_answers_own_unit),
        cmocka_unit_test(groups_hold_their_parts_in_order),
        cmocka_unit_test(what_no_answer_can_fulfil_is_an_error),
        cmocka_unit_test(what_some_answer_can_fulfil_is_not),
        cmocka_unit_test(between_two_neighbours_of_a_whole_number_lies_nothing),
        cmocka_unit_test(what_holds_in_one_format_only_is_a_warning),
        cmocka_unit_test(a_question_that_a_role_is_never_asked_is_a_warning),
        cmocka_unit_test(values_that_cannot_be_compared_are_told),
        cmocka_unit_test(what_is_no_condition_is_told),
        cmocka_unit_test(a_message_that_is_never_shown_is_a_warning),
        cmocka_unit_test(a_message_may_look_at_the_question_before_it_and_not_after_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
