/* protocol.h - the lines between the engine and the process of one output
 * (docs/reference/output.md).
 *
 * Both ends use this file: the engine (delivery.c) and verbond output-host (host.c). Pure: text in,
 * structs out. What is read is never trusted: unknown members are ignored, wrong types, duplicate
 * keys and over-long text are refused with the field's name. */
#ifndef VB_OUTBOX_PROTOCOL_H
#define VB_OUTBOX_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

enum { VB_PROTOCOL_MAJOR = 1, VB_PROTOCOL_MINOR = 0 };
enum {
    VB_PROTOCOL_LINE_MAX = 1024 * 1024, /* bytes of one line, either way */
    VB_PROTOCOL_REASON_MAX = 255        /* bytes of a reason; longer ones are cut */
};

/* -- what the engine says ---------------------------------------------------------------------- */

struct vb_hello {
    int major, minor;
    const char *output;  /* what it is called */
    const char *options; /* JSON object of texts; NULL: only describe yourself, then end */
    const char *dir;
};
struct vb_wire_blob {
    const char *digest, *type, *file; /* type: such as "image/png" */
};
struct vb_deliver {
    const char *parcel;
    int attempt;
    int64_t deadline_ms;
    const char *digest; /* of the instrument, as it was said before */
    const char *result; /* JSON object */
    size_t result_len;
    const struct vb_wire_blob *blobs;
    size_t blob_count;
};
/* Each appends one line without its newline. */
void vb_protocol_hello(struct vb_buf *out, const struct vb_hello *hello);
void vb_protocol_instrument(struct vb_buf *out, const char *digest, const char *json, size_t len);
void vb_protocol_deliver(struct vb_buf *out, const struct vb_deliver *deliver);
void vb_protocol_shutdown(struct vb_buf *out, int64_t deadline_ms);

enum vb_engine_says { VB_SAYS_HELLO, VB_SAYS_INSTRUMENT, VB_SAYS_DELIVER, VB_SAYS_SHUTDOWN };
struct vb_engine_line {
    enum vb_engine_says says;
    struct vb_hello hello;
    struct vb_deliver deliver;
    const char *digest, *instrument; /* of VB_SAYS_INSTRUMENT */
    size_t instrument_len;
    int64_t deadline_ms; /* of VB_SAYS_SHUTDOWN */
};
/* In arena. VB_E_DATA says which field. */
enum vb_code vb_protocol_read_engine(struct vb_engine_line *out, struct vb_arena *arena,
                                     const char *line, size_t len, struct vb_err *err);

/* -- what the plugin says ---------------------------------------------------------------------- */

struct vb_wire_option {
    const char *name, *type, *default_value, *example, *check, *help, *choices;
    bool required;
};
enum vb_plugin_says {
    VB_SAYS_READY,
    VB_SAYS_DELIVERED,
    VB_SAYS_RETRY,
    VB_SAYS_REJECTED,
    VB_SAYS_LOG
};
struct vb_plugin_line {
    enum vb_plugin_says says;
    int major, minor; /* ready */
    const struct vb_wire_option *options;
    size_t option_count;
    const char *parcel, *reason; /* delivered, retry, rejected; reason "" when none was given */
    int64_t after_ms;
    const char *level, *text; /* log */
};
void vb_protocol_plugin(struct vb_buf *out, const struct vb_plugin_line *line);
enum vb_code vb_protocol_read_plugin(struct vb_plugin_line *out, struct vb_arena *arena,
                                     const char *line, size_t len, struct vb_err *err);

/* Text made fit to be shown in one line: no control characters, no bad UTF-8, at most max bytes. In
 * arena. */
const char *vb_protocol_line(struct vb_arena *arena, const char *text, size_t len, size_t max);

#endif
