#include "outbox/host.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/mem.h"
#include "base/str.h"
#include "data/json.h"
#include "include/verbond/output.h"
#include "outbox/host_inner.h"
#include "outbox/options.h"
#include "outbox/protocol_names.h"

enum { SHEET_MAX_BYTES = 16 * 1024 * 1024, MESSAGE_MAX_BYTES = 1000 };

struct document {
    struct document *next;
    char *digest, *json;
    size_t len;
};
struct host {
    const char *path;
    int out; /* where the engine reads */
    struct vb_output_loaded *loaded;
    const struct vb_output *plugin;
    struct vb_output_host table; /* what the plugin sees of us */
    struct vb_arena arena;       /* lives as long as we do */
    cJSON *options;
    void *self; /* what open gave; NULL: not open */
    struct document *documents;
    /* -- while deliver runs -- */
    const struct vb_output_delivery *delivery;
    struct vb_buf sheet;
};

/* -- what the plugin may call -------------------------------------------------------------------
 */

static void tell(const struct host *host, int level, const char *text)
{
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_plugin_line line = {
        .says = VB_SAYS_LOG,
        .level = vb_wire_levels[level],
        .text = vb_protocol_line(&arena, text, strlen(text), MESSAGE_MAX_BYTES),
    };
    (void)vb_host_say(host->out, &line, &err); /* an engine that is gone hears nothing more */
    vb_arena_finish(&arena);
}

static void on_log(const struct vb_output_host *table, int level, const char *text)
{
    if (text == NULL)
        return;
    bool known = level >= VB_OUTPUT_DEBUG && level <= VB_OUTPUT_ERROR;
    tell(table->ctx, known ? level : VB_OUTPUT_INFO, text);
}

static const char *on_option(const struct vb_output_host *table, const char *name)
{
    const struct host *host = table->ctx;
    const cJSON *value =
        name == NULL ? NULL : cJSON_GetObjectItemCaseSensitive(host->options, name);
    return value == NULL ? NULL : value->valuestring;
}

static const char *on_render_sheet(const struct vb_output_host *table,
                                   const struct vb_output_delivery *delivery, size_t *len)
{
    struct host *host = table->ctx;
    struct vb_err err;
    const char *file = NULL;
    if (delivery == NULL || delivery != host->delivery)
        return NULL;
    for (size_t i = 0; i < delivery->blob_count; i++)
        if (vb_streq(delivery->blobs[i].digest, "sheet.html"))
            file = delivery->blobs[i].file;
    if (file == NULL)
        return NULL;
    if (host->sheet.len == 0 && vb_file_read(&host->sheet, file, SHEET_MAX_BYTES, &err) != VB_OK) {
        tell(host, VB_OUTPUT_ERROR, err.text);
        return NULL;
    }
    if (len != NULL)
        *len = host->sheet.len;
    return host->sheet.data;
}

/* -- hello: load, check, open -------------------------------------------------------------------
 */

/* Its options as the protocol writes them; they live in the library. */
static const struct vb_wire_option *wire_options(struct host *host)
{
    size_t count = host->plugin->option_count;
    struct vb_wire_option *wire = vb_arena_alloc(&host->arena, (count + 1) * sizeof *wire);
    for (size_t i = 0; i < count; i++) {
        const struct vb_output_option *option = &host->plugin->options[i];
        wire[i] = (struct vb_wire_option){
            .name = option->name,
            .type = vb_wire_option_types[option->type],
            .default_value = option->default_value,
            .example = option->example,
            .check = option->check,
            .help = option->help,
            .choices = option->choices,
            .required = option->required != 0,
        };
    }
    return wire;
}

static enum vb_code take_options(struct host *host, const struct vb_wire_option *known,
                                 const struct vb_hello *hello, struct vb_err *err)
{
    struct vb_buf checked = { 0 };
    enum vb_code rc = vb_options_check(&checked, hello->output, known, host->plugin->option_count,
                                       hello->options, NULL, hello->dir, err);
    if (rc == VB_OK)
        rc = vb_json_parse(&host->options, checked.data, checked.len, checked.len, err);
    vb_buf_finish(&checked);
    return rc;
}

