/* output_run.c - calling the functions of the script, and what becomes of it when one stops. */
#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "script/output_inner.h"
#include "script/sandbox_box.h"

struct call {
    const char *name;                 /* of the function in what the file returned */
    void (*push_first)(lua_State *L); /* its first argument, before host; NULL: none */
    /* -- once prepared -- */
    lua_State *co; /* NULL: the script has no such function */
    int anchor;    /* keeps co alive */
    int arguments, results;
};

/* -- one call --------------------------------------------------------------------------------- */

static int prepare(lua_State *L)
{
    struct call *call = lua_touserdata(L, 1);
    vb_output_push_table(L);
    lua_pushstring(L, call->name);
    if (lua_rawget(L, -2) != LUA_TFUNCTION)
        return 0;
    lua_State *co = lua_newthread(L);
    call->anchor = luaL_ref(L, LUA_REGISTRYINDEX);
    if (call->push_first != NULL)
        call->push_first(L);
    vb_output_push_host(L);
    call->arguments = call->push_first == NULL ? 1 : 2;
    lua_xmove(L, co, call->arguments + 1);
    call->co = co;
    return 0;
}

static int make_host(lua_State *L)
{
    vb_output_host_make(L);
    return 0;
}

static int clean(lua_State *L)
{
    const struct call *call = lua_touserdata(L, 1);
    luaL_unref(L, LUA_REGISTRYINDEX, call->anchor);
    lua_gc(L, LUA_GCCOLLECT);
    return 0;
}

/* After it the results lie on call->co until end_call. */
static enum vb_code begin_call(struct vb_lua_output *output, struct call *call, struct vb_err *err)
{
    bool yielded;
    output->fault = VB_FAULT_NONE;
    enum vb_code code = vb_sandbox_protect(output->box, prepare, call, err);
    if (code == VB_OK && call->co != NULL)
        code = vb_sandbox_resume(output->box, call->co, call->arguments, &call->results, &yielded,
                                 err);
    return code;
}

static void end_call(struct vb_lua_output *output, struct call *call, enum vb_code code)
{
    struct vb_err ignored;
    vb_output_leave_places(output);
    cJSON_Delete(output->json);
    output->json = NULL;
    vb_buf_finish(&output->text);
    /* A state that met a limit, or that cannot be cleaned, is made anew next time. */
    if (code != VB_E_LIMIT && call->co != NULL)
        code = vb_sandbox_protect(output->box, clean, call, &ignored);
    if (code == VB_E_LIMIT) {
        vb_sandbox_destroy(output->box);
        output->box = NULL;
    }
}

/* What went wrong, in words that hold nothing of a result. */
static enum vb_fault say_why(struct vb_lua_output *output, const struct call *call,
                             enum vb_code code, struct vb_err *err)
{
    char place[VB_PLACE_SIZE];
    enum vb_fault fault = VB_FAULT_MISUSE;
    if (code != VB_E_SCRIPT)
        return VB_FAULT_TROUBLE;
    if (call->co != NULL)
        fault = vb_output_fault(output, call->co);
    if (fault == VB_FAULT_TROUBLE)
        vb_fail(err, VB_E_SCRIPT, "%s", output->words);
    if (fault == VB_FAULT_MISUSE && call->co != NULL) {
        vb_sandbox_place(call->co, place);
        vb_fail(err, VB_E_SCRIPT, "%s%s%s", place, place[0] == '\0' ? "" : ": ", output->words);
    }
    return fault;
}

/* -- open and close --------------------------------------------------------------------------- */

static enum vb_code call_open(struct vb_lua_output *output, struct vb_err *err)
{
    struct call call = { .name = "open" };
    size_t len;
    output->fault = VB_FAULT_NONE;
    enum vb_code code = vb_sandbox_protect(output->box, make_host, NULL, err);
    if (code == VB_OK)
        code = begin_call(output, &call, err);
    if (code != VB_OK)
        say_why(output, &call, code, err);
    else if (call.results > 0 && lua_type(call.co, -call.results) == LUA_TSTRING)
        vb_fail(err, VB_E_SCRIPT, "%s", lua_tolstring(call.co, -call.results, &len));
    else if (call.results > 0 && lua_toboolean(call.co, -call.results))
        vb_fail(err, VB_E_SCRIPT, "open gives back nothing, or a sentence why it cannot begin");
    else
        err->code = VB_OK;
    bool refused = err->code != VB_OK;
    end_call(output, &call, code);
    return refused ? VB_E_CONFIG : VB_OK;
}

