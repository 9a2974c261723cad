/* replay.h - a session's log as it lies in the store: read back, named, folded.
 *
 * A log names persons by id. Who they are is read from their rows here, so that somebody who was
 * erased has no name in anybody's log. One thread. */
#ifndef VB_REPLAY_H
#define VB_REPLAY_H

#include "session/fold.h"
#include "store/store.h"

struct vb_replay { /* zero-initialise, set store and arena; everything that is read lives in arena
                    */
    struct vb_store *store;
    struct vb_arena *arena;
    struct vb_person_row *persons; /* met so far */
    size_t person_count, person_cap;
    bool gaps; /* out: somebody in what was read was erased, or something of it */
};
/* A row as an event, with labels, and with those who were erased marked as gone; an event about
 * somebody who was erased is ERASED. fold: the session up to the row before; NULL: only its opened
 * event can be read. Errors of the store and of the body. */
enum vb_code vb_replay_read(struct vb_replay *replay, const struct vb_fold *fold,
                            const struct vb_event_row *row, struct vb_event *out,
                            struct vb_err *err);

/* Reads the row and takes it in; it may be marked as erased, or be about somebody who was: then the
 * rest is folded as a log with gaps (fold.h). A session that was erased as a whole is read from its
 * person's row. */
enum vb_code vb_replay_apply(struct vb_replay *replay, struct vb_fold *fold,
                             const struct vb_event_row *row, struct vb_event *out,
                             struct vb_err *err);

/* Folds a session's log up to upto (0: all of it). Stops without an error at a flow that fails. */
enum vb_code vb_fold_log(struct vb_fold *fold, struct vb_store *store, const char *id, int64_t upto,
                         struct vb_err *err);

#endif
