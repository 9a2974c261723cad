/* sheet_html_family.c - a family on the page. For each scale a row of dots: everybody's own place
 * over one line, and under it, on the same line, where others place them. No average and no word
 * about distances; the table behind it says the same to a screen reader. */
#include "sheet/sheet_html.h"

#include <stdlib.h>

#include "base/str.h"
#include "sheet/html.h"

/* -- rows of dots ----------------------------------------------------------------------------- */

/* by -1: what each says of itself. */
static const struct vb_score *score_of(const struct vb_sheet_view *view, int by,
                                       struct vb_family_row row, int scale)
{
    return by < 0 ? vb_family_own(view, row, scale) : vb_family_estimate(view, by, row, scale);
}

static void dots(const struct vb_sheet_view *view, int scale, int by,
                 const struct vb_family_row *rows, int count)
{
    struct vb_axis axis = { .mirrored = view->paper->mirrored };
    struct vb_mark *marks = vb_alloc((size_t)count * sizeof *marks + 1);
    char(*letters)[VB_LETTER_SIZE] = vb_alloc((size_t)count * sizeof *letters + 1);
    int given = 0;
    for (int i = 0; i < count; i++) {
        const struct vb_score *score = score_of(view, by, rows[i], scale);
        if (score == NULL || !score->given)
            continue;
        enum vb_shape own = vb_paper_letter(letters[given], view, rows[i]);
        marks[given] = (struct vb_mark){ (int)score->pomp_tenths, by < 0 ? own : VB_SHAPE_SQUARE,
                                         letters[given] };
        given++;
    }
    vb_svg_dots(view->paper->out, &axis, marks, given);
    free(marks);
    free(letters);
}

static void one_row(const struct vb_sheet_view *view, int scale, int by,
                    const struct vb_family_row *rows, int count)
{
    struct vb_buf *out = view->paper->out, name = { 0 };
    vb_buf_puts(out, "<div class=\"row\" aria-hidden=\"true\"><span class=\"of\">");
    if (by < 0) {
        vb_paper_phrase(view, "span", "", view->words->about_self);
    } else {
        vb_paper_mark(view, vb_paper_row(view, by));
        vb_view_name(&name, view, by, false);
        vb_paper_phrase(view, "span", " dir=\"auto\"", name.data);
    }
    vb_buf_puts(out, "</span>");
    dots(view, scale, by, rows, count);
    vb_buf_puts(out, "</div>\n");
    vb_buf_finish(&name);
}

/* Who has no place of their own, and why. */
static void notes(const struct vb_sheet_view *view, int scale, const struct vb_family_row *rows,
                  int count)
{
    struct vb_buf *out = view->paper->out;
    bool any = false;
    for (int i = 0; i < count; i++) {
        const char *note = vb_family_note(view, rows[i], scale);
        if (note[0] == '\0')
            continue;
        vb_buf_puts(out, any ? " " : "<p class=\"notes\" aria-hidden=\"true\">");
        vb_paper_mark(view, rows[i]);
        vb_paper_phrase(view, "span", "", note);
        any = true;
    }
    vb_buf_puts(out, any ? "</p>\n" : "");
}

/* -- the same as a table ---------------------------------------------------------------------- */

static void twin_cell(const struct vb_sheet_view *view, const struct vb_score *score,
                      const char *otherwise)
{
    struct vb_buf words = { 0 };
    vb_buf_puts(view->paper->out, "<td>");
    if (score != NULL && score->given) {
        vb_answer_score_words(&words, view->result, view->words, view->language, score);
        vb_html_text(view->paper->out, words.data);
    } else {
        vb_html_text(view->paper->out, otherwise);
    }
    vb_buf_puts(view->paper->out, "</td>");
    vb_buf_finish(&words);
}

static void twin_estimate(const struct vb_sheet_view *view, const struct vb_score *score)
{
    twin_cell(view, score, score == NULL || score->given ? "" : view->words->too_few);
}

static void twin_head(const struct vb_sheet_view *view, const int *by, int by_count)
{
    struct vb_buf *out = view->paper->out;
    vb_buf_puts(out, "<thead><tr>");
    vb_paper_phrase(view, "th", " scope=\"col\"", view->words->person);
    vb_paper_phrase(view, "th", " scope=\"col\"", view->words->about_self);
    for (int i = 0; i < by_count; i++) {
        struct vb_buf name = { 0 }, head = { 0 };
        vb_view_name(&name, view, by[i], false);
        vb_buf_printf(&head, view->words->about_of, name.data);
        vb_paper_phrase(view, "th", " scope=\"col\"", head.data);
        vb_buf_finish(&name);
        vb_buf_finish(&head);
    }
    vb_buf_puts(out, "</tr></thead><tbody>\n");
}

static void twin(const struct vb_sheet_view *view, int scale, const struct vb_family_row *rows,
                 int count, const int *by, int by_count)
{
    struct vb_buf *out = view->paper->out;
    vb_buf_puts(out, "<div class=\"vh\"><table>");
    vb_paper_put(view, "caption", "", view->language,
                 view->result->plan->scales[scale].title.by_language[view->language]);
    twin_head(view, by, by_count);
    for (int i = 0; i < count; i++) {
        struct vb_buf name = { 0 };
        if (!vb_family_concerns(view, scale, rows[i]))
            continue;
        vb_family_name(&name, view, rows[i]);
        vb_buf_puts(out, "<tr>");
        vb_paper_phrase(view, "th", " scope=\"row\" dir=\"auto\"", name.data);
        twin_cell(view, vb_family_own(view, rows[i], scale), vb_family_note(view, rows[i], scale));
        for (int e = 0; e < by_count; e++)
            twin_estimate(view, vb_family_estimate(view, by[e], rows[i], scale));
        vb_buf_puts(out, "</tr>\n");
        vb_buf_finish(&name);
    }
    vb_buf_puts(out, "</tbody></table></div>\n");
}

