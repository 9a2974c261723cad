/* From its n-th allocation on, a state gets no memory: for every n until the run succeeds. Whatever
 * n is, the end is a clean VB_E_LIMIT; AddressSanitizer sees what would be lost. */
#include "flows.h"

enum { ALLOCATIONS_MAX = 20000 };

static const char everything[] =
    "local t = {} for i = 1, 40 do t['k' .. i] = { i, tostring(i) } end\n"
    "local out = {} for k, x in pairs(t) do table.insert(out, k .. ':' .. x[2]) end\n"
    "table.sort(out, function(a, b) return a > b end)\n"
    "local s = table.concat(out, ' '):upper():rep(20)\n"
    "local ok, why = pcall(function() error('oops ' .. #s) end)\n"
    "local f = string.format('%5d|%s|%-9s|%.3f', 42, s, 'x', 1.5)\n"
    "local u = utf8.char(233, 8364) for _, c in utf8.codes(u) do f = f .. c end\n"
    "local p = table.pack(table.unpack(out, 1, 20))\n"
    "local function many(n) if n == 0 then return 0 end return 1 + many(n - 1) end\n"
    "return why .. #f .. math.floor(p.n + 0.5) .. many(300) .. (u:find('\\xe2', 1, true))";
/* The bytes of two texts, then 20, 300 and 3. */
static const char result[] = "script.lua:5: oops 52205249203003";

static void every_allocation_of_a_sandbox_can_fail(void **state)
{
    (void)state;
    struct script_run run;
    struct vb_sandbox_options options = script_options(vb_limits_flow());
    options.limits.deadline_ms = SCRIPT_DEADLINE_MS;
    int64_t n = 0;
    do {
        options.fail_allocation = ++n;
        script_start(&run, &options, everything);
        if (run.code != VB_OK && run.code != VB_E_LIMIT)
            fail_msg("allocation %d: %d %s", (int)n, run.code, run.err.text);
        if (run.code == VB_OK)
            assert_string_equal(script_text(&run), result);
        else
            assert_non_null(strstr(run.err.text, "memory"));
        script_finish(&run);
    } while (run.code != VB_OK && n < ALLOCATIONS_MAX);
    assert_int_equal(run.code, VB_OK);
    assert_true(n > 300);
}

static const struct vb_member family[] = {
    { .person = "person1", .role = "youth", .label = "Sam", .form = "short" },
    { .person = "person2", .role = "parent", .label = "Kim" },
};

/* Answers whatever is asked until the flow ends or fails. */
static enum vb_code run_flow(struct flow_fixture *fix)
{
    const char *json = "[\"calm\",{\"other\":\"own\"}]";
    const struct vb_value words = { .type = VB_VALUE_JSON,
                                    .text = json,
                                    .len = (uint32_t)strlen(json) };
    const struct vb_value one = vb_value_int(1);
    if (fixture_open(fix) != VB_OK)
        return fix->code;
    const struct vb_value *value = NULL;
    do {
        if (fixture_step(fix, value) != VB_OK)
            return fix->code;
        value = NULL;
        if (fix->at.step == VB_FLOW_ASK)
            value = fix->items[fix->at.item].kind == VB_WORDS ? &words : &one;
    } while (fix->at.step != VB_FLOW_DONE);
    return VB_OK;
}

static void sweep_flow(struct flow_fixture *fix)
{
    int64_t n = 0;
    do {
        fix->options.fail_allocation = ++n;
        if (run_flow(fix) != VB_OK && fix->code != VB_E_LIMIT)
            fail_msg("allocation %d: %d %s", (int)n, fix->code, fix->err.text);
    } while (fix->code != VB_OK && n < ALLOCATIONS_MAX);
    assert_int_equal(fix->code, VB_OK);
    assert_true(n > 50);
}

static const char flow_body[] =
    "local w = s:ask 'words' s:say(w[1] .. w[2].other .. s.language .. s.me.id)\n"
    "for _, m in ipairs(s.members) do s:ask('each', m) s:say(tostring(s:reason('each', m.id))) "
    "end\n"
    "s:say { nl = 'dag', en = ('hello '):rep(50) }\n"
    "s:say(tostring(s:earlier 'plain'))";

static void begin_flow(struct flow_fixture *fix)
{
    static const struct vb_earlier earlier = { .wave = "t0", .item = "plain" };
    fixture_begin(fix);
    fixture_item(fix, "words", VB_WORDS);
    fixture_item(fix, "plain", VB_LIKERT);
    fixture_item(fix, "each", VB_LIKERT)->per_member = true;
    fix->opened.members = family;
    fix->opened.member_count = 2;
    fix->opened.earlier = &earlier;
    fix->opened.earlier_count = 1;
}

static void every_allocation_of_a_flow_can_fail(void **state)
{
    (void)state;
    struct flow_fixture fix;
    begin_flow(&fix);
    fixture_flow(&fix, flow_body);
    sweep_flow(&fix);
    fixture_end(&fix);
}

static void every_allocation_of_a_lone_flow_can_fail(void **state)
{
    (void)state;
    struct flow_fixture fix;
    begin_flow(&fix);
    fixture_flow(&fix, "error('the main chunk ran')");
    fixture_lone_flow(&fix, flow_body);
    sweep_flow(&fix);
    fixture_end(&fix);
}

static void every_allocation_of_modules_can_fail(void **state)
{
    (void)state;
    struct flow_fixture fix;
    begin_flow(&fix);
    fixture_use_module(&fix, "shared.list", "return { 'plain' }");
    fixture_main(&fix, "local v, list = require 'verbond', require 'shared.list'\n"
                       "local function all(s) for _, id in ipairs(list) do s:ask(id) end end\n"
                       "return v.instrument { v.likert 'plain' { when = v.is('words', 1) },\n"
                       "  flow = function(s) all(s) end }");
    sweep_flow(&fix);
    fixture_end(&fix);
}

/* A script that catches the failure gains nothing by it. */
static void a_failed_allocation_cannot_be_caught(void **state)
{
    (void)state;
    struct script_run run;
    struct vb_sandbox_options options = script_options(vb_limits_flow());
    script_start(&run, &options, "return 'x'");
    assert_int_equal(run.code, VB_OK);
    script_finish(&run);
    for (int64_t n = 40; n < 400; n += 7) {
        options.fail_allocation = n;
        script_start(&run, &options,
                     "local all = {} while true do\n"
                     "pcall(function() all[#all + 1] = {} end) end");
        assert_int_equal(run.code, VB_E_LIMIT);
        assert_non_null(strstr(run.err.text, "memory"));
        script_finish(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_of_a_sandbox_can_fail),
        cmocka_unit_test(every_allocation_of_a_flow_can_fail),
        cmocka_unit_test(every_allocation_of_a_lone_flow_can_fail),
        cmocka_unit_test(every_allocation_of_modules_can_fail),
        cmocka_unit_test(a_failed_allocation_cannot_be_caught),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
