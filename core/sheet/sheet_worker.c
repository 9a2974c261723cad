/* sheet_worker.c - private answers that a person gave the worker alone. They stand at the end,
 * apart from what everybody reads, and only on the sheet for the professional. */
#include "sheet/sheet_view.h"

#include "base/str.h"

static const char professional[] = "professional";

static const char *member_label(const struct vb_result *result, const struct vb_part *part)
{
    return part->member_index >= 0 && part->member_index < result->roster_count
               ? result->roster[part->member_index].label
               : NULL;
}

static void one_answer(const struct vb_sheet_view *view, int respondent, const struct vb_part *part,
                       const struct vb_item *item)
{
    const struct vb_respondent *person = &view->result->respondents[respondent];
    struct vb_buf text = { 0 }, first = { 0 }, words = { 0 };
    vb_view_item(&text, view, item, person->role_index, view->language,
                 member_label(view->result, part));
    vb_page_text(&view->page, 2, 0, text.data);
    vb_buf_printf(&first, "    %c  ", vb_view_letter(view, respondent));
    vb_answer_words(&words, view->result, view->words, view->language, item,
                    &part->values[item->index]);
    vb_page_after(&view->page, first.data, 7, words.data == NULL ? "" : words.data);
    vb_buf_finish(&text);
    vb_buf_finish(&first);
    vb_buf_finish(&words);
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
                if (!begun) {
                    vb_page_blank(&view->page);
                    vb_page_rule(&view->page, view->words->for_worker);
                }
                begun = true;
                one_answer(view, r, &person->for_worker[p], &result->plan->items[i]);
            }
    }
}
