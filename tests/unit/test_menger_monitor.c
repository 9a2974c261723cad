#include "tests.h"

#include "base/utf8.h"
#include "script/load.h"

enum { WORDS_MAX = 10, LETTERS_MAX = 13 };

static struct vb_plan *load_one(const char *path)
{
    struct vb_folder folder = { .root = "instruments" };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options options = { .limits = vb_limits_load(), .clock = vb_clock_system() };
    struct vb_findings findings = { 0 };
    struct vb_plan *plan = NULL;
    struct vb_err err = { 0 };
    enum vb_code rc = vb_load(&plan, &source, path, &options, &findings, &err);
    if (rc != VB_OK)
        fail_msg("%s", err.text);
    assert_int_equal(findings.warnings, 0);
    vb_findings_finish(&findings);
    return plan;
}

static struct vb_plan *load(void)
{
    return load_one("menger-monitor/instrument.lua");
}

/* What a plain sentence has no need of: denial, and words that leave no room. */
static bool is_barred(const char *word)
{
    static const char *const barred[] = { "niet",  "geen", "nooit",  "altijd",   "no",    "not",
                                          "never", "none", "always", "dwarszit", "cannot" };
    for (size_t i = 0; i < sizeof barred / sizeof barred[0]; i++)
        if (strcasecmp(word, barred[i]) == 0)
            return true;
    return strstr(word, "n't") != NULL;
}

/* NULL, or what is wrong with a text that somebody reads or hears once. */
static const char *fault_of(const char *text)
{
    char copy[256];
    int words = 0;
    if (strlen(text) >= sizeof copy)
        return "too long";
    strcpy(copy, text);
    for (char *rest = copy, *word; (word = strtok_r(rest, " .,:?!", &rest)) != NULL;) {
        words++;
        if (is_barred(word))
            return "a word that denies or leaves no room";
        if (word[0] != '{' && vb_utf8_length(word, strlen(word)) > LETTERS_MAX)
            return "a word past 13 letters";
    }
    return words > WORDS_MAX ? "more than ten words" : NULL;
}

static void the_text_rules_can_fail(void **state)
{
    (void)state;
    assert_null(fault_of("Ik weet wat hier verplicht is."));
    assert_non_null(fault_of("Ik weet niet wat hier moet."));
    assert_non_null(fault_of("Dit zijn zonder enige twijfel toch echt wel elf losse woorden."));
    assert_non_null(fault_of("Wij praten over reclasseringstoezicht."));
    assert_non_null(fault_of("It doesn't help."));
}

static void follows_the_rules(const struct vb_item *item, const struct vb_text *text, int languages)
{
    for (int language = 0; language < languages; language++) {
        const char *fault = fault_of(text->by_language[language]);
        if (fault != NULL)
            fail_msg("%s, \"%s\": %s", item->id, text->by_language[language], fault);
    }
}

/* Of all instruments here. */
static void every_text_follows_the_rules_of_plain_language(void **state)
{
    (void)state;
    static const char *const paths[] = { "menger-monitor/instrument.lua",
                                         "strengths/instrument.lua",
                                         "family-alliance/instrument.lua" };
    for (size_t p = 0; p < sizeof paths / sizeof *paths; p++) {
        struct vb_plan *plan = load_one(paths[p]);
        assert_true(plan->item_count > 20);
        for (int i = 0; i < plan->item_count; i++)
            for (int role = 0; role < plan->role_count; role++)
                if (plan->items[i].text[role] != NULL)
                    follows_the_rules(&plan->items[i], plan->items[i].text[role],
                                      plan->language_count);
        vb_plan_release(plan);
    }
}

static void both_roles_answer_every_item_in_every_language(void **state)
{
    (void)state;
    struct vb_plan *plan = load();
    assert_int_equal(plan->role_count, 2);
    assert_string_equal(plan->languages[0], "nl");
    assert_string_equal(plan->languages[1], "en");
    assert_string_equal(plan->languages[2], "fr");
    assert_string_equal(plan->languages[3], "ar");
    assert_int_equal(plan->language_count, 4);
    for (int language = 0; language < 4; language++)
        assert_int_equal(plan->status[language], VB_DRAFT);
    for (int i = 0; i < plan->item_count; i++)
        for (int role = 0; role < 2; role++)
            assert_non_null(plan->items[i].text[role]);
    vb_plan_release(plan);
}

static void four_scales_of_five_and_friction_apart(void **state)
{
    (void)state;
    struct vb_plan *plan = load();
    static const char *const scales[] = { "direction", "trust", "bond", "friction" };
    assert_int_equal(plan->scale_count, 4);
    assert_int_equal(plan->total_count, 0);
    for (int i = 0; i < 4; i++) {
        assert_string_equal(plan->scales[i].id, scales[i]);
        assert_int_equal(plan->scales[i].item_count, 5);
        assert_int_equal(plan->scales[i].min_answered, 4);
        assert_int_equal(plan->scales[i].negative, i == 3);
    }
    vb_plan_release(plan);
}

static void no_question_depends_on_another(void **state)
{
    (void)state;
    struct vb_plan *plan = load();
    assert_false(plan->scripted);
    for (int i = 0; i < plan->item_count; i++)
        assert_null(plan->items[i].when);
    vb_plan_release(plan);
}

static void the_short_form_has_two_of_each_scale(void **state)
{
    (void)state;
    struct vb_plan *plan = load();
    int form = vb_plan_form(plan, "short");
    assert_true(form >= 0);
    for (int i = 0; i < plan->scale_count; i++) {
        int of = 0;
        for (int k = 0; k < plan->scales[i].item_count; k++)
            of += plan->forms[form].has_item[plan->scales[i].items[k]];
        assert_int_equal(of, 2);
    }
    vb_plan_release(plan);
}

static void it_claims_to_be_nobodys_monitor(void **state)
{
    (void)state;
    struct vb_plan *plan = load();
    assert_string_equal(plan->basis, "inspired-by");
    assert_non_null(strstr(plan->source, "not the published monitor"));
    for (int language = 0; language < plan->language_count; language++) {
        assert_null(strcasestr(plan->title.by_language[language], "alliantie"));
        assert_null(strcasestr(plan->title.by_language[language], "alliance"));
        assert_null(strcasestr(plan->title.by_language[language], "wamci"));
        assert_int_equal(plan->status[language], VB_DRAFT);
    }
    vb_plan_release(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_rules_can_fail),
        cmocka_unit_test(every_text_follows_the_rules_of_plain_language),
        cmocka_unit_test(both_roles_answer_every_item_in_every_language),
        cmocka_unit_test(four_scales_of_five_and_friction_apart),
        cmocka_unit_test(no_question_depends_on_another),
        cmocka_unit_test(the_short_form_has_two_of_each_scale),
        cmocka_unit_test(it_claims_to_be_nobodys_monitor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
