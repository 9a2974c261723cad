#include "serve/gate.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "base/utf8.h"

static const struct {
    const char *name;
    int status;
    const char *code, *words;
} classes[VB_GATE_CLASSES] = {
    [VB_GATE_PASS] = { "pass", 200, "", "" },
    [VB_GATE_METHOD] = { "method", 501, "request", "this server has no such method" },
    [VB_GATE_VERSION] = { "version", 400, "request", "HTTP/1.1 is spoken here" },
    [VB_GATE_TARGET] = { "target", 400, "request", "the target is not a plain path" },
    [VB_GATE_LINES] = { "lines", 400, "request", "the lines of the head do not end as they must" },
    [VB_GATE_FIELD] = { "field", 400, "request", "a field of the head is not well formed" },
    [VB_GATE_HOST] = { "host", 400, "request", "one Host is needed" },
    [VB_GATE_LENGTH] = { "length", 400, "request", "the length of the body is not clear" },
    [VB_GATE_CODING] = { "coding", 400, "request", "Transfer-Encoding is chunked, once, or not" },
    [VB_GATE_BODY] = { "body", 400, "request", "there is no place for a body here" },
    [VB_GATE_HEAD] = { "head", 431, "head", "the head is too large" },
    [VB_GATE_SIZE] = { "size", 413, "size", "the body is too large" },
};

const char *vb_gate_class_name(enum vb_gate_class class)
{
    return classes[class].name;
}

int vb_gate_status(enum vb_gate_class class)
{
    return classes[class].status;
}

const char *vb_gate_code(enum vb_gate_class class)
{
    return classes[class].code;
}

const char *vb_gate_words(enum vb_gate_class class)
{
    return classes[class].words;
}

/* -- bytes ------------------------------------------------------------------------------------- */

static bool is_among(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_token(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!is_alnum(text[i]) && !is_among(text[i], "!#$%&'*+-.^_`|~"))
            return false;
    return len > 0;
}

/* Of a field's value: a tab may stand in it, no other control byte. */
static bool is_value(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < ' ' && c != '\t') || c == 0x7F)
            return false;
    }
    return true;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

bool vb_gate_decode(const char *text, size_t len, bool plus, char *out)
{
    size_t at = 0;
    for (size_t i = 0; i < len; i++) {
        int c = (unsigned char)text[i];
        if (c == '%') {
            int high = i + 1 < len ? hex(text[i + 1]) : -1;
            int low = i + 2 < len ? hex(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = high * 16 + low;
            i += 2;
        } else if (plus && c == '+') {
            c = ' ';
        }
        if (c < ' ' || c == 0x7F)
            return false;
        out[at++] = (char)c;
    }
    out[at] = '\0';
    return vb_utf8_valid(out, at, NULL);
}

/* -- the request line -------------------------------------------------------------------------- */

/* An escaped slash would make another path of it once it is decoded. */
static bool has_escaped_slash(const char *text, size_t len)
{
    for (size_t i = 0; i + 2 < len; i++)
        if (text[i] == '%' &&
            (strncasecmp(text + i + 1, "2F", 2) == 0 || strncasecmp(text + i + 1, "5C", 2) == 0))
            return true;
    return false;
}

static bool has_dot_segment(const char *path)
{
    while (*path != '\0') {
        size_t len = strcspn(path, "/");
        if ((len == 1 && path[0] == '.') || (len == 2 && path[0] == '.' && path[1] == '.'))
            return true;
        path += len + (path[len] == '/');
    }
    return false;
}

static bool is_target(const char *target)
{
    char decoded[VB_TARGET_MOST + 1];
    size_t path = strcspn(target, "?");
    const char *query = target + path + (target[path] == '?');
    if (target[0] != '/')
        return false;
    for (const char *c = target; *c != '\0'; c++)
        if (!is_alnum(*c) && !is_among(*c, "-._~!$&'()*+,;=:@/?%"))
            return false;
    return !has_escaped_slash(target, path) &&
           vb_gate_decode(query, strlen(query), true, decoded) &&
           vb_gate_decode(target, path, false, decoded) && !has_dot_segment(decoded);
}

static bool is_method(const char *method)
{
    return vb_streq(method, "GET") || vb_streq(method, "HEAD") || vb_streq(method, "POST") ||
           vb_streq(method, "PUT") || vb_streq(method, "DELETE");
}

static enum vb_gate_class look_at_line(const struct vb_gate_head *head)
{
    if (!head->whole)
        return VB_GATE_LINES;
    if (!vb_streq(head->version, "HTTP/1.1") && !vb_streq(head->version, "HTTP/1.0"))
        return VB_GATE_VERSION;
    if (!is_method(head->method))
        return VB_GATE_METHOD;
    if (strlen(head->target) > VB_TARGET_MOST)
        return VB_GATE_HEAD;
    return is_target(head->target) ? VB_GATE_PASS : VB_GATE_TARGET;
}

/* -- the fields -------------------------------------------------------------------------------- */

static bool is_named(const struct vb_gate_line *line, const char *name)
{
    return line->name_len == strlen(name) && strncasecmp(line->name, name, line->name_len) == 0;
}

/* How often it is there; *line: the last of them. */
static size_t find(const struct vb_gate_head *head, const char *name,
                   const struct vb_gate_line **line)
{
    size_t count = 0;
    for (size_t i = 0; i < head->count; i++) {
        if (!is_named(&head->lines[i], name))
            continue;
        *line = &head->lines[i];
        count++;
    }
    return count;
}

/* What something is decided by stands once. */
static bool is_twice(const struct vb_gate_head *head)
{
    static const char *const single[] = { "content-type",    "cookie",         "origin",
                                          "x-verbond-token", "sec-fetch-site", "expect",
                                          "authorization" };
    const struct vb_gate_line *line;
    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++)
        if (find(head, single[i], &line) > 1)
            return true;
    return false;
}

