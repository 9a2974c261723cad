/* api_turn_end.c - yes, no, the sheet, and going away. */
#include "base/str.h"
#include "serve/api_turn.h"
#include "serve/audio.h"
#include "serve/body.h"
#include "serve/seat_before.h"
#include "serve/serve_inner.h"
#include "serve/step.h"
#include "session/shown.h"
#include "session/pictures.h"
#include "sheet/sheet.h"

/* -- yes -------------------------------------------------------------------------------------- */

static bool stands_twice(const char *const *list, int count)
{
    for (int i = 0; i < count; i++)
        for (int k = 0; k < i; k++)
            if (vb_streq(list[i], list[k]))
                return true;
    return false;
}

/* Only what was asked can be said yes to. */
static void check_private(const struct vb_seat *seat, const struct vb_sharing *sharing,
                          struct vb_body *body)
{
    const struct vb_plan *plan = vb_round_plan(seat->round);
    for (int i = 0; i < sharing->private_count; i++) {
        int scale = vb_plan_scale(plan, sharing->private_yes[i]);
        if (scale < 0 || !vb_shown_asks_private(seat->session, scale))
            vb_body_fail(body, "private", "this was not asked");
    }
    if (stands_twice(sharing->private_yes, sharing->private_count))
        vb_body_fail(body, "private", "something stands there twice");
}

static enum vb_code check_purposes(const struct vb_seat *seat, const struct vb_sharing *sharing,
                                   struct vb_body *body, struct vb_err *err)
{
    bool dossier, research;
    enum vb_code code = vb_shown_purposes(seat->house->store, vb_round_row(seat->round)->id,
                                          &dossier, &research, err);
    for (int i = 0; i < sharing->purpose_count; i++)
        if (!(dossier && vb_streq(sharing->purposes[i], "dossier")) &&
            !(research && vb_streq(sharing->purposes[i], "research")))
            vb_body_fail(body, "purposes", "this was not asked");
    if (stands_twice(sharing->purposes, sharing->purpose_count))
        vb_body_fail(body, "purposes", "something stands there twice");
    return code;
}

/* Off as long as nobody says it: then there is no word, and none is a no. */
static enum vb_code check_earlier(const struct vb_seat *seat, struct vb_sharing *sharing,
                                  struct vb_body *body, struct vb_err *err)
{
    struct vb_before before;
    if (!vb_body_flag(body, "earlier", NULL))
        return VB_OK;
    enum vb_code code = vb_seat_before(seat, &before, err);
    if (code == VB_OK && !vb_seat_may_show(seat, &before))
        vb_body_fail(body, "earlier", "this was not asked");
    sharing->earlier = VB_WORD_YES;
    return code;
}

/* What goes with the yes; in the exchange's arena. */
static enum vb_code read_sharing(struct vb_seat *seat, struct vb_body *body, struct vb_sharing *out,
                                 struct vb_err *err)
{
    struct vb_arena *arena = &seat->exchange->arena;
    *out = (struct vb_sharing){ 0 };
    out->one_sided = vb_body_flag(body, "one_sided", NULL);
    out->private_yes = vb_body_texts(body, "private", arena, &out->private_count);
    out->purposes = vb_body_texts(body, "purposes", arena, &out->purpose_count);
    bool together = seat->session == vb_round_joint(seat->round);
    if (out->one_sided && (together || !vb_shown_asks_one_sided(vb_round_plan(seat->round))))
        vb_body_fail(body, "one_sided", "this was not asked");
    if (together && (out->private_count > 0 || out->purpose_count > 0))
        vb_body_fail(body, "purposes", "this was not asked");
    check_private(seat, out, body);
    enum vb_code code = check_earlier(seat, out, body, err);
    return code == VB_OK ? check_purposes(seat, out, body, err) : code;
}

/* What was drawn anew, or is not to be kept after all, goes with the yes; a page that is behind is
 * told so by the verb itself. */
static enum vb_code drop_images(struct vb_seat *seat, struct vb_err *err)
{
    if (seat->after != vb_session_view(seat->session)->seq)
        return VB_OK;
    return vb_session_drop_images(seat->session, err);
}

static void say_yes(struct vb_seat *seat, const struct vb_sharing *sharing)
{
    int count;
    const struct vb_stay *stays = vb_seat_stays(seat, &count);
    vb_session_share_part(seat->session, seat->after, sharing, stays, count, vb_seat_done, seat);
}

static void share(struct vb_seat *seat)
{
    struct vb_body body = vb_body_of(seat->exchange);
    struct vb_sharing *sharing = vb_arena_new(&seat->exchange->arena, struct vb_sharing);
    struct vb_err err;
    bool said;
    seat->after = vb_body_number(&body, "after");
    vb_body_text(&body, "id"); /* pages give one with everything */
    bool yes = vb_body_flag(&body, "yes", &said);
    enum vb_code code = read_sharing(seat, &body, sharing, &err);
    if (!said)
        vb_body_fail(&body, "yes", "true or false is wanted");
    if (seat->after < 0)
        vb_body_fail(&body, "after", "the seq of the step is wanted");
    if (code != VB_OK)
        vb_seat_reply_code(seat, code, &err);
    else if (!vb_body_end(&body))
        vb_seat_refuse(seat, 422, "value", body.field, body.why);
    else if (yes && (code = drop_images(seat, &err)) != VB_OK)
        vb_seat_reply_code(seat, code, &err);
    else if (yes)
        say_yes(seat, sharing);
    else
        vb_session_stop(seat->session, seat->after, vb_seat_done, seat);
}

