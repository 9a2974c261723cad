/* test_term_turns.c - turns at one keyboard: the overview and the yes, breaking off, the next
 * person, a family and a team. */
#include "term_fixture.h"

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
    struct sitting s;
    struct vb_buf dump = { 0 };
    char resume[64];
    sit_down(&s, dyad_lua);
    types(&s, "\n2\n4\n");
    assert_int_equal(s.play.code, VB_E_STOPPED);
    assert_int_equal(vb_exit_code(s.play.code), 130);
    snprintf(resume, sizeof resume, "verbond resume %s", vb_round_row(s.round)->id);
    assert_non_null(strstr(s.play.err.text, resume));
    play_finish(&s.play);
    play_keys(&s.play, &s.world, s.round, "client", "en", "1\n\nn\n\n1\n2\n");
    ends_ok(&s.play);
    shows(&s.play, "Welkom terug.");              /* the language of the session, not of the call */
    shows_not(&s.play, "vertelt mij alles.\n\n"); /* not asked again */
    store_dump(s.world.store, &dump);
    assert_non_null(strstr(dump.data, " shared\n"));
    vb_buf_finish(&dump);
    stand_up(&s);
}

static void before_anything_began_nothing_is_kept(void **state)
{
    (void)state;
    struct sitting s;
    struct vb_buf dump = { 0 };
    sit_down(&s, family_lua);
    types(&s, "");
    assert_int_equal(s.play.code, VB_E_STOPPED);
    assert_non_null(strstr(s.play.err.text, "nog niets begonnen"));
    store_dump(s.world.store, &dump);
    assert_string_equal(dump.data, ".\n");
    vb_buf_finish(&dump);
    stand_up(&s);
}

static void the_command_that_goes_on_is_the_one_that_was_given(void **state)
{
    (void)state;
    struct sitting s;
    char wanted[128];
    sit_down(&s, dyad_lua);
    s.world.resume_hint = "/opt/verbond resume {} --data '/var/lib/my data'";
    types(&s, "\n2\n");
    snprintf(wanted, sizeof wanted,
             "Onderbroken. Alles is bewaard.\nVerder gaan:\n"
             "  /opt/verbond resume %s --data '/var/lib/my data'",
             vb_round_row(s.round)->id);
    assert_string_equal(s.play.err.text, wanted);
    stand_up(&s);
}

/* -- what staff reads ------------------------------------------------------------------------- */

static void staff_read_of_missing_words_and_the_client_does_not(void **state)
{
    (void)state;
    struct sitting s;
    sit_down(&s, mandated_lua);
    types(&s, "\nj\n");
    assert_int_equal(times(s.play.messages.data, "Let op:"), 1);
    shows_not(&s.play, "Let op:");
    stand_up(&s);
}

static void a_failed_script_ends_the_turn_with_a_kind_word(void **state)
{
    (void)state;
    struct sitting s;
    sit_down(&s, failing_lua);
    types(&s, "\nj\n\n1\n\nn\nn\n\n1\n2\n\n");
    assert_int_equal(s.play.code, VB_E_SCRIPT);
    assert_non_null(strstr(s.play.err.text, "instrument.lua:"));
    shows(&s.play, "Er gaat iets mis met deze vragenlijst. Alles wat je gaf is bewaard.");
    shows_not(&s.play, "instrument.lua");
    shows(&s.play, "Nu is de werker aan de beurt."); /* who can go on does */
    shows(&s.play, "Dank je wel.");
    play_finish(&s.play);
    play_keys(&s.play, &s.world, s.round, "client", "nl",
              "1\n\n"); /* and again when it is resumed */
    assert_int_equal(s.play.code, VB_E_SCRIPT);
    shows(&s.play, "Er gaat iets mis met deze vragenlijst.");
    shows_not(&s.play, "Door?");
    stand_up(&s);
}

/* -- a family --------------------------------------------------------------------------------- */

static void a_family_is_named_asked_opened_and_ends_together(void **state)
{
    (void)state;
    struct sitting s;
    struct vb_buf dump = { 0 };
    sit_down(&s, family_lua);
    types(&s, "Sam\nSam\nK\x1b[31mim\nKim\n\n" /* who: Sam twice is refused */
              "\n2\n3\n\n1\n2\n1\n\n"          /* Sam: two answers, shares, private yes */
              "1\n\n1\ns\n1\n\n"               /* Kim: one answer, stops */
              "1\n\n3\n1\n\n1\n2\n\n"          /* the professional: about Sam, about Kim */
              "1\n"                            /* open it */
              "\nElke week bellen.\n\n\n");    /* together */
    ends_ok(&s.play);
    shows(&s.play, "Die naam staat er al.");
    shows(&s.play, "Er staat een onzichtbaar teken in dat hier niet kan.");
    shows(&s.play, "Ben je Kim? Typ 1.");
    shows(&s.play, "Namen van de jongeren, op elke regel één.");
    shows_not(&s.play, "\x1b");
    shows_not(&s.play, "Dit gaat over Sam.\nIk word gehoord.");
    shows(&s.play, "Sam wordt gehoord.");
    shows(&s.play, "Kim wordt gehoord.");
    shows(&s.play, "\"Veilig\"");
    shows(&s.play, "ja [alleen voor de werker, als je dat zegt]");
    assert_int_equal(vb_round_row(s.round)->state, VB_ROUND_RELEASED);
    store_dump(s.world.store, &dump);
    assert_non_null(strstr(dump.data, "Elke week bellen."));
    assert_non_null(strstr(dump.data, "\"safe\""));
    vb_buf_finish(&dump);
    stand_up(&s);
}

