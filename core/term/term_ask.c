#include "term/term_ask.h"

#include <stdlib.h>

#include "base/str.h"

/* -- the question ----------------------------------------------------------------------------- */

static const char *member_name(const struct vb_fold *fold, int member, enum vb_tongue tongue)
{
    int count;
    const struct vb_member *members = vb_fold_members(fold, &count);
    if (member < 0 || member >= count)
        return NULL;
    return members[member].label != NULL ? members[member].label
                                         : vb_phrase_role(tongue, members[member].role);
}

void vb_keyboard_question(struct vb_keyboard *keyboard, struct vb_session *session, int item,
                          int member, struct vb_arena *arena, struct vb_question *out)
{
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_opened *opened = vb_fold_opened(fold);
    *out = (struct vb_question){
        .desk = keyboard->desk,
        .ask = vb_term_walk_ask(session, &keyboard->plan->items[item]),
        .tongue = keyboard->desk->tongue,
        .role = vb_fold_role(fold),
        .about = member >= 0 && member != vb_fold_self(fold),
        .arena = arena,
    };
    out->naming = (struct vb_naming){
        .plan = keyboard->plan,
        .language = vb_plan_language(keyboard->plan, opened->language),
        .variant = keyboard->variant,
        .setting = keyboard->setting,
        .client = opened->client_name,
        .professional = opened->professional_name,
        .member = member_name(fold, member, out->tongue),
    };
}

const char *vb_question_wording(const struct vb_question *question)
{
    const struct vb_item *item = question->ask.item;
    if (question->role >= 0 && item->text[question->role] != NULL)
        return vb_question_text(question, item->text[question->role]);
    for (int i = 0; i < question->ask.plan->role_count; i++)
        if (item->text[i] != NULL) /* together: everybody reads the same words */
            return vb_question_text(question, item->text[i]);
    return "";
}

/* -- special answers -------------------------------------------------------------------------- */

struct special {
    enum vb_command command;
    enum vb_phrase phrase;
};
enum { SPECIALS_MAX = 5 };

static int specials_of(const struct vb_question *question, struct special out[SPECIALS_MAX])
{
    int count = 0;
    if (!question->ask.item->required) {
        out[count++] = (struct special){ VB_COMMAND_DONT_KNOW, VB_SAY_DONT_KNOW };
        out[count++] = (struct special){ VB_COMMAND_RATHER_NOT, VB_SAY_RATHER_NOT };
        out[count++] = (struct special){ VB_COMMAND_SKIP, VB_SAY_SKIP };
    }
    if (!question->changing)
        out[count++] = (struct special){ VB_COMMAND_STOP, VB_SAY_STOP };
    if (question->can_back || question->changing)
        out[count++] = (struct special){ VB_COMMAND_BACK, VB_SAY_BACK };
    return count;
}

/* The special answer under a number when numbering goes on after first - 1; NONE: no such. */
static enum vb_command special_at(const struct vb_question *question, int first, const char *line)
{
    struct special specials[SPECIALS_MAX];
    int count = specials_of(question, specials);
    int64_t number;
    if (!vb_read_int(line, &number) || number < first || number >= first + count)
        return VB_COMMAND_NONE;
    return specials[number - first].command;
}

static void show_specials(const struct vb_question *question, int first)
{
    struct special specials[SPECIALS_MAX];
    int count = specials_of(question, specials);
    struct vb_buf line = { 0 };
    for (int i = 0; i < count; i++)
        vb_buf_printf(&line, "%s%d %s", i == 0 ? "" : " | ", first + i,
                      vb_phrase(question->tongue, specials[i].phrase));
    vb_screen_text(&question->desk->screen, VB_DIM, 2, line.len == 0 ? "" : line.data);
    vb_buf_finish(&line);
}

/* -- on the screen ---------------------------------------------------------------------------- */

static void show_offered(const struct vb_question *question)
{
    struct vb_buf value = { 0 };
    if (question->offered == NULL)
        return;
    vb_question_say(question, question->offered, &value);
    vb_screen_gap(&question->desk->screen);
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_SAY_OFFERED, value.data == NULL ? "" : value.data);
    vb_buf_finish(&value);
}

static void put_key(const struct vb_question *question, struct vb_buf *line, bool when,
                    enum vb_phrase key)
{
    if (!when)
        return;
    vb_buf_puts(line, line->len == 0 ? "" : ", ");
    vb_buf_puts(line, vb_phrase(question->tongue, key));
}

