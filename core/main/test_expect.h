/* test_expect.h - the four things a case of tests.lua may expect, each against a walked round.
 *
 * Each is given for a person ({ client = ... }) or, when one person answers, without. What does not
 * hold becomes a row in said, expected beside found. */
#ifndef VB_TEST_EXPECT_H
#define VB_TEST_EXPECT_H

#include <cjson/cJSON.h>

#include "data/score.h"
#include "script/load.h"
#include "session/round.h"

struct vb_expect {
    struct vb_round *round;
    const struct vb_test_case *test; /* for the line something stands in */
    struct vb_buf *said;
};
/* Appends "  line N: expect.FIELD: message", for what cannot be compared. */
void vb_expect_tell(struct vb_expect *expect, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* "given", or the reason as the log has it. */
const char *vb_expect_reason(const struct vb_plan *plan, const struct vb_fold *fold, int item,
                             int member);
/* A person's score as the result sees it. member: -1, or of whom it is. */
struct vb_score vb_expect_score_of(const struct vb_plan *plan, const struct vb_fold *fold,
                                   int scale, int member);
/* "mean 4, sum 20, pomp 75", or that there is none. */
void vb_expect_score(struct vb_buf *out, const struct vb_score *score);
void vb_expect_path(struct vb_expect *expect, const cJSON *wanted);    /* item ids in order */
void vb_expect_scale(struct vb_expect *expect, const cJSON *wanted);   /* scale = number or none */
void vb_expect_missing(struct vb_expect *expect, const cJSON *wanted); /* items, or item = reason */
void vb_expect_talk(struct vb_expect *expect, const cJSON *wanted);    /* lists of item ids */

#endif
