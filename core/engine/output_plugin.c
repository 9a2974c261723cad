#include "engine/output_plugin.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "outbox/delivery.h"

/* -- finding ------------------------------------------------------------------------------------
 */

enum { FOLDERS = 3 };
static const char *const endings[] = { ".so", ".lua", "" };
enum { ENDINGS = sizeof endings / sizeof *endings };

bool vb_output_name_ok(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    return name[0] >= 'a' && name[0] <= 'z' && strlen(name) <= 64 &&
           strspn(name, letters) == strlen(name);
}

/* One that is not there is NULL. */
static void folders(const struct vb_output_room *room, const char *out[FOLDERS])
{
    const char *slash = strrchr(room->program, '/');
    out[0] = room->plugins;
    out[1] = slash == NULL ? NULL
                           : vb_arena_printf(room->arena, "%.*s/plugins",
                                             (int)(slash - room->program), room->program);
    out[2] = VERBOND_PREFIX "/lib/verbond/plugins";
}

/* DIR/NAME.so, .lua or as it is; NULL: none is there. */
static const char *in_folder(struct vb_arena *arena, const char *dir, const char *name)
{
    for (size_t i = 0; dir != NULL && i < ENDINGS; i++) {
        const char *path = vb_arena_printf(arena, "%s/%s%s", dir, name, endings[i]);
        if (access(path, R_OK) == 0)
            return path;
    }
    return NULL;
}

enum vb_code vb_output_plugin_find(const struct vb_output_room *room, const char *name,
                                   const char **out, struct vb_err *err)
{
    const char *dirs[FOLDERS];
    bool path = strchr(name, '/') != NULL;
    char *real = path ? realpath(name, NULL) : NULL;
    folders(room, dirs);
    for (size_t i = 0; real == NULL && !path && i < FOLDERS; i++) {
        const char *found = in_folder(room->arena, dirs[i], name);
        real = found == NULL ? NULL : realpath(found, NULL);
    }
    if (real == NULL)
        return vb_fail(err, VB_E_CONFIG, "there is no output %s%s", name,
                       path ? ": no such file"
                            : " in $VERBOND_PLUGINS, beside verbond or "
                              "in " VERBOND_PREFIX "/lib/verbond/plugins; verbond output list "
                              "shows which there are");
    *out = vb_arena_strdup(room->arena, real);
    free(real);
    return VB_OK;
}

/* -- all of them --------------------------------------------------------------------------------
 */

struct found {
    const struct vb_output_room *room;
    struct vb_output_plugin *list;
    size_t count, cap;
};

/* The name that a file is found by; NULL: it is no plugin. A file without an ending must be one
 * that can run. */
static const char *name_in(struct vb_arena *arena, const char *dir, const char *file)
{
    struct stat status;
    const char *path = vb_arena_printf(arena, "%s/%s", dir, file);
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return NULL;
    for (size_t i = 0; i < ENDINGS; i++) {
        if (!vb_ends_with(file, endings[i]))
            continue;
        const char *name = vb_arena_strndup(arena, file, strlen(file) - strlen(endings[i]));
        bool runs = endings[i][0] != '\0' || (status.st_mode & S_IXUSR) != 0;
        return runs && vb_output_name_ok(name) ? name : NULL;
    }
    return NULL;
}

static void add(struct found *found, const char *name)
{
    const char *path;
    struct vb_err err;
    for (size_t i = 0; i < found->count; i++)
        if (vb_streq(found->list[i].name, name))
            return;
    if (vb_output_plugin_find(found->room, name, &path, &err) != VB_OK)
        return; /* it cannot be read: not one that a name leads to */
    struct vb_output_plugin *plugin =
        vb_arena_push(found->room->arena, &found->list, found->count, &found->cap, sizeof *plugin);
    *plugin = (struct vb_output_plugin){ name, path };
    found->count++;
}

