/* test_sheet.c - the sheet from results made by hand; goldens in tests/fixtures/sheet.
 *
 * VERBOND_WRITE_GOLDEN=1 writes the goldens again: read the difference before you keep it. */
#include "tests.h"

#include "base/str.h"
#include "base/utf8.h"
#include "data/text.h"
#include "sheet/sheet.h"
#include "sheet_fixture.h"

/* -- looking at sheets ------------------------------------------------------------------------ */

static char *sheet_of(const struct scene *scene, const char *language, const char *for_role,
                      bool colour)
{
    struct vb_buf out = { 0 };
    struct vb_sheet_options options = { .language = language,
                                        .for_role = for_role,
                                        .colour = colour };
    vb_sheet_text(&out, &scene->result, &options);
    return out.data;
}

static char *sheet_of_columns(const struct scene *scene, int columns)
{
    struct vb_buf out = { 0 };
    vb_sheet_text(&out, &scene->result, &(struct vb_sheet_options){ .columns = columns });
    return out.data;
}

static char *read_golden(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct vb_buf text = { 0 };
    char bytes[4096];
    size_t got;
    if (file == NULL)
        fail_msg("%s is not there; VERBOND_WRITE_GOLDEN=1 writes it", path);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        vb_buf_put(&text, bytes, got);
    fclose(file);
    return text.data;
}

static void is_golden(const char *sheet, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "tests/fixtures/sheet/%s.txt", name);
    if (getenv("VERBOND_WRITE_GOLDEN") != NULL) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(sheet, file);
        assert_int_equal(fclose(file), 0);
    }
    char *golden = read_golden(path);
    assert_string_equal(sheet, golden);
    free(golden);
}

static void fits_in(const char *sheet, int columns)
{
    assert_true(vb_utf8_valid(sheet, strlen(sheet), NULL));
    for (const char *line = sheet; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        if (vb_text_width(line, len) > columns)
            fail_msg("%d columns: %.*s", vb_text_width(line, len), (int)len, line);
        if (len > 0 && line[len - 1] == ' ')
            fail_msg("a blank at the end of: %.*s", (int)len, line);
        line += len + (line[len] == '\n');
    }
}

static void fits(const char *sheet)
{
    fits_in(sheet, 80);
}

/* -- tests ------------------------------------------------------------------------------------ */

static void two_voices_stand_side_by_side(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    is_golden(sheet, "two-voices-nl");
    free(sheet);
    sheet = sheet_of(scene, "en", NULL, false);
    fits(sheet);
    is_golden(sheet, "two-voices-en");
    free(sheet);
    end(scene);
}

/* Two voices, after a talk, and the time before they agreed on something too. */
static struct scene *talked(void)
{
    static const struct vb_agreement agreed[] = {
        { "Sam", "de gemeente bellen over de toeslag en daarna terugbellen naar de werker",
          "2026-12-01" },
        { "wij", "samen eten", NULL },
        { "de werker", "mailt", "2026-12-01 of later" },
    };
    static const enum vb_followed client[] = { VB_FOLLOWED_DONE, VB_FOLLOWED_NONE,
                                               VB_FOLLOWED_PARTLY },
                                  worker[] = { VB_FOLLOWED_PARTLY, VB_FOLLOWED_NOT_YET,
                                               VB_FOLLOWED_DONE };
    static struct vb_last_voice voices[2];
    static struct vb_talk_last last;
    static const char *yes[1];
    static struct vb_goal goals[3];
    struct scene *scene = two_voices();
    yes[0] = scene->people[0].person;
    goals[0] = (struct vb_goal){ "Een eigen kamer", yes[0], true, "2027-02-28", yes, 1 };
    goals[1] = (struct vb_goal){ "Rust\nthuis", "together", false, NULL, yes, 0 };
    goals[2] = (struct vb_goal){ "Werk", NULL, false, NULL, yes, 1 }; /* of somebody who left */
    voices[0] = (struct vb_last_voice){ scene->people[0].person, 0, client };
    voices[1] = (struct vb_last_voice){ scene->people[1].person, 1, worker };
    last = (struct vb_talk_last){ "00000000000000r0", agreed, 3, voices, 2 };
    scene->result.revision = 2;
    scene->result.talk.record =
        (struct vb_talk_record){ "Geld", &agreed[1], 2, goals, 3, "2027-01-12" };
    scene->result.talk.last = &last;
    return scene;
}

static void what_was_agreed_stands_on_it_last_time_first_of_all(void **state)
{
    (void)state;
    struct scene *scene = talked();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    assert_true(strstr(sheet, "Wat spraken we vorige keer af?") < strstr(sheet, "1 · dit gaat"));
    assert_null(strstr(sheet, "____"));
    is_golden(sheet, "talk-nl");
    free(sheet);
    sheet = sheet_of(scene, "en", NULL, false);
    fits(sheet);
    is_golden(sheet, "talk-en");
    free(sheet);
    for (int columns = 48; columns < 80; columns++) {
        sheet = sheet_of_columns(scene, columns);
        fits_in(sheet, columns);
        free(sheet);
    }
    end(scene);
}

