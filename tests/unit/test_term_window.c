/* test_term_window.c - on a terminal: what stays on the screen, pages, signals, typing ahead. */
#include "term_fixture.h"

#include <signal.h>
#include <sys/ioctl.h>

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
static void play_window(struct sitting *s, const char *language, bool colour,
                        const char *const *keys, unsigned short rows, unsigned short columns)
{
    struct winsize size = { .ws_row = rows, .ws_col = columns };
    struct typist typist = { .master = posix_openpt(O_RDWR | O_NOCTTY), .keys = keys };
    pthread_t thread;
    struct vb_term *term;
    struct vb_err err;
    s->play = (struct play){ 0 };
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
                                       .messages = s->world.one_screen ? out : stderr,
                                       .resume_hint = s->world.resume_hint,
                                       .terminal = true,
                                       .colour = colour,
                                       .columns = columns > 0 ? 0 : 60,
                                       .language = language };
    assert_int_equal(vb_term_create(&term, &options, s->world.loop, &s->world.env, &err), VB_OK);
    s->play.code = vb_term_run(term, s->round, NULL, &s->play.err);
    vb_term_destroy(term);
    fclose(out);
    fclose(in); /* the last of the slave: the typist's read ends */
    pthread_join(thread, NULL);
    close(typist.master);
    vb_buf_take(&s->play.shown, &typist.seen);
}

static void play_terminal(struct sitting *s, const char *language, bool colour,
                          const char *const *keys)
{
    play_window(s, language, colour, keys, 0, 0);
}

static const char wipe[] = "\x1b[H\x1b[2J\x1b[3J";

static void nothing_of_the_first_person_is_left_for_the_second(void **state)
{
    (void)state;
    struct sitting s;
    static const char *const keys[] = { "1", "",  "2", "4", "1", "Geheim.", "",
                                        "",  "1", "2", "", /* client */
                                        "1", "1", "",  "5", "4", "2",       "Plan.",
                                        "",  "",  "1", "2", "",  NULL };
    sit_down(&s, dyad_lua);
    play_terminal(&s, NULL, true, keys);
    ends_ok(&s.play);
    assert_int_equal(vb_round_row(s.round)->state, VB_ROUND_RELEASED);
    shows(&s.play, "In welke taal?");
    shows(&s.play, "\x1b[1m");
    char *first_wipe = strstr(s.play.shown.data, wipe);
    assert_non_null(first_wipe);
    assert_true(strstr(s.play.shown.data, "Geheim.") < first_wipe);
    assert_null(strstr(first_wipe, "Geheim."));
    assert_true(strstr(s.play.shown.data, "Geef de computer door.") > first_wipe);
    char *plan = strstr(first_wipe, "Plan."), *last_wipe = NULL;
    for (char *at = first_wipe; (at = strstr(at + 1, wipe)) != NULL;)
        last_wipe = at;
    assert_true(plan < last_wipe);
    assert_null(strstr(last_wipe, "Plan."));
    stand_up(&s);
}

static void what_was_typed_ahead_does_not_reach_the_next_person(void **state)
{
    (void)state;
    struct sitting s;
    struct vb_buf dump = { 0 };
    static const char *const keys[] = {
        "",   "2", "4", "n", "", "1\n2\n\n1\n\n3\n3\n3", "2\n\n1\n\n3\n3\n3", "\n1\n\n3\n3",
        "^C", NULL
    };
    sit_down(&s, dyad_lua);
    play_terminal(&s, "nl", false, keys);
    assert_int_equal(s.play.code, VB_E_STOPPED);
    shows(&s.play, "Ben je de werker? Typ 1.");
    store_dump(s.world.store, &dump);
    assert_non_null(strstr(dump.data, " shared\n"));
    assert_int_equal(times(dump.data, "{\"i\":"), 3);
    assert_null(strstr(dump.data, "professional"));
    vb_buf_finish(&dump);
    stand_up(&s);
}

static void a_line_that_the_terminal_cut_is_not_cut_in_silence(void **state)
{
    (void)state;
    struct sitting s;
    static char line[5001];
    const char *const keys[] = { "", "2", "4", "j", line, "", "^C", NULL };
    memset(line, 'a', sizeof line - 1);
    sit_down(&s, dyad_lua);
    play_terminal(&s, "nl", false, keys);
    shows(&s.play, "Een regel was te lang voor dit venster");
    shows(&s.play, "40 mag. De eerste 40 bewaren?");
    stand_up(&s);
}

static void quit_keeps_the_answers_and_takes_the_screen_away(void **state)
{
    (void)state;
    struct sitting s;
    static const char *const keys[] = { "", "2", "^\\", NULL };
    sit_down(&s, dyad_lua);
    play_terminal(&s, "nl", false, keys);
    assert_int_equal(s.play.code, VB_E_STOPPED);
    const char *wiped = strstr(strstr(s.play.shown.data, "houdt woord."), wipe);
    assert_non_null(wiped);
    assert_null(strstr(wiped, "houdt woord."));
    stand_up(&s);
}

