#include "term/term_opening.h"

#include <string.h>

#include "session/opening.h"

/* -- what stands on it ------------------------------------------------------------------------- */

void vb_opening_names(const struct vb_run *run, struct vb_session *session,
                      struct vb_naming *naming)
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

static void write_invitation(struct vb_run *run, const struct vb_naming *naming,
                             const struct vb_due *due)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_buf text = { 0 };
    if (!vb_round_is_counted_only(run->plan, due->role))
        return;
    vb_opening_invite(&text, naming, vb_round_campaign_day(run->round));
    vb_screen_text(&desk->screen, VB_PLAIN, 0, text.len == 0 ? "" : text.data);
    vb_screen_gap(&desk->screen);
    vb_buf_finish(&text);
}

static void write_opening(struct vb_run *run, struct vb_session *session, const struct vb_due *due)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_naming naming;
    struct vb_buf text = { 0 };
    bool missing = false;
    vb_opening_names(run, session, &naming);
    vb_text_fill(&text, &naming, run->plan->title.by_language[naming.language]);
    if (naming.variant >= 0) {
        vb_buf_puts(&text, " · ");
        vb_buf_puts(&text, run->plan->variants[naming.variant].title.by_language[naming.language]);
    }
    vb_screen_text(&desk->screen, VB_BOLD, 0, text.len == 0 ? "" : text.data);
    vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_FOR, vb_people_name(desk->tongue, due));
    vb_screen_gap(&desk->screen);
    write_invitation(run, &naming, due);
    vb_buf_clear(&text);
    vb_opening_write(&text, &naming, due->role, run->term->options.reporting, &missing);
    vb_screen_text(&desk->screen, VB_PLAIN, 0, text.len == 0 ? "" : text.data);
    if (run->plan->status[naming.language] == VB_DRAFT)
        vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_DRAFT, NULL);
    vb_buf_finish(&text);
}

/* -- pages ------------------------------------------------------------------------------------- */

enum { BELOW = 4, FEWEST = 5 }; /* a gap, the keys on two lines, the prompt; lines of a page */

/* Where the page that begins at text ends: between two paragraphs where that can be, with the whole
 * rest where that fits. */
static const char *page_end(const char *text, int rows)
{
    int room = rows - BELOW < FEWEST ? FEWEST : rows - BELOW, lines = 0;
    const char *at = text, *paragraph = NULL;
    if (rows <= 0)
        return text + strlen(text);
    while (*at != '\0') {
        if (lines == room)
            return paragraph != NULL ? paragraph : at;
        if (*at == '\n' && lines > 0)
            paragraph = at;
        at += strcspn(at, "\n");
        at += *at == '\n';
        lines++;
    }
    return at;
}

/* Enter goes on; stopping is allowed before the first question too. */
static enum vb_code go_on_or_stop(struct vb_desk *desk, enum vb_phrase enter, bool *stop,
                                  struct vb_err *err)
{
    const char *const keys[] = { vb_phrase(desk->tongue, enter),
                                 vb_phrase(desk->tongue, VB_KEY_STOP) };
    struct vb_arena arena = { 0 };
    const char *line = NULL;
    enum vb_code code = VB_OK;
    while (code == VB_OK && !*stop && (line == NULL || line[0] != '\0')) {
        vb_screen_gap(&desk->screen);
        vb_screen_parts(&desk->screen, 0, keys, 2);
        code = vb_desk_line(desk, &arena, &line, err);
        if (code != VB_OK || line == NULL || line[0] == '\0')
            continue;
        if (vb_command_read(desk->tongue, line) == VB_COMMAND_STOP)
            code =
                vb_desk_confirm(desk, vb_phrase(desk->tongue, VB_SAY_STOP_SURE), true, stop, err);
        else
            vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_PRESS_ENTER, NULL);
    }
    vb_arena_finish(&arena);
    return code;
}

/* What a person agrees to is read from its first line on: in a short window nothing of it scrolls
 * away unread, however long the organisation's own text is. */
enum vb_code vb_opening_show(struct vb_run *run, struct vb_session *session,
                             const struct vb_due *due, bool *stop, struct vb_err *err)
{
    struct vb_desk *desk = &run->term->desk;
    struct vb_buf all = { 0 };
    enum vb_code code = VB_OK;
    vb_desk_settle(desk);
    vb_screen_next(&desk->screen);
    desk->screen.into = &all;
    write_opening(run, session, due);
    desk->screen.into = NULL;
    for (const char *rest = all.data; code == VB_OK && !*stop && *rest != '\0';) {
        const char *end = page_end(rest, desk->screen.rows);
        bool last = *end == '\0';
        if (rest != all.data)
            vb_screen_next(&desk->screen);
        vb_screen_lines(&desk->screen, rest, (size_t)(end - rest));
        code = go_on_or_stop(desk, last ? VB_KEY_ENTER_BEGIN : VB_KEY_ENTER_MORE, stop, err);
        rest = end + strspn(end, "\n");
    }
    vb_buf_finish(&all);
    return code;
}
