#include "outbox/host.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "include/verbond/output.h"
#include "outbox/options.h"
#include "outbox/protocol_names.h"
#include "script/output.h"

/* Both sides know by size how much of a struct there is, so it is read from the front: first the
 * versions, and only when they fit the rest. */

enum { HEAD = offsetof(struct vb_output, name), OPTIONS_MAX = 64 };

struct vb_output_loaded {
    struct vb_output output;   /* ours in size; options point into ours below */
    struct vb_lua_output *lua; /* NULL: it is a C plugin */
    struct vb_arena arena;
};

const struct vb_output *vb_output_loaded_get(const struct vb_output_loaded *loaded)
{
    return &loaded->output;
}

void vb_output_unload(struct vb_output_loaded *loaded)
{
    if (loaded == NULL)
        return;
    vb_lua_output_destroy(loaded->lua);
    vb_arena_finish(&loaded->arena);
    free(loaded);
}

void *vb_output_loaded_open(struct vb_output_loaded *loaded, const struct vb_output_host *host,
                            char *error, size_t error_size)
{
    struct vb_err err;
    if (loaded->lua == NULL)
        return loaded->output.open(host, error, error_size);
    if (vb_lua_output_open(loaded->lua, host, &err) == VB_OK)
        return loaded->lua;
    snprintf(error, error_size, "%.500s", err.text);
    return NULL;
}

/* -- versions and sizes ----------------------------------------------------------------------- */

static enum vb_code check_version(const struct vb_output *raw, struct vb_err *err)
{
    if (raw->size < HEAD)
        return vb_fail(err, VB_E_CONFIG,
                       "its struct vb_output is %zu bytes: too small to hold a version", raw->size);
    if (raw->abi_major != VB_OUTPUT_ABI_MAJOR)
        return vb_fail(err, VB_E_CONFIG,
                       "it was built for version %u.%u of verbond/output.h, and this verbond has "
                       "%d.%d, which is another major version: build it anew",
                       raw->abi_major, raw->abi_minor, VB_OUTPUT_ABI_MAJOR, VB_OUTPUT_ABI_MINOR);
    if (raw->abi_minor > VB_OUTPUT_ABI_MINOR)
        return vb_fail(err, VB_E_CONFIG,
                       "it wants version %u.%u of verbond/output.h, and this verbond has %d.%d: "
                       "use a newer verbond",
                       raw->abi_major, raw->abi_minor, VB_OUTPUT_ABI_MAJOR, VB_OUTPUT_ABI_MINOR);
    return VB_OK;
}

/* Of a version that fits, nothing is larger than here. */
static enum vb_code check_size(const char *what, size_t size, size_t most, struct vb_err *err)
{
    if (size > most)
        return vb_fail(err, VB_E_CONFIG,
                       "its %s is %zu bytes, and version %d.%d has no more than %zu", what, size,
                       VB_OUTPUT_ABI_MAJOR, VB_OUTPUT_ABI_MINOR, most);
    return VB_OK;
}

/* -- names ------------------------------------------------------------------------------------ */

static bool is_name(const char *name)
{
    return name[0] >= 'a' && name[0] <= 'z' &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0' &&
           strlen(name) <= 64;
}

static enum vb_code check_members(const struct vb_output *output, bool lua, struct vb_err *err)
{
    const char *missing = output->name == NULL           ? "name"
                          : output->summary == NULL      ? "summary"
                          : output->open == NULL && !lua ? "open"
                          : output->deliver == NULL      ? "deliver"
                                                         : NULL;
    if (missing != NULL)
        return vb_fail(err, VB_E_CONFIG, "its struct vb_output lacks the member %s", missing);
    if (!is_name(output->name))
        return vb_fail(err, VB_E_CONFIG,
                       "its name is not made of a-z, 0-9 and -, beginning with a letter");
    return VB_OK;
}

