/* term.c - one keyboard, several persons.
 *
 *     who takes part -> for each: language, opening screen, questions, own answers, yes or no
 *                       between two: everything shown is taken away, the device changes hands
 *                    -> release by the rule, or asked for with a group -> together, if there is any
 */
#include "term/term.h"

#include <stdlib.h>
#include <sys/ioctl.h>

#include "base/str.h"
#include "session/opening.h"
#include "term/term_ask.h"
#include "term/term_people.h"

struct vb_term {
    struct vb_term_options options;
    struct vb_desk desk;
    struct vb_loop *loop;
};

struct run { /* one vb_term_run */
    struct vb_term *term;
    struct vb_round *round;
    const struct vb_plan *plan;
    const char *only;
    struct vb_people people;
    struct vb_arena arena;
    bool someone_was; /* the next person needs a hand-over */
    bool released;
    bool reporting_missing; /* the organisation's own text for a mandated instrument */
};

/* As wide as the window is, when it is one and nobody said. */
static int columns_of(const struct vb_term_options *options)
{
    struct winsize size;
    if (options->columns > 0 || !options->terminal ||
        ioctl(fileno(options->out), TIOCGWINSZ, &size) != 0)
        return options->columns;
    return size.ws_col;
}

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
                                            .columns = columns_of(options) };
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
    free(term);
}

/* -- the opening ------------------------------------------------------------------------------ */

static void name_slots(const struct run *run, struct vb_session *session, struct vb_naming *naming)
{
    const struct vb_opened *opened = vb_fold_opened(vb_session_fold(session));
    *naming = (struct vb_naming){
        .plan = run->plan,
        .language = vb_plan_language(run->plan, opened->language),
        .variant = opened->variant == NULL ? -1 : vb_plan_variant(run->plan, opened->variant),
        .setting = opened->setting == NULL ? -1 : vb_plan_setting(run->plan, opened->setting),
        .client = opened->client_name,
        .professional = opened->professional_name,
    };
}

static enum vb_code show_opening(struct run *run, struct vb_session *session,
                                 const struct vb_due *due, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_naming naming;
    struct vb_buf text = { 0 };
    bool missing = false;
    name_slots(run, session, &naming);
    vb_screen_next(&desk->screen);
    vb_text_fill(&text, &naming, run->plan->title.by_language[naming.language]);
    vb_screen_text(&desk->screen, VB_BOLD, 0, text.len == 0 ? "" : text.data);
    vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_FOR, vb_people_name(desk->tongue, due));
    vb_screen_gap(&desk->screen);
    vb_buf_clear(&text);
    vb_opening_write(&text, &naming, due->role, run->term->options.reporting, &missing);
    vb_screen_text(&desk->screen, VB_PLAIN, 0, text.len == 0 ? "" : text.data);
    if (run->plan->status[naming.language] == VB_DRAFT)
        vb_desk_say(desk, VB_DIM, 0, VB_SAY_DRAFT, NULL);
    vb_buf_finish(&text);
    run->reporting_missing = run->reporting_missing || missing;
    return vb_desk_enter(desk, vb_phrase(desk->tongue, VB_SAY_CONTINUE), err);
}

/* A session that goes on had its opening; a word of welcome is enough. */
static enum vb_code begin(struct run *run, struct vb_session *session, const struct vb_due *due,
                          struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    if (vb_session_view(session)->seq <= 1)
        return show_opening(run, session, due, err);
    vb_screen_next(&desk->screen);
    vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_FOR, vb_people_name(desk->tongue, due));
    return vb_desk_enter(desk, vb_phrase(desk->tongue, VB_SAY_WELCOME_BACK), err);
}

/* -- one person ------------------------------------------------------------------------------- */

static enum vb_code walk(struct run *run, struct vb_session *session, struct vb_err *err)
{
    struct vb_naming naming;
    name_slots(run, session, &naming);
    struct vb_keyboard keyboard = { .desk = &run->term->desk,
                                    .plan = run->plan,
                                    .variant = naming.variant,
                                    .setting = naming.setting };
    struct vb_term_input input = vb_keyboard_input(&keyboard);
    enum vb_code code = vb_term_walk(session, &input, run->term->loop, err);
    vb_buf_finish(&keyboard.notice);
    return code;
}

static enum vb_code choose_language(struct run *run, const struct vb_due *due, const char **out,
                                    struct vb_err *err)
{
    *out = due->language != NULL ? due->language : run->term->options.language;
    if (*out == NULL && run->plan->language_count > 1 && run->term->options.terminal)
        return vb_people_language(&run->term->desk, run->plan, out, err);
    if (*out == NULL)
        *out = run->plan->languages[0];
    return VB_OK;
}

static enum vb_code hand_over(struct run *run, const struct vb_due *due, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_buf text = { 0 };
    const char *name = vb_people_name(desk->tongue, due);
    vb_desk_say(desk, VB_BOLD, 0, VB_SAY_HAND_OVER, name);
    vb_phrase_write(&text, desk->tongue, VB_SAY_READY, name);
    enum vb_code code = vb_desk_enter(desk, text.data, err);
    vb_buf_finish(&text);
    return code;
}

