#include "tests.h"

#include "base/utf8.h"
#include "plan_fixture.h"
#include "session/opening.h"

struct screen {
    struct vb_buf text;
    bool missing;
    const char *version;
};

static struct screen show(struct vb_plan *plan, int language, const char *role,
                          const char *reporting)
{
    struct screen screen = { .missing = true };
    struct vb_naming naming = { .plan = plan,
                                .language = language,
                                .variant = -1,
                                .setting = -1,
                                .client = "Sam",
                                .professional = "Anna" };
    screen.version = vb_opening_write(&screen.text, &naming, role, reporting, &screen.missing);
    return screen;
}

static struct vb_plan *dyad(bool mandated)
{
    struct fixture f = fixture_begin();
    fixture_ask(&f, fixture_item(&f, "a", VB_LIKERT), NULL);
    f.plan->mandated = mandated;
    return fixture_end(&f);
}

static struct vb_plan *family(void)
{
    struct fixture f = fixture_bare();
    fixture_role(&f, "youth", 4, true);
    fixture_role(&f, "professional", 1, false);
    fixture_ask(&f, fixture_item(&f, "a", VB_LIKERT), NULL);
    f.plan->roster_max = 8;
    f.plan->mandated = true;
    return fixture_end(&f);
}

static bool says(const struct screen *screen, const char *words)
{
    return strstr(screen->text.data, words) != NULL;
}

static void a_client_reads_that_skipping_and_stopping_are_allowed(void **state)
{
    (void)state;
    struct vb_plan *plan = dyad(false);
    struct screen dutch = show(plan, 0, "client", NULL), english = show(plan, 1, "client", NULL);
    assert_true(says(&dutch, "Je mag elke vraag overslaan. Stoppen mag ook, op elk moment."));
    assert_true(says(&dutch, "Dan kies jij of Anna ze mag zien."));
    assert_true(says(&english, "You may skip any question."));
    assert_true(says(&english, "whether Anna may see them"));
    assert_false(says(&dutch, "{"));
    assert_string_equal(dutch.version, VB_OPENING_VERSION);
    vb_buf_finish(&dutch.text);
    vb_buf_finish(&english.text);
    vb_plan_release(plan);
}

static void what_is_for_research_alone_promises_nobody_a_look(void **state)
{
    (void)state;
    struct vb_plan *plan = dyad(false);
    ((struct vb_item *)(uintptr_t)plan->items)[0].hidden = VB_PRIVATE_RESEARCH;
    struct screen dutch = show(plan, 0, "client", NULL),
                  english = show(plan, 1, "professional", NULL);
    assert_true(says(&dutch, "Ze zijn alleen voor onderzoek, en alleen met jouw ja."));
    assert_false(says(&dutch, "Anna ze mag zien"));
    assert_false(says(&dutch, "elkaars antwoorden"));
    assert_false(says(&dutch, "praten jullie"));
    assert_true(says(&english, "for research only"));
    assert_false(says(&english, "may see them"));
    vb_buf_finish(&dutch.text);
    vb_buf_finish(&english.text);
    vb_plan_release(plan);
}

static void only_a_mandated_instrument_speaks_of_judgement_and_reporting(void **state)
{
    (void)state;
    struct vb_plan *plan = dyad(false);
    struct screen screen = show(plan, 0, "client", "Anna moet gevaar melden.");
    assert_false(screen.missing);
    assert_false(says(&screen, "oordeel"));
    assert_false(says(&screen, "melden"));
    vb_buf_finish(&screen.text);
    vb_plan_release(plan);
}

static void
without_the_organisations_text_a_neutral_one_stands_there_and_staff_are_warned(void **state)
{
    (void)state;
    struct vb_plan *plan = dyad(true);
    struct screen client = show(plan, 0, "client", NULL);
    struct screen worker = show(plan, 0, "professional", "");
    assert_true(client.missing);
    assert_true(worker.missing);
    assert_true(says(&client, "Dit telt niet mee in het oordeel over jouw zaak."));
    assert_true(says(&client, "Anna moet soms iets melden. Vraag wat dat is."));
    assert_true(says(&worker, "Vertel Sam vooraf wat je moet melden."));
    vb_buf_finish(&client.text);
    vb_buf_finish(&worker.text);
    vb_plan_release(plan);
}

static void the_organisations_own_text_takes_its_place(void **state)
{
    (void)state;
    struct vb_plan *plan = dyad(true);
    struct screen screen = show(plan, 1, "client", "{professional} reports danger for a child.");
    assert_false(screen.missing);
    assert_true(says(&screen, "Anna reports danger for a child."));
    assert_false(says(&screen, "must sometimes report"));
    vb_buf_finish(&screen.text);
    vb_plan_release(plan);
}

static void the_summary_comes_first(void **state)
{
    (void)state;
    static const struct vb_text summary = { { "Over {professional}.", "About {professional}." } };
    struct vb_plan *plan = dyad(false);
    plan->summary = &summary;
    struct screen dutch = show(plan, 0, "client", NULL), english = show(plan, 1, "client", NULL);
    assert_int_equal(strncmp(dutch.text.data, "Over Anna.\n", 11), 0);
    assert_int_equal(strncmp(english.text.data, "About Anna.\n", 12), 0);
    vb_buf_finish(&dutch.text);
    vb_buf_finish(&english.text);
    vb_plan_release(plan);
}

