/* event_pack.h - an event's text in fewer bytes, before it is sealed.
 *
 * Compact JSON has no bytes below 32. Here each of them stands for a piece of text that events are
 * full of, so that an ordinary answer fits in one step of padding. Read back byte for byte. Pure.
 */
#ifndef VB_EVENT_PACK_H
#define VB_EVENT_PACK_H

#include <stdbool.h>

#include "base/buf.h"

/* Appended to out: never longer than what went in, unless that holds bytes below 32 (two each). */
void vb_event_pack(struct vb_buf *out, const char *text, size_t len);
/* Appended to out. False: these are not bytes that pack wrote. */
bool vb_event_unpack(struct vb_buf *out, const char *bytes, size_t len);
size_t vb_event_packed_length(const char *text, size_t len);

#endif
