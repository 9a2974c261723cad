/* sheet_family.c - several voices: for each scale a table with one row a person, and what others
 * think of that person beside what the person says. No average, and no judgement about distances:
 * a row that is empty because somebody did not share looks like one of somebody who was not there.
 */
#include "sheet/sheet_view.h"

#include <stdlib.h>

#include "base/str.h"

static int roster_index(const struct vb_result *result, const char *person)
{
    for (int i = 0; i < result->roster_count; i++)
        if (vb_streq(result->roster[i].person, person))
            return i;
    return -1;
}

struct vb_family_row *vb_family_rows(const struct vb_sheet_view *view, int *count)
{
    const struct vb_result *result = view->result;
    size_t most = (size_t)result->roster_count + (size_t)result->respondent_count;
    struct vb_family_row *rows = vb_alloc((most + 1) * sizeof *rows);
    *count = 0;
    for (int i = 0; i < result->roster_count; i++)
        rows[(*count)++] =
            (struct vb_family_row){ vb_view_person(view, result->roster[i].person), i };
    for (int i = 0; i < result->respondent_count; i++)
        if (roster_index(result, result->respondents[i].person) < 0)
            rows[(*count)++] = (struct vb_family_row){ i, -1 };
    return rows;
}

void vb_family_who(struct vb_buf *out, const struct vb_sheet_view *view, struct vb_family_row row)
{
    if (row.member < 0) {
        vb_frame_person(out, view, row.respondent);
        return;
    }
    vb_family_name(out, view, row);
    if (row.respondent < 0 || !view->result->respondents[row.respondent].shared)
        vb_buf_printf(out, ": %s", view->words->missing);
}

static const struct vb_score *score_in(const struct vb_part *part, int scale)
{
    return part != NULL && part->scores != NULL && part->scores[scale].any ? &part->scores[scale]
                                                                           : NULL;
}

const struct vb_score *vb_family_own(const struct vb_sheet_view *view, struct vb_family_row row,
                                     int scale)
{
    if (row.respondent < 0)
        return NULL;
    const struct vb_respondent *person = &view->result->respondents[row.respondent];
    const struct vb_score *own = score_in(&person->own, scale);
    return own != NULL || row.member < 0 ? own : score_in(vb_view_about(person, row.member), scale);
}

const struct vb_score *vb_family_estimate(const struct vb_sheet_view *view, int by,
                                          struct vb_family_row row, int scale)
{
    if (row.member < 0 || by == row.respondent)
        return NULL;
    return score_in(vb_view_about(&view->result->respondents[by], row.member), scale);
}

bool vb_family_estimates(const struct vb_sheet_view *view, int by, int scale,
                         const struct vb_family_row *rows, int count)
{
    for (int i = 0; i < count; i++)
        if (vb_family_estimate(view, by, rows[i], scale) != NULL)
            return true;
    return false;
}

void vb_family_name(struct vb_buf *out, const struct vb_sheet_view *view, struct vb_family_row row)
{
    const struct vb_result *result = view->result;
    if (row.member >= 0)
        vb_view_label(out, view, result->roster[row.member].label, result->roster[row.member].role);
    else
        vb_view_label(out, view, result->respondents[row.respondent].label,
                      result->respondents[row.respondent].role);
}

/* Is this person asked this scale about itself? */
static bool is_asked(const struct vb_sheet_view *view, int scale, struct vb_family_row row)
{
    if (row.member < 0)
        return vb_family_own(view, row, scale) != NULL;
    int role = vb_plan_role(view->result->plan, view->result->roster[row.member].role);
    return role >= 0 && (view->result->plan->scales[scale].roles & (1u << role)) != 0;
}

const char *vb_family_note(const struct vb_sheet_view *view, struct vb_family_row row, int scale)
{
    const struct vb_score *score = vb_family_own(view, row, scale);
    if (!is_asked(view, scale, row))
        return "";
    if (row.respondent < 0 || !view->result->respondents[row.respondent].shared || score == NULL ||
        score->answered == 0)
        return view->words->missing;
    return score->given ? "" : view->words->too_few;
}

bool vb_family_concerns(const struct vb_sheet_view *view, int scale, struct vb_family_row row)
{
    bool any = is_asked(view, scale, row);
    for (int i = 0; i < view->result->respondent_count && !any; i++)
        any = vb_family_estimate(view, i, row, scale) != NULL;
    return any;
}

static bool anybody(const struct vb_sheet_view *view, int scale, const struct vb_family_row *rows,
                    int count)
{
    for (int i = 0; i < count; i++) {
        const struct vb_score *score = vb_family_own(view, rows[i], scale);
        if (score != NULL && score->answered > 0)
            return true;
    }
    for (int r = 0; r < view->result->respondent_count; r++)
        if (vb_family_estimates(view, r, scale, rows, count))
            return true;
    return false;
}

void vb_sheet_family(const struct vb_sheet_view *view)
{
    const struct vb_result *result = view->result;
    int count, begun = 0;
    struct vb_family_row *rows = vb_family_rows(view, &count);
    for (int s = 0; s < result->plan->scale_count; s++) {
        const struct vb_scale *scale = &result->plan->scales[s];
        if (scale->negative || scale->hidden != VB_PRIVATE_NONE || !anybody(view, s, rows, count))
            continue;
        if (begun++ == 0)
            view->face->part(view, 0, view->words->overview);
        view->face->family(view, s, rows, count);
    }
    free(rows);
}
