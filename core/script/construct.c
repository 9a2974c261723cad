#include "script/construct.h"

#include <lauxlib.h>
#include <string.h>

#include "base/str.h"

static const char node_key; /* its address is the metatable's place in the registry */

enum { NODE_TABLE = 1, NODE_ID, NODE_SOURCE, NODE_PARTS = NODE_SOURCE };

/* Where the call was made: pushes the chunk's name, returns the line. */
static int push_place(lua_State *L)
{
    lua_Debug ar;
    if (lua_getstack(L, 1, &ar) && lua_getinfo(L, "Sl", &ar) && ar.source[0] == '=') {
        lua_pushstring(L, ar.source + 1);
        return ar.currentline;
    }
    lua_pushliteral(L, "");
    return 0;
}

/* Tells of a misuse at the caller's line; the message and the mend lie on top and are popped. */
static void tell(lua_State *L, const struct vb_construct *construct, const char *code)
{
    const char *message = lua_tostring(L, -2), *mend = lua_tostring(L, -1);
    if (construct->tell == NULL)
        luaL_error(L, "%s: %s", message, mend);
    int line = push_place(L);
    construct->tell(construct->ctx, lua_tostring(L, -1), line, code, message, mend);
    lua_pop(L, 3);
}

static struct vb_node *push_node(lua_State *L, const struct vb_constructor *constructor)
{
    struct vb_node *node = lua_newuserdatauv(L, sizeof *node, NODE_PARTS);
    *node = (struct vb_node){ .constructor = constructor };
    lua_rawgetp(L, LUA_REGISTRYINDEX, &node_key);
    lua_setmetatable(L, -2);
    node->line = push_place(L);
    lua_setiuservalue(L, -2, NODE_SOURCE);
    return node;
}

static const struct vb_construct *construct_of(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(2));
}

static const struct vb_constructor *list_of(const struct vb_construct *construct)
{
    return construct->list == NULL ? vb_constructors : construct->list;
}

static int count_of(const struct vb_construct *construct)
{
    return construct->list == NULL ? VB_CONSTRUCTOR_COUNT : construct->count;
}

/* The node on top gets the table at index; a stranger there is told and counts as empty. */
static void give_table(lua_State *L, struct vb_node *node, int index)
{
    node->has_table = true;
    if (lua_type(L, index) == LUA_TTABLE) {
        lua_pushvalue(L, index);
        lua_setiuservalue(L, -2, NODE_TABLE);
        return;
    }
    lua_pushfstring(L, "v.%s was given %s instead of its table", node->constructor->name,
                    luaL_typename(L, index));
    lua_pushfstring(L, "write v.%s%s { ... }", node->constructor->name,
                    node->constructor->shape == VB_SHAPE_ID ? " \"id\"" : "");
    tell(L, construct_of(L), "wrong-call");
}

static int make_with_id(lua_State *L)
{
    const struct vb_constructor *constructor = lua_touserdata(L, lua_upvalueindex(1));
    push_node(L, constructor);
    if (lua_type(L, 1) == LUA_TSTRING) {
        lua_pushvalue(L, 1);
        lua_setiuservalue(L, -2, NODE_ID);
        return 1;
    }
    lua_pushfstring(L, "v.%s was given %s instead of its id", constructor->name,
                    lua_gettop(L) > 1 ? luaL_typename(L, 1) : "nothing");
    lua_pushfstring(L, "write v.%s \"id\" { ... }", constructor->name);
    tell(L, construct_of(L), "wrong-call");
    return 1;
}

static int make_with_table(lua_State *L)
{
    struct vb_node *node = push_node(L, lua_touserdata(L, lua_upvalueindex(1)));
    give_table(L, node, lua_gettop(L) > 1 ? 1 : 2);
    return 1;
}

static int make_with_args(lua_State *L)
{
    int count = lua_gettop(L);
    struct vb_node *node = push_node(L, lua_touserdata(L, lua_upvalueindex(1)));
    lua_createtable(L, count, 0);
    for (int i = 1; i <= count; i++) {
        lua_pushvalue(L, i);
        lua_rawseti(L, -2, i);
    }
    lua_setiuservalue(L, -2, NODE_TABLE);
    node->has_table = true;
    return 1;
}

