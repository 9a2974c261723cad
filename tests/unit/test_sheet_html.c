/* test_sheet_html.c - the sheet as a page: it says what the text says, and nothing in it runs.
 *
 * The goldens hold what stands in the body; VERBOND_WRITE_GOLDEN=1 writes them again. */
#include "sheet_look.h"

#include "sheet/html.h"

static char *page_of(const struct scene *scene, const char *language, const char *for_role)
{
    struct vb_buf out = { 0 };
    struct vb_sheet_options options = { .language = language, .for_role = for_role };
    vb_sheet_html(&out, &scene->result, &options);
    assert_true(vb_utf8_valid(out.data, out.len, NULL));
    return out.data;
}

/* -- looking at pages ------------------------------------------------------------------------- */

static bool is_void(const char *name, size_t len)
{
    static const char *const names[] = { "!doctype", "meta", "hr", "path", "circle", "rect" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == len && strncmp(names[i], name, len) == 0)
            return true;
    return false;
}

/* Every element that begins ends, inside the one it began in. */
static void is_well_formed(const char *page)
{
    enum { DEEPEST = 64 };
    const char *open[DEEPEST];
    int depth = 0;
    const char *at = strstr(page, "<style>"), *body = strstr(page, "</style>");
    assert_non_null(at);
    for (at = body; (at = strchr(at, '<')) != NULL; at++) {
        bool closes = at[1] == '/';
        const char *name = at + 1 + closes;
        size_t len = strcspn(name, " >/");
        if (closes && depth == 0) {
            assert_true(vb_starts_with(name, "style") || vb_starts_with(name, "head") ||
                        vb_starts_with(name, "html"));
        } else if (closes) {
            depth--;
            if (strncmp(open[depth], name, len) != 0)
                fail_msg("%.*s ends %.*s", (int)len, name, 20, open[depth]);
        } else if (!is_void(name, len)) {
            assert_true(depth < DEEPEST);
            open[depth++] = name;
        }
    }
    assert_int_equal(depth, 0);
}

static void is_body(const char *page, const char *name)
{
    const char *body = strstr(page, "<body>");
    assert_non_null(body);
    is_well_formed(page);
    is_golden_as(body, name, "html");
}

