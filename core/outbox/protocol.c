#include "outbox/protocol.h"

#include <string.h>

#include "data/json.h"
#include "data/text.h"
#include "outbox/protocol_names.h"

const char *const vb_wire_engine_types[] = { "hello", "instrument", "deliver", "shutdown", NULL };
const char *const vb_wire_plugin_types[] = {
    "ready", "delivered", "retry", "rejected", "log", NULL
};
const char *const vb_wire_levels[] = { "debug", "info", "warn", "error", NULL };
const char *const vb_wire_option_types[] = { "text", "path", "url", "int", "bool", "choice", NULL };

/* -- members ---------------------------------------------------------------------------------- */

static void begin(struct vb_buf *out, const char *type)
{
    vb_buf_puts(out, "{\"type\":");
    vb_json_text(out, type);
}

static void member(struct vb_buf *out, const char *name)
{
    vb_buf_putc(out, ',');
    vb_json_text(out, name);
    vb_buf_putc(out, ':');
}

static void text_member(struct vb_buf *out, const char *name, const char *text)
{
    member(out, name);
    vb_json_text(out, text);
}

static void int_member(struct vb_buf *out, const char *name, int64_t number)
{
    member(out, name);
    vb_buf_int(out, number);
}

static void json_member(struct vb_buf *out, const char *name, const char *json, size_t len)
{
    member(out, name);
    vb_buf_put(out, json, len);
}

static void version_member(struct vb_buf *out, int major, int minor)
{
    member(out, "protocol");
    vb_buf_printf(out, "\"%d.%d\"", major, minor);
}

static void end(struct vb_buf *out)
{
    vb_buf_putc(out, '}');
}

/* -- what the engine says --------------------------------------------------------------------- */

void vb_protocol_hello(struct vb_buf *out, const struct vb_hello *hello)
{
    begin(out, vb_wire_engine_types[VB_SAYS_HELLO]);
    version_member(out, hello->major, hello->minor);
    text_member(out, "output", hello->output);
    const char *options = hello->options == NULL ? "null" : hello->options;
    json_member(out, "options", options, strlen(options));
    text_member(out, "dir", hello->dir);
    end(out);
}

void vb_protocol_instrument(struct vb_buf *out, const char *digest, const char *json, size_t len)
{
    begin(out, vb_wire_engine_types[VB_SAYS_INSTRUMENT]);
    text_member(out, "digest", digest);
    json_member(out, "instrument", json, len);
    end(out);
}

static void put_blobs(struct vb_buf *out, const struct vb_deliver *deliver)
{
    vb_buf_putc(out, '[');
    for (size_t i = 0; i < deliver->blob_count; i++) {
        const struct vb_wire_blob *blob = &deliver->blobs[i];
        vb_buf_puts(out, i == 0 ? "{\"digest\":" : ",{\"digest\":");
        vb_json_text(out, blob->digest);
        text_member(out, "type", blob->type);
        text_member(out, "file", blob->file);
        end(out);
    }
    vb_buf_putc(out, ']');
}

void vb_protocol_deliver(struct vb_buf *out, const struct vb_deliver *deliver)
{
    begin(out, vb_wire_engine_types[VB_SAYS_DELIVER]);
    text_member(out, "parcel", deliver->parcel);
    int_member(out, "attempt", deliver->attempt);
    int_member(out, "deadline_ms", deliver->deadline_ms);
    text_member(out, "digest", deliver->digest);
    json_member(out, "result", deliver->result, deliver->result_len);
    member(out, "blobs");
    put_blobs(out, deliver);
    end(out);
}

void vb_protocol_shutdown(struct vb_buf *out, int64_t deadline_ms)
{
    begin(out, vb_wire_engine_types[VB_SAYS_SHUTDOWN]);
    int_member(out, "deadline_ms", deadline_ms);
    end(out);
}

/* -- what the plugin says --------------------------------------------------------------------- */

static void put_option(struct vb_buf *out, const struct vb_wire_option *option)
{
    vb_buf_puts(out, "{\"name\":");
    vb_json_text(out, option->name);
    text_member(out, "type", option->type);
    member(out, "required");
    vb_buf_puts(out, option->required ? "true" : "false");
    text_member(out, "default", option->default_value);
    text_member(out, "example", option->example);
    text_member(out, "check", option->check);
    text_member(out, "help", option->help);
    if (option->choices != NULL)
        text_member(out, "choices", option->choices);
    end(out);
}

static void put_ready(struct vb_buf *out, const struct vb_plugin_line *line)
{
    version_member(out, line->major, line->minor);
    member(out, "options");
    vb_buf_putc(out, '[');
    for (size_t i = 0; i < line->option_count; i++) {
        if (i > 0)
            vb_buf_putc(out, ',');
        put_option(out, &line->options[i]);
    }
    vb_buf_putc(out, ']');
}

static void put_log(struct vb_buf *out, const struct vb_plugin_line *line)
{
    text_member(out, "level", line->level);
    text_member(out, "text", line->text);
}

static void put_answer(struct vb_buf *out, const struct vb_plugin_line *line)
{
    text_member(out, "parcel", line->parcel);
    if (line->after_ms > 0)
        int_member(out, "after_ms", line->after_ms);
    if (line->reason != NULL && *line->reason != '\0')
        text_member(out, "reason", line->reason);
}

void vb_protocol_plugin(struct vb_buf *out, const struct vb_plugin_line *line)
{
    begin(out, vb_wire_plugin_types[line->says]);
    if (line->says == VB_SAYS_READY)
        put_ready(out, line);
    else if (line->says == VB_SAYS_LOG)
        put_log(out, line);
    else
        put_answer(out, line);
    end(out);
}

/* -- one line for a person -------------------------------------------------------------------- */

/* Never in the middle of a character. */
static size_t cut(const char *text, size_t len, size_t max)
{
    if (len <= max)
        return len;
    len = max;
    while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    return len;
}

const char *vb_protocol_line(struct vb_arena *arena, const char *text, size_t len, size_t max)
{
    struct vb_buf clean = { 0 };
    vb_text_clean(&clean, text, len);
    for (size_t i = 0; i < clean.len; i++)
        if (clean.data[i] == '\n')
            clean.data[i] = ' ';
    const char *line = clean.len == 0 ? "" : clean.data;
    line = vb_arena_strndup(arena, line, cut(line, clean.len, max));
    vb_buf_finish(&clean);
    return line;
}
