/* sheet_view.h - what the parts of one sheet share: the result, the language, who is who. */
#ifndef VB_SHEET_VIEW_H
#define VB_SHEET_VIEW_H

#include "data/result.h"
#include "data/text.h"
#include "sheet/sheet.h"
#include "sheet/sheet_answer.h"
#include "sheet/sheet_page.h"
#include "sheet/sheet_words.h"

struct vb_sheet_view {
    struct vb_page page;
    const struct vb_result *result;
    const struct vb_sheet_words *words;
    int language;         /* plan language index of the sheet */
    int reader;           /* role index whose wording comes first; -1: whoever is asked first */
    const char *for_role; /* NULL: everybody reads it */
    bool has_topic;       /* the topic has a part of its own */
    bool *told;           /* [item_count]: stands on the sheet already */
};

/* The label, else the role's word ("de werker"); capital: begins a sentence. */
void vb_view_name(struct vb_buf *out, const struct vb_sheet_view *view, int respondent,
                  bool capital);
/* The first respondent with this role; -1: none. */
int vb_view_role(const struct vb_sheet_view *view, const char *role);
/* One letter a voice: C, W; two that would be alike get A, B and so on. */
char vb_view_letter(const struct vb_sheet_view *view, int respondent);
const struct vb_marks *vb_view_marks(const struct vb_sheet_view *view, int respondent);
int vb_view_language(const struct vb_sheet_view *view, int respondent);

/* An item's wording for a role (else for the first role that is asked it), slots filled. */
void vb_view_item(struct vb_buf *out, const struct vb_sheet_view *view, const struct vb_item *item,
                  int role, int language, const char *member);
/* Any text of the plan, slots filled. */
void vb_view_fill(struct vb_buf *out, const struct vb_sheet_view *view, int language,
                  const char *text, const char *member);
/* template with {worker} and {client} replaced by names, one at its start with a capital; X and Y
 * standing alone by x and y. */
void vb_view_phrase(struct vb_buf *out, const struct vb_sheet_view *view, const char *template,
                    const char *x, const char *y);

/* May this item stand on the part everybody reads? Private scales may not. */
bool vb_view_may_show(const struct vb_sheet_view *view, const struct vb_item *item);
/* The person's own value: NONE when it is no part of it. */
const struct vb_value *vb_view_value(const struct vb_sheet_view *view, int respondent,
                                     const struct vb_item *item);

/* What the person answered about a member (roster index); NULL: nothing was asked about that one.
 */
const struct vb_part *vb_view_about(const struct vb_respondent *person, int member);

/* The item as a head and a line for each voice in order; lines: with its place. */
void vb_view_item_head(const struct vb_sheet_view *view, const struct vb_item *item);
void vb_view_voice(const struct vb_sheet_view *view, const struct vb_item *item, int respondent,
                   bool line);
/* Other words of this person, after the letter and in the colour of the voice. */
void vb_view_said(const struct vb_sheet_view *view, int respondent, const char *words);
/* Words in the sheet's language, and in the person's own when that is another. */
void vb_view_answer(struct vb_buf *out, const struct vb_sheet_view *view,
                    const struct vb_item *item, int respondent);
/* As answer, of another value by this person. */
void vb_view_words(struct vb_buf *out, const struct vb_sheet_view *view, const struct vb_item *item,
                   int respondent, const struct vb_value *value);

/* sheet_frame.c: title, date, who is who; what the questions are and how they were filled in. */
void vb_sheet_head(const struct vb_sheet_view *view, const char *what);
void vb_sheet_footer(const struct vb_sheet_view *view);
/* sheet_talk.c: what was agreed last time and what was done with it, before all else (nothing when
 * there is none); what was written down after this talk, or lines to write on. */
void vb_sheet_last(const struct vb_sheet_view *view);
void vb_sheet_agreements(const struct vb_sheet_view *view);
/* sheet_worker.c: on the sheet for the professional, what somebody said yes to for them alone. */
void vb_sheet_worker(const struct vb_sheet_view *view);
/* sheet_family.c: a roster or more than two voices; tables for each scale. */
void vb_sheet_family(const struct vb_sheet_view *view);
/* sheet_member.c: what was answered about each member outside every scale. */
void vb_sheet_members(const struct vb_sheet_view *view);

#endif
