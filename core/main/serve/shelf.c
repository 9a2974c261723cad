#include "main/serve/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "session/named.h"

struct asked { /* the outputs of one instrument, asked once; in the workplace's arena */
    const char *instrument;
    struct vb_asked_outputs outputs;
};
struct vb_shelf {
    struct vb_workplace *place;
    struct vb_plan **plans;
    size_t count, cap;
    int64_t read_ns; /* when they were read from disk */
    struct asked *asked;
    size_t asked_count, asked_cap;
    struct vb_asked_outputs common; /* of an instrument that nobody knew of at the start */
};

static int64_t now_ns(const struct vb_shelf *shelf)
{
    struct vb_clock clock = shelf->place->env.clock;
    return clock.mono_ns(clock.ctx);
}

static struct vb_plan **find(const struct vb_shelf *shelf, const char *id)
{
    for (size_t i = 0; i < shelf->count; i++)
        if (vb_streq(shelf->plans[i]->id, id))
            return &shelf->plans[i];
    return NULL;
}

/* -- reading ----------------------------------------------------------------------------------- */

/* The one of that id as it is now takes the place of what was read before. */
static void put(struct vb_shelf *shelf, struct vb_plan *plan)
{
    struct vb_plan **there = find(shelf, plan->id);
    if (there != NULL) {
        vb_plan_release(*there);
        *there = plan;
        return;
    }
    there = vb_push(&shelf->plans, shelf->count, &shelf->cap, sizeof *there);
    shelf->count++;
    *there = plan;
}

/* What is wrong in one is told when the server starts, and not again every time it is read. */
static void read_one(struct vb_shelf *shelf, const char *path)
{
    struct vb_workplace *place = shelf->place;
    struct vb_findings findings = { 0 };
    struct vb_plan *plan = NULL;
    struct vb_err err;
    enum vb_code code = vb_named_instrument(path, NULL, &place->env, &plan, &findings, &err);
    if (code == VB_OK)
        put(shelf, plan);
    else if (shelf->read_ns == 0)
        vb_workplace_say(stderr, "verbond: left out: %s\n", err.text);
    vb_findings_finish(&findings);
}

struct seen { /* names of folders that an earlier root has */
    const char **names;
    size_t count, cap;
};

static bool is_new(struct seen *seen, struct vb_arena *arena, const char *name)
{
    for (size_t i = 0; i < seen->count; i++)
        if (vb_streq(seen->names[i], name))
            return false;
    const char **row = vb_arena_push(arena, &seen->names, seen->count, &seen->cap, sizeof *row);
    *row = vb_arena_strdup(arena, name);
    seen->count++;
    return true;
}

