/* bring.c - what goes out for a parcel, by each person's yes, and bringing it there. */
#include "engine/bring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/instrument_json.h"
#include "data/json.h"
#include "session/named.h"
#include "session/pictures.h"

enum { FINISH_MS = 5000 };

struct vb_bring {
    struct vb_loop *loop;
    struct vb_store *store;
    const struct vb_env *env;
    struct vb_outbox *outbox;
    int64_t finish_ms;
    struct vb_round *round; /* the last one that was rendered; NULL: none */
    void (*at_rest)(void *ctx);
    void *ctx;
};

/* -- files that go along ------------------------------------------------------------------------
 */

struct files {
    const char *dir;
    struct vb_arena *arena;
    struct vb_wire_blob *list;
    size_t count, cap;
};

static enum vb_code add_file(struct files *files, const char *digest, const char *type,
                             const void *bytes, size_t len, struct vb_err *err)
{
    const char *ending = strrchr(type, '/');
    const char *path = vb_arena_printf(files->arena, "%s/%zu.%s", files->dir, files->count,
                                       ending == NULL ? "bin" : ending + 1);
    FILE *file = fopen(path, "wx");
    bool written = file != NULL && fwrite(bytes, 1, len, file) == len;
    if ((file != NULL && fclose(file) != 0) || !written)
        return vb_fail(err, VB_E_IO, "a file for an output cannot be written to %s", files->dir);
    struct vb_wire_blob *blob =
        vb_arena_push(files->arena, &files->list, files->count, &files->cap, sizeof *blob);
    *blob = (struct vb_wire_blob){ vb_arena_strdup(files->arena, digest),
                                   vb_arena_strdup(files->arena, type), path };
    files->count++;
    return VB_OK;
}

static bool is_there(const struct files *files, const char *digest)
{
    for (size_t i = 0; i < files->count; i++)
        if (vb_streq(files->list[i].digest, digest))
            return true;
    return false;
}

/* The picture of a value {"blob":"sha256:...","type":"..."}; other values have none. One that was
 * erased or is past its date is not there any more. */
static enum vb_code add_picture(struct files *files, struct vb_store *store,
                                const struct vb_value *value, struct vb_err *err)
{
    struct vb_blob_row row;
    enum vb_code code = VB_OK;
    cJSON *tree = cJSON_ParseWithLength(value->text, value->len);
    const char *digest = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "blob"));
    if (digest != NULL && !is_there(files, digest)) {
        code = store->ops->blob(store, digest, files->arena, &row, err);
        if (code == VB_OK && !row.erased && row.bytes != NULL)
            code = add_file(files, digest, row.type, row.bytes, row.len, err);
        else if (code == VB_E_ABSENT)
            code = VB_OK;
    }
    cJSON_Delete(tree);
    return code;
}

static enum vb_code add_part(struct files *files, struct vb_store *store,
                             const struct vb_plan *plan, const struct vb_part *part,
                             struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (int i = 0; part->values != NULL && code == VB_OK && i < plan->item_count; i++)
        if (vb_kind_is_picture(plan->items[i].kind) && part->values[i].type == VB_VALUE_JSON)
            code = add_picture(files, store, &part->values[i], err);
    return code;
}

static enum vb_code add_pictures(struct files *files, struct vb_store *store,
                                 const struct vb_result *result, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (int i = 0; code == VB_OK && i < result->respondent_count; i++) {
        const struct vb_respondent *respondent = &result->respondents[i];
        code = add_part(files, store, result->plan, &respondent->own, err);
        for (int j = 0; code == VB_OK && j < respondent->about_count; j++)
            code = add_part(files, store, result->plan, &respondent->about[j], err);
    }
    for (int i = 0; code == VB_OK && i < result->talk.together_count; i++)
        if (vb_kind_is_picture(result->plan->items[result->talk.together[i]].kind) &&
            result->talk.together_values[i].type == VB_VALUE_JSON)
            code = add_picture(files, store, &result->talk.together_values[i], err);
    return code;
}

