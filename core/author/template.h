/* template.h - the files under core/author/templates, compiled in. Inside author. */
#ifndef VB_TEMPLATE_H
#define VB_TEMPLATE_H

struct vb_template {
    const char *kind, *file; /* "likert", "instrument.lua" */
    const char *bytes, *end;
};
extern const struct vb_template vb_templates[]; /* ends with kind NULL */

const struct vb_template *vb_template_find(const char *kind, const char *file);

#endif
