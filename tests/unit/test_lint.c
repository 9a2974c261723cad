/* The lint of scores, order and answers, and what an author accepts. */
#include <dirent.h>
#include <unistd.h>

#include "lints.h"

#define L(id, more, text)                                                                          \
    "v.likert \"" id "\" { " more " text = { nl = \"" text "\", en = \"" text "\" } }, "
#define WHY   TEXTS("Waarom?", "Why?")
#define THREE L("s.a", "", "A") L("s.b", "", "B") L("s.c", "", "C")

/* -- scales -- */

static void a_statement_outside_the_scales_is_told(void **state)
{
    (void)state;
    finds_in(AGREE "v.scale \"s\" { " TITLED ", " L("s.a", "", "A") "}, " L("t", "", "T"),
             "item-without-scale", "v.likert \"t\"");
    finds_nothing_in(AGREE "v.scale \"s\" { " TITLED
                           ", " L("s.a", "", "A") "}, " L("t", "scored = false,", "T"));
    finds_nothing_in(AGREE L("t", "", "T") "v.yesno \"u\" { " WORDS " }");
}

static void a_fork_in_the_road_is_no_measure(void **state)
{
    (void)state;
    finds_nothing_in(AGREE "v.scale \"s\" { " TITLED ", " L("s.a", "", "A") "}, " L(
        "t", "", "T") "v.text \"why\" { " WHY ", when = v.above(\"t\", 2) }");
}

static void a_scale_of_three_says_when_it_counts(void **state)
{
    (void)state;
    finds_in(AGREE "v.scale \"s\" { " TITLED ", " THREE "}", "no-missing-rule", "its 3 questions");
    finds_nothing_in(AGREE "v.scale \"s\" { " TITLED ", min_answered = 3, " THREE "}");
    finds_nothing_in(AGREE "v.scale \"s\" { " TITLED ", " L("s.a", "", "A") L("s.b", "", "B") "}");
}

static void a_sum_wants_all_answers(void **state)
{
    (void)state;
    finds_in(AGREE "v.scale \"s\" { " TITLED ", score = \"sum\", min_answered = 2, " THREE "}",
             "sum-with-gaps", "2 of 3");
    finds_nothing_in(AGREE "v.scale \"s\" { " TITLED ", score = \"sum\", min_answered = 3, " THREE
                           "}");
}

static void two_questions_carry_no_alpha_and_no_total(void **state)
{
    (void)state;
    finds_in(AGREE "v.scale \"s\" { " TITLED
                   ", reference = { alpha = 0.8, source = \"A 2020\" }, " L("s.a", "", "A")
                       L("s.b", "", "B") "}",
             "short-scale", "alpha");
    finds_nothing_in(AGREE "v.scale \"s\" { " TITLED
                           ", reference = { mean = 2, source = \"A 2020\" "
                           "}, " L("s.a", "", "A") L("s.b", "", "B") "}");
    finds_in(AGREE "v.scale \"s\" { " TITLED ", " L("s.a", "", "A")
                 L("s.b", "", "B") "}, "
                                   "v.total \"t\" { of = { \"s\" } }",
             "short-scale", "v.total \"t\"");
}

/* -- scores that may not come -- */

#define HANGS "when = v.is(\"gate\", true),"
#define GATE  "v.yesno \"gate\" { " WORDS " }, "

static void a_score_that_hangs_on_a_condition_is_told(void **state)
{
    (void)state;
    finds_in(AGREE GATE "v.scale \"s\" { " TITLED ", min_answered = 3, " L("s.a", "", "A")
                 L("s.b", "", "B") L("s.c", HANGS, "C") "}",
             "score-needs-hidden", "for client");
    finds_nothing_in(AGREE GATE "v.scale \"s\" { " TITLED ", min_answered = 2, " L("s.a", "", "A")
                         L("s.b", "", "B") L("s.c", HANGS, "C") "}");
}

static void a_score_that_can_never_come_is_an_error(void **state)
{
    (void)state;
    struct loaded loaded = lint_body(AGREE GATE "v.scale \"s\" { " TITLED ", min_answered = 3, " L(
        "s.a", "", "A") L("s.b", HANGS, "B") L("s.c", "when = v.is(\"gate\", false),", "C") "}");
    const struct vb_finding *found = finding(&loaded, "score-never-comes");
    assert_non_null(found);
    assert_int_equal(found->level, VB_ERROR);
    assert_non_null(strstr(found->message, "at most 2"));
    assert_int_equal(loaded.findings.count, 1);
    unload(&loaded);
}

