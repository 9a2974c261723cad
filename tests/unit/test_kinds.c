#include "tests.h"

#include "data/json.h"
#include "data/value_json.h"
#include "kinds/kind.h"
#include "small_plan.h"

static struct vb_plan *plan;
static struct vb_arena arena;
static struct vb_item item; /* a copy a test may change */
static struct vb_policy policy;

static int set_up(void **state)
{
    (void)state;
    plan = small_plan();
    policy = (struct vb_policy){ .free_text = true, .drawing_keep = true, .emotion_rating = true };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vb_plan_release(plan);
    vb_arena_finish(&arena);
    return 0;
}

static void pick(int index)
{
    item = plan->items[index];
}

static struct vb_ask ask(void)
{
    return (struct vb_ask){ plan, &item, 0, &policy };
}

static enum vb_refusal read_json(const char *json, struct vb_value *out, struct vb_err *why)
{
    struct vb_ask question = ask();
    cJSON *tree;
    assert_int_equal(vb_json_parse(&tree, json, strlen(json), 1 << 20, why), VB_OK);
    enum vb_refusal refusal = vb_kind_from_json(&question, tree, &arena, out, why);
    cJSON_Delete(tree);
    return refusal;
}

/* json is accepted, written back as same, and checks as itself. */
static void takes_as(const char *json, const char *same)
{
    struct vb_value value;
    struct vb_err why = { 0 };
    struct vb_buf out = { 0 };
    struct vb_ask question = ask();
    if (read_json(json, &value, &why) != VB_ACCEPTED)
        fail_msg("%s: %s", json, why.text);
    assert_int_equal(vb_kind_check(&question, &value), VB_ACCEPTED);
    vb_value_write(&out, &item, &value);
    assert_string_equal(out.data, same);
    vb_buf_finish(&out);
}

static void takes(const char *json)
{
    takes_as(json, json);
}

static void refuses(const char *json, enum vb_refusal refusal)
{
    struct vb_value value;
    struct vb_err why = { 0 };
    enum vb_refusal got = read_json(json, &value, &why);
    if (got != refusal)
        fail_msg("%s: %s (%s), not %s", json, vb_refusal_name(got), why.text,
                 vb_refusal_name(refusal));
    assert_true(why.text[0] != '\0');
    assert_int_equal(why.code, VB_E_DATA);
}

static void says(const char *json, const char *sentence)
{
    struct vb_value value;
    struct vb_err why = { 0 };
    assert_int_not_equal(read_json(json, &value, &why), VB_ACCEPTED);
    assert_string_equal(why.text, sentence);
}

static void every_kind_has_its_table(void **state)
{
    (void)state;
    for (int kind = 0; kind < VB_KIND_COUNT; kind++)
        assert_int_equal(vb_kind_of((enum vb_kind_id)kind)->id, kind);
    for (int refusal = 0; refusal < VB_REFUSAL_COUNT; refusal++)
        assert_non_null(vb_refusal_name((enum vb_refusal)refusal));
}

static void no_kind_takes_another_kinds_value(void **state)
{
    (void)state;
    static const char *const values[] = {
        "4", "true", "3.5", "\"home\"", "[\"home\"]", "{\"a\":1}"
    };
    static const char *const fits[SMALL_COUNT] = { "100000", "100000", "100000", "100000", "100000",
                                                   "100000", "010000", "000100", "000110", "000010",
                                                   "000100", "101000", "000000", "000000", "000000",
                                                   "000000", "000000", "100000", "100000" };
    for (int i = 0; i < SMALL_COUNT; i++) {
        pick(i);
        for (int k = 0; k < 6; k++) {
            struct vb_value value;
            struct vb_err why = { 0 };
            enum vb_refusal refusal = read_json(values[k], &value, &why);
            if ((refusal == VB_ACCEPTED) != (fits[i][k] == '1'))
                fail_msg("%s and %s: %s", item.id, values[k], vb_refusal_name(refusal));
        }
    }
}

