/* template.h - the files under core/author/templates, compiled in. Inside author. */
#ifndef VB_TEMPLATE_H
#define VB_TEMPLATE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct vb_template {
    const char *kind, *file; /* "likert", "instrument.lua"; a file may have the words below in it */
    const char *bytes, *end;
    bool program; /* may be executed */
};
extern const struct vb_template vb_templates[]; /* ends with kind NULL */

const struct vb_template *vb_template_find(const char *kind, const char *file);

/* -- template_put.c: filling in and writing -- */

struct vb_template_words { /* what @NAME@, @TITLE@ and @PATH@ stand for */
    const char *name, *title, *path;
};
/* Makes the folder with every template of the kind; appends the path of each to *written, one a
 * line. VB_E_DATA: there is something of that name; VB_E_IO: nothing of it is left. */
enum vb_code vb_templates_put(const char *folder, const char *kind,
                              const struct vb_template_words *words, struct vb_buf *written,
                              struct vb_err *err);
/* One file, never over something that is there: VB_E_BUSY then. VB_E_IO. */
enum vb_code vb_template_write(const char *path, const struct vb_buf *text, bool program,
                               struct vb_err *err);
/* Appends an id as near to name as can be: "Mijn Proef 2" gives mijn-proef-2, "cliënt" gives
 * client. Nothing when no letter is in it. */
void vb_template_near_name(struct vb_buf *out, const char *name);

#endif
