/* term.c - one keyboard, several persons.
 *
 *     who takes part -> for each: language, opening screen, questions, own answers, yes or no
 *                       between two: everything shown is taken away, the computer changes hands
 *                    -> release by the rule, or asked for with a group
 *                    -> where there is anything to ask together: the sheet, then that
 */
#include "term/term.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "data/text.h"
#include "term/term_run.h"
#include "term/term_suspend.h"

enum vb_code vb_term_create(struct vb_term **out, const struct vb_term_options *options,
                            struct vb_loop *loop, const struct vb_env *env, struct vb_err *err)
{
    struct vb_term *term = vb_new(struct vb_term);
    (void)env; /* sessions carry it */
    term->options = *options;
    term->loop = loop;
    term->desk.screen = (struct vb_screen){ .out = options->out,
                                            .terminal = options->terminal,
                                            .colour = options->colour,
                                            .fixed = options->columns };
    enum vb_code code = vb_lines_create(&term->desk.lines, loop, fileno(options->in), err);
    if (code != VB_OK) {
        free(term);
        return code;
    }
    *out = term;
    return VB_OK;
}

void vb_term_destroy(struct vb_term *term)
{
    if (term == NULL)
        return;
    vb_lines_destroy(term->desk.lines);
    vb_buf_finish(&term->desk.screen.kept);
    free(term);
}

/* -- the whole round -------------------------------------------------------------------------- */

static enum vb_code confirm_welcome(struct vb_run *run, const struct vb_due *due, bool *yes,
                                    struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_buf question = { 0 };
    vb_phrase_write(&question, desk->tongue, VB_ASK_WELCOME, vb_people_name(desk->tongue, due));
    enum vb_code code = vb_desk_confirm(desk, question.data, false, yes, err);
    vb_buf_finish(&question);
    return code;
}

/* Those who may answer and need not, before a release shuts them out. With one person to ask a yes
 * leaves the round open for the other. */
static enum vb_code ask_welcome(struct vb_run *run, struct vb_err *err)
{
    const char *names[VB_ROLES_MAX];
    int count = vb_round_welcome(run->round, names, VB_ROLES_MAX);
    enum vb_code code = VB_OK;
    bool wait = false;
    for (int i = 0; i < count && code == VB_OK; i++) {
        struct vb_due due = { .role = names[i] };
        bool yes = false;
        code = confirm_welcome(run, &due, &yes, err);
        if (code == VB_OK && yes && run->only == NULL)
            code = vb_run_person(run, &due, err);
        wait = wait || (yes && run->only != NULL);
    }
    return code == VB_OK && count > 0 && !wait ? vb_run_settle(run, err) : code;
}

/* The sheet stays closed; how it is opened later. */
static void say_later(struct vb_run *run, enum vb_phrase why, const char *command)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_buf text = { 0 };
    if (!vb_round_is_kept(run->round))
        return;
    vb_buf_printf(&text, "verbond %s %s", command, vb_round_row(run->round)->id);
    vb_desk_say(desk, VB_PLAIN, 0, why, NULL);
    vb_screen_whole(&desk->screen, text.data);
    vb_buf_finish(&text);
}

/* Two are ready and the round is open still: one said yes to being shown alone. */
static enum vb_code ask_close(struct vb_run *run, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    const char *by = run->term->options.by;
    bool yes;
    if (vb_round_row(run->round)->state != VB_ROUND_OPEN || vb_round_is_group(run->plan) ||
        vb_round_is_new(run->round) || vb_round_missing(run->round, NULL, 0) > 0 ||
        vb_round_welcome(run->round, NULL, 0) > 0)
        return VB_OK;
    enum vb_code code =
        vb_desk_confirm(desk, vb_phrase(desk->tongue, VB_ASK_CLOSE), false, &yes, err);
    if (code == VB_OK && !yes)
        say_later(run, VB_SAY_NOT_RELEASED, "close");
    if (code == VB_OK && yes)
        code = vb_round_close(run->round, by == NULL ? "person" : by, err);
    run->released = run->released || (code == VB_OK && yes);
    return code;
}

/* A family or group is opened by a person, not by a rule. It is asked once two are ready, whatever
 * these said: a question that came only after two times yes would tell of a no. */
static enum vb_code ask_release(struct vb_run *run, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    bool yes;
    if (!vb_round_may_ask_release(run->round))
        return VB_OK;
    enum vb_code code =
        vb_desk_confirm(desk, vb_phrase(desk->tongue, VB_ASK_RELEASE), false, &yes, err);
    if (code != VB_OK)
        return code;
    if (!yes) {
        say_later(run, VB_SAY_NOT_RELEASED, "release");
        return VB_OK;
    }
    code = vb_round_release(run->round, err);
    run->released = code == VB_OK;
    if (code != VB_E_BUSY)
        return code;
    say_later(run, VB_SAY_NOT_YET_RELEASED, "release");
    return VB_OK;
}

/* What they are asked together is about what they see; so they see it first. */
static enum vb_code show_released(struct vb_run *run, struct vb_err *err)
{
    const struct vb_term_options *options = &run->term->options;
    vb_screen_next(&run->term->desk.screen);
    return options->show == NULL ? VB_OK : options->show(options->show_ctx, run->round, err);
}