static enum vb_code one_person(struct run *run, const struct vb_due *due, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_session *session;
    struct vb_join join = { .role = due->role, .label = due->label };
    enum vb_code code = VB_OK;
    if (run->someone_was)
        code = hand_over(run, due, err);
    if (code == VB_OK)
        code = choose_language(run, due, &join.language, err);
    if (code != VB_OK)
        return code;
    code = vb_round_join(run->round, &join, &session, err);
    if (code != VB_OK)
        return code;
    /* What the round took: a language the instrument has. */
    desk->tongue = vb_tongue_of(vb_fold_opened(vb_session_fold(session))->language);
    code = begin(run, session, due, err);
    if (code == VB_OK)
        code = walk(run, session, err);
    run->someone_was = true;
    vb_screen_wipe(&desk->screen); /* also when the person broke off */
    if (code != VB_OK)
        return code;
    bool shared = vb_session_state(session) == VB_SESSION_SHARED, now = false;
    vb_desk_say(desk, VB_PLAIN, 0, shared ? VB_SAY_SHARED : VB_SAY_STOPPED, NULL);
    code = vb_round_settle(run->round, &now, err);
    run->released = run->released || now;
    return code;
}

/* -- the whole round -------------------------------------------------------------------------- */

/* A family or group is opened by a person, not by a rule. */
static enum vb_code ask_release(struct run *run, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    int chosen = 2;
    if (run->released || !vb_round_is_group(run->plan) || vb_people_shared(run->round) < 2)
        return VB_OK;
    enum vb_code code =
        vb_desk_choose(desk, vb_phrase(desk->tongue, VB_ASK_RELEASE), NULL, &chosen, err);
    if (code != VB_OK)
        return code;
    if (chosen == 2) {
        vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_NOT_RELEASED, vb_round_row(run->round)->id);
        return VB_OK;
    }
    code = vb_round_release(run->round, err);
    run->released = code == VB_OK;
    return code;
}

static enum vb_code ask_together(struct run *run, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_session *session = NULL;
    if (!run->released)
        return VB_OK;
    enum vb_code code = vb_round_together(run->round, &session, err);
    if (code != VB_OK || session == NULL || vb_session_state(session) > VB_SESSION_DONE)
        return code;
    vb_screen_next(&desk->screen);
    code = vb_desk_enter(desk, vb_phrase(desk->tongue, VB_SAY_TOGETHER), err);
    if (code == VB_OK)
        code = walk(run, session, err);
    vb_screen_wipe(&desk->screen);
    if (code != VB_OK || vb_session_state(session) != VB_SESSION_SHARED)
        return code;
    return vb_round_settle_together(run->round, err);
}

/* A released dyad is over; in a group somebody may still share, and that makes a revision. */
static bool goes_on(const struct run *run)
{
    return !run->released || vb_round_is_group(run->plan);
}

static enum vb_code run_all(struct run *run, struct vb_err *err)
{
    struct vb_due due;
    enum vb_code code = VB_OK;
    run->released = vb_round_row(run->round)->state == VB_ROUND_RELEASED;
    if (run->only == NULL && goes_on(run) && vb_people_unnamed(run->round))
        code = vb_people_ask(&run->term->desk, run->round, &run->people, err);
    while (code == VB_OK && goes_on(run) &&
           vb_people_next(run->round, &run->people, run->only, &run->arena, &due))
        code = one_person(run, &due, err);
    if (code == VB_OK && run->only == NULL)
        code = ask_release(run, err);
    return code == VB_OK && run->only == NULL ? ask_together(run, err) : code;
}

/* What an interrupted person reads: whether anything is kept, and how it goes on. */
static void say_interrupted(const struct run *run, struct vb_err *err)
{
    struct vb_buf text = { 0 };
    enum vb_phrase phrase = vb_round_is_new(run->round)           ? VB_SAY_NOTHING_KEPT
                            : run->plan->retain != VB_RETAIN_KEEP ? VB_SAY_FORGOTTEN
                                                                  : VB_SAY_KEPT;
    vb_phrase_write(&text, run->term->desk.tongue, phrase, vb_round_row(run->round)->id);
    vb_fail(err, VB_E_STOPPED, "%s", text.data);
    vb_buf_finish(&text);
}

/* At the end: it is for staff, not for whoever is reading the questions. */
static void warn_staff(const struct run *run)
{
    FILE *messages = run->term->options.messages;
    if (run->reporting_missing && messages != NULL)
        fprintf(messages, "warning: this instrument is mandated and your organisation's own text "
                          "about reporting is not configured; a neutral sentence was shown\n");
}

enum vb_code vb_term_run(struct vb_term *term, struct vb_round *round, const char *only,
                         struct vb_err *err)
{
    struct run run = { .term = term, .round = round, .plan = vb_round_plan(round), .only = only };
    const char *language = term->options.language;
    term->desk.tongue = vb_tongue_of(language != NULL ? language : run.plan->languages[0]);
    enum vb_code code = vb_loop_catch_signals(term->loop, err);
    if (code != VB_OK)
        return code;
    code = run_all(&run, err);
    vb_loop_release_signals(term->loop);
    vb_loop_forget_signal(term->loop);
    if (code == VB_E_STOPPED)
        say_interrupted(&run, err);
    warn_staff(&run);
    if (fflush(term->options.out) != 0 && code == VB_OK)
        code = vb_fail(err, VB_E_IO, "writing to the terminal failed");
    vb_arena_finish(&run.arena);
    vb_arena_finish(&run.people.arena);
    return code;
}
