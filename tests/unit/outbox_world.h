/* outbox_world.h - an outbox whose processes, timer and clock are the test's own. No time passes
 * but what the test lets pass. */
#ifndef OUTBOX_WORLD_H
#define OUTBOX_WORLD_H

#include "store_suite.h"

#include "outbox/outbox_inner.h"

struct outbox_world;
struct world_answer {
    enum vb_answer_kind kind;
    int64_t after_ms;
    const char *reason;
};
/* What the receiver makes of a parcel. */
typedef struct world_answer world_receiver(struct outbox_world *world, const char *output,
                                           const struct vb_deliver *deliver);

struct outbox_world {
    struct vb_store *store;
    struct vb_outbox *box;
    struct vb_outbox_options options; /* before world_open */
    int64_t now_ms;                   /* both clocks begin at it */
    int64_t alarm_ms;                 /* -1: none */
    world_receiver *receiver;
    bool will_not_start, ends_at_start; /* a plugin that is not there; one that ends at once */
    bool holds;                         /* answers come when world_answer_all is called */
    enum vb_code render_code;
    const char *nothing; /* why nothing may go out */
    int starts, running, most_running;
    struct vb_delivery_options started; /* what the last process was started with */
    struct vb_buf said;                 /* every parcel that was given, a line each */
    bool quiet;                         /* said stays empty */
    long given;
    struct vb_delivery *processes; /* a list */
    uint32_t drawn;
};
void world_begin(struct outbox_world *world); /* an empty store in memory */
void world_open(struct outbox_world *world);
void world_close(struct outbox_world *world); /* the outbox alone */
void world_end(struct outbox_world *world);
/* A fresh world for each test, in *state. */
int world_set_up(void **state);
int world_tear_down(void **state);

void world_output(struct outbox_world *world, const char *round, const char *name);
/* A round of the case (made when it is not there) with its first revision. */
void world_release(struct outbox_world *world, const char *round, const char *case_id);
void world_revise(struct outbox_world *world, const char *round, int number, const char *reason);

bool world_step(struct outbox_world *world);             /* one thing happens; false: nothing can */
void world_rest(struct outbox_world *world);             /* until it rests */
void world_pass(struct outbox_world *world, int64_t ms); /* lets so much time pass */
void world_answer_all(struct outbox_world *world);

/* A receiver that says retry to the first attempt at r1/o/1, and takes everything else. */
world_receiver world_refuses_first;
/* What was given since the last time this was asked. */
const char *world_said(struct outbox_world *world);
/* The parcels that are in state, "ROUND/OUTPUT/REVISION " each. */
const char *world_parcels(struct outbox_world *world, enum vb_parcel_state state);
struct vb_parcel_row world_parcel(struct outbox_world *world, const char *round, int revision);

#endif
