#include "flows.h"

static const struct vb_value skipped = { .type = VB_VALUE_MISSING, .number = VB_MISSING_SKIPPED };

static struct vb_value text_value(uint8_t type, const char *text)
{
    return (struct vb_value){ .type = type, .text = text, .len = (uint32_t)strlen(text) };
}

/* Three likert items and a yesno, in a flow with this body. */
static void begin_with(struct flow_fixture *fix, const char *body)
{
    fixture_begin(fix);
    fixture_item(fix, "first", VB_LIKERT);
    fixture_item(fix, "second", VB_LIKERT);
    fixture_item(fix, "third", VB_LIKERT);
    fixture_item(fix, "stuck", VB_YESNO);
    fixture_flow(fix, body);
    assert_int_equal(fixture_open(fix), VB_OK);
}

/* The flow says what it read; the value answers "first". */
static void assert_reads(struct flow_fixture *fix, const struct vb_value *value,
                         const char *expected)
{
    assert_int_equal(fixture_open(fix), VB_OK);
    assert_asks(fix, NULL, fix->items[0].id);
    assert_says(fix, value, expected);
    assert_done(fix, NULL);
}

/* A flow over one item of a kind that says its answer with its type. */
static void begin_reading(struct flow_fixture *fix, enum vb_kind_id kind)
{
    fixture_begin(fix);
    fixture_item(fix, "it", kind);
    fixture_flow(fix, "local a = s:ask 'it' local m = math.type(a) "
                      "if type(a) ~= 'table' then return s:say((m or type(a)) .. ' ' .. "
                      "tostring(a)) end "
                      "local out = {} for k, x in pairs(a) do out[#out + 1] = k .. '=' .. "
                      "(type(x) == 'table' and '{' .. x.other .. '}' or x) end "
                      "s:say(table.concat(out, ' '))");
}

/* The flow stops with this error. */
static void assert_stops(const char *body, const char *part)
{
    struct flow_fixture fix;
    begin_with(&fix, body);
    const struct vb_value one = vb_value_int(1);
    fixture_step(&fix, NULL);
    while (fix.code == VB_OK && fix.at.step != VB_FLOW_DONE)
        fixture_step(&fix, fix.at.step == VB_FLOW_ASK ? &one : NULL);
    if (fix.code != VB_E_SCRIPT || strstr(fix.err.text, part) == NULL)
        fail_msg("%s\n  gave %d: %s", body, fix.code, fix.code == VB_OK ? "done" : fix.err.text);
    fixture_end(&fix);
}

/* -- asking -------------------------------------------------------------------------------------*/

static void answers_steer_the_flow(void **state)
{
    (void)state;
    struct flow_fixture fix;
    const struct vb_value low = vb_value_int(1), high = vb_value_int(5);
    begin_with(&fix, "if s:ask 'first' == 1 then s:ask 'second' end s:ask 'third'");
    assert_asks(&fix, NULL, "first");
    assert_asks(&fix, &low, "second");
    assert_asks(&fix, &low, "third");
    assert_done(&fix, &low);

    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_asks(&fix, NULL, "first");
    assert_asks(&fix, &high, "third");
    assert_done(&fix, &skipped);
    fixture_end(&fix);
}

static void values_are_read_as_their_kind(void **state)
{
    (void)state;
    struct flow_fixture fix;
    struct vb_value value;
    begin_reading(&fix, VB_LIKERT);
    value = vb_value_int(4);
    assert_reads(&fix, &value, "integer 4");
    assert_reads(&fix, &skipped, "nil nil");
    fixture_end(&fix);

    begin_reading(&fix, VB_YESNO);
    value = (struct vb_value){ .type = VB_VALUE_BOOL, .number = 1 };
    assert_reads(&fix, &value, "boolean true");
    fixture_end(&fix);

    begin_reading(&fix, VB_NUMBER);
    value = (struct vb_value){ .type = VB_VALUE_MILLI, .number = 3000 };
    assert_reads(&fix, &value, "integer 3");
    value.number = -1250;
    assert_reads(&fix, &value, "float -1.25");
    fixture_end(&fix);

    begin_reading(&fix, VB_TEXT);
    value = text_value(VB_VALUE_TEXT, "caf\xc3\xa9");
    assert_reads(&fix, &value, "string caf\xc3\xa9");
    fixture_end(&fix);

    begin_reading(&fix, VB_DATE);
    value = text_value(VB_VALUE_DATE, "2026-11-21");
    assert_reads(&fix, &value, "string 2026-11-21");
    fixture_end(&fix);
}

