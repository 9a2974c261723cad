/* lib_string.c - strings without patterns: a pattern of forty bytes can keep C busy for ever where
 * no hook is called. Every function charges for the bytes it reads or makes. Letters are ASCII's,
 * whatever the locale of the process. */
#include <string.h>

#include "script/sandbox_box.h"

/* From a position as scripts count (negative: from the end) to 1..len+1 or beyond. */
static size_t position_from(lua_Integer at, size_t len)
{
    if (at > 0)
        return (size_t)at;
    if (at == 0)
        return 1;
    return at < -(lua_Integer)len ? 1 : len + (size_t)at + 1;
}

static size_t position_to(lua_Integer at, size_t len)
{
    if (at > (lua_Integer)len)
        return len;
    if (at >= 0)
        return (size_t)at;
    return at < -(lua_Integer)len ? 0 : len + (size_t)at + 1;
}

static const char *read_string(lua_State *L, int arg, size_t *len)
{
    const char *text = luaL_checklstring(L, arg, len);
    vb_sandbox_charge(L, (int64_t)(*len / 16));
    return text;
}

static int string_byte(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    lua_Integer first = luaL_optinteger(L, 2, 1);
    size_t from = position_from(first, len);
    size_t to = position_to(luaL_optinteger(L, 3, first), len);
    if (from > to)
        return 0;
    vb_sandbox_charge(L, (int64_t)(to - from));
    luaL_checkstack(L, (int)(to - from) + 1, "string.byte: too many bytes at once");
    for (size_t i = from; i <= to; i++)
        lua_pushinteger(L, (unsigned char)text[i - 1]);
    return (int)(to - from) + 1;
}

static int string_char(lua_State *L)
{
    int count = lua_gettop(L);
    luaL_Buffer buffer;
    vb_sandbox_string(L, (size_t)count);
    char *bytes = luaL_buffinitsize(L, &buffer, (size_t)count);
    for (int i = 1; i <= count; i++) {
        lua_Integer code = luaL_checkinteger(L, i);
        luaL_argcheck(L, code >= 0 && code <= 255, i, "a byte lies in 0..255");
        bytes[i - 1] = (char)code;
    }
    luaL_pushresultsize(&buffer, (size_t)count);
    return 1;
}

/* string.find(text, what [, init]): what is always plain text. */
static int string_find(lua_State *L)
{
    size_t len, what_len;
    const char *text = read_string(L, 1, &len);
    const char *what = read_string(L, 2, &what_len);
    size_t from = position_from(luaL_optinteger(L, 3, 1), len);
    if (from > len + 1) {
        lua_pushnil(L);
        return 1;
    }
    const char *found = memmem(text + from - 1, len - from + 1, what, what_len);
    if (found == NULL) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, found - text + 1);
    lua_pushinteger(L, found - text + (lua_Integer)what_len);
    return 2;
}

static int string_len(lua_State *L)
{
    size_t len;
    luaL_checklstring(L, 1, &len);
    lua_pushinteger(L, (lua_Integer)len);
    return 1;
}

static int change_case(lua_State *L, char from, char to)
{
    size_t len;
    luaL_Buffer buffer;
    const char *text = luaL_checklstring(L, 1, &len);
    vb_sandbox_string(L, len);
    char *bytes = luaL_buffinitsize(L, &buffer, len);
    for (size_t i = 0; i < len; i++)
        bytes[i] = text[i] >= from && text[i] <= to ? (char)(text[i] ^ 0x20) : text[i];
    luaL_pushresultsize(&buffer, len);
    return 1;
}

static int string_lower(lua_State *L)
{
    return change_case(L, 'A', 'Z');
}

static int string_upper(lua_State *L)
{
    return change_case(L, 'a', 'z');
}

static int string_rep(lua_State *L)
{
    size_t len, between_len, limit = vb_sandbox_of(L)->limits.string_bytes;
    luaL_Buffer buffer;
    const char *text = luaL_checklstring(L, 1, &len);
    lua_Integer times = luaL_checkinteger(L, 2);
    const char *between = luaL_optlstring(L, 3, "", &between_len);
    if (times <= 0 || len + between_len == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    /* Every time adds a byte at least, so more times than the cap are refused before a product
     * could overflow; len and between_len are within the cap already. */
    bool over = (size_t)times > limit + 1 ||
                (size_t)times * len + ((size_t)times - 1) * between_len > limit;
    size_t total = over ? limit + 1 : (size_t)times * len + ((size_t)times - 1) * between_len;
    vb_sandbox_string(L, total);
    char *bytes = luaL_buffinitsize(L, &buffer, total);
    /* The first time by hand, then what is there is doubled: it repeats by itself. */
    size_t filled = len + between_len < total ? len + between_len : total;
    memcpy(bytes, text, len);
    memcpy(bytes + len, between, filled - len);
    while (filled < total) {
        size_t more = filled < total - filled ? filled : total - filled;
        memcpy(bytes + filled, bytes, more);
        filled += more;
    }
    luaL_pushresultsize(&buffer, total);
    return 1;
}

static int string_reverse(lua_State *L)
{
    size_t len;
    luaL_Buffer buffer;
    const char *text = luaL_checklstring(L, 1, &len);
    vb_sandbox_string(L, len);
    char *bytes = luaL_buffinitsize(L, &buffer, len);
    for (size_t i = 0; i < len; i++)
        bytes[i] = text[len - 1 - i];
    luaL_pushresultsize(&buffer, len);
    return 1;
}

static int string_sub(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    size_t from = position_from(luaL_checkinteger(L, 2), len);
    size_t to = position_to(luaL_optinteger(L, 3, -1), len);
    if (from > to) {
        lua_pushliteral(L, "");
        return 1;
    }
    vb_sandbox_string(L, to - from + 1);
    lua_pushlstring(L, text + from - 1, to - from + 1);
    return 1;
}

const luaL_Reg vb_lib_string[] = {
    { "byte", string_byte }, { "char", string_char },
    { "find", string_find }, { "format", vb_string_format },
    { "len", string_len },   { "lower", string_lower },
    { "rep", string_rep },   { "reverse", string_reverse },
    { "sub", string_sub },   { "upper", string_upper },
    { NULL, NULL },
};
