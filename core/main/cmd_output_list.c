/* cmd_output_list.c - verbond output list: the plugins there are and what they take, and the
 * outputs that are configured. Of a secret it says which file it is in; it opens none. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "engine/output_plugin.h"
#include "engine/output_secret.h"
#include "main/command.h"
#include "main/outputs.h"

struct arguments {
    const char *name, *data;
    bool json, verbose;
};
enum { KEY_JSON = 256, KEY_DATA };
static const struct argp_option options[] = {
    { "verbose", 'v', NULL, 0, "what each plugin takes in full, as with a NAME", 0 },
    { "json", KEY_JSON, NULL, 0, "as JSON, the form that stays the same", 0 },
    { "data", KEY_DATA, "DIR", 0, "is not looked at: no round has to do with it", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case 'v':
        arguments->verbose = true;
        break;
    case KEY_JSON:
        arguments->json = true;
        break;
    case KEY_DATA:
        arguments->data = arg;
        break;
    case ARGP_KEY_ARG:
        if (arguments->name != NULL)
            argp_error(state, "one name at a time");
        arguments->name = arg;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "[NAME]",
    "Lists the plugins that can be found, and the outputs that are configured. With NAME (or the "
    "path of a plugin): that one, with all that its options are.\v"
    "Each plugin is started to say what it takes. One that cannot be is listed with the reason.",
    NULL,
    NULL,
    NULL
};

struct listing {
    struct vb_workplace *place;
    struct vb_output_room room;
    const struct arguments *arguments;
    struct vb_buf text;
    int plugins, configured;
};

/* -- plugins ----------------------------------------------------------------------------------- */

static void write_option_json(struct vb_buf *out, const struct vb_wire_option *option)
{
    const struct {
        const char *name, *value;
    } parts[] = {
        { "name", option->name },
        { "type", option->type },
        { "default", option->default_value },
        { "example", option->example },
        { "check", option->check },
        { "help", option->help },
        { "choices", option->choices },
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        vb_buf_printf(out, "%s\"%s\":", i == 0 ? "{" : ",", parts[i].name);
        vb_json_text(out, parts[i].value);
    }
    vb_buf_printf(out, ",\"required\":%s}", option->required ? "true" : "false");
}

/* takes NULL: it cannot be had, and reason says why. */
static void write_plugin_json(struct listing *listing, const struct vb_output_plugin *plugin,
                              const struct vb_output_options *takes, const char *reason)
{
    struct vb_buf *out = &listing->text;
    vb_buf_puts(out, listing->plugins > 0 ? ",\n  {\"name\":" : "\n  {\"name\":");
    vb_json_text(out, plugin->name);
    vb_buf_puts(out, ",\"path\":");
    vb_json_text(out, plugin->path);
    vb_buf_puts(out, ",\"reason\":");
    vb_json_text(out, reason);
    vb_buf_puts(out, ",\"options\":");
    vb_buf_puts(out, takes == NULL ? "null" : "[");
    for (size_t i = 0; takes != NULL && i < takes->count; i++) {
        vb_buf_puts(out, i > 0 ? ",\n    " : "");
        write_option_json(out, &takes->list[i]);
    }
    vb_buf_puts(out, takes == NULL ? "}" : "]}");
}

static void write_option(struct vb_buf *out, const struct vb_wire_option *option)
{
    bool chosen = option->choices != NULL && option->choices[0] != '\0';
    vb_buf_printf(out, "    %s (%s%s%s%s)\n        %s\n", option->name, option->type,
                  chosen ? ": " : "", chosen ? option->choices : "",
                  option->required ? ", required" : "", option->help);
    if (option->default_value != NULL)
        vb_buf_printf(out, "        when left out: %s\n", option->default_value);
    vb_buf_printf(out, "        such as %s=%s\n", option->name, option->example);
}

