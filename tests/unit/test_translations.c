/* Texts that stand in a file a language: filled in, and everything that can be wrong with them. */
#include "author/i18n.h"
#include "data/translation.h"
#include "loads.h"

#define FR_HEAD                                                                                    \
    "local v <const> = require \"verbond\"\n"                                                      \
    "return v.instrument { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\", "             \
    "basis = \"own\", source = \"own\", title = { nl = \"Een\", en = \"One\" },\n"                 \
    "languages = { \"nl\", \"en\", \"fr\" }, respondents = { \"client\", \"professional\" },\n"    \
    "status = { fr = \"reviewed\" }, translations = { fr = require \"one.fr\" },\n"
#define FR_ITEM                                                                                    \
    "v.yesno \"a\" { client = { nl = \"Gaat het?\", en = \"Is it well?\" },\n"                     \
    "professional = { nl = \"Gaat het met {client}?\", en = \"Is {client} well?\" } } }"
#define FR_REST                                                                                     \
    "[\"item/a/client\"] = { \"Ça va ?\" }, [\"item/a/professional\"] = { \"{client} va bien ?\" " \
    "}, "

static struct loaded load_with(const char *head, const char *french)
{
    char instrument[2048], translations[2048];
    snprintf(instrument, sizeof instrument, "%s%s", head, FR_ITEM);
    snprintf(translations, sizeof translations, "return {\n%s\n}\n", french);
    struct vb_file files[] = { { "one/instrument.lua", instrument, strlen(instrument) },
                               { "one/fr.lua", translations, strlen(translations) } };
    return load_files(files, 2);
}

static struct loaded load_french(const char *french)
{
    return load_with(FR_HEAD, french);
}

/* The one finding, in fr.lua. */
static void only(const char *french, enum vb_level level, const char *code, int line)
{
    struct loaded loaded = load_french(french);
    const struct vb_finding *found = finding(&loaded, code);
    if (found == NULL || loaded.findings.count != 1 || found->level != level ||
        found->line != line || strcmp(found->file, "one/fr.lua") != 0) {
        print_findings(&loaded);
        fail_msg("%s in line %d expected from: %s", code, line, french);
    }
    assert_int_equal(loaded.code, level == VB_ERROR ? VB_E_DATA : VB_OK);
    unload(&loaded);
}

static void a_text_comes_from_the_file_of_its_language(void **state)
{
    (void)state;
    struct loaded loaded = load_french(FR_REST "title = { \"Un\" }");
    struct vb_plan *plan = plan_of(&loaded);
    assert_int_equal(loaded.findings.count, 0);
    assert_string_equal(plan->title.by_language[2], "Un");
    assert_string_equal(plan->items[0].text[0]->by_language[2], "Ça va ?");
    assert_string_equal(plan->items[0].text[1]->by_language[2], "{client} va bien ?");
    assert_int_equal(plan->status[2], VB_REVIEWED);
    assert_int_equal(plan->file_count, 2); /* and so its words are in the digest */
    unload(&loaded);
}

static void a_text_alone_needs_no_source(void **state)
{
    (void)state;
    struct loaded loaded = load_french(FR_REST "title = \"Un\"");
    assert_string_equal(plan_of(&loaded)->title.by_language[2], "Un");
    unload(&loaded);
}

static void a_missing_text_is_an_error_with_its_key(void **state)
{
    (void)state;
    only(FR_REST, VB_ERROR, "missing-translation", 1);
    struct loaded loaded = load_french(FR_REST);
    assert_non_null(strstr(loaded.findings.list[0].message, "\"title\""));
    unload(&loaded);
}

static void what_is_wrong_with_a_text_is_told_on_its_line(void **state)
{
    (void)state;
    only(FR_REST "\n[\"title\"] = { \" \" }", VB_ERROR, "empty-text", 3);
    only(FR_REST "\n[\"title\"] = { \"Un {client}\" }", VB_ERROR, "unknown-slot", 1);
    only(FR_REST "\n[\"title\"] = { 3 }", VB_ERROR, "wrong-type", 3);
    only(FR_REST "\n[\"title\"] = { \"Un\", sauce = \"x\" }", VB_ERROR, "wrong-type", 3);
    only(FR_REST "\n[\"title\"] = { \"U\\u{202e}n\" }", VB_ERROR, "control-character", 1);
    only(FR_REST "title = \"Un\", from = \"de\"", VB_ERROR, "wrong-value", 1);
    only(FR_REST "title = \"Un\", from = \"fr\"", VB_ERROR, "wrong-value", 1);
}

