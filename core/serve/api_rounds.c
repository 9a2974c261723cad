/* api_rounds.c - a round as whoever runs it sees it, and what they may do with it.
 *
 * The acts are those of the commands of these names, in their words; each writes its own row of the
 * audit in its commit, by the member of staff. */
#include "base/str.h"
#include "serve/api.h"
#include "serve/desk.h"
#include "session/talk_file.h"

/* -- looking ---------------------------------------------------------------------------------- */

void vb_api_round(struct vb_exchange *exchange)
{
    struct vb_buf out = { 0 };
    struct vb_err err;
    struct vb_round *round = vb_desk_round(exchange);
    if (round == NULL)
        return;
    enum vb_code code = vb_desk_put_round(&out, exchange, round, &err);
    if (code == VB_OK)
        vb_desk_show(exchange, "rounds", vb_desk_subject(round), NULL, &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}

/* The sign-in may have ended while the row was written. */
static void listen(struct vb_exchange *exchange)
{
    if (vb_auth_still(vb_desk_auth(exchange), exchange->serve, &exchange->who))
        vb_live_listen(vb_desk_live(exchange), exchange->params[0], NULL, exchange);
    else
        vb_reply_refuse(exchange, 401, "sign_in", NULL, "sign in first");
}

/* Who is ready is told of persons: whoever hears it has a row, as whoever looks. */
void vb_api_round_events(struct vb_exchange *exchange)
{
    struct vb_round *round = vb_desk_round(exchange);
    if (round != NULL &&
        vb_live_has_room(vb_desk_live(exchange), exchange->params[0], NULL, exchange))
        vb_desk_note(exchange, "rounds", vb_desk_subject(round), listen);
}

/* -- acts ------------------------------------------------------------------------------------- */

/* Who came to a released round may still read its sheet; one that ended opens nothing any more. */
static bool is_over(const struct vb_round *round)
{
    return vb_round_row(round)->state >= VB_ROUND_WITHDRAWN;
}

/* After an act: whoever looks is told, what is to go out goes, and the round is shown. */
static void acted(struct vb_exchange *exchange, struct vb_round *round, enum vb_code code,
                  struct vb_err *err)
{
    const struct vb_house *house = vb_desk_house(exchange);
    struct vb_buf out = { 0 };
    vb_round_act_as(round, NULL);
    if (code == VB_OK) {
        vb_live_tell_round(vb_desk_live(exchange), round);
        if (house->bring != NULL)
            house->bring(house->ctx);
        if (is_over(round))
            code = vb_auth_end_round(vb_desk_auth(exchange), vb_round_row(round)->id, err);
    }
    if (code == VB_OK)
        code = vb_desk_put_round(&out, exchange, round, err);
    if (code == VB_OK)
        vb_desk_json(exchange, &out);
    else
        vb_desk_refuse(exchange, NULL, code, err);
    vb_buf_finish(&out);
}

static struct vb_round *act_on(struct vb_exchange *exchange)
{
    struct vb_round *round = vb_desk_round(exchange);
    if (round != NULL)
        vb_round_act_as(round, exchange->who.name);
    return round;
}

void vb_api_release(struct vb_exchange *exchange)
{
    struct vb_err err;
    struct vb_round *round = act_on(exchange);
    if (round != NULL)
        acted(exchange, round, vb_round_release(round, &err), &err);
}

void vb_api_close(struct vb_exchange *exchange)
{
    struct vb_err err;
    struct vb_round *round = act_on(exchange);
    if (round != NULL)
        acted(exchange, round, vb_round_close(round, exchange->who.name, &err), &err);
}

void vb_api_end(struct vb_exchange *exchange)
{
    struct vb_err err;
    struct vb_round *round = act_on(exchange);
    if (round != NULL)
        acted(exchange, round, vb_round_end(round, exchange->who.name, &err), &err);
}

/* By id, or as it is written elsewhere ("client", "parent:Kim"): before somebody is ready nobody
 * learns their id. */
void vb_api_withdraw(struct vb_exchange *exchange)
{
    struct vb_err err;
    const char *key;
    static const char *const fields[] = { "person", NULL };
    if (!vb_desk_only(exchange, fields) || !vb_desk_word(exchange, "person", &key))
        return;
    struct vb_round *round = vb_desk_round(exchange);
    if (round == NULL)
        return;
    const char *person = key == NULL ? NULL : vb_talk_file_person(round, key, &exchange->arena);
    if (person == NULL) {
        vb_reply_refuse(exchange, 422, "value", "person", "nobody of this round");
        return;
    }
    vb_round_act_as(round, exchange->who.name);
    acted(exchange, round, vb_round_withdraw(round, person, exchange->who.name, &err), &err);
}

void vb_api_name_person(struct vb_exchange *exchange)
{
    struct vb_err err;
    const char *role, *label;
    static const char *const fields[] = { "role", "label", NULL };
    if (!vb_desk_only(exchange, fields) || !vb_desk_word(exchange, "role", &role) ||
        !vb_desk_word(exchange, "label", &label))
        return;
    struct vb_round *round = act_on(exchange);
    if (round == NULL)
        return;
    if (role == NULL) {
        vb_round_act_as(round, NULL);
        vb_reply_refuse(exchange, 422, "value", "role", "whom? A role is missing");
        return;
    }
    bool known = vb_plan_role(vb_round_plan(round), role) >= 0;
    enum vb_code code = vb_round_name_member(round, role, label, &err);
    if (code == VB_E_DATA) {
        vb_round_act_as(round, NULL);
        vb_desk_refuse(exchange, known ? "label" : "role", code, &err);
    } else
        acted(exchange, round, code, &err);
}

/* -- together --------------------------------------------------------------------------------- */

static const char together[] = "together"; /* the role of such a seat */

void vb_api_together(struct vb_exchange *exchange)
{
    struct vb_err err;
    struct vb_session *session = NULL;
    struct vb_round *round = vb_desk_round(exchange);
    if (round == NULL || !vb_desk_sees(exchange, round))
        return;
    vb_round_act_as(round, exchange->who.name);
    enum vb_code code = vb_round_together(round, &session, &err);
    vb_round_act_as(round, NULL);
    const struct vb_invitation everybody = { .round = vb_round_row(round)->id, .role = together };
    if (code == VB_OK && session != NULL)
        code = vb_auth_seat(vb_desk_auth(exchange), exchange, &everybody, false, &err);
    if (code != VB_OK)
        vb_reply_code(exchange, code, &err);
    else if (session == NULL)
        vb_reply_refuse(exchange, 404, "absent", NULL,
                        "nothing is asked of everybody together here");
    else
        vb_reply_empty(exchange, 204);
}
