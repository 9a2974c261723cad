/* lib_utf8.c - code points. Only well-formed UTF-8 is read; Lua's own functions let stray bytes
 * pass in places. */
#include "base/utf8.h"
#include "script/sandbox_box.h"

static const char *read_utf8(lua_State *L, int arg, size_t *len)
{
    const char *text = luaL_checklstring(L, arg, len);
    size_t bad;
    vb_sandbox_charge(L, (int64_t)(*len / 8));
    if (!vb_utf8_valid(text, *len, &bad))
        luaL_error(L, "byte %I of the text is not UTF-8", (LUAI_UACINT)bad + 1);
    return text;
}

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The code point that starts at text, which is well-formed; *size its bytes. */
static lua_Integer decode(const char *text, size_t *size)
{
    const unsigned char *at = (const unsigned char *)text;
    *size = at[0] < 0x80 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    lua_Integer code = *size == 1 ? at[0] : at[0] & (0x7F >> *size);
    for (size_t i = 1; i < *size; i++)
        code = code << 6 | (at[i] & 0x3F);
    return code;
}

static void add_code(luaL_Buffer *buffer, lua_Integer code)
{
    char bytes[4];
    int size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char first[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (int i = size - 1; i > 0; i--, code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3F));
    bytes[0] = (char)(first[size] | code);
    luaL_addlstring(buffer, bytes, (size_t)size);
}

static int utf8_char(lua_State *L)
{
    int count = lua_gettop(L);
    luaL_Buffer buffer;
    vb_sandbox_string(L, (size_t)count);
    luaL_buffinit(L, &buffer);
    for (int i = 1; i <= count; i++) {
        lua_Integer code = luaL_checkinteger(L, i);
        luaL_argcheck(L, code >= 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF), i,
                      "not a code point");
        add_code(&buffer, code);
    }
    luaL_pushresult(&buffer);
    return 1;
}

/* A position as scripts count, from 0 here; past either end is an error of that argument. */
static size_t position(lua_State *L, int arg, lua_Integer otherwise, size_t len)
{
    lua_Integer at = luaL_optinteger(L, arg, otherwise);
    if (at < 0)
        at += (lua_Integer)len + 1;
    luaL_argcheck(L, at >= 1 && at <= (lua_Integer)len, arg, "position out of bounds");
    return (size_t)at - 1;
}

static int utf8_codepoint(lua_State *L)
{
    size_t len, size;
    const char *text = read_utf8(L, 1, &len);
    size_t at = position(L, 2, 1, len);
    size_t last = position(L, 3, (lua_Integer)at + 1, len);
    int count = 0;
    luaL_argcheck(L, !continues(text[at]), 2, "in the middle of a character");
    for (; at <= last; at += size) {
        lua_Integer code = decode(text + at, &size);
        luaL_checkstack(L, 2, "utf8.codepoint: too many characters at once");
        lua_pushinteger(L, code);
        count++;
    }
    return count;
}

static int utf8_len(lua_State *L)
{
    size_t len;
    const char *text = read_utf8(L, 1, &len);
    lua_pushinteger(L, (lua_Integer)vb_utf8_length(text, len));
    return 1;
}

/* Upvalues: the text and the byte where the next character starts, from 0. */
static int codes_step(lua_State *L)
{
    size_t len, size;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &len);
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
    if ((size_t)at >= len)
        return 0;
    lua_Integer code = decode(text + at, &size);
    lua_pushinteger(L, at + (lua_Integer)size);
    lua_replace(L, lua_upvalueindex(2));
    lua_pushinteger(L, at + 1);
    lua_pushinteger(L, code);
    return 2;
}

static int utf8_codes(lua_State *L)
{
    size_t len;
    read_utf8(L, 1, &len);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, codes_step, 2);
    return 1;
}

const luaL_Reg vb_lib_utf8[] = {
    { "char", utf8_char },   { "codepoint", utf8_codepoint },
    { "codes", utf8_codes }, { "len", utf8_len },
    { NULL, NULL },
};
