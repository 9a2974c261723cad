/* server_call.c - from what libmicrohttpd read to an exchange: the gate, the body, the handler.
 *
 * libmicrohttpd calls three times and more for one request: with the target as soon as its line is
 * there, with the whole head, with each piece of the body, and with its end. A connection that was
 * suspended is called once more when it is resumed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "serve/route_inner.h"
#include "serve/server_inner.h"

enum progress {
    AT_HEAD,
    AT_BODY,  /* taking it */
    AT_DRAIN, /* refused: the body is read and thrown away, so that the refusal is heard */
    AT_WORK,  /* the handler replies later */
    AT_REPLY
};
struct vb_request_in {
    struct vb_call call; /* first: what libmicrohttpd carries along is the request */
    struct vb_connection *connection;
    enum progress progress;
    const char *target; /* where libmicrohttpd holds it, and how long it was then */
    size_t target_len;
    char *kept; /* a copy: the original is cut into pieces */
    int64_t began_ns;
    struct vb_buf body;
    size_t most, drained;
    bool over; /* more than most came */
    bool last; /* the connection ends with this reply */
};

static struct vb_connection *connection_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    vb_assert(info != NULL && info->socket_context != NULL);
    return info->socket_context;
}

/* -- a later reply ----------------------------------------------------------------------------- */

static void on_replied(struct vb_call *call)
{
    struct vb_request_in *request = (struct vb_request_in *)call;
    if (request->progress != AT_WORK)
        return; /* before the handler returned: nothing is suspended yet */
    request->progress = AT_REPLY;
    MHD_resume_connection(request->connection->mhd);
    vb_server_kick(request->connection->server);
}

/* -- the head ---------------------------------------------------------------------------------- */

void *vb_server_on_target(void *cls, const char *target, struct MHD_Connection *mhd)
{
    struct vb_server *server = cls;
    struct vb_connection *connection = connection_of(mhd);
    struct vb_request_in *request = vb_new(struct vb_request_in);
    vb_assert(connection->request == NULL);
    connection->request = request;
    request->connection = connection;
    request->target = target;
    request->target_len = target != NULL ? strlen(target) : 0;
    request->kept = vb_arena_strdup(&request->call.exchange.arena, target != NULL ? target : "");
    request->call.exchange.serve = server->serve;
    request->call.replied = on_replied;
    return request;
}

struct lines {
    struct vb_request_in *request;
    struct vb_gate_line rows[VB_LINES_MOST + 1];
    size_t count;
};

static enum MHD_Result take_line(void *cls, enum MHD_ValueKind kind, const char *name,
                                 size_t name_len, const char *value, size_t value_len)
{
    struct lines *lines = cls;
    (void)kind;
    if (lines->count > VB_LINES_MOST)
        return MHD_NO; /* one more than there may be is enough to refuse them */
    lines->rows[lines->count++] = (struct vb_gate_line){ name, value, name_len, value_len };
    return MHD_YES;
}

/* libmicrohttpd takes a bare LF for a line end, glues folded lines together and cuts a value at a
 * NUL, and does not say so. But what it hands out lies where it was read, one line behind the
 * other, with a NUL for each CR and LF. So a line that ended in another way, or went on beyond what
 * is handed out, shows by where the next one begins. Where a later libmicrohttpd lays them down
 * differently nothing passes, and every test says so. */
static bool is_whole(const struct lines *lines, const char *method, const char *version,
                     size_t size)
{
    enum { LINE_END = 2 };
    const struct vb_request_in *request = lines->request;
    const char *at = method + strlen(method) + 1;
    if (request->target != at || version != at + request->target_len + 1)
        return false;
    at = version + strlen(version) + LINE_END;
    for (size_t i = 0; i < lines->count; i++) {
        const struct vb_gate_line *line = &lines->rows[i];
        const char *colon = line->name + line->name_len;
        if (line->name != at || line->value <= colon)
            return false;
        for (const char *space = colon + 1; space < line->value; space++)
            if (*space != ' ' && *space != '\t')
                return false;
        at = line->value + line->value_len + LINE_END;
    }
    return at + LINE_END == method + size;
}

static enum vb_gate_class look(struct lines *lines, struct MHD_Connection *mhd, const char *method,
                               const char *version, struct vb_gate_body *body)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    size_t size = info != NULL ? info->header_size : 0;
    MHD_get_connection_values_n(mhd, MHD_HEADER_KIND, take_line, lines);
    struct vb_gate_head head = {
        .method = method,
        .target = lines->request->kept,
        .version = version,
        .lines = lines->rows,
        .count = lines->count,
        .size = size,
        /* of too many only the first are here */
        .whole = lines->count > VB_LINES_MOST || is_whole(lines, method, version, size),
    };
    return vb_gate(&head, body);
}

/* Spaces behind a value are no part of it. */
static void keep_lines(struct vb_call *call, const struct lines *lines)
{
    struct vb_arena *arena = &call->exchange.arena;
    for (size_t i = 0; i < lines->count; i++) {
        const struct vb_gate_line *line = &lines->rows[i];
        size_t len = line->value_len;
        while (len > 0 && strchr(" \t", line->value[len - 1]) != NULL)
            len--;
        vb_fields_add(&call->head, arena, vb_arena_strndup(arena, line->name, line->name_len),
                      vb_arena_strndup(arena, line->value, len));
    }
}

static enum vb_method method_of(const char *name)
{
    return vb_streq(name, "POST")     ? VB_POST
           : vb_streq(name, "PUT")    ? VB_PUT
           : vb_streq(name, "DELETE") ? VB_DELETE
                                      : VB_GET;
}

