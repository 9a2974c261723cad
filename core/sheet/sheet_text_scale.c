/* sheet_text_scale.c - scales and members as text: a line for each person, with a mark on it. */
#include "sheet/sheet_text.h"

#include "base/str.h"
#include "sheet/sheet_view.h"

/* -- two voices ------------------------------------------------------------------------------- */

enum { PLACE_COLUMNS = 25 };

void vb_text_scale(const struct vb_sheet_view *view, int scale)
{
    vb_page_text(&view->page, 2, 0,
                 view->result->plan->scales[scale].title.by_language[view->language]);
    for (int i = 0; i < view->result->respondent_count; i++) {
        const struct vb_respondent *person = &view->result->respondents[i];
        const struct vb_score *score =
            person->own.scores == NULL ? NULL : &person->own.scores[scale];
        if (score == NULL || !score->any)
            continue;
        struct vb_buf first = { 0 };
        const char *note = vb_view_score_note(view, i, score);
        vb_buf_printf(&first, "    %c  ", vb_view_letter(view, i));
        vb_answer_score(&first, score, PLACE_COLUMNS, vb_view_marks(view, i)->full);
        vb_buf_puts(&first, note[0] == '\0' ? "" : "  ");
        vb_page_after(&view->page, first.data, 9 + PLACE_COLUMNS, note);
        vb_buf_finish(&first);
    }
}

/* -- a family --------------------------------------------------------------------------------- */

enum {
    NAME_COLUMNS = 26,
    NAME_COLUMNS_NARROW = 14,
    NARROW = 72,
    SCORE_COLUMNS = 13,
    GAP_COLUMNS = 3,
    ESTIMATORS_MAX = 2
};

static int name_columns(const struct vb_sheet_view *view)
{
    return view->page.columns < NARROW ? NAME_COLUMNS_NARROW : NAME_COLUMNS;
}

/* How many persons' views of the others fit in one table. */
static int estimators_beside(const struct vb_sheet_view *view)
{
    int room = view->page.columns - 4 - name_columns(view) - SCORE_COLUMNS;
    int fit = room / (GAP_COLUMNS + SCORE_COLUMNS);
    return fit < ESTIMATORS_MAX ? fit : ESTIMATORS_MAX;
}

static void row_name(struct vb_buf *out, const struct vb_sheet_view *view, struct vb_family_row row)
{
    struct vb_buf name = { 0 };
    size_t from = out->len;
    vb_family_name(&name, view, row);
    vb_page_flat(out, name.data, name_columns(view) - 1);
    vb_page_pad(out, from, name_columns(view));
    vb_buf_finish(&name);
}

/* A place on the line; blank where nothing was asked of this person. */
static void cell(struct vb_buf *out, const struct vb_score *score, const char *mark)
{
    static const struct vb_score nothing;
    vb_answer_score(out, score == NULL ? &nothing : score, SCORE_COLUMNS, mark);
    for (int i = 0; i < GAP_COLUMNS; i++)
        vb_buf_putc(out, ' ');
}

static void put_line(const struct vb_sheet_view *view, struct vb_buf *line)
{
    while (line->len > 0 && line->data[line->len - 1] == ' ')
        line->data[--line->len] = '\0';
    vb_page_after(&view->page, line->data, view->page.columns, "");
}

static void table_head(const struct vb_sheet_view *view, const int *by, int by_count)
{
    struct vb_buf line = { 0 };
    vb_buf_puts(&line, "    ");
    vb_page_pad(&line, 0, 4 + name_columns(view));
    vb_page_flat(&line, view->words->about_self, SCORE_COLUMNS);
    for (int i = 0; i < by_count; i++) {
        struct vb_buf name = { 0 };
        vb_page_pad(&line, 0, 4 + name_columns(view) + (i + 1) * (SCORE_COLUMNS + GAP_COLUMNS));
        vb_view_name(&name, view, by[i], false);
        vb_page_flat(&line, name.data, SCORE_COLUMNS + 1);
        vb_buf_finish(&name);
    }
    put_line(view, &line);
    vb_buf_finish(&line);
}

