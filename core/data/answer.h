/* answer.h - one answer: a value or the reason why there is none.
 *
 * A value is small plain data; text points into memory that somebody else owns (the header of
 * whoever hands it out says who). Nothing here knows a question's limits: that is core/kinds. */
#ifndef VB_ANSWER_H
#define VB_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"

enum vb_value_type {
    VB_VALUE_NONE = 0, /* not asked, or asked and not answered yet */
    VB_VALUE_MISSING,  /* number is an enum vb_missing */
    VB_VALUE_INT,      /* likert, faces (the answer's value), vas (0..1000) */
    VB_VALUE_BOOL,     /* yesno: number 0 or 1 */
    VB_VALUE_MILLI,    /* number: thousandths, so that decimals stay exact */
    VB_VALUE_OPTION,   /* choice of one: number is the index in the item's options */
    VB_VALUE_TEXT,     /* text: UTF-8 */
    VB_VALUE_DATE,     /* date: "YYYY-MM-DD" */
    VB_VALUE_JSON,     /* choice of several, own words, words, draw, photo: canonical JSON
                          (compact, keys in the documented order), written out as it stands */
};

/* Why there is no value. Stays in the log; every result says "not_filled_in" instead. */
enum vb_missing {
    VB_MISSING_NOT_SHOWN, /* not on the person's path */
    VB_MISSING_SKIPPED,
    VB_MISSING_DONT_KNOW,
    VB_MISSING_RATHER_NOT_SAY,
    VB_MISSING_HELD, /* held back at the overview */
    VB_MISSING_WITHDRAWN,
    VB_MISSING_COUNT,
};
const char *vb_missing_name(enum vb_missing reason); /* "rather_not_say" */
bool vb_missing_parse(const char *name,
                      enum vb_missing *out); /* only what a person may give:
                                               skipped, dont_know, rather_not_say */

struct vb_value {
    uint8_t type; /* enum vb_value_type */
    uint32_t len; /* of text */
    int64_t number;
    const char *text; /* TEXT, DATE, JSON: len bytes and a NUL */
};

static inline struct vb_value vb_value_int(int64_t number)
{
    return (struct vb_value){ .type = VB_VALUE_INT, .number = number };
}
static inline struct vb_value vb_value_missing(enum vb_missing reason)
{
    return (struct vb_value){ .type = VB_VALUE_MISSING, .number = reason };
}
static inline bool vb_value_given(const struct vb_value *value)
{
    return value->type > VB_VALUE_MISSING;
}
bool vb_value_equal(const struct vb_value *a, const struct vb_value *b);
struct vb_value vb_value_copy(struct vb_arena *arena, const struct vb_value *value);

/* Thousandths as the shortest decimal: 3800 is "3.8", -500 is "-0.5", 4000 is "4". */
void vb_milli_write(struct vb_buf *out, int64_t milli);

#endif