static void refuse(struct vb_request_in *request, enum vb_gate_class class)
{
    struct vb_serve *serve = request->connection->server->serve;
    vb_metrics_refused(&serve->metrics, class);
    vb_log(serve->house->env->log, VB_LOG_INFO, "serve", "the gate refused a request: %s",
           vb_gate_class_name(class));
    request->last = true;
    vb_reply_refuse(&request->call.exchange, vb_gate_status(class), vb_gate_code(class), NULL, "%s",
                    vb_gate_words(class));
}

static enum MHD_Result reply(struct vb_request_in *request)
{
    struct vb_server *server = request->connection->server;
    request->progress = AT_REPLY;
    vb_metrics_answered(&server->serve->metrics, request->call.exchange.route, request->call.status,
                        vb_server_now(server) - request->began_ns);
    return vb_server_reply(request->connection, &request->call, request->last);
}

/* A refusal that comes before the body was read would be lost when the connection is closed upon
 * unread bytes, and libmicrohttpd always closes upon one; so the body is read first, within bounds,
 * but for a peer that waits to be told to send it. */
static enum MHD_Result refuse_body(struct vb_request_in *request, const struct vb_gate_body *body)
{
    bool waits = vb_exchange_header(&request->call.exchange, "Expect") != NULL;
    if (waits || body->length > VB_DRAIN_MOST) {
        request->last = true;
        return reply(request);
    }
    request->progress = AT_DRAIN;
    vb_connection_enter(request->connection, VB_PHASE_BODY,
                        request->connection->server->patience_s);
    return MHD_YES;
}

static enum MHD_Result take_head(struct vb_request_in *request, struct MHD_Connection *mhd,
                                 const char *method, const char *version)
{
    struct vb_call *call = &request->call;
    struct lines lines = { .request = request };
    struct vb_gate_body body;
    enum vb_gate_class class = look(&lines, mhd, method, version, &body);
    request->began_ns = vb_server_now(request->connection->server);
    if (class == VB_GATE_PASS)
        keep_lines(call, &lines);
    vb_server_meet(request->connection, call);
    if (class != VB_GATE_PASS) {
        refuse(request, class);
        return reply(request);
    }
    vb_call_target(call, request->kept);
    call->exchange.method = method_of(method);
    call->bodiless = vb_streq(method, "HEAD");
    /* Where chunks end is read below the gate; nothing comes behind them on this connection. */
    request->last = body.chunked || vb_streq(version, "HTTP/1.0");
    if (!vb_route_open(&call->exchange))
        return refuse_body(request, &body);
    request->most = vb_route_most(&call->exchange);
    if (body.length > request->most || (body.chunked && request->most == 0)) {
        refuse(request, request->most == 0 ? VB_GATE_BODY : VB_GATE_SIZE);
        return refuse_body(request, &body);
    }
    request->progress = AT_BODY;
    vb_connection_enter(request->connection, VB_PHASE_BODY,
                        request->connection->server->patience_s);
    return MHD_YES;
}

/* -- the body ---------------------------------------------------------------------------------- */

static enum MHD_Result take_piece(struct vb_request_in *request, const char *bytes, size_t *len)
{
    if (request->progress == AT_BODY && request->body.len + *len > request->most)
        request->over = true;
    if (request->progress == AT_BODY && !request->over)
        vb_buf_put(&request->body, bytes, *len);
    else
        request->drained += *len;
    *len = 0;
    return request->drained > VB_DRAIN_MOST ? MHD_NO : MHD_YES;
}

static bool has_trailer(struct MHD_Connection *mhd)
{
    return MHD_get_connection_values_n(mhd, MHD_FOOTER_KIND, NULL, NULL) > 0;
}

static enum MHD_Result take_end(struct vb_request_in *request, struct MHD_Connection *mhd)
{
    struct vb_call *call = &request->call;
    if (request->over || has_trailer(mhd)) {
        refuse(request, request->over ? VB_GATE_SIZE : VB_GATE_FIELD);
        return reply(request);
    }
    call->exchange.bytes = request->body.data;
    call->exchange.len = request->body.len;
    vb_route_hear(&call->exchange);
    if (call->exchange.replied)
        return reply(request);
    request->progress = AT_WORK;
    vb_connection_enter(request->connection, VB_PHASE_WORK, 0);
    MHD_suspend_connection(mhd);
    return MHD_YES;
}

enum MHD_Result vb_server_on_request(void *cls, struct MHD_Connection *mhd, const char *url,
                                     const char *method, const char *version, const char *bytes,
                                     size_t *len, void **context)
{
    struct vb_request_in *request = *context;
    (void)cls;
    (void)url; /* request->kept is what came */
    if (request->progress == AT_HEAD)
        return take_head(request, mhd, method, version);
    if (*len > 0)
        return take_piece(request, bytes, len);
    if (request->progress == AT_BODY)
        return take_end(request, mhd);
    vb_assert(request->call.exchange.replied);
    return reply(request);
}

/* -- the end ----------------------------------------------------------------------------------- */

/* An empty line before a request, or a target that never came, leaves nothing behind. */
void vb_server_on_completed(void *cls, struct MHD_Connection *mhd, void **context,
                            enum MHD_RequestTerminationCode how)
{
    struct vb_request_in *request = *context;
    struct vb_connection *connection;
    (void)cls;
    (void)mhd;
    (void)how;
    if (request == NULL)
        return;
    connection = request->connection;
    if (request->call.stream != NULL)
        vb_stream_close(request->call.stream);
    vb_buf_finish(&request->body);
    vb_call_finish(&request->call);
    free(request);
    *context = NULL;
    connection->request = NULL;
    connection->resting = false;
    vb_connection_enter(connection, VB_PHASE_HEAD, connection->server->patience_s);
}

struct vb_stream *vb_server_stream(const struct vb_connection *connection)
{
    return connection->request != NULL ? connection->request->call.stream : NULL;
}