static void a_likert_takes_the_answers_of_its_format(void **state)
{
    (void)state;
    struct vb_ask simple = ask();
    struct vb_value five = vb_value_int(5);
    pick(SMALL_TRUST);
    takes("1");
    takes_as("5.0", "5");
    refuses("0", VB_REFUSED_RANGE);
    refuses("3.5", VB_REFUSED_DECIMALS);
    refuses("\"4\"", VB_REFUSED_TYPE);
    says("7", "7 is outside 1..5");
    says("1e300", "far outside any range");
    says("3.5", "a whole number was expected, not one with decimals");
    simple.format = 1;
    assert_int_equal(vb_kind_check(&simple, &five), VB_REFUSED_RANGE);
}

static void a_likert_with_gaps_names_its_answers(void **state)
{
    (void)state;
    struct vb_option options[] = { { .value = 1 }, { .value = 3 }, { .value = 9 } };
    struct vb_answers answers = { options, 3, 1, 9 };
    pick(SMALL_TRUST);
    item.answers = &answers;
    takes("9");
    says("2", "2 is not one of 1, 3, 9");
}

static void faces_follow_the_policy(void **state)
{
    (void)state;
    pick(SMALL_FACES);
    takes("2");
    policy.emotion_rating = false;
    refuses("2", VB_REFUSED_POLICY);
    pick(SMALL_TRUST);
    takes("2");
}

static void a_line_is_a_thousand_long(void **state)
{
    (void)state;
    pick(SMALL_VAS);
    takes("0");
    takes("1000");
    refuses("500.5", VB_REFUSED_DECIMALS);
    says("1001", "1001 is outside 0..1000");
    refuses("-1", VB_REFUSED_RANGE);
}

static void a_yesno_is_true_or_false(void **state)
{
    (void)state;
    pick(SMALL_YESNO);
    takes("true");
    takes("false");
    refuses("1", VB_REFUSED_TYPE);
    refuses("\"yes\"", VB_REFUSED_TYPE);
}

static void a_choice_is_an_option_or_own_words(void **state)
{
    (void)state;
    pick(SMALL_CHOICE);
    takes("\"school\"");
    takes("{\"other\":\"bij oma\"}");
    refuses("{\"other\":\" \"}", VB_REFUSED_EMPTY);
    refuses("{\"other\":4}", VB_REFUSED_TYPE);
    refuses("{\"other\":\"a\",\"more\":1}", VB_REFUSED_TYPE);
    refuses("[\"school\"]", VB_REFUSED_TYPE);
    says("\"moon\"", "no such answer; there is \"home\", \"school\", \"friends\"");
    policy.free_text = false;
    refuses("{\"other\":\"bij oma\"}", VB_REFUSED_POLICY);
    policy.free_text = true;
    item.other = false;
    refuses("{\"other\":\"bij oma\"}", VB_REFUSED_RANGE);
}

static void several_choices_stand_in_the_order_of_the_options(void **state)
{
    (void)state;
    pick(SMALL_CHOICES);
    takes_as("[\"friends\",\"home\"]", "[\"home\",\"friends\"]");
    takes_as("[{\"other\":\"oma\"},\"home\"]", "[\"home\",{\"other\":\"oma\"}]");
    takes_as("\"home\"", "[\"home\"]");
    takes_as("{\"other\":\"oma\"}", "[{\"other\":\"oma\"}]");
    refuses("[]", VB_REFUSED_EMPTY);
    refuses("[\"home\",\"home\"]", VB_REFUSED_TWICE);
    refuses("[{\"other\":\"a\"},{\"other\":\"b\"}]", VB_REFUSED_TWICE);
    refuses("[\"home\",\"moon\"]", VB_REFUSED_RANGE);
    refuses("[\"home\",4]", VB_REFUSED_TYPE);
    refuses("[\"home\",\"school\",\"friends\",{\"other\":\"a\"}]", VB_REFUSED_LONG);
}

