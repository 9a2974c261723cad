/* One load: files are run in a sandbox, what they return is copied out, a plan is built from it. */
#include "script/load.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/digest.h"
#include "script/build.h"
#include "script/lua_words.h"
#include "script/modules.h"
#include "script/run_file.h"
#include "script/sandbox_lua.h"
#include "script/scan.h"
#include "script/script_lua.h"

/* -- one instrument.lua -- */

static bool is_instrument(struct vb_loading *loading, int file, const struct vb_raw *raw)
{
    if (raw->type == VB_RAW_NODE && raw->node->constructor->id == VB_MAKE_INSTRUMENT)
        return true;
    int line = raw->type == VB_RAW_NIL ? vb_line_of_word(&loading->files[file], "instrument") : 0;
    int given = vb_line_of_return(&loading->files[file]);
    struct vb_place place = { .file = file, .line = line > 0 ? line : given };
    if (raw->type != VB_RAW_NODE || raw->node->constructor->id != VB_MAKE_UNKNOWN)
        vb_complain(loading, VB_ERROR, &place, "wrong-return",
                    line > 0 ? "write return before it: return v.instrument { ... }"
                             : "end the file with: return v.instrument { ... }",
                    "the file returns %s, not an instrument", vb_raw_type_name(raw));
    return false;
}

struct vb_build *vb_load_instrument(struct vb_loading *loading, struct vb_plan *plan,
                                    const char *path, const struct vb_place *by)
{
    struct vb_raw raw;
    int file = vb_read_file(loading, path, by);
    if (file < 0 || !vb_run_file(loading, file, by == NULL, &raw) ||
        !is_instrument(loading, file, &raw))
        return NULL;
    struct vb_build *build = vb_arena_new(&loading->scratch, struct vb_build);
    build->loading = loading;
    build->arena = loading->arena;
    build->plan = plan;
    build->node = raw.node;
    build->place = (struct vb_place){ .file = raw.node->file, .line = raw.node->line };
    build->included = by != NULL;
    plan->main_path = loading->files[file].path;
    vb_build_plan(build);
    return build;
}

/* -- the files the plan stands for -- */

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct vb_file *)a)->path, ((const struct vb_file *)b)->path);
}

static int position_of(const struct vb_plan *plan, const char *path)
{
    for (int i = 0; i < plan->file_count; i++)
        if (strcmp(plan->files[i].path, path) == 0)
            return i;
    return 0;
}

static void keep_files(struct vb_loading *loading, struct vb_build *build)
{
    struct vb_plan *plan = build->plan;
    struct vb_file *files = vb_arena_alloc(&plan->arena, loading->file_count * sizeof *files);
    for (size_t i = 0; i < loading->file_count; i++)
        files[i] = (struct vb_file){ .path = loading->files[i].path,
                                     .bytes = loading->files[i].bytes,
                                     .len = loading->files[i].len };
    qsort(files, loading->file_count, sizeof *files, by_path);
    plan->files = files;
    plan->file_count = (int)loading->file_count;
    for (int i = 0; i < plan->item_count; i++)
        build->items[i].file = position_of(plan, loading->files[build->items[i].file].path);
    for (int i = 0; i < plan->scale_count; i++)
        build->scales[i].file = position_of(plan, loading->files[build->scales[i].file].path);
    for (int i = 0; i < plan->total_count; i++)
        build->totals[i].file = position_of(plan, loading->files[build->totals[i].file].path);
    vb_digest_files(plan->files, plan->file_count, plan->digest);
}

/* -- the load -- */

static void misuse(void *ctx, const char *source, int line, const char *code, const char *message,
                   const char *mend)
{
    struct vb_loading *loading = ctx;
    struct vb_place place = { .file = vb_modules_file(loading, source), .line = line };
    vb_complain(loading, VB_ERROR, &place, code, vb_arena_strdup(&loading->scratch, mend), "%s",
                message);
}

static int open_modules(lua_State *L)
{
    vb_modules_open(L, lua_touserdata(L, 1));
    return 0;
}

