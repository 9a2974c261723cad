/* verbond.d.lua says what the table of fields says, and templates are whole. */
#include <lauxlib.h>

#include "author/scaffold.h"
#include "author/template.h"
#include "base/str.h"
#include "script/fields.h"
#include "tests.h"

/* -- reading annotations back ----------------------------------------------------------------- */

struct text {
    struct vb_buf all;
};
static int print(void **state)
{
    struct text *text = test_calloc(1, sizeof *text);
    vb_scaffold_annotations(&text->all);
    *state = text;
    return 0;
}
static int drop(void **state)
{
    struct text *text = *state;
    vb_buf_finish(&text->all);
    test_free(text);
    return 0;
}

/* Does a line begin with these words, and is the next character no letter of a name? */
static bool has_line(const char *from, const char *end, const char *words)
{
    size_t len = strlen(words);
    for (const char *line = from; line != NULL && line < end;) {
        if (strncmp(line, words, len) == 0 && strchr(" ?:(=\n", line[len]) != NULL)
            return true;
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    return false;
}

/* The lines of one class; *end is where they end. */
static const char *class_of(const char *all, const char *name, const char **end)
{
    char head[64];
    for (int with_parent = 0; with_parent < 2; with_parent++) {
        snprintf(head, sizeof head, "---@class verbond.%s%s", name, with_parent ? ":" : "\n");
        const char *at = strstr(all, head);
        if (at == NULL)
            continue;
        *end = strstr(at, "\n\n");
        return at;
    }
    return NULL;
}

static int fields_in(const char *from, const char *end)
{
    int count = 0;
    for (const char *at = from; (at = strstr(at, "---@field ")) != NULL && at < end; at++)
        count += at[strlen("---@field ")] != '[';
    return count;
}

static void expect_fields(const char *all, const char *name, const struct vb_field *fields)
{
    const char *end, *from = class_of(all, name, &end);
    int count = 0;
    if (from == NULL)
        fail_msg("there is no class verbond.%s", name);
    for (; fields != NULL && fields->name != NULL; fields++, count++) {
        char line[128];
        bool required = vb_streq(fields->fallback, "required");
        snprintf(line, sizeof line, "---@field %s%s", fields->name, required ? "" : "?");
        if (!has_line(from, end, line))
            fail_msg("verbond.%s has no line %s", name, line);
    }
    if (fields_in(from, end) != count)
        fail_msg("verbond.%s has a field that the table has not", name);
}

/* -- tests ------------------------------------------------------------------------------------ */

static void every_field_of_the_table_is_annotated_and_no_other(void **state)
{
    const char *all = ((struct text *)*state)->all.data;
    expect_fields(all, "item", vb_item_fields);
    for (int i = 0; i < VB_CONSTRUCTOR_COUNT; i++) {
        const struct vb_constructor *one = &vb_constructors[i];
        if (one->name != NULL && (one->fields != NULL || one->is_item))
            expect_fields(all, one->name, one->fields);
    }
}

static void every_constructor_is_annotated_and_no_other(void **state)
{
    const char *all = ((struct text *)*state)->all.data;
    const struct text *text = *state;
    int wanted = 0, found = 0;
    for (int i = 0; i < VB_CONSTRUCTOR_COUNT; i++) {
        const struct vb_constructor *one = &vb_constructors[i];
        char line[64];
        if (one->name == NULL || one->shape == VB_SHAPE_PLAIN)
            continue;
        snprintf(line, sizeof line, "%sv.%s", one->shape == VB_SHAPE_VALUE ? "" : "function ",
                 one->name);
        if (!has_line(all, all + text->all.len, line))
            fail_msg("no line begins with %s", line);
        wanted++;
    }
    for (const char *at = all; (at = strstr(at, "\nfunction v.")) != NULL; at++)
        found++;
    for (const char *at = all; (at = strstr(at, "\nv.")) != NULL; at++)
        found++;
    assert_int_equal(found, wanted);
}

static void the_words_of_a_field_are_the_only_ones_it_takes(void **state)
{
    const char *all = ((struct text *)*state)->all.data;
    assert_non_null(strstr(all, "---@field relation? \"same\"|\"estimate\"|\"act\"|\"own\" #"));
    assert_non_null(strstr(all, "---@field basis \"own\"|\"inspired-by\"|\"licensed\" #"));
    assert_null(strstr(all, "---@field relation? string"));
}

static void a_condition_takes_what_its_help_says(void **state)
{
    const char *all = ((struct text *)*state)->all.data;
    assert_non_null(strstr(all, "---@param low number\n---@param high number\n"
                                "---@return verbond.condition\nfunction v.between(id, low, high)"));
    for (int i = VB_MAKE_IS; i <= VB_MAKE_ANSWERED; i++) {
        char begin[64];
        snprintf(begin, sizeof begin, "v.%s(id", vb_constructors[i].name);
        assert_true(vb_starts_with(vb_constructors[i].help, begin));
    }
}

static bool is_known(const char *constructor, const char *field)
{
    if (vb_streq(constructor, "item"))
        return vb_field_find(&vb_constructors[VB_MAKE_YESNO], field) != NULL;
    for (int i = 0; i < VB_CONSTRUCTOR_COUNT; i++)
        if (vb_streq(vb_constructors[i].name, constructor) &&
            vb_field_find(&vb_constructors[i], field) != NULL)
            return true;
    return false;
}

static void a_form_that_is_told_apart_belongs_to_a_field(void **state)
{
    const char *constructor, *field;
    (void)state;
    int count = 0;
    for (; vb_scaffold_form(count, &constructor, &field); count++)
        if (!is_known(constructor, field))
            fail_msg("there is no field %s of %s", field, constructor);
    assert_true(count > 20);
}

/* What a flow is given stands in the list that the sandbox is held to. */
static void s_has_what_a_flow_is_given_and_nothing_else(void **state)
{
    const char *all = ((struct text *)*state)->all.data, *end;
    const char *from = class_of(all, "s", &end);
    char name[64];
    int wanted = 0;
    FILE *names = fopen("tests/fixtures/sandbox-names.txt", "r");
    assert_non_null(names);
    assert_non_null(from);
    while (fgets(name, sizeof name, names) != NULL) {
        char field[96], method[96];
        name[strcspn(name, "\n")] = '\0';
        if (!vb_starts_with(name, "s."))
            continue;
        snprintf(field, sizeof field, "---@field %s", name + 2);
        snprintf(method, sizeof method, "\nfunction s:%s(", name + 2);
        if (!has_line(from, end, field) && strstr(all, method) == NULL)
            fail_msg("verbond.d.lua does not have %s", name);
        wanted++;
    }
    fclose(names);
    int found = fields_in(from, end);
    for (const char *at = all; (at = strstr(at, "\nfunction s:")) != NULL; at++)
        found++;
    assert_int_equal(found, wanted);
}

static void expect_lua(const char *name, const char *bytes, size_t len)
{
    lua_State *L = luaL_newstate();
    if (luaL_loadbuffer(L, bytes, len, name) != LUA_OK)
        fail_msg("%s", lua_tostring(L, -1));
    lua_close(L);
}

static void what_is_written_in_lua_is_lua(void **state)
{
    const struct text *text = *state;
    expect_lua("verbond.d.lua", text->all.data, text->all.len);
    for (const struct vb_template *one = vb_templates; one->kind != NULL; one++)
        if (vb_ends_with(one->file, ".lua") || vb_streq(one->file, ".luacheckrc"))
            expect_lua(one->file, one->bytes, (size_t)(one->end - one->bytes));
}

static void every_kind_has_the_same_four_files(void **state)
{
    static const char *const files[] = { "instrument.lua", "tests.lua", "example.json",
                                         "README.md" };
    (void)state;
    int kinds = 0;
    for (const struct vb_scaffold_kind *kind = vb_scaffold_kinds; kind->name != NULL; kind++) {
        for (size_t i = 0; i < sizeof files / sizeof *files; i++)
            assert_non_null(vb_template_find(kind->name, files[i]));
        kinds++;
    }
    assert_int_equal(kinds, 4);
    assert_null(vb_template_find("likert", "other.lua"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_field_of_the_table_is_annotated_and_no_other, print,
                                        drop),
        cmocka_unit_test_setup_teardown(every_constructor_is_annotated_and_no_other, print, drop),
        cmocka_unit_test_setup_teardown(the_words_of_a_field_are_the_only_ones_it_takes, print,
                                        drop),
        cmocka_unit_test_setup_teardown(a_condition_takes_what_its_help_says, print, drop),
        cmocka_unit_test(a_form_that_is_told_apart_belongs_to_a_field),
        cmocka_unit_test_setup_teardown(s_has_what_a_flow_is_given_and_nothing_else, print, drop),
        cmocka_unit_test_setup_teardown(what_is_written_in_lua_is_lua, print, drop),
        cmocka_unit_test(every_kind_has_the_same_four_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
