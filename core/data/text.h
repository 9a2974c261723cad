/* text.h - texts as people see them: slots filled in, width measured, lines broken. Pure. */
#ifndef VB_TEXT_H
#define VB_TEXT_H

#include "base/buf.h"
#include "data/instrument.h"

/* What the slots of one person's screen stand for. NULL names fall back to the role's own word in
 * that language ("de cliënt", "the client"). */
struct vb_naming {
    const struct vb_plan *plan;
    int language;         /* plan language index */
    int variant, setting; /* -1: none */
    const char *client, *professional, *member;
    bool english; /* the text is the engine's own, in English: the role's own word is too */
};
/* Appends text with {slots} replaced. An unknown slot stays as it is written (the load refuses
 * them). Order of sources: naming, setting, variant, the instrument's slots. */
void vb_text_fill(struct vb_buf *out, const struct vb_naming *naming, const char *text);

/* Does it hold letters that are written from right to left? */
bool vb_text_mirrored(const char *text);

/* Columns the text takes on a terminal (utf8proc's charwidth; controls count 0). */
int vb_text_width(const char *text, size_t len);

/* Appends text broken into lines of at most width columns, each after the first line begun with
 * indent spaces; words longer than a line are cut. No newline at the end. start is the column
 * where the first line begins. */
void vb_text_wrap(struct vb_buf *out, const char *text, int width, int indent, int start);

/* Appends text made safe for a terminal or a plain file: control characters (but newline), bidi
 * overrides and bad UTF-8 become U+FFFD, a tab a space. Everything a person or an author wrote goes
 * through it. */
void vb_text_clean(struct vb_buf *out, const char *text, size_t len);

#endif