/* A root that is not there holds nothing. */
static void read_root(struct vb_shelf *shelf, const char *root, struct seen *seen,
                      struct vb_arena *arena)
{
    struct dirent **entries;
    int count = root == NULL ? -1 : scandir(root, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        const char *path = vb_arena_printf(arena, "%s/%s/instrument.lua", root, name);
        if (name[0] != '.' && access(path, R_OK) == 0 && is_new(seen, arena, name))
            read_one(shelf, path);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static int by_id(const void *a, const void *b)
{
    return strcmp((*(struct vb_plan *const *)a)->id, (*(struct vb_plan *const *)b)->id);
}

static void read_all(struct vb_shelf *shelf)
{
    struct vb_arena arena = { 0 };
    struct seen seen = { 0 };
    read_root(shelf, shelf->place->configuration.set[VB_CONF_INSTRUMENTS].text, &seen, &arena);
    read_root(shelf, "instruments", &seen, &arena);
    read_root(shelf, VERBOND_PREFIX "/share/verbond/instruments", &seen, &arena);
    if (shelf->count > 0)
        qsort(shelf->plans, shelf->count, sizeof *shelf->plans, by_id);
    shelf->read_ns = now_ns(shelf);
    vb_arena_finish(&arena);
}

/* -- outputs ----------------------------------------------------------------------------------- */

static const struct asked *find_asked(const struct vb_shelf *shelf, const char *instrument)
{
    for (size_t i = 0; i < shelf->asked_count; i++)
        if (vb_streq(shelf->asked[i].instrument, instrument))
            return &shelf->asked[i];
    return NULL;
}

static enum vb_code ask_for(struct vb_shelf *shelf, const char *instrument, struct vb_err *err)
{
    struct vb_asked_outputs outputs;
    if (find_asked(shelf, instrument) != NULL)
        return VB_OK;
    enum vb_code code = vb_outputs_asked(shelf->place, instrument, NULL, 0, &outputs, err);
    if (code != VB_OK)
        return code;
    struct asked *asked =
        vb_push(&shelf->asked, shelf->asked_count, &shelf->asked_cap, sizeof *asked);
    shelf->asked_count++;
    asked->instrument = vb_arena_strdup(&shelf->place->arena, instrument);
    asked->outputs = outputs;
    return VB_OK;
}

/* Finding an output starts it, and turns the loop until it spoke: only before anything listens. So
 * those are asked as well that come to the shelf later: the ones that the configuration names, and
 * for any other what every instrument gets. */
static enum vb_code ask_outputs(struct vb_shelf *shelf, struct vb_err *err)
{
    const struct vb_configuration *configuration = &shelf->place->configuration;
    static const char any_other[] = ""; /* no instrument is called that */
    enum vb_code code = vb_outputs_asked(shelf->place, any_other, NULL, 0, &shelf->common, err);
    for (size_t i = 0; code == VB_OK && i < shelf->count; i++)
        code = ask_for(shelf, shelf->plans[i]->id, err);
    for (size_t i = 0; i < configuration->output_count; i++)
        for (size_t k = 0; code == VB_OK && k < configuration->outputs[i].instrument_count; k++)
            code = ask_for(shelf, configuration->outputs[i].instruments[k], err);
    return code;
}

enum vb_code vb_shelf_put_outputs(struct vb_shelf *shelf, const char *instrument, const char *round,
                                  struct vb_err *err)
{
    const struct asked *asked = find_asked(shelf, instrument);
    return vb_outputs_put(shelf->place->store, asked != NULL ? &asked->outputs : &shelf->common,
                          round, err);
}

/* -- the shelf --------------------------------------------------------------------------------- */

enum vb_code vb_shelf_create(struct vb_shelf **out, struct vb_workplace *place, struct vb_err *err)
{
    struct vb_shelf *shelf = vb_new(struct vb_shelf);
    shelf->place = place;
    read_all(shelf);
    enum vb_code code = ask_outputs(shelf, err);
    if (code != VB_OK) {
        vb_shelf_destroy(shelf);
        return code;
    }
    *out = shelf;
    return VB_OK;
}

void vb_shelf_destroy(struct vb_shelf *shelf)
{
    if (shelf == NULL)
        return;
    for (size_t i = 0; i < shelf->count; i++)
        vb_plan_release(shelf->plans[i]);
    free(shelf->plans);
    free(shelf->asked);
    free(shelf);
}

static void refresh(struct vb_shelf *shelf)
{
    static const int64_t kept_ns = 60 * (int64_t)1000000000;
    if (now_ns(shelf) - shelf->read_ns > kept_ns)
        read_all(shelf);
}

enum vb_code vb_shelf_instruments(struct vb_shelf *shelf, struct vb_arena *arena,
                                  struct vb_plan ***out, int *count, struct vb_err *err)
{
    (void)err;
    refresh(shelf);
    *out = vb_arena_alloc(arena, (shelf->count + 1) * sizeof **out);
    *count = (int)shelf->count;
    for (size_t i = 0; i < shelf->count; i++)
        (*out)[i] = shelf->plans[i];
    return VB_OK;
}

enum vb_code vb_shelf_plan(struct vb_shelf *shelf, const char *id, struct vb_plan **out,
                           struct vb_err *err)
{
    refresh(shelf);
    if (find(shelf, id) == NULL) /* it may have come just now */
        read_all(shelf);
    struct vb_plan **plan = find(shelf, id);
    if (plan == NULL)
        return vb_fail(err, VB_E_ABSENT, "there is no instrument %s here", id);
    *out = vb_plan_keep(*plan);
    return VB_OK;
}
