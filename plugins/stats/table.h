/* table.h - the variables of a file: what each is called, says and may hold.
 *
 * Made of the instrument, of what the output was set up with, and of how many persons the fullest
 * round has; never of an answer. */
#ifndef STATS_TABLE_H
#define STATS_TABLE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "names.h"
#include "slots.h"

/* -- why there is no answer ------------------------------------------------------------------- */

enum { STATS_REASONS = 8, STATS_NOT_FILLED_IN = 6 }; /* as WORD_NOT_SHOWN and on */
/* SPSS takes a value for it. Where answers may be as low, in a number, there is a value below
 * everything that a number may be. Stata has .a and on. */
enum { STATS_CODE = -91, STATS_CODE_LOW = -2000000091 };
/* Which of them a result's word is; the last one for a word that is not known. */
int stats_reason(const char *word);

/* -- variables -------------------------------------------------------------------------------- */

enum stats_form { FORM_WHOLE, FORM_DECIMAL, FORM_DAY, FORM_MOMENT, FORM_TEXT };
enum stats_measure { MEASURE_NOMINAL, MEASURE_ORDINAL, MEASURE_SCALE };
enum stats_source {
    SOURCE_HEAD,   /* part: enum stats_head */
    SOURCE_ITEM,   /* the answer */
    SOURCE_SCORED, /* as it counts */
    SOURCE_OPTION, /* part: which; 1 when it was chosen */
    SOURCE_TOKEN,  /* part: twice which, one more for y */
    SOURCE_OWN,    /* own words */
    SOURCE_WHY,    /* 0, or why there is no answer */
    SOURCE_SCALE,  /* part: enum stats_figure */
    SOURCE_TOTAL,
};
enum stats_head {
    HEAD_ROUND_NO,
    HEAD_ROUND_ID,
    HEAD_CASE_ID,
    HEAD_RELEASED,
    HEAD_WAVE,
    HEAD_SIMULATED,
    HEAD_VERSION,
    HEAD_FORMAT,
    HEAD_FORM,
    HEAD_VARIANT,
    HEAD_ROLE,
    HEAD_PERSON_NO,
    HEAD_ABOUT_ROLE,
    HEAD_ABOUT_NO,
    HEAD_PERSON_ID,
    HEAD_ABOUT_ID,
    HEAD_SHARED,
    HEAD_LANGUAGE,
    HEAD_MODE,
};
enum stats_figure {
    FIGURE_SUM,
    FIGURE_ANSWERED,
    FIGURE_OF,
    FIGURE_MEAN,
    FIGURE_POMP,
    FIGURE_PRORATED,
    FIGURE_COUNT
};
extern const char *const stats_figure_names[FIGURE_COUNT]; /* as in a result */

struct stats_label {
    double value;
    char *text;
};
struct stats_labels {
    struct stats_label *list;
    size_t count;
    int code; /* of the reasons, STATS_CODE or _LOW; 0: it never lacks for a reason */
};
enum { STATS_NO_LABELS = -1, STATS_NO_SLOT = -1 };
struct stats_variable {
    char name[STATS_NAME_MAX + 1];
    char *label;
    enum stats_source source;
    enum stats_form form;
    enum stats_measure measure;
    const cJSON *entry;   /* item, scale or total; borrowed from the instrument */
    const cJSON *answers; /* of an item: its options in this file's format */
    int part;
    int slot;     /* STATS_NO_SLOT: of the round; 0 in a long file */
    int labels;   /* STATS_NO_LABELS, or which */
    int code;     /* as in stats_labels */
    size_t width; /* of text, in bytes; found by looking at the rounds */
};

struct stats_plan { /* what a table is made by; borrowed for as long as the table lives */
    const cJSON *instrument;
    const char *format; /* of the answers; NULL: none */
    const char *lang;   /* one of the instrument's */
    bool wide, ids;
    struct stats_crowd crowd;
};
struct stats_table {
    const struct stats_plan *plan;
    struct stats_slot *slots; /* long: none */
    size_t slot_count;
    struct stats_variable *variables;
    size_t count, cap;
    struct stats_labels *labels;
    size_t label_count;
    struct stats_names names;
    bool failed; /* no memory */
};
/* NULL: no memory */
struct stats_table *stats_table_create(const struct stats_plan *plan);
void stats_table_destroy(struct stats_table *table); /* NULL is fine */

/* -- the instrument --------------------------------------------------------------------------- */

/* The answers of an item in the file's format. */
const cJSON *stats_answers(const struct stats_plan *plan, const cJSON *item);
/* Whether somebody of this role is asked it; of members when about. */
bool stats_is_asked(const cJSON *item, const char *role);
/* In the plan's language, else in the instrument's first; "" when there is none. */
const char *stats_text(const struct stats_plan *plan, const cJSON *texts);
/* What two rounds must have in common to stand in one file, as text; NULL: no memory. */
char *stats_shape(const cJSON *instrument, const char *format);

#endif
