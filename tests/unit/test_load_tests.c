/* tests.lua becomes answer files and expectations. */
#include "loads.h"

struct cases {
    struct vb_arena arena;
    struct vb_test_case *list;
    size_t count;
    struct vb_err err;
    enum vb_code code;
};

static struct cases load_cases(const char *text)
{
    struct cases cases = { 0 };
    struct vb_file file = { .path = "one/tests.lua", .bytes = text, .len = strlen(text) };
    struct vb_pinned pinned = { .files = &file, .count = 1 };
    struct vb_source source = vb_source_pinned(&pinned);
    struct vb_sandbox_options options = load_options();
    struct vb_findings findings = { 0 };
    cases.code = vb_load_tests(&cases.list, &cases.count, &cases.arena, &source, "one/tests.lua",
                               &options, &findings, &cases.err);
    assert_int_equal(cases.code == VB_OK, findings.errors == 0);
    vb_findings_finish(&findings);
    return cases;
}

static void a_case_becomes_answers_and_expectations_with_sorted_keys(void **state)
{
    (void)state;
    struct cases cases = load_cases(
        "local v <const> = require \"verbond\"\n"
        "return v.tests {\n"
        "  { name = \"first\", professional = { [\"b.x\"] = 4, a = true },\n"
        "    client = { w = { \"x\", \"y\" }, n = 2.5, s = { missing = \"skipped\" } },\n"
        "    [\"@release\"] = true,\n"
        "    expect = { scale = { trust = v.none, bond = 4.2 } } },\n"
        "  { name = \"second\", client = {} },\n"
        "}\n");
    assert_int_equal(cases.code, VB_OK);
    assert_int_equal(cases.count, 2);
    assert_string_equal(cases.list[0].name, "first");
    assert_int_equal(cases.list[0].line, 3);
    assert_string_equal(cases.list[0].answers,
                        "{\"@release\":true,\"client\":{\"n\":2.5,\"s\":{\"missing\":\"skipped\"},"
                        "\"w\":[\"x\",\"y\"]},\"professional\":{\"a\":true,\"b.x\":4}}");
    assert_string_equal(cases.list[0].expect,
                        "{\"scale\":{\"bond\":4.2,\"trust\":{\"none\":true}}}");
    assert_int_equal(cases.list[1].line, 7);
    assert_string_equal(cases.list[1].answers, "{\"client\":{}}");
    assert_string_equal(cases.list[1].expect, "{}");
    vb_arena_finish(&cases.arena);
}

static void menger_monitors_own_tests_can_be_read(void **state)
{
    (void)state;
    struct vb_folder folder = { .root = "instruments" };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options options = load_options();
    struct cases cases = { 0 };
    struct vb_findings findings = { 0 };
    assert_int_equal(vb_load_tests(&cases.list, &cases.count, &cases.arena, &source,
                                   "menger-monitor/tests.lua", &options, &findings, &cases.err),
                     VB_OK);
    assert_true(cases.count > 2);
    vb_arena_finish(&cases.arena);
}

static void refused(const char *text, const char *part)
{
    struct cases cases = load_cases(text);
    assert_int_equal(cases.code, VB_E_DATA);
    assert_non_null(strstr(cases.err.text, part));
    vb_arena_finish(&cases.arena);
}

static void a_case_without_a_name_a_name_twice_and_a_function_are_refused(void **state)
{
    (void)state;
    refused("local v <const> = require \"verbond\"\nreturn v.tests { { client = {} } }", "no name");
    refused("local v <const> = require \"verbond\"\n"
            "return v.tests { { name = \"a\" }, { name = \"a\" } }",
            "two cases are called \"a\"");
    refused("local v <const> = require \"verbond\"\n"
            "return v.tests { { name = \"a\", client = { x = print } } }",
            "one/tests.lua:2");
    refused("return 3", "not tests");
    refused("local v <const> = require \"verbond\"\nreturn v.tests { { name = \"a\" }",
            "not closed");
}

static void a_missing_tests_file_is_absent(void **state)
{
    (void)state;
    struct vb_pinned pinned = { 0 };
    struct vb_source source = vb_source_pinned(&pinned);
    struct vb_sandbox_options options = load_options();
    struct cases cases = { 0 };
    struct vb_findings findings = { 0 };
    assert_int_equal(vb_load_tests(&cases.list, &cases.count, &cases.arena, &source,
                                   "one/tests.lua", &options, &findings, &cases.err),
                     VB_E_ABSENT);
    vb_arena_finish(&cases.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_becomes_answers_and_expectations_with_sorted_keys),
        cmocka_unit_test(menger_monitors_own_tests_can_be_read),
        cmocka_unit_test(a_case_without_a_name_a_name_twice_and_a_function_are_refused),
        cmocka_unit_test(a_missing_tests_file_is_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
