/* sheet_export_talk.c - on the exported page: what was agreed last time and what each said of it,
 * and what was written down after this talk. */
#include "sheet/sheet_export_talk.h"

#include "base/str.h"
#include "sheet/sheet_agreed.h"
#include "sheet/html.h"

struct part {
    struct vb_buf *out;
    const struct vb_export_words *words;
    const struct vb_sheet_words *sheet;
    const struct vb_result *result;
};

static const char *name_of(const struct part *part, const struct vb_respondent *person)
{
    return person->label != NULL ? person->label
                                 : vb_sheet_words_the_role(part->sheet, person->role);
}

static void agreement(const struct part *part, const struct vb_agreement *one)
{
    struct vb_buf line = { 0 };
    vb_agreed_words(&line, part->sheet, one);
    vb_html_text(part->out, line.data);
    vb_buf_finish(&line);
}

static void last_time(const struct part *part, const struct vb_talk_last *last)
{
    vb_html_element(part->out, "h4", "", part->sheet->last);
    vb_buf_puts(part->out, "<ul dir=\"auto\">\n");
    for (int i = 0; i < last->agreement_count; i++) {
        vb_buf_puts(part->out, "<li>");
        agreement(part, &last->agreements[i]);
        for (int j = 0; j < last->voice_count; j++) {
            const struct vb_last_voice *voice = &last->voices[j];
            vb_buf_puts(part->out, "<br>");
            vb_html_text(part->out, name_of(part, &part->result->respondents[voice->respondent]));
            vb_buf_puts(part->out, ": ");
            vb_html_text(part->out, part->sheet->followed[voice->done[i]]);
        }
        vb_buf_puts(part->out, "</li>\n");
    }
    vb_buf_puts(part->out, "</ul>\n");
}

static void people(const struct part *part, const struct vb_goal *goal, bool yes)
{
    struct vb_buf names = { 0 }, text = { 0 };
    for (int i = 0; i < part->result->respondent_count; i++) {
        const struct vb_respondent *person = &part->result->respondents[i];
        if (person->person == NULL || vb_goal_has_yes(goal, person->person) != yes)
            continue;
        vb_buf_printf(&names, "%s%s", names.len > 0 ? ", " : "", name_of(part, person));
    }
    if (names.len > 0) {
        vb_buf_puts(part->out, "<br>");
        vb_buf_printf(&text, yes ? part->sheet->yes_of : part->sheet->not_yet_of, names.data);
        vb_html_text(part->out, text.data);
    }
    vb_buf_finish(&names);
    vb_buf_finish(&text);
}

/* "wish of Sam, later, by 28 February 2027" */
static void details(const struct part *part, const struct vb_goal *goal)
{
    struct vb_buf text = { 0 }, day = { 0 };
    if (vb_streq(goal->whose, "together"))
        vb_buf_printf(&text, "%s, ", part->sheet->wish_of_all);
    for (int i = 0; i < part->result->respondent_count; i++) {
        const struct vb_respondent *person = &part->result->respondents[i];
        if (goal->whose == NULL || !vb_streq(person->person, goal->whose))
            continue;
        vb_buf_printf(&text, part->sheet->wish_of, name_of(part, person));
        vb_buf_puts(&text, ", ");
    }
    vb_buf_puts(&text, goal->long_term ? part->sheet->long_term : part->sheet->short_term);
    if (goal->by != NULL) {
        vb_agreed_day(&day, part->sheet, goal->by);
        vb_buf_puts(&text, ", ");
        vb_buf_printf(&text, part->sheet->by_day, day.data);
    }
    vb_html_text(part->out, text.data);
    vb_buf_finish(&text);
    vb_buf_finish(&day);
}

static void goals(const struct part *part, const struct vb_talk_record *record)
{
    if (record->goal_count == 0)
        return;
    vb_buf_printf(part->out, "<p>%s</p>\n<ul dir=\"auto\">\n", part->words->goals);
    for (int i = 0; i < record->goal_count; i++) {
        vb_buf_puts(part->out, "<li>");
        vb_html_text(part->out, record->goals[i].text);
        vb_buf_puts(part->out, "<br>");
        details(part, &record->goals[i]);
        people(part, &record->goals[i], true);
        people(part, &record->goals[i], false);
        vb_buf_puts(part->out, "</li>\n");
    }
    vb_buf_puts(part->out, "</ul>\n");
}

static void agreements(const struct part *part, const struct vb_talk_record *record)
{
    if (record->agreement_count == 0)
        return;
    vb_buf_printf(part->out, "<p>%s</p>\n<ul dir=\"auto\">\n", part->words->agreements);
    for (int i = 0; i < record->agreement_count; i++) {
        vb_buf_puts(part->out, "<li>");
        agreement(part, &record->agreements[i]);
        vb_buf_puts(part->out, "</li>\n");
    }
    vb_buf_puts(part->out, "</ul>\n");
}

static void labelled(const struct part *part, const char *label, const char *text)
{
    vb_buf_printf(part->out, "<p dir=\"auto\">%s: ", label);
    vb_html_text(part->out, text);
    vb_buf_puts(part->out, "</p>\n");
}

void vb_export_talk(struct vb_buf *out, const struct vb_export_words *words,
                    const struct vb_sheet_words *sheet, const struct vb_result *result)
{
    const struct vb_talk_record *record = &result->talk.record;
    struct part part = { out, words, sheet, result };
    struct vb_buf day = { 0 };
    bool any = record->topic != NULL || record->agreement_count > 0 || record->goal_count > 0 ||
               record->next != NULL;
    if (!any && result->talk.last == NULL)
        return;
    vb_html_element(out, "h3", "", words->talk);
    if (result->talk.last != NULL)
        last_time(&part, result->talk.last);
    if (record->topic != NULL)
        labelled(&part, words->topic, record->topic);
    goals(&part, record);
    agreements(&part, record);
    if (record->next != NULL) {
        vb_agreed_day(&day, sheet, record->next);
        labelled(&part, words->next, day.data);
    }
    vb_buf_finish(&day);
}
