/* before.h - what somebody shared in this case with an earlier worker, and their word on showing
 * it.
 *
 *      t0, t1 with one worker | t2, t3 with another
 *      ---------------------- | -------------------
 *        shared before        |   the word stands in these
 *
 * A moment divides them: since when the worker of now is that. What was released before it was
 * shared with somebody else, and is shown to the worker of now while the newest word of whoever
 * shared it is a yes (docs/decisions/0031). A yes is to the worker of when it was said: said before
 * the moment, it is none, whenever its round is released. A no counts whenever it was said. The
 * word is in that person's own log, goes with it, and is about that person's answers alone. One
 * thread. */
#ifndef VB_BEFORE_H
#define VB_BEFORE_H

#include "session/round.h"

struct vb_before {
    bool asks;         /* there is something to say a word about, and here is where it is said */
    bool stands;       /* a yes to be taken back: the worker of now has one, or whoever was asked
                          about here, who may have the case still */
    enum vb_word word; /* the newest for the worker of now; NONE: there is none */
};

/* For whoever is at this session: of their rounds in this case. since_wall_ms: since when the
 * worker of now is that, by whoever knows more than the persons of the rounds say; 0: nobody does.
 * A round whose professional is somebody else's lies before too. Errors of the store. */
enum vb_code vb_before_look(struct vb_round *round, const struct vb_session *session,
                            int64_t since_wall_ms, struct vb_before *out, struct vb_err *err);

/* For a worker since that moment: may they see what this person shared in the case before it? Only
 * what stands in released rounds counts. NONE is a no. */
enum vb_code vb_before_word(struct vb_store *store, const struct vb_env *env, const char *case_id,
                            const char *person, int64_t since_wall_ms, enum vb_word *out,
                            struct vb_err *err);

#endif
