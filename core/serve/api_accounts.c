/* api_accounts.c - what an administrator sees: accounts, and how the server is. Never an answer, a
 * label or a case. */
#include "base/str.h"
#include "data/json.h"
#include "serve/api.h"
#include "serve/desk.h"

static void put_roles(struct vb_buf *out, uint32_t roles)
{
    int written = 0;
    vb_buf_putc(out, '[');
    for (int i = 0; i < VB_STAFF_ROLES; i++)
        if ((roles & (UINT32_C(1) << i)) != 0)
            vb_json_put_text(out, written++ > 0 ? "," : "", vb_staff_role_name(UINT32_C(1) << i));
    vb_buf_putc(out, ']');
}

static enum vb_code put_accounts(struct vb_buf *out, struct vb_exchange *exchange,
                                 struct vb_err *err)
{
    struct vb_account *list;
    int count;
    enum vb_code code =
        vb_auth_accounts(vb_desk_auth(exchange), &exchange->arena, &list, &count, err);
    vb_buf_puts(out, "{\"accounts\":[");
    for (int i = 0; code == VB_OK && i < count; i++) {
        vb_json_put_text(out, i > 0 ? ",{\"name\":" : "{\"name\":", list[i].name);
        vb_buf_puts(out, ",\"roles\":");
        put_roles(out, list[i].roles);
        vb_desk_put_time(out, ",\"seen\":", list[i].seen_wall_ms);
        vb_json_put_flag(out, ",\"totp\":", list[i].totp);
        vb_json_put_flag(out, ",\"disabled\":", list[i].disabled);
        vb_buf_putc(out, '}');
    }
    vb_buf_puts(out, "]}");
    return code;
}

static void say_accounts(struct vb_exchange *exchange)
{
    struct vb_buf out = { 0 };
    struct vb_err err;
    enum vb_code code = put_accounts(&out, exchange, &err);
    if (code == VB_OK)
        vb_desk_json(exchange, &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}

void vb_api_accounts(struct vb_exchange *exchange)
{
    vb_desk_note(exchange, "staff list", "staff", say_accounts);
}

void vb_api_disable(struct vb_exchange *exchange)
{
    struct vb_err err;
    enum vb_code code =
        vb_auth_disable(vb_desk_auth(exchange), exchange, exchange->params[0], &err);
    if (code == VB_OK)
        say_accounts(exchange);
    else
        vb_reply_code(exchange, code, &err);
}

/* -- the server ------------------------------------------------------------------------------- */

static enum vb_code count_parcels(struct vb_exchange *exchange, int *waiting, int *dead,
                                  struct vb_err *err)
{
    struct vb_parcel_row *rows;
    size_t count;
    const struct vb_parcel_query query = { .state = VB_PARCEL_ANY };
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = store->ops->parcels(store, &query, &exchange->arena, &rows, &count, err);
    *waiting = *dead = 0;
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        *waiting += rows[i].state == VB_PARCEL_WAITING;
        *dead += rows[i].state == VB_PARCEL_DEAD;
    }
    return code;
}

static void say_state(struct vb_exchange *exchange, enum vb_code code)
{
    const struct vb_live_counts live = vb_live_counts(vb_desk_live(exchange));
    struct vb_buf out = { 0 };
    struct vb_err err;
    int waiting, dead;
    enum vb_code counted = count_parcels(exchange, &waiting, &dead, &err);
    if (counted != VB_OK)
        vb_serve_log(exchange, VB_LOG_ERROR, &err);
    vb_json_put_text(&out, "{\"version\":", VERBOND_VERSION);
    vb_desk_put_time(&out, ",\"since\":", exchange->serve->since_wall_ms);
    vb_json_put_text(&out, ",\"store\":", code == VB_OK && counted == VB_OK ? "ok" : "failed");
    vb_buf_printf(&out, ",\"rounds\":%d,\"sessions\":%d,\"streams\":%d", live.rounds, live.sessions,
                  live.streams);
    vb_buf_printf(&out, ",\"outbox\":{\"waiting\":%d,\"dead\":%d}}", waiting, dead);
    vb_desk_json(exchange, &out);
    vb_buf_finish(&out);
}

void vb_api_state(struct vb_exchange *exchange)
{
    vb_health_ask(exchange, say_state);
}
