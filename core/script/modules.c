#include "script/modules.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "script/lua_words.h"
#include "script/sandbox_lua.h"
#include "script/script_lua.h"

const char vb_already_told[] = "the loader said what is wrong";

/* Places in the registry. */
static const char verbond_key, modules_key, running_key;

/* -- reading -- */

int vb_modules_file(const struct vb_loading *loading, const char *path)
{
    for (size_t i = 0; i < loading->file_count; i++)
        if (strcmp(loading->files[i].path, path) == 0)
            return (int)i;
    return -1;
}

static enum vb_code refuse(struct vb_loading *loading, enum vb_code code)
{
    loading->fatal = code;
    return code;
}

/* Bytes that Lua would stumble over in words nobody understands. */
static void check_bytes(struct vb_loading *loading, int index)
{
    const struct vb_read_file *file = &loading->files[index];
    struct vb_place place = { .file = index, .line = 1 };
    size_t bad = 0;
    const char *nul = memchr(file->bytes, '\0', file->len);
    bool mark = file->len >= 3 && memcmp(file->bytes, "\xef\xbb\xbf", 3) == 0;
    if (vb_utf8_valid(file->bytes, file->len, &bad) && nul == NULL && !mark)
        return;
    if (nul != NULL && !mark)
        bad = (size_t)(nul - file->bytes);
    for (size_t i = 0; i < bad && !mark; i++)
        place.line += file->bytes[i] == '\n';
    vb_complain(loading, VB_ERROR, &place, "bad-utf8",
                mark ? "save it as UTF-8 without a byte order mark" : "save the file as UTF-8",
                mark          ? "the file begins with a byte order mark"
                : nul != NULL ? "the file holds a NUL byte in this line"
                              : "this line is not UTF-8");
}

/* place.file is -1 for the outer instrument: nobody in a file asked for it. */
static int tell_unread(struct vb_loading *loading, const char *path, const struct vb_place *by,
                       enum vb_code code)
{
    struct vb_place place = { .file = -1 };
    if (by != NULL)
        place = *by;
    if (code == VB_E_LIMIT)
        vb_findings_add(loading->findings, VB_ERROR, "file-too-large",
                        vb_arena_printf(&loading->scratch, "%s%s", loading->source->shown, path), 1,
                        "split it; one file has at most 256 KiB", "the file is too large");
    else if (code == VB_E_ABSENT && by != NULL)
        vb_complain(loading, VB_ERROR, &place, "file-missing", "write the file, or mend the name",
                    "there is no %s%s", loading->source->shown, path);
    else if (code == VB_E_DATA && strstr(loading->err->text, "leaves the folder") != NULL)
        vb_complain(loading, VB_ERROR, &place, "leaves-folder",
                    "name files inside the folder of instruments", "%s", loading->err->text);
    else if (code == VB_E_DATA)
        vb_complain(loading, VB_ERROR, &place, "file-missing",
                    "allow reading it (chmod +r), or mend the name", "%s", loading->err->text);
    else
        refuse(loading, code);
    return -1;
}

static int keep_file(struct vb_loading *loading, const char *path, const struct vb_buf *bytes)
{
    struct vb_read_file *file = vb_arena_push(
        &loading->scratch, &loading->files, loading->file_count, &loading->file_cap, sizeof *file);
    *file = (struct vb_read_file){
        .path = vb_arena_strdup(loading->arena, path),
        .shown = vb_arena_printf(&loading->scratch, "%s%s", loading->source->shown, path),
        .bytes =
            vb_arena_strndup(loading->arena, bytes->data == NULL ? "" : bytes->data, bytes->len),
        .len = bytes->len,
    };
    loading->total_bytes += bytes->len;
    return (int)loading->file_count++;
}

int vb_read_file(struct vb_loading *loading, const char *path, const struct vb_place *by)
{
    int known = vb_modules_file(loading, path);
    if (known >= 0)
        return known;
    struct vb_buf bytes = { 0 };
    enum vb_code code = loading->source->read(loading->source->ctx, path, &bytes, loading->err);
    if (code == VB_OK && bytes.len > VB_SOURCE_MAX)
        code = VB_E_LIMIT;
    int index =
        code == VB_OK ? keep_file(loading, path, &bytes) : tell_unread(loading, path, by, code);
    vb_buf_finish(&bytes);
    if (index < 0)
        return -1;
    int before = loading->findings->errors;
    check_bytes(loading, index);
    struct vb_place place = { .file = index, .line = 1 };
    if (loading->total_bytes > VB_SOURCES_MAX)
        vb_complain(loading, VB_ERROR, &place, "source-too-large",
                    "take out what is not needed; all files together have at most 1 MiB",
                    "with this file the instrument has %zu bytes", loading->total_bytes);
    return loading->findings->errors == before ? index : -1;
}

/* -- compiling -- */

struct compiling {
    const struct vb_read_file *file;
    const char *chunk;
};

static int compile(lua_State *L)
{
    const struct compiling *compiling = lua_touserdata(L, 1);
    vb_sandbox_compile(L, compiling->file->bytes, compiling->file->len, compiling->chunk);
    return 1;
}