/* One voice or a family has no part for the topic, so it stands with the agreements. */
static void the_topic_stands_with_the_agreements_where_it_has_no_part(void **state)
{
    (void)state;
    struct scene *scene = family();
    scene->result.talk.record = (struct vb_talk_record){ .topic = "Geld" };
    char *sheet = sheet_of(scene, NULL, NULL, false);
    assert_non_null(strstr(sheet, "  Onderwerp: Geld\n  Volgende keer ____"));
    free(sheet);
    end(scene);
}

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

static void when_all_is_high_it_asks_what_could_still_be_better(void **state)
{
    (void)state;
    struct scene *scene = all_high();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    assert_non_null(strstr(sheet, "Wat kan nog beter?"));
    assert_null(strstr(sheet, "allebei beter"));
    assert_null(strstr(sheet, "goede alliantie"));
    is_golden(sheet, "all-high");
    free(sheet);
    end(scene);
}

static void one_voice_stands_alone(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    struct vb_value none[ITEMS] = { 0 };
    scene->people[1].shared = false;
    scene->people[1].own.values = none;
    scene->people[1].own.scores = NULL;
    scene->result.talk = (struct vb_talk){ 0 };
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    is_golden(sheet, "one-voice");
    free(sheet);
    end(scene);
}

static void a_family_has_a_row_a_person_and_no_average(void **state)
{
    (void)state;
    struct scene *scene = family();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    is_golden(sheet, "family");
    free(sheet);
    end(scene);
}

/* The family, in which room is asked of each member about itself, and what goes well of everybody
 * about each. */
static struct scene *asked_about_each_other(void)
{
    struct scene *scene = family();
    struct vb_item *items = (struct vb_item *)(uintptr_t)scene->plan->items;
    struct vb_part *about = vb_arena_alloc(&scene->plan->arena, 9 * sizeof *about);
    items[ROOM].per_member = items[ROOM].about = items[GOING].per_member = true;
    for (int r = 0; r < 3; r++) {
        scene->values[r][ROOM] = scene->values[r][GOING] = (struct vb_value){ 0 };
        for (int m = 0; m < 3; m++) {
            struct vb_value *values = vb_arena_alloc(&scene->plan->arena, ITEMS * sizeof *values);
            about[3 * r + m] = (struct vb_part){ .member = scene->roster[m].person,
                                                 .member_index = m,
                                                 .values = values,
                                                 .scores = scene->estimates[m] };
            if (r == 2 || r == m)
                values[ROOM] = vb_value_int(100 + 300 * r + 200 * m);
            values[GOING] = m == 2 ? vb_value_missing(VB_MISSING_SKIPPED)
                                   : words(r == m ? "Dat ik luister." : "Er wordt gelachen.");
        }
        scene->people[r].about = &about[3 * r];
        scene->people[r].about_count = 3;
    }
    return scene;
}

static void what_was_said_about_a_member_stands_with_that_member(void **state)
{
    (void)state;
    struct scene *scene = asked_about_each_other();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    assert_non_null(strstr(sheet, "Sam (jongere)  Dat ik luister."));
    assert_non_null(strstr(sheet, "W  Er wordt gelachen."));
    assert_non_null(strstr(sheet, "Robin (ouder)  niet ingevuld"));
    is_golden(sheet, "family-members");
    free(sheet);
    for (int columns = 48; columns < 80; columns++) {
        sheet = sheet_of_columns(scene, columns);
        fits_in(sheet, columns);
        free(sheet);
    }
    end(scene);
}

static void who_withheld_looks_like_who_was_not_there(void **state)
{
    (void)state;
    struct scene *scene = family();
    scene->result.respondent_count = 3;
    char *absent = sheet_of(scene, NULL, NULL, false);
    char *row = strstr(absent, "Robin (ouder)");
    assert_non_null(row);
    size_t robin = strcspn(row, "\n");
    char *after = strdup(row + strlen("Robin (ouder)"));
    after[robin - strlen("Robin (ouder)")] = '\0';
    assert_non_null(strstr(after, "niet ingevuld"));

    /* Kim withholds: the row reads as Robin's does, but for the name and the estimate. */
    scene->people[1].shared = false;
    for (int i = 0; i < ITEMS; i++)
        scene->values[1][i] = (struct vb_value){ 0 };
    scene->scores[1][TRUST] = (struct vb_score){ 0 };
    scene->estimates[1][TRUST] = scene->estimates[2][TRUST];
    char *withheld = sheet_of(scene, NULL, NULL, false);
    char *kim = strstr(strstr(withheld, "overzicht"), "Kim (ouder)");
    assert_non_null(kim);
    kim += strlen("Kim (ouder)") + 2; /* two letters shorter than Robin */
    assert_memory_equal(kim, after, strlen(after));
    free(after);
    free(absent);
    free(withheld);
    end(scene);
}

