/* configuration_file.c - what a configuration file says: every entry known, of its type, in its
 * range; all that is wrong at once. Nothing is run and no plugin is asked: what an output's own
 * options are is checked when the output is used. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "engine/output_line.h"
#include "main/configuration.h"

struct taking {
    struct vb_configuration *out;
    struct vb_arena *arena;
    struct vb_findings *findings;
};

static void complain(struct taking *taking, const struct vb_datum *datum, const char *mend,
                     const char *message)
{
    vb_findings_add(taking->findings, VB_ERROR, "", taking->out->file, datum->line, mend, "%s",
                    message);
}

/* Names that a table may have; NULL at the end. */
static void check_names(struct taking *taking, const struct vb_datum *table, const char *what,
                        const char *const *names)
{
    size_t count = 0;
    while (names[count] != NULL)
        count++;
    for (size_t i = 0; i < table->count; i++) {
        const struct vb_datum *entry = &table->entries[i];
        bool known = false;
        for (size_t n = 0; n < count; n++)
            known |= vb_streq(names[n], entry->name);
        if (known)
            continue;
        if (entry->name == NULL) {
            complain(taking, entry, "write name = value",
                     vb_arena_printf(taking->arena, "%s has an entry without a name", what));
            continue;
        }
        const char *meant = vb_did_you_mean(entry->name, names, count);
        struct vb_buf mend = { 0 };
        for (size_t n = 0; meant == NULL && n < count; n++)
            vb_buf_printf(&mend, "%s%s", n == 0 ? "there are " : ", ", names[n]);
        if (meant != NULL)
            vb_buf_printf(&mend, "did you mean %s?", meant);
        complain(taking, entry, mend.data,
                 vb_arena_printf(taking->arena, "%s has no %s", what, entry->name));
        vb_buf_finish(&mend);
    }
}

static bool is_type(struct taking *taking, const struct vb_datum *datum, enum vb_datum_type type,
                    const char *what, const char *wants)
{
    if (datum->type == type)
        return true;
    complain(taking, datum, vb_arena_printf(taking->arena, "give %s", wants),
             vb_arena_printf(taking->arena, "%s is %s", what, vb_datum_type_name(datum->type)));
    return false;
}

/* A text of one line, as everything here is shown in lines. */
static const char *text_of(struct taking *taking, const struct vb_datum *datum, const char *what,
                           const char *wants)
{
    if (!is_type(taking, datum, VB_DATUM_TEXT, what, wants))
        return NULL;
    if (datum->text[0] == '\0') {
        complain(taking, datum, "leave it out, or fill it in",
                 vb_arena_printf(taking->arena, "%s is empty", what));
        return NULL;
    }
    for (const char *c = datum->text; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == '\x7f') {
            complain(taking, datum, "write it in one line",
                     vb_arena_printf(taking->arena, "%s has a control character", what));
            return NULL;
        }
    return datum->text;
}

/* Absolute. NULL after a finding. */
static const char *path_of(struct taking *taking, const struct vb_datum *datum, const char *what)
{
    const char *text = text_of(taking, datum, what, "a path between quotes");
    if (text == NULL || text[0] == '/')
        return text;
    if (text[0] == '~') {
        complain(taking, datum, "write the whole path; one without / begins beside this file",
                 vb_arena_printf(taking->arena, "%s: ~ is no folder here", what));
        return NULL;
    }
    return vb_arena_printf(taking->arena, "%s/%s",
                           vb_streq(taking->out->folder, "/") ? "" : taking->out->folder, text);
}

static bool number_of(struct taking *taking, const struct vb_datum *datum, const char *what,
                      const struct vb_configurable *like, int64_t *out)
{
    struct vb_arena *arena = taking->arena;
    const char *wants = vb_arena_printf(arena, "a whole number of %s from %lld to %lld", like->unit,
                                        (long long)like->least, (long long)like->most);
    if (!is_type(taking, datum, VB_DATUM_INT, what, wants))
        return false;
    if (datum->integer < like->least || datum->integer > like->most) {
        complain(taking, datum, vb_arena_printf(arena, "give %s", wants),
                 vb_arena_printf(arena, "%s is %lld", what, (long long)datum->integer));
        return false;
    }
    *out = datum->integer;
    return true;
}

