/* flow_lua.h - a flow from inside: shared by flow*.c only. */
#ifndef VB_FLOW_LUA_H
#define VB_FLOW_LUA_H

#include <cjson/cJSON.h>
#include <lua.h>

#include "script/flow.h"
#include "script/sandbox_lua.h"
#include "script/script_lua.h"
#include "script/watch.h"

struct vb_flow {
    /* -- fixed after create -- */
    const struct vb_plan *plan;
    const struct vb_opened *opened;
    const struct vb_script *script;
    const struct vb_watch *watch; /* NULL: nobody looks */
    struct vb_limits limits;
    int role, language; /* plan indexes; role -1: none of the plan's */
    struct vb_sandbox *box;
    lua_State *co;

    /* -- the roster as the script may read it -- */
    const struct vb_member *members;
    int member_count;
    bool members_stale; /* what s.members gave is of an older roster */

    /* -- where it is -- */
    bool begun, loading, over;
    struct vb_flow_at at;
    uint8_t *marks; /* [vb_plan_slots]: see vb_flow_mark */
    int mark_count;

    /* -- of the resume that runs -- */
    const struct vb_value *value;
    cJSON *json; /* of a value that Lua is being given; here, so that a raise cannot lose it */
};

/* What is remembered of a place: not asked, given, or VB_MARK_MISSING + its reason. */
enum vb_flow_mark { VB_MARK_FRESH, VB_MARK_ASKED, VB_MARK_GIVEN, VB_MARK_MISSING };

/* Pushes the object s. */
void vb_flow_push_s(lua_State *L, struct vb_flow *flow);
/* Pushes a value as scripts read it: nil when it is missing. */
void vb_flow_push_value(lua_State *L, struct vb_flow *flow, const struct vb_item *item,
                        const struct vb_value *value);

#endif
