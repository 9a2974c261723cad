/* Every way we know to make a Lua state hang, crash, leak or differ from run to run, tried as a
 * load and as a flow. A row says what it tries, what stops it and how it ends. An alarm ends a test
 * that does not come back; the verdict must fall within twice the deadline, counted in processor
 * time so that a busy machine does not matter. */
#include <time.h>
#include <unistd.h>

#include "flows.h"
#include "vectors.h"

enum {
    ALARM_S = 30,
    /* Of a load here: its own are longer, and all of this waits for them. */
    LOAD_DEADLINE_MS = 250,
    FLOW_DEADLINE_MS = 200,
    FUEL = 5000000,
};

static int64_t processor_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool is_about_time(const struct vector *vector)
{
    return vector->code == VB_E_LIMIT && vector->part[0] == '\0';
}

/* The others end long before, and must not be hurried by a busy machine. */
static int64_t deadline_for(const struct vector *vector, int64_t deadline_ms)
{
    return is_about_time(vector) ? deadline_ms : SCRIPT_DEADLINE_MS;
}

static void check_end(const struct vector *vector, int64_t deadline_ms, int64_t took_ms,
                      enum vb_code code, const char *text)
{
    if (code != vector->code || strstr(text, vector->part) == NULL)
        fail_msg("%s: stopped by %s, but it ended with %d: %s", vector->tries, vector->stopped_by,
                 code, text);
    if (took_ms > 2 * deadline_ms)
        fail_msg("%s: the verdict took %d ms, the deadline is %d", vector->tries, (int)took_ms,
                 (int)deadline_ms);
}

/* -- as a load ----------------------------------------------------------------------------------*/

static void try_as_load(const struct vector *vector)
{
    struct script_run run;
    struct vb_sandbox_options options = script_options(vb_limits_load());
    options.limits.deadline_ms = deadline_for(vector, LOAD_DEADLINE_MS);
    options.limits.fuel = FUEL;
    int64_t start = processor_ms();
    script_start(&run, &options, vector->source);
    check_end(vector, LOAD_DEADLINE_MS, processor_ms() - start, run.code, script_text(&run));
    script_finish(&run);
}

/* -- as a flow, beside another ------------------------------------------------------------------*/

/* The session next door: it stands at its first ask while the hostile one runs. */
static const char witness_body[] = "local n = 0 for _, id in ipairs { 'a', 'b', 'c' } do\n"
                                   "n = n + s:ask(id) s:say(id .. n) end\n"
                                   "for k, x in pairs { y = 1, x = 2 } do s:say(k .. x) end";
static const char witness_path[] = "ask b say b2 ask c say c3 say x2 say y1 done ";

static void begin_witness(struct flow_fixture *fix)
{
    fixture_begin(fix);
    fixture_item(fix, "a", VB_LIKERT);
    fixture_item(fix, "b", VB_LIKERT);
    fixture_item(fix, "c", VB_LIKERT);
    fixture_flow(fix, witness_body);
    assert_int_equal(fixture_open(fix), VB_OK);
    assert_asks(fix, NULL, "a");
}

static void end_witness(struct flow_fixture *fix)
{
    char path[256] = "";
    const struct vb_value one = vb_value_int(1);
    assert_says(fix, &one, "a1");
    while (fix->at.step != VB_FLOW_DONE) {
        size_t used = strlen(path);
        assert_int_equal(fixture_step(fix, fix->at.step == VB_FLOW_ASK ? &one : NULL), VB_OK);
        if (fix->at.step == VB_FLOW_ASK)
            snprintf(path + used, sizeof path - used, "ask %s ", fix->items[fix->at.item].id);
        else if (fix->at.step == VB_FLOW_SAY)
            snprintf(path + used, sizeof path - used, "say %s ", fix->at.text);
        else
            snprintf(path + used, sizeof path - used, "done ");
    }
    assert_string_equal(path, witness_path);
    fixture_end(fix);
}

/* The script as the body of a flow, where what it returns is said. */
static void hostile_flow(struct flow_fixture *fix, const struct vector *vector)
{
    struct vb_buf source = { 0 };
    fixture_begin(fix);
    fix->options.limits.deadline_ms = deadline_for(vector, FLOW_DEADLINE_MS);
    fixture_item(fix, "a", VB_LIKERT);
    vb_buf_printf(&source, "local function hostile() %s\nend s:ask 'a' s:say(hostile())",
                  vector->source);
    fixture_flow(fix, source.data);
    vb_buf_finish(&source);
    assert_int_equal(fixture_open(fix), VB_OK);
    assert_asks(fix, NULL, "a");
}

/* Some are refused when they are compiled; a flow is never compiled then. */
static bool compiles(const struct vector *vector)
{
    return strstr(vector->source, "\x1b") == NULL && strstr(vector->source, "1 ~ ") == NULL;
}

