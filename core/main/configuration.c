#include "main/configuration.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "data/json.h"
#include "engine/output_line.h"

/* Numbers that no house has a reason to change (how often a flow may turn, how large a line is) are
 * not here: rounds would fold to another end. */
const struct vb_configurable vb_configurables[VB_CONF_COUNT] = {
    [VB_CONF_DATA] = { .name = "folders.data",
                       .variable = "VERBOND_DATA",
                       .help = "where rounds are kept" },
    [VB_CONF_INSTRUMENTS] = { .name = "folders.instruments",
                              .variable = "VERBOND_INSTRUMENTS",
                              .help = "where instruments are looked for first" },
    [VB_CONF_PLUGINS] = { .name = "folders.plugins",
                          .variable = "VERBOND_PLUGINS",
                          .help = "where outputs are looked for first" },
    [VB_CONF_KEY] = { .name = "key",
                      .variable = "VERBOND_KEY",
                      .help = "the key file; what is kept can be read with it only" },
    [VB_CONF_REPORTING] = { .name = "reporting",
                            .variable = "VERBOND_REPORTING_FILE",
                            .help = "the text of what a worker must report" },
    [VB_CONF_ON_BEHALF] = { .name = "on_behalf",
                            .variable = "VERBOND_ON_BEHALF",
                            .type = VB_TAKES_TEXT,
                            .outside = true,
                            .help = "whom somebody works for; stands in the audit" },
    [VB_CONF_MEMORY] = { .name = "limits.memory",
                         .type = VB_TAKES_NUMBER,
                         .least = VB_OUTPUT_MEMORY_LEAST,
                         .most = VB_OUTPUT_MEMORY_MOST,
                         .built_in = 512,
                         .unit = "MiB",
                         .help = "address space of an output's process" },
    [VB_CONF_READY] = { .name = "limits.ready",
                        .type = VB_TAKES_NUMBER,
                        .least = 1,
                        .most = 600,
                        .built_in = 10,
                        .unit = "seconds",
                        .help = "how long an output may take to start" },
    [VB_CONF_DEADLINE] = { .name = "limits.deadline",
                           .type = VB_TAKES_NUMBER,
                           .least = 1,
                           .most = VB_OUTPUT_DEADLINE_MOST,
                           .built_in = 30,
                           .unit = "seconds",
                           .help = "how long an output may take for one result" },
    [VB_CONF_FINISH] = { .name = "limits.finish",
                         .type = VB_TAKES_NUMBER,
                         .least = 1,
                         .most = 600,
                         .built_in = 5,
                         .unit = "seconds",
                         .help = "how long an output may take to end" },
    [VB_CONF_ATTEMPTS] = { .name = "limits.attempts",
                           .type = VB_TAKES_NUMBER,
                           .least = 1,
                           .most = 1000,
                           .built_in = 20,
                           .unit = "times",
                           .help = "how often a result is tried before it is dead" },
    [VB_CONF_LISTEN] = { .name = "serve.listen",
                         .type = VB_TAKES_TEXT,
                         .help = "where the web runner listens: ADDR:PORT" },
    [VB_CONF_ORIGIN] = { .name = "serve.origin",
                         .type = VB_TAKES_TEXT,
                         .help = "how browsers call the web runner" },
    [VB_CONF_PROXY] = { .name = "serve.proxy",
                        .type = VB_TAKES_TEXT,
                        .help = "the proxy that is believed when it says who asks" },
    [VB_CONF_TLS_CERT] = { .name = "serve.tls_cert", .help = "the certificate chain, PEM" },
    [VB_CONF_TLS_KEY] = { .name = "serve.tls_key", .help = "the certificate's key, PEM" },
    [VB_CONF_PATIENCE] = { .name = "serve.patience",
                           .type = VB_TAKES_NUMBER,
                           .least = 1,
                           .most = 600,
                           .built_in = 20,
                           .unit = "seconds",
                           .help = "how long a request's head may take, and its body again" },
};

const char *vb_origin_name(enum vb_origin origin)
{
    static const char *const names[] = { "built in", "file", "environment", "option", "store" };
    return names[origin];
}

const char *vb_environment(const char *name)
{
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

/* -- what is built in, and the environment ----------------------------------------------------- */

/* FOLDER/tail under the XDG variable, else under the home folder; text NULL: there is neither. */
static struct vb_configured under(struct vb_arena *arena, const char *variable, const char *home,
                                  const char *tail)
{
    const char *xdg = vb_environment(variable), *own = vb_environment("HOME");
    if (xdg != NULL && xdg[0] == '/')
        return (struct vb_configured){ .text = vb_arena_printf(arena, "%s/%s", xdg, tail),
                                       .where = variable };
    if (own != NULL)
        return (struct vb_configured){ .text = vb_arena_printf(arena, "%s/%s/%s", own, home, tail),
                                       .where = "HOME" };
    return (struct vb_configured){ .where = "" };
}

static void take_built_in(struct vb_configuration *out, struct vb_arena *arena)
{
    for (int i = 0; i < VB_CONF_COUNT; i++)
        out->set[i] = (struct vb_configured){ .number = vb_configurables[i].built_in, .where = "" };
    out->set[VB_CONF_LISTEN].text = "127.0.0.1:8480";
    out->set[VB_CONF_DATA] = under(arena, "XDG_STATE_HOME", ".local/state", "verbond");
    out->set[VB_CONF_KEY] = under(arena, "XDG_CONFIG_HOME", ".config", "verbond/key");
    out->purposes = 1u << VB_PURPOSE_LOCAL | 1u << VB_PURPOSE_DOSSIER | 1u << VB_PURPOSE_RESEARCH;
}

static void take_environment(struct vb_configuration *out, struct vb_arena *arena)
{
    for (int i = 0; i < VB_CONF_COUNT; i++) {
        const char *variable = vb_configurables[i].variable;
        const char *value = variable == NULL ? NULL : vb_environment(variable);
        if (value != NULL)
            out->set[i] = (struct vb_configured){ .text = vb_arena_strdup(arena, value),
                                                  .from = VB_FROM_ENVIRONMENT,
                                                  .where = variable };
    }
}

/* -- the file ---------------------------------------------------------------------------------- */

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0 || errno != ENOENT;
}

