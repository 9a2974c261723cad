/* Every path of small instruments: what is folded, and that folding loses nothing. */
#include "loads.h"
#include "scripts.h"

#include "author/explore.h"
#include "script/flow.h"

static const char head[] =
    "local v <const> = require 'verbond'\n"
    "return v.instrument { id = 'one', version = '1.0.0', licence = 'CC0-1.0', basis = 'own',\n"
    "  source = 'made up', title = { nl = 'Een', en = 'One' }, languages = { 'nl', 'en' },\n"
    "  status = { nl = 'draft', en = 'draft' }, respondents = { 'client' },\n";
static const char five[] = "  v.yesno 'a' { text = { nl = 'A?', en = 'A?' } },\n"
                           "  v.yesno 'b' { text = { nl = 'B?', en = 'B?' } },\n"
                           "  v.yesno 'c' { text = { nl = 'C?', en = 'C?' } },\n"
                           "  v.yesno 'd' { text = { nl = 'D?', en = 'D?' } },\n"
                           "  v.yesno 'e' { text = { nl = 'E?', en = 'E?' } } }\n";

static struct loaded load(const char *fields)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(&text, "%s%s", head, fields);
    struct loaded loaded = load_text(text.data);
    if (loaded.plan == NULL)
        print_findings(&loaded);
    assert_non_null(loaded.plan);
    vb_buf_finish(&text);
    return loaded;
}

static struct loaded load_flow(const char *body)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(&text, "flow = function(s)\n%s\nend,\n%s", body, five);
    struct loaded loaded = load(text.data);
    vb_buf_finish(&text);
    return loaded;
}

static struct vb_explore_options options(void)
{
    struct vb_explore_options wanted = { .sandbox = script_options(vb_limits_flow()) };
    wanted.sandbox.limits.deadline_ms = SCRIPT_DEADLINE_MS;
    wanted.sandbox.show_messages = true;
    wanted.again = wanted.sandbox;
    return wanted;
}

static struct vb_explored explore(struct vb_plan *plan)
{
    struct vb_explored explored;
    struct vb_explore_options wanted = options();
    struct vb_err err;
    assert_int_equal(vb_explore(&explored, plan, &wanted, &err), VB_OK);
    return explored;
}

/* How many paths, from longest to shortest, and which items, as "abc". */
static void assert_explored(const struct vb_explored *explored, int64_t paths, int longest,
                            int shortest, const char *reached)
{
    assert_int_equal(explored->paths, paths);
    assert_int_equal(explored->longest, longest);
    assert_int_equal(explored->shortest, shortest);
    for (const char *id = "abcde"; *id != '\0'; id++)
        assert_int_equal(explored->reached[*id - 'a'], strchr(reached, *id) != NULL);
}

/* -- plans ------------------------------------------------------------------------------------- */

static void an_item_no_condition_looks_at_has_one_answer(void **state)
{
    (void)state;
    struct loaded loaded = load(five);
    struct vb_explored explored = explore(loaded.plan);
    assert_explored(&explored, 1, 5, 5, "abcde");
    assert_true(vb_explored_well(&explored, loaded.plan));
    vb_explored_finish(&explored);
    unload(&loaded);
}

/* Required, so that leaving it out is no way on. */
static void what_is_made_or_placed_has_an_answer_however_it_may_be_given(void **state)
{
    (void)state;
    struct loaded loaded = load(
        "v.draw 'a' { required = true, text = { nl = 'A', en = 'A' } },\n"
        "v.photo 'b' { required = true, keep = 'give', tools = { 'photo' },\n"
        "  text = { nl = 'B', en = 'B' } },\n"
        "v.collage 'c' { required = true, keep = 'give', tools = { 'words' },\n"
        "  text = { nl = 'C', en = 'C' } },\n"
        "v.triangle 'd' { required = true, text = { nl = 'D', en = 'D' }, tokens = {\n"
        "  { 'x', nl = 'x', en = 'x' }, { 'y', nl = 'y', en = 'y' }, { 'z', nl = 'z', en = 'z' } "
        "} },\n"
        "v.text 'e' { when = v.answered('d'), text = { nl = 'E', en = 'E' } } }\n");
    struct vb_explored explored = explore(loaded.plan);
    assert_explored(&explored, 1, 5, 5, "abcde");
    assert_true(vb_explored_well(&explored, loaded.plan));
    vb_explored_finish(&explored);
    unload(&loaded);
}