/* Who gets the pictures gets them on the sheet too. */
static enum vb_code add_sheet(struct files *files, const struct vb_result *result,
                              const struct vb_sheet_pictures *pictures, struct vb_err *err)
{
    struct vb_buf page = { 0 };
    vb_sheet_html(&page, result, &(struct vb_sheet_options){ .pictures = pictures });
    enum vb_code code = add_file(files, "sheet.html", "text/html", page.data, page.len, err);
    vb_buf_finish(&page);
    return code;
}

/* -- what it says -------------------------------------------------------------------------------
 */

static enum vb_code load_round(struct vb_bring *bring, const char *id, struct vb_err *err)
{
    if (bring->round != NULL && vb_streq(vb_round_row(bring->round)->id, id))
        return VB_OK;
    vb_round_destroy(bring->round);
    bring->round = NULL;
    return vb_named_round(bring->store, bring->env, id, &bring->round, err);
}

/* May the receiver have an earlier revision? Then it has to hear of this one, whoever takes what
 * back. */
static enum vb_code may_have_some(struct vb_store *store, const struct vb_parcel_row *parcel,
                                  struct vb_arena *arena, bool *some, struct vb_err *err)
{
    struct vb_parcel_row *rows;
    size_t count;
    const struct vb_parcel_query query = { .round = parcel->round, .state = VB_PARCEL_ANY };
    enum vb_code code = store->ops->parcels(store, &query, arena, &rows, &count, err);
    *some = false;
    for (size_t i = 0; code == VB_OK && i < count; i++)
        *some |= vb_streq(rows[i].output, parcel->output) && rows[i].revision < parcel->revision &&
                 rows[i].attempts > 0;
    return code;
}

static enum vb_code result_for(struct vb_round *round, enum vb_purpose purpose, int revision,
                               struct vb_arena *arena, struct vb_result *out, struct vb_err *err)
{
    if (purpose == VB_PURPOSE_RESEARCH)
        return vb_round_research(round, revision, arena, out, err);
    if (purpose == VB_PURPOSE_DOSSIER)
        return vb_round_dossier(round, revision, arena, out, err);
    return vb_round_result(round, revision, arena, out, err);
}

struct choice {
    struct vb_result result;
    enum vb_content content;
    const char *nothing; /* as in struct vb_rendered */
};

/* When nobody is left in it, because it was erased or taken back or nobody said yes, only that a
 * round took place goes out; for research not even that, unless there is something to take back. */
static enum vb_code choose(struct vb_bring *bring, const struct vb_parcel_row *parcel,
                           const struct vb_output_row *output, struct vb_arena *arena,
                           struct choice *out, struct vb_err *err)
{
    bool some = true;
    *out = (struct choice){ .content = output->content };
    enum vb_code code =
        result_for(bring->round, output->purpose, parcel->revision, arena, &out->result, err);
    if (code == VB_E_BUSY || (code == VB_OK && !vb_result_shows_anybody(&out->result))) {
        out->content = VB_CONTENT_EVENT;
        code = VB_OK;
        if (output->purpose == VB_PURPOSE_RESEARCH)
            code = may_have_some(bring->store, parcel, arena, &some, err);
        if (!some)
            out->nothing = "nobody said yes to research";
    }
    if (code == VB_OK && out->content == VB_CONTENT_EVENT)
        code = vb_round_event(bring->round, parcel->revision, &out->result, err);
    return code;
}

static void write_down(const struct choice *choice, struct vb_arena *arena, struct vb_rendered *out)
{
    struct vb_buf result = { 0 }, instrument = { 0 };
    vb_result_write(&result, &choice->result, choice->content);
    vb_instrument_write(&instrument, choice->result.plan);
    out->result = vb_arena_strndup(arena, result.data, result.len);
    out->result_len = result.len;
    out->instrument = vb_arena_strndup(arena, instrument.data, instrument.len);
    out->instrument_len = instrument.len;
    out->digest = vb_arena_strdup(arena, choice->result.plan->digest);
    vb_buf_finish(&result);
    vb_buf_finish(&instrument);
}

