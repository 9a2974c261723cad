#include "outbox_world.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "store/store_memory.h"

/* -- processes --------------------------------------------------------------------------------- */

struct vb_delivery {
    struct vb_delivery *next;
    struct outbox_world *world;
    struct vb_delivery_options options;
    char output[64];
    enum vb_delivery_state state;
    bool due, leaves; /* something happens to it at the next step; it was asked to go */
    struct world_answer answer;
};

static struct outbox_world *there; /* the door has no room for it */

static enum vb_code start(struct vb_delivery **out, const struct vb_delivery_options *options,
                          struct vb_err *err)
{
    if (there->will_not_start)
        return vb_fail(err, VB_E_ABSENT, "no plugin at %s", options->plugin);
    struct vb_delivery *process = vb_new(struct vb_delivery);
    process->world = there;
    process->options = there->started = *options;
    snprintf(process->output, sizeof process->output, "%s", options->output);
    process->next = there->processes;
    process->due = true;
    there->processes = process;
    there->starts++;
    if (++there->running > there->most_running)
        there->most_running = there->running;
    *out = process;
    return VB_OK;
}

static enum vb_delivery_state state_of(const struct vb_delivery *process)
{
    return process->state;
}

static enum vb_code give(struct vb_delivery *process, const struct vb_deliver *deliver,
                         const char *instrument, size_t instrument_len, struct vb_err *err)
{
    struct outbox_world *world = process->world;
    (void)instrument, (void)instrument_len, (void)err;
    assert_int_equal(process->state, VB_DELIVERY_FREE);
    world->given++;
    if (!world->quiet)
        vb_buf_printf(&world->said, "%s#%d ", deliver->parcel, deliver->attempt);
    process->state = VB_DELIVERY_BUSY;
    process->answer = world->receiver(world, process->output, deliver);
    process->due = !world->holds;
    return VB_OK;
}

static void shut_down(struct vb_delivery *process, int64_t deadline_ms)
{
    (void)deadline_ms;
    process->leaves = process->due = true;
}

static void destroy(struct vb_delivery *process)
{
    struct vb_delivery **at = &process->world->processes;
    while (*at != process)
        at = &(*at)->next;
    *at = process->next;
    process->world->running--;
    free(process);
}

static void change(struct vb_delivery *process, enum vb_delivery_state state, const char *reason)
{
    process->state = state;
    process->options.changed(process->options.ctx, state, reason);
}

static void happens(struct vb_delivery *process)
{
    const struct world_answer answer = process->answer;
    process->due = process->leaves && process->state == VB_DELIVERY_BUSY;
    if (process->state == VB_DELIVERY_BUSY) {
        process->options.answered(process->options.ctx, answer.kind, answer.after_ms,
                                  answer.reason == NULL ? "" : answer.reason);
        if (answer.kind == VB_ANSWER_BROKEN)
            change(process, VB_DELIVERY_BROKEN, answer.reason);
        else
            change(process, VB_DELIVERY_FREE, "");
    } else if (process->leaves) {
        change(process, VB_DELIVERY_BROKEN, "");
    } else if (process->state == VB_DELIVERY_STARTING) {
        if (process->world->ends_at_start)
            change(process, VB_DELIVERY_BROKEN, "it ended before it was ready");
        else
            change(process, VB_DELIVERY_FREE, "");
    }
}

void world_answer_all(struct outbox_world *world)
{
    for (struct vb_delivery *process = world->processes; process != NULL; process = process->next)
        if (process->state == VB_DELIVERY_BUSY)
            process->due = true;
}

/* -- clock and timer --------------------------------------------------------------------------- */

static int64_t wall(void *ctx)
{
    return ((struct outbox_world *)ctx)->now_ms;
}

static int64_t mono(void *ctx)
{
    return ((struct outbox_world *)ctx)->now_ms * 1000000;
}

static void set_alarm(void *ctx, int64_t wait_ms)
{
    struct outbox_world *world = ctx;
    world->alarm_ms = world->now_ms + wait_ms;
}

static void draw(void *ctx, void *bytes, size_t len)
{
    struct outbox_world *world = ctx;
    for (size_t i = 0; i < len; i++) {
        world->drawn = world->drawn * 1664525u + 1013904223u;
        ((unsigned char *)bytes)[i] = (unsigned char)(world->drawn >> 24);
    }
}

bool world_step(struct outbox_world *world)
{
    for (struct vb_delivery *process = world->processes; process != NULL; process = process->next)
        if (process->due) {
            happens(process);
            return true;
        }
    if (world->alarm_ms < 0 || world->alarm_ms > world->now_ms)
        return false;
    world->alarm_ms = -1;
    vb_outbox_turn(world->box);
    return true;
}

void world_rest(struct outbox_world *world)
{
    while (!*vb_outbox_rested(world->box))
        if (!world_step(world))
            fail_msg("it neither rests nor goes on");
}

void world_pass(struct outbox_world *world, int64_t ms)
{
    int64_t until_ms = world->now_ms + ms;
    for (;;) {
        while (world_step(world))
            ;
        if (world->alarm_ms < 0 || world->alarm_ms > until_ms)
            break;
        world->now_ms = world->alarm_ms;
    }
    world->now_ms = until_ms;
}

/* -- the world --------------------------------------------------------------------------------- */

