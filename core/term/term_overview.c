/* term_overview.c - at the own answers: change them, hold some back, and the question whether the
 * others may see them. term_list.c shows them. */
#include <ctype.h>
#include <strings.h>

#include "base/str.h"
#include "session/before.h"
#include "session/shown.h"
#include "term/term_ask.h"

static bool together(const struct vb_session *session)
{
    return vb_fold_opened(vb_session_fold(session))->person == NULL;
}

/* -- changing and holding back ---------------------------------------------------------------- */

static enum vb_code change(struct vb_keyboard *keyboard, struct vb_session *session,
                           struct vb_place place, struct vb_arena *arena, struct vb_action *out,
                           bool *decided, struct vb_err *err)
{
    const struct vb_value *now = vb_list_value(keyboard, session, place.item, place.member);
    struct vb_question question;
    enum vb_reply reply = VB_REPLY_BACK;
    vb_keyboard_question(keyboard, session, place.item, place.member, arena, &question);
    question.changing = true;
    question.offered = now;
    enum vb_code code = vb_ask_question(&question, session, keyboard, &out->value, &reply, err);
    *out = (struct vb_action){
        .kind = reply == VB_REPLY_STOP ? VB_DO_STOP : VB_DO_CHANGE,
        .value = out->value,
        .item = place.item,
        .member = place.member,
    };
    *decided = code == VB_OK && reply != VB_REPLY_BACK &&
               (reply == VB_REPLY_STOP || !vb_value_equal(&out->value, now));
    return code;
}

/* What stands under a number of the list. */
static enum vb_code change_number(struct vb_keyboard *keyboard, struct vb_session *session,
                                  const struct vb_list *list, int number, struct vb_arena *arena,
                                  struct vb_action *out, bool *decided, struct vb_err *err)
{
    int count;
    const struct vb_place *path = vb_fold_path(vb_session_fold(session), &count);
    if (number <= list->last_count)
        return vb_ask_last_again(keyboard, session, list->last, number - 1, arena, out, decided,
                                 err);
    return change(keyboard, session, path[number - 1 - list->last_count], arena, out, decided, err);
}

/* "v 3", "hold 3": the number, 0 when the line is something else. */
static int64_t hold_number(const char *line)
{
    static const char *const words[] = { "hold", "houd", "h", "v" };
    int64_t number;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t len = strlen(words[i]);
        if (strncasecmp(line, words[i], len) != 0)
            continue;
        const char *rest = line + len;
        while (*rest == ' ')
            rest++;
        if (vb_read_int(rest, &number) && number > 0)
            return number;
    }
    return 0;
}

/* -- shared or not -------------------------------------------------------------------------- */

static enum vb_code ask_private(struct vb_keyboard *keyboard, struct vb_session *session,
                                struct vb_arena *arena, struct vb_sharing *sharing,
                                struct vb_err *err)
{
    const struct vb_plan *plan = keyboard->plan;
    const struct vb_opened *opened = vb_fold_opened(vb_session_fold(session));
    const char **yes = vb_arena_alloc(arena, ((size_t)plan->scale_count + 1) * sizeof *yes);
    enum vb_code code = VB_OK;
    sharing->private_yes = yes;
    for (int i = 0; i < plan->scale_count && code == VB_OK; i++) {
        struct vb_buf text = { 0 };
        bool allowed;
        if (!vb_shown_asks_private(session, i))
            continue;
        const char *title =
            plan->scales[i].title.by_language[vb_plan_language(plan, opened->language)];
        vb_phrase_write(&text, keyboard->desk->tongue, VB_ASK_PRIVATE, title);
        code = vb_desk_confirm(keyboard->desk, text.data, false, &allowed, err);
        if (allowed)
            yes[sharing->private_count++] = plan->scales[i].id;
        vb_buf_finish(&text);
    }
    return code;
}

/* What was shared with an earlier worker: asked of who shared it, each time, and no unless said. */
static enum vb_code ask_earlier(struct vb_keyboard *keyboard, const struct vb_session *session,
                                struct vb_sharing *sharing, struct vb_err *err)
{
    struct vb_before before;
    bool yes;
    enum vb_code code = vb_before_look(keyboard->round, session, 0, &before, err);
    if (code != VB_OK || !before.asks)
        return code;
    code = vb_desk_confirm(keyboard->desk, vb_phrase(keyboard->desk->tongue, VB_ASK_EARLIER), true,
                           &yes, err);
    if (code == VB_OK)
        sharing->earlier = yes ? VB_WORD_YES : VB_WORD_NO;
    return code;
}