static void a_shorter_form_has_its_own_number(void **state)
{
    (void)state;
    finds_in(AGREE GATE "forms = { short = { \"gate\", \"s.a\", \"s.c\" } }, "
                        "v.scale \"s\" { " TITLED ", min_answered = 2, " L("s.a", "", "A")
                            L("s.b", "", "B") L("s.c", HANGS, "C") "}",
             "score-needs-hidden", "in the form \"short\"");
}

static void a_rule_for_questions_that_nobody_is_asked_together_is_told(void **state)
{
    (void)state;
    finds_in(AGREE "variants = { x = { " TITLED " }, y = { " TITLED " } }, v.scale \"s\" { " TITLED
                   ", min_answered = 2, " L("s.a", "", "A") L("s.b", "variants = { \"x\" },", "B")
                       L("s.c", "variants = { \"y\" },", "C") "}",
             "rule-never-used", "all 3 of its questions");
    finds_nothing_in(AGREE "forms = { short = { \"s.a\" } }, v.scale \"s\" { " TITLED
                           ", min_answered = 3, " THREE "}");
}

/* -- direction -- */

static void a_hard_statement_in_a_scale_of_good_things_is_turned_round(void **state)
{
    (void)state;
    static const char scale[] = "formats = { standard = v.answers { { 1, nl = \"nee\", en = \"no\" "
                                "}, { 2, nl = \"ja\", en = \"yes\" } } }, v.scale \"s\" { " TITLED
                                ", %s v.likert \"s.a\" { %s text = { nl = \"%s\", en = \"%s\" } } "
                                "}";
    static const char *const cases[][5] = {
        { "", "", "Onze gesprekken zijn moeilijk.", "Our talks go so.", "against" },
        { "", "", "Zo gaat het.", "Our talks are difficult.", "against" },
        { "", "facet = \"talks are boring\",", "Zo gaat het.", "So it goes.", "against" },
        { "", "reverse = true,", "Onze gesprekken zijn moeilijk.", "Our talks are difficult.", "" },
        { "", "", "Ik kan iets moeilijks bespreken.", "I can raise something difficult.", "" },
        { "", "", "{professional} helpt als het moeilijk is.",
          "{professional} helps when it is "
          "hard.",
          "" },
        { "", "", "Wij werken hard.", "We work hard.", "" },
        { "negative = true,", "", "Onze gesprekken zijn moeilijk.", "Our talks are difficult.",
          "" },
        { "negative = true,", "", "Onze gesprekken zijn prettig.", "Our talks are nice.",
          "against" },
        { "negative = true,", "reverse = true,", "Het is hier prettig.", "It is nice here.", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char body[1024];
        snprintf(body, sizeof body, scale, cases[i][0], cases[i][1], cases[i][2], cases[i][3]);
        if (cases[i][4][0] != '\0')
            finds_in(body, "against-direction", "its scale \"s\"");
        else
            finds_nothing_in(body);
    }
}

/* -- order -- */

static void a_condition_that_holds_for_every_answer_is_told(void **state)
{
    (void)state;
    static const char *const always[] = {
        "v.above(\"t\", 0)",
        "v.below(\"t\", 4)",
        "v.between(\"t\", 1, 3)",
        "v.any { v.is(\"gate\", true), v.is(\"gate\", false) }",
        "v.neither { v.all { v.is(\"gate\", true), v.is(\"gate\", false) } }",
    };
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        char body[1024];
        snprintf(body, sizeof body,
                 AGREE GATE L("t", "", "T") "v.text \"why\" { " WHY ", when = %s }", always[i]);
        finds_in(body, "always-holds", "v.text \"why\"");
    }
    finds_nothing_in(GATE "v.text \"why\" { " WHY ", when = v.answered(\"gate\") }");
    finds_nothing_in(AGREE L("t", "", "T") "v.text \"why\" { " WORDS
                                           ", when = v.above(\"t\", 1) }");
}

static void a_question_that_nobody_comes_to_is_an_error(void **state)
{
    (void)state;
    struct loaded loaded = lint_body(GATE "v.yesno \"then\" { " TEXTS(
        "Dan?", "Then?") ", when = v.is(\"gate\", true) }, "
                         "v.text \"why\" { " TEXTS(
                             "Waarom?", "Why?") ", when = v.all { v.is(\"gate\", false), "
                                                "v.answered(\"then\") } }");
    const struct vb_finding *found = finding(&loaded, "unreachable-item");
    assert_non_null(found);
    assert_int_equal(found->level, VB_ERROR);
    assert_int_equal(loaded.findings.count, 1);
    unload(&loaded);
}

