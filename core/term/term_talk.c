/* term_talk.c - writing down what a talk gave.
 *
 *     nothing there yet: how to talk -> topic -> agreements -> goals -> next time -.
 *     something there: ------------------------------------------------------------+-> read back
 *                                                          change, add, take away <-'   -> kept
 */
#include "term/term_talk.h"

#include <strings.h>

#include "base/str.h"
#include "sheet/talk_guide.h"
#include "term/term_run.h"

struct vb_talk_record vb_paper_record(const struct vb_paper *paper)
{
    return (struct vb_talk_record){ .topic = paper->topic,
                                    .agreements = paper->agreements,
                                    .agreement_count = paper->agreement_count,
                                    .goals = paper->goals,
                                    .goal_count = paper->goal_count,
                                    .next = paper->next };
}

const char *vb_paper_name(const struct vb_paper *paper, const char *person)
{
    for (int i = 0; i < paper->people_count; i++)
        if (vb_streq(paper->people[i].person, person))
            return paper->people[i].label != NULL
                       ? paper->people[i].label
                       : vb_phrase_role(paper->desk->tongue, paper->people[i].role);
    return NULL;
}

/* -- read back -------------------------------------------------------------------------------- */

static void put_phrase(struct vb_buf *out, const struct vb_paper *paper, const char *between,
                       enum vb_phrase phrase, const char *what)
{
    vb_buf_puts(out, between);
    vb_phrase_write(out, paper->desk->tongue, phrase, what);
}

static void put_people(struct vb_buf *out, const struct vb_paper *paper, const struct vb_goal *goal,
                       bool yes)
{
    struct vb_buf names = { 0 };
    for (int i = 0; i < paper->people_count; i++) {
        const char *person = paper->people[i].person;
        if (vb_goal_has_yes(goal, person) != yes)
            continue;
        vb_buf_puts(&names, names.len > 0 ? ", " : "");
        vb_buf_puts(&names, vb_paper_name(paper, person));
    }
    if (names.len > 0)
        put_phrase(out, paper, "; ", yes ? VB_SAY_YES_OF : VB_SAY_NOT_YET_OF, names.data);
    vb_buf_finish(&names);
}

/* "rest at home (wish of Kim; soon; by 28-2-2027; yes: Kim; not yet: Sam)" */
static const char *goal_words(const struct vb_paper *paper, const struct vb_goal *goal)
{
    enum vb_tongue tongue = paper->desk->tongue;
    const char *whose = vb_paper_name(paper, goal->whose);
    struct vb_buf out = { 0 }, day = { 0 };
    vb_buf_printf(&out, "%s (", goal->text);
    if (vb_streq(goal->whose, "together"))
        whose = vb_phrase(tongue, VB_SAY_ALL_OF_US);
    if (whose != NULL) {
        put_phrase(&out, paper, "", VB_SAY_WISH_OF, whose);
        vb_buf_puts(&out, "; ");
    }
    vb_buf_puts(&out, vb_phrase(tongue, goal->long_term ? VB_SAY_LONG_TERM : VB_SAY_SHORT_TERM));
    if (goal->by != NULL) {
        vb_say_day(tongue, goal->by, &day);
        put_phrase(&out, paper, "; ", VB_SAY_BY_DAY, day.data);
    }
    put_people(&out, paper, goal, true);
    put_people(&out, paper, goal, false);
    vb_buf_putc(&out, ')');
    const char *words = vb_arena_strdup(paper->arena, out.data);
    vb_buf_finish(&out);
    vb_buf_finish(&day);
    return words;
}

static void show_line(const struct vb_paper *paper, int number, enum vb_phrase phrase,
                      const char *what)
{
    struct vb_buf line = { 0 };
    vb_phrase_write(&line, paper->desk->tongue, phrase,
                    what == NULL ? vb_phrase(paper->desk->tongue, VB_SAY_EMPTY) : what);
    vb_screen_choice(&paper->desk->screen, number, line.data);
    vb_buf_finish(&line);
}

