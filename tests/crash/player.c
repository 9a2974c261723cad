#include "player.h"

#include <string.h>

#include "term/term_walk.h"

#define PAIR "tests/crash/instruments/pair"

struct hand { /* who fills in */
    int salt; /* another hand, other answers */
    int most; /* breaks off after so many steps on the path; 0: does not */
};

/* -- answers ---------------------------------------------------------------------------------- */

static struct vb_value text_value(struct vb_arena *arena, size_t len, int salt)
{
    char *text = vb_arena_alloc(arena, len + 1);
    for (size_t i = 0; i < len; i++)
        text[i] = (char)('a' + (i * 7 + (size_t)salt * 3 + i / 26) % 26);
    return (struct vb_value){ .type = VB_VALUE_TEXT, .len = (uint32_t)len, .text = text };
}

/* Several pages of something that passes for a PNG. */
static enum vb_code image_value(struct vb_session *session, const struct vb_item *item,
                                struct vb_arena *arena, int salt, struct vb_value *out,
                                struct vb_err *err)
{
    enum { LEN = 9000 };
    static const char head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0"
                               "\x3a\x7e\x9b\x55\0\0\x22\xefIDAT"; /* of 8943 bytes */
    static const char end[] = "\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82";
    _Static_assert(sizeof head - 1 + 0x22ef + sizeof end - 1 == LEN, "as long as it says");
    char *bytes = vb_arena_alloc(arena, LEN);
    for (int i = 0; i < LEN; i++)
        bytes[i] = (char)(i * 31 + salt);
    memcpy(bytes, head, sizeof head - 1);
    memcpy(bytes + LEN - (sizeof end - 1), end, sizeof end - 1);
    return vb_session_keep_image(session, item, bytes, LEN, arena, out, err);
}

static enum vb_code value_of(struct vb_session *session, const struct vb_item *item, int salt,
                             struct vb_arena *arena, struct vb_value *out, struct vb_err *err)
{
    salt += item->index;
    switch (item->kind) {
    case VB_YESNO:
        *out = (struct vb_value){ .type = VB_VALUE_BOOL, .number = 1 };
        return VB_OK;
    case VB_TEXT:
        *out = text_value(arena, salt % 2 == 0 ? 6000 : 90, salt);
        return VB_OK;
    case VB_VAS:
        *out = vb_value_int(salt * 37 % 1001);
        return VB_OK;
    case VB_NUMBER:
        *out = (struct vb_value){ .type = VB_VALUE_MILLI, .number = salt % 20 * 1000 };
        return VB_OK;
    case VB_DRAW:
        return image_value(session, item, arena, salt, out, err);
    default:
        *out = vb_value_int(1 + salt % 3);
        return VB_OK;
    }
}

/* -- steps ------------------------------------------------------------------------------------ */

/* At the overview: the second answer is changed, the first held back, then it is shared. */
static enum vb_code look_over(const struct hand *hand, struct vb_session *session,
                              struct vb_arena *arena, struct vb_action *out, struct vb_err *err)
{
    int count;
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_plan *plan = vb_fold_plan(fold);
    const struct vb_place *path = vb_fold_path(fold, &count);
    if (count < 3) {
        out->kind = VB_DO_SHARE;
        return VB_OK;
    }
    const struct vb_item *item = &plan->items[path[1].item];
    out->item = path[1].item;
    out->member = path[1].member;
    enum vb_code code = value_of(session, item, hand->salt + 1, arena, &out->value, err);
    if (code != VB_OK)
        return code;
    out->kind = VB_DO_CHANGE;
    if (!vb_value_equal(&out->value,
                        &vb_fold_values(fold)[vb_plan_slot(plan, item, path[1].member)]))
        return VB_OK;
    out->kind = VB_DO_HOLD;
    out->item = path[0].item;
    out->member = path[0].member;
    out->on = true;
    if (!vb_fold_held(fold, path[0].item, path[0].member))
        return VB_OK;
    out->kind = VB_DO_SHARE;
    out->sharing.one_sided = true;
    return VB_OK;
}

static enum vb_code next(void *ctx, struct vb_session *session, struct vb_arena *arena,
                         struct vb_action *out, struct vb_err *err)
{
    const struct hand *hand = ctx;
    const struct vb_view *view = vb_session_view(session);
    int count;
    vb_fold_path(vb_session_fold(session), &count);
    if (hand->most > 0 && count >= hand->most)
        return vb_fail(err, VB_E_STOPPED, "broken off, as this life wants it");
    if (view->at == VB_AT_LAST) {
        out->kind = VB_DO_FOLLOW;
        out->agreement = view->agreement;
        out->followed = VB_FOLLOWED_PARTLY;
        return VB_OK;
    }
    if (view->at == VB_AT_OVERVIEW)
        return look_over(hand, session, arena, out, err);
    out->kind = view->seq == 4 && view->can_back ? VB_DO_BACK : VB_DO_ANSWER;
    if (out->kind == VB_DO_BACK)
        return VB_OK;
    return value_of(session, view->item, hand->salt, arena, &out->value, err);
}

/* No answer of ours is refused. */
static enum vb_code refused(void *ctx, struct vb_session *session, const struct vb_action *action,
                            enum vb_refusal refusal, const struct vb_err *why, struct vb_err *err)
{
    (void)ctx, (void)session, (void)action;
    return vb_fail(err, VB_E_INTERNAL, "refused (%s): %s", vb_refusal_name(refusal), why->text);
}

static enum vb_code walk(struct vb_workplace *place, struct vb_session *session, struct hand hand,
                         struct vb_err *err)
{
    const struct vb_term_input input = { &hand, next, refused };
    enum vb_code code = vb_term_walk(session, &input, place->loop, err);
    return code == VB_E_STOPPED ? VB_OK : code;
}

/* -- rounds ----------------------------------------------------------------------------------- */

enum vb_code player_round(struct vb_workplace *place, const char *case_id, const char *wave,
                          struct vb_round **out, struct vb_err *err)
{
    struct vb_plan *plan = NULL;
    const struct vb_round_options options = { .case_id = case_id,
                                              .wave = wave,
                                              .released_too = true };
    enum vb_code code = vb_workplace_load(place, PAIR, &plan, err);
    if (code == VB_OK && place->store == NULL)
        code = vb_workplace_open(place, err);
    if (code == VB_OK)
        code = vb_round_open(out, place->store, &place->env, plan, &options, err);
    vb_plan_release(plan);
    return code;
}

/* Another role, other answers. */
static int salt_of(const char *role)
{
    return (int)strlen(role) % 5;
}

static enum vb_code together(struct vb_workplace *place, struct vb_round *round, struct vb_err *err)
{
    struct vb_session *session;
    enum vb_code code = vb_round_together(round, &session, err);
    if (code == VB_OK)
        code = walk(place, session, (struct hand){ 0 }, err);
    return code == VB_OK ? vb_round_settle_together(round, err) : code;
}

enum vb_code player_voice(struct vb_workplace *place, const char *case_id, const char *wave,
                          const char *role, int most, struct vb_err *err)
{
    struct vb_round *round = NULL;
    struct vb_session *session;
    bool released;
    const struct vb_join join = { .role = role };
    enum vb_code code = player_round(place, case_id, wave, &round, err);
    if (code == VB_OK)
        code = vb_round_join(round, &join, &session, err);
    if (code == VB_OK)
        code = walk(place, session, (struct hand){ salt_of(role), most }, err);
    if (code == VB_OK)
        code = vb_round_settle(round, &released, err);
    if (code == VB_OK && vb_round_together_due(round))
        code = together(place, round, err);
    vb_round_destroy(round);
    return code;
}
