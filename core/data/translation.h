/* translation.h - what a translation of an instrument's texts hangs on. Pure; any thread. */
#ifndef VB_TRANSLATION_H
#define VB_TRANSLATION_H

#include "base/buf.h"
#include "data/texts.h"

/* The texts that are translated in this instrument: those of vb_plan_texts without what an include
 * brought (it is translated there), and without a text that stood there before under another key
 * (labelled answers may be a format and an item's own at once). */
struct vb_text_entry *vb_plan_own_texts(const struct vb_plan *plan, struct vb_arena *arena,
                                        size_t *count);

/* The first eight hex digits of the SHA-256 of the text that was translated. A translation keeps
 * it, so that a text that changed since is seen. */
enum { VB_SOURCE_HASH_SIZE = 9 };
void vb_source_hash(const char *text, char out[VB_SOURCE_HASH_SIZE]);

/* The slots of a text, each once, by name: "{client} {professional}". Nothing when it has none. */
void vb_text_slots(struct vb_buf *out, const char *text);

#endif
