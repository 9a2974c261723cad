/* outbox_inner.h - the outbox's insides.
 *
 *      outbox        lanes: what leads to one plugin with one set of options
 *      lane          cases: first in, first out; their first parcels in a heap, by when they are
 * due claimed: parcels whose claim is durable, to be given one at a time given: the one that is
 * with the process
 *
 * Nothing is done within a callback of a process or of the store: it notes what it was told and
 * asks for a turn (vb_outbox_turn), which comes from the loop. Times are milliseconds of the
 * monotonic clock; the store has them on the wall clock, which may jump. */
#ifndef VB_OUTBOX_INNER_H
#define VB_OUTBOX_INNER_H

#include "outbox/delivery.h"
#include "outbox/outbox.h"
#include "store/store_table.h"

enum {
    BOX_BATCH_MOST = 64,          /* parcels in one claim */
    BOX_FRESH_MS = 5000,          /* a claim that waited longer for its process is made anew */
    BOX_MARGIN_MS = 5000,         /* a lease goes on so long behind the last deadline */
    BOX_LATEST_MS = 86400 * 1000, /* nothing waits longer than a day, whatever a clock says */
    BOX_DOWN_AFTER = 3,           /* failures in a row that mean: it is the receiver */
    BOX_PROCESSES = 16,
};

/* What the outbox has of the world beside its store; tests have a world of their own. */
struct box_door {
    enum vb_code (*start)(struct vb_delivery **out, const struct vb_delivery_options *options,
                          struct vb_err *err);
    enum vb_delivery_state (*state)(const struct vb_delivery *delivery);
    enum vb_code (*give)(struct vb_delivery *delivery, const struct vb_deliver *deliver,
                         const char *instrument_json, size_t instrument_len, struct vb_err *err);
    void (*shutdown)(struct vb_delivery *delivery, int64_t deadline_ms);
    void (*destroy)(struct vb_delivery *delivery);
    /* vb_outbox_turn is to be called after wait_ms, from the loop; the last word counts. */
    void (*alarm)(void *ctx, int64_t wait_ms);
    void (*finish)(void *ctx);
    void *ctx;
};

struct box_case;
struct box_output;
struct box_parcel {
    struct box_parcel *next; /* of its case */
    struct box_case *of;
    struct box_output *output;
    const char *round, *case_id; /* behind the struct */
    int64_t number, due_ms;
    int64_t fresh_until_ms; /* claimed: it may be given until then */
    long delivered_then;    /* what its lane had delivered when it failed first; -1: it never did */
    int revision, attempts, troubles;
    bool told;    /* the store knows why it waits */
    size_t place; /* in the heap */
};
struct box_case {
    const char *key; /* the case; the round where there is none */
    struct box_parcel *first, *last;
};
struct box_output {
    const char *key; /* "ROUND NAME"; round "" for every one */
    struct vb_output_row row;
    struct box_lane *lane; /* NULL: nothing went there yet */
};
struct box_lane {
    struct vb_outbox *box;
    const struct box_output *output; /* the first that led here: plugin, name, options */
    const char *dir, *blob_dir;
    struct vb_table cases;
    struct box_parcel **heap;
    size_t heap_count, heap_cap;
    struct box_parcel *claimed[BOX_BATCH_MOST];
    size_t claimed_count, claimed_at; /* how many, and the first of them */
    struct box_parcel *given;
    bool claiming; /* a claim is with the store */
    size_t batch;

    struct vb_delivery *delivery;
    bool broken, leaving; /* it told that it ended; it was asked to */
    char reason[VB_PROTOCOL_REASON_MAX + 1];
    int breaks, failures; /* in a row */
    int64_t not_before_ms;
    long delivered;
};
/* A request on its way to the store, which may outlive the outbox. */
struct box_sending {
    struct vb_outbox *box; /* NULL: it has gone */
    struct box_sending *previous, *next;
    struct box_lane *lane;
    struct box_parcel *parcels[BOX_BATCH_MOST]; /* of a claim */
    size_t parcel_count, count;                 /* count: of changes */
    struct vb_arena arena;
    enum { BOX_CLAIM, BOX_CLOSE, BOX_NOTE } kind;
    struct vb_change changes[];
};
struct vb_outbox {
    struct vb_outbox_options options;
    struct box_door door;
    struct vb_arena arena; /* outputs, cases, lanes */
    struct vb_table outputs;
    struct box_lane **lanes;
    size_t lane_count, lane_cap, processes;
    struct box_sending *in_air, *unclosed; /* lists; unclosed: refused by the disk, sent again */
    int64_t resend_ms;
    int64_t last_number;
    struct vb_outbox_count count;
    long unclosed_count; /* closings that are not durable yet */
    long homeless;       /* parcels of an output that is not there */
    bool rested, finishing, asked;
};

/* -- outbox.c -- */

enum vb_code vb_outbox_create_with(struct vb_outbox **out, const struct vb_outbox_options *options,
                                   const struct box_door *door, struct vb_err *err);
void vb_outbox_turn(struct vb_outbox *box);
void vb_box_ask(struct vb_outbox *box); /* for a turn, soon */
int64_t vb_box_now(const struct vb_outbox *box);
int64_t vb_box_wall(const struct vb_outbox *box, int64_t at_ms); /* as the store has it */

/* What its output may use: its own, else what the options say. */
size_t vb_box_memory(const struct box_lane *lane);
int64_t vb_box_deadline_ms(const struct box_lane *lane);

/* -- outbox_queue.c: parcels in memory -- */

void vb_box_add(struct box_lane *lane, struct box_output *output, const struct vb_parcel_row *row,
                int64_t due_ms);
struct box_parcel *vb_box_first(const struct box_lane *lane); /* NULL: none waits */
struct box_parcel *vb_box_take(struct box_lane *lane);        /* out of the heap, not of its case */
void vb_box_put_back(struct box_lane *lane, struct box_parcel *parcel);
/* It has gone: the next of its case may. Frees it. */
void vb_box_done(struct box_lane *lane, struct box_parcel *parcel);
void vb_box_all_due(struct box_lane *lane, int64_t now_ms);
void vb_box_finish_lane(struct box_lane *lane);

/* -- outbox_claim.c: requests to the store -- */

void vb_box_claim(struct box_lane *lane);
void vb_box_unclaim(struct box_lane *lane); /* those that were not given wait again */
/* state delivered, dead or dropped; the parcel is done with. */
void vb_box_close(struct box_lane *lane, struct box_parcel *parcel, enum vb_parcel_state state,
                  const char *reason);
void vb_box_note(struct box_lane *lane, const struct box_parcel *parcel, const char *reason);
void vb_box_resend(struct vb_outbox *box);
void vb_box_forget_sendings(struct vb_outbox *box);

/* -- outbox_files.c: folders -- */

void vb_box_name_folders(struct box_lane *lane, const char *name);
void vb_box_make_folders(const struct box_lane *lane);
void vb_box_empty_blobs(const struct box_lane *lane);
void vb_box_leave_folders(const struct box_lane *lane); /* what is empty goes */

/* -- outbox_send.c: one lane and its process -- */

void vb_box_turn_lane(struct box_lane *lane);
bool vb_box_is_active(const struct box_lane *lane, int64_t now_ms);
/* When it has something to do next; -1: nothing waits. */
int64_t vb_box_next_ms(const struct box_lane *lane);

#endif
