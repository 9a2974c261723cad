#include "script/sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/instrument.h"
#include "script/sandbox_box.h"
#include "script/scan.h"

const char vb_sandbox_yield_mark = 0;

struct vb_limits vb_limits_load(void)
{
    return (struct vb_limits){
        .memory_bytes = 16 << 20, .string_bytes = 256 << 10, .fuel = 20000000, .deadline_ms = 2000
    };
}

struct vb_limits vb_limits_flow(void)
{
    return (struct vb_limits){
        .memory_bytes = 8 << 20, .string_bytes = 256 << 10, .fuel = 2000000, .deadline_ms = 200
    };
}

/* -- life ---------------------------------------------------------------------------------------*/

/* Every use of Lua is protected, so this is a fault of ours. */
static int panic(lua_State *L)
{
    (void)L;
    fputs("verbond: Lua raised outside a protected call\n", stderr);
    abort();
}

static int open_box(lua_State *L)
{
    vb_lib_open(L);
    return 0;
}

enum vb_code vb_sandbox_create(struct vb_sandbox **out, const struct vb_sandbox_options *options,
                               struct vb_err *err)
{
    struct vb_sandbox *box = vb_new(struct vb_sandbox);
    *out = NULL;
    box->limits = options->limits;
    box->clock = options->clock;
    box->fail_allocation = options->fail_allocation;
    box->show_messages = options->show_messages;
    vb_sandbox_arena_make(box);
    vb_sandbox_rearm(box);
    lua_State *L = lua_newstate(vb_sandbox_allocate, box);
    if (L == NULL) {
        vb_sandbox_sentence(box, err);
        goto fail;
    }
    lua_atpanic(L, panic);
    memcpy(lua_getextraspace(L), &box, sizeof box);
    box->L = L;
    lua_gc(L, LUA_GCSTOP);
    box->hook_count = VB_HOOK_COUNT;
    lua_sethook(L, vb_sandbox_hook, LUA_MASKCOUNT, VB_HOOK_COUNT);
    if (vb_sandbox_protect(box, open_box, NULL, err) != VB_OK)
        goto fail;
    *out = box;
    return VB_OK;
fail:
    vb_sandbox_destroy(box);
    return err->code;
}

void vb_sandbox_destroy(struct vb_sandbox *box)
{
    if (box == NULL)
        return;
    /* With nothing outside the arena there is nothing to close: no value here has a finaliser
     * that does more than give memory back. */
    if (box->L != NULL && box->outside > 0)
        lua_close(box->L);
    vb_assert(box->outside == 0);
    vb_sandbox_arena_free(box);
    free(box);
}

struct vb_sandbox *vb_sandbox_of(lua_State *L)
{
    struct vb_sandbox *box;
    memcpy(&box, lua_getextraspace(L), sizeof box);
    return box;
}

void vb_sandbox_hide(struct vb_sandbox *box, const char *stopped)
{
    box->show_messages = false;
    box->stopped = stopped;
}

void vb_sandbox_set_host(struct vb_sandbox *box, void *host)
{
    box->host = host;
}

void *vb_sandbox_host(lua_State *L)
{
    return vb_sandbox_of(L)->host;
}

void vb_sandbox_rearm(struct vb_sandbox *box)
{
    box->fuel = box->limits.fuel;
    box->deadline_ns = box->clock.mono_ns(box->clock.ctx) + box->limits.deadline_ms * 1000000;
}

void vb_sandbox_limit(struct vb_sandbox *box, const struct vb_limits *limits)
{
    box->limits = *limits;
    vb_sandbox_rearm(box);
}

/* -- protected use ------------------------------------------------------------------------------*/

