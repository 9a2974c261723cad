/* The lint of wording: what it finds in Dutch and English, and what it leaves alone. */
#include "lint/wording.h"
#include "lints.h"

static struct vb_arena arena;

static const char *second_idea(const char *tag, const char *text)
{
    const char *join =
        vb_wording_second_idea(&arena, vb_wording_words(&arena, text), vb_wording_list(tag));
    return join == NULL ? "" : join;
}

static const char *finds_word(const char *text, const char *const *list)
{
    const char *word = vb_wording_finds(vb_wording_words(&arena, text), list);
    return word == NULL ? "" : word;
}

static void a_text_becomes_its_words_with_slots_whole(void **state)
{
    (void)state;
    assert_string_equal(vb_wording_words(&arena, "{client} weet: één {place}, D’r?"),
                        " {client} weet , één {place} , d'r . ");
    assert_string_equal(vb_wording_words(&arena, ""), " ");
    assert_string_equal(vb_wording_words(&arena, "Don't"), " don't ");
}

static void only_languages_with_words_have_a_list(void **state)
{
    (void)state;
    assert_ptr_equal(vb_wording_list("nl-BE"), &vb_wording_nl);
    assert_ptr_equal(vb_wording_list("en"), &vb_wording_en);
    assert_null(vb_wording_list("fr"));
    assert_null(vb_wording_list("nld"));
}

static void a_denial_is_found_as_a_word_of_its_own(void **state)
{
    (void)state;
    assert_string_equal(finds_word("Ik kan NIET slapen.", vb_wording_nl.negations), "niet");
    assert_string_equal(finds_word("De nieten zijn op.", vb_wording_nl.negations), "");
    assert_string_equal(finds_word("I don’t know.", vb_wording_en.negations), "don't");
    assert_string_equal(finds_word("I know a notary.", vb_wording_en.negations), "");
}

static void two_ideas_are_found_by_what_joins_them(void **state)
{
    (void)state;
    static const char *const joined[][3] = {
        { "nl", "Ik voel mij veilig en gehoord.", "en" },
        { "en", "I feel safe and heard.", "and" },
        { "en", "The goal is clear or useful.", "or" },
        { "en", "We have a goal. I agree with it.", "." },
    };
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++)
        assert_string_equal(second_idea(joined[i][0], joined[i][1]), joined[i][2]);
}

static void what_joins_persons_or_belongs_together_is_one_idea(void **state)
{
    (void)state;
    static const char *const single[][2] = {
        { "nl", "Het klikt tussen {professional} en mij." },
        { "nl", "{client} en ik werken samen." },
        { "nl", "We kijken wie of wat in de buurt helpt." },
        { "nl", "Ik weet of dit helpt." },
        { "nl", "Is jouw kijk veranderd? Hoe?" },
        { "en", "You and I work together." },
        { "en", "We look at who or what nearby can help." },
        { "en", "There is trust between {client} and the family." },
    };
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (second_idea(single[i][0], single[i][1])[0] != '\0')
            fail_msg("two ideas in: %s", single[i][1]);
}

