/* lib_base.c - the globals: what Lua's own base library has and a script may have, without
 * addresses and without the order of a hash table. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "script/sandbox_box.h"

/* -- errors -------------------------------------------------------------------------------------*/

static int base_assert(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_toboolean(L, 1))
        return lua_gettop(L);
    if (lua_isnoneornil(L, 2))
        return luaL_error(L, "assertion failed");
    if (lua_type(L, 2) != LUA_TSTRING) {
        lua_settop(L, 2);
        return lua_error(L);
    }
    luaL_where(L, 1);
    lua_pushvalue(L, 2);
    lua_concat(L, 2);
    return lua_error(L);
}

static int base_error(lua_State *L)
{
    lua_Integer level = luaL_optinteger(L, 2, 1);
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING && level > 0 && level < 100) {
        luaL_where(L, (int)level);
        lua_insert(L, 1);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

bool vb_lib_raises(lua_CFunction function)
{
    return function == base_error || function == base_assert;
}

static int finish_pcall(lua_State *L, int status, lua_KContext ctx)
{
    (void)ctx;
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

/* With a continuation, so that the hook can yield through any number of these: a level that could
 * not be yielded through would be one the script can hide behind. */
static int base_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall);
    return finish_pcall(L, status, 0);
}

/* -- values -------------------------------------------------------------------------------------*/

static int base_select(lua_State *L)
{
    int count = lua_gettop(L);
    vb_sandbox_charge(L, count / 16);
    if (lua_type(L, 1) == LUA_TSTRING && strcmp(lua_tostring(L, 1), "#") == 0) {
        lua_pushinteger(L, count - 1);
        return 1;
    }
    lua_Integer from = luaL_checkinteger(L, 1);
    if (from < 0)
        from += count;
    luaL_argcheck(L, from >= 1, 1, "index out of range");
    return from >= count ? 0 : count - (int)from;
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 36;
}

/* Pushes the integer that text stands for in this base, wrapping around; false: none. */
static bool push_in_base(lua_State *L, const char *text, int base)
{
    static const char spaces[] = " \t\n\v\f\r";
    lua_Unsigned number = 0;
    text += strspn(text, spaces);
    bool negative = *text == '-';
    text += negative;
    if (digit_value(*text) >= base)
        return false;
    while (digit_value(*text) < base)
        number = number * (lua_Unsigned)base + (lua_Unsigned)digit_value(*text++);
    if (text[strspn(text, spaces)] != '\0')
        return false;
    lua_pushinteger(L, (lua_Integer)(negative ? 0u - number : number));
    return true;
}

static int base_tonumber(lua_State *L)
{
    size_t len;
    luaL_checkany(L, 1);
    if (lua_isnoneornil(L, 2) && lua_type(L, 1) == LUA_TNUMBER) {
        lua_settop(L, 1);
        return 1;
    }
    if (lua_isnoneornil(L, 2)) {
        const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &len) : NULL;
        if (text != NULL)
            vb_sandbox_charge(L, (int64_t)(len / 16));
        if (text == NULL || lua_stringtonumber(L, text) != len + 1)
            lua_pushnil(L);
        return 1;
    }
    lua_Integer base = luaL_checkinteger(L, 2);
    luaL_checktype(L, 1, LUA_TSTRING);
    luaL_argcheck(L, base >= 2 && base <= 36, 2, "a base lies in 2..36");
    const char *text = lua_tolstring(L, 1, &len);
    vb_sandbox_charge(L, (int64_t)(len / 16));
    if (strlen(text) != len || !push_in_base(L, text, (int)base))
        lua_pushnil(L);
    return 1;
}

/* Without addresses: they differ from run to run. */
static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    switch (lua_type(L, 1)) {
    case LUA_TNUMBER:
    case LUA_TSTRING:
        lua_settop(L, 1);
        lua_tostring(L, 1);
        return 1;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, 1) ? "true" : "false");
        return 1;
    default:
        lua_pushstring(L, luaL_typename(L, 1));
        return 1;
    }
}

