#include "tests.h"

#include "base/buf.h"
#include "data/digest.h"
#include "data/json.h"
#include "data/value_json.h"
#include "small_plan.h"

static void every_item_is_found_by_its_id(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    for (int i = 0; i < plan->item_count; i++) {
        assert_int_equal(vb_plan_item(plan, plan->items[i].id), i);
        assert_int_equal(plan->items[i].index, i);
    }
    assert_int_equal(vb_plan_item(plan, "trust"), -1);
    assert_int_equal(vb_plan_item(plan, ""), -1);
    assert_int_equal(vb_plan_item(plan, "zzz"), -1);
    vb_plan_release(plan);
}

static void slots_are_dense_and_members_only_append(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    const struct vb_item *plain = &plan->items[SMALL_FACES], *each = &plan->items[SMALL_MEMBER];
    assert_int_equal(plan->plain_count, SMALL_COUNT - 1);
    assert_int_equal(plan->member_item_count, 1);
    assert_int_equal(vb_plan_slots(plan, 3), SMALL_COUNT + 2);
    assert_int_equal(vb_plan_slot(plan, plain, -1), SMALL_FACES);
    assert_int_equal(vb_plan_slot(plan, each, 0), SMALL_COUNT - 1);
    assert_int_equal(vb_plan_slot(plan, each, 2), SMALL_COUNT + 1);
    vb_plan_release(plan);
}

static void names_are_looked_up_or_absent(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    assert_int_equal(vb_plan_role(plan, "professional"), 1);
    assert_int_equal(vb_plan_role(plan, "parent"), -1);
    assert_int_equal(vb_plan_format(plan, "simple"), 1);
    assert_int_equal(vb_plan_scale(plan, "trust"), 0);
    assert_int_equal(vb_plan_form(plan, "short"), -1);
    assert_int_equal(vb_plan_variant(plan, NULL), -1);
    vb_plan_release(plan);
}

static void a_language_falls_back_to_its_primary_subtag_then_the_first(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    assert_int_equal(vb_plan_language(plan, "en"), 1);
    assert_int_equal(vb_plan_language(plan, "en-GB"), 1);
    assert_int_equal(vb_plan_language(plan, "EN_us.UTF-8"), 1);
    assert_int_equal(vb_plan_language(plan, "e"), 0);
    assert_int_equal(vb_plan_language(plan, "tr"), 0);
    assert_int_equal(vb_plan_language(plan, NULL), 0);
    vb_plan_release(plan);
}

static int destroyed;
static void count_destroy(void *script)
{
    assert_ptr_equal(script, &destroyed);
    destroyed++;
}

static void the_last_reference_ends_the_plan(void **state)
{
    (void)state;
    struct vb_plan *plan = vb_plan_create();
    plan->script = &destroyed;
    plan->script_destroy = count_destroy;
    assert_ptr_equal(vb_plan_keep(plan), plan);
    vb_plan_release(plan);
    assert_int_equal(destroyed, 0);
    vb_plan_release(plan);
    assert_int_equal(destroyed, 1);
    vb_plan_release(NULL);
}

static void a_likert_takes_the_format_of_the_round(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    int64_t min, max;
    assert_int_equal(vb_item_answers(plan, &plan->items[0], 1)->count, 3);
    assert_true(vb_item_range(plan, &plan->items[0], 0, &min, &max));
    assert_int_equal(min, 1000);
    assert_int_equal(max, 5000);
    assert_true(vb_item_range(plan, &plan->items[SMALL_VAS], 0, &min, &max));
    assert_int_equal(max, 1000000);
    assert_true(vb_item_range(plan, &plan->items[SMALL_CHOICE], 0, &min, &max));
    assert_int_equal(min, 0);
    assert_int_equal(max, 5000);
    assert_false(vb_item_range(plan, &plan->items[SMALL_CHOICES], 0, &min, &max));
    assert_false(vb_item_range(plan, &plan->items[SMALL_TEXT], 0, &min, &max));
    vb_plan_release(plan);
}

static void a_value_counts_in_thousandths(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_value choice = { .type = VB_VALUE_OPTION, .number = 2 };
    struct vb_value number = { .type = VB_VALUE_MILLI, .number = 2500 };
    struct vb_value four = vb_value_int(4), text = { .type = VB_VALUE_TEXT };
    int64_t milli;
    assert_true(vb_item_number(plan, &plan->items[0], &four, &milli));
    assert_int_equal(milli, 4000);
    assert_true(vb_item_number(plan, &plan->items[SMALL_CHOICE], &choice, &milli));
    assert_int_equal(milli, 5000);
    assert_true(vb_item_number(plan, &plan->items[SMALL_NUMBER], &number, &milli));
    assert_int_equal(milli, 2500);
    assert_false(vb_item_number(plan, &plan->items[SMALL_TEXT], &text, &milli));
    vb_plan_release(plan);
}

