#include "script/script_lua.h"

#include <lauxlib.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

struct vb_script *vb_script_create(void)
{
    return vb_new(struct vb_script);
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
    vb_image_destroy(script->flow);
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

void vb_script_set_flow(struct vb_script *script, lua_State *L, int verbond)
{
    vb_image_destroy(script->flow);
    script->flow = vb_image_take(L, -1, verbond);
}