static int base_type(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

/* -- iteration ----------------------------------------------------------------------------------*/

static int ipairs_step(lua_State *L)
{
    lua_Integer i = luaL_checkinteger(L, 2);
    if (i == LUA_MAXINTEGER)
        return 0;
    lua_settop(L, 1);
    lua_pushinteger(L, i + 1);
    return lua_geti(L, 1, i + 1) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushcfunction(L, ipairs_step);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/* A key as qsort sees it. The bytes belong to the string in the list of keys. */
struct key {
    uint8_t type; /* LUA_T..., in the order boolean, number, string */
    bool whole;
    uint32_t len;
    union {
        bool boolean;
        lua_Integer integer;
        lua_Number number;
        const char *bytes;
    } is;
};

/* A float key is never whole (Lua makes it an integer key), unless it is past the integers. */
static int integer_with_float(lua_Integer integer, lua_Number number)
{
    if (number >= 0x1p63)
        return -1;
    if (number < -0x1p63)
        return 1;
    return integer <= (lua_Integer)floor(number) ? -1 : 1;
}

static int compare_numbers(const struct key *a, const struct key *b)
{
    if (a->whole && b->whole)
        return a->is.integer < b->is.integer ? -1 : a->is.integer > b->is.integer;
    if (a->whole)
        return integer_with_float(a->is.integer, b->is.number);
    if (b->whole)
        return -integer_with_float(b->is.integer, a->is.number);
    return a->is.number < b->is.number ? -1 : a->is.number > b->is.number;
}

static int compare_keys(const struct key *a, const struct key *b)
{
    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    if (a->type == LUA_TBOOLEAN)
        return (int)a->is.boolean - (int)b->is.boolean;
    if (a->type == LUA_TNUMBER)
        return compare_numbers(a, b);
    int order = memcmp(a->is.bytes, b->is.bytes, a->len < b->len ? a->len : b->len);
    return order != 0 ? order : a->len < b->len ? -1 : a->len > b->len;
}

static void sift_down(struct key *keys, size_t from, size_t count)
{
    for (size_t child; (child = 2 * from + 1) < count; from = child) {
        if (child + 1 < count && compare_keys(&keys[child], &keys[child + 1]) < 0)
            child++;
        if (compare_keys(&keys[from], &keys[child]) >= 0)
            return;
        struct key swap = keys[from];
        keys[from] = keys[child];
        keys[child] = swap;
    }
}

/* Heap sort: keys are never equal, and it needs no memory of its own (qsort may take some). */
static void sort_keys(struct key *keys, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sift_down(keys, i, count);
    for (size_t end = count; end-- > 1;) {
        struct key swap = keys[0];
        keys[0] = keys[end];
        keys[end] = swap;
        sift_down(keys, 0, end);
    }
}

static void read_key(lua_State *L, int at, struct key *key)
{
    size_t len = 0;
    int type = lua_type(L, at);
    if (type == LUA_TBOOLEAN)
        key->is.boolean = lua_toboolean(L, at);
    else if (type == LUA_TNUMBER && lua_isinteger(L, at))
        key->is.integer = lua_tointeger(L, at);
    else if (type == LUA_TNUMBER)
        key->is.number = lua_tonumber(L, at);
    else if (type == LUA_TSTRING)
        key->is.bytes = lua_tolstring(L, at, &len);
    else
        luaL_error(L, "pairs cannot order a key that is a %s; use strings, numbers or booleans",
                   lua_typename(L, type));
    key->type = (uint8_t)type;
    key->whole = lua_isinteger(L, at);
    key->len = (uint32_t)len;
}

static void push_key(lua_State *L, const struct key *key)
{
    if (key->type == LUA_TBOOLEAN)
        lua_pushboolean(L, key->is.boolean);
    else if (key->type == LUA_TSTRING)
        lua_pushlstring(L, key->is.bytes, key->len);
    else if (key->whole)
        lua_pushinteger(L, key->is.integer);
    else
        lua_pushnumber(L, key->is.number);
}

static size_t count_entries(lua_State *L, int table)
{
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1))
        count++;
    return count;
}

static int64_t sort_price(size_t count)
{
    int64_t price = 0;
    for (size_t n = count; n > 0; n /= 2)
        price += (int64_t)count;
    return price;
}

/* Upvalues: the table, its keys in order, how many were given. What was removed meanwhile is passed
 * over; what was added is not seen. */
static int pairs_step(lua_State *L)
{
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        lua_settop(L, 0);
        if (lua_rawgeti(L, lua_upvalueindex(2), ++at) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, 1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            break;
    }
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int base_pairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    size_t count = count_entries(L, 1), i = 0;
    vb_sandbox_charge(L, sort_price(count));
    lua_createtable(L, (int)count, 0);
    struct key *keys = lua_newuserdatauv(L, count * sizeof *keys, 0);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1))
        read_key(L, -2, &keys[i++]);
    sort_keys(keys, count);
    for (i = 0; i < count; i++) {
        push_key(L, &keys[i]);
        lua_rawseti(L, 2, (lua_Integer)i + 1);
    }
    lua_settop(L, 2);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_step, 3);
    return 1;
}

const luaL_Reg vb_lib_base[] = {
    { "assert", base_assert },     { "error", base_error },
    { "ipairs", base_ipairs },     { "pairs", base_pairs },
    { "pcall", base_pcall },       { "select", base_select },
    { "tonumber", base_tonumber }, { "tostring", base_tostring },
    { "type", base_type },         { NULL, NULL },
};
