/* lib_table.c - lists. Tables are read and written past any metatable, so that the length is the
 * length and no loop here is longer than the table. Every function charges for the elements it
 * touches. */
#include <limits.h>

#include "script/sandbox_box.h"

static lua_Integer list_length(lua_State *L, int arg)
{
    luaL_checktype(L, arg, LUA_TTABLE);
    if (luaL_getmetafield(L, arg, "__newindex") != LUA_TNIL)
        luaL_argerror(L, arg, "a list was expected"); /* a sealed table */
    return (lua_Integer)lua_rawlen(L, arg);
}

static int64_t range_size(lua_Integer from, lua_Integer to)
{
    lua_Unsigned size = (lua_Unsigned)to - (lua_Unsigned)from;
    return from > to ? 0 : size >= INT_MAX ? INT_MAX : (int64_t)size + 1;
}

static int table_insert(lua_State *L)
{
    lua_Integer len = list_length(L, 1), at = len + 1;
    int count = lua_gettop(L);
    if (count == 3) {
        at = luaL_checkinteger(L, 2);
        luaL_argcheck(L, at >= 1 && at <= len + 1, 2, "position out of bounds");
    } else if (count != 2) {
        return luaL_error(L, "table.insert takes a list, a position if you wish, and a value");
    }
    vb_sandbox_charge(L, range_size(at, len));
    for (lua_Integer i = len; i >= at; i--) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 1, i + 1);
    }
    lua_settop(L, count);
    lua_rawseti(L, 1, at);
    return 0;
}

static int table_remove(lua_State *L)
{
    lua_Integer len = list_length(L, 1), at = luaL_optinteger(L, 2, len);
    if (lua_gettop(L) > 1 && len + 1 != at)
        luaL_argcheck(L, (at >= 1 && at <= len) || (len == 0 && at == 0), 2,
                      "position out of bounds");
    vb_sandbox_charge(L, range_size(at, len));
    lua_rawgeti(L, 1, at);
    for (; at < len; at++) {
        lua_rawgeti(L, 1, at + 1);
        lua_rawseti(L, 1, at);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, at);
    return 1;
}

static int table_concat(lua_State *L)
{
    size_t between_len, total = 0;
    luaL_Buffer buffer;
    lua_Integer len = list_length(L, 1);
    const char *between = luaL_optlstring(L, 2, "", &between_len);
    lua_Integer from = luaL_optinteger(L, 3, 1), to = luaL_optinteger(L, 4, len);
    int64_t count = range_size(from, to);
    vb_sandbox_charge(L, count);
    luaL_buffinit(L, &buffer);
    for (int64_t i = 0; i < count; i++) {
        size_t piece;
        int type = lua_rawgeti(L, 1, from + i);
        if (type != LUA_TSTRING && type != LUA_TNUMBER)
            luaL_error(L, "table.concat: element %I is a %s, not a string or a number",
                       (LUAI_UACINT)(from + i), lua_typename(L, type));
        lua_tolstring(L, -1, &piece);
        total += piece + (i + 1 < count ? between_len : 0);
        vb_sandbox_charge(L, (int64_t)(piece / 16));
        if (total > vb_sandbox_of(L)->limits.string_bytes)
            vb_sandbox_string(L, total);
        luaL_addvalue(&buffer);
        if (i + 1 < count)
            luaL_addlstring(&buffer, between, between_len);
    }
    luaL_pushresult(&buffer);
    return 1;
}

