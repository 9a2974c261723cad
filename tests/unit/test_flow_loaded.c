/* From Lua text through the loader to a flow: the image and the main chunk go the same way. */
#include "flows.h"
#include "loads.h"
#include "script/script_lua.h"

static const char head[] = "local v <const> = require 'verbond'\n"
                           "local order = require 'shared.order'\n"
                           "local asked = 0\n"
                           "local function count(s, id) asked = asked + 1 return s:ask(id) end\n";
static const char tail[] =
    "return v.instrument { id = 'one', version = '1.0.0', licence = 'CC0-1.0', basis = 'own',\n"
    "  source = 'made up', title = { en = 'One' }, languages = { 'en' },\n"
    "  status = { en = 'draft' }, respondents = { 'client' },\n"
    "  v.yesno 'stuck' { text = { en = 'Stuck?' } },\n"
    "  v.text 'stuck.what' { text = { en = 'With what?' } },\n"
    "  v.number 'times' { text = { en = 'How often?' }, min = 0, max = 9 },\n"
    "  flow = flow }";
static const char order[] = "return { 'stuck', 'times' }";

/* Walks with "yes" and 1.5; writes what was asked and said. */
static void walk(const struct vb_plan *plan, const struct vb_sandbox_options *options,
                 struct vb_buf *path)
{
    const struct vb_opened opened = { .person = "p", .role = "client", .language = "en" };
    const struct vb_value yes = { .type = VB_VALUE_BOOL, .number = 1 };
    const struct vb_value number = { .type = VB_VALUE_MILLI, .number = 1500 };
    const struct vb_value *value = NULL;
    struct vb_flow *flow;
    struct vb_flow_at at;
    struct vb_err err;
    assert_int_equal(vb_flow_create(&flow, plan, &opened, options, &err), VB_OK);
    for (;;) {
        if (vb_flow_resume(flow, value, &at, &err) != VB_OK) {
            vb_buf_printf(path, "! %s", err.text);
            break;
        }
        if (at.step == VB_FLOW_DONE)
            break;
        bool asks = at.step == VB_FLOW_ASK;
        vb_buf_printf(path, "%s; ", asks ? plan->items[at.item].id : at.text);
        value = !asks ? NULL : plan->items[at.item].kind == VB_YESNO ? &yes : &number;
    }
    vb_flow_destroy(flow);
}

/* image: whether the flow must have travelled alone. */
static void assert_walks(const char *flow, bool image, const char *expected)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(&text, "%s%s\n%s", head, flow, tail);
    const struct vb_file files[] = {
        { .path = "one/instrument.lua", .bytes = text.data, .len = text.len },
        { .path = "shared/order.lua", .bytes = order, .len = strlen(order) },
    };
    struct loaded loaded = load_files(files, 2);
    struct vb_plan *plan = plan_of(&loaded);
    struct vb_sandbox_options options = script_options(vb_limits_flow());
    options.limits.deadline_ms = SCRIPT_DEADLINE_MS;
    struct vb_script *script = plan->script;
    assert_int_equal(script->flow != NULL, image);
    for (int i = 0; i < 2; i++) {
        struct vb_buf path = { 0 };
        walk(plan, &options, &path);
        assert_string_equal(path.data, expected);
        vb_buf_finish(&path);
        vb_image_destroy(script->flow); /* the second time by the main chunk */
        script->flow = NULL;
    }
    unload(&loaded);
    vb_buf_finish(&text);
}

static void a_flow_asks_through_helpers_and_modules(void **state)
{
    (void)state;
    assert_walks("local function flow(s) for _, id in ipairs(order) do count(s, id) end\n"
                 "s:say('asked ' .. asked) end",
                 true, "stuck; times; asked 2; ");
}

static void a_flow_may_look_at_the_module_verbond(void **state)
{
    (void)state;
    assert_walks("local function flow(s) s:say(type(v.likert)) s:say(type(v)) end", true,
                 "function; table; ");
}

static void a_flow_that_stands_on_a_node_runs_with_its_main_chunk(void **state)
{
    (void)state;
    assert_walks("local when = v.is('stuck', true)\n"
                 "local function flow(s) s:say(type(when)) s:ask 'times' end",
                 false, "userdata; times; ");
}

static void messages_name_the_authors_file(void **state)
{
    (void)state;
    assert_walks("local function flow(s)\nif s:ask 'stuck' then s:ask 'stuk.what' end end", true,
                 "stuck; ! one/instrument.lua:6: s:ask: there is no item \"stuk.what\"; did you "
                 "mean \"stuck.what\"?");
}

static void require_in_a_flow_is_too_late(void **state)
{
    (void)state;
    assert_walks("local function flow(s)\nrequire 'shared.order' end", true,
                 "! one/instrument.lua:6: require works only while the instrument loads: put it at "
                 "the top of the file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flow_asks_through_helpers_and_modules),
        cmocka_unit_test(a_flow_may_look_at_the_module_verbond),
        cmocka_unit_test(a_flow_that_stands_on_a_node_runs_with_its_main_chunk),
        cmocka_unit_test(messages_name_the_authors_file),
        cmocka_unit_test(require_in_a_flow_is_too_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
