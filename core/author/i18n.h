/* i18n.h - texts of an instrument to a gettext .po file, and back into LANG.lua.
 *
 * A message is one text: msgctxt is its key (data/texts.h), msgid the text that is translated,
 * msgstr the translation. LANG.lua is what the loader reads (script/load.h, vb_load_draft). The
 * same plan and translations give the same bytes. One thread at a time: libgettextpo keeps state of
 * its own. */
#ifndef VB_I18N_H
#define VB_I18N_H

#include "base/buf.h"
#include "data/translation.h"
#include "script/load.h"

enum { VB_PO_MAX = 4 << 20 }; /* bytes of a .po file */

struct vb_i18n_counts {
    int translated, missing, stale; /* of the texts that are translated here */
    int fuzzy, unknown;             /* messages that merge left out */
    int own;                        /* texts that have this language in instrument.lua itself */
};

/* Appends the .po file of draft's language, made from plan language `from`. A translation whose
 * text changed since is marked fuzzy. VB_E_IO. */
enum vb_code vb_i18n_extract(struct vb_buf *out, const struct vb_plan *plan,
                             const struct vb_draft_language *draft, int from,
                             struct vb_i18n_counts *counts, struct vb_err *err);

/* A .po file that was read. Its syntax errors are findings (code po-syntax). */
struct vb_po;
enum vb_code vb_po_read(struct vb_po **out, const char *path, struct vb_findings *findings,
                        struct vb_err *err);
void vb_po_destroy(struct vb_po *po);               /* NULL is fine */
const char *vb_po_language(const struct vb_po *po); /* of its header; NULL: it does not say */
const char *vb_po_from(const struct vb_po *po);     /* the same, of X-Source-Language */

/* Appends LANG.lua. What keeps a message out (fuzzy, unknown, not translated) or makes it old is a
 * warning, what is wrong in it an error: slots that differ, an empty text, characters that the
 * loader refuses. VB_E_DATA when there are errors; out is left alone then. */
enum vb_code vb_i18n_merge(struct vb_buf *out, const struct vb_po *po, const struct vb_plan *plan,
                           const struct vb_draft_language *draft, int from,
                           struct vb_i18n_counts *counts, struct vb_findings *findings,
                           struct vb_err *err);

/* -- inside: i18n_po.c -- */
struct vb_po_message {
    const char *key, *source, *text; /* text "": not translated */
    int line;                        /* of msgctxt; 0: not found */
    bool fuzzy;
};
const struct vb_po_message *vb_po_messages(const struct vb_po *po, size_t *count);
const char *vb_po_path(const struct vb_po *po);
/* The translation of that key in LANG.lua, or NULL. */
const struct vb_translation *vb_i18n_find(const struct vb_draft_language *draft, const char *key);
/* Is the text translated in the .po file, rather than in instrument.lua? */
bool vb_i18n_is_here(const struct vb_draft_language *draft, const struct vb_text_entry *entry);

#endif
