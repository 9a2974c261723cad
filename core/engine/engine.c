/* engine.c - opened, an instrument loaded, closed. */
#include <stdio.h>
#include <stdlib.h>

#include "data/instrument_json.h"
#include "engine/engine_inner.h"
#include "session/named.h"
#include "outbox/outbox.h"
#include "session/retention.h"
#include "store/store_memory.h"

#define TEXT_OF(number)                 #number
#define VERSION_OF(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *vb_engine_version(void)
{
    return VERSION_OF(VB_ENGINE_VERSION_MAJOR, VB_ENGINE_VERSION_MINOR, VB_ENGINE_VERSION_PATCH);
}

int vb_engine_version_number(void)
{
    return VB_ENGINE_VERSION_NUMBER;
}

/* -- open ------------------------------------------------------------------------------------- */

static void write_log(void *ctx, enum vb_log_level level, const char *room, const char *text)
{
    struct vb_engine *engine = ctx;
    if (engine->write_log != NULL)
        engine->write_log(engine->write_ctx, (int)level, room, text);
}

/* What was said, else what the environment says; NULL: neither. */
static const char *given_or(struct vb_arena *arena, const char *given, const char *name)
{
    const char *value = given != NULL ? given : getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : vb_arena_strdup(arena, value);
}

static enum vb_code take_options(struct vb_engine *engine, const struct vb_engine_options *options,
                                 struct vb_err *err)
{
    struct vb_arena *arena = &engine->arena;
    engine->data = vb_arena_strdup(arena, options->data);
    engine->key_path = vb_arena_strdup(arena, options->key_file);
    engine->reporting = vb_arena_strdup(arena, options->reporting);
    engine->instruments = given_or(arena, options->instruments, "VERBOND_INSTRUMENTS");
    engine->plugins = given_or(arena, options->plugins, "VERBOND_PLUGINS");
    engine->program = vb_arena_strdup(
        arena, options->program != NULL ? options->program : VERBOND_PREFIX "/bin/verbond");
    engine->write_log = options->log;
    engine->write_ctx = options->log_ctx;
    engine->log = (struct vb_log){ write_log, engine, (enum vb_log_level)options->log_most };
    engine->env = (struct vb_env){
        .clock = vb_clock_system(),
        .random = vb_random_system(),
        .log = &engine->log,
        .by = options->by != NULL ? vb_arena_strdup(arena, options->by) : vb_named_user(arena),
    };
    engine->env.sandbox =
        (struct vb_sandbox_options){ .limits = vb_limits_flow(), .clock = engine->env.clock };
    enum vb_code code =
        vb_person_label(arena, options->on_behalf, &engine->env.on_behalf, NULL, err);
    return code == VB_OK ? code : vb_while(err, "on_behalf");
}

static enum vb_code open_loop(struct vb_engine *engine, struct uv_loop_s *given, struct vb_err *err)
{
    if (given == NULL)
        return vb_loop_create(&engine->loop, err);
    engine->loop = vb_loop_borrow(given);
    enum vb_code code = vb_turns_create(&engine->turns, engine->loop, err);
    engine->env.turns = engine->turns;
    return code;
}

static enum vb_code open_folder(struct vb_engine *engine, struct vb_err *err)
{
    int erased;
    struct vb_kept_options options = { .dir = engine->data,
                                       .key_path = engine->key_path,
                                       .loop = engine->loop,
                                       .clock = engine->env.clock,
                                       .random = engine->env.random };
    enum vb_code code =
        engine->key_path != NULL ? VB_OK : vb_kept_key_path(&engine->arena, &options.key_path, err);
    if (code == VB_OK)
        code = vb_kept_open(&engine->kept, &options, err);
    if (code != VB_OK)
        return code;
    engine->store = engine->kept.store;
    vb_outbox_clear(vb_arena_printf(&engine->arena, "%s/outputs", engine->data));
    return vb_retention_enforce(engine->store, engine->env.clock.wall_ms(engine->env.clock.ctx),
                                &engine->log, &erased, err);
}

static enum vb_code open_engine(struct vb_engine *engine, const struct vb_engine_options *options,
                                struct vb_err *err)
{
    enum vb_code code = take_options(engine, options, err);
    if (code == VB_OK)
        code = open_loop(engine, options->loop, err);
    if (code == VB_OK && engine->data != NULL)
        return open_folder(engine, err);
    if (code == VB_OK)
        engine->store = vb_store_memory_create();
    return code;
}

