/* term_list.c - the own answers on the screen, in pages where the window is short. */
#include "base/str.h"
#include "session/shown.h"
#include "term/term_ask.h"

const struct vb_value *vb_list_value(const struct vb_keyboard *keyboard,
                                     const struct vb_session *session, int item, int member)
{
    const struct vb_plan *plan = keyboard->plan;
    return &vb_fold_values(
        vb_session_fold(session))[vb_plan_slot(plan, &plan->items[item], member)];
}

/* -- what stands on it
 * --------------------------------------------------------------------------------- */

/* What happens to it: held back, or of a scale that is not for everybody. */
static void put_mark(struct vb_buf *out, const struct vb_question *question, bool held)
{
    const struct vb_item *item = question->ask.item;
    bool worker = question->role >= 0 &&
                  vb_streq(question->ask.plan->roles[question->role].name, "professional");
    if (held)
        vb_buf_printf(out, " %s", vb_phrase(question->tongue, VB_SAY_HELD));
    else if (item->hidden == VB_PRIVATE_WORKER && !worker)
        vb_buf_printf(out, " %s", vb_phrase(question->tongue, VB_SAY_FOR_WORKER));
    else if (item->hidden != VB_PRIVATE_NONE)
        vb_buf_printf(out, " %s", vb_phrase(question->tongue, VB_SAY_FOR_NOBODY));
}

static void show_answer(struct vb_keyboard *keyboard, struct vb_session *session, int number,
                        struct vb_place place, struct vb_arena *arena)
{
    const struct vb_fold *fold = vb_session_fold(session);
    struct vb_question question;
    struct vb_buf answer = { 0 }, text = { 0 };
    vb_keyboard_question(keyboard, session, place.item, place.member, arena, &question);
    if (question.about)
        vb_buf_printf(&text, "%s: ", question.naming.member);
    vb_buf_puts(&text, vb_question_wording(&question));
    vb_screen_choice(&keyboard->desk->screen, number, text.data);
    vb_question_say(&question, vb_list_value(keyboard, session, place.item, place.member), &answer);
    put_mark(&answer, &question, vb_fold_held(fold, place.item, place.member));
    vb_screen_text(&keyboard->desk->screen, VB_BOLD, 6, answer.data == NULL ? "" : answer.data);
    vb_buf_finish(&answer);
    vb_buf_finish(&text);
}

static void show_agreement(struct vb_keyboard *keyboard, struct vb_session *session,
                           const struct vb_list *list, int agreement, struct vb_arena *arena)
{
    const struct vb_fold *fold = vb_session_fold(session);
    enum vb_tongue tongue = keyboard->desk->tongue;
    struct vb_buf text = { 0 }, answer = { 0 };
    vb_phrase_write(&text, tongue, VB_SAY_LAST_LINE,
                    vb_agreement_words(tongue, &list->last->agreements[agreement], arena));
    vb_screen_choice(&keyboard->desk->screen, agreement + 1, text.data);
    vb_buf_puts(&answer, vb_followed_words(tongue, vb_fold_followed(fold, agreement)));
    if (vb_fold_followed_held(fold, agreement))
        vb_buf_printf(&answer, " %s", vb_phrase(tongue, VB_SAY_HELD));
    vb_screen_text(&keyboard->desk->screen, VB_BOLD, 6, answer.data);
    vb_buf_finish(&text);
    vb_buf_finish(&answer);
}

/* Number at, from 0: an agreement of last time, or a step of the path. */
static void show_line(struct vb_keyboard *keyboard, struct vb_session *session,
                      const struct vb_list *list, int at, struct vb_arena *arena)
{
    int count;
    const struct vb_place *path = vb_fold_path(vb_session_fold(session), &count);
    if (at < list->last_count)
        show_agreement(keyboard, session, list, at, arena);
    else
        show_answer(keyboard, session, at + 1, path[at - list->last_count], arena);
}

