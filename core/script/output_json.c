/* output_json.c - JSON and Lua's tables. A list is marked by a metatable that scripts cannot see,
 * so that an empty one goes out as it came in. */
#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/json.h"
#include "script/output_inner.h"
#include "script/sandbox_box.h"

static const char null_mark, list_key; /* addresses: v.null, and the metatable's place */

static const double whole_max = 9007199254740992.0; /* 2^53: above it doubles skip numbers */

/* -- marks ------------------------------------------------------------------------------------ */

static void push_null(lua_State *L)
{
    lua_pushlightuserdata(L, (void *)&null_mark);
}

static void mark_list(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &list_key);
    lua_setmetatable(L, index);
}

static int list(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        return vb_output_misuse(L, "v.list wants a table");
    lua_settop(L, 1);
    mark_list(L, 1);
    return 1;
}

void vb_output_json_open(lua_State *L)
{
    lua_createtable(L, 0, 1);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &list_key);
    lua_pushliteral(L, "null");
    push_null(L);
    lua_rawset(L, -3);
    lua_pushliteral(L, "list");
    lua_pushcfunction(L, list);
    lua_rawset(L, -3);
}

/* -- in --------------------------------------------------------------------------------------- */

static void push_number(lua_State *L, double number)
{
    if (floor(number) == number && fabs(number) <= whole_max)
        lua_pushinteger(L, (lua_Integer)number);
    else
        lua_pushnumber(L, number);
}

static void push_table(lua_State *L, const cJSON *json)
{
    bool array = cJSON_IsArray(json);
    int count = cJSON_GetArraySize(json);
    const cJSON *child;
    lua_Integer at = 0;
    lua_createtable(L, array ? count : 0, array ? 0 : count);
    if (array)
        mark_list(L, -1);
    cJSON_ArrayForEach(child, json)
    {
        vb_output_push_json(L, child);
        if (array) {
            lua_rawseti(L, -2, ++at);
        } else {
            lua_pushstring(L, child->string);
            lua_insert(L, -2);
            lua_rawset(L, -3);
        }
    }
}

void vb_output_push_json(lua_State *L, const cJSON *json)
{
    luaL_checkstack(L, 5, "JSON");
    vb_sandbox_charge(L, 1);
    if (cJSON_IsArray(json) || cJSON_IsObject(json))
        push_table(L, json);
    else if (cJSON_IsString(json))
        lua_pushstring(L, json->valuestring);
    else if (cJSON_IsNumber(json))
        push_number(L, json->valuedouble);
    else if (cJSON_IsBool(json))
        lua_pushboolean(L, cJSON_IsTrue(json));
    else
        push_null(L);
}

/* -- out -------------------------------------------------------------------------------------- */

struct key {
    const char *name;
    size_t len;
};

static int by_bytes(const void *a, const void *b)
{
    const struct key *left = a, *right = b;
    size_t len = left->len < right->len ? left->len : right->len;
    int order = memcmp(left->name, right->name, len);
    return order != 0 ? order : (left->len > right->len) - (left->len < right->len);
}

static void put_value(lua_State *L, struct vb_buf *out, int depth);

static void put_string(lua_State *L, struct vb_buf *out, int index)
{
    size_t len, bad;
    const char *text = lua_tolstring(L, index, &len);
    vb_sandbox_charge(L, (int64_t)(len / 2)); /* every byte is looked at */
    if (!vb_utf8_valid(text, len, &bad) || memchr(text, '\0', len) != NULL)
        vb_output_misuse(L, "host.json: a string in it is not UTF-8, or holds a zero byte");
    vb_json_string(out, text, len);
}

static void put_number(lua_State *L, struct vb_buf *out, int index)
{
    double number = lua_tonumber(L, index);
    if (lua_isinteger(L, index)) {
        vb_buf_int(out, lua_tointeger(L, index));
        return;
    }
    if (!isfinite(number))
        vb_output_misuse(L, "host.json: a number in it is not finite");
    vb_json_canonical(out, &(cJSON){ .type = cJSON_Number, .valuedouble = number });
}

