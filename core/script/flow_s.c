/* flow_s.c - the object s of flow(s): what a flow may ask, say and read.
 *
 * Like the globals it is an empty table over a store that is filled when a field is first read, and
 * cannot be written. */
#include <lauxlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "script/flow_lua.h"

/* Places in the registry, by address. */
static const char member_map;  /* member table or id: its roster index */
static const char member_list; /* what s.members last gave */

enum { SAY_PRICE = 1000 }; /* fuel is not re-armed by a message, so they cannot go on for ever */

static struct vb_flow *flow_of(lua_State *L)
{
    return vb_sandbox_host(L);
}

static const char *asked_with_colon(lua_State *L, const char *method)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        luaL_error(L, "write s:%s(...), with a colon", method);
    if (lua_type(L, 2) != LUA_TSTRING)
        luaL_error(L, "s:%s takes the id of an item first, not %s", method,
                   lua_isnoneornil(L, 2) ? "nothing" : luaL_typename(L, 2));
    return lua_tostring(L, 2);
}

static const struct vb_item *find_item(lua_State *L, const char *method)
{
    const struct vb_plan *plan = flow_of(L)->plan;
    const char *id = asked_with_colon(L, method);
    int index = vb_plan_item(plan, id);
    if (index >= 0)
        return &plan->items[index];
    const char **ids = lua_newuserdatauv(L, sizeof *ids * (size_t)(plan->item_count + 1), 0);
    for (int i = 0; i < plan->item_count; i++)
        ids[i] = plan->items[i].id;
    const char *meant = vb_did_you_mean(id, ids, (size_t)plan->item_count);
    if (meant != NULL)
        luaL_error(L, "s:%s: there is no item \"%s\"; did you mean \"%s\"?", method, id, meant);
    luaL_error(L, "s:%s: there is no item \"%s\" in this instrument", method, id);
    return NULL;
}

/* -- members ------------------------------------------------------------------------------------*/

static void push_person_id(lua_State *L, const char *role, const char *label)
{
    if (label == NULL)
        lua_pushstring(L, role);
    else
        lua_pushfstring(L, "%s:%s", role, label);
}

static void push_person(lua_State *L, const char *role, const char *label, const char *form)
{
    lua_createtable(L, 0, 4);
    push_person_id(L, role, label);
    lua_setfield(L, -2, "id");
    lua_pushstring(L, role);
    lua_setfield(L, -2, "role");
    lua_pushstring(L, label);
    lua_setfield(L, -2, "label");
    lua_pushstring(L, form);
    lua_setfield(L, -2, "form");
}

/* Pushes the map, made when it is first needed. */
static void push_member_map(lua_State *L, struct vb_flow *flow)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &member_map) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 2 * flow->member_count);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &member_map);
}

/* Those who are there last: somebody who was erased has no label, and so perhaps the id of another.
 */
static void map_members(lua_State *L, struct vb_flow *flow, int map)
{
    vb_sandbox_charge(L, flow->member_count);
    for (int there = 0; there < 2; there++) {
        for (int i = 0; i < flow->member_count; i++) {
            if (flow->members[i].gone == (there == 1))
                continue;
            push_person_id(L, flow->members[i].role, flow->members[i].label);
            lua_pushinteger(L, i);
            lua_rawset(L, map);
        }
    }
}

/* Pushes the list of those who have not left; its tables are entered in the map. */
static void push_members(lua_State *L, struct vb_flow *flow)
{
    lua_Integer at = 0;
    if (!flow->members_stale && lua_rawgetp(L, LUA_REGISTRYINDEX, &member_list) == LUA_TTABLE)
        return;
    push_member_map(L, flow);
    int map = lua_gettop(L);
    map_members(L, flow, map);
    lua_createtable(L, flow->member_count, 0);
    for (int i = 0; i < flow->member_count; i++) {
        const struct vb_member *member = &flow->members[i];
        if (member->gone)
            continue;
        push_person(L, member->role, member->label, member->form);
        lua_pushvalue(L, -1);
        lua_pushinteger(L, i);
        lua_rawset(L, map);
        lua_rawseti(L, -2, ++at);
    }
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &member_list);
    flow->members_stale = false;
}