static void a_team_without_roster_is_named_and_asked_one_by_one(void **state)
{
    (void)state;
    struct sitting s;
    struct vb_buf dump = { 0 };
    sit_down(&s, team_lua);
    types(&s, "Ann\n\nBob\nBob\n\n"        /* one is too few, Bob twice */
              "\nLuisteren.\n\n\n1\n1\n\n" /* Ann */
              "1\n\nVragen.\n\n\n1\n1\n\n" /* Bob */
              "2\n");                      /* not yet open */
    ends_ok(&s.play);
    shows(&s.play, "Noem er minstens 2.");
    shows(&s.play, "Die naam staat er al.");
    shows(&s.play, "Nu is Bob aan de beurt. Geef de computer door.");
    shows(&s.play, "Mogen de anderen jouw antwoorden zien?");
    shows(&s.play, "Mag dat ook als de anderen niets invullen?");
    shows(&s.play, "verbond release ");
    assert_int_equal(vb_round_row(s.round)->state, VB_ROUND_OPEN);
    store_dump(s.world.store, &dump);
    assert_non_null(strstr(dump.data, "Luisteren."));
    assert_non_null(strstr(dump.data, "Vragen."));
    vb_buf_finish(&dump);
    stand_up(&s);
}

static void messages_are_shown_where_they_stand_with_their_slots(void **state)
{
    (void)state;
    struct sitting s;
    sit_down(&s, says_lua);
    types(&s, "\nj\nn\n\n1\n");
    ends_ok(&s.play);
    const char *message = strstr(s.play.shown.data, "De cliënt, even opletten.");
    assert_non_null(message);
    assert_true(message < strstr(s.play.shown.data, "Nog iets?"));
    assert_true(message > strstr(s.play.shown.data, "Door?"));
    assert_true(strstr(s.play.shown.data, "Dat was het.") <
                strstr(s.play.shown.data, "Dit zijn jouw antwoorden"));
    stand_up(&s);
}

static void a_policy_that_keeps_no_drawing_offers_no_file(void **state)
{
    (void)state;
    struct sitting s;
    sit_down(&s, unkept_lua);
    types(&s, "\n1\nzon\n\n1\n");
    ends_ok(&s.play);
    shows_not(&s.play, "een afbeelding, uit een bestand");
    shows(&s.play, "zon");
    stand_up(&s);
}

static void a_drawing_that_is_not_kept_is_shown_and_asks_for_no_file(void **state)
{
    (void)state;
    struct sitting s;
    sit_down(&s, shown_lua);
    types(&s, "\n1\n\n1\n");
    ends_ok(&s.play);
    shows(&s.play, "laten zien, niet bewaren");
    shows(&s.play, "gemaakt, niet bewaard");
    shows_not(&s.play, "een afbeelding, uit een bestand");
    shows_not(&s.play, "Waar staat de afbeelding?");
    stand_up(&s);
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
    struct sitting s;
    sit_down(&s, dyad_lua);
    types(&s, CLIENT_KEYS "\n\nja\n2\n");
    assert_int_equal(s.play.code, VB_E_STOPPED);
    assert_int_equal(times(s.play.shown.data, "Ben je de werker? Typ 1."), 4);
    shows_not(&s.play, "Ik vertel");
    stand_up(&s);
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

static void whoever_comes_back_is_asked_who_sits_there(void **state)
{
    (void)state;
    struct sitting s;
    sit_down(&s, dyad_lua);
    types(&s, "\n2\n");
    play_finish(&s.play);
    types(&s, "\n");
    assert_int_equal(s.play.code, VB_E_STOPPED);
    assert_int_equal(times(s.play.shown.data, "Ben je de cliënt? Typ 1."), 2);
    shows_not(&s.play, "Proef");
    shows_not(&s.play, "Vraag");
    stand_up(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_changed_and_held_at_the_overview),
        cmocka_unit_test(help_at_the_overview_comes_back_to_it),
        cmocka_unit_test(a_change_that_opens_a_branch_asks_it),
        cmocka_unit_test(no_is_a_stop_after_a_second_thought),
        cmocka_unit_test(the_end_of_the_input_keeps_the_session),
        cmocka_unit_test(before_anything_began_nothing_is_kept),
        cmocka_unit_test(the_command_that_goes_on_is_the_one_that_was_given),
        cmocka_unit_test(staff_read_of_missing_words_and_the_client_does_not),
        cmocka_unit_test(a_failed_script_ends_the_turn_with_a_kind_word),
        cmocka_unit_test(a_family_is_named_asked_opened_and_ends_together),
        cmocka_unit_test(a_team_without_roster_is_named_and_asked_one_by_one),
        cmocka_unit_test(messages_are_shown_where_they_stand_with_their_slots),
        cmocka_unit_test(a_policy_that_keeps_no_drawing_offers_no_file),
        cmocka_unit_test(a_drawing_that_is_not_kept_is_shown_and_asks_for_no_file),
        cmocka_unit_test(whoever_comes_next_cannot_see_that_the_first_stopped),
        cmocka_unit_test(enter_does_not_make_anybody_the_next_person),
        cmocka_unit_test(one_may_stop_before_the_first_question),
        cmocka_unit_test(stopping_needs_a_yes),
        cmocka_unit_test(whoever_comes_back_is_asked_who_sits_there),
    };
    return cmocka_run_group_tests_name("term: turns", tests, NULL, NULL);
}
