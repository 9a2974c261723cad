/* test_term.c - a person at a keyboard: what stands at a question, what is kept of an answer. */
#include "term_fixture.h"

#include "data/text.h"
#include "tiny_png.h"

/* -- a dyad ----------------------------------------------------------------------------------- */

static void two_people_make_a_released_round(void **state)
{
    (void)state;
    struct sitting s;
    sit_down(&s, dyad_lua);
    types(&s, CLIENT_KEYS "\n1\n" PROFESSIONAL_KEYS);
    ends_ok(&s.play);
    assert_int_equal(vb_round_row(s.round)->state, VB_ROUND_RELEASED);
    shows(&s.play, "vertelt mij alles.");
    shows(&s.play, "Ik vertel ");
    shows(&s.play, "Wat is je plan?");
    shows_not(&s.play, "{client}");
    shows_not(&s.play, "{professional}");
    assert_int_equal(times(s.play.shown.data, "Eerst over vertrouwen."), 2);
    assert_int_equal(times(s.play.shown.data, "Geef de computer door."), 1);
    stand_up(&s);
}

static void keys_and_files_give_the_same_bytes(void **state)
{
    (void)state;
    struct world by_keys, by_file;
    struct play play;
    struct vb_buf a = { 0 }, b = { 0 }, dump_a = { 0 }, dump_b = { 0 };
    struct vb_err err;
    world_begin(&by_keys, dyad_lua);
    struct vb_round *round = world_round(&by_keys, by_keys.store);
    play_keys(&play, &by_keys, round, NULL, "nl", CLIENT_KEYS "\n1\n" PROFESSIONAL_KEYS);
    ends_ok(&play);
    result_dump(round, &a);
    store_dump(by_keys.store, &dump_a);
    vb_round_destroy(round);

    world_begin(&by_file, dyad_lua);
    const char *file = "{\"client\": {\"trust.report\": 2, \"trust.word\": 4, \"stuck\": true,"
                       " \"stuck.what\": \"Veel.\"}, \"professional\": {\"trust.report\": 5,"
                       " \"trust.word\": 4, \"stuck\": false, \"plan\": \"Praten.\"}}";
    if (walk_files(&by_file, (const char *[]){ file, NULL }, &err) != VB_OK)
        fail_msg("%s", err.text);
    struct vb_arena arena = { 0 };
    struct vb_round_row *rows;
    size_t count;
    by_file.store->ops->rounds(by_file.store, &arena, &rows, &count, &err);
    assert_int_equal(
        vb_round_load(&round, by_file.store, &by_file.env, by_file.plan, &rows[0], &err), VB_OK);
    result_dump(round, &b);
    store_dump(by_file.store, &dump_b);
    assert_string_equal(a.data, b.data);
    assert_string_equal(dump_a.data, dump_b.data);
    vb_round_destroy(round);
    vb_arena_finish(&arena);
    vb_buf_finish(&a);
    vb_buf_finish(&b);
    vb_buf_finish(&dump_a);
    vb_buf_finish(&dump_b);
    play_finish(&play);
    world_end(&by_keys);
    world_end(&by_file);
}

static void a_pipe_gets_no_escape_sequence_and_lines_of_eighty(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl",
                "\n2\n?\n4\n1\n?\n\nVeel \x1b[31mrood\x1b[0m.\n\nVeel.\n\n\n1\n2\n");
    ends_ok(&play);
    shows_not(&play, "\x1b");
    shows_not(&play, "rood");
    for (char *line = strtok(play.shown.data, "\n"); line != NULL; line = strtok(NULL, "\n"))
        if (vb_text_width(line, strlen(line)) > 80)
            fail_msg("wider than 80: %s", line);
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void english_people_read_english(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "en", "\n2\nb\n\nd\ny\nMuch.\n\n\n1\n1\n");
    ends_ok(&play);
    shows(&play, "First about trust.");
    shows(&play, "You gave before: a little");
    shows(&play, "May the worker see your answers?");
    shows_not(&play, "Eerst");
    assert_non_null(strstr(dump.data, "\"x\":\"d\""));
    play_finish(&play);
    vb_buf_finish(&dump);
}

