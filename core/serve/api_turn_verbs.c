/* api_turn_verbs.c - a person answers, goes back, changes, holds back. */
#include <string.h>

#include "serve/api_turn.h"
#include "serve/body.h"
#include "serve/given.h"
#include "session/shown.h"

/* -- what they have in common ----------------------------------------------------------------- */

/* Every verb says which step the page saw. */
static struct vb_body begin(struct vb_seat *seat)
{
    struct vb_body body = vb_body_of(seat->exchange);
    seat->after = vb_body_number(&body, "after");
    if (seat->after < 0)
        vb_body_fail(&body, "after", "the seq of the step is wanted");
    return body;
}

/* NULL: it has none. */
static const char *read_id(struct vb_body *body)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const char *id = vb_body_text(body, "id");
    size_t len = id == NULL ? 1 : strlen(id);
    if (len == 0 || len > VB_ANSWER_ID_MAX || (id != NULL && strspn(id, letters) != len))
        vb_body_fail(body, "id", "an answer id has 1 to 16 letters and digits");
    return id;
}

/* Nothing said is no answer: a page that lost one must not be taken to have skipped. */
static const cJSON *read_value(struct vb_body *body)
{
    const cJSON *value = vb_body_any(body, "value");
    if (value == NULL)
        vb_body_fail(body, "value", "a value is wanted; who skips says {\"missing\": \"skipped\"}");
    return value;
}

/* The body had what it must; else it was refused. */
static bool is_read(struct vb_seat *seat, struct vb_body *body)
{
    if (vb_body_end(body))
        return true;
    vb_seat_refuse(seat, 422, "value", body->field, body->why);
    return false;
}

static bool saw_the_present(const struct vb_seat *seat)
{
    return seat->after == vb_session_view(seat->session)->seq;
}

/* -- at a question ---------------------------------------------------------------------------- */

/* Of a page that is behind nothing is read but its answer id: it may be one that was taken. */
static void answer(struct vb_seat *seat)
{
    const struct vb_view *view = vb_session_view(seat->session);
    struct vb_body body = begin(seat);
    struct vb_given given = { .value = vb_value_missing(VB_MISSING_SKIPPED) };
    struct vb_err err;
    const char *id = read_id(&body);
    if (id == NULL)
        vb_body_fail(&body, "id", "an answer id is wanted, so that a resend is harmless");
    const cJSON *value = read_value(&body);
    if (!is_read(seat, &body))
        return;
    if (saw_the_present(seat) && view->at == VB_AT_ITEM) {
        enum vb_code code = vb_given_read(seat, view->item, value, &given, &err);
        if (code != VB_OK) {
            vb_seat_reply_code(seat, code, &err);
            return;
        }
        if (given.refusal != VB_ACCEPTED) {
            vb_seat_refuse_value(seat, given.refusal);
            return;
        }
    }
    vb_session_answer_by(seat->session, seat->after, id, &given.value, given.by, &seat->refusal,
                         vb_seat_done, seat);
}

static void back(struct vb_seat *seat)
{
    struct vb_body body = begin(seat);
    vb_body_text(&body, "id"); /* pages give one with everything */
    if (is_read(seat, &body))
        vb_session_back(seat->session, seat->after, vb_seat_done, seat);
}

/* -- at the overview -------------------------------------------------------------------------- */

/* Where an answer stands, as the step names it; false: it was refused. */
static bool find_place(struct vb_seat *seat, struct vb_body *body, struct vb_place *out)
{
    const struct vb_fold *fold = vb_session_fold(seat->session);
    const struct vb_plan *plan = vb_fold_plan(fold);
    const char *item = vb_body_text(body, "item"), *member = vb_body_text(body, "member");
    *out = (struct vb_place){ item == NULL ? -1 : vb_plan_item(plan, item), -1 };
    if (out->item < 0) {
        vb_body_fail(body, "item", "there is no such question");
        return false;
    }
    if (member != NULL)
        out->member = vb_shown_member_of(fold, member);
    if (plan->items[out->item].per_member != (out->member >= 0)) {
        vb_body_fail(body, "member", "the question is not about that one");
        return false;
    }
    return true;
}

static void change(struct vb_seat *seat)
{
    struct vb_body body = begin(seat);
    struct vb_given given;
    struct vb_place place;
    struct vb_err err;
    const cJSON *value = read_value(&body);
    vb_body_text(&body, "id");
    find_place(seat, &body, &place);
    if (!is_read(seat, &body))
        return;
    const struct vb_item *item = &vb_round_plan(seat->round)->items[place.item];
    enum vb_code code = vb_given_read(seat, item, value, &given, &err);
    if (code != VB_OK)
        vb_seat_reply_code(seat, code, &err);
    else if (given.refusal != VB_ACCEPTED)
        vb_seat_refuse_value(seat, given.refusal);
    else
        vb_session_change_by(seat->session, seat->after, place.item, place.member, &given.value,
                             given.by, &seat->refusal, vb_seat_done, seat);
}

static int agreements_of(const struct vb_seat *seat)
{
    return vb_fold_opened(vb_session_fold(seat->session))->last.agreement_count;
}

static void hold(struct vb_seat *seat)
{
    struct vb_body body = begin(seat);
    struct vb_place place = { -1, -1 };
    bool said;
    int64_t agreement = vb_body_number(&body, "agreement");
    bool on = vb_body_flag(&body, "on", &said);
    vb_body_text(&body, "id");
    if (!said)
        vb_body_fail(&body, "on", "true or false is wanted");
    if (agreement < 0)
        find_place(seat, &body, &place);
    else if (agreement >= agreements_of(seat))
        vb_body_fail(&body, "agreement", "there is no such agreement");
    if (!is_read(seat, &body))
        return;
    if (agreement >= 0)
        vb_session_hold_followed(seat->session, seat->after, (int)agreement, on, vb_seat_done,
                                 seat);
    else
        vb_session_hold(seat->session, seat->after, place.item, place.member, on, vb_seat_done,
                        seat);
}

/* At the agreement that waits, and at the overview of any of them. */
static void follow(struct vb_seat *seat)
{
    struct vb_body body = begin(seat);
    enum vb_followed followed = VB_FOLLOWED_NONE;
    const char *id = read_id(&body), *word = vb_body_text(&body, "followed");
    int64_t agreement = vb_body_number(&body, "agreement");
    if (word == NULL || !vb_followed_parse(word, &followed))
        vb_body_fail(&body, "followed", "done, partly, not_yet or none is wanted");
    if (agreement < 0 || agreement >= agreements_of(seat))
        vb_body_fail(&body, "agreement", "there is no such agreement");
    if (is_read(seat, &body))
        vb_session_follow(seat->session, seat->after, id, (int)agreement, followed, vb_seat_done,
                          seat);
}

void vb_api_turn_answer(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, answer);
}

void vb_api_turn_back(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, back);
}

void vb_api_turn_change(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, change);
}

void vb_api_turn_hold(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, hold);
}

void vb_api_turn_follow(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, follow);
}
