/* scaffold.h - a first instrument, what an editor wants beside it, and a first output.
 *
 * The templates are real files under core/author/templates, compiled in; a test checks, tests and
 * runs each. What is there already is never written over. Blocking; any thread. */
#ifndef VB_SCAFFOLD_H
#define VB_SCAFFOLD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct vb_scaffold_kind {
    const char *name, *help; /* "likert", and what it is in a few words */
};
extern const struct vb_scaffold_kind vb_scaffold_kinds[]; /* the usual one first; ends with NULL */

/* Makes the folder root/name with instrument.lua, tests.lua, example.json and README.md. Appends
 * the path of each to *written, one a line. VB_E_USAGE: the name is no id (the message has one that
 * is), or there is no such kind; VB_E_DATA: there is something at root/name; VB_E_IO: nothing of it
 * is left. */
enum vb_code vb_scaffold_instrument(const char *root, const char *name, const char *kind,
                                    struct vb_buf *written, struct vb_err *err);

/* Makes the folder root/name with an output that works, as files in the language: "c", "lua" or
 * "exec" (a program in Python). *written and errors are as above. */
enum vb_code vb_scaffold_output(const char *root, const char *name, const char *language,
                                struct vb_buf *written, struct vb_err *err);

/* What an editor wants at the root of a folder of instruments: .luarc.json, .luacheckrc,
 * .vscode/tasks.json and verbond.d.lua. A file that is there stays as it is and is appended to
 * *kept; but a verbond.d.lua that was made here is made again, so that it fits this version. */
enum vb_code vb_scaffold_editor(const char *root, struct vb_buf *written, struct vb_buf *kept,
                                struct vb_err *err);

/* A path below root as people write it: without "./" before it. Appends. */
void vb_scaffold_path(struct vb_buf *out, const char *root, const char *path);

/* verbond.d.lua, whole: the Lua surface (script/fields.h) as annotations that lua-language-server
 * reads, with s, which a flow is given. */
void vb_scaffold_annotations(struct vb_buf *out);
/* For its test: the fields, by index, whose type stands there apart from the table. False past the
 * last. */
bool vb_scaffold_form(int index, const char **constructor, const char **field);

#endif