static void lists_are_tables_and_images_are_true(void **state)
{
    (void)state;
    struct flow_fixture fix;
    struct vb_value value;
    begin_reading(&fix, VB_WORDS);
    value = text_value(VB_VALUE_JSON, "[\"calm\",\"a \\\"b\\\"\",{\"other\":\"own\"}]");
    assert_reads(&fix, &value, "1=calm 2=a \"b\" 3={own}");
    value = text_value(VB_VALUE_JSON, "{\"other\":\"mine\"}");
    assert_reads(&fix, &value, "other=mine");
    fixture_end(&fix);

    begin_reading(&fix, VB_DRAW);
    value = text_value(VB_VALUE_JSON, "{\"blob\":\"sha256:0\",\"type\":\"image/png\"}");
    assert_reads(&fix, &value, "boolean true");
    fixture_end(&fix);
}

static void a_choice_is_read_as_its_id(void **state)
{
    (void)state;
    struct flow_fixture fix;
    static const struct vb_option options[] = { { .id = "home" }, { .id = "school" } };
    static const struct vb_answers answers = { .options = options, .count = 2 };
    begin_reading(&fix, VB_CHOICE);
    fix.items[0].answers = &answers;
    struct vb_value value = { .type = VB_VALUE_OPTION, .number = 1 };
    assert_reads(&fix, &value, "string school");
    value.number = 2;
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_asks(&fix, NULL, "it");
    assert_int_equal(fixture_step(&fix, &value), VB_E_SCRIPT);
    fixture_end(&fix);
}

static void the_reason_of_a_missing_answer_can_be_read(void **state)
{
    (void)state;
    struct flow_fixture fix;
    const struct vb_value unsaid = vb_value_missing(VB_MISSING_RATHER_NOT_SAY);
    const struct vb_value given = vb_value_int(2);
    begin_with(&fix, "s:say(tostring(s:reason 'first')) s:ask 'first' s:ask 'second' "
                     "s:say(tostring(s:reason 'first')) s:say(tostring(s:reason 'second'))");
    assert_says(&fix, NULL, "nil");
    assert_asks(&fix, NULL, "first");
    assert_asks(&fix, &unsaid, "second");
    assert_says(&fix, &given, "rather_not_say");
    assert_says(&fix, NULL, "nil");
    assert_done(&fix, NULL);
    fixture_end(&fix);
}

static void what_may_not_be_asked_is_refused_at_its_line(void **state)
{
    (void)state;
    assert_stops("\ns:ask 'frist'",
                 "flow.lua:2: s:ask: there is no item \"frist\"; did you mean \"first\"?");
    assert_stops("s:ask 'first'\ns:ask 'first'", "flow.lua:2: s:ask: \"first\" was asked already");
    assert_stops("s.ask 'first'", "flow.lua:1: write s:ask(...), with a colon");
    assert_stops("s:ask(12)", "takes the id of an item first, not number");
    assert_stops("s:ask()", "not nothing");
    assert_stops("s:ask('first', s.me)", "is not asked per member");
    assert_stops("s:reason 'zzz'", "there is no item \"zzz\" in this instrument");
    assert_stops("s.say 'hello'", "write s:say(...), with a colon");
    assert_stops("s:say(12)", "s:say takes a text");
    assert_stops("s:say '\\xff'", "the text is not UTF-8");
    assert_stops("s:say 'a\\0b'", "the text is not UTF-8");
    assert_stops("s:say { nl = 'dag' }", "there is no text in the language en");
    assert_stops("s.role = 'client'", "s cannot be changed");
    assert_stops("s:asks 'first'", "s has no field 'asks'; did you mean 'ask'?");
    assert_stops("local n = nil\nreturn n < 3",
                 "flow.lua:2: attempt to compare nil with number; what was skipped is nil: ask "
                 "first whether it is ~= nil");
    assert_stops("local n = nil\nreturn n + 3", "; what was skipped is nil");
    assert_stops("error('own words')", "flow.lua:1: own words");
    assert_stops("require 'verbond'", "require works only while the instrument loads");
}

