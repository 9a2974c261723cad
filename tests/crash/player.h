/* player.h - fills a round in, on the real sessions and the real store, from wherever it stands.
 *
 * What is answered follows from the question and the role, and what is done next from the state
 * alone; so a life that was broken off anywhere is taken up by playing it again, and ends the same.
 */
#ifndef CRASH_PLAYER_H
#define CRASH_PLAYER_H

#include "main/workplace.h"

struct life {
    const char *name;
    enum vb_code (*play)(struct vb_workplace *place, struct vb_err *err);
    bool whole; /* its events come in one commit: all of them or none */
};
extern const struct life lives[]; /* ends with a NULL name */
const struct life *life_named(const char *name); /* or NULL */

#endif