/* -- no --------------------------------------------------------------------------------------- */

static void stop(struct vb_seat *seat)
{
    struct vb_body body = vb_body_of(seat->exchange);
    seat->after = vb_body_number(&body, "after");
    vb_body_text(&body, "id");
    if (seat->after < 0)
        vb_body_fail(&body, "after", "the seq of the step is wanted");
    if (!vb_body_end(&body))
        vb_seat_refuse(seat, 422, "value", body.field, body.why);
    else
        vb_session_stop(seat->session, seat->after, vb_seat_done, seat);
}

void vb_api_turn_share(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, share);
}

void vb_api_turn_stop(struct vb_exchange *exchange)
{
    vb_seat_leaving(exchange, stop);
}

/* -- the sheet -------------------------------------------------------------------------------- */

static enum vb_code note_sheet(const struct vb_seat *seat, struct vb_err *err)
{
    const struct vb_who *who = &seat->exchange->who;
    const struct vb_env *env = seat->house->env;
    bool counted = vb_round_is_counted_only(vb_round_plan(seat->round), who->role);
    struct vb_change row = { .kind = VB_PUT_AUDIT,
                             .audit = { .wall_ms = env->clock.wall_ms(env->clock.ctx),
                                        .action = "sheet",
                                        .subject = vb_round_row(seat->round)->id,
                                        .by = counted ? "member" : vb_who_acts(who),
                                        .on_behalf = env->on_behalf } };
    if (!vb_round_is_kept(seat->round))
        return VB_OK;
    return vb_store_commit(seat->house->store, &row, 1, err);
}

static enum vb_code write_sheet(struct vb_buf *out, const struct vb_seat *seat, struct vb_err *err)
{
    const struct vb_sheet_pictures pictures = vb_pictures_of(seat->house->store);
    const bool joint = seat->session == vb_round_joint(seat->round);
    const struct vb_sheet_options options = { .pictures = &pictures,
                                              .language = seat->language,
                                              .for_role = joint ? NULL : seat->exchange->who.role };
    struct vb_result result;
    enum vb_code code = vb_round_result(seat->round, 0, &seat->exchange->arena, &result, err);
    if (code == VB_OK)
        code = note_sheet(seat, err);
    if (code == VB_OK)
        vb_sheet_html(out, &result, &options);
    return code;
}

static void reply_page(struct vb_seat *seat, const struct vb_buf *page)
{
    vb_seat_reply_bytes(seat, "text/html; charset=utf-8", page->data, page->len);
}

static void reply_lines(struct vb_seat *seat, const struct vb_buf *page)
{
    struct vb_buf json = { 0 };
    vb_audio_put_lines(&json, seat->exchange->serve, seat->exchange->who.token,
                       vb_step_language(seat), page);
    vb_seat_reply(seat, 200, &json);
    vb_buf_finish(&json);
}

static void reply_sheet(struct vb_seat *seat,
                        void (*reply)(struct vb_seat *seat, const struct vb_buf *page))
{
    enum vb_round_state state = vb_round_row(seat->round)->state;
    struct vb_buf page = { 0 };
    struct vb_err err;
    if (vb_seat_has_sheet(seat->round, seat->session)) {
        enum vb_code code = write_sheet(&page, seat, &err);
        if (code == VB_OK)
            reply(seat, &page);
        else
            vb_seat_reply_code(seat, code, &err);
        vb_buf_finish(&page);
    } else if (state == VB_ROUND_OPEN)
        vb_seat_refuse(seat, 409, "busy", NULL, "the sheet is not open yet");
    else
        vb_seat_refuse(seat, 404, "absent", NULL, "there is no sheet for you");
}

static void sheet(struct vb_seat *seat)
{
    reply_sheet(seat, reply_page);
}

static void sheet_aloud(struct vb_seat *seat)
{
    reply_sheet(seat, reply_lines);
}

void vb_api_turn_sheet_aloud(struct vb_exchange *exchange)
{
    struct vb_seat *seat = vb_seat_open(exchange);
    if (seat != NULL)
        vb_seat_await(seat, sheet_aloud);
}

void vb_api_turn_sheet(struct vb_exchange *exchange)
{
    struct vb_seat *seat = vb_seat_open(exchange);
    if (seat != NULL)
        vb_seat_await(seat, sheet);
}

/* -- going away ------------------------------------------------------------------------------- */

/* The session stays. A tablet that was handed over is locked by it: without a seat it hears the
 * code alone. */
void vb_api_turn_leave(struct vb_exchange *exchange)
{
    struct vb_err err;
    enum vb_code code = vb_auth_leave(exchange->serve->auth, exchange, &err);
    if (code != VB_OK)
        vb_reply_code(exchange, code, &err);
    else
        vb_reply_empty(exchange, 204);
}