static void every_reason_reads_alike(void **state)
{
    (void)state;
    char *first = NULL;
    for (int reason = 0; reason < VB_MISSING_COUNT; reason++) {
        struct scene *scene = two_voices();
        scene->values[0][BETTER] = vb_value_missing((enum vb_missing)reason);
        scene->values[1][ENERGY] = vb_value_missing((enum vb_missing)reason);
        char *sheet = sheet_of(scene, NULL, NULL, false);
        if (first == NULL)
            first = strdup(sheet);
        assert_string_equal(sheet, first);
        free(sheet);
        end(scene);
    }
    assert_non_null(strstr(first, "niet ingevuld"));
    free(first);
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

static void the_worker_speaks_first_about_friction(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    char *friction = strstr(sheet, "Onze gesprekken gaan moeilijk.");
    assert_non_null(friction);
    assert_true(strstr(friction, "W  oneens") < strstr(friction, "C  eens"));
    char *next = strstr(friction, "in eigen woorden");
    *next = '\0';
    assert_null(strstr(friction, "○"));
    assert_null(strstr(friction, "■"));
    free(sheet);
    end(scene);
}

static void a_worker_who_says_not_to_do_it_is_not_said_to_do_it(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    scene->values[0][REPORT] = vb_value_int(5);
    scene->values[1][REPORT] = vb_value_int(1);
    char *sheet = sheet_of(scene, NULL, NULL, false);
    assert_null(strstr(sheet, "zegt het te doen"));
    assert_non_null(strstr(sheet, "Zo ziet de werker het zelf; zo merkt de cliënt het."));
    free(sheet);
    end(scene);
}

static void who_is_not_asked_does_not_stand_with_it(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    const struct vb_text **texts = (const struct vb_text **)scene->plan->items[ROOM].text;
    texts[PROFESSIONAL] = NULL;
    scene->values[1][ROOM] = (struct vb_value){ 0 };
    char *sheet = sheet_of(scene, NULL, NULL, false);
    char *room = strstr(sheet, "Was er vandaag ruimte?");
    assert_non_null(room);
    assert_int_equal(strncmp(strchr(room, '\n'), "\n    C ", 7), 0);
    assert_int_not_equal(strncmp(strchr(strchr(room, '\n') + 1, '\n'), "\n    W ", 7), 0);
    free(sheet);
    end(scene);
}

static void private_answers_are_not_on_it(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    for (int i = 0; i < 2; i++) {
        char *sheet = sheet_of(scene, NULL, i == 0 ? NULL : "professional", false);
        assert_null(strstr(sheet, "Dit blijft van mij."));
        free(sheet);
    }
    end(scene);
}

static void a_role_reads_its_own_wording(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    char *sheet = sheet_of(scene, NULL, "professional", false);
    fits(sheet);
    assert_non_null(strstr(sheet, "Ik doe wat is afgesproken."));
    assert_null(strstr(sheet, "De werker doet wat is afgesproken."));
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
        cmocka_unit_test(two_voices_stand_side_by_side),
        cmocka_unit_test(what_was_agreed_stands_on_it_last_time_first_of_all),
        cmocka_unit_test(the_topic_stands_with_the_agreements_where_it_has_no_part),
        cmocka_unit_test(another_language_stands_beside_the_sheets_own),
        cmocka_unit_test(who_shared_nothing_takes_nobodys_language_away),
        cmocka_unit_test(when_all_is_high_it_asks_what_could_still_be_better),
        cmocka_unit_test(one_voice_stands_alone),
        cmocka_unit_test(a_family_has_a_row_a_person_and_no_average),
        cmocka_unit_test(what_was_said_about_a_member_stands_with_that_member),
        cmocka_unit_test(who_withheld_looks_like_who_was_not_there),
        cmocka_unit_test(every_reason_reads_alike),
        cmocka_unit_test(the_same_result_gives_the_same_bytes),
        cmocka_unit_test(the_parts_come_in_their_order),
        cmocka_unit_test(the_worker_speaks_first_about_friction),
        cmocka_unit_test(a_worker_who_says_not_to_do_it_is_not_said_to_do_it),
        cmocka_unit_test(who_is_not_asked_does_not_stand_with_it),
        cmocka_unit_test(private_answers_are_not_on_it),
        cmocka_unit_test(a_role_reads_its_own_wording),
        cmocka_unit_test(wide_and_endless_words_fit),
        cmocka_unit_test(a_narrow_terminal_has_a_sheet_of_its_width),
        cmocka_unit_test(the_parts_are_numbered_without_a_gap),
        cmocka_unit_test(the_head_says_which_variant_and_which_time),
        cmocka_unit_test(nothing_somebody_wrote_steers_a_terminal),
        cmocka_unit_test(colour_is_only_there_when_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