#define VARIANTS "variants = { x = { " TITLED " }, y = { " TITLED " } }, "

static void a_question_missed_in_one_variant_is_a_warning(void **state)
{
    (void)state;
    finds_in(VARIANTS "v.yesno \"gate\" { variants = { \"x\" }, " WORDS
                      " }, v.text \"why\" { " TEXTS(
                          "Waarom?", "Why?") ", when = v.is(\"gate\", true) }, "
                                             "v.text \"all\" { " TEXTS("Nog iets?", "More?") " }",
             "never-in-variant", "\"y\"");
}

static void a_role_with_nothing_to_do_in_a_form_is_a_dead_end(void **state)
{
    (void)state;
    finds_in("forms = { short = { \"a\" } }, v.text \"a\" { roles = { \"client\" }, " WORDS " }, "
             "v.text \"b\" { " TEXTS("Nog iets?", "More?") " }",
             "dead-end", "professional is asked nothing in the form \"short\"");
}

/* -- answers -- */

static void answers_are_looked_at(void **state)
{
    (void)state;
#define ANSWERED(answers) "v.likert \"a\" { " WORDS ", answers = v.answers { " answers " } }"
    finds_in(ANSWERED("{ 1, nl = \"nee\", en = \"no\" }, { 3, nl = \"ja\", en = \"yes\" }"),
             "value-gap", "from 1 to 3");
    finds_in(ANSWERED("{ 1, nl = \"1\", en = \"1\" }, { 2, nl = \"ja\", en = \"yes\" }"),
             "unlabelled-ends", "the ends");
    finds_in(ANSWERED("{ 1, nl = \"ja\", en = \"no\" }, { 2, nl = \"Ja\", en = \"yes\" }"),
             "duplicate-wording", "called \"Ja\"");
    finds_in("v.vas \"a\" { " WORDS ", left = { nl = \"nee\", en = \"no\" } }", "unlabelled-ends",
             "the line");
    finds_in("v.choice \"a\" { " WORDS
             ", options = { { \"x\", value = 1, nl = \"x\", en = \"x\" }, "
             "{ \"y\", value = 3, nl = \"y\", en = \"y\" }, { \"z\", value = 2, nl = \"z\", en = "
             "\"z\" } } }",
             "options-order", "up and down");
}

static void a_picture_is_also_said_in_words(void **state)
{
    (void)state;
#define PICTURED(text)                                                                             \
    "v.likert \"a\" { " WORDS ", answers = v.answers { { 1, nl = \"" text "\", en = \"" text       \
    "\", picture = \"cup-1.svg\" }, { 2, nl = \"vol\", en = \"full\" } } }"
    finds_in(PICTURED("cup-1"), "picture-without-words", "cup-1.svg");
    finds_in(PICTURED("cup-1.svg"), "picture-without-words", "cup-1.svg");
    finds_nothing_in(PICTURED("leeg"));
}

/* -- the head -- */

static void an_empty_roster_a_borrowed_name_and_no_source_are_told(void **state)
{
    (void)state;
    finds_in("roster = { role = \"client\", min = 0, max = 3 }, v.text \"a\" { about = "
             "\"member\", " WORDS " }",
             "empty-roster", "nobody");
    finds_nothing_in("roster = { role = \"client\", min = 0, max = 3 }, v.text \"a\" { " WORDS
                     " }");
    finds_in("title = { nl = \"De WAI-SR, kort\", en = \"Short one\" }, v.text \"a\" { " WORDS " }",
             "claims-published", "wai-sr");
    finds_nothing_in("basis = \"licensed\", title = { nl = \"De WAI-SR\", en = \"The WAI-SR\" }, "
                     "v.text \"a\" { " WORDS " }");
    finds_nothing_in(
        "title = { nl = \"Wie wait er?\", en = \"Gespreksmonitor\" }, v.text \"a\" { " WORDS " }");
    finds_in("licence = \" \", v.text \"a\" { " WORDS " }", "no-origin", "licence");
}

/* -- accepting -- */

#define DENIES TEXTS("Is het niet goed?", "Is it well?")