/* Runs body with one text answered, as a live session does: the marker must not come out. */
static void assert_silent(const char *body, const char *expected)
{
    struct flow_fixture fix;
    struct vb_value secret = text_value(VB_VALUE_TEXT, "MARKER");
    fixture_begin(&fix);
    fix.options.show_messages = false;
    fixture_item(&fix, "it", VB_TEXT);
    fixture_flow(&fix, body);
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_asks(&fix, NULL, "it");
    assert_int_equal(fixture_step(&fix, &secret), VB_E_SCRIPT);
    if (strstr(fix.err.text, "MARKER") != NULL || strstr(fix.err.text, expected) == NULL ||
        strstr(fix.err.text, "the flow stopped at flow.lua:1: ") != fix.err.text)
        fail_msg("%s\n  gave: %s", body, fix.err.text);
    fixture_end(&fix);
}

static void an_error_of_a_live_flow_never_has_an_answer_in_it(void **state)
{
    (void)state;
    const char *own = "the script raised an error", *bad = "an operation on a value";
    const char *library = "a library function", *asked = "the script asked what it may not";
    assert_silent("local a = s:ask 'it' error('ans ' .. a)", own);
    assert_silent("local a = s:ask 'it' error('flow.lua:7: ' .. a, 0)", own);
    assert_silent("local a = s:ask 'it' error({ a })", own);
    assert_silent("local a = s:ask 'it' assert(false, a)", own);
    assert_silent("local a = s:ask 'it' local _, e = pcall(error, a) error(e)", own);
    assert_silent("local a = s:ask 'it' local t = {} t[a].x = 1", bad);
    assert_silent("local a = s:ask 'it' return s:say('x' .. s[a])", asked);
    assert_silent("local a = s:ask 'it' local t = s.me[a]()", bad);
    assert_silent("local a = s:ask 'it' local x = a + 1", bad);
    assert_silent("local a = s:ask 'it' local x = string.rep(a, a)", library);
    assert_silent("local a = s:ask 'it' local x = string[a]", asked);
    assert_silent("local a = s:ask 'it' local x = _ENV[a]", asked);
    assert_silent("local a = s:ask 'it' s:ask('x' .. a)", asked);
    assert_silent("local a = s:ask 'it' s:reason(a)", asked);
    assert_silent("local a = s:ask 'it' s:earlier(a)", asked);
    assert_silent("local a = s:ask 'it' require(a)", asked);
}

static void an_item_without_the_roles_text_is_not_asked(void **state)
{
    (void)state;
    struct flow_fixture fix;
    begin_with(&fix, "s:ask 'first'");
    ((const struct vb_text **)fix.items[0].text)[0] = NULL;
    assert_int_equal(fixture_step(&fix, NULL), VB_E_SCRIPT);
    assert_non_null(strstr(fix.err.text, "\"first\" has no text for the role youth"));
    fixture_end(&fix);
}

/* -- reading ------------------------------------------------------------------------------------*/

static void the_flow_reads_what_it_was_opened_with(void **state)
{
    (void)state;
    struct flow_fixture fix;
    begin_with(&fix, "s:say(s.role .. ' ' .. s.language .. ' ' .. s.format .. ' ' .. "
                     "tostring(s.form) .. ' ' .. tostring(s.variant) .. ' ' .. #s.members)");
    assert_says(&fix, NULL, "youth en standard nil nil 0");
    fix.opened.form = "short";
    fix.opened.variant = "school";
    fix.opened.language = "nl-BE";
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_says(&fix, NULL, "youth nl standard short school 0");
    fixture_end(&fix);
}

static void a_text_is_said_in_the_persons_language(void **state)
{
    (void)state;
    struct flow_fixture fix;
    begin_with(&fix, "s:say { nl = 'dag', en = 'hello' }");
    assert_says(&fix, NULL, "hello");
    fix.opened.language = "nl";
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_says(&fix, NULL, "dag");
    assert_done(&fix, NULL);
    fixture_end(&fix);
}

static void earlier_waves_can_be_read(void **state)
{
    (void)state;
    struct flow_fixture fix;
    const struct vb_earlier earlier[] = {
        { .wave = "t0", .item = "first", .value = vb_value_int(1) },
        { .wave = "t1", .item = "first", .value = vb_value_int(2) },
        { .wave = "t1", .item = "second", .value = vb_value_missing(VB_MISSING_SKIPPED) },
    };
    begin_with(&fix, "for _, w in ipairs { 't0', 't1', 't2' } do s:say(tostring(s:earlier('first', "
                     "w))) end s:say(tostring(s:earlier 'first')) "
                     "s:say(tostring(s:earlier 'second')) s:say(tostring(s:earlier 'third'))");
    fix.opened.earlier = earlier;
    fix.opened.earlier_count = 3;
    assert_int_equal(fixture_open(&fix), VB_OK);
    static const char *const said[] = { "1", "2", "nil", "2", "nil", "nil" };
    for (int i = 0; i < 6; i++)
        assert_says(&fix, NULL, said[i]);
    assert_done(&fix, NULL);
    fixture_end(&fix);
}