/* The roster index that the argument (a table of s.members, or an id) names. */
static int read_member(lua_State *L, struct vb_flow *flow, const char *method, int arg)
{
    int type = lua_type(L, arg);
    if (type != LUA_TTABLE && type != LUA_TSTRING)
        luaL_error(L, "s:%s: a member is one of s.members or its id, not %s", method,
                   luaL_typename(L, arg));
    push_member_map(L, flow);
    for (int tries = 0; tries < 2; tries++) {
        lua_pushvalue(L, arg);
        if (lua_rawget(L, -2) == LUA_TNUMBER)
            return (int)lua_tointeger(L, -1);
        lua_pop(L, 1);
        map_members(L, flow, lua_gettop(L)); /* an id, before s.members was read */
    }
    if (type == LUA_TSTRING)
        return luaL_error(L, "s:%s: there is no member \"%s\" in the roster", method,
                          lua_tostring(L, arg));
    return luaL_error(L, "s:%s: this table is not one of s.members", method);
}

/* -- ask ----------------------------------------------------------------------------------------*/

static bool is_self(const struct vb_flow *flow, int member)
{
    const char *person = flow->members[member].person;
    return person != NULL && vb_streq(person, flow->opened->person);
}

static bool in_roster(const struct vb_flow *flow)
{
    return flow->role >= 0 && flow->plan->roles[flow->role].in_roster;
}

/* The member of the place, -1 for none; raises when the call does not fit the item. */
static int place_member(lua_State *L, struct vb_flow *flow, const char *method,
                        const struct vb_item *item)
{
    bool given = !lua_isnoneornil(L, 3);
    if (!item->per_member) {
        if (given)
            luaL_error(L, "s:%s: \"%s\" is not asked per member; leave the member out", method,
                       item->id);
        return -1;
    }
    if (!given)
        luaL_error(L, "s:%s: \"%s\" is asked per member; give one of s.members after the id",
                   method, item->id);
    int member = read_member(L, flow, method, 3);
    if (item->about && in_roster(flow) && !is_self(flow, member))
        luaL_error(L, "s:%s: \"%s\" is about a member, and a member answers it only of itself",
                   method, item->id);
    return member;
}

static uint8_t *mark_of(struct vb_flow *flow, const struct vb_item *item, int member)
{
    int slot = vb_plan_slot(flow->plan, item, member);
    vb_assert(slot >= 0 && slot < flow->mark_count);
    return &flow->marks[slot];
}

static int asked(lua_State *L, int status, lua_KContext ctx)
{
    struct vb_flow *flow = flow_of(L);
    (void)status;
    (void)ctx;
    const struct vb_item *item = &flow->plan->items[flow->at.item];
    const struct vb_value *value = flow->value;
    *mark_of(flow, item, flow->at.member) = value->type == VB_VALUE_MISSING
                                                ? (uint8_t)(VB_MARK_MISSING + value->number)
                                                : (uint8_t)VB_MARK_GIVEN;
    vb_flow_push_value(L, flow, item, value);
    return 1;
}

/* Lua keeps the line and the way of the call; the tokens of that line say the rest. */
static bool is_dropped(lua_State *L, const struct vb_watch *watch)
{
    lua_Debug how, where;
    if (lua_getstack(L, 0, &how) == 0 || lua_getinfo(L, "n", &how) == 0 || how.name == NULL ||
        strcmp(how.namewhat, "method") != 0 || strcmp(how.name, "ask") != 0)
        return false;
    if (lua_getstack(L, 1, &where) == 0 || lua_getinfo(L, "Sl", &where) == 0)
        return false;
    return vb_asks_dropped(watch->asks, where.source, where.currentline);
}