/* One short line: what Enter does here, and the letters. */
static void show_keys(const struct vb_question *question)
{
    bool keeps = question->offered != NULL, required = question->ask.item->required;
    struct vb_buf line = { 0 };
    put_key(question, &line, keeps, VB_KEY_ENTER_KEEP);
    put_key(question, &line, !keeps && !required, VB_KEY_ENTER_SKIP);
    put_key(question, &line, keeps && !required, VB_KEY_SKIP);
    put_key(question, &line, question->changing, VB_KEY_OVERVIEW);
    put_key(question, &line, !question->changing && question->can_back, VB_KEY_BACK);
    put_key(question, &line, !question->changing, VB_KEY_STOP);
    put_key(question, &line, true, VB_KEY_HELP);
    vb_screen_text(&question->desk->screen, VB_DIM, 0, line.data);
    vb_buf_finish(&line);
}

/* Below the answers: what is wanted, or the special answers with the numbers that follow. */
static void show_below(const struct vb_question *question)
{
    const struct vb_term_kind *kind = vb_term_kind_of(question->ask.item->kind);
    struct vb_buf want = { 0 };
    if (kind->show != NULL || question->offered != NULL)
        vb_screen_gap(&question->desk->screen);
    if (!kind->typed) {
        show_specials(question, kind->count(question) + 1);
        return;
    }
    kind->want(question, &want);
    vb_screen_text(&question->desk->screen, VB_PLAIN, 0, want.data);
    vb_buf_finish(&want);
}

static void show_question(const struct vb_question *question)
{
    const struct vb_term_kind *kind = vb_term_kind_of(question->ask.item->kind);
    struct vb_screen *screen = &question->desk->screen;
    if (question->about)
        vb_desk_say(question->desk, VB_DIM, 0, VB_SAY_ABOUT, question->naming.member);
    vb_screen_text(screen, VB_BOLD, 0, vb_question_wording(question));
    vb_screen_gap(screen);
    if (kind->show != NULL)
        kind->show(question);
    show_offered(question);
    show_below(question);
    show_keys(question);
}

/* What comes before it: its number, the introduction of a scale that begins, messages. */
static void show_lead(const struct vb_question *question, struct vb_session *session)
{
    const struct vb_view *view = vb_session_view(session);
    const struct vb_item *item = question->ask.item;
    const struct vb_plan *plan = question->ask.plan;
    struct vb_screen *screen = &question->desk->screen;
    int count;
    const struct vb_place *path = vb_fold_path(vb_session_fold(session), &count);
    int last_scale = count == 0 ? -1 : plan->items[path[count - 1].item].scale;
    char number[16];
    snprintf(number, sizeof number, "%d", count + 1);
    vb_desk_say(question->desk, VB_DIM, 0, VB_SAY_QUESTION, number);
    vb_screen_gap(screen);
    for (int i = 0; i < view->say_count; i++)
        vb_screen_text(screen, VB_PLAIN, 0, vb_question_fill(question, view->says[i]));
    if (item->scale >= 0 && item->scale != last_scale && plan->scales[item->scale].intro != NULL)
        vb_screen_text(screen, VB_PLAIN, 0,
                       vb_question_text(question, plan->scales[item->scale].intro));
    if (item->intro != NULL)
        vb_screen_text(screen, VB_PLAIN, 0, vb_question_text(question, item->intro));
}

static void explain(const struct vb_question *question)
{
    struct vb_screen *screen = &question->desk->screen;
    vb_screen_gap(screen);
    if (question->ask.item->help != NULL)
        vb_screen_text(screen, VB_PLAIN, 0, vb_question_text(question, question->ask.item->help));
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_SAY_EXPLAIN, NULL);
}

/* -- what was typed --------------------------------------------------------------------------- */

enum outcome { OUTCOME_VALUE, OUTCOME_BACK, OUTCOME_STOP, OUTCOME_AGAIN, OUTCOME_REDRAW };

