/* live_streams.c - who hears that something changed in a round.
 *
 * What is said is that it changed, and of answers nothing: whoever hears it asks again, and is
 * asked who they are. */
#include <stdlib.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/desk.h"
#include "serve/live_inner.h"
#include "serve/seat.h"

static void free_stream(struct vb_live_stream *stream)
{
    free(stream->round);
    free(stream->role);
    free(stream->label);
    free(stream->staff);
    free(stream->token);
    free(stream);
}

static void on_closed(void *ctx)
{
    struct vb_live_stream *closed = ctx;
    struct vb_live_stream **link = &closed->live->streams;
    while (*link != closed)
        link = &(*link)->next;
    *link = closed->next;
    free_stream(closed);
}

void vb_live_end_streams(struct vb_live *live)
{
    while (live->streams != NULL) {
        struct vb_live_stream *next = live->streams->next;
        free_stream(live->streams);
        live->streams = next;
    }
}

int vb_live_stream_count(const struct vb_live *live)
{
    int count = 0;
    for (const struct vb_live_stream *one = live->streams; one != NULL; one = one->next)
        count++;
    return count;
}

/* By person and not by browser: one invitation may be followed on many. */
static bool is_theirs(const struct vb_live_stream *one, const char *round, const char *seat,
                      const struct vb_who *who)
{
    if (seat == NULL)
        return one->role == NULL && vb_streq(one->staff, who->name);
    return one->role != NULL && vb_streq(one->round, round) && vb_streq(one->role, who->role) &&
           vb_streq(one->label, who->label);
}

static bool has_too_many(const struct vb_live *live, const char *round, const char *seat,
                         const struct vb_who *who)
{
    int count = 0;
    for (const struct vb_live_stream *one = live->streams; one != NULL; one = one->next)
        count += is_theirs(one, round, seat, who);
    return count >= VB_LIVE_STREAMS_EACH;
}

bool vb_live_has_room(struct vb_live *live, const char *round, const char *seat,
                      struct vb_exchange *exchange)
{
    if (!has_too_many(live, round, seat, &exchange->who))
        return true;
    vb_reply_header(exchange, "Retry-After", "60");
    vb_reply_refuse(exchange, 429, "tries", NULL, "%d pages of yours are open already",
                    VB_LIVE_STREAMS_EACH);
    return false;
}

void vb_live_listen(struct vb_live *live, const char *round, const char *seat,
                    struct vb_exchange *exchange)
{
    if (!vb_live_has_room(live, round, seat, exchange))
        return;
    struct vb_live_stream *stream = vb_new(struct vb_live_stream);
    stream->live = live;
    stream->serve = exchange->serve;
    stream->token = vb_strdup(exchange->who.token);
    stream->roles = exchange->who.roles;
    stream->round = vb_strdup(round);
    if (seat != NULL) {
        stream->role = vb_strdup(exchange->who.role);
        stream->label = vb_strdup(exchange->who.label);
    }
    stream->staff = vb_strdup(exchange->who.name);
    stream->next = live->streams;
    live->streams = stream;
    const struct vb_stream_owner owner = { vb_live_may_hear, on_closed, stream };
    stream->stream = vb_reply_stream(exchange, &owner);
}

/* -- telling ---------------------------------------------------------------------------------- */

/* Sending may end a stream that is too slow, so the next one is known before. */
static void tell_staff(struct vb_live *live, const char *round, const char *name,
                       const struct vb_buf *json)
{
    struct vb_live_stream *next;
    for (struct vb_live_stream *one = live->streams; one != NULL; one = next) {
        next = one->next;
        if (one->role == NULL && vb_streq(one->round, round))
            vb_stream_send(one->stream, name, json);
    }
}

/* As GET of the round has them; false: they cannot be read now, and whoever hears it asks again. */
static bool put_persons(struct vb_buf *out, struct vb_round *round)
{
    struct vb_arena arena = { 0 };
    struct vb_err err;
    vb_buf_puts(out, "{\"persons\":");
    bool put = vb_desk_put_persons(out, round, &arena, &err) == VB_OK;
    vb_buf_putc(out, '}');
    vb_arena_finish(&arena);
    return put;
}

static void tell_seat(struct vb_live_stream *stream, struct vb_round *round)
{
    struct vb_buf json = { 0 };
    struct vb_session *session = vb_seat_find(round, stream->role, stream->label);
    vb_json_put_text(&json, "{\"state\":", vb_seat_state(round, session));
    vb_json_put_flag(&json, ",\"sheet\":", vb_seat_has_sheet(round, session));
    vb_buf_putc(&json, '}');
    vb_stream_send(stream->stream, "state", &json);
    vb_buf_finish(&json);
}

void vb_live_tell_round(struct vb_live *live, struct vb_round *round)
{
    const struct vb_round_row *row = vb_round_row(round);
    struct vb_buf json = { 0 };
    struct vb_live_stream *next;
    if (put_persons(&json, round))
        tell_staff(live, row->id, "ready", &json);
    vb_buf_clear(&json);
    vb_json_put_text(&json, "{\"state\":", vb_round_state_name(row->state));
    vb_buf_putc(&json, '}');
    tell_staff(live, row->id, "state", &json);
    vb_buf_finish(&json);
    for (struct vb_live_stream *one = live->streams; one != NULL; one = next) {
        next = one->next;
        if (one->role != NULL && vb_streq(one->round, row->id))
            tell_seat(one, round);
    }
}

void vb_live_tell_step(struct vb_live *live, const char *round, const char *role, const char *label,
                       int64_t seq)
{
    struct vb_buf json = { 0 };
    struct vb_live_stream *next;
    vb_buf_puts(&json, "{\"seq\":");
    vb_buf_int(&json, seq);
    vb_buf_putc(&json, '}');
    for (struct vb_live_stream *one = live->streams; one != NULL; one = next) {
        next = one->next;
        if (one->role != NULL && vb_streq(one->role, role) && vb_streq(one->label, label) &&
            vb_streq(one->round, round))
            vb_stream_send(one->stream, "step", &json);
    }
    vb_buf_finish(&json);
}