/* -- single values ----------------------------------------------------------------------------- */

/* "limits.deadline" in the tables of the file; NULL: it is not there. */
static const struct vb_datum *find(const struct vb_datum *root, const char *name)
{
    char table[32];
    const char *dot = strchr(name, '.');
    if (dot == NULL)
        return vb_datum_get(root, name);
    snprintf(table, sizeof table, "%.*s", (int)(dot - name), name);
    const struct vb_datum *inner = vb_datum_get(root, table);
    return inner == NULL || inner->type != VB_DATUM_TABLE ? NULL : vb_datum_get(inner, dot + 1);
}

static void take_one(struct taking *taking, const struct vb_datum *root, int id)
{
    const struct vb_configurable *like = &vb_configurables[id];
    const struct vb_datum *datum = like->outside ? NULL : find(root, like->name);
    if (datum == NULL)
        return;
    struct vb_configured set = { .from = VB_FROM_FILE,
                                 .where =
                                     vb_configured_where(taking->out, datum->line, taking->arena) };
    bool good;
    if (like->type == VB_TAKES_NUMBER)
        good = number_of(taking, datum, like->name, like, &set.number);
    else if (like->type == VB_TAKES_TEXT)
        good = (set.text = text_of(taking, datum, like->name, "a text between quotes")) != NULL;
    else
        good = (set.text = path_of(taking, datum, like->name)) != NULL;
    if (good)
        taking->out->set[id] = set;
}

/* The names in a table of the file, such as those of limits. */
static void check_section(struct taking *taking, const struct vb_datum *root, const char *section)
{
    const char *names[VB_CONF_COUNT + 1];
    size_t count = 0, len = strlen(section);
    const struct vb_datum *table = vb_datum_get(root, section);
    if (table == NULL || !is_type(taking, table, VB_DATUM_TABLE, section, "a table: { ... }"))
        return;
    for (int i = 0; i < VB_CONF_COUNT; i++)
        if (vb_starts_with(vb_configurables[i].name, section) &&
            vb_configurables[i].name[len] == '.')
            names[count++] = vb_configurables[i].name + len + 1;
    names[count] = NULL;
    check_names(taking, table, section, names);
}

static void take_purposes(struct taking *taking, const struct vb_datum *root)
{
    static const char wants[] = "a list such as { \"local\", \"dossier\" }";
    const struct vb_datum *list = vb_datum_get(root, "purposes");
    unsigned purposes = 0;
    if (list == NULL || !is_type(taking, list, VB_DATUM_TABLE, "purposes", wants))
        return;
    for (size_t i = 0; i < list->count; i++) {
        const struct vb_datum *entry = &list->entries[i];
        enum vb_purpose purpose;
        if (entry->name == NULL && entry->type == VB_DATUM_TEXT &&
            vb_purpose_of(entry->text, &purpose))
            purposes |= 1u << purpose;
        else
            complain(taking, entry, "there are local, dossier, research",
                     "purposes has what is no purpose");
    }
    taking->out->purposes = purposes;
    taking->out->purposes_line = list->line;
}

/* -- outputs ----------------------------------------------------------------------------------- */

