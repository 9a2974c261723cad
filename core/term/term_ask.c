#include "term/term_ask.h"

#include <stdlib.h>

#include "base/str.h"
#include "session/asked.h"
#include "session/shown.h"

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

void vb_keyboard_names(struct vb_keyboard *keyboard, struct vb_session *session,
                       struct vb_arena *arena, struct vb_question *out)
{
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_opened *opened = vb_fold_opened(fold);
    *out = (struct vb_question){
        .desk = keyboard->desk,
        .ask = vb_asked_of(session, NULL),
        .tongue = keyboard->desk->tongue,
        .role = vb_fold_role(fold),
        .correcting = vb_session_view(session)->stands,
        .arena = arena,
    };
    out->naming = (struct vb_naming){
        .plan = keyboard->plan,
        .language = vb_plan_language(keyboard->plan, opened->language),
        .variant = keyboard->variant,
        .setting = keyboard->setting,
        .client = opened->client_name,
        .professional = opened->professional_name,
    };
}

void vb_keyboard_question(struct vb_keyboard *keyboard, struct vb_session *session, int item,
                          int member, struct vb_arena *arena, struct vb_question *out)
{
    const struct vb_fold *fold = vb_session_fold(session);
    vb_keyboard_names(keyboard, session, arena, out);
    out->ask.item = &keyboard->plan->items[item];
    out->about = member >= 0 && member != vb_fold_self(fold);
    out->naming.member = member_name(fold, member, out->tongue);
    out->by = vb_asked_way(fold, out->ask.item, member);
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

/* -- what was typed --------------------------------------------------------------------------- */

enum outcome { OUTCOME_VALUE, OUTCOME_BACK, OUTCOME_STOP, OUTCOME_AGAIN, OUTCOME_REDRAW };

/* too_many: of words or choices, which the kind's own sentence says best. */
static void say_refusal(const struct vb_question *question, enum vb_refusal refusal, bool too_many)
{
    struct vb_buf text = { 0 };
    if (!too_many)
        vb_buf_puts(&text, vb_phrase_refusal(question->tongue, refusal));
    if (refusal != VB_REFUSED_REQUIRED && refusal != VB_REFUSED_FILE) {
        vb_buf_puts(&text, text.len > 0 ? " " : "");
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
    say_refusal(question, refusal, false);
    return OUTCOME_AGAIN;
}

static enum vb_code ask_stop(const struct vb_question *question, enum outcome *outcome,
                             struct vb_err *err)
{
    bool yes;
    enum vb_phrase sure = question->correcting ? VB_SAY_LEAVE_SURE : VB_SAY_STOP_SURE;
    enum vb_code code =
        vb_desk_confirm(question->desk, vb_phrase(question->tongue, sure), true, &yes, err);
    *outcome = yes ? OUTCOME_STOP : OUTCOME_REDRAW;
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

static enum vb_code take_line(const struct vb_question *question, struct vb_session *session,
                              const char *line, struct vb_value *out, enum outcome *outcome,
                              struct vb_err *err);

/* "?": the help, and then the whole question again. Enter goes back and skips nothing; whoever
 * answers here at once is heard. */
static enum vb_code show_menu(const struct vb_question *question, struct vb_session *session,
                              struct vb_value *out, enum outcome *outcome, struct vb_err *err)
{
    bool typed = vb_term_kind_of(question->ask.item->kind)->typed;
    const char *line;
    vb_show_help(question);
    vb_desk_say(question->desk, VB_PLAIN, 0, typed ? VB_SAY_MENU : VB_KEY_ENTER_BACK, NULL);
    *outcome = OUTCOME_REDRAW;
    enum vb_code code = vb_desk_line(question->desk, question->arena, &line, err);
    if (code != VB_OK || line == NULL || line[0] == '\0' ||
        vb_command_read(question->tongue, line) == VB_COMMAND_HELP)
        return code;
    enum vb_command command = typed ? vb_special_at(question, 1, line) : VB_COMMAND_NONE;
    if (command != VB_COMMAND_NONE)
        return obey(question, command, out, outcome, err);
    return take_line(question, session, line, out, outcome, err);
}

static void say_want(const struct vb_question *question)
{
    struct vb_buf want = { 0 };
    vb_term_kind_of(question->ask.item->kind)->want(question, &want);
    vb_screen_gap(&question->desk->screen);
    vb_screen_text(&question->desk->screen, VB_PLAIN, 0, want.data);
    vb_buf_finish(&want);
}

static enum vb_code take_value(const struct vb_question *question, struct vb_session *session,
                               const char *line, struct vb_value *out, enum outcome *outcome,
                               struct vb_err *err)
{
    cJSON *json = NULL;
    enum vb_refusal refusal = VB_REFUSED_TYPE;
    struct vb_err why;
    enum vb_code code = vb_term_kind_of(question->ask.item->kind)->read(question, line, &json, err);
    bool again = cJSON_IsNull(json);
    if (again)
        say_want(question);
    if (code == VB_OK && json != NULL && !again)
        code = vb_asked_value(session, &question->ask, json, ".", question->arena, out, &refusal,
                              &why, err);
    bool too_many = refusal == VB_REFUSED_LONG && cJSON_IsArray(json) &&
                    question->ask.item->max > 0 &&
                    cJSON_GetArraySize(json) > question->ask.item->max;
    cJSON_Delete(json);
    if (code != VB_OK)
        return code;
    *outcome = refusal == VB_ACCEPTED ? OUTCOME_VALUE : OUTCOME_AGAIN;
    if (refusal != VB_ACCEPTED && !again)
        say_refusal(question, refusal, too_many);
    return VB_OK;
}

static enum vb_code take_line(const struct vb_question *question, struct vb_session *session,
                              const char *line, struct vb_value *out, enum outcome *outcome,
                              struct vb_err *err)
{
    const struct vb_term_kind *kind = vb_term_kind_of(question->ask.item->kind);
    *outcome = OUTCOME_AGAIN;
    if (line == NULL) {
        say_refusal(question, VB_REFUSED_UTF8, false);
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
        command = vb_special_at(question, kind->count(question) + 1, line);
    if (command == VB_COMMAND_HELP)
        return show_menu(question, session, out, outcome, err);
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
                vb_show_lead(question, session);
            vb_show_question(question);
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
    enum vb_code code = vb_shown_can_back(keyboard->round, session, arena, &question.can_back, err);
    if (code == VB_OK)
        code = vb_ask_question(&question, session, keyboard, &out->value, &reply, err);
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
    if (keyboard->leaving) {
        out->kind = VB_DO_STOP;
        return VB_OK;
    }
    if (vb_session_view(session)->at == VB_AT_LAST)
        return vb_ask_last(keyboard, session, arena, out, err);
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
