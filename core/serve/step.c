#include "serve/step.h"

#include "base/str.h"
#include "data/json.h"
#include "serve/seat_before.h"
#include "session/asked.h"
#include "session/said.h"
#include "session/shown.h"

static bool is_together(const struct vb_seat *seat)
{
    return vb_fold_opened(vb_session_fold(seat->session))->person == NULL;
}

/* -- where it is ------------------------------------------------------------------------------ */

/* A script that failed leaves one thing to do: to stop. */
static const char *at_of(const struct vb_session *session)
{
    static const char *const names[] = {
        [VB_AT_NOTHING] = "nothing",     [VB_AT_LAST] = "agreement", [VB_AT_ITEM] = "item",
        [VB_AT_OVERVIEW] = "overview",   [VB_AT_SHARED] = "shared",  [VB_AT_STOPPED] = "stopped",
        [VB_AT_WITHDRAWN] = "withdrawn",
    };
    if (!vb_seat_is_done(session) && vb_session_parked(session) != NULL)
        return "failed";
    return names[vb_session_view(session)->at];
}

static void put_progress(struct vb_buf *out, const struct vb_seat *seat)
{
    const struct vb_fold *fold = vb_session_fold(seat->session);
    int done, total = vb_asked_count(fold);
    vb_fold_path(fold, &done);
    vb_buf_printf(out, ",\"progress\":{\"done\":%d,\"of\":", done);
    if (total >= done && total > 0)
        vb_buf_int(out, total);
    else
        vb_buf_puts(out, "null");
    vb_buf_putc(out, '}');
}

/* What the flow said before this step; of a script that failed the engine says it. */
static void put_says(struct vb_buf *out, const struct vb_seat *seat, bool failed)
{
    const struct vb_view *view = vb_session_view(seat->session);
    const struct vb_naming naming = vb_shown_naming(seat->session, -1);
    vb_buf_puts(out, ",\"says\":[");
    if (failed)
        vb_step_text(out, "", seat, vb_said_broken(seat->language));
    for (int i = 0; !failed && i < view->say_count; i++)
        vb_step_text(out, i > 0 ? "," : "", seat,
                     vb_shown_fill(&naming, view->says[i], &seat->exchange->arena));
    vb_buf_putc(out, ']');
}

static void put_item(struct vb_buf *out, const struct vb_seat *seat)
{
    const struct vb_view *view = vb_session_view(seat->session);
    vb_buf_puts(out, ",\"item\":");
    vb_step_item(out, seat, view->item, view->member, true);
    vb_buf_puts(out, ",\"offered\":");
    if (view->offered == NULL || !vb_seat_sees(seat, view->item->index, view->member)) {
        vb_buf_puts(out, "null");
        return;
    }
    vb_buf_puts(out, "{\"value\":");
    vb_step_value(out, view->item, view->offered);
    vb_buf_putc(out, '}');
}

static enum vb_code put_agreement(struct vb_buf *out, const struct vb_seat *seat,
                                  struct vb_err *err)
{
    const struct vb_view *view = vb_session_view(seat->session);
    const struct vb_talk_record *record;
    enum vb_code code =
        vb_shown_last(seat->round, seat->session, &seat->exchange->arena, &record, err);
    if (code != VB_OK)
        return code;
    if (record == NULL || view->agreement >= record->agreement_count) /* gone meanwhile */
        return vb_fail(err, VB_E_BUSY, "what was agreed is not there any more");
    const struct vb_agreement *agreement = &record->agreements[view->agreement];
    vb_buf_printf(out, ",\"agreement\":{\"agreement\":%d,\"of\":%d", view->agreement,
                  record->agreement_count);
    vb_step_text(out, ",\"what\":", seat, agreement->what);
    vb_step_plain(out, ",\"who\":", agreement->who);
    vb_step_plain(out, ",\"when\":", agreement->when);
    vb_buf_puts(out, "},\"offered\":");
    if (view->followed == VB_FOLLOWED_NONE || !vb_seat_sees_followed(seat, view->agreement))
        vb_buf_puts(out, "null");
    else
        vb_buf_printf(out, "{\"followed\":\"%s\"}", vb_followed_name(view->followed));
    return VB_OK;
}

enum vb_code vb_step_put(struct vb_buf *out, struct vb_seat *seat, struct vb_err *err)
{
    const struct vb_view *view = vb_session_view(seat->session);
    const char *at = at_of(seat->session);
    bool can_back = false, failed = vb_streq(at, "failed");
    enum vb_code code = VB_OK;
    if (!failed)
        code =
            vb_shown_can_back(seat->round, seat->session, &seat->exchange->arena, &can_back, err);
    vb_buf_printf(out, "{\"seq\":%lld,\"at\":\"%s\"", (long long)view->seq, at);
    vb_json_put_flag(out, ",\"can_back\":", can_back);
    vb_json_put_flag(out, ",\"stands\":", view->stands);
    put_progress(out, seat);
    put_says(out, seat, failed);
    if (code == VB_OK && !failed && view->at == VB_AT_ITEM)
        put_item(out, seat);
    if (code == VB_OK && !failed && view->at == VB_AT_LAST)
        code = put_agreement(out, seat, err);
    if (code == VB_OK && !failed && view->at == VB_AT_OVERVIEW)
        code = vb_step_overview(out, seat, err);
    vb_buf_putc(out, '}');
    return code;
}

/* -- the overview ----------------------------------------------------------------------------- */