static int make_unknown(lua_State *L)
{
    push_node(L, &vb_constructors[VB_MAKE_UNKNOWN])->has_table = true;
    return 1;
}

/* The second call of v.likert "id" { ... }. */
static int call_node(lua_State *L)
{
    struct vb_node *node = lua_touserdata(L, 1);
    lua_settop(L, 2);
    if (node->constructor->id == VB_MAKE_UNKNOWN) {
        lua_settop(L, 1);
        return 1;
    }
    lua_pushvalue(L, 1);
    if (!node->has_table) {
        give_table(L, node, 2);
        return 1;
    }
    lua_pushfstring(L, "this v.%s already has its table", node->constructor->name);
    lua_pushliteral(L, "a comma is missing before this table, or one pair of braces is too many");
    tell(L, construct_of(L), "wrong-call");
    return 1;
}

/* v.likrt: told once here; a stand-in lets the rest of the file be checked too. */
static int unknown_constructor(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    const char *names[VB_CONSTRUCTOR_COUNT];
    const struct vb_construct *construct = construct_of(L);
    size_t count = 0;
    for (int i = 0; i < count_of(construct); i++)
        if (list_of(construct)[i].shape != VB_SHAPE_PLAIN)
            names[count++] = list_of(construct)[i].name;
    const char *guess = vb_did_you_mean(name, names, count);
    lua_pushfstring(L, "there is no constructor v.%s", name);
    if (guess != NULL)
        lua_pushfstring(L, "did you mean v.%s?", guess);
    else
        lua_pushfstring(L, "%s lists them",
                        construct->page == NULL ? "docs/reference/lua.md" : construct->page);
    tell(L, construct, "unknown-constructor");
    lua_pushcfunction(L, make_unknown);
    return 1;
}

static int refuse_change(lua_State *L)
{
    return luaL_error(L, "the module verbond cannot be changed");
}

static void set_function(lua_State *L, const char *name, lua_CFunction function,
                         const struct vb_construct *construct)
{
    lua_pushnil(L);
    lua_pushlightuserdata(L, (void *)construct);
    lua_pushcclosure(L, function, 2);
    lua_setfield(L, -2, name);
}

static void make_metatable(lua_State *L, const struct vb_construct *construct)
{
    lua_createtable(L, 0, 3);
    set_function(L, "__call", call_node, construct);
    lua_pushliteral(L, "verbond node");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &node_key);
}

static void push_constructor(lua_State *L, const struct vb_constructor *constructor,
                             const struct vb_construct *construct)
{
    static const lua_CFunction makers[] = {
        [VB_SHAPE_ID] = make_with_id,
        [VB_SHAPE_TABLE] = make_with_table,
        [VB_SHAPE_ARGS] = make_with_args,
    };
    if (constructor->shape == VB_SHAPE_VALUE) {
        push_node(L, constructor)->has_table = true;
        return;
    }
    lua_pushlightuserdata(L, (void *)constructor);
    lua_pushlightuserdata(L, (void *)construct);
    lua_pushcclosure(L, makers[constructor->shape], 2);
}

void vb_construct_push(lua_State *L, const struct vb_construct *construct)
{
    luaL_checkstack(L, 8, "constructors");
    make_metatable(L, construct);
    lua_createtable(L, 0, count_of(construct));
    for (int i = 0; i < count_of(construct); i++) {
        const struct vb_constructor *constructor = &list_of(construct)[i];
        if (constructor->shape == VB_SHAPE_PLAIN || constructor->name == NULL)
            continue;
        push_constructor(L, constructor, construct);
        lua_setfield(L, -2, constructor->name);
    }
    lua_createtable(L, 0, 3);
    set_function(L, "__index", unknown_constructor, construct);
    set_function(L, "__newindex", refuse_change, construct);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

const struct vb_node *vb_node_at(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index))
        return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &node_key);
    bool ours = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return ours ? lua_touserdata(L, index) : NULL;
}

void vb_node_push_table(lua_State *L, int index)
{
    lua_getiuservalue(L, index, NODE_TABLE);
}

void vb_node_push_id(lua_State *L, int index)
{
    lua_getiuservalue(L, index, NODE_ID);
}

void vb_node_push_source(lua_State *L, int index)
{
    lua_getiuservalue(L, index, NODE_SOURCE);
}
