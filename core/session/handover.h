/* handover.h - one tablet, given to one person after the other.
 *
 *      at staff --hand--> with a person --done, later--> locked --code--> at staff --hand--> ...
 *
 * While a person has it, it hears that person's turn and nothing of the staff. When the person is
 * done, or wants to go on later, it hears nothing of theirs either: only the professional's code.
 * What is kept are three facts, so it stands where it stood after a reload and after a restart.
 * Pure; any thread. */
#ifndef VB_HANDOVER_H
#define VB_HANDOVER_H

#include <stdbool.h>

enum vb_handover { VB_AT_STAFF, VB_WITH_PERSON, VB_LOCKED };
/* "at_staff", "with_person", "locked" */
const char *vb_handover_name(enum vb_handover state);

/* Where a browser stands. parked: its staff signed in and handed it over. seat: it has a seat that
 * was handed. done: that person shared, stopped or was taken out. */
enum vb_handover vb_handover_of(bool parked, bool seat, bool done);

#endif