static enum vb_code render(void *ctx, const struct vb_parcel_row *parcel,
                           const struct vb_output_row *output, const char *blob_dir,
                           struct vb_arena *arena, struct vb_rendered *out, struct vb_err *err)
{
    struct vb_bring *bring = ctx;
    struct vb_store *store = bring->store;
    struct files files = { .dir = blob_dir, .arena = arena };
    struct choice choice;
    *out = (struct vb_rendered){ 0 };
    enum vb_code code = load_round(bring, parcel->round, err);
    if (code == VB_OK)
        code = choose(bring, parcel, output, arena, &choice, err);
    if (code != VB_OK || choice.nothing != NULL) {
        out->nothing = code == VB_OK ? choice.nothing : NULL;
        return code;
    }
    write_down(&choice, arena, out);
    const struct vb_sheet_pictures pictures = vb_pictures_of(store);
    if (choice.content == VB_CONTENT_SHEET || choice.content == VB_CONTENT_ITEMS)
        code = add_sheet(&files, &choice.result,
                         choice.content == VB_CONTENT_ITEMS ? &pictures : NULL, err);
    if (code == VB_OK && choice.content == VB_CONTENT_ITEMS)
        code = add_pictures(&files, store, &choice.result, err);
    out->blobs = files.list;
    out->blob_count = files.count;
    return code;
}

/* -- bringing -----------------------------------------------------------------------------------
 */

static void tell_rest(void *ctx)
{
    struct vb_bring *bring = ctx;
    if (bring->at_rest != NULL)
        bring->at_rest(bring->ctx);
}

enum vb_code vb_bring_begin(struct vb_bring **out, const struct vb_bring_options *options,
                            struct vb_err *err)
{
    struct vb_bring *bring = vb_new(struct vb_bring);
    *bring =
        (struct vb_bring){ .loop = options->loop,
                           .store = options->store,
                           .env = options->env,
                           .finish_ms = options->finish_ms > 0 ? options->finish_ms : FINISH_MS,
                           .at_rest = options->at_rest,
                           .ctx = options->ctx };
    const struct vb_outbox_options outbox = {
        .loop = options->loop,
        .store = options->store,
        .clock = options->env->clock,
        .random = options->env->random,
        .log = options->env->log,
        .program = options->program,
        .by = options->env->by,
        .on_behalf = options->env->on_behalf,
        .dir = options->dir,
        .only_round = options->round,
        .once = true, /* somebody waits for it */
        .ready_ms = options->ready_ms,
        .deadline_ms = options->deadline_ms,
        .attempts_max = options->attempts_max,
        .memory_max = options->memory_max,
        .render = render,
        .at_rest = tell_rest,
        .ctx = bring,
    };
    enum vb_code code = vb_outbox_create(&bring->outbox, &outbox, err);
    if (code == VB_OK)
        code = vb_outbox_wake(bring->outbox, err);
    if (code != VB_OK) {
        vb_bring_destroy(bring);
        return code;
    }
    *out = bring;
    return VB_OK;
}

void vb_bring_finish(struct vb_bring *bring)
{
    vb_outbox_finish(bring->outbox, bring->finish_ms);
}

void vb_bring_destroy(struct vb_bring *bring)
{
    if (bring == NULL)
        return;
    vb_outbox_destroy(bring->outbox);
    vb_round_destroy(bring->round);
    free(bring);
}

static enum vb_code until_brought(struct vb_bring *bring, struct vb_err *err)
{
    const bool *rested = vb_outbox_rested(bring->outbox);
    enum vb_code code = vb_loop_until(bring->loop, rested, err);
    if (code != VB_OK)
        return code;
    vb_bring_finish(bring);
    return vb_loop_until(bring->loop, rested, err);
}

enum vb_code vb_bring(const struct vb_bring_options *options, struct vb_err *err)
{
    struct vb_bring *bring = NULL;
    enum vb_code code = vb_bring_begin(&bring, options, err);
    if (code == VB_OK)
        code = until_brought(bring, err);
    vb_bring_destroy(bring);
    return code;
}

enum vb_code vb_bring_left(struct vb_store *store, const char *round, int *left, int *dead,
                           struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_parcel_row *rows;
    size_t count;
    const struct vb_parcel_query query = { .round = round, .state = VB_PARCEL_ANY };
    enum vb_code code = store->ops->parcels(store, &query, &arena, &rows, &count, err);
    *left = *dead = 0;
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        *left += rows[i].state == VB_PARCEL_WAITING || rows[i].state == VB_PARCEL_DEAD;
        *dead += rows[i].state == VB_PARCEL_DEAD;
    }
    vb_arena_finish(&arena);
    return code;
}