static void try_as_flow(const struct vector *vector)
{
    struct flow_fixture witness, hostile;
    const struct vb_value one = vb_value_int(1);
    if (!compiles(vector))
        return;
    begin_witness(&witness);
    hostile_flow(&hostile, vector);
    int64_t start = processor_ms();
    fixture_step(&hostile, &one);
    int64_t took_ms = processor_ms() - start;
    const char *text = hostile.code != VB_OK            ? hostile.err.text
                       : hostile.at.step == VB_FLOW_SAY ? hostile.at.text
                                                        : "";
    check_end(vector, FLOW_DEADLINE_MS, took_ms, hostile.code, text);
    fixture_end(&hostile);
    end_witness(&witness);
}

static void try_all(void **state, void (*one)(const struct vector *vector))
{
    size_t group = *(size_t *)*state;
    alarm(ALARM_S);
    for (size_t i = 0; i < groups[group].count; i++)
        one(&groups[group].vectors[i]);
    alarm(0);
}

static void every_vector_is_stopped_in_a_load(void **state)
{
    try_all(state, try_as_load);
}

static void every_vector_is_stopped_in_a_flow_and_harms_no_other(void **state)
{
    try_all(state, try_as_flow);
}

/* -- those that are not one script --------------------------------------------------------------*/

static void assert_source_refused(const char *open, const char *repeat, int times,
                                  const char *close)
{
    struct vb_buf source = { 0 };
    struct script_run run;
    struct vb_sandbox_options options = script_options(vb_limits_load());
    vb_buf_puts(&source, open);
    for (int i = 0; i < times; i++)
        vb_buf_puts(&source, repeat);
    vb_buf_puts(&source, close);
    alarm(ALARM_S);
    int64_t start = processor_ms();
    script_start(&run, &options, source.data);
    assert_in_range(processor_ms() - start, 0, 2 * options.limits.deadline_ms);
    alarm(0);
    assert_true(run.code == VB_E_SCRIPT || run.code == VB_E_LIMIT);
    script_finish(&run);
    vb_buf_finish(&source);
}

static void source_that_nests_or_repeats_too_much_is_refused(void **state)
{
    (void)state;
    assert_source_refused("return ", "(", 100000, "1");
    assert_source_refused("return ", "{", 100000, "");
    assert_source_refused("return ", "- ", 130000, "1");
    assert_source_refused("return ", "not ", 60000, "1");
    assert_source_refused("", "do ", 80000, "");
    assert_source_refused("", "if x then ", 20000, "");
    assert_source_refused("return ", "function() return ", 10000, "1");
    assert_source_refused("local t = {} return t", ".a", 120000, "");
    assert_source_refused("local t return t", "[1]", 80000, "");
    assert_source_refused("return ", "1 .. ", 50000, "1");
    assert_source_refused("", "local a ", 30000, "");
    assert_source_refused("", "goto a ", 36000, "");
    assert_source_refused("", "f()", 80000, "");
    assert_source_refused("return [", "=", 200000, "[");
    assert_source_refused("--[", "=", 200000, "[");
    assert_source_refused("return '", "\\x", 100000, "'");
}

static void fuel_and_path_are_the_same_whatever_the_machine_does(void **state)
{
    (void)state;
    char first[sizeof((struct vb_err *)0)->text] = "";
    for (int i = 0; i < 5; i++) {
        struct script_run run;
        struct vb_sandbox_options options = script_options(vb_limits_flow());
        options.limits.deadline_ms = SCRIPT_DEADLINE_MS;
        void *shift = malloc((size_t)i * 1000 + 1); /* other addresses every time */
        script_start(&run, &options,
                     "local n, seen = 0, {}\nwhile true do\nn = n + 1\n"
                     "seen['k' .. n % 100] = n\nfor k, x in pairs(seen) do\nif x > n then n = x "
                     "end\nend\nend");
        if (i == 0)
            snprintf(first, sizeof first, "%s", run.err.text);
        assert_int_equal(run.code, VB_E_LIMIT);
        assert_string_equal(run.err.text, first);
        script_finish(&run);
        free(shift);
    }
}

int main(void)
{
    static size_t numbers[GROUPS];
    static char names[2 * GROUPS][128];
    struct CMUnitTest tests[2 * GROUPS + 2];
    memset(tests, 0, sizeof tests);
    for (size_t i = 0; i < GROUPS; i++) {
        numbers[i] = i;
        snprintf(names[2 * i], sizeof names[0], "every_vector_is_stopped_in_a_load: %s",
                 groups[i].name);
        snprintf(names[2 * i + 1], sizeof names[0],
                 "every_vector_is_stopped_in_a_flow_and_harms_no_other: %s", groups[i].name);
        tests[2 * i] = (struct CMUnitTest){ .name = names[2 * i],
                                            .test_func = every_vector_is_stopped_in_a_load,
                                            .initial_state = &numbers[i] };
        tests[2 * i + 1] =
            (struct CMUnitTest){ .name = names[2 * i + 1],
                                 .test_func = every_vector_is_stopped_in_a_flow_and_harms_no_other,
                                 .initial_state = &numbers[i] };
    }
    tests[2 * GROUPS] =
        (struct CMUnitTest)cmocka_unit_test(source_that_nests_or_repeats_too_much_is_refused);
    tests[2 * GROUPS + 1] =
        (struct CMUnitTest)cmocka_unit_test(fuel_and_path_are_the_same_whatever_the_machine_does);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
