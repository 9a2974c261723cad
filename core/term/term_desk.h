/* term_desk.h - the screen and the keyboard in front of one person. Room term only. */
#ifndef VB_TERM_DESK_H
#define VB_TERM_DESK_H

#include "base/mem.h"
#include "loop/lines.h"
#include "term/phrases.h"
#include "term/term_screen.h"

struct vb_desk {
    struct vb_screen screen;
    struct vb_lines *lines;
    enum vb_tongue tongue;
    bool cut; /* the last line came in full, but the terminal may have dropped what followed */
};

/* Shows the prompt and reads a line, without white space around it; in the arena. VB_E_STOPPED on a
 * signal and at the end of the input, VB_E_IO. A line that is no UTF-8 comes as NULL. */
enum vb_code vb_desk_line(struct vb_desk *desk, struct vb_arena *arena, const char **line,
                          struct vb_err *err);
/* Forgets what was typed before anybody could read what comes next. Only on a terminal: a file of
 * keys is typed ahead from end to end. */
void vb_desk_settle(struct vb_desk *desk);
/* Says text and waits for Enter. */
enum vb_code vb_desk_enter(struct vb_desk *desk, const char *text, struct vb_err *err);

/* Numbered answers, from 1; NULL-ended. */
struct vb_choices {
    const char *text[5]; /* NULL-ended */
};
/* Asks until one is chosen; *chosen is its number. yes and no count for 1 and 2. */
enum vb_code vb_desk_choose(struct vb_desk *desk, const char *question,
                            const struct vb_choices *choices, int *chosen, struct vb_err *err);
/* One of a NULL-ended list of any length, by its number; from 1. */
enum vb_code vb_desk_pick(struct vb_desk *desk, const char *question, const char *const *texts,
                          int *chosen, struct vb_err *err);
/* Yes or no, nothing else. enter_is_no: Enter is a no; otherwise it asks again. What was typed
 * ahead does not count. */
enum vb_code vb_desk_confirm(struct vb_desk *desk, const char *question, bool enter_is_no,
                             bool *yes, struct vb_err *err);
/* Says a phrase (what: for its {}). */
void vb_desk_say(struct vb_desk *desk, enum vb_style style, int indent, enum vb_phrase phrase,
                 const char *what);
/* 1 for yes, 2 for no in either tongue, a whole number else, -1: none of these. */
int vb_yes_or_no(const char *line);

#endif