static void on_one_screen_the_words_for_staff_come_after_the_questions(void **state)
{
    (void)state;
    struct sitting s;
    static const char *const keys[] = { "", "^C", NULL };
    sit_down(&s, mandated_lua);
    s.world.one_screen = true;
    play_terminal(&s, "nl", false, keys);
    const char *warning = strstr(s.play.shown.data, "Let op:"), *last_wipe = NULL;
    for (const char *at = s.play.shown.data; (at = strstr(at, wipe)) != NULL; at++)
        last_wipe = at;
    assert_non_null(warning);
    assert_true(last_wipe != NULL && warning > last_wipe);
    assert_int_equal(times(s.play.shown.data, "Let op:"), 1);
    stand_up(&s);
}

/* The lines of the tallest screen. */
static int tallest(const char *shown)
{
    int lines = 0, most = 0;
    for (const char *at = shown; *at != '\0'; at++) {
        lines = strncmp(at, "\x1b[H", 3) == 0 ? 0 : lines + (*at == '\n');
        most = lines > most ? lines : most;
    }
    return most;
}

static void a_short_window_gets_the_opening_in_pages(void **state)
{
    (void)state;
    struct sitting s;
    static const char *const keys[] = { "", "", "", "^C", NULL };
    sit_down(&s, mandated_lua);
    play_window(&s, "nl", false, keys, 14, 40);
    const char *more = strstr(s.play.shown.data, "Enter = verder lezen | s = stoppen");
    assert_non_null(more);
    assert_true(strstr(s.play.shown.data, "Dit deel is voor de cliënt.") < more);
    assert_null(strstr(more, "Dit deel is voor"));
    assert_int_equal(times(s.play.shown.data, "De werker moet soms iets melden."), 1);
    assert_non_null(strstr(more, "Enter = beginnen | s = stoppen"));
    assert_in_range(tallest(s.play.shown.data), 8, 14);
    stand_up(&s);
}

static void a_short_window_gets_the_answers_in_pages(void **state)
{
    (void)state;
    struct sitting s;
    static const char *const keys[] = { "",    "",  "",                 /* the opening */
                                        "2",   "4", "j",   "Veel.", "", /* the questions */
                                        "",    "t", "v 4",              /* on, back, hold */
                                        "v 1", "",  "^C",  NULL };
    sit_down(&s, dyad_lua);
    play_window(&s, "nl", false, keys, 14, 40);
    const char *page = strstr(s.play.shown.data, "Dit zijn jouw antwoorden"); /* the first */
    assert_non_null(page);
    assert_non_null(strstr(page, "Enter = verder lezen"));
    shows(&s.play, "Enter = verder lezen | s = stoppen");
    shows(&s.play, "Enter = klaar | t = terug | s = stoppen");
    const char *held = strstr(page, "Antwoord 4 houd je voor jezelf.");
    assert_non_null(held);
    const char *mark = strstr(page, "[houd ik voor mezelf]");
    assert_true(mark != NULL && mark < held); /* the answer it is about is on that page */
    assert_in_range(tallest(page), 8, 14);
    stand_up(&s);
}

static void without_colour_a_terminal_is_cleared_but_not_coloured(void **state)
{
    (void)state;
    struct sitting s;
    static const char *const keys[] = { "", "2", "^C", NULL };
    sit_down(&s, dyad_lua);
    play_terminal(&s, "nl", false, keys);
    shows(&s.play, wipe);
    shows_not(&s.play, "\x1b[1m");
    shows_not(&s.play, "\x1b[2m");
    stand_up(&s);
}

static void ctrl_c_keeps_the_answers_and_takes_the_screen_away(void **state)
{
    (void)state;
    struct sitting s;
    struct vb_buf dump = { 0 };
    static const char *const keys[] = { "", "2", "4", "^C", NULL };
    static const char *const rest[] = { "1", "", "2", "", "1", "2", "", "^C", NULL };
    sit_down(&s, dyad_lua);
    play_terminal(&s, "nl", false, keys);
    assert_int_equal(s.play.code, VB_E_STOPPED);
    assert_non_null(strstr(s.play.err.text, "verbond resume "));
    char *wiped = strstr(s.play.shown.data, wipe);
    assert_non_null(wiped);
    assert_null(strstr(wiped, "Zit iets vast?"));
    store_dump(s.world.store, &dump);
    assert_int_equal(times(dump.data, "{\"i\":"), 2);
    play_finish(&s.play);
    play_terminal(&s, "nl", false, rest);        /* and goes on */
    assert_int_equal(s.play.code, VB_E_STOPPED); /* at the hand-over */
    vb_buf_clear(&dump);
    store_dump(s.world.store, &dump);
    assert_non_null(strstr(dump.data, " shared\n"));
    vb_buf_finish(&dump);
    stand_up(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_window_gets_the_opening_in_pages),
        cmocka_unit_test(a_short_window_gets_the_answers_in_pages),
        cmocka_unit_test(what_was_typed_ahead_does_not_reach_the_next_person),
        cmocka_unit_test(nothing_of_the_first_person_is_left_for_the_second),
        cmocka_unit_test(a_line_that_the_terminal_cut_is_not_cut_in_silence),
        cmocka_unit_test(quit_keeps_the_answers_and_takes_the_screen_away),
        cmocka_unit_test(on_one_screen_the_words_for_staff_come_after_the_questions),
        cmocka_unit_test(without_colour_a_terminal_is_cleared_but_not_coloured),
        cmocka_unit_test(ctrl_c_keeps_the_answers_and_takes_the_screen_away),
    };
    return cmocka_run_group_tests_name("term: window", tests, NULL, NULL);
}
