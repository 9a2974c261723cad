/* sheet_view.h - what the parts of one sheet share: the result, the language, who is who. */
#ifndef VB_SHEET_VIEW_H
#define VB_SHEET_VIEW_H

#include "data/result.h"
#include "data/text.h"
#include "sheet/sheet.h"
#include "sheet/sheet_answer.h"
#include "sheet/sheet_face.h"
#include "sheet/sheet_page.h"
#include "sheet/sheet_words.h"

struct vb_paper;
struct vb_sheet_view {
    const struct vb_sheet_face *face;
    struct vb_page page;    /* the text's own */
    struct vb_paper *paper; /* the page's own (sheet_html.h) */
    const struct vb_result *result;
    const struct vb_sheet_words *words;
    int language;         /* plan language index of the sheet */
    int reader;           /* role index whose wording comes first; -1: whoever is asked first */
    const char *for_role; /* NULL: everybody reads it */
    bool has_topic;       /* the topic has a part of its own */
    bool *told;           /* [item_count]: stands on the sheet already */
};

/* sheet.c: who reads what, and in which language. The view has its face and what that needs. */
void vb_sheet_begin(struct vb_sheet_view *view, const struct vb_result *result,
                    const struct vb_sheet_options *options);
/* Then: says the whole sheet to the view's face, from head to footer. */
void vb_sheet_say(struct vb_sheet_view *view);

/* The label, else the role's word ("de werker"); capital: begins a sentence. */
void vb_view_name(struct vb_buf *out, const struct vb_sheet_view *view, int respondent,
                  bool capital);
/* "Sam (jongere)", or the role's word alone. */
void vb_view_label(struct vb_buf *out, const struct vb_sheet_view *view, const char *label,
                   const char *role);
/* The first respondent with this role; -1: none. */
int vb_view_role(const struct vb_sheet_view *view, const char *role);
/* The respondent who is this person; -1: none. */
int vb_view_person(const struct vb_sheet_view *view, const char *person);
/* One letter a voice: C, W; two that would be alike get A, B and so on. */
char vb_view_letter(const struct vb_sheet_view *view, int respondent);
const struct vb_marks *vb_view_marks(const struct vb_sheet_view *view, int respondent);
int vb_view_language(const struct vb_sheet_view *view, int respondent);

/* An item's wording for a role (else for the first role that is asked it), slots filled. */
void vb_view_item(struct vb_buf *out, const struct vb_sheet_view *view, const struct vb_item *item,
                  int role, int language, const char *member);
/* The item as the sheet asks it: the reader's wording, else that of whoever is asked first. */
void vb_view_question(struct vb_buf *out, const struct vb_sheet_view *view,
                      const struct vb_item *item);
/* The first respondent from `from` on who shared and reads another language than the sheet and
 * everybody before; -1: none more. Their wording stands beside the sheet's own. */
int vb_view_other_language(const struct vb_sheet_view *view, int from);
/* The first respondent from `from` on who shared and was asked an open question of relation own in
 * other words than those that stand there: each speaks of something else, so both are shown. */
int vb_view_other_wording(const struct vb_sheet_view *view, const struct vb_item *item, int from);
/* Any text of the plan, slots filled. */
void vb_view_fill(struct vb_buf *out, const struct vb_sheet_view *view, int language,
                  const char *text, const char *member);
/* template with {worker} and {client} replaced by names, one at its start with a capital; X and Y
 * standing alone by x and y. */
void vb_view_phrase(struct vb_buf *out, const struct vb_sheet_view *view, const char *template,
                    const char *x, const char *y);

/* May this item stand on the part everybody reads? Private scales may not. */
bool vb_view_may_show(const struct vb_sheet_view *view, const struct vb_item *item);
/* Every question is private to research: it is no sheet to talk with. */
bool vb_view_shows_nothing(const struct vb_sheet_view *view);
/* The person's own value: NONE when it is no part of it. */
const struct vb_value *vb_view_value(const struct vb_sheet_view *view, int respondent,
                                     const struct vb_item *item);

/* What the person answered about a member (roster index); NULL: nothing was asked about that one.
 */
const struct vb_part *vb_view_about(const struct vb_respondent *person, int member);

