#include "script/flow.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/construct.h"
#include "script/flow_lua.h"

static const char coroutine_key;            /* the coroutine's place in the registry */
static const char modules_key;              /* what require gave, by name */
static const struct vb_construct construct; /* nothing is told: a misuse raises */

/* -- what runs in the coroutine -----------------------------------------------------------------*/

static const char *read_once(lua_State *L, void *ctx, size_t *len)
{
    const struct vb_buf **dump = ctx;
    const struct vb_buf *buf = *dump;
    (void)L;
    *dump = NULL;
    *len = buf == NULL ? 0 : buf->len;
    return buf == NULL ? NULL : buf->data;
}

/* Pushes the function of a dump that this process made. */
static void undump(lua_State *L, const struct vb_buf *dump)
{
    const struct vb_buf *source = dump;
    if (lua_load(L, read_once, &source, "=flow", "b") != LUA_OK)
        lua_error(L);
}

static void keep_module(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &modules_key);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

static int required(lua_State *L, int status, lua_KContext ctx)
{
    (void)status;
    (void)ctx;
    if (lua_isnil(L, -1))
        lua_pushboolean(L, 1);
    keep_module(L);
    return 1;
}

static int flow_require(lua_State *L)
{
    struct vb_flow *flow = vb_sandbox_host(L);
    const char *name = luaL_checkstring(L, 1);
    if (!flow->loading)
        return luaL_error(L, "require works only while the instrument loads: put it at the top of "
                             "the file");
    lua_settop(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &modules_key);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, -2) != LUA_TNIL)
        return 1;
    if (strcmp(name, "verbond") == 0) {
        vb_construct_push(L, &construct);
        keep_module(L);
        return 1;
    }
    for (size_t i = 0; i < flow->script->module_count; i++) {
        const struct vb_chunk *module = &flow->script->modules[i];
        if (strcmp(module->name, name) != 0)
            continue;
        undump(L, &module->dump);
        lua_callk(L, 0, 1, 0, required);
        return required(L, LUA_OK, 0);
    }
    return luaL_error(L, "there is no module '%s'", name);
}

static int finished(lua_State *L, int status, lua_KContext ctx)
{
    (void)L;
    (void)status;
    (void)ctx;
    return 0;
}

/* The flow function is on top. */
static int run_flow(lua_State *L, struct vb_flow *flow)
{
    flow->loading = false;
    vb_sandbox_limit(flow->box, &flow->limits);
    vb_flow_push_s(L, flow);
    lua_callk(L, 1, 0, 0, finished);
    return finished(L, LUA_OK, 0);
}

static int run_found_flow(lua_State *L, int status, lua_KContext ctx)
{
    struct vb_flow *flow = vb_sandbox_host(L);
    (void)status;
    (void)ctx;
    if (vb_node_at(L, -1) == NULL)
        return luaL_error(L, "%s gave no v.instrument", flow->plan->main_path);
    vb_node_push_table(L, -1);
    if (!lua_istable(L, -1) || lua_getfield(L, -1, "flow") != LUA_TFUNCTION)
        return luaL_error(L, "%s has no flow", flow->plan->main_path);
    return run_flow(L, flow);
}

/* The main chunk runs again, as it did at the load: with what a load may use. */
static int run_main(lua_State *L, struct vb_flow *flow)
{
    struct vb_limits limits = vb_limits_load();
    limits.memory_bytes = flow->limits.memory_bytes;
    vb_sandbox_limit(flow->box, &limits);
    flow->loading = true;
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &modules_key);
    lua_pushcfunction(L, flow_require);
    vb_sandbox_set_global(L, "require");
    undump(L, &flow->script->main.dump);
    lua_callk(L, 0, 1, 0, run_found_flow);
    return run_found_flow(L, LUA_OK, 0);
}

static void push_verbond(lua_State *L)
{
    vb_construct_push(L, &construct);
}

static int run(lua_State *L)
{
    struct vb_flow *flow = vb_sandbox_host(L);
    if (flow->script->flow == NULL)
        return run_main(L, flow);
    vb_image_push(L, flow->script->flow, push_verbond);
    return run_flow(L, flow);
}

