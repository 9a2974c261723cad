#include "serve/desk.h"

#include <stdlib.h>

#include "base/str.h"
#include "data/json.h"
#include "sheet/sheet_words.h"

const struct vb_house *vb_desk_house(const struct vb_exchange *exchange)
{
    return exchange->serve->house;
}

struct vb_live *vb_desk_live(const struct vb_exchange *exchange)
{
    return exchange->serve->live;
}

struct vb_auth *vb_desk_auth(const struct vb_exchange *exchange)
{
    return exchange->serve->auth;
}

struct vb_store *vb_desk_store(const struct vb_exchange *exchange)
{
    return exchange->serve->house->store;
}

/* -- whose ------------------------------------------------------------------------------------ */

bool vb_desk_case(struct vb_exchange *exchange, const char *case_id)
{
    bool has;
    struct vb_err err;
    enum vb_code code =
        vb_auth_has_case(vb_desk_auth(exchange), exchange->who.name, case_id, &has, &err);
    if (code != VB_OK)
        vb_reply_code(exchange, code, &err);
    else if (!has)
        vb_reply_refuse(exchange, 404, "absent", NULL, "there is no such case of yours");
    return code == VB_OK && has;
}

enum vb_code vb_desk_keeps(struct vb_exchange *exchange, const struct vb_round_row *row,
                           bool *keeps, struct vb_err *err)
{
    return vb_auth_keeps(vb_desk_auth(exchange), exchange->who.name, row->id, row->case_id, keeps,
                         err);
}

struct vb_round *vb_desk_round(struct vb_exchange *exchange)
{
    struct vb_round *round;
    struct vb_err err;
    bool keeps = false;
    enum vb_code code = vb_live_round(vb_desk_live(exchange), exchange->params[0], &round, &err);
    if (code == VB_OK)
        code = vb_desk_keeps(exchange, vb_round_row(round), &keeps, &err);
    if (keeps)
        return round;
    if (code == VB_OK || code == VB_E_ABSENT)
        vb_reply_refuse(exchange, 404, "absent", NULL, "there is no such round of yours");
    else
        vb_reply_code(exchange, code, &err);
    return NULL;
}

enum vb_code vb_desk_since(struct vb_exchange *exchange, const char *case_id, int64_t *from_wall_ms,
                           struct vb_err *err)
{
    *from_wall_ms = 0;
    if (case_id == NULL)
        return VB_OK;
    return vb_auth_since(vb_desk_auth(exchange), exchange->who.name, case_id, from_wall_ms, err);
}

enum vb_code vb_desk_shared_before(struct vb_exchange *exchange, const struct vb_round *round,
                                   bool *before, struct vb_err *err)
{
    int64_t released_ms = 0, from_ms = 0;
    enum vb_code code = VB_OK;
    if (vb_round_revision(round, &released_ms) > 0)
        code = vb_desk_since(exchange, vb_round_row(round)->case_id, &from_ms, err);
    *before = from_ms > released_ms;
    return code;
}

bool vb_desk_sees(struct vb_exchange *exchange, const struct vb_round *round)
{
    bool before;
    struct vb_err err;
    enum vb_code code = vb_desk_shared_before(exchange, round, &before, &err);
    if (code != VB_OK)
        vb_reply_code(exchange, code, &err);
    else if (before)
        vb_reply_refuse(exchange, 404, "absent", NULL,
                        "this was shared before the case was yours, with somebody else: only who "
                        "shared it can show it to you");
    return code == VB_OK && !before;
}

struct vb_round *vb_desk_released(struct vb_exchange *exchange)
{
    int64_t released_ms = 0;
    struct vb_round *round = vb_desk_round(exchange);
    if (round == NULL)
        return NULL;
    const struct vb_round_row *row = vb_round_row(round);
    if (row->state == VB_ROUND_RELEASED && vb_round_revision(round, &released_ms) > 0)
        return vb_desk_sees(exchange, round) ? round : NULL;
    vb_reply_refuse(exchange, 409, "busy", NULL, "this round is %s: nobody sees anything of it",
                    vb_round_state_words(row->state));
    return NULL;
}

/* -- what came in ----------------------------------------------------------------------------- */

bool vb_desk_word(struct vb_exchange *exchange, const char *name, const char **out)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(exchange->body, name);
    *out = NULL;
    if (value == NULL || cJSON_IsNull(value))
        return true;
    if (cJSON_IsString(value)) {
        *out = value->valuestring[0] == '\0' ? NULL : value->valuestring;
        return true;
    }
    vb_reply_refuse(exchange, 422, "value", name, "this is a text, or null");
    return false;
}

bool vb_desk_only(struct vb_exchange *exchange, const char *const *names)
{
    const cJSON *field;
    cJSON_ArrayForEach(field, exchange->body)
    {
        const char *const *name = names;
        while (*name != NULL && !vb_streq(*name, field->string))
            name++;
        if (*name == NULL) {
            vb_reply_refuse(exchange, 422, "value",
                            vb_arena_strdup(&exchange->arena, field->string),
                            "there is no such field");
            return false;
        }
    }
    return true;
}

