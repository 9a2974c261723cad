/* api_turn_image.c - pictures: one that is given, one's own again, and those of the instrument. */
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/api_turn.h"
#include "serve/given.h"
#include "session/shown.h"

/* -- giving one ------------------------------------------------------------------------------- */

/* The question it is for: the one that waits, or at the overview any that is on the path. */
static const struct vb_item *item_of(const struct vb_seat *seat)
{
    const struct vb_view *view = vb_session_view(seat->session);
    const struct vb_fold *fold = vb_session_fold(seat->session);
    const char *id = vb_exchange_query(seat->exchange, "item");
    const char *key = vb_exchange_query(seat->exchange, "member");
    int member = key == NULL ? -1 : vb_shown_member_of(fold, key), count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    if (view->at == VB_AT_ITEM && vb_streq(view->item->id, id) && view->member == member)
        return view->item;
    for (int i = 0; view->at == VB_AT_OVERVIEW && i < count; i++) {
        const struct vb_item *item = &vb_fold_plan(fold)->items[path[i].item];
        if (vb_streq(item->id, id) && path[i].member == member)
            return item;
    }
    return NULL;
}

/* Everything that can be known before it is kept, so that nothing is kept in vain. */
static enum vb_refusal check(const struct vb_seat *seat, const struct vb_item *item,
                             struct vb_item *chosen)
{
    const char *keep = vb_exchange_query(seat->exchange, "keep");
    const struct vb_policy *policy = vb_fold_policy(vb_session_fold(seat->session));
    const char *type = vb_image_type(seat->exchange->bytes, seat->exchange->len);
    *chosen = *item;
    if (!vb_kind_is_picture(item->kind) ||
        (item->tools != 0 && (item->tools & (VB_TOOL_DRAW | VB_TOOL_PHOTO)) == 0))
        return VB_REFUSED_TYPE;
    if (keep != NULL && (item->keep != VB_KEEP_ASK || !vb_keep_read(keep, &chosen->keep)))
        return VB_REFUSED_POLICY;
    if (keep == NULL && item->keep == VB_KEEP_ASK)
        chosen->keep = VB_KEEP_NONE;
    if (chosen->keep == VB_KEEP_UNTIL && item->keep_days == 0)
        return VB_REFUSED_POLICY;
    if (!policy->drawing_keep)
        chosen->keep = VB_KEEP_NONE;
    if (type == NULL || !vb_streq(type, seat->exchange->type))
        return VB_REFUSED_FILE;
    return VB_ACCEPTED;
}

static void keep(struct vb_seat *seat)
{
    const struct vb_item *item = item_of(seat);
    struct vb_item chosen;
    struct vb_value value;
    struct vb_err err;
    if (item == NULL) {
        vb_seat_refuse(seat, 409, "busy", "item", "this question does not wait for a picture");
        return;
    }
    enum vb_refusal refusal = check(seat, item, &chosen);
    if (refusal != VB_ACCEPTED) {
        vb_seat_refuse_value(seat, refusal);
        return;
    }
    enum vb_code code =
        vb_session_keep_image(seat->session, &chosen, seat->exchange->bytes, seat->exchange->len,
                              &seat->exchange->arena, &value, &err);
    if (code != VB_OK) {
        vb_seat_reply_code(seat, code, &err);
        return;
    }
    struct vb_buf json = { 0 };
    vb_buf_puts(&json, "{\"value\":");
    vb_buf_put(&json, value.text, value.len);
    vb_buf_putc(&json, '}');
    vb_seat_reply(seat, 200, &json);
    vb_buf_finish(&json);
}

void vb_api_turn_image(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, keep);
}

/* -- looking at one's own --------------------------------------------------------------------- */

static bool names(const struct vb_value *value, const char *digest)
{
    return value->text != NULL && strstr(value->text, digest) != NULL;
}