static void each_warning_names_the_word(void **state)
{
    (void)state;
    static const char *const wrong[][3] = {
        { "negation", "Ik word niet gehoord.", "\"niet\"" },
        { "absolute", "Ik word altijd gehoord.", "\"altijd\"" },
        { "figure-of-speech", "We zitten op één lijn.", "\"op één lijn\"" },
        { "two-ideas", "Het doel is klein en haalbaar.", "\"en\"" },
        { "long-word", "De samenwerkingsafspraak is er.", "\"samenwerkingsafspraak\"" },
        { "long-sentence", "Ik weet hoe wij hier over een tijd samen verder werken.", "11" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char body[1024];
        snprintf(body, sizeof body,
                 "v.yesno \"a\" { text = { nl = \"%s\", en = \"I am heard here.\" } }",
                 wrong[i][1]);
        finds_in(body, wrong[i][0], wrong[i][2]);
    }
}

static void help_and_messages_may_be_longer_and_deny(void **state)
{
    (void)state;
    finds_nothing_in("v.say { " TEXTS("Je hoeft niet te antwoorden, en je kunt op elk moment "
                                      "stoppen als je wilt.",
                                      "You do not have to answer, and you can always stop whenever "
                                      "you like.") " }, "
                                                   "v.yesno \"a\" { " TEXTS(
                                                       "Gaat het goed?",
                                                       "Is it going well?") ", help = { nl = "
                                                                            "\"Niet zeker? Sla het "
                                                                            "over.\", en = \"Not "
                                                                            "sure? Skip it.\" } }");
}

static void an_open_question_may_hold_two_ideas(void **state)
{
    (void)state;
    finds_nothing_in("v.text \"a\" { " TEXTS("Wat gaat goed en wat kan beter?",
                                             "What goes well and what can be better?") " }");
}

static void a_language_without_words_gets_the_other_rules(void **state)
{
    (void)state;
    struct loaded loaded = lint_text(HEAD_WITHOUT(
        "{ \"nl\", \"fr\" }",
        "{ \"client\" }") "title = { nl = \"Een\", fr = "
                          "\"Un\" }, v.yesno \"a\" { text = { nl = \"Weet {client} dit?\", fr = "
                          "\"Ne sait-on pas?\" } } }");
    assert_int_equal(loaded.findings.count, 1);
    assert_string_equal(loaded.findings.list[0].code, "other-slots");
    unload(&loaded);
}

static void slots_may_stand_in_another_order_and_another_number(void **state)
{
    (void)state;
    finds_nothing_in("v.yesno \"a\" { roles = { \"client\" }, client = { nl = \"{client} en "
                     "{professional} zijn er, zegt {client}.\", en = \"{professional} and {client} "
                     "are here.\" } }, v.text \"b\" { " WORDS " }");
    finds_in("v.yesno \"a\" { " TEXTS("{professional} luistert.", "They listen.") " }",
             "other-slots", "{professional}");
}

static void the_same_question_twice_is_told_once(void **state)
{
    (void)state;
    finds_in("v.yesno \"a\" { " TEXTS("Gaat het goed?",
                                      "Is it well?") " }, "
                                                     "v.yesno \"b\" { " TEXTS("gaat het goed",
                                                                              "Is it well") " }",
             "duplicate-wording", "\"a\"");
    finds_nothing_in("v.yesno \"a\" { roles = { \"client\" }, " WORDS " }, "
                     "v.yesno \"b\" { roles = { \"professional\" }, " WORDS " }");
    finds_nothing_in("v.yesno \"a\" { " WORDS " }, v.yesno \"b\" { stage = \"together\", " WORDS
                     " }");
}

static void sides_with_other_words_say_how_they_belong_together(void **state)
{
    (void)state;
    finds_in("v.yesno \"a\" { client = { nl = \"Ik weet het.\", en = \"I know.\" }, professional = "
             "{ nl = \"{client} weet het.\", en = \"{client} knows.\" } }",
             "no-relation", "nothing says");
    finds_nothing_in(
        "v.yesno \"a\" { relation = \"estimate\", client = { nl = \"Ik weet het.\", en "
        "= \"I know.\" }, professional = { nl = \"{client} weet het.\", en = "
        "\"{client} knows.\" } }");
    finds_nothing_in("v.yesno \"a\" { client = { nl = \"Wij weten het.\", en = \"We know.\" }, "
                     "professional = { nl = \"Wij weten het.\", en = \"We know.\" } }");
}

static int finish(void **state)
{
    (void)state;
    vb_arena_finish(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_becomes_its_words_with_slots_whole),
        cmocka_unit_test(only_languages_with_words_have_a_list),
        cmocka_unit_test(a_denial_is_found_as_a_word_of_its_own),
        cmocka_unit_test(two_ideas_are_found_by_what_joins_them),
        cmocka_unit_test(what_joins_persons_or_belongs_together_is_one_idea),
        cmocka_unit_test(each_warning_names_the_word),
        cmocka_unit_test(help_and_messages_may_be_longer_and_deny),
        cmocka_unit_test(an_open_question_may_hold_two_ideas),
        cmocka_unit_test(a_language_without_words_gets_the_other_rules),
        cmocka_unit_test(slots_may_stand_in_another_order_and_another_number),
        cmocka_unit_test(the_same_question_twice_is_told_once),
        cmocka_unit_test(sides_with_other_words_say_how_they_belong_together),
    };
    return cmocka_run_group_tests(tests, NULL, finish);
}