int vb_desk_language(const struct vb_exchange *exchange, const struct vb_plan *plan)
{
    const char *tag = vb_exchange_query(exchange, "lang");
    return tag == NULL ? 0 : vb_plan_language(plan, tag);
}

/* -- what goes out ---------------------------------------------------------------------------- */

void vb_desk_refuse(struct vb_exchange *exchange, const char *field, enum vb_code code,
                    const struct vb_err *err)
{
    switch (code) {
    case VB_E_USAGE:
    case VB_E_DATA:
    case VB_E_CHANGED:
    case VB_E_SCRIPT:
    case VB_E_LIMIT:
        vb_reply_refuse(exchange, 422, "value", field, "%s", err->text);
        break;
    default:
        vb_reply_code(exchange, code, err);
    }
}

struct show { /* a reply that waits for its row */
    struct vb_exchange *exchange;
    struct vb_change change;
    const char *type;
    struct vb_buf body;
    void (*then)(struct vb_exchange *exchange); /* makes it; NULL: body is it */
};

static void reply(struct vb_exchange *exchange, const char *type, struct vb_buf *body)
{
    if (type == NULL)
        vb_reply_json(exchange, 200, body);
    else
        vb_reply_bytes(exchange, 200, type, body->data, body->len);
    vb_buf_finish(body);
}

static void written(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct show *show = ctx;
    struct vb_buf body = { 0 };
    vb_buf_take(&body, &show->body);
    if (code != VB_OK)
        vb_reply_code(show->exchange, code, err);
    else if (show->then != NULL)
        show->then(show->exchange);
    else
        reply(show->exchange, show->type, &body);
    vb_buf_finish(&body);
    free(show);
}

static void write_row(struct show *show, const char *action, const char *subject)
{
    struct vb_exchange *exchange = show->exchange;
    const struct vb_env *env = vb_desk_house(exchange)->env;
    show->change = (struct vb_change){
        .kind = VB_PUT_AUDIT,
        .audit = { .wall_ms = env->clock.wall_ms(env->clock.ctx),
                   .action = action,
                   .subject = vb_arena_strdup(&exchange->arena, subject),
                   .by = exchange->who.name,
                   .on_behalf = env->on_behalf },
    };
    vb_exchange_later(exchange);
    vb_store_submit(vb_desk_store(exchange), &show->change, 1, written, show);
}

void vb_desk_show(struct vb_exchange *exchange, const char *action, const char *subject,
                  const char *type, struct vb_buf *body)
{
    if (subject == NULL) {
        reply(exchange, type, body);
        return;
    }
    struct show *show = vb_new(struct show);
    show->exchange = exchange;
    show->type = type;
    vb_buf_take(&show->body, body);
    write_row(show, action, subject);
}

void vb_desk_note(struct vb_exchange *exchange, const char *action, const char *subject,
                  void (*then)(struct vb_exchange *exchange))
{
    if (subject == NULL) {
        then(exchange);
        return;
    }
    struct show *show = vb_new(struct show);
    show->exchange = exchange;
    show->then = then;
    write_row(show, action, subject);
}

void vb_desk_json(struct vb_exchange *exchange, struct vb_buf *body)
{
    reply(exchange, NULL, body);
}

const char *vb_desk_subject(const struct vb_round *round)
{
    return vb_round_is_kept(round) ? vb_round_row(round)->id : NULL;
}

const char *vb_desk_hearer(struct vb_exchange *exchange, const struct vb_round *round)
{
    int64_t released_ms;
    return vb_arena_printf(&exchange->arena, "%s %s %d", exchange->who.token,
                           vb_round_row(round)->id, vb_round_revision(round, &released_ms));
}

void vb_desk_put_time(struct vb_buf *out, const char *key, int64_t wall_ms)
{
    char time[VB_TIME_SIZE];
    vb_time_format(wall_ms, time);
    vb_json_put_text(out, key, wall_ms == 0 ? NULL : time);
}

void vb_desk_put_roles(struct vb_buf *out, const struct vb_plan *plan, const char *language)
{
    const struct vb_sheet_words *words = vb_sheet_words_of(language);
    vb_buf_putc(out, '[');
    for (int i = 0; i < plan->role_count; i++) {
        const struct vb_role *role = &plan->roles[i];
        vb_buf_puts(out, i > 0 ? "," : "");
        vb_json_put_text(out, "{\"role\":", role->name);
        vb_json_put_text(out, ",\"title\":", vb_sheet_words_role(words, role->name));
        vb_json_put_flag(out, ",\"optional\":", role->optional);
        vb_buf_printf(out, ",\"most\":%d", role->max > 0 ? role->max : 1);
        vb_json_put_flag(out, ",\"roster\":", role->in_roster && plan->roster_max > 0);
        vb_json_put_flag(out, ",\"professional\":", vb_streq(role->name, "professional"));
        vb_json_put_flag(out, ",\"counted\":", vb_round_is_counted_only(plan, role->name));
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

void vb_desk_put_languages(struct vb_buf *out, const struct vb_plan *plan)
{
    vb_buf_putc(out, '[');
    for (int i = 0; i < plan->language_count; i++)
        vb_json_put_text(out, i > 0 ? "," : "", plan->languages[i]);
    vb_buf_putc(out, ']');
}
