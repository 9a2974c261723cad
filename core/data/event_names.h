/* event_names.h - the words that event.c writes and event_read.c reads. Of this room only. */
#ifndef VB_EVENT_NAMES_H
#define VB_EVENT_NAMES_H

#include "data/event.h"

extern const char *const vb_event_type_names[VB_EVENT_COUNT];

/* What happened to an item is told by the key its id stands under, which is shorter than a type:
 * every byte counts here, since each answer is padded to the longest. */
#define VB_KEY_ANSWERED "i"
#define VB_KEY_CHANGED  "c"
#define VB_KEY_HELD     "h"
#define VB_KEY_LET_GO   "f"
#define VB_KEY_BACK     "b"
#define VB_KEY_EARLIER  "e" /* of no item: the word alone; also in a share */

/* Short for why there is no value, for a purpose, and for how a value was given; NULL: written as
 * it is. */
extern const char *const vb_event_reasons[VB_MISSING_COUNT];
struct vb_event_short {
    const char *name, *written;
};
enum { VB_EVENT_PURPOSES = 2 };
extern const struct vb_event_short vb_event_purposes[VB_EVENT_PURPOSES];

/* How a place on a line was given. */
enum { VB_EVENT_METHODS = 3 };
extern const struct vb_event_short vb_event_methods[VB_EVENT_METHODS];

/* The type of a value of an earlier wave, by enum vb_value_type, so that it can be read without the
 * plan it came from. */
enum { VB_EVENT_VALUE_TYPES = VB_VALUE_JSON + 1 };
extern const char *const vb_event_value_types[VB_EVENT_VALUE_TYPES];

#endif
