/* sheet_worker.c - private answers that a person gave the worker alone. They stand at the end,
 * apart from what everybody reads, and only on the sheet for the professional. */
#include "sheet/sheet_view.h"

#include "base/str.h"

static const char professional[] = "professional";

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
            }
    }
}