static void words_are_options_or_own_words(void **state)
{
    (void)state;
    pick(SMALL_WORDS);
    takes("[\"rust\",\"home\"]");
    refuses("[]", VB_REFUSED_EMPTY);
    refuses("[\"a\",\"b\",\"c\",\"d\"]", VB_REFUSED_LONG);
    refuses("[\"a\",\"a\"]", VB_REFUSED_TWICE);
    refuses("[\"a\",7]", VB_REFUSED_TYPE);
    refuses("[\"a\\nb\"]", VB_REFUSED_CONTROL);
    refuses("[\"\\u200b\"]", VB_REFUSED_EMPTY);
    policy.free_text = false;
    takes("[\"home\"]");
    refuses("[\"rust\"]", VB_REFUSED_POLICY);
    item.own = false;
    refuses("[\"rust\"]", VB_REFUSED_RANGE);
}

static void a_text_is_kept_as_given_and_shows_something(void **state)
{
    (void)state;
    pick(SMALL_TEXT);
    takes("\" a\\n\\tb \"");
    takes("\"\xF0\x9F\x98\x80\"");
    refuses("\"\"", VB_REFUSED_EMPTY);
    refuses("\" \\n \"", VB_REFUSED_EMPTY);
    refuses("\"\\u200b\\u2060\\u00ad\\u3164\\u2800\\u0301\"", VB_REFUSED_EMPTY);
    refuses("\"a\\u0007\"", VB_REFUSED_CONTROL);
    refuses("\"a\\r\\n\"", VB_REFUSED_CONTROL);
    refuses("\"a\\u0085\"", VB_REFUSED_CONTROL);
    policy.free_text = false;
    refuses("\"a\"", VB_REFUSED_POLICY);
}

static void a_text_has_a_most_in_characters_not_bytes(void **state)
{
    (void)state;
    struct vb_ask question = ask();
    struct vb_value value = { .type = VB_VALUE_TEXT };
    pick(SMALL_TEXT);
    item.max = 3;
    takes("\"\xC3\xA9\xC3\xA9\xC3\xA9\"");
    says("\"abcd\"", "more than 3 characters");
    item.max = 0;
    char *wide = malloc(16385);
    memset(wide, 'x', 16385);
    value.text = wide;
    value.len = 2000;
    assert_int_equal(vb_kind_check(&question, &value), VB_ACCEPTED);
    value.len = 2001;
    assert_int_equal(vb_kind_check(&question, &value), VB_REFUSED_LONG);
    item.max = 1 << 20;
    value.len = 16384;
    assert_int_equal(vb_kind_check(&question, &value), VB_ACCEPTED);
    value.len = 16385;
    assert_int_equal(vb_kind_check(&question, &value), VB_REFUSED_LONG);
    free(wide);
    value = (struct vb_value){ .type = VB_VALUE_TEXT, .text = "a\xFF", .len = 2 };
    assert_int_equal(vb_kind_check(&question, &value), VB_REFUSED_UTF8);
    value = (struct vb_value){ .type = VB_VALUE_TEXT, .text = "a\0b", .len = 3 };
    assert_int_equal(vb_kind_check(&question, &value), VB_REFUSED_UTF8);
}

static void a_number_has_three_decimals_at_most(void **state)
{
    (void)state;
    pick(SMALL_NUMBER);
    takes("0");
    takes("99.999");
    refuses("0.0001", VB_REFUSED_DECIMALS);
    says("100.5", "100.5 is outside 0..100");
    refuses("-1", VB_REFUSED_RANGE);
    item.has_min = item.has_max = false;
    takes("-1000000000");
    refuses("1000000001", VB_REFUSED_RANGE);
    refuses("1e300", VB_REFUSED_RANGE);
    item.integer = true;
    takes("7");
    says("7.5", "a whole number was expected");
    refuses("7.5", VB_REFUSED_DECIMALS);
}