/* -- the script around it -----------------------------------------------------------------------*/

static void modules_and_helpers_are_there_again(void **state)
{
    (void)state;
    struct flow_fixture fix;
    fixture_begin(&fix);
    fixture_item(&fix, "first", VB_LIKERT);
    fixture_item(&fix, "second", VB_LIKERT);
    fixture_use_module(&fix, "shared.order", "return { 'second', 'first' }");
    fixture_main(&fix, "local v = require 'verbond'\n"
                       "local order, again = require 'shared.order', require 'shared.order'\n"
                       "assert(order == again)\n"
                       "local function all(s) for _, id in ipairs(order) do s:ask(id) end end\n"
                       "return v.instrument { id = 'made-up',\n"
                       "  v.likert 'first' { text = { nl = 'Een?' } },\n"
                       "  v.likert 'second' { text = { nl = 'Twee?' }, when = v.is('first', 1) },\n"
                       "  flow = function(s) all(s) end }");
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_asks(&fix, NULL, "second");
    assert_asks(&fix, &skipped, "first");
    assert_done(&fix, &skipped);
    fixture_end(&fix);
}

static void a_lone_flow_function_goes_the_same_way(void **state)
{
    (void)state;
    struct flow_fixture fix;
    const struct vb_value one = vb_value_int(1);
    begin_with(&fix, "error('the main chunk ran')");
    fixture_lone_flow(&fix, "for i, id in ipairs { 'first', 'second' } do s:ask(id) end "
                            "s:say(string.rep('x', 3))");
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_asks(&fix, NULL, "first");
    assert_asks(&fix, &one, "second");
    assert_says(&fix, &one, "xxx");
    assert_done(&fix, NULL);
    fixture_end(&fix);
}

static void an_answer_that_cannot_be_read_is_said(void **state)
{
    (void)state;
    struct flow_fixture fix;
    struct vb_value value = text_value(VB_VALUE_JSON, "[\"open");
    begin_reading(&fix, VB_WORDS);
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_asks(&fix, NULL, "it");
    assert_int_equal(fixture_step(&fix, &value), VB_E_SCRIPT);
    assert_non_null(strstr(fix.err.text, "the answer to \"it\" cannot be read"));
    fixture_end(&fix);
}

static void a_module_may_give_nothing_and_must_be_there(void **state)
{
    (void)state;
    struct flow_fixture fix;
    fixture_begin(&fix);
    fixture_item(&fix, "first", VB_LIKERT);
    fixture_use_module(&fix, "shared.other", "");
    fixture_use_module(&fix, "shared.empty", "");
    fixture_main(&fix, "assert(require 'shared.empty' == true) assert(require 'shared.empty' == "
                       "true)\nrequire 'shared.none'");
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_int_equal(fixture_step(&fix, NULL), VB_E_SCRIPT);
    assert_string_equal(fix.err.text, "flow.lua:2: there is no module 'shared.none'");
    fixture_end(&fix);
}

static void a_main_chunk_without_a_flow_is_said(void **state)
{
    (void)state;
    struct flow_fixture fix;
    fixture_begin(&fix);
    fixture_item(&fix, "first", VB_LIKERT);
    fixture_main(&fix, "return 1");
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_int_equal(fixture_step(&fix, NULL), VB_E_SCRIPT);
    assert_non_null(strstr(fix.err.text, "gave no v.instrument"));
    fixture_main(&fix, "return require 'verbond'.instrument {}");
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_int_equal(fixture_step(&fix, NULL), VB_E_SCRIPT);
    assert_non_null(strstr(fix.err.text, "has no flow"));
    fixture_end(&fix);
}

/* -- limits -------------------------------------------------------------------------------------*/

static void fuel_is_full_again_at_every_answer(void **state)
{
    (void)state;
    struct flow_fixture fix;
    const struct vb_value one = vb_value_int(1);
    begin_with(&fix, "for _, id in ipairs { 'first', 'second', 'third' } do\n"
                     "for i = 1, 1200000 do end s:ask(id) end");
    assert_asks(&fix, NULL, "first");
    assert_asks(&fix, &one, "second");
    assert_asks(&fix, &one, "third");
    assert_done(&fix, &one);
    fixture_end(&fix);
}

