/* api_campaign.c - the convenor's own campaigns: how many, and nothing else. */
#include "data/json.h"
#include "serve/api.h"
#include "serve/desk.h"

static void put_number(struct vb_buf *out, const char *key, int number)
{
    vb_buf_printf(out, "%s%d", key, number);
}

static void put_campaign(struct vb_buf *out, struct vb_exchange *exchange,
                         const struct vb_round *round)
{
    const struct vb_round_row *row = vb_round_row(round);
    const struct vb_plan *plan = vb_round_plan(round);
    const struct vb_campaign_count count = vb_round_campaign(round);
    vb_json_put_text(out, "{\"round\":", row->id);
    vb_json_put_text(out, ",\"instrument\":", row->instrument);
    vb_json_put_text(out, ",\"title\":", plan->title.by_language[vb_desk_language(exchange, plan)]);
    vb_json_put_text(out, ",\"wave\":", row->wave);
    vb_json_put_text(out, ",\"state\":", vb_round_state_name(row->state));
    put_number(out, ",\"began\":", count.began);
    put_number(out, ",\"ready\":", count.ready);
    put_number(out, ",\"held\":", count.held);
    vb_json_put_text(out, ",\"before\":", vb_round_campaign_day(round));
    put_number(out, ",\"group\":", plan->card->min_group);
    vb_buf_putc(out, '}');
}

static enum vb_code put_own(struct vb_buf *out, struct vb_exchange *exchange,
                            const struct vb_round_row *row, int *written, struct vb_err *err)
{
    struct vb_round *round;
    bool keeps;
    enum vb_code code = vb_desk_keeps(exchange, row, &keeps, err);
    if (code != VB_OK || !keeps || row->state == VB_ROUND_ERASED)
        return code;
    code = vb_live_round(vb_desk_live(exchange), row->id, &round, err);
    if (code != VB_OK || vb_round_plan(round)->campaign == NULL)
        return code;
    vb_buf_puts(out, (*written)++ > 0 ? "," : "");
    put_campaign(out, exchange, round);
    return VB_OK;
}

/* Numbers of nobody: no row of the audit. */
void vb_api_campaigns(struct vb_exchange *exchange)
{
    struct vb_round_row *rows;
    struct vb_buf out = { 0 };
    struct vb_err err;
    size_t count;
    int written = 0;
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = store->ops->case_rounds(store, NULL, &exchange->arena, &rows, &count, &err);
    vb_buf_puts(&out, "{\"campaigns\":[");
    for (size_t i = code == VB_OK ? count : 0; code == VB_OK && i > 0; i--)
        code = put_own(&out, exchange, &rows[i - 1], &written, &err);
    vb_buf_puts(&out, "]}");
    if (code == VB_OK)
        vb_desk_json(exchange, &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}
