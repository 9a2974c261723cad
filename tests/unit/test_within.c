/* Which line a field, or a brace that is missing or too many, is written in. */
#include "script/braces.h"
#include "script/within.h"
#include "tests.h"

static const char source[] = "local v = require \"verbond\"\n"        /* 1 */
                             "return v.instrument {\n"                /* 2 */
                             "  v.likert \"a\" {\n"                   /* 3 */
                             "    relation = \"own\", -- text = 1\n"  /* 4 */
                             "    client = {\n"                       /* 5 */
                             "      nl = \"text = {\",\n"             /* 6 */
                             "      en = \"x\" },\n"                  /* 7 */
                             "    max = a == b,\n"                    /* 8 */
                             "  },\n"                                 /* 9 */
                             "  v.likert \"b\" (family {\n"           /* 10 */
                             "    text = { en = \"y\" } }),\n"        /* 11 */
                             "  v.likert \"c\" (made(1, 2)),\n"       /* 12 */
                             "  v.text \"d\" { v.say { text = 1 },\n" /* 13 */
                             "    text = 2 },\n"                      /* 14 */
                             "}\n";

static int line(int from, const char *id, const char *path)
{
    return vb_within_line(source, strlen(source), from, id, path);
}

static void a_field_has_the_line_it_is_written_in(void **state)
{
    (void)state;
    assert_int_equal(line(3, "a", "relation"), 4);
    assert_int_equal(line(3, "a", "client"), 5);
    assert_int_equal(line(3, "a", "client.en"), 7);
    assert_int_equal(line(10, "b", "text"), 11);
    assert_int_equal(line(13, "d", "text"), 14);
    assert_int_equal(line(13, NULL, "text"), 14);
}

static void what_is_not_written_there_has_the_line_of_what_it_would_stand_in(void **state)
{
    (void)state;
    assert_int_equal(line(3, "a", "text"), 3); /* in a comment, in a string, in the next question */
    assert_int_equal(line(3, "a", "client.fr"), 5);
    assert_int_equal(line(3, "a", "a"), 3); /* compared, not assigned */
    assert_int_equal(line(12, "c", "text"), 12);
    assert_int_equal(line(3, "z", "relation"), 3);
    assert_int_equal(line(99, "a", "relation"), 99);
}

static int missing(const char *text)
{
    return vb_braces_missing(text, strlen(text));
}
static int surplus(const char *text)
{
    return vb_braces_surplus(text, strlen(text));
}

static void a_brace_that_is_not_closed_is_found_by_the_indentation(void **state)
{
    (void)state;
    assert_int_equal(missing("a {\n  b {\n    c = {\n      1,\n  },\n}\n"), 3);
    assert_int_equal(missing("a {\n  b { c = { 1 },\n}\n"), 2);
    assert_int_equal(missing("a {\n  b = \"{\", -- {\n}\n"), 0);
    assert_int_equal(missing("a { b { c\n"), 0);
    assert_int_equal(missing(""), 0);
}

static void a_brace_too_many_is_found_by_the_indentation(void **state)
{
    (void)state;
    assert_int_equal(surplus("a {\n  b {\n    c = { 1 } },\n  },\n}\n"), 3);
    assert_int_equal(surplus("a {\n  b {\n    c = { 1 },\n  },\n}\n"), 0);
    assert_int_equal(surplus("}\n"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_has_the_line_it_is_written_in),
        cmocka_unit_test(what_is_not_written_there_has_the_line_of_what_it_would_stand_in),
        cmocka_unit_test(a_brace_that_is_not_closed_is_found_by_the_indentation),
        cmocka_unit_test(a_brace_too_many_is_found_by_the_indentation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