/* Who sees it though it is shared: the worker alone, or nobody here; NULL: everybody. */
static const char *private_of(const struct vb_seat *seat, const struct vb_item *item)
{
    bool worker = vb_streq(seat->exchange->who.role, "professional");
    if (item->hidden == VB_PRIVATE_WORKER && !worker)
        return "worker";
    return item->hidden == VB_PRIVATE_NONE ? NULL : "nobody";
}

static void put_answer(struct vb_buf *out, const struct vb_seat *seat, struct vb_place place)
{
    const struct vb_fold *fold = vb_session_fold(seat->session);
    const struct vb_plan *plan = vb_fold_plan(fold);
    const struct vb_item *item = &plan->items[place.item];
    const struct vb_value *value = &vb_fold_values(fold)[vb_plan_slot(plan, item, place.member)];
    struct vb_buf words = { 0 };
    bool seen = vb_seat_sees(seat, place.item, place.member);
    if (seen)
        vb_shown_answer(&words, seat->session, item, value);
    vb_buf_puts(out, "{\"item\":");
    vb_step_item(out, seat, item, place.member, false);
    if (seen) {
        vb_buf_puts(out, ",\"value\":");
        vb_step_value(out, item, value);
        vb_step_text(out, ",\"words\":", seat, words.len == 0 ? "" : words.data);
    } else {
        vb_buf_puts(out, ",\"value\":null,\"words\":null");
    }
    vb_json_put_flag(out, ",\"earlier\":", !seen);
    vb_json_put_flag(out, ",\"held\":", vb_fold_held(fold, place.item, place.member));
    vb_json_put_text(out, ",\"private\":", private_of(seat, item));
    vb_buf_putc(out, '}');
    vb_buf_finish(&words);
}

static void put_followed(struct vb_buf *out, const struct vb_seat *seat,
                         const struct vb_talk_record *record)
{
    const struct vb_fold *fold = vb_session_fold(seat->session);
    vb_buf_puts(out, ",\"followed\":[");
    for (int i = 0; record != NULL && i < record->agreement_count; i++) {
        const struct vb_agreement *agreement = &record->agreements[i];
        vb_buf_printf(out, "%s{\"agreement\":%d", i > 0 ? "," : "", i);
        vb_step_text(out, ",\"what\":", seat, agreement->what);
        vb_step_plain(out, ",\"who\":", agreement->who);
        vb_step_plain(out, ",\"when\":", agreement->when);
        bool seen = vb_seat_sees_followed(seat, i);
        vb_json_put_text(
            out, ",\"followed\":", seen ? vb_followed_name(vb_fold_followed(fold, i)) : NULL);
        vb_json_put_flag(out, ",\"earlier\":", !seen);
        vb_json_put_flag(out, ",\"held\":", vb_fold_followed_held(fold, i));
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void put_private(struct vb_buf *out, const struct vb_seat *seat)
{
    const struct vb_naming naming = vb_shown_naming(seat->session, -1);
    const char *between = "";
    vb_buf_puts(out, ",\"private\":[");
    for (int i = 0; i < naming.plan->scale_count; i++) {
        const struct vb_scale *scale = &naming.plan->scales[i];
        if (!vb_shown_asks_private(seat->session, i))
            continue;
        vb_buf_puts(out, between);
        vb_json_put_text(out, "{\"scale\":", scale->id);
        vb_step_plain(out,
                      ",\"title\":", vb_shown_text(&naming, &scale->title, &seat->exchange->arena));
        vb_buf_putc(out, '}');
        between = ",";
    }
    vb_buf_putc(out, ']');
}

/* What a yes may say beside. Of what is asked together there is nothing to choose. */
static enum vb_code put_asks(struct vb_buf *out, const struct vb_seat *seat, struct vb_err *err)
{
    bool dossier = false, research = false, together = is_together(seat);
    enum vb_code code = together
                            ? VB_OK
                            : vb_shown_purposes(seat->house->store, vb_round_row(seat->round)->id,
                                                &dossier, &research, err);
    struct vb_before before = { 0 };
    if (code == VB_OK)
        code = vb_seat_before(seat, &before, err);
    vb_buf_puts(out, ",\"asks\":{");
    vb_json_put_flag(
        out, "\"one_sided\":", !together && vb_shown_asks_one_sided(vb_round_plan(seat->round)));
    vb_json_put_flag(
        out, ",\"earlier\":", vb_seat_may_show(seat, &before) && before.word != VB_WORD_YES);
    if (together)
        vb_buf_puts(out, ",\"private\":[]");
    else
        put_private(out, seat);
    vb_buf_printf(out, ",\"purposes\":[%s%s%s]}", dossier ? "\"dossier\"" : "",
                  dossier && research ? "," : "", research ? "\"research\"" : "");
    return code;
}

enum vb_code vb_step_overview(struct vb_buf *out, struct vb_seat *seat, struct vb_err *err)
{
    int count;
    const struct vb_place *path = vb_fold_path(vb_session_fold(seat->session), &count);
    const struct vb_talk_record *record = NULL;
    enum vb_code code =
        vb_shown_last(seat->round, seat->session, &seat->exchange->arena, &record, err);
    vb_buf_puts(out, ",\"answers\":[");
    for (int i = 0; code == VB_OK && i < count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        put_answer(out, seat, path[i]);
    }
    vb_buf_putc(out, ']');
    if (code == VB_OK)
        put_followed(out, seat, record);
    return code == VB_OK ? put_asks(out, seat, err) : code;
}