/* The yes to one of them: as it is given now where it is asked for, else as it was given before. */
static enum vb_code ask_purpose(struct vb_keyboard *keyboard, const char *purpose, bool asked,
                                enum vb_phrase phrase, const struct vb_sharing *before,
                                const char **yes, int *count, struct vb_err *err)
{
    bool given = false;
    enum vb_code code = VB_OK;
    for (int i = 0; i < before->purpose_count; i++)
        given |= vb_streq(before->purposes[i], purpose);
    if (asked)
        code = vb_desk_confirm(keyboard->desk, vb_phrase(keyboard->desk->tongue, phrase), false,
                               &given, err);
    if (code == VB_OK && given)
        yes[(*count)++] = purpose;
    return code;
}

static enum vb_code ask_purposes(struct vb_keyboard *keyboard, struct vb_arena *arena,
                                 struct vb_sharing *sharing, struct vb_err *err)
{
    const char **yes = vb_arena_alloc(arena, 2 * sizeof *yes);
    int count = 0;
    enum vb_code code = ask_purpose(keyboard, "dossier", keyboard->ask_dossier, VB_ASK_DOSSIER,
                                    sharing, yes, &count, err);
    if (code == VB_OK)
        code = ask_purpose(keyboard, "research", keyboard->ask_research, VB_ASK_RESEARCH, sharing,
                           yes, &count, err);
    sharing->purposes = yes;
    sharing->purpose_count = count;
    return code;
}

static enum vb_code refuse_sharing(struct vb_keyboard *keyboard, struct vb_action *out,
                                   bool *decided, struct vb_err *err)
{
    out->kind = VB_DO_STOP;
    return vb_desk_confirm(keyboard->desk,
                           vb_phrase(keyboard->desk->tongue, VB_SAY_NOT_SHARED_SURE), true, decided,
                           err);
}

/* Several others, or one? */
static bool several_others(const struct vb_plan *plan)
{
    bool several = plan->role_count > 2 || plan->roster_max > 0;
    for (int i = 0; i < plan->role_count; i++)
        several |= plan->roles[i].max > 1;
    return several;
}

/* The one who would see the answers, as a slot or in words; NULL when there are several. */
static const char *reader_of(const struct vb_plan *plan, int own, enum vb_tongue tongue)
{
    const char *other = "professional";
    if (several_others(plan))
        return NULL;
    if (plan->role_count == 2)
        other = plan->roles[own == 0 ? 1 : 0].name;
    else if (vb_streq(plan->roles[0].name, other))
        return NULL;
    if (vb_streq(other, "professional"))
        return "{professional}";
    return vb_streq(other, "client") ? "{client}" : vb_phrase_role(tongue, other);
}

static enum vb_code ask_sharing(struct vb_keyboard *keyboard, struct vb_session *session,
                                struct vb_arena *arena, int *chosen, struct vb_err *err)
{
    enum vb_tongue tongue = keyboard->desk->tongue;
    struct vb_choices choices = { { vb_phrase(tongue, VB_SAY_YES),
                                    vb_phrase(tongue, VB_SAY_NO_THEN_STOP),
                                    vb_phrase(tongue, VB_SAY_SHARE_BACK) } };
    struct vb_buf text = { 0 };
    struct vb_question names;
    const char *reader = reader_of(keyboard->plan, vb_fold_role(vb_session_fold(session)), tongue);
    vb_phrase_write(&text, tongue, reader == NULL ? VB_ASK_SHARE_ALL : VB_ASK_SHARE, reader);
    vb_keyboard_names(keyboard, session, arena, &names);
    vb_desk_settle(keyboard->desk);
    vb_screen_next(&keyboard->desk->screen);
    enum vb_code code =
        vb_desk_choose(keyboard->desk, vb_question_fill(&names, text.data), &choices, chosen, err);
    vb_buf_finish(&text);
    return code;
}