static void what_an_author_accepts_is_silent(void **state)
{
    (void)state;
    finds_in("v.yesno \"a\" { " DENIES " }", "negation", "niet");
    finds_nothing_in("v.yesno \"a\" { " DENIES
                     ", accept = { negation = \"asked so by clients\" } }");
    finds_nothing_in("accept = { negation = \"asked so by clients\" }, v.yesno \"a\" { " DENIES
                     " }");
    finds_nothing_in("v.scale \"s\" { " TITLED ", accept = { negation = \"asked so\", "
                     "[\"against-direction\"] = \"asked so\" }, v.yesno \"s.a\" { " DENIES " } }");
}

static void warnings_of_the_loader_are_accepted_too(void **state)
{
    (void)state;
    finds_nothing_in("v.text \"a\" { text = { nl = \"{member}?\", en = \"{member}?\" }, accept = { "
                     "[\"member-slot\"] = \"the role's word is meant\" } }");
}

static void an_accept_reaches_no_other_question(void **state)
{
    (void)state;
    struct loaded loaded = lint_body("v.yesno \"a\" { " WORDS ", accept = { negation = \"so\" } }, "
                                     "v.yesno \"b\" { " DENIES " }");
    assert_int_equal(loaded.findings.count, 2);
    assert_non_null(finding(&loaded, "negation"));
    assert_non_null(finding(&loaded, "idle-accept"));
    unload(&loaded);
}

static void an_error_cannot_be_accepted(void **state)
{
    (void)state;
    struct loaded loaded =
        lint_body("accept = { [\"no-origin\"] = \"never mind\" }, licence = \" \","
                  " v.yesno \"a\" { " WORDS " }");
    assert_non_null(finding(&loaded, "no-origin"));
    assert_non_null(finding(&loaded, "idle-accept"));
    unload(&loaded);
}

static void an_accept_for_nothing_says_why(void **state)
{
    (void)state;
    static const char *const idle[][2] = { { "negatoin", "did you mean \"negation\"?" },
                                           { "no-origin", "errors cannot be accepted" },
                                           { "bicycle-bell", "verbond explain lists them" },
                                           { "two-ideas", "take it out" } };
    for (size_t i = 0; i < sizeof idle / sizeof *idle; i++) {
        char body[512];
        snprintf(body, sizeof body, "v.yesno \"a\" { " WORDS ", accept = { [\"%s\"] = \"so\" } }",
                 idle[i][0]);
        struct loaded loaded = lint_body(body);
        assert_int_equal(loaded.findings.count, 1);
        assert_string_equal(loaded.findings.list[0].code, "idle-accept");
        assert_non_null(strstr(loaded.findings.list[0].mend, idle[i][1]));
        unload(&loaded);
    }
}

static void an_accept_needs_its_reason(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        { "wrong-type", "accept = { negation = true }" },
        { "wrong-type", "accept = \"negation\"" },
        { "empty-text", "accept = { negation = \" \" }" },
        { "stray-entry", "accept = { \"negation\" }" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char body[512];
        snprintf(body, sizeof body, "v.yesno \"a\" { " WORDS ", %s }", wrong[i][1]);
        struct loaded loaded = lint_body(body);
        assert_int_equal(loaded.code, VB_E_DATA);
        assert_non_null(finding(&loaded, wrong[i][0]));
        unload(&loaded);
    }
}

static void what_is_included_is_checked_where_it_is_written(void **state)
{
    (void)state;
    static const char inner[] =
        "local v <const> = require \"verbond\"\n"
        "return v.instrument { id = \"two\", version = \"1.0.0\", licence = "
        "\"CC0-1.0\", basis = \"own\", source = \"own\", title = { nl = "
        "\"Twee\", en = \"Two\" }, languages = { \"nl\", \"en\" }, "
        "respondents = { \"client\", \"professional\" },\n"
        "v.yesno \"a\" { " DENIES " } }";
    static const char outer[] = HEAD "v.yesno \"b\" { " WORDS " }, v.include \"two\" {} }";
    struct vb_file files[] = {
        { .path = "one/instrument.lua", .bytes = outer, .len = sizeof outer - 1 },
        { .path = "two/instrument.lua", .bytes = inner, .len = sizeof inner - 1 },
    };
    struct loaded loaded = load_files(files, 2);
    vb_lint(plan_of(&loaded), "", &loaded.findings);
    assert_int_equal(loaded.findings.count, 0);
    unload(&loaded);
}

/* Nine mistakes that a check of structure alone passes over. Three keep an instrument from loading
 * and stand apart. */
