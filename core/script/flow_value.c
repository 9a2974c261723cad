/* flow_value.c - an answer as a script reads it. */
#include <lauxlib.h>

#include "data/json.h"
#include "script/flow_lua.h"

/* Strings, lists and objects of them: other things are not written in answers. */
static void push_json(lua_State *L, const cJSON *json)
{
    const cJSON *child;
    lua_Integer at = 0;
    luaL_checkstack(L, 3, "an answer is nested too deep");
    if (!cJSON_IsArray(json) && !cJSON_IsObject(json)) {
        lua_pushstring(L, cJSON_GetStringValue(json));
        return;
    }
    lua_newtable(L);
    cJSON_ArrayForEach(child, json)
    {
        push_json(L, child);
        if (child->string != NULL)
            lua_setfield(L, -2, child->string);
        else
            lua_rawseti(L, -2, ++at);
    }
}

/* Choices and words; of what was made a script learns only that it is there. */
static void push_written(lua_State *L, struct vb_flow *flow, const struct vb_item *item,
                         const struct vb_value *value)
{
    struct vb_err err;
    if (vb_kind_is_made(item->kind)) {
        lua_pushboolean(L, 1);
        return;
    }
    cJSON_Delete(flow->json);
    flow->json = NULL;
    if (vb_json_parse(&flow->json, value->text, value->len, flow->limits.string_bytes, &err) !=
        VB_OK)
        luaL_error(L, "the answer to \"%s\" cannot be read", item->id);
    push_json(L, flow->json);
}

static void push_option(lua_State *L, const struct vb_item *item, int64_t index)
{
    if (item->answers == NULL || index < 0 || index >= item->answers->count)
        luaL_error(L, "the answer to \"%s\" is no option of it", item->id);
    lua_pushstring(L, item->answers->options[index].id);
}

void vb_flow_push_value(lua_State *L, struct vb_flow *flow, const struct vb_item *item,
                        const struct vb_value *value)
{
    switch ((enum vb_value_type)value->type) {
    case VB_VALUE_NONE:
    case VB_VALUE_MISSING:
        lua_pushnil(L);
        return;
    case VB_VALUE_INT:
        lua_pushinteger(L, value->number);
        return;
    case VB_VALUE_BOOL:
        lua_pushboolean(L, value->number != 0);
        return;
    case VB_VALUE_MILLI:
        if (value->number % 1000 == 0)
            lua_pushinteger(L, value->number / 1000);
        else
            lua_pushnumber(L, (lua_Number)value->number / 1000.0);
        return;
    case VB_VALUE_OPTION:
        push_option(L, item, value->number);
        return;
    case VB_VALUE_TEXT:
    case VB_VALUE_DATE:
        lua_pushlstring(L, value->text, value->len);
        return;
    case VB_VALUE_JSON:
        push_written(L, flow, item, value);
        return;
    }
    lua_pushnil(L);
}
