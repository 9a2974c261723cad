/* deliver.c - what goes out for a parcel, by each person's yes, and bringing it there. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "data/instrument_json.h"
#include "data/json.h"
#include "main/outputs.h"
#include "outbox/outbox.h"
#include "sheet/sheet.h"

struct delivering {
    struct vb_workplace *place;
    struct vb_round *round; /* the last one that was rendered; NULL: none */
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

static enum vb_code add_sheet(struct files *files, const struct vb_result *result,
                              struct vb_err *err)
{
    struct vb_buf page = { 0 };
    vb_sheet_html(&page, result, &(struct vb_sheet_options){ 0 });
    enum vb_code code = add_file(files, "sheet.html", "text/html", page.data, page.len, err);
    vb_buf_finish(&page);
    return code;
}

/* -- what it says -------------------------------------------------------------------------------
 */

static enum vb_code load_round(struct delivering *delivering, const char *id, struct vb_err *err)
{
    if (delivering->round != NULL && vb_streq(vb_round_row(delivering->round)->id, id))
        return VB_OK;
    vb_round_destroy(delivering->round);
    delivering->round = NULL;
    return vb_workplace_round(delivering->place, id, &delivering->round, err);
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

/* Does it hold what anybody gave? */
static bool shows_anybody(const struct vb_result *result)
{
    bool shown = result->card != NULL && result->card->count > 0;
    for (int i = 0; !shown && i < result->respondent_count; i++)
        shown = result->respondents[i].shared;
    return shown;
}

struct choice {
    struct vb_result result;
    enum vb_content content;
    const char *nothing; /* as in struct vb_rendered */
};

/* When nobody is left in it, because it was erased or taken back or nobody said yes, only that a
 * round took place goes out; for research not even that, unless there is something to take back. */
static enum vb_code choose(struct delivering *delivering, const struct vb_parcel_row *parcel,
                           const struct vb_output_row *output, struct vb_arena *arena,
                           struct choice *out, struct vb_err *err)
{
    bool some = true;
    *out = (struct choice){ .content = output->content };
    enum vb_code code =
        result_for(delivering->round, output->purpose, parcel->revision, arena, &out->result, err);
    if (code == VB_E_BUSY || (code == VB_OK && !shows_anybody(&out->result))) {
        out->content = VB_CONTENT_EVENT;
        code = VB_OK;
        if (output->purpose == VB_PURPOSE_RESEARCH)
            code = may_have_some(delivering->place->store, parcel, arena, &some, err);
        if (!some)
            out->nothing = "nobody said yes to research";
    }
    if (code == VB_OK && out->content == VB_CONTENT_EVENT)
        code = vb_round_event(delivering->round, parcel->revision, &out->result, err);
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
    struct delivering *delivering = ctx;
    struct vb_store *store = delivering->place->store;
    struct files files = { .dir = blob_dir, .arena = arena };
    struct choice choice;
    *out = (struct vb_rendered){ 0 };
    enum vb_code code = load_round(delivering, parcel->round, err);
    if (code == VB_OK)
        code = choose(delivering, parcel, output, arena, &choice, err);
    if (code != VB_OK || choice.nothing != NULL) {
        out->nothing = code == VB_OK ? choice.nothing : NULL;
        return code;
    }
    write_down(&choice, arena, out);
    if (choice.content == VB_CONTENT_SHEET || choice.content == VB_CONTENT_ITEMS)
        code = add_sheet(&files, &choice.result, err);
    if (code == VB_OK && choice.content == VB_CONTENT_ITEMS)
        code = add_pictures(&files, store, &choice.result, err);
    out->blobs = files.list;
    out->blob_count = files.count;
    return code;
}

/* -- bringing -----------------------------------------------------------------------------------
 */

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

enum { FINISH_MS = 5000 };

static enum vb_code bring(struct vb_workplace *place, const char *round, struct vb_err *err)
{
    struct delivering delivering = { .place = place };
    struct vb_outbox *outbox = NULL;
    const struct vb_outbox_options options = {
        .loop = place->loop,
        .store = place->store,
        .clock = place->env.clock,
        .random = place->env.random,
        .log = &place->log,
        .program = vb_workplace_program(place),
        .by = place->env.by,
        .on_behalf = place->env.on_behalf,
        .dir = vb_workplace_outputs_dir(place),
        .only_round = round,
        .once = true, /* somebody waits at the terminal */
        .render = render,
        .ctx = &delivering,
    };
    enum vb_code code = vb_outbox_create(&outbox, &options, err);
    if (code == VB_OK)
        code = vb_outbox_wake(outbox, err);
    if (code == VB_OK)
        code = vb_loop_until(place->loop, vb_outbox_rested(outbox), err);
    if (code == VB_OK) {
        vb_outbox_finish(outbox, FINISH_MS);
        code = vb_loop_until(place->loop, vb_outbox_rested(outbox), err);
    }
    vb_outbox_destroy(outbox);
    vb_round_destroy(delivering.round);
    return code;
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
