#include "scripts.h"

#include "script/sandbox_box.h"

/* -- what a script has --------------------------------------------------------------------------*/

static void plain_lua_runs(void **state)
{
    (void)state;
    assert_script("local t = {} for i = 1, 3 do t[#t + 1] = i * i end\n"
                  "return t[1] .. ',' .. t[2] .. ',' .. t[3]",
                  "1,4,9");
    assert_script("local function fact(n) return n <= 1 and 1 or n * fact(n - 1) end\n"
                  "return tostring(fact(10))",
                  "3628800");
}

static void pcall_catches_what_a_script_raises(void **state)
{
    (void)state;
    assert_script("local ok, why = pcall(error, 'no', 0) return tostring(ok) .. why", "falseno");
    assert_script("local ok, a, b = pcall(function(...) return ... end, 'x', 'y')\n"
                  "return tostring(ok) .. a .. b",
                  "truexy");
    assert_script("local ok, why = pcall(assert, false, { code = 7 }) return '' .. why.code", "7");
    assert_script("local ok, why = pcall(error, { code = 8 }) return '' .. why.code", "8");
    assert_script("return tostring(assert('value', 'unused'))", "value");
    assert_script("local ok, why = pcall(function() local x = nil; return x.y end)\n"
                  "return why",
                  "script.lua:1: attempt to index a nil value (local 'x')");
}

static void pairs_goes_in_one_order(void **state)
{
    (void)state;
    assert_script("local t, out = { b = 1, a = 2, [true] = 3, [2] = 4, [1.5] = 5, [10] = 6,\n"
                  "  [false] = 7, ab = 8, [''] = 9, [-1] = 10, [2^63] = 11, [-2^63] = 12 }, {}\n"
                  "for k, v in pairs(t) do out[#out + 1] = v end\n"
                  "return table.concat(out, ' ')",
                  "7 3 12 10 5 4 6 11 9 2 8 1");
    assert_script("local t, n = { 1, 2, 3, x = 4 }, 0\n"
                  "for k in pairs(t) do t[k] = nil; t.x = nil; n = n + 1 end\n"
                  "return tostring(n)",
                  "3");
}

static void tostring_gives_no_addresses(void **state)
{
    (void)state;
    assert_script("return tostring({})", "table");
    assert_script("return tostring(pcall)", "function");
    assert_script("return tostring(nil) .. tostring(true) .. tostring(12) .. tostring(1.5)",
                  "niltrue121.5");
    assert_refused("return string.format('%s', {})", VB_E_SCRIPT, "not a table");
    assert_refused("return string.format('%p', {})", VB_E_SCRIPT, "%p is not available");
}

static void numbers_are_read(void **state)
{
    (void)state;
    assert_script("return tonumber('10') .. ' ' .. tonumber(' 0x1F ') .. ' ' .. tonumber('1.5')",
                  "10 31 1.5");
    assert_script("return tonumber('ff', 16) .. ' ' .. tonumber('-101', 2) .. ' ' .. "
                  "tonumber('zz', 36)",
                  "255 -5 1295");
    assert_script("return tonumber(3) .. ' ' .. tostring(tonumber({})) .. ' ' .. "
                  "tostring(tonumber('-', 10)) .. ' ' .. tostring(tonumber('1 x', 10)) .. ' ' .. "
                  "tonumber(' 7 ', 10)",
                  "3 nil nil nil 7");
    assert_refused("return tonumber('1', 99)", VB_E_SCRIPT, "2..36");
    assert_script("return tostring(tonumber('x')) .. tostring(tonumber('8', 8)) .. "
                  "tostring(tonumber('')) .. tostring(tonumber('1', 2))",
                  "nilnilnil1");
}

static void strings_do_what_lua_does(void **state)
{
    (void)state;
    assert_script("return ('abc'):upper() .. ('ABC'):lower() .. #'abc' .. ('abc'):reverse()",
                  "ABCabc3cba");
    assert_script("return ('abcdef'):sub(2, 3) .. ('abcdef'):sub(-2) .. ('abc'):sub(5) .. "
                  "('abc'):sub(0, 1) .. ('abc'):sub(-9, -3)",
                  "bcefaa");
    assert_script("return ('ab'):rep(3, '-') .. ('x'):rep(0) .. ('x'):rep(-1)", "ab-ab-ab");
    assert_script("local a, b = ('a.b.c'):find('.b', 1, true) return a .. ' ' .. b", "2 3");
    assert_script("return tostring(('abc'):find('x')) .. ('abc'):find('', 4)", "nil4");
    assert_script("return string.char(104, 105) .. ('A'):byte() .. #{ ('abc'):byte(1, -1) }",
                  "hi653");
    assert_script("return ('abc'):len() .. select('#', ('abc'):byte(0)) .. ('abc'):byte(-1) .. "
                  "tostring(('abc'):find('a', 9)) .. select('#', ('abc'):byte(9))",
                  "3099nil0");
}

