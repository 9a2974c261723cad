/* sheet_face.h - a way of writing the sheet: as text, as a page of HTML.
 *
 * sheet.c and its parts (sheet_family, sheet_member, sheet_talk, sheet_worker, sheet_frame) decide
 * what stands on the sheet and in which order; a face only decides how it looks, and says all of
 * it. Every function gets the view it was begun with. */
#ifndef VB_SHEET_FACE_H
#define VB_SHEET_FACE_H

#include "base/buf.h"
#include "data/result.h"

struct vb_sheet_view;

enum vb_said_how {
    VB_SAID_PLACED, /* words, and their place on the item's line */
    VB_SAID_PLAIN,  /* words alone: nothing to measure between */
    VB_SAID_BESIDE  /* own words, beside each other where there is room */
};
struct vb_said_item {
    const struct vb_item *item;
    const int *voices; /* respondents, in the order in which they speak */
    int count;
    enum vb_said_how how;
    const char *note; /* a sentence under it, NULL: none */
};

/* One answer about a member: what the member says of itself, or somebody else of it. */
struct vb_said_line {
    int respondent;               /* who says it; -1: the member, who shared nothing */
    bool own;                     /* the member itself */
    const struct vb_value *value; /* NULL: note instead */
    const char *note;
};

/* A person in the tables of a family. */
struct vb_family_row {
    int respondent; /* -1: in the roster, no session shared */
    int member;     /* roster index; -1: no member */
};

struct vb_sheet_face {
    void (*head)(const struct vb_sheet_view *view, const char *what);
    /* Begins a part, which ends the one before; number 0: none. */
    void (*part)(const struct vb_sheet_view *view, int number, const char *heading);
    void (*paragraph)(const struct vb_sheet_view *view, const char *text);
    /* The heading of what comes next inside a part. */
    void (*label)(const struct vb_sheet_view *view, const char *text);
    /* A line for a pen; label may be NULL. */
    void (*write_on)(const struct vb_sheet_view *view, const char *label);
    void (*item)(const struct vb_sheet_view *view, const struct vb_said_item *said);
    /* What was filled in together. */
    void (*joint)(const struct vb_sheet_view *view, const struct vb_item *item,
                  const struct vb_value *value);
    void (*prompt)(const struct vb_sheet_view *view, const char *text);
    /* Everybody's own place on a scale. */
    void (*scale)(const struct vb_sheet_view *view, int scale);
    /* A scale of a family: a row a person, others' views beside the own. */
    void (*family)(const struct vb_sheet_view *view, int scale, const struct vb_family_row *rows,
                   int count);
    /* What was answered about members: the question, then member by member. */
    void (*about)(const struct vb_sheet_view *view, const struct vb_item *item);
    void (*member)(const struct vb_sheet_view *view, const struct vb_item *item, int member,
                   const struct vb_said_line *lines, int count);
    /* One agreement of last time (index), with what became of it. */
    void (*followed)(const struct vb_sheet_view *view, int agreement);
    /* What was written down after the talk: a goal with two lines about it (the second may be
     * NULL), an agreement, something with its name. */
    void (*goal)(const struct vb_sheet_view *view, const char *text, const char *details,
                 const char *people);
    void (*agreement)(const struct vb_sheet_view *view, const char *text);
    void (*named)(const struct vb_sheet_view *view, const char *name, const char *text);
    /* Room for agreements by hand: who, what, when. */
    void (*by_hand)(const struct vb_sheet_view *view);
    /* What one person gave the worker alone. */
    void (*for_worker)(const struct vb_sheet_view *view, int respondent, const struct vb_part *part,
                       const struct vb_item *item);
    /* What a voice is called in the footer: its letter. */
    void (*letter)(struct vb_buf *out, const struct vb_sheet_view *view, int respondent);
    /* The footer: begin, then its lines; a NULL line is a gap. */
    void (*foot)(const struct vb_sheet_view *view, const char *id);
    void (*foot_line)(const struct vb_sheet_view *view, int hang, const char *text);
};

#endif
