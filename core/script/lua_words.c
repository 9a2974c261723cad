#include "script/lua_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "script/blocks.h"
#include "script/braces.h"
#include "script/fields.h"
#include "script/lua_slips.h"
#include "script/scan.h"

enum { NAME_MAX_SHOWN = 59 }; /* Lua cuts a chunk's name there */

struct raised {
    struct vb_loading *loading;
    struct vb_place place;
    const char *words; /* without the place */
};

/* "path:12: words": the file it names, its line, and where the words begin. */
static bool take_place(struct raised *raised, const char *message)
{
    const struct vb_loading *loading = raised->loading;
    for (size_t i = 0; i < loading->file_count; i++) {
        const char *path = loading->files[i].path;
        size_t len = strlen(path) < NAME_MAX_SHOWN ? strlen(path) : NAME_MAX_SHOWN;
        char *end;
        if (strncmp(message, path, len) != 0 || message[len] != ':' ||
            !isdigit((unsigned char)message[len + 1]))
            continue;
        raised->place.file = (int)i;
        raised->place.line = (int)strtol(message + len + 1, &end, 10);
        raised->words = end + strspn(end, ": ");
        return true;
    }
    return false;
}

/* What stands between the quotes after mark, such as near 'languages'. NULL: not there. */
static const char *quoted(struct raised *raised, const char *mark)
{
    const char *at = strstr(raised->words, mark);
    if (at == NULL)
        return NULL;
    at += strlen(mark);
    const char *end = strrchr(at, '\'');
    if (end == NULL)
        return vb_arena_strdup(&raised->loading->scratch, at);
    return vb_arena_strndup(&raised->loading->scratch, at, (size_t)(end - at));
}

/* -- the forgotten comma -- */

static const char *line_at(const struct vb_read_file *file, int line)
{
    const char *at = file->bytes;
    for (int i = 1; i < line && at != NULL; i++) {
        at = strchr(at, '\n');
        at = at == NULL ? NULL : at + 1;
    }
    return at;
}

static bool holds_code(const char *line)
{
    line += strspn(line, " \t\r");
    return *line != '\n' && *line != '\0' && strncmp(line, "--", 2) != 0;
}

/* The comma belongs at the end of the last line with code before token, or before token itself. */
static void tell_comma(struct raised *raised, const char *token)
{
    const struct vb_read_file *file = &raised->loading->files[raised->place.file];
    const char *line = line_at(file, raised->place.line);
    if (line != NULL && vb_odd_quotes(line)) {
        vb_complain(raised->loading, VB_ERROR, &raised->place, "unfinished-string",
                    "count the quotes: each text has one before and one after",
                    "a text in this line is not closed, or a comma is missing before '%s'", token);
        return;
    }
    if (line != NULL && strncmp(line + strspn(line, " \t"), token, strlen(token)) != 0) {
        vb_complain(raised->loading, VB_ERROR, &raised->place, "missing-comma",
                    vb_arena_printf(&raised->loading->scratch, "add a comma before %s", token),
                    "a comma is missing in this line, before '%s'", token);
        return;
    }
    do
        raised->place.line--;
    while (raised->place.line > 1 && !holds_code(line_at(file, raised->place.line)));
    vb_complain(raised->loading, VB_ERROR, &raised->place, "missing-comma",
                "add a comma at the end of this line",
                "a comma is missing at the end of this line, before '%s'", token);
}

static void tell_unclosed(struct raised *raised)
{
    const char *at = strstr(raised->words, "at line ");
    const char *open = strstr(raised->words, "to close '");
    const char *what = open == NULL ? "{"
                                    : vb_arena_strndup(&raised->loading->scratch, open + 10,
                                                       strcspn(open + 10, "'"));
    int last = raised->place.line, line = 0;
    struct vb_block block = { 0 };
    if (at != NULL)
        raised->place.line = (int)strtol(at + 8, NULL, 10);
    if (raised->place.file >= 0) {
        const struct vb_read_file *file = &raised->loading->files[raised->place.file];
        /* Lua names no line where it expected a value before the end. */
        if ((at == NULL || what[0] != '{') && vb_blocks_open(file->bytes, file->len, &block)) {
            what = block.what;
            raised->place.line = block.line;
        }
        line = what[0] == '{' ? vb_braces_missing(file->bytes, file->len) : 0;
    }
    if (line > 0)
        raised->place.line = line;
    vb_complain(raised->loading, VB_ERROR, &raised->place, "not-closed",
                isalpha((unsigned char)what[0]) ? "add an end" : "add the closing one",
                "what '%s' opens in this line is not closed; the file ends in line %d", what, last);
}

