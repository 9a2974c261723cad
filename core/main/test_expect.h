/* test_expect.h - the four things a case of tests.lua may expect, each against a walked round.
 *
 * Each is given for a person ({ client = ... }) or, when one person answers, without. What does not
 * hold becomes a line in said. */
#ifndef VB_TEST_EXPECT_H
#define VB_TEST_EXPECT_H

#include <cjson/cJSON.h>

#include "session/round.h"

struct vb_expect {
    struct vb_round *round;
    struct vb_buf *said;
};
void vb_expect_path(struct vb_expect *expect, const cJSON *wanted);    /* item ids in order */
void vb_expect_scale(struct vb_expect *expect, const cJSON *wanted);   /* scale = number or none */
void vb_expect_missing(struct vb_expect *expect, const cJSON *wanted); /* items, or item = reason */
void vb_expect_talk(struct vb_expect *expect, const cJSON *wanted);    /* lists of item ids */

#endif
