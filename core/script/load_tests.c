/* tests.lua: an author's cases, as the JSON of an answer file and of what must come out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/json.h"
#include "script/build.h"
#include "script/construct.h"
#include "script/lua_words.h"
#include "script/modules.h"
#include "script/run_file.h"
#include "script/sandbox_lua.h"
#include "script/scan.h"
#include "script/script_lua.h"

struct writing {
    struct vb_loading *loading;
    struct vb_place place;
    struct vb_buf *out;
};

/* -- JSON -- */

static void put(struct writing *writing, const struct vb_raw *raw);

static void put_number(struct writing *writing, double number)
{
    char text[40];
    if (!isfinite(number)) {
        vb_complain(writing->loading, VB_ERROR, &writing->place, "wrong-value",
                    "use a number that is one", "holds a number that is not finite");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    vb_buf_puts(writing->out, text);
}

static void put_list(struct writing *writing, const struct vb_raw_table *table)
{
    vb_buf_putc(writing->out, '[');
    for (int i = 0; i < table->list_count; i++) {
        if (i > 0)
            vb_buf_putc(writing->out, ',');
        put(writing, &table->list[i]);
    }
    vb_buf_putc(writing->out, ']');
}

/* skip: two names that are left out, or NULL. */
static void put_object(struct writing *writing, const struct vb_raw_table *table,
                       const char *const skip[2])
{
    bool any = false;
    vb_buf_putc(writing->out, '{');
    for (int i = 0; i < table->field_count; i++) {
        const struct vb_raw_field *field = &table->fields[i];
        if (skip != NULL &&
            (strcmp(field->name, skip[0]) == 0 || strcmp(field->name, skip[1]) == 0))
            continue;
        if (any)
            vb_buf_putc(writing->out, ',');
        any = true;
        vb_json_text(writing->out, field->name);
        vb_buf_putc(writing->out, ':');
        put(writing, &field->value);
    }
    vb_buf_putc(writing->out, '}');
}

static void put_table(struct writing *writing, const struct vb_raw_table *table)
{
    if ((table->list_count > 0 && table->field_count > 0) || table->hole > 0 || table->odd_keys)
        vb_complain(writing->loading, VB_ERROR, &writing->place, "stray-entry",
                    "write a list or names, not both", "holds a table that is neither");
    if (table->list_count > 0)
        put_list(writing, table);
    else
        put_object(writing, table, NULL);
}

static bool has_unknown_constructor(const struct vb_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->list[i].code, "unknown-constructor") == 0)
            return true;
    return false;
}

static void put(struct writing *writing, const struct vb_raw *raw)
{
    switch (raw->type) {
    case VB_RAW_BOOL:
        vb_buf_puts(writing->out, raw->boolean ? "true" : "false");
        return;
    case VB_RAW_INT:
        vb_buf_int(writing->out, raw->integer);
        return;
    case VB_RAW_FLOAT:
        put_number(writing, raw->number);
        return;
    case VB_RAW_STRING:
        vb_json_string(writing->out, raw->string, raw->len);
        return;
    case VB_RAW_TABLE:
        put_table(writing, raw->table);
        return;
    default:
        break;
    }
    if (raw->type == VB_RAW_NODE && raw->node->constructor->id == VB_MAKE_NONE)
        vb_buf_puts(writing->out, "{\"none\":true}");
    else if (raw->type == VB_RAW_FUNCTION && has_unknown_constructor(writing->loading->findings))
        vb_buf_puts(writing->out, "null"); /* stands in for what does not exist, and was told */
    else
        vb_complain(writing->loading, VB_ERROR, &writing->place, "wrong-type",
                    "use texts, numbers, true, false, tables, v.none",
                    "holds %s, which is no answer", vb_raw_type_name(raw));
}

/* -- cases -- */

/* A table has no line of its own: the line where the case's name is written stands for it. */
static int line_of(const struct vb_read_file *file, const char *name, int fallback)
{
    const char *at = strstr(file->bytes, name);
    int line = 1;
    for (const char *c = file->bytes; at != NULL && c < at; c++)
        line += *c == '\n';
    return at == NULL ? fallback : line;
}

/* The line where the case at this position opens, when they stand in v.tests { ... }; 0: not so. */
static int line_of_case(const struct vb_read_file *file, int position)
{
    struct vb_scan scan = { file->bytes, file->bytes + file->len, 1 };
    struct vb_token token;
    int depth = 0, count = 0;
    bool within = false;
    while (vb_scan_token(&scan, &token)) {
        within = within || vb_token_is(&token, "tests");
        if (within && vb_token_is(&token, "{") && depth++ == 1 && count++ == position)
            return token.line;
        depth -= within && vb_token_is(&token, "}");
    }
    return 0;
}

static bool has_name(struct writing *writing, int position, const struct vb_raw *raw,
                     const struct vb_test_case *before)
{
    const struct vb_raw *name = raw->type == VB_RAW_TABLE ? vb_raw_get(raw->table, "name") : raw;
    if (raw->type != VB_RAW_TABLE || name->type != VB_RAW_STRING || name->len == 0) {
        struct vb_place place = writing->place;
        int line = line_of_case(&writing->loading->files[place.file], position);
        place.line = line > 0 ? line : place.line;
        vb_complain(writing->loading, VB_ERROR, &place, "missing-field",
                    "write { name = \"what holds\", client = { ... }, expect = { ... } }",
                    "case %d has no name", position + 1);
        return false;
    }
    for (int i = 0; i < position; i++)
        if (before[i].name != NULL && strcmp(before[i].name, name->string) == 0) {
            vb_complain(writing->loading, VB_ERROR, &writing->place, "duplicate-id",
                        "give each case a name of its own", "two cases are called \"%s\"",
                        name->string);
            return false;
        }
    return true;
}

