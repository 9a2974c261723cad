/* Every mistake that has a code is made once: small instruments from text. */
#include "loads.h"

#define ANSWERS "v.answers { { 1, nl = \"nee\", en = \"no\" }, { 2, nl = \"ja\", en = \"yes\" } }"
#define TITLE   "title = { nl = \"Een\", en = \"One\" }"
#define ROSTER  "roster = { role = \"client\", min = 1, max = 3 },"
#define WAYS(one, other, more)                                                                     \
    "v.choice \"ok\" { " WORDS ", " more " options = { { id = \"" one                              \
    "\", nl = \"a\", en = \"a\" }, { id = \"" other "\", nl = \"b\", en = \"b\" } } }"
#define OK_ITEM "v.yesno \"ok\" { " WORDS " }"

struct mistake {
    const char *code, *body;
};

/* Exactly one finding, with this code. */
static void check(const struct mistake *mistake, enum vb_level level)
{
    char text[4096];
    snprintf(text, sizeof text, HEAD "%s }", mistake->body);
    struct loaded loaded = load_text(text);
    const struct vb_finding *found = finding(&loaded, mistake->code);
    if (found == NULL || found->level != level || loaded.findings.count != 1 ||
        found->mend == NULL || found->line < 1 ||
        loaded.code != (level == VB_ERROR ? VB_E_DATA : VB_OK)) {
        print_findings(&loaded);
        fail_msg("%s expected from: %s", mistake->code, mistake->body);
    }
    unload(&loaded);
}

static void check_all(const struct mistake *mistakes, size_t count, enum vb_level level)
{
    for (size_t i = 0; i < count; i++)
        check(&mistakes[i], level);
}
#define CHECK_ALL(mistakes, level) check_all(mistakes, sizeof mistakes / sizeof *mistakes, level)

static void mistakes_in_a_question(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { "two-texts", "v.text \"a\" { " WORDS ", client = { nl = \"a\", en = \"a\" } }" },
        { "left-out-role", "v.text \"a\" { roles = { \"client\" }, client = { nl = \"a\", en = "
                           "\"a\" }, professional = { nl = \"a\", en = \"a\" } }, " OK_ITEM },
        { "missing-text", "v.text \"a\" {}" },
        { "empty-text", "v.text \"a\" { text = { nl = \" \", en = \"a\" } }" },
        { "unknown-language", "v.text \"a\" { text = { nl = \"a\", en = \"a\", fr = \"a\" } }" },
        { "stray-entry", "v.text \"a\" { text = { \"a\", nl = \"a\", en = \"a\" } }" },
        { "stray-entry", "v.text \"a\" { " WORDS ", \"a\" }" },
        { "stray-entry", "v.text \"a\" { " WORDS ", [true] = 1 }" },
        { "wrong-type", "v.text \"a\" { text = { nl = \"a\", en = 3 } }" },
        { "unknown-slot", "v.text \"a\" { text = { nl = \"a { b\", en = \"a\" } }" },
        { "unknown-slot", "v.text \"a\" { text = { nl = \"a\", en = \"{client.name}\" } }" },
        { "wrong-value", "v.text \"a\" { " WORDS ", max = 0 }" },
        { "wrong-value", "v.text \"a\" { " WORDS ", roles = {} }" },
        { "wrong-value", "v.text \"a\" { " WORDS ", about = \"everybody\" }" },
        { "wrong-value", "v.number \"a\" { " WORDS ", min = 3, max = 3 }" },
        { "wrong-value", "v.number \"a\" { " WORDS ", min = 0.0001 }" },
        { "wrong-value", "v.number \"a\" { " WORDS ", min = 0/0 }" },
        { "wrong-value", "v.date \"a\" { " WORDS ", min = \"2021-02-29\" }" },
        { "wrong-value", "v.date \"a\" { " WORDS ", min = \"2021-2-9\" }" },
        { "wrong-value", "v.draw \"a\" { " WORDS ", tools = { \"voice\" } }" },
        { "wrong-value", "v.photo \"a\" { " WORDS ", tools = { \"draw\" } }" },
        { "wrong-value", "v.draw \"a\" { " WORDS ", keep = \"until\" }" },
        { "wrong-value", "v.draw \"a\" { " WORDS ", keep = 90 }" },
        { "wrong-value", "v.draw \"a\" { " WORDS ", keep = \"ask 0\" }" },
        { "wrong-value", "v.draw \"a\" { " WORDS ", keep = \"ask soon\" }" },
        { "unknown-item", "v.draw \"a\" { " WORDS ", by = \"way\" }" },
        { "forward-reference",
          "v.draw \"a\" { " WORDS ", by = \"ok\" }, " WAYS("draw", "words", "") },
        { "wrong-value", OK_ITEM ", v.draw \"a\" { " WORDS ", by = \"ok\" }" },
        { "wrong-value",
          WAYS("draw", "words", "max = 2,") ", v.draw \"a\" { " WORDS ", by = \"ok\" }" },
        { "wrong-value", WAYS("draw", "sing", "") ", v.draw \"a\" { " WORDS ", by = \"ok\" }" },
        { "wrong-value", WAYS("draw", "words", "") ", v.photo \"a\" { " WORDS ", by = \"ok\" }" },
        { "bad-options", "v.choice \"a\" { " WORDS ", options = { { \"x\", nl = \"x\", en = \"x\" "
                         "} } }" },
        { "missing-field", "v.choice \"a\" { " WORDS " }" },
        { "bad-options", "v.words \"a\" { " WORDS ", own = false }" },
        { "choice-values",
          "v.choice \"a\" { " WORDS ", options = { { \"x\", value = 1, nl = \"x\", "
          "en = \"x\" }, { \"y\", nl = \"y\", en = \"y\" } } }" },
        { "bad-id", "v.choice \"a\" { " WORDS ", options = { { \"X\", nl = \"x\", en = \"x\" }, { "
                    "\"y\", nl = \"y\", en = \"y\" } } }" },
        { "not-scorable", "v.text \"a\" { " WORDS ", scored = true }" },
        { "not-scorable", "v.text \"a\" { " WORDS ", reverse = true }" },
        { "bad-answers",
          "v.likert \"a\" { " WORDS ", answers = v.answers { { 1, nl = \"a\", en = \"a\" } } }" },
        { "bad-answers", "v.likert \"a\" { " WORDS ", answers = v.answers { { nl = \"a\", en = "
                         "\"a\" }, { 2, nl = \"a\", en = \"a\" } } }" },
        { "wrong-type",
          "v.likert \"a\" { " WORDS ", answers = { { 1, nl = \"a\", en = \"a\" } } }" },
    };
    CHECK_ALL(mistakes, VB_ERROR);
}