static int table_pack(lua_State *L)
{
    int count = lua_gettop(L);
    vb_sandbox_charge(L, count);
    lua_createtable(L, count, 1);
    lua_insert(L, 1);
    for (int i = count; i >= 1; i--)
        lua_rawseti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

static int table_unpack(lua_State *L)
{
    lua_Integer len = list_length(L, 1);
    lua_Integer from = luaL_optinteger(L, 2, 1), to = luaL_optinteger(L, 3, len);
    int64_t count = range_size(from, to);
    vb_sandbox_charge(L, count);
    if (count >= INT_MAX || !lua_checkstack(L, (int)count))
        return luaL_error(L, "table.unpack: too many results");
    for (int64_t i = 0; i < count; i++)
        lua_rawgeti(L, 1, from + i);
    return (int)count;
}

static int table_move(lua_State *L)
{
    list_length(L, 1);
    lua_Integer from = luaL_checkinteger(L, 2), end = luaL_checkinteger(L, 3);
    lua_Integer to = luaL_checkinteger(L, 4);
    int into = lua_isnoneornil(L, 5) ? 1 : 5;
    if (into == 5)
        list_length(L, 5);
    int64_t count = range_size(from, end);
    luaL_argcheck(L, count == 0 || to <= LUA_MAXINTEGER - count + 1, 4, "position out of bounds");
    vb_sandbox_charge(L, count);
    bool backwards = into == 1 && to > from;
    for (int64_t i = 0; i < count; i++) {
        int64_t step = backwards ? count - 1 - i : i;
        lua_rawgeti(L, 1, from + step);
        lua_rawseti(L, into, to + step);
    }
    lua_pushvalue(L, into);
    return 1;
}

/* -- sort ---------------------------------------------------------------------------------------*/

/* A merge sort between two lists of its own: stable, finite whatever the comparison says, and the
 * script's table is written once, at the end. Stack: 1 the table, 2 the comparison, 3 and 4 the
 * lists. */
enum { COMPARISON = 2 };

/* Comparing long strings is work no hook sees; with zero bytes in them it is slow work. */
static void charge_comparison(lua_State *L)
{
    if (lua_type(L, -1) == LUA_TSTRING && lua_type(L, -2) == LUA_TSTRING) {
        size_t one = lua_rawlen(L, -1), other = lua_rawlen(L, -2);
        vb_sandbox_charge(L, (int64_t)(one < other ? one : other) / 4);
    }
}

/* Does the element at right of the list go before the one at left? */
static bool goes_before(lua_State *L, int list, lua_Integer right, lua_Integer left)
{
    bool own = !lua_isnil(L, COMPARISON), before;
    if (own)
        lua_pushvalue(L, COMPARISON);
    lua_rawgeti(L, list, right);
    lua_rawgeti(L, list, left);
    if (own) {
        lua_call(L, 2, 1);
        before = lua_toboolean(L, -1);
        lua_pop(L, 1);
        return before;
    }
    charge_comparison(L);
    before = lua_compare(L, -2, -1, LUA_OPLT);
    lua_pop(L, 2);
    return before;
}

static void merge(lua_State *L, int list, int into, lua_Integer left, lua_Integer middle,
                  lua_Integer end)
{
    lua_Integer right = middle;
    for (lua_Integer at = left, put = left; put < end; put++) {
        bool from_right = at >= middle || (right < end && goes_before(L, list, right, at));
        lua_rawgeti(L, list, from_right ? right++ : at++);
        lua_rawseti(L, into, put);
    }
}

static lua_Integer least(lua_Integer a, lua_Integer b)
{
    return a < b ? a : b;
}

static int table_sort(lua_State *L)
{
    lua_Integer len = list_length(L, 1);
    int64_t rounds = 1;
    if (!lua_isnoneornil(L, COMPARISON))
        luaL_checktype(L, COMPARISON, LUA_TFUNCTION);
    lua_settop(L, COMPARISON);
    for (lua_Integer width = 1; width < len; width *= 2)
        rounds++;
    vb_sandbox_charge(L, rounds * len);
    lua_createtable(L, (int)len, 0);
    lua_createtable(L, (int)len, 0);
    int list = 3, into = 4;
    for (lua_Integer i = 1; i <= len; i++) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, list, i);
    }
    for (lua_Integer width = 1; width < len; width *= 2) {
        for (lua_Integer left = 1; left <= len; left += 2 * width)
            merge(L, list, into, left, least(left + width, len + 1),
                  least(left + 2 * width, len + 1));
        int swap = list;
        list = into;
        into = swap;
    }
    for (lua_Integer i = 1; i <= len; i++) {
        lua_rawgeti(L, list, i);
        lua_rawseti(L, 1, i);
    }
    return 0;
}

const luaL_Reg vb_lib_table[] = {
    { "concat", table_concat }, { "insert", table_insert },
    { "move", table_move },     { "pack", table_pack },
    { "remove", table_remove }, { "sort", table_sort },
    { "unpack", table_unpack }, { NULL, NULL },
};
