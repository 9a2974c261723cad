/* One lane: its process is started when something is due, gets what is claimed, and is asked to go
 * when others want its place.
 *
 *      a process that ends, is silent or lies    starts again, later each time
 *      retry, three times in a row               it is the receiver that is down: one parcel at a
 * time tries, later each time, and none of them dies of it delivered everything is as it should be
 * again
 */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "outbox/outbox_inner.h"

static int64_t backoff(const struct box_lane *lane, int times)
{
    return vb_outbox_backoff_ms(times, &lane->box->options.random);
}

static size_t claimed_left(const struct box_lane *lane)
{
    return lane->claimed_count - lane->claimed_at;
}

static bool is_down(const struct box_lane *lane)
{
    return lane->failures >= BOX_DOWN_AFTER || lane->breaks > 0;
}

/* -- what became of a parcel ------------------------------------------------------------------- */

static void works_again(struct box_lane *lane)
{
    bool was_down = lane->failures >= BOX_DOWN_AFTER;
    lane->failures = lane->breaks = 0;
    lane->not_before_ms = 0;
    if (was_down)
        vb_box_all_due(lane, vb_box_now(lane->box));
}

static void wait_again(struct box_lane *lane, struct box_parcel *parcel, int64_t wait_ms,
                       const char *reason)
{
    parcel->due_ms = vb_box_now(lane->box) + wait_ms;
    if (!lane->box->options.once)
        vb_box_put_back(lane, parcel);
    vb_box_note(lane, parcel, reason);
}

/* While nothing at all arrives, a retry says nothing about the parcel; what breaks the plugin does.
 */
static bool is_dead(const struct box_lane *lane, const struct box_parcel *parcel, bool broken)
{
    return parcel->attempts >= lane->box->options.attempts_max &&
           (broken || lane->delivered > parcel->delivered_then);
}

static void failed(struct box_lane *lane, struct box_parcel *parcel, bool broken, int64_t after_ms,
                   const char *reason)
{
    char text[VB_PROTOCOL_REASON_MAX + 64];
    if (parcel->delivered_then < 0)
        parcel->delivered_then = lane->delivered;
    lane->failures++;
    if (!broken && lane->failures >= BOX_DOWN_AFTER)
        lane->not_before_ms =
            vb_box_now(lane->box) + backoff(lane, lane->failures - BOX_DOWN_AFTER + 1);
    if (is_dead(lane, parcel, broken)) {
        snprintf(text, sizeof text, "tried %d times; at last: %s", parcel->attempts, reason);
        vb_box_close(lane, parcel, VB_PARCEL_DEAD, text);
        return;
    }
    int64_t wait_ms = after_ms > 0 ? after_ms : backoff(lane, parcel->attempts);
    wait_again(lane, parcel, wait_ms < BOX_LATEST_MS ? wait_ms : BOX_LATEST_MS, reason);
}

static void answered(void *ctx, enum vb_answer_kind kind, int64_t after_ms, const char *reason)
{
    struct box_lane *lane = ctx;
    struct box_parcel *parcel = lane->given;
    if (parcel == NULL)
        return;
    lane->given = NULL;
    vb_box_empty_blobs(lane);
    switch (kind) {
    case VB_ANSWER_DELIVERED:
        lane->delivered++;
        works_again(lane);
        vb_box_close(lane, parcel, VB_PARCEL_DELIVERED, "");
        break;
    case VB_ANSWER_REJECTED:
        works_again(lane);
        vb_box_close(lane, parcel, VB_PARCEL_DEAD,
                     reason[0] == '\0' ? "it was rejected, and no reason given" : reason);
        break;
    case VB_ANSWER_RETRY:
        lane->breaks = 0;
        failed(lane, parcel, false, after_ms, reason);
        break;
    case VB_ANSWER_BROKEN:
        failed(lane, parcel, true, 0, reason);
        break;
    }
    vb_box_ask(lane->box);
}

/* -- its process ------------------------------------------------------------------------------- */

static void changed(void *ctx, enum vb_delivery_state state, const char *reason)
{
    struct box_lane *lane = ctx;
    if (state == VB_DELIVERY_BROKEN) {
        lane->broken = true;
        snprintf(lane->reason, sizeof lane->reason, "%s", reason);
    }
    vb_box_ask(lane->box);
}