/* By a browser that may not read all answers again only those of an answer that it may. */
static bool is_shown(const struct vb_seat *seat, const char *digest)
{
    const struct vb_fold *fold = vb_session_fold(seat->session);
    const struct vb_view *view = vb_session_view(seat->session);
    const struct vb_plan *plan = vb_fold_plan(fold);
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    if (!vb_seat_is_blind(seat))
        return true;
    for (int i = 0; i < count; i++) {
        const struct vb_item *item = &plan->items[path[i].item];
        if (vb_seat_sees(seat, path[i].item, path[i].member) &&
            names(&vb_fold_values(fold)[vb_plan_slot(plan, item, path[i].member)], digest))
            return true;
    }
    return view->at == VB_AT_ITEM && view->offered != NULL && names(view->offered, digest) &&
           vb_seat_sees(seat, view->item->index, view->member);
}

/* Only of this session: a digest that somebody knows opens nothing. */
static void show(struct vb_seat *seat)
{
    struct vb_store *store = vb_session_store(seat->session);
    const char *digest = seat->exchange->params[0];
    struct vb_blob_row row;
    struct vb_err err;
    bool own = false;
    enum vb_code code = vb_given_is_own(seat, digest, NULL, &own, &err);
    own = own && is_shown(seat, digest);
    if (code == VB_OK && own)
        code = store->ops->blob(store, digest, &seat->exchange->arena, &row, &err);
    if (code == VB_OK && (!own || row.erased))
        code = vb_fail(&err, VB_E_ABSENT, "there is no such picture");
    if (code == VB_OK)
        vb_seat_reply_bytes(seat, row.type, row.bytes, row.len);
    else
        vb_seat_reply_code(seat, code, &err);
}

void vb_api_turn_own_image(struct vb_exchange *exchange)
{
    vb_seat_begun(exchange, show);
}

/* -- the instrument's ------------------------------------------------------------------------- */

static const char *type_of(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = { { ".svg", "image/svg+xml" },
                  { ".png", "image/png" },
                  { ".jpg", "image/jpeg" },
                  { ".jpeg", "image/jpeg" },
                  { ".webp", "image/webp" } };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (vb_ends_with(name, types[i].end))
            return types[i].type;
    return NULL;
}

static bool names_picture(const struct vb_answers *answers, const char *name)
{
    for (int i = 0; answers != NULL && i < answers->count; i++)
        if (vb_streq(answers->options[i].picture, name))
            return true;
    return false;
}

/* Which instrument has it: this one, or one that it includes. NULL: none says so. */
static const char *owner_of(const struct vb_plan *plan, const char *name)
{
    for (int i = 0; i < plan->item_count; i++)
        if (names_picture(plan->items[i].answers, name))
            return plan->items[i].include < 0 ? plan->id
                                              : plan->includes[plan->items[i].include].name;
    for (int i = 0; i < plan->format_count; i++)
        if (names_picture(&plan->formats[i].answers, name))
            return plan->id;
    return NULL;
}

static void picture(struct vb_seat *seat)
{
    const char *name = seat->exchange->params[0], *type = type_of(name);
    const char *owner = owner_of(vb_round_plan(seat->round), name);
    struct vb_buf bytes = { 0 };
    struct vb_err err;
    enum vb_code code = VB_E_ABSENT;
    if (owner != NULL && type != NULL && seat->house->picture != NULL)
        code = seat->house->picture(seat->house->ctx, owner, name, &bytes, &err);
    if (code != VB_OK) {
        vb_seat_refuse(seat, 404, "absent", NULL, "there is no such picture");
    } else {
        /* An SVG is a document: alone in a tab it runs nothing and fetches nothing. */
        vb_reply_header(seat->exchange, "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        vb_seat_reply_bytes(seat, type, bytes.data, bytes.len);
    }
    vb_buf_finish(&bytes);
}

void vb_api_turn_picture(struct vb_exchange *exchange)
{
    struct vb_seat *seat = vb_seat_open(exchange);
    if (seat != NULL)
        vb_seat_await(seat, picture);
}
