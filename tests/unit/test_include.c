/* One instrument inside another. */
#include "loads.h"

static const struct vb_item *item(const struct vb_plan *plan, const char *id)
{
    int index = vb_plan_item(plan, id);
    if (index < 0)
        fail_msg("no item %s", id);
    return &plan->items[index];
}

static void included_ids_carry_the_prefix_everywhere(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "including/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    assert_int_equal(plan->item_count, 6);
    assert_int_equal(plan->include_count, 1);
    assert_string_equal(plan->includes[0].name, "part");
    assert_false(plan->includes[0].optional);
    assert_int_equal(item(plan, "part.wishes.heard")->include, 0);
    assert_int_equal(item(plan, "first")->include, -1);
    int scale = vb_plan_scale(plan, "part.wishes");
    assert_true(scale >= 0);
    assert_int_equal(plan->scales[scale].include, 0);
    assert_int_equal(item(plan, "part.wishes.heard")->scale, scale);
    assert_int_equal(plan->scales[scale].items[0], item(plan, "part.wishes.heard")->index);
    assert_string_equal(plan->totals[0].id, "part.all");
    assert_int_equal(plan->totals[0].scales[0], scale);
    assert_string_equal(plan->files[item(plan, "part.ready")->file].path, "part/instrument.lua");
    unload(&loaded);
}

static void roles_and_languages_are_found_by_name_not_by_place(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "including/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    const struct vb_item *used = item(plan, "part.wishes.used");
    assert_string_equal(used->text[0]->by_language[0], "Het helpt.");
    assert_string_equal(used->text[0]->by_language[1], "It helps.");
    assert_null(used->text[1]); /* roles = { "client" } there */
    assert_int_equal(plan->scales[vb_plan_scale(plan, "part.wishes")].roles, 3);
    assert_string_equal(plan->scales[0].title.by_language[1], "Wishes");
    unload(&loaded);
}

static void included_steps_stand_where_the_include_stands_with_their_conditions(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "including/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    static const char *const order[] = { "first",      "part.wishes.heard", "part.wishes.used",
                                         "part.ready", "part.why",          NULL,
                                         "last" };
    assert_int_equal(plan->step_count, 8);
    for (int pc = 0; pc < 7; pc++) {
        const struct vb_step *step = &plan->steps[pc];
        if (order[pc] != NULL)
            assert_string_equal(plan->items[step->item].id, order[pc]);
        assert_int_equal(step->include, pc >= 1 && pc <= 5 ? 0 : -1);
    }
    assert_int_equal(plan->steps[5].op, VB_OP_SAY);
    assert_int_equal(plan->steps[5].roles, 1);
    assert_string_equal(plan->steps[5].text->by_language[0], "Mooi.");
    assert_int_equal(plan->steps[5].when->item, item(plan, "part.ready")->index);
    assert_int_equal(item(plan, "part.why")->when->item, item(plan, "part.ready")->index);
    assert_int_equal(item(plan, "last")->when->item, item(plan, "part.ready")->index);
    unload(&loaded);
}

static void included_questions_keep_their_own_answers_and_slots(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "including/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    const struct vb_item *heard = item(plan, "part.wishes.heard");
    assert_non_null(heard->answers);
    assert_int_equal(heard->answers->count, 3);
    assert_string_equal(heard->answers->options[2].text.by_language[1], "yes");
    assert_int_equal(plan->slot_count, 1);
    assert_string_equal(plan->slots[0].text.by_language[0], "deze week");
    unload(&loaded);
}

static void a_form_that_names_nothing_of_an_include_has_nothing_of_it(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "including/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    const struct vb_form *mine = &plan->forms[vb_plan_form(plan, "mine")];
    const struct vb_form *both = &plan->forms[vb_plan_form(plan, "both")];
    assert_int_equal(mine->has_item[item(plan, "first")->index], 1);
    assert_int_equal(mine->has_item[item(plan, "part.why")->index], 0);
    assert_int_equal(mine->has_item[item(plan, "part.ready")->index], 0);
    assert_int_equal(mine->has_item[item(plan, "last")->index], 0);
    assert_int_equal(both->has_item[item(plan, "part.ready")->index], 1);
    assert_int_equal(both->has_item[item(plan, "part.why")->index], 0);
    unload(&loaded);
}

/* -- small ones from text -- */

