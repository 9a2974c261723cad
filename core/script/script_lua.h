/* script_lua.h - what the loader leaves behind for the flows of a scripted plan (plan->script).
 *
 * Dumps of chunks this process compiled from the pinned text, so that a flow's fresh state need not
 * parse again. They are made and read in one process, never written anywhere, never taken from
 * outside. Fixed once the load is done; any thread may read it then. Only core/script includes
 * this. */
#ifndef VB_SCRIPT_LUA_H
#define VB_SCRIPT_LUA_H

#include <stddef.h>

#include <lua.h>

#include "base/buf.h"
#include "script/image.h"

struct vb_chunk {
    char *name;         /* as require names it ("shared.agree"); the main chunk's is NULL */
    struct vb_buf dump; /* empty: none */
};

struct vb_script {
    struct vb_chunk main;     /* instrument.lua: run again in a flow state, it gives the flow */
    struct vb_chunk *modules; /* sibling modules it required, in order of first require */
    size_t module_count, module_cap;

    /* The flow function with what it stands on: then the main chunk need not run. NULL when it
     * stands on more than can be kept. */
    struct vb_image *flow;
};

struct vb_script *vb_script_create(void);
void vb_script_destroy(void *script); /* plan->script_destroy; NULL is fine */

/* Dumps the Lua function on top of L (it stays there). Never raises. */
void vb_script_set_main(struct vb_script *script, lua_State *L);
void vb_script_add_module(struct vb_script *script, lua_State *L, const char *name);
/* Keeps the flow function on top of L (it stays there); verbond is the index of the table that
 * require "verbond" gave. Call it once the main chunk returned. Never raises. */
void vb_script_set_flow(struct vb_script *script, lua_State *L, int verbond);

#endif
