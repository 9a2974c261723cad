/* sheet_answer.h - one answer in words, and its place on a line. Pure; any thread.
 *
 * What comes out is not cleaned yet: it goes on the page through core/sheet/sheet_page.h. */
#ifndef VB_SHEET_ANSWER_H
#define VB_SHEET_ANSWER_H

#include "base/buf.h"
#include "data/result.h"
#include "data/text.h"
#include "sheet/sheet_words.h"

/* Shapes beside letters and colour, so that two voices are told apart in print. */
struct vb_marks {
    const char *empty, *full;
};

/* Who is who in a result's texts, in one language; the member they are about may be NULL. */
struct vb_naming vb_answer_naming(const struct vb_result *result, int language, const char *member);
/* Appends a text of the plan, such as an option's, with its slots filled. */
void vb_answer_text(struct vb_buf *out, const struct vb_result *result, int language,
                    const struct vb_text *text);
/* The answer's words in one language: a label, an option, a text, several with commas; what is not
 * there reads "niet ingevuld". */
void vb_answer_words(struct vb_buf *out, const struct vb_result *result,
                     const struct vb_sheet_words *words, int language, const struct vb_item *item,
                     const struct vb_value *value);

/* Columns of the item's line, 0: its kind has none. */
int vb_answer_line_columns(const struct vb_result *result, const struct vb_item *item);
/* The line with the answer's place marked; without a mark when it is not given. */
void vb_answer_line(struct vb_buf *out, const struct vb_result *result, const struct vb_item *item,
                    const struct vb_value *value, const struct vb_marks *marks);
/* Has the item a line, and how many steps has it; 0: none to be told apart. */
bool vb_answer_axis(const struct vb_result *result, const struct vb_item *item, int *steps);
/* The answer's place on it, 0..1000; -1: there is none. */
int vb_answer_place(const struct vb_result *result, const struct vb_item *item,
                    const struct vb_value *value);
/* What the line's ends stand for; false: nothing says that. */
bool vb_answer_ends(struct vb_buf *left, struct vb_buf *right, const struct vb_result *result,
                    const struct vb_sheet_words *words, int language, const struct vb_item *item);
/* A place in words, for lines without steps: "plaats 3 van 10". */
void vb_answer_tenth(struct vb_buf *out, const struct vb_sheet_words *words, int place);
/* A given score's place in the words of the round's answers: "tussen eens en helemaal eens". */
void vb_answer_score_words(struct vb_buf *out, const struct vb_result *result,
                           const struct vb_sheet_words *words, int language,
                           const struct vb_score *score);
/* Whether the kind is told in own words or pictures: text, words, draw, photo, collage, triangle.
 */
bool vb_answer_is_open(const struct vb_item *item);

/* A score's place on a line of columns; not given: the line alone. */
void vb_answer_score(struct vb_buf *out, const struct vb_score *score, int columns,
                     const char *mark);

#endif