static bool is_marked(lua_State *L, int index)
{
    if (!lua_getmetatable(L, index))
        return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &list_key);
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

/* How many entries the table on top has. */
static size_t count_of(lua_State *L)
{
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        count++;
    vb_sandbox_charge(L, (int64_t)count);
    return count;
}

static void put_list(lua_State *L, struct vb_buf *out, size_t count, int depth)
{
    vb_buf_putc(out, '[');
    for (size_t i = 1; i <= count; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i) == LUA_TNIL)
            vb_output_misuse(L, "host.json: a list in it has a hole; v.null stands for nothing");
        if (i > 1)
            vb_buf_putc(out, ',');
        put_value(L, out, depth + 1);
        lua_pop(L, 1);
    }
    vb_buf_putc(out, ']');
}

/* Pushes the names of the table on top, in order. Its own keys keep them alive. */
static struct key *push_keys(lua_State *L, size_t count)
{
    struct key *keys = lua_newuserdatauv(L, (count + 1) * sizeof *keys, 0);
    size_t at = 0;
    for (lua_pushnil(L); lua_next(L, -3); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            vb_output_misuse(L, "host.json: a table in it has names and numbers, or a key that is "
                                "neither");
        keys[at].name = lua_tolstring(L, -2, &keys[at].len);
        at++;
    }
    qsort(keys, at, sizeof *keys, by_bytes);
    return keys;
}

static void put_object(lua_State *L, struct vb_buf *out, size_t count, int depth)
{
    struct key *keys = push_keys(L, count);
    vb_buf_putc(out, '{');
    for (size_t i = 0; i < count; i++) {
        lua_pushlstring(L, keys[i].name, keys[i].len);
        if (i > 0)
            vb_buf_putc(out, ',');
        put_string(L, out, -1);
        vb_buf_putc(out, ':');
        lua_rawget(L, -3);
        put_value(L, out, depth + 1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    vb_buf_putc(out, '}');
}

static void put_table(lua_State *L, struct vb_buf *out, int depth)
{
    if (depth >= VB_JSON_DEPTH_MAX)
        vb_output_misuse(L, "host.json: tables lie more than %d deep in each other",
                         VB_JSON_DEPTH_MAX);
    size_t count = count_of(L);
    bool filled = lua_rawgeti(L, -1, 1) != LUA_TNIL;
    lua_pop(L, 1);
    if (filled || is_marked(L, -1))
        put_list(L, out, count, depth);
    else
        put_object(L, out, count, depth);
}

/* The value on top. One table may stand in many places, so what comes out is looked at, not what
 * goes in. */
static void put_value(lua_State *L, struct vb_buf *out, int depth)
{
    luaL_checkstack(L, 8, "host.json");
    vb_sandbox_charge(L, 1);
    if (out->len > vb_sandbox_of(L)->limits.string_bytes)
        vb_sandbox_string(L, out->len);
    switch (lua_type(L, -1)) {
    case LUA_TTABLE:
        put_table(L, out, depth);
        return;
    case LUA_TSTRING:
        put_string(L, out, -1);
        return;
    case LUA_TNUMBER:
        put_number(L, out, -1);
        return;
    case LUA_TBOOLEAN:
        vb_buf_puts(out, lua_toboolean(L, -1) ? "true" : "false");
        return;
    default:
        if (lua_touserdata(L, -1) != &null_mark)
            vb_output_misuse(L, "host.json: there is something in it that JSON has not");
        vb_buf_puts(out, "null");
    }
}

void vb_output_put_json(lua_State *L, int index)
{
    struct vb_lua_output *output = vb_output_of(L);
    vb_buf_clear(&output->text);
    lua_pushvalue(L, index);
    put_value(L, &output->text, 0);
    lua_pop(L, 1);
}
