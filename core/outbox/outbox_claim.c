/* What the outbox writes down. A claim is waited for: only what is known to be on its way is given.
 * A closing is not: the next parcel goes while it is written, and a crash before it is durable
 * means that the parcel goes once more. A closing that the disk refuses is sent again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "outbox/outbox_inner.h"

static struct box_sending *make(struct box_lane *lane, int kind, size_t most)
{
    struct box_sending *sending =
        vb_alloc(sizeof *sending + (most + 1) * sizeof sending->changes[0]);
    sending->box = lane->box;
    sending->lane = lane;
    sending->kind = (unsigned)kind;
    return sending;
}

/* A row of its own: the parcel may be gone when it is written. */
static void add(struct box_sending *sending, const struct box_parcel *parcel,
                enum vb_parcel_state state, int64_t lease_ms, const char *reason)
{
    struct vb_outbox *box = sending->box;
    struct vb_change *change = &sending->changes[sending->count++];
    change->kind = VB_SET_PARCEL;
    change->parcel = (struct vb_parcel_row){
        .round = vb_arena_strdup(&sending->arena, parcel->round),
        .output = vb_arena_strdup(&sending->arena, parcel->output->row.name),
        .revision = parcel->revision,
        .state = state,
        .attempts = parcel->attempts,
        .due_wall_ms = vb_box_wall(box, parcel->due_ms),
        .lease_wall_ms = lease_ms == 0 ? 0 : vb_box_wall(box, lease_ms),
        .reason = vb_arena_strdup(&sending->arena, reason),
        .changed_wall_ms = box->options.clock.wall_ms(box->options.clock.ctx),
    };
}

/* That it is given away stands in the audit before it is: once, whatever the attempts. */
static void add_audit(struct box_sending *sending, const struct box_parcel *parcel)
{
    const struct vb_outbox_options *options = &sending->box->options;
    struct vb_change *change = &sending->changes[sending->count++];
    change->kind = VB_PUT_AUDIT;
    change->audit = (struct vb_audit_row){
        .wall_ms = options->clock.wall_ms(options->clock.ctx),
        .action = "send",
        .subject = vb_arena_strdup(&sending->arena, parcel->round),
        .by = options->by == NULL ? "rule" : vb_arena_strdup(&sending->arena, options->by),
        .on_behalf = vb_arena_strdup(&sending->arena, options->on_behalf),
    };
}

static void link_in(struct box_sending **list, struct box_sending *sending)
{
    sending->previous = NULL;
    sending->next = *list;
    if (*list != NULL)
        (*list)->previous = sending;
    *list = sending;
}

static void link_out(struct box_sending **list, struct box_sending *sending)
{
    if (sending->previous != NULL)
        sending->previous->next = sending->next;
    else
        *list = sending->next;
    if (sending->next != NULL)
        sending->next->previous = sending->previous;
}

static void finish(struct box_sending *sending)
{
    vb_arena_finish(&sending->arena);
    free(sending);
}

/* -- what became of it ------------------------------------------------------------------------- */

/* Somebody dropped or replaced it meanwhile. Of several it is not known which: they are claimed one
 * by one. */
static void claim_refused(struct box_lane *lane, struct box_sending *sending, enum vb_code code)
{
    struct vb_outbox *box = lane->box;
    bool gone = code == VB_E_CONFLICT || code == VB_E_ABSENT;
    for (size_t i = 0; i < sending->parcel_count; i++) {
        struct box_parcel *parcel = sending->parcels[i];
        parcel->attempts--;
        if (gone && sending->parcel_count == 1)
            vb_box_done(lane, parcel);
        else
            vb_box_put_back(lane, parcel);
    }
    lane->batch = 1;
    if (!gone)
        lane->not_before_ms = vb_box_now(box) + vb_outbox_backoff_ms(1, &box->options.random);
}

static void claimed(struct box_sending *sending, enum vb_code code, const struct vb_err *err)
{
    struct box_lane *lane = sending->lane;
    lane->claiming = false;
    if (code != VB_OK) {
        vb_log(lane->box->options.log, VB_LOG_WARNING, "outbox", "%zu claims: %s",
               sending->parcel_count, err->text);
        claim_refused(lane, sending, code);
        return;
    }
    if (lane->claimed_at == lane->claimed_count)
        lane->claimed_at = lane->claimed_count = 0;
    for (size_t i = lane->claimed_at; lane->claimed_at > 0 && i < lane->claimed_count; i++)
        lane->claimed[i - lane->claimed_at] = lane->claimed[i];
    lane->claimed_count -= lane->claimed_at;
    lane->claimed_at = 0;
    for (size_t i = 0; i < sending->parcel_count; i++)
        lane->claimed[lane->claimed_count++] = sending->parcels[i];
}

