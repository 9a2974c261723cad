/* test_table.h - what a failing case of tests.lua expected and what was found, side by side.
 *
 *                           expected        found
 *   scale.trust             mean 3          mean 4, sum 20, pomp 75
 */
#ifndef VB_TEST_TABLE_H
#define VB_TEST_TABLE_H

#include <cjson/cJSON.h>

#include "base/buf.h"

/* Appends a row; before the first in out what the columns are. */
void vb_test_row(struct vb_buf *out, const char *field, const char *expected, const char *found);
/* Two lists of strings, aligned: rows where they part, each with the one before and after it.
 * Appends nothing when they are the same. */
void vb_test_lists(struct vb_buf *out, const char *field, const cJSON *expected,
                   const cJSON *found);

#endif
