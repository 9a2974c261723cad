/* engine_result.c - what a released round says, and bringing it out. */
#include <stdlib.h>

#include "base/str.h"
#include "engine/engine_inner.h"
#include "session/named.h"
#include "engine/output_line.h"
#include "session/pictures.h"

/* Durable before anything is shown. */
static enum vb_code audit(struct vb_engine_round *round, const char *action, struct vb_err *err)
{
    const struct vb_env *env = &round->engine->env;
    const struct vb_change change = { .kind = VB_PUT_AUDIT,
                                      .audit = { .wall_ms = env->clock.wall_ms(env->clock.ctx),
                                                 .action = action,
                                                 .subject = vb_round_row(round->round)->id,
                                                 .by = env->by,
                                                 .on_behalf = env->on_behalf } };
    enum vb_code code = vb_store_commit(round->engine->store, &change, 1, err);
    return code == VB_OK ? code
                         : vb_while(err, "nothing is shown, because the audit has no row of it");
}

/* -- a result --------------------------------------------------------------------------------- */

static const char *action_of(enum vb_purpose purpose)
{
    return purpose == VB_PURPOSE_RESEARCH  ? "result --purpose research"
           : purpose == VB_PURPOSE_DOSSIER ? "result --purpose dossier"
                                           : "result";
}

/* That there is a result is known of a released round whatever anybody said yes to. */
static enum vb_code result_of(struct vb_round *round, enum vb_purpose purpose,
                              enum vb_content content, int revision, struct vb_arena *arena,
                              struct vb_result *out, struct vb_err *err)
{
    if (content == VB_CONTENT_EVENT && revision > 0)
        return vb_round_event(round, revision, out, err);
    if (purpose == VB_PURPOSE_RESEARCH)
        return vb_round_research(round, revision, arena, out, err);
    if (purpose == VB_PURPOSE_DOSSIER)
        return vb_round_dossier(round, revision, arena, out, err);
    return vb_round_result(round, revision, arena, out, err);
}

static enum vb_code write_result(struct vb_engine_round *round, enum vb_purpose purpose,
                                 enum vb_content content, int revision, struct vb_buf *out,
                                 struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    enum vb_code code = result_of(round->round, purpose, content, revision, &arena, &result, err);
    if (code == VB_OK)
        code = audit(round, action_of(purpose), err);
    if (code == VB_OK)
        vb_result_write(out, &result, content);
    vb_arena_finish(&arena);
    return code;
}

int vb_engine_result(struct vb_engine_round *round, const struct vb_engine_result_options *given,
                     char **out, size_t *len, struct vb_engine_error *error)
{
    struct vb_engine_result_options options;
    struct vb_buf text = { 0 };
    struct vb_err err;
    enum vb_content content = VB_CONTENT_ITEMS;
    enum vb_purpose purpose = VB_PURPOSE_LOCAL;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (round == NULL || round->engine == NULL)
        return vb_embed_misuse(error, "this round was closed");
    if (!VB_EMBED_TAKE(options, given))
        return vb_embed_misuse(error, "options.size says nothing: set it to sizeof options");
    if (options.content != NULL && !vb_content_of(options.content, &content))
        return vb_embed_misuse(error, "content is event, sheet, scores or items");
    if (options.purpose != NULL && !vb_purpose_of(options.purpose, &purpose))
        return vb_embed_misuse(error, "purpose is local, research or dossier");
    enum vb_code code = write_result(round, purpose, content, options.revision, &text, &err);
    if (code == VB_OK)
        return vb_embed_give(&text, out, len, error);
    vb_buf_finish(&text);
    return vb_embed_tell(error, &err);
}

/* -- the sheet -------------------------------------------------------------------------------- */

static enum vb_code write_sheet(struct vb_engine_round *round,
                                const struct vb_engine_sheet_options *options, struct vb_buf *out,
                                struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    const struct vb_sheet_pictures pictures = vb_pictures_of(round->engine->store);
    const struct vb_sheet_options sheet = { .language = options->language,
                                            .for_role = options->for_role,
                                            .pictures = &pictures };
    const struct vb_plan *plan = vb_round_plan(round->round);
    enum vb_code code = vb_named_role(plan, options->for_role, err);
    if (code == VB_OK)
        code = vb_named_language(plan, options->language, err);
    if (code == VB_OK)
        code = vb_round_result(round->round, 0, &arena, &result, err);
    if (code == VB_OK && !vb_result_shows_anybody(&result))
        code = vb_fail(err, VB_E_BUSY, "round %s: there is nothing to show", result.round);
    if (code == VB_OK)
        code = audit(round, "sheet", err);
    if (code == VB_OK && options->html)
        vb_sheet_html(out, &result, &sheet);
    else if (code == VB_OK)
        vb_sheet_text(out, &result, &sheet);
    vb_arena_finish(&arena);
    return code;
}