/* What stands without a text or an id has more than one thing wrong with it. */
#define ONE(id) "{ \"" id "\", nl = \"x\", en = \"x\" }"

static void mistakes_in_what_is_put_somewhere(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { "missing-field", "v.triangle \"a\" { " WORDS " }" },
        { "bad-options",
          "v.triangle \"a\" { " WORDS ", tokens = { " ONE("x") ", " ONE("y") " } }" },
        { "bad-options", "v.triangle \"a\" { " WORDS ", tokens = { " ONE("w") ", " ONE(
                             "x") ", " ONE("y") ", " ONE("z") " } }" },
        { "duplicate-id",
          "v.triangle \"a\" { " WORDS ", tokens = { " ONE("x") ", " ONE("x") ", " ONE("y") " } }" },
        { "not-scorable", "v.triangle \"a\" { " WORDS ", comparable = true, tokens = { " ONE(
                              "x") ", " ONE("y") ", " ONE("z") " } }" },
        { "not-scorable", "v.triangle \"a\" { " WORDS ", scored = true, tokens = { " ONE(
                              "x") ", " ONE("y") ", " ONE("z") " } }" },
        { "condition-value",
          "v.triangle \"a\" { " WORDS ", tokens = { " ONE("x") ", " ONE("y") ", " ONE(
              "z") " } }, v.text \"b\" { " WORDS ", when = v.above(\"a\", 1) }" },
        { "unknown-slot",
          "v.collage \"a\" { " WORDS ", pieces = { { \"x\", nl = \"{y}\", en = \"x\" } } }" },
        { "unknown-slot", "v.choice \"a\" { " WORDS
                          ", options = { " ONE("x") ", { \"y\", nl = \"{y}\", en = \"y\" } } }" },
        { "bad-options", "v.collage \"a\" { " WORDS ", pieces = {} }" },
        { "not-scorable", "v.collage \"a\" { " WORDS ", comparable = true }" },
        { "wrong-value", "v.collage \"a\" { " WORDS ", tools = { \"draw\" } }" },
        { "wrong-value", "v.collage \"a\" { " WORDS ", keep = \"until 0\" }" },
        { "wrong-value", "v.collage \"a\" { " WORDS ", max = 201 }" },
        { "bad-id", "v.collage \"a\" { " WORDS ", pieces = { " ONE("X") " } }" },
        { "unknown-field", "v.collage \"a\" { " WORDS ", pieces = { x = 1, " ONE("y") " } }" },
    };
    CHECK_ALL(mistakes, VB_ERROR);
}

