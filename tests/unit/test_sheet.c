/* test_sheet.c - what stands on a sheet and what does not; goldens in tests/fixtures/sheet.
 *
 * VERBOND_WRITE_GOLDEN=1 writes the goldens again: read the difference before you keep it. */
#include "sheet_look.h"

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

static void what_one_fills_in_alone_has_nothing_to_agree_on(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    scene->plan->role_count = scene->result.respondent_count = 1;
    scene->result.talk = (struct vb_talk){ 0 };
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    assert_non_null(strstr(sheet, "wat één iemand heeft ingevuld"));
    assert_non_null(strstr(sheet, "Ik word teruggebeld."));
    assert_null(strstr(sheet, "fspraken\n"));
    free(sheet);
    scene->result.talk.record.topic = "Geld";
    sheet = sheet_of(scene, NULL, NULL, false);
    assert_non_null(strstr(sheet, "en afspraken"));
    assert_non_null(strstr(sheet, "Geld"));
    free(sheet);
    end(scene);
}

static void where_everything_is_private_it_says_so_and_nothing_else(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    struct vb_item *items = (struct vb_item *)(uintptr_t)scene->plan->items;
    for (int i = 0; i < ITEMS; i++)
        items[i].hidden = VB_PRIVATE_RESEARCH;
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    assert_non_null(strstr(sheet, "Op dit blad staan geen antwoorden."));
    assert_null(strstr(sheet, "Afspraken"));
    assert_null(strstr(sheet, "Ik word teruggebeld."));
    assert_null(strstr(sheet, "0 van 0"));
    assert_null(strstr(sheet, "helemaal eens"));
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

static const char *after(const char *sheet, const char *text)
{
    const char *at = strstr(sheet, text);
    if (at == NULL)
        fail_msg("not there: %s", text);
    return at;
}

static void two_workers_stand_beside_the_client_question_by_question(void **state)
{
    (void)state;
    struct scene *scene = client_and_two_workers();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    is_golden(sheet, "client-and-two-workers");
    /* Whoever gave no answer takes nothing away from what the others agree on. */
    const char *well = after(sheet, "1 · dit gaat goed"),
               *differ = after(well, "3 · hier zien jullie iets anders"),
               *better = after(differ, "4 · hier kan het beter"), *rest = after(better, "bespreek");
    assert_true(after(sheet, "De werker doet wat is afgesproken.") < differ);
    assert_true(after(sheet, "vertelt mij wat in het verslag komt") < better);
    assert_true(after(sheet, "vertelt mij wat in het verslag komt") > differ);
    assert_true(after(sheet, "Mijn mening telt mee") > better);
    assert_true(after(sheet, "Mijn mening telt mee") < rest);
    assert_true(after(sheet, "Een gesprek helpt mij verder") < better);
    assert_true(after(sheet, "Ik kan iets moeilijks bespreken") > rest);
    free(sheet);
    end(scene);
}

static void in_a_group_who_withheld_everything_has_one_word(void **state)
{
    (void)state;
    struct scene *scene = client_and_two_workers();
    scene->people[2].shared = false;
    for (int i = 0; i < ITEMS; i++)
        scene->values[2][i] = (struct vb_value){ 0 };
    char *sheet = sheet_of(scene, NULL, NULL, false);
    after(sheet, "Bram (werker): niet ingevuld");
    assert_true(after(sheet, "vertelt mij wat in het verslag komt") <
                after(sheet, "4 · hier kan het beter"));
    free(sheet);
    end(scene);
}

static void answers_that_cannot_be_set_off_stand_beside_each_other_in_order(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    struct vb_item *items = (struct vb_item *)(uintptr_t)scene->plan->items;
    struct vb_talk *talk = &scene->result.talk;
    for (int i = GOAL; i <= FURTHER; i++)
        items[i].relation = VB_OWN;
    talk->well_count = talk->differ_count = talk->better_count = 0;
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    assert_null(strstr(sheet, "ver uit elkaar"));
    assert_null(strstr(sheet, "wat goed gaat"));
    const char *answers = after(sheet, "de antwoorden");
    assert_true(answers < after(sheet, "Ik weet waar we samen aan werken."));
    assert_true(after(sheet, "Ik weet waar we samen aan werken.") < after(sheet, "Mijn mening"));
    assert_true(after(sheet, "Was er vandaag ruimte?") < after(sheet, "Onze gesprekken"));
    free(sheet);
    end(scene);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_voices_stand_side_by_side),
        cmocka_unit_test(what_was_agreed_stands_on_it_last_time_first_of_all),
        cmocka_unit_test(the_topic_stands_with_the_agreements_where_it_has_no_part),
        cmocka_unit_test(when_all_is_high_it_asks_what_could_still_be_better),
        cmocka_unit_test(one_voice_stands_alone),
        cmocka_unit_test(what_one_fills_in_alone_has_nothing_to_agree_on),
        cmocka_unit_test(where_everything_is_private_it_says_so_and_nothing_else),
        cmocka_unit_test(a_family_has_a_row_a_person_and_no_average),
        cmocka_unit_test(two_workers_stand_beside_the_client_question_by_question),
        cmocka_unit_test(in_a_group_who_withheld_everything_has_one_word),
        cmocka_unit_test(answers_that_cannot_be_set_off_stand_beside_each_other_in_order),
        cmocka_unit_test(what_was_said_about_a_member_stands_with_that_member),
        cmocka_unit_test(who_withheld_looks_like_who_was_not_there),
        cmocka_unit_test(every_reason_reads_alike),
        cmocka_unit_test(the_worker_speaks_first_about_friction),
        cmocka_unit_test(a_worker_who_says_not_to_do_it_is_not_said_to_do_it),
        cmocka_unit_test(who_is_not_asked_does_not_stand_with_it),
        cmocka_unit_test(private_answers_are_not_on_it),
        cmocka_unit_test(a_role_reads_its_own_wording),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
