/* outputs.c - what --output says, for a command. */
#include "main/outputs.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "engine/output_line.h"

/* The web runner lies beside verbond where they are built, and in PREFIX/lib/verbond. */
static const char *beside(struct vb_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!vb_ends_with(path, "/verbond-serve"))
        return path;
    const char *near = vb_arena_printf(arena, "%.*s/verbond", (int)(slash - path), path);
    return access(near, X_OK) == 0
               ? near
               : vb_arena_printf(arena, "%.*s/../../bin/verbond", (int)(slash - path), path);
}

const char *vb_workplace_program(struct vb_workplace *place)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path);
    return len <= 0 || (size_t)len == sizeof path
               ? "verbond"
               : beside(&place->arena, vb_arena_strndup(&place->arena, path, (size_t)len));
}

struct vb_output_room vb_outputs_room(struct vb_workplace *place)
{
    const struct vb_configured *set = place->configuration.set;
    return (struct vb_output_room){ .arena = &place->arena,
                                    .loop = place->loop,
                                    .log = &place->log,
                                    .program = vb_workplace_program(place),
                                    .plugins = set[VB_CONF_PLUGINS].text,
                                    .memory_max = (size_t)set[VB_CONF_MEMORY].number << 20,
                                    .ready_ms = set[VB_CONF_READY].number * 1000 };
}

struct asking {
    struct vb_workplace *place;
    struct vb_output_room room;
    struct vb_asked_outputs *out;
};

static bool is_taken(const struct vb_asked_outputs *outputs, const char *name)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (vb_streq(outputs->rows[i].name, name))
            return true;
    return false;
}

/* out has room for it. */
static enum vb_code add(struct asking *asking, const struct vb_output_row *row, struct vb_err *err)
{
    struct vb_asked_outputs *out = asking->out;
    const char *name = row->name;
    enum vb_code code = vb_configuration_offers(&asking->place->configuration, row->purpose, err);
    if (code != VB_OK)
        return vb_while(err, "output %s", name);
    for (int n = 2; is_taken(out, name); n++)
        name = vb_arena_printf(asking->room.arena, "%s-%d", row->name, n);
    out->rows[out->count] = *row;
    out->rows[out->count++].name = name;
    return VB_OK;
}

static enum vb_code add_typed(struct asking *asking, const char *typed, struct vb_err *err)
{
    struct vb_output_row row;
    enum vb_code code = vb_output_line_read(&asking->room, typed, &row, err);
    return code == VB_OK ? add(asking, &row, err) : code;
}

static enum vb_code add_configured(struct asking *asking, const struct vb_configured_output *output,
                                   struct vb_err *err)
{
    const struct vb_configuration *configuration = &asking->place->configuration;
    struct vb_output_row row = { .name = output->name,
                                 .purpose = output->purpose,
                                 .content = output->content,
                                 .memory_mib = output->memory_mib,
                                 .deadline_s = output->deadline_s };
    enum vb_code code = vb_output_known(&asking->room, output->plugin, output->options,
                                        configuration->folder, &row, err);
    if (code != VB_OK)
        return vb_while(err, "%s:%d: output %s", configuration->file, output->line, output->name);
    return add(asking, &row, err);
}

static bool is_for(const struct vb_configured_output *output, const char *instrument)
{
    bool found = output->every_instrument;
    for (size_t i = 0; i < output->instrument_count; i++)
        found |= vb_streq(output->instruments[i], instrument);
    return found;
}

static enum vb_code add_all(struct asking *asking, const char *instrument, const char *const *typed,
                            size_t count, struct vb_err *err)
{
    const struct vb_configuration *configuration = &asking->place->configuration;
    enum vb_code code = VB_OK;
    for (size_t i = 0; instrument != NULL && code == VB_OK && i < configuration->output_count; i++)
        if (is_for(&configuration->outputs[i], instrument))
            code = add_configured(asking, &configuration->outputs[i], err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        const struct vb_configured_output *output =
            vb_configured_output_find(configuration, typed[i]);
        if (output == NULL)
            code = add_typed(asking, typed[i], err);
        else if (!is_taken(asking->out, output->name))
            code = add_configured(asking, output, err);
    }
    return code;
}

enum vb_code vb_outputs_asked(struct vb_workplace *place, const char *instrument,
                              const char *const *typed, size_t count, struct vb_asked_outputs *out,
                              struct vb_err *err)
{
    size_t most = count + place->configuration.output_count;
    *out = (struct vb_asked_outputs){ 0 };
    if (most == 0)
        return VB_OK;
    out->rows = vb_arena_alloc(&place->arena, most * sizeof *out->rows);
    enum vb_code code = vb_workplace_loop(place, err);
    struct asking asking = { place, vb_outputs_room(place), out };
    return code == VB_OK ? add_all(&asking, instrument, typed, count, err) : code;
}

enum vb_code vb_outputs_put(struct vb_store *store, const struct vb_asked_outputs *outputs,
                            const char *round, struct vb_err *err)
{
    return vb_output_line_put(store, outputs->rows, outputs->count, round, err);
}
