/* api_research.c - what persons gave to research, by their own yes; and nothing of anybody else. */
#include "base/str.h"
#include "data/json.h"
#include "serve/api.h"
#include "serve/desk.h"

/* Those who said yes, in the newest revision. VB_E_BUSY: nobody did. */
static enum vb_code read_round(struct vb_exchange *exchange, const char *id,
                               struct vb_round **round, struct vb_result *result,
                               struct vb_err *err)
{
    enum vb_code code = vb_live_round(vb_desk_live(exchange), id, round, err);
    return code == VB_OK ? vb_round_research(*round, 0, &exchange->arena, result, err) : code;
}

static int persons(const struct vb_result *result)
{
    int count = 0;
    for (int i = 0; i < result->respondent_count; i++)
        count += result->respondents[i].shared;
    return count;
}

static enum vb_code put_round(struct vb_buf *out, struct vb_exchange *exchange,
                              const struct vb_round_row *row, int *written, struct vb_err *err)
{
    struct vb_round *round;
    struct vb_result result;
    int64_t released_ms = 0;
    if (row->state != VB_ROUND_RELEASED || row->simulated)
        return VB_OK;
    enum vb_code code = read_round(exchange, row->id, &round, &result, err);
    if (code == VB_E_BUSY)
        return VB_OK; /* nobody gave it to research */
    if (code != VB_OK)
        return code;
    int revision = vb_round_revision(round, &released_ms);
    vb_json_put_text(out, (*written)++ > 0 ? ",{\"round\":" : "{\"round\":", row->id);
    vb_json_put_text(out, ",\"instrument\":", row->instrument);
    vb_json_put_text(out, ",\"version\":", row->version);
    vb_json_put_text(out, ",\"wave\":", row->wave);
    vb_desk_put_time(out, ",\"released_at\":", released_ms);
    vb_buf_printf(out, ",\"revision\":%d,\"persons\":%d}", revision, persons(&result));
    return VB_OK;
}

/* That somebody gave something to research is a look at everybody's. */
void vb_api_research(struct vb_exchange *exchange)
{
    struct vb_round_row *rows;
    struct vb_buf out = { 0 };
    struct vb_err err;
    size_t count;
    int written = 0;
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = store->ops->rounds(store, &exchange->arena, &rows, &count, &err);
    vb_buf_puts(&out, "{\"rounds\":[");
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = put_round(&out, exchange, &rows[i], &written, &err);
    vb_buf_puts(&out, "]}");
    if (code == VB_OK)
        vb_desk_show(exchange, "rounds", VB_AUDIT_EVERYTHING, NULL, &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}

/* Nobody's yes, not released and not there look alike: a researcher learns of no round else. */
void vb_api_research_round(struct vb_exchange *exchange)
{
    struct vb_round *round;
    struct vb_result result;
    struct vb_buf out = { 0 };
    struct vb_err err;
    enum vb_code code = read_round(exchange, exchange->params[0], &round, &result, &err);
    if (code == VB_E_BUSY || code == VB_E_ABSENT ||
        (code == VB_OK && vb_round_row(round)->simulated)) {
        vb_reply_refuse(exchange, 404, "absent", NULL, "nothing of this was given to research");
        return;
    }
    if (code == VB_OK) {
        vb_result_write(&out, &result, VB_CONTENT_ITEMS);
        vb_desk_show(exchange, "result --purpose research", vb_desk_subject(round), NULL, &out);
    } else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}