static void an_unknown_key_is_a_warning_with_the_one_that_was_meant(void **state)
{
    (void)state;
    only(FR_REST "title = \"Un\",\n[\"item/a/cliant\"] = { \"x\" }", VB_WARNING,
         "unknown-translation", 3);
    struct loaded loaded = load_french(FR_REST "title = \"Un\", [\"item/a/cliant\"] = \"x\"");
    assert_string_equal(loaded.findings.list[0].mend, "did you mean \"item/a/client\"?");
    unload(&loaded);
}

static void a_text_that_changed_since_makes_a_draft_of_the_language(void **state)
{
    (void)state;
    char hash[VB_SOURCE_HASH_SIZE], french[1024];
    vb_source_hash("Een", hash);
    snprintf(french, sizeof french, FR_REST "[\"title\"] = { \"Un\", source = \"%s\" }", hash);
    struct loaded loaded = load_french(french);
    assert_int_equal(plan_of(&loaded)->status[2], VB_REVIEWED);
    assert_int_equal(loaded.findings.count, 0);
    unload(&loaded);
    only(FR_REST "\n[\"title\"] = { \"Un\", source = \"00000000\" }", VB_WARNING,
         "stale-translation", 3);
    loaded = load_french(FR_REST "[\"title\"] = { \"Un\", source = \"00000000\" }");
    assert_int_equal(plan_of(&loaded)->status[2], VB_DRAFT);
    unload(&loaded);
}

static void the_source_is_of_the_language_it_was_made_from(void **state)
{
    (void)state;
    char hash[VB_SOURCE_HASH_SIZE], french[1024];
    vb_source_hash("One", hash);
    snprintf(french, sizeof french,
             FR_REST "from = \"en\", [\"title\"] = { \"Un\", source = \"%s\" }", hash);
    struct loaded loaded = load_french(french);
    assert_int_equal(plan_of(&loaded)->status[2], VB_REVIEWED);
    assert_int_equal(loaded.findings.count, 0);
    unload(&loaded);
}

static void a_text_in_both_places_is_an_error(void **state)
{
    (void)state;
    static const char head[] =
        "local v <const> = require \"verbond\"\n"
        "return v.instrument { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\", "
        "basis = \"own\", source = \"own\", title = { nl = \"Een\", en = \"One\", fr = \"Un\" },\n"
        "languages = { \"nl\", \"en\", \"fr\" }, respondents = { \"client\", \"professional\" },\n"
        "translations = { fr = require \"one.fr\" },\n";
    struct loaded loaded = load_with(head, FR_REST "title = \"Un\"");
    assert_int_equal(loaded.findings.count, 1);
    assert_non_null(finding(&loaded, "translated-twice"));
    unload(&loaded);
    loaded = load_with(head, FR_REST); /* one place is enough */
    assert_string_equal(plan_of(&loaded)->title.by_language[2], "Un");
    unload(&loaded);
}

static void the_field_names_languages_and_tables(void **state)
{
    (void)state;
    static const char *const bodies[][2] = {
        { "translations = { de = {} },\nv.yesno \"ok\" { " WORDS " }", "unknown-language" },
        { "translations = { en = 3 },\nv.yesno \"ok\" { " WORDS " }", "wrong-type" },
        { "translations = { {} },\nv.yesno \"ok\" { " WORDS " }", "stray-entry" },
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        char text[2048];
        snprintf(text, sizeof text, HEAD "%s }", bodies[i][0]);
        struct loaded loaded = load_text(text);
        if (loaded.findings.count != 1 || finding(&loaded, bodies[i][1]) == NULL)
            print_findings(&loaded);
        assert_int_equal(loaded.findings.count, 1);
        assert_non_null(finding(&loaded, bodies[i][1]));
        unload(&loaded);
    }
}

static void a_text_of_two_places_is_translated_once(void **state)
{
    (void)state;
    static const char text[] =
        "local v <const> = require \"verbond\"\n"
        "local yes = v.answers { { 1, nl = \"nee\" }, { 2, nl = \"ja\" } }\n"
        "return v.instrument { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\", "
        "basis = \"own\", source = \"own\", title = { nl = \"Een\" },\n"
        "languages = { \"nl\", \"fr\" }, respondents = { \"client\", \"professional\" },\n"
        "formats = { standard = yes }, translations = { fr = { title = \"Un\",\n"
        "[\"format/standard/1\"] = \"non\", [\"format/standard/2\"] = \"oui\",\n"
        "[\"item/a/client\"] = \"Ça va ?\" } },\n"
        "v.likert \"a\" { answers = yes, text = { nl = \"Gaat het?\" } } }";
    struct loaded loaded = load_text(text);
    struct vb_plan *plan = plan_of(&loaded);
    assert_int_equal(loaded.findings.count, 0);
    assert_string_equal(plan->items[0].answers->options[1].text.by_language[1], "oui");
    assert_string_equal(plan->items[0].text[1]->by_language[1], "Ça va ?");
    unload(&loaded);
}

