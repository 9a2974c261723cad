/* test_talk_guide.c - how to talk, step by step: the words, and which instrument has which. */
#include <dirent.h>
#include <unistd.h>

#include "data/text.h"
#include "loads.h"
#include "sheet/talk_guide.h"

enum { SENTENCE_WORDS = 15, WORD_LETTERS = 13 };

static int letters(const char *word, size_t len)
{
    return vb_text_width(word, len);
}

/* Sentences end at . ? or !, with what closes a quotation behind it. */
static void is_plain(const char *text)
{
    int words = 0;
    assert_true(text[0] != '\0' && strchr(text, '{') == NULL);
    for (const char *at = text; *at != '\0';) {
        size_t len = strcspn(at, " ");
        words++;
        if (letters(at, strcspn(at, " .,;:?!\"")) > WORD_LETTERS)
            fail_msg("a word of more than %d letters: %s", WORD_LETTERS, text);
        if (words > SENTENCE_WORDS)
            fail_msg("a sentence of more than %d words: %s", SENTENCE_WORDS, text);
        if (strchr(".?!", at[len - 1]) != NULL)
            words = 0;
        at += len + strspn(at + len, " ");
    }
    assert_non_null(strchr(".?", text[strlen(text) - 1]));
}

static struct vb_talk_guide make(const struct vb_plan *plan, const char *language,
                                 struct vb_arena *arena)
{
    struct vb_talk_guide guide;
    vb_talk_guide_make(&guide, plan, language, arena);
    return guide;
}

/* The first letters of a head at every step, so that a test reads as a list. */
static void has_steps(const struct vb_talk_guide *guide, const char *const *heads)
{
    for (int i = 0; i < guide->count || heads[i] != NULL; i++) {
        if (i == guide->count || heads[i] == NULL)
            fail_msg("step %d: %s, expected %s", i + 1,
                     i == guide->count ? "none" : guide->steps[i].head,
                     heads[i] == NULL ? "none" : heads[i]);
        assert_string_equal(guide->steps[i].head, heads[i]);
    }
}

typedef void look_at(const struct vb_plan *plan);

static int each_shipped(look_at *look)
{
    int count = 0;
    DIR *folder = opendir("instruments");
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char path[512];
        snprintf(path, sizeof path, "instruments/%s/instrument.lua", entry->d_name);
        if (entry->d_name[0] == '.' || access(path, R_OK) != 0)
            continue;
        struct loaded loaded = load_folder("instruments", path + strlen("instruments/"));
        look(plan_of(&loaded));
        unload(&loaded);
        count++;
    }
    closedir(folder);
    return count;
}

static void words_are_plain(const struct vb_plan *plan)
{
    static const char *const languages[] = { "nl", "en" };
    struct vb_arena arena = { 0 };
    for (int k = 0; k < 2; k++) {
        struct vb_talk_guide guide = make(plan, languages[k], &arena);
        for (int i = 0; i < guide.count; i++) {
            char head[256];
            snprintf(head, sizeof head, "%s.", guide.steps[i].head);
            is_plain(head);
            is_plain(guide.steps[i].text);
        }
    }
    vb_arena_finish(&arena);
}

static void both_languages_have_the_same_steps(const struct vb_plan *plan)
{
    struct vb_arena arena = { 0 };
    struct vb_talk_guide dutch = make(plan, "nl", &arena), english = make(plan, "en", &arena);
    assert_int_equal(dutch.count, english.count);
    for (int i = 0; i < dutch.count; i++)
        assert_string_not_equal(dutch.steps[i].text, english.steps[i].text);
    vb_arena_finish(&arena);
}

static void every_step_is_short_and_plain_in_both_languages(void **state)
{
    (void)state;
    assert_true(each_shipped(words_are_plain) > 10);
    assert_true(each_shipped(both_languages_have_the_same_steps) > 10);
}

static void the_monitor_has_eight_steps_with_friction_as_the_last_topic(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "Eerst de bedoeling",    "Ieder apart",           "Samen open",
        "De cliënt kiest",       "Het grootste verschil", "Stroefheid als laatste",
        "Een of twee afspraken", "De volgende keer",      NULL
    };
    struct vb_arena arena = { 0 };
    struct loaded loaded = load_folder("instruments", "menger-monitor/instrument.lua");
    struct vb_talk_guide guide = make(plan_of(&loaded), "nl", &arena);
    has_steps(&guide, heads);
    assert_non_null(strstr(guide.steps[0].text, "wat de werker moet melden"));
    assert_non_null(strstr(guide.steps[5].text, "De werker begint"));
    vb_arena_finish(&arena);
    unload(&loaded);
}

#define HEADED                                                                                     \
    "local v <const> = require \"verbond\"\n"                                                      \
    "return v.instrument { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\", "             \
    "basis = \"own\", source = \"a test\", title = { en = \"One\" }, languages = { \"en\" }, "
#define AGREED "formats = { standard = v.answers { { 1, en = \"no\" }, { 2, en = \"yes\" } } }, "
#define SCALE(more)                                                                                \
    "v.scale \"s\" { title = { en = \"S\" }, " more                                                \
    "v.likert \"s.a\" { text = { en = \"It goes well.\" } } } }"

