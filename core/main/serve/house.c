#include "main/serve/house.h"

#include <stdlib.h>

#include "base/str.h"
#include "loop/timer.h"
#include "loop/turns.h"
#include "main/reporting.h"
#include "main/serve/beside.h"
#include "main/serve/shelf.h"

/* One bringing at a time; what is released meanwhile is brought by the next one. */
struct vb_housing {
    struct vb_workplace *place;
    struct vb_house house;
    struct vb_shelf *shelf;
    struct vb_turns *turns;
    struct vb_timer *bring_timer, *care_timer;
    struct vb_bring_options bringing;
    struct vb_bring *bring;
    bool again, finishing, resting;
    void (*at_rest)(void *ctx);
    void *ctx;
};
enum { BRING_MS = 60 * 1000, CARE_MS = 60 * 60 * 1000 };

static void log_error(const struct vb_housing *housing, const struct vb_err *err)
{
    vb_log(&housing->place->log, VB_LOG_ERROR, "serve", "%s", err->text);
}

/* -- outputs ----------------------------------------------------------------------------------- */

static void end_bring(struct vb_housing *housing)
{
    vb_bring_destroy(housing->bring);
    housing->bring = NULL;
    housing->finishing = false;
    if (housing->resting && housing->at_rest != NULL)
        housing->at_rest(housing->ctx);
    else if (!housing->resting)
        vb_timer_start(housing->bring_timer, housing->again ? 0 : BRING_MS);
}

/* At rest for the first time everything that is due arrived or waits; for the second the processes
 * ended. It may not be destroyed from here, so the timer comes back for it. */
static void on_bring_rest(void *ctx)
{
    struct vb_housing *housing = ctx;
    vb_timer_start(housing->bring_timer, 0);
}

static void begin_bring(struct vb_housing *housing)
{
    struct vb_err err;
    housing->again = false;
    if (vb_bring_begin(&housing->bring, &housing->bringing, &err) == VB_OK)
        return;
    log_error(housing, &err);
    end_bring(housing);
}

static void on_bring_timer(void *ctx)
{
    struct vb_housing *housing = ctx;
    if (housing->bring == NULL) {
        begin_bring(housing);
    } else if (!housing->finishing) {
        housing->finishing = true;
        vb_bring_finish(housing->bring);
    } else {
        end_bring(housing);
    }
}

static void bring(void *ctx)
{
    struct vb_housing *housing = ctx;
    housing->again = true;
    if (housing->bring == NULL && !housing->resting)
        vb_timer_start(housing->bring_timer, 0);
}

static enum vb_code put_outputs(void *ctx, struct vb_round *round, struct vb_err *err)
{
    struct vb_housing *housing = ctx;
    const struct vb_round_row *row = vb_round_row(round);
    return vb_shelf_put_outputs(housing->shelf, row->instrument, row->id, err);
}

static struct vb_store_counts commits(void *ctx)
{
    struct vb_housing *housing = ctx;
    return vb_store_queue_counts(housing->place->store);
}

/* -- what the house does by itself ------------------------------------------------------------- */

/* What is past its time goes every hour, as it does whenever a command opens the data folder. */
static void on_care_timer(void *ctx)
{
    struct vb_housing *housing = ctx;
    struct vb_err err;
    int erased;
    if (vb_workplace_keep_no_longer(housing->place, &erased, &err) != VB_OK)
        log_error(housing, &err);
    vb_timer_start(housing->care_timer, CARE_MS);
}

static enum vb_code instruments(void *ctx, struct vb_arena *arena, struct vb_plan ***out,
                                int *count, struct vb_err *err)
{
    struct vb_housing *housing = ctx;
    return vb_shelf_instruments(housing->shelf, arena, out, count, err);
}

static enum vb_code plan(void *ctx, const char *id, struct vb_plan **out, struct vb_err *err)
{
    struct vb_housing *housing = ctx;
    return vb_shelf_plan(housing->shelf, id, out, err);
}

