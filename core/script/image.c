/* image.c - a Lua function with all it stands on.
 *
 *   objects   functions and tables, each once however often it is reached; the first is the
 * function cells     upvalues, each once however many functions share it
 *
 * Pushing makes all objects, fills the tables, then sets each cell in the first function that has
 * it and joins the others to that one. */
#include "script/image.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "script/sandbox_box.h"

enum kind {
    NIL,
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    OBJECT,
    GLOBALS,
    VERBOND,
    LIBRARY,
    FUNCTION_OF_C
};

struct value {
    enum kind kind;
    union {
        lua_Integer integer; /* INTEGER; BOOLEAN; OBJECT: its index */
        lua_Number number;
        lua_CFunction function;
        const char *text; /* STRING; LIBRARY: its name */
    } is;
    size_t len; /* STRING */
};
struct entry {
    struct value key, value;
};
struct object {
    const void *seen_at; /* in the state it was taken from */
    bool function;
    const char *dump; /* functions */
    size_t dump_len;
    int *cells;
    struct entry *entries; /* tables */
    size_t count;          /* of cells or entries */
};
struct cell {
    const void *seen_at;
    struct value value;
};

struct vb_image {
    struct vb_arena arena;
    struct object *objects;
    struct cell *cells;
    size_t object_count, cell_count;
};

/* -- taking -------------------------------------------------------------------------------------*/

enum { OBJECTS_MAX = 500, ENTRIES_MAX = 20000, DEPTH_MAX = 50 };

struct taking {
    struct vb_image *image;
    lua_State *L;
    int verbond, depth;
    size_t object_cap, cell_cap, entries;
};

static bool take_value(struct taking *taking, struct value *out);

static int append(lua_State *L, const void *bytes, size_t len, void *ctx)
{
    (void)L;
    vb_buf_put(ctx, bytes, len);
    return 0;
}

/* The function on top. Debug information stays in: messages need their lines. */
static void take_dump(struct taking *taking, struct object *object)
{
    struct vb_buf buf = { 0 };
    lua_dump(taking->L, append, &buf, 0);
    object->dump = vb_arena_strndup(&taking->image->arena, buf.data, buf.len);
    object->dump_len = buf.len;
    vb_buf_finish(&buf);
}

/* The cell of the upvalue whose value is on top; -1: it cannot be kept. */
static int take_cell(struct taking *taking, const void *seen_at)
{
    struct vb_image *image = taking->image;
    for (size_t i = 0; i < image->cell_count; i++)
        if (image->cells[i].seen_at == seen_at)
            return (int)i;
    struct cell *cell = vb_arena_push(&image->arena, &image->cells, image->cell_count,
                                      &taking->cell_cap, sizeof *cell);
    int index = (int)image->cell_count++;
    struct value value;
    cell->seen_at = seen_at;
    if (!take_value(taking, &value))
        return -1;
    image->cells[index].value = value; /* cells may have moved */
    return index;
}

static bool take_function(struct taking *taking, size_t index)
{
    struct vb_image *image = taking->image;
    lua_State *L = taking->L;
    lua_Debug ar;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">u", &ar);
    int *cells = vb_arena_alloc(&image->arena, ((size_t)ar.nups + 1) * sizeof *cells);
    take_dump(taking, &image->objects[index]);
    image->objects[index].function = true;
    image->objects[index].cells = cells;
    image->objects[index].count = ar.nups;
    for (int i = 0; i < ar.nups; i++) {
        const void *seen_at = lua_upvalueid(L, -1, i + 1);
        lua_getupvalue(L, -1, i + 1);
        cells[i] = take_cell(taking, seen_at);
        lua_pop(L, 1);
        if (cells[i] < 0)
            return false;
    }
    return true;
}

static bool take_table(struct taking *taking, size_t index)
{
    struct vb_image *image = taking->image;
    lua_State *L = taking->L;
    struct entry *entries = NULL;
    size_t count = 0, cap = 0;
    lua_Integer places = 0, last = 0;
    bool kept = true;
    for (lua_pushnil(L); kept && lua_next(L, -2);) {
        struct entry entry;
        kept = ++taking->entries <= ENTRIES_MAX && take_value(taking, &entry.value);
        lua_pop(L, 1);
        kept = kept && take_value(taking, &entry.key) && entry.key.kind <= STRING;
        if (kept && entry.key.kind == INTEGER && entry.key.is.integer > 0) {
            places++;
            last = entry.key.is.integer > last ? entry.key.is.integer : last;
        }
        if (kept)
            *(struct entry *)vb_arena_push(&image->arena, &entries, count++, &cap,
                                           sizeof *entries) = entry;
        else
            lua_pop(L, 1);
    }
    image->objects[index].entries = entries;
    image->objects[index].count = count;
    /* The length of a list with holes depends on how it was filled, so a copy may have another. */
    return kept && places == last;
}

