/* test_show.h - what came of the answers of a case, for `verbond test --verbose`: of every person
 * the path with its values and reasons, and the scores; of a released round the talk lists. */
#ifndef VB_TEST_SHOW_H
#define VB_TEST_SHOW_H

#include "base/buf.h"
#include "session/round.h"

void vb_test_show(struct vb_buf *out, struct vb_round *round);

#endif
