/* outbox.h - results that still have to reach an output.
 *
 * The store writes a parcel for every output of a round with each revision, in the same commit. The
 * outbox claims parcels, has their content made, gives them to the process of their output one at a
 * time, and closes them. A claim that is not closed within its lease returns by itself.
 *
 *      store: parcels --claim--> render (engine) --> delivery (its process) --> store: closed
 *
 * Order: an output gets the parcels of one case in the order in which they were made; those of
 * other cases go on meanwhile. At least once: what was begun and not closed goes again.
 *
 *      delivered                     closed
 *      rejected, cannot be made      dead, with the reason; holds nothing up
 *      it broke the plugin           waits, longer each time; dead after attempts_max
 *      retry                         so too, but dead only when the output took others meanwhile
 *      retry, whatever it is         the receiver is down: one at a time tries, at last every
 *                                    quarter of an hour, and nothing dies of it
 *      the plugin does not start     everything waits, and no attempt is counted
 *
 * Outputs of several rounds with one name, plugin, options and limits are one: they share a
 * process. Belongs to its loop's thread. */
#ifndef VB_OUTBOX_H
#define VB_OUTBOX_H

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "loop/loop.h"
#include "outbox/protocol.h"
#include "store/store.h"

struct vb_outbox;
/* What goes out for one parcel, by the output's purpose and content. All borrowed until freed. */
struct vb_rendered {
    const char *result, *instrument, *digest;
    size_t result_len, instrument_len;
    const struct vb_wire_blob *blobs;
    size_t blob_count;
    const char *nothing; /* why nothing goes out, such as that nobody said yes to this purpose: the
                            parcel is dropped with that reason. NULL: something does */
};
struct vb_outbox_options {
    struct vb_loop *loop;
    struct vb_store *store;
    struct vb_clock clock;
    struct vb_random random; /* of the back-off's spread */
    const struct vb_log *log;
    const char *program;        /* verbond itself */
    const char *dir;            /* outputs get folders of their own in it */
    const char *by, *on_behalf; /* for the audit; by NULL: "rule" */
    const char *only_round;     /* NULL: every round */
    bool once;           /* what fails waits for another outbox, however long this one lasts */
    int64_t ready_ms;    /* patience with a process that starts; 0: 10,000 */
    int64_t deadline_ms; /* for one parcel of an output that has none of its own; 0: 30,000 */
    int attempts_max;    /* then it is dead; 0: 20 */
    size_t memory_max;   /* of a child that has none of its own; 0: as delivery.h */
    /* Fills out, in arena. VB_E_ABSENT, VB_E_DATA: this parcel can never be made (it is dead);
     * others: it waits. blob_dir: where files may be written; emptied afterwards. */
    enum vb_code (*render)(void *ctx, const struct vb_parcel_row *parcel,
                           const struct vb_output_row *output, const char *blob_dir,
                           struct vb_arena *arena, struct vb_rendered *out, struct vb_err *err);
    /* *rested became true, for who cannot wait for it; may be called again while it is, and may not
     * destroy the outbox. NULL: nobody is told. */
    void (*at_rest)(void *ctx);
    void *ctx;
};
/* Reads what waits; starts no process yet. The texts are copied. */
enum vb_code vb_outbox_create(struct vb_outbox **out, const struct vb_outbox_options *options,
                              struct vb_err *err);
/* Removes what a process that was killed left of files on their way, readable as they are. dir: as
 * in the options. Nobody else may be sending: whoever holds the store does it. */
void vb_outbox_clear(const char *dir);
/* Ends the processes at once. NULL is fine. */
void vb_outbox_destroy(struct vb_outbox *outbox);

/* There may be new parcels. Those it knows wait as they did: who made them wait no longer in the
 * store creates an outbox after that. */
enum vb_code vb_outbox_wake(struct vb_outbox *outbox, struct vb_err *err);
/* Nothing is due and nothing is on its way: true in *rested from then on until the next wake, for
 * vb_loop_until. What waits for a later moment is not due. */
const bool *vb_outbox_rested(const struct vb_outbox *outbox);
struct vb_outbox_count {
    long waiting, delivered, dead; /* since create; waiting: now */
};
struct vb_outbox_count vb_outbox_count(const struct vb_outbox *outbox);
/* When the next parcel is due, on the wall clock; 0: none waits. */
int64_t vb_outbox_next_ms(const struct vb_outbox *outbox);
/* Asks every process to finish, within deadline_ms; *rested afterwards. */
void vb_outbox_finish(struct vb_outbox *outbox, int64_t deadline_ms);

/* How long after so many attempts (1, 2, ...): doubles from 1 s to 15 min, spread by a quarter to
 * either side with random, so that outputs that failed together do not return together. */
int64_t vb_outbox_backoff_ms(int attempts, const struct vb_random *random);

#endif
