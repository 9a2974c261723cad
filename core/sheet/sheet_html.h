/* sheet_html.h - what the files of the HTML face share: the page, what is open on it, and pieces.
 *
 * sheet_html.c has the frame, the parts and the talk; sheet_html_item.c questions and answers;
 * sheet_html_family.c the pictures of a family. Text of people and authors goes out through
 * sheet/html.h alone. */
#ifndef VB_SHEET_HTML_H
#define VB_SHEET_HTML_H

#include "sheet/sheet_view.h"
#include "sheet/svg.h"

enum { VB_BESIDE_MAX = 2 }; /* voices that have a column; more stand in a list */
struct vb_paper {
    struct vb_buf *out;
    bool mirrored;    /* written from right to left */
    int parts;        /* begun, for their ids */
    const char *list; /* what is to be closed: "</tbody></table>", "</ul>"; NULL: nothing */
    /* of an open table of questions */
    int columns[VB_BESIDE_MAX], column_count;
    bool table, plain;
    struct vb_buf left, right; /* the ends its head names */
    const struct vb_sheet_pictures *pictures;
};

/* Closes a list or table that is open. */
void vb_paper_close(const struct vb_sheet_view *view);
/* Closes it and opens another, which `closing` ends. */
void vb_paper_open(const struct vb_sheet_view *view, const char *opening, const char *closing);

/* <name attributes>text</name>, text being the instrument's: with the direction of its language,
 * and that language where it is not the phrases' own. What people wrote goes either way
 * (dir="auto"). */
void vb_paper_put(const struct vb_sheet_view *view, const char *name, const char *attributes,
                  int language, const char *text);
/* Phrases of the sheet itself. */
void vb_paper_phrase(const struct vb_sheet_view *view, const char *name, const char *attributes,
                     const char *text);
/* The question, and in the languages of those who read another one. */
void vb_paper_question(const struct vb_sheet_view *view, const struct vb_item *item);
/* Everybody's answer words, with a place where words alone do not tell it. */
void vb_paper_words(const struct vb_sheet_view *view, const struct vb_item *item, int respondent,
                    const struct vb_value *value);
/* What was placed, drawn or photographed; false: nothing that shows in itself. */
bool vb_paper_picture(const struct vb_sheet_view *view, const struct vb_item *item,
                      const struct vb_value *value);
/* The ends of a line under it; nothing when both are NULL. */
void vb_paper_ends(const struct vb_sheet_view *view, const char *left, const char *right);

/* The mark of a respondent, or of a member who is none (row); letter holds its one or two
 * characters. */
enum { VB_LETTER_SIZE = 16 };
enum vb_shape vb_paper_letter(char letter[VB_LETTER_SIZE], const struct vb_sheet_view *view,
                              struct vb_family_row row);
struct vb_family_row vb_paper_row(const struct vb_sheet_view *view, int respondent);
void vb_paper_mark(const struct vb_sheet_view *view, struct vb_family_row row);
/* The mark, and the name beside it or for screen readers alone. */
void vb_paper_voice(const struct vb_sheet_view *view, int respondent, bool seen);

void vb_html_item(const struct vb_sheet_view *view, const struct vb_said_item *said);
void vb_html_scale(const struct vb_sheet_view *view, int scale);
void vb_html_followed(const struct vb_sheet_view *view, int agreement);
void vb_html_family(const struct vb_sheet_view *view, int scale, const struct vb_family_row *rows,
                    int count);
void vb_html_about(const struct vb_sheet_view *view, const struct vb_item *item);
void vb_html_member(const struct vb_sheet_view *view, const struct vb_item *item, int member,
                    const struct vb_said_line *lines, int count);

#endif
