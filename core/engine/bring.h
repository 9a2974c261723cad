/* bring.h - bringing results out: what each parcel holds, by each person's yes, and the processes
 * that take it (outbox/outbox.h).
 *
 *      begin  ->  at rest  ->  finish  ->  at rest  ->  destroy
 *
 * Belongs to its loop's thread. */
#ifndef VB_BRING_H
#define VB_BRING_H

#include "outbox/outbox.h"
#include "session/round.h"

struct vb_bring_options { /* all borrowed until destroy */
    struct vb_loop *loop;
    struct vb_store *store;
    const struct vb_env *env; /* by: for the audit */
    const char *program;      /* verbond itself: it runs the outputs */
    const char *dir;          /* outputs get folders of their own in it */
    const char *round;        /* NULL: of every round */
    /* Of outbox/outbox.h; 0: as there. finish_ms: until the processes ended; 0: 5,000. */
    int64_t ready_ms, deadline_ms, finish_ms;
    int attempts_max;
    size_t memory_max;
    void (*at_rest)(void *ctx); /* as of the outbox, for who does not turn the loop; NULL: nobody */
    void *ctx;
};
struct vb_bring;
/* Begins with what is due; each arrives or has to wait, and is tried once. */
enum vb_code vb_bring_begin(struct vb_bring **out, const struct vb_bring_options *options,
                            struct vb_err *err);
void vb_bring_finish(struct vb_bring *bring);  /* asks the processes to end, within finish_ms */
void vb_bring_destroy(struct vb_bring *bring); /* at once; NULL is fine */

/* How many results of this round (NULL: of all) did not arrive; *dead: so many of them never will.
 */
enum vb_code vb_bring_left(struct vb_store *store, const char *round, int *left, int *dead,
                           struct vb_err *err);

/* All of it, turning the loop. */
enum vb_code vb_bring(const struct vb_bring_options *options, struct vb_err *err);

#endif
