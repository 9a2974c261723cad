/* sheet_talk.c - what people agreed: last time, with what became of it, and this time. Where
 * nothing was written down there are lines to write on. */
#include "base/str.h"
#include "sheet/sheet_agreed.h"
#include "sheet/sheet_view.h"

static void agreement(const struct vb_sheet_view *view, int indent, const struct vb_agreement *one)
{
    struct vb_buf line = { 0 };
    vb_agreed_words(&line, view->words, one);
    vb_page_text(&view->page, indent, 2, line.data);
    vb_buf_finish(&line);
}

/* -- last time -------------------------------------------------------------------------------- */

void vb_sheet_last(const struct vb_sheet_view *view)
{
    const struct vb_talk_last *last = view->result->talk.last;
    if (last == NULL)
        return;
    vb_page_blank(&view->page);
    vb_page_rule(&view->page, view->words->last);
    for (int i = 0; i < last->agreement_count; i++) {
        agreement(view, 2, &last->agreements[i]);
        for (int j = 0; j < last->voice_count; j++)
            vb_view_said(view, last->voices[j].respondent,
                         view->words->followed[last->voices[j].done[i]]);
    }
}

/* -- this time -------------------------------------------------------------------------------- */

static int respondent_of(const struct vb_result *result, const char *person)
{
    for (int i = 0; i < result->respondent_count; i++)
        if (vb_streq(result->respondents[i].person, person))
            return i;
    return -1;
}

/* The names of those who said yes, or of the others; nothing when there are none. */
static void put_people(struct vb_buf *out, const struct vb_sheet_view *view,
                       const struct vb_goal *goal, bool yes)
{
    const struct vb_result *result = view->result;
    struct vb_buf names = { 0 };
    for (int i = 0; i < result->respondent_count; i++) {
        const char *person = result->respondents[i].person;
        if (person == NULL || vb_goal_has_yes(goal, person) != yes)
            continue;
        vb_buf_puts(&names, names.len > 0 ? ", " : "");
        vb_view_name(&names, view, i, false);
    }
    if (names.len > 0) {
        vb_buf_puts(out, out->len > 0 ? " · " : "");
        vb_buf_printf(out, yes ? view->words->yes_of : view->words->not_yet_of, names.data);
    }
    vb_buf_finish(&names);
}

/* Whose wish, by when, and who says yes to it. */
static void goal_details(const struct vb_sheet_view *view, const struct vb_goal *goal)
{
    const struct vb_sheet_words *words = view->words;
    struct vb_buf line = { 0 }, name = { 0 };
    int whose = goal->whose == NULL ? -1 : respondent_of(view->result, goal->whose);
    if (vb_streq(goal->whose, "together")) {
        vb_buf_printf(&line, "%s · ", words->wish_of_all);
    } else if (whose >= 0) {
        vb_view_name(&name, view, whose, false);
        vb_buf_printf(&line, words->wish_of, name.data);
        vb_buf_puts(&line, " · ");
    }
    vb_buf_puts(&line, goal->long_term ? words->long_term : words->short_term);
    if (goal->by != NULL) {
        vb_buf_clear(&name);
        vb_agreed_day(&name, view->words, goal->by);
        vb_buf_puts(&line, " · ");
        vb_buf_printf(&line, words->by_day, name.data);
    }
    vb_page_text(&view->page, 6, 0, line.data);
    vb_buf_clear(&line);
    put_people(&line, view, goal, true);
    put_people(&line, view, goal, false);
    if (line.len > 0)
        vb_page_text(&view->page, 6, 0, line.data);
    vb_buf_finish(&line);
    vb_buf_finish(&name);
}

/* "Topic: money": a label and what was said. */
static void labelled(const struct vb_sheet_view *view, const char *label, const char *text)
{
    struct vb_buf line = { 0 };
    vb_buf_printf(&line, "%s: %s", label, text);
    vb_page_text(&view->page, 2, 2, line.data);
    vb_buf_finish(&line);
}

static void written_down(const struct vb_sheet_view *view, const struct vb_talk_record *record)
{
    const struct vb_sheet_words *words = view->words;
    struct vb_buf day = { 0 };
    if (record->topic != NULL && !view->has_topic)
        labelled(view, words->topic_is, record->topic);
    if (record->goal_count > 0)
        vb_page_text(&view->page, 2, 0, words->goals);
    for (int i = 0; i < record->goal_count; i++) {
        vb_page_text(&view->page, 4, 2, record->goals[i].text);
        goal_details(view, &record->goals[i]);
    }
    if (record->agreement_count > 0)
        vb_page_text(&view->page, 2, 0, words->agreements);
    for (int i = 0; i < record->agreement_count; i++)
        agreement(view, 4, &record->agreements[i]);
    if (record->next == NULL) {
        vb_page_write_on(&view->page, 2, words->next);
        return;
    }
    vb_agreed_day(&day, words, record->next);
    labelled(view, words->next, day.data);
    vb_buf_finish(&day);
}

/* -- by hand ---------------------------------------------------------------------------------- */

enum { WHO_COLUMNS = 16, WHEN_COLUMNS = 16, BETWEEN_COLUMNS = 2 };

static void row(const struct vb_sheet_view *view, const char *who, const char *what,
                const char *when)
{
    struct vb_buf line = { 0 };
    vb_buf_printf(&line, "    %s", who);
    vb_page_pad(&line, 0, 4 + WHO_COLUMNS);
    vb_buf_puts(&line, what);
    vb_page_pad(&line, 0, view->page.columns - WHEN_COLUMNS);
    vb_buf_puts(&line, when);
    vb_page_after(&view->page, line.data, view->page.columns, "");
    vb_buf_finish(&line);
}

/* Two agreements are enough for one talk. */
static void lines_to_write_on(const struct vb_sheet_view *view)
{
    static const char dashes[] = "____________________________________________________________";
    const struct vb_sheet_words *words = view->words;
    int what = view->page.columns - 4 - WHO_COLUMNS - WHEN_COLUMNS - BETWEEN_COLUMNS;
    struct vb_buf line = { 0 };
    vb_page_write_on(&view->page, 2, words->goal);
    vb_page_text(&view->page, 2, 0, words->agreements);
    row(view, words->who, words->what, words->when);
    vb_buf_put(&line, dashes, (size_t)what);
    for (int i = 0; i < 2; i++)
        row(view, "______________", line.data, "________________");
    vb_buf_finish(&line);
    vb_page_write_on(&view->page, 2, words->next);
}

void vb_sheet_agreements(const struct vb_sheet_view *view)
{
    const struct vb_talk_record *record = &view->result->talk.record;
    if (record->topic == NULL && record->agreement_count == 0 && record->goal_count == 0 &&
        record->next == NULL)
        lines_to_write_on(view);
    else
        written_down(view, record);
}