#define THREE "v.answers { { 1, nl = \"nee\", en = \"no\" }, { 2, nl = \"ja\", en = \"yes\" } }"
#define PART(body)                                                                                 \
    "local v <const> = require \"verbond\"\n"                                                      \
    "return v.instrument { id = \"part\", version = \"1.0.0\", licence = \"CC0-1.0\", "            \
    "basis = \"own\", source = \"own\", title = { nl = \"Deel\", en = \"Part\" },\n"               \
    "languages = { \"nl\", \"en\" }, respondents = { \"client\", \"professional\" },\n" body " }"

static struct loaded load_both(const char *outer, const char *part)
{
    struct vb_file files[] = { { "one/instrument.lua", outer, strlen(outer) },
                               { "part/instrument.lua", part, strlen(part) } };
    return load_files(files, 2);
}

static void only_the_form_that_is_named_comes_along(void **state)
{
    (void)state;
    struct loaded loaded = load_both(
        HEAD "v.include \"part\" { form = \"short\" } }",
        PART("formats = { standard = " THREE " }, forms = { short = { \"s.a\", \"c\" } },\n"
             "v.scale \"s\" { title = { nl = \"S\", en = \"S\" }, min_answered = 2,\n"
             "v.likert \"s.a\" { " WORDS " }, v.likert \"s.b\" { " WORDS " } },\n"
             "v.scale \"t\" { title = { nl = \"T\", en = \"T\" }, v.vas \"t.a\" { " WORDS " } },\n"
             "v.total \"u\" { of = { \"t\" } }, v.yesno \"b\" { " WORDS " },\n"
             "v.text \"c\" { " WORDS ", when = v.is(\"b\", true) }"));
    struct vb_plan *plan = plan_of(&loaded);
    assert_true(plan->includes[0].optional);
    assert_int_equal(plan->item_count, 2);
    assert_int_equal(plan->scale_count, 1); /* nothing is left of part.t */
    assert_int_equal(plan->total_count, 0);
    assert_int_equal(plan->scales[0].item_count, 1);
    assert_int_equal(plan->scales[0].min_answered, 0);             /* it was said of two */
    assert_int_equal(item(plan, "part.c")->when->op, VB_COND_ANY); /* never */
    assert_int_equal(item(plan, "part.c")->when->count, 0);
    unload(&loaded);
}

static void with_the_same_standard_answers_they_follow_the_rounds_format(void **state)
{
    (void)state;
    struct loaded loaded =
        load_both(HEAD "formats = { standard = " THREE " }, v.include \"part\" }",
                  PART("formats = { standard = " THREE " }, v.likert \"a\" { " WORDS " }"));
    assert_null(item(plan_of(&loaded), "part.a")->answers);
    unload(&loaded);
}

static void one_of_its_formats_is_the_standard_here_and_is_taken(void **state)
{
    (void)state;
    static const char four[] = "v.answers { { 1, nl = \"a\", en = \"a\" }, "
                               "{ 4, nl = \"b\", en = \"b\" } }";
    struct vb_buf part = { 0 };
    vb_buf_printf(&part,
                  PART("formats = { standard = %s, simple = " THREE " }, "
                       "v.likert \"a\" { " WORDS " }"),
                  four);
    struct loaded loaded =
        load_both(HEAD "formats = { standard = " THREE " }, v.include \"part\" }", part.data);
    assert_null(item(plan_of(&loaded), "part.a")->answers);
    unload(&loaded);
    vb_buf_clear(&part);
    vb_buf_printf(&part, PART("formats = { standard = %s }, v.likert \"a\" { " WORDS " }"), four);
    loaded = load_both(HEAD "formats = { standard = " THREE " }, v.include \"part\" }", part.data);
    assert_int_equal(item(plan_of(&loaded), "part.a")->answers->max, 4);
    unload(&loaded);
    vb_buf_finish(&part);
}

static void blocks_for_each_member_come_along_apart_from_the_own_ones(void **state)
{
    (void)state;
    struct loaded loaded = load_both(
        HEAD "roster = { role = \"client\", min = 1, max = 3 },\n"
             "v.each \"member\" { v.text \"a\" { " WORDS " } }, v.include \"part\" }",
        PART("roster = { role = \"client\" }, v.each \"member\" { v.text \"b\" { " WORDS " } },\n"
             "v.text \"c\" { " WORDS ", about = \"member\" }"));
    struct vb_plan *plan = plan_of(&loaded);
    static const enum vb_op ops[] = { VB_OP_EACH, VB_OP_ASK,  VB_OP_NEXT,       VB_OP_EACH,
                                      VB_OP_ASK,  VB_OP_NEXT, VB_OP_EACH_ABOUT, VB_OP_ASK,
                                      VB_OP_NEXT, VB_OP_END };
    assert_int_equal(plan->step_count, 10);
    for (int pc = 0; pc < 10; pc++)
        assert_int_equal(plan->steps[pc].op, ops[pc]);
    unload(&loaded);
}

