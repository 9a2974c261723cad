#include "script/data_file.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "script/raw.h"
#include "script/sandbox_lua.h"
#include "script/scan.h"

struct reading {
    const char *file, *bytes;
    size_t len;
    struct vb_arena *arena;
    struct vb_findings *findings;
    struct vb_err *err;
    struct vb_scan scan;
    struct vb_token token; /* the one that is looked at; at_end: there is none */
    bool at_end;
    int entries;
};

static enum vb_code refuse(struct reading *reading, int line, const char *mend, const char *what)
{
    vb_findings_add(reading->findings, VB_ERROR, "", reading->file, line, mend, "%s", what);
    return vb_fail(reading->err, VB_E_DATA, "%s:%d: %s", reading->file, line, what);
}

static void next(struct reading *reading)
{
    reading->at_end = !vb_scan_token(&reading->scan, &reading->token);
}

static bool is(const struct reading *reading, const char *text)
{
    return !reading->at_end && vb_token_is(&reading->token, text);
}

static const char *shown(struct reading *reading)
{
    enum { MOST = 40 };
    const struct vb_token *token = &reading->token;
    return vb_arena_strndup(reading->arena, token->text, token->len < MOST ? token->len : MOST);
}

/* -- what may not stand there -------------------------------------------------------------------*/

static bool is_code(const struct reading *reading)
{
    static const char *const words[] = { "and",    "break", "do",       "else", "elseif",
                                         "end",    "for",   "function", "goto", "if",
                                         "in",     "local", "not",      "or",   "repeat",
                                         "return", "then",  "until",    "while" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is(reading, words[i]))
            return true;
    return false;
}

/* Somebody wrote this where a value or its end belongs. */
static enum vb_code refuse_token(struct reading *reading)
{
    const char *word = reading->at_end ? "" : shown(reading);
    int line = reading->at_end ? reading->scan.line : reading->token.line;
    struct vb_arena *arena = reading->arena;
    if (reading->at_end)
        return refuse(reading, line, "close every { with a }", "the file ends inside a table");
    if (is_code(reading))
        return refuse(reading, line, "write the value itself",
                      vb_arena_printf(arena, "'%s' is code, and this file is data only", word));
    if (is(reading, "nil"))
        return refuse(reading, line, "leave the entry out", "nil is no value");
    if (is(reading, "("))
        return refuse(reading, line, "write the value itself",
                      "nothing is called here: this file is data only");
    if (reading->token.type == VB_TOKEN_NAME)
        return refuse(reading, line, "a text stands between quotes",
                      vb_arena_printf(arena, "the name %s means nothing here", word));
    if (reading->token.type == VB_TOKEN_SIGN)
        return refuse(reading, line, "write the value itself; entries end with a comma",
                      vb_arena_printf(arena, "'%s' does not belong here", word));
    return refuse(reading, line, "put a comma between two entries",
                  vb_arena_printf(arena, "%s does not belong here", word));
}

/* -- tokens: what stands where ------------------------------------------------------------------*/

static enum vb_code read_table(struct reading *reading, struct vb_datum *out, int depth);

/* A quote that closes it may still be an escaped one: that is Lua's to say. */
static bool is_closed(const struct vb_token *token)
{
    char last = token->text[token->len - 1];
    return token->len > 1 && last == (token->text[0] == '[' ? ']' : token->text[0]);
}

/* A value; which one is Lua's to say. */
static enum vb_code read_value(struct reading *reading, struct vb_datum *out, int depth)
{
    if (is(reading, "{"))
        return read_table(reading, out, depth + 1);
    if (is(reading, "-")) {
        next(reading);
        if (reading->at_end || reading->token.type != VB_TOKEN_NUMBER)
            return refuse_token(reading);
    }
    bool value = !reading->at_end && (reading->token.type == VB_TOKEN_STRING ||
                                      reading->token.type == VB_TOKEN_NUMBER ||
                                      is(reading, "true") || is(reading, "false"));
    if (!value)
        return refuse_token(reading);
    if (reading->token.type == VB_TOKEN_STRING && !is_closed(&reading->token))
        return refuse(reading, reading->token.line, "count the quotes: one before, one after",
                      "this text is not closed");
    next(reading);
    return VB_OK;
}

