/* test_sheet_form.c - how a sheet is laid out: parts, widths, languages, colour. */
#include "sheet_look.h"

static void another_language_stands_beside_the_sheets_own(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    scene->people[0].label = "Sam";
    scene->people[1].label = "Noor";
    scene->people[1].language = "en";
    scene->people[1].mode = "interpreter";
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    assert_non_null(strstr(sheet, "helemaal eens (strongly agree)"));
    assert_non_null(strstr(sheet, "en: I tell Sam what goes into the report."));
    assert_non_null(strstr(sheet, "met een tolk"));
    is_golden(sheet, "two-languages");
    free(sheet);
    end(scene);
}

static void who_shared_nothing_takes_nobodys_language_away(void **state)
{
    (void)state;
    struct scene *scene = family();
    scene->people[0].language = scene->people[1].language = "en";
    scene->people[0].shared = false;
    char *sheet = sheet_of(scene, "nl", NULL, false);
    assert_non_null(strstr(sheet, "en: Our talks are hard."));
    free(sheet);
    end(scene);
}

static void the_same_result_gives_the_same_bytes(void **state)
{
    (void)state;
    struct scene *one = two_voices(), *two = two_voices();
    char *a = sheet_of(one, NULL, NULL, false), *b = sheet_of(two, NULL, NULL, false);
    assert_string_equal(a, b);
    free(a);
    free(b);
    end(one);
    end(two);
}

static void the_parts_come_in_their_order(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "GESPREKSBLAD",
        "dit gaat volgens jullie allebei goed",
        "het onderwerp van de cliënt",
        "hier zien jullie iets anders",
        "dacht \"helemaal eens\", de cliënt zegt \"oneens\"",
        "zegt het te doen; zo merkt de cliënt het",
        "hier kan het volgens jullie allebei beter",
        "in onze gesprekken",
        "in eigen woorden, en afspraken",
        "bespreek als je wilt",
        "eigen vragen, nog niet getest; geen test, geen oordeel",
    };
    struct scene *scene = two_voices();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    const char *at = sheet;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *found = strstr(at, parts[i]);
        if (found == NULL)
            fail_msg("not there, or too early: %s", parts[i]);
        at = found;
    }
    free(sheet);
    end(scene);
}

/* Three people joined to one picture, four times. */
#define FAMILIES "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧"

static void wide_and_endless_words_fit(void **state)
{
    (void)state;
    static const char *const names[] = {
        "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢"
        "字",
        "e\xcc\x81\xcc\x81\xcc\x81 " FAMILIES FAMILIES FAMILIES,
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaa",
        "two\nlines\n\n\nand more",
        "",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct scene *two = two_voices(), *many = family();
        two->people[0].label = two->people[1].label = names[i];
        two->values[0][GOING] = two->values[1][GOING] = words(names[i]);
        many->roster[0].label = many->people[0].label = many->people[2].label = names[i];
        many->values[0][GOING] = words(names[i]);
        struct scene *each = asked_about_each_other();
        each->roster[0].label = each->people[0].label = names[i];
        char *a = sheet_of(two, NULL, NULL, false), *b = sheet_of(many, "en", NULL, false);
        fits(a);
        fits(b);
        free(a);
        free(b);
        for (int columns = 48; columns <= 80; columns++) {
            a = sheet_of_columns(two, columns);
            b = sheet_of_columns(many, columns);
            fits_in(a, columns);
            fits_in(b, columns);
            free(a);
            free(b);
            a = sheet_of_columns(each, columns);
            fits_in(a, columns);
            free(a);
        }
        end(each);
        end(two);
        end(many);
    }
}

static void a_narrow_terminal_has_a_sheet_of_its_width(void **state)
{
    (void)state;
    struct scene *two = two_voices(), *many = family();
    many->scores[1][TRUST] = (struct vb_score){ .any = true, .answered = 1, .of = 5 };
    for (int columns = 48; columns <= 80; columns++) {
        char *a = sheet_of_columns(two, columns), *b = sheet_of_columns(many, columns);
        fits_in(a, columns);
        fits_in(b, columns);
        assert_non_null(strstr(b, "te weinig antwoorden"));
        free(a);
        free(b);
    }
    char *usual = sheet_of_columns(two, 0), *wide = sheet_of_columns(two, 200);
    assert_string_equal(usual, wide);
    free(usual);
    free(wide);
    end(two);
    end(many);
}

