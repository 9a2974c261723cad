/* output_load.c - reading NAME.lua: one file, run once, and what it says of itself. */
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "script/build.h"
#include "script/lua_words.h"
#include "script/modules.h"
#include "script/output_inner.h"
#include "script/output_names.h"
#include "script/run_file.h"
#include "script/sandbox_lua.h"

enum { OPTIONS_MAX = 64 };

static const char module_key, node_key; /* places in the registry */

struct vb_limits vb_limits_output(void)
{
    return (struct vb_limits){
        .memory_bytes = 128 << 20, .string_bytes = 16 << 20, .fuel = 200000000, .deadline_ms = 10000
    };
}

const struct vb_output *vb_lua_output_about(const struct vb_lua_output *output)
{
    return &output->about;
}

/* -- the module ------------------------------------------------------------------------------- */

/* An output is one file. */
static int require(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TSTRING || !vb_streq(lua_tostring(L, 1), "verbond"))
        return luaL_error(L, "an output is one file: require knows \"verbond\" and nothing else");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &module_key);
    return 1;
}

static int open_module(lua_State *L)
{
    const struct vb_construct *construct = lua_touserdata(L, 1);
    vb_construct_push(L, construct);
    vb_output_json_open(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &module_key);
    lua_pushcfunction(L, require);
    vb_sandbox_set_global(L, "require");
    return 0;
}

void vb_output_push_table(lua_State *L)
{
    luaL_checkstack(L, 2, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &node_key);
    vb_node_push_table(L, -1);
    lua_remove(L, -2);
}

static void misuse(void *ctx, const char *source, int line, const char *code, const char *message,
                   const char *mend)
{
    struct vb_lua_output *output = ctx;
    (void)source;
    vb_findings_add(output->findings, VB_ERROR, code, output->file, line, mend, "%s", message);
}

/* -- what it returned ------------------------------------------------------------------------- */

static const char *text_of(struct vb_lua_output *output, const struct vb_raw_table *table,
                           const char *name)
{
    return vb_arena_strdup(&output->arena, vb_get_string(table, name));
}

/* { "long", "wide" } as the words of a choice. */
static const char *choices_of(struct vb_lua_output *output, const struct vb_raw_table *table)
{
    const struct vb_raw_table *list = vb_get_table(table, "choices");
    struct vb_buf words = { 0 };
    for (int i = 0; i < list->list_count; i++)
        if (list->list[i].type == VB_RAW_STRING)
            vb_buf_printf(&words, "%s%s", i == 0 ? "" : " ", list->list[i].string);
    const char *out = vb_arena_strdup(&output->arena, words.data);
    vb_buf_finish(&words);
    return out;
}

static void take_option(struct vb_lua_output *output, struct vb_build *build,
                        struct vb_place *place, const struct vb_raw *raw,
                        struct vb_output_option *option)
{
    const char *name = raw->type == VB_RAW_TABLE ? vb_get_string(raw->table, "name") : NULL;
    place->subject = name == NULL ? "an option" : vb_mend(build, "option \"%s\"", name);
    if (raw->type != VB_RAW_TABLE) {
        vb_error_at(build, place, "wrong-type", "write { name = ..., example = ..., help = ... }",
                    "it is %s", vb_raw_type_name(raw));
        return;
    }
    vb_check_fields(build, place, &vb_output_option_fields, raw->table);
    *option = (struct vb_output_option){
        .name = text_of(output, raw->table, "name"),
        .type = vb_get_word(&vb_output_option_fields, raw->table, "type", VB_OUTPUT_TEXT),
        .required = vb_get_bool(raw->table, "required", false),
        .default_value = text_of(output, raw->table, "default"),
        .example = text_of(output, raw->table, "example"),
        .check = text_of(output, raw->table, "check"),
        .help = text_of(output, raw->table, "help"),
        .choices = choices_of(output, raw->table),
    };
    if (option->type == VB_OUTPUT_CHOICE && option->choices == NULL)
        vb_error_at(build, place, "missing-field", "add choices = { \"one\", \"two\" }",
                    "a choice has no choices");
}