static void format_writes_numbers_and_texts(void **state)
{
    (void)state;
    assert_script("return string.format('%d %5.2f|%-5s|%5s|%05d|%x|%%|%s|%s', 3, 1.005, 'ab', "
                  "'cd', 42, 255, 1.5, true)",
                  "3  1.00|ab   |   cd|00042|ff|%|1.5|true");
    assert_script("return #string.format('%99.99f', -1.7976931348623157e308) .. ''", "410");
    assert_script("return string.format('%c%c%5.1s|%-4s|%i', 104, 105, 'abc', true, 2.0)",
                  "hi    a|true|2");
    assert_refused("return string.format('%5s', 'a\\0b')", VB_E_SCRIPT, "zero byte");
    assert_refused("local s = ('x'):rep(200000) return string.format('%s%s%s', s, s, s)",
                   VB_E_LIMIT, "262144 bytes");
    assert_refused("return string.format('%100d', 1)", VB_E_SCRIPT, "two digits");
    assert_refused("return string.format('%d', 1.5)", VB_E_SCRIPT, "integer");
    assert_refused("return string.format('%d')", VB_E_SCRIPT, "no value");
    assert_refused("return string.format('%')", VB_E_SCRIPT, "conversion");
    assert_refused("return string.format('%q', 'x')", VB_E_SCRIPT, "not available");
}

static void tables_do_what_lua_does(void **state)
{
    (void)state;
    assert_script("local t = { 1, 2, 4 } table.insert(t, 3, 3) table.insert(t, 5)\n"
                  "return table.concat(t, ',') .. table.remove(t, 1) .. table.remove(t) .. #t",
                  "1,2,3,4,5153");
    assert_script(
        "local t = table.pack(1, nil, 3) return t.n .. select('#', table.unpack(t, 1, 3))", "33");
    assert_script("return table.concat(table.move({ 1, 2, 3 }, 1, 3, 2), ',')", "1,1,2,3");
    assert_script("return table.concat(table.move({ 1, 2, 3 }, 2, 3, 1), ',')", "2,3,3");
    assert_script("local t = { 3, 1, 2 } table.sort(t) return table.concat(t, ',')", "1,2,3");
    assert_script("local t = { 'b', 'a', 'c' } table.sort(t, function(x, y) return x > y end)\n"
                  "return table.concat(t)",
                  "cba");
    assert_refused("table.sort({ 1, 'a' })", VB_E_SCRIPT, "attempt to compare");
    assert_refused("table.insert({}, 5, 1)", VB_E_SCRIPT, "position out of bounds");
    assert_script("local to = table.move({ 1, 2 }, 1, 2, 3, { 9, 9 }) return table.concat(to, ',')",
                  "9,9,1,2");
    assert_refused("table.insert({}, 1, 2, 3)", VB_E_SCRIPT, "table.insert takes a list");
    assert_refused("table.concat({ {} })", VB_E_SCRIPT, "element 1 is a table");
}

static void sort_keeps_the_order_of_equals(void **state)
{
    (void)state;
    assert_script("local t = {}\n"
                  "for i = 1, 100 do t[i] = { key = i % 3, at = i } end\n"
                  "table.sort(t, function(a, b) return a.key < b.key end)\n"
                  "for i = 2, 100 do\n"
                  "  if t[i - 1].key == t[i].key and t[i - 1].at > t[i].at then return 'no' end\n"
                  "  if t[i - 1].key > t[i].key then return 'unsorted' end\n"
                  "end\n"
                  "return 'stable'",
                  "stable");
}

