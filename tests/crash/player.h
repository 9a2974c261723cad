/* player.h - fills a round in, on the real sessions and the real store, from wherever it stands.
 *
 * What is answered follows from the question and the role, and what is done next from the state
 * alone; so what was broken off anywhere is taken up by playing it again, and ends the same. */
#ifndef CRASH_PLAYER_H
#define CRASH_PLAYER_H

#include "main/workplace.h"

/* The round of instruments/pair in this case and wave; the store is opened when it is not yet. */
enum vb_code player_round(struct vb_workplace *place, const char *case_id, const char *wave,
                          struct vb_round **out, struct vb_err *err);
/* One person's part: joins, answers, goes back once, changes an answer, holds one back, shares; and
 * what is asked together, when that releases the round. most: breaks off after so many steps on the
 * path; 0: does not. */
enum vb_code player_voice(struct vb_workplace *place, const char *case_id, const char *wave,
                          const char *role, int most, struct vb_err *err);

#endif
