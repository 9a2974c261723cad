/* api_invite.c - inviting one person of a round, and taking that back.
 *
 * Link, code and picture are shown once: the store keeps no token. Who is named for a roster by
 * being invited is named as by POST .../persons. Somebody of a team that is only counted comes with
 * a word that stands for them; it is made here, and staff never see it. */
#include "base/id.h"
#include "base/str.h"
#include "data/json.h"
#include "serve/api.h"
#include "serve/desk.h"
#include "serve/invite.h"
#include "serve/qr.h"
#include "session/named.h"

enum { HOURS_MOST = 60 * 24, HOURS = 7 * 24, WORD_LENGTH = 12 };

static bool refuse(struct vb_exchange *exchange, const char *field, const char *why)
{
    vb_reply_refuse(exchange, 422, "value", field, "%s", why);
    return false;
}

static bool read_hours(struct vb_exchange *exchange, int *out)
{
    const cJSON *hours = cJSON_GetObjectItemCaseSensitive(exchange->body, "hours");
    *out = HOURS;
    if (hours == NULL || cJSON_IsNull(hours))
        return true;
    if (cJSON_IsNumber(hours))
        *out = hours->valueint;
    return (cJSON_IsNumber(hours) && *out >= 1 && *out <= HOURS_MOST) ||
           refuse(exchange, "hours", "this is a number of hours, at most sixty days");
}

/* 60 bits; the form of an id, so that it can be typed. */
static const char *make_word(struct vb_exchange *exchange)
{
    char id[VB_ID_SIZE];
    vb_id_make(&vb_desk_house(exchange)->env->random, id);
    return vb_arena_strndup(&exchange->arena, id, WORD_LENGTH);
}

static bool read_who(struct vb_exchange *exchange, struct vb_round *round,
                     struct vb_invitation *out, int *hours)
{
    const struct vb_plan *plan = vb_round_plan(round);
    struct vb_err err;
    static const char *const fields[] = { "role", "label", "language", "hours", NULL };
    if (!vb_desk_only(exchange, fields) || !vb_desk_word(exchange, "role", &out->role) ||
        !vb_desk_word(exchange, "label", &out->label) ||
        !vb_desk_word(exchange, "language", &out->language) || !read_hours(exchange, hours))
        return false;
    int role = out->role == NULL ? -1 : vb_plan_role(plan, out->role);
    if (role < 0)
        return refuse(exchange, "role", "this round has no such role");
    if (vb_named_language(plan, out->language, &err) != VB_OK)
        return refuse(exchange, "language", "this instrument has no such language");
    if (vb_round_is_counted_only(plan, out->role)) {
        if (out->label != NULL)
            return refuse(exchange, "label", "of a team nobody is named: leave it out");
        out->label = make_word(exchange);
    }
    if (vb_person_label(&exchange->arena, out->label, &out->label, NULL, &err) != VB_OK)
        return refuse(exchange, "label", err.text);
    if (plan->roles[role].max > 1 && out->label == NULL)
        return refuse(exchange, "label", "there may be several of this role: say which");
    return true;
}

static bool may_come(struct vb_exchange *exchange, struct vb_round *round)
{
    const struct vb_round_row *row = vb_round_row(round);
    if (!vb_round_is_kept(round)) { /* a link would outlive what it opens */
        vb_reply_refuse(exchange, 409, "busy", NULL,
                        "nothing is kept of this round: hand the tablet over");
        return false;
    }
    if (row->state == VB_ROUND_OPEN || vb_round_takes_late(round))
        return vb_desk_sees(exchange, round);
    vb_reply_refuse(exchange, 409, "busy", NULL, "this round is %s",
                    vb_round_state_words(row->state));
    return false;
}

/* Whoever is invited into a family is in its roster from then on. */
static enum vb_code name_in_roster(struct vb_exchange *exchange, struct vb_round *round,
                                   const struct vb_invitation *who, struct vb_err *err)
{
    const struct vb_plan *plan = vb_round_plan(round);
    if (plan->roster_max == 0 || !plan->roles[vb_plan_role(plan, who->role)].in_roster)
        return VB_OK;
    vb_round_act_as(round, exchange->who.name);
    enum vb_code code = vb_round_name_member(round, who->role, who->label, err);
    vb_round_act_as(round, NULL);
    return code;
}

static enum vb_code show(struct vb_buf *out, struct vb_exchange *exchange, const char *token,
                         const char *code_shown, int64_t until_wall_ms, struct vb_err *err)
{
    char id[VB_INVITATION_ID_SIZE];
    struct vb_buf qr = { 0 };
    const char *link =
        vb_arena_printf(&exchange->arena, "%s/i#%s", vb_exchange_origin(exchange), token);
    enum vb_code code = vb_qr_svg(&qr, link, err);
    vb_invitation_id(token, id);
    vb_json_put_text(out, "{\"id\":", id);
    vb_json_put_text(out, ",\"link\":", link);
    vb_json_put_text(out, ",\"code\":", code_shown);
    vb_json_put_text(out, ",\"qr\":", qr.len == 0 ? NULL : qr.data);
    vb_desk_put_time(out, ",\"until\":", until_wall_ms);
    vb_buf_putc(out, '}');
    vb_buf_finish(&qr);
    return code;
}

void vb_api_invite(struct vb_exchange *exchange)
{
    const struct vb_env *env = vb_desk_house(exchange)->env;
    struct vb_invitation who = { .by = exchange->who.name };
    struct vb_buf out = { 0 };
    struct vb_err err;
    char token[VB_TOKEN_SIZE], short_code[VB_SHORT_CODE_SIZE];
    int hours;
    struct vb_round *round = vb_desk_round(exchange);
    if (round == NULL || !read_who(exchange, round, &who, &hours) || !may_come(exchange, round))
        return;
    who.round = vb_round_row(round)->id;
    who.until_wall_ms = env->clock.wall_ms(env->clock.ctx) + hours * INT64_C(3600000);
    enum vb_code code = name_in_roster(exchange, round, &who, &err);
    if (code == VB_OK)
        code = vb_auth_invite(vb_desk_auth(exchange), &who, token, short_code, &err);
    if (code == VB_OK)
        code = show(&out, exchange, token, short_code, who.until_wall_ms, &err);
    if (code == VB_OK) {
        vb_live_tell_round(vb_desk_live(exchange), round);
        vb_desk_json(exchange, &out);
    } else
        vb_desk_refuse(exchange, "label", code, &err);
    vb_buf_finish(&out);
}

void vb_api_uninvite(struct vb_exchange *exchange)
{
    struct vb_err err;
    struct vb_round *round = vb_desk_round(exchange);
    if (round == NULL)
        return;
    enum vb_code code = vb_auth_withdraw(vb_desk_auth(exchange), vb_round_row(round)->id,
                                         exchange->params[1], exchange->who.name, &err);
    if (code == VB_OK)
        vb_reply_empty(exchange, 204);
    else
        vb_reply_code(exchange, code, &err);
}