void vb_modules_compile(lua_State *L, struct vb_loading *loading, int file)
{
    struct compiling compiling = {
        .file = &loading->files[file],
        .chunk = vb_arena_printf(&loading->scratch, "=%s", loading->files[file].path),
    };
    lua_pushcfunction(L, compile);
    lua_pushlightuserdata(L, &compiling);
    int status = lua_pcall(L, 1, 1, 0);
    if (status == LUA_OK)
        return;
    if (status == LUA_ERRRUN && lua_type(L, -1) == LUA_TSTRING &&
        strchr(lua_tostring(L, -1), ':') != NULL) {
        vb_tell_lua(loading, lua_tostring(L, -1), file, true);
        lua_pushstring(L, vb_already_told);
    }
    lua_error(L);
}

/* -- require -- */

static struct vb_place caller(lua_State *L, struct vb_loading *loading)
{
    lua_Debug ar;
    struct vb_place place = { .file = -1 };
    if (lua_getstack(L, 1, &ar) && lua_getinfo(L, "Sl", &ar) && ar.source[0] == '=') {
        place.file = vb_modules_file(loading, ar.source + 1);
        place.line = ar.currentline;
    }
    return place;
}

static int raise_told(lua_State *L)
{
    lua_pushstring(L, vb_already_told);
    return lua_error(L);
}

static bool module_name_ok(const char *name)
{
    if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") != strlen(name) || name[0] == '.' ||
        name[0] == '\0')
        return false;
    for (const char *dot = strchr(name, '.'); dot != NULL; dot = strchr(dot + 1, '.'))
        if (dot[1] == '.' || dot[1] == '\0')
            return false;
    return strlen(name) < 200;
}

static const char *path_of(struct vb_loading *loading, const char *name)
{
    char *path = vb_arena_printf(&loading->scratch, "%s.lua", name);
    for (size_t i = 0; i < strlen(name); i++)
        if (path[i] == '.')
            path[i] = '/';
    return path;
}

/* agree.fiv: a name the module does not have is told, and nil. */
static int missing_name(lua_State *L)
{
    struct vb_loading *loading = vb_sandbox_host(L);
    struct vb_place place = caller(L, loading);
    const char *names[256];
    size_t count = 0;
    if (lua_type(L, 2) != LUA_TSTRING)
        return 0;
    const char *name = lua_tostring(L, 2);
    for (lua_pushnil(L); lua_next(L, 1) != 0 && count < 256; lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING)
            names[count++] = lua_tostring(L, -2);
    const char *guess = vb_did_you_mean(name, names, count);
    vb_complain(loading, VB_ERROR, &place, "unknown-name",
                guess != NULL ? vb_arena_printf(&loading->scratch, "did you mean '%s'?", guess)
                              : "the file that was required returns no such name",
                "there is no '%s' in what was required", name);
    return 0;
}

static void watch_names(lua_State *L)
{
    if (lua_type(L, -1) != LUA_TTABLE || lua_getmetatable(L, -1)) {
        if (lua_type(L, -1) == LUA_TTABLE)
            lua_pop(L, 1);
        return;
    }
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, missing_name);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

/* The module ran; its value lies on top, its name at 1. */
static int finish_require(lua_State *L, int status, lua_KContext ctx)
{
    (void)status;
    (void)ctx;
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, true);
    }
    watch_names(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &modules_key);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    return 1;
}

static int run_module(lua_State *L, struct vb_loading *loading, const struct vb_place *place)
{
    const char *name = lua_tostring(L, 1);
    int file = vb_read_file(loading, path_of(loading, name), place);
    if (file < 0)
        return raise_told(L);
    vb_modules_compile(L, loading, file);
    vb_script_add_module(loading->script, L, name);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &modules_key);
    lua_pushvalue(L, 1);
    lua_pushlightuserdata(L, (void *)&running_key);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    lua_callk(L, 0, 1, 0, finish_require);
    return finish_require(L, LUA_OK, 0);
}

static int require(lua_State *L)
{
    struct vb_loading *loading = vb_sandbox_host(L);
    struct vb_place place = caller(L, loading);
    if (lua_type(L, 1) != LUA_TSTRING || !module_name_ok(lua_tostring(L, 1))) {
        vb_complain(loading, VB_ERROR, &place, "module-name",
                    "use names of a-z, 0-9 and -, joined by dots: require \"shared.agree\"",
                    "require was given a name it does not take");
        return raise_told(L);
    }
    lua_settop(L, 1);
    if (strcmp(lua_tostring(L, 1), "verbond") == 0) {
        vb_modules_push_verbond(L);
        return 1;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &modules_key);
    lua_pushvalue(L, 1);
    lua_rawget(L, -2);
    if (lua_touserdata(L, -1) == &running_key) {
        vb_complain(loading, VB_ERROR, &place, "require-cycle",
                    "move what both need into a third file", "\"%s\" requires itself in the end",
                    lua_tostring(L, 1));
        return raise_told(L);
    }
    if (!lua_isnil(L, -1))
        return 1;
    lua_settop(L, 1);
    return run_module(L, loading, &place);
}

void vb_modules_open(lua_State *L, const struct vb_construct *construct)
{
    vb_construct_push(L, construct);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &verbond_key);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &modules_key);
    lua_pushcfunction(L, require);
    vb_sandbox_set_global(L, "require");
}

void vb_modules_push_verbond(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &verbond_key);
}
