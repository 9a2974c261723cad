/* scripts.h - runs a piece of Lua in a sandbox, as the tests of core/script do. */
#ifndef VB_TESTS_SCRIPTS_H
#define VB_TESTS_SCRIPTS_H

#include "tests.h"

#include <lauxlib.h>

#include "base/buf.h"
#include "script/sandbox_lua.h"

/* One run: what a script gave, or how it ended. */
struct script_run {
    struct vb_sandbox *box;
    lua_State *co;
    const char *source;
    enum vb_code code;
    struct vb_err err;
    int results;
    bool yielded;
};

enum { SCRIPT_DEADLINE_MS = 60000 }; /* where a test is about the end, not about time */

static inline struct vb_sandbox_options script_options(struct vb_limits limits)
{
    return (struct vb_sandbox_options){ .limits = limits,
                                        .clock = vb_clock_system(),
                                        .show_messages = true };
}

static inline int script_prepare(lua_State *L)
{
    struct script_run *run = lua_touserdata(L, 1);
    run->co = lua_newthread(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, run);
    vb_sandbox_compile(L, run->source, strlen(run->source), "=script.lua");
    lua_xmove(L, run->co, 1);
    return 0;
}

/* Creates the sandbox, compiles and runs; script_finish destroys it. */
static inline enum vb_code
script_start(struct script_run *run, const struct vb_sandbox_options *options, const char *source)
{
    *run = (struct script_run){ .source = source };
    run->code = vb_sandbox_create(&run->box, options, &run->err);
    if (run->code == VB_OK)
        run->code = vb_sandbox_protect(run->box, script_prepare, run, &run->err);
    if (run->code == VB_OK)
        run->code =
            vb_sandbox_resume(run->box, run->co, 0, &run->results, &run->yielded, &run->err);
    return run->code;
}

static inline void script_finish(struct script_run *run)
{
    vb_sandbox_destroy(run->box);
    run->box = NULL;
}

/* The one string a script returns; "" when it gave something else. Valid until script_finish. */
static inline const char *script_text(struct script_run *run)
{
    if (run->code != VB_OK)
        return run->err.text;
    return run->results == 1 && lua_type(run->co, -1) == LUA_TSTRING ? lua_tostring(run->co, -1)
                                                                     : "";
}

/* A script that returns the string expected. */
static inline void assert_script(const char *source, const char *expected)
{
    struct script_run run;
    struct vb_sandbox_options options = script_options(vb_limits_flow());
    options.limits.deadline_ms = SCRIPT_DEADLINE_MS;
    script_start(&run, &options, source);
    assert_string_equal(script_text(&run), expected);
    assert_int_equal(run.code, VB_OK);
    script_finish(&run);
}

/* A script that ends with code and a message that holds part. */
static inline void assert_refused(const char *source, enum vb_code code, const char *part)
{
    struct script_run run;
    struct vb_sandbox_options options = script_options(vb_limits_flow());
    options.limits.deadline_ms = SCRIPT_DEADLINE_MS;
    script_start(&run, &options, source);
    if (run.code != code || strstr(run.err.text, part) == NULL)
        fail_msg("%s\n  gave %d: %s", source, run.code, script_text(&run));
    script_finish(&run);
}

#endif