static void take_options(struct vb_lua_output *output, struct vb_build *build)
{
    const struct vb_raw_table *list = vb_get_table(&build->node->table, "options");
    int count = list->list_count;
    struct vb_place place = vb_place_within(build, &build->place, "options");
    place.node = NULL;
    if (list->field_count > 0 || list->odd_keys || list->hole > 0)
        vb_error_at(build, &place, "wrong-type", "write options = { { name = ... }, ... }",
                    "options is no list of tables");
    if (count > OPTIONS_MAX) {
        vb_error_at(build, &place, "too-many", "leave some out",
                    "there are %d options; there may be %d", count, OPTIONS_MAX);
        count = OPTIONS_MAX;
    }
    struct vb_output_option *options =
        vb_arena_alloc(&output->arena, (size_t)(count + 1) * sizeof *options);
    for (int i = 0; i < count; i++)
        take_option(output, build, &place, &list->list[i], &options[i]);
    output->about.options = options;
    output->about.option_count = (size_t)count;
    output->about.option_size = sizeof *options;
}

static void check_head(struct vb_lua_output *output, struct vb_build *build)
{
    const struct vb_raw *api = vb_raw_get(&build->node->table, "api");
    const char *name = output->about.name;
    size_t len = name == NULL ? 0 : strlen(name);
    struct vb_place place = vb_place_within(build, &build->place, "api");
    if (api->type == VB_RAW_INT && api->integer != VB_LUA_OUTPUT_API)
        vb_error_at(build, &place, "wrong-value",
                    api->integer > VB_LUA_OUTPUT_API ? "use a newer verbond" : "write api = 1",
                    "it was written for version %lld of outputs in Lua, and this verbond has %d",
                    (long long)api->integer, VB_LUA_OUTPUT_API);
    place = vb_place_within(build, &build->place, "name");
    if (name != NULL &&
        (strncmp(output->file, name, len) != 0 || !vb_streq(output->file + len, ".lua")))
        vb_error_at(build, &place, "wrong-value", "give both the same name",
                    "it calls itself %s, so its file is called %s.lua", name, name);
}

static void take_about(struct vb_lua_output *output, struct vb_loading *loading,
                       const struct vb_raw_node *node)
{
    struct vb_plan *plan = vb_plan_create();
    struct vb_build build = { .loading = loading, .arena = &loading->scratch, .plan = plan };
    build.node = node;
    build.place = vb_place_of(&build, node);
    vb_check_fields(&build, &build.place, &vb_output_constructor, &node->table);
    output->about = (struct vb_output){
        .size = sizeof output->about,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = text_of(output, &node->table, "name"),
        .summary = text_of(output, &node->table, "summary"),
        .deliver = vb_output_deliver,
        .close = vb_output_close,
    };
    take_options(output, &build);
    check_head(output, &build);
    vb_plan_release(plan);
}

/* -- a state ---------------------------------------------------------------------------------- */

static bool is_output(struct vb_loading *loading, const struct vb_raw *raw)
{
    if (raw->type == VB_RAW_NODE && raw->node->constructor->id == VB_MAKE_OUTPUT)
        return true;
    struct vb_place place = { .line = vb_line_of_return(&loading->files[0]) };
    if (raw->type != VB_RAW_NODE || raw->node->constructor->id != VB_MAKE_UNKNOWN)
        vb_complain(loading, VB_ERROR, &place, "wrong-return",
                    "end the file with: return v.output { ... }",
                    "the file returns %s, not an output", vb_raw_type_name(raw));
    return false;
}

/* It loads in a place of its own: nothing is delivered before its words are known. */
static enum vb_code run(struct vb_lua_output *output, struct vb_loading *loading,
                        struct vb_raw *raw)
{
    enum vb_code code =
        vb_sandbox_protect(loading->box, open_module, &output->construct, loading->err);
    int file = code == VB_OK ? vb_read_file(loading, output->file, NULL) : -1;
    bool ran = file >= 0 && vb_run_file(loading, file, false, raw) && is_output(loading, raw);
    if (code != VB_OK)
        return code;
    if (loading->fatal != VB_OK)
        return loading->fatal;
    return ran ? VB_OK : VB_E_CONFIG;
}

