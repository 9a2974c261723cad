/* term_person.c - one person's turn: who sits here, the opening screen, the questions, the own
 * answers, yes or no. */
#include "base/str.h"
#include "data/text.h"
#include "session/opening.h"
#include "term/term_opening.h"
#include "term/term_pass.h"
#include "term/term_run.h"

/* -- the beginning ---------------------------------------------------------------------------- */

/* A session that goes on had its opening; a word of welcome is enough. */
static enum vb_code begin(struct vb_run *run, struct vb_session *session, const struct vb_due *due,
                          bool *stop, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    if (vb_session_view(session)->seq <= 1)
        return vb_opening_show(run, session, due, stop, err);
    vb_screen_next(&desk->screen);
    vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_FOR, vb_people_name(desk->tongue, due));
    return vb_desk_enter(desk, vb_phrase(desk->tongue, VB_SAY_WELCOME_BACK), err);
}

/* -- one person ------------------------------------------------------------------------------- */

/* Until the session is over. stop: its first step is to stop. */
enum vb_code vb_run_walk(struct vb_run *run, struct vb_session *session, bool stop,
                         struct vb_err *err)
{
    struct vb_naming naming;
    vb_opening_names(run, session, &naming);
    struct vb_keyboard keyboard = { .desk = &run->term->desk,
                                    .plan = run->plan,
                                    .round = run->round,
                                    .variant = naming.variant,
                                    .setting = naming.setting,
                                    .ask_dossier = run->term->options.ask_dossier,
                                    .ask_research = run->term->options.ask_research,
                                    .leaving = stop };
    struct vb_term_input input = vb_keyboard_input(&keyboard);
    enum vb_code code = vb_term_walk(session, &input, run->term->loop, err);
    vb_buf_finish(&keyboard.notice);
    run->takes_back = keyboard.takes_back;
    return code;
}

static enum vb_code choose_language(struct vb_run *run, const struct vb_due *due, const char **out,
                                    struct vb_err *err)
{
    *out = due->language != NULL ? due->language : run->term->options.language;
    if (*out == NULL && run->plan->language_count > 1 && run->term->options.terminal)
        return vb_people_language(&run->term->desk, run->plan, out, err);
    if (*out == NULL)
        *out = run->plan->languages[0];
    return VB_OK;
}

/* Who sits here now? Nothing of a session is shown before that is known. */
static enum vb_code ask_who(struct vb_run *run, const struct vb_due *due, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    if (due->language != NULL)
        desk->tongue = vb_tongue_of(due->language);
    const char *name = vb_people_name(desk->tongue, due);
    if (run->someone_was)
        return vb_pass_on(desk, name, err);
    return due->begun ? vb_pass_check(desk, name, err) : VB_OK;
}

/* The questions, until the session is over, was broken off or cannot go on. */
static enum vb_code take_turn(struct vb_run *run, struct vb_session *session,
                              const struct vb_due *due, struct vb_err *err)
{
    bool stop = false;
    enum vb_code code = VB_OK;
    if (vb_session_parked(session) == NULL)
        code = begin(run, session, due, &stop, err);
    if (code == VB_OK && (stop || vb_session_parked(session) == NULL))
        code = vb_run_walk(run, session, stop, err);
    vb_screen_wipe(&run->term->desk.screen); /* also when the person broke off */
    return code;
}

/* A script that failed is no fault of the person, who reads a word about it; staff read the error
 * when the run is over. */
enum vb_code vb_run_broken(struct vb_run *run, const struct vb_session *session, struct vb_err *err)
{
    if (run->broken.code == VB_OK)
        run->broken = *vb_session_parked(session);
    vb_people_tell(&run->people, session);
    return vb_pass_close(&run->term->desk, VB_SAY_BROKEN, err);
}

enum vb_code vb_run_settle(struct vb_run *run, struct vb_err *err)
{
    bool now = false;
    enum vb_code code = vb_round_settle(run->round, &now, err);
    run->released = run->released || now;
    return code;
}

/* -- who helps -------------------------------------------------------------------------------- */