static void a_date_is_a_day_in_the_calendar(void **state)
{
    (void)state;
    pick(SMALL_DATE);
    takes("\"2028-02-29\"");
    takes("\"2000-02-29\"");
    refuses("\"1900-02-29\"", VB_REFUSED_DATE);
    refuses("\"2026-02-29\"", VB_REFUSED_DATE);
    refuses("\"2026-13-01\"", VB_REFUSED_DATE);
    refuses("\"2026-1-1\"", VB_REFUSED_DATE);
    refuses("\"2026/01/01\"", VB_REFUSED_DATE);
    refuses("\"0000-01-01\"", VB_REFUSED_DATE);
    refuses("\"2026-01-01x\"", VB_REFUSED_DATE);
    item.min = 20260101;
    says("\"2025-12-31\"", "the day is outside 2026-01-01..the future");
    item.max = 20261231;
    takes("\"2026-12-31\"");
    refuses("\"2027-01-01\"", VB_REFUSED_RANGE);
}

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void a_drawing_is_an_image_words_or_paper(void **state)
{
    (void)state;
    pick(SMALL_DRAW);
    takes("{\"blob\":\"sha256:" HEX64 "\",\"type\":\"image/png\"}");
    takes("{\"blob\":\"sha256:" HEX64 "\",\"type\":\"application/vnd.verbond.strokes+json\"}");
    takes_as("{\"type\":\"image/png\",\"blob\":\"sha256:" HEX64 "\"}",
             "{\"blob\":\"sha256:" HEX64 "\",\"type\":\"image/png\"}");
    takes("{\"words\":[\"zon\",\"huis\"]}");
    takes("{\"paper\":true}");
    refuses("{}", VB_REFUSED_TYPE);
    refuses("{\"paper\":false}", VB_REFUSED_TYPE);
    refuses("{\"paper\":true,\"words\":[\"a\"]}", VB_REFUSED_TYPE);
    refuses("{\"blob\":\"sha256:12\",\"type\":\"image/png\"}", VB_REFUSED_TYPE);
    refuses("{\"blob\":7}", VB_REFUSED_TYPE);
    refuses("{\"blob\":\"sha256:" HEX64 "\",\"type\":\"image/gif\"}", VB_REFUSED_FILE);
    refuses("{\"words\":[]}", VB_REFUSED_EMPTY);
    refuses("{\"words\":[[]]}", VB_REFUSED_TYPE);
    refuses("{\"strokes\":[]}", VB_REFUSED_TYPE);
}

static void a_photo_follows_tools_and_policy(void **state)
{
    (void)state;
    static const char image[] = "{\"blob\":\"sha256:" HEX64 "\",\"type\":\"image/jpeg\"}";
    pick(SMALL_PHOTO);
    takes(image);
    policy.drawing_keep = false;
    refuses(image, VB_REFUSED_POLICY);
    policy.drawing_keep = true;
    policy.free_text = false;
    refuses("{\"words\":[\"zon\"]}", VB_REFUSED_POLICY);
    policy.free_text = true;
    item.tools = VB_TOOL_PAPER;
    takes("{\"paper\":true}");
    refuses(image, VB_REFUSED_RANGE);
    refuses("{\"words\":[\"zon\"]}", VB_REFUSED_RANGE);
    item.tools = VB_TOOL_WORDS;
    refuses("{\"paper\":true}", VB_REFUSED_RANGE);
}

static void an_image_that_is_not_kept_has_no_digest_to_name_it(void **state)
{
    (void)state;
    pick(SMALL_DRAW);
    item.keep = VB_KEEP_NONE;
    item.tools = VB_TOOL_DRAW;
    refuses("{\"blob\":\"sha256:" HEX64 "\",\"type\":\"image/png\"}", VB_REFUSED_POLICY);
    takes("{\"paper\":true}");
    item.tools = VB_TOOL_WORDS;
    refuses("{\"paper\":true}", VB_REFUSED_RANGE);
}

