/* test_case.h - one case of an instrument's tests.lua: its answers walked, its expectations held
 * against what came out. docs/reference/tests.md says what may be expected. */
#ifndef VB_TEST_CASE_H
#define VB_TEST_CASE_H

#include <stdbool.h>

#include "script/load.h"
#include "session/round.h"

/* Runs one case in a store of its own that is gone afterwards. True when everything held; else said
 * has a line or a row for each thing that did not. name: of the file, for messages about the
 * answers. shown: takes what came of the answers (test_show.h); NULL: not wanted. */
bool vb_test_case_run(const struct vb_env *env, struct vb_plan *plan, const char *name,
                      const struct vb_test_case *test, struct vb_buf *said, struct vb_buf *shown);

#endif