/* Why nothing goes: on the parcels that would have gone now, once each. */
static void tell_why(struct box_lane *lane)
{
    int64_t now_ms = vb_box_now(lane->box);
    int told = 0;
    for (size_t i = 0; i < lane->heap_count && told < BOX_BATCH_MOST; i++) {
        struct box_parcel *parcel = lane->heap[i];
        if (parcel->told || parcel->due_ms > now_ms)
            continue;
        vb_box_note(lane, parcel, lane->reason);
        parcel->told = true;
        told++;
    }
}

static void not_now(struct box_lane *lane)
{
    lane->breaks++;
    lane->not_before_ms = vb_box_now(lane->box) +
                          (lane->box->options.once ? BOX_LATEST_MS : backoff(lane, lane->breaks));
    vb_log(lane->box->options.log, VB_LOG_WARNING, "outbox", "output %s ended: %d in a row",
           lane->output->row.name, lane->breaks);
    tell_why(lane);
}

static void bury(struct box_lane *lane)
{
    struct vb_outbox *box = lane->box;
    bool asked_to = lane->leaving;
    if (lane->given != NULL)
        answered(lane, VB_ANSWER_BROKEN, 0, lane->reason);
    box->door.destroy(lane->delivery);
    lane->delivery = NULL;
    lane->broken = lane->leaving = false;
    box->processes--;
    vb_box_unclaim(lane);
    if (!asked_to)
        not_now(lane);
}

static bool wants(const struct box_lane *lane, int64_t now_ms)
{
    const struct box_parcel *first = vb_box_first(lane);
    return now_ms >= lane->not_before_ms &&
           (claimed_left(lane) > 0 || (first != NULL && first->due_ms <= now_ms));
}

/* One that has nothing to do goes, when all places are taken. */
static void make_room(struct vb_outbox *box)
{
    for (size_t i = 0; i < box->lane_count; i++) {
        struct box_lane *lane = box->lanes[i];
        if (lane->delivery == NULL || lane->broken)
            continue;
        if (lane->leaving)
            return;
        if (box->door.state(lane->delivery) == VB_DELIVERY_FREE && !lane->claiming &&
            !wants(lane, vb_box_now(box))) {
            lane->leaving = true;
            box->door.shutdown(lane->delivery, box->options.deadline_ms);
            return;
        }
    }
}

static void start(struct box_lane *lane)
{
    struct vb_outbox *box = lane->box;
    const struct vb_output_row *row = &lane->output->row;
    struct vb_err err;
    const struct vb_delivery_options options = {
        .loop = box->options.loop,
        .log = box->options.log,
        .program = box->options.program,
        .plugin = row->plugin,
        .output = row->name,
        .options = row->options,
        .dir = lane->dir,
        .memory_max = vb_box_memory(lane),
        .ready_ms = box->options.ready_ms,
        .deadline_ms = vb_box_deadline_ms(lane),
        .changed = changed,
        .answered = answered,
        .ctx = lane,
    };
    if (box->processes >= BOX_PROCESSES) {
        make_room(box);
        return;
    }
    vb_box_make_folders(lane);
    enum vb_code code = box->door.start(&lane->delivery, &options, &err);
    if (code == VB_OK) {
        box->processes++;
        return;
    }
    lane->delivery = NULL;
    snprintf(lane->reason, sizeof lane->reason, "%.*s", VB_PROTOCOL_REASON_MAX, err.text);
    not_now(lane);
}

/* -- giving ------------------------------------------------------------------------------------ */

static enum vb_code render(struct box_lane *lane, const struct box_parcel *parcel,
                           struct vb_arena *arena, struct vb_rendered *out, struct vb_err *err)
{
    const struct vb_outbox_options *options = &lane->box->options;
    const struct vb_parcel_row row = {
        .number = parcel->number,
        .round = parcel->round,
        .output = parcel->output->row.name,
        .revision = parcel->revision,
        .case_id = parcel->case_id,
        .attempts = parcel->attempts,
        .reason = "",
    };
    *out = (struct vb_rendered){ 0 };
    return options->render(options->ctx, &row, &parcel->output->row, lane->blob_dir, arena, out,
                           err);
}

