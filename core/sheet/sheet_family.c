/* sheet_family.c - several voices: for each scale a table with one row a person, and what others
 * think of that person beside what the person says. No average, and no judgement about distances:
 * a row that is empty because somebody did not share looks like one of somebody who was not there.
 */
#include "sheet/sheet_view.h"

#include <stdlib.h>

#include "base/str.h"

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

struct row {
    int respondent; /* -1: in the roster, no session shared */
    int member;     /* roster index; -1: no member */
};

static int roster_index(const struct vb_result *result, const char *person)
{
    for (int i = 0; i < result->roster_count; i++)
        if (vb_streq(result->roster[i].person, person))
            return i;
    return -1;
}

static int respondent_of(const struct vb_result *result, const char *person)
{
    for (int i = 0; i < result->respondent_count; i++)
        if (vb_streq(result->respondents[i].person, person))
            return i;
    return -1;
}

/* Members in roster order, then who is not in it (the professional). */
static int rows_of(const struct vb_result *result, struct row *rows)
{
    int count = 0;
    for (int i = 0; i < result->roster_count; i++)
        rows[count++] = (struct row){ respondent_of(result, result->roster[i].person), i };
    for (int i = 0; i < result->respondent_count; i++)
        if (roster_index(result, result->respondents[i].person) < 0)
            rows[count++] = (struct row){ i, -1 };
    return count;
}

static const struct vb_score *own_score(const struct vb_result *result, struct row row, int scale)
{
    if (row.respondent < 0)
        return NULL;
    const struct vb_respondent *person = &result->respondents[row.respondent];
    if (person->own.scores != NULL && person->own.scores[scale].any)
        return &person->own.scores[scale];
    const struct vb_part *self = row.member < 0 ? NULL : vb_view_about(person, row.member);
    return self != NULL && self->scores != NULL && self->scores[scale].any ? &self->scores[scale]
                                                                           : NULL;
}

static const struct vb_score *estimate(const struct vb_result *result, int by, struct row row,
                                       int scale)
{
    if (row.member < 0 || by == row.respondent)
        return NULL;
    const struct vb_part *part = vb_view_about(&result->respondents[by], row.member);
    return part != NULL && part->scores != NULL && part->scores[scale].any ? &part->scores[scale]
                                                                           : NULL;
}

static void row_name(struct vb_buf *out, const struct vb_sheet_view *view, struct row row)
{
    struct vb_buf name = { 0 };
    size_t from = out->len;
    const char *role = row.member >= 0 ? view->result->roster[row.member].role
                                       : view->result->respondents[row.respondent].role;
    const char *label = row.member >= 0 ? view->result->roster[row.member].label
                                        : view->result->respondents[row.respondent].label;
    if (label != NULL)
        vb_buf_printf(&name, "%s (%s)", label, vb_sheet_words_role(view->words, role));
    else
        vb_buf_puts(&name, vb_sheet_words_role(view->words, role));
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

/* Who estimated others on this scale, at most ESTIMATORS_MAX a table. */
static int estimators(const struct vb_result *result, int scale, const struct row *rows, int count,
                      int *by, int first, int most)
{
    int found = 0;
    for (int r = first; r < result->respondent_count && found < most; r++)
        for (int i = 0; i < count; i++)
            if (estimate(result, r, rows[i], scale) != NULL) {
                by[found++] = r;
                break;
            }
    return found;
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

/* Is this person asked this scale about itself? */
static bool is_asked(const struct vb_sheet_view *view, int scale, struct row row)
{
    if (row.member < 0)
        return own_score(view->result, row, scale) != NULL;
    int role = vb_plan_role(view->result->plan, view->result->roster[row.member].role);
    return role >= 0 && (view->result->plan->scales[scale].roles & (1u << role)) != 0;
}

static const char *note_of(const struct vb_sheet_view *view, struct row row, int scale)
{
    const struct vb_score *score = own_score(view->result, row, scale);
    if (!is_asked(view, scale, row))
        return "";
    if (row.respondent < 0 || !view->result->respondents[row.respondent].shared || score == NULL ||
        score->answered == 0)
        return view->words->missing;
    return score->given ? "" : view->words->too_few;
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

static void table_row(const struct vb_sheet_view *view, int scale, struct row row, const int *by,
                      int by_count)
{
    const struct vb_result *result = view->result;
    struct vb_buf line = { 0 };
    const char *note = note_of(view, row, scale);
    vb_buf_puts(&line, "    ");
    row_name(&line, view, row);
    cell(&line, own_score(result, row, scale), "●");
    for (int i = 0; i < by_count && row.member >= 0; i++)
        cell(&line, estimate(result, by[i], row, scale), "■");
    put_noted(view, &line, by_count < ESTIMATORS_MAX ? note : "",
              4 + name_columns(view) + (1 + by_count) * (SCORE_COLUMNS + GAP_COLUMNS));
    vb_buf_finish(&line);
}

/* Is anything asked of this person, or of another about this person? */
static bool concerns(const struct vb_sheet_view *view, int scale, struct row row)
{
    bool any = is_asked(view, scale, row);
    for (int i = 0; i < view->result->respondent_count && !any; i++)
        any = estimate(view->result, i, row, scale) != NULL;
    return any;
}

static void table(const struct vb_sheet_view *view, int scale, const struct row *rows, int count)
{
    int by[ESTIMATORS_MAX], first = 0;
    vb_page_text(&view->page, 2, 0,
                 view->result->plan->scales[scale].title.by_language[view->language]);
    do {
        int found =
            estimators(view->result, scale, rows, count, by, first, estimators_beside(view));
        if (found == 0 && first > 0)
            break;
        table_head(view, by, found);
        for (int i = 0; i < count; i++)
            if (concerns(view, scale, rows[i]))
                table_row(view, scale, rows[i], by, found);
        first = found > 0 ? by[found - 1] + 1 : view->result->respondent_count;
    } while (first < view->result->respondent_count);
}

static bool anybody(const struct vb_sheet_view *view, int scale, const struct row *rows, int count)
{
    for (int i = 0; i < count; i++) {
        const struct vb_score *score = own_score(view->result, rows[i], scale);
        if (score != NULL && score->answered > 0)
            return true;
        for (int r = 0; r < view->result->respondent_count; r++)
            if (estimate(view->result, r, rows[i], scale) != NULL)
                return true;
    }
    return false;
}

void vb_sheet_family(const struct vb_sheet_view *view)
{
    const struct vb_result *result = view->result;
    int most = result->roster_count + result->respondent_count, begun = 0;
    struct row *rows = vb_alloc(((size_t)most + 1) * sizeof *rows);
    int count = rows_of(result, rows);
    for (int s = 0; s < result->plan->scale_count; s++) {
        const struct vb_scale *scale = &result->plan->scales[s];
        if (scale->negative || scale->hidden != VB_PRIVATE_NONE || !anybody(view, s, rows, count))
            continue;
        if (begun++ == 0) {
            vb_page_blank(&view->page);
            vb_page_rule(&view->page, view->words->overview);
        }
        table(view, s, rows, count);
    }
    free(rows);
}
