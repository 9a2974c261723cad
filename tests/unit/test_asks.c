/* Which calls of s:ask throw their answer away, told by the tokens. */
#include "tests.h"

#include "script/asks.h"

static bool dropped(const char *source, int line)
{
    struct vb_file file = { .path = "a/instrument.lua", .bytes = source, .len = strlen(source) };
    struct vb_plan plan = { .files = &file, .file_count = 1 };
    struct vb_asks *asks = vb_asks_create(&plan);
    bool found = vb_asks_dropped(asks, "=a/instrument.lua", line);
    assert_false(vb_asks_dropped(asks, "=b/instrument.lua", line));
    vb_asks_destroy(asks);
    return found;
}

static void a_call_that_stands_as_a_statement_drops_its_answer(void **state)
{
    (void)state;
    assert_true(dropped("s:ask('a')", 1));
    assert_true(dropped("s:ask 'a'", 1));
    assert_true(dropped("s:ask [[a]] s:say 'b'", 1));
    assert_true(dropped("if x then s:ask(f(1)) end", 1));
    assert_true(dropped("for i = 1, 9 do\n  s:ask('q' .. i)\nend", 2));
    assert_true(dropped("local x = y s:ask('a')", 1));
    assert_true(dropped("f(x) s:ask('a');", 1));
    assert_true(dropped("return function(s) s:ask('a') end", 1));
    assert_true(dropped("x = '\\\n' -- s:ask('b')\ns:ask('a')", 3));
}

static void an_answer_that_goes_anywhere_is_read(void **state)
{
    (void)state;
    assert_false(dropped("local x = s:ask('a')", 1));
    assert_false(dropped("return s:ask('a')", 1));
    assert_false(dropped("if s:ask('a') then end", 1));
    assert_false(dropped("if not s:ask('a') then end", 1));
    assert_false(dropped("f(s:ask('a'))", 1));
    assert_false(dropped("t = { s:ask('a') }", 1));
    assert_false(dropped("x = y and s:ask('a')", 1));
    assert_false(dropped("x = 1, s:ask('a')", 1));
    assert_false(dropped("x = y .. s:ask('a')", 1));
    assert_false(dropped("while x == s:ask('a') do end", 1));
    assert_false(dropped("repeat until s:ask('a')", 1));
    assert_false(dropped("for i in s:ask('a') do end", 1));
    assert_false(dropped("s:ask('a'):upper()", 1));
    assert_false(dropped("s:ask('a').x = 1", 1));
    assert_false(dropped("s:ask('a')\n(x)", 1));
    assert_false(dropped("s:ask('a')[1] = 2", 1));
}

static void where_there_is_doubt_the_answer_counts_as_read(void **state)
{
    (void)state;
    assert_false(dropped("s:ask('a') x = s:ask('b')", 1));
    assert_false(dropped("s:ask('a') s:ask('b')", 1));
    assert_false(dropped("local ask = s.ask\nask(s, 'a')", 2));
    /* Written over two lines, a call is filed by Lua under either: then nothing of the file counts.
     */
    assert_false(dropped("s:ask('a')\nx = t\n:ask('b')", 1));
    assert_false(dropped("s:ask('a')\nx = t.u:ask('b')", 1));
    assert_false(dropped("s:ask('a')\nx = f():ask('b')", 1));
    assert_false(dropped("s:ask('a')\nx = s:ask\n('b')", 1));
    assert_true(dropped("s:ask('a')\nx = t:ask('b')", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_that_stands_as_a_statement_drops_its_answer),
        cmocka_unit_test(an_answer_that_goes_anywhere_is_read),
        cmocka_unit_test(where_there_is_doubt_the_answer_counts_as_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
