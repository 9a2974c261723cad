#include "script/script_lua.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

struct vb_script *vb_script_create(void)
{
    return vb_new(struct vb_script);
}

static void drop_flow(struct vb_script *script)
{
    for (int i = 0; i < script->upvalue_count; i++)
        vb_buf_finish(&script->upvalues[i].string);
    free(script->upvalues);
    vb_buf_finish(&script->flow);
    script->upvalues = NULL;
    script->upvalue_count = 0;
}

void vb_script_destroy(void *ctx)
{
    struct vb_script *script = ctx;
    if (script == NULL)
        return;
    vb_buf_finish(&script->main.dump);
    for (size_t i = 0; i < script->module_count; i++) {
        free(script->modules[i].name);
        vb_buf_finish(&script->modules[i].dump);
    }
    free(script->modules);
    drop_flow(script);
    free(script);
}

static int append(lua_State *L, const void *bytes, size_t len, void *ctx)
{
    (void)L;
    vb_buf_put(ctx, bytes, len);
    return 0;
}

/* Debug information stays in: messages need their lines. */
static void dump(lua_State *L, struct vb_buf *out)
{
    vb_assert(lua_isfunction(L, -1) && !lua_iscfunction(L, -1));
    vb_buf_clear(out);
    lua_dump(L, append, out, 0);
}

void vb_script_set_main(struct vb_script *script, lua_State *L)
{
    dump(L, &script->main.dump);
}

void vb_script_add_module(struct vb_script *script, lua_State *L, const char *name)
{
    struct vb_chunk *chunk = vb_push(&script->modules, script->module_count, &script->module_cap,
                                     sizeof *script->modules);
    script->module_count++;
    chunk->name = vb_strdup(name);
    dump(L, &chunk->dump);
}

/* -- the flow function alone --------------------------------------------------------------------*/

/* How to set the upvalue on top of L in another state; false: it cannot be. */
static bool describe(lua_State *L, int verbond, struct vb_upvalue *up)
{
    size_t len;
    const char *text;
    lua_pushglobaltable(L);
    bool globals = lua_rawequal(L, -1, -2);
    lua_pop(L, 1);
    switch (lua_type(L, -1)) {
    case LUA_TNIL:
        up->kind = VB_UP_NIL;
        return true;
    case LUA_TBOOLEAN:
        up->kind = VB_UP_BOOLEAN;
        up->integer = lua_toboolean(L, -1);
        return true;
    case LUA_TNUMBER:
        up->kind = lua_isinteger(L, -1) ? VB_UP_INTEGER : VB_UP_NUMBER;
        up->integer = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
        up->number = lua_tonumber(L, -1);
        return true;
    case LUA_TSTRING:
        text = lua_tolstring(L, -1, &len);
        up->kind = VB_UP_STRING;
        vb_buf_put(&up->string, text, len);
        return true;
    default:
        up->kind = globals ? VB_UP_GLOBALS : VB_UP_VERBOND;
        return globals || lua_rawequal(L, -1, verbond);
    }
}

/* The upvalues are plain values as they are once the main chunk returned, so a copy in a fresh
 * state is what running the main chunk there would give. */
void vb_script_set_flow(struct vb_script *script, lua_State *L, int verbond)
{
    lua_Debug ar;
    int flow = lua_gettop(L);
    verbond = lua_absindex(L, verbond);
    drop_flow(script);
    if (!lua_isfunction(L, flow) || lua_iscfunction(L, flow) || !lua_checkstack(L, 4))
        return;
    lua_pushvalue(L, flow);
    lua_getinfo(L, ">u", &ar);
    script->upvalues = vb_alloc((size_t)ar.nups * sizeof *script->upvalues);
    for (; script->upvalue_count < ar.nups; script->upvalue_count++) {
        lua_getupvalue(L, flow, script->upvalue_count + 1);
        bool known = describe(L, verbond, &script->upvalues[script->upvalue_count]);
        lua_pop(L, 1);
        if (!known) {
            script->upvalue_count++; /* so that its string is freed */
            drop_flow(script);
            return;
        }
    }
    dump(L, &script->flow);
}
