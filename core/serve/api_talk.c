/* api_talk.c - what a talk gave: read, and written anew as a whole by who saw the newest. */
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/api.h"
#include "serve/desk.h"
#include "session/talk_file.h"

static int newest(const struct vb_round *round)
{
    int64_t released_ms;
    return vb_round_revision(round, &released_ms);
}

/* Those a goal may be of, as the record writes them: who is on the sheet. */
static enum vb_code put_persons(struct vb_buf *out, struct vb_round *round, struct vb_arena *arena,
                                struct vb_err *err)
{
    int count, written = 0;
    const struct vb_participant *list = vb_round_named(round, arena, &count);
    const struct vb_plan *plan = vb_round_plan(round);
    enum vb_code code = VB_OK;
    vb_buf_puts(out, ",\"persons\":[");
    for (int i = 0; code == VB_OK && i < count; i++) {
        bool shown = plan->roster_max > 0 && plan->roles[list[i].role_index].in_roster;
        if (!shown)
            code = vb_round_shows(round, list[i].person, &shown, err);
        if (code != VB_OK || !shown)
            continue;
        vb_json_put_text(out, written++ > 0 ? ",{\"id\":" : "{\"id\":",
                         vb_talk_file_key(round, list[i].person, arena));
        vb_json_put_text(out, ",\"role\":", list[i].role);
        vb_json_put_text(out, ",\"label\":", list[i].label);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
    return code;
}

void vb_api_talk(struct vb_exchange *exchange)
{
    struct vb_buf out = { 0 };
    struct vb_err err;
    struct vb_round *round = vb_desk_released(exchange);
    if (round == NULL)
        return;
    const struct vb_talk_record *record = vb_round_talk(round);
    vb_buf_printf(&out, "{\"revision\":%d,\"talk\":", newest(round));
    if (record == NULL)
        vb_buf_puts(&out, "null");
    else
        vb_talk_file_write(&out, round, record);
    enum vb_code code = put_persons(&out, round, &exchange->arena, &err);
    vb_buf_putc(&out, '}');
    if (code == VB_OK)
        vb_desk_show(exchange, "talk read", vb_desk_subject(round), NULL, &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}

/* "goals[1].by: no such day": the field stands before the colon. A suggestion would be a name. */
static void refuse(struct vb_exchange *exchange, enum vb_code code, const struct vb_err *err)
{
    const char *colon = strstr(err->text, ": ");
    if (code != VB_E_DATA || colon == NULL) {
        vb_desk_refuse(exchange, "talk", code, err);
        return;
    }
    const char *field =
        vb_arena_printf(&exchange->arena, "talk.%.*s", (int)(colon - err->text), err->text);
    const char *why = colon + 2, *guess = strstr(why, "; did you mean");
    vb_reply_refuse(exchange, 422, "value", field, "%.*s",
                    guess == NULL ? (int)strlen(why) : (int)(guess - why), why);
}

static bool read_body(struct vb_exchange *exchange, const cJSON **talk, int *revision)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(exchange->body, "revision");
    static const char *const fields[] = { "revision", "talk", NULL };
    *talk = cJSON_GetObjectItemCaseSensitive(exchange->body, "talk");
    if (!vb_desk_only(exchange, fields))
        return false;
    if (!cJSON_IsNumber(number)) {
        vb_reply_refuse(exchange, 422, "value", "revision", "which one was seen? This is a number");
        return false;
    }
    if (!cJSON_IsObject(*talk)) {
        vb_reply_refuse(exchange, 422, "value", "talk", "this is an object");
        return false;
    }
    *revision = number->valueint;
    return true;
}

static enum vb_code put(struct vb_exchange *exchange, struct vb_round *round, const cJSON *talk,
                        struct vb_err *err)
{
    struct vb_talk_record record;
    enum vb_code code = vb_round_may_talk(round, err);
    if (code == VB_OK)
        code = vb_talk_file_tree(&record, round, &exchange->arena, talk, err);
    if (code != VB_OK)
        return code;
    vb_round_act_as(round, exchange->who.name);
    code = vb_round_put_talk(round, &record, exchange->who.name, err);
    vb_round_act_as(round, NULL);
    return code;
}

void vb_api_put_talk(struct vb_exchange *exchange)
{
    const struct vb_house *house = vb_desk_house(exchange);
    struct vb_buf out = { 0 };
    struct vb_err err;
    const cJSON *talk;
    int revision;
    if (!read_body(exchange, &talk, &revision))
        return;
    struct vb_round *round = vb_desk_released(exchange);
    if (round == NULL)
        return;
    if (revision != newest(round)) {
        vb_reply_refuse(exchange, 409, "conflict", "revision",
                        "there is a newer sheet: read it before this is written down");
        return;
    }
    enum vb_code code = put(exchange, round, talk, &err);
    if (code != VB_OK) {
        refuse(exchange, code, &err);
        return;
    }
    vb_live_tell_round(vb_desk_live(exchange), round);
    if (house->bring != NULL)
        house->bring(house->ctx);
    vb_buf_printf(&out, "{\"revision\":%d}", newest(round));
    vb_desk_json(exchange, &out);
    vb_buf_finish(&out);
}
