#include "tests.h"

#include "script/scan.h"

static bool finds(const char *source, int line, const char *text)
{
    char found[3] = "";
    int at = 0;
    return vb_scan_bitwise(source, strlen(source), &at, found) && at == line &&
           strcmp(found, text) == 0;
}

static bool finds_none(const char *source)
{
    char found[3];
    int line;
    return !vb_scan_bitwise(source, strlen(source), &line, found);
}

static void every_bitwise_operator_is_found(void **state)
{
    (void)state;
    assert_true(finds("return a & b", 1, "&"));
    assert_true(finds("return\na | b", 2, "|"));
    assert_true(finds("return ~a", 1, "~"));
    assert_true(finds("return a ~ b", 1, "~"));
    assert_true(finds("return a<<b", 1, "<<"));
    assert_true(finds("return a >> b", 1, ">>"));
    assert_true(finds("return 1<<2", 1, "<<"));
    assert_true(finds("return 0xA|0xB", 1, "|"));
    assert_true(finds("return 3~2", 1, "~"));
}

static void operators_that_look_alike_are_left_alone(void **state)
{
    (void)state;
    assert_true(finds_none("return a ~= b"));
    assert_true(finds_none("return a~=b"));
    assert_true(finds_none("return a // b"));
    assert_true(finds_none("return a <= b, a >= b, a < b, a > b"));
    assert_true(finds_none("goto done ::done::"));
    assert_true(finds_none("local a <const> = 1"));
    assert_true(finds_none("return 0x1p-1 + 1e-5 .. 'x'"));
    assert_true(finds_none("return a < b and b > c, -a, a - b"));
}

static void what_follows_a_lookalike_is_read_on(void **state)
{
    (void)state;
    assert_true(finds("return a ~= ~b", 1, "~"));
    assert_true(finds("return a ~=~b", 1, "~"));
    assert_true(finds("return a <=b<<c", 1, "<<"));
    assert_true(finds("return a // b & c", 1, "&"));
    assert_true(finds("return t[a|b]", 1, "|"));
    assert_true(finds("return a[ [[x]] ] & b", 1, "&"));
}

static void strings_hide_what_is_in_them(void **state)
{
    (void)state;
    assert_true(finds_none("return 'a & b', \"c | d\""));
    assert_true(finds_none("return 'it\\'s & so'"));
    assert_true(finds_none("return \"a \\\n & b\""));
    assert_true(finds_none("return \"a \\\r\n & b\""));
    assert_true(finds_none("return \"a \\z   \n   & b\""));
    assert_true(finds_none("return [[ a & b\n]], [==[ ]] | ]=] ~ ]==]"));
    assert_true(finds("return 'a\\\\' & b", 1, "&"));
    assert_true(finds("return [==[ ]=] ]==] | b", 1, "|"));
    assert_true(finds("local s = [[\n\n]]\nreturn a & b", 4, "&"));
    assert_true(finds("local s = 'a\\\nb'\nreturn a & b", 3, "&"));
}

static void comments_hide_what_is_in_them(void **state)
{
    (void)state;
    assert_true(finds_none("-- a & b\nreturn 1"));
    assert_true(finds_none("--[[ a & b\n | ]] return 1"));
    assert_true(finds_none("--[==[ ]] ~ ]==]"));
    assert_true(finds_none("--[= a & b\nreturn 1"));
    assert_true(finds("-- it's\nreturn a & b", 2, "&"));
    assert_true(finds("--[[ x ]] return a & b", 1, "&"));
    assert_true(finds("-- [[ x\nreturn a & b -- ]]", 2, "&"));
}

static void source_that_does_not_end_is_read_to_its_end(void **state)
{
    (void)state;
    static const char *const open[] = { "'",    "\"abc\\", "[[",  "[==[ ]]", "--[[", "--",
                                        "'\\z", "\"\\\r",  "[==", "-",       "[",    "" };
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
        assert_true(finds_none(open[i]));
}

static void a_string_broken_by_a_line_end_stops_there(void **state)
{
    (void)state;
    assert_true(finds("local s = 'open\nreturn a & b", 2, "&"));
}

static void zero_bytes_are_passed_over(void **state)
{
    (void)state;
    char found[3];
    int line;
    assert_true(vb_scan_bitwise("a\0'\0'|", 6, &line, found));
    assert_string_equal(found, "|");
}

/* The divisor that is found first, or "". */
static const char *divides_by(const char *source)
{
    static struct vb_scan_divisor found;
    size_t at = 0;
    return vb_scan_division(source, strlen(source), &at, &found) ? found.text : "";
}

static void a_division_by_a_count_or_a_zero_is_found(void **state)
{
    (void)state;
    assert_string_equal(divides_by("return sum / #answers"), "#answers");
    assert_string_equal(divides_by("return sum // (#s.members)"), "#s.members");
    assert_string_equal(divides_by("return sum % 0"), "0");
    assert_string_equal(divides_by("return sum / 0.0"), "0.0");
    assert_string_equal(divides_by("return sum /\n #a"), "#a");
}

static void a_division_by_anything_else_is_left_alone(void **state)
{
    (void)state;
    static const char *const fine[] = {
        "return sum / 2", "return sum / 0.5",  "return sum / n",     "return #a / 2",
        "return '/ #a'",  "-- / #a\nreturn 1", "return [[ / #a ]]",  "return sum / 10",
        "return sum / #", "return sum /",      "return \"%\" .. #a", "return a % 12",
    };
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        if (divides_by(fine[i])[0] != '\0')
            fail_msg("found %s in: %s", divides_by(fine[i]), fine[i]);
}

static void a_count_that_was_looked_at_is_no_zero(void **state)
{
    (void)state;
    assert_string_equal(divides_by("if #a > 0 then\n  return sum / #a\nend"), "");
    assert_string_equal(divides_by("if 0 < #a then return sum / #a end"), "");
    assert_string_equal(divides_by("if #a == 0 then return end\nreturn sum / #a"), "");
    assert_string_equal(divides_by("if #b > 0 then return sum / #a end"), "#a");
    assert_string_equal(divides_by("if #ab > 0 then return sum / #a end"), "#a");
    assert_string_equal(divides_by("if #a > 0 then end\n\n\n\n\n\n\n\n\n\n\nreturn s / #a"), "#a");
}

static void every_division_is_found_with_its_line(void **state)
{
    (void)state;
    static const char source[] = "local a = 1 / #x\nlocal b = 2 // 0\n\nreturn 3 % #y\n";
    static const int lines[] = { 1, 2, 4 };
    struct vb_scan_divisor found;
    size_t at = 0, count = 0;
    while (vb_scan_division(source, strlen(source), &at, &found)) {
        assert_in_range(count, 0, 2);
        assert_int_equal(found.line, lines[count++]);
    }
    assert_int_equal(count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bitwise_operator_is_found),
        cmocka_unit_test(operators_that_look_alike_are_left_alone),
        cmocka_unit_test(what_follows_a_lookalike_is_read_on),
        cmocka_unit_test(strings_hide_what_is_in_them),
        cmocka_unit_test(comments_hide_what_is_in_them),
        cmocka_unit_test(source_that_does_not_end_is_read_to_its_end),
        cmocka_unit_test(a_string_broken_by_a_line_end_stops_there),
        cmocka_unit_test(zero_bytes_are_passed_over),
        cmocka_unit_test(a_division_by_a_count_or_a_zero_is_found),
        cmocka_unit_test(a_division_by_anything_else_is_left_alone),
        cmocka_unit_test(a_count_that_was_looked_at_is_no_zero),
        cmocka_unit_test(every_division_is_found_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
