/* event_names.h - the words that event.c writes and event_read.c reads. Of this room only. */
#ifndef VB_EVENT_NAMES_H
#define VB_EVENT_NAMES_H

#include "data/event.h"

extern const char *const vb_event_type_names[VB_EVENT_COUNT];

/* The type of a value of an earlier wave, by enum vb_value_type, so that it can be read without the
 * plan it came from. */
enum { VB_EVENT_VALUE_TYPES = VB_VALUE_JSON + 1 };
extern const char *const vb_event_value_types[VB_EVENT_VALUE_TYPES];

#endif
