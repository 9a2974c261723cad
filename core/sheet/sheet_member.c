/* sheet_member.c - what was answered about each member outside every scale: a line for what the
 * member says of itself, one for each other person. Whoever did not share, stopped or never came
 * has the same empty line. */
#include "sheet/sheet_view.h"

#include <stdlib.h>

#include "base/str.h"

static const struct vb_value *value_about(const struct vb_sheet_view *view, int respondent,
                                          int member, const struct vb_item *item)
{
    static const struct vb_value none;
    const struct vb_part *part = vb_view_about(&view->result->respondents[respondent], member);
    return part == NULL || part->values == NULL ? &none : &part->values[item->index];
}

static bool anybody_gave(const struct vb_sheet_view *view, const struct vb_item *item)
{
    for (int m = 0; m < view->result->roster_count; m++)
        for (int i = 0; i < view->result->respondent_count; i++)
            if (vb_value_given(value_about(view, i, m, item)))
                return true;
    return false;
}

/* What the member says of itself; nothing at all where its role is not asked. */
static struct vb_said_line own_line(const struct vb_sheet_view *view, const struct vb_item *item,
                                    int member)
{
    const struct vb_roster_name *name = &view->result->roster[member];
    int role = vb_plan_role(view->result->plan, name->role);
    int own = vb_view_person(view, name->person);
    struct vb_said_line line = { .respondent = own, .own = true, .note = "" };
    if (own >= 0 && view->result->respondents[own].shared &&
        value_about(view, own, member, item)->type != VB_VALUE_NONE)
        line.value = value_about(view, own, member, item);
    else if (role >= 0 && item->text[role] != NULL)
        line.note = view->words->missing;
    return line;
}

/* Is it asked of this member, or did anybody answer it about this member? */
static bool concerns(const struct vb_sheet_view *view, const struct vb_item *item, int member)
{
    int role = vb_plan_role(view->result->plan, view->result->roster[member].role);
    if (role < 0 || item->text[role] != NULL)
        return true;
    for (int i = 0; i < view->result->respondent_count; i++)
        if (value_about(view, i, member, item)->type != VB_VALUE_NONE)
            return true;
    return false;
}

static void one_member(const struct vb_sheet_view *view, const struct vb_item *item, int member)
{
    const struct vb_result *result = view->result;
    struct vb_said_line *lines = vb_alloc(((size_t)result->respondent_count + 1) * sizeof *lines);
    int count = 0;
    lines[count++] = own_line(view, item, member);
    for (int i = 0; i < result->respondent_count; i++) {
        const struct vb_value *value = value_about(view, i, member, item);
        if (i != lines[0].respondent && result->respondents[i].shared &&
            value->type != VB_VALUE_NONE)
            lines[count++] = (struct vb_said_line){ .respondent = i, .value = value };
    }
    view->face->member(view, item, member, lines, count);
    free(lines);
}

void vb_sheet_members(const struct vb_sheet_view *view)
{
    bool begun = false;
    for (int i = 0; i < view->result->plan->item_count; i++) {
        const struct vb_item *item = &view->result->plan->items[i];
        if (!item->per_member || item->scale >= 0 || !vb_view_may_show(view, item) ||
            !anybody_gave(view, item))
            continue;
        if (!begun)
            view->face->part(view, 0, view->words->members);
        begun = true;
        view->face->about(view, item);
        for (int m = 0; m < view->result->roster_count; m++)
            if (concerns(view, item, m))
                one_member(view, item, m);
        view->told[i] = true;
    }
}