static int make_coroutine(lua_State *L)
{
    struct vb_flow *flow = lua_touserdata(L, 1);
    flow->co = lua_newthread(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &coroutine_key);
    lua_pushcfunction(flow->co, run);
    return 0;
}

/* -- life ---------------------------------------------------------------------------------------*/

static void make_marks(struct vb_flow *flow, int member_count)
{
    int count = vb_plan_slots(flow->plan, member_count);
    if (count <= flow->mark_count)
        return;
    flow->marks = vb_realloc(flow->marks, (size_t)count);
    memset(flow->marks + flow->mark_count, VB_MARK_FRESH, (size_t)(count - flow->mark_count));
    flow->mark_count = count;
}

enum vb_code vb_flow_create(struct vb_flow **out, const struct vb_plan *plan,
                            const struct vb_opened *opened,
                            const struct vb_sandbox_options *options, struct vb_err *err)
{
    struct vb_flow *flow = vb_new(struct vb_flow);
    *out = NULL;
    vb_assert(plan->script != NULL);
    flow->plan = plan;
    flow->opened = opened;
    flow->script = plan->script;
    flow->limits = options->limits;
    flow->role = vb_plan_role(plan, opened->role);
    flow->language = vb_plan_language(plan, opened->language);
    vb_flow_roster(flow, opened->members, opened->member_count);
    enum vb_code code = vb_sandbox_create(&flow->box, options, err);
    if (code != VB_OK)
        goto fail;
    vb_sandbox_set_host(flow->box, flow);
    code = vb_sandbox_protect(flow->box, make_coroutine, flow, err);
    if (code != VB_OK)
        goto fail;
    *out = flow;
    return VB_OK;
fail:
    vb_flow_destroy(flow);
    return code;
}

void vb_flow_destroy(struct vb_flow *flow)
{
    if (flow == NULL)
        return;
    vb_sandbox_destroy(flow->box);
    cJSON_Delete(flow->json);
    free(flow->marks);
    free(flow);
}

void vb_flow_roster(struct vb_flow *flow, const struct vb_member *members, int count)
{
    flow->members = members;
    flow->member_count = count;
    flow->members_stale = true;
    make_marks(flow, count);
}

void vb_flow_watch(struct vb_flow *flow, const struct vb_watch *watch)
{
    flow->watch = watch;
}

void vb_flow_slice(struct vb_flow *flow, int64_t slice_ns)
{
    vb_sandbox_slice(flow->box, slice_ns);
}

/* What every author forgets once: an answer need not be there. */
static void explain_nil(struct vb_err *err)
{
    size_t len = strlen(err->text);
    bool counts = strstr(err->text, "attempt to compare") != NULL ||
                  strstr(err->text, "attempt to perform arithmetic") != NULL;
    if (counts && strstr(err->text, "nil") != NULL)
        snprintf(err->text + len, sizeof err->text - len,
                 "; what was skipped is nil: ask first whether it is ~= nil");
}

enum vb_code vb_flow_resume(struct vb_flow *flow, const struct vb_value *value,
                            struct vb_flow_at *at, struct vb_err *err)
{
    int results;
    bool yielded;
    vb_assert(!flow->over);
    vb_assert((value != NULL) == (flow->begun && flow->at.step == VB_FLOW_ASK));
    if (value != NULL)
        vb_sandbox_rearm(flow->box);
    flow->begun = true;
    flow->value = value;
    enum vb_code code = vb_sandbox_resume(flow->box, flow->co, 0, &results, &yielded, err);
    flow->value = NULL;
    cJSON_Delete(flow->json);
    flow->json = NULL;
    flow->over = code != VB_OK || !yielded;
    if (code == VB_E_SCRIPT)
        explain_nil(err);
    if (code != VB_OK)
        return code;
    if (yielded && vb_sandbox_sliced(flow->box))
        flow->at = (struct vb_flow_at){ .step = VB_FLOW_BUSY, .item = -1, .member = -1 };
    else if (yielded)
        lua_pop(flow->co, results);
    else
        flow->at = (struct vb_flow_at){ .step = VB_FLOW_DONE, .item = -1, .member = -1 };
    *at = flow->at;
    return VB_OK;
}