/* Messages that stand after the last question. */
static void show_says(struct vb_keyboard *keyboard, struct vb_session *session,
                      struct vb_arena *arena)
{
    const struct vb_view *view = vb_session_view(session);
    struct vb_question question;
    if (view->say_count == 0)
        return;
    vb_keyboard_names(keyboard, session, arena, &question);
    for (int i = 0; i < view->say_count; i++)
        vb_screen_text(&keyboard->desk->screen, VB_PLAIN, 0,
                       vb_question_fill(&question, view->says[i]));
    vb_screen_gap(&keyboard->desk->screen);
}

static void show_head(struct vb_keyboard *keyboard, struct vb_session *session,
                      struct vb_arena *arena)
{
    show_says(keyboard, session, arena);
    vb_desk_say(keyboard->desk, VB_BOLD, 0, VB_SAY_OVERVIEW, NULL);
    vb_screen_gap(&keyboard->desk->screen);
}

static void show_foot(struct vb_keyboard *keyboard, bool first, bool last)
{
    struct vb_desk *desk = keyboard->desk;
    const char *parts[4];
    int count = 0;
    vb_screen_gap(&desk->screen);
    vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_OVERVIEW_KEYS, NULL);
    parts[count++] = vb_phrase(desk->tongue, last ? VB_KEY_ENTER_READY : VB_KEY_ENTER_MORE);
    if (!first)
        parts[count++] = vb_phrase(desk->tongue, VB_KEY_PAGE_BACK);
    parts[count++] = vb_phrase(desk->tongue, VB_KEY_STOP);
    parts[count++] = vb_phrase(desk->tongue, VB_KEY_HELP);
    vb_screen_parts(&desk->screen, 0, parts, count);
    if (keyboard->notice.len > 0)
        vb_screen_text(&desk->screen, VB_PLAIN, 0, keyboard->notice.data);
}

/* -- pages ------------------------------------------------------------------------------------ */

/* How many lines were written to captured since it was emptied; empties it. */
static int lines_of(struct vb_buf *captured)
{
    int lines = 0;
    for (size_t i = 0; i < captured->len; i++)
        lines += captured->data[i] == '\n';
    vb_buf_clear(captured);
    return lines;
}

/* The page that keyboard->answer stands on. */
static void find_page(struct vb_keyboard *keyboard, struct vb_session *session,
                      struct vb_arena *arena, struct vb_list *out)
{
    struct vb_screen *screen = &keyboard->desk->screen;
    struct vb_buf captured = { 0 };
    out->first = 0;
    out->next = out->count;
    if (screen->rows <= 0)
        return;
    screen->into = &captured;
    show_head(keyboard, session, arena);
    show_foot(keyboard, false, false);
    /* And the prompt; and room for a notice, so that a page does not move when one comes. */
    int room = screen->rows - lines_of(&captured) - 1 - (keyboard->notice.len == 0);
    int left = room;
    for (int i = 0; i < out->count; i++) {
        show_line(keyboard, session, out, i, arena);
        int lines = lines_of(&captured);
        if (lines > left && i > out->first) {
            if (i > keyboard->answer) {
                out->next = i;
                break;
            }
            out->first = i;
            left = room;
        }
        left -= lines;
    }
    screen->into = NULL;
    vb_buf_finish(&captured);
}

enum vb_code vb_list_show(struct vb_keyboard *keyboard, struct vb_session *session,
                          struct vb_arena *arena, struct vb_list *out, struct vb_err *err)
{
    *out = (struct vb_list){ 0 };
    vb_fold_path(vb_session_fold(session), &out->count);
    enum vb_code code = vb_shown_last(keyboard->round, session, arena, &out->last, err);
    if (code != VB_OK)
        return code;
    out->last_count = out->last == NULL ? 0 : out->last->agreement_count;
    out->count += out->last_count;
    vb_screen_next(&keyboard->desk->screen);
    find_page(keyboard, session, arena, out);
    show_head(keyboard, session, arena);
    for (int i = out->first; i < out->next; i++)
        show_line(keyboard, session, out, i, arena);
    show_foot(keyboard, out->first == 0, out->next == out->count);
    return VB_OK;
}
