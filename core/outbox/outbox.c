#include "outbox/outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "data/digest.h"
#include "outbox/outbox_inner.h"

enum { READY_MS = 10 * 1000, DEADLINE_MS = 30 * 1000, ATTEMPTS_MOST = 20, PAGE = 4096 };

/* -- time -------------------------------------------------------------------------------------- */

int64_t vb_box_now(const struct vb_outbox *box)
{
    return box->options.clock.mono_ns(box->options.clock.ctx) / 1000000;
}

int64_t vb_box_wall(const struct vb_outbox *box, int64_t at_ms)
{
    return box->options.clock.wall_ms(box->options.clock.ctx) + at_ms - vb_box_now(box);
}

/* A moment of the wall clock on ours: a clock that was put back must not hold anything for years.
 */
static int64_t of_wall(const struct vb_outbox *box, int64_t wall_ms)
{
    int64_t wait_ms = wall_ms - box->options.clock.wall_ms(box->options.clock.ctx);
    int64_t most = wait_ms < BOX_LATEST_MS ? wait_ms : BOX_LATEST_MS;
    return vb_box_now(box) + (most > 0 ? most : 0);
}

void vb_box_ask(struct vb_outbox *box)
{
    if (!box->asked)
        box->door.alarm(box->door.ctx, 0);
    box->asked = true;
}

/* -- lanes ------------------------------------------------------------------------------------- */

/* One folder for what is one output, whichever rounds give to it and in whatever order: by what
 * makes them one. Nothing of the name leads elsewhere. */
static const char *folder_name(struct vb_arena *arena, const struct vb_output_row *row)
{
    enum { SHOWN = 16, SCHEME = sizeof "sha256:" - 1 };
    char digest[VB_DIGEST_SIZE];
    struct vb_buf all = { 0 };
    vb_buf_printf(&all, "%s%c%s%c%s", row->name, 0, row->plugin, 0, row->options);
    vb_digest(all.data, all.len, digest);
    vb_buf_finish(&all);
    char *name = vb_arena_printf(arena, "%s-%.*s", row->name, SHOWN, digest + SCHEME);
    for (char *c = name; *c != '\0'; c++)
        if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", *c) == NULL)
            *c = '_';
    return name;
}

static struct box_lane *add_lane(struct vb_outbox *box, const struct box_output *output)
{
    struct box_lane *lane = vb_arena_new(&box->arena, struct box_lane);
    vb_push(&box->lanes, box->lane_count, &box->lane_cap, sizeof(struct box_lane *));
    box->lanes[box->lane_count++] = lane;
    lane->box = box;
    lane->output = output;
    lane->batch = BOX_BATCH_MOST / 4;
    vb_box_name_folders(lane, folder_name(&box->arena, &output->row));
    return lane;
}

/* Outputs of several rounds that are one and the same share a process, and the order of a case. */
static struct box_lane *lane_of(struct vb_outbox *box, struct box_output *output)
{
    for (size_t i = 0; output->lane == NULL && i < box->lane_count; i++) {
        const struct vb_output_row *there = &box->lanes[i]->output->row;
        if (vb_streq(there->name, output->row.name) &&
            vb_streq(there->plugin, output->row.plugin) &&
            vb_streq(there->options, output->row.options) &&
            there->memory_mib == output->row.memory_mib &&
            there->deadline_s == output->row.deadline_s)
            output->lane = box->lanes[i];
    }
    if (output->lane == NULL)
        output->lane = add_lane(box, output);
    return output->lane;
}

size_t vb_box_memory(const struct box_lane *lane)
{
    int64_t own = lane->output->row.memory_mib;
    if (own == VB_MEMORY_NONE)
        return VB_DELIVERY_UNLIMITED;
    return own > 0 ? (size_t)own << 20 : lane->box->options.memory_max;
}

int64_t vb_box_deadline_ms(const struct box_lane *lane)
{
    int64_t own = lane->output->row.deadline_s;
    return own > 0 ? own * 1000 : lane->box->options.deadline_ms;
}

/* -- reading the store ------------------------------------------------------------------------- */

static const char *output_key(struct vb_arena *arena, const char *round, const char *name)
{
    return vb_arena_printf(arena, "%s %s", round == NULL ? "" : round, name);
}

