/* sheet_export.c - the page of an export, from its head to who looked. */
#include "sheet/sheet_export.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "sheet/sheet_answer.h"
#include "sheet/sheet_audit_words.h"
#include "sheet/sheet_export_talk.h"
#include "sheet/sheet_export_words.h"
#include "sheet/html.h"
#include "sheet/sheet_words.h"
#include "sheet/strokes_svg.h"

struct page {
    struct vb_buf *out;
    const struct vb_export *export;
    const char *language;
    const struct vb_export_words *words;
    const struct vb_sheet_words *sheet; /* answers, roles and dates read as on the sheet */
};

/* -- pieces ------------------------------------------------------------------------------------ */

static void date(const struct page *page, int64_t wall_ms)
{
    char time[VB_TIME_SIZE];
    vb_time_format(wall_ms, time);
    struct vb_buf text = { 0 };
    vb_sheet_words_date(&text, page->sheet, time);
    vb_html_text(page->out, text.data);
    vb_buf_finish(&text);
}

static void date_and_time(const struct page *page, int64_t wall_ms)
{
    enum { CLOCK_AT = 11, CLOCK = 5 }; /* "2026-11-21T10:00:00Z" */
    char time[VB_TIME_SIZE];
    vb_time_format(wall_ms, time);
    date(page, wall_ms);
    if (strlen(time) >= CLOCK_AT + CLOCK)
        vb_buf_printf(page->out, ", %.*s UTC", CLOCK, time + CLOCK_AT);
}

static void heads(const struct page *page, const char *const *names, int count)
{
    vb_buf_puts(page->out, "<table><thead><tr>");
    for (int i = 0; i < count; i++) {
        vb_buf_puts(page->out, "<th scope=\"col\">");
        vb_html_text(page->out, names[i]);
        vb_buf_puts(page->out, "</th>");
    }
    vb_buf_puts(page->out, "</tr></thead><tbody>\n");
}

static void cell(const struct page *page, const char *text)
{
    vb_buf_puts(page->out, "<td dir=\"auto\">");
    vb_html_text(page->out, text);
    vb_buf_puts(page->out, "</td>");
}

/* "Sam", or "the client". */
static const char *name_of(const struct page *page, const char *role, const char *label)
{
    return label != NULL ? label : vb_sheet_words_the_role(page->sheet, role);
}

/* -- answers ----------------------------------------------------------------------------------- */

static void question_cell(const struct page *page, const struct vb_exported_round *round, int item,
                          int role, int member)
{
    struct vb_buf text = { 0 };
    vb_export_question(&text, round, item, role, vb_plan_language(round->plan, page->language),
                       member);
    if (member >= 0 && member < round->roster_count) {
        const struct vb_member *about = &round->roster[member];
        vb_buf_printf(&text, " (%s %s)", page->words->about,
                      name_of(page, about->role, about->label));
    }
    cell(page, text.data);
    vb_buf_finish(&text);
}

static void answer_cell(const struct page *page, const struct vb_exported_round *round, int item,
                        const struct vb_value *value)
{
    struct vb_result frame = { .plan = round->plan,
                               .format = round->format,
                               .variant = round->variant,
                               .setting = round->setting };
    const struct vb_item *asked = &round->plan->items[item];
    struct vb_buf text = { 0 };
    vb_buf_puts(&text, "");
    vb_answer_words(&text, &frame, page->sheet, vb_plan_language(round->plan, page->language),
                    asked, value);
    if (asked->kind == VB_VAS && value->type == VB_VALUE_INT)
        vb_buf_printf(&text, "%s%lld / 100", text.len > 0 ? ": " : "",
                      (long long)(value->number + 5) / 10);
    cell(page, text.data);
    vb_buf_finish(&text);
}

static void own_row(const struct page *page, const struct vb_exported_round *round, int role,
                    const struct vb_own_answer *answer)
{
    vb_buf_puts(page->out, "<tr>");
    question_cell(page, round, answer->item, role, answer->member);
    if (answer->value.type == VB_VALUE_MISSING)
        cell(page, page->words->missing[answer->value.number]);
    else
        answer_cell(page, round, answer->item, &answer->value);
    cell(page, page->words->states[answer->state]);
    vb_buf_puts(page->out, "</tr>\n");
}