/* What a reader gets of an element: its text, without markup. */
static void put_text(struct vb_buf *out, const char *from, const char *to)
{
    static const char *const entities[][2] = {
        { "&quot;", "\"" }, { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&#39;", "'" }
    };
    for (const char *s = from; s < to; s++) {
        size_t known = 0;
        if (vb_starts_with(s, "<svg"))
            s = strstr(s, "</svg>");
        if (*s == '<') {
            s = strchr(s, '>');
            continue;
        }
        while (known < 5 && !vb_starts_with(s, entities[known][0]))
            known++;
        vb_buf_puts(out, known < 5 ? entities[known][1] : "");
        if (known < 5)
            s += strlen(entities[known][0]) - 1;
        else
            vb_buf_putc(out, *s == '\n' ? ' ' : *s);
    }
}

/* The answers of the table after *at into out; false: there is none more. */
static bool next_cell(struct vb_buf *out, const char **at)
{
    *at = strstr(*at, "<td>");
    if (*at == NULL)
        return false;
    const char *to = strstr(*at, "</td>");
    vb_buf_clear(out);
    vb_buf_puts(out, "");
    put_text(out, *at, to);
    *at = to;
    return true;
}

/* The next answer of the text sheet, "    C  ○──●  eens" and what is broken below it; false: none.
 */
static bool next_answer(struct vb_buf *out, const char **at)
{
    const char *line = *at;
    while (*line != '\0' &&
           !(vb_starts_with(line, "    ") && line[4] != ' ' && line[5] == ' ' && line[6] == ' '))
        line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n');
    if (*line == '\0')
        return false;
    vb_buf_clear(out);
    vb_buf_puts(out, "");
    line += 7;
    for (size_t mark = 1; mark > 0;) { /* all marks are three bytes from this block of characters */
        mark = strncmp(line, "\xe2\x94", 2) == 0 || strncmp(line, "\xe2\x97", 2) == 0 ||
                       strncmp(line, "\xe2\x96", 2) == 0
                   ? 3
                   : 0;
        line += mark;
    }
    line += strspn(line, " ");
    vb_buf_put(out, line, strcspn(line, "\n"));
    line += strcspn(line, "\n") + 1;
    while (vb_starts_with(line, "       ")) {
        vb_buf_putc(out, ' ');
        line += strspn(line, " ");
        vb_buf_put(out, line, strcspn(line, "\n"));
        line += strcspn(line, "\n") + 1;
    }
    *at = line;
    return true;
}

/* Every answer of the text sheet stands in the table in the same words and order; behind them may
 * stand what the text says with a mark. */
static int same_answers(const struct scene *scene, const char *language)
{
    struct vb_buf text = { 0 }, in_text = { 0 }, on_page = { 0 };
    struct vb_sheet_options narrow = { .language = language, .columns = 60 };
    char *page = page_of(scene, language, NULL);
    int answers = 0;
    vb_sheet_text(&text, &scene->result, &narrow);
    const char *t = text.data, *p = strstr(page, "<table class=\"said");
    while (next_answer(&in_text, &t)) {
        do
            assert_true(next_cell(&on_page, &p));
        while (on_page.len == 0 && in_text.len > 0); /* the room for agreements */
        size_t same = in_text.len;
        if (strncmp(on_page.data, in_text.data, same) != 0 ||
            !(on_page.data[same] == '\0' || same == 0 ||
              vb_starts_with(on_page.data + same, "plaats") ||
              vb_starts_with(on_page.data + same, "place")))
            fail_msg("the text says \"%s\", the page \"%s\"", in_text.data, on_page.data);
        answers++;
    }
    vb_buf_finish(&text);
    vb_buf_finish(&in_text);
    vb_buf_finish(&on_page);
    free(page);
    return answers;
}

/* -- tests ------------------------------------------------------------------------------------ */

static void pages_are_as_they_were(void **state)
{
    (void)state;
    static const struct {
        struct scene *(*make)(void);
        const char *language, *name;
    } goldens[] = {
        { two_voices, NULL, "two-voices-nl" },
        { two_voices, "en", "two-voices-en" },
        { talked, NULL, "talk-nl" },
        { all_high, NULL, "all-high" },
        { family, NULL, "family" },
        { asked_about_each_other, NULL, "family-members" },
    };
    for (size_t i = 0; i < sizeof goldens / sizeof goldens[0]; i++) {
        struct scene *scene = goldens[i].make();
        char *page = page_of(scene, goldens[i].language, NULL);
        is_body(page, goldens[i].name);
        free(page);
        end(scene);
    }
}

static void the_table_says_every_answer_as_the_text_does(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    assert_int_equal(same_answers(scene, NULL), 2 * 12 + 1);
    assert_int_equal(same_answers(scene, "en"), 2 * 12 + 1);
    scene->people[1].language = "en";
    assert_int_equal(same_answers(scene, NULL), 2 * 12 + 1);
    end(scene);
    scene = all_high();
    assert_true(same_answers(scene, NULL) > 10);
    end(scene);
}

static void the_parts_of_the_text_come_in_the_same_order(void **state)
{
    (void)state;
    static struct scene *(*const scenes[])(void) = { two_voices, talked, all_high, family,
                                                     asked_about_each_other };
    for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++) {
        struct scene *scene = scenes[i]();
        struct vb_buf heading = { 0 };
        int parts = 0;
        char *text = sheet_of(scene, NULL, NULL, false), *page = page_of(scene, NULL, NULL);
        const char *at = strstr(page, "<main>");
        for (const char *line = strstr(text, "\n── "); line != NULL;
             line = strstr(line + 1, "\n── ")) {
            const char *from = line + strlen("\n── "), *to = strstr(from, " ──");
            const char *number = strstr(from, " · ");
            from = number != NULL && number < to ? number + strlen(" · ") : from;
            vb_buf_clear(&heading);
            vb_buf_putc(&heading, '>');
            vb_buf_put(&heading, from, (size_t)(to - from));
            vb_buf_putc(&heading, '<');
            at = strstr(at, heading.data);
            if (at == NULL)
                fail_msg("not there, or too early: %s", heading.data);
            parts++;
        }
        assert_true(parts >= 4);
        vb_buf_finish(&heading);
        free(text);
        free(page);
        end(scene);
    }
}