static int s_ask(lua_State *L)
{
    struct vb_flow *flow = flow_of(L);
    const struct vb_item *item = find_item(L, "ask");
    int member = place_member(L, flow, "ask", item);
    uint8_t *mark = mark_of(flow, item, member);
    if (flow->role >= 0 && item->text[flow->role] == NULL)
        return luaL_error(L, "s:ask: \"%s\" has no text for the role %s; ask by s.role", item->id,
                          flow->opened->role);
    if (*mark != VB_MARK_FRESH)
        return luaL_error(L, "s:ask: \"%s\" was asked already%s", item->id,
                          member < 0 ? "" : " of this member");
    *mark = VB_MARK_ASKED;
    if (flow->watch != NULL)
        flow->watch->asking(flow->watch->ctx, is_dropped(L, flow->watch));
    flow->at = (struct vb_flow_at){ .step = VB_FLOW_ASK, .item = item->index, .member = member };
    lua_settop(L, 0);
    lua_pushlightuserdata(L, (void *)&vb_sandbox_yield_mark);
    return lua_yieldk(L, 1, 0, asked);
}

static int s_reason(lua_State *L)
{
    struct vb_flow *flow = flow_of(L);
    const struct vb_item *item = find_item(L, "reason");
    int member = place_member(L, flow, "reason", item);
    uint8_t mark = *mark_of(flow, item, member);
    if (flow->watch != NULL)
        flow->watch->reads_reason(flow->watch->ctx, item->index, member);
    if (mark < VB_MARK_MISSING)
        lua_pushnil(L);
    else
        lua_pushstring(L, vb_missing_name((enum vb_missing)(mark - VB_MARK_MISSING)));
    return 1;
}

/* -- earlier ------------------------------------------------------------------------------------*/

static int s_earlier(lua_State *L)
{
    static const struct vb_value none = { .type = VB_VALUE_NONE };
    struct vb_flow *flow = flow_of(L);
    const struct vb_opened *opened = flow->opened;
    const struct vb_item *item = find_item(L, "earlier");
    const char *wave = luaL_optstring(L, 3, NULL);
    if (item->per_member)
        return luaL_error(L,
                          "s:earlier: \"%s\" is asked per member; only a person's own answers "
                          "are kept for later",
                          item->id);
    if (flow->watch != NULL) {
        const struct vb_value *value = flow->watch->earlier(flow->watch->ctx, item->index, wave);
        vb_flow_push_value(L, flow, item, value == NULL ? &none : value);
        return 1;
    }
    for (int i = opened->earlier_count; i-- > 0;) {
        const struct vb_earlier *earlier = &opened->earlier[i];
        if (earlier->member != NULL || strcmp(earlier->item, item->id) != 0 ||
            (wave != NULL && strcmp(earlier->wave, wave) != 0))
            continue;
        vb_flow_push_value(L, flow, item, &earlier->value);
        return 1;
    }
    lua_pushnil(L);
    return 1;
}

/* -- say ----------------------------------------------------------------------------------------*/

/* Has the table at 2 a text in every language, so that none of them leads elsewhere? */
static bool speaks_all(lua_State *L, const struct vb_plan *plan)
{
    for (int i = 0; i < plan->language_count; i++) {
        size_t len = 0;
        lua_pushstring(L, plan->languages[i]);
        bool text = lua_rawget(L, 2) == LUA_TSTRING;
        const char *bytes = text ? lua_tolstring(L, -1, &len) : "";
        bool well = text && strlen(bytes) == len && vb_utf8_valid(bytes, len, NULL);
        lua_pop(L, 1);
        if (!well)
            return false;
    }
    return true;
}

/* Leaves the text for this person on top: the string itself, or the one of { nl = , en = }. */
static const char *read_text(lua_State *L, struct vb_flow *flow, size_t *len)
{
    if (lua_type(L, 2) == LUA_TTABLE) {
        const char *language = flow->plan->languages[flow->language];
        if (flow->watch != NULL && !speaks_all(L, flow->plan))
            flow->watch->reads_opened(flow->watch->ctx, VB_READS_LANGUAGE);
        lua_pushstring(L, language);
        if (lua_rawget(L, 2) != LUA_TSTRING)
            luaL_error(L, "s:say: there is no text in the language %s", language);
    } else if (lua_type(L, 2) == LUA_TSTRING) {
        lua_pushvalue(L, 2);
    } else {
        luaL_error(L, "s:say takes a text or { nl = , en = }, not %s", luaL_typename(L, 2));
    }
    return lua_tolstring(L, -1, len);
}