static void take_words(struct taking *taking, const struct vb_datum *table, const char *what,
                       struct vb_configured_output *output)
{
    const struct vb_datum *purpose = vb_datum_get(table, "purpose");
    const struct vb_datum *content = vb_datum_get(table, "content");
    output->purpose = VB_PURPOSE_LOCAL;
    if (purpose != NULL &&
        (purpose->type != VB_DATUM_TEXT || !vb_purpose_of(purpose->text, &output->purpose)))
        complain(taking, purpose, "there are local, dossier, research",
                 vb_arena_printf(taking->arena, "%s: its purpose is no purpose", what));
    else if ((taking->out->purposes >> output->purpose & 1) == 0)
        complain(taking, purpose == NULL ? table : purpose,
                 vb_arena_printf(taking->arena, "add \"%s\" to purposes, or change one of the two",
                                 vb_purpose_name(output->purpose)),
                 vb_arena_printf(taking->arena, "%s: the purpose %s is not offered here", what,
                                 vb_purpose_name(output->purpose)));
    output->content = output->purpose == VB_PURPOSE_DOSSIER ? VB_CONTENT_EVENT : VB_CONTENT_ITEMS;
    if (content != NULL &&
        (content->type != VB_DATUM_TEXT || !vb_content_of(content->text, &output->content)))
        complain(taking, content, "there are event, sheet, scores, items",
                 vb_arena_printf(taking->arena, "%s: its content is no content", what));
}

/* As --output would have them: every value a text. */
static void put_option(struct taking *taking, const struct vb_datum *option, const char *what,
                       struct vb_buf *json)
{
    char number[32];
    const char *text = number;
    if (option->name == NULL) {
        complain(taking, option, "write name = value",
                 vb_arena_printf(taking->arena, "%s.options has an entry without a name", what));
        return;
    }
    if (option->type == VB_DATUM_TEXT)
        text = option->text;
    else if (option->type == VB_DATUM_BOOL)
        text = option->truth ? "true" : "false";
    else if (option->type == VB_DATUM_INT)
        snprintf(number, sizeof number, "%lld", (long long)option->integer);
    else {
        complain(taking, option, "give a text, a whole number, true or false",
                 vb_arena_printf(taking->arena, "%s: its option %s is %s", what, option->name,
                                 vb_datum_type_name(option->type)));
        return;
    }
    vb_buf_puts(json, json->len == 0 ? "{" : ",");
    vb_json_text(json, option->name);
    vb_buf_putc(json, ':');
    vb_json_text(json, text);
}

static const char *options_of(struct taking *taking, const struct vb_datum *table, const char *what)
{
    const struct vb_datum *options = vb_datum_get(table, "options");
    struct vb_buf json = { 0 };
    if (options != NULL &&
        is_type(taking, options, VB_DATUM_TABLE, vb_arena_printf(taking->arena, "%s.options", what),
                "a table: { path = \"...\" }"))
        for (size_t i = 0; i < options->count; i++)
            put_option(taking, &options->entries[i], what, &json);
    vb_buf_puts(&json, json.len == 0 ? "{}" : "}");
    const char *out = vb_arena_strdup(taking->arena, json.data);
    vb_buf_finish(&json);
    return out;
}

static void take_limits(struct taking *taking, const struct vb_datum *table, const char *what,
                        struct vb_configured_output *output)
{
    struct vb_arena *arena = taking->arena;
    const struct vb_datum *memory = vb_datum_get(table, "memory");
    const struct vb_datum *deadline = vb_datum_get(table, "deadline");
    if (memory != NULL && memory->type == VB_DATUM_TEXT && vb_streq(memory->text, "none"))
        output->memory_mib = VB_MEMORY_NONE;
    else if (memory != NULL)
        number_of(taking, memory, vb_arena_printf(arena, "%s.memory", what),
                  &vb_configurables[VB_CONF_MEMORY], &output->memory_mib);
    if (deadline != NULL)
        number_of(taking, deadline, vb_arena_printf(arena, "%s.deadline", what),
                  &vb_configurables[VB_CONF_DEADLINE], &output->deadline_s);
}