static enum vb_code pinned(void *ctx, const char *digest, struct vb_plan **out, struct vb_err *err)
{
    struct vb_housing *housing = ctx;
    return vb_workplace_pinned(housing->place, digest, out, err);
}

static enum vb_code picture(void *ctx, const char *instrument, const char *name, struct vb_buf *out,
                            struct vb_err *err)
{
    struct vb_housing *housing = ctx;
    return vb_beside_read(housing->place, instrument, "", name, out, err);
}

static enum vb_code recording(void *ctx, const char *instrument, const char *name,
                              struct vb_buf *out, struct vb_err *err)
{
    struct vb_housing *housing = ctx;
    return vb_beside_read(housing->place, instrument, "audio/", name, out, err);
}

/* -- begin and end ----------------------------------------------------------------------------- */

static enum vb_code make(struct vb_housing *housing, struct vb_err *err)
{
    struct vb_workplace *place = housing->place;
    enum vb_code code = vb_turns_create(&housing->turns, place->loop, err);
    if (code == VB_OK)
        place->env.turns = housing->turns;
    if (code == VB_OK)
        code = vb_timer_create(&housing->bring_timer, place->loop, on_bring_timer, housing, err);
    if (code == VB_OK)
        code = vb_timer_create(&housing->care_timer, place->loop, on_care_timer, housing, err);
    if (code == VB_OK)
        code =
            vb_reporting_read(&place->configuration, &place->arena, &housing->house.reporting, err);
    if (code == VB_OK)
        code = vb_shelf_create(&housing->shelf, place, err);
    return code;
}

enum vb_code vb_housing_create(struct vb_housing **out, struct vb_workplace *place,
                               struct vb_err *err)
{
    struct vb_housing *housing = vb_new(struct vb_housing);
    housing->place = place;
    enum vb_code code = make(housing, err);
    if (code != VB_OK) {
        vb_housing_destroy(housing);
        return code;
    }
    housing->bringing = vb_workplace_bringing(place, NULL);
    housing->bringing.at_rest = on_bring_rest;
    housing->bringing.ctx = housing;
    housing->house.ctx = housing;
    housing->house.loop = place->loop;
    housing->house.store = place->store;
    housing->house.env = &place->env;
    housing->house.data = place->data;
    housing->house.instruments = instruments;
    housing->house.plan = plan;
    housing->house.pinned = pinned;
    housing->house.picture = picture;
    housing->house.recording = recording;
    housing->house.outputs = put_outputs;
    housing->house.bring = bring;
    housing->house.commits = commits;
    vb_timer_start(housing->bring_timer, 0);
    vb_timer_start(housing->care_timer, CARE_MS);
    *out = housing;
    return VB_OK;
}

const struct vb_house *vb_housing_house(const struct vb_housing *housing)
{
    return &housing->house;
}

void vb_housing_rest(struct vb_housing *housing, void (*at_rest)(void *ctx), void *ctx)
{
    housing->resting = true;
    housing->at_rest = at_rest;
    housing->ctx = ctx;
    vb_timer_stop(housing->care_timer);
    if (!housing->finishing) /* else it may be the one that comes back for what has finished */
        vb_timer_stop(housing->bring_timer);
    if (housing->bring == NULL) {
        at_rest(ctx);
    } else if (!housing->finishing) {
        housing->finishing = true;
        vb_bring_finish(housing->bring);
    }
}

void vb_housing_destroy(struct vb_housing *housing)
{
    if (housing == NULL)
        return;
    vb_bring_destroy(housing->bring);
    vb_timer_destroy(housing->bring_timer);
    vb_timer_destroy(housing->care_timer);
    vb_shelf_destroy(housing->shelf);
    vb_turns_destroy(housing->turns);
    housing->place->env.turns = NULL;
    free(housing);
}
