/* cmd_config.c - verbond config: the settings that lie in the store, and all that holds now. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "main/command.h"
#include "main/effective.h"
#include "main/settings.h"
#include "main/workplace.h"
#include "script/load.h"
#include "session/retention.h"

enum doing { LISTING, SETTING, UNSETTING };
struct arguments {
    enum doing doing;
    const char *name, *value, *data;
    bool json, yes, effective;
    int words; /* taken so far */
};
enum { KEY_DATA = 256, KEY_JSON, KEY_YES, KEY_EFFECTIVE };
static const struct argp_option options[] = {
    { "yes", KEY_YES, NULL, 0, "do not ask, also when something is erased by it at once", 0 },
    { "effective", KEY_EFFECTIVE, NULL, 0,
      "every value that holds now, and where it came from: built in, the configuration file, the "
      "environment, an option, the store",
      0 },
    { "json", KEY_JSON, NULL, 0, "the list as JSON, the form that stays the same", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static void take_word(struct arguments *arguments, const char *word, struct argp_state *state)
{
    int place = arguments->words++;
    int most = arguments->doing == SETTING ? 3 : 2;
    if (place == 0 && vb_streq(word, "set"))
        arguments->doing = SETTING;
    else if (place == 0 && vb_streq(word, "unset"))
        arguments->doing = UNSETTING;
    else if (place == 0)
        argp_error(state, "config lists; config set NAME VALUE; config unset NAME");
    else if (place >= most)
        argp_error(state, "one setting at a time");
    else if (place == 1)
        arguments->name = word;
    else
        arguments->value = word;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_DATA:
        arguments->data = arg;
        break;
    case KEY_JSON:
        arguments->json = true;
        break;
    case KEY_EFFECTIVE:
        arguments->effective = true;
        break;
    case KEY_YES:
        arguments->yes = true;
        break;
    case ARGP_KEY_ARG:
        take_word(arguments, arg, state);
        break;
    case ARGP_KEY_END:
        if (arguments->doing != LISTING && arguments->effective)
            argp_error(state, "--effective lists; it goes without set and unset");
        if (arguments->doing != LISTING && arguments->name == NULL)
            argp_error(state, "which setting?");
        if (arguments->doing == SETTING && arguments->value == NULL)
            argp_error(state, "config set NAME VALUE: which value?");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "[set NAME VALUE | unset NAME]",
    "Lists the settings, or changes one. With --effective: every value that holds.\v"
    "retention.INSTRUMENT DAYS: rounds of this instrument are erased so many days after the last "
    "thing written in them.",
    NULL,
    NULL,
    NULL
};

/* -- listing ----------------------------------------------------------------------------------- */

/* None where nothing is kept. */
static enum vb_code read_settings(struct vb_workplace *place, struct vb_setting_row **rows,
                                  size_t *count, struct vb_err *err)
{
    bool kept = vb_workplace_has_data(place);
    enum vb_code code = kept ? vb_workplace_open(place, err) : VB_OK;
    *rows = NULL;
    *count = 0;
    if (code == VB_OK && kept)
        code = place->store->ops->settings(place->store, "", &place->arena, rows, count, err);
    size_t left = 0;
    struct vb_err none;
    for (size_t i = 0; code == VB_OK && i < *count; i++) /* others are the program's own */
        if (vb_setting_kind_of((*rows)[i].name, &none) != NULL)
            (*rows)[left++] = (*rows)[i];
    *count = left;
    return code;
}

static enum vb_code list_effective(struct vb_workplace *place, bool json, struct vb_err *err)
{
    struct vb_setting_row *rows;
    size_t count;
    struct vb_buf text = { 0 };
    enum vb_code code = read_settings(place, &rows, &count, err);
    if (code != VB_OK)
        return code;
    vb_effective_write(&text, place, rows, count, json);
    if (json)
        vb_workplace_print(&text);
    else
        vb_workplace_say(stdout, "%s", text.data);
    vb_buf_finish(&text);
    return VB_OK;
}

static enum vb_code list(struct vb_workplace *place, bool json, struct vb_err *err)
{
    struct vb_setting_row *rows;
    size_t count;
    struct vb_buf text = { 0 };
    enum vb_code code = read_settings(place, &rows, &count, err);
    if (code != VB_OK)
        return code;
    for (size_t i = 0; i < count; i++) {
        if (!json) {
            vb_workplace_say(stdout, "%s %s\n", rows[i].name, rows[i].value);
            continue;
        }
        vb_buf_puts(&text, i > 0 ? ",\n {\"name\":" : "[{\"name\":");
        vb_json_text(&text, rows[i].name);
        vb_buf_puts(&text, ",\"value\":");
        vb_json_text(&text, rows[i].value);
        vb_buf_putc(&text, '}');
    }
    if (json)
        vb_buf_puts(&text, count > 0 ? "]\n" : "[]\n");
    else if (count == 0)
        fputs("no settings\n", stderr);
    vb_workplace_print(&text);
    vb_buf_finish(&text);
    return VB_OK;
}

/* -- changing ---------------------------------------------------------------------------------- */

/* A name that is misspelled would keep everything for ever and tell nobody. */
static enum vb_code check_instrument(struct vb_workplace *place, const char *instrument,
                                     struct vb_err *err)
{
    struct vb_round_row *rounds;
    size_t count;
    const char *root, *path;
    enum vb_code code =
        place->store->ops->rounds(place->store, &place->arena, &rounds, &count, err);
    if (code != VB_OK)
        return code;
    const char **names = vb_arena_alloc(&place->arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++) {
        if (vb_streq(rounds[i].instrument, instrument))
            return VB_OK;
        names[i] = rounds[i].instrument;
    }
    if (strchr(instrument, '/') == NULL &&
        vb_workplace_find(place, instrument, &root, &path, err) == VB_OK)
        return VB_OK;
    const char *meant = vb_did_you_mean(instrument, names, count);
    return vb_fail(err, VB_E_DATA, "no round was begun with %.80s, and it is not found here%s%s%s",
                   instrument, meant == NULL ? "" : "; did you mean ", meant == NULL ? "" : meant,
                   meant == NULL ? "" : "?");
}

/* What is older already goes with the next start: that is said, and asked. */
static enum vb_code ask_about_due(struct vb_workplace *place, const struct vb_setting_row *row,
                                  bool yes, struct vb_err *err)
{
    struct vb_retention_due *due;
    size_t count;
    char line[16];
    int64_t now = place->env.clock.wall_ms(place->env.clock.ctx);
    enum vb_code code =
        vb_retention_find(place->store, now, row, place->env.log, &place->arena, &due, &count, err);
    if (code != VB_OK || count == 0 || yes)
        return code;
    if (!vb_workplace_terminal())
        return vb_fail(err, VB_E_USAGE,
                       "%zu round%s older than that and would be erased at once: give --yes", count,
                       count == 1 ? " is" : "s are");
    printf("%zu round%s older than that and will be erased for good at once. Type yes to go on: ",
           count, count == 1 ? " is" : "s are");
    fflush(stdout);
    if (fgets(line, sizeof line, stdin) == NULL)
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    return vb_streq(line, "yes") ? VB_OK : vb_fail(err, VB_E_STOPPED, "nothing was changed");
}

/* What the command line alone tells; before a store is opened, or made. */
static enum vb_code check_words(const struct vb_setting_row *row, struct vb_err *err)
{
    const struct vb_setting_kind *kind = vb_setting_kind_of(row->name, err);
    if (kind == NULL)
        return VB_E_USAGE;
    return kind->holds(row->value)
               ? VB_OK
               : vb_fail(err, VB_E_USAGE, "%s wants %s", row->name, kind->wants);
}

static enum vb_code check_value(struct vb_workplace *place, const struct arguments *arguments,
                                const struct vb_setting_row *row, struct vb_err *err)
{
    const struct vb_setting_kind *kind = vb_setting_kind_of(row->name, err);
    vb_assert(kind != NULL); /* check_words */
    enum vb_code code = check_instrument(place, row->name + strlen(kind->prefix), err);
    return code == VB_OK ? ask_about_due(place, row, arguments->yes, err) : code;
}

static enum vb_code is_set(struct vb_workplace *place, const char *name, struct vb_err *err)
{
    struct vb_setting_row *rows;
    size_t count;
    enum vb_code code =
        place->store->ops->settings(place->store, name, &place->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(rows[i].name, name))
            return VB_OK;
    return code != VB_OK ? code : vb_fail(err, VB_E_ABSENT, "%.80s is not set", name);
}

static enum vb_code change(struct vb_workplace *place, const struct arguments *arguments,
                           struct vb_err *err)
{
    struct vb_setting_row row = { arguments->name, arguments->value };
    struct vb_change changes[] = {
        { .kind = VB_PUT_SETTING, .setting = row },
        { .kind = VB_PUT_AUDIT,
          .audit = vb_workplace_audit_row(place, row.value == NULL ? "config unset" : "config set",
                                          row.name) },
    };
    int erased;
    enum vb_code code = VB_OK;
    if (row.value != NULL)
        code = check_words(&row, err);
    else if (!vb_workplace_has_data(place))
        code =
            vb_fail(err, VB_E_ABSENT, "%.80s is not set: %s has no store", row.name, place->data);
    if (code == VB_OK)
        code = vb_workplace_open(place, err);
    if (code == VB_OK)
        code = row.value == NULL ? is_set(place, row.name, err)
                                 : check_value(place, arguments, &row, err);
    if (code == VB_OK)
        code = vb_store_commit(place->store, changes, 2, err);
    return code == VB_OK ? vb_workplace_keep_no_longer(place, &erased, err) : code;
}

int vb_cmd_config(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code code = vb_workplace_begin(&place, arguments.data, &err);
    if (code == VB_OK && arguments.effective)
        code = list_effective(&place, arguments.json, &err);
    else if (code == VB_OK)
        code = arguments.doing == LISTING ? list(&place, arguments.json, &err)
                                          : change(&place, &arguments, &err);
    return vb_workplace_end(&place, code, &err);
}
