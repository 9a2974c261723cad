/* lib_math.c - the exact part of math. Sines and logarithms are left out: two machines may round
 * them differently, and then a log would not replay. */
#include <math.h>

#include "script/sandbox_box.h"

/* The whole number as an integer when it fits, else as it is. */
static void push_whole(lua_State *L, lua_Number number)
{
    if (number >= -0x1p63 && number < 0x1p63)
        lua_pushinteger(L, (lua_Integer)number);
    else
        lua_pushnumber(L, number);
}

static int math_abs(lua_State *L)
{
    if (lua_isinteger(L, 1)) {
        lua_Integer number = lua_tointeger(L, 1);
        lua_pushinteger(L, number < 0 ? (lua_Integer)(0u - (lua_Unsigned)number) : number);
    } else {
        lua_pushnumber(L, fabs(luaL_checknumber(L, 1)));
    }
    return 1;
}

static int math_floor(lua_State *L)
{
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else
        push_whole(L, floor(luaL_checknumber(L, 1)));
    return 1;
}

static int math_ceil(lua_State *L)
{
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else
        push_whole(L, ceil(luaL_checknumber(L, 1)));
    return 1;
}

static int math_fmod(lua_State *L)
{
    if (lua_isinteger(L, 1) && lua_isinteger(L, 2)) {
        lua_Integer by = lua_tointeger(L, 2);
        luaL_argcheck(L, by != 0, 2, "zero");
        /* The least integer divided by -1 does not fit. */
        lua_pushinteger(L, by == -1 ? 0 : lua_tointeger(L, 1) % by);
    } else {
        lua_pushnumber(L, fmod(luaL_checknumber(L, 1), luaL_checknumber(L, 2)));
    }
    return 1;
}

static int math_modf(lua_State *L)
{
    if (lua_isinteger(L, 1)) {
        lua_settop(L, 1);
        lua_pushnumber(L, 0.0);
        return 2;
    }
    lua_Number number = luaL_checknumber(L, 1);
    lua_Number whole = number < 0 ? ceil(number) : floor(number);
    lua_pushnumber(L, whole);
    lua_pushnumber(L, number == whole ? 0.0 : number - whole);
    return 2;
}

static int math_sqrt(lua_State *L)
{
    lua_pushnumber(L, sqrt(luaL_checknumber(L, 1)));
    return 1;
}

/* The argument that no other beats; operation and order say how two are compared. */
static int best(lua_State *L, bool greatest)
{
    int count = lua_gettop(L), found = 1;
    luaL_checknumber(L, 1);
    vb_sandbox_charge(L, count / 4);
    for (int i = 2; i <= count; i++) {
        luaL_checknumber(L, i);
        if (greatest ? lua_compare(L, found, i, LUA_OPLT) : lua_compare(L, i, found, LUA_OPLT))
            found = i;
    }
    lua_pushvalue(L, found);
    return 1;
}

static int math_max(lua_State *L)
{
    return best(L, true);
}

static int math_min(lua_State *L)
{
    return best(L, false);
}

static int math_tointeger(lua_State *L)
{
    int fits = 0;
    lua_Integer number = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &fits) : 0;
    luaL_checkany(L, 1);
    if (fits)
        lua_pushinteger(L, number);
    else
        lua_pushnil(L);
    return 1;
}

static int math_type(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_type(L, 1) != LUA_TNUMBER)
        lua_pushnil(L);
    else
        lua_pushstring(L, lua_isinteger(L, 1) ? "integer" : "float");
    return 1;
}

void vb_lib_math_constants(lua_State *L)
{
    lua_pushnumber(L, 3.141592653589793);
    lua_setfield(L, -2, "pi");
    lua_pushnumber(L, HUGE_VAL);
    lua_setfield(L, -2, "huge");
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
}

const luaL_Reg vb_lib_math[] = {
    { "abs", math_abs },   { "ceil", math_ceil }, { "floor", math_floor },
    { "fmod", math_fmod }, { "max", math_max },   { "min", math_min },
    { "modf", math_modf }, { "sqrt", math_sqrt }, { "tointeger", math_tointeger },
    { "type", math_type }, { NULL, NULL },
};
