#include "script/raw.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "script/construct.h"

enum { DEPTH_MAX = 16 }; /* stands in a message too */

struct numbered {
    int64_t place;
    struct vb_raw value;
};

static void copy(lua_State *L, int index, struct vb_raw_copying *copying, int depth,
                 struct vb_raw *out);

/* Raises with the place of the constructor that is being copied. */
static void refuse(lua_State *L, const struct vb_raw_copying *copying, const char *words)
{
    if (copying->source == NULL)
        luaL_error(L, "%s", words);
    luaL_error(L, "%s:%d: %s", copying->source, copying->line, words);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct vb_raw_field *)a)->name, ((const struct vb_raw_field *)b)->name);
}

static int by_place(const void *a, const void *b)
{
    int64_t x = ((const struct numbered *)a)->place, y = ((const struct numbered *)b)->place;
    return (x > y) - (x < y);
}

static int count_entries(lua_State *L, int index)
{
    int count = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
        count++;
    return count;
}

static void close_list(struct vb_raw_copying *copying, struct vb_raw_table *out,
                       struct numbered *list)
{
    qsort(list, (size_t)out->list_count, sizeof *list, by_place);
    struct vb_raw *values =
        vb_arena_alloc(copying->tables, (size_t)out->list_count * sizeof *values);
    for (int i = 0; i < out->list_count; i++) {
        values[i] = list[i].value;
        if (out->hole == 0 && list[i].place != i + 1)
            out->hole = i + 1;
    }
    out->list = values;
}

static void copy_table(lua_State *L, int index, struct vb_raw_copying *copying, int depth,
                       struct vb_raw_table *out)
{
    index = lua_absindex(L, index);
    size_t count = (size_t)count_entries(L, index);
    struct vb_raw_field *fields = vb_arena_alloc(copying->tables, count * sizeof *fields);
    struct numbered *list = vb_arena_alloc(copying->tables, count * sizeof *list);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) == LUA_TSTRING) {
            struct vb_raw_field *field = &fields[out->field_count++];
            field->name = vb_arena_strdup(copying->strings, lua_tostring(L, -2));
            copy(L, -1, copying, depth, &field->value);
        } else if (lua_isinteger(L, -2) && lua_tointeger(L, -2) > 0) {
            struct numbered *entry = &list[out->list_count++];
            entry->place = lua_tointeger(L, -2);
            copy(L, -1, copying, depth, &entry->value);
        } else {
            out->odd_keys = true;
        }
    }
    if (out->field_count > 0)
        qsort(fields, (size_t)out->field_count, sizeof *fields, by_name);
    out->fields = fields;
    if (out->list_count > 0)
        close_list(copying, out, list);
}

/* What is used in many places is copied once; what is not copied to its end yet holds itself. */
static void *known(lua_State *L, int index, const struct vb_raw_copying *copying)
{
    lua_pushvalue(L, index);
    if (lua_rawget(L, copying->memo) == LUA_TBOOLEAN)
        refuse(L, copying, "a table holds itself");
    void *copied = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return copied;
}

static void remember(lua_State *L, int index, const struct vb_raw_copying *copying, void *copied)
{
    lua_pushvalue(L, index);
    lua_pushlightuserdata(L, copied);
    lua_rawset(L, copying->memo);
}

static void begin(lua_State *L, int index, const struct vb_raw_copying *copying)
{
    lua_pushvalue(L, index);
    lua_pushboolean(L, 0);
    lua_rawset(L, copying->memo);
}