static void say_refusal(const struct vb_question *question, enum vb_refusal refusal)
{
    struct vb_buf text = { 0 };
    vb_buf_puts(&text, vb_phrase_refusal(question->tongue, refusal));
    if (refusal != VB_REFUSED_REQUIRED && refusal != VB_REFUSED_FILE) {
        vb_buf_putc(&text, ' ');
        vb_term_kind_of(question->ask.item->kind)->want(question, &text);
    }
    vb_screen_text(&question->desk->screen, VB_PLAIN, 0, text.data);
    vb_buf_finish(&text);
}

static enum outcome take_missing(const struct vb_question *question, enum vb_missing reason,
                                 struct vb_value *out)
{
    *out = vb_value_missing(reason);
    enum vb_refusal refusal = vb_kind_check(&question->ask, out);
    if (refusal == VB_ACCEPTED)
        return OUTCOME_VALUE;
    say_refusal(question, refusal);
    return OUTCOME_AGAIN;
}

static enum vb_code ask_stop(const struct vb_question *question, enum outcome *outcome,
                             struct vb_err *err)
{
    int chosen = 2;
    enum vb_code code = vb_desk_choose(
        question->desk, vb_phrase(question->tongue, VB_SAY_STOP_SURE), NULL, &chosen, err);
    *outcome = chosen == 1 ? OUTCOME_STOP : OUTCOME_REDRAW;
    return code;
}

static enum vb_code obey(const struct vb_question *question, enum vb_command command,
                         struct vb_value *out, enum outcome *outcome, struct vb_err *err)
{
    *outcome = OUTCOME_AGAIN;
    switch (command) {
    case VB_COMMAND_DONT_KNOW:
        *outcome = take_missing(question, VB_MISSING_DONT_KNOW, out);
        return VB_OK;
    case VB_COMMAND_RATHER_NOT:
        *outcome = take_missing(question, VB_MISSING_RATHER_NOT_SAY, out);
        return VB_OK;
    case VB_COMMAND_SKIP:
        *outcome = take_missing(question, VB_MISSING_SKIPPED, out);
        return VB_OK;
    case VB_COMMAND_BACK:
        if (question->can_back || question->changing)
            *outcome = OUTCOME_BACK;
        else
            vb_desk_say(question->desk, VB_PLAIN, 0, VB_SAY_NO_BACK, NULL);
        return VB_OK;
    case VB_COMMAND_STOP:
        return ask_stop(question, outcome, err);
    default:
        return VB_OK;
    }
}

/* "?": the help; where numbers are answers, the special answers stand here under numbers. */
static enum vb_code show_menu(const struct vb_question *question, struct vb_value *out,
                              enum outcome *outcome, struct vb_err *err)
{
    const char *line;
    explain(question);
    *outcome = OUTCOME_AGAIN;
    if (!vb_term_kind_of(question->ask.item->kind)->typed)
        return VB_OK;
    vb_screen_gap(&question->desk->screen);
    show_specials(question, 1);
    vb_desk_say(question->desk, VB_DIM, 0, VB_SAY_MENU, NULL);
    enum vb_code code = vb_desk_line(question->desk, question->arena, &line, err);
    if (code != VB_OK)
        return code;
    enum vb_command command = line == NULL ? VB_COMMAND_NONE : special_at(question, 1, line);
    if (command == VB_COMMAND_NONE && line != NULL)
        command = vb_command_read(question->tongue, line);
    if (command != VB_COMMAND_NONE && command != VB_COMMAND_HELP)
        return obey(question, command, out, outcome, err);
    *outcome = OUTCOME_REDRAW;
    return VB_OK;
}

static enum vb_code take_value(const struct vb_question *question, struct vb_session *session,
                               const char *line, struct vb_value *out, enum outcome *outcome,
                               struct vb_err *err)
{
    cJSON *json = NULL;
    enum vb_refusal refusal = VB_REFUSED_TYPE;
    struct vb_err why;
    enum vb_code code = vb_term_kind_of(question->ask.item->kind)->read(question, line, &json, err);
    if (code == VB_OK && json != NULL)
        code = vb_term_walk_value(session, &question->ask, json, ".", question->arena, out,
                                  &refusal, &why, err);
    cJSON_Delete(json);
    if (code != VB_OK)
        return code;
    *outcome = refusal == VB_ACCEPTED ? OUTCOME_VALUE : OUTCOME_AGAIN;
    if (refusal != VB_ACCEPTED)
        say_refusal(question, refusal);
    return VB_OK;
}

