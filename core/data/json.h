/* json.h - JSON in through a gate, JSON out byte for byte.
 *
 * Reading is cJSON's work; the gate before it refuses what cJSON would let pass: bad UTF-8, NUL
 * bytes and \u0000, duplicate keys, too deep nesting, numbers that are not finite, text after the
 * end. Writing is done here, so that the same value always gives the same bytes. Any thread. */
#ifndef VB_JSON_H
#define VB_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

enum { VB_JSON_DEPTH_MAX = 32 };

/* Parses len bytes. *out: cJSON_Delete it. Errors: VB_E_DATA with line and column, or the key that
 * stands twice; VB_E_LIMIT past max_bytes. */
enum vb_code vb_json_parse(cJSON **out, const char *bytes, size_t len, size_t max_bytes,
                           struct vb_err *err);

/* Reads a whole file of at most max_bytes into *out (empty before). VB_E_ABSENT: it is not there.
 * VB_E_DATA: it is a folder or may not be read. VB_E_LIMIT. VB_E_IO: the reading itself failed. The
 * message names the file. */
enum vb_code vb_file_read(struct vb_buf *out, const char *path, size_t max_bytes,
                          struct vb_err *err);

/* A quoted JSON string of well-formed UTF-8; escapes only what JSON demands. */
void vb_json_string(struct vb_buf *out, const char *s, size_t len);
void vb_json_text(struct vb_buf *out, const char *s); /* NULL writes null */

/* The same behind key, the literal bytes before a value, such as ,"wave": */
void vb_json_put_text(struct vb_buf *out, const char *key, const char *text);
void vb_json_put_flag(struct vb_buf *out, const char *key, bool on); /* true or false */

/* A cJSON tree in canonical form: compact, keys in the order they stand, integers exact,
 * other numbers shortest that read back. */
void vb_json_canonical(struct vb_buf *out, const cJSON *tree);

#endif
