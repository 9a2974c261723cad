/* engine_round.c - a round: begun or gone on with, looked at, released, ended. */
#include <stdlib.h>

#include "base/str.h"
#include "data/json.h"
#include "engine/engine_inner.h"
#include "session/named.h"
#include "session/pinned.h"

/* -- begin ------------------------------------------------------------------------------------ */

static struct vb_engine_round *make(struct vb_engine *engine, struct vb_round *round)
{
    struct vb_engine_round *handle = vb_new(struct vb_engine_round);
    handle->engine = engine;
    handle->round = round;
    handle->next = engine->rounds;
    engine->rounds = handle;
    return handle;
}

static enum vb_code check(const struct vb_plan *plan, const struct vb_engine_round_options *options,
                          struct vb_err *err)
{
    enum vb_code code = vb_named_plain("case_id", "pseudonym", options->case_id, VB_PLAIN_MAX, err);
    if (code == VB_OK)
        code = vb_named_plain("wave", "word", options->wave, VB_PLAIN_MAX, err);
    if (code == VB_OK && !plan->has_case && options->case_id != NULL)
        code = vb_fail(err, VB_E_USAGE, "%s is about no case (case = false): leave case_id out",
                       plan->id);
    return code;
}

/* A round that is there goes on with its own, pinned files. *plan: one reference. */
static enum vb_code choose_plan(struct vb_engine *engine, struct vb_plan *loaded,
                                const struct vb_engine_round_options *options,
                                struct vb_plan **plan, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row row;
    bool found = false;
    enum vb_code code = VB_OK;
    if ((loaded->has_case ? options->case_id : options->wave) != NULL)
        code = vb_named_open_round(engine->store, loaded->id, options->case_id,
                                   options->wave == NULL ? "t0" : options->wave, &arena, &row,
                                   &found, err);
    if (code == VB_OK && found && !vb_streq(row.digest, loaded->digest))
        code = vb_pinned_load(engine->store, &engine->env, row.digest, plan, err);
    else if (code == VB_OK)
        *plan = vb_plan_keep(loaded);
    if (code == VB_OK && !found) {
        code = vb_named_version(engine->store, *plan, err);
        if (code != VB_OK)
            vb_plan_release(*plan);
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code begin(struct vb_engine *engine, struct vb_plan *loaded,
                          const struct vb_engine_round_options *options, struct vb_round **out,
                          struct vb_err *err)
{
    struct vb_plan *plan;
    const struct vb_round_options wanted = { .case_id = options->case_id,
                                             .wave = options->wave,
                                             .format = options->format,
                                             .form = options->form,
                                             .variant = options->variant,
                                             .setting = options->setting,
                                             .with = options->with,
                                             .with_count = (int)options->with_count };
    enum vb_code code = check(loaded, options, err);
    if (code == VB_OK)
        code = choose_plan(engine, loaded, options, &plan, err);
    if (code != VB_OK)
        return code;
    code = vb_round_open(out, engine->store, &engine->env, plan, &wanted, err);
    vb_plan_release(plan);
    return code;
}

int vb_engine_begin(struct vb_engine *engine, const struct vb_engine_instrument *instrument,
                    const struct vb_engine_round_options *given, struct vb_engine_round **out,
                    struct vb_engine_error *error)
{
    struct vb_engine_round_options options;
    struct vb_round *round = NULL;
    struct vb_err err;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (engine == NULL || instrument == NULL)
        return vb_embed_misuse(error, "an engine and an instrument are wanted");
    if (!VB_EMBED_TAKE(options, given))
        return vb_embed_misuse(error, "options.size says nothing: set it to sizeof options");
    enum vb_code code = begin(engine, instrument->plan, &options, &round, &err);
    if (code == VB_OK)
        *out = make(engine, round);
    return vb_embed_end(error, code, &err);
}

int vb_engine_resume(struct vb_engine *engine, const char *id, struct vb_engine_round **out,
                     struct vb_engine_error *error)
{
    struct vb_round *round = NULL;
    struct vb_err err;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (engine == NULL || id == NULL)
        return vb_embed_misuse(error, "an engine and the id of a round are wanted");
    enum vb_code code = vb_named_round(engine->store, &engine->env, id, &round, &err);
    if (code == VB_OK)
        *out = make(engine, round);
    return vb_embed_end(error, code, &err);
}

/* -- look ------------------------------------------------------------------------------------- */

const char *vb_engine_round_id(const struct vb_engine_round *round)
{
    return round == NULL || round->engine == NULL ? NULL : vb_round_row(round->round)->id;
}

int vb_engine_round_state(const struct vb_engine_round *round)
{
    static const int states[] = { [VB_ROUND_OPEN] = VB_ENGINE_ROUND_OPEN,
                                  [VB_ROUND_RELEASED] = VB_ENGINE_ROUND_RELEASED,
                                  [VB_ROUND_WITHDRAWN] = VB_ENGINE_ROUND_ENDED,
                                  [VB_ROUND_ERASED] = VB_ENGINE_ROUND_ERASED };
    return round == NULL || round->engine == NULL ? VB_ENGINE_ROUND_ENDED
                                                  : states[vb_round_row(round->round)->state];
}

static void write_persons(struct vb_buf *out, const struct vb_round *round)
{
    struct vb_arena arena = { 0 };
    int count;
    const struct vb_participant *list = vb_round_named(round, &arena, &count);
    for (int i = 0; i < count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        vb_json_put_text(out, "{\"person\":", list[i].person);
        vb_json_put_text(out, ",\"role\":", list[i].role);
        vb_json_put_text(out, ",\"label\":", list[i].label);
        vb_json_put_flag(out, ",\"ready\":", list[i].ready);
        vb_buf_putc(out, '}');
    }
    vb_arena_finish(&arena);
}

static void write_missing(struct vb_buf *out, const struct vb_round *round)
{
    const char *names[VB_ROLES_MAX];
    int count = vb_round_missing(round, names, VB_ROLES_MAX);
    for (int i = 0; i < count && i < VB_ROLES_MAX; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        vb_json_text(out, names[i]);
    }
}

int vb_engine_round_json(struct vb_engine_round *round, char **out, size_t *len,
                         struct vb_engine_error *error)
{
    struct vb_buf text = { 0 };
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (round == NULL || round->engine == NULL)
        return vb_embed_misuse(error, "this round was closed");
    const struct vb_round_row *row = vb_round_row(round->round);
    vb_json_put_text(&text, "{\"round\":", row->id);
    vb_json_put_text(&text, ",\"case\":", row->case_id);
    vb_json_put_text(&text, ",\"instrument\":", row->instrument);
    vb_json_put_text(&text, ",\"version\":", row->version);
    vb_json_put_text(&text, ",\"wave\":", row->wave);
    vb_json_put_text(&text, ",\"state\":", vb_round_state_name(row->state));
    vb_buf_puts(&text, ",\"persons\":[");
    write_persons(&text, round->round);
    vb_buf_puts(&text, "],\"missing\":[");
    if (row->state == VB_ROUND_OPEN)
        write_missing(&text, round->round);
    vb_buf_puts(&text, "]}");
    return vb_embed_give(&text, out, len, error);
}

/* -- end -------------------------------------------------------------------------------------- */

int vb_engine_release(struct vb_engine_round *round, struct vb_engine_error *error)
{
    struct vb_err err;
    if (round == NULL || round->engine == NULL)
        return vb_embed_misuse(error, "this round was closed");
    return vb_embed_end(error, vb_round_release(round->round, &err), &err);
}

int vb_engine_release_one_side(struct vb_engine_round *round, struct vb_engine_error *error)
{
    struct vb_err err;
    if (round == NULL || round->engine == NULL)
        return vb_embed_misuse(error, "this round was closed");
    return vb_embed_end(error, vb_round_close(round->round, round->engine->env.by, &err), &err);
}

int vb_engine_end(struct vb_engine_round *round, struct vb_engine_error *error)
{
    struct vb_err err;
    if (round == NULL || round->engine == NULL)
        return vb_embed_misuse(error, "this round was closed");
    return vb_embed_end(error, vb_round_end(round->round, round->engine->env.by, &err), &err);
}

void vb_embed_round_end(struct vb_engine_round *round)
{
    struct vb_engine_round **at = &round->engine->rounds;
    while (*at != round)
        at = &(*at)->next;
    *at = round->next;
    while (round->persons != NULL)
        vb_embed_person_end(round->persons);
    vb_later_drop(&round->later, round->engine);
    vb_bring_destroy(round->bring);
    vb_round_destroy(round->round);
    round->bring = NULL;
    round->round = NULL;
    round->engine = NULL;
}

void vb_engine_round_close(struct vb_engine_round **round)
{
    if (round == NULL || *round == NULL)
        return;
    if ((*round)->engine != NULL)
        vb_embed_round_end(*round);
    free(*round);
    *round = NULL;
}
