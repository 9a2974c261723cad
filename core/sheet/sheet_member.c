/* sheet_member.c - what was answered about each member outside every scale: a line for what the
 * member says of itself, one for each other person. Whoever did not share, stopped or never came
 * has the same empty line. */
#include "sheet/sheet_view.h"

#include "base/str.h"

static const struct vb_value *value_about(const struct vb_sheet_view *view, int respondent,
                                          int member, const struct vb_item *item)
{
    static const struct vb_value none;
    const struct vb_part *part = vb_view_about(&view->result->respondents[respondent], member);
    return part == NULL || part->values == NULL ? &none : &part->values[item->index];
}

/* The member's place among the respondents, -1: it shared nothing. */
static int own_place(const struct vb_sheet_view *view, int member)
{
    for (int i = 0; i < view->result->respondent_count; i++)
        if (vb_streq(view->result->respondents[i].person, view->result->roster[member].person))
            return i;
    return -1;
}

static bool anybody_gave(const struct vb_sheet_view *view, const struct vb_item *item)
{
    for (int m = 0; m < view->result->roster_count; m++)
        for (int i = 0; i < view->result->respondent_count; i++)
            if (vb_value_given(value_about(view, i, m, item)))
                return true;
    return false;
}

enum { LEAST_COLUMNS = 15 }; /* that an answer in words has on its line */

static void put_line(const struct vb_sheet_view *view, const struct vb_item *item, int respondent,
                     const struct vb_value *value, struct vb_buf *first)
{
    struct vb_buf words = { 0 };
    int columns = vb_answer_line_columns(view->result, item);
    if (vb_text_width(first->data, first->len) + columns + LEAST_COLUMNS > view->page.columns) {
        vb_page_after(&view->page, first->data, view->page.columns, ""); /* a long name, alone */
        vb_buf_clear(first);
        vb_buf_puts(first, "      ");
    }
    if (columns > 0) {
        vb_answer_line(first, view->result, item, value, vb_view_marks(view, respondent));
        vb_buf_puts(first, "  ");
    }
    vb_view_words(&words, view, item, respondent, value);
    vb_page_after(&view->page, first->data, vb_text_width(first->data, first->len),
                  words.data == NULL ? "" : words.data);
    vb_buf_finish(&words);
}

/* "Sam (jongere)", and behind it what Sam says of itself. */
static void own_line(const struct vb_sheet_view *view, const struct vb_item *item, int member)
{
    enum { NAME_COLUMNS = 24 };
    const struct vb_roster_name *name = &view->result->roster[member];
    int role = vb_plan_role(view->result->plan, name->role), own = own_place(view, member);
    struct vb_buf line = { 0 }, text = { 0 };
    if (name->label != NULL)
        vb_buf_printf(&text, "%s (%s)", name->label, vb_sheet_words_role(view->words, name->role));
    else
        vb_buf_puts(&text, vb_sheet_words_role(view->words, name->role));
    vb_buf_puts(&line, "    ");
    vb_page_flat(&line, text.data, NAME_COLUMNS);
    vb_buf_puts(&line, "  ");
    if (own >= 0 && view->result->respondents[own].shared &&
        value_about(view, own, member, item)->type != VB_VALUE_NONE)
        put_line(view, item, own, value_about(view, own, member, item), &line);
    else
        vb_page_after(&view->page, line.data, vb_text_width(line.data, line.len),
                      role >= 0 && item->text[role] != NULL ? view->words->missing : "");
    vb_buf_finish(&line);
    vb_buf_finish(&text);
}

static void member_lines(const struct vb_sheet_view *view, const struct vb_item *item, int member)
{
    int own = own_place(view, member);
    own_line(view, item, member);
    for (int i = 0; i < view->result->respondent_count; i++) {
        const struct vb_value *value = value_about(view, i, member, item);
        if (i == own || !view->result->respondents[i].shared || value->type == VB_VALUE_NONE)
            continue;
        struct vb_buf line = { 0 };
        vb_buf_printf(&line, "      %c  ", vb_view_letter(view, i));
        put_line(view, item, i, value, &line);
        vb_buf_finish(&line);
    }
}

void vb_sheet_members(const struct vb_sheet_view *view)
{
    bool begun = false;
    for (int i = 0; i < view->result->plan->item_count; i++) {
        const struct vb_item *item = &view->result->plan->items[i];
        if (!item->per_member || item->scale >= 0 || !vb_view_may_show(view, item) ||
            !anybody_gave(view, item))
            continue;
        if (!begun) {
            vb_page_blank(&view->page);
            vb_page_rule(&view->page, view->words->members);
        }
        begun = true;
        vb_view_item_head(view, item);
        for (int m = 0; m < view->result->roster_count; m++)
            member_lines(view, item, m);
        view->told[i] = true;
    }
}