static enum vb_code ask_together(struct vb_run *run, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_session *session = NULL;
    if (!run->released)
        return VB_OK;
    enum vb_code code = vb_round_together(run->round, &session, err);
    if (code != VB_OK || session == NULL || vb_session_state(session) > VB_SESSION_DONE)
        return code;
    code = show_released(run, err);
    if (code == VB_OK)
        code = vb_desk_enter(desk, vb_phrase(desk->tongue, VB_SAY_TOGETHER), err);
    if (code == VB_OK)
        code = vb_run_walk(run, session, false, err);
    vb_screen_wipe(&desk->screen);
    if (vb_session_parked(session) != NULL && code != VB_E_STOPPED)
        return vb_run_broken(run, session, err);
    if (code != VB_OK || vb_session_state(session) != VB_SESSION_SHARED)
        return code;
    return vb_round_settle_together(run->round, err);
}

/* A released dyad is over; in a group, and where one side is shown, somebody may still share, and
 * that makes a revision. */
static bool goes_on(const struct vb_run *run)
{
    return !run->released || vb_round_takes_late(run->round);
}

/* After the release whoever did not come may be elsewhere, and others wait for what comes next. */
static enum vb_code late_person(struct vb_run *run, const struct vb_due *due, struct vb_err *err)
{
    bool yes = false;
    enum vb_code code = confirm_welcome(run, due, &yes, err);
    if (code == VB_OK && !yes)
        vb_people_skip(&run->people, due);
    return code == VB_OK && yes ? vb_run_person(run, due, err) : code;
}

/* Somebody of the team with this word: who goes on, or who comes new. */
static enum vb_code run_member(struct vb_run *run, const char *word, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    int count;
    const struct vb_participant *list = vb_round_participants(run->round, &count);
    struct vb_due due = { .role = run->plan->roles[run->plan->campaign->member].name };
    enum vb_refusal refusal;
    struct vb_err why;
    if (vb_person_label(&run->arena, word, &due.label, &refusal, &why) != VB_OK) {
        vb_screen_text(&desk->screen, VB_PLAIN, 0, vb_phrase_refusal(desk->tongue, refusal));
        return VB_OK;
    }
    for (int i = 0; i < count; i++) {
        if (!vb_streq(list[i].role, due.role) || !vb_streq(list[i].label, due.label))
            continue;
        if (list[i].ready) {
            vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_WORD_READY, NULL);
            return VB_OK;
        }
        due.begun = list[i].session != NULL;
    }
    run->someone_was = false; /* who typed the word sits here */
    return vb_run_person(run, &due, err);
}

/* A team comes one by one, and nobody makes a list of it beforehand. */
static enum vb_code run_team(struct vb_run *run, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    enum vb_code code = VB_OK;
    bool more = run->plan->campaign != NULL && run->only == NULL;
    while (code == VB_OK && more && goes_on(run)) {
        const char *line = NULL;
        desk->tongue = run->tongue;
        vb_screen_gap(&desk->screen);
        vb_desk_say(desk, VB_BOLD, 0, VB_ASK_NEXT_MEMBER, NULL);
        code = vb_desk_line(desk, &run->arena, &line, err);
        more = code == VB_OK && (line == NULL || line[0] != '\0');
        if (more && line != NULL)
            code = run_member(run, line, err);
    }
    return code;
}

static enum vb_code run_all(struct vb_run *run, struct vb_err *err)
{
    struct vb_due due;
    enum vb_code code = VB_OK;
    run->released = vb_round_row(run->round)->state == VB_ROUND_RELEASED;
    bool late = run->released && run->only == NULL;
    if (code == VB_OK && run->only == NULL && goes_on(run) && vb_people_unnamed(run->round))
        code = vb_people_ask(&run->term->desk, run->round, &run->people, err);
    while (code == VB_OK && goes_on(run) &&
           vb_people_next(run->round, &run->people, run->only, &run->arena, &due))
        code = late ? late_person(run, &due, err) : vb_run_person(run, &due, err);
    if (code == VB_OK)
        code = run_team(run, err);
    if (code == VB_OK)
        code = ask_welcome(run, err);
    if (code == VB_OK && run->only == NULL)
        code = ask_release(run, err);
    if (code == VB_OK && run->only == NULL)
        code = ask_close(run, err);
    return code == VB_OK && run->only == NULL ? ask_together(run, err) : code;
}

/* -- what staff reads -------------------------------------------------------------------------- */

