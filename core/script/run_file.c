#include "script/run_file.h"

#include <lauxlib.h>
#include <string.h>

#include "script/lua_words.h"
#include "script/modules.h"
#include "script/sandbox_lua.h"
#include "script/script_lua.h"

enum { VALUES_MAX = 500000, TEXT_MAX = 16 << 20 };

struct running {
    struct vb_loading *loading;
    int file;
    bool main;
    lua_State *co; /* anchored in the registry until the state goes */
    struct vb_raw *out;
};

static int prepare(lua_State *L)
{
    struct running *running = lua_touserdata(L, 1);
    vb_modules_compile(L, running->loading, running->file);
    if (running->main)
        vb_script_set_main(running->loading->script, L);
    running->co = lua_newthread(L);
    lua_pushvalue(L, -1);
    luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pushvalue(L, -2);
    lua_xmove(L, running->co, 1);
    return 0;
}

static int file_of(void *ctx, const char *source)
{
    return source == NULL ? -1 : vb_modules_file(ctx, source);
}

/* The flow of the instrument at 2, when it has one. */
static void keep_flow(lua_State *L, struct vb_loading *loading)
{
    if (vb_node_at(L, 2) == NULL)
        return;
    vb_node_push_table(L, 2);
    if (lua_type(L, -1) == LUA_TTABLE) {
        lua_pushliteral(L, "flow");
        lua_rawget(L, -2);
        vb_modules_push_verbond(L);
        lua_insert(L, -2);
        if (lua_isfunction(L, -1) && !lua_iscfunction(L, -1))
            vb_script_set_flow(loading->script, L, lua_absindex(L, -2));
        lua_pop(L, 2);
    }
    lua_pop(L, 1);
}

static int collect(lua_State *L)
{
    struct running *running = lua_touserdata(L, 1);
    lua_xmove(running->co, L, 1);
    lua_newtable(L);
    struct vb_raw_copying copying = {
        .strings = running->loading->arena,
        .tables = &running->loading->scratch,
        .file_of = file_of,
        .ctx = running->loading,
        .left = VALUES_MAX,
        .text_left = TEXT_MAX,
        .memo = 3,
    };
    vb_raw_copy(L, 2, &copying, running->out);
    if (running->main)
        keep_flow(L, running->loading);
    if (running->loading->keep_at != NULL) {
        lua_pushvalue(L, 2);
        lua_rawsetp(L, LUA_REGISTRYINDEX, running->loading->keep_at);
    }
    return 0;
}

/* Lua stopped: a finding, unless one was told or the machine itself gave up. A limit is both: there
 * is no going on, and the author must know the line. */
static bool stopped(struct running *running, enum vb_code code)
{
    struct vb_loading *loading = running->loading;
    if (loading->fatal != VB_OK)
        return false;
    if (code == VB_E_LIMIT)
        vb_tell_limit(loading, loading->err->text, running->file);
    if (code != VB_E_SCRIPT) {
        loading->fatal = code;
        return false;
    }
    if (strstr(loading->err->text, vb_already_told) == NULL)
        vb_tell_lua(loading, loading->err->text, running->file, false);
    return false;
}

bool vb_run_file(struct vb_loading *loading, int file, bool main, struct vb_raw *out)
{
    struct running running = { .loading = loading, .file = file, .main = main, .out = out };
    int results = 0;
    bool yielded = false;
    *out = (struct vb_raw){ .type = VB_RAW_NIL };
    enum vb_code code = vb_sandbox_protect(loading->box, prepare, &running, loading->err);
    if (code == VB_OK)
        code = vb_sandbox_resume(loading->box, running.co, 0, &results, &yielded, loading->err);
    if (code != VB_OK)
        return stopped(&running, code);
    vb_assert(!yielded);
    if (results == 0)
        return true;
    lua_settop(running.co, 1);
    code = vb_sandbox_protect(loading->box, collect, &running, loading->err);
    return code == VB_OK || stopped(&running, code);
}
