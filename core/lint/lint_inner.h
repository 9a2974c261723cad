/* lint_inner.h - one run of the lint, seen from inside: its parts and how they tell. */
#ifndef VB_LINT_INNER_H
#define VB_LINT_INNER_H

#include "lint/lint.h"

struct vb_linting {
    const struct vb_plan *plan;
    const char *shown;
    struct vb_findings *findings;
    struct vb_arena arena; /* of this run */
    int64_t trials_left;   /* for conditions.h; below 0 all is held possible */
    uint8_t *asked;        /* what vb_lint_all_asked filled in last */
    int told;
};

/* -- telling (lint.c): the place and what it is about come first, as in the loader -- */
void vb_lint_item(struct vb_linting *lint, enum vb_level level, const struct vb_item *item,
                  const char *code, const char *mend, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
void vb_lint_scale(struct vb_linting *lint, enum vb_level level, const struct vb_scale *scale,
                   const char *code, const char *mend, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
void vb_lint_total(struct vb_linting *lint, enum vb_level level, const struct vb_total *total,
                   const char *code, const char *mend, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
/* At the line of instrument.lua where needle is written first, else where v.instrument is. */
void vb_lint_head(struct vb_linting *lint, enum vb_level level, const char *needle,
                  const char *code, const char *mend, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
/* A string of this run, for a mend. */
const char *vb_lint_say(struct vb_linting *lint, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* -- the parts -- */
void vb_lint_head_fields(struct vb_linting *lint); /* lint_head.c: names, licence, roster */
void vb_lint_scales(struct vb_linting *lint);      /* lint_scale.c */
void vb_lint_reach(struct vb_linting *lint);       /* lint_reach.c: scores that may not come */
void vb_lint_direction(struct vb_linting *lint);   /* lint_direction.c: wording against its scale */
void vb_lint_flow(struct vb_linting *lint);        /* lint_flow.c */
void vb_lint_answers(struct vb_linting *lint);     /* lint_answers.c */
void vb_lint_texts(struct vb_linting *lint);       /* lint_text.c */
void vb_lint_accepted(struct vb_linting *lint);    /* lint_accept.c: last */

/* Who, in which shape of the instrument: form or variant -1 is the whole of it, role -1 anybody. */
struct vb_shape_of {
    int role, form, variant;
};
/* Is the question asked there, its condition left aside? */
bool vb_lint_asked(const struct vb_plan *plan, const struct vb_item *item,
                   const struct vb_shape_of *shape);
/* [item_count], 1 where it is asked, for conditions.h; holds until the next call. */
const uint8_t *vb_lint_all_asked(struct vb_linting *lint, const struct vb_shape_of *shape);
/* "", " for client", " in the form \"short\"" and so on. */
const char *vb_lint_shape(struct vb_linting *lint, const struct vb_shape_of *shape);

#endif
