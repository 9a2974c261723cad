/* term_talk_ask.c - the questions of what is written down after a talk. */
#include "base/str.h"
#include "kinds/kind.h"
#include "term/term_kind.h"
#include "term/term_talk.h"

/* -- one line --------------------------------------------------------------------------------- */

struct field {
    const char *lead; /* dim, above the question; NULL: none */
    const char *question;
    bool needed; /* Enter keeps what is there, and does not leave it empty */
    bool day;    /* nothing but a day */
    bool either; /* a day or own words: a day is kept as one */
};

static void show_field(const struct vb_paper *paper, const struct field *field, const char *now)
{
    struct vb_desk *desk = paper->desk;
    const char *keys[2];
    int count = 0;
    vb_screen_next(&desk->screen);
    if (field->lead != NULL) {
        vb_screen_text(&desk->screen, VB_DIM, 0, field->lead);
        vb_screen_gap(&desk->screen);
    }
    vb_screen_text(&desk->screen, VB_BOLD, 0, field->question);
    vb_screen_gap(&desk->screen);
    if (now != NULL) {
        struct vb_buf said = { 0 };
        vb_say_day(desk->tongue, now, &said);
        vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_IS_THERE, said.data);
        vb_screen_gap(&desk->screen);
        vb_buf_finish(&said);
        keys[count++] = vb_phrase(desk->tongue, VB_KEY_ENTER_KEEP);
        keys[count++] = vb_phrase(desk->tongue, VB_KEY_TAKE_AWAY);
    } else if (!field->needed) {
        keys[count++] = vb_phrase(desk->tongue, VB_KEY_ENTER_ON);
    }
    vb_screen_parts(&desk->screen, 0, keys, now != NULL && field->needed ? 1 : count);
}

/* Why the line is no answer; VB_ACCEPTED: *out has it. */
static enum vb_refusal take(const struct vb_paper *paper, const struct field *field,
                            const char *line, const char **out)
{
    char day[VB_DAY_SIZE];
    bool is_day = (field->day || field->either) && vb_read_day(line, day) &&
                  vb_day_check(day, strlen(day)) == VB_ACCEPTED;
    if (is_day) {
        *out = vb_arena_strdup(paper->arena, day);
        return VB_ACCEPTED;
    }
    if (field->day)
        return VB_REFUSED_DATE;
    *out = vb_arena_strdup(paper->arena, line);
    return vb_written_check(line, strlen(line), VB_TALK_TEXT_MAX, false);
}

static void say_refusal(const struct vb_paper *paper, enum vb_refusal refusal)
{
    vb_screen_text(&paper->desk->screen, VB_PLAIN, 0,
                   vb_phrase_refusal(paper->desk->tongue, refusal));
}

/* *value: what was there, and what is there now; NULL: nothing. */
static enum vb_code ask_field(struct vb_paper *paper, const struct field *field, const char **value,
                              struct vb_err *err)
{
    show_field(paper, field, *value);
    for (;;) {
        const char *line, *given;
        enum vb_code code = vb_desk_line(paper->desk, paper->arena, &line, err);
        if (code != VB_OK)
            return code;
        bool enter = line != NULL && line[0] == '\0';
        if (enter && (*value != NULL || !field->needed))
            return VB_OK;
        if (!field->needed && *value != NULL && vb_streq(line, "-")) {
            *value = NULL;
            paper->changed = true;
            return VB_OK;
        }
        enum vb_refusal refusal = line == NULL ? VB_REFUSED_UTF8
                                  : enter      ? VB_REFUSED_EMPTY
                                               : take(paper, field, line, &given);
        if (refusal == VB_ACCEPTED && paper->desk->cut) {
            vb_desk_say(paper->desk, VB_PLAIN, 0, VB_SAY_LINE_CUT, NULL);
            continue;
        }
        if (refusal != VB_ACCEPTED) {
            say_refusal(paper, refusal);
            continue;
        }
        paper->changed = paper->changed || !vb_streq(*value, given);
        *value = given;
        return VB_OK;
    }
}

/* -- topic and next time ---------------------------------------------------------------------- */

static const char *written(struct vb_paper *paper, enum vb_phrase phrase, const char *what)
{
    struct vb_buf text = { 0 };
    vb_phrase_write(&text, paper->desk->tongue, phrase, what);
    const char *out = vb_arena_strdup(paper->arena, text.data);
    vb_buf_finish(&text);
    return out;
}

