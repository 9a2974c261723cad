#include "scripts.h"

#include "script/construct.h"
#include "script/image.h"

static const struct vb_construct construct;

static void push_verbond(lua_State *L)
{
    vb_construct_push(L, &construct);
}

/* A second state, into which the image is pushed and run. */
struct target {
    struct vb_sandbox *box;
    lua_State *co;
    const struct vb_image *image;
    struct vb_err err;
};

static int push_image(lua_State *L)
{
    struct target *target = lua_touserdata(L, 1);
    target->co = lua_newthread(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, target);
    int top = lua_gettop(L);
    vb_image_push(L, target->image, push_verbond);
    vb_assert(lua_gettop(L) == top + 1);
    lua_xmove(L, target->co, 1);
    return 0;
}

static void assert_gives(const struct vb_image *image, const char *expected)
{
    struct target target = { .image = image };
    struct vb_sandbox_options options = script_options(vb_limits_flow());
    int results = 0;
    bool yielded;
    assert_int_equal(vb_sandbox_create(&target.box, &options, &target.err), VB_OK);
    if (vb_sandbox_protect(target.box, push_image, &target, &target.err) != VB_OK ||
        vb_sandbox_resume(target.box, target.co, 0, &results, &yielded, &target.err) != VB_OK)
        fail_msg("%s", target.err.text);
    assert_int_equal(results, 1);
    assert_string_equal(lua_tostring(target.co, -1), expected);
    vb_sandbox_destroy(target.box);
}

static int set_verbond(lua_State *L)
{
    push_verbond(L);
    vb_sandbox_set_global(L, "v");
    return 0;
}

/* Runs source, which returns a function and perhaps the table of verbond (the global v), and takes
 * its image. The state is gone when this returns. */
static struct vb_image *take(const char *source)
{
    struct script_run run = { .source = source };
    struct vb_sandbox_options options = script_options(vb_limits_load());
    assert_int_equal(vb_sandbox_create(&run.box, &options, &run.err), VB_OK);
    assert_int_equal(vb_sandbox_protect(run.box, set_verbond, NULL, &run.err), VB_OK);
    assert_int_equal(vb_sandbox_protect(run.box, script_prepare, &run, &run.err), VB_OK);
    if (vb_sandbox_resume(run.box, run.co, 0, &run.results, &run.yielded, &run.err) != VB_OK)
        fail_msg("%s", run.err.text);
    if (run.results == 1)
        lua_pushnil(run.co);
    int top = lua_gettop(run.co);
    struct vb_image *image = vb_image_take(run.co, -2, -1);
    assert_int_equal(lua_gettop(run.co), top);
    script_finish(&run);
    return image;
}

/* The function returned by source, in another state and twice, gives what it gives there. */
static void assert_travels(const char *source, const char *expected)
{
    struct vb_image *image = take(source);
    if (image == NULL)
        fail_msg("cannot be kept: %s", source);
    assert_gives(image, expected);
    assert_gives(image, expected);
    vb_image_destroy(image);
}

static void assert_stays(const char *source)
{
    struct vb_image *image = take(source);
    if (image != NULL)
        fail_msg("was kept: %s", source);
}

static void plain_values_travel(void **state)
{
    (void)state;
    assert_travels("return function() return 'alone' end", "alone");
    assert_travels("local n, f, t, b, x = 7, 1.5, 'te\\0xt', true, nil n = n + 1\n"
                   "return function() n = n + 1\n"
                   "return n .. ' ' .. f .. ' ' .. #t .. ' ' .. tostring(b) .. tostring(x) end",
                   "9 1.5 5 truenil");
}

static void tables_travel_with_their_shape(void **state)
{
    (void)state;
    assert_travels(
        "local t = { 'a', 'b', { 'c' }, k = 'd', [true] = 'e', [2.5] = 'f' }\n"
        "return function() return t[1] .. t[2] .. t[3][1] .. t.k .. t[true] .. t[2.5] .. "
        "#t end",
        "abcdef3");
    assert_travels("local t = {} t.self, t.list = t, { t, t }\n"
                   "return function() return tostring(t.self == t and t.list[1] == t.list[2]) end",
                   "true");
    assert_travels("local t = {} local a, b = { t }, { t }\n"
                   "return function() a[1].x = 'shared' return b[1].x end",
                   "shared");
}

static void helpers_travel_with_what_they_share(void **state)
{
    (void)state;
    assert_travels("local n = 0 local function up() n = n + 1 end\n"
                   "local function down() n = n - 1 end\n"
                   "return function() up() up() down() n = n * 10 return tostring(n) end",
                   "10");
    assert_travels("local function fact(n) return n < 2 and 1 or n * fact(n - 1) end\n"
                   "return function() return tostring(fact(5)) end",
                   "120");
    assert_travels("local t = {} function t.a() return 'a' .. t.b() end function t.b() return 'b' "
                   "end return function() return t.a() end",
                   "ab");
    assert_travels("local even, odd\n"
                   "function even(n) return n == 0 or odd(n - 1) end\n"
                   "function odd(n) return n ~= 0 and even(n - 1) end\n"
                   "return function() return tostring(even(10)) end",
                   "true");
}

static void what_every_state_has_is_found_again(void **state)
{
    (void)state;
    assert_travels("local put, m, e = table.insert, math, _ENV local p = pairs\n"
                   "return function() local t = {} put(t, m.floor(1.5)) return e.tostring(t[1]) .. "
                   "e.type(p) end",
                   "1function");
    assert_travels("local w = v return function() return type(w) .. type(w.likert) end, v",
                   "tablefunction");
}

static void what_cannot_be_kept_is_said(void **state)
{
    (void)state;
    assert_stays("return pcall");
    assert_stays("return 'no function'");
    assert_stays("local t = { [{}] = 1 } return function() return t end");
    assert_stays("local t = { [function() end] = 1 } return function() return t end");
    assert_stays("local t = { [math] = 1 } return function() return t end");
    assert_stays("local t = { 1, nil, 3 } return function() return tostring(#t) end");
    assert_stays("local t = { 1, 2, [9] = 9 } return function() return tostring(#t) end");
    assert_stays("local node = v.likert 'a' {} return function() return node end, v");
    assert_stays("local make = v.likert return function() return make end, v");
    assert_stays("local w = v return function() return w end"); /* not said to be verbond */
    assert_stays("local t = {} for i = 1, 1000 do t = { t } end return function() return t end");
    assert_stays("local t = {} for i = 1, 1000 do t[i] = {} end return function() return t end");
    assert_stays("local t = {} for i = 1, 30000 do t[i] = i end return function() return t end");
}

static void lines_stay_in_messages(void **state)
{
    (void)state;
    assert_travels("local function fail()\nerror('here')\nend\n"
                   "return function() local ok, why = pcall(fail) return why end",
                   "script.lua:2: here");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_values_travel),
        cmocka_unit_test(tables_travel_with_their_shape),
        cmocka_unit_test(helpers_travel_with_what_they_share),
        cmocka_unit_test(what_every_state_has_is_found_again),
        cmocka_unit_test(what_cannot_be_kept_is_said),
        cmocka_unit_test(lines_stay_in_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
