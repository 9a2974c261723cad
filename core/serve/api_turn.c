/* api_turn.c - one person's own turn: where they are, beginning, the step. */
#include "base/str.h"
#include "serve/api_turn.h"
#include "serve/body.h"
#include "serve/desk.h"
#include "serve/route.h"
#include "serve/seat.h"
#include "serve/serve_inner.h"
#include "session/opening.h"
#include "session/shown.h"

/* -- where ------------------------------------------------------------------------------------ */

static void reply_turn(struct vb_seat *seat)
{
    /* A release that failed when they shared is done now. */
    if (vb_seat_is_done(seat->session) && vb_round_row(seat->round)->state == VB_ROUND_OPEN)
        vb_seat_settle(seat);
    vb_seat_reply_turn(seat);
}

static void get_turn(struct vb_exchange *exchange)
{
    struct vb_seat *seat = vb_seat_open(exchange);
    if (seat != NULL)
        vb_seat_await(seat, reply_turn);
}

/* -- the step --------------------------------------------------------------------------------- */

static void go_on(void *ctx, enum vb_code code, const struct vb_err *err);

/* An agreement of last time that was erased since is passed over: nobody can be asked about it. */
static bool passes_over(struct vb_seat *seat)
{
    const struct vb_view *view = vb_session_view(seat->session);
    const struct vb_talk_record *record;
    struct vb_err err;
    if (view->at != VB_AT_LAST || vb_session_parked(seat->session) != NULL)
        return false;
    if (vb_shown_last(seat->round, seat->session, &seat->exchange->arena, &record, &err) != VB_OK ||
        record != NULL)
        return false;
    vb_session_follow(seat->session, view->seq, NULL, view->agreement, VB_FOLLOWED_NONE, go_on,
                      seat);
    return true;
}

static void reply_step(struct vb_seat *seat)
{
    if (!passes_over(seat))
        vb_seat_reply_step(seat);
}

static void go_on(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct vb_seat *seat = ctx;
    if (code == VB_OK || vb_session_parked(seat->session) != NULL)
        reply_step(seat);
    else
        vb_seat_reply_code(seat, code, err);
}

static void get_step(struct vb_exchange *exchange)
{
    struct vb_seat *seat = vb_seat_open(exchange);
    if (seat == NULL)
        return;
    if (seat->session == NULL)
        vb_seat_refuse(seat, 409, "busy", NULL, "begin first");
    else
        vb_seat_await(seat, reply_step);
}

/* -- beginning -------------------------------------------------------------------------------- */

struct beginning {
    const char *language, *mode, *helper;
};

static bool is_spoken(const struct vb_plan *plan, const char *language)
{
    for (int i = 0; i < plan->language_count; i++)
        if (vb_streq(plan->languages[i], language))
            return true;
    return false;
}

/* False: it was refused. Nothing is to be chosen by who begins again. */
static bool read_beginning(struct vb_seat *seat, struct beginning *out)
{
    const struct vb_plan *plan = vb_round_plan(seat->round);
    struct vb_body body = vb_body_of(seat->exchange);
    struct vb_err err;
    const char *field = NULL, *why = NULL;
    out->language = vb_body_text(&body, "language");
    out->mode = vb_body_text(&body, "mode");
    out->helper = vb_body_text(&body, "helper");
    if (!vb_body_end(&body))
        field = body.field, why = body.why;
    else if (out->language != NULL && !is_spoken(plan, out->language))
        field = "language", why = "this instrument has no such language";
    else if (vb_round_check_mode(out->mode, &err) != VB_OK)
        field = "mode", why = err.text;
    else if (vb_round_check_helper(plan, out->mode, out->helper, &err) != VB_OK)
        field = "helper", why = err.text;
    if (why != NULL)
        vb_seat_refuse(seat, 422, "value", field, why);
    return why == NULL;
}

static enum vb_code join(struct vb_seat *seat, const struct beginning *beginning,
                         struct vb_err *err)
{
    const struct vb_who *who = &seat->exchange->who;
    struct vb_join join = {
        .role = who->role,
        .label = who->label,
        .language = beginning->language != NULL ? beginning->language : seat->language,
        .mode = beginning->mode,
        .helper = beginning->helper,
        .opening = vb_opening_stamp(&seat->exchange->arena, vb_round_plan(seat->round),
                                    seat->house->reporting),
        .staff = who->name,
    };
    enum vb_code code = VB_OK;
    if (seat->session != NULL) /* they came, and that was written down */
        return VB_OK;
    if (who->name != NULL) /* another one than before is another person */
        code = vb_desk_since(seat->exchange, vb_round_row(seat->round)->case_id,
                             &join.since_wall_ms, err);
    if (code == VB_OK)
        code = vb_streq(who->role, VB_SEAT_TOGETHER)
                   ? vb_round_together(seat->round, &seat->session, err)
                   : vb_round_join(seat->round, &join, &seat->session, err);
    if (code == VB_OK)
        vb_live_comes(seat->live, seat->round, who->token);
    return code;
}