static const char *numbered(struct vb_paper *paper, enum vb_phrase phrase, int number)
{
    return written(paper, phrase, vb_arena_printf(paper->arena, "%d", number));
}

enum vb_code vb_paper_ask_topic(struct vb_paper *paper, struct vb_err *err)
{
    const char *client = NULL;
    int clients = 0;
    for (int i = 0; i < paper->people_count; i++)
        if (vb_streq(paper->people[i].role, "client")) {
            client = vb_paper_name(paper, paper->people[i].person);
            clients++;
        }
    struct field field = { .question = clients == 1
                                           ? written(paper, VB_ASK_TOPIC, client)
                                           : vb_phrase(paper->desk->tongue, VB_ASK_TOPIC_ALL) };
    return ask_field(paper, &field, &paper->topic, err);
}

enum vb_code vb_paper_ask_next(struct vb_paper *paper, struct vb_err *err)
{
    struct field field = { .question = vb_phrase(paper->desk->tongue, VB_ASK_NEXT), .day = true };
    return ask_field(paper, &field, &paper->next, err);
}

/* -- an agreement ----------------------------------------------------------------------------- */

static void remove_at(void *list, int *count, size_t size, int at)
{
    char *bytes = list;
    memmove(bytes + (size_t)at * size, bytes + ((size_t)at + 1) * size,
            (size_t)(*count - at - 1) * size);
    --*count;
}

enum vb_code vb_paper_ask_agreement(struct vb_paper *paper, int at, bool *left, struct vb_err *err)
{
    enum vb_tongue tongue = paper->desk->tongue;
    struct vb_agreement *agreement = &paper->agreements[at], asked = { 0 };
    bool is_new = at == paper->agreement_count;
    const char *lead = numbered(paper, VB_SAY_AGREEMENT, at + 1);
    struct field what = { .lead = lead, .question = vb_phrase(tongue, VB_ASK_WHAT) };
    struct field who = { .lead = lead, .question = vb_phrase(tongue, VB_ASK_WHO), .needed = true };
    struct field when = { .lead = lead,
                          .question = vb_phrase(tongue, VB_ASK_WHEN),
                          .either = true };
    if (!is_new)
        asked = *agreement;
    enum vb_code code = ask_field(paper, &what, &asked.what, err);
    *left = code == VB_OK && asked.what == NULL;
    if (*left && !is_new)
        remove_at(paper->agreements, &paper->agreement_count, sizeof *agreement, at);
    if (code != VB_OK || *left)
        return code;
    code = ask_field(paper, &who, &asked.who, err);
    if (code == VB_OK)
        code = ask_field(paper, &when, &asked.when, err);
    if (code != VB_OK)
        return code;
    *agreement = asked;
    paper->agreement_count += is_new;
    return VB_OK;
}

/* -- a goal ----------------------------------------------------------------------------------- */

/* Numbered from 1, until one is chosen; Enter keeps now, when it is one (0: none). */
static enum vb_code choose(struct vb_paper *paper, const struct field *field,
                           const char *const *choices, int count, int now, int *chosen,
                           struct vb_err *err)
{
    struct vb_desk *desk = paper->desk;
    vb_screen_next(&desk->screen);
    vb_screen_text(&desk->screen, VB_DIM, 0, field->lead);
    vb_screen_gap(&desk->screen);
    vb_screen_text(&desk->screen, VB_BOLD, 0, field->question);
    vb_screen_gap(&desk->screen);
    for (int i = 0; i < count; i++)
        vb_screen_choice(&desk->screen, i + 1, choices[i]);
    if (now > 0) {
        const char *keep = vb_phrase(desk->tongue, VB_KEY_ENTER_KEEP);
        vb_screen_gap(&desk->screen);
        vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_IS_THERE, choices[now - 1]);
        vb_screen_gap(&desk->screen);
        vb_screen_parts(&desk->screen, 0, &keep, 1);
    }
    for (;;) {
        const char *line;
        int64_t number = 0;
        enum vb_code code = vb_desk_line(desk, paper->arena, &line, err);
        if (code != VB_OK)
            return code;
        bool enter = line != NULL && line[0] == '\0' && now > 0;
        if (enter ||
            (line != NULL && vb_read_int(line, &number) && number >= 1 && number <= count)) {
            *chosen = enter ? now : (int)number;
            paper->changed = paper->changed || *chosen != now;
            return VB_OK;
        }
        vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_NO_SUCH_NUMBER,
                    vb_arena_printf(paper->arena, "%d", count));
    }
}