static void look_in(struct found *found, const char *dir)
{
    DIR *folder = dir == NULL ? NULL : opendir(dir);
    if (folder == NULL)
        return; /* most houses have not all of them */
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        const char *name = name_in(found->room->arena, dir, entry->d_name);
        if (name != NULL)
            add(found, name);
    }
    closedir(folder);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct vb_output_plugin *)a)->name,
                  ((const struct vb_output_plugin *)b)->name);
}

void vb_output_plugins(const struct vb_output_room *room, struct vb_output_plugin **out,
                       size_t *count)
{
    struct found found = { .room = room };
    const char *dirs[FOLDERS];
    folders(room, dirs);
    for (int i = 0; i < FOLDERS; i++)
        look_in(&found, dirs[i]);
    if (found.count > 0)
        qsort(found.list, found.count, sizeof *found.list, by_name);
    *out = found.list;
    *count = found.count;
}

/* -- asking -------------------------------------------------------------------------------------
 */

struct asking {
    bool over;
    char reason[256];
};

static void changed(void *ctx, enum vb_delivery_state state, const char *reason)
{
    struct asking *asking = ctx;
    if (state != VB_DELIVERY_BROKEN)
        return;
    asking->over = true;
    snprintf(asking->reason, sizeof asking->reason, "%s", reason);
}

static void answered(void *ctx, enum vb_answer_kind kind, int64_t after_ms, const char *reason)
{
    (void)ctx, (void)kind, (void)after_ms, (void)reason;
    vb_assert(!"nothing was given");
}

static size_t memory_of(const struct vb_output_room *room, int64_t memory_mib)
{
    if (memory_mib == VB_MEMORY_NONE)
        return VB_DELIVERY_UNLIMITED;
    return memory_mib > 0 ? (size_t)memory_mib << 20 : room->memory_max;
}

/* What the process said goes with it. */
static struct vb_output_options kept(struct vb_arena *arena, const struct vb_plugin_line *ready)
{
    struct vb_wire_option *list =
        vb_arena_alloc(arena, (ready->option_count + 1) * sizeof(struct vb_wire_option));
    for (size_t i = 0; i < ready->option_count; i++) {
        const struct vb_wire_option *said = &ready->options[i];
        list[i] = (struct vb_wire_option){
            .name = vb_arena_strdup(arena, said->name),
            .type = vb_arena_strdup(arena, said->type),
            .default_value = vb_arena_strdup(arena, said->default_value),
            .example = vb_arena_strdup(arena, said->example),
            .check = vb_arena_strdup(arena, said->check),
            .help = vb_arena_strdup(arena, said->help),
            .choices = vb_arena_strdup(arena, said->choices),
            .required = said->required,
        };
    }
    return (struct vb_output_options){ list, ready->option_count };
}

enum vb_code vb_output_plugin_ask(const struct vb_output_room *room, const char *path,
                                  const char *name, int64_t memory_mib,
                                  struct vb_output_options *out, struct vb_err *err)
{
    struct asking asking = { 0 };
    struct vb_delivery *delivery = NULL;
    const struct vb_delivery_options options = { .loop = room->loop,
                                                 .log = room->log,
                                                 .program = room->program,
                                                 .plugin = path,
                                                 .output = name,
                                                 .dir = "/",
                                                 .memory_max = memory_of(room, memory_mib),
                                                 .ready_ms = room->ready_ms,
                                                 .changed = changed,
                                                 .answered = answered,
                                                 .ctx = &asking };
    enum vb_code code = vb_delivery_start(&delivery, &options, err);
    if (code == VB_OK)
        code = vb_loop_until(room->loop, &asking.over, err);
    const struct vb_plugin_line *ready = code == VB_OK ? vb_delivery_ready(delivery) : NULL;
    if (code == VB_OK && ready == NULL)
        code = vb_fail(err, VB_E_CONFIG, "output %s: %s", name, asking.reason);
    if (code == VB_OK)
        *out = kept(room->arena, ready);
    vb_delivery_destroy(delivery);
    return code;
}