static enum vb_code open_plugin(struct host *host, const struct vb_hello *hello, struct vb_err *err)
{
    char why[512] = "";
    host->table = (struct vb_output_host){
        .size = sizeof host->table,
        .ctx = host,
        .dir = vb_arena_strdup(&host->arena, hello->dir),
        .name = vb_arena_strdup(&host->arena, hello->output),
        .option = on_option,
        .log = on_log,
        .render_sheet = on_render_sheet,
    };
    host->self = vb_output_loaded_open(host->loaded, &host->table, why, sizeof why);
    if (host->self != NULL)
        return VB_OK;
    why[sizeof why - 1] = '\0';
    return vb_fail(err, VB_E_CONFIG, "%s cannot begin: %s", hello->output,
                   why[0] == '\0' ? "it does not say why" : why);
}

static enum vb_code on_hello(struct host *host, const struct vb_hello *hello, bool *finished,
                             struct vb_err *err)
{
    if (host->loaded != NULL)
        return vb_fail(err, VB_E_DATA, "the engine said hello twice");
    if (hello->major != VB_PROTOCOL_MAJOR)
        return vb_fail(err, VB_E_CONFIG, "the engine speaks protocol %d.%d, and this is %d.%d",
                       hello->major, hello->minor, VB_PROTOCOL_MAJOR, VB_PROTOCOL_MINOR);
    enum vb_code rc = vb_output_load(&host->loaded, host->path, err);
    if (rc != VB_OK)
        return rc;
    host->plugin = vb_output_loaded_get(host->loaded);
    const struct vb_wire_option *known = wire_options(host);
    *finished = hello->options == NULL;
    if (!*finished) {
        rc = take_options(host, known, hello, err);
        if (rc == VB_OK)
            rc = open_plugin(host, hello, err);
    }
    if (rc != VB_OK)
        return rc;
    return vb_host_say(host->out,
                       &(struct vb_plugin_line){ .says = VB_SAYS_READY,
                                                 .major = VB_PROTOCOL_MAJOR,
                                                 .minor = VB_PROTOCOL_MINOR,
                                                 .options = known,
                                                 .option_count = host->plugin->option_count },
                       err);
}

/* -- instruments and deliveries -----------------------------------------------------------------
 */

static struct document *document_of(const struct host *host, const char *digest)
{
    for (struct document *at = host->documents; at != NULL; at = at->next)
        if (vb_streq(at->digest, digest))
            return at;
    return NULL;
}

static void on_instrument(struct host *host, const struct vb_engine_line *line)
{
    if (document_of(host, line->digest) != NULL)
        return;
    struct document *document = vb_new(struct document);
    document->digest = vb_strdup(line->digest);
    document->json = vb_strdup(line->instrument);
    document->len = line->instrument_len;
    document->next = host->documents;
    host->documents = document;
}

static const struct vb_output_blob *plugin_blobs(struct vb_arena *arena,
                                                 const struct vb_deliver *deliver)
{
    struct vb_output_blob *blobs = vb_arena_alloc(arena, (deliver->blob_count + 1) * sizeof *blobs);
    for (size_t i = 0; i < deliver->blob_count; i++)
        blobs[i] = (struct vb_output_blob){ .digest = deliver->blobs[i].digest,
                                            .type = deliver->blobs[i].type,
                                            .file = deliver->blobs[i].file };
    return blobs;
}

static struct vb_plugin_line answer_of(struct vb_arena *arena, const char *parcel, int outcome,
                                       struct vb_output_answer *answer)
{
    struct vb_plugin_line line = { .says = VB_SAYS_REJECTED, .parcel = parcel };
    answer->reason[sizeof answer->reason - 1] = '\0';
    line.reason =
        vb_protocol_line(arena, answer->reason, strlen(answer->reason), VB_PROTOCOL_REASON_MAX);
    if (outcome == VB_OUTPUT_DELIVERED) {
        line.says = VB_SAYS_DELIVERED;
        line.reason = "";
    } else if (outcome == VB_OUTPUT_RETRY) {
        line.says = VB_SAYS_RETRY;
        line.after_ms = answer->after_ms > 0 ? answer->after_ms : 0;
    } else if (outcome != VB_OUTPUT_REJECTED) {
        line.reason = vb_arena_printf(arena, "deliver gave back %d, which is no outcome", outcome);
    }
    return line;
}

