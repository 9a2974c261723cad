#include "main/effective.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "engine/output_secret.h"

struct writing {
    struct vb_buf *out;
    struct vb_arena *arena;
    const struct vb_configuration *configuration;
    bool json;
    int count;
};

/* value: what a person reads; json: the same as JSON. where NULL: nowhere in particular. */
static void put(struct writing *writing, const char *name, const char *value, const char *json,
                enum vb_origin from, const char *where)
{
    struct vb_buf *out = writing->out;
    bool placed = where != NULL && where[0] != '\0';
    if (writing->json) {
        vb_buf_puts(out, writing->count++ == 0 ? "[{\"name\":" : ",\n {\"name\":");
        vb_json_text(out, name);
        vb_buf_printf(out, ",\"value\":%s,\"from\":\"%s\",\"where\":", json, vb_origin_name(from));
        vb_json_text(out, placed ? where : NULL);
        vb_buf_putc(out, '}');
        return;
    }
    vb_buf_printf(out, "%s %s\n    %s%s%s\n", name, value, vb_origin_name(from), placed ? ": " : "",
                  placed ? where : "");
}

static const char *quoted(struct writing *writing, const char *text)
{
    struct vb_buf json = { 0 };
    vb_json_text(&json, text);
    const char *out = vb_arena_strdup(writing->arena, json.data);
    vb_buf_finish(&json);
    return out;
}

static void put_text(struct writing *writing, const char *name, const char *text,
                     enum vb_origin from, const char *where)
{
    put(writing, name, text == NULL ? "(none)" : text, quoted(writing, text), from, where);
}

static void put_number(struct writing *writing, const char *name, int64_t number, const char *unit,
                       enum vb_origin from, const char *where)
{
    const char *digits = vb_arena_printf(writing->arena, "%lld", (long long)number);
    put(writing, name, vb_arena_printf(writing->arena, "%s %s", digits, unit), digits, from, where);
}

static void put_one(struct writing *writing, int id)
{
    const struct vb_configurable *like = &vb_configurables[id];
    const struct vb_configured *set = &writing->configuration->set[id];
    if (like->type == VB_TAKES_NUMBER)
        put_number(writing, like->name, set->number, like->unit, set->from, set->where);
    else
        put_text(writing, like->name, set->text, set->from, set->where);
}

static void put_file(struct writing *writing)
{
    const struct vb_configuration *configuration = writing->configuration;
    bool named = vb_streq(configuration->found, "VERBOND_CONFIG");
    put_text(writing, "file", configuration->file, named ? VB_FROM_ENVIRONMENT : VB_BUILT_IN,
             configuration->found);
}

static void put_purposes(struct writing *writing)
{
    const struct vb_configuration *configuration = writing->configuration;
    struct vb_buf words = { 0 }, json = { 0 };
    bool own = configuration->purposes_line > 0;
    for (int i = VB_PURPOSE_LOCAL; i <= VB_PURPOSE_RESEARCH; i++) {
        if ((configuration->purposes >> i & 1) == 0)
            continue;
        vb_buf_printf(&words, "%s%s", words.len == 0 ? "" : ", ", vb_purpose_name(i));
        vb_buf_printf(&json, "%s\"%s\"", json.len == 0 ? "[" : ",", vb_purpose_name(i));
    }
    vb_buf_puts(&words, words.len == 0 ? "(none)" : "");
    vb_buf_puts(&json, json.len == 0 ? "[]" : "]");
    put(writing, "purposes", words.data, json.data, own ? VB_FROM_FILE : VB_BUILT_IN,
        own ? vb_configured_where(configuration, configuration->purposes_line, writing->arena)
            : NULL);
    vb_buf_finish(&words);
    vb_buf_finish(&json);
}

/* -- outputs ----------------------------------------------------------------------------------- */

static const char *where_of(struct writing *writing, const struct vb_datum *datum)
{
    return vb_configured_where(writing->configuration, datum->line, writing->arena);
}

/* One key of an output: from the file when it stands there. */
static void put_key(struct writing *writing, const struct vb_configured_output *output,
                    const char *key, const char *value)
{
    const struct vb_datum *datum = vb_datum_get(output->datum, key);
    const char *name = vb_arena_printf(writing->arena, "outputs.%s.%s", output->name, key);
    put_text(writing, name, value, datum == NULL ? VB_BUILT_IN : VB_FROM_FILE,
             datum == NULL ? NULL : where_of(writing, datum));
}