/* The heads, or the texts, of an instrument with this body, in English. */
static void has(const char *body, const char *const *heads, const char *says)
{
    char text[4096];
    struct vb_arena arena = { 0 };
    snprintf(text, sizeof text, HEADED "%s", body);
    struct loaded loaded = load_text(text);
    struct vb_talk_guide guide = make(plan_of(&loaded), "en", &arena);
    bool said = says == NULL;
    has_steps(&guide, heads);
    for (int i = 0; i < guide.count && !said; i++)
        said = strstr(guide.steps[i].text, says) != NULL;
    if (!said)
        fail_msg("no step says: %s", says);
    vb_arena_finish(&arena);
    unload(&loaded);
}

static void without_a_negative_scale_or_a_mandate_those_steps_are_not_there(void **state)
{
    (void)state;
    has("respondents = { \"client\", \"professional\" }, " AGREED SCALE(""),
        (const char *const[]){ "First the purpose", "Each apart", "Open together",
                               "The client chooses", "The largest difference",
                               "One or two agreements", "Next time", NULL },
        "both of you rate high");
    has("mandated = true, respondents = { \"client\", \"professional\" }, " AGREED SCALE(
            "negative = true, "),
        (const char *const[]){ "First the purpose", "Each apart", "Open together",
                               "The client chooses", "Where it differs", "Friction last",
                               "One or two agreements", "Next time", NULL },
        "must report");
}

static void more_than_two_are_everybody_and_a_therapist_leads(void **state)
{
    (void)state;
    has("respondents = { \"youth\", { role = \"therapist\", max = 3 } }, " AGREED SCALE(""),
        (const char *const[]){ "First the purpose", "Each apart", "Open together",
                               "The young person chooses", "The largest difference",
                               "One or two agreements", "Next time", NULL },
        "everybody rates high");
    has("respondents = { \"youth\", { role = \"therapist\", max = 3 } }, " AGREED SCALE(""),
        (const char *const[]){ "First the purpose", "Each apart", "Open together",
                               "The young person chooses", "The largest difference",
                               "One or two agreements", "Next time", NULL },
        "One for the therapist too.");
}

static void a_family_talks_in_its_own_order_and_names_nobody(void **state)
{
    (void)state;
    has("respondents = { \"relative\", \"professional\" }, "
        "roster = { role = { \"relative\" }, min = 2, max = 4 }, " AGREED SCALE(
            "negative = true, "),
        (const char *const[]){ "First the purpose", "Each apart", "Open together", "You choose",
                               "Differences are normal", "Friction last", "One or two agreements",
                               "Next time", NULL },
        "in your own order");
}

static void one_person_has_a_talk_only_when_the_author_says_what_to_ask(void **state)
{
    (void)state;
    has("respondents = { \"client\" }, " AGREED SCALE(""), (const char *const[]){ NULL }, NULL);
    has("respondents = { \"client\" }, talk = { prompts = { { en = \"How come?\" } } }, " AGREED
            SCALE(""),
        (const char *const[]){ "First the purpose", "Look together", "The client chooses",
                               "One or two agreements", "Next time", NULL },
        "One for whoever leads the talk too.");
}

static void what_is_private_to_research_has_no_talk(void **state)
{
    (void)state;
    has("respondents = { \"client\", \"professional\" }, " AGREED SCALE("private = \"research\", "),
        (const char *const[]){ NULL }, NULL);
}

static void
cards_have_no_client_who_chooses_and_nothing_to_fill_in_apart(const struct vb_plan *plan)
{
    struct vb_arena arena = { 0 };
    struct vb_talk_guide guide = make(plan, "en", &arena);
    if (plan->card != NULL)
        assert_true(guide.count >= 5 && guide.count <= VB_TALK_STEPS_MAX);
    for (int i = 0; plan->card != NULL && i < guide.count; i++) {
        assert_string_not_equal(guide.steps[i].head, "Each apart");
        assert_string_not_equal(guide.steps[i].head, "The client chooses");
    }
    vb_arena_finish(&arena);
}

static void a_card_has_steps_of_its_own(void **state)
{
    (void)state;
    assert_true(each_shipped(cards_have_no_client_who_chooses_and_nothing_to_fill_in_apart) > 10);
}

static void as_text_it_has_the_instruments_own_questions_and_fits_the_width(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("instruments", "arts-therapy/instrument.lua");
    struct vb_buf text = { 0 };
    struct vb_talk_guide_options options = {
        .language = "en", .variant = -1, .setting = -1, .columns = 48
    };
    assert_true(vb_talk_guide_text(&text, plan_of(&loaded), &options));
    assert_non_null(strstr(text.data, "Show it: do it once more."));
    for (const char *line = text.data; *line != '\0'; line += strcspn(line, "\n") + 1)
        assert_true(vb_text_width(line, strcspn(line, "\n")) <= 48);
    vb_buf_finish(&text);
    unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_is_short_and_plain_in_both_languages),
        cmocka_unit_test(the_monitor_has_eight_steps_with_friction_as_the_last_topic),
        cmocka_unit_test(without_a_negative_scale_or_a_mandate_those_steps_are_not_there),
        cmocka_unit_test(more_than_two_are_everybody_and_a_therapist_leads),
        cmocka_unit_test(a_family_talks_in_its_own_order_and_names_nobody),
        cmocka_unit_test(one_person_has_a_talk_only_when_the_author_says_what_to_ask),
        cmocka_unit_test(what_is_private_to_research_has_no_talk),
        cmocka_unit_test(a_card_has_steps_of_its_own),
        cmocka_unit_test(as_text_it_has_the_instruments_own_questions_and_fits_the_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