static void show_paper(const struct vb_paper *paper)
{
    enum vb_tongue tongue = paper->desk->tongue;
    const char *const keys[] = { vb_phrase(tongue, VB_KEY_ENTER_SAVE),
                                 vb_phrase(tongue, VB_KEY_MORE_AGREEMENTS),
                                 vb_phrase(tongue, VB_KEY_MORE_GOALS),
                                 vb_phrase(tongue, VB_KEY_STOP) };
    struct vb_buf next = { 0 };
    int number = 1;
    vb_screen_next(&paper->desk->screen);
    vb_desk_say(paper->desk, VB_BOLD, 0, VB_SAY_WRITTEN, NULL);
    vb_screen_gap(&paper->desk->screen);
    show_line(paper, number++, VB_SAY_TOPIC_LINE, paper->topic);
    for (int i = 0; i < paper->agreement_count; i++)
        show_line(paper, number++, VB_SAY_AGREEMENT_LINE,
                  vb_agreement_words(tongue, &paper->agreements[i], paper->arena));
    for (int i = 0; i < paper->goal_count; i++)
        show_line(paper, number++, VB_SAY_GOAL_LINE, goal_words(paper, &paper->goals[i]));
    if (paper->next != NULL)
        vb_say_day(tongue, paper->next, &next);
    show_line(paper, number, VB_SAY_NEXT_LINE, next.data);
    vb_buf_finish(&next);
    vb_screen_gap(&paper->desk->screen);
    vb_desk_say(paper->desk, VB_PLAIN, 0, VB_SAY_WRITTEN_KEYS, NULL);
    vb_screen_parts(&paper->desk->screen, 0, keys, 4);
}

/* What stands under a number; false: nothing does. */
static bool change(struct vb_paper *paper, int number, enum vb_code *code, struct vb_err *err)
{
    int agreement = number - 2, goal = agreement - paper->agreement_count;
    bool left;
    if (number == 1)
        *code = vb_paper_ask_topic(paper, err);
    else if (agreement >= 0 && agreement < paper->agreement_count)
        *code = vb_paper_ask_agreement(paper, agreement, &left, err);
    else if (goal >= 0 && goal < paper->goal_count)
        *code = vb_paper_ask_goal(paper, goal, &left, err);
    else if (goal == paper->goal_count)
        *code = vb_paper_ask_next(paper, err);
    else
        return false;
    return true;
}

static void no_such_number(const struct vb_paper *paper)
{
    int most = 2 + paper->agreement_count + paper->goal_count;
    vb_desk_say(paper->desk, VB_PLAIN, 0, VB_SAY_NO_SUCH_NUMBER,
                vb_arena_printf(paper->arena, "%d", most));
}

static enum vb_code add(struct vb_paper *paper, bool agreement, struct vb_err *err)
{
    int count = agreement ? paper->agreement_count : paper->goal_count;
    bool left;
    if (count == (agreement ? VB_AGREEMENTS_MAX : VB_GOALS_MAX))
        return vb_desk_enter(paper->desk, vb_phrase(paper->desk->tongue, VB_SAY_FULL), err);
    return agreement ? vb_paper_ask_agreement(paper, count, &left, err)
                     : vb_paper_ask_goal(paper, count, &left, err);
}

static bool is_letter(const char *line, enum vb_tongue tongue, const char *dutch,
                      const char *english)
{
    return strcasecmp(line, tongue == VB_NL ? dutch : english) == 0;
}

/* Until it is kept or left. *keep: Enter. */
static enum vb_code read_back(struct vb_paper *paper, bool *keep, struct vb_err *err)
{
    enum vb_tongue tongue = paper->desk->tongue;
    enum vb_code code = VB_OK;
    bool leave = false, again = true;
    *keep = false;
    while (code == VB_OK && !*keep && !leave) {
        const char *line;
        int64_t number = 0;
        if (again)
            show_paper(paper);
        again = true;
        code = vb_desk_line(paper->desk, paper->arena, &line, err);
        if (code != VB_OK)
            return code;
        if (line != NULL && line[0] == '\0')
            *keep = true;
        else if (line != NULL && vb_command_read(tongue, line) == VB_COMMAND_STOP)
            code = vb_desk_confirm(paper->desk, vb_phrase(tongue, VB_SAY_NOT_SAVED_SURE), true,
                                   &leave, err);
        else if (line != NULL && is_letter(line, tongue, "a", "a"))
            code = add(paper, true, err);
        else if (line != NULL && is_letter(line, tongue, "d", "g"))
            code = add(paper, false, err);
        else if (line == NULL || !vb_read_int(line, &number) || number > INT16_MAX ||
                 !change(paper, (int)number, &code, err)) {
            no_such_number(paper);
            again = false;
        }
    }
    return code;
}

/* -- the first time --------------------------------------------------------------------------- */