static void take_instruments(struct taking *taking, const struct vb_datum *table, const char *what,
                             struct vb_configured_output *output)
{
    static const char wants[] = "a list of instruments: { \"menger-monitor\" }";
    const struct vb_datum *list = vb_datum_get(table, "instruments");
    output->every_instrument = list == NULL;
    if (list == NULL || !is_type(taking, list, VB_DATUM_TABLE,
                                 vb_arena_printf(taking->arena, "%s.instruments", what), wants))
        return;
    output->instruments = vb_arena_alloc(taking->arena, (list->count + 1) * sizeof(const char *));
    for (size_t i = 0; i < list->count; i++) {
        const struct vb_datum *entry = &list->entries[i];
        if (entry->name == NULL && entry->type == VB_DATUM_TEXT)
            output->instruments[output->instrument_count++] = entry->text;
        else
            complain(taking, entry, vb_arena_printf(taking->arena, "give %s", wants),
                     vb_arena_printf(taking->arena, "%s.instruments has what is no name", what));
    }
}

/* A name, or a path: one with a / in it. */
static const char *plugin_of(struct taking *taking, const struct vb_datum *table, const char *what,
                             const char *name)
{
    const struct vb_datum *plugin = vb_datum_get(table, "plugin");
    const char *label = vb_arena_printf(taking->arena, "%s.plugin", what);
    if (plugin == NULL)
        return name;
    const char *text = text_of(taking, plugin, label, "the name of an output, or a path");
    return text == NULL || strchr(text, '/') == NULL ? text : path_of(taking, plugin, label);
}

static void take_output(struct taking *taking, const struct vb_datum *table)
{
    static const char *const names[] = { "plugin", "purpose",  "content",     "options",
                                         "memory", "deadline", "instruments", NULL };
    const char *what = vb_arena_printf(taking->arena, "outputs.%s", table->name);
    struct vb_configured_output *output = &taking->out->outputs[taking->out->output_count];
    *output =
        (struct vb_configured_output){ .name = table->name, .line = table->line, .datum = table };
    if (!vb_output_name_ok(table->name))
        complain(taking, table, "letters a-z, digits and -, a letter first: [\"my-output\"] = {",
                 vb_arena_printf(taking->arena, "an output cannot be called %s", table->name));
    if (!is_type(taking, table, VB_DATUM_TABLE, what, "a table: { plugin = \"...\" }"))
        return;
    check_names(taking, table, what, names);
    output->plugin = plugin_of(taking, table, what, table->name);
    take_words(taking, table, what, output);
    take_limits(taking, table, what, output);
    take_instruments(taking, table, what, output);
    output->options = options_of(taking, table, what);
    taking->out->output_count++;
}

static void take_outputs(struct taking *taking, const struct vb_datum *root)
{
    const struct vb_datum *outputs = vb_datum_get(root, "outputs");
    if (outputs == NULL || !is_type(taking, outputs, VB_DATUM_TABLE, "outputs",
                                    "a table: { NAME = { plugin = \"...\" } }"))
        return;
    taking->out->outputs =
        vb_arena_alloc(taking->arena, (outputs->count + 1) * sizeof *taking->out->outputs);
    for (size_t i = 0; i < outputs->count; i++) {
        if (outputs->entries[i].name != NULL)
            take_output(taking, &outputs->entries[i]);
        else
            complain(taking, &outputs->entries[i], "write NAME = { ... }",
                     "outputs has an entry without a name");
    }
}

void vb_configuration_take(struct vb_configuration *out, const struct vb_datum *root,
                           struct vb_arena *arena, struct vb_findings *findings)
{
    static const char *const names[] = { "folders", "key",     "reporting", "purposes",
                                         "limits",  "outputs", "serve",     NULL };
    struct taking taking = { out, arena, findings };
    check_names(&taking, root, "a configuration", names);
    check_section(&taking, root, "folders");
    check_section(&taking, root, "limits");
    check_section(&taking, root, "serve");
    for (int i = 0; i < VB_CONF_COUNT; i++)
        take_one(&taking, root, i);
    take_purposes(&taking, root);
    take_outputs(&taking, root);
    vb_findings_sort(findings);
}