/* ["name"] = : a key that is no word. One with an escape could be another name than it looks. */
static enum vb_code read_bracket(struct reading *reading, const char **name)
{
    next(reading);
    const struct vb_token key = reading->token;
    if (reading->at_end || key.type != VB_TOKEN_STRING)
        return reading->at_end
                   ? refuse_token(reading)
                   : refuse(reading, key.line, "write [\"name\"] = value, or name = value",
                            "a key is a text");
    if (key.text[0] == '[' || key.len < 2 || memchr(key.text, '\\', key.len) != NULL)
        return refuse(reading, key.line, "write it between plain quotes, without \\",
                      "this key cannot be read");
    *name = vb_arena_strndup(reading->arena, key.text + 1, key.len - 2);
    next(reading);
    if (!is(reading, "]"))
        return refuse_token(reading);
    next(reading);
    if (!is(reading, "="))
        return refuse_token(reading);
    next(reading);
    return VB_OK;
}

/* "name =" before a value; nothing for an entry of a list. */
static enum vb_code read_key(struct reading *reading, const char **name)
{
    struct vb_scan scan = reading->scan;
    struct vb_token after;
    *name = NULL;
    if (is(reading, "["))
        return read_bracket(reading, name);
    if (reading->token.type != VB_TOKEN_NAME || !vb_scan_token(&scan, &after) ||
        !vb_token_is(&after, "="))
        return VB_OK;
    if (is_code(reading) || is(reading, "nil") || is(reading, "true") || is(reading, "false"))
        return refuse_token(reading);
    *name = vb_arena_strndup(reading->arena, reading->token.text, reading->token.len);
    next(reading);
    next(reading);
    return VB_OK;
}

static enum vb_code read_entry(struct reading *reading, struct vb_datum *table, int depth)
{
    struct vb_datum entry = { .line = reading->token.line };
    enum vb_code code = read_key(reading, &entry.name);
    if (code != VB_OK)
        return code;
    const struct vb_datum *there = entry.name == NULL ? NULL : vb_datum_get(table, entry.name);
    if (there != NULL)
        return refuse(reading, entry.line, "keep one of the two",
                      vb_arena_printf(reading->arena, "%s stands twice: in line %d already",
                                      entry.name, there->line));
    if (++reading->entries > VB_DATA_FILE_ENTRIES)
        return refuse(reading, entry.line, NULL, "there are more than 10000 entries");
    code = read_value(reading, &entry, depth);
    if (code != VB_OK)
        return code;
    *(struct vb_datum *)vb_arena_push(reading->arena, &table->entries, table->count, &table->cap,
                                      sizeof entry) = entry;
    table->count++;
    return VB_OK;
}

/* An entry is over: a comma, or the end of the table. */
static enum vb_code read_end(struct reading *reading)
{
    if (is(reading, ",") || is(reading, ";")) {
        next(reading);
        return VB_OK;
    }
    if (reading->at_end || is(reading, "}"))
        return VB_OK;
    if (reading->token.type == VB_TOKEN_SIGN && !is(reading, "{") && !is(reading, "["))
        return refuse_token(reading);
    return refuse(reading, reading->token.line, "put a comma between two entries",
                  vb_arena_printf(reading->arena, "a comma is missing before %s", shown(reading)));
}

/* From its "{" to behind its "}". */
static enum vb_code read_table(struct reading *reading, struct vb_datum *out, int depth)
{
    int begins = reading->token.line;
    out->type = VB_DATUM_TABLE;
    if (depth > VB_DATA_FILE_DEPTH)
        return refuse(reading, begins, NULL, "tables lie too deep in each other here");
    for (next(reading); !is(reading, "}");) {
        if (reading->at_end)
            return refuse(reading, begins, "close it with a }", "this table has no end");
        enum vb_code code = read_entry(reading, out, depth);
        if (code == VB_OK)
            code = read_end(reading);
        if (code != VB_OK)
            return code;
    }
    next(reading);
    return VB_OK;
}