static enum vb_code take_line(const struct vb_question *question, struct vb_session *session,
                              const char *line, struct vb_value *out, enum outcome *outcome,
                              struct vb_err *err)
{
    const struct vb_term_kind *kind = vb_term_kind_of(question->ask.item->kind);
    *outcome = OUTCOME_AGAIN;
    if (line == NULL) {
        say_refusal(question, VB_REFUSED_UTF8);
        return VB_OK;
    }
    if (line[0] == '\0' && question->offered != NULL) {
        *out = vb_value_copy(question->arena, question->offered);
        *outcome = OUTCOME_VALUE;
        return VB_OK;
    }
    enum vb_command command =
        line[0] == '\0' ? VB_COMMAND_SKIP : vb_command_read(question->tongue, line);
    if (command == VB_COMMAND_NONE && !kind->typed)
        command = special_at(question, kind->count(question) + 1, line);
    if (command == VB_COMMAND_HELP)
        return show_menu(question, out, outcome, err);
    if (command != VB_COMMAND_NONE)
        return obey(question, command, out, outcome, err);
    return take_value(question, session, line, out, outcome, err);
}

enum vb_code vb_ask_question(const struct vb_question *question, struct vb_session *session,
                             struct vb_keyboard *keyboard, struct vb_value *out,
                             enum vb_reply *reply, struct vb_err *err)
{
    enum outcome outcome = OUTCOME_REDRAW;
    while (outcome == OUTCOME_REDRAW || outcome == OUTCOME_AGAIN) {
        const char *line;
        if (outcome == OUTCOME_REDRAW) {
            vb_screen_next(&question->desk->screen);
            if (!question->changing)
                show_lead(question, session);
            show_question(question);
        }
        if (keyboard->notice.len > 0)
            vb_screen_text(&question->desk->screen, VB_PLAIN, 0, keyboard->notice.data);
        vb_buf_clear(&keyboard->notice);
        enum vb_code code = vb_desk_line(question->desk, question->arena, &line, err);
        if (code == VB_OK)
            code = take_line(question, session, line, out, &outcome, err);
        if (code != VB_OK)
            return code;
    }
    *reply = outcome == OUTCOME_VALUE  ? VB_REPLY_VALUE
             : outcome == OUTCOME_BACK ? VB_REPLY_BACK
                                       : VB_REPLY_STOP;
    return VB_OK;
}

/* -- the input -------------------------------------------------------------------------------- */

static enum vb_code at_item(struct vb_keyboard *keyboard, struct vb_session *session,
                            struct vb_arena *arena, struct vb_action *out, struct vb_err *err)
{
    const struct vb_view *view = vb_session_view(session);
    struct vb_question question;
    enum vb_reply reply;
    vb_keyboard_question(keyboard, session, view->item->index, view->member, arena, &question);
    question.offered = view->offered;
    question.can_back = view->can_back;
    enum vb_code code = vb_ask_question(&question, session, keyboard, &out->value, &reply, err);
    if (code != VB_OK)
        return code;
    out->item = view->item->index;
    out->member = view->member;
    out->kind = reply == VB_REPLY_VALUE  ? VB_DO_ANSWER
                : reply == VB_REPLY_BACK ? VB_DO_BACK
                                         : VB_DO_STOP;
    return VB_OK;
}

static enum vb_code next_action(void *ctx, struct vb_session *session, struct vb_arena *arena,
                                struct vb_action *out, struct vb_err *err)
{
    struct vb_keyboard *keyboard = ctx;
    if (vb_session_view(session)->at == VB_AT_ITEM)
        return at_item(keyboard, session, arena, out, err);
    return vb_overview_next(keyboard, session, arena, out, err);
}

static enum vb_code on_refused(void *ctx, struct vb_session *session,
                               const struct vb_action *action, enum vb_refusal refusal,
                               const struct vb_err *why, struct vb_err *err)
{
    struct vb_keyboard *keyboard = ctx;
    (void)session;
    (void)action;
    (void)why;
    (void)err;
    vb_buf_clear(&keyboard->notice);
    vb_buf_puts(&keyboard->notice, vb_phrase_refusal(keyboard->desk->tongue, refusal));
    return VB_OK;
}

struct vb_term_input vb_keyboard_input(struct vb_keyboard *keyboard)
{
    return (struct vb_term_input){ .ctx = keyboard, .next = next_action, .refused = on_refused };
}