static const char *take_text(struct writing *writing, struct vb_arena *arena)
{
    const char *text = vb_arena_strndup(arena, writing->out->data, writing->out->len);
    vb_buf_clear(writing->out);
    return text;
}

static void build_case(struct writing *writing, const struct vb_raw_table *table,
                       struct vb_test_case *out)
{
    static const char *const apart[2] = { "name", "expect" };
    static const struct vb_raw_table nothing;
    const struct vb_raw *expect = vb_raw_get(table, "expect");
    struct vb_place around = writing->place;
    out->name = vb_raw_get(table, "name")->string;
    out->line = line_of(&writing->loading->files[around.file], out->name, around.line);
    writing->place.line = out->line;
    writing->place.subject = out->name;
    put_object(writing, table, apart);
    out->answers = take_text(writing, writing->loading->arena);
    if (expect->type != VB_RAW_NIL && expect->type != VB_RAW_TABLE)
        vb_complain(writing->loading, VB_ERROR, &writing->place, "wrong-type",
                    "write expect = { scale = { ... } }", "expect is %s", vb_raw_type_name(expect));
    put_object(writing, expect->type == VB_RAW_TABLE ? expect->table : &nothing, NULL);
    out->expect = take_text(writing, writing->loading->arena);
    writing->place = around;
}

/* Where each case stands, for messages about what it says. */
static void find_texts(const struct vb_read_file *file, struct vb_arena *arena,
                       struct vb_test_case *cases, size_t count)
{
    const char *all = vb_arena_strndup(arena, file->bytes, file->len), *end = all + file->len;
    for (size_t i = count; i-- > 0;) {
        const char *at = cases[i].name == NULL ? NULL : strstr(all, cases[i].name);
        cases[i].text = at == NULL || at > end ? "" : at;
        cases[i].text_len = at == NULL || at > end ? 0 : (size_t)(end - at);
        end = at == NULL || at > end ? end : at;
    }
}

int vb_test_case_line(const struct vb_test_case *test, const char *word)
{
    size_t len = strlen(word);
    int line = test->line;
    for (size_t i = 0; len > 0 && i + len < test->text_len; i++) {
        const char *at = test->text + i, *after = at + len;
        line += *at == '\n';
        if (i == 0 || strncmp(at, word, len) != 0)
            continue;
        bool quoted = at[-1] == '"' && *after == '"';
        bool named = strchr(" \t{,", at[-1]) != NULL && after[strspn(after, " \t")] == '=';
        if (quoted || named)
            return line;
    }
    return test->line;
}

static void build_cases(struct vb_loading *loading, const struct vb_raw_node *node,
                        struct vb_test_case **out, size_t *count)
{
    struct vb_buf buf = { 0 };
    struct writing writing = { .loading = loading,
                               .place = { .file = node->file, .line = node->line },
                               .out = &buf };
    size_t most = (size_t)node->table.list_count;
    struct vb_test_case *cases = vb_arena_alloc(loading->arena, most * sizeof *cases);
    for (size_t i = 0; i < most; i++)
        if (has_name(&writing, (int)i, &node->table.list[i], cases))
            build_case(&writing, node->table.list[i].table, &cases[i]);
    if (node->table.field_count > 0)
        vb_complain(loading, VB_ERROR, &writing.place, "unknown-field",
                    "put each case in braces of its own", "unknown field '%s' beside the cases",
                    node->table.fields[0].name);
    find_texts(&loading->files[node->file], loading->arena, cases, most);
    vb_buf_finish(&buf);
    *out = cases;
    *count = most;
}

static void run(struct vb_loading *loading, const char *path, struct vb_test_case **out,
                size_t *count)
{
    struct vb_raw raw;
    int file = vb_read_file(loading, path, NULL);
    if (file < 0 || !vb_run_file(loading, file, false, &raw))
        return;
    int line = raw.type == VB_RAW_NIL ? vb_line_of_word(&loading->files[file], "tests") : 0;
    int given = vb_line_of_return(&loading->files[file]);
    struct vb_place place = { .file = file, .line = line > 0 ? line : given };
    if (raw.type == VB_RAW_NODE && raw.node->constructor->id == VB_MAKE_TESTS)
        build_cases(loading, raw.node, out, count);
    else if (loading->findings->errors == 0)
        vb_complain(loading, VB_ERROR, &place, "wrong-return",
                    line > 0 ? "write return before it: return v.tests { ... }"
                             : "end the file with: return v.tests { ... }",
                    "the file returns %s, not tests", vb_raw_type_name(&raw));
}

enum vb_code vb_load_tests(struct vb_test_case **out, size_t *count, struct vb_arena *arena,
                           const struct vb_source *source, const char *path,
                           const struct vb_sandbox_options *options, struct vb_findings *findings,
                           struct vb_err *err)
{
    int before = findings->errors;
    struct vb_loading loading = { .source = source,
                                  .findings = findings,
                                  .arena = arena,
                                  .script = vb_script_create(),
                                  .err = err };
    struct vb_construct construct;
    *out = NULL;
    *count = 0;
    enum vb_code code = vb_loading_open(&loading, &construct, options);
    if (code == VB_OK) {
        run(&loading, path, out, count);
        code = loading.fatal;
    }
    if (code == VB_OK && findings->errors > before)
        code = vb_loading_refuse(&loading, path);
    vb_sandbox_destroy(loading.box);
    vb_script_destroy(loading.script);
    vb_arena_finish(&loading.scratch);
    return code;
}