void vb_html_family(const struct vb_sheet_view *view, int scale, const struct vb_family_row *rows,
                    int count)
{
    struct vb_buf *out = view->paper->out;
    int people = view->result->respondent_count, by_count = 0;
    int *by = vb_alloc((size_t)people * sizeof *by + 1);
    const char *left, *right;
    for (int i = 0; i < people; i++)
        if (vb_family_estimates(view, i, scale, rows, count))
            by[by_count++] = i;
    vb_paper_close(view);
    vb_buf_puts(out, "<div class=\"scale\">");
    vb_paper_put(view, "h3", "", view->language,
                 view->result->plan->scales[scale].title.by_language[view->language]);
    vb_buf_puts(out, "\n");
    one_row(view, scale, -1, rows, count);
    for (int i = 0; i < by_count; i++)
        one_row(view, scale, by[i], rows, count);
    if (vb_frame_ends(view, &left, &right)) {
        vb_buf_puts(out, "<div class=\"row\" aria-hidden=\"true\"><span class=\"of\"></span>");
        vb_paper_ends(view, left, right);
        vb_buf_puts(out, "</div>\n");
    }
    notes(view, scale, rows, count);
    twin(view, scale, rows, count, by, by_count);
    vb_buf_puts(out, "</div>\n");
    free(by);
}

/* -- about a member --------------------------------------------------------------------------- */

void vb_html_about(const struct vb_sheet_view *view, const struct vb_item *item)
{
    struct vb_buf *out = view->paper->out;
    vb_paper_close(view);
    vb_buf_puts(out, "<h3 class=\"about\">");
    vb_paper_question(view, item);
    vb_buf_puts(out, "</h3>\n");
    vb_paper_open(view, "<table class=\"about\"><thead class=\"vh\"><tr>", "</tbody></table>");
    vb_paper_phrase(view, "th", " scope=\"col\"", view->words->person);
    vb_paper_phrase(view, "th", " scope=\"col\"", view->words->answers);
    vb_buf_puts(out, "</tr></thead><tbody>\n");
}

static void member_picture(const struct vb_sheet_view *view, const struct vb_item *item,
                           const struct vb_said_line *lines, int count)
{
    struct vb_axis axis = { .mirrored = view->paper->mirrored };
    struct vb_mark *marks = vb_alloc((size_t)count * sizeof *marks + 1);
    char(*letters)[VB_LETTER_SIZE] = vb_alloc((size_t)count * sizeof *letters + 1);
    struct vb_buf left = { 0 }, right = { 0 };
    int given = 0;
    if (vb_answer_axis(view->result, item, &axis.steps)) {
        for (int i = 0; i < count; i++) {
            int place =
                lines[i].value == NULL ? -1 : vb_answer_place(view->result, item, lines[i].value);
            if (place < 0)
                continue;
            enum vb_shape shape =
                vb_paper_letter(letters[given], view, vb_paper_row(view, lines[i].respondent));
            marks[given] = (struct vb_mark){ place, shape, letters[given] };
            given++;
        }
        vb_buf_puts(view->paper->out, "<span class=\"picture\">");
        vb_svg_dots(view->paper->out, &axis, marks, given);
        vb_answer_ends(&left, &right, view->result, view->words, view->language, item);
        vb_paper_ends(view, left.data, right.data);
        vb_buf_puts(view->paper->out, "</span>");
    }
    vb_buf_finish(&left);
    vb_buf_finish(&right);
    free(marks);
    free(letters);
}

void vb_html_member(const struct vb_sheet_view *view, const struct vb_item *item, int member,
                    const struct vb_said_line *lines, int count)
{
    struct vb_buf *out = view->paper->out, name = { 0 };
    const struct vb_roster_name *who = &view->result->roster[member];
    vb_view_label(&name, view, who->label, who->role);
    vb_buf_puts(out, "<tr>");
    vb_paper_phrase(view, "th", " scope=\"row\" dir=\"auto\"", name.data);
    vb_buf_puts(out, "<td><div class=\"both\">");
    member_picture(view, item, lines, count);
    vb_buf_puts(out, "<ul class=\"voices texts\">");
    for (int i = 0; i < count; i++) {
        if (lines[i].value == NULL && lines[i].note[0] == '\0')
            continue;
        vb_buf_puts(out, "<li>");
        if (lines[i].own) {
            vb_paper_mark(view, (struct vb_family_row){ lines[i].respondent, member });
            vb_buf_puts(out, "<span class=\"vh\">");
            vb_html_text(out, view->words->about_self);
            vb_buf_puts(out, ":</span> ");
        } else {
            vb_paper_voice(view, lines[i].respondent, false);
        }
        if (lines[i].value != NULL)
            vb_paper_words(view, item, lines[i].respondent, lines[i].value);
        else
            vb_paper_phrase(view, "span", " class=\"missing\"", lines[i].note);
        vb_buf_puts(out, "</li>");
    }
    vb_buf_puts(out, "</ul></div></td></tr>\n");
    vb_buf_finish(&name);
}
