/* server_reply.c - from a reply to what libmicrohttpd sends: bodies, and streams that rest while
 * there is nothing to say. */
#include <string.h>

#include "base/str.h"
#include "serve/headers.h"
#include "serve/server_inner.h"

/* -- streams ----------------------------------------------------------------------------------- */

static void on_wake(struct vb_stream *stream)
{
    struct vb_connection *connection = stream->carrier;
    enum { CUT_SECONDS = 5 };
    if (stream->cut && connection->deadline_ns == 0)
        vb_connection_enter(connection, VB_PHASE_STREAM, CUT_SECONDS);
    if (!connection->resting)
        return;
    connection->resting = false;
    MHD_resume_connection(connection->mhd);
    vb_server_kick(connection->server);
}

static ssize_t read_stream(void *cls, uint64_t at, char *out, size_t room)
{
    struct vb_stream *stream = cls;
    struct vb_connection *connection = stream->carrier;
    size_t len = vb_stream_take(stream, out, room);
    (void)at;
    if (len > 0)
        return (ssize_t)len;
    if (stream->cut || connection->server->stopping)
        return MHD_CONTENT_READER_END_OF_STREAM;
    connection->resting = true;
    MHD_suspend_connection(connection->mhd);
    return 0;
}

void vb_server_beat(struct vb_connection *connection)
{
    vb_stream_beat(vb_server_stream(connection));
}

void vb_server_end_stream(struct vb_connection *connection)
{
    on_wake(vb_server_stream(connection));
}

/* -- replies ----------------------------------------------------------------------------------- */

static struct MHD_Response *respond(struct vb_connection *connection, struct vb_call *call)
{
    enum { PIECE = 4096 };
    /* Of a stream without a body libmicrohttpd sends the end, where the next reply would be read.
     */
    if (call->stream == NULL || call->bodiless)
        return MHD_create_response_from_buffer(call->reply_body.len, call->reply_body.data,
                                               MHD_RESPMEM_PERSISTENT);
    call->stream->carrier = connection;
    call->stream->wake = on_wake;
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, read_stream, call->stream,
                                             NULL);
}

/* The system would take megabytes for whoever never reads, and what waits here would stay empty; so
 * it takes little, and who is too slow is seen. Refused, the line is only a costlier one. */
static void enter_stream(struct vb_connection *connection)
{
    const int room = VB_STREAM_BACKLOG / 2;
    (void)setsockopt(connection->fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    vb_connection_enter(connection, VB_PHASE_STREAM, 0);
}

/* last: the connection ends with it. */
enum MHD_Result vb_server_reply(struct vb_connection *connection, struct vb_call *call, bool last)
{
    struct MHD_Response *response = respond(connection, call);
    enum MHD_Result result = response != NULL ? MHD_YES : MHD_NO;
    vb_headers_add(call);
    if (call->reply_type != NULL)
        vb_fields_add(&call->reply, &call->exchange.arena, "Content-Type", call->reply_type);
    if (last || connection->server->stopping)
        vb_fields_add(&call->reply, &call->exchange.arena, "Connection", "close");
    for (size_t i = 0; result == MHD_YES && i < call->reply.count; i++)
        result =
            MHD_add_response_header(response, call->reply.rows[i].name, call->reply.rows[i].value);
    if (call->stream != NULL)
        enter_stream(connection);
    else
        vb_connection_enter(connection, VB_PHASE_REPLY, VB_REPLY_SECONDS);
    if (result == MHD_YES)
        result = MHD_queue_response(connection->mhd, (unsigned)call->status, response);
    if (response != NULL)
        MHD_destroy_response(response);
    return result;
}