static void add_output(struct vb_outbox *box, const struct vb_output_row *row,
                       struct vb_arena *arena)
{
    const char *key = output_key(arena, row->round, row->name);
    if (vb_table_find(&box->outputs, key) != NULL)
        return;
    struct box_output *output = vb_arena_new(&box->arena, struct box_output);
    output->key = vb_arena_strdup(&box->arena, key);
    output->row = *row;
    output->row.round = vb_arena_strdup(&box->arena, row->round);
    output->row.name = vb_arena_strdup(&box->arena, row->name);
    output->row.plugin = vb_arena_strdup(&box->arena, row->plugin);
    output->row.options = vb_arena_strdup(&box->arena, row->options);
    vb_table_add(&box->outputs, output);
}

static enum vb_code read_outputs(struct vb_outbox *box, struct vb_err *err)
{
    struct vb_store *store = box->options.store;
    struct vb_arena arena = { 0 };
    struct vb_output_row *rows;
    size_t count = 0;
    enum vb_code code =
        store->ops->outputs(store, box->options.only_round, &arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        add_output(box, &rows[i], &arena);
    vb_arena_finish(&arena);
    return code;
}

static struct box_output *find_output(struct vb_outbox *box, const struct vb_parcel_row *row,
                                      struct vb_arena *arena)
{
    struct box_output *output =
        vb_table_find(&box->outputs, output_key(arena, row->round, row->output));
    return output != NULL ? output
                          : vb_table_find(&box->outputs, output_key(arena, NULL, row->output));
}

static void add_parcel(struct vb_outbox *box, const struct vb_parcel_row *row,
                       struct vb_arena *arena)
{
    struct box_output *output = find_output(box, row, arena);
    int64_t due_ms =
        of_wall(box, row->due_wall_ms > row->lease_wall_ms ? row->due_wall_ms : row->lease_wall_ms);
    box->last_number = row->number;
    if (output == NULL)
        box->homeless++;
    else
        vb_box_add(lane_of(box, output), output, row, due_ms);
}

static enum vb_code read_parcels(struct vb_outbox *box, struct vb_err *err)
{
    struct vb_store *store = box->options.store;
    struct vb_arena arena = { 0 };
    struct vb_parcel_row *rows;
    size_t count = PAGE;
    enum vb_code code = VB_OK;
    while (code == VB_OK && count == PAGE) {
        const struct vb_parcel_query query = { .round = box->options.only_round,
                                               .after = box->last_number,
                                               .most = PAGE };
        count = 0;
        code = store->ops->parcels(store, &query, &arena, &rows, &count, err);
        for (size_t i = 0; code == VB_OK && i < count; i++)
            add_parcel(box, &rows[i], &arena);
        vb_arena_reset(&arena);
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code read_all(struct vb_outbox *box, struct vb_err *err)
{
    enum vb_code code = read_outputs(box, err);
    return code == VB_OK ? read_parcels(box, err) : code;
}

/* -- turns ------------------------------------------------------------------------------------- */

/* When there is something to do next; -1: nothing waits. Whoever is at work says so by itself. */
static int64_t next_ms(const struct vb_outbox *box, int64_t now_ms)
{
    int64_t next = box->unclosed == NULL ? -1 : box->resend_ms;
    for (size_t i = 0; i < box->lane_count; i++) {
        if (vb_box_is_active(box->lanes[i], now_ms))
            continue;
        int64_t lane = vb_box_next_ms(box->lanes[i]);
        if (lane >= 0 && (next < 0 || lane < next))
            next = lane;
    }
    return next;
}

static bool is_at_rest(const struct vb_outbox *box, int64_t now_ms)
{
    if (box->in_air != NULL)
        return false;
    for (size_t i = 0; i < box->lane_count; i++)
        if (vb_box_is_active(box->lanes[i], now_ms))
            return false;
    return true;
}

static void update(struct vb_outbox *box)
{
    int64_t now_ms = vb_box_now(box), next = next_ms(box, now_ms);
    box->rested = is_at_rest(box, now_ms) && !box->asked;
    if (!box->asked && next >= 0 && !box->finishing)
        box->door.alarm(box->door.ctx, next > now_ms ? next - now_ms : 0);
    if (box->rested && box->options.at_rest != NULL)
        box->options.at_rest(box->options.ctx);
}

void vb_outbox_turn(struct vb_outbox *box)
{
    box->asked = false;
    if (box->unclosed != NULL && vb_box_now(box) >= box->resend_ms)
        vb_box_resend(box);
    for (size_t i = 0; i < box->lane_count; i++)
        vb_box_turn_lane(box->lanes[i]);
    update(box);
}

/* -- public ------------------------------------------------------------------------------------ */

/* An output runs in its own folder, where a path that begins in ours leads elsewhere. */
static const char *absolute(struct vb_arena *arena, const char *dir)
{
    char *here = dir[0] == '/' ? NULL : getcwd(NULL, 0);
    char *path =
        here == NULL ? vb_arena_strdup(arena, dir) : vb_arena_printf(arena, "%s/%s", here, dir);
    free(here);
    return path;
}

enum vb_code vb_outbox_create_with(struct vb_outbox **out, const struct vb_outbox_options *options,
                                   const struct box_door *door, struct vb_err *err)
{
    struct vb_outbox *box = vb_new(struct vb_outbox);
    box->options = *options;
    box->door = *door;
    box->options.dir = absolute(&box->arena, options->dir);
    box->options.program = vb_arena_strdup(&box->arena, options->program);
    box->options.by = vb_arena_strdup(&box->arena, options->by);
    box->options.on_behalf = vb_arena_strdup(&box->arena, options->on_behalf);
    box->options.only_round = vb_arena_strdup(&box->arena, options->only_round);
    if (box->options.ready_ms == 0)
        box->options.ready_ms = READY_MS;
    if (box->options.deadline_ms == 0)
        box->options.deadline_ms = DEADLINE_MS;
    if (box->options.attempts_max == 0)
        box->options.attempts_max = ATTEMPTS_MOST;
    enum vb_code code = read_all(box, err);
    if (code != VB_OK) {
        vb_outbox_destroy(box);
        return code;
    }
    *out = box;
    vb_box_ask(box);
    return VB_OK;
}

/* What was on its way when its process is ended here has no lease to wait for. */
static void end_lane(struct box_lane *lane)
{
    if (lane->delivery != NULL)
        lane->box->door.destroy(lane->delivery);
    lane->delivery = NULL;
    snprintf(lane->reason, sizeof lane->reason, "verbond ended meanwhile");
    if (lane->given != NULL)
        vb_box_note(lane, lane->given, lane->reason);
    lane->given = NULL;
    vb_box_leave_folders(lane);
    vb_box_unclaim(lane);
}

void vb_outbox_destroy(struct vb_outbox *box)
{
    if (box == NULL)
        return;
    box->asked = true; /* nobody asks for a turn any more */
    for (size_t i = 0; i < box->lane_count; i++)
        end_lane(box->lanes[i]);
    vb_box_forget_sendings(box);
    for (size_t i = 0; i < box->lane_count; i++)
        vb_box_finish_lane(box->lanes[i]);
    free(box->lanes);
    vb_table_finish(&box->outputs);
    if (box->door.finish != NULL)
        box->door.finish(box->door.ctx);
    vb_arena_finish(&box->arena);
    free(box);
}

enum vb_code vb_outbox_wake(struct vb_outbox *box, struct vb_err *err)
{
    enum vb_code code = read_all(box, err);
    if (code == VB_OK) {
        box->rested = false;
        vb_box_ask(box);
    }
    return code;
}

const bool *vb_outbox_rested(const struct vb_outbox *box)
{
    return &box->rested;
}

struct vb_outbox_count vb_outbox_count(const struct vb_outbox *box)
{
    struct vb_outbox_count count = box->count;
    count.waiting += box->unclosed_count + box->homeless;
    return count;
}

int64_t vb_outbox_next_ms(const struct vb_outbox *box)
{
    int64_t next = next_ms(box, vb_box_now(box));
    return next < 0 ? 0 : vb_box_wall(box, next);
}

void vb_outbox_finish(struct vb_outbox *box, int64_t deadline_ms)
{
    box->finishing = true;
    box->rested = false;
    for (size_t i = 0; i < box->lane_count; i++) {
        struct box_lane *lane = box->lanes[i];
        snprintf(lane->reason, sizeof lane->reason, "verbond ended meanwhile");
        vb_box_unclaim(lane);
        if (lane->delivery != NULL && !lane->broken && !lane->leaving) {
            lane->leaving = true;
            box->door.shutdown(lane->delivery, deadline_ms);
        }
    }
    vb_box_ask(box);
}
