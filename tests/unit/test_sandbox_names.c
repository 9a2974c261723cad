/* Walks everything a script could reach and compares it with a list that a person has read
 * (tests/fixtures/sandbox-names.txt). A new name there is a new promise. */
#include <lualib.h>

#include "data/json.h"
#include "flows.h"
#include "script/construct.h"
#include "script/flow_lua.h"
#include "script/sandbox_box.h"

static const char golden[] = "tests/fixtures/sandbox-names.txt";

struct names {
    char text[200][64];
    size_t count;
};

static void add_name(struct names *names, const char *path, const char *name)
{
    vb_assert(names->count < 200);
    snprintf(names->text[names->count++], sizeof names->text[0], "%s%s%s", path,
             *path == '\0' ? "" : ".", name);
}

/* The table that reads fall through to, on top; the value itself where it has no metatable. */
static void push_store(lua_State *L, int index)
{
    lua_pushvalue(L, index);
    while (lua_getmetatable(L, -1)) {
        int type = lua_getfield(L, -1, "__index");
        lua_remove(L, -2);
        if (type != LUA_TTABLE) {
            lua_pop(L, 1);
            return;
        }
        lua_replace(L, -2);
    }
}

/* Every field of the table at index, and of the tables in it. */
static void walk(lua_State *L, int index, const char *path, struct names *names)
{
    luaL_checkstack(L, 10, NULL);
    push_store(L, index);
    int store = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, store); lua_pop(L, 1)) {
        char below[64];
        assert_int_equal(lua_type(L, -2), LUA_TSTRING);
        const char *name = lua_tostring(L, -2);
        add_name(names, path, name);
        snprintf(below, sizeof below, "%s%s%s", path, *path == '\0' ? "" : ".", name);
        if (lua_type(L, -1) == LUA_TTABLE)
            walk(L, lua_gettop(L), below, names);
    }
    lua_settop(L, store - 1);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static int collect(lua_State *L)
{
    static const struct vb_construct construct;
    struct names *names = lua_touserdata(L, 1);
    vb_lib_fill(L);
    lua_pushglobaltable(L);
    walk(L, lua_gettop(L), "", names);
    lua_pushliteral(L, "");
    lua_getfield(L, -1, "len"); /* the first use puts the library in its place */
    lua_getmetatable(L, -2);
    lua_getfield(L, -1, "__index");
    walk(L, lua_gettop(L), "(text)", names);
    vb_construct_push(L, &construct);
    walk(L, lua_gettop(L), "verbond", names);
    return 0;
}

/* The fields of s lie in its store once they were read. */
static void collect_s(struct names *names)
{
    static const char *const fields[] = { "ask",     "earlier", "form", "format", "language", "me",
                                          "members", "reason",  "role", "say",    "variant" };
    struct flow_fixture fix;
    fixture_begin(&fix);
    fixture_item(&fix, "a", VB_LIKERT);
    struct vb_buf body = { 0 };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        vb_buf_printf(&body, "local _ = s.%s ", fields[i]);
    fixture_flow(&fix, body.data);
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_done(&fix, NULL);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        add_name(names, "s", fields[i]);
    vb_buf_finish(&body);
    fixture_end(&fix);
}