static void mathematics_is_exact(void **state)
{
    (void)state;
    assert_script("return math.floor(-1.5) .. ' ' .. math.ceil(1.2) .. ' ' .. math.abs(-3) .. ' ' "
                  ".. math.max(1, 5, 3) .. ' ' .. math.min(2, 0.5)",
                  "-2 2 3 5 0.5");
    assert_script(
        "return math.fmod(-7, 3) .. ' ' .. math.fmod(7, -1) .. ' ' .. math.sqrt(9) .. ' ' "
        ".. math.type(1) .. math.type(1.0) .. tostring(math.type('1'))",
        "-1 0 3.0 integerfloatnil");
    assert_script("return math.tointeger(3.0) .. ' ' .. tostring(math.tointeger(3.5)) .. ' ' .. "
                  "math.fmod(math.mininteger, -1)",
                  "3 nil 0");
    assert_script("local a, b = math.modf(-3.25) local c, d = math.modf(7)\n"
                  "local e, f = math.modf(1 / 0)\n"
                  "return a .. ' ' .. b .. ' ' .. c .. ' ' .. d .. ' ' .. e .. ' ' .. f",
                  "-3.0 -0.25 7 0.0 inf 0.0");
    assert_script("return math.abs(-1.5) .. ' ' .. math.floor(3) .. ' ' .. math.ceil(3) .. ' ' .. "
                  "math.fmod(5.5, 2) .. ' ' .. math.abs(math.mininteger)",
                  "1.5 3 3 1.5 -9223372036854775808");
    assert_refused("return math.fmod(1, 0)", VB_E_SCRIPT, "zero");
}

static void code_points_are_counted(void **state)
{
    (void)state;
    assert_script(
        "return utf8.len('h\xc3\xa9') .. utf8.char(233, 8364) .. utf8.codepoint('\xc3\xa9')",
        "2\xc3\xa9\xe2\x82\xac"
        "233");
    assert_script("local out = {} for at, code in utf8.codes('a\xe2\x82\xac') do\n"
                  "out[#out + 1] = at .. ':' .. code end return table.concat(out, ' ')",
                  "1:97 2:8364");
    assert_refused("return utf8.len('\x80')", VB_E_SCRIPT, "byte 1 of the text is not UTF-8");
    assert_refused("for _ in utf8.codes('a\xc3') do end", VB_E_SCRIPT, "not UTF-8");
}

/* -- what a script has not ----------------------------------------------------------------------*/

static void what_is_left_out_is_said(void **state)
{
    (void)state;
    static const char *const gone[] = { "print",        "os",        "io",   "debug",
                                        "load",         "require",   "next", "getmetatable",
                                        "setmetatable", "coroutine", "_G",   "xpcall" };
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++) {
        char source[64];
        snprintf(source, sizeof source, "return %s", gone[i]);
        assert_refused(source, VB_E_SCRIPT, gone[i]);
    }
    assert_refused("return ('a'):match('a')", VB_E_SCRIPT, "string.match is not available");
    assert_refused("return math.random()", VB_E_SCRIPT, "math.random is not available");
    assert_refused("return tostrng(1)", VB_E_SCRIPT, "did you mean 'tostring'?");
}

static void nothing_shared_can_be_changed(void **state)
{
    (void)state;
    assert_refused("x = 1", VB_E_SCRIPT, "script.lua:1: 'x' would be a global: declare it local");
    assert_refused("function helper() end", VB_E_SCRIPT, "'helper' would be a global");
    assert_refused("math.floor = 1", VB_E_SCRIPT, "math cannot be changed");
    assert_refused("string.upper = 1", VB_E_SCRIPT, "string cannot be changed");
    assert_refused("return math[1]", VB_E_SCRIPT, "math has no such field");
    assert_refused("return _ENV[1]", VB_E_SCRIPT, "global names are strings");
    assert_refused("_ENV[1] = 2", VB_E_SCRIPT, "would be a global");
    assert_refused("pairs = nil", VB_E_SCRIPT, "'pairs' would be a global");
    assert_refused("('').upper = 1", VB_E_SCRIPT, "attempt to index a string value");
    assert_refused("table.insert(math, 1)", VB_E_SCRIPT, "a list was expected");
    assert_refused("table.insert(_ENV, 1)", VB_E_SCRIPT, "a list was expected");
}

static void bitwise_operators_are_refused_with_their_line(void **state)
{
    (void)state;
    assert_refused("local a = 1\nreturn a & 2", VB_E_SCRIPT,
                   "script.lua:2: bitwise operators are not available in the sandbox: '&'");
}

static void bytecode_is_refused(void **state)
{
    (void)state;
    assert_refused("\x1bLua", VB_E_SCRIPT, "binary chunk");
}

