/* test_term.c - people at a keyboard: what they see, what is kept, what the next one cannot see. */
#include "term_fixture.h"

#include <signal.h>
#include <sys/ioctl.h>

#include "data/text.h"

#define CLIENT_KEYS       "\n2\n4\n1\nVeel.\n\n\n1\n2\n"
#define PROFESSIONAL_KEYS "\n5\n4\n2\nPraten.\n\n\n1\n2\n"

static int times(const char *text, const char *part)
{
    int count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        count++;
    return count;
}

static void shows(const struct play *play, const char *part)
{
    if (strstr(play->shown.data, part) == NULL)
        fail_msg("'%s' is not in:\n%s", part, play->shown.data);
}

static void shows_not(const struct play *play, const char *part)
{
    if (strstr(play->shown.data, part) != NULL)
        fail_msg("'%s' is in:\n%s", part, play->shown.data);
}

static void ends_ok(const struct play *play)
{
    if (play->code != VB_OK)
        fail_msg("%s\n%s", play->err.text, play->shown.data);
}

/* Plays the client of a dyad and gives what the store then holds. */
static void play_client(struct play *play, struct vb_buf *dump, const char *language,
                        const char *keys)
{
    struct world world;
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(play, &world, round, "client", language, keys);
    vb_round_destroy(round);
    vb_buf_clear(dump);
    store_dump(world.store, dump);
    world_end(&world);
}

/* -- a dyad ----------------------------------------------------------------------------------- */