static void read_golden(struct vb_buf *out)
{
    struct vb_err err;
    struct vb_buf file = { 0 };
    if (vb_file_read(&file, golden, 65536, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_buf_put(out, file.data, file.len);
    vb_buf_finish(&file);
}

static void the_reachable_names_are_those_of_the_list(void **state)
{
    (void)state;
    static struct names names;
    struct vb_sandbox *box;
    struct vb_err err;
    struct vb_sandbox_options options = script_options(vb_limits_load());
    assert_int_equal(vb_sandbox_create(&box, &options, &err), VB_OK);
    if (vb_sandbox_protect(box, collect, &names, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_sandbox_destroy(box);
    collect_s(&names);
    add_name(&names, "", "require");
    qsort(names.text, names.count, sizeof names.text[0], by_text);

    struct vb_buf list = { 0 };
    read_golden(&list);
    char *rest = list.data, *line;
    for (size_t i = 0; i < names.count; i++) {
        line = strsep(&rest, "\n");
        if (line == NULL || strcmp(line, names.text[i]) != 0)
            fail_msg("'%s' can be reached where the list has '%s'", names.text[i], line);
    }
    assert_string_equal(rest, "");
    vb_buf_finish(&list);
}

/* A script can read this name when the list has it, and only then. */
static void assert_only_if_listed(const char *name, const struct vb_buf *list)
{
    char line[128], source[256];
    snprintf(line, sizeof line, "\n%.100s\n", name);
    snprintf(source, sizeof source,
             "return tostring((pcall(function() assert(%.100s ~= nil) end)))", name);
    assert_script(source, strstr(list->data, line) != NULL ? "true" : "false");
}

static void each_field(lua_State *plain, const char *library, const struct vb_buf *list)
{
    for (lua_pushnil(plain); lua_next(plain, -2); lua_pop(plain, 1)) {
        char name[100];
        if (lua_type(plain, -2) != LUA_TSTRING)
            continue;
        snprintf(name, sizeof name, "%s.%s", library, lua_tostring(plain, -2));
        assert_only_if_listed(name, list);
    }
}

/* Asks a script, by name, for everything that Lua itself has. */
static void nothing_else_of_lua_can_be_read(void **state)
{
    (void)state;
    struct vb_buf list = { 0 };
    lua_State *plain = luaL_newstate();
    luaL_openlibs(plain);
    vb_buf_puts(&list, "\n");
    read_golden(&list);
    lua_pushglobaltable(plain);
    for (lua_pushnil(plain); lua_next(plain, 1); lua_pop(plain, 1)) {
        const char *name = lua_tostring(plain, -2);
        if (strcmp(name, "require") != 0) /* there only where modules are */
            assert_only_if_listed(name, &list);
        if (lua_type(plain, -1) == LUA_TTABLE && strcmp(name, "_G") != 0)
            each_field(plain, name, &list);
    }
    lua_close(plain);
    vb_buf_finish(&list);
}

static int check_globals(lua_State *L)
{
    lua_pushglobaltable(L);
    assert_int_equal(lua_rawlen(L, -1), 0);
    lua_pushnil(L);
    assert_int_equal(lua_next(L, -2), 0);
    return 0;
}

static void the_table_of_globals_itself_is_empty(void **state)
{
    (void)state;
    struct vb_sandbox *box;
    struct vb_err err;
    struct vb_sandbox_options options = script_options(vb_limits_load());
    assert_int_equal(vb_sandbox_create(&box, &options, &err), VB_OK);
    assert_int_equal(vb_sandbox_protect(box, check_globals, NULL, &err), VB_OK);
    vb_sandbox_destroy(box);
}

static void s_has_no_other_field(void **state)
{
    (void)state;
    static const char *const others[] = { "resume", "flow",  "plan",  "box",     "items",
                                          "values", "event", "store", "__index", "person" };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char body[64];
        struct flow_fixture fix;
        fixture_begin(&fix);
        fixture_item(&fix, "a", VB_LIKERT);
        snprintf(body, sizeof body, "return s.%s", others[i]);
        fixture_flow(&fix, body);
        assert_int_equal(fixture_open(&fix), VB_OK);
        assert_int_equal(fixture_step(&fix, NULL), VB_E_SCRIPT);
        assert_non_null(strstr(fix.err.text, "s has no field"));
        fixture_end(&fix);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reachable_names_are_those_of_the_list),
        cmocka_unit_test(nothing_else_of_lua_can_be_read),
        cmocka_unit_test(the_table_of_globals_itself_is_empty),
        cmocka_unit_test(s_has_no_other_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