/* True: it goes to those that are sent again. */
static bool closed(struct box_sending *sending, enum vb_code code, const struct vb_err *err)
{
    struct vb_outbox *box = sending->box;
    if (code == VB_OK) {
        box->count.delivered += sending->changes[0].parcel.state == VB_PARCEL_DELIVERED;
        box->count.dead += sending->changes[0].parcel.state == VB_PARCEL_DEAD;
        box->unclosed_count--;
        return false;
    }
    if (code == VB_E_CONFLICT || code == VB_E_ABSENT) { /* it was replaced or dropped on the way */
        box->unclosed_count--;
        return false;
    }
    vb_log(box->options.log, VB_LOG_WARNING, "outbox", "closing %s/%s/%d: %s",
           sending->changes[0].parcel.round, sending->changes[0].parcel.output,
           sending->changes[0].parcel.revision, err->text);
    box->resend_ms = vb_box_now(box) + vb_outbox_backoff_ms(3, &box->options.random);
    return true;
}

static void done(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct box_sending *sending = ctx;
    struct vb_outbox *box = sending->box;
    if (box == NULL) {
        finish(sending);
        return;
    }
    link_out(&box->in_air, sending);
    if (sending->kind == BOX_CLAIM)
        claimed(sending, code, err);
    if (sending->kind == BOX_CLOSE && closed(sending, code, err))
        link_in(&box->unclosed, sending);
    else
        finish(sending);
    vb_box_ask(box);
}

static void submit(struct box_sending *sending)
{
    link_in(&sending->box->in_air, sending);
    vb_store_submit(sending->box->options.store, sending->changes, sending->count, done, sending);
}

/* -- what is written --------------------------------------------------------------------------- */

void vb_box_claim(struct box_lane *lane)
{
    struct vb_outbox *box = lane->box;
    int64_t now_ms = vb_box_now(box);
    int64_t lease_ms = now_ms + BOX_FRESH_MS + vb_box_deadline_ms(lane) + BOX_MARGIN_MS;
    size_t room = BOX_BATCH_MOST - (lane->claimed_count - lane->claimed_at);
    size_t most = lane->batch < room ? lane->batch : room;
    struct box_sending *sending = make(lane, BOX_CLAIM, 2 * most);
    while (sending->parcel_count < most && vb_box_first(lane) != NULL &&
           vb_box_first(lane)->due_ms <= now_ms) {
        struct box_parcel *parcel = vb_box_take(lane);
        parcel->attempts++;
        parcel->told = false;
        parcel->fresh_until_ms = now_ms + BOX_FRESH_MS;
        sending->parcels[sending->parcel_count++] = parcel;
        add(sending, parcel, VB_PARCEL_WAITING, lease_ms, "");
        if (parcel->attempts == 1)
            add_audit(sending, parcel);
    }
    if (sending->parcel_count == lane->batch && lane->batch < BOX_BATCH_MOST)
        lane->batch = lane->batch * 2 < BOX_BATCH_MOST ? lane->batch * 2 : BOX_BATCH_MOST;
    lane->claiming = true;
    submit(sending);
}

/* In the store too: else they would wait for the end of their lease after a restart, and seem to
 * have reached somebody. */
void vb_box_unclaim(struct box_lane *lane)
{
    struct box_sending *sending = make(lane, BOX_NOTE, lane->claimed_count);
    for (size_t i = lane->claimed_at; i < lane->claimed_count; i++) {
        struct box_parcel *parcel = lane->claimed[i];
        parcel->attempts--;
        add(sending, parcel, VB_PARCEL_WAITING, 0, lane->reason);
        vb_box_put_back(lane, parcel);
    }
    lane->claimed_at = lane->claimed_count = 0;
    if (sending->count > 0)
        submit(sending);
    else
        finish(sending);
}

void vb_box_close(struct box_lane *lane, struct box_parcel *parcel, enum vb_parcel_state state,
                  const char *reason)
{
    struct box_sending *sending = make(lane, BOX_CLOSE, 1);
    add(sending, parcel, state, 0, reason);
    lane->box->unclosed_count++;
    vb_box_done(lane, parcel);
    submit(sending);
}

void vb_box_note(struct box_lane *lane, const struct box_parcel *parcel, const char *reason)
{
    struct box_sending *sending = make(lane, BOX_NOTE, 1);
    add(sending, parcel, VB_PARCEL_WAITING, 0, reason);
    submit(sending);
}

void vb_box_resend(struct vb_outbox *box)
{
    struct box_sending *list = box->unclosed;
    box->unclosed = NULL;
    while (list != NULL) {
        struct box_sending *sending = list;
        list = list->next;
        submit(sending);
    }
}

void vb_box_forget_sendings(struct vb_outbox *box)
{
    for (struct box_sending *sending = box->in_air; sending != NULL; sending = sending->next)
        sending->box = NULL;
    while (box->unclosed != NULL) {
        struct box_sending *sending = box->unclosed;
        link_out(&box->unclosed, sending);
        finish(sending);
    }
}