/* A file of another name would be looked for in vain. */
static enum vb_code check_file(const struct vb_output *output, const char *file, struct vb_err *err)
{
    size_t len = strlen(output->name);
    if (file == NULL || (strncmp(file, output->name, len) == 0 && vb_streq(file + len, ".so")))
        return VB_OK;
    return vb_fail(err, VB_E_CONFIG, "it calls itself %s, so its file is called %s.so",
                   output->name, output->name);
}

/* -- options ---------------------------------------------------------------------------------- */

static enum vb_code lacks(const struct vb_output_option *option, size_t at, const char *member,
                          struct vb_err *err)
{
    if (option->name == NULL)
        return vb_fail(err, VB_E_CONFIG, "option %zu lacks the member %s", at + 1, member);
    return vb_fail(err, VB_E_CONFIG, "option %s lacks the member %s", option->name, member);
}

static enum vb_code check_values(const struct vb_output_option *option, struct vb_err *err)
{
    const char *values[] = { option->default_value, option->example, option->check };
    static const char *const names[] = { "default_value", "example", "check" };
    const char *type = vb_wire_option_types[option->type];
    for (int i = 0; i < 3; i++)
        if (values[i] != NULL && !vb_option_fits(type, option->choices, values[i]))
            return vb_fail(err, VB_E_CONFIG, "option %s: its %s is not of its own type, %s",
                           option->name, names[i], type);
    return VB_OK;
}

static enum vb_code check_option(const struct vb_output_option *option, size_t at,
                                 struct vb_err *err)
{
    const char *missing = option->name == NULL      ? "name"
                          : option->example == NULL ? "example"
                          : option->help == NULL    ? "help"
                                                    : NULL;
    if (missing == NULL && option->type == VB_OUTPUT_CHOICE && option->choices == NULL)
        missing = "choices";
    if (missing != NULL)
        return lacks(option, at, missing, err);
    if (!is_name(option->name))
        return vb_fail(
            err, VB_E_CONFIG,
            "option %zu: its name is not made of a-z, 0-9 and -, beginning with a letter", at + 1);
    if (vb_streq(option->name, "purpose") || vb_streq(option->name, "content"))
        return vb_fail(err, VB_E_CONFIG, "option %s: that name is the engine's own", option->name);
    if (option->type < 0 || option->type > VB_OUTPUT_CHOICE)
        return vb_fail(err, VB_E_CONFIG, "option %s: there is no type %d", option->name,
                       option->type);
    return check_values(option, err);
}

static enum vb_code check_twice(const struct vb_output_option *options, size_t count,
                                struct vb_err *err)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (vb_streq(options[i].name, options[j].name))
                return vb_fail(err, VB_E_CONFIG, "option %s stands twice", options[i].name);
    return VB_OK;
}

/* Brings the options to our size too: theirs lie option_size apart. */
static enum vb_code copy_options(struct vb_output_loaded *loaded, struct vb_err *err)
{
    struct vb_output *output = &loaded->output;
    const char *from = (const char *)output->options;
    size_t stride = output->option_size, count = from == NULL ? 0 : output->option_count;
    output->option_count = count;
    output->option_size = sizeof(struct vb_output_option);
    if (count == 0)
        return VB_OK;
    if (stride < offsetof(struct vb_output_option, help) + sizeof(const char *))
        return vb_fail(err, VB_E_CONFIG,
                       "its option_size is %zu bytes: too small to hold an option", stride);
    if (count > OPTIONS_MAX)
        return vb_fail(err, VB_E_CONFIG, "it has %zu options; there may be %d", count, OPTIONS_MAX);
    enum vb_code rc = check_size("option_size", stride, sizeof(struct vb_output_option), err);
    struct vb_output_option *options =
        vb_arena_alloc(&loaded->arena, count * sizeof(struct vb_output_option));
    for (size_t i = 0; rc == VB_OK && i < count; i++) {
        memcpy(&options[i], from + i * stride, stride);
        rc = check_option(&options[i], i, err);
    }
    output->options = options;
    return rc == VB_OK ? check_twice(options, count, err) : rc;
}