static enum vb_gate_class look_at_fields(const struct vb_gate_head *head)
{
    if (head->count > VB_LINES_MOST || head->size > VB_HEAD_MOST)
        return VB_GATE_HEAD;
    for (size_t i = 0; i < head->count; i++) {
        const struct vb_gate_line *line = &head->lines[i];
        if (!is_token(line->name, line->name_len) || !is_value(line->value, line->value_len))
            return VB_GATE_FIELD;
    }
    return is_twice(head) ? VB_GATE_FIELD : VB_GATE_PASS;
}

static enum vb_gate_class look_at_host(const struct vb_gate_head *head)
{
    enum { HOST_MOST = 255 };
    const struct vb_gate_line *line;
    if (find(head, "host", &line) != 1 || line->value_len == 0 || line->value_len > HOST_MOST)
        return VB_GATE_HOST;
    for (size_t i = 0; i < line->value_len; i++)
        if (!is_alnum(line->value[i]) && !is_among(line->value[i], "-.:[]_"))
            return VB_GATE_HOST;
    return VB_GATE_PASS;
}

/* Digits and nothing else: no sign, no list, no space. */
static bool read_length(const struct vb_gate_line *line, uint64_t *length)
{
    enum { DIGITS_MOST = 15 };
    *length = 0;
    if (line->value_len == 0 || line->value_len > DIGITS_MOST)
        return false;
    for (size_t i = 0; i < line->value_len; i++) {
        if (line->value[i] < '0' || line->value[i] > '9')
            return false;
        *length = *length * 10 + (uint64_t)(line->value[i] - '0');
    }
    return true;
}

static enum vb_gate_class look_at_body(const struct vb_gate_head *head, struct vb_gate_body *body)
{
    static const char chunked[] = "chunked";
    const struct vb_gate_line *line;
    size_t codings = find(head, "transfer-encoding", &line);
    if (codings > 1 || (codings == 1 && (line->value_len != strlen(chunked) ||
                                         strncasecmp(line->value, chunked, line->value_len) != 0 ||
                                         vb_streq(head->version, "HTTP/1.0"))))
        return VB_GATE_CODING;
    body->chunked = codings == 1;
    size_t lengths = find(head, "content-length", &line);
    if (lengths > 1 || (lengths == 1 && (body->chunked || !read_length(line, &body->length))))
        return VB_GATE_LENGTH;
    if (find(head, "expect", &line) == 1 &&
        (line->value_len != 12 || strncasecmp(line->value, "100-continue", 12) != 0))
        return VB_GATE_FIELD;
    if ((body->chunked || body->length > 0) &&
        (vb_streq(head->method, "GET") || vb_streq(head->method, "HEAD")))
        return VB_GATE_BODY;
    return VB_GATE_PASS;
}

enum vb_gate_class vb_gate(const struct vb_gate_head *head, struct vb_gate_body *body)
{
    *body = (struct vb_gate_body){ 0 };
    enum vb_gate_class class = look_at_line(head);
    if (class == VB_GATE_PASS)
        class = look_at_fields(head);
    if (class == VB_GATE_PASS)
        class = look_at_host(head);
    if (class == VB_GATE_PASS)
        class = look_at_body(head, body);
    return class;
}