static enum vb_code hand_over(struct box_lane *lane, const struct box_parcel *parcel,
                              const struct vb_rendered *rendered, struct vb_arena *arena,
                              struct vb_err *err)
{
    const struct box_door *door = &lane->box->door;
    const struct vb_deliver deliver = {
        .parcel = vb_arena_printf(arena, "%s/%s/%d", parcel->round, parcel->output->row.name,
                                  parcel->revision),
        .attempt = parcel->attempts,
        .deadline_ms = vb_box_deadline_ms(lane),
        .digest = rendered->digest,
        .result = rendered->result,
        .result_len = rendered->result_len,
        .blobs = rendered->blobs,
        .blob_count = rendered->blob_count,
    };
    return door->give(lane->delivery, &deliver, rendered->instrument, rendered->instrument_len,
                      err);
}

static void not_made(struct box_lane *lane, struct box_parcel *parcel, enum vb_code code,
                     const struct vb_err *err)
{
    vb_box_empty_blobs(lane);
    parcel->attempts--; /* nothing left the house */
    if (code == VB_E_ABSENT || code == VB_E_DATA || code == VB_E_LIMIT) {
        vb_box_close(lane, parcel, VB_PARCEL_DEAD, err->text);
        return;
    }
    parcel->troubles++;
    wait_again(lane, parcel, backoff(lane, parcel->troubles), err->text);
}

static void give(struct box_lane *lane, struct box_parcel *parcel)
{
    struct vb_arena arena = { 0 };
    struct vb_rendered rendered;
    struct vb_err err = { 0 };
    enum vb_code code = render(lane, parcel, &arena, &rendered, &err);
    if (code != VB_OK) {
        not_made(lane, parcel, code, &err);
        vb_arena_finish(&arena);
        return;
    }
    if (rendered.nothing != NULL) {
        parcel->attempts--;
        vb_box_empty_blobs(lane);
        vb_box_close(lane, parcel, VB_PARCEL_DROPPED, rendered.nothing);
        vb_arena_finish(&arena);
        return;
    }
    lane->given = parcel;
    code = hand_over(lane, parcel, &rendered, &arena, &err);
    if (code != VB_OK) {
        lane->given = NULL;
        vb_box_empty_blobs(lane);
    }
    if (code == VB_E_LIMIT)
        not_made(lane, parcel, code, &err);
    else if (code != VB_OK)
        failed(lane, parcel, true, 0, err.text);
    vb_arena_finish(&arena);
}

/* Claims that waited too long are made anew, fewer at a time: their lease would end too early. */
static void give_next(struct box_lane *lane)
{
    struct box_parcel *next = lane->claimed[lane->claimed_at];
    if (vb_box_now(lane->box) > next->fresh_until_ms) {
        lane->batch = 1;
        lane->reason[0] = '\0';
        vb_box_unclaim(lane);
        return;
    }
    lane->claimed_at++;
    give(lane, next);
}

void vb_box_turn_lane(struct box_lane *lane)
{
    struct vb_outbox *box = lane->box;
    int64_t now_ms = vb_box_now(box);
    if (lane->broken)
        bury(lane);
    if (box->finishing && claimed_left(lane) > 0)
        vb_box_unclaim(lane);
    if (box->finishing || lane->leaving || !wants(lane, now_ms))
        return;
    if (lane->delivery == NULL) {
        start(lane);
        return;
    }
    while (claimed_left(lane) > 0 && now_ms >= lane->not_before_ms && !lane->broken &&
           box->door.state(lane->delivery) == VB_DELIVERY_FREE)
        give_next(lane);
    enum vb_delivery_state state = box->door.state(lane->delivery);
    const struct box_parcel *first = vb_box_first(lane);
    if (is_down(lane))
        lane->batch = 1;
    if ((state == VB_DELIVERY_FREE || (state == VB_DELIVERY_BUSY && !is_down(lane))) &&
        !lane->claiming && claimed_left(lane) <= lane->batch / 4 && first != NULL &&
        first->due_ms <= now_ms && now_ms >= lane->not_before_ms)
        vb_box_claim(lane);
}

bool vb_box_is_active(const struct box_lane *lane, int64_t now_ms)
{
    if (lane->box->finishing)
        return lane->delivery != NULL;
    return lane->given != NULL || lane->claiming || lane->broken || wants(lane, now_ms);
}

int64_t vb_box_next_ms(const struct box_lane *lane)
{
    const struct box_parcel *first = vb_box_first(lane);
    if (first == NULL)
        return -1;
    return first->due_ms > lane->not_before_ms ? first->due_ms : lane->not_before_ms;
}