static void answers_that_no_condition_tells_apart_are_one(void **state)
{
    (void)state;
    struct loaded loaded = load(
        "v.number 'a' { min = 0, max = 1000, integer = true, text = { nl = 'A', en = 'A' } },\n"
        "v.text 'b' { when = v.between('a', 417, 419), text = { nl = 'B', en = 'B' } },\n"
        "v.text 'c' { when = v.above('a', 418), text = { nl = 'C', en = 'C' } },\n"
        "v.text 'd' { when = v.answered('a'), text = { nl = 'D', en = 'D' } },\n"
        "v.text 'e' { text = { nl = 'E', en = 'E' } } }\n");
    struct vb_explored explored = explore(loaded.plan);
    /* below 417; 417 and 418; 419; above 419; no answer */
    assert_explored(&explored, 5, 5, 2, "abcde");
    vb_explored_finish(&explored);
    unload(&loaded);
}

static void every_set_of_the_options_that_conditions_name_is_tried(void **state)
{
    (void)state;
    struct loaded loaded =
        load("v.choice 'a' { max = 3, text = { nl = 'A', en = 'A' }, options = {\n"
             "  { id = 'x', nl = 'x', en = 'x' }, { id = 'y', nl = 'y', en = 'y' },\n"
             "  { id = 'z', nl = 'z', en = 'z' }, { id = 'w', nl = 'w', en = 'w' } } },\n"
             "v.text 'b' { when = v.all { v.is('a', 'x'), v.neither { v.is('a', 'y') } },\n"
             "  text = { nl = 'B', en = 'B' } },\n"
             "v.text 'c' { when = v.all { v.is('a', 'x'), v.is('a', 'z'), v.neither { v.is('a', "
             "'y') } },"
             "  text = { nl = 'C', en = 'C' } } }\n");
    struct vb_explored explored = explore(loaded.plan);
    assert_explored(&explored, 8, 3, 1, "abc");
    vb_explored_finish(&explored);
    unload(&loaded);
}

/* -- flows ------------------------------------------------------------------------------------- */

struct brute { /* every answer, nothing folded */
    struct vb_plan *plan;
    struct vb_sandbox_options sandbox;
    struct vb_opened opened;
    struct vb_value answers[8];
    int count, longest, shortest, broken;
    uint8_t reached[8];
};

static const struct vb_value every_answer[] = {
    { .type = VB_VALUE_BOOL, .number = 1 },
    { .type = VB_VALUE_BOOL, .number = 0 },
    { .type = VB_VALUE_MISSING, .number = VB_MISSING_SKIPPED },
    { .type = VB_VALUE_MISSING, .number = VB_MISSING_DONT_KNOW },
    { .type = VB_VALUE_MISSING, .number = VB_MISSING_RATHER_NOT_SAY },
};

/* Runs with the answers so far; gives the item that is asked next, -1 at the end, -2 broken off. */
static int brute_run(struct brute *brute)
{
    struct vb_flow *flow;
    struct vb_flow_at at;
    struct vb_err err;
    int given = 0;
    const struct vb_value *value = NULL;
    assert_int_equal(vb_flow_create(&flow, brute->plan, &brute->opened, &brute->sandbox, &err),
                     VB_OK);
    int result = -3;
    while (result == -3) {
        if (vb_flow_resume(flow, value, &at, &err) != VB_OK)
            result = -2;
        else if (at.step == VB_FLOW_DONE)
            result = -1;
        else if (at.step == VB_FLOW_SAY)
            value = NULL;
        else if (given == brute->count)
            result = at.item;
        else
            value = &brute->answers[given++];
    }
    vb_flow_destroy(flow);
    return result;
}