/* -- loading ---------------------------------------------------------------------------------- */

static enum vb_code read_output(struct vb_output_loaded *loaded, const struct vb_output *raw,
                                const char *file, struct vb_err *err)
{
    enum vb_code rc = check_version(raw, err);
    if (rc == VB_OK)
        rc = check_size("struct vb_output", raw->size, sizeof *raw, err);
    if (rc != VB_OK)
        return rc;
    memcpy(&loaded->output, raw, raw->size);
    loaded->output.size = sizeof loaded->output;
    rc = check_members(&loaded->output, loaded->lua != NULL, err);
    if (rc == VB_OK)
        rc = check_file(&loaded->output, file, err);
    return rc == VB_OK ? copy_options(loaded, err) : rc;
}

/* lua: NULL, or whose raw is; it is *out's from now on, or gone. */
static enum vb_code read_raw(struct vb_output_loaded **out, const struct vb_output *raw,
                             const char *file, struct vb_lua_output *lua, struct vb_err *err)
{
    struct vb_output_loaded *loaded = vb_new(struct vb_output_loaded);
    loaded->lua = lua;
    enum vb_code rc = read_output(loaded, raw, file, err);
    if (rc != VB_OK) {
        vb_output_unload(loaded);
        return rc;
    }
    *out = loaded;
    return VB_OK;
}

enum vb_code vb_output_read(struct vb_output_loaded **out, const struct vb_output *raw,
                            const char *file, struct vb_err *err)
{
    if (raw == NULL)
        return vb_fail(err, VB_E_CONFIG, "its vb_output_entry gives nothing back");
    return read_raw(out, raw, file, NULL, err);
}

static const char *file_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* Without a slash dlopen would look for it among the system's libraries. */
static void *open_library(const char *path, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const char *place = strchr(path, '/') != NULL ? path : vb_arena_printf(&arena, "./%s", path);
    void *library = dlopen(place, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    vb_arena_finish(&arena);
    if (library == NULL)
        vb_fail(err, VB_E_CONFIG, "%s", dlerror());
    return library;
}

/* Everything that is wrong goes to stderr, which is the engine's log; the first is the reason. */
static enum vb_code load_lua(struct vb_output_loaded **out, const char *path, struct vb_err *err)
{
    struct vb_findings findings = { 0 };
    struct vb_lua_output *lua;
    struct vb_clock clock = vb_clock_system();
    enum vb_code rc = vb_lua_output_load(&lua, path, &clock, &findings, err);
    if (findings.count > 1) {
        struct vb_buf text = { 0 };
        vb_findings_write(&text, &findings, VB_FINDINGS_GCC);
        fputs(text.data, stderr);
        vb_buf_finish(&text);
    }
    vb_findings_finish(&findings);
    if (rc != VB_OK)
        return rc;
    rc = read_raw(out, vb_lua_output_about(lua), NULL, lua, err);
    return rc == VB_OK ? VB_OK : vb_while(err, "%s", file_of(path));
}

enum vb_code vb_output_load(struct vb_output_loaded **out, const char *path, struct vb_err *err)
{
    if (vb_ends_with(path, ".lua"))
        return load_lua(out, path, err);
    typedef const struct vb_output *entry(void);
    void *library = open_library(path, err);
    if (library == NULL)
        return VB_E_CONFIG;
    entry *enter;
    *(void **)&enter = dlsym(library, "vb_output_entry");
    if (enter == NULL)
        return vb_fail(err, VB_E_CONFIG,
                       "%s: it has no vb_output_entry (VB_OUTPUT_EXPORT makes it seen)", path);
    enum vb_code rc = vb_output_read(out, enter(), file_of(path), err);
    return rc == VB_OK ? VB_OK : vb_while(err, "%s", path);
}
