/* What an output in Lua can write and reach: the table, the page and what is really there say the
 * same. A new name in tests/fixtures/sandbox-output-names.txt is a new promise. */
#include <lauxlib.h>
#include <unistd.h>

#include "base/str.h"
#include "data/json.h"
#include "script/output_inner.h"
#include "script/output_names.h"
#include "script/sandbox_lua.h"
#include "tests.h"

static const char page_path[] = "docs/reference/lua-outputs.md";
static const char golden[] = "tests/fixtures/sandbox-output-names.txt";
static const char source[] =
    "local v = require \"verbond\"\n"
    "return v.output { api = 1, name = \"names\", summary = \"s\", deliver = function() end }\n";

static void read_file(struct vb_buf *out, const char *path)
{
    struct vb_err err;
    if (vb_file_read(out, path, 1 << 20, &err) != VB_OK)
        fail_msg("%s", err.text);
}

/* -- the page --------------------------------------------------------------------------------- */

static void put_field(struct vb_buf *rows, const struct vb_field *field)
{
    const char *of = field->type == VB_FIELD_WORD ? "one of: " : "";
    const char *takes = field->words != NULL && field->type != VB_FIELD_FUNCTION
                            ? field->words
                            : vb_field_type_name(field->type);
    vb_buf_printf(rows, "| `%s` | %s%s | %s | %s |\n", field->name, of, takes,
                  field->fallback == NULL ? "" : field->fallback, field->help);
}

/* Every row of a table on the page that begins with a name, but for those of outcomes. */
static size_t rows_of(const char *page)
{
    size_t count = 0;
    for (const char *at = page; (at = strstr(at, "\n| `")) != NULL; at++)
        count += !vb_starts_with(at, "\n| `return ");
    return count;
}

static void the_page_has_every_field_and_function_and_no_other(void **state)
{
    (void)state;
    struct vb_buf page = { 0 }, row = { 0 };
    size_t count = 0;
    read_file(&page, page_path);
    const struct vb_field *lists[] = { vb_output_constructor.fields,
                                       vb_output_option_fields.fields };
    for (int i = 0; i < 2; i++)
        for (const struct vb_field *field = lists[i]; field->name != NULL; field++, count++) {
            vb_buf_clear(&row);
            put_field(&row, field);
            if (strstr(page.data, row.data) == NULL)
                fail_msg("%s lacks: %s", page_path, row.data);
        }
    for (const struct vb_output_name *name = vb_output_names; name->name != NULL; name++, count++) {
        vb_buf_clear(&row);
        vb_buf_printf(&row, "| `%s` | %s |\n", name->form, name->help);
        if (strstr(page.data, row.data) == NULL)
            fail_msg("%s lacks: %s", page_path, row.data);
    }
    assert_int_equal(rows_of(page.data), count);
    vb_buf_finish(&page);
    vb_buf_finish(&row);
}

/* -- what is reachable ------------------------------------------------------------------------ */

struct names {
    char text[64][64];
    size_t count;
};

static void add(struct names *names, const char *of, const char *name)
{
    vb_assert(names->count < 64);
    snprintf(names->text[names->count++], sizeof names->text[0], "%s.%s", of, name);
}

/* The names in the table on top, or in the one that its reads fall through to; popped. */
static void add_all(lua_State *L, const char *of, struct names *names)
{
    if (lua_getmetatable(L, -1)) {
        if (lua_getfield(L, -1, "__index") == LUA_TTABLE)
            lua_replace(L, -3);
        lua_settop(L, -2 - (lua_type(L, -1) != LUA_TTABLE));
    }
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        add(names, of, lua_tostring(L, -2));
    lua_pop(L, 1);
}

static void add_type(lua_State *L, const char *of, struct names *names)
{
    luaL_getmetatable(L, of);
    lua_getfield(L, -1, "__index");
    lua_remove(L, -2);
    add_all(L, of + strlen("verbond "), names);
}

static int collect(lua_State *L)
{
    struct names *names = lua_touserdata(L, 1);
    vb_output_push_host(L);
    add_all(L, "host", names);
    add_type(L, "verbond file", names);
    add_type(L, "verbond folder", names);
    vb_output_push_delivery(L);
    add_all(L, "delivery", names);
    lua_pushglobaltable(L);
    lua_getfield(L, -1, "require");
    lua_pushliteral(L, "verbond");
    lua_call(L, 1, 1);
    lua_pushnil(L); /* its own entries: reads of others are refused by its metatable */
    lua_setmetatable(L, -2);
    add_all(L, "verbond", names);
    return 0;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static const char *no_option(const struct vb_output_host *host, const char *name)
{
    (void)host, (void)name;
    return NULL;
}

/* An output that is open and has a delivery. */
static void look(struct names *names)
{
    char path[] = "/tmp/verbond-XXXXXX/names.lua";
    struct vb_lua_output *output;
    struct vb_findings findings = { 0 };
    struct vb_clock clock = vb_clock_system();
    struct vb_err err;
    path[strlen("/tmp/verbond-XXXXXX")] = '\0';
    assert_non_null(mkdtemp(path));
    char dir[sizeof path];
    snprintf(dir, sizeof dir, "%s", path);
    path[strlen(path)] = '/';
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(source, 1, sizeof source - 1, file), sizeof source - 1);
    assert_int_equal(fclose(file), 0);
    if (vb_lua_output_load(&output, path, &clock, &findings, &err) != VB_OK)
        fail_msg("%s", err.text);
    const struct vb_output_host host = {
        .size = sizeof host, .dir = dir, .name = "names", .option = no_option
    };
    const struct vb_output_delivery delivery = { .size = sizeof delivery,
                                                 .parcel = "a/b/1",
                                                 .result_json = "{}",
                                                 .result_len = 2,
                                                 .instrument_json = "{}",
                                                 .instrument_len = 2 };
    assert_int_equal(vb_lua_output_open(output, &host, &err), VB_OK);
    output->delivery = &delivery;
    if (vb_sandbox_protect(output->box, collect, names, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_lua_output_destroy(output);
    vb_findings_finish(&findings);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0);
}

static void what_can_be_reached_is_what_the_table_and_the_list_have(void **state)
{
    (void)state;
    static struct names found, told;
    struct vb_buf list = { 0 }, kept = { 0 };
    look(&found);
    for (const struct vb_output_name *name = vb_output_names; name->name != NULL; name++)
        add(&told, name->of, name->name);
    qsort(found.text, found.count, sizeof found.text[0], by_text);
    qsort(told.text, told.count, sizeof told.text[0], by_text);
    for (size_t i = 0; i < found.count && i < told.count; i++)
        assert_string_equal(found.text[i], told.text[i]);
    assert_int_equal(found.count, told.count);
    for (size_t i = 0; i < found.count; i++)
        vb_buf_printf(&list, "%s\n", found.text[i]);
    read_file(&kept, golden);
    assert_string_equal(kept.data, list.data);
    vb_buf_finish(&list);
    vb_buf_finish(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_has_every_field_and_function_and_no_other),
        cmocka_unit_test(what_can_be_reached_is_what_the_table_and_the_list_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