static void brute_walk(struct brute *brute)
{
    int item = brute_run(brute);
    if (item == -2) {
        brute->broken++;
        return;
    }
    if (item == -1) {
        if (brute->count > brute->longest)
            brute->longest = brute->count;
        if (brute->shortest == 0 || brute->count < brute->shortest)
            brute->shortest = brute->count;
        return;
    }
    brute->reached[item] = 1;
    for (size_t i = 0; i < sizeof every_answer / sizeof every_answer[0]; i++) {
        brute->answers[brute->count++] = every_answer[i];
        brute_walk(brute);
        brute->count--;
    }
}

/* Explored, there are so many paths; and with every answer of all, no more is found. */
static void assert_folds_well(const char *body, int64_t paths)
{
    struct loaded loaded = load_flow(body);
    struct vb_explored explored = explore(loaded.plan);
    struct brute brute = {
        .plan = loaded.plan,
        .sandbox = options().sandbox,
        .opened = { .person = "p", .role = "client", .language = "nl" },
    };
    brute_walk(&brute);
    assert_int_equal(explored.paths, paths);
    assert_int_equal(explored.longest, brute.longest);
    assert_int_equal(explored.shortest, brute.shortest);
    assert_memory_equal(explored.reached, brute.reached, 5);
    assert_int_equal(explored.end_count > 0, brute.broken > 0);
    assert_true(explored.deterministic);
    vb_explored_finish(&explored);
    unload(&loaded);
}

static void folding_answers_that_a_flow_throws_away_loses_no_path(void **state)
{
    (void)state;
    assert_folds_well("s:ask 'a' s:say 'x'\n s:ask 'b'\n s:ask('c')", 1);
    assert_folds_well("if s:ask 'a' then\n s:ask 'b'\n end s:ask 'c'", 3);
    /* no answer reads as nil, whatever the reason, until s:reason asks */
    assert_folds_well("local a = s:ask 'a'\n if a == nil then s:ask 'b'\n end", 3);
    assert_folds_well("s:ask 'a'\n if s:reason 'a' == 'dont_know' then\n s:ask 'b'\n end", 4);
    assert_folds_well("local a = s:ask 'a'\n s:ask 'b'\n if a then\n"
                      "if s:reason 'b' == 'rather_not_say' then\n s:ask 'c'\n end end",
                      4 + 1 + 1);
    /* the reason is asked for far behind, under another item's branch */
    assert_folds_well("s:ask 'a'\n local b = s:ask 'b'\n s:ask 'c'\n"
                      "if b == false then if s:reason 'a' then\n s:ask 'd'\n end\n"
                      "if s:reason 'c' == 'skipped' then\n s:ask 'e'\n end end",
                      4 * (1 + 1 + 4));
}

/* x is reached only with a and c and without b. */
static void every_set_of_options_is_tried_where_a_flow_may_look(void **state)
{
    (void)state;
    static const char *const kinds[] = { "choice 'a' { max = 3,", "words 'a' { own = false," };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct vb_buf text = { 0 };
        vb_buf_printf(&text,
                      "flow = function(s)\n  local has = {}\n"
                      "  for _, id in ipairs(s:ask('a') or {}) do has[id] = true end\n"
                      "  if has.one and has.three and not has.two then s:ask('b') end\nend,\n"
                      "v.%s text = { nl = 'A', en = 'A' }, options = {\n"
                      "  { id = 'one', nl = '1', en = '1' }, { id = 'two', nl = '2', en = '2' },\n"
                      "  { id = 'three', nl = '3', en = '3' } } },\n"
                      "v.yesno 'b' { text = { nl = 'B', en = 'B' } } }\n",
                      kinds[i]);
        struct loaded loaded = load(text.data);
        struct vb_explored explored = explore(loaded.plan);
        assert_true(vb_explored_well(&explored, loaded.plan));
        assert_int_equal(explored.longest, 2);
        assert_int_equal(explored.partly[0], i == 1); /* the order of words */
        assert_int_equal(explored.partly[1], 0);
        vb_explored_finish(&explored);
        unload(&loaded);
        vb_buf_finish(&text);
    }
}