static void the_same_result_gives_the_same_page(void **state)
{
    (void)state;
    struct scene *one = talked();
    char *a = page_of(one, NULL, NULL);
    end(one);
    struct scene *two = talked();
    char *b = page_of(two, NULL, NULL);
    end(two);
    assert_string_equal(a, b);
    free(a);
    free(b);
}

#define HOSTILE "</p></td><script src='//x'>\"'&<img onerror=x>\033[31m\u202e"

static void is_harmless(const char *page)
{
    static const char *const bad[] = { "<script", "<img",   "<a ",       "<link",   "src=\"",
                                       "href=",   "://",    "url(",      "@import", "onerror=\"",
                                       "\033",    "\u202e", "javascript" };
    is_well_formed(page);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (strstr(page, bad[i]) != NULL)
            fail_msg("the page has %s", bad[i]);
}

/* Everything that a person or an author writes, in every place it can stand. */
static void nothing_somebody_wrote_becomes_markup(void **state)
{
    (void)state;
    static struct scene *(*const scenes[])(void) = { two_voices, talked, family,
                                                     asked_about_each_other };
    static const struct vb_agreement agreed[] = { { HOSTILE, HOSTILE, HOSTILE },
                                                  { HOSTILE, HOSTILE, HOSTILE },
                                                  { HOSTILE, HOSTILE, HOSTILE } };
    static const char *yes[1];
    static struct vb_goal goals[] = { { HOSTILE, "together", true, HOSTILE, yes, 0 } };
    for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++) {
        struct scene *scene = scenes[i]();
        struct vb_talk *talk = &scene->result.talk;
        struct vb_talk_last last;
        scene->plan->source = scene->plan->licence = scene->plan->version = scene->plan->id =
            HOSTILE;
        scene->plan->title.by_language[0] = HOSTILE;
        scene->result.round = scene->result.wave = HOSTILE;
        for (int p = 0; p < scene->result.respondent_count; p++) {
            scene->people[p].label = HOSTILE;
            scene->values[p][GOING] = words(HOSTILE);
        }
        for (int m = 0; m < scene->result.roster_count; m++)
            scene->roster[m].label = HOSTILE;
        talk->record = (struct vb_talk_record){ HOSTILE, agreed, 1, goals, 1, HOSTILE };
        if (talk->last != NULL) {
            last = *talk->last;
            last.agreements = agreed;
            talk->last = &last;
        }
        char *page = page_of(scene, NULL, NULL);
        is_harmless(page);
        assert_non_null(strstr(page, "&lt;script src=&#39;//x&#39;&gt;"));
        free(page);
        end(scene);
    }
}

static void friction_has_no_line_and_the_worker_speaks_first(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    char *page = page_of(scene, NULL, NULL);
    char *friction = strstr(page, "in onze gesprekken"), *to = strstr(friction, "</section>");
    *to = '\0';
    assert_null(strstr(friction, "class=\"line\""));
    assert_null(strstr(friction, "between"));
    char *head = strstr(friction, "<thead>");
    assert_true(strstr(head, "de werker") < strstr(head, "de cliënt"));
    assert_true(strstr(friction, "Onze gesprekken gaan moeilijk.") > head);
    free(page);
    end(scene);
}

static void a_family_is_not_summed_up(void **state)
{
    (void)state;
    static const char *const never[] = { "gemiddeld", "average", "split", "breuk", "probleem",
                                         "problem",   "mean",    "pomp",  "%" };
    struct scene *scene = asked_about_each_other();
    char *page = page_of(scene, NULL, NULL);
    const char *body = strstr(page, "<body>");
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        assert_null(strstr(body, never[i]));
    assert_null(strstr(body, "class=\"between\""));
    free(page);
    end(scene);
}

