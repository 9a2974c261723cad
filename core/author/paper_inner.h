/* paper_inner.h - a form of paper while it is written: its parts, and the words on it. */
#ifndef VB_PAPER_INNER_H
#define VB_PAPER_INNER_H

#include "author/paper.h"
#include "data/text.h"

/* {} is where something is filled in, {n} the number of a question. */
struct vb_paper_words {
    const char *language;
    const char *form_for, *code, *date, *how[3], *asked_all;
    const char *dont_know, *rather_not, *needed, *worker_only, *research_only;
    const char *at_most, *something_else, *own_words, *from_to, *to, *from, *up_to, *day, *month,
        *year;
    const char *draw, *photo, *collage, *triangle, *yes, *no, *name, *leave_empty, *more_members;
    const char *together, *end, *share, *keep_back;
    /* conditions */
    const char *only_if, *and_also, *or_else, *neither;
    const char *said_yes, *said_no, *chose, *gave, *answered, *below, *above, *between;
    const char *page;
};
const struct vb_paper_words *vb_paper_words_of(const char *language);

/* One role's form while it is written. */
struct vb_blank {
    struct vb_buf *out;
    const struct vb_plan *plan;
    const struct vb_paper_wish *wish;
    const struct vb_paper_words *words;
    struct vb_naming naming;
    int *numbers; /* [item_count] as printed; 0: not on this form */
};
/* Borrows what it is given; no question has a number yet. vb_blank_finish when it is written. */
struct vb_blank vb_blank_begin(struct vb_buf *out, const struct vb_plan *plan,
                               const struct vb_paper_wish *wish);
void vb_blank_finish(struct vb_blank *blank);

/* A place on the form: a question, or a message before one. */
struct vb_paper_entry {
    int item; /* -1: a message */
    const struct vb_step *say;
};
/* What this role is asked, in the order of the flow; of a script nobody knows the order, so in that
 * of the file. Numbers the questions in blank. The caller frees it. */
struct vb_paper_entry *vb_paper_entries(const struct vb_blank *blank, int *count);

/* <name class lang dir>text, slots filled</name>: a text of the instrument. */
void vb_blank_text(const struct vb_blank *blank, const char *name, const char *class,
                   const struct vb_text *text);
/* The same for a sentence of ours. */
void vb_blank_say(const struct vb_blank *blank, const char *name, const char *class,
                  const char *text);
/* A sentence of ours with {} filled in. */
void vb_blank_fill(struct vb_buf *out, const char *sentence, const char *what);

void vb_blank_answer(const struct vb_blank *blank, const struct vb_item *item); /* paper_kind.c */
/* How many names there is room for. */
int vb_blank_members(const struct vb_blank *blank);
bool vb_blank_per_member(const struct vb_blank *blank, const struct vb_item *item);
/* "Only if you said yes at 7." (paper_when.c) */
void vb_blank_when(struct vb_buf *out, const struct vb_blank *blank, const struct vb_cond *cond);

#endif
