/* term_kind.h - how one kind of question looks on a terminal and how a typed line becomes a value.
 *
 * A kind is a const table in term_KIND.c. What was typed becomes the JSON an answer file would
 * hold, so that people and files meet in one reader (vb_asked_value). Room term only. */
#ifndef VB_TERM_KIND_H
#define VB_TERM_KIND_H

#include "data/text.h"
#include "term/phrases.h"
#include "term/term_desk.h"

struct vb_question {
    struct vb_desk *desk;
    struct vb_ask ask;
    struct vb_naming naming; /* the person's language; member is who it is about */
    enum vb_tongue tongue;
    int role;                       /* plan role index, -1: together */
    const char *lead;               /* stands over it; NULL: its number and what comes before */
    const struct vb_value *offered; /* NULL: none; Enter then keeps it */
    bool can_back, changing;        /* changing: asked again at the overview */
    bool about;                     /* of somebody else: who it is about is said */
    uint32_t by;                    /* the way chosen before: enum vb_tool bits, 0: any */
    bool correcting;                /* stopping leaves what was shared as it is */
    struct vb_arena *arena;
};

struct vb_term_kind {
    enum vb_kind_id id;
    /* Numbers are answers of their own here (a text, an amount), so the special answers wait behind
     * "?"; otherwise they get the numbers after the answers. */
    bool typed;
    /* Shows what there is to choose from; NULL: nothing. */
    void (*show)(const struct vb_question *question);
    /* The highest number that is an answer; typed kinds: NULL. */
    int (*count)(const struct vb_question *question);
    /* Appends what is wanted, one sentence. */
    void (*want)(const struct vb_question *question, struct vb_buf *out);
    /* line was not empty and no command. *json: the caller deletes it; NULL: not understood, a
     * JSON null: the person wants to write it again. May ask for another line. */
    enum vb_code (*read)(const struct vb_question *question, const char *line, cJSON **json,
                         struct vb_err *err);
    /* Appends a given value in words. */
    void (*say)(const struct vb_question *question, const struct vb_value *value,
                struct vb_buf *out);
};
const struct vb_term_kind *vb_term_kind_of(enum vb_kind_id id);

/* -- what several kinds need -- */

/* A text of the instrument in the person's language with its slots filled; in the arena. */
const char *vb_question_text(const struct vb_question *question, const struct vb_text *text);
const char *vb_question_fill(const struct vb_question *question, const char *text);
/* Appends a value in words, missing ones too. */
void vb_question_say(const struct vb_question *question, const struct vb_value *value,
                     struct vb_buf *out);
/* The labelled answers, NULL: none. */
const struct vb_answers *vb_question_answers(const struct vb_question *question);
/* A whole number and nothing else. */
bool vb_read_int(const char *line, int64_t *out);
/* A typed day, 31-12-2026 or 2026-12-31, as "2026-12-31"; false: not in that form. */
enum { VB_DAY_SIZE = 11 };
bool vb_read_day(const char *line, char out[VB_DAY_SIZE]);
/* Appends a day as it is said: 31-12-2026 in Dutch; what is no day as it is written. */
void vb_say_day(enum vb_tongue tongue, const char *day, struct vb_buf *out);
/* Splits at commas, trims, drops what is empty: strings in the arena, NULL-ended. */
const char *const *vb_split_commas(struct vb_arena *arena, const char *line, int *count);
/* Appends the strings of a stored JSON list with commas between; options by their text. */
void vb_say_list(const struct vb_question *question, const cJSON *list, struct vb_buf *out);
/* A stored JSON value as a tree (the caller deletes it). */
cJSON *vb_value_tree(const struct vb_value *value);

extern const struct vb_term_kind vb_term_likert, vb_term_faces, vb_term_vas, vb_term_yesno,
    vb_term_choice, vb_term_words, vb_term_text, vb_term_number, vb_term_date, vb_term_draw,
    vb_term_photo, vb_term_collage, vb_term_triangle;

/* Likert and faces are the same on a terminal, and draw, photo and collage nearly so. */
void vb_likert_show(const struct vb_question *question);
int vb_likert_count(const struct vb_question *question);
void vb_likert_want(const struct vb_question *question, struct vb_buf *out);
enum vb_code vb_likert_read(const struct vb_question *question, const char *line, cJSON **json,
                            struct vb_err *err);
void vb_likert_say(const struct vb_question *question, const struct vb_value *value,
                   struct vb_buf *out);
void vb_image_show(const struct vb_question *question);
int vb_image_count(const struct vb_question *question);
void vb_image_want(const struct vb_question *question, struct vb_buf *out);
enum vb_code vb_image_read(const struct vb_question *question, const char *line, cJSON **json,
                           struct vb_err *err);
void vb_image_say(const struct vb_question *question, const struct vb_value *value,
                  struct vb_buf *out);
/* term_collage.c: piece by piece, for the way of answering that has them. */
enum vb_code vb_pieces_read(const struct vb_question *question, cJSON **json, struct vb_err *err);
void vb_pieces_say(const struct vb_question *question, const cJSON *pieces, struct vb_buf *out);
/* Whole numbers with blanks or commas between them, at most most; -1: something else stands there.
 */
int vb_read_ints(const char *line, int64_t *out, int most);
enum { VB_HUNDREDTH = 10 }; /* a place is typed as 0 to 100 and kept as 0 to 1000 */

#endif
