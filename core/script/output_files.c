/* output_files.c - files and folders as a script has them: a handle is a folder that is known here
 * and one name in it. */
#include <lauxlib.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "data/json.h"
#include "script/output_inner.h"
#include "script/sandbox_box.h"

enum { NAME_MAX_BYTES = 200, OWN = 0, RECORDS = 1 };

struct handle {
    size_t place;
    char name[NAME_MAX_BYTES + 1]; /* "": a folder */
};

static const char file_type[] = "verbond file", folder_type[] = "verbond folder";

/* -- places ----------------------------------------------------------------------------------- */

/* option: NULL for one of its own, then what says which. */
static size_t add_place(struct vb_lua_output *output, const char *option, const char *what,
                        const char *path)
{
    for (size_t i = 0; i < output->place_count; i++)
        if (vb_streq(output->places[i].path, path))
            return i;
    struct vb_output_place *place =
        vb_push(&output->places, output->place_count, &output->place_cap, sizeof *place);
    *place = (struct vb_output_place){
        .what = option == NULL ? what : vb_arena_printf(&output->arena, "option %s", option),
        .path = vb_arena_strdup(&output->arena, path),
        .fd = -1
    };
    return output->place_count++;
}

static size_t add_folder(struct vb_lua_output *output, const char *option, const char *what,
                         const char *path)
{
    size_t place = add_place(output, option, what, path);
    output->places[place].make = true;
    return place;
}

static void add_own_places(struct vb_lua_output *output)
{
    if (output->place_count > 0)
        return;
    const char *dir = output->host->dir;
    add_place(output, NULL, "its own folder", dir);
    add_folder(output, NULL, "its records", vb_arena_printf(&output->arena, "%s/records", dir));
}

void vb_output_leave_places(struct vb_lua_output *output)
{
    for (size_t i = 0; i < output->place_count; i++)
        vb_output_place_leave(&output->places[i]);
}

static struct vb_output_place *enter(lua_State *L, size_t index)
{
    struct vb_output_place *place = &vb_output_of(L)->places[index];
    struct vb_err err;
    if (vb_output_place_enter(place, &err) != VB_OK)
        vb_output_trouble(L, &err);
    return place;
}

static void check(lua_State *L, enum vb_code code, const struct vb_err *err)
{
    if (code != VB_OK)
        vb_output_trouble(L, err);
}

/* -- handles ---------------------------------------------------------------------------------- */

static void push_handle(lua_State *L, size_t place, const char *name)
{
    struct handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    *handle = (struct handle){ .place = place };
    strncpy(handle->name, name, NAME_MAX_BYTES);
    luaL_setmetatable(L, name[0] == '\0' ? folder_type : file_type);
}

static struct handle *handle_at(lua_State *L, const char *type)
{
    struct handle *handle = luaL_testudata(L, 1, type);
    if (handle == NULL)
        vb_output_misuse(L, "a function of a %s is called with a colon, such as %s",
                         type == file_type ? "file" : "folder",
                         type == file_type ? "file:read()" : "folder:list()");
    return handle;
}

/* The option's value; NULL when it was not set. */
static const char *path_of(lua_State *L, const char *what)
{
    const struct vb_lua_output *output = vb_output_of(L);
    const char *names[64];
    size_t count = 0;
    const char *name = vb_output_string(L, 1, NULL, what);
    for (size_t i = 0; i < output->about.option_count; i++) {
        if (output->about.options[i].type != VB_OUTPUT_PATH)
            continue;
        names[count++] = output->about.options[i].name;
        if (vb_streq(names[count - 1], name))
            return output->host->option(output->host, name);
    }
    const char *meant = vb_did_you_mean(name, names, count);
    vb_output_misuse(L, "%s, and none is called so%s%s%s", what,
                     meant == NULL ? "" : "; did you mean ", meant == NULL ? "" : meant,
                     meant == NULL ? "" : "?");
    return NULL;
}

/* A link that the user named is followed here, and none later. */
int vb_output_host_file(lua_State *L)
{
    struct vb_lua_output *output = vb_output_of(L);
    char real[PATH_MAX];
    const char *path = path_of(L, "host.file wants the name of an option of type path");
    if (path == NULL) {
        lua_pushnil(L);
        return 1;
    }
    add_own_places(output);
    if (realpath(path, real) != NULL)
        path = real;
    if (path != real)
        snprintf(real, sizeof real, "%s", path);
    char *name = strrchr(real, '/');
    if (name == NULL || name[1] == '\0' || strlen(name + 1) > NAME_MAX_BYTES)
        return vb_output_misuse(L, "host.file: what the option names can be no file");
    *name = '\0';
    size_t place = add_place(output, lua_tostring(L, 1), NULL, name == real ? "/" : real);
    push_handle(L, place, name + 1);
    return 1;
}