enum vb_code vb_loading_refuse(struct vb_loading *loading, const char *path)
{
    struct vb_findings *findings = loading->findings;
    const struct vb_finding *first = NULL;
    vb_findings_sort(findings);
    for (size_t i = 0; i < findings->count && first == NULL; i++)
        if (findings->list[i].level == VB_ERROR)
            first = &findings->list[i];
    if (first == NULL)
        return vb_fail(loading->err, VB_E_INTERNAL, "%s was refused without a finding", path);
    return vb_fail(loading->err, VB_E_DATA, "%s%s has %d error%s, the first at %s:%d: %s",
                   loading->source->shown, path, findings->errors, findings->errors == 1 ? "" : "s",
                   first->file == NULL ? path : first->file, first->line, first->message);
}

enum vb_code vb_loading_open(struct vb_loading *loading, struct vb_construct *construct,
                             const struct vb_sandbox_options *options)
{
    *construct = (struct vb_construct){ .tell = misuse, .ctx = loading };
    loading->work_left = 200000;
    loading->trials_left = 20000000;
    loading->guesses_left = 1000000;
    struct vb_sandbox_options open = *options;
    open.show_messages = true; /* no person has answered yet */
    enum vb_code code = vb_sandbox_create(&loading->box, &open, loading->err);
    if (code != VB_OK)
        return code;
    vb_sandbox_set_host(loading->box, loading);
    return vb_sandbox_protect(loading->box, open_modules, construct, loading->err);
}

/* A count may be zero, and then the score is no number. Warnings: the script may know better. */
static void look_for_divisions(struct vb_loading *loading)
{
    for (size_t i = 0; i < loading->file_count; i++) {
        struct vb_scan_divisor found;
        size_t at = 0;
        while (vb_scan_division(loading->files[i].bytes, loading->files[i].len, &at, &found)) {
            struct vb_place place = { .file = (int)i, .line = found.line };
            vb_complain(loading, VB_WARNING, &place, "division-by-zero",
                        "look first whether there is anything: if #x > 0 then",
                        "divides by %s, which may be nothing", found.text);
        }
    }
}

static enum vb_code run_load(struct vb_loading *loading, struct vb_plan *plan, const char *path,
                             const struct vb_sandbox_options *options)
{
    struct vb_construct construct;
    int before = loading->findings->errors;
    enum vb_code code = vb_loading_open(loading, &construct, options);
    if (code != VB_OK)
        return code;
    struct vb_build *build = vb_load_instrument(loading, plan, path, NULL);
    if (loading->fatal != VB_OK)
        return loading->fatal;
    if (build == NULL || loading->findings->errors > before)
        return vb_loading_refuse(loading, path);
    look_for_divisions(loading);
    vb_findings_sort(loading->findings);
    keep_files(loading, build);
    return VB_OK;
}

static enum vb_code load(struct vb_plan **out, struct vb_draft_language *draft,
                         const struct vb_source *source, const char *path,
                         const struct vb_sandbox_options *options, struct vb_findings *findings,
                         struct vb_err *err)
{
    struct vb_plan *plan = vb_plan_create();
    struct vb_loading loading = {
        .source = source,
        .findings = findings,
        .arena = &plan->arena,
        .script = vb_script_create(),
        .err = err,
        .draft_language = draft,
    };
    *out = NULL;
    enum vb_code code = run_load(&loading, plan, path, options);
    vb_sandbox_destroy(loading.box);
    vb_arena_finish(&loading.scratch);
    if (code == VB_OK && plan->scripted) {
        plan->script = loading.script;
        plan->script_destroy = vb_script_destroy;
    } else {
        vb_script_destroy(loading.script);
    }
    if (code == VB_OK)
        *out = plan;
    else
        vb_plan_release(plan);
    return code;
}

enum vb_code vb_load(struct vb_plan **out, const struct vb_source *source, const char *path,
                     const struct vb_sandbox_options *options, struct vb_findings *findings,
                     struct vb_err *err)
{
    return load(out, NULL, source, path, options, findings, err);
}

enum vb_code vb_load_draft(struct vb_plan **out, struct vb_draft_language *draft,
                           const struct vb_source *source, const char *path,
                           const struct vb_sandbox_options *options, struct vb_findings *findings,
                           struct vb_err *err)
{
    return load(out, draft, source, path, options, findings, err);
}