/* Does message begin with "file:line:" of a function on L's stack? */
static bool has_place(lua_State *L, const char *message)
{
    lua_Debug ar;
    for (int level = 0; level < 64 && lua_getstack(L, level, &ar); level++) {
        if (!lua_getinfo(L, "S", &ar))
            continue;
        size_t len = strlen(ar.short_src);
        if (strncmp(message, ar.short_src, len) == 0 && message[len] == ':' &&
            message[len + 1] >= '0' && message[len + 1] <= '9')
            return true;
    }
    return false;
}

/* What went wrong, told by which function was running: nothing that the script made is read. */
static const char *class_of(lua_State *L)
{
    lua_Debug ar;
    if (!lua_getstack(L, 0, &ar) || !lua_getinfo(L, "S", &ar) || !lua_checkstack(L, 1))
        return "the script raised an error";
    if (ar.what[0] != 'C')
        return "an operation on a value that does not allow it";
    lua_getinfo(L, "f", &ar);
    lua_CFunction running = lua_tocfunction(L, -1);
    lua_pop(L, 1);
    if (vb_lib_raises(running))
        return "the script raised an error";
    if (vb_lib_has(running))
        return "a library function was given what it does not take";
    return "the script asked what it may not";
}

/* For a state that holds answers: the place and a sentence of our own. */
static enum vb_code raised_hidden(lua_State *L, struct vb_err *err)
{
    char place[VB_PLACE_SIZE];
    vb_sandbox_place(L, place);
    const char *at = place[0] == '\0' ? "" : " at ";
    if (vb_sandbox_of(L)->stopped != NULL)
        return vb_fail(err, VB_E_SCRIPT, "%s%s%s: %s", vb_sandbox_of(L)->stopped, at, place,
                       class_of(L));
    return vb_fail(err, VB_E_SCRIPT, "the flow stopped%s%s: %s; verbond test shows the words", at,
                   place, class_of(L));
}

/* The error object on top of L as a sentence. Reads strings only: asking Lua to make one of
 * anything else could raise here. */
static enum vb_code raised(const struct vb_sandbox *box, lua_State *L, int status,
                           struct vb_err *err)
{
    char place[VB_PLACE_SIZE];
    if (box->verdict != VB_VERDICT_NONE || status == LUA_ERRMEM)
        return vb_sandbox_sentence(box, err);
    if (!box->show_messages)
        return raised_hidden(L, err);
    const char *message = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    if (message != NULL && has_place(L, message))
        return vb_fail(err, VB_E_SCRIPT, "%s", message);
    vb_sandbox_place(L, place);
    const char *colon = place[0] == '\0' ? "" : ": ";
    if (message != NULL)
        return vb_fail(err, VB_E_SCRIPT, "%s%s%s", place, colon, message);
    if (lua_type(L, -1) == LUA_TNUMBER)
        return vb_fail(err, VB_E_SCRIPT, "%s%sthe script raised the number %.14g", place, colon,
                       (double)lua_tonumber(L, -1));
    return vb_fail(err, VB_E_SCRIPT, "%s%sthe script raised a %s where a message was due", place,
                   colon, lua_typename(L, lua_type(L, -1)));
}

enum vb_code vb_sandbox_protect(struct vb_sandbox *box, lua_CFunction fn, void *ctx,
                                struct vb_err *err)
{
    lua_State *L = box->L;
    enum vb_code code = VB_OK;
    int top = lua_gettop(L);
    if (box->verdict != VB_VERDICT_NONE || !lua_checkstack(L, 2))
        return vb_sandbox_sentence(box, err);
    lua_pushcfunction(L, fn);
    lua_pushlightuserdata(L, ctx);
    int status = lua_pcall(L, 1, 0, 0);
    if (status != LUA_OK || box->verdict != VB_VERDICT_NONE)
        code = raised(box, L, status, err);
    lua_settop(L, top);
    return code;
}

/* Only the time it runs counts towards the deadline. */
static void begin_slice(struct vb_sandbox *box)
{
    if (box->slice_ns == 0 && !box->sliced)
        return;
    int64_t now = box->clock.mono_ns(box->clock.ctx);
    if (box->sliced)
        box->deadline_ns = now + box->left_ns;
    box->slice_end_ns = now + box->slice_ns;
    box->sliced = false;
}