static enum vb_code render(void *ctx, const struct vb_parcel_row *parcel,
                           const struct vb_output_row *output, const char *blob_dir,
                           struct vb_arena *arena, struct vb_rendered *out, struct vb_err *err)
{
    struct outbox_world *world = ctx;
    (void)parcel, (void)output, (void)blob_dir, (void)arena;
    out->result = out->instrument = "{}";
    out->result_len = out->instrument_len = 2;
    out->digest = "sha256:one";
    out->nothing = world->nothing;
    return world->render_code == VB_OK ? VB_OK
                                       : vb_fail(err, world->render_code, "it cannot be made");
}

static struct world_answer takes_all(struct outbox_world *world, const char *output,
                                     const struct vb_deliver *deliver)
{
    (void)world, (void)output, (void)deliver;
    return (struct world_answer){ VB_ANSWER_DELIVERED, 0, NULL };
}

void world_begin(struct outbox_world *world)
{
    *world = (struct outbox_world){ .now_ms = 1000000, .alarm_ms = -1, .receiver = takes_all };
    world->store = vb_store_memory_create();
    world->options = (struct vb_outbox_options){
        .store = world->store,
        .clock = { wall, mono, world },
        .random = { draw, world },
        .dir = "/nonexistent",
        .render = render,
        .ctx = world,
    };
    suite_begin_round(world->store);
}

void world_open(struct outbox_world *world)
{
    const struct box_door door = { .start = start,
                                   .state = state_of,
                                   .give = give,
                                   .shutdown = shut_down,
                                   .destroy = destroy,
                                   .alarm = set_alarm,
                                   .ctx = world };
    struct vb_err err;
    there = world;
    if (vb_outbox_create_with(&world->box, &world->options, &door, &err) != VB_OK)
        fail_msg("%s", err.text);
}

void world_close(struct outbox_world *world)
{
    vb_outbox_destroy(world->box);
    world->box = NULL;
    world->alarm_ms = -1;
    assert_null(world->processes);
}

void world_end(struct outbox_world *world)
{
    world_close(world);
    vb_store_destroy(world->store);
    vb_buf_finish(&world->said);
}

void world_output(struct outbox_world *world, const char *round, const char *name)
{
    suite_one(world->store,
              (struct vb_change){
                  .kind = VB_PUT_OUTPUT,
                  .output = { .round = round, .name = name, .plugin = "/p.so", .options = "{}" } });
}

void world_release(struct outbox_world *world, const char *round, const char *case_id)
{
    struct vb_change put = suite_round(round, case_id, round);
    struct vb_change first = suite_revision(round, 1);
    first.revision.wall_ms = world->now_ms;
    if (case_id != NULL)
        suite_one(world->store, suite_case(case_id));
    const struct vb_change changes[] = { put, first };
    suite_commit(world->store, changes, 2);
}

void world_revise(struct outbox_world *world, const char *round, int number, const char *reason)
{
    struct vb_change change = suite_revision(round, number);
    change.revision.reason = reason;
    change.revision.wall_ms = world->now_ms;
    suite_one(world->store, change);
}

static struct vb_arena kept; /* what is handed out lives as long as the test */

const char *world_parcels(struct outbox_world *world, enum vb_parcel_state state)
{
    struct vb_parcel_row *rows;
    struct vb_err err;
    const struct vb_parcel_query query = { .state = (int)state };
    const char *text = "";
    size_t count;
    assert_int_equal(world->store->ops->parcels(world->store, &query, &kept, &rows, &count, &err),
                     VB_OK);
    for (size_t i = 0; i < count; i++)
        text = vb_arena_printf(&kept, "%s%s/%s/%d ", text, rows[i].round, rows[i].output,
                               rows[i].revision);
    return text;
}

struct vb_parcel_row world_parcel(struct outbox_world *world, const char *round, int revision)
{
    struct vb_parcel_row *rows;
    struct vb_err err;
    const struct vb_parcel_query query = { .round = round, .state = VB_PARCEL_ANY };
    size_t count;
    assert_int_equal(world->store->ops->parcels(world->store, &query, &kept, &rows, &count, &err),
                     VB_OK);
    for (size_t i = 0; i < count; i++)
        if (rows[i].revision == revision)
            return rows[i];
    fail_msg("there is no parcel %s/%d", round, revision);
    return rows[0];
}

/* -- for a test -------------------------------------------------------------------------------- */

int world_set_up(void **state)
{
    struct outbox_world *world = vb_new(struct outbox_world);
    world_begin(world);
    *state = world;
    return 0;
}

int world_tear_down(void **state)
{
    world_end(*state);
    free(*state);
    return 0;
}

struct world_answer world_refuses_first(struct outbox_world *world, const char *output,
                                        const struct vb_deliver *deliver)
{
    (void)world, (void)output;
    if (vb_streq(deliver->parcel, "r1/o/1") && deliver->attempt == 1)
        return (struct world_answer){ VB_ANSWER_RETRY, 0, "nobody at home" };
    return (struct world_answer){ VB_ANSWER_DELIVERED, 0, NULL };
}

const char *world_said(struct outbox_world *world)
{
    static struct vb_buf last;
    vb_buf_clear(&last);
    vb_buf_put(&last, world->said.data, world->said.len);
    vb_buf_putc(&last, '\0');
    vb_buf_clear(&world->said);
    return last.data;
}