static void write_plugin(struct listing *listing, const struct vb_output_plugin *plugin,
                         const struct vb_output_options *takes, const char *reason)
{
    struct vb_buf *out = &listing->text;
    bool full = listing->arguments->verbose || listing->arguments->name != NULL;
    if (listing->plugins == 0)
        vb_buf_puts(out, "plugins\n");
    vb_buf_printf(out, "  %s %s\n", plugin->name, plugin->path);
    if (takes == NULL)
        vb_buf_printf(out, "    cannot be had: %s\n", reason);
    else if (takes->count == 0)
        vb_buf_puts(out, "    takes no options\n");
    for (size_t i = 0; takes != NULL && full && i < takes->count; i++)
        write_option(out, &takes->list[i]);
    for (size_t i = 0; takes != NULL && !full && i < takes->count; i++)
        vb_buf_printf(out, "%s%s%s%s", i == 0 ? "    takes " : ", ", takes->list[i].name,
                      takes->list[i].required ? " (required)" : "",
                      i + 1 == takes->count ? "\n" : "");
}

static void list_plugin(struct listing *listing, const struct vb_output_plugin *plugin)
{
    struct vb_err err = { 0 };
    struct vb_output_options takes;
    bool had =
        vb_output_plugin_ask(&listing->room, plugin->path, plugin->name, 0, &takes, &err) == VB_OK;
    if (listing->arguments->json)
        write_plugin_json(listing, plugin, had ? &takes : NULL, had ? NULL : err.text);
    else
        write_plugin(listing, plugin, had ? &takes : NULL, err.text);
    listing->plugins++;
}

/* "./my-output.so" is called my-output. */
static const char *name_of(struct vb_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(base, '.');
    return dot == NULL || dot == base ? base : vb_arena_strndup(arena, base, (size_t)(dot - base));
}

static enum vb_code list_plugins(struct listing *listing, struct vb_err *err)
{
    const char *name = listing->arguments->name;
    const struct vb_configuration *configuration = &listing->place->configuration;
    struct vb_output_plugin one, *list = &one;
    size_t count = 1;
    enum vb_code code = VB_OK;
    if (name == NULL) {
        vb_output_plugins(&listing->room, &list, &count);
    } else {
        const struct vb_configured_output *output = vb_configured_output_find(configuration, name);
        const char *plugin = output == NULL ? name : output->plugin;
        one.name = name_of(listing->room.arena, plugin);
        code = vb_output_plugin_find(&listing->room, plugin, &one.path, err);
    }
    for (size_t i = 0; code == VB_OK && i < count; i++)
        list_plugin(listing, &list[i]);
    return code;
}

/* -- what is configured ------------------------------------------------------------------------ */

static void write_limit(struct vb_buf *out, const char *name, int64_t own, int64_t house)
{
    vb_buf_printf(out, ",\"%s\":", name);
    if (own == VB_MEMORY_NONE)
        vb_buf_puts(out, "\"none\"");
    else
        vb_buf_int(out, own > 0 ? own : house);
}

static void put_given(struct vb_buf *out, const struct vb_configured_output *output)
{
    const cJSON *option;
    cJSON *tree = cJSON_Parse(output->options);
    cJSON_ArrayForEach(option, tree)
    {
        vb_buf_puts(out, option == tree->child ? "" : ",");
        vb_json_text(out, option->string);
        vb_buf_putc(out, ':');
        vb_json_text(out, vb_output_secret_shown(option->string, option->valuestring));
    }
    cJSON_Delete(tree);
}