static void refused(const char *outer, const char *part, const char *code, const char *file)
{
    struct loaded loaded = load_both(outer, part);
    const struct vb_finding *found = finding(&loaded, code);
    if (found == NULL)
        print_findings(&loaded);
    assert_int_equal(loaded.code, VB_E_DATA);
    assert_non_null(found);
    assert_string_equal(found->file, file);
    unload(&loaded);
}

static void what_does_not_fit_is_told_at_the_include(void **state)
{
    (void)state;
    static const char here[] = "one/instrument.lua", include[] = HEAD "v.include \"part\" }";
    refused(include, PART("flow = function(s) s:ask \"a\" end, v.text \"a\" { " WORDS " }"),
            "include-scripted", here);
    refused(include,
            PART("roster = { role = \"client\" }, v.text \"a\" { " WORDS ", about = \"member\" }"),
            "no-roster", here);
    refused(HEAD "policy = { free_text = false }, v.include \"part\" }",
            PART("v.text \"a\" { " WORDS " }"), "policy-refuses", here);
    refused(HEAD "v.text \"part.a\" { " WORDS " }, v.include \"part\" }",
            PART("v.text \"a\" { " WORDS " }"), "duplicate-id", here);
    refused(HEAD "v.include \"part\", v.include \"part\" {} }", PART("v.text \"a\" { " WORDS " }"),
            "duplicate-id", here);
    refused(HEAD "flow = function(s) s:ask \"part.a\" end, v.include \"part\" }",
            PART("v.yesno \"a\" { " WORDS " }, v.text \"b\" { " WORDS ", when = v.is(\"a\", true) "
                 "}"),
            "beside-flow", here);
    refused(HEAD_WITHOUT("{ \"nl\", \"en\" }", "{ \"client\", \"youth\" }") "v.include \"part\" }",
            PART("v.text \"a\" { " WORDS " }"), "missing-text", here);
    refused(include, PART("v.txt \"a\" { " WORDS " }"), "unknown-constructor",
            "part/instrument.lua");
    refused(HEAD "v.include \"part\" { form = \"shot\" } }",
            PART("forms = { short = { \"a\" } }, v.text \"a\" { " WORDS " }"), "unknown-form",
            here);
}

static void an_include_calls_itself_what_its_folder_is_called(void **state)
{
    (void)state;
    refused(HEAD "v.include \"part\" }",
            "local v <const> = require \"verbond\"\n"
            "return v.instrument { id = \"other\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
            "basis = \"own\", source = \"own\", title = { nl = \"Deel\", en = \"Part\" },\n"
            "languages = { \"nl\", \"en\" }, respondents = { \"client\", \"professional\" },\n"
            "v.text \"a\" { " WORDS " } }",
            "include-name", "one/instrument.lua");
}

static void an_instrument_that_includes_itself_is_refused(void **state)
{
    (void)state;
    refused(HEAD "v.include \"one\" }", "", "nested-include", "one/instrument.lua");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(included_ids_carry_the_prefix_everywhere),
        cmocka_unit_test(roles_and_languages_are_found_by_name_not_by_place),
        cmocka_unit_test(included_steps_stand_where_the_include_stands_with_their_conditions),
        cmocka_unit_test(included_questions_keep_their_own_answers_and_slots),
        cmocka_unit_test(a_form_that_names_nothing_of_an_include_has_nothing_of_it),
        cmocka_unit_test(only_the_form_that_is_named_comes_along),
        cmocka_unit_test(with_the_same_standard_answers_they_follow_the_rounds_format),
        cmocka_unit_test(one_of_its_formats_is_the_standard_here_and_is_taken),
        cmocka_unit_test(blocks_for_each_member_come_along_apart_from_the_own_ones),
        cmocka_unit_test(what_does_not_fit_is_told_at_the_include),
        cmocka_unit_test(an_include_calls_itself_what_its_folder_is_called),
        cmocka_unit_test(an_instrument_that_includes_itself_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