/* Of the modes in which somebody else is there. */
static bool asks_helper(const char *mode, enum vb_phrase *question)
{
    static const struct {
        const char *mode;
        enum vb_phrase question;
    } modes[] = { { "aloud", VB_ASK_WHO_READS },
                  { "helper", VB_ASK_WHO_HELPS },
                  { "interpreter", VB_ASK_WHO_INTERPRETS } };
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (vb_streq(modes[i].mode, mode)) {
            *question = modes[i].question;
            return true;
        }
    return false;
}

/* Any of the roles but one's own, where that has one person. */
static enum vb_code pick_helper(struct vb_run *run, const struct vb_due *due,
                                enum vb_phrase question, const char **out, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    const char *roles[VB_ROLES_MAX + 2], *names[VB_ROLES_MAX + 2];
    int count = 0, chosen = 1;
    for (int i = 0; i < run->plan->role_count; i++) {
        const struct vb_role *role = &run->plan->roles[i];
        if (vb_streq(role->name, due->role) && role->max <= 1)
            continue;
        roles[count] = role->name;
        names[count++] = vb_phrase_role(desk->tongue, role->name);
    }
    roles[count] = "other";
    names[count++] = vb_phrase(desk->tongue, VB_SAY_SOMEBODY_ELSE);
    names[count] = NULL;
    vb_screen_next(&desk->screen);
    enum vb_code code = vb_desk_pick(desk, vb_phrase(desk->tongue, question), names, &chosen, err);
    *out = code == VB_OK ? roles[chosen - 1] : NULL;
    return code;
}

/* Who helps is known before the first question; when it is somebody the answers are about, the
 * person reads so and may still break off. */
static enum vb_code choose_helper(struct vb_run *run, const struct vb_due *due, const char **out,
                                  struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    enum vb_phrase question;
    enum vb_code code = VB_OK;
    *out = run->term->options.helper;
    if (due->language != NULL) { /* it stands in the log how this session was begun */
        *out = NULL;
        return VB_OK;
    }
    if (*out == NULL && asks_helper(run->term->options.mode, &question))
        code = pick_helper(run, due, question, out, err);
    if (code != VB_OK || !vb_helper_is_rated(run->plan, due->role, *out))
        return code;
    struct vb_buf words = { 0 };
    vb_phrase_write(&words, desk->tongue, VB_SAY_HELPER_RATED, vb_phrase_role(desk->tongue, *out));
    code = vb_desk_enter(desk, words.data, err);
    vb_buf_finish(&words);
    return code;
}

enum vb_code vb_run_person(struct vb_run *run, const struct vb_due *due, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_session *session;
    struct vb_join join = { .role = due->role,
                            .label = due->label,
                            .mode = run->term->options.mode,
                            .opening = vb_opening_stamp(&run->arena, run->plan,
                                                        run->term->options.reporting) };
    enum vb_code code = ask_who(run, due, err);
    if (code == VB_OK)
        code = choose_language(run, due, &join.language, err);
    if (code == VB_OK) {
        desk->tongue = vb_tongue_of(join.language);
        code = choose_helper(run, due, &join.helper, err);
    }
    if (code != VB_OK)
        return code;
    code = vb_round_join(run->round, &join, &session, err);
    if (code != VB_OK)
        return code;
    /* What the round took: a language the instrument has. */
    desk->tongue = vb_tongue_of(vb_fold_opened(vb_session_fold(session))->language);
    code = take_turn(run, session, due, err);
    run->someone_was = true;
    if (vb_session_parked(session) != NULL && code != VB_E_STOPPED &&
        vb_session_state(session) <= VB_SESSION_DONE)
        return vb_run_broken(run, session, err);
    if (code != VB_OK)
        return code;
    bool shared = vb_session_state(session) == VB_SESSION_SHARED;
    if (vb_round_welcome(run->round, NULL, 0) == 0)
        code = vb_run_settle(run, err);
    enum vb_phrase words = !shared                        ? VB_SAY_STOPPED
                           : vb_round_is_kept(run->round) ? VB_SAY_SHARED_KEPT
                                                          : VB_SAY_SHARED;
    return code != VB_OK ? code : vb_pass_close(desk, words, err);
}