static void own_answers(const struct page *page, const struct vb_exported_round *round)
{
    const struct vb_own_session *own = round->own;
    const char *const names[] = { page->words->question, page->words->answer, page->words->became };
    int role = vb_plan_role(round->plan, own->opened->role);
    if (own->answer_count == 0) {
        vb_html_element(page->out, "p", "", page->words->no_answers);
        return;
    }
    heads(page, names, 3);
    for (int i = 0; i < own->answer_count; i++)
        own_row(page, round, role, &own->answers[i]);
    vb_buf_puts(page->out, "</tbody></table>\n");
}

/* Whether a later step says something else of the same agreement: that is what holds. */
static bool said_anew(const struct vb_own_session *own, int at)
{
    for (int i = at + 1; i < own->step_count; i++) {
        const struct vb_event *event = own->steps[i].event;
        if (event != NULL && event->type == VB_EVENT_FOLLOWED &&
            event->agreement == own->steps[at].event->agreement)
            return true;
    }
    return false;
}

static void own_followed(const struct page *page, const struct vb_own_session *own)
{
    bool any = false;
    for (int i = 0; i < own->step_count; i++) {
        const struct vb_event *event = own->steps[i].event;
        if (event == NULL || event->type != VB_EVENT_FOLLOWED || said_anew(own, i))
            continue;
        if (!any)
            vb_html_element(page->out, "h4", "", page->words->followed_title);
        vb_buf_puts(page->out, any ? "<li>" : "<ul><li>");
        vb_buf_printf(page->out, "%s %d: ", page->words->agreement, event->agreement + 1);
        vb_html_text(page->out, page->words->followed[event->followed]);
        vb_buf_puts(page->out, "</li>\n");
        any = true;
    }
    vb_buf_puts(page->out, any ? "</ul>\n" : "");
}

static void own_picture(struct vb_buf *out, const struct vb_own_picture *picture)
{
    if (vb_streq(picture->type, VB_STROKES_TYPE)) {
        vb_strokes_svg_of(out, picture->bytes, picture->len);
        return;
    }
    vb_buf_puts(out, "<img alt=\"\" src=\"");
    vb_html_picture(out, picture->type, picture->bytes, picture->len);
    vb_buf_puts(out, "\">");
}

static void own_pictures(const struct page *page, const struct vb_own_session *own)
{
    if (own->picture_count > 0)
        vb_html_element(page->out, "h4", "", page->words->pictures);
    for (int i = 0; i < own->picture_count; i++) {
        const struct vb_own_picture *picture = &own->pictures[i];
        vb_buf_puts(page->out, "<figure>");
        if (picture->bytes != NULL) {
            own_picture(page->out, picture);
        }
        vb_buf_puts(page->out, "<figcaption>");
        if (picture->bytes == NULL) {
            vb_html_text(page->out, page->words->picture_gone);
        } else if (picture->until_wall_ms != 0) {
            vb_buf_printf(page->out, "%s ", page->words->kept_until);
            date(page, picture->until_wall_ms);
        }
        vb_buf_puts(page->out, "</figcaption></figure>\n");
    }
}

static void own_part(const struct page *page, const struct vb_exported_round *round)
{
    const struct vb_own_session *own = round->own;
    struct vb_buf how = { 0 };
    if (own == NULL) {
        vb_html_element(page->out, "p", "", page->words->not_begun);
        return;
    }
    if (own->erased) {
        vb_html_element(page->out, "p", "", page->words->own_erased);
        return;
    }
    vb_html_element(page->out, "h3", "", page->words->own);
    if (own->opened == NULL)
        return;
    vb_buf_printf(page->out, "<p>%s ", page->words->begun);
    date(page, own->begun_wall_ms);
    vb_buf_printf(page->out, ". %s: ", page->words->mode);
    vb_sheet_words_how(&how, page->sheet, own->opened->mode, own->opened->helper);
    vb_html_text(page->out, how.data);
    vb_buf_finish(&how);
    vb_buf_puts(page->out, ".</p>\n");
    own_answers(page, round);
    own_followed(page, own);
    own_pictures(page, own);
}

/* -- what others shared ------------------------------------------------------------------------ */