static void a_call_without_an_id_or_a_table_is_told_with_what_is_missing_then(void **state)
{
    (void)state;
    struct loaded loaded = load_text(HEAD "v.text(3) { " WORDS " }, " OK_ITEM " }");
    assert_non_null(finding(&loaded, "wrong-call"));
    unload(&loaded);
    loaded = load_text(HEAD "v.text \"a\" (3) }");
    assert_non_null(finding(&loaded, "wrong-call"));
    assert_non_null(finding(&loaded, "missing-text"));
    unload(&loaded);
}

static void what_stands_at_the_top_has_the_line_where_it_is_written(void **state)
{
    (void)state;
    struct loaded loaded = load_text("local v <const> = require \"verbond\"\n"
                                     "local version = 3\n"
                                     "return v.instrument {\n"
                                     "  id = \"one\", licence = \"CC0-1.0\", basis = \"own\",\n"
                                     "  version = \"1\", source = \"own\", respondents = {\n"
                                     "  \"client\" }, languages = { \"nl\" },\n"
                                     "  title = { en = \"One\" },\n"
                                     "  forms = { [\"long\"] = { \"no.such\" } },\n"
                                     "  v.yesno \"ok\" { text = { nl = \"Goed?\" } } }");
    assert_int_equal(finding(&loaded, "bad-version")->line, 5);
    assert_int_equal(finding(&loaded, "missing-translation")->line, 7);
    assert_int_equal(finding(&loaded, "unknown-language")->line, 7);
    assert_int_equal(finding(&loaded, "unknown-item")->line, 8);
    assert_int_equal(loaded.findings.errors, 4);
    unload(&loaded);
}

static void mistakes_in_scales_totals_and_order(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { "together-in-scale",
          "v.scale \"s\" { " TITLE ", v.yesno \"s.a\" { " WORDS ", stage = \"together\" } }" },
        { "mixed-about", ROSTER "v.scale \"s\" { " TITLE ", v.yesno \"s.a\" { " WORDS
                                ", about = \"member\" }, v.yesno \"s.b\" { " WORDS " } }" },
        { "mixed-about",
          ROSTER "v.scale \"s\" { " TITLE ", about = \"member\", v.yesno \"s.a\" { " WORDS
                 " } }, v.total \"t\" { of = { \"s\" } }" },
        { "wrong-value",
          "v.scale \"s\" { " TITLE ", min_answered = 2, v.yesno \"s.a\" { " WORDS " } }" },
        { "missing-field", "v.scale \"s\" { v.yesno \"s.a\" { " WORDS " } }" },
        { "missing-field", "v.total \"t\" {}, " OK_ITEM },
        { "empty-scale", "v.total \"t\" { of = {} }, " OK_ITEM },
        { "empty-scale", "v.scale \"s\" { " TITLE ", v.text \"s.a\" { " WORDS " } }" },
        { "duplicate-id", "v.scale \"s\" { " TITLE ", v.yesno \"a\" { " WORDS
                          " } }, v.scale \"s\" { " TITLE ", v.yesno \"b\" { " WORDS " } }" },
        { "empty-place", "v.scale \"s\" { " TITLE ", nil, v.yesno \"s.a\" { " WORDS " } }" },
        { "empty-each", ROSTER "v.each \"member\" {}, " OK_ITEM },
        { "wrong-value", ROSTER "v.each \"person\" { v.text \"a\" { " WORDS " } }" },
        { "wrong-place",
          ROSTER "v.each \"member\" { v.text \"a\" { " WORDS " }, v.total \"t\" { of = {} } }" },
        { "no-questions", "" },
        { "wrong-type", "v.scale \"s\" { " TITLE ", reference = { sd = \"much\", source = \"x\" }, "
                        "v.yesno \"s.a\" { " WORDS " } }" },
        { "unknown-field", "v.scale \"s\" { " TITLE ", reference = { sdd = 1, source = \"x\" }, "
                           "v.yesno \"s.a\" { " WORDS " } }" },
    };
    CHECK_ALL(mistakes, VB_ERROR);
}