static void an_answer_that_takes_another_way_is_seen(void **state)
{
    (void)state;
    assert_folds_well("local ask = s.ask local a = ask(s, 'a') if a then s:ask 'b'\n end", 3);
    assert_folds_well("local t = { ask = s.ask, s = s }\n"
                      "if t.ask(s, 'a') == false then\n s:ask 'b'\n end",
                      3);
    assert_folds_well("for i, id in ipairs { 'a', 'b' } do\n if s:ask(id) then\n"
                      "s:ask(i == 1 and 'c' or 'd')\n end end",
                      9);
    assert_folds_well("local ok, a = pcall(s.ask, s, 'a') if a then\n s:ask 'b'\n end", 3);
}

static void what_an_earlier_wave_gave_is_tried_too(void **state)
{
    (void)state;
    struct loaded loaded = load_flow("s:ask 'a'\n if s:earlier 'a' then\n s:ask 'b'\n end\n"
                                     "if s:earlier('a') == nil and s:earlier('a', 't0') then\n"
                                     "s:ask 'c'\n end\n"
                                     "if s:earlier('c', 't1') == false then\n s:ask 'd'\n end");
    struct vb_explored explored = explore(loaded.plan);
    /* no earlier wave at all means none in t0: "c" is never asked */
    assert_explored(&explored, 3 * 3, 3, 1, "abd");
    assert_true(explored.deterministic);
    assert_false(vb_explored_well(&explored, loaded.plan));
    vb_explored_finish(&explored);
    unload(&loaded);
}

static void a_language_counts_where_a_flow_looks_at_it(void **state)
{
    (void)state;
    struct loaded loaded = load_flow("s:ask 'a'\n s:say { nl = 'x', en = 'y' }");
    struct vb_explored explored = explore(loaded.plan);
    assert_explored(&explored, 1, 1, 1, "a");
    vb_explored_finish(&explored);
    unload(&loaded);
    loaded = load_flow("s:ask 'a'\n s:say { nl = 'x' }");
    explored = explore(loaded.plan);
    assert_explored(&explored, 2, 1, 1, "a");
    assert_int_equal(explored.end_count, 1);
    assert_non_null(strstr(explored.ends[0].answers, "language = \"en\""));
    vb_explored_finish(&explored);
    unload(&loaded);
    loaded = load_flow("s:ask 'a'\n if s.language == 'en' then\n s:ask 'b'\n end");
    explored = explore(loaded.plan);
    assert_explored(&explored, 2, 2, 1, "ab");
    vb_explored_finish(&explored);
    unload(&loaded);
}

/* -- what is wrong ----------------------------------------------------------------------------- */

static void a_dead_end_tells_where_and_which_answers_lead_there(void **state)
{
    (void)state;
    struct loaded loaded = load_flow("local n = s:ask 'a' and 1 or 0\n s:ask 'b'\n"
                                     "if s:reason 'b' == 'dont_know' then n = 1 // n end\n"
                                     "s:ask 'c'\n if n == 1 then\n s:ask 'c'\n end");
    struct vb_explored explored = explore(loaded.plan);
    assert_int_equal(explored.end_count, 2);
    const struct vb_dead_end *twice = &explored.ends[0], *zero = &explored.ends[1];
    assert_string_equal(twice->message, "one/instrument.lua:11: s:ask: \"c\" was asked already");
    assert_int_equal(twice->length, 3);
    assert_string_equal(zero->message, "one/instrument.lua:8: attempt to divide by zero");
    assert_int_equal(zero->length, 2);
    assert_int_equal(zero->paths, 2); /* a: no, or no answer */
    assert_string_equal(zero->answers, "  { name = \"found by verbond explore\",\n"
                                       "    [\"client\"] = {\n"
                                       "      [\"a\"] = false,\n"
                                       "      [\"b\"] = { missing = \"dont_know\" },\n"
                                       "    } },\n");
    vb_explored_finish(&explored);
    unload(&loaded);
}

