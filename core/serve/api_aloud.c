/* api_aloud.c - the sound of what somebody was shown: of a turn, and of a sheet that staff read
 * together with people. What is listed for a hearer is what they hear, and nothing else. */
#include "serve/api.h"
#include "serve/api_turn.h"
#include "serve/audio.h"
#include "serve/desk.h"
#include "serve/seat.h"
#include "serve/voice.h"

static const char no_sound[] = "there is no sound of this";
static const char too_much[] = "too much waits to be read aloud; ask again in a moment";

static void say_when(struct vb_exchange *exchange)
{
    vb_reply_header(exchange, "Retry-After",
                    vb_arena_printf(&exchange->arena, "%d", VB_VOICE_LATER_S));
}

/* -- a turn ----------------------------------------------------------------------------------- */

static void seat_hears(void *ctx, enum vb_code code, const char *type, const struct vb_buf *sound)
{
    struct vb_seat *seat = ctx;
    if (code == VB_E_BUSY) {
        say_when(seat->exchange);
        vb_seat_refuse(seat, 429, "tries", NULL, too_much);
    } else if (code != VB_OK)
        vb_seat_refuse(seat, 404, "absent", NULL, no_sound);
    else
        vb_seat_reply_bytes(seat, type, sound->data, sound->len);
}

static void turn_audio(struct vb_seat *seat)
{
    struct vb_exchange *exchange = seat->exchange;
    vb_audio_say(exchange, vb_round_plan(seat->round), exchange->who.token, exchange->params[0],
                 seat_hears, seat);
}

void vb_api_turn_audio(struct vb_exchange *exchange)
{
    struct vb_seat *seat = vb_seat_open(exchange);
    if (seat != NULL)
        vb_seat_await(seat, turn_audio);
}

/* -- a sheet ---------------------------------------------------------------------------------- */

static void desk_hears(void *ctx, enum vb_code code, const char *type, const struct vb_buf *sound)
{
    struct vb_exchange *exchange = ctx;
    if (code == VB_E_BUSY) {
        say_when(exchange);
        vb_reply_refuse(exchange, 429, "tries", NULL, too_much);
    } else if (code != VB_OK)
        vb_reply_refuse(exchange, 404, "absent", NULL, no_sound);
    else
        vb_reply_bytes(exchange, 200, type, sound->data, sound->len);
}

/* The row of the audit is of the list: without it there are no keys. */
void vb_api_sheet_audio(struct vb_exchange *exchange)
{
    struct vb_round *round = vb_desk_released(exchange);
    if (round == NULL)
        return;
    vb_audio_say(exchange, vb_round_plan(round), vb_desk_hearer(exchange, round),
                 exchange->params[1], desk_hears, exchange);
    if (!exchange->replied)
        vb_exchange_later(exchange);
}
