/* stream.c - server-sent events: what waits for a reader, and when a slow one is cut off. */
#include <string.h>

#include "serve/exchange_inner.h"

struct vb_stream *vb_reply_stream(struct vb_exchange *exchange, const struct vb_stream_owner *owner)
{
    struct vb_call *call = vb_call_of(exchange);
    struct vb_stream *stream = vb_arena_new(&exchange->arena, struct vb_stream);
    vb_assert(!exchange->replied);
    stream->owner = *owner;
    exchange->replied = true;
    call->status = 200;
    call->reply_type = "text/event-stream";
    call->stream = stream;
    if (exchange->later && call->replied != NULL)
        call->replied(call);
    return stream;
}

void vb_stream_end(struct vb_stream *stream)
{
    if (stream->closed)
        return;
    vb_buf_clear(&stream->waiting);
    stream->taken = 0;
    stream->cut = true;
    if (stream->wake != NULL)
        stream->wake(stream);
}

static bool may_hear(const struct vb_stream *stream)
{
    return stream->owner.still == NULL || stream->owner.still(stream->owner.ctx);
}

static void add(struct vb_stream *stream, const char *bytes, size_t len)
{
    if (stream->cut || stream->closed)
        return;
    if (!may_hear(stream)) {
        vb_stream_end(stream);
        return;
    }
    if (stream->waiting.len - stream->taken + len > VB_STREAM_BACKLOG)
        stream->cut = true;
    else
        vb_buf_put(&stream->waiting, bytes, len);
    if (stream->wake != NULL)
        stream->wake(stream);
}

void vb_stream_send(struct vb_stream *stream, const char *name, const struct vb_buf *json)
{
    struct vb_buf event = { 0 };
    vb_assert(json->len == 0 || memchr(json->data, '\n', json->len) == NULL);
    vb_buf_printf(&event, "event: %s\ndata: ", name);
    vb_buf_put(&event, json->data, json->len);
    vb_buf_puts(&event, "\n\n");
    add(stream, event.data, event.len);
    vb_buf_finish(&event);
}

void vb_stream_beat(struct vb_stream *stream)
{
    static const char beat[] = ":\n\n";
    add(stream, beat, sizeof beat - 1);
}

/* What was carried goes, also when the reader is never quite done. It costs each byte one move at
 * most, since at least as many went as stay. */
static void move_down(struct vb_stream *stream)
{
    size_t rest = stream->waiting.len - stream->taken;
    if (rest > 0)
        memmove(stream->waiting.data, stream->waiting.data + stream->taken, rest);
    stream->waiting.len = rest;
    stream->taken = 0;
}

size_t vb_stream_take(struct vb_stream *stream, char *out, size_t room)
{
    size_t len = stream->waiting.len - stream->taken;
    if (len > room)
        len = room;
    if (len > 0)
        memcpy(out, stream->waiting.data + stream->taken, len);
    stream->taken += len;
    if (stream->taken >= stream->waiting.len / 2)
        move_down(stream);
    return len;
}

void vb_stream_close(struct vb_stream *stream)
{
    if (stream->closed)
        return;
    stream->closed = true;
    if (stream->owner.closed != NULL)
        stream->owner.closed(stream->owner.ctx);
}