static void who_translates_loads_what_is_not_finished(void **state)
{
    (void)state;
    struct vb_folder folder = { .root = "tests/fixtures/good" };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options options = load_options();
    struct vb_findings findings = { 0 };
    struct vb_err err;
    struct vb_plan *plan = NULL;
    struct vb_draft_language draft = { .language = "fr" };
    assert_int_equal(vb_load_draft(&plan, &draft, &source, "including/instrument.lua", &options,
                                   &findings, &err),
                     VB_OK);
    assert_string_equal(plan->languages[draft.index], "fr");
    assert_false(draft.in_languages);
    assert_int_equal(draft.count, 0);
    assert_string_equal(plan->title.by_language[draft.index], "");
    struct vb_arena arena = { 0 };
    size_t count, all;
    struct vb_text_entry *own = vb_plan_own_texts(plan, &arena, &count);
    vb_plan_texts(plan, &arena, &all);
    assert_true(count > 0 && count < all); /* what is included is translated where it belongs */
    for (size_t i = 0; i < count; i++)
        assert_true(own[i].include < 0);
    vb_arena_finish(&arena);
    vb_findings_finish(&findings);
    vb_plan_release(plan);
}

static void what_is_made_from_the_language_that_is_worked_on_waits_for_it(void **state)
{
    (void)state;
    static const char text[] =
        "local v <const> = require \"verbond\"\n"
        "return v.instrument { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\", "
        "basis = \"own\", source = \"own\", title = { nl = \"Een\", en = \"One\" },\n"
        "languages = { \"nl\", \"en\", \"fr\" }, respondents = { \"client\" },\n"
        "translations = { fr = { from = \"en\", title = \"Un\", "
        "[\"item/a/client\"] = \"Avec {client} ?\" } },\n"
        "v.yesno \"a\" { text = { nl = \"Met {client}?\" } } }";
    struct vb_file file = { .path = "one/instrument.lua", .bytes = text, .len = strlen(text) };
    struct vb_pinned pinned = { .files = &file, .count = 1 };
    struct vb_source source = vb_source_pinned(&pinned);
    struct vb_sandbox_options options = load_options();
    struct vb_findings findings = { 0 };
    struct vb_err err = { 0 };
    struct vb_plan *plan = NULL;
    struct vb_draft_language draft = { .language = "en" };
    if (vb_load_draft(&plan, &draft, &source, file.path, &options, &findings, &err) != VB_OK)
        fail_msg("%s", err.text);
    assert_true(draft.in_languages);
    assert_string_equal(plan->items[0].text[0]->by_language[1], "");
    assert_string_equal(plan->items[0].text[0]->by_language[2], "Avec {client} ?");
    assert_int_equal(findings.count, 0);
    vb_findings_finish(&findings);
    vb_plan_release(plan);
}

static void slots_are_listed_once_and_in_order(void **state)
{
    (void)state;
    struct vb_buf out = { 0 };
    vb_text_slots(&out, "{professional} en {client}, {client} { en {x");
    assert_string_equal(out.data, "{client} {professional}");
    vb_buf_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_comes_from_the_file_of_its_language),
        cmocka_unit_test(a_text_alone_needs_no_source),
        cmocka_unit_test(a_missing_text_is_an_error_with_its_key),
        cmocka_unit_test(what_is_wrong_with_a_text_is_told_on_its_line),
        cmocka_unit_test(an_unknown_key_is_a_warning_with_the_one_that_was_meant),
        cmocka_unit_test(a_text_that_changed_since_makes_a_draft_of_the_language),
        cmocka_unit_test(the_source_is_of_the_language_it_was_made_from),
        cmocka_unit_test(a_text_in_both_places_is_an_error),
        cmocka_unit_test(the_field_names_languages_and_tables),
        cmocka_unit_test(a_text_of_two_places_is_translated_once),
        cmocka_unit_test(who_translates_loads_what_is_not_finished),
        cmocka_unit_test(what_is_made_from_the_language_that_is_worked_on_waits_for_it),
        cmocka_unit_test(slots_are_listed_once_and_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