static void two_people_make_a_released_round(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", CLIENT_KEYS "\n1\n" PROFESSIONAL_KEYS);
    ends_ok(&play);
    assert_int_equal(vb_round_row(round)->state, VB_ROUND_RELEASED);
    shows(&play, "vertelt mij alles.");
    shows(&play, "Ik vertel ");
    shows(&play, "Wat is je plan?");
    shows_not(&play, "{client}");
    shows_not(&play, "{professional}");
    assert_int_equal(times(play.shown.data, "Eerst over vertrouwen."), 2);
    assert_int_equal(times(play.shown.data, "Geef de computer door."), 1);
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
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
    struct world world;
    struct play play;
    world_begin(&world, kinds_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\n2\n");
    shows(&play, "Vraag 2 van 12\n");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
    world_begin(&world, dyad_lua); /* one of its questions hangs on another */
    round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\n2\n");
    shows(&play, "Vraag 2\n");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
    world_begin(&world, family_lua); /* a member is asked about itself alone */
    round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "Sam\nKim\n\n\n");
    shows(&play, "Vraag 1 van 2\n");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void too_many_choices_are_answered_with_how_many(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    world_begin(&world, kinds_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\n2\n1\n63\nj\n1\n1,2,1\n1\na,b,c,d\n");
    assert_int_equal(times(play.shown.data, "Kies er hoogstens 2, met een komma ertussen."), 2);
    assert_int_equal(times(play.shown.data, "Geef er hoogstens 3, woorden of nummers"), 2);
    shows_not(&play, "Maak het korter");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
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

/* -- the overview ----------------------------------------------------------------------------- */

static void answers_are_changed_and_held_at_the_overview(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl",
                "\n2\n4\nn\n"   /* the questions */
                "1\n5\n"        /* change the first */
                "1\n\n"         /* look again and leave it */
                "v 2\nhold 1\n" /* hold two */
                "v 1\n"         /* let one go */
                "9\nx\n\n1\n2\n");
    ends_ok(&play);
    shows(&play, "Dit zijn jouw antwoorden");
    shows(&play, "[houd ik voor mezelf]");
    shows(&play, "Antwoord 2 houd je voor jezelf.\n> ");
    shows(&play, "Antwoord 1 gaat weer mee.\n> ");
    assert_int_equal(times(play.shown.data, "Kies een nummer van 1 tot 3."), 2);
    assert_int_equal(times(dump.data, "{\"c\":"), 1);
    assert_int_equal(times(dump.data, "{\"h\":"), 2);
    assert_int_equal(times(dump.data, "{\"f\":"), 1);
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void help_at_the_overview_comes_back_to_it(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl", "\n2\n4\nn\n?\n\n\n1\n2\n");
    ends_ok(&play);
    shows(&play, "Hier lees je jouw antwoorden terug.");
    assert_int_equal(times(play.shown.data, "Dit zijn jouw antwoorden"), 2);
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void a_change_that_opens_a_branch_asks_it(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl", "\n2\n4\nn\n3\n1\nToch wel.\n\n\n1\n2\n");
    ends_ok(&play);
    assert_non_null(strstr(dump.data, "Toch wel."));
    assert_non_null(strstr(dump.data, " shared\n"));
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void no_is_a_stop_after_a_second_thought(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    /* back to the answers, no and not sure, no and sure */
    play_client(&play, &dump, "nl", "\n2\n4\nn\n\n3\n\n2\n2\n\n2\n1\n");
    ends_ok(&play);
    assert_int_equal(times(play.shown.data, "Mag de werker jouw antwoorden zien?"), 3);
    assert_non_null(strstr(dump.data, " stopped\n"));
    play_finish(&play);
    vb_buf_finish(&dump);
}

/* -- breaking off ----------------------------------------------------------------------------- */

static void the_end_of_the_input_keeps_the_session(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    struct vb_buf dump = { 0 };
    char resume[64];
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\n2\n4\n");
    assert_int_equal(play.code, VB_E_STOPPED);
    assert_int_equal(vb_exit_code(play.code), 130);
    snprintf(resume, sizeof resume, "verbond resume %s", vb_round_row(round)->id);
    assert_non_null(strstr(play.err.text, resume));
    play_finish(&play);
    play_keys(&play, &world, round, "client", "en", "1\n\nn\n\n1\n2\n");
    ends_ok(&play);
    shows(&play, "Welkom terug.");              /* the language of the session, not of the call */
    shows_not(&play, "vertelt mij alles.\n\n"); /* not asked again */
    store_dump(world.store, &dump);
    assert_non_null(strstr(dump.data, " shared\n"));
    vb_buf_finish(&dump);
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void before_anything_began_nothing_is_kept(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    struct vb_buf dump = { 0 };
    world_begin(&world, family_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "");
    assert_int_equal(play.code, VB_E_STOPPED);
    assert_non_null(strstr(play.err.text, "nog niets begonnen"));
    store_dump(world.store, &dump);
    assert_string_equal(dump.data, ".\n");
    vb_buf_finish(&dump);
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void the_command_that_goes_on_is_the_one_that_was_given(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    char wanted[128];
    world_begin(&world, dyad_lua);
    world.resume_hint = "/opt/verbond resume {} --data '/var/lib/my data'";
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\n2\n");
    snprintf(wanted, sizeof wanted,
             "Onderbroken. Alles is bewaard.\nVerder gaan:\n"
             "  /opt/verbond resume %s --data '/var/lib/my data'",
             vb_round_row(round)->id);
    assert_string_equal(play.err.text, wanted);
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

/* -- what staff reads ------------------------------------------------------------------------- */

static void staff_read_of_missing_words_and_the_client_does_not(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    world_begin(&world, mandated_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\nj\n");
    assert_int_equal(times(play.messages.data, "Let op:"), 1);
    shows_not(&play, "Let op:");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void a_failed_script_ends_the_turn_with_a_kind_word(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    world_begin(&world, failing_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\nj\n\n1\n\nn\nn\n\n1\n2\n\n");
    assert_int_equal(play.code, VB_E_SCRIPT);
    assert_non_null(strstr(play.err.text, "instrument.lua:"));
    shows(&play, "Er gaat iets mis met deze vragenlijst. Alles wat je gaf is bewaard.");
    shows_not(&play, "instrument.lua");
    shows(&play, "Nu is de werker aan de beurt."); /* who can go on does */
    shows(&play, "Dank je wel.");
    play_finish(&play);
    play_keys(&play, &world, round, "client", "nl", "1\n\n"); /* and again when it is resumed */
    assert_int_equal(play.code, VB_E_SCRIPT);
    shows(&play, "Er gaat iets mis met deze vragenlijst.");
    shows_not(&play, "Door?");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

/* -- every kind ------------------------------------------------------------------------------- */

static const char png[] = "\x89PNG\r\n\x1A\nand more";

static void every_kind_is_typed_and_filed_to_the_same_bytes(void **state)
{
    (void)state;
    struct world by_keys, by_file;
    struct play play;
    struct vb_buf dump_a = { 0 }, dump_b = { 0 };
    struct vb_err err;
    char path[] = "/tmp/verbond-test-XXXXXX", keys[512], file[1024];
    int fd = mkstemp(path);
    assert_int_equal(write(fd, png, sizeof png - 1), sizeof png - 1);
    close(fd);
    snprintf(keys, sizeof keys,
             "\n2\n1\n63\nj\n3\nin de trein\n2,1\n1, moe,Rustig boos\neen\ntwee\n\n3,5\n"
             "31-12-2026\n1\n%s\n2\nzon, huis\n\n1\n",
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

    snprintf(file, sizeof file,
             "{\"client\": {\"likert\": 2, \"faces\": 1, \"vas\": 630, \"yesno\": true,"
             " \"one\": {\"other\": \"in de trein\"}, \"many\": [\"home\", \"work\"],"
             " \"words\": [\"calm\", \"moe\", \"Rustig boos\"], \"text\": \"een\\ntwee\","
             " \"number\": 3.5, \"date\": \"2026-12-31\", \"draw\": {\"file\": \"%s\"},"
             " \"photo\": {\"words\": [\"zon\", \"huis\"]}}}",
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
    struct world world;
    struct play play;
    world_begin(&world, kinds_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl",
              "\n2\n1\n101\n50\nj\n1,2\n1\n1,1\n1\na,b,c,d\na\nx\n\n3,2222\n11\n3\n"
              "31-02-2026\n1-1-26\n2026-01-02\n1\n/nowhere/x.png\n3\n9\n3\n\n1\n");
    ends_ok(&play);
    shows(&play, "Geef een getal van 0 tot 100.");
    shows(&play, "Dat zijn te veel cijfers achter de komma.");
    shows(&play, "Die dag bestaat niet.");
    shows(&play, "Dat is geen afbeelding die wij kunnen bewaren");
    shows(&play, "op papier");
    assert_int_equal(vb_round_row(round)->state, VB_ROUND_RELEASED);
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

/* -- a family --------------------------------------------------------------------------------- */

static void a_family_is_named_asked_opened_and_ends_together(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    struct vb_buf dump = { 0 };
    world_begin(&world, family_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl",
              "Sam\nSam\nK\x1b[31mim\nKim\n\n" /* who: Sam twice is refused */
              "\n2\n3\n\n1\n2\n1\n\n"          /* Sam: two answers, shares, private yes */
              "1\n\n1\ns\n1\n\n"               /* Kim: one answer, stops */
              "1\n\n3\n1\n\n1\n2\n\n"          /* the professional: about Sam, about Kim */
              "1\n"                            /* open it */
              "\nElke week bellen.\n\n\n");    /* together */
    ends_ok(&play);
    shows(&play, "Die naam staat er al.");
    shows(&play, "Er staat een onzichtbaar teken in dat hier niet kan.");
    shows(&play, "Ben je Kim? Typ 1.");
    shows(&play, "Namen van de jongeren, op elke regel één.");
    shows_not(&play, "\x1b");
    shows_not(&play, "Dit gaat over Sam.\nIk word gehoord.");
    shows(&play, "Sam wordt gehoord.");
    shows(&play, "Kim wordt gehoord.");
    shows(&play, "\"Veilig\"");
    assert_int_equal(vb_round_row(round)->state, VB_ROUND_RELEASED);
    store_dump(world.store, &dump);
    assert_non_null(strstr(dump.data, "Elke week bellen."));
    assert_non_null(strstr(dump.data, "\"safe\""));
    vb_buf_finish(&dump);
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void a_team_without_roster_is_named_and_asked_one_by_one(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    struct vb_buf dump = { 0 };
    world_begin(&world, team_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl",
              "Ann\n\nBob\nBob\n\n"        /* one is too few, Bob twice */
              "\nLuisteren.\n\n\n1\n1\n\n" /* Ann */
              "1\n\nVragen.\n\n\n1\n1\n\n" /* Bob */
              "2\n");                      /* not yet open */
    ends_ok(&play);
    shows(&play, "Noem er minstens 2.");
    shows(&play, "Die naam staat er al.");
    shows(&play, "Nu is Bob aan de beurt. Geef de computer door.");
    shows(&play, "Mogen de anderen jouw antwoorden zien?");
    shows(&play, "Mag dat ook als de anderen niets invullen?");
    shows(&play, "verbond release ");
    assert_int_equal(vb_round_row(round)->state, VB_ROUND_OPEN);
    store_dump(world.store, &dump);
    assert_non_null(strstr(dump.data, "Luisteren."));
    assert_non_null(strstr(dump.data, "Vragen."));
    vb_buf_finish(&dump);
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void messages_are_shown_where_they_stand_with_their_slots(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    world_begin(&world, says_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\nj\nn\n\n1\n");
    ends_ok(&play);
    const char *message = strstr(play.shown.data, "De cliënt, even opletten.");
    assert_non_null(message);
    assert_true(message < strstr(play.shown.data, "Nog iets?"));
    assert_true(message > strstr(play.shown.data, "Door?"));
    assert_true(strstr(play.shown.data, "Dat was het.") <
                strstr(play.shown.data, "Dit zijn jouw antwoorden"));
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void a_policy_that_keeps_no_drawing_offers_no_file(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    world_begin(&world, unkept_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\n1\nzon\n\n1\n");
    ends_ok(&play);
    shows_not(&play, "een afbeelding, uit een bestand");
    shows(&play, "zon");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void a_drawing_that_is_not_kept_is_shown_and_asks_for_no_file(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    world_begin(&world, shown_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\n1\n\n1\n");
    ends_ok(&play);
    shows(&play, "laten zien, niet bewaren");
    shows(&play, "gemaakt, niet bewaard");
    shows_not(&play, "een afbeelding, uit een bestand");
    shows_not(&play, "Waar staat de afbeelding?");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

/* -- between two persons ---------------------------------------------------------------------- */

static void whoever_comes_next_cannot_see_that_the_first_stopped(void **state)
{
    (void)state;
    struct world world;
    struct play stopped, shared;
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&stopped, &world, round, NULL, "nl", "\n2\ns\n1\n\n");
    vb_round_destroy(round);
    world_end(&world);
    world_begin(&world, dyad_lua);
    round = world_round(&world, world.store);
    play_keys(&shared, &world, round, NULL, "nl", CLIENT_KEYS "\n");
    char *after_stop = strstr(stopped.shown.data, "Nu is de werker aan de beurt.");
    char *after_yes = strstr(shared.shown.data, "Nu is de werker aan de beurt.");
    assert_non_null(after_stop);
    assert_non_null(after_yes);
    assert_string_equal(after_stop, after_yes);
    shows(&stopped, "Je bent gestopt. Niemand ziet jouw antwoorden.");
    play_finish(&stopped);
    play_finish(&shared);
    vb_round_destroy(round);
    world_end(&world);
}

static void enter_does_not_make_anybody_the_next_person(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", CLIENT_KEYS "\n\nja\n2\n");
    assert_int_equal(play.code, VB_E_STOPPED);
    assert_int_equal(times(play.shown.data, "Ben je de werker? Typ 1."), 4);
    shows_not(&play, "Ik vertel");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void one_may_stop_before_the_first_question(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl", "hallo\ns\n\ns\nj\n");
    ends_ok(&play);
    assert_int_equal(times(play.shown.data, "Enter = beginnen | s = stoppen"), 3);
    assert_non_null(strstr(dump.data, " stopped\n"));
    assert_int_equal(times(dump.data, "{\"i\":"), 0);
    play_finish(&play);
    vb_buf_finish(&dump);
}

static void stopping_needs_a_yes(void **state)
{
    (void)state;
    struct play play;
    struct vb_buf dump = { 0 };
    play_client(&play, &dump, "nl", "\n2\ns\n\ns\nx\nn\n4\nn\n\n1\n2\n");
    ends_ok(&play);
    assert_int_equal(times(play.shown.data, "Wil je stoppen?"), 3);
    shows(&play, "Typ j of n, of 1 of 2. Enter = nee.");
    assert_non_null(strstr(dump.data, " shared\n"));
    play_finish(&play);
    vb_buf_finish(&dump);
}

/* -- on a terminal ---------------------------------------------------------------------------- */

struct typist { /* types the next key when it sees a prompt */
    int master;
    const char *const *keys; /* NULL-ended; "^C" and "^\\" are signals */
    struct vb_buf seen;
};

/* In one write, newline included: what is typed ahead arrives together. */
static bool type_line(int master, const char *key)
{
    struct vb_buf line = { 0 };
    vb_buf_printf(&line, "%s\n", key);
    bool typed = write(master, line.data, line.len) == (ssize_t)line.len;
    vb_buf_finish(&line);
    return typed;
}

static void *type_away(void *ctx)
{
    struct typist *typist = ctx;
    char bytes[4096];
    ssize_t got;
    while ((got = read(typist->master, bytes, sizeof bytes)) > 0) {
        vb_buf_put(&typist->seen, bytes, (size_t)got);
        bool prompt =
            typist->seen.len >= 2 && strcmp(typist->seen.data + typist->seen.len - 2, "> ") == 0;
        if (!prompt || *typist->keys == NULL)
            continue;
        const char *key = *typist->keys++;
        if (strcmp(key, "^C") == 0)
            kill(getpid(), SIGINT);
        else if (strcmp(key, "^\\") == 0)
            kill(getpid(), SIGQUIT);
        else if (!type_line(typist->master, key))
            return NULL;
    }
    return NULL;
}

/* rows and columns: of the window, 0: it does not say. */
static void play_window(struct play *play, struct world *world, struct vb_round *round,
                        const char *language, bool colour, const char *const *keys,
                        unsigned short rows, unsigned short columns)
{
    struct winsize size = { .ws_row = rows, .ws_col = columns };
    struct typist typist = { .master = posix_openpt(O_RDWR | O_NOCTTY), .keys = keys };
    pthread_t thread;
    struct vb_term *term;
    struct vb_err err;
    *play = (struct play){ 0 };
    assert_true(typist.master >= 0);
    assert_int_equal(grantpt(typist.master), 0);
    assert_int_equal(unlockpt(typist.master), 0);
    int slave = open(ptsname(typist.master), O_RDWR | O_NOCTTY);
    assert_true(slave >= 0);
    assert_int_equal(ioctl(slave, TIOCSWINSZ, &size), 0);
    FILE *in = fdopen(slave, "r"), *out = fdopen(dup(slave), "w");
    assert_int_equal(pthread_create(&thread, NULL, type_away, &typist), 0);
    struct vb_term_options options = { .in = in,
                                       .out = out,
                                       .messages = world->one_screen ? out : stderr,
                                       .resume_hint = world->resume_hint,
                                       .terminal = true,
                                       .colour = colour,
                                       .columns = columns > 0 ? 0 : 60,
                                       .language = language };
    assert_int_equal(vb_term_create(&term, &options, world->loop, &world->env, &err), VB_OK);
    play->code = vb_term_run(term, round, NULL, &play->err);
    vb_term_destroy(term);
    fclose(out);
    fclose(in); /* the last of the slave: the typist's read ends */
    pthread_join(thread, NULL);
    close(typist.master);
    vb_buf_take(&play->shown, &typist.seen);
}

static void play_terminal(struct play *play, struct world *world, struct vb_round *round,
                          const char *language, bool colour, const char *const *keys)
{
    play_window(play, world, round, language, colour, keys, 0, 0);
}

static const char wipe[] = "\x1b[H\x1b[2J\x1b[3J";

static void nothing_of_the_first_person_is_left_for_the_second(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    static const char *const keys[] = { "1", "",  "2", "4", "1", "Geheim.", "",
                                        "",  "1", "2", "", /* client */
                                        "1", "1", "",  "5", "4", "2",       "Plan.",
                                        "",  "",  "1", "2", "",  NULL };
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_terminal(&play, &world, round, NULL, true, keys);
    ends_ok(&play);
    assert_int_equal(vb_round_row(round)->state, VB_ROUND_RELEASED);
    shows(&play, "In welke taal?");
    shows(&play, "\x1b[1m");
    char *first_wipe = strstr(play.shown.data, wipe);
    assert_non_null(first_wipe);
    assert_true(strstr(play.shown.data, "Geheim.") < first_wipe);
    assert_null(strstr(first_wipe, "Geheim."));
    assert_true(strstr(play.shown.data, "Geef de computer door.") > first_wipe);
    char *plan = strstr(first_wipe, "Plan."), *last_wipe = NULL;
    for (char *at = first_wipe; (at = strstr(at + 1, wipe)) != NULL;)
        last_wipe = at;
    assert_true(plan < last_wipe);
    assert_null(strstr(last_wipe, "Plan."));
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void what_was_typed_ahead_does_not_reach_the_next_person(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    struct vb_buf dump = { 0 };
    static const char *const keys[] = {
        "",   "2", "4", "n", "", "1\n2\n\n1\n\n3\n3\n3", "2\n\n1\n\n3\n3\n3", "\n1\n\n3\n3",
        "^C", NULL
    };
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_terminal(&play, &world, round, "nl", false, keys);
    assert_int_equal(play.code, VB_E_STOPPED);
    shows(&play, "Ben je de werker? Typ 1.");
    store_dump(world.store, &dump);
    assert_non_null(strstr(dump.data, " shared\n"));
    assert_int_equal(times(dump.data, "{\"i\":"), 3);
    assert_null(strstr(dump.data, "professional"));
    play_finish(&play);
    vb_buf_finish(&dump);
    vb_round_destroy(round);
    world_end(&world);
}

static void whoever_comes_back_is_asked_who_sits_there(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, NULL, "nl", "\n2\n");
    play_finish(&play);
    play_keys(&play, &world, round, NULL, "nl", "\n");
    assert_int_equal(play.code, VB_E_STOPPED);
    assert_int_equal(times(play.shown.data, "Ben je de cliënt? Typ 1."), 2);
    shows_not(&play, "Proef");
    shows_not(&play, "Vraag");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void a_line_that_the_terminal_cut_is_not_cut_in_silence(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    static char line[5001];
    const char *const keys[] = { "", "2", "4", "j", line, "", "^C", NULL };
    memset(line, 'a', sizeof line - 1);
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_terminal(&play, &world, round, "nl", false, keys);
    shows(&play, "Een regel was te lang voor dit venster");
    shows(&play, "40 mag. De eerste 40 bewaren?");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void quit_keeps_the_answers_and_takes_the_screen_away(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    static const char *const keys[] = { "", "2", "^\\", NULL };
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_terminal(&play, &world, round, "nl", false, keys);
    assert_int_equal(play.code, VB_E_STOPPED);
    const char *wiped = strstr(strstr(play.shown.data, "houdt woord."), wipe);
    assert_non_null(wiped);
    assert_null(strstr(wiped, "houdt woord."));
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void on_one_screen_the_words_for_staff_come_after_the_questions(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    static const char *const keys[] = { "", "^C", NULL };
    world_begin(&world, mandated_lua);
    world.one_screen = true;
    struct vb_round *round = world_round(&world, world.store);
    play_terminal(&play, &world, round, "nl", false, keys);
    const char *warning = strstr(play.shown.data, "Let op:"), *last_wipe = NULL;
    for (const char *at = play.shown.data; (at = strstr(at, wipe)) != NULL; at++)
        last_wipe = at;
    assert_non_null(warning);
    assert_true(last_wipe != NULL && warning > last_wipe);
    assert_int_equal(times(play.shown.data, "Let op:"), 1);
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void a_short_window_gets_the_answers_in_pages(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    static const char *const keys[] = { "",    "2", "4",   "j", "Veel.", "", /* the questions */
                                        "",    "t", "v 4",                   /* on, back, hold */
                                        "v 1", "",  "^C",  NULL };
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_window(&play, &world, round, "nl", false, keys, 14, 40);
    const char *page = strstr(play.shown.data, "Dit zijn jouw antwoorden"); /* the first */
    assert_non_null(page);
    assert_non_null(strstr(page, "Enter = verder lezen"));
    shows(&play, "Enter = verder lezen | s = stoppen");
    shows(&play, "Enter = klaar | t = terug | s = stoppen");
    const char *held = strstr(page, "Antwoord 4 houd je voor jezelf.");
    assert_non_null(held);
    const char *mark = strstr(page, "[houd ik voor mezelf]");
    assert_true(mark != NULL && mark < held); /* the answer it is about is on that page */
    int lines = 0, most = 0;
    for (const char *at = page; *at != '\0'; at++) {
        lines = strncmp(at, "\x1b[H", 3) == 0 ? 0 : lines + (*at == '\n');
        most = lines > most ? lines : most;
    }
    assert_in_range(most, 8, 14);
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void without_colour_a_terminal_is_cleared_but_not_coloured(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    static const char *const keys[] = { "", "2", "^C", NULL };
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_terminal(&play, &world, round, "nl", false, keys);
    shows(&play, wipe);
    shows_not(&play, "\x1b[1m");
    shows_not(&play, "\x1b[2m");
    play_finish(&play);
    vb_round_destroy(round);
    world_end(&world);
}

static void ctrl_c_keeps_the_answers_and_takes_the_screen_away(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    struct vb_buf dump = { 0 };
    static const char *const keys[] = { "", "2", "4", "^C", NULL };
    static const char *const rest[] = { "1", "", "2", "", "1", "2", "", "^C", NULL };
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_terminal(&play, &world, round, "nl", false, keys);
    assert_int_equal(play.code, VB_E_STOPPED);
    assert_non_null(strstr(play.err.text, "verbond resume "));
    char *wiped = strstr(play.shown.data, wipe);
    assert_non_null(wiped);
    assert_null(strstr(wiped, "Zit iets vast?"));
    store_dump(world.store, &dump);
    assert_int_equal(times(dump.data, "{\"i\":"), 2);
    play_finish(&play);
    play_terminal(&play, &world, round, "nl", false, rest); /* and goes on */
    assert_int_equal(play.code, VB_E_STOPPED);              /* at the hand-over */
    vb_buf_clear(&dump);
    store_dump(world.store, &dump);
    assert_non_null(strstr(dump.data, " shared\n"));
    play_finish(&play);
    vb_buf_finish(&dump);
    vb_round_destroy(round);
    world_end(&world);
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
        cmocka_unit_test(answers_are_changed_and_held_at_the_overview),
        cmocka_unit_test(help_at_the_overview_comes_back_to_it),
        cmocka_unit_test(a_short_window_gets_the_answers_in_pages),
        cmocka_unit_test(a_change_that_opens_a_branch_asks_it),
        cmocka_unit_test(no_is_a_stop_after_a_second_thought),
        cmocka_unit_test(the_end_of_the_input_keeps_the_session),
        cmocka_unit_test(before_anything_began_nothing_is_kept),
        cmocka_unit_test(the_command_that_goes_on_is_the_one_that_was_given),
        cmocka_unit_test(staff_read_of_missing_words_and_the_client_does_not),
        cmocka_unit_test(a_failed_script_ends_the_turn_with_a_kind_word),
        cmocka_unit_test(every_kind_is_typed_and_filed_to_the_same_bytes),
        cmocka_unit_test(what_no_kind_takes_is_asked_again),
        cmocka_unit_test(a_family_is_named_asked_opened_and_ends_together),
        cmocka_unit_test(a_team_without_roster_is_named_and_asked_one_by_one),
        cmocka_unit_test(messages_are_shown_where_they_stand_with_their_slots),
        cmocka_unit_test(a_policy_that_keeps_no_drawing_offers_no_file),
        cmocka_unit_test(a_drawing_that_is_not_kept_is_shown_and_asks_for_no_file),
        cmocka_unit_test(whoever_comes_next_cannot_see_that_the_first_stopped),
        cmocka_unit_test(enter_does_not_make_anybody_the_next_person),
        cmocka_unit_test(one_may_stop_before_the_first_question),
        cmocka_unit_test(stopping_needs_a_yes),
        cmocka_unit_test(what_was_typed_ahead_does_not_reach_the_next_person),
        cmocka_unit_test(whoever_comes_back_is_asked_who_sits_there),
        cmocka_unit_test(nothing_of_the_first_person_is_left_for_the_second),
        cmocka_unit_test(a_line_that_the_terminal_cut_is_not_cut_in_silence),
        cmocka_unit_test(quit_keeps_the_answers_and_takes_the_screen_away),
        cmocka_unit_test(on_one_screen_the_words_for_staff_come_after_the_questions),
        cmocka_unit_test(without_colour_a_terminal_is_cleared_but_not_coloured),
        cmocka_unit_test(ctrl_c_keeps_the_answers_and_takes_the_screen_away),
    };
    return cmocka_run_group_tests_name("term", tests, NULL, NULL);
}
