/* lib.c - the names a script can reach.
 *
 *   globals   an empty table; reads fall through to the store, writes are refused
 *   store     filled with a name when a script first reads it: most scripts need few, and a fresh
 *             state has to cost next to nothing
 *
 * Each library table is built the same way, so that no script can change what another part of it
 * (or the next run of it) finds. */
#include <string.h>

#include "base/str.h"
#include "script/sandbox_box.h"

struct library {
    const char *name;
    const luaL_Reg *functions;
    void (*constants)(lua_State *L);
};
static const struct library libraries[] = {
    { "math", vb_lib_math, vb_lib_math_constants },
    { "string", vb_lib_string, NULL },
    { "table", vb_lib_table, NULL },
    { "utf8", vb_lib_utf8, NULL },
};
enum { LIBRARIES = sizeof libraries / sizeof libraries[0], NAMES_MAX = 64 };

/* What authors may know from elsewhere and will not find. */
static const char *const absent[] = {
    "collectgarbage", "coroutine", "debug",        "dofile",  "getmetatable", "io",       "load",
    "loadfile",       "next",      "os",           "package", "print",        "rawequal", "rawget",
    "rawlen",         "rawset",    "setmetatable", "warn",    "xpcall",       "_G",
};

static bool is_absent(const char *name)
{
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        if (strcmp(absent[i], name) == 0)
            return true;
    return false;
}

/* -- sealed tables ------------------------------------------------------------------------------*/

static int refuse_write(lua_State *L)
{
    return luaL_error(L, "%s cannot be changed", lua_tostring(L, lua_upvalueindex(1)));
}

static int refuse_read(lua_State *L)
{
    const char *what = lua_tostring(L, lua_upvalueindex(1));
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "%s has no such field", what);
    return luaL_error(L, "%s.%s is not available in the sandbox", what, lua_tostring(L, 2));
}

void vb_lib_seal(lua_State *L, const char *what)
{
    int store = lua_gettop(L);
    luaL_checkstack(L, 6, NULL);
    lua_pushstring(L, what);
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, store + 1);
    lua_pushcclosure(L, refuse_read, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, store);

    lua_createtable(L, 0, 0);
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, store);
    lua_setfield(L, -2, "__index");
    lua_pushvalue(L, store + 1);
    lua_pushcclosure(L, refuse_write, 1);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    lua_replace(L, store);
    lua_settop(L, store);
}

/* -- the store ----------------------------------------------------------------------------------*/

static void push_library(lua_State *L, const struct library *library)
{
    lua_createtable(L, 0, 16);
    luaL_setfuncs(L, library->functions, 0);
    if (library->constants != NULL)
        library->constants(L);
    vb_lib_seal(L, library->name);
}

static const luaL_Reg *base_function(const char *name)
{
    for (const luaL_Reg *reg = vb_lib_base; reg->name != NULL; reg++)
        if (strcmp(reg->name, name) == 0)
            return reg;
    return NULL;
}

/* Pushes what the name stands for and keeps it in the store; false: nothing does. */
static bool fill(lua_State *L, int store, const char *name)
{
    const luaL_Reg *reg = base_function(name);
    size_t i = 0;
    while (i < LIBRARIES && strcmp(libraries[i].name, name) != 0)
        i++;
    if (reg != NULL)
        lua_pushcfunction(L, reg->func);
    else if (i < LIBRARIES)
        push_library(L, &libraries[i]);
    else
        return false;
    lua_pushvalue(L, -1);
    lua_setfield(L, store, name);
    return true;
}

static int unknown_name(lua_State *L, const char *name)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    if (strcmp(name, "require") == 0)
        return luaL_error(L, "require works only while the instrument loads: put it at the top of "
                             "the file");
    if (is_absent(name))
        return luaL_error(L, "'%s' is not available in the sandbox", name);
    for (const luaL_Reg *reg = vb_lib_base; reg->name != NULL && count < NAMES_MAX; reg++)
        names[count++] = reg->name;
    for (size_t i = 0; i < LIBRARIES && count < NAMES_MAX; i++)
        names[count++] = libraries[i].name;
    const char *meant = vb_did_you_mean(name, names, count);
    if (meant != NULL)
        return luaL_error(L, "there is no '%s' here; did you mean '%s'?", name, meant);
    return luaL_error(L, "there is no '%s' here; declare it with local before it is used", name);
}

static int read_global(lua_State *L)
{
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "global names are strings");
    const char *name = lua_tostring(L, 2);
    return fill(L, 1, name) ? 1 : unknown_name(L, name);
}

static int write_global(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    return luaL_error(L, "'%s' would be a global: declare it local", name);
}

/* Pushes the store. */
static void push_store(lua_State *L)
{
    lua_pushglobaltable(L);
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    lua_replace(L, -3);
    lua_pop(L, 1);
}

/* ("text"):upper(): the first use puts the string library in its own place. */
static int index_string(lua_State *L)
{
    lua_settop(L, 2);
    lua_getmetatable(L, 1);
    push_store(L);
    lua_getfield(L, -1, "string");
    lua_pushvalue(L, -1);
    lua_setfield(L, 3, "__index");
    lua_pushvalue(L, 2);
    lua_gettable(L, -2);
    return 1;
}

static void open_strings(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, index_string);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

void vb_lib_open(lua_State *L)
{
    lua_pushglobaltable(L);
    lua_createtable(L, 0, 2);
    lua_createtable(L, 0, 8);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, read_global);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_global);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
    open_strings(L);
}

void vb_lib_fill(lua_State *L)
{
    push_store(L);
    int store = lua_gettop(L);
    for (const luaL_Reg *reg = vb_lib_base; reg->name != NULL; reg++)
        lua_getfield(L, store, reg->name);
    for (size_t i = 0; i < LIBRARIES; i++)
        lua_getfield(L, store, libraries[i].name);
    lua_settop(L, store - 1);
}

void vb_sandbox_set_global(lua_State *L, const char *name)
{
    push_store(L);
    lua_insert(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

static bool has(const luaL_Reg *functions, lua_CFunction function)
{
    while (functions->name != NULL && functions->func != function)
        functions++;
    return functions->name != NULL;
}

bool vb_lib_has(lua_CFunction function)
{
    for (size_t i = 0; i < LIBRARIES; i++)
        if (has(libraries[i].functions, function))
            return true;
    return has(vb_lib_base, function);
}

/* Only looks: no string is made, so nothing can raise. */
const char *vb_lib_name(lua_State *L, int index)
{
    const char *found = NULL;
    index = lua_absindex(L, index);
    push_store(L);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        for (size_t i = 0; i < LIBRARIES; i++)
            if (lua_rawequal(L, -1, index) && strcmp(lua_tostring(L, -2), libraries[i].name) == 0)
                found = libraries[i].name;
    lua_pop(L, 1);
    return found;
}