static enum vb_code ask_whose(struct vb_paper *paper, const char *lead, struct vb_goal *goal,
                              struct vb_err *err)
{
    enum vb_tongue tongue = paper->desk->tongue;
    struct field field = { .lead = lead, .question = vb_phrase(tongue, VB_ASK_WHOSE) };
    int count = paper->people_count, now = 0, chosen;
    const char **names = vb_arena_alloc(paper->arena, ((size_t)count + 1) * sizeof *names);
    for (int i = 0; i < count; i++) {
        names[i] = vb_paper_name(paper, paper->people[i].person);
        if (vb_streq(goal->whose, paper->people[i].person))
            now = i + 1;
    }
    names[count] = vb_phrase(tongue, VB_SAY_OF_ALL);
    if (vb_streq(goal->whose, "together"))
        now = count + 1;
    enum vb_code code = choose(paper, &field, names, count + 1, now, &chosen, err);
    if (code == VB_OK)
        goal->whose = chosen > count ? "together" : paper->people[chosen - 1].person;
    return code;
}

static enum vb_code ask_term(struct vb_paper *paper, const char *lead, bool is_new,
                             struct vb_goal *goal, struct vb_err *err)
{
    enum vb_tongue tongue = paper->desk->tongue;
    const char *const terms[] = { vb_phrase(tongue, VB_SAY_SHORT_TERM),
                                  vb_phrase(tongue, VB_SAY_LONG_TERM) };
    struct field field = { .lead = lead, .question = vb_phrase(tongue, VB_ASK_TERM) };
    int chosen;
    enum vb_code code =
        choose(paper, &field, terms, 2, is_new ? 0 : 1 + goal->long_term, &chosen, err);
    if (code == VB_OK)
        goal->long_term = chosen == 2;
    return code;
}

/* Yes or not yet, of everybody; who is asked first is who came first. */
static enum vb_code ask_yes(struct vb_paper *paper, const char *lead, bool is_new,
                            struct vb_goal *goal, struct vb_err *err)
{
    enum vb_tongue tongue = paper->desk->tongue;
    const char *const answers[] = { vb_phrase(tongue, VB_SAY_YES),
                                    vb_phrase(tongue, VB_SAY_NOT_YET) };
    size_t most = (size_t)paper->people_count + 1;
    const char **yes = vb_arena_alloc(paper->arena, most * sizeof *yes);
    enum vb_code code = VB_OK;
    int count = 0;
    for (int i = 0; i < paper->people_count && code == VB_OK; i++) {
        const char *person = paper->people[i].person;
        struct field field = { .lead = lead,
                               .question =
                                   written(paper, VB_ASK_GOAL_YES, vb_paper_name(paper, person)) };
        int now = is_new ? 0 : vb_goal_has_yes(goal, person) ? 1 : 2, chosen = 0;
        code = choose(paper, &field, answers, 2, now, &chosen, err);
        if (chosen == 1)
            yes[count++] = person;
    }
    goal->yes = yes;
    goal->yes_count = count;
    return code;
}

enum vb_code vb_paper_ask_goal(struct vb_paper *paper, int at, bool *left, struct vb_err *err)
{
    enum vb_tongue tongue = paper->desk->tongue;
    struct vb_goal *goal = &paper->goals[at], asked = { 0 };
    bool is_new = at == paper->goal_count;
    const char *lead = numbered(paper, VB_SAY_GOAL, at + 1);
    struct field text = { .lead = lead, .question = vb_phrase(tongue, VB_ASK_GOAL) };
    struct field by = { .lead = lead, .question = vb_phrase(tongue, VB_ASK_BY), .day = true };
    if (!is_new)
        asked = *goal;
    enum vb_code code = ask_field(paper, &text, &asked.text, err);
    *left = code == VB_OK && asked.text == NULL;
    if (*left && !is_new)
        remove_at(paper->goals, &paper->goal_count, sizeof *goal, at);
    if (code != VB_OK || *left)
        return code;
    code = ask_whose(paper, lead, &asked, err);
    if (code == VB_OK)
        code = ask_term(paper, lead, is_new, &asked, err);
    if (code == VB_OK)
        code = ask_field(paper, &by, &asked.by, err);
    if (code == VB_OK)
        code = ask_yes(paper, lead, is_new, &asked, err);
    if (code != VB_OK)
        return code;
    *goal = asked;
    paper->goal_count += is_new;
    return VB_OK;
}