static void a_loop_between_two_asks_is_a_limit(void **state)
{
    (void)state;
    struct flow_fixture fix;
    const struct vb_value one = vb_value_int(1);
    begin_with(&fix, "s:ask 'first'\nwhile true do end");
    assert_asks(&fix, NULL, "first");
    assert_int_equal(fixture_step(&fix, &one), VB_E_LIMIT);
    assert_non_null(strstr(fix.err.text, "flow.lua:2: the script ran out of fuel"));
    fixture_end(&fix);
}

static void messages_without_end_are_a_limit(void **state)
{
    (void)state;
    struct flow_fixture fix;
    int says = 0;
    begin_with(&fix, "while true do s:say 'more' end");
    while (fixture_step(&fix, NULL) == VB_OK)
        says++;
    assert_int_equal(fix.code, VB_E_LIMIT);
    assert_in_range(says, 100, 3000);
    fixture_end(&fix);
}

static void a_flow_rebuilt_from_the_same_values_stands_at_the_same_place(void **state)
{
    (void)state;
    struct flow_fixture fix;
    const struct vb_value one = vb_value_int(1);
    char first[2048] = "";
    begin_with(&fix, "local n = 0 for _, id in ipairs { 'first', 'second' } do "
                     "n = n + (s:ask(id) or 0) end for k, x in pairs { a = 1, b = 2, c = 3 } do "
                     "s:say(k .. n) end s:ask 'third'");
    for (int i = 0; i < 3; i++) {
        char path[2048] = "";
        assert_int_equal(fixture_open(&fix), VB_OK);
        const struct vb_value *value = NULL;
        while (fixture_step(&fix, value) == VB_OK && fix.at.step != VB_FLOW_DONE) {
            size_t used = strlen(path);
            snprintf(path + used, sizeof path - used, "%d:%d:%s ", fix.at.step, fix.at.item,
                     fix.at.step == VB_FLOW_SAY ? fix.at.text : "");
            value = fix.at.step == VB_FLOW_ASK ? &one : NULL;
        }
        if (i == 0)
            memcpy(first, path, sizeof first);
        assert_string_equal(path, first);
    }
    assert_non_null(strstr(first, "a2"));
    fixture_end(&fix);
}

static void a_flow_can_be_dropped_at_any_step(void **state)
{
    (void)state;
    struct flow_fixture fix;
    const struct vb_value one = vb_value_int(1);
    begin_with(&fix, "local t = {} for i = 1, 2000 do t[i] = { i } end s:ask 'first' s:say 'x'");
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_asks(&fix, NULL, "first");
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_asks(&fix, NULL, "first");
    assert_says(&fix, &one, "x");
    fixture_end(&fix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_steer_the_flow),
        cmocka_unit_test(values_are_read_as_their_kind),
        cmocka_unit_test(lists_are_tables_and_images_are_true),
        cmocka_unit_test(a_choice_is_read_as_its_id),
        cmocka_unit_test(the_reason_of_a_missing_answer_can_be_read),
        cmocka_unit_test(what_may_not_be_asked_is_refused_at_its_line),
        cmocka_unit_test(an_error_of_a_live_flow_never_has_an_answer_in_it),
        cmocka_unit_test(an_item_without_the_roles_text_is_not_asked),
        cmocka_unit_test(the_flow_reads_what_it_was_opened_with),
        cmocka_unit_test(a_text_is_said_in_the_persons_language),
        cmocka_unit_test(earlier_waves_can_be_read),
        cmocka_unit_test(modules_and_helpers_are_there_again),
        cmocka_unit_test(a_lone_flow_function_goes_the_same_way),
        cmocka_unit_test(an_answer_that_cannot_be_read_is_said),
        cmocka_unit_test(a_module_may_give_nothing_and_must_be_there),
        cmocka_unit_test(a_main_chunk_without_a_flow_is_said),
        cmocka_unit_test(fuel_is_full_again_at_every_answer),
        cmocka_unit_test(a_loop_between_two_asks_is_a_limit),
        cmocka_unit_test(messages_without_end_are_a_limit),
        cmocka_unit_test(a_flow_rebuilt_from_the_same_values_stands_at_the_same_place),
        cmocka_unit_test(a_flow_can_be_dropped_at_any_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