static void mistakes_at_the_top(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { "wrong-value", "status = { nl = \"finished\" }, " OK_ITEM },
        { "unknown-language", "status = { fr = \"draft\" }, " OK_ITEM },
        { "wrong-value", "duration_min = { 20, 10 }, " OK_ITEM },
        { "wrong-value", "retain = \"for ever\", " OK_ITEM },
        { "unknown-field", "policy = { freetext = true }, " OK_ITEM },
        { "unknown-field", "talk = { pionts = 3 }, " OK_ITEM },
        { "wrong-type", "talk = { prompts = { \"Why?\" } }, " OK_ITEM },
        { "wrong-value", "roster = { role = \"client\", min = 5, max = 3 }, " OK_ITEM },
        { "missing-field", "roster = { min = 1 }, " OK_ITEM },
        { "wrong-type", "roster = { role = 3 }, " OK_ITEM },
        { "wrong-type", "roster = { role = { 3 } }, " OK_ITEM },
        { "unknown-role", "roster = { role = { \"client\", \"parnt\" } }, " OK_ITEM },
        { "wrong-type", "formats = { standard = { 1, 2 } }, " OK_ITEM },
        { "bad-id", "forms = { [\"A form\"] = { \"ok\" } }, " OK_ITEM },
        { "wrong-type", "forms = { short = {} }, " OK_ITEM },
        { "duplicate-id", "forms = { short = { \"ok\", \"ok\" } }, " OK_ITEM },
        { "duplicate-id", "slots = { client = { nl = \"x\", en = \"x\" } }, " OK_ITEM },
        { "missing-translation", "slots = { place = { nl = \"x\" } }, " OK_ITEM },
        { "missing-field", "variants = { music = {} }, " OK_ITEM },
        { "wrong-type", "variants = { music = 3 }, " OK_ITEM },
        { "stray-entry", "variants = { { " TITLE " } }, " OK_ITEM },
        { "unknown-slot",
          "variants = { x = { " TITLE ", slots = { m = { nl = \"a\", en = \"a\" } } "
          "}, y = { " TITLE " } }, v.text \"a\" { text = { nl = \"{m}\", en = \"\
a\" } }" },
        { "policy-refuses",
          "variants = { x = { " TITLE ", policy = { emotion_rating = false } } }, "
          "v.faces \"a\" { " WORDS ", answers = " ANSWERS " }" },
        { "policy-refuses",
          "policy = { drawing_keep = false }, v.draw \"a\" { " WORDS ", keep = \"give\" }" },
        { "policy-refuses",
          "policy = { drawing_keep = false }, v.collage \"a\" { " WORDS ", keep = \"until 3\" }" },
    };
    CHECK_ALL(mistakes, VB_ERROR);
}

static void what_may_be_meant_is_a_warning(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { "member-slot", "v.text \"a\" { text = { nl = \"a\", en = \"{member}\" } }" },
        { "idle-role", "v.text \"a\" { roles = { \"client\" }, " WORDS " }" },
        { "never-in-form", "forms = { f = { \"b\" } }, v.yesno \"a\" { " WORDS
                           " }, v.text \"b\" { " WORDS ", when = v.is(\"a\", true) }" },
    };
    CHECK_ALL(mistakes, VB_WARNING);
}

static void respondents_are_checked(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        { "duplicate-id", "{ \"client\", \"client\" }" },
        { "bad-id", "{ \"Client\" }" },
        { "bad-id", "{ \"help\" }" },
        { "wrong-type", "\"client\"" },
        { "wrong-type", "{}" },
        { "wrong-type", "{ 3 }" },
        { "missing-field", "{ { optional = true } }" },
        { "unknown-field", "{ { role = \"client\", optionl = true } }" },
        { "wrong-value", "{ { role = \"client\", min = 3, max = 2 } }" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[1024];
        snprintf(
            text, sizeof text,
            "local v <const> = require \"verbond\"\nreturn v.instrument { id = \"one\",\n"
            "version = \"1.0.0\", licence = \"CC0-1.0\", basis = \"own\", source = \"own\",\n" TITLE
            ", languages = { \"nl\", \"en\" }, respondents = %s,\n" OK_ITEM " }",
            wrong[i][1]);
        struct loaded loaded = load_text(text);
        if (finding(&loaded, wrong[i][0]) == NULL)
            print_findings(&loaded);
        assert_non_null(finding(&loaded, wrong[i][0]));
        unload(&loaded);
    }
}