static enum vb_code read_tokens(struct reading *reading, struct vb_datum *out)
{
    next(reading);
    if (!is(reading, "return"))
        return refuse(reading, reading->at_end ? 1 : reading->token.line, "begin with: return {",
                      "this file does not begin with return");
    next(reading);
    if (!is(reading, "{"))
        return refuse(reading, reading->at_end ? 1 : reading->token.line, "begin with: return {",
                      "this file does not return a table");
    enum vb_code code = read_table(reading, out, 1);
    if (code == VB_OK && is(reading, ";"))
        next(reading);
    return code == VB_OK && !reading->at_end ? refuse_token(reading) : code;
}

/* -- Lua: what they are -------------------------------------------------------------------------*/

static const char chunk[] = "=data"; /* Lua would cut the name of the file itself */

struct running {
    const struct reading *reading;
    struct vb_arena *scratch;
    struct vb_raw raw;
    struct vb_sandbox *box;
    lua_State *co;
};

/* The chunk's only upvalue is its globals: an empty table. */
static int prepare(lua_State *L)
{
    struct running *running = lua_touserdata(L, 1);
    const struct reading *reading = running->reading;
    vb_sandbox_compile(L, reading->bytes, reading->len, chunk);
    lua_newtable(L);
    lua_setupvalue(L, -2, 1);
    running->co = lua_newthread(L);
    lua_pushvalue(L, -1);
    luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pushvalue(L, -2);
    lua_xmove(L, running->co, 1);
    return 0;
}

static int no_file(void *ctx, const char *source)
{
    (void)ctx, (void)source;
    return -1;
}

static int collect(lua_State *L)
{
    struct running *running = lua_touserdata(L, 1);
    lua_xmove(running->co, L, 1);
    lua_newtable(L);
    struct vb_raw_copying copying = {
        .strings = running->reading->arena,
        .tables = running->scratch,
        .file_of = no_file,
        .left = 2 * VB_DATA_FILE_ENTRIES,
        .text_left = 2 * VB_DATA_FILE_MOST,
        .memo = 3,
    };
    vb_raw_copy(L, 2, &copying, &running->raw);
    return 0;
}

static enum vb_code run(struct running *running, struct vb_clock clock, struct vb_err *err)
{
    const struct vb_sandbox_options options = { .limits = vb_limits_load(),
                                                .clock = clock,
                                                .show_messages = true };
    int results = 0;
    bool yielded = false;
    enum vb_code code = vb_sandbox_create(&running->box, &options, err);
    if (code == VB_OK)
        code = vb_sandbox_protect(running->box, prepare, running, err);
    if (code == VB_OK)
        code = vb_sandbox_resume(running->box, running->co, 0, &results, &yielded, err);
    vb_assert(code != VB_OK || (results == 1 && !yielded)); /* the tokens said so */
    if (code == VB_OK)
        code = vb_sandbox_protect(running->box, collect, running, err);
    vb_sandbox_destroy(running->box);
    return code;
}

/* -- both together ------------------------------------------------------------------------------*/

static enum vb_code take(struct reading *reading, struct vb_datum *datum, const struct vb_raw *raw);

static enum vb_code take_table(struct reading *reading, struct vb_datum *datum,
                               const struct vb_raw_table *table)
{
    enum vb_code code = VB_OK;
    int place = 0;
    for (size_t i = 0; code == VB_OK && i < datum->count; i++) {
        struct vb_datum *entry = &datum->entries[i];
        vb_assert(entry->name != NULL || place < table->list_count);
        code = take(reading, entry,
                    entry->name != NULL ? vb_raw_get(table, entry->name) : &table->list[place++]);
    }
    return code;
}

