/* deliver.c - bringing results out for a command, and saying what did not arrive. */
#include <stdio.h>

#include "main/outputs.h"

/* What did not arrive, a line each. *left: so many; *dead: so many of them are. */
static enum vb_code tell_left(struct vb_workplace *place, const char *round, int *left, int *dead,
                              struct vb_err *err)
{
    struct vb_parcel_row *rows;
    size_t count;
    const struct vb_parcel_query query = { .round = round, .state = VB_PARCEL_ANY };
    enum vb_code code =
        place->store->ops->parcels(place->store, &query, &place->arena, &rows, &count, err);
    *left = *dead = 0;
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (rows[i].state != VB_PARCEL_WAITING && rows[i].state != VB_PARCEL_DEAD)
            continue;
        ++*left;
        *dead += rows[i].state == VB_PARCEL_DEAD;
        vb_workplace_say(stderr, "output %s: %s/%d %s%s%s\n", rows[i].output, rows[i].round,
                         rows[i].revision,
                         rows[i].state == VB_PARCEL_DEAD ? "will not arrive" : "waits",
                         rows[i].reason[0] == '\0' ? "" : ": ", rows[i].reason);
    }
    return code;
}

/* Is there anything to bring? Most rounds have no output. */
static enum vb_code anything(struct vb_workplace *place, const char *round, bool *there,
                             struct vb_err *err)
{
    struct vb_parcel_row *rows;
    size_t count;
    const struct vb_parcel_query query = { .round = round, .most = 1 };
    enum vb_code code =
        place->store->ops->parcels(place->store, &query, &place->arena, &rows, &count, err);
    *there = code == VB_OK && count > 0;
    return code;
}

static int64_t limit(const struct vb_workplace *place, enum vb_configurable_id id)
{
    return place->configuration.set[id].number;
}

struct vb_bring_options vb_workplace_bringing(struct vb_workplace *place, const char *round)
{
    return (struct vb_bring_options){ .loop = place->loop,
                                      .store = place->store,
                                      .env = &place->env,
                                      .program = vb_workplace_program(place),
                                      .dir = vb_workplace_outputs_dir(place),
                                      .round = round,
                                      .ready_ms = limit(place, VB_CONF_READY) * 1000,
                                      .deadline_ms = limit(place, VB_CONF_DEADLINE) * 1000,
                                      .finish_ms = limit(place, VB_CONF_FINISH) * 1000,
                                      .attempts_max = (int)limit(place, VB_CONF_ATTEMPTS),
                                      .memory_max = (size_t)limit(place, VB_CONF_MEMORY) << 20 };
}

static enum vb_code bring(struct vb_workplace *place, const char *round, struct vb_err *err)
{
    const struct vb_bring_options options = vb_workplace_bringing(place, round);
    return vb_bring(&options, err);
}

enum vb_code vb_workplace_deliver(struct vb_workplace *place, const char *round, struct vb_err *err)
{
    bool there;
    int left = 0, dead = 0;
    enum vb_code code = anything(place, round, &there, err);
    if (code != VB_OK || !there)
        return code;
    code = bring(place, round, err);
    if (code == VB_OK)
        code = tell_left(place, round, &left, &dead, err);
    if (code == VB_OK && left > 0)
        code = vb_fail(err, VB_E_BUSY,
                       "%d result%s did not arrive; verbond outbox list shows them, "
                       "verbond outbox retry%s tries again",
                       left, left == 1 ? "" : "s", dead == left ? " --dead" : "");
    return code;
}

void vb_workplace_tell_undelivered(struct vb_workplace *place, const char *round)
{
    struct vb_err err;
    bool there;
    int left, dead;
    if (anything(place, round, &there, &err) == VB_OK && there &&
        tell_left(place, round, &left, &dead, &err) == VB_OK)
        vb_workplace_say(
            stderr, "send it: %s\n",
            vb_workplace_command(place, dead == left ? "outbox retry --dead" : "outbox retry"));
}