/* The Lua function or plain table on top. */
static bool take_object(struct taking *taking, struct value *out)
{
    struct vb_image *image = taking->image;
    lua_State *L = taking->L;
    const void *seen_at = lua_topointer(L, -1);
    *out = (struct value){ .kind = OBJECT };
    for (size_t i = 0; i < image->object_count; i++) {
        out->is.integer = (lua_Integer)i;
        if (image->objects[i].seen_at == seen_at)
            return true;
    }
    if (image->object_count == OBJECTS_MAX || taking->depth == DEPTH_MAX || !lua_checkstack(L, 6))
        return false;
    struct object *object = vb_arena_push(&image->arena, &image->objects, image->object_count,
                                          &taking->object_cap, sizeof *object);
    object->seen_at = seen_at;
    size_t index = image->object_count++;
    out->is.integer = (lua_Integer)index;
    taking->depth++;
    bool kept = lua_isfunction(L, -1) ? take_function(taking, index) : take_table(taking, index);
    taking->depth--;
    return kept;
}

static bool take_table_or_library(struct taking *taking, struct value *out)
{
    lua_State *L = taking->L;
    lua_pushglobaltable(L);
    bool globals = lua_rawequal(L, -1, -2);
    lua_pop(L, 1);
    if (globals || lua_rawequal(L, -1, taking->verbond)) {
        *out = (struct value){ .kind = globals ? GLOBALS : VERBOND };
        return true;
    }
    /* The loader watches what was required by a metatable without __newindex; it stays behind. */
    if (luaL_getmetafield(L, -1, "__newindex") == LUA_TNIL)
        return take_object(taking, out);
    lua_pop(L, 1);
    *out = (struct value){ .kind = LIBRARY, .is.text = vb_lib_name(L, -1) };
    return out->is.text != NULL;
}

/* The value on top, which stays there. */
static bool take_value(struct taking *taking, struct value *out)
{
    lua_State *L = taking->L;
    *out = (struct value){ .kind = NIL };
    switch (lua_type(L, -1)) {
    case LUA_TNIL:
        return true;
    case LUA_TBOOLEAN:
        *out = (struct value){ .kind = BOOLEAN, .is.integer = lua_toboolean(L, -1) };
        return true;
    case LUA_TNUMBER:
        if (lua_isinteger(L, -1))
            *out = (struct value){ .kind = INTEGER, .is.integer = lua_tointeger(L, -1) };
        else
            *out = (struct value){ .kind = NUMBER, .is.number = lua_tonumber(L, -1) };
        return true;
    case LUA_TSTRING:
        out->kind = STRING;
        out->is.text = lua_tolstring(L, -1, &out->len);
        out->is.text = vb_arena_strndup(&taking->image->arena, out->is.text, out->len);
        return true;
    case LUA_TFUNCTION:
        if (!lua_iscfunction(L, -1))
            return take_object(taking, out);
        *out = (struct value){ .kind = FUNCTION_OF_C, .is.function = lua_tocfunction(L, -1) };
        return vb_lib_has(out->is.function);
    case LUA_TTABLE:
        return lua_checkstack(L, 3) && take_table_or_library(taking, out);
    default:
        return false;
    }
}

struct vb_image *vb_image_take(lua_State *L, int function, int verbond)
{
    struct taking taking = { .L = L, .verbond = lua_absindex(L, verbond) };
    struct value root;
    if (!lua_isfunction(L, function) || lua_iscfunction(L, function) || !lua_checkstack(L, 6))
        return NULL;
    taking.image = vb_new(struct vb_image);
    lua_pushvalue(L, function);
    bool kept = take_value(&taking, &root);
    lua_pop(L, 1);
    if (kept)
        return taking.image;
    vb_image_destroy(taking.image);
    return NULL;
}