static void a_question_that_must_be_answered_is_not_promised_away(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    int a = fixture_ask(&f, fixture_item(&f, "a", VB_LIKERT), NULL);
    f.items[a].required = true;
    fixture_not_for(&f, a, 1);
    struct vb_plan *plan = fixture_end(&f);
    struct screen client = show(plan, 0, "client", NULL);
    struct screen worker = show(plan, 0, "professional", NULL);
    assert_true(says(&client, "Bijna elke vraag mag je overslaan."));
    assert_true(says(&worker, "Je mag elke vraag overslaan."));
    vb_buf_finish(&client.text);
    vb_buf_finish(&worker.text);
    vb_plan_release(plan);
}

static void a_family_hears_that_two_voices_are_enough(void **state)
{
    (void)state;
    struct vb_plan *plan = family();
    struct screen screen = show(plan, 0, "youth", NULL);
    assert_true(says(&screen, "Dan kies jij of de anderen ze mogen zien."));
    assert_true(says(&screen, "Zeggen twee of meer mensen ja?"));
    vb_buf_finish(&screen.text);
    vb_plan_release(plan);
}

static void nobody_is_told_that_both_must_say_yes_where_one_is_enough(void **state)
{
    (void)state;
    struct vb_plan *plan = dyad(false);
    struct screen both = show(plan, 0, "client", NULL);
    plan->roles[1].optional = true;
    struct screen one = show(plan, 0, "client", NULL);
    assert_true(says(&both, "Zeggen jullie allebei ja?"));
    assert_false(says(&one, "allebei"));
    vb_buf_finish(&both.text);
    vb_buf_finish(&one.text);
    vb_plan_release(plan);
}

static void how_long_it_takes_is_said_when_the_author_says_so(void **state)
{
    (void)state;
    struct vb_plan *plan = dyad(false);
    struct screen unknown = show(plan, 0, "client", NULL);
    plan->duration_min[0] = 10;
    plan->duration_min[1] = 20;
    struct screen dutch = show(plan, 0, "client", NULL), english = show(plan, 1, "client", NULL);
    plan->duration_min[0] = 20;
    struct screen exact = show(plan, 0, "client", NULL);
    assert_false(says(&unknown, "Het duurt"));
    assert_true(says(&dutch, "Het duurt 10 tot 20 minuten.\n\n"));
    assert_true(says(&english, "It takes 10 to 20 minutes."));
    assert_true(says(&exact, "Het duurt ongeveer 20 minuten."));
    vb_buf_finish(&unknown.text);
    vb_buf_finish(&dutch.text);
    vb_buf_finish(&english.text);
    vb_buf_finish(&exact.text);
    vb_plan_release(plan);
}

static void an_empty_line_stands_between_topics(void **state)
{
    (void)state;
    struct vb_plan *plan = dyad(true);
    struct screen screen = show(plan, 0, "client", NULL);
    assert_true(says(&screen, "over.\n\nEerst ziet niemand"));
    assert_true(says(&screen, "\n\nJe mag elke vraag overslaan."));
    assert_true(says(&screen, "\n\nDit telt niet mee"));
    assert_false(says(&screen, "\n\n\n"));
    vb_buf_finish(&screen.text);
    vb_plan_release(plan);
}

static void what_is_not_kept_is_said(void **state)
{
    (void)state;
    struct vb_plan *plan = dyad(false);
    plan->retain = VB_RETAIN_NONE;
    struct screen none = show(plan, 0, "client", NULL);
    plan->retain = VB_RETAIN_MEMORY;
    struct screen memory = show(plan, 1, "client", NULL);
    assert_true(says(&none, "Er wordt niets bewaard."));
    assert_true(says(&memory, "Then they are gone."));
    vb_buf_finish(&none.text);
    vb_buf_finish(&memory.text);
    vb_plan_release(plan);
}

/* At most ten words to a sentence, in both languages and for everybody. */
static int longest_sentence(const char *text)
{
    int longest = 0, words = 0;
    bool in_word = false;
    for (; *text != '\0'; text++) {
        bool letter = *text != ' ' && *text != '\n';
        words += letter && !in_word;
        in_word = letter;
        if (words > longest)
            longest = words;
        if (strchr(".?!\n", *text) != NULL)
            words = 0;
    }
    return longest;
}

static void every_sentence_is_short(void **state)
{
    (void)state;
    const char *roles[] = { "client", "youth", "professional" };
    struct vb_plan *plans[] = { dyad(true), family() };
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
            for (int language = 0; language < 2; language++) {
                struct screen screen = show(plans[i], language, roles[j], NULL);
                assert_true(vb_utf8_valid(screen.text.data, screen.text.len, NULL));
                assert_in_range(longest_sentence(screen.text.data), 3, 10);
                assert_int_equal(screen.text.data[screen.text.len - 1], '\n');
                assert_null(strstr(screen.text.data, "\n\n\n"));
                vb_buf_finish(&screen.text);
            }
        }
        vb_plan_release(plans[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_client_reads_that_skipping_and_stopping_are_allowed),
        cmocka_unit_test(what_is_for_research_alone_promises_nobody_a_look),
        cmocka_unit_test(only_a_mandated_instrument_speaks_of_judgement_and_reporting),
        cmocka_unit_test(
            without_the_organisations_text_a_neutral_one_stands_there_and_staff_are_warned),
        cmocka_unit_test(the_organisations_own_text_takes_its_place),
        cmocka_unit_test(the_summary_comes_first),
        cmocka_unit_test(a_question_that_must_be_answered_is_not_promised_away),
        cmocka_unit_test(a_family_hears_that_two_voices_are_enough),
        cmocka_unit_test(nobody_is_told_that_both_must_say_yes_where_one_is_enough),
        cmocka_unit_test(how_long_it_takes_is_said_when_the_author_says_so),
        cmocka_unit_test(an_empty_line_stands_between_topics),
        cmocka_unit_test(what_is_not_kept_is_said),
        cmocka_unit_test(every_sentence_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
