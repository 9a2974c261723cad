/* term_show.c - a question on the screen: its number, what comes before it, the words, the answers,
 * the keys. */
#include "base/str.h"
#include "session/asked.h"
#include "term/term_ask.h"

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

enum vb_command vb_special_at(const struct vb_question *question, int first, const char *line)
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
    const char *parts[SPECIALS_MAX];
    int count = specials_of(question, specials);
    for (int i = 0; i < count; i++)
        parts[i] = vb_arena_printf(question->arena, "%d %s", first + i,
                                   vb_phrase(question->tongue, specials[i].phrase));
    vb_screen_parts(&question->desk->screen, 2, parts, count);
}

/* -- on the screen ---------------------------------------------------------------------------- */

static void show_offered(const struct vb_question *question)
{
    const struct vb_value *offered = question->offered;
    struct vb_buf value = { 0 };
    if (offered == NULL)
        return;
    vb_screen_gap(&question->desk->screen);
    if (offered->type == VB_VALUE_MISSING && offered->number == VB_MISSING_SKIPPED) {
        vb_desk_say(question->desk, VB_PLAIN, 0, VB_SAY_WAS_SKIPPED, NULL);
        return;
    }
    vb_question_say(question, offered, &value);
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_SAY_OFFERED, value.data == NULL ? "" : value.data);
    vb_buf_finish(&value);
}

/* What Enter does here, and the letters. */
static void show_keys(const struct vb_question *question)
{
    bool keeps = question->offered != NULL, required = question->ask.item->required;
    const struct {
        bool when;
        enum vb_phrase phrase;
    } keys[] = {
        { keeps, VB_KEY_ENTER_KEEP },
        { !keeps && !required, VB_KEY_ENTER_SKIP },
        { keeps && !required, VB_KEY_SKIP },
        { question->changing, VB_KEY_OVERVIEW },
        { !question->changing && question->can_back, VB_KEY_BACK },
        { !question->changing, VB_KEY_STOP },
        { true, VB_KEY_HELP },
    };
    enum { MOST = sizeof keys / sizeof keys[0] };
    const char *parts[MOST];
    int count = 0;
    for (int i = 0; i < MOST; i++)
        if (keys[i].when)
            parts[count++] = vb_phrase(question->tongue, keys[i].phrase);
    vb_screen_parts(&question->desk->screen, 0, parts, count);
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

void vb_show_question(const struct vb_question *question)
{
    const struct vb_term_kind *kind = vb_term_kind_of(question->ask.item->kind);
    struct vb_screen *screen = &question->desk->screen;
    if (question->about)
        vb_desk_say(question->desk, VB_PLAIN, 0, VB_SAY_ABOUT, question->naming.member);
    vb_screen_text(screen, VB_BOLD, 0, vb_question_wording(question));
    if (question->ask.item->help != NULL)
        vb_screen_text(screen, VB_PLAIN, 0, vb_question_text(question, question->ask.item->help));
    vb_screen_gap(screen);
    if (kind->show != NULL)
        kind->show(question);
    show_offered(question);
    show_below(question);
    show_keys(question);
}

static void show_number(const struct vb_question *question, const struct vb_fold *fold, int number)
{
    int total = vb_asked_count(fold);
    const char *text = vb_arena_printf(question->arena, "%d", number);
    if (total >= number)
        text = vb_arena_printf(question->arena, "%d %s %d", number,
                               vb_phrase(question->tongue, VB_SAY_OUT_OF), total);
    vb_desk_say(question->desk, VB_DIM, 0, VB_SAY_QUESTION, text);
}

/* What comes before it: its number, the introduction of a scale that begins, messages. */
void vb_show_lead(const struct vb_question *question, struct vb_session *session)
{
    const struct vb_view *view = vb_session_view(session);
    const struct vb_item *item = question->ask.item;
    const struct vb_plan *plan = question->ask.plan;
    struct vb_screen *screen = &question->desk->screen;
    int count;
    if (question->lead != NULL) {
        vb_screen_text(screen, VB_DIM, 0, question->lead);
        vb_screen_gap(screen);
        return;
    }
    const struct vb_place *path = vb_fold_path(vb_session_fold(session), &count);
    int last_scale = count == 0 ? -1 : plan->items[path[count - 1].item].scale;
    show_number(question, vb_session_fold(session), count + 1);
    vb_screen_gap(screen);
    for (int i = 0; i < view->say_count; i++) {
        vb_screen_text(screen, VB_PLAIN, 0, vb_question_fill(question, view->says[i]));
        vb_screen_gap(screen);
    }
    if (item->scale >= 0 && item->scale != last_scale && plan->scales[item->scale].intro != NULL)
        vb_screen_text(screen, VB_PLAIN, 0,
                       vb_question_text(question, plan->scales[item->scale].intro));
    if (item->intro != NULL)
        vb_screen_text(screen, VB_PLAIN, 0, vb_question_text(question, item->intro));
}

void vb_show_help(const struct vb_question *question)
{
    const enum vb_tongue tongue = question->tongue;
    const char *const letters[] = {
        vb_phrase(tongue, VB_KEY_BACK),      vb_phrase(tongue, VB_KEY_SKIP),
        vb_phrase(tongue, VB_KEY_DONT_KNOW), vb_phrase(tongue, VB_KEY_RATHER_NOT),
        vb_phrase(tongue, VB_KEY_STOP),
    };
    struct vb_screen *screen = &question->desk->screen;
    vb_screen_gap(screen);
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_SAY_EXPLAIN, NULL);
    vb_screen_parts(screen, 2, letters, 5);
    if (!vb_term_kind_of(question->ask.item->kind)->typed)
        return;
    vb_screen_gap(screen);
    show_specials(question, 1);
}