static void what_a_check_of_structure_passes_over_is_named(void **state)
{
    (void)state;
    static const char *const named[] = { "item-without-scale", "against-direction",
                                         "sum-with-gaps",      "picture-without-words",
                                         "score-needs-hidden", "missing-translation",
                                         "mixed-ranges",       "forward-reference" };
    struct loaded found[2] = {
        lint_body(
            AGREE GATE "v.scale \"s\" { " TITLED ", score = \"sum\", min_answered = 2, " L(
                "s.a", "", "A") L("s.b", "", "This is difficult")
                L("s.c", "",
                  "C") "}, "
                       "v.scale \"t\" { " TITLED
                       ", min_answered = 1, " L("t.a", HANGS, "D") "}, " L(
                           "loose",
                           "answers = v.answers { { 1, nl = \"nee\", en = \"no\" }, { 2, nl = "
                           "\"p-1.svg\", en = \"yes\", picture = \"p-1.svg\" } },",
                           "E")),
        lint_body(AGREE "v.text \"why\" { " WHY ", when = v.is(\"gate\", true) }, " GATE
                        "v.text \"half\" { text = { nl = \"Half?\" } }, "
                        "v.scale \"s\" { " TITLED
                        ", " L("s.a", "", "A") "v.yesno \"s.b\" { " TEXTS("B?", "B?") " } }"),
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (finding(&found[i < 5 ? 0 : 1], named[i]) == NULL) {
            print_findings(&found[i < 5 ? 0 : 1]);
            fail_msg("%s is not named", named[i]);
        }
    unload(&found[0]);
    unload(&found[1]);
    finds_in("flow = function(s) return 1 / #s.members end, v.yesno \"a\" { " WORDS " }",
             "division-by-zero", "#s.members");
}

/* Every folder in instruments: what is shipped is an example to whoever writes the next one. */
static void the_instruments_here_have_nothing_to_tell_of(void **state)
{
    (void)state;
    int looked_at = 0, warned = 0;
    DIR *folder = opendir("instruments");
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char path[300], file[320];
        snprintf(path, sizeof path, "%s/instrument.lua", entry->d_name);
        snprintf(file, sizeof file, "instruments/%s", path);
        if (entry->d_name[0] == '.' || access(file, F_OK) != 0)
            continue;
        struct loaded loaded = load_folder("instruments", path);
        vb_lint(plan_of(&loaded), "instruments/", &loaded.findings);
        if (loaded.findings.count > 0)
            print_findings(&loaded);
        warned += loaded.findings.count > 0;
        looked_at++;
        unload(&loaded);
    }
    closedir(folder);
    assert_int_equal(warned, 0);
    assert_true(looked_at >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_outside_the_scales_is_told),
        cmocka_unit_test(a_fork_in_the_road_is_no_measure),
        cmocka_unit_test(a_scale_of_three_says_when_it_counts),
        cmocka_unit_test(a_sum_wants_all_answers),
        cmocka_unit_test(two_questions_carry_no_alpha_and_no_total),
        cmocka_unit_test(a_score_that_hangs_on_a_condition_is_told),
        cmocka_unit_test(a_score_that_can_never_come_is_an_error),
        cmocka_unit_test(a_shorter_form_has_its_own_number),
        cmocka_unit_test(a_rule_for_questions_that_nobody_is_asked_together_is_told),
        cmocka_unit_test(a_hard_statement_in_a_scale_of_good_things_is_turned_round),
        cmocka_unit_test(a_condition_that_holds_for_every_answer_is_told),
        cmocka_unit_test(a_question_that_nobody_comes_to_is_an_error),
        cmocka_unit_test(a_question_missed_in_one_variant_is_a_warning),
        cmocka_unit_test(a_role_with_nothing_to_do_in_a_form_is_a_dead_end),
        cmocka_unit_test(answers_are_looked_at),
        cmocka_unit_test(a_picture_is_also_said_in_words),
        cmocka_unit_test(an_empty_roster_a_borrowed_name_and_no_source_are_told),
        cmocka_unit_test(what_an_author_accepts_is_silent),
        cmocka_unit_test(warnings_of_the_loader_are_accepted_too),
        cmocka_unit_test(an_accept_reaches_no_other_question),
        cmocka_unit_test(an_error_cannot_be_accepted),
        cmocka_unit_test(an_accept_for_nothing_says_why),
        cmocka_unit_test(an_accept_needs_its_reason),
        cmocka_unit_test(what_is_included_is_checked_where_it_is_written),
        cmocka_unit_test(what_a_check_of_structure_passes_over_is_named),
        cmocka_unit_test(the_instruments_here_have_nothing_to_tell_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
