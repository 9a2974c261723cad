/* outputs.c - what --output says, for a command. */
#include "main/outputs.h"

#include <limits.h>
#include <unistd.h>

#include "base/str.h"
#include "engine/output_line.h"

const char *vb_workplace_program(struct vb_workplace *place)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path);
    return len <= 0 || (size_t)len == sizeof path
               ? "verbond"
               : vb_arena_strndup(&place->arena, path, (size_t)len);
}

enum vb_code vb_output_typed(struct vb_workplace *place, const char *typed,
                             struct vb_output_row *out, struct vb_err *err)
{
    enum vb_code code = vb_workplace_loop(place, err);
    const struct vb_configured *set = place->configuration.set;
    const struct vb_output_room room = { .arena = &place->arena,
                                         .loop = place->loop,
                                         .log = &place->log,
                                         .program = vb_workplace_program(place),
                                         .plugins = set[VB_CONF_PLUGINS].text,
                                         .memory_max = (size_t)set[VB_CONF_MEMORY].number << 20,
                                         .ready_ms = set[VB_CONF_READY].number * 1000 };
    return code == VB_OK ? vb_output_line_read(&room, typed, out, err) : code;
}

static bool is_taken(const struct vb_asked_outputs *outputs, const char *name)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (vb_streq(outputs->rows[i].name, name))
            return true;
    return false;
}

enum vb_code vb_outputs_typed(struct vb_workplace *place, const char *const *typed, size_t count,
                              struct vb_asked_outputs *out, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    *out = (struct vb_asked_outputs){ .rows = vb_arena_alloc(&place->arena,
                                                             (count + 1) * sizeof *out->rows) };
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        struct vb_output_row *row = &out->rows[out->count];
        code = vb_output_typed(place, typed[i], row, err);
        const char *name = row->name;
        for (int n = 2; code == VB_OK && is_taken(out, row->name); n++)
            row->name = vb_arena_printf(&place->arena, "%s-%d", name, n);
        out->count += code == VB_OK;
    }
    return code;
}

enum vb_code vb_outputs_put(struct vb_store *store, const struct vb_asked_outputs *outputs,
                            const char *round, struct vb_err *err)
{
    return vb_output_line_put(store, outputs->rows, outputs->count, round, err);
}
