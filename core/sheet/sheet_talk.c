/* sheet_talk.c - what people agreed: last time, with what became of it, and this time. Where
 * nothing was written down there is room to write. */
#include "base/str.h"
#include "sheet/sheet_agreed.h"
#include "sheet/sheet_view.h"

/* -- last time -------------------------------------------------------------------------------- */

void vb_sheet_last(const struct vb_sheet_view *view)
{
    const struct vb_talk_last *last = view->result->talk.last;
    if (last == NULL)
        return;
    view->face->part(view, 0, view->words->last);
    for (int i = 0; i < last->agreement_count; i++)
        view->face->followed(view, i);
}

/* -- this time -------------------------------------------------------------------------------- */

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

/* Whose wish, and by when. */
static void goal_details(struct vb_buf *out, const struct vb_sheet_view *view,
                         const struct vb_goal *goal)
{
    const struct vb_sheet_words *words = view->words;
    struct vb_buf name = { 0 };
    int whose = goal->whose == NULL ? -1 : vb_view_person(view, goal->whose);
    if (vb_streq(goal->whose, "together")) {
        vb_buf_printf(out, "%s · ", words->wish_of_all);
    } else if (whose >= 0) {
        vb_view_name(&name, view, whose, false);
        vb_buf_printf(out, words->wish_of, name.data);
        vb_buf_puts(out, " · ");
    }
    vb_buf_puts(out, goal->long_term ? words->long_term : words->short_term);
    if (goal->by != NULL) {
        vb_buf_clear(&name);
        vb_agreed_day(&name, view->words, goal->by);
        vb_buf_puts(out, " · ");
        vb_buf_printf(out, words->by_day, name.data);
    }
    vb_buf_finish(&name);
}

static void goal(const struct vb_sheet_view *view, const struct vb_goal *one)
{
    struct vb_buf details = { 0 }, people = { 0 };
    goal_details(&details, view, one);
    put_people(&people, view, one, true);
    put_people(&people, view, one, false);
    view->face->goal(view, one->text, details.data, people.data);
    vb_buf_finish(&details);
    vb_buf_finish(&people);
}

static void agreement(const struct vb_sheet_view *view, const struct vb_agreement *one)
{
    struct vb_buf line = { 0 };
    vb_agreed_words(&line, view->words, one);
    view->face->agreement(view, line.data);
    vb_buf_finish(&line);
}

static void written_down(const struct vb_sheet_view *view, const struct vb_talk_record *record)
{
    const struct vb_sheet_words *words = view->words;
    struct vb_buf day = { 0 };
    if (record->topic != NULL && !view->has_topic)
        view->face->named(view, words->topic_is, record->topic);
    if (record->goal_count > 0)
        view->face->label(view, words->goals);
    for (int i = 0; i < record->goal_count; i++)
        goal(view, &record->goals[i]);
    if (record->agreement_count > 0)
        view->face->label(view, words->agreements);
    for (int i = 0; i < record->agreement_count; i++)
        agreement(view, &record->agreements[i]);
    if (record->next == NULL) {
        view->face->write_on(view, words->next);
        return;
    }
    vb_agreed_day(&day, words, record->next);
    view->face->named(view, words->next, day.data);
    vb_buf_finish(&day);
}

bool vb_sheet_has_record(const struct vb_sheet_view *view)
{
    const struct vb_talk_record *record = &view->result->talk.record;
    return record->topic != NULL || record->agreement_count > 0 || record->goal_count > 0 ||
           record->next != NULL;
}

void vb_sheet_agreements(const struct vb_sheet_view *view)
{
    const struct vb_talk_record *record = &view->result->talk.record;
    if (!vb_sheet_has_record(view))
        view->face->by_hand(view);
    else
        written_down(view, record);
}