/* -- close ------------------------------------------------------------------------------------ */

static void free_engine(struct vb_engine *engine)
{
    vb_arena_finish(&engine->arena);
    free(engine);
}

static void left(void *ctx)
{
    struct vb_engine *engine = ctx;
    void (*closed)(void *ctx) = engine->closed;
    void *closed_ctx = engine->closed_ctx;
    free_engine(engine);
    if (closed != NULL)
        closed(closed_ctx);
}

/* The store before its loop: what was submitted is written first. */
static void finish(struct vb_engine *engine)
{
    while (engine->rounds != NULL)
        vb_embed_round_end(engine->rounds);
    if (engine->kept.store == NULL)
        vb_store_destroy(engine->store);
    vb_kept_close(&engine->kept);
    vb_turns_destroy(engine->turns);
    if (engine->turns != NULL) {
        vb_loop_leave(engine->loop, left, engine);
        return;
    }
    vb_loop_destroy(engine->loop);
    free_engine(engine);
}

int vb_engine_open(struct vb_engine **out, const struct vb_engine_options *given,
                   struct vb_engine_error *error)
{
    struct vb_engine_options options;
    struct vb_err err;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (!VB_EMBED_TAKE(options, given))
        return vb_embed_misuse(error, "options.size says nothing: set it to sizeof options");
    struct vb_engine *engine = vb_new(struct vb_engine);
    enum vb_code code = open_engine(engine, &options, &err);
    if (code == VB_OK) {
        *out = engine;
        return vb_embed_fine(error);
    }
    const char *file = code == VB_E_CONFIG ? options.key_file : options.data;
    int told = vb_embed_tell_of(error, &err, file, 0, NULL);
    finish(engine);
    return told;
}

int vb_engine_close(struct vb_engine **engine, void (*closed)(void *ctx), void *ctx)
{
    struct vb_engine *gone = engine == NULL ? NULL : *engine;
    if (gone == NULL)
        return VB_ENGINE_OK;
    if ((gone->turns != NULL) != (closed != NULL))
        return VB_ENGINE_MISUSE;
    gone->closed = closed;
    gone->closed_ctx = ctx;
    *engine = NULL;
    finish(gone);
    return VB_ENGINE_OK;
}

/* -- instruments ------------------------------------------------------------------------------ */

static const struct vb_finding *first_error(const struct vb_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->list[i].level == VB_ERROR)
            return &findings->list[i];
    return NULL;
}

/* Of many errors the first, which names its file and line; how many there are stands before it. */
static int tell_findings(struct vb_engine_error *error, const struct vb_findings *findings,
                         struct vb_err *err)
{
    const struct vb_finding *first = first_error(findings);
    struct vb_err told = *err;
    if (first == NULL)
        return vb_embed_tell(error, err);
    snprintf(told.text, sizeof told.text, "%.200s; the first: %.700s", err->text, first->message);
    return vb_embed_tell_of(error, &told, first->file, first->line, first->code);
}

int vb_engine_load(struct vb_engine *engine, const char *name, struct vb_engine_instrument **out,
                   struct vb_engine_error *error)
{
    struct vb_findings findings = { 0 };
    struct vb_plan *plan = NULL;
    struct vb_err err;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (engine == NULL || name == NULL)
        return vb_embed_misuse(error, "an engine and a name are wanted");
    enum vb_code code =
        vb_named_instrument(name, engine->instruments, &engine->env, &plan, &findings, &err);
    int told = code == VB_OK ? vb_embed_fine(error) : tell_findings(error, &findings, &err);
    vb_findings_finish(&findings);
    if (code != VB_OK)
        return told;
    *out = vb_new(struct vb_engine_instrument);
    (*out)->plan = plan;
    return told;
}

int vb_engine_instrument_json(const struct vb_engine_instrument *instrument, char **out,
                              size_t *len, struct vb_engine_error *error)
{
    struct vb_buf text = { 0 };
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (instrument == NULL)
        return vb_embed_misuse(error, "there is no instrument");
    vb_instrument_write(&text, instrument->plan);
    return vb_embed_give(&text, out, len, error);
}

void vb_engine_instrument_close(struct vb_engine_instrument **instrument)
{
    if (instrument == NULL || *instrument == NULL)
        return;
    vb_plan_release((*instrument)->plan);
    free(*instrument);
    *instrument = NULL;
}