static void begin(struct vb_seat *seat)
{
    struct beginning beginning;
    struct vb_err err;
    bool news = seat->session == NULL;
    if (!read_beginning(seat, &beginning))
        return;
    enum vb_code code = join(seat, &beginning, &err);
    if (code == VB_OK && seat->session == NULL)
        code = vb_fail(&err, VB_E_ABSENT, "nothing is asked together");
    if (code == VB_OK && news)
        code = vb_seat_take_over(seat, &err);
    if (code != VB_OK) {
        vb_seat_reply_code(seat, code, &err);
        return;
    }
    seat->language = vb_arena_strdup(&seat->exchange->arena,
                                     vb_fold_opened(vb_session_fold(seat->session))->language);
    if (news) /* who is in the roster may be another number now */
        vb_live_tell_round(seat->live, seat->round);
    vb_seat_await(seat, reply_step);
}

static void post_begin(struct vb_exchange *exchange)
{
    struct vb_seat *seat = vb_seat_open(exchange);
    if (seat == NULL)
        return;
    if (vb_streq(vb_seat_state(seat->round, seat->session), "over"))
        vb_seat_refuse(seat, 410, "over", NULL, "this round has ended");
    else
        vb_seat_await(seat, begin);
}

/* -- hearing of it ---------------------------------------------------------------------------- */

static void get_events(struct vb_exchange *exchange)
{
    struct vb_seat *seat = vb_seat_open(exchange);
    if (seat == NULL)
        return;
    vb_live_release(seat->live, seat->round);
    vb_live_listen(exchange->serve->live, exchange->who.round, exchange->who.token, exchange);
}

#define TURN  "/api/v1/turn"
#define IMAGE (8 * 1024 * 1024)
const struct vb_route vb_seat_routes[] = {
    { .method = VB_GET, .path = TURN, .handle = get_turn },
    { .method = VB_POST, .path = TURN "/begin", .handle = post_begin, .takes = VB_TAKES_JSON },
    { .method = VB_GET, .path = TURN "/step", .handle = get_step },
    { .method = VB_POST,
      .path = TURN "/answer",
      .handle = vb_api_turn_answer,
      .takes = VB_TAKES_JSON,
      .most = 256 * 1024 },
    { .method = VB_POST, .path = TURN "/back", .handle = vb_api_turn_back, .takes = VB_TAKES_JSON },
    { .method = VB_POST,
      .path = TURN "/change",
      .handle = vb_api_turn_change,
      .takes = VB_TAKES_JSON,
      .most = 256 * 1024 },
    { .method = VB_POST, .path = TURN "/hold", .handle = vb_api_turn_hold, .takes = VB_TAKES_JSON },
    { .method = VB_POST,
      .path = TURN "/follow",
      .handle = vb_api_turn_follow,
      .takes = VB_TAKES_JSON },
    { .method = VB_POST,
      .path = TURN "/image",
      .handle = vb_api_turn_image,
      .takes = VB_TAKES_IMAGE,
      .most = IMAGE },
    { .method = VB_GET, .path = TURN "/image/{digest}", .handle = vb_api_turn_own_image },
    { .method = VB_GET, .path = TURN "/picture/{name}", .handle = vb_api_turn_picture },
    { .method = VB_POST,
      .path = TURN "/share",
      .handle = vb_api_turn_share,
      .takes = VB_TAKES_JSON },
    { .method = VB_POST, .path = TURN "/stop", .handle = vb_api_turn_stop, .takes = VB_TAKES_JSON },
    { .method = VB_POST,
      .path = TURN "/withdraw",
      .handle = vb_api_turn_withdraw,
      .takes = VB_TAKES_JSON },
    { .method = VB_POST,
      .path = TURN "/correct",
      .handle = vb_api_turn_correct,
      .takes = VB_TAKES_JSON },
    { .method = VB_POST,
      .path = TURN "/earlier",
      .handle = vb_api_turn_earlier,
      .takes = VB_TAKES_JSON },
    { .method = VB_GET, .path = TURN "/sheet", .handle = vb_api_turn_sheet },
    { .method = VB_GET, .path = TURN "/sheet/aloud", .handle = vb_api_turn_sheet_aloud },
    { .method = VB_GET, .path = TURN "/audio/{key}", .handle = vb_api_turn_audio },
    { .method = VB_GET, .path = TURN "/events", .handle = get_events },
    { .method = VB_POST, .path = TURN "/pause", .handle = vb_api_turn_pause },
    { .method = VB_POST, .path = TURN "/open", .handle = vb_api_turn_open, .takes = VB_TAKES_JSON },
    { .method = VB_POST, .path = TURN "/leave", .handle = vb_api_turn_leave },
    { .path = NULL },
};