static void versions_are_three_numbers_and_perhaps_a_word(void **state)
{
    (void)state;
    static const char *const versions[][2] = {
        { "1.0.0", "good" },      { "0.1.0-dev", "good" }, { "10.20.30", "good" },
        { "1.0.0-rc.1", "good" }, { "1.0", "bad" },        { "1.0.0.0", "bad" },
        { "v1.0.0", "bad" },      { "01.0.0", "bad" },     { "1.0.0-", "bad" },
        { "1.0.0 dev", "bad" },   { "", "bad" },           { "1..0", "bad" },
    };
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        char text[1024];
        snprintf(
            text, sizeof text,
            "local v <const> = require \"verbond\"\nreturn v.instrument { id = \"one\",\n"
            "version = \"%s\", licence = \"CC0-1.0\", basis = \"own\", source = \"own\",\n" TITLE
            ", languages = { \"nl\", \"en\" }, respondents = { \"client\" },\n" OK_ITEM " }",
            versions[i][0]);
        struct loaded loaded = load_text(text);
        bool bad = finding(&loaded, "bad-version") != NULL;
        if (bad != (versions[i][1][0] == 'b'))
            fail_msg("version %s", versions[i][0]);
        unload(&loaded);
    }
}

static void more_than_the_engine_takes_is_refused_not_cut(void **state)
{
    (void)state;
    struct vb_buf text = { 0 };
    vb_buf_puts(&text, "local v <const> = require \"verbond\"\nlocal all = { id = \"one\",\n"
                       "version = \"1.0.0\", licence = \"CC0-1.0\", basis = \"own\", source = "
                       "\"own\",\ntitle = { en = \"One\" }, languages = { \"en\" }, respondents = "
                       "{ \"client\" } }\n"
                       "for i = 1, 4097 do all[i] = v.yesno(\"q\" .. i) { text = { en = \"Q\" } } "
                       "end\nreturn v.instrument(all)");
    struct loaded loaded = load_text(text.data);
    assert_int_equal(loaded.code, VB_E_DATA);
    assert_non_null(finding(&loaded, "too-many"));
    unload(&loaded);
    vb_buf_finish(&text);
}

static void the_module_cannot_be_changed_and_a_global_is_named(void **state)
{
    (void)state;
    struct loaded loaded = load_text("local v <const> = require \"verbond\"\nv.mine = 3\nreturn 1");
    assert_non_null(finding(&loaded, "script-error"));
    assert_int_equal(finding(&loaded, "script-error")->line, 2);
    unload(&loaded);
    loaded = load_text("local v <const> = requir \"verbond\"\nreturn 1");
    assert_string_equal(finding(&loaded, "unknown-global")->mend, "did you mean require?");
    unload(&loaded);
}

static void commas_are_looked_for_where_they_are_missing(void **state)
{
    (void)state;
    struct loaded loaded = load_text("return {\n  a = 1 -- one\n  -- two\n\n  b = 2,\n}\n");
    const struct vb_finding *found = finding(&loaded, "missing-comma");
    assert_non_null(found);
    assert_int_equal(found->line, 2);
    assert_string_equal(found->message, "a comma is missing at the end of this line, before 'b'");
    unload(&loaded);
    loaded = load_text("return { { 1 } { 2 } }");
    assert_int_equal(loaded.code, VB_E_DATA);
    unload(&loaded);
    loaded = load_text("retrun 3");
    assert_non_null(finding(&loaded, "syntax-error"));
    unload(&loaded);
    loaded = load_text("return \"a\nb\"");
    assert_non_null(finding(&loaded, "unfinished-string"));
    unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_in_a_question),
        cmocka_unit_test(mistakes_in_what_is_put_somewhere),
        cmocka_unit_test(a_call_without_an_id_or_a_table_is_told_with_what_is_missing_then),
        cmocka_unit_test(what_stands_at_the_top_has_the_line_where_it_is_written),
        cmocka_unit_test(mistakes_in_scales_totals_and_order),
        cmocka_unit_test(mistakes_at_the_top),
        cmocka_unit_test(what_may_be_meant_is_a_warning),
        cmocka_unit_test(respondents_are_checked),
        cmocka_unit_test(versions_are_three_numbers_and_perhaps_a_word),
        cmocka_unit_test(more_than_the_engine_takes_is_refused_not_cut),
        cmocka_unit_test(the_module_cannot_be_changed_and_a_global_is_named),
        cmocka_unit_test(commas_are_looked_for_where_they_are_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