enum vb_code vb_lua_output_open(struct vb_lua_output *output, const struct vb_output_host *host,
                                struct vb_err *err)
{
    struct vb_limits limits = vb_limits_output();
    output->host = host;
    vb_sandbox_limit(output->box, &limits);
    return call_open(output, err);
}

void vb_output_close(void *self)
{
    struct vb_lua_output *output = self;
    struct call call = { .name = "close" };
    struct vb_limits limits = vb_limits_output();
    struct vb_err err;
    if (output->box == NULL)
        return;
    vb_sandbox_limit(output->box, &limits);
    enum vb_code code = begin_call(output, &call, &err);
    if (code != VB_OK) {
        say_why(output, &call, code, &err);
        output->host->log(output->host, VB_OUTPUT_WARN, err.text);
    }
    end_call(output, &call, code);
}

/* -- deliver ---------------------------------------------------------------------------------- */

static int say(struct vb_output_answer *answer, int outcome, const char *reason)
{
    snprintf(answer->reason, sizeof answer->reason, "%.255s", reason);
    return outcome;
}

/* Strings only are read as strings: asking Lua to make one could raise here. */
static const char *string_at(lua_State *co, int index, int top)
{
    return index <= top && lua_type(co, index) == LUA_TSTRING ? lua_tostring(co, index) : NULL;
}

static int64_t after_of(lua_State *co, int index, int top)
{
    if (index > top || lua_type(co, index) != LUA_TNUMBER)
        return 0;
    lua_Number after = lua_tonumber(co, index);
    return after > 0 && after < 1e15 ? (int64_t)after : 0;
}

static int outcome_of(const struct call *call, struct vb_output_answer *answer)
{
    int top = lua_gettop(call->co), first = top - call->results + 1;
    const char *word = string_at(call->co, first, top);
    const char *reason = string_at(call->co, first + 1, top);
    if (reason == NULL || reason[0] == '\0')
        reason = "the script gives no reason";
    if (vb_streq(word, "delivered"))
        return VB_OUTPUT_DELIVERED;
    if (vb_streq(word, "retry")) {
        answer->after_ms = after_of(call->co, first + 2, top);
        return say(answer, VB_OUTPUT_RETRY, reason);
    }
    if (vb_streq(word, "rejected"))
        return say(answer, VB_OUTPUT_REJECTED, reason);
    char why[160];
    snprintf(why, sizeof why,
             "deliver gave back %s, which is no outcome: give back \"delivered\", \"retry\" or "
             "\"rejected\"",
             call->results == 0 ? "nothing"
             : word != NULL     ? "another word"
                                : lua_typename(call->co, lua_type(call->co, first)));
    return say(answer, VB_OUTPUT_REJECTED, why);
}

/* What a limit ended, the disk or another process is in the way of, may work later. */
static int stopped(struct vb_lua_output *output, const struct call *call, enum vb_code code,
                   struct vb_err *err, struct vb_output_answer *answer)
{
    bool later = say_why(output, call, code, err) == VB_FAULT_TROUBLE;
    return say(answer, later ? VB_OUTPUT_RETRY : VB_OUTPUT_REJECTED, err->text);
}

/* The state met a limit the last time. */
static enum vb_code start_again(struct vb_lua_output *output, const struct vb_limits *limits,
                                struct vb_err *err)
{
    struct vb_findings findings = { 0 };
    enum vb_code code = vb_output_start(output, limits, &findings, err);
    vb_findings_finish(&findings);
    if (code != VB_OK)
        return vb_fail(err, code, "%s does not load again", output->file);
    return call_open(output, err);
}

/* The engine would end the process; a tenth of the time is enough to say why it did not work. */
static struct vb_limits limits_of(const struct vb_output_delivery *delivery)
{
    struct vb_limits limits = vb_limits_output();
    limits.deadline_ms = delivery->deadline_ms / 10 * 9;
    if (limits.deadline_ms < 1)
        limits.deadline_ms = 1;
    return limits;
}

int vb_output_deliver(void *self, const struct vb_output_delivery *delivery,
                      struct vb_output_answer *answer)
{
    struct vb_lua_output *output = self;
    struct call call = { .name = "deliver", .push_first = vb_output_push_delivery };
    struct vb_limits limits = limits_of(delivery);
    struct vb_err err;
    if (output->box == NULL && start_again(output, &limits, &err) != VB_OK)
        return say(answer, VB_OUTPUT_RETRY, err.text);
    output->delivery = delivery;
    vb_sandbox_limit(output->box, &limits);
    enum vb_code code = begin_call(output, &call, &err);
    int outcome =
        code == VB_OK ? outcome_of(&call, answer) : stopped(output, &call, code, &err, answer);
    end_call(output, &call, code);
    output->delivery = NULL;
    return outcome;
}