static void write_configured_json(struct listing *listing,
                                  const struct vb_configured_output *output, const char *where)
{
    struct vb_buf *out = &listing->text;
    const struct vb_configured *set = listing->place->configuration.set;
    const struct {
        const char *name, *value;
    } parts[] = {
        { "plugin", output->plugin },
        { "purpose", vb_purpose_name(output->purpose) },
        { "content", vb_content_name(output->content) },
        { "where", where },
    };
    vb_buf_puts(out, listing->configured > 0 ? ",\n  {\"name\":" : "\n  {\"name\":");
    vb_json_text(out, output->name);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        vb_buf_printf(out, ",\"%s\":", parts[i].name);
        vb_json_text(out, parts[i].value);
    }
    write_limit(out, "memory", output->memory_mib, set[VB_CONF_MEMORY].number);
    write_limit(out, "deadline", output->deadline_s, set[VB_CONF_DEADLINE].number);
    vb_buf_puts(out, output->every_instrument ? ",\"instruments\":null" : ",\"instruments\":[");
    for (size_t i = 0; i < output->instrument_count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        vb_json_text(out, output->instruments[i]);
    }
    vb_buf_printf(out, "%s,\"options\":{", output->every_instrument ? "" : "]");
    put_given(out, output);
    vb_buf_puts(out, "}}");
}

static void write_configured(struct listing *listing, const struct vb_configured_output *output,
                             const char *where)
{
    struct vb_buf *out = &listing->text;
    const struct vb_datum *given = vb_datum_get(output->datum, "options");
    cJSON *tree = cJSON_Parse(output->options);
    if (listing->configured == 0)
        vb_buf_puts(out, "configured\n");
    vb_buf_printf(out, "  %s: %s, purpose %s, content %s (%s)\n", output->name, output->plugin,
                  vb_purpose_name(output->purpose), vb_content_name(output->content), where);
    for (size_t i = 0; i < output->instrument_count; i++)
        vb_buf_printf(out, "%s%s%s", i == 0 ? "    for " : ", ", output->instruments[i],
                      i + 1 == output->instrument_count ? "\n" : "");
    for (size_t i = 0; given != NULL && i < given->count; i++) {
        const char *option = given->entries[i].name;
        const char *value = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, option));
        vb_buf_printf(out, "    %s=%s\n", option, vb_output_secret_shown(option, value));
    }
    cJSON_Delete(tree);
}

static void list_configured(struct listing *listing)
{
    const struct vb_configuration *configuration = &listing->place->configuration;
    const char *name = listing->arguments->name;
    for (size_t i = 0; i < configuration->output_count; i++) {
        const struct vb_configured_output *output = &configuration->outputs[i];
        const char *where = vb_configured_where(configuration, output->line, listing->room.arena);
        if (name != NULL && !vb_streq(name, output->name) && !vb_streq(name, output->plugin))
            continue;
        if (listing->arguments->json)
            write_configured_json(listing, output, where);
        else
            write_configured(listing, output, where);
        listing->configured++;
    }
}

/* -- the command ------------------------------------------------------------------------------- */

static enum vb_code list(struct listing *listing, struct vb_err *err)
{
    struct vb_buf *text = &listing->text;
    bool json = listing->arguments->json;
    enum vb_code code = vb_workplace_loop(listing->place, err);
    if (code != VB_OK)
        return code;
    listing->room = vb_outputs_room(listing->place);
    listing->room.log = NULL; /* why one cannot be had stands beside it */
    vb_buf_puts(text, json ? "{\"plugins\":[" : "");
    code = list_plugins(listing, err);
    if (code != VB_OK)
        return code;
    vb_buf_puts(text, json ? "],\n \"configured\":[" : "");
    list_configured(listing);
    vb_buf_puts(text, json ? "]}\n" : "");
    if (json)
        vb_workplace_print(text);
    else if (text->len > 0)
        vb_workplace_say(stdout, "%s", text->data);
    if (listing->plugins + listing->configured == 0)
        vb_workplace_say(stderr, "there is no plugin, and nothing is configured\n");
    return VB_OK;
}

int vb_cmd_output_list(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code code = vb_workplace_begin(&place, arguments.data, &err);
    struct listing listing = { .place = &place, .arguments = &arguments };
    if (code == VB_OK)
        code = list(&listing, &err);
    vb_buf_finish(&listing.text);
    return vb_workplace_end(&place, code, &err);
}