static int said(lua_State *L, int status, lua_KContext ctx)
{
    (void)L;
    (void)status;
    (void)ctx;
    return 0;
}

static int s_say(lua_State *L)
{
    struct vb_flow *flow = flow_of(L);
    size_t len;
    if (lua_type(L, 1) != LUA_TTABLE)
        return luaL_error(L, "write s:say(...), with a colon");
    const char *text = read_text(L, flow, &len);
    if (strlen(text) != len || !vb_utf8_valid(text, len, NULL))
        return luaL_error(L, "s:say: the text is not UTF-8");
    vb_sandbox_charge(L, SAY_PRICE + (int64_t)len);
    flow->at = (struct vb_flow_at){ .step = VB_FLOW_SAY, .item = -1, .member = -1, .text = text };
    /* The text stays in this frame, so its bytes stay until the next resume. */
    lua_pushlightuserdata(L, (void *)&vb_sandbox_yield_mark);
    return lua_yieldk(L, 1, 0, said);
}

/* -- fields -------------------------------------------------------------------------------------*/

static const luaL_Reg methods[] = {
    { "ask", s_ask }, { "earlier", s_earlier }, { "reason", s_reason },
    { "say", s_say }, { NULL, NULL },
};
static const char *const fields[] = { "ask",     "earlier", "form", "format", "language", "me",
                                      "members", "reason",  "role", "say",    "variant" };
enum { FIELDS = sizeof fields / sizeof fields[0] };

static bool push_method(lua_State *L, const char *name)
{
    for (const luaL_Reg *method = methods; method->name != NULL; method++)
        if (strcmp(method->name, name) == 0) {
            lua_pushcfunction(L, method->func);
            return true;
        }
    return false;
}

static const char *format_name(const struct vb_flow *flow)
{
    if (flow->opened->format != NULL || flow->plan->format_count == 0)
        return flow->opened->format;
    return flow->plan->formats[0].name;
}

static bool push_field(lua_State *L, struct vb_flow *flow, const char *name)
{
    const struct vb_opened *opened = flow->opened;
    if (flow->watch != NULL && strcmp(name, "format") == 0)
        flow->watch->reads_opened(flow->watch->ctx, VB_READS_FORMAT);
    if (flow->watch != NULL && strcmp(name, "language") == 0)
        flow->watch->reads_opened(flow->watch->ctx, VB_READS_LANGUAGE);
    if (strcmp(name, "role") == 0)
        lua_pushstring(L, opened->role);
    else if (strcmp(name, "form") == 0)
        lua_pushstring(L, opened->form);
    else if (strcmp(name, "format") == 0)
        lua_pushstring(L, format_name(flow));
    else if (strcmp(name, "variant") == 0)
        lua_pushstring(L, opened->variant);
    else if (strcmp(name, "language") == 0)
        lua_pushstring(L, flow->plan->languages[flow->language]);
    else if (strcmp(name, "me") == 0)
        push_person(L, opened->role, opened->label, opened->form);
    else
        return false;
    return true;
}

/* Called with the store of s and a name that it does not hold yet. */
static int read_field(lua_State *L)
{
    struct vb_flow *flow = flow_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    if (strcmp(name, "members") == 0) {
        push_members(L, flow); /* not kept in the store: the roster may change */
        return 1;
    }
    if (push_method(L, name) || push_field(L, flow, name)) {
        lua_pushvalue(L, -1);
        lua_setfield(L, 1, name);
        return 1;
    }
    const char *meant = vb_did_you_mean(name, fields, FIELDS);
    if (meant != NULL)
        return luaL_error(L, "s has no field '%s'; did you mean '%s'?", name, meant);
    return luaL_error(L, "s has no field '%s'", name);
}

static int write_field(lua_State *L)
{
    return luaL_error(L, "s cannot be changed");
}

void vb_flow_push_s(lua_State *L, struct vb_flow *flow)
{
    (void)flow;
    lua_createtable(L, 0, 0);
    lua_createtable(L, 0, 2);
    lua_createtable(L, 0, 4);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, read_field);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_field);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}