static void thousandths_are_written_short(void **state)
{
    (void)state;
    static const struct {
        int64_t milli;
        const char *text;
    } cases[] = { { 3800, "3.8" },   { -500, "-0.5" },  { 4000, "4" },     { 0, "0" },
                  { 5, "0.005" },    { 50, "0.05" },    { 1234, "1.234" }, { -1001, "-1.001" },
                  { 100000, "100" }, { 70010, "70.01" } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct vb_buf out = { 0 };
        int64_t back;
        vb_milli_write(&out, cases[i].milli);
        assert_string_equal(out.data, cases[i].text);
        assert_true(vb_number_milli(strtod(out.data, NULL), &back));
        assert_int_equal(back, cases[i].milli);
        vb_buf_finish(&out);
    }
}

static void a_fourth_decimal_is_seen(void **state)
{
    (void)state;
    int64_t milli;
    assert_true(vb_number_milli(999999999.999, &milli));
    assert_int_equal(milli, 999999999999);
    assert_false(vb_number_milli(0.0001, &milli));
    assert_false(vb_number_milli(3.0000001, &milli));
    assert_false(vb_number_milli(1000000001, &milli));
}

static void missing_reasons_have_names_and_a_person_may_give_three(void **state)
{
    (void)state;
    enum vb_missing reason;
    assert_string_equal(vb_missing_name(VB_MISSING_RATHER_NOT_SAY), "rather_not_say");
    assert_true(vb_missing_parse("dont_know", &reason));
    assert_int_equal(reason, VB_MISSING_DONT_KNOW);
    assert_true(vb_missing_parse("skipped", &reason));
    assert_false(vb_missing_parse("held", &reason));
    assert_false(vb_missing_parse("not_shown", &reason));
    assert_false(vb_missing_parse("", &reason));
}

static void values_are_equal_by_type_and_content(void **state)
{
    (void)state;
    struct vb_arena arena = { 0 };
    struct vb_value text = { .type = VB_VALUE_TEXT, .text = "same", .len = 4 };
    struct vb_value copy = vb_value_copy(&arena, &text), four = vb_value_int(4);
    struct vb_value skipped = vb_value_missing(VB_MISSING_SKIPPED);
    assert_ptr_not_equal(copy.text, text.text);
    assert_true(vb_value_equal(&copy, &text));
    copy.len = 3;
    assert_false(vb_value_equal(&copy, &text));
    assert_false(vb_value_equal(&four, &skipped));
    assert_true(vb_value_equal(&four, &four));
    vb_arena_finish(&arena);
}

static void the_digest_is_sha256_of_the_documented_bytes(void **state)
{
    (void)state;
    const struct vb_file files[] = { { "b/x.lua", "two", 3 }, { "a/instrument.lua", "one", 3 } };
    const struct vb_file sorted[] = { files[1], files[0] };
    char digest[VB_DIGEST_SIZE], again[VB_DIGEST_SIZE], expected[VB_DIGEST_SIZE];
    struct vb_buf bytes = { 0 };
    vb_digest("abc", 3, digest);
    assert_string_equal(digest, "sha256:ba7816bf8f01cfea414140de5dae2223"
                                "b00361a396177a9cb410ff61f20015ad");
    vb_buf_put(&bytes, "verbond-api 1\0", 14);
    vb_digest("one", 3, digest);
    vb_buf_printf(&bytes, "%s 3 a/instrument.lua", digest + 7);
    vb_buf_putc(&bytes, '\0');
    vb_digest("two", 3, digest);
    vb_buf_printf(&bytes, "%s 3 b/x.lua", digest + 7);
    vb_buf_putc(&bytes, '\0');
    vb_digest(bytes.data, bytes.len, expected);
    vb_digest_files(files, 2, digest);
    vb_digest_files(sorted, 2, again);
    assert_string_equal(digest, expected);
    assert_string_equal(again, expected);
    vb_buf_finish(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_found_by_its_id),
        cmocka_unit_test(slots_are_dense_and_members_only_append),
        cmocka_unit_test(names_are_looked_up_or_absent),
        cmocka_unit_test(a_language_falls_back_to_its_primary_subtag_then_the_first),
        cmocka_unit_test(the_last_reference_ends_the_plan),
        cmocka_unit_test(a_likert_takes_the_format_of_the_round),
        cmocka_unit_test(a_value_counts_in_thousandths),
        cmocka_unit_test(thousandths_are_written_short),
        cmocka_unit_test(a_fourth_decimal_is_seen),
        cmocka_unit_test(missing_reasons_have_names_and_a_person_may_give_three),
        cmocka_unit_test(values_are_equal_by_type_and_content),
        cmocka_unit_test(the_digest_is_sha256_of_the_documented_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
