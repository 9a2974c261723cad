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
 * script's table is written once, at the end. A comparison may be stopped in its middle (the end of
 * a slice) or for good, so what the sort knows lies in a userdata and it goes on from there.
 * Stack: 1 the table, 2 the comparison, 3 and 4 the lists, 5 the struct below. */
enum { COMPARISON = 2, LIST = 3, STATE = 5, STEPS = 256 };
struct sorting {
    lua_Integer len, width;        /* what is sorted already: runs of width */
    lua_Integer left, middle, end; /* the two runs that are being merged */
    lua_Integer at, right, put;    /* next of the left one, of the right one, and where it goes */
    int list, into;                /* stack indexes */
    unsigned steps;
};

/* Comparing long strings is work no hook sees; with zero bytes in them it is slow work. */
static void charge_comparison(lua_State *L)
{
    if (lua_type(L, -1) == LUA_TSTRING && lua_type(L, -2) == LUA_TSTRING) {
        size_t one = lua_rawlen(L, -1), other = lua_rawlen(L, -2);
        vb_sandbox_charge(L, (int64_t)(one < other ? one : other) / 4);
    }
}

static lua_Integer least(lua_Integer a, lua_Integer b)
{
    return a < b ? a : b;
}

static void begin_runs(struct sorting *sort, lua_Integer left)
{
    sort->left = sort->at = sort->put = left;
    sort->middle = sort->right = least(left + sort->width, sort->len + 1);
    sort->end = least(left + 2 * sort->width, sort->len + 1);
}

/* The next place that is not filled yet; false when all is sorted. */
static bool next_place(struct sorting *sort)
{
    while (sort->put >= sort->end) {
        if (sort->end <= sort->len) {
            begin_runs(sort, sort->end);
            continue;
        }
        int swap = sort->list;
        sort->list = sort->into;
        sort->into = swap;
        sort->width *= 2;
        if (sort->width >= sort->len)
            return false;
        begin_runs(sort, 1);
    }
    return true;
}

static void put(lua_State *L, struct sorting *sort, bool from_right)
{
    lua_rawgeti(L, sort->list, from_right ? sort->right++ : sort->at++);
    lua_rawseti(L, sort->into, sort->put++);
}

static int sort_on(lua_State *L, struct sorting *sort);

/* The comparison's result is on top. */
static int compared(lua_State *L, int status, lua_KContext ctx)
{
    struct sorting *sort = lua_touserdata(L, STATE);
    bool before = lua_toboolean(L, -1);
    (void)status;
    (void)ctx;
    lua_pop(L, 1);
    put(L, sort, before);
    return sort_on(L, sort);
}

/* Puts the two next elements on the stack, the right one first: does it go before the left one? */
static bool goes_before(lua_State *L, struct sorting *sort)
{
    bool own = !lua_isnil(L, COMPARISON), before;
    if (own)
        lua_pushvalue(L, COMPARISON);
    lua_rawgeti(L, sort->list, sort->right);
    lua_rawgeti(L, sort->list, sort->at);
    if (own) {
        lua_callk(L, 2, 1, 0, compared);
        before = lua_toboolean(L, -1);
        lua_pop(L, 1);
        return before;
    }
    charge_comparison(L);
    before = lua_compare(L, -2, -1, LUA_OPLT);
    lua_pop(L, 2);
    return before;
}

static int paused(lua_State *L, int status, lua_KContext ctx)
{
    (void)status;
    (void)ctx;
    return sort_on(L, lua_touserdata(L, STATE));
}

static int sort_on(lua_State *L, struct sorting *sort)
{
    while (next_place(sort)) {
        if (++sort->steps % STEPS == 0 && vb_sandbox_pause(L))
            return lua_yieldk(L, 0, 0, paused);
        bool from_right = sort->at >= sort->middle;
        if (!from_right && sort->right < sort->end)
            from_right = goes_before(L, sort);
        put(L, sort, from_right);
    }
    for (lua_Integer i = 1; i <= sort->len; i++) {
        lua_rawgeti(L, sort->list, i);
        lua_rawseti(L, 1, i);
    }
    return 0;
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
    if (len < 2)
        return 0;
    lua_createtable(L, (int)len, 0);
    lua_createtable(L, (int)len, 0);
    struct sorting *sort = lua_newuserdatauv(L, sizeof *sort, 0);
    *sort = (struct sorting){ .len = len, .width = 1, .list = LIST, .into = LIST + 1 };
    for (lua_Integer i = 1; i <= len; i++) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, LIST, i);
    }
    begin_runs(sort, 1);
    return sort_on(L, sort);
}

const luaL_Reg vb_lib_table[] = {
    { "concat", table_concat }, { "insert", table_insert },
    { "move", table_move },     { "pack", table_pack },
    { "remove", table_remove }, { "sort", table_sort },
    { "unpack", table_unpack }, { NULL, NULL },
};