/* Quotes that a word processor bent: Lua sees bytes it cannot read. */
static bool tell_bent_quotes(struct raised *raised)
{
    static const char *const bent[] = { "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e",
                                        "\xe2\x80\x98", "\xe2\x80\x99" };
    if (strstr(raised->words, "near '<\\226>'") == NULL)
        return false;
    const char *line = line_at(&raised->loading->files[raised->place.file], raised->place.line);
    const char *end = line == NULL ? NULL : line + strcspn(line, "\n");
    for (size_t i = 0; line != NULL && i < sizeof bent / sizeof *bent; i++) {
        const char *at = strstr(line, bent[i]);
        if (at == NULL || at >= end)
            continue;
        vb_complain(raised->loading, VB_ERROR, &raised->place, "curly-quotes",
                    "use straight quotes: \"...\"", "a curly quote stands in this line");
        return true;
    }
    return false;
}

/* relation: "own" - how other languages write it. */
static bool tell_colon(struct raised *raised)
{
    if (!vb_starts_with(raised->words, "<name> expected near") &&
        !vb_starts_with(raised->words, "function arguments expected near"))
        return false;
    const char *line = line_at(&raised->loading->files[raised->place.file], raised->place.line);
    const char *colon = line == NULL ? NULL : memchr(line, ':', strcspn(line, "\n"));
    if (colon == NULL)
        return false;
    const char *name = colon;
    while (name > line && (isalnum((unsigned char)name[-1]) || name[-1] == '_'))
        name--;
    if (name == colon)
        return false;
    vb_complain(raised->loading, VB_ERROR, &raised->place, "syntax-error",
                vb_arena_printf(&raised->loading->scratch, "write = instead of : behind %.*s",
                                (int)(colon - name), name),
                "'%.*s:' is not how a field is written", (int)(colon - name), name);
    return true;
}

/* A brace too many ends a table early, and Lua complains where the next one ends. */
static bool tell_surplus(struct raised *raised, const char *near)
{
    if (!vb_streq(near, "}"))
        return false;
    const struct vb_read_file *file = &raised->loading->files[raised->place.file];
    int line = vb_braces_surplus(file->bytes, file->len);
    if (line == 0)
        return false;
    raised->place.line = line;
    vb_complain(raised->loading, VB_ERROR, &raised->place, "syntax-error",
                "take one } away: each { has one that closes it",
                "a '}' too many seems to stand in this line");
    return true;
}

