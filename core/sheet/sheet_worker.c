/* sheet_worker.c - private answers that a person gave the worker alone. They stand at the end,
 * apart from what everybody reads, and only on the sheet for the professional, each with what the
 * worker thought of that member. Where nobody said yes, that is not there either. */
#include "sheet/sheet_view.h"

#include "base/str.h"

static const char professional[] = "professional";

static void estimate_beside(const struct vb_sheet_view *view, int member,
                            const struct vb_item *item)
{
    const struct vb_result *result = view->result;
    for (int r = 0; member >= 0 && r < result->respondent_count; r++) {
        const struct vb_respondent *person = &result->respondents[r];
        for (int p = 0; vb_streq(person->role, professional) && p < person->for_worker_count; p++) {
            const struct vb_part *part = &person->for_worker[p];
            if (part->member_index == member && vb_value_given(&part->values[item->index]))
                view->face->for_worker(view, r, part, item);
        }
    }
}

void vb_sheet_worker(const struct vb_sheet_view *view)
{
    const struct vb_result *result = view->result;
    bool begun = false;
    if (!vb_streq(view->for_role, professional))
        return;
    for (int r = 0; r < result->respondent_count; r++) {
        const struct vb_respondent *person = &result->respondents[r];
        for (int p = 0; p < person->for_worker_count; p++)
            for (int i = 0; i < result->plan->item_count; i++) {
                if (person->for_worker[p].values[i].type == VB_VALUE_NONE ||
                    vb_streq(person->role, professional))
                    continue;
                if (!begun)
                    view->face->part(view, 0, view->words->for_worker);
                begun = true;
                view->face->for_worker(view, r, &person->for_worker[p], &result->plan->items[i]);
                estimate_beside(view, person->for_worker[p].member_index, &result->plan->items[i]);
            }
    }
}