/* What was shared stands, so the question is another one: nothing happens without a choice. */
static enum vb_code ask_again(struct vb_keyboard *keyboard, int *chosen, struct vb_err *err)
{
    enum vb_tongue tongue = keyboard->desk->tongue;
    struct vb_choices choices = {
        { vb_phrase(tongue, VB_SAY_SHARE_LIKE_THIS), vb_phrase(tongue, VB_SAY_LEAVE_AS_IT_WAS),
          vb_phrase(tongue, VB_SAY_SHARE_BACK), vb_phrase(tongue, VB_SAY_TAKE_BACK) }
    };
    vb_desk_settle(keyboard->desk);
    vb_screen_next(&keyboard->desk->screen);
    return vb_desk_choose(keyboard->desk, vb_phrase(tongue, VB_ASK_SHARE_AGAIN), &choices, chosen,
                          err);
}

/* The rest of what goes with a yes. */
static enum vb_code ask_how(struct vb_keyboard *keyboard, struct vb_session *session,
                            struct vb_arena *arena, struct vb_sharing *sharing, struct vb_err *err)
{
    enum vb_phrase alone = several_others(keyboard->plan) ? VB_ASK_ONE_SIDED_ALL : VB_ASK_ONE_SIDED;
    enum vb_code code = VB_OK;
    if (vb_shown_asks_one_sided(keyboard->plan))
        code = vb_desk_confirm(keyboard->desk, vb_phrase(keyboard->desk->tongue, alone), false,
                               &sharing->one_sided, err);
    if (code == VB_OK)
        code = ask_private(keyboard, session, arena, sharing, err);
    if (code == VB_OK)
        code = ask_earlier(keyboard, session, sharing, err);
    return code == VB_OK ? ask_purposes(keyboard, arena, sharing, err) : code;
}

static enum vb_code share_again(struct vb_keyboard *keyboard, struct vb_session *session,
                                struct vb_arena *arena, struct vb_action *out, bool *decided,
                                struct vb_err *err)
{
    enum { AGAIN = 1, AS_IT_WAS, BACK, TAKE_BACK };
    const struct vb_sharing *before = vb_fold_sharing(vb_session_fold(session));
    int chosen;
    *out = (struct vb_action){ .kind = VB_DO_STOP, .item = -1, .member = -1 };
    enum vb_code code = ask_again(keyboard, &chosen, err);
    *decided = code == VB_OK && chosen == AS_IT_WAS;
    if (code != VB_OK || chosen == BACK || *decided)
        return code;
    if (chosen == TAKE_BACK) {
        enum vb_phrase sure = VB_SAY_TAKE_BACK_SURE;
        code = vb_desk_confirm(keyboard->desk, vb_phrase(keyboard->desk->tongue, sure), true,
                               decided, err);
        keyboard->takes_back = *decided;
        return code;
    }
    out->kind = VB_DO_SHARE;
    out->sharing.purposes = before->purposes;
    out->sharing.purpose_count = before->purpose_count;
    code = ask_how(keyboard, session, arena, &out->sharing, err);
    *decided = code == VB_OK;
    return code;
}

static enum vb_code share(struct vb_keyboard *keyboard, struct vb_session *session,
                          struct vb_arena *arena, struct vb_action *out, bool *decided,
                          struct vb_err *err)
{
    int chosen = 1;
    if (vb_session_view(session)->stands)
        return share_again(keyboard, session, arena, out, decided, err);
    *out = (struct vb_action){ .kind = VB_DO_SHARE, .item = -1, .member = -1 };
    *decided = together(session);
    if (*decided)
        return VB_OK;
    enum vb_code code = ask_sharing(keyboard, session, arena, &chosen, err);
    if (code != VB_OK || chosen == 3)
        return code;
    if (chosen == 2)
        return refuse_sharing(keyboard, out, decided, err);
    code = ask_how(keyboard, session, arena, &out->sharing, err);
    *decided = code == VB_OK;
    return code;
}

/* -- the step --------------------------------------------------------------------------------- */

static enum vb_code stop(struct vb_keyboard *keyboard, struct vb_session *session,
                         struct vb_action *out, bool *decided, struct vb_err *err)
{
    enum vb_phrase sure = vb_session_view(session)->stands ? VB_SAY_LEAVE_SURE : VB_SAY_STOP_SURE;
    out->kind = VB_DO_STOP;
    return vb_desk_confirm(keyboard->desk, vb_phrase(keyboard->desk->tongue, sure), true, decided,
                           err);
}