static void part_rows(const struct page *page, const struct vb_exported_round *round, int role,
                      const struct vb_part *part)
{
    for (int i = 0; i < round->plan->item_count; i++) {
        if (part->values == NULL || part->values[i].type == VB_VALUE_NONE)
            continue;
        vb_buf_puts(page->out, "<tr>");
        question_cell(page, round, i, role, part->member_index);
        answer_cell(page, round, i, &part->values[i]);
        vb_buf_puts(page->out, "</tr>\n");
    }
}

static void one_other(const struct page *page, const struct vb_exported_round *round,
                      const struct vb_respondent *other)
{
    const char *const names[] = { page->words->question, page->words->other_answer };
    vb_buf_printf(page->out, "<h3>%s ", page->words->others);
    vb_html_text(page->out, name_of(page, other->role, other->label));
    vb_buf_puts(page->out, "</h3>\n");
    heads(page, names, 2);
    part_rows(page, round, other->role_index, &other->own);
    for (int i = 0; i < other->about_count; i++)
        part_rows(page, round, other->role_index, &other->about[i]);
    vb_buf_puts(page->out, "</tbody></table>\n");
}

static void others(const struct page *page, const struct vb_exported_round *round)
{
    const struct vb_result *result = round->result;
    bool any = false;
    if (result == NULL)
        return;
    for (int i = 0; i < result->respondent_count; i++) {
        const struct vb_respondent *other = &result->respondents[i];
        if (!other->shared || vb_streq(other->person, page->export->person))
            continue;
        one_other(page, round, other);
        any = true;
    }
    if (!any)
        vb_html_element(page->out, "p", "", page->words->nobody_else);
}

/* -- a round ----------------------------------------------------------------------------------- */

static const char *state_of(const struct page *page, const struct vb_exported_round *round)
{
    const struct vb_export_words *words = page->words;
    return vb_streq(round->state, "open")       ? words->open
           : vb_streq(round->state, "released") ? words->released
           : vb_streq(round->state, "erased")   ? words->erased
                                                : words->closed;
}

/* As the sheet has it. */
static void wave(const struct page *page, const char *name)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(&text, vb_streq(name, "t0") ? page->sheet->first_wave : page->sheet->wave, name);
    vb_html_text(page->out, text.data);
    vb_buf_finish(&text);
}

static void one_round(const struct page *page, const struct vb_exported_round *round)
{
    const struct vb_plan *plan = round->plan;
    vb_buf_puts(page->out, "<section>\n");
    vb_html_element(page->out, "h2", " dir=\"auto\"",
                    plan == NULL ? round->instrument
                                 : plan->title.by_language[vb_plan_language(plan, page->language)]);
    vb_buf_puts(page->out, "<p class=\"head\">");
    wave(page, round->wave);
    vb_buf_puts(page->out, ", ");
    date(page, round->created_wall_ms);
    vb_buf_puts(page->out, ". ");
    vb_html_text(page->out, state_of(page, round));
    vb_buf_puts(page->out, "</p>\n");
    if (round->simulated)
        vb_html_element(page->out, "p", "", page->words->simulated);
    if (round->unreadable != NULL) {
        vb_buf_printf(page->out, "<p>%s: ", page->words->unreadable);
        vb_html_text(page->out, round->unreadable);
        vb_buf_puts(page->out, "</p>\n");
    }
    own_part(page, round);
    others(page, round);
    if (round->result != NULL)
        vb_export_talk(page->out, page->words, page->sheet, round->result);
    vb_buf_puts(page->out, "</section>\n");
}

/* -- who looked, what was erased --------------------------------------------------------------- */

static void looks(const struct page *page)
{
    const struct vb_export *export = page->export;
    const char *const names[] = { page->words->when, page->words->what, page->words->by,
                                  page->words->on_behalf };
    vb_html_element(page->out, "h2", "", page->words->looked);
    if (export->look_count == 0) {
        vb_html_element(page->out, "p", "", page->words->nobody_looked);
        return;
    }
    heads(page, names, 4);
    for (int i = 0; i < export->look_count; i++) {
        const struct vb_export_look *look = &export->looks[i];
        vb_buf_puts(page->out, "<tr><td>");
        date_and_time(page, look->wall_ms);
        vb_buf_puts(page->out, "</td>");
        cell(page, vb_audit_words_action(page->words->language, look->action));
        cell(page, vb_audit_words_author(page->words->language, look->by));
        cell(page, look->on_behalf);
        vb_buf_puts(page->out, "</tr>\n");
    }
    vb_buf_puts(page->out, "</tbody></table>\n");
}

