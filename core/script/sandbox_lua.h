/* sandbox_lua.h - the sandbox seen from inside core/script. No other room includes it.
 *
 * A function whose first parameter is lua_State * may raise and is reached only through
 * vb_sandbox_protect or vb_sandbox_resume; nothing malloc'd may be alive where it can raise.
 * Scripts run only in a coroutine (lua_newthread inside protect, anchored in the registry) by
 * vb_sandbox_resume, so that the hook can yield; a C function that calls Lua does it with lua_callk
 * and a continuation for the same reason. */
#ifndef VB_SANDBOX_LUA_H
#define VB_SANDBOX_LUA_H

#include <stdbool.h>

#include <lua.h>

#include "script/sandbox.h"

struct vb_sandbox *vb_sandbox_of(lua_State *L); /* from the extra space, for C functions */

/* Runs fn on the main state in one protected call; ctx is light userdata at index 1. Errors:
 * VB_E_SCRIPT with the message, VB_E_LIMIT when memory ran out. The stack is as before. */
enum vb_code vb_sandbox_protect(struct vb_sandbox *box, lua_CFunction fn, void *ctx,
                                struct vb_err *err);

/* Compiles text (never bytecode; bitwise operators refused by a token scan) and pushes the
 * function; raises a string "file:line: message" when it does not compile. chunk: "=path". */
void vb_sandbox_compile(lua_State *L, const char *bytes, size_t len, const char *chunk);

/* Resumes co with nargs on its stack. *yielded: it stopped at the engine's own yield (private
 * light userdata vb_sandbox_yield_mark below its results); else it returned. *nresults values lie
 * on top of co. VB_E_SCRIPT: it raised ("file:line: message"); VB_E_LIMIT: fuel, memory or deadline
 * ran out, whatever the script tried to do about it; the state is to be thrown away then. */
enum vb_code vb_sandbox_resume(struct vb_sandbox *box, lua_State *co, int nargs, int *nresults,
                               bool *yielded, struct vb_err *err);
/* From the next resume on, one resume runs for about so long (ns by the sandbox's clock; 0: to its
 * end) and then stops in mid-run, wherever the script is: it yielded nothing, vb_sandbox_sliced is
 * true, and another resume without arguments goes on. Fuel and deadline count on over the slices.
 */
void vb_sandbox_slice(struct vb_sandbox *box, int64_t slice_ns);
bool vb_sandbox_sliced(const struct vb_sandbox *box);
/* For long work in C: is the slice over, here where Lua can be left? Then yield nothing, with a
 * continuation. */
bool vb_sandbox_pause(lua_State *L);
void vb_sandbox_rearm(struct vb_sandbox *box); /* full fuel and a new deadline: at every ask */
void vb_sandbox_limit(struct vb_sandbox *box, const struct vb_limits *limits); /* and re-arms */
/* Charges fuel for work done in C (sorting, string work): raises or marks the verdict when out. */
void vb_sandbox_charge(lua_State *L, int64_t instructions);

/* Makes the value on top of the stack (popped) a global that scripts can read. */
void vb_sandbox_set_global(lua_State *L, const char *name);
/* From now on errors say a place and nothing the script made, as without show_messages; they begin
 * with stopped, such as "the output stopped". */
void vb_sandbox_hide(struct vb_sandbox *box, const char *stopped);
/* A pointer of whoever made the sandbox, for its C functions. */
void vb_sandbox_set_host(struct vb_sandbox *box, void *host);
void *vb_sandbox_host(lua_State *L);

extern const char vb_sandbox_yield_mark; /* its address is the mark */

#endif