int vb_engine_sheet(struct vb_engine_round *round, const struct vb_engine_sheet_options *given,
                    char **out, size_t *len, struct vb_engine_error *error)
{
    struct vb_engine_sheet_options options;
    struct vb_buf text = { 0 };
    struct vb_err err;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (round == NULL || round->engine == NULL)
        return vb_embed_misuse(error, "this round was closed");
    if (!VB_EMBED_TAKE(options, given))
        return vb_embed_misuse(error, "options.size says nothing: set it to sizeof options");
    if (write_sheet(round, &options, &text, &err) == VB_OK)
        return vb_embed_give(&text, out, len, error);
    vb_buf_finish(&text);
    return vb_embed_tell(error, &err);
}

/* -- outputs ---------------------------------------------------------------------------------- */

/* The plugin is asked on a loop that is only this call's: nobody else's is turned. */
static enum vb_code read_line(struct vb_engine *engine, const char *line, struct vb_arena *arena,
                              struct vb_output_row *out, struct vb_err *err)
{
    struct vb_loop *loop;
    enum vb_code code = vb_loop_create(&loop, err);
    if (code != VB_OK)
        return code;
    const struct vb_output_room room = {
        .arena = arena,
        .loop = loop,
        .log = &engine->log,
        .program = engine->program,
        .plugins = engine->plugins,
    };
    code = vb_output_line_read(&room, line, out, err);
    vb_loop_destroy(loop);
    return code;
}

static enum vb_code add_output(struct vb_engine_round *round, const char *line, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_output_row row;
    enum vb_code code = read_line(round->engine, line, &arena, &row, err);
    if (code == VB_OK)
        code =
            vb_output_line_put(round->engine->store, &row, 1, vb_round_row(round->round)->id, err);
    vb_arena_finish(&arena);
    return code;
}

int vb_engine_output(struct vb_engine_round *round, const char *line, struct vb_engine_error *error)
{
    struct vb_err err;
    if (round == NULL || round->engine == NULL)
        return vb_embed_misuse(error, "this round was closed");
    if (line == NULL)
        return vb_embed_misuse(error, "an output is wanted, as NAME:key=value");
    if (round->engine->data == NULL || !vb_round_is_kept(round->round))
        return vb_embed_misuse(error,
                               "nothing is kept here, so there is nothing to bring anywhere");
    enum vb_code code = add_output(round, line, &err);
    return code == VB_OK ? vb_embed_fine(error) : vb_embed_tell_of(error, &err, NULL, 0, line);
}

/* -- delivering ------------------------------------------------------------------------------- */

/* What did not arrive is told as an error; nothing of it is lost. */
static enum vb_code count_left(struct vb_later *later, struct vb_err *err)
{
    struct vb_engine_round *round =
        (struct vb_engine_round *)((char *)later - offsetof(struct vb_engine_round, later));
    int left, dead;
    vb_bring_destroy(round->bring);
    round->bring = NULL;
    enum vb_code code =
        vb_bring_left(round->engine->store, vb_round_row(round->round)->id, &left, &dead, err);
    if (code == VB_OK && left > 0)
        code = vb_fail(err, VB_E_BUSY, "%d result%s did not arrive; verbond outbox list shows %s",
                       left, left == 1 ? "" : "s", left == 1 ? "it" : "them");
    return code;
}

/* At rest for the first time the processes are asked to end; when they have, it is done. */
static void at_rest(void *ctx)
{
    struct vb_engine_round *round = ctx;
    if (round->bring == NULL || round->later.said) /* still beginning, or told already */
        return;
    if (!round->finishing) {
        round->finishing = true;
        vb_bring_finish(round->bring);
    } else {
        vb_later_say(&round->later, round->engine, VB_OK, NULL);
    }
}

static bool brings_already(const struct vb_engine *engine)
{
    for (const struct vb_engine_round *round = engine->rounds; round != NULL; round = round->next)
        if (round->bring != NULL)
            return true;
    return false;
}

int vb_engine_deliver(struct vb_engine_round *round, vb_engine_done *done, void *ctx,
                      struct vb_engine_error *error)
{
    struct vb_err err;
    if (round == NULL || round->engine == NULL)
        return vb_embed_misuse(error, "this round was closed");
    struct vb_engine *engine = round->engine;
    int told = vb_later_begin(&round->later, engine, done, ctx, error);
    if (told != VB_ENGINE_OK)
        return told;
    const struct vb_bring_options options = {
        .loop = engine->loop,
        .store = engine->store,
        .env = &engine->env,
        .program = engine->program,
        .dir = vb_arena_printf(&engine->arena, "%s/outputs", engine->data),
        .round = vb_round_row(round->round)->id,
        .at_rest = at_rest,
        .ctx = round,
    };
    round->later.after = count_left;
    round->finishing = false;
    enum vb_code code = VB_OK;
    if (brings_already(engine))
        code = vb_fail(&err, VB_E_BUSY, "another round's results are on their way");
    else if (engine->data != NULL)
        code = vb_bring_begin(&round->bring, &options, &err);
    if (code != VB_OK || engine->data == NULL) /* in memory there is nothing to bring */
        vb_later_say(&round->later, engine, code, &err);
    return vb_later_return(&round->later, engine, error);
}