void vb_sandbox_slice(struct vb_sandbox *box, int64_t slice_ns)
{
    box->slice_ns = slice_ns;
}

bool vb_sandbox_sliced(const struct vb_sandbox *box)
{
    return box->sliced;
}

enum vb_code vb_sandbox_resume(struct vb_sandbox *box, lua_State *co, int nargs, int *nresults,
                               bool *yielded, struct vb_err *err)
{
    *nresults = 0;
    *yielded = false;
    if (box->verdict != VB_VERDICT_NONE)
        return vb_sandbox_sentence(box, err);
    begin_slice(box);
    box->running = co;
    int status = lua_resume(co, box->L, nargs, nresults);
    box->running = NULL;
    if (box->verdict == VB_VERDICT_NONE && box->sliced && status == LUA_YIELD) {
        *yielded = true;
        return VB_OK;
    }
    if (box->verdict != VB_VERDICT_NONE && box->place[0] == '\0')
        vb_sandbox_place(co, box->place);
    if (box->verdict != VB_VERDICT_NONE || (status != LUA_OK && status != LUA_YIELD))
        return raised(box, co, status, err);
    *yielded = status == LUA_YIELD;
    if (*yielded && (*nresults < 1 || lua_touserdata(co, -*nresults) != &vb_sandbox_yield_mark))
        return vb_fail(err, VB_E_INTERNAL, "the script stopped where the engine did not ask it to");
    return VB_OK;
}

static bool too_deep(lua_State *L, const char *bytes, size_t len, const char *chunk)
{
    vb_sandbox_charge(L, (int64_t)(len / 16));
    bool deep = luaL_loadbufferx(L, bytes, len, chunk, "t") != LUA_OK &&
                lua_type(L, -1) == LUA_TSTRING &&
                strcmp(lua_tostring(L, -1), "C stack overflow") == 0;
    lua_pop(L, 1);
    return deep;
}

static int line_until(const char *bytes, size_t len)
{
    int line = 1;
    for (size_t i = 0; i < len; i++)
        line += bytes[i] == '\n';
    return line;
}

/* The compiler gives no line for what is nested past its stack: the shortest beginning of the file
 * that it refuses so ends there. */
static void refuse_depth(lua_State *L, const char *bytes, size_t len, const char *chunk)
{
    size_t fits = 0, refused = len;
    while (refused - fits > 1) {
        size_t middle = fits + (refused - fits) / 2;
        if (too_deep(L, bytes, middle, chunk))
            refused = middle;
        else
            fits = middle;
    }
    luaL_error(L,
               "%s:%d: brackets, blocks or the parts of a sum lie more than about 200 deep in "
               "each other",
               chunk + 1, line_until(bytes, fits));
}

void vb_sandbox_compile(lua_State *L, const char *bytes, size_t len, const char *chunk)
{
    char text[3];
    int line;
    if (len > VB_SOURCE_MAX)
        luaL_error(L, "%s: the file has %d bytes, at most %d are read", chunk + 1, (int)len,
                   (int)VB_SOURCE_MAX);
    if (vb_scan_bitwise(bytes, len, &line, text))
        luaL_error(L,
                   "%s:%d: bitwise operators are not available in the sandbox: '%s'; write it "
                   "with and, or, not, or with numbers",
                   chunk + 1, line, text);
    vb_sandbox_charge(L, (int64_t)(len / 16));
    if (luaL_loadbufferx(L, bytes, len, chunk, "t") == LUA_OK)
        return;
    if (too_deep(L, bytes, len, chunk))
        refuse_depth(L, bytes, len, chunk);
    lua_error(L);
}

const char *vb_sandbox_version(void)
{
    return LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "." LUA_VERSION_RELEASE;
}