static void a_loop_without_end_and_a_session_without_a_question_are_dead_ends(void **state)
{
    (void)state;
    struct loaded loaded = load_flow("if s:ask 'a' then while true do end end");
    struct vb_explored explored = explore(loaded.plan);
    assert_int_equal(explored.end_count, 1);
    assert_non_null(strstr(explored.ends[0].message, "out of fuel"));
    vb_explored_finish(&explored);
    unload(&loaded);
    loaded = load_flow("if s:earlier 'a' then\n s:ask 'a'\n end");
    explored = explore(loaded.plan);
    assert_int_equal(explored.end_count, 1);
    assert_string_equal(explored.ends[0].message, "a session ends without having asked anything");
    assert_int_equal(explored.ends[0].paths, 2); /* no earlier answer, and "no" */
    vb_explored_finish(&explored);
    unload(&loaded);
}

/* Nothing in the sandbox lets a flow differ from run to run, so the machine is made to: the second
 * walk has too little fuel for what one answer leads to. */
static void a_path_that_leads_elsewhere_the_second_time_is_told(void **state)
{
    (void)state;
    struct loaded loaded = load_flow("if s:ask 'a' == false then\n"
                                     "for i = 1, 100000 do local x = i end end s:ask 'b'");
    struct vb_explored explored;
    struct vb_explore_options wanted = options();
    struct vb_err err;
    wanted.again.limits.fuel = 50000;
    assert_int_equal(vb_explore(&explored, loaded.plan, &wanted, &err), VB_OK);
    assert_false(explored.deterministic);
    assert_false(vb_explored_well(&explored, loaded.plan));
    assert_int_equal(explored.end_count, 1);
    assert_true(explored.ends[0].differs);
    assert_non_null(strstr(explored.ends[0].message, "walked twice"));
    assert_non_null(strstr(explored.ends[0].answers, "[\"a\"] = false"));
    vb_explored_finish(&explored);
    unload(&loaded);
}

static void the_limit_is_kept_and_told(void **state)
{
    (void)state;
    struct loaded loaded = load_flow("for i, id in ipairs { 'a', 'b', 'c', 'd', 'e' } do\n"
                                     "local x = s:ask(id) end");
    struct vb_explored explored;
    struct vb_explore_options wanted = options();
    struct vb_err err;
    for (int64_t limit = 242; limit <= 244; limit++) {
        wanted.limit = limit;
        assert_int_equal(vb_explore(&explored, loaded.plan, &wanted, &err), VB_OK);
        assert_int_equal(explored.paths, limit < 243 ? limit : 243);
        assert_int_equal(explored.complete, limit >= 243);
        vb_explored_finish(&explored);
    }
    unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_no_condition_looks_at_has_one_answer),
        cmocka_unit_test(what_is_made_or_placed_has_an_answer_however_it_may_be_given),
        cmocka_unit_test(answers_that_no_condition_tells_apart_are_one),
        cmocka_unit_test(every_set_of_the_options_that_conditions_name_is_tried),
        cmocka_unit_test(folding_answers_that_a_flow_throws_away_loses_no_path),
        cmocka_unit_test(every_set_of_options_is_tried_where_a_flow_may_look),
        cmocka_unit_test(an_answer_that_takes_another_way_is_seen),
        cmocka_unit_test(what_an_earlier_wave_gave_is_tried_too),
        cmocka_unit_test(a_language_counts_where_a_flow_looks_at_it),
        cmocka_unit_test(a_dead_end_tells_where_and_which_answers_lead_there),
        cmocka_unit_test(a_loop_without_end_and_a_session_without_a_question_are_dead_ends),
        cmocka_unit_test(a_path_that_leads_elsewhere_the_second_time_is_told),
        cmocka_unit_test(the_limit_is_kept_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