static void a_source_that_is_too_long_is_refused(void **state)
{
    (void)state;
    char *source = malloc(300001);
    memset(source, ' ', 300000);
    source[300000] = '\0';
    assert_refused(source, VB_E_SCRIPT, "at most 262144");
    free(source);
}

static void every_error_says_where(void **state)
{
    (void)state;
    assert_refused("\n\nerror('wrong')", VB_E_SCRIPT, "script.lua:3: wrong");
    assert_refused("\nassert(false, 'no')", VB_E_SCRIPT, "script.lua:2: no");
    assert_refused("\nassert(nil)", VB_E_SCRIPT, "script.lua:2: assertion failed");
    assert_refused("\nerror('bare', 0)", VB_E_SCRIPT, "script.lua:2: bare");
    assert_refused("\nerror({})", VB_E_SCRIPT, "script.lua:2: the script raised a table");
    assert_refused("\nerror(7)", VB_E_SCRIPT, "script.lua:2: the script raised the number 7");
    assert_refused("\nerror()", VB_E_SCRIPT, "script.lua:2: the script raised a nil");
    assert_refused("local x =", VB_E_SCRIPT, "script.lua:1: unexpected symbol");
    assert_refused("\nlocal t = {} t.a.b = 1", VB_E_SCRIPT, "script.lua:2: attempt to index");
}

/* -- limits -------------------------------------------------------------------------------------*/

static void fuel_ends_a_loop_at_its_line(void **state)
{
    (void)state;
    assert_refused("local n = 0\nwhile true do n = n + 1 end", VB_E_LIMIT,
                   "script.lua:2: the script ran out of fuel");
}

static void fuel_is_the_same_in_every_run(void **state)
{
    (void)state;
    char first[sizeof((struct vb_err *)0)->text] = "";
    for (int i = 0; i < 5; i++) {
        struct script_run run;
        struct vb_sandbox_options options = script_options(vb_limits_flow());
        options.limits.deadline_ms = SCRIPT_DEADLINE_MS;
        script_start(&run, &options,
                     "local t = {}\nlocal function add(k)\nt[k] = (t[k] or 0) + 1\nend\n"
                     "while true do\nadd('a')\nfor k, v in pairs(t) do\nadd(k)\nend\nend");
        assert_int_equal(run.code, VB_E_LIMIT);
        if (i == 0)
            snprintf(first, sizeof first, "%s", run.err.text);
        assert_string_equal(run.err.text, first);
        script_finish(&run);
    }
}

static int64_t clock_of_tests(void *ctx)
{
    int64_t *now = ctx;
    return *now += 1000000; /* a millisecond every time it is asked */
}

static void the_deadline_is_the_given_clocks(void **state)
{
    (void)state;
    int64_t now = 0;
    struct script_run run;
    struct vb_sandbox_options options = script_options(vb_limits_flow());
    options.clock = (struct vb_clock){ clock_of_tests, clock_of_tests, &now };
    assert_int_equal(script_start(&run, &options, "while true do end"), VB_E_LIMIT);
    assert_non_null(strstr(run.err.text, "longer than 200 ms"));
    assert_in_range(now / 1000000, 200, 210);
    script_finish(&run);
}

static void memory_has_a_ceiling(void **state)
{
    (void)state;
    assert_refused("local t = {} for i = 1, 1e9 do t[i % 10000] = { t[i % 10000], 1, 2, 3 } end",
                   VB_E_LIMIT, "8192 KiB");
    assert_refused("local t = {} for i = 1, 1e9 do t[i] = true end", VB_E_LIMIT,
                   "a table or the stack of calls grew past 384 KiB");
    assert_script("local t = {} for i = 1, 16384 do t[i] = i end\n"
                  "local n = {} for i = 1, 8192 do n['k' .. i] = i end return '' .. #t",
                  "16384");
    assert_refused("local function deep(n) return 1 + deep(n + 1) end return deep(1)", VB_E_LIMIT,
                   "recursion that does not end");
}

static void a_string_has_a_ceiling(void **state)
{
    (void)state;
    assert_script("return tostring(#('x'):rep(262144))", "262144");
    assert_refused("return ('x'):rep(262145)", VB_E_LIMIT, "262144 bytes at most");
    assert_refused("local s = 'x' while true do s = s .. s end", VB_E_LIMIT,
                   "script.lua:1: a string may have 262144 bytes");
    assert_refused("local t = {} for i = 1, 300 do t[i] = ('x'):rep(1000) end\n"
                   "return table.concat(t)",
                   VB_E_LIMIT, "262144 bytes");
}