static const struct vb_raw_node *copy_node(lua_State *L, int index, const struct vb_node *node,
                                           struct vb_raw_copying *copying, int depth)
{
    const char *outer_source = copying->source;
    int outer_line = copying->line;
    index = lua_absindex(L, index);
    struct vb_raw_node *out = known(L, index, copying);
    if (out != NULL)
        return out;
    begin(L, index, copying);
    out = vb_arena_new(copying->tables, struct vb_raw_node);
    out->constructor = node->constructor;
    out->line = node->line;
    out->has_table = node->has_table;
    vb_node_push_source(L, index);
    copying->source = lua_tostring(L, -1);
    copying->line = node->line;
    out->file = copying->file_of(copying->ctx, copying->source);
    vb_node_push_id(L, index);
    out->id = vb_arena_strdup(copying->strings, lua_tostring(L, -1));
    vb_node_push_table(L, index);
    if (lua_type(L, -1) == LUA_TTABLE)
        copy_table(L, -1, copying, depth, &out->table);
    lua_pop(L, 3);
    copying->source = outer_source;
    copying->line = outer_line;
    remember(L, index, copying, out);
    return out;
}

static void copy_scalar(lua_State *L, int index, struct vb_raw_copying *copying, struct vb_raw *out)
{
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        out->type = VB_RAW_NIL;
        break;
    case LUA_TBOOLEAN:
        out->type = VB_RAW_BOOL;
        out->boolean = lua_toboolean(L, index);
        break;
    case LUA_TNUMBER:
        out->type = lua_isinteger(L, index) ? VB_RAW_INT : VB_RAW_FLOAT;
        if (out->type == VB_RAW_INT)
            out->integer = lua_tointeger(L, index);
        else
            out->number = lua_tonumber(L, index);
        break;
    case LUA_TSTRING: {
        const char *s = lua_tolstring(L, index, &out->len);
        if (out->len > copying->text_left)
            refuse(L, copying, "the file holds too much text");
        copying->text_left -= out->len;
        out->type = VB_RAW_STRING;
        out->string = vb_arena_strndup(copying->strings, s, out->len);
        break;
    }
    case LUA_TFUNCTION:
        out->type = VB_RAW_FUNCTION;
        break;
    default:
        out->type = VB_RAW_OTHER;
    }
}

static void copy(lua_State *L, int index, struct vb_raw_copying *copying, int depth,
                 struct vb_raw *out)
{
    const struct vb_node *node;
    *out = (struct vb_raw){ 0 };
    luaL_checkstack(L, 8, "the instrument");
    if (copying->left-- <= 0)
        refuse(L, copying, "the file holds too many values");
    if (depth > DEPTH_MAX)
        refuse(L, copying, "tables lie more than 16 deep in each other");
    if (lua_type(L, index) == LUA_TTABLE) {
        struct vb_raw_table *table = known(L, index, copying);
        out->type = VB_RAW_TABLE;
        if (table == NULL) {
            table = vb_arena_new(copying->tables, struct vb_raw_table);
            begin(L, index, copying);
            copy_table(L, index, copying, depth + 1, table);
            remember(L, index, copying, table);
        }
        out->table = table;
    } else if ((node = vb_node_at(L, index)) != NULL) {
        out->type = VB_RAW_NODE;
        out->node = copy_node(L, index, node, copying, depth + 1);
    } else {
        copy_scalar(L, index, copying, out);
    }
}

void vb_raw_copy(lua_State *L, int index, struct vb_raw_copying *copying, struct vb_raw *out)
{
    copy(L, lua_absindex(L, index), copying, 0, out);
}

const struct vb_raw *vb_raw_get(const struct vb_raw_table *table, const char *name)
{
    static const struct vb_raw nothing = { .type = VB_RAW_NIL };
    for (int i = 0; i < table->field_count; i++)
        if (strcmp(table->fields[i].name, name) == 0)
            return &table->fields[i].value;
    return &nothing;
}

const char *vb_raw_type_name(const struct vb_raw *raw)
{
    static const char *const names[] = {
        [VB_RAW_NIL] = "nothing",          [VB_RAW_BOOL] = "true or false",
        [VB_RAW_INT] = "a number",         [VB_RAW_FLOAT] = "a number with decimals",
        [VB_RAW_STRING] = "a string",      [VB_RAW_TABLE] = "a table",
        [VB_RAW_NODE] = "a constructor",   [VB_RAW_FUNCTION] = "a function",
        [VB_RAW_OTHER] = "something else",
    };
    return names[raw->type];
}