/* Who withheld looks like who was not there: the same page, but for the way it was filled in. */
static void who_withheld_looks_on_the_page_like_who_was_not_there(void **state)
{
    (void)state;
    char *mains[2];
    for (int absent = 0; absent < 2; absent++) {
        struct scene *scene = family();
        scene->people[1].shared = false;
        for (int i = 0; i < ITEMS; i++)
            scene->values[1][i] = (struct vb_value){ 0 };
        scene->scores[1][TRUST] = (struct vb_score){ 0 };
        if (absent == 1) {
            scene->people[1] = scene->people[2];
            scene->result.respondent_count = 2;
        }
        mains[absent] = page_of(scene, NULL, NULL);
        *strstr(mains[absent], "in onze gesprekken") = '\0'; /* only who is there is asked of it */
        end(scene);
    }
    assert_string_equal(strstr(mains[0], "<body>"), strstr(mains[1], "<body>"));
    free(mains[0]);
    free(mains[1]);
}

static void names_that_begin_alike_have_marks_of_their_own(void **state)
{
    (void)state;
    static const char *const names[] = { "Sam", "Sanne", "Wim" };
    struct scene *scene = family();
    for (int m = 0; m < 3; m++)
        scene->roster[m].label = names[m];
    char *page = page_of(scene, NULL, NULL);
    const char *who = strstr(page, "<ul class=\"who\">");
    static const char *const marks[] = { ">1</text>",  "Sam (", ">2</text>", "Sanne (",
                                         ">Wi</text>", "Wim (", ">W</text>", "de werker" };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        who = strstr(who, marks[i]);
        if (who == NULL)
            fail_msg("not there, or too early: %s", marks[i]);
    }
    free(page);
    end(scene);
}

static void a_language_from_right_to_left_has_its_line_that_way(void **state)
{
    (void)state;
    static const char *const tags[] = { "ar", "ar-MA", "fa", "prs", "ps", "he", "ur" };
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        assert_true(vb_html_mirrored(tags[i]));
    assert_false(vb_html_mirrored("arn")); /* Mapudungun */
    assert_false(vb_html_mirrored("nl"));
    struct scene *scene = two_voices();
    char *there = page_of(scene, NULL, NULL);
    scene->plan->languages[0] = "ar";
    scene->people[0].language = scene->people[1].language = "ar";
    char *back = page_of(scene, "ar", NULL);
    assert_non_null(strstr(there, "dir=\"ltr\">\n<head>"));
    assert_non_null(strstr(back, "dir=\"rtl\">\n<head>"));
    /* "Ik weet waar we samen aan werken.": the client's 5, the worker's 4 */
    assert_non_null(strstr(there, "<circle class=\"circle\" cx=\"218\""));
    assert_non_null(strstr(back, "<circle class=\"circle\" cx=\"22\""));
    free(there);
    free(back);
    end(scene);
}

static void the_client_reads_words_and_places_and_no_figures(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    struct vb_buf text = { 0 };
    char *page = page_of(scene, NULL, "client");
    put_text(&text, strstr(page, "<main>"), strstr(page, "</main>"));
    for (const char *s = text.data; *s != '\0'; s++)
        if (*s >= '0' && *s <= '9' && (s[1] == '.' || s[1] == ',') && s[2] >= '0' && s[2] <= '9')
            fail_msg("a figure: %.20s", s);
    assert_non_null(strstr(text.data, "Ik weet waar we samen aan werken."));
    assert_null(strstr(text.data, "Dit blijft van mij."));
    vb_buf_finish(&text);
    free(page);
    end(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_as_they_were),
        cmocka_unit_test(the_table_says_every_answer_as_the_text_does),
        cmocka_unit_test(the_parts_of_the_text_come_in_the_same_order),
        cmocka_unit_test(the_same_result_gives_the_same_page),
        cmocka_unit_test(nothing_somebody_wrote_becomes_markup),
        cmocka_unit_test(friction_has_no_line_and_the_worker_speaks_first),
        cmocka_unit_test(a_family_is_not_summed_up),
        cmocka_unit_test(who_withheld_looks_on_the_page_like_who_was_not_there),
        cmocka_unit_test(names_that_begin_alike_have_marks_of_their_own),
        cmocka_unit_test(a_language_from_right_to_left_has_its_line_that_way),
        cmocka_unit_test(the_client_reads_words_and_places_and_no_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
