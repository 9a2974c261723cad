#include "serve/exchange.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/str.h"
#include "data/json.h"
#include "serve/exchange_inner.h"
#include "serve/gate.h"
#include "serve/serve_inner.h"

struct vb_call *vb_call_of(const struct vb_exchange *exchange)
{
    return (struct vb_call *)exchange;
}

/* -- what came in ----------------------------------------------------------------------------- */

void vb_fields_add(struct vb_fields *fields, struct vb_arena *arena, const char *name,
                   const char *value)
{
    struct vb_field *row =
        vb_arena_push(arena, &fields->rows, fields->count, &fields->cap, sizeof *row);
    *row = (struct vb_field){ .name = name, .value = value };
    fields->count++;
}

/* The gate refused what does not decode, so this cannot fail. */
static const char *decoded(struct vb_arena *arena, const char *text, size_t len, bool plus)
{
    char *out = vb_arena_alloc(arena, len + 1);
    bool whole = vb_gate_decode(text, len, plus, out);
    vb_assert(whole);
    return out;
}

static void read_query(struct vb_call *call, const char *query)
{
    struct vb_arena *arena = &call->exchange.arena;
    while (*query != '\0') {
        size_t len = strcspn(query, "&");
        size_t name = strcspn(query, "=&");
        if (len > 0)
            vb_fields_add(&call->query, arena, decoded(arena, query, name, true),
                          name < len ? decoded(arena, query + name + 1, len - name - 1, true) : "");
        query += len + (query[len] == '&');
    }
}

void vb_call_target(struct vb_call *call, const char *target)
{
    size_t path = strcspn(target, "?");
    call->exchange.path = decoded(&call->exchange.arena, target, path, false);
    call->api = vb_starts_with(call->exchange.path, "/api/");
    if (target[path] == '?')
        read_query(call, target + path + 1);
}

const char *vb_exchange_query(const struct vb_exchange *exchange, const char *name)
{
    const struct vb_fields *query = &vb_call_of(exchange)->query;
    for (size_t i = 0; i < query->count; i++)
        if (vb_streq(query->rows[i].name, name))
            return query->rows[i].value;
    return NULL;
}

const char *vb_exchange_header(const struct vb_exchange *exchange, const char *name)
{
    const struct vb_fields *head = &vb_call_of(exchange)->head;
    for (size_t i = 0; i < head->count; i++)
        if (strcasecmp(head->rows[i].name, name) == 0)
            return head->rows[i].value;
    return NULL;
}

/* Behind a proxy that the options do not name, scheme and host are all a browser tells. */
const char *vb_exchange_origin(const struct vb_exchange *exchange)
{
    const char *origin = exchange->serve->options.origin;
    const char *host = vb_exchange_header(exchange, "Host");
    if (origin != NULL)
        return origin;
    return vb_arena_printf((struct vb_arena *)&exchange->arena, "%s://%s",
                           vb_call_of(exchange)->secure ? "https" : "http",
                           host != NULL ? host : "localhost");
}

void vb_exchange_later(struct vb_exchange *exchange)
{
    exchange->later = true;
}

void vb_call_finish(struct vb_call *call)
{
    struct vb_stream *stream = call->stream;
    vb_assert(stream == NULL || stream->closed);
    if (stream != NULL)
        vb_buf_finish(&stream->waiting);
    cJSON_Delete(call->exchange.body);
    vb_buf_finish(&call->reply_body);
    vb_arena_finish(&call->exchange.arena);
}

/* -- what goes out ---------------------------------------------------------------------------- */

/* Values are ours, or went through the gate: a line end in one is our own fault. */
static bool is_one_line(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            return false;
    return true;
}

void vb_reply_header(struct vb_exchange *exchange, const char *name, const char *value)
{
    struct vb_call *call = vb_call_of(exchange);
    vb_assert(!exchange->replied && is_one_line(name) && is_one_line(value));
    vb_fields_add(&call->reply, &exchange->arena, vb_arena_strdup(&exchange->arena, name),
                  vb_arena_strdup(&exchange->arena, value));
}

void vb_reply_cookie(struct vb_exchange *exchange, const char *name, const char *value,
                     int64_t max_age_s)
{
    bool secure = vb_call_of(exchange)->secure;
    vb_reply_header(exchange, "Set-Cookie",
                    vb_arena_printf(&exchange->arena,
                                    "%s%s=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Strict%s",
                                    secure ? "__Host-" : "", name, value, (long long)max_age_s,
                                    secure ? "; Secure" : ""));
}

static struct vb_call *begin(struct vb_exchange *exchange, int status)
{
    struct vb_call *call = vb_call_of(exchange);
    vb_assert(!exchange->replied);
    exchange->replied = true;
    call->status = status;
    return call;
}

static void finish(struct vb_call *call)
{
    if (call->exchange.later && call->replied != NULL)
        call->replied(call);
}

void vb_reply_bytes(struct vb_exchange *exchange, int status, const char *type, const void *bytes,
                    size_t len)
{
    struct vb_call *call = begin(exchange, status);
    call->reply_type = vb_arena_strdup(&exchange->arena, type);
    vb_buf_put(&call->reply_body, bytes, len);
    finish(call);
}

void vb_reply_json(struct vb_exchange *exchange, int status, const struct vb_buf *json)
{
    vb_reply_bytes(exchange, status, "application/json", json->data, json->len);
}

void vb_reply_empty(struct vb_exchange *exchange, int status)
{
    finish(begin(exchange, status));
}

static void refuse(struct vb_exchange *exchange, int status, const char *code, const char *field,
                   const char *message)
{
    struct vb_buf json = { 0 };
    vb_buf_puts(&json, "{\"error\":{\"code\":");
    vb_json_text(&json, code);
    vb_json_put_text(&json, ",\"message\":", message);
    if (field != NULL)
        vb_json_put_text(&json, ",\"field\":", field);
    vb_buf_puts(&json, "}}");
    vb_reply_json(exchange, status, &json);
    vb_buf_finish(&json);
}

void vb_reply_refuse(struct vb_exchange *exchange, int status, const char *code, const char *field,
                     const char *fmt, ...)
{
    char *message = NULL;
    va_list args;
    va_start(args, fmt);
    int len = vasprintf(&message, fmt, args);
    va_end(args);
    vb_assert(len >= 0);
    refuse(exchange, status, code, field, message);
    free(message);
}

/* What a verb says by its code; the words of a refusal of ours are fit to be shown, those of a
 * failure are for the log. */
void vb_reply_code(struct vb_exchange *exchange, enum vb_code code, const struct vb_err *err)
{
    static const struct {
        enum vb_code code;
        int status;
        const char *word, *message;
    } rows[] = {
        { VB_E_ABSENT, 404, "absent", "it is not there, or not for you" },
        { VB_E_CONFLICT, 409, "conflict", NULL },
        { VB_E_BUSY, 409, "busy", NULL },
        { VB_E_DATA, 422, "value", NULL },
        { VB_E_LIMIT, 413, "size", NULL },
        { VB_E_IO, 503, "unsaved", "nothing was stored; send it again" },
    };
    vb_assert(code != VB_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].code != code)
            continue;
        if (code == VB_E_IO)
            vb_serve_log(exchange, VB_LOG_ERROR, err);
        refuse(exchange, rows[i].status, rows[i].word, NULL,
               rows[i].message != NULL ? rows[i].message : err->text);
        return;
    }
    vb_serve_log(exchange, VB_LOG_ERROR, err);
    refuse(exchange, 500, "internal", NULL, "something went wrong here; it was written down");
}