/* -- at a question ---------------------------------------------------------------------------- */

static void back_shows_the_earlier_answer_and_enter_keeps_it(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl", "\n2\nt\n\n4\nn\n\n1\n2\n");
    ends_ok(&play);
    shows(&play, "Eerst gaf je: oneens");
    assert_int_equal(times(dump.data, "{\"i\":\"trust.report\""), 2);
    assert_int_equal(times(dump.data, "{\"b\":\"trust.report\""), 1);
    play_finish(&play);

    play_client(&play, &dump, "nl", "\n2\nt\n5\n4\nn\n\n1\n2\n");
    ends_ok(&play);
    shows(&play, "helemaal eens");
    play_finish(&play);
    play_client(&play, &dump, "nl", "\n\nt\n\n4\nn\n\n1\n2\n");
    ends_ok(&play);
    shows(&play, "Deze vraag heb je overgeslagen.");
    play_finish(&play);
    play_client(&play, &dump, "nl", "\nt\n2\n4\nn\n\n1\n2\n");
    ends_ok(&play);
    shows(&play, "Dit is de eerste vraag.");
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void special_answers_go_by_letter_and_by_number(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    /* 6, 7, 8: after the five answers; a text keeps its numbers for itself and has a menu. */
    play_client(&play, &dump, "nl", "\n6\n7\n1\n?\n1\n\n1\n2\n");
    ends_ok(&play);
    assert_int_equal(times(dump.data, "\"x\":\"d\""), 2);
    assert_int_equal(times(dump.data, "\"x\":\"r\""), 1);
    play_finish(&play);
    play_client(&play, &dump, "nl", "\nw\nl\n1\no\n\n1\n2\n");
    ends_ok(&play);
    assert_int_equal(times(dump.data, "\"x\":\"d\""), 1);
    assert_int_equal(times(dump.data, "\"x\":\"r\""), 1);
    assert_int_equal(times(dump.data, "\"x\":\"s\""), 1);
    play_finish(&play);
    play_client(&play, &dump, "nl", "\n8\n\n1\n\n\n1\n2\n");
    ends_ok(&play);
    assert_int_equal(times(dump.data, "\"x\":\"s\""), 3);
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void a_required_question_is_not_skipped(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl", "\n2\n4\n\no\nweet ik niet\nn\n\n1\n2\n");
    ends_ok(&play);
    assert_int_equal(times(play.shown.data, "Zonder antwoord op deze vraag kun je niet verder."),
                     3);
    shows_not(&play, "3 weet ik niet");
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void a_bad_value_is_explained_and_stores_nothing(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl",
                "\n99\n-1\nabc\n2.5\n2\n4\nmisschien\n1\n"
                "0123456789012345678901234567890123456789X\n\nn\n\xff\xfe\nVeel.\n\n\n1\n2\n");
    ends_ok(&play);
    assert_int_equal(times(play.shown.data, "Kies een nummer: 1-5."), 4);
    shows(&play, "Kies 1 of j voor ja, 2 of n voor nee.");
    shows(&play, "Dit zijn 41 tekens; 40 mag. De eerste 40 bewaren?");
    shows(&play, "tekens in die niet te lezen zijn");
    assert_int_equal(times(dump.data, "{\"i\":"), 4);
    assert_null(strstr(dump.data, "0123456789X"));
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void of_a_text_that_is_too_long_the_first_part_can_be_kept(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl",
                "\n2\n4\nj\n\xc3\xa9"
                "12345678901234567890\n123456789012345678\xc3\xabX\n\n\nj\n\n1\n2\n");
    ends_ok(&play);
    assert_int_equal(times(play.shown.data, "Dit zijn 42 tekens; 40 mag."),
                     2); /* Enter is no yes */
    assert_non_null(strstr(dump.data, "\xc3\xa9"
                                      "12345678901234567890\\n123456789012345678\""));
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void help_comes_back_to_the_question_and_skips_nothing(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl", "\n?\n\n2\n?\n4\nj\n?\n\nVeel.\n\n\n1\n2\n");
    ends_ok(&play);
    assert_int_equal(times(play.shown.data, "Enter = terug naar de vraag"), 3);
    assert_int_equal(times(play.shown.data, "vertelt mij alles."), 3); /* and in the overview */
    assert_int_equal(times(dump.data, "{\"i\":"), 4);
    assert_null(strstr(dump.data, "missing"));
    assert_non_null(strstr(dump.data, "Veel."));
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void a_question_says_how_many_there_are_unless_an_answer_decides(void **state)
{
    (void)state;
    struct sitting s;
    sit_down(&s, kinds_lua);
    types(&s, "\n2\n");
    shows(&s.play, "Vraag 2 van 14\n");
    stand_up(&s);
    sit_down(&s, dyad_lua); /* one of its questions hangs on another */
    types(&s, "\n2\n");
    shows(&s.play, "Vraag 2\n");
    stand_up(&s);
    sit_down(&s, family_lua); /* a member is asked about itself alone */
    types(&s, "Sam\nKim\n\n\n");
    shows(&s.play, "Vraag 1 van 2\n");
    stand_up(&s);
}

static void too_many_choices_are_answered_with_how_many(void **state)
{
    (void)state;
    struct sitting s;
    sit_down(&s, kinds_lua);
    types(&s, "\n2\n1\n63\nj\n1\n1,2,1\n1\na,b,c,d\n");
    assert_int_equal(times(s.play.shown.data, "Kies er hoogstens 2, met een komma ertussen."), 2);
    assert_int_equal(times(s.play.shown.data, "Geef er hoogstens 3, woorden of nummers"), 2);
    shows_not(&s.play, "Maak het korter");
    stand_up(&s);
}

static void an_items_own_help_stands_under_it(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl", "\n2\n4\nn\n\n1\n2\n");
    ends_ok(&play);
    shows(&play, "houdt woord.\nDenk aan vorige week.\n");
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void stopping_is_asked_twice_and_then_final(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl", "\n2\ns\n2\ns\n1\n");
    ends_ok(&play);
    shows(&play, "Wil je stoppen?");
    shows(&play, "Je bent gestopt.");
    assert_non_null(strstr(dump.data, " stopped\n"));
    play_finish(&play);
    vb_buf_finish(&dump);
}

/* -- every kind ------------------------------------------------------------------------------- */

static const char png[] = TINY_PNG("\x08", "and more");

static void every_kind_is_typed_and_filed_to_the_same_bytes(void **state)
{
    (void)state;
    struct world by_keys, by_file;
    struct play play;
    struct vb_buf dump_a = { 0 }, dump_b = { 0 };
    struct vb_err err;
    char path[] = "/tmp/verbond-test-XXXXXX", keys[512], file[2048];
    int fd = mkstemp(path);
    assert_int_equal(write(fd, png, sizeof png - 1), sizeof png - 1);
    close(fd);
    snprintf(keys, sizeof keys,
             "\n2\n1\n63\nj\n3\nin de trein\n2,1\n1, moe,Rustig boos\neen\ntwee\n\n3,5\n"
             "31-12-2026\n1\n%s\n2\nzon, huis\n0 100\n50,50\n7 8\n"
             "1\n2 10 20\n1 30 40 90\n\n\n1\n",
             path);
    world_begin(&by_keys, kinds_lua);
    struct vb_round *round = world_round(&by_keys, by_keys.store);
    play_keys(&play, &by_keys, round, NULL, "nl", keys);
    ends_ok(&play);
    assert_int_equal(vb_round_row(round)->state, VB_ROUND_RELEASED);
    store_dump(by_keys.store, &dump_a);
    vb_round_destroy(round);
    shows(&play, "63 van 100");
    shows(&play, "31-12-2026");
    shows(&play, "3,5");
    shows(&play, "in de trein");
    shows(&play, "rustig, moe, Rustig boos");
    shows(&play, "Waar ligt muziek?");
    shows(&play, "cliënt: 0 naar rechts, 100 omhoog; muziek");
    shows(&play, "Er ligt: 2.");
    shows(&play, "brug, boom");

    snprintf(file, sizeof file,
             "{\"client\": {\"likert\": 2, \"faces\": 1, \"vas\": 630, \"yesno\": true,"
             " \"one\": {\"other\": \"in de trein\"}, \"many\": [\"home\", \"work\"],"
             " \"words\": [\"calm\", \"moe\", \"Rustig boos\"], \"text\": \"een\\ntwee\","
             " \"number\": 3.5, \"date\": \"2026-12-31\", \"draw\": {\"file\": \"%s\"},"
             " \"photo\": {\"words\": [\"zon\", \"huis\"]},"
             " \"places\": {\"client\": [0, 1000], \"medium\": [500, 500], \"worker\": [70, 80]},"
             " \"collage\": {\"pieces\": [{\"id\": \"bridge\", \"x\": 100, \"y\": 200},"
             "   {\"id\": \"tree\", \"x\": 300, \"y\": 400, \"turn\": 90}]}}}",
             path);
    world_begin(&by_file, kinds_lua);
    if (walk_files(&by_file, (const char *[]){ file, NULL }, &err) != VB_OK)
        fail_msg("%s", err.text);
    store_dump(by_file.store, &dump_b);
    assert_string_equal(dump_a.data, dump_b.data);
    unlink(path);
    vb_buf_finish(&dump_a);
    vb_buf_finish(&dump_b);
    play_finish(&play);
    world_end(&by_keys);
    world_end(&by_file);
}

static void what_no_kind_takes_is_asked_again(void **state)
{
    (void)state;
    struct sitting s;
    sit_down(&s, kinds_lua);
    types(&s, "\n2\n1\n101\n50\nj\n1,2\n1\n1,1\n1\na,b,c,d\na\nx\n\n3,2222\n11\n3\n"
              "31-02-2026\n1-1-26\n2026-01-02\n1\n/nowhere/x.png\n3\n9\n3\n"
              "30\n0 101\n30 70\nlinks\n\n1 2\n3 4 5\n3 4\n5 6\n"
              "1\n\n1\n3 1 1\n1 1 1 360\n1 1 1\n1 1 1\n1 1 1\n\n1\n");
    ends_ok(&s.play);
    shows(&s.play, "Geef een getal van 0 tot 100.");
    shows(&s.play, "Dat zijn te veel cijfers achter de komma.");
    shows(&s.play, "Die dag bestaat niet.");
    shows(&s.play, "Dat is geen afbeelding die wij kunnen bewaren");
    shows(&s.play, "op papier");
    shows(&s.play, "Waar ligt cliënt? Typ twee getallen van 0 tot 100");
    shows(&s.play, "Waar ligt therapeut?");
    shows(&s.play, "Meer stukjes kunnen er niet bij.");
    shows(&s.play, "cliënt: 1 naar rechts, 2 omhoog; muziek");
    assert_int_equal(vb_round_row(s.round)->state, VB_ROUND_RELEASED);
    stand_up(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_people_make_a_released_round),
        cmocka_unit_test(keys_and_files_give_the_same_bytes),
        cmocka_unit_test(a_pipe_gets_no_escape_sequence_and_lines_of_eighty),
        cmocka_unit_test(english_people_read_english),
        cmocka_unit_test(back_shows_the_earlier_answer_and_enter_keeps_it),
        cmocka_unit_test(special_answers_go_by_letter_and_by_number),
        cmocka_unit_test(a_required_question_is_not_skipped),
        cmocka_unit_test(a_bad_value_is_explained_and_stores_nothing),
        cmocka_unit_test(an_items_own_help_stands_under_it),
        cmocka_unit_test(of_a_text_that_is_too_long_the_first_part_can_be_kept),
        cmocka_unit_test(help_comes_back_to_the_question_and_skips_nothing),
        cmocka_unit_test(a_question_says_how_many_there_are_unless_an_answer_decides),
        cmocka_unit_test(too_many_choices_are_answered_with_how_many),
        cmocka_unit_test(stopping_is_asked_twice_and_then_final),
        cmocka_unit_test(every_kind_is_typed_and_filed_to_the_same_bytes),
        cmocka_unit_test(what_no_kind_takes_is_asked_again),
    };
    return cmocka_run_group_tests_name("term", tests, NULL, NULL);
}