static void erasures(const struct page *page)
{
    const struct vb_export *export = page->export;
    const struct vb_export_words *words = page->words;
    if (export->erasure_count == 0)
        return;
    vb_html_element(page->out, "h2", "", words->erasures);
    vb_buf_puts(page->out, "<ul>\n");
    for (int i = 0; i < export->erasure_count; i++) {
        const struct vb_export_erasure *erasure = &export->erasures[i];
        const char *what = vb_streq(erasure->what, "person")    ? words->erased_person
                           : vb_streq(erasure->what, "session") ? words->erased_session
                                                                : words->erased_picture;
        vb_buf_puts(page->out, "<li>");
        date(page, erasure->wall_ms);
        vb_buf_printf(page->out, ": %s (", what);
        vb_html_text(page->out, vb_export_words_reason(words, erasure->reason));
        vb_buf_printf(page->out, ")%s%s</li>\n", erasure->done ? "" : ", ",
                      erasure->done ? "" : words->underway);
    }
    vb_buf_puts(page->out, "</ul>\n");
}

/* -- the whole --------------------------------------------------------------------------------- */

/* Nothing may be fetched or run, whatever stands in a text. */
static const char head[] =
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
    "style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<style>\n"
    "body { font: 1.05rem/1.5 system-ui, sans-serif; color: #222; background: #fff;\n"
    "       max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }\n"
    "h1, h2, h3, h4 { font-weight: 600; line-height: 1.25; }\n"
    "h2 { margin-top: 2.5rem; border-top: 1px solid #ccc; padding-top: 1rem; }\n"
    "table { border-collapse: collapse; width: 100%; }\n"
    "th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0;\n"
    "         border-bottom: 1px solid #ddd; white-space: pre-line; overflow-wrap: anywhere; }\n"
    "th { overflow-wrap: normal; }\n"
    "footer { margin: 2rem 0; }\n"
    "img, svg.strokes { max-width: 100%; border: 1px solid #ddd; }\n"
    "figure { margin: 1rem 0; }\n"
    "@media print { body { margin: 0; max-width: none; } section { break-inside: auto; }\n"
    "               tr, figure { break-inside: avoid; } }\n"
    "</style>\n";

static void top(const struct page *page)
{
    const struct vb_export *export = page->export;
    vb_buf_printf(page->out, "<!doctype html>\n<html lang=\"%s\">\n<head>\n%s",
                  page->words->language, head);
    vb_html_element(page->out, "title", "", page->words->title);
    vb_buf_puts(page->out, "</head>\n<body>\n");
    vb_html_element(page->out, "h1", "", page->words->title);
    vb_buf_printf(page->out, "<p>%s: ", page->words->who);
    vb_html_text(page->out, name_of(page, export->role, export->label));
    vb_buf_puts(page->out, " (");
    vb_html_text(page->out, export->person);
    vb_buf_printf(page->out, ")<br>%s: ", page->words->made);
    date_and_time(page, export->made_wall_ms);
    vb_buf_puts(page->out, "</p>\n");
    vb_html_element(page->out, "p", "", page->words->intro);
    if (export->round_count == 0)
        vb_html_element(page->out, "p", "", page->words->nothing);
}

void vb_sheet_export(struct vb_buf *out, const struct vb_export *export, const char *language)
{
    if (language == NULL)
        language = export->language;
    struct page page = { .out = out,
                         .export = export,
                         .language = language,
                         .words = vb_export_words_of(language),
                         .sheet = vb_sheet_words_of(language == NULL ? "" : language) };
    top(&page);
    for (int i = 0; i < export->round_count; i++)
        one_round(&page, &export->rounds[i]);
    looks(&page);
    erasures(&page);
    vb_html_element(out, "footer", "", page.words->footer);
    vb_buf_puts(out, "</body>\n</html>\n");
}