enum vb_code vb_output_start(struct vb_lua_output *output, const struct vb_limits *limits,
                             struct vb_findings *findings, struct vb_err *err)
{
    struct vb_pinned pinned = {
        .files = &(struct vb_file){ .path = output->file,
                                    .bytes = output->source.data,
                                    .len = output->source.len },
        .count = 1,
    };
    struct vb_source source = vb_source_pinned(&pinned);
    struct vb_arena strings = { 0 };
    struct vb_raw raw;
    struct vb_loading loading = { .source = &source,
                                  .findings = findings,
                                  .arena = &strings,
                                  .err = err,
                                  .work_left = 200000,
                                  .guesses_left = 1000000,
                                  .keep_at = &node_key };
    const struct vb_sandbox_options options = { .limits = *limits,
                                                .clock = output->clock,
                                                .show_messages = true };
    enum vb_code code = vb_sandbox_create(&loading.box, &options, err);
    output->findings = findings;
    if (code == VB_OK) {
        vb_sandbox_set_host(loading.box, output);
        code = run(output, &loading, &raw);
    }
    if (code == VB_OK && output->about.size == 0)
        take_about(output, &loading, raw.node);
    if (code == VB_OK && findings->errors > 0)
        code = VB_E_CONFIG;
    output->findings = NULL;
    vb_arena_finish(&loading.scratch);
    vb_arena_finish(&strings);
    if (code != VB_OK) {
        vb_sandbox_destroy(loading.box);
        return code;
    }
    output->box = loading.box;
    vb_sandbox_hide(output->box, "the output stopped");
    return VB_OK;
}

/* -- life ------------------------------------------------------------------------------------- */

/* All of them go to whoever asked for the findings; the first in one line to everybody else. */
static enum vb_code refuse(const struct vb_findings *findings, struct vb_err *err)
{
    const struct vb_finding *first = NULL;
    for (size_t i = 0; i < findings->count && first == NULL; i++)
        if (findings->list[i].level == VB_ERROR)
            first = &findings->list[i];
    if (first == NULL)
        return vb_fail(err, VB_E_INTERNAL, "an output was refused without a finding");
    vb_fail(err, VB_E_CONFIG, "%s:%d: %s%s%s", first->file, first->line, first->message,
            first->mend == NULL ? "" : "; ", first->mend == NULL ? "" : first->mend);
    if (findings->errors > 1)
        vb_while(err, "%d errors, the first", findings->errors);
    return VB_E_CONFIG;
}

enum vb_code vb_lua_output_load(struct vb_lua_output **out, const char *path,
                                const struct vb_clock *clock, struct vb_findings *findings,
                                struct vb_err *err)
{
    const char *slash = strrchr(path, '/');
    struct vb_lua_output *output = vb_new(struct vb_lua_output);
    struct vb_limits limits = vb_limits_output();
    output->file = vb_strdup(slash == NULL ? path : slash + 1);
    output->clock = *clock;
    output->construct = (struct vb_construct){ .tell = misuse,
                                               .ctx = output,
                                               .list = &vb_output_constructor,
                                               .count = 1,
                                               .page = "docs/reference/lua-outputs.md" };
    enum vb_code code = vb_file_read(&output->source, path, VB_SOURCE_MAX, err);
    if (code == VB_OK)
        code = vb_output_start(output, &limits, findings, err);
    vb_findings_sort(findings);
    if (findings->errors > 0)
        code = refuse(findings, err);
    if (code == VB_OK)
        *out = output;
    else
        vb_lua_output_destroy(output);
    return code;
}

void vb_lua_output_destroy(struct vb_lua_output *output)
{
    if (output == NULL)
        return;
    vb_output_leave_places(output);
    vb_sandbox_destroy(output->box);
    cJSON_Delete(output->json);
    vb_buf_finish(&output->text);
    vb_buf_finish(&output->source);
    vb_arena_finish(&output->arena);
    free(output->places);
    free(output->file);
    free(output);
}
