/* output_host.c - what a script is handed: host, and the delivery. */
#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "script/output_inner.h"
#include "script/sandbox_box.h"

enum { PARSE_MAX = 16 << 20 };

static const char host_key, fault_key; /* places in the registry */

struct vb_lua_output *vb_output_of(lua_State *L)
{
    return vb_sandbox_host(L);
}

/* -- errors ----------------------------------------------------------------------------------- */

static int raise(lua_State *L, enum vb_fault fault)
{
    struct vb_lua_output *output = vb_output_of(L);
    output->fault = fault;
    lua_pushstring(L, output->words);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &fault_key);
    return lua_error(L);
}

int vb_output_misuse(lua_State *L, const char *fmt, ...)
{
    struct vb_lua_output *output = vb_output_of(L);
    va_list args;
    va_start(args, fmt);
    vsnprintf(output->words, sizeof output->words, fmt, args);
    va_end(args);
    return raise(L, VB_FAULT_MISUSE);
}

int vb_output_trouble(lua_State *L, const struct vb_err *err)
{
    struct vb_lua_output *output = vb_output_of(L);
    snprintf(output->words, sizeof output->words, "%.255s", err->text);
    return raise(L, VB_FAULT_TROUBLE);
}

enum vb_fault vb_output_fault(struct vb_lua_output *output, lua_State *co)
{
    if (output->fault == VB_FAULT_NONE || lua_gettop(co) == 0 || !lua_checkstack(co, 1))
        return VB_FAULT_NONE;
    lua_rawgetp(co, LUA_REGISTRYINDEX, &fault_key);
    bool same = lua_rawequal(co, -1, -2);
    lua_pop(co, 1);
    return same ? output->fault : VB_FAULT_NONE;
}

const char *vb_output_string(lua_State *L, int index, size_t *len, const char *what)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &host_key);
    bool colon = lua_rawequal(L, -1, 1);
    lua_pop(L, 1);
    if (colon)
        vb_output_misuse(L, "%s, and is called with a dot: host.option \"path\"", what);
    if (lua_type(L, index) != LUA_TSTRING)
        vb_output_misuse(L, "%s", what);
    return lua_tolstring(L, index, len);
}

/* -- host ------------------------------------------------------------------------------------- */

static int host_option(lua_State *L)
{
    const struct vb_lua_output *output = vb_output_of(L);
    const char *names[64];
    size_t count = output->about.option_count;
    const char *name = vb_output_string(L, 1, NULL, "host.option wants the name of an option");
    for (size_t i = 0; i < count; i++) {
        names[i] = output->about.options[i].name;
        if (vb_streq(names[i], name)) {
            lua_pushstring(L, output->host->option(output->host, name));
            return 1;
        }
    }
    const char *meant = vb_did_you_mean(name, names, count);
    return vb_output_misuse(L, "host.option: there is no option of that name%s%s%s",
                            meant == NULL ? "" : "; did you mean ", meant == NULL ? "" : meant,
                            meant == NULL ? "" : "?");
}

static int host_log(lua_State *L)
{
    static const char *const levels[] = { "debug", "info", "warn", "error" };
    const struct vb_lua_output *output = vb_output_of(L);
    const char *what = "host.log wants a level (debug, info, warn or error) and a text";
    const char *level = vb_output_string(L, 1, NULL, what);
    const char *text = vb_output_string(L, 2, NULL, what);
    for (int i = 0; i < 4; i++)
        if (vb_streq(levels[i], level)) {
            output->host->log(output->host, i, text);
            return 0;
        }
    return vb_output_misuse(L, "%s", what);
}

static int host_json(lua_State *L)
{
    const struct vb_lua_output *output = vb_output_of(L);
    lua_settop(L, 1);
    vb_output_put_json(L, 1);
    vb_sandbox_string(L, output->text.len);
    lua_pushlstring(L, output->text.data, output->text.len);
    return 1;
}

static int host_parse(lua_State *L)
{
    struct vb_lua_output *output = vb_output_of(L);
    struct vb_err err;
    size_t len;
    const char *text = vb_output_string(L, 1, &len, "host.parse wants a text");
    vb_sandbox_charge(L, (int64_t)(len / 4));
    cJSON_Delete(output->json);
    output->json = NULL;
    if (vb_json_parse(&output->json, text, len, PARSE_MAX, &err) != VB_OK)
        lua_pushnil(L);
    else
        vb_output_push_json(L, output->json);
    return 1;
}

static int host_sheet(lua_State *L)
{
    const struct vb_lua_output *output = vb_output_of(L);
    size_t len = 0;
    const char *page = output->delivery == NULL
                           ? NULL
                           : output->host->render_sheet(output->host, output->delivery, &len);
    if (page == NULL)
        lua_pushnil(L);
    else
        lua_pushlstring(L, page, len);
    return 1;
}

void vb_output_host_make(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "option", host_option },
        { "log", host_log },
        { "json", host_json },
        { "parse", host_parse },
        { "sheet", host_sheet },
        { "file", vb_output_host_file },
        { "folder", vb_output_host_folder },
        { "remember", vb_output_host_remember },
        { "recall", vb_output_host_recall },
        { NULL, NULL },
    };
    luaL_checkstack(L, 10, NULL);
    vb_output_files_make(L);
    lua_createtable(L, 0, 16);
    luaL_setfuncs(L, functions, 0);
    lua_pushstring(L, vb_output_of(L)->host->name);
    lua_setfield(L, -2, "name");
    vb_lib_seal(L, "host");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &host_key);
}

void vb_output_push_host(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &host_key);
}

/* -- the delivery ----------------------------------------------------------------------------- */

/* Both came through the protocol's gate; a text that is none is a fault of the engine's. */
static void push_document(lua_State *L, const char *bytes, size_t len)
{
    struct vb_lua_output *output = vb_output_of(L);
    struct vb_err err;
    cJSON_Delete(output->json);
    output->json = NULL;
    if (vb_json_parse(&output->json, bytes, len, PARSE_MAX, &err) != VB_OK)
        vb_output_misuse(L, "the engine gave a document that is no JSON");
    vb_output_push_json(L, output->json);
}

static void push_blobs(lua_State *L, const struct vb_output_delivery *delivery)
{
    const char *at = (const char *)delivery->blobs;
    lua_createtable(L, (int)delivery->blob_count, 0);
    for (size_t i = 0; i < delivery->blob_count; i++, at += delivery->blob_size) {
        const struct vb_output_blob *blob = (const struct vb_output_blob *)at;
        lua_createtable(L, 0, 2);
        lua_pushstring(L, blob->digest);
        lua_setfield(L, -2, "digest");
        lua_pushstring(L, blob->type);
        lua_setfield(L, -2, "type");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

void vb_output_push_delivery(lua_State *L)
{
    const struct vb_output_delivery *delivery = vb_output_of(L)->delivery;
    luaL_checkstack(L, 10, NULL);
    lua_createtable(L, 0, 8);
    lua_pushstring(L, delivery->parcel);
    lua_setfield(L, -2, "parcel");
    lua_pushinteger(L, delivery->attempt);
    lua_setfield(L, -2, "attempt");
    lua_pushinteger(L, delivery->deadline_ms);
    lua_setfield(L, -2, "deadline_ms");
    push_document(L, delivery->result_json, delivery->result_len);
    lua_setfield(L, -2, "result");
    push_document(L, delivery->instrument_json, delivery->instrument_len);
    lua_setfield(L, -2, "instrument");
    push_blobs(L, delivery);
    lua_setfield(L, -2, "blobs");
}