/* With all the time there is, this ends because its fuel does. */
static void assert_fuel_ends(const char *source)
{
    struct script_run run;
    struct vb_sandbox_options options = script_options(vb_limits_flow());
    options.limits.deadline_ms = SCRIPT_DEADLINE_MS;
    script_start(&run, &options, source);
    if (run.code != VB_E_LIMIT || strstr(run.err.text, "out of fuel") == NULL)
        fail_msg("%s\n  gave %d: %s", source, run.code, script_text(&run));
    script_finish(&run);
}

/* A few hundred instructions each: it is the work in C that is paid for. */
static void work_in_c_costs_fuel(void **state)
{
    (void)state;
    assert_fuel_ends("local s = ('x'):rep(200000) for i = 1, 200 do s:find('y') end");
    assert_fuel_ends("local s = ('x'):rep(200000) for i = 1, 200 do (''):find(s) end");
    assert_fuel_ends("local s = ('x'):rep(200000) for i = 1, 200 do s:upper() end");
    assert_fuel_ends("local s = ('x'):rep(200000) for i = 1, 200 do s:reverse() end");
    assert_fuel_ends("local s = ('x'):rep(200000) for i = 1, 200 do s:sub(2) end");
    assert_fuel_ends("local s = ('x'):rep(200000) for i = 1, 200 do local t = s .. i end");
    assert_fuel_ends("local s = ('x'):rep(200000) for i = 1, 200 do utf8.len(s) end");
    assert_fuel_ends("local s = ('x'):rep(200000) for i = 1, 200 do utf8.codes(s) end");
    assert_fuel_ends("local s = ('1'):rep(200000) for i = 1, 200 do tonumber(s) end");
    assert_fuel_ends("local s = ('1'):rep(200000) for i = 1, 200 do tonumber(s, 10) end");
    assert_fuel_ends("local s = ('x'):rep(200000) for i = 1, 200 do string.format('%s', s) end");
    assert_fuel_ends("local s = ('x'):rep(10000) for i = 1, 300 do s:byte(1, 9000) end");
    assert_fuel_ends("for i = 1, 200 do ('x'):rep(200000) end");
    assert_fuel_ends("local t = table.pack(('x'):rep(9000):byte(1, -1))\n"
                     "for i = 1, 250 do table.unpack(t) end");
    assert_fuel_ends("local t = table.pack(('x'):rep(9000):byte(1, -1))\n"
                     "for i = 1, 250 do table.move(t, 1, 9000, 1) end");
    assert_fuel_ends("local t = table.pack(('x'):rep(9000):byte(1, -1))\n"
                     "for i = 1, 250 do table.concat(t) end");
    assert_fuel_ends("local t = table.pack(('x'):rep(9000):byte(1, -1))\n"
                     "for i = 1, 125 do table.insert(t, 1, 1) table.remove(t, 1) end");
    assert_fuel_ends("local t = table.pack(('x'):rep(9000):byte(1, -1))\n"
                     "for i = 1, 20 do table.sort(t) end");
    assert_fuel_ends("local t = table.pack(('x'):rep(9000):byte(1, -1))\n"
                     "for i = 1, 20 do pairs(t) end");
    assert_fuel_ends("local t = {} for i = 1, 20 do t[i] = ('\\0'):rep(200000) .. i end\n"
                     "table.sort(t)");
}

static void something_large_is_watched_closely(void **state)
{
    (void)state;
    static const char *const scripts[] = {
        "local s = 'x' for i = 1, 10000 do end return s",
        "local s = ('x'):rep(20000) for i = 1, 10000 do end return 'x'",
        "local t = {} for i = 1, 2000 do t[i] = 1 end for i = 1, 10000 do end return 'x'",
    };
    int64_t asked[3];
    for (int i = 0; i < 3; i++) {
        struct script_run run;
        asked[i] = 0;
        struct vb_sandbox_options options = script_options(vb_limits_load());
        options.clock = (struct vb_clock){ clock_of_tests, clock_of_tests, &asked[i] };
        assert_int_equal(script_start(&run, &options, scripts[i]), VB_OK);
        asked[i] /= 1000000;
        script_finish(&run);
    }
    assert_in_range(asked[0], 90, 130);
    assert_in_range(asked[1], 900, 1300);
    assert_in_range(asked[2], 900, 1900);
}