int vb_output_host_folder(lua_State *L)
{
    struct vb_lua_output *output = vb_output_of(L);
    add_own_places(output);
    if (lua_isnoneornil(L, 1)) {
        push_handle(L, OWN, "");
        return 1;
    }
    const char *path = path_of(L, "host.folder wants the name of an option of type path");
    if (path == NULL)
        lua_pushnil(L);
    else
        push_handle(L, add_folder(output, lua_tostring(L, 1), NULL, path), "");
    return 1;
}

/* -- a file ----------------------------------------------------------------------------------- */

static int file_append(lua_State *L)
{
    struct handle *handle = handle_at(L, file_type);
    struct vb_lua_output *output = vb_output_of(L);
    struct vb_err err;
    size_t len;
    const char *line = vb_output_string(L, 2, &len, "file:append wants a line of text");
    if (memchr(line, '\n', len) != NULL)
        return vb_output_misuse(L, "file:append: there is a newline inside the line");
    vb_buf_clear(&output->text);
    vb_buf_put(&output->text, line, len);
    vb_buf_putc(&output->text, '\n');
    check(L,
          vb_output_place_append(enter(L, handle->place), handle->name, output->text.data,
                                 output->text.len, &err),
          &err);
    return 0;
}

/* Pushes what is in the file; nil when it is not there. */
static void push_content(lua_State *L, const struct handle *handle)
{
    struct vb_lua_output *output = vb_output_of(L);
    struct vb_err err;
    bool there;
    vb_buf_clear(&output->text);
    check(L,
          vb_output_place_read(enter(L, handle->place), handle->name,
                               output->box->limits.string_bytes, &output->text, &there, &err),
          &err);
    vb_sandbox_charge(L, (int64_t)(output->text.len / 16));
    if (there)
        lua_pushlstring(L, output->text.len == 0 ? "" : output->text.data, output->text.len);
    else
        lua_pushnil(L);
}

static int file_read(lua_State *L)
{
    push_content(L, handle_at(L, file_type));
    return 1;
}

/* Half a line at the end was never said to be there. */
static int next_line(lua_State *L)
{
    size_t len;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &len);
    size_t at = (size_t)lua_tointeger(L, lua_upvalueindex(2));
    const char *end = text == NULL || at >= len ? NULL : memchr(text + at, '\n', len - at);
    if (end == NULL)
        return 0;
    size_t size = (size_t)(end - text) - at;
    vb_sandbox_charge(L, (int64_t)(size / 16) + 1);
    lua_pushinteger(L, (lua_Integer)(at + size + 1));
    lua_replace(L, lua_upvalueindex(2));
    lua_pushlstring(L, text + at, size);
    return 1;
}

static int file_lines(lua_State *L)
{
    push_content(L, handle_at(L, file_type));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_line, 2);
    return 1;
}

/* A list of lines, each with its newline, into output->text. */
static void join_lines(lua_State *L, int index)
{
    struct vb_buf *text = &vb_output_of(L)->text;
    size_t len;
    for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
        const char *line = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &len) : NULL;
        if (line == NULL || memchr(line, '\n', len) != NULL)
            vb_output_misuse(L, "file:replace: a line in its list is no text, or holds a newline");
        vb_sandbox_charge(L, (int64_t)(len / 16) + 1);
        vb_buf_put(text, line, len);
        vb_buf_putc(text, '\n');
        if (text->len > vb_sandbox_of(L)->limits.memory_bytes / 2)
            vb_output_misuse(L, "file:replace: all its lines together are too long");
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static int file_replace(lua_State *L)
{
    struct handle *handle = handle_at(L, file_type);
    struct vb_lua_output *output = vb_output_of(L);
    struct vb_err err;
    size_t len;
    vb_buf_clear(&output->text);
    if (lua_type(L, 2) == LUA_TTABLE) {
        join_lines(L, 2);
    } else {
        const char *text =
            vb_output_string(L, 2, &len, "file:replace wants a text, or a list of lines");
        vb_buf_put(&output->text, text, len);
    }
    check(L,
          vb_output_place_replace(enter(L, handle->place), handle->name, output->text.data,
                                  output->text.len, &err),
          &err);
    return 0;
}

static int file_copy(lua_State *L)
{
    struct handle *handle = handle_at(L, file_type);
    const struct vb_output_delivery *delivery = vb_output_of(L)->delivery;
    struct vb_err err;
    const char *digest = vb_output_string(L, 2, NULL, "file:copy wants the digest of a blob");
    for (size_t i = 0; delivery != NULL && i < delivery->blob_count; i++) {
        const struct vb_output_blob *blob =
            (const struct vb_output_blob *)((const char *)delivery->blobs +
                                            i * delivery->blob_size);
        if (!vb_streq(blob->digest, digest))
            continue;
        check(L, vb_output_place_copy(enter(L, handle->place), handle->name, blob->file, &err),
              &err);
        return 0;
    }
    return vb_output_misuse(L, "file:copy: this delivery has no blob of that digest");
}

