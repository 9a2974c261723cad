/* output_names.h - what an output in Lua may write and what it is handed, as data.
 *
 * The first two are to v.output what fields.h is to instruments; the list of names is what a test
 * compares docs/reference/lua-outputs.md and tests/fixtures/sandbox-output-names.txt with. */
#ifndef VB_OUTPUT_NAMES_H
#define VB_OUTPUT_NAMES_H

#include "script/fields.h"

enum { VB_LUA_OUTPUT_API = 1 }; /* the version of all of this */

extern const struct vb_constructor vb_output_constructor, vb_output_option_fields;

struct vb_output_name {
    const char *of;   /* "verbond", "host", "file", "folder", "delivery" */
    const char *name; /* "append" */
    const char *form; /* "file:append(line)" */
    const char *help; /* a line */
};
extern const struct vb_output_name vb_output_names[]; /* ends with a NULL name */

#endif