/* The note stands at column at, or closer to the line, or below it: wherever there is room. */
static void put_noted(const struct vb_sheet_view *view, struct vb_buf *line, const char *note,
                      int at)
{
    int columns = view->page.columns, width = vb_text_width(note, strlen(note));
    while (line->data[line->len - 1] == ' ')
        line->data[--line->len] = '\0';
    int end = vb_text_width(line->data, line->len);
    bool below = end + 1 + width > columns;
    if (note[0] != '\0' && !below) {
        vb_page_pad(line, 0, at + width > columns ? columns - width : at);
        vb_buf_puts(line, note);
    }
    put_line(view, line);
    if (note[0] != '\0' && below)
        vb_page_text(&view->page, 6, 0, note);
}

static void table_row(const struct vb_sheet_view *view, int scale, struct vb_family_row row,
                      const int *by, int by_count)
{
    struct vb_buf line = { 0 };
    const char *note = vb_family_note(view, row, scale);
    vb_buf_puts(&line, "    ");
    row_name(&line, view, row);
    cell(&line, vb_family_own(view, row, scale), "●");
    for (int i = 0; i < by_count && row.member >= 0; i++)
        cell(&line, vb_family_estimate(view, by[i], row, scale), "■");
    put_noted(view, &line, by_count < ESTIMATORS_MAX ? note : "",
              4 + name_columns(view) + (1 + by_count) * (SCORE_COLUMNS + GAP_COLUMNS));
    vb_buf_finish(&line);
}

/* As many tables as it takes to have everybody's view of the others. */
void vb_text_family(const struct vb_sheet_view *view, int scale, const struct vb_family_row *rows,
                    int count)
{
    int by[ESTIMATORS_MAX], next = 0, people = view->result->respondent_count;
    vb_page_text(&view->page, 2, 0,
                 view->result->plan->scales[scale].title.by_language[view->language]);
    for (bool first = true;; first = false) {
        int found = 0;
        for (; next < people && found < estimators_beside(view); next++)
            if (vb_family_estimates(view, next, scale, rows, count))
                by[found++] = next;
        if (found == 0 && !first)
            break;
        table_head(view, by, found);
        for (int i = 0; i < count; i++)
            if (vb_family_concerns(view, scale, rows[i]))
                table_row(view, scale, rows[i], by, found);
    }
}

/* -- about a member --------------------------------------------------------------------------- */

enum { LEAST_COLUMNS = 15 }; /* that an answer in words has on its line */

static void member_answer(const struct vb_sheet_view *view, const struct vb_item *item,
                          const struct vb_said_line *said, struct vb_buf *first)
{
    struct vb_buf words = { 0 };
    int columns = vb_answer_line_columns(view->result, item);
    if (vb_text_width(first->data, first->len) + columns + LEAST_COLUMNS > view->page.columns) {
        vb_page_after(&view->page, first->data, view->page.columns, ""); /* a long name, alone */
        vb_buf_clear(first);
        vb_buf_puts(first, "      ");
    }
    if (columns > 0) {
        vb_answer_line(first, view->result, item, said->value,
                       vb_view_marks(view, said->respondent));
        vb_buf_puts(first, "  ");
    }
    vb_buf_puts(&words, "");
    vb_view_words(&words, view, item, said->respondent, said->value);
    vb_page_after(&view->page, first->data, vb_text_width(first->data, first->len), words.data);
    vb_buf_finish(&words);
}

void vb_text_member(const struct vb_sheet_view *view, const struct vb_item *item, int member,
                    const struct vb_said_line *lines, int count)
{
    enum { MEMBER_COLUMNS = 24 };
    const struct vb_roster_name *name = &view->result->roster[member];
    for (int i = 0; i < count; i++) {
        struct vb_buf line = { 0 }, text = { 0 };
        if (lines[i].own) {
            vb_view_label(&text, view, name->label, name->role);
            vb_buf_puts(&line, "    ");
            vb_page_flat(&line, text.data, MEMBER_COLUMNS);
            vb_buf_puts(&line, "  ");
        } else {
            vb_buf_printf(&line, "      %c  ", vb_view_letter(view, lines[i].respondent));
        }
        if (lines[i].value != NULL)
            member_answer(view, item, &lines[i], &line);
        else
            vb_page_after(&view->page, line.data, vb_text_width(line.data, line.len),
                          lines[i].note);
        vb_buf_finish(&line);
        vb_buf_finish(&text);
    }
}