static int file_remove(lua_State *L)
{
    struct handle *handle = handle_at(L, file_type);
    struct vb_err err;
    bool there;
    check(L, vb_output_place_remove(enter(L, handle->place), handle->name, &there, &err), &err);
    lua_pushboolean(L, there);
    return 1;
}

/* -- a folder --------------------------------------------------------------------------------- */

static bool is_name(const char *name, size_t len)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  ".-_";
    return len > 0 && len <= NAME_MAX_BYTES && name[0] != '.' && strspn(name, letters) == len;
}

static int folder_file(lua_State *L)
{
    struct handle *handle = handle_at(L, folder_type);
    size_t len;
    const char *name = vb_output_string(L, 2, &len, "folder:file wants a name");
    if (!is_name(name, len))
        return vb_output_misuse(L,
                                "folder:file: a name is made of letters, digits, dots, - and _, "
                                "does not begin with a dot, and has %d bytes at most",
                                NAME_MAX_BYTES);
    push_handle(L, handle->place, name);
    return 1;
}

static int folder_list(lua_State *L)
{
    struct handle *handle = handle_at(L, folder_type);
    struct vb_lua_output *output = vb_output_of(L);
    struct vb_err err;
    lua_Integer at = 0;
    vb_buf_clear(&output->text);
    check(L, vb_output_place_list(enter(L, handle->place), &output->text, &err), &err);
    lua_newtable(L);
    for (size_t from = 0; from < output->text.len; from += strlen(output->text.data + from) + 1) {
        vb_sandbox_charge(L, 1);
        lua_pushstring(L, output->text.data + from);
        lua_rawseti(L, -2, ++at);
    }
    return 1;
}

/* -- records ---------------------------------------------------------------------------------- */

/* The file of the key at 1: what is no letter, digit, - or _ is written %XX. */
static void name_of_key(lua_State *L, char name[NAME_MAX_BYTES + 1], const char *what)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t len, at = 0;
    const char *key = vb_output_string(L, 1, &len, what);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)key[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '_';
        if (at + 3 > NAME_MAX_BYTES)
            vb_output_misuse(L, "%s: the key is too long", what);
        if (plain) {
            name[at++] = (char)c;
        } else {
            name[at++] = '%';
            name[at++] = hex[c >> 4];
            name[at++] = hex[c & 15];
        }
    }
    if (at == 0)
        vb_output_misuse(L, "%s: the key is empty", what);
    name[at] = '\0';
}

int vb_output_host_remember(lua_State *L)
{
    struct vb_lua_output *output = vb_output_of(L);
    char name[NAME_MAX_BYTES + 1];
    struct vb_err err;
    bool there;
    add_own_places(output);
    name_of_key(L, name, "host.remember wants a key and a value");
    struct vb_output_place *place = enter(L, RECORDS);
    if (lua_isnoneornil(L, 2)) {
        check(L, vb_output_place_remove(place, name, &there, &err), &err);
        return 0;
    }
    vb_output_put_json(L, 2);
    check(L, vb_output_place_replace(place, name, output->text.data, output->text.len, &err), &err);
    return 0;
}

int vb_output_host_recall(lua_State *L)
{
    struct vb_lua_output *output = vb_output_of(L);
    struct handle handle = { .place = RECORDS };
    struct vb_err err;
    add_own_places(output);
    name_of_key(L, handle.name, "host.recall wants a key");
    push_content(L, &handle);
    if (lua_isnil(L, -1))
        return 1;
    cJSON_Delete(output->json);
    output->json = NULL;
    if (vb_json_parse(&output->json, output->text.len == 0 ? "" : output->text.data,
                      output->text.len, output->box->limits.string_bytes, &err) != VB_OK) {
        vb_fail(&err, VB_E_IO, "its records: one of them is damaged");
        return vb_output_trouble(L, &err);
    }
    vb_output_push_json(L, output->json);
    return 1;
}

/* -- setting up ------------------------------------------------------------------------------- */

static void make_type(lua_State *L, const char *type, const luaL_Reg *functions)
{
    luaL_newmetatable(L, type);
    lua_newtable(L);
    luaL_setfuncs(L, functions, 0);
    vb_lib_seal(L, type + strlen("verbond "));
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

void vb_output_files_make(lua_State *L)
{
    static const luaL_Reg file[] = {
        { "append", file_append },
        { "read", file_read },
        { "lines", file_lines },
        { "replace", file_replace },
        { "copy", file_copy },
        { "remove", file_remove },
        { NULL, NULL },
    };
    static const luaL_Reg folder[] = {
        { "file", folder_file },
        { "list", folder_list },
        { NULL, NULL },
    };
    make_type(L, file_type, file);
    make_type(L, folder_type, folder);
}
