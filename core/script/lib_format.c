/* lib_format.c - string.format with the conversions that say the same everywhere: no %p
 * (addresses), no %q and %a, and %s only for what has one spelling. Widths have two digits at most.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "script/sandbox_box.h"

enum {
    SPEC_MAX = 16,
    NUMBER_MAX = 512, /* %99.99f of the greatest number has 409 characters */
};

struct spec {
    char text[SPEC_MAX]; /* "%", flags, width and precision */
    char conversion;
    bool plain; /* no flags, width or precision */
};

static const char *read_digits(const char *at, const char *end)
{
    for (int i = 0; i < 2 && at < end && isdigit((unsigned char)*at); i++)
        at++;
    return at;
}

/* Reads a conversion after its '%'; returns what follows it. */
static const char *read_spec(lua_State *L, const char *at, const char *end, struct spec *spec)
{
    const char *start = at;
    while (at < end && at - start < 5 && *at != '\0' && strchr("-+ #0", *at) != NULL)
        at++;
    at = read_digits(at, end);
    if (at < end && *at == '.')
        at = read_digits(at + 1, end);
    if (at >= end || !isalpha((unsigned char)*at))
        luaL_error(L, "string.format: a '%%' is not followed by a conversion such as d or s, with "
                      "a width and precision of two digits at most");
    spec->text[0] = '%';
    memcpy(spec->text + 1, start, (size_t)(at - start));
    spec->text[1 + (at - start)] = '\0';
    spec->plain = at == start;
    spec->conversion = *at;
    return at + 1;
}

/* Is there room for len more bytes? Asked before the buffer grows. */
static void check_room(lua_State *L, luaL_Buffer *buffer, size_t len)
{
    if (luaL_bufflen(buffer) + len > vb_sandbox_of(L)->limits.string_bytes)
        vb_sandbox_string(L, luaL_bufflen(buffer) + len);
    vb_sandbox_charge(L, (int64_t)(len / 16));
}

static void add_number(lua_State *L, luaL_Buffer *buffer, struct spec *spec, int arg)
{
    char format[SPEC_MAX + 4], text[NUMBER_MAX];
    bool real = strchr("eEfgG", spec->conversion) != NULL;
    snprintf(format, sizeof format, "%s%s%c", spec->text, real ? "" : "ll", spec->conversion);
    int len = real ? snprintf(text, sizeof text, format, luaL_checknumber(L, arg))
                   : snprintf(text, sizeof text, format, (long long)luaL_checkinteger(L, arg));
    check_room(L, buffer, (size_t)len);
    luaL_addlstring(buffer, text, (size_t)len);
}

static void add_text(lua_State *L, luaL_Buffer *buffer, const struct spec *spec, int arg)
{
    char format[SPEC_MAX + 2], padded[NUMBER_MAX];
    size_t len;
    int type = lua_type(L, arg);
    if (type == LUA_TBOOLEAN)
        lua_pushstring(L, lua_toboolean(L, arg) ? "true" : "false");
    else if (type == LUA_TSTRING || type == LUA_TNUMBER)
        lua_pushvalue(L, arg);
    else
        luaL_error(L, "string.format: %%s takes a string, a number or a boolean, not a %s",
                   luaL_typename(L, arg));
    const char *text = lua_tolstring(L, -1, &len);
    check_room(L, buffer, len);
    if (spec->plain || (len >= 100 && strchr(spec->text, '.') == NULL)) {
        luaL_addvalue(buffer); /* longer than any width */
        return;
    }
    if (strlen(text) != len)
        luaL_error(L, "string.format: a text with a zero byte has no width");
    snprintf(format, sizeof format, "%ss", spec->text);
    int wide = snprintf(padded, sizeof padded, format, text);
    lua_pop(L, 1);
    luaL_addlstring(buffer, padded, (size_t)wide);
}

static void add_conversion(lua_State *L, luaL_Buffer *buffer, struct spec *spec, int arg)
{
    switch (spec->conversion) {
    case 'c':
        luaL_addchar(buffer, (char)luaL_checkinteger(L, arg));
        return;
    case 'd':
    case 'i':
    case 'x':
    case 'X':
    case 'o':
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
        add_number(L, buffer, spec, arg);
        return;
    case 's':
        add_text(L, buffer, spec, arg);
        return;
    default:
        luaL_error(L, "string.format: %%%c is not available in the sandbox", spec->conversion);
    }
}

int vb_string_format(lua_State *L)
{
    size_t len;
    luaL_Buffer buffer;
    const char *at = luaL_checklstring(L, 1, &len), *end = at + len;
    int arg = 1, top = lua_gettop(L);
    vb_sandbox_string(L, len);
    luaL_buffinit(L, &buffer);
    while (at < end) {
        struct spec spec;
        if (*at != '%') {
            luaL_addchar(&buffer, *at++);
            continue;
        }
        if (++at < end && *at == '%') {
            luaL_addchar(&buffer, *at++);
            continue;
        }
        at = read_spec(L, at, end, &spec);
        if (++arg > top)
            luaL_argerror(L, arg, "no value");
        add_conversion(L, &buffer, &spec, arg);
    }
    luaL_pushresult(&buffer);
    return 1;
}