void vb_image_destroy(struct vb_image *image)
{
    if (image == NULL)
        return;
    vb_arena_finish(&image->arena);
    free(image);
}

/* -- pushing ------------------------------------------------------------------------------------*/

/* Stack while pushing: the objects are values objects + 1 and so on of the list at index list. */
struct pushing {
    const struct vb_image *image;
    int list;
    void (*push_verbond)(lua_State *L);
};

static void push_value(lua_State *L, const struct pushing *pushing, const struct value *value)
{
    switch (value->kind) {
    case NIL:
        lua_pushnil(L);
        break;
    case BOOLEAN:
        lua_pushboolean(L, value->is.integer != 0);
        break;
    case INTEGER:
        lua_pushinteger(L, value->is.integer);
        break;
    case NUMBER:
        lua_pushnumber(L, value->is.number);
        break;
    case STRING:
        lua_pushlstring(L, value->is.text, value->len);
        break;
    case OBJECT:
        lua_rawgeti(L, pushing->list, value->is.integer + 1);
        break;
    case GLOBALS:
        lua_pushglobaltable(L);
        break;
    case VERBOND:
        pushing->push_verbond(L);
        break;
    case LIBRARY:
        lua_getglobal(L, value->is.text);
        break;
    case FUNCTION_OF_C:
        lua_pushcfunction(L, value->is.function);
        break;
    }
}

static const char *read_once(lua_State *L, void *ctx, size_t *len)
{
    const struct object **source = ctx;
    const struct object *object = *source;
    (void)L;
    *source = NULL;
    *len = object == NULL ? 0 : object->dump_len;
    return object == NULL ? NULL : object->dump;
}

static void push_object(lua_State *L, const struct object *object)
{
    const struct object *source = object;
    if (!object->function)
        lua_createtable(L, (int)object->count, 0);
    else if (lua_load(L, read_once, &source, "=flow", "b") != LUA_OK)
        lua_error(L);
}

static void fill_table(lua_State *L, const struct pushing *pushing, const struct object *object)
{
    for (size_t i = 0; i < object->count; i++) {
        push_value(L, pushing, &object->entries[i].key);
        push_value(L, pushing, &object->entries[i].value);
        lua_rawset(L, -3);
    }
}

/* Sets or joins the upvalues of the function on top; owners: who has each cell already, or -1. */
static void fill_function(lua_State *L, const struct pushing *pushing, size_t index, int *owners)
{
    const struct vb_image *image = pushing->image;
    const struct object *object = &image->objects[index];
    for (int i = 0; i < (int)object->count; i++) {
        int cell = object->cells[i], owner = owners[cell];
        if (owner < 0) {
            push_value(L, pushing, &image->cells[cell].value);
            lua_setupvalue(L, -2, i + 1);
            owners[cell] = (int)index;
            continue;
        }
        int theirs = 0;
        while (image->objects[owner].cells[theirs] != cell)
            theirs++;
        lua_rawgeti(L, pushing->list, owner + 1);
        lua_upvaluejoin(L, -2, i + 1, -1, theirs + 1);
        lua_pop(L, 1);
    }
}

void vb_image_push(lua_State *L, const struct vb_image *image, void (*push_verbond)(lua_State *L))
{
    struct pushing pushing = { image, lua_gettop(L) + 1, push_verbond };
    luaL_checkstack(L, 10, "a flow");
    lua_createtable(L, (int)image->object_count, 0);
    int *owners = lua_newuserdatauv(L, (image->cell_count + 1) * sizeof *owners, 0);
    for (size_t i = 0; i < image->cell_count; i++)
        owners[i] = -1;
    for (size_t i = 0; i < image->object_count; i++) {
        push_object(L, &image->objects[i]);
        lua_rawseti(L, pushing.list, (lua_Integer)i + 1);
    }
    for (size_t i = 0; i < image->object_count; i++) {
        lua_rawgeti(L, pushing.list, (lua_Integer)i + 1);
        if (image->objects[i].function)
            fill_function(L, &pushing, i, owners);
        else
            fill_table(L, &pushing, &image->objects[i]);
        lua_pop(L, 1);
    }
    lua_rawgeti(L, pushing.list, 1);
    lua_replace(L, pushing.list);
    lua_settop(L, pushing.list);
}