/* What raw.c and the sandbox say of a file that has too much of something. */
static bool tell_shape(struct raised *raised)
{
    static const struct {
        const char *words, *code, *mend;
    } shapes[] = {
        { "a table holds itself", "too-deep", "give each table its own place, in one direction" },
        { "tables lie more than", "too-deep",
          "put v.all, v.any and tables less deep in each other" },
        { "brackets, blocks or", "too-deep", "count the brackets there, or split it into locals" },
        { "the file holds too much text", "too-many",
          "split the instrument, or make texts shorter" },
        { "the file holds too many values", "too-many", "split the instrument" },
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (vb_starts_with(raised->words, shapes[i].words)) {
            vb_complain(raised->loading, VB_ERROR, &raised->place, shapes[i].code, shapes[i].mend,
                        "%s", raised->words);
            return true;
        }
    return false;
}

static void tell_syntax(struct raised *raised)
{
    if (tell_shape(raised))
        return;
    if (raised->place.file >= 0 && (tell_bent_quotes(raised) || tell_colon(raised)))
        return;
    struct vb_loading *loading = raised->loading;
    const char *near = quoted(raised, " near '");
    bool list = vb_starts_with(raised->words, "'}' expected");
    if (raised->place.file >= 0 &&
        (tell_surplus(raised, near) || vb_tell_slip(loading, &raised->place, raised->words, near)))
        return;
    if (vb_ends_with(raised->words, "near <eof>")) {
        tell_unclosed(raised);
    } else if (list && near != NULL) {
        tell_comma(raised, near);
    } else if (vb_starts_with(raised->words, "unfinished string")) {
        vb_complain(loading, VB_ERROR, &raised->place, "unfinished-string",
                    "close it with the same quote on the same line", "a text is not closed: %s",
                    near == NULL ? "" : near);
    } else if (vb_starts_with(raised->words, "bitwise operators")) {
        vb_complain(loading, VB_ERROR, &raised->place, "bitwise-operator",
                    "write it with and, or, not, or with numbers", "%.*s",
                    (int)strcspn(raised->words, ";"), raised->words);
    } else if (near != NULL) {
        vb_complain(loading, VB_ERROR, &raised->place, "syntax-error",
                    "look for a misspelt word, a brace too many, or a missing comma before it",
                    "'%s' cannot stand here (Lua says: %s)", near, raised->words);
    } else {
        vb_complain(loading, VB_ERROR, &raised->place, "syntax-error", "mend the line",
                    "this is not Lua (%s)", raised->words);
    }
}

/* -- errors while it runs -- */

/* What other languages write, and what stands for it here. */
static const char *mend_foreign(const char *name)
{
    static const char *const pairs[][2] = {
        { "True", "write true, in small letters" },
        { "TRUE", "write true, in small letters" },
        { "False", "write false, in small letters" },
        { "FALSE", "write false, in small letters" },
        { "None", "leave the field out, or write nil; in tests.lua v.none is no score" },
        { "none", "leave the field out, or write nil; in tests.lua v.none is no score" },
        { "null", "leave the field out, or write nil" },
        { "undefined", "leave the field out, or write nil" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strcmp(pairs[i][0], name) == 0)
            return pairs[i][1];
    return NULL;
}

/* The local of the file that was most likely meant, up to the line. */
static const char *guess_local(struct raised *raised, const char *name)
{
    const struct vb_read_file *file = &raised->loading->files[raised->place.file];
    struct vb_scan scan = { file->bytes, file->bytes + file->len, 1 };
    const char *names[128];
    size_t count = 0;
    struct vb_token token;
    bool declared = false;
    while (count < 128 && vb_scan_token(&scan, &token) && token.line <= raised->place.line) {
        if (declared && token.type == VB_TOKEN_NAME && !vb_token_is(&token, "function"))
            names[count++] = vb_arena_strndup(&raised->loading->scratch, token.text, token.len);
        declared = vb_token_is(&token, "local") || (declared && vb_token_is(&token, "function"));
    }
    return vb_did_you_mean(name, names, count);
}

/* basis == "own" */
static bool is_compared(struct raised *raised, const char *name)
{
    const char *line = line_at(&raised->loading->files[raised->place.file], raised->place.line);
    const char *end = line == NULL ? NULL : line + strcspn(line, "\n");
    const char *at = line == NULL ? NULL : strstr(line + strspn(line, " \t{"), name);
    if (at == NULL || at != line + strspn(line, " \t{") || at >= end)
        return false;
    at += strlen(name);
    return strncmp(at + strspn(at, " \t"), "==", 2) == 0;
}

/* likert for v.likert */
static bool is_constructor(const char *name)
{
    for (int i = 0; i < VB_CONSTRUCTOR_COUNT; i++)
        if (vb_constructors[i].shape != VB_SHAPE_PLAIN && vb_streq(vb_constructors[i].name, name))
            return true;
    return false;
}

static const char *mend_global(struct raised *raised, const char *name)
{
    static const char *const known[] = { "v",      "require",  "ipairs", "pairs",
                                         "string", "table",    "math",   "utf8",
                                         "type",   "tostring", "select", "tonumber" };
    struct vb_arena *scratch = &raised->loading->scratch;
    const char *mend = mend_foreign(name);
    if (mend != NULL)
        return mend;
    if (strcmp(name, "v") == 0)
        return "begin the file with: local v <const> = require \"verbond\"";
    if (raised->place.file >= 0 && is_compared(raised, name))
        return vb_arena_printf(scratch, "write %s = with one =; two ask whether things are equal",
                               name);
    if (is_constructor(name))
        return vb_arena_printf(scratch, "write v.%s", name);
    const char *guess = vb_did_you_mean(name, known, sizeof known / sizeof *known);
    if (guess == NULL && raised->place.file >= 0)
        guess = guess_local(raised, name);
    if (guess != NULL && !vb_streq(guess, name))
        return vb_arena_printf(scratch, "did you mean %s?", guess);
    return vb_arena_printf(scratch,
                           "write \"%s\" if it is a text; else declare it with local first", name);
}

static void tell_global(struct raised *raised, const char *name)
{
    name = vb_arena_strndup(&raised->loading->scratch, name, strcspn(name, "'"));
    vb_complain(raised->loading, VB_ERROR, &raised->place, "unknown-global",
                mend_global(raised, name), "there is nothing called '%s'", name);
}

/* Names of two letters or fewer are too short for a guess by distance. */
static bool like_v(const char *name)
{
    return strncmp(name, "vv'", 3) == 0 || strncmp(name, "V'", 2) == 0 ||
           strncmp(name, "verbond'", 8) == 0;
}

static void tell_running(struct raised *raised)
{
    if (tell_shape(raised))
        return;
    /* The sandbox's own words for a global that nobody made. */
    const char *global = strstr(raised->words, "there is no '");
    if (global != raised->words)
        global = NULL;
    if (global == NULL) {
        bool node = strstr(raised->words, "index a verbond node value") != NULL;
        vb_complain(raised->loading, VB_ERROR, &raised->place, "script-error",
                    node ? "what a constructor gave has no parts: take the dot away, and the name "
                           "behind it"
                         : "the file stopped there; mend that line first",
                    "%s", raised->words);
    } else if (like_v(global + 13)) {
        vb_complain(raised->loading, VB_ERROR, &raised->place, "unknown-global", "did you mean v?",
                    "there is nothing called '%.*s'", (int)strcspn(global + 13, "'"), global + 13);
    } else {
        tell_global(raised, global + 13);
    }
}

/* The line of the last return that begins a line: what the file gives stands there. 1: none. */
int vb_line_of_return(const struct vb_read_file *file)
{
    int line = 1, found = 1;
    for (const char *at = file->bytes; at != NULL; line++) {
        const char *word = at + strspn(at, " \t");
        if (strncmp(word, "return", 6) == 0 && !isalnum((unsigned char)word[6]) && word[6] != '_')
            found = line;
        at = strchr(at, '\n');
        at = at == NULL ? NULL : at + 1;
    }
    return found;
}

int vb_line_of_word(const struct vb_read_file *file, const char *word)
{
    struct vb_scan scan = { file->bytes, file->bytes + file->len, 1 };
    struct vb_token token;
    while (vb_scan_token(&scan, &token))
        if (vb_token_is(&token, word))
            return token.line;
    return 0;
}

void vb_tell_lua(struct vb_loading *loading, const char *message, int file, bool compiling)
{
    struct raised raised = { .loading = loading, .place = { .file = file }, .words = message };
    if (!take_place(&raised, message) && file >= 0)
        raised.place.line = vb_line_of_return(&loading->files[file]);
    if (compiling)
        tell_syntax(&raised);
    else
        tell_running(&raised);
}

void vb_tell_limit(struct vb_loading *loading, const char *message, int file)
{
    struct raised raised = { .loading = loading,
                             .place = { .file = file, .line = 1 },
                             .words = message };
    take_place(&raised, message);
    vb_complain(loading, VB_ERROR, &raised.place, "limit-reached",
                "look there for a loop or a table that has no end", "%s", raised.words);
}