/* What an interrupted person reads: whether anything is kept, and how it goes on. */
static void say_interrupted(const struct vb_run *run, struct vb_err *err)
{
    struct vb_buf text = { 0 };
    enum vb_tongue tongue = run->term->desk.tongue;
    const char *hint = run->term->options.resume_hint;
    const char *id = vb_round_row(run->round)->id;
    if (vb_round_is_new(run->round) || !vb_round_is_kept(run->round)) {
        vb_fail(err, VB_E_STOPPED, "%s",
                vb_phrase(tongue,
                          vb_round_is_new(run->round) ? VB_SAY_NOTHING_KEPT : VB_SAY_FORGOTTEN));
        return;
    }
    vb_buf_printf(&text, "%s\n%s\n  ", vb_phrase(tongue, VB_SAY_KEPT),
                  vb_phrase(tongue, VB_SAY_GO_ON));
    if (hint == NULL)
        hint = "verbond resume {}";
    const char *place = strstr(hint, "{}");
    if (place == NULL)
        vb_buf_puts(&text, hint);
    else
        vb_buf_printf(&text, "%.*s%s%s", (int)(place - hint), hint, id, place + 2);
    vb_fail(err, VB_E_STOPPED, "%s", text.data);
    vb_buf_finish(&text);
}

static bool same_terminal(const struct vb_term_options *options)
{
    struct stat out, messages;
    return options->terminal && fstat(fileno(options->out), &out) == 0 &&
           fstat(fileno(options->messages), &messages) == 0 && S_ISCHR(messages.st_mode) &&
           out.st_rdev == messages.st_rdev;
}

static void warn_staff(const struct vb_run *run)
{
    const struct vb_screen *screen = &run->term->desk.screen;
    bool narrow = run->warn_later && screen->columns > 0 && screen->columns < 80;
    struct vb_buf text = { 0 };
    vb_text_wrap(&text, vb_phrase(run->tongue, VB_SAY_REPORTING_MISSING),
                 narrow ? screen->columns : 80, 0, 0);
    fprintf(run->term->options.messages, "%s\n", text.data);
    vb_buf_finish(&text);
}

/* The organisation's own text is missing: for staff, and never between a person and the questions.
 * Where both read one screen it waits until the questions are gone. */
static void warn_before(struct vb_run *run)
{
    const char *reporting = run->term->options.reporting;
    bool missing = run->plan->mandated && (reporting == NULL || reporting[0] == '\0');
    if (!missing || run->term->options.messages == NULL)
        return;
    run->warn_later = same_terminal(&run->term->options);
    if (!run->warn_later)
        warn_staff(run);
}

/* A failed script is the run's error, unless it has one; then it is told beside it. */
static enum vb_code tell_broken(const struct vb_run *run, enum vb_code code, struct vb_err *err)
{
    FILE *messages = run->term->options.messages;
    if (run->broken.code == VB_OK)
        return code;
    if (code != VB_OK) {
        if (messages != NULL)
            fprintf(messages, "%s\n", run->broken.text);
        return code;
    }
    *err = run->broken;
    return err->code;
}

enum vb_code vb_term_enter(struct vb_term *term, struct vb_err *err)
{
    enum vb_code code = vb_loop_catch_signals(term->loop, err);
    if (code == VB_OK)
        vb_suspend_begin(&term->desk.screen);
    return code;
}

enum vb_code vb_term_leave(struct vb_term *term, enum vb_code code, struct vb_err *err)
{
    vb_suspend_end();
    vb_loop_release_signals(term->loop);
    vb_loop_forget_signal(term->loop);
    if (code == VB_E_STOPPED)
        vb_screen_wipe(&term->desk.screen); /* wherever it was broken off */
    vb_screen_leave(&term->desk.screen);
    if (fflush(term->options.out) != 0 && code == VB_OK)
        code = vb_fail(err, VB_E_IO, "writing to the terminal failed");
    return code;
}

bool vb_term_is_due(struct vb_round *round, const char *only)
{
    struct vb_people people = { 0 };
    struct vb_arena arena = { 0 };
    struct vb_due due;
    bool is = vb_people_next(round, &people, only, &arena, &due);
    vb_arena_finish(&arena);
    return is;
}

typedef enum vb_code run_body(struct vb_run *run, struct vb_err *err);

static enum vb_code run_on(struct vb_term *term, struct vb_round *round, const char *only,
                           run_body *body, struct vb_err *err)
{
    struct vb_run run = {
        .term = term, .round = round, .plan = vb_round_plan(round), .only = only
    };
    const char *language = term->options.language;
    run.tongue = vb_tongue_of(language != NULL ? language : run.plan->languages[0]);
    term->desk.tongue = run.tongue;
    enum vb_code code = vb_term_enter(term, err);
    if (code != VB_OK)
        return code;
    if (body == run_all)
        warn_before(&run);
    code = body(&run, err);
    if (code == VB_E_STOPPED)
        say_interrupted(&run, err);
    code = vb_term_leave(term, code, err);
    code = tell_broken(&run, code, err);
    if (run.warn_later)
        warn_staff(&run);
    vb_arena_finish(&run.arena);
    vb_arena_finish(&run.people.arena);
    return code;
}

enum vb_code vb_term_run(struct vb_term *term, struct vb_round *round, const char *only,
                         struct vb_err *err)
{
    return run_on(term, round, only, run_all, err);
}

enum vb_code vb_term_correct(struct vb_term *term, struct vb_round *round, const char *only,
                             struct vb_err *err)
{
    return run_on(term, round, only, vb_run_correct, err);
}