static void the_parts_are_numbered_without_a_gap(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    for (int i = 0; i < scene->plan->item_count; i++)
        if (scene->plan->items[i].negative)
            scene->values[0][i] = scene->values[1][i] = (struct vb_value){ 0 };
    scene->result.talk.friction_count = 0;
    char *sheet = sheet_of(scene, NULL, NULL, false);
    assert_null(strstr(sheet, "in onze gesprekken"));
    assert_non_null(strstr(sheet, "── 5 · in eigen woorden, en afspraken "));
    free(sheet);
    end(scene);
}

static void the_head_says_which_variant_and_which_time(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    struct vb_variant home = { .name = "home",
                               .title = *text(&scene->plan->arena, "Thuis", "At home") };
    scene->plan->variants = &home;
    scene->plan->variant_count = 1;
    scene->result.variant = 0;
    char *sheet = sheet_of(scene, NULL, NULL, false);
    assert_non_null(strstr(sheet, " · Thuis\n"));
    assert_non_null(strstr(sheet, " · eerste keer (t0) · "));
    free(sheet);
    scene->result.wave = "t1";
    sheet = sheet_of(scene, NULL, NULL, false);
    assert_non_null(strstr(sheet, " · meting t1 · "));
    free(sheet);
    end(scene);
}

static void nothing_somebody_wrote_steers_a_terminal(void **state)
{
    (void)state;
    static const char hostile[] = "\033[2J\033]0;title\a\xc2\x9b"
                                  "31m\xe2\x80\xaekcab\xe2\x81\xa7 \r\b\x7f bad \xff\xfe";
    struct scene *two = two_voices(), *many = family();
    two->people[0].label = two->people[1].label = hostile;
    two->values[0][GOING] = two->values[1][BETTER] = words(hostile);
    two->plan->title = *text(&two->plan->arena, hostile, hostile);
    two->plan->source = hostile;
    two->people[0].mode = hostile;
    two->result.wave = hostile;
    many->roster[0].label = many->people[0].label = many->people[2].label = hostile;
    char *sheets[] = { sheet_of(two, NULL, NULL, false), sheet_of(many, NULL, NULL, false) };
    for (int i = 0; i < 2; i++) {
        fits(sheets[i]);
        assert_null(strpbrk(sheets[i], "\033\a\r\b\x7f"));
        assert_null(strstr(sheets[i], "\xe2\x80\xae"));
        assert_null(strstr(sheets[i], "\xe2\x81\xa7"));
        assert_null(strstr(sheets[i], "\xc2\x9b"));
        free(sheets[i]);
    }
    end(two);
    end(many);
}

static void colour_is_only_there_when_asked_for(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    char *plain = sheet_of(scene, NULL, NULL, false), *colour = sheet_of(scene, NULL, NULL, true);
    assert_null(strchr(plain, '\033'));
    assert_non_null(strchr(colour, '\033'));
    free(plain);
    free(colour);
    end(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_language_stands_beside_the_sheets_own),
        cmocka_unit_test(who_shared_nothing_takes_nobodys_language_away),
        cmocka_unit_test(the_same_result_gives_the_same_bytes),
        cmocka_unit_test(the_parts_come_in_their_order),
        cmocka_unit_test(wide_and_endless_words_fit),
        cmocka_unit_test(a_narrow_terminal_has_a_sheet_of_its_width),
        cmocka_unit_test(the_parts_are_numbered_without_a_gap),
        cmocka_unit_test(the_head_says_which_variant_and_which_time),
        cmocka_unit_test(nothing_somebody_wrote_steers_a_terminal),
        cmocka_unit_test(colour_is_only_there_when_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