/* How to talk, on a screen of its own: Enter passes over it. */
static enum vb_code show_guide(struct vb_paper *paper, const struct vb_plan *plan,
                               struct vb_err *err)
{
    struct vb_desk *desk = paper->desk;
    struct vb_talk_guide guide;
    vb_talk_guide_make(&guide, plan, desk->tongue == VB_NL ? "nl" : "en", paper->arena);
    if (guide.count == 0)
        return VB_OK;
    vb_screen_next(&desk->screen);
    vb_screen_text(&desk->screen, VB_BOLD, 0, guide.title);
    vb_screen_gap(&desk->screen);
    for (int i = 0; i < guide.count; i++)
        vb_screen_choice(
            &desk->screen, i + 1,
            vb_arena_printf(paper->arena, "%s. %s", guide.steps[i].head, guide.steps[i].text));
    return vb_desk_enter(desk, vb_phrase(desk->tongue, VB_KEY_ENTER_ON), err);
}

static enum vb_code ask_all(struct vb_paper *paper, struct vb_err *err)
{
    bool left = false;
    vb_screen_next(&paper->desk->screen);
    vb_desk_say(paper->desk, VB_BOLD, 0, VB_SAY_TALK, NULL);
    vb_screen_gap(&paper->desk->screen);
    vb_desk_say(paper->desk, VB_PLAIN, 0, VB_SAY_TALK_HOW, NULL);
    enum vb_code code =
        vb_desk_enter(paper->desk, vb_phrase(paper->desk->tongue, VB_KEY_ENTER_BEGIN), err);
    if (code == VB_OK)
        code = vb_paper_ask_topic(paper, err);
    while (code == VB_OK && !left && paper->agreement_count < VB_AGREEMENTS_MAX)
        code = vb_paper_ask_agreement(paper, paper->agreement_count, &left, err);
    for (left = false; code == VB_OK && !left && paper->goal_count < VB_GOALS_MAX;)
        code = vb_paper_ask_goal(paper, paper->goal_count, &left, err);
    return code == VB_OK ? vb_paper_ask_next(paper, err) : code;
}

static void fill(struct vb_paper *paper, const struct vb_talk_record *record)
{
    const struct vb_talk_record *copy = vb_talk_record_copy(paper->arena, record);
    paper->topic = copy->topic;
    paper->next = copy->next;
    paper->agreement_count = copy->agreement_count;
    paper->goal_count = copy->goal_count;
    for (int i = 0; i < copy->agreement_count; i++)
        paper->agreements[i] = copy->agreements[i];
    for (int i = 0; i < copy->goal_count; i++)
        paper->goals[i] = copy->goals[i];
}

static void name_people(struct vb_paper *paper, struct vb_round *round)
{
    int count;
    const struct vb_participant *list = vb_round_named(round, paper->arena, &count);
    struct vb_participant *people =
        vb_arena_alloc(paper->arena, ((size_t)count + 1) * sizeof *people);
    for (int i = 0; i < count; i++)
        if (list[i].session == NULL || vb_session_state(list[i].session) != VB_SESSION_WITHDRAWN)
            people[paper->people_count++] = list[i];
    paper->people = people;
}

static enum vb_code write_down(struct vb_paper *paper, struct vb_round *round, const char *by,
                               bool *changed, struct vb_err *err)
{
    const struct vb_talk_record *stands = vb_round_talk(round);
    bool keep;
    name_people(paper, round);
    enum vb_code code = VB_OK;
    if (stands != NULL)
        fill(paper, stands);
    else
        code = show_guide(paper, vb_round_plan(round), err);
    if (code == VB_OK && stands == NULL)
        code = ask_all(paper, err);
    if (code == VB_OK)
        code = read_back(paper, &keep, err);
    *changed = code == VB_OK && keep && paper->changed;
    if (!*changed)
        return code;
    struct vb_talk_record record = vb_paper_record(paper);
    return vb_round_put_talk(round, &record, by, err);
}

enum vb_code vb_term_talk(struct vb_term *term, struct vb_round *round, const char *by,
                          bool *changed, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_paper paper = { .desk = &term->desk, .arena = &arena };
    const char *language = term->options.language;
    *changed = false;
    term->desk.tongue =
        vb_tongue_of(language != NULL ? language : vb_round_plan(round)->languages[0]);
    enum vb_code code = vb_term_enter(term, err);
    if (code != VB_OK)
        return code;
    code = write_down(&paper, round, by, changed, err);
    vb_screen_wipe(&term->desk.screen);
    if (code == VB_E_STOPPED)
        vb_fail(err, code, "%s", vb_phrase(term->desk.tongue, VB_SAY_NOTHING_CHANGED));
    code = vb_term_leave(term, code, err);
    vb_arena_finish(&arena);
    return code;
}