static void a_missing_answer_has_one_of_three_reasons(void **state)
{
    (void)state;
    struct vb_value value;
    struct vb_err why;
    for (int i = 0; i < SMALL_COUNT; i++) {
        pick(i);
        assert_int_equal(read_json("null", &value, &why), VB_ACCEPTED);
        assert_int_equal(value.number, VB_MISSING_SKIPPED);
        assert_int_equal(read_json("{\"missing\":\"dont_know\"}", &value, &why), VB_ACCEPTED);
        assert_int_equal(value.number, VB_MISSING_DONT_KNOW);
        refuses("{\"missing\":\"held\"}", VB_REFUSED_TYPE);
        refuses("{\"missing\":3}", VB_REFUSED_TYPE);
        refuses("{\"missing\":\"skipped\",\"x\":1}", VB_REFUSED_TYPE);
        refuses("{\"x\":1,\"missing\":\"skipped\"}", VB_REFUSED_TYPE);
        item.required = true;
        refuses("null", VB_REFUSED_REQUIRED);
    }
}

static void a_value_that_is_not_canonical_json_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "[ \"home\"]", "[\"home\"", "[\"\\u0068ome\"]", "" };
    struct vb_ask question = ask();
    pick(SMALL_WORDS);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct vb_value value = { .type = VB_VALUE_JSON,
                                  .text = bad[i],
                                  .len = (uint32_t)strlen(bad[i]) };
        assert_int_equal(vb_kind_check(&question, &value), VB_REFUSED_TYPE);
    }
}

static void a_refusal_never_repeats_what_a_person_wrote(void **state)
{
    (void)state;
    static const char *const secrets[] = { "\"geheim\"", "[\"geheim\"]", "{\"other\":\"geheim\"}",
                                           "{\"missing\":\"geheim\"}", "{\"words\":[\"geheim\"]}" };
    policy.free_text = false;
    for (int i = 0; i < SMALL_COUNT; i++) {
        pick(i);
        for (size_t k = 0; k < sizeof secrets / sizeof secrets[0]; k++) {
            struct vb_value value;
            struct vb_err why = { 0 };
            assert_int_not_equal(read_json(secrets[k], &value, &why), VB_ACCEPTED);
            assert_null(strstr(why.text, "geheim"));
        }
    }
}

static void an_image_is_known_by_its_first_bytes(void **state)
{
    (void)state;
    assert_string_equal(vb_image_type("\x89PNG\r\n\x1A\n", 8), "image/png");
    assert_string_equal(vb_image_type("\xFF\xD8\xFF\xE0", 4), "image/jpeg");
    assert_string_equal(vb_image_type("RIFF0000WEBPVP8 ", 16), "image/webp");
    assert_null(vb_image_type("RIFF0000WAVEfmt ", 16));
    assert_null(vb_image_type("GIF89a", 6));
    assert_null(vb_image_type("\x89PNG", 4));
    assert_string_equal(vb_image_type("{\"schema\"", 9), "application/vnd.verbond.strokes+json");
    assert_null(vb_image_type("", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_has_its_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_kind_takes_another_kinds_value, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_likert_takes_the_answers_of_its_format, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_likert_with_gaps_names_its_answers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(faces_follow_the_policy, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_line_is_a_thousand_long, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_yesno_is_true_or_false, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_choice_is_an_option_or_own_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_choices_stand_in_the_order_of_the_options, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(words_are_options_or_own_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_is_kept_as_given_and_shows_something, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_text_has_a_most_in_characters_not_bytes, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_number_has_three_decimals_at_most, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_date_is_a_day_in_the_calendar, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_drawing_is_an_image_words_or_paper, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_image_that_is_not_kept_has_no_digest_to_name_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_photo_follows_tools_and_policy, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_answer_has_one_of_three_reasons, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_value_that_is_not_canonical_json_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_refusal_never_repeats_what_a_person_wrote, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_image_is_known_by_its_first_bytes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