/* Which file it is; out->file NULL: none. */
static void find_file(struct vb_configuration *out, struct vb_arena *arena)
{
    const char *named = vb_environment("VERBOND_CONFIG");
    struct vb_configured own = under(arena, "XDG_CONFIG_HOME", ".config", "verbond/config.lua");
    static const char shared[] = "/etc/verbond/config.lua";
    if (named != NULL) {
        out->file = vb_arena_strdup(arena, named);
        out->found = "VERBOND_CONFIG";
    } else if (own.text != NULL && is_there(own.text)) {
        out->file = own.text;
        out->found = own.where;
    } else if (is_there(shared)) {
        out->file = shared;
        out->found = "/etc";
    }
}

static enum vb_code find_folder(struct vb_configuration *out, struct vb_arena *arena,
                                struct vb_err *err)
{
    char real[PATH_MAX];
    struct stat status;
    if (realpath(out->file, real) == NULL || stat(real, &status) != 0)
        return vb_fail(err, VB_E_CONFIG, "the configuration %s cannot be read: %s", out->file,
                       strerror(errno));
    if (!S_ISREG(status.st_mode))
        return vb_fail(err, VB_E_CONFIG, "the configuration %s is no file", out->file);
    /* It says which programs run. */
    if ((status.st_mode & S_IWOTH) != 0)
        return vb_fail(err, VB_E_CONFIG, "anybody may change the configuration: chmod o-w %s",
                       out->file);
    char *slash = strrchr(real, '/');
    out->folder = slash == real ? "/" : vb_arena_strndup(arena, real, (size_t)(slash - real));
    /* Where the sticky bit is, as in /tmp, a file is its owner's to replace. */
    if (stat(out->folder, &status) != 0 || (status.st_mode & (S_IWOTH | S_ISVTX)) == S_IWOTH)
        return vb_fail(err, VB_E_CONFIG,
                       "anybody may put another configuration in its place: chmod o-w %s",
                       out->folder);
    return VB_OK;
}

static enum vb_code read_file(struct vb_configuration *out, struct vb_arena *arena,
                              struct vb_clock clock, struct vb_findings *findings,
                              struct vb_err *err)
{
    struct vb_buf bytes = { 0 };
    struct vb_datum *root = NULL;
    struct vb_err why;
    enum vb_code code = find_folder(out, arena, err);
    if (code != VB_OK)
        return code;
    code = vb_file_read(&bytes, out->file, VB_DATA_FILE_MOST, &why);
    if (code != VB_OK)
        code = vb_fail(err, VB_E_CONFIG, "the configuration: %s", why.text);
    else if (vb_data_file_read(&root, arena, out->file, bytes.len == 0 ? "" : bytes.data, bytes.len,
                               clock, findings, &why) == VB_OK)
        vb_configuration_take(out, root, arena, findings);
    vb_buf_finish(&bytes);
    if (findings->errors > 0)
        code = vb_fail(err, VB_E_CONFIG, "the configuration %s has %d error%s", out->file,
                       findings->errors, findings->errors == 1 ? "" : "s");
    return code;
}

enum vb_code vb_configuration_read(struct vb_configuration *out, struct vb_arena *arena,
                                   const char *data, struct vb_clock clock,
                                   struct vb_findings *findings, struct vb_err *err)
{
    *out = (struct vb_configuration){ .found = "" };
    take_built_in(out, arena);
    find_file(out, arena);
    enum vb_code code = out->file == NULL ? VB_OK : read_file(out, arena, clock, findings, err);
    take_environment(out, arena);
    if (data != NULL)
        out->set[VB_CONF_DATA] = (struct vb_configured){ .text = vb_arena_strdup(arena, data),
                                                         .from = VB_FROM_OPTION,
                                                         .where = "--data" };
    return code;
}

/* -- asked ------------------------------------------------------------------------------------- */

const struct vb_configured_output *
vb_configured_output_find(const struct vb_configuration *configuration, const char *name)
{
    for (size_t i = 0; i < configuration->output_count; i++)
        if (vb_streq(configuration->outputs[i].name, name))
            return &configuration->outputs[i];
    return NULL;
}

const char *vb_configured_where(const struct vb_configuration *configuration, int line,
                                struct vb_arena *arena)
{
    return vb_arena_printf(arena, "%s:%d", configuration->file, line);
}

enum vb_code vb_configuration_offers(const struct vb_configuration *configuration,
                                     enum vb_purpose purpose, struct vb_err *err)
{
    if ((configuration->purposes >> purpose & 1) != 0)
        return VB_OK;
    return vb_fail(err, VB_E_CONFIG, "the purpose %s is not offered here: %s:%d says which are",
                   vb_purpose_name(purpose), configuration->file, configuration->purposes_line);
}
