/* Files made to keep the loader busy: what the script's fuel does not count is limited too. */
#include "loads.h"

#define START                                                                                      \
    "local v <const> = require \"verbond\"\n"                                                      \
    "local t = { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\", basis = \"own\",\n"     \
    "source = \"own\", title = { en = \"One\" }, languages = { \"en\" },\n"                        \
    "respondents = { \"client\" } }\n"                                                             \
    "local words = { en = \"How?\" }\n"                                                            \
    "local long = (\"x\"):rep(60)\n"

/* Each would take minutes or gigabytes if nothing stopped it; the suite's own time is the check. */
static void ends(const char *rest)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(&text, "%s%s\nreturn v.instrument(t)", START, rest);
    struct loaded loaded = load_text(text.data);
    if (loaded.code != VB_E_DATA && loaded.code != VB_E_LIMIT)
        print_findings(&loaded);
    assert_true(loaded.code == VB_E_DATA || loaded.code == VB_E_LIMIT);
    assert_null(loaded.plan);
    assert_true(loaded.findings.count <= 450);
    unload(&loaded);
    vb_buf_finish(&text);
}

static void conditions_shared_in_each_other_do_not_multiply(void **state)
{
    (void)state;
    ends("t[1] = v.yesno \"a\" { text = words }\n"
         "local c = v.is(\"a\", true)\n"
         "for i = 1, 7 do local of = {} for j = 1, 60 do of[j] = c end c = v.all(of) end\n"
         "t[2] = v.text \"b\" { text = words, when = c }");
}

static void a_condition_hard_to_fulfil_is_not_tried_for_ever(void **state)
{
    (void)state;
    struct vb_buf text = { 0 };
    vb_buf_puts(&text, START "local of = {}\n"
                             "for i = 1, 8 do t[i] = v.vas(\"q\" .. i) { text = words }\n"
                             "of[i] = v.between(\"q\" .. i, 10, 20) end\n"
                             "of[9] = v.is(\"q1\", 30)\n"
                             "for i = 9, 300 do t[i] = v.yesno(\"q\" .. i) { text = words, when = "
                             "v.all(of) } end\n"
                             "return v.instrument(t)");
    struct loaded loaded = load_text(text.data);
    assert_true(loaded.code == VB_E_DATA || loaded.code == VB_OK);
    unload(&loaded);
    vb_buf_finish(&text);
}

static void one_question_placed_a_hundred_thousand_times_is_told_a_few_times(void **state)
{
    (void)state;
    ends("local q = v.yesno \"a\" { text = words }\nfor i = 1, 100000 do t[i] = q end");
}

static void a_scale_of_one_question_repeated_in_itself_and_outside(void **state)
{
    (void)state;
    ends("local q = v.yesno \"a\" { text = words }\nlocal s = { title = words }\n"
         "for i = 1, 20000 do s[i] = q end\nlocal scale = v.scale \"s\" (s)\n"
         "for i = 1, 20000 do t[i] = scale end");
}

static void unknown_fields_by_the_thousand_are_not_all_guessed(void **state)
{
    (void)state;
    ends("local fields = { text = words }\n"
         "for i = 1, 40000 do fields[long .. i] = true end\n"
         "for i = 1, 50 do t[i] = v.yesno(\"q\" .. i)(fields) end");
}

static void unknown_ids_beside_thousands_of_long_ones_are_not_all_guessed(void **state)
{
    (void)state;
    ends("for i = 1, 1000 do t[i] = v.yesno(long .. i) { text = words,\n"
         "when = v.is(long .. \"y\" .. i, true) } end");
}

static void long_texts_shared_everywhere_are_copied_only_so_far(void **state)
{
    (void)state;
    ends("local big = (\"y\"):rep(250000)\n"
         "for i = 1, 3000 do t[i] = v.yesno(\"q\" .. i) { text = { en = big } } end");
}

static void an_emptied_table_with_much_room_is_walked_once(void **state)
{
    (void)state;
    ends("local wide = {} for i = 1, 100000 do wide[i] = i end\n"
         "for i = 1, 100000 do wide[i] = nil end\n"
         "for i = 1, 100000 do t[i] = wide end");
}

static void lists_of_names_without_end_are_refused(void **state)
{
    (void)state;
    ends("local roles = {} for i = 1, 100000 do roles[i] = \"client\" end\n"
         "for i = 1, 3000 do t[i] = v.yesno(\"q\" .. i) { text = words, roles = roles } end");
}

static void options_shared_by_thousands_of_questions_are_counted(void **state)
{
    (void)state;
    ends("local o = {} for i = 1, 200 do o[i] = { \"o\" .. i, en = \"x\" } end\n"
         "for i = 1, 4000 do t[i] = v.choice(\"q\" .. i) { text = words, options = o } end");
}

static void a_missing_file_asked_for_again_and_again_is_told_a_few_times(void **state)
{
    (void)state;
    ends("for i = 1, 3000 do pcall(require, \"no-such-\" .. i) end");
}

static void names_that_a_module_does_not_have_end_with_the_deadline(void **state)
{
    (void)state;
    static const char main_text[] = "local m = require \"m\"\n"
                                    "local long = (\"x\"):rep(60)\n"
                                    "for i = 1, 10000000 do local x = m[long .. i] end";
    static const char module[] = "local t = {} for i = 1, 250 do t[(\"y\"):rep(60) .. i] = 1 end\n"
                                 "return t";
    struct vb_file files[] = { { "one/instrument.lua", main_text, sizeof main_text - 1 },
                               { "m.lua", module, sizeof module - 1 } };
    struct vb_pinned pinned = { .files = files, .count = 2 };
    struct vb_source source = vb_source_pinned(&pinned);
    struct vb_sandbox_options options = load_options();
    struct loaded loaded = { 0 };
    options.limits.deadline_ms = 50;
    loaded.code = vb_load(&loaded.plan, &source, "one/instrument.lua", &options, &loaded.findings,
                          &loaded.err);
    assert_int_equal(loaded.code, VB_E_LIMIT);
    unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_shared_in_each_other_do_not_multiply),
        cmocka_unit_test(a_condition_hard_to_fulfil_is_not_tried_for_ever),
        cmocka_unit_test(one_question_placed_a_hundred_thousand_times_is_told_a_few_times),
        cmocka_unit_test(a_scale_of_one_question_repeated_in_itself_and_outside),
        cmocka_unit_test(unknown_fields_by_the_thousand_are_not_all_guessed),
        cmocka_unit_test(unknown_ids_beside_thousands_of_long_ones_are_not_all_guessed),
        cmocka_unit_test(long_texts_shared_everywhere_are_copied_only_so_far),
        cmocka_unit_test(an_emptied_table_with_much_room_is_walked_once),
        cmocka_unit_test(lists_of_names_without_end_are_refused),
        cmocka_unit_test(options_shared_by_thousands_of_questions_are_counted),
        cmocka_unit_test(a_missing_file_asked_for_again_and_again_is_told_a_few_times),
        cmocka_unit_test(names_that_a_module_does_not_have_end_with_the_deadline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