static enum vb_code take(struct reading *reading, struct vb_datum *datum, const struct vb_raw *raw)
{
    switch (raw->type) {
    case VB_RAW_TABLE:
        vb_assert(datum->type == VB_DATUM_TABLE);
        return take_table(reading, datum, raw->table);
    case VB_RAW_BOOL:
        datum->type = VB_DATUM_BOOL;
        datum->truth = raw->boolean;
        return VB_OK;
    case VB_RAW_INT:
        datum->type = VB_DATUM_INT;
        datum->integer = raw->integer;
        return VB_OK;
    case VB_RAW_FLOAT:
        datum->type = VB_DATUM_NUMBER;
        datum->number = raw->number;
        return VB_OK;
    default:
        vb_assert(raw->type == VB_RAW_STRING);
        datum->type = VB_DATUM_TEXT;
        datum->text = raw->string;
        return strlen(raw->string) == raw->len && vb_utf8_valid(raw->string, raw->len, NULL)
                   ? VB_OK
                   : refuse(reading, datum->line, "write letters, not the numbers of bytes",
                            "this text holds what is no letter");
    }
}

/* Lua's words: "data:line: what". */
static enum vb_code refuse_lua(struct reading *reading, enum vb_code code)
{
    const char *text = vb_arena_strdup(reading->arena, reading->err->text);
    int line = 1;
    if (vb_starts_with(text, "data:")) {
        char *end;
        line = (int)strtol(text + strlen("data:"), &end, 10);
        text = end + strspn(end, ": ");
    }
    vb_findings_add(reading->findings, VB_ERROR, "", reading->file, line, NULL, "%s", text);
    return code == VB_E_LIMIT
               ? code
               : vb_fail(reading->err, VB_E_DATA, "%s:%d: %s", reading->file, line, text);
}

static enum vb_code check_bytes(struct reading *reading)
{
    size_t bad;
    if (reading->len > VB_DATA_FILE_MOST)
        return refuse(reading, 1, NULL, "the file is larger than 256 KiB");
    if (reading->len > 0 && reading->bytes[0] == '\x1b')
        return refuse(reading, 1, "give the file as it was written",
                      "this is bytecode, and nothing is run here");
    if (reading->len == 0 || vb_utf8_valid(reading->bytes, reading->len, &bad))
        return VB_OK;
    int line = 1;
    for (size_t i = 0; i < bad; i++)
        line += reading->bytes[i] == '\n';
    return refuse(reading, line, "save the file as UTF-8", "this line is no UTF-8");
}

enum vb_code vb_data_file_read(struct vb_datum **out, struct vb_arena *arena, const char *file,
                               const char *bytes, size_t len, struct vb_clock clock,
                               struct vb_findings *findings, struct vb_err *err)
{
    static const char mark[] = "\xef\xbb\xbf"; /* some editors begin a file with it */
    bool marked = len >= 3 && memcmp(bytes, mark, 3) == 0;
    struct reading reading = { .file = file,
                               .bytes = marked ? bytes + 3 : bytes,
                               .len = marked ? len - 3 : len,
                               .arena = arena,
                               .findings = findings,
                               .err = err };
    struct vb_arena scratch = { 0 };
    struct running running = { .reading = &reading, .scratch = &scratch };
    struct vb_datum *root = vb_arena_new(arena, struct vb_datum);
    reading.scan = (struct vb_scan){ reading.bytes, reading.bytes + reading.len, 1 };
    enum vb_code code = check_bytes(&reading);
    if (code == VB_OK)
        code = read_tokens(&reading, root);
    if (code == VB_OK) {
        code = run(&running, clock, err);
        code = code == VB_OK ? take(&reading, root, &running.raw) : refuse_lua(&reading, code);
    }
    vb_arena_finish(&scratch);
    *out = code == VB_OK ? root : NULL;
    return code;
}

const struct vb_datum *vb_datum_get(const struct vb_datum *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (vb_streq(table->entries[i].name, name))
            return &table->entries[i];
    return NULL;
}

const char *vb_datum_type_name(enum vb_datum_type type)
{
    static const char *const names[] = { "true or false", "a number", "a number with decimals",
                                         "a text", "a table" };
    return names[type];
}
