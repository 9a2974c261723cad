/* configuration.h - what a house has set, and where each value came from.
 *
 *      command line  >  environment  >  the configuration file  >  what is built in
 *
 * The file is data-only Lua (script/data_file.h): $VERBOND_CONFIG, else verbond/config.lua in the
 * XDG configuration folder, else /etc/verbond/config.lua. The first that is there is the whole of
 * it: they are not laid over each other. docs/reference/configuration.md describes it; the table
 * vb_configurables drives reading, `verbond config --effective` and that page's test. This is the
 * one place of core/main that reads the environment. Read once, before anything else; one thread.
 */
#ifndef VB_CONFIGURATION_H
#define VB_CONFIGURATION_H

#include "base/clock.h"
#include "script/data_file.h"
#include "store/store.h"

enum vb_origin { VB_BUILT_IN, VB_FROM_FILE, VB_FROM_ENVIRONMENT, VB_FROM_OPTION, VB_FROM_STORE };
const char *vb_origin_name(enum vb_origin origin); /* "built in", "file", "environment", ... */

/* One that has a single value. */
enum vb_configurable_id {
    VB_CONF_DATA,
    VB_CONF_INSTRUMENTS,
    VB_CONF_PLUGINS,
    VB_CONF_KEY,
    VB_CONF_REPORTING,
    VB_CONF_ON_BEHALF,
    VB_CONF_MEMORY,
    VB_CONF_READY,
    VB_CONF_DEADLINE,
    VB_CONF_FINISH,
    VB_CONF_ATTEMPTS,
    VB_CONF_LISTEN,
    VB_CONF_ORIGIN,
    VB_CONF_PROXY,
    VB_CONF_TLS_CERT,
    VB_CONF_TLS_KEY,
    VB_CONF_PATIENCE,
    VB_CONF_COUNT
};
enum vb_configurable_type { VB_TAKES_PATH, VB_TAKES_TEXT, VB_TAKES_NUMBER };
struct vb_configurable {
    const char *name;     /* as it stands in the file: "limits.deadline" */
    const char *variable; /* of the environment; NULL: none */
    enum vb_configurable_type type;
    bool outside;                  /* the file does not have it: it is somebody's own */
    int64_t least, most, built_in; /* of a number */
    const char *unit;              /* "seconds" */
    const char *help;
};
extern const struct vb_configurable vb_configurables[VB_CONF_COUNT];

struct vb_configured {
    const char *text; /* of a path or text; NULL: none */
    int64_t number;
    enum vb_origin from;
    const char *where; /* "house.lua:12", "VERBOND_DATA", "--data"; "" of what is built in */
};

/* An output as the file names it. */
struct vb_configured_output {
    const char *name, *plugin; /* plugin: a name, or an absolute path */
    enum vb_purpose purpose;
    enum vb_content content;
    int64_t memory_mib, deadline_s; /* 0: as limits say; VB_MEMORY_NONE: none */
    const char *options;            /* JSON object of texts, as --output would give them */
    const char **instruments;       /* whose rounds get it */
    size_t instrument_count;
    bool every_instrument;
    int line;
    const struct vb_datum *datum; /* what stands in the file */
};

struct vb_configuration {
    const char *file;   /* NULL: there is none */
    const char *folder; /* where its relative paths begin: absolute */
    const char *found;  /* why that file: "VERBOND_CONFIG", "XDG_CONFIG_HOME", "HOME", "/etc" */
    struct vb_configured set[VB_CONF_COUNT];
    unsigned purposes;                    /* a bit for each vb_purpose that this house offers */
    int purposes_line;                    /* 0: built in */
    struct vb_configured_output *outputs; /* in the order of the file */
    size_t output_count;
};

/* Reads all of it, in arena. data: what --data said, NULL: nothing. VB_E_CONFIG: the file cannot be
 * read, anybody may change or replace it, or it is wrong; what is wrong in it stands in findings,
 * all at once. */
enum vb_code vb_configuration_read(struct vb_configuration *out, struct vb_arena *arena,
                                   const char *data, struct vb_clock clock,
                                   struct vb_findings *findings, struct vb_err *err);

/* By name; NULL: none. */
const struct vb_configured_output *
vb_configured_output_find(const struct vb_configuration *configuration, const char *name);
/* "house.lua:12" */
const char *vb_configured_where(const struct vb_configuration *configuration, int line,
                                struct vb_arena *arena);
/* Is this purpose offered here? VB_E_CONFIG says which are, and who said so. */
enum vb_code vb_configuration_offers(const struct vb_configuration *configuration,
                                     enum vb_purpose purpose, struct vb_err *err);

/* A variable of the environment; NULL when it is not set or empty. */
const char *vb_environment(const char *name);

/* configuration_file.c: what the file says, checked. Entries that are wrong are findings and are
 * left out. */
void vb_configuration_take(struct vb_configuration *out, const struct vb_datum *root,
                           struct vb_arena *arena, struct vb_findings *findings);

#endif