static enum vb_code on_deliver(struct host *host, const struct vb_deliver *deliver,
                               struct vb_arena *arena, struct vb_err *err)
{
    const struct document *document = document_of(host, deliver->digest);
    if (host->self == NULL || document == NULL)
        return vb_fail(err, VB_E_DATA, "the engine delivered %s before its %s", deliver->parcel,
                       host->self == NULL ? "hello" : "instrument");
    const struct vb_output_delivery delivery = {
        .size = sizeof delivery,
        .parcel = deliver->parcel,
        .attempt = deliver->attempt,
        .deadline_ms = deliver->deadline_ms,
        .result_json = deliver->result,
        .result_len = deliver->result_len,
        .instrument_json = document->json,
        .instrument_len = document->len,
        .blobs = plugin_blobs(arena, deliver),
        .blob_count = deliver->blob_count,
        .blob_size = sizeof(struct vb_output_blob),
    };
    struct vb_output_answer answer = { .size = sizeof answer };
    host->delivery = &delivery;
    int outcome = host->plugin->deliver(host->self, &delivery, &answer);
    host->delivery = NULL;
    vb_buf_finish(&host->sheet);
    const struct vb_plugin_line line = answer_of(arena, deliver->parcel, outcome, &answer);
    return vb_host_say(host->out, &line, err);
}

/* -- the conversation ---------------------------------------------------------------------------
 */

static enum vb_code hear(struct host *host, const char *text, size_t len, struct vb_arena *arena,
                         bool *finished, struct vb_err *err)
{
    struct vb_engine_line line;
    enum vb_code rc = vb_protocol_read_engine(&line, arena, text, len, err);
    if (rc != VB_OK)
        return vb_while(err, "a line of the engine");
    switch (line.says) {
    case VB_SAYS_HELLO:
        return on_hello(host, &line.hello, finished, err);
    case VB_SAYS_INSTRUMENT:
        on_instrument(host, &line);
        return VB_OK;
    case VB_SAYS_DELIVER:
        return on_deliver(host, &line.deliver, arena, err);
    case VB_SAYS_SHUTDOWN:
        *finished = true;
        return VB_OK;
    }
    return VB_OK;
}

static enum vb_code converse(struct host *host, int in, struct vb_err *err)
{
    struct vb_host_lines lines = { .fd = in };
    struct vb_arena arena = { 0 };
    enum vb_code rc = VB_OK;
    bool finished = false;
    while (rc == VB_OK && !finished) {
        const char *line;
        size_t len;
        rc = vb_host_line(&lines, &line, &len, err);
        if (rc != VB_OK || line == NULL)
            break;
        rc = hear(host, line, len, &arena, &finished, err);
        vb_arena_reset(&arena);
    }
    vb_arena_finish(&arena);
    vb_buf_finish(&lines.buf);
    return rc;
}

static void finish(struct host *host)
{
    if (host->self != NULL && host->plugin->close != NULL)
        host->plugin->close(host->self);
    while (host->documents != NULL) {
        struct document *document = host->documents;
        host->documents = document->next;
        free(document->digest);
        free(document->json);
        free(document);
    }
    cJSON_Delete(host->options);
    vb_output_unload(host->loaded);
    vb_arena_finish(&host->arena);
}

/* -- the two ways to be a plugin's process ------------------------------------------------------
 */

static int fail(struct host *host, const struct vb_err *err)
{
    tell(host, VB_OUTPUT_ERROR, err->text);
    return vb_exit_code(err->code);
}

static int load_and_converse(struct host *host)
{
    struct vb_err err;
    int in;
    enum vb_code rc = vb_host_move_protocol(&in, &host->out, &err);
    if (rc == VB_OK)
        rc = converse(host, in, &err);
    int code = rc == VB_OK ? 0 : fail(host, &err);
    finish(host);
    return code;
}

/* It speaks the protocol itself, under the same limits. */
static enum vb_code become(const char *path, struct vb_err *err)
{
    char *const argv[] = { (char *)path, NULL };
    struct stat about;
    if (stat(path, &about) != 0)
        return vb_fail(err, VB_E_ABSENT, "%s: no such file", path);
    if (!S_ISREG(about.st_mode) || access(path, X_OK) != 0)
        return vb_fail(err, VB_E_CONFIG,
                       "%s: neither a .so nor a .lua nor a program (a file that may be executed)",
                       path);
    execv(path, argv);
    return vb_fail(err, VB_E_CONFIG, "%s: cannot be executed; does its first line name a program?",
                   path);
}

int vb_output_host(const char *path, size_t memory_max)
{
    struct host host = { .path = path, .out = STDOUT_FILENO };
    struct vb_err err;
    if (vb_host_confine(memory_max, &err) != VB_OK)
        return fail(&host, &err);
    if (!vb_ends_with(path, ".so") && !vb_ends_with(path, ".lua")) {
        (void)become(path, &err);
        return fail(&host, &err);
    }
    /* A plugin that writes to a receiver that hung up gets an error, not its end. */
    signal(SIGPIPE, SIG_IGN);
    return load_and_converse(&host);
}