/* Words in the sheet's language, and in the person's own when that is another. */
void vb_view_answer(struct vb_buf *out, const struct vb_sheet_view *view,
                    const struct vb_item *item, int respondent);
/* As answer, of another value by this person. */
void vb_view_words(struct vb_buf *out, const struct vb_sheet_view *view, const struct vb_item *item,
                   int respondent, const struct vb_value *value);

/* The wording of what a person gave the worker alone, about itself or about a member. */
void vb_view_private(struct vb_buf *out, const struct vb_sheet_view *view, int respondent,
                     const struct vb_part *part, const struct vb_item *item);
/* Why a person has no place on a scale that it was asked: "" when it has one. */
const char *vb_view_score_note(const struct vb_sheet_view *view, int respondent,
                               const struct vb_score *score);

/* sheet_frame.c: title, date, who is who; what the questions are and how they were filled in. */
const char *vb_frame_kind(const struct vb_sheet_view *view); /* a sheet, or which card */
void vb_frame_title(struct vb_buf *out, const struct vb_sheet_view *view);
void vb_frame_when(struct vb_buf *out, const struct vb_sheet_view *view);
/* "de cliënt", "Sam (cliënt): niet ingevuld" */
void vb_frame_person(struct vb_buf *out, const struct vb_sheet_view *view, int respondent);
/* What left and right of the lines stand for, when the round's format says it for everything. */
bool vb_frame_ends(const struct vb_sheet_view *view, const char **left, const char **right);
void vb_sheet_footer(const struct vb_sheet_view *view);
/* sheet_talk.c: what was agreed last time and what was done with it, before all else (nothing when
 * there is none); what was written down after this talk, or lines to write on. */
void vb_sheet_last(const struct vb_sheet_view *view);
void vb_sheet_agreements(const struct vb_sheet_view *view);
bool vb_sheet_has_record(const struct vb_sheet_view *view); /* something was written down */
/* sheet_card.c: a card of words or topics instead of voices. */
void vb_sheet_card(struct vb_sheet_view *view);
/* sheet_worker.c: on the sheet for the professional, what somebody said yes to for them alone. */
void vb_sheet_worker(const struct vb_sheet_view *view);

/* sheet_group.c: is there anything whose answers can be set off against each other? */
bool vb_view_has_points(const struct vb_sheet_view *view);
/* Three voices or more without a roster: the items of a category (well, differ, better) in talking
 * order; returns how many. items has room for all of the plan's. */
int vb_group_points(const struct vb_sheet_view *view, enum vb_category category, int *items);

/* sheet_family.c: a roster; tables for each scale. */
void vb_sheet_family(const struct vb_sheet_view *view);
/* Members in roster order, then who is not in it (the professional); the caller frees them. */
struct vb_family_row *vb_family_rows(const struct vb_sheet_view *view, int *count);
/* "Sam (jongere)", "Kim (ouder): niet ingevuld"; whoever is not in the roster as vb_frame_person.
 */
void vb_family_who(struct vb_buf *out, const struct vb_sheet_view *view, struct vb_family_row row);
void vb_family_name(struct vb_buf *out, const struct vb_sheet_view *view, struct vb_family_row row);
/* What the person says of itself; NULL: not asked, or no such person shared. */
const struct vb_score *vb_family_own(const struct vb_sheet_view *view, struct vb_family_row row,
                                     int scale);
/* What respondent by thinks of this person; NULL: was not asked, or is that person. */
const struct vb_score *vb_family_estimate(const struct vb_sheet_view *view, int by,
                                          struct vb_family_row row, int scale);
/* Does this respondent estimate anybody on the scale? */
bool vb_family_estimates(const struct vb_sheet_view *view, int by, int scale,
                         const struct vb_family_row *rows, int count);
/* Why there is no place of its own: "niet ingevuld", "te weinig antwoorden", "". */
const char *vb_family_note(const struct vb_sheet_view *view, struct vb_family_row row, int scale);
/* Is anything asked of this person, or of another about this person? */
bool vb_family_concerns(const struct vb_sheet_view *view, int scale, struct vb_family_row row);
/* sheet_member.c: what was answered about each member outside every scale. */
void vb_sheet_members(const struct vb_sheet_view *view);

#endif