/* Without this rule the loop would go on, paying for a collection every few turns. */
static void memory_that_is_nearly_full_is_full(void **state)
{
    (void)state;
    static const char source[] =
        "local all = {} for i = 1, %d do local t = {} for k = 1, 100 do t[k] = { k } end\n"
        "all[i] = t end for i = 1, 100 do local s = ('x'):rep(60000) end return 'enough'";
    char script[256];
    snprintf(script, sizeof script, source, 800);
    assert_refused(script, VB_E_LIMIT, "8192 KiB");
    snprintf(script, sizeof script, source, 600);
    assert_script(script, "enough");
}

static void garbage_is_collected(void **state)
{
    (void)state;
    static const char *const scripts[] = {
        "for i = 1, 100000 do local t = { i } end return 'done'",
        "for i = 1, 120 do local s = ('x'):rep(100000 + i) end return 'done'",
    };
    for (int i = 0; i < 2; i++) {
        struct script_run run;
        struct vb_sandbox_options options = script_options(vb_limits_flow());
        options.limits.deadline_ms = SCRIPT_DEADLINE_MS;
        assert_int_equal(script_start(&run, &options, scripts[i]), VB_OK);
        assert_in_range(run.box->used, 1, 3 << 20);
        script_finish(&run);
    }
}

static void the_deadline_is_seen_in_c_work_too(void **state)
{
    (void)state;
    int64_t now = 0;
    struct script_run run;
    struct vb_sandbox_options options = script_options(vb_limits_flow());
    options.clock = (struct vb_clock){ clock_of_tests, clock_of_tests, &now };
    options.limits.deadline_ms = 5;
    script_start(&run, &options,
                 "local s = ('x'):rep(200000) s:find('y') s:find('y') s:find('y') s:find('y') "
                 "s:find('y') s:find('y') return 'x'");
    assert_int_equal(run.code, VB_E_LIMIT);
    assert_non_null(strstr(run.err.text, "longer than 5 ms"));
    script_finish(&run);
}

static void a_verdict_stays(void **state)
{
    (void)state;
    struct script_run run;
    struct vb_sandbox_options options = script_options(vb_limits_flow());
    script_start(&run, &options, "while true do end");
    assert_int_equal(run.code, VB_E_LIMIT);
    vb_sandbox_rearm(run.box);
    int results;
    bool yielded;
    assert_int_equal(vb_sandbox_resume(run.box, run.co, 0, &results, &yielded, &run.err),
                     VB_E_LIMIT);
    assert_int_equal(vb_sandbox_protect(run.box, script_prepare, &run, &run.err), VB_E_LIMIT);
    script_finish(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_lua_runs),
        cmocka_unit_test(pcall_catches_what_a_script_raises),
        cmocka_unit_test(pairs_goes_in_one_order),
        cmocka_unit_test(tostring_gives_no_addresses),
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(strings_do_what_lua_does),
        cmocka_unit_test(format_writes_numbers_and_texts),
        cmocka_unit_test(tables_do_what_lua_does),
        cmocka_unit_test(sort_keeps_the_order_of_equals),
        cmocka_unit_test(mathematics_is_exact),
        cmocka_unit_test(code_points_are_counted),
        cmocka_unit_test(what_is_left_out_is_said),
        cmocka_unit_test(nothing_shared_can_be_changed),
        cmocka_unit_test(bitwise_operators_are_refused_with_their_line),
        cmocka_unit_test(bytecode_is_refused),
        cmocka_unit_test(a_source_that_is_too_long_is_refused),
        cmocka_unit_test(every_error_says_where),
        cmocka_unit_test(fuel_ends_a_loop_at_its_line),
        cmocka_unit_test(fuel_is_the_same_in_every_run),
        cmocka_unit_test(the_deadline_is_the_given_clocks),
        cmocka_unit_test(memory_has_a_ceiling),
        cmocka_unit_test(a_string_has_a_ceiling),
        cmocka_unit_test(work_in_c_costs_fuel),
        cmocka_unit_test(something_large_is_watched_closely),
        cmocka_unit_test(memory_that_is_nearly_full_is_full),
        cmocka_unit_test(garbage_is_collected),
        cmocka_unit_test(the_deadline_is_seen_in_c_work_too),
        cmocka_unit_test(a_verdict_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