/* What an output does not say itself it has from limits. */
static void put_limit(struct writing *writing, const struct vb_configured_output *output,
                      const char *key, int64_t number, int id)
{
    const struct vb_configurable *like = &vb_configurables[id];
    const struct vb_configured *set = &writing->configuration->set[id];
    const struct vb_datum *datum = vb_datum_get(output->datum, key);
    const char *name = vb_arena_printf(writing->arena, "outputs.%s.%s", output->name, key);
    if (datum == NULL)
        put_number(writing, name, set->number, like->unit, set->from,
                   set->where[0] == '\0' ? NULL : set->where);
    else if (number == VB_MEMORY_NONE)
        put_text(writing, name, "none", VB_FROM_FILE, where_of(writing, datum));
    else
        put_number(writing, name, number, like->unit, VB_FROM_FILE, where_of(writing, datum));
}

static void put_options(struct writing *writing, const struct vb_configured_output *output)
{
    const struct vb_datum *options = vb_datum_get(output->datum, "options");
    cJSON *tree = cJSON_Parse(output->options);
    for (size_t i = 0; options != NULL && i < options->count; i++) {
        const struct vb_datum *option = &options->entries[i];
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(tree, option->name);
        put_text(
            writing,
            vb_arena_printf(writing->arena, "outputs.%s.options.%s", output->name, option->name),
            value == NULL ? NULL : vb_output_secret_shown(option->name, value->valuestring),
            VB_FROM_FILE, where_of(writing, option));
    }
    cJSON_Delete(tree);
}

static void put_instruments(struct writing *writing, const struct vb_configured_output *output)
{
    const struct vb_datum *datum = vb_datum_get(output->datum, "instruments");
    const char *name = vb_arena_printf(writing->arena, "outputs.%s.instruments", output->name);
    struct vb_buf words = { 0 }, json = { 0 };
    if (datum == NULL) {
        put(writing, name, "every one", "null", VB_BUILT_IN, NULL);
        return;
    }
    for (size_t i = 0; i < output->instrument_count; i++) {
        vb_buf_printf(&words, "%s%s", i == 0 ? "" : ", ", output->instruments[i]);
        vb_buf_putc(&json, i == 0 ? '[' : ',');
        vb_json_text(&json, output->instruments[i]);
    }
    vb_buf_puts(&words, words.len == 0 ? "(none)" : "");
    vb_buf_puts(&json, json.len == 0 ? "[]" : "]");
    put(writing, name, words.data, json.data, VB_FROM_FILE, where_of(writing, datum));
    vb_buf_finish(&words);
    vb_buf_finish(&json);
}

static void put_output(struct writing *writing, const struct vb_configured_output *output)
{
    put_key(writing, output, "plugin", output->plugin);
    put_key(writing, output, "purpose", vb_purpose_name(output->purpose));
    put_key(writing, output, "content", vb_content_name(output->content));
    put_options(writing, output);
    put_limit(writing, output, "memory", output->memory_mib, VB_CONF_MEMORY);
    put_limit(writing, output, "deadline", output->deadline_s, VB_CONF_DEADLINE);
    put_instruments(writing, output);
}

void vb_effective_write(struct vb_buf *out, struct vb_workplace *place,
                        const struct vb_setting_row *settings, size_t count, bool json)
{
    struct writing writing = {
        .out = out, .arena = &place->arena, .configuration = &place->configuration, .json = json
    };
    put_file(&writing);
    for (int i = 0; i < VB_CONF_COUNT; i++)
        put_one(&writing, i);
    put_purposes(&writing);
    for (size_t i = 0; i < place->configuration.output_count; i++)
        put_output(&writing, &place->configuration.outputs[i]);
    for (size_t i = 0; i < count; i++)
        if (strchr(settings[i].name, ' ') == NULL) /* the others are no choice of anybody */
            put_text(&writing, settings[i].name, settings[i].value, VB_FROM_STORE, place->data);
    if (json)
        vb_buf_puts(out, "]\n");
}