static void notice(struct vb_keyboard *keyboard, enum vb_phrase phrase, int number)
{
    char text[16];
    snprintf(text, sizeof text, "%d", number);
    vb_buf_clear(&keyboard->notice);
    vb_phrase_write(&keyboard->notice, keyboard->desk->tongue, phrase, text);
}

/* The answer under a number of the list. */
static void hold(struct vb_keyboard *keyboard, const struct vb_fold *fold,
                 const struct vb_list *list, int number, struct vb_action *out)
{
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    *out = (struct vb_action){ .kind = VB_DO_HOLD, .item = -1, .member = -1 };
    if (number <= list->last_count) {
        out->agreement = number - 1;
        out->on = !vb_fold_followed_held(fold, out->agreement);
    } else {
        const struct vb_place *place = &path[number - 1 - list->last_count];
        out->item = place->item;
        out->member = place->member;
        out->on = !vb_fold_held(fold, place->item, place->member);
    }
    keyboard->answer = number - 1;
    notice(keyboard, out->on ? VB_SAY_NOW_HELD : VB_SAY_NOW_LET_GO, number);
}

static enum vb_code explain(struct vb_keyboard *keyboard, struct vb_session *session,
                            struct vb_arena *arena, struct vb_err *err)
{
    const char *line;
    enum vb_phrase help =
        vb_session_view(session)->stands ? VB_SAY_CORRECT_HELP : VB_SAY_OVERVIEW_HELP;
    vb_screen_gap(&keyboard->desk->screen);
    vb_desk_say(keyboard->desk, VB_PLAIN, 0, help, NULL);
    vb_desk_say(keyboard->desk, VB_PLAIN, 0, VB_KEY_ENTER_LIST, NULL);
    return vb_desk_line(keyboard->desk, arena, &line, err);
}

/* Enter turns the page, and is ready at the end: nothing is shared that was not shown. */
static enum vb_code take_line(struct vb_keyboard *keyboard, struct vb_session *session,
                              const struct vb_list *list, const char *line, struct vb_arena *arena,
                              struct vb_action *out, bool *decided, struct vb_err *err)
{
    const struct vb_fold *fold = vb_session_fold(session);
    int count = list->count;
    int64_t number = 0, held = line == NULL ? 0 : hold_number(line);
    enum vb_command command =
        line == NULL ? VB_COMMAND_NONE : vb_command_read(keyboard->desk->tongue, line);
    bool enter = line != NULL && line[0] == '\0';
    if (enter && list->next < count) {
        keyboard->answer = list->next;
        return VB_OK;
    }
    if (command == VB_COMMAND_BACK && list->first > 0) {
        keyboard->answer = list->first - 1;
        return VB_OK;
    }
    if (enter ||
        (line != NULL && (strcasecmp(line, "klaar") == 0 || strcasecmp(line, "ready") == 0)))
        return share(keyboard, session, arena, out, decided, err);
    if (command == VB_COMMAND_STOP)
        return stop(keyboard, session, out, decided, err);
    if (command == VB_COMMAND_HELP)
        return explain(keyboard, session, arena, err);
    *decided = held >= 1 && held <= count;
    if (*decided) {
        hold(keyboard, fold, list, (int)held, out);
        return VB_OK;
    }
    if (line != NULL && vb_read_int(line, &number) && number >= 1 && number <= count) {
        keyboard->answer = (int)number - 1;
        return change_number(keyboard, session, list, (int)number, arena, out, decided, err);
    }
    notice(keyboard, VB_SAY_NO_SUCH_NUMBER, count);
    return VB_OK;
}

enum vb_code vb_overview_next(struct vb_keyboard *keyboard, struct vb_session *session,
                              struct vb_arena *arena, struct vb_action *out, struct vb_err *err)
{
    bool decided = false;
    enum vb_code code = VB_OK;
    while (code == VB_OK && !decided) {
        const char *line;
        struct vb_list list;
        code = vb_list_show(keyboard, session, arena, &list, err);
        vb_buf_clear(&keyboard->notice);
        if (code == VB_OK)
            code = vb_desk_line(keyboard->desk, arena, &line, err);
        if (code == VB_OK)
            code = take_line(keyboard, session, &list, line, arena, out, &decided, err);
    }
    return code;
}
