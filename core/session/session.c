/* session.c - the verbs of one person, checked, committed, then shown.
 *
 *     answer --> kind checks --> fold takes it in --> store commits --> done, the view moves
 *                                                     refused: the log is read again */
#include "session/session.h"

#include <stdlib.h>
#include <string.h>

#include "session/live.h"

/* -- staging ---------------------------------------------------------------------------------- */

void vb_change_append(struct vb_session *session, const struct vb_event *event,
                      const struct vb_event_pieces *pieces, struct vb_change *change)
{
    const struct vb_live *live = session->live;
    *change = (struct vb_change){ .kind = VB_APPEND,
                                  .event = { .session = session->id,
                                             .seq = event->seq,
                                             .wall_ms = event->wall_ms,
                                             .answer_id = live->answer_id,
                                             .body = pieces->body,
                                             .body_len = pieces->body_len,
                                             .parts = pieces->parts,
                                             .part_count = pieces->part_count,
                                             .room = live->room } };
    if (event->answer_id[0] == '\0')
        change->event.answer_id = "";
}

struct vb_event_pieces vb_session_encode(struct vb_session *session, struct vb_event_page *page,
                                         const struct vb_event *event)
{
    struct vb_live *live = session->live;
    struct vb_event_ids ids = { .plan = session->plan,
                                .joint = vb_fold_opened(live->fold)->person == NULL };
    ids.members = vb_fold_members(live->fold, &ids.member_count);
    if (live->room == 0)
        live->room = vb_event_room(session->plan);
    return vb_event_encode(page, &ids, event);
}

static void encode(struct vb_session *session, const struct vb_event *event)
{
    struct vb_live *live = session->live;
    live->pieces = vb_session_encode(session, &live->page, event);
    live->pieces.answer_id = live->answer_id;
}

/* The log says which step a back takes off the path. */
static void name_step(const struct vb_fold *fold, struct vb_event *event)
{
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    if (event->type != VB_EVENT_BACK || count == 0)
        return;
    event->item = path[count - 1].item;
    event->member = path[count - 1].member;
}

/* And which answers a yes is not about. */
static void encode_yes(struct vb_session *session, struct vb_event event)
{
    struct vb_arena arena = { 0 };
    struct vb_sharing sharing = *event.sharing;
    sharing.left = vb_fold_left(session->live->fold, &arena, &sharing.left_count);
    event.sharing = &sharing;
    encode(session, &event);
    vb_arena_finish(&arena);
}

void vb_session_stage_opened(struct vb_session *session, struct vb_change *change)
{
    struct vb_event event = { .type = VB_EVENT_OPENED,
                              .seq = 1,
                              .wall_ms = vb_session_now(session),
                              .item = -1,
                              .member = -1,
                              .opened = vb_fold_opened(session->live->fold) };
    encode(session, &event);
    vb_change_append(session, &event, &session->live->pieces, change);
}

static enum vb_code read_again(struct vb_session *session, struct vb_err *err)
{
    vb_fold_reset(session->live->fold);
    enum vb_code code = vb_fold_log(session->live->fold, session->store, session->id, 0, err);
    session->live->lost = code != VB_OK;
    if (session->live->lost)
        vb_fold_reset(session->live->fold);
    else if (vb_fold_busy(session->live->fold))
        vb_turn_begin(session);
    return code;
}

/* The event is in, and the session in flight; its flow may still be busy. */
static enum vb_code take_in(struct vb_session *session, struct vb_event *event, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    if (session->live->in_flight)
        return vb_fail(err, VB_E_BUSY, "an answer is being saved");
    if (session->live->lost && read_again(session, err) != VB_OK)
        return err->code;
    code = vb_fold_check(session->live->fold, event, err);
    if (code != VB_OK)
        return code;
    event->wall_ms = vb_session_now(session);
    name_step(session->live->fold, event);
    if (event->type == VB_EVENT_SHARED)
        encode_yes(session, *event);
    else
        encode(session, event);
    session->live->shown = *vb_fold_view(session->live->fold);
    session->live->standing = vb_fold_standing(session->live->fold);
    vb_ahead_unseen(session->live);
    if (event->type == VB_EVENT_ROSTER)
        session->live->shown.offered = NULL; /* its array may move */
    session->live->in_flight = true;
    if (vb_fold_apply(session->live->fold, event, err) != VB_OK) {
        session->live->outcome = vb_new(struct vb_err);
        *session->live->outcome = *err;
    }
    if (event->answer_id[0] != '\0') {
        memcpy(session->live->answer_id, event->answer_id, sizeof session->live->answer_id);
        session->live->answer_seq = event->seq;
    }
    vb_change_append(session, event, &session->live->pieces, &session->live->append);
    return VB_OK;
}

static size_t write_changes(struct vb_session *session, struct vb_change changes[VB_STAGE_CHANGES])
{
    size_t count = 0;
    changes[count++] = session->live->append;
    enum vb_session_state state = vb_state_of_view(vb_fold_view(session->live->fold));
    if (state != vb_state_of_view(&session->live->shown))
        changes[count++] = (struct vb_change){ .kind = VB_SET_SESSION,
                                               .session = { .id = session->id, .state = state } };
    return count;
}

enum vb_code vb_session_stage(struct vb_session *session, struct vb_event *event,
                              struct vb_change changes[VB_STAGE_CHANGES], size_t *count,
                              struct vb_err *err)
{
    vb_session_arrive(session);
    vb_fold_slice(session->live->fold, 0);
    enum vb_code code = take_in(session, event, err);
    vb_fold_slice(session->live->fold, session->env->turns == NULL ? 0 : VB_SLICE_NS);
    if (code == VB_OK)
        *count = write_changes(session, changes);
    return code;
}

void vb_session_stage_end(struct vb_session *session, enum vb_code committed)
{
    struct vb_err err;
    session->live->in_flight = false;
    vb_ahead_drop(session->live);
    free(session->live->outcome);
    session->live->outcome = NULL;
    if (committed == VB_OK)
        return;
    session->live->answer_seq = 0; /* what was refused there is not what was taken there */
    read_again(session, &err);
}

/* -- the verbs -------------------------------------------------------------------------------- */

/* done is the last that touches the session: it may destroy it. */
static void committed(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct vb_session *session = ctx;
    if (session->live->abandoned) {
        session->live->in_flight = false;
        vb_session_free(session);
        return;
    }
    struct vb_err *outcome = session->live->outcome;
    vb_session_done *done = session->live->done;
    session->live->outcome = NULL;
    session->live->done = NULL;
    vb_session_stage_end(session, code);
    if (code == VB_OK && outcome != NULL) {
        code = outcome->code;
        err = outcome;
    }
    done(session->live->ctx, code, err);
    free(outcome);
}

/* Nothing is written: in flight only while its flow is busy. */
static enum vb_code apply_only(struct vb_session *session, const struct vb_event *event,
                               struct vb_err *err)
{
    if (session->env->turns != NULL)
        session->live->shown = *vb_fold_view(session->live->fold);
    enum vb_code code = vb_fold_apply(session->live->fold, event, err);
    session->live->in_flight = vb_fold_busy(session->live->fold);
    return code;
}

static void submit(struct vb_session *session, struct vb_event *event, vb_session_done *done,
                   void *ctx)
{
    struct vb_err err;
    enum vb_code code =
        session->store == NULL ? apply_only(session, event, &err) : take_in(session, event, &err);
    if (!session->live->in_flight) {
        done(ctx, code, &err);
        return;
    }
    session->live->done = done;
    session->live->ctx = ctx;
    if (vb_fold_busy(session->live->fold))
        vb_turn_begin(session);
    else
        vb_session_submit_taken(session);
}

void vb_session_submit_taken(struct vb_session *session)
{
    const struct vb_err none = { 0 };
    if (session->store == NULL) {
        committed(session, VB_OK, &none);
        return;
    }
    size_t ahead;
    struct vb_change *changes = vb_ahead_changes(session->live, &ahead);
    size_t count = ahead + write_changes(session, changes + ahead);
    vb_store_submit(session->store, changes, count, committed, session);
}

static void pool_fill(void *ctx, void *bytes, size_t len)
{
    struct vb_session *session = ctx;
    if (session->live->random == NULL)
        session->live->random = vb_alloc(VB_RANDOM_POOL);
    if (session->live->random_left < len) {
        const struct vb_random *random = &session->env->random;
        random->fill(random->ctx, session->live->random, VB_RANDOM_POOL);
        session->live->random_left = VB_RANDOM_POOL;
    }
    session->live->random_left -= len;
    memcpy(bytes, session->live->random + session->live->random_left, len);
}

/* Was this answer id taken right behind after? Then the answer is in already. */
static bool taken(struct vb_session *session, int64_t after, const char *answer_id)
{
    if (answer_id == NULL || answer_id[0] == '\0')
        return false;
    if (session->live->answer_seq == after + 1)
        return strcmp(session->live->answer_id, answer_id) == 0;
    if (session->store == NULL)
        return false;
    struct vb_arena arena = { 0 };
    struct vb_event_row *rows;
    struct vb_err err;
    size_t count;
    bool same = session->store->ops->events(session->store, session->id, after + 1, &arena, &rows,
                                            &count, &err) == VB_OK &&
                count > 0 && rows[0].seq == after + 1 && strcmp(rows[0].answer_id, answer_id) == 0;
    vb_arena_finish(&arena);
    return same;
}

/* True when the runner saw the present; else done was called. */
static bool is_now(struct vb_session *session, int64_t after, const char *answer_id, bool leaves,
                   vb_session_done *done, void *ctx)
{
    struct vb_err err;
    if (session->live->in_flight) {
        done(ctx, vb_fail(&err, VB_E_BUSY, "an answer is being saved"), &err);
        return false;
    }
    if (session->live->lost && read_again(session, &err) != VB_OK) {
        done(ctx, err.code, &err);
        return false;
    }
    if (vb_fold_busy(session->live->fold) && !leaves) {
        done(ctx, vb_fail(&err, VB_E_BUSY, "the next question is still being worked out"), &err);
        return false;
    }
    if (after == vb_fold_view(session->live->fold)->seq)
        return true;
    err.code = VB_OK;
    err.text[0] = '\0';
    if (!taken(session, after, answer_id))
        vb_fail(&err, VB_E_CONFLICT, "something else was saved meanwhile; look at the step again");
    done(ctx, err.code, &err);
    return false;
}

static bool is_accepted(struct vb_session *session, const struct vb_item *item,
                        const struct vb_value *value, enum vb_refusal *refusal,
                        vb_session_done *done, void *ctx)
{
    struct vb_ask ask = { session->plan, item, vb_fold_format(session->live->fold),
                          vb_fold_policy(session->live->fold) };
    enum vb_refusal why = vb_kind_check(&ask, value);
    if (refusal != NULL)
        *refusal = why;
    if (why == VB_ACCEPTED)
        return true;
    struct vb_err err;
    done(ctx,
         vb_fail(&err, VB_E_DATA, "item \"%s\" refuses this: %s", item->id, vb_refusal_name(why)),
         &err);
    return false;
}

/* False when done was called: the id is too long. */
static bool name_answer(struct vb_session *session, struct vb_event *event, const char *answer_id,
                        vb_session_done *done, void *ctx)
{
    struct vb_err err;
    event->answer_id[0] = '\0';
    if (answer_id == NULL) {
        if (session->store != NULL)
            vb_id_make(&(struct vb_random){ pool_fill, session }, event->answer_id);
        return true;
    }
    size_t len = strlen(answer_id);
    if (len > VB_ANSWER_ID_MAX) {
        done(ctx,
             vb_fail(&err, VB_E_DATA, "an answer id has at most %d characters", VB_ANSWER_ID_MAX),
             &err);
        return false;
    }
    memcpy(event->answer_id, answer_id, len + 1);
    return true;
}

static struct vb_event event_of(enum vb_event_type type, int64_t after)
{
    return (struct vb_event){ .type = type, .seq = after + 1, .item = -1, .member = -1 };
}

void vb_session_answer(struct vb_session *session, int64_t after, const char *answer_id,
                       const struct vb_value *value, enum vb_refusal *refusal,
                       vb_session_done *done, void *ctx)
{
    vb_session_answer_by(session, after, answer_id, value, NULL, refusal, done, ctx);
}

void vb_session_answer_by(struct vb_session *session, int64_t after, const char *answer_id,
                          const struct vb_value *value, const char *by, enum vb_refusal *refusal,
                          vb_session_done *done, void *ctx)
{
    const struct vb_view *view = vb_fold_view(session->live->fold);
    struct vb_event event = event_of(VB_EVENT_ANSWERED, after);
    if (refusal != NULL)
        *refusal = VB_ACCEPTED;
    if (!is_now(session, after, answer_id, false, done, ctx))
        return;
    if (view->at == VB_AT_ITEM) {
        event.item = view->item->index;
        event.member = view->member;
        if (!is_accepted(session, view->item, value, refusal, done, ctx))
            return;
    }
    event.value = *value;
    event.method = by;
    if (name_answer(session, &event, answer_id, done, ctx))
        submit(session, &event, done, ctx);
}

void vb_session_change(struct vb_session *session, int64_t after, int item, int member,
                       const struct vb_value *value, enum vb_refusal *refusal,
                       vb_session_done *done, void *ctx)
{
    vb_session_change_by(session, after, item, member, value, NULL, refusal, done, ctx);
}

void vb_session_change_by(struct vb_session *session, int64_t after, int item, int member,
                          const struct vb_value *value, const char *by, enum vb_refusal *refusal,
                          vb_session_done *done, void *ctx)
{
    struct vb_event event = event_of(VB_EVENT_ANSWERED, after);
    vb_assert(item >= 0);
    vb_assert(item < session->plan->item_count);
    if (refusal != NULL)
        *refusal = VB_ACCEPTED;
    if (!is_now(session, after, NULL, false, done, ctx))
        return;
    event.item = item;
    event.member = member;
    event.value = *value;
    event.method = by;
    event.changed = true;
    if (!is_accepted(session, &session->plan->items[item], value, refusal, done, ctx))
        return;
    if (name_answer(session, &event, NULL, done, ctx))
        submit(session, &event, done, ctx);
}

void vb_session_back(struct vb_session *session, int64_t after, vb_session_done *done, void *ctx)
{
    struct vb_event event = event_of(VB_EVENT_BACK, after);
    if (is_now(session, after, NULL, false, done, ctx))
        submit(session, &event, done, ctx);
}

void vb_session_hold(struct vb_session *session, int64_t after, int item, int member, bool on,
                     vb_session_done *done, void *ctx)
{
    struct vb_event event = event_of(VB_EVENT_HELD, after);
    event.item = item;
    event.member = member;
    event.on = on;
    if (is_now(session, after, NULL, false, done, ctx))
        submit(session, &event, done, ctx);
}

void vb_session_follow(struct vb_session *session, int64_t after, const char *answer_id,
                       int agreement, enum vb_followed followed, vb_session_done *done, void *ctx)
{
    struct vb_event event = event_of(VB_EVENT_FOLLOWED, after);
    event.agreement = agreement;
    event.followed = followed;
    event.changed = vb_fold_view(session->live->fold)->at == VB_AT_OVERVIEW;
    if (is_now(session, after, answer_id, false, done, ctx) &&
        name_answer(session, &event, answer_id, done, ctx))
        submit(session, &event, done, ctx);
}

void vb_session_hold_followed(struct vb_session *session, int64_t after, int agreement, bool on,
                              vb_session_done *done, void *ctx)
{
    struct vb_event event = event_of(VB_EVENT_HELD, after);
    event.agreement = agreement;
    event.on = on;
    if (is_now(session, after, NULL, false, done, ctx))
        submit(session, &event, done, ctx);
}

void vb_session_share(struct vb_session *session, int64_t after, const struct vb_sharing *sharing,
                      vb_session_done *done, void *ctx)
{
    vb_session_share_part(session, after, sharing, NULL, 0, done, ctx);
}

/* What is held back goes in first; while it is on its way the view stays as it was before that. */
void vb_session_share_part(struct vb_session *session, int64_t after,
                           const struct vb_sharing *sharing, const struct vb_stay *stays, int count,
                           vb_session_done *done, void *ctx)
{
    struct vb_event event = event_of(VB_EVENT_SHARED, after);
    struct vb_err err;
    event.sharing = sharing;
    if (!is_now(session, after, NULL, false, done, ctx))
        return;
    enum vb_code code = vb_fold_check(session->live->fold, &event, &err);
    if (code != VB_OK) {
        done(ctx, code, &err);
        return;
    }
    vb_ahead_hold(session, stays, count);
    event.seq += count;
    submit(session, &event, done, ctx);
}

void vb_session_show_earlier(struct vb_session *session, int64_t after, bool on,
                             vb_session_done *done, void *ctx)
{
    struct vb_event event = event_of(VB_EVENT_EARLIER, after);
    event.on = on;
    if (is_now(session, after, NULL, false, done, ctx))
        submit(session, &event, done, ctx);
}

void vb_session_stop(struct vb_session *session, int64_t after, vb_session_done *done, void *ctx)
{
    struct vb_event event = event_of(VB_EVENT_STOPPED, after);
    if (!is_now(session, after, NULL, true, done, ctx))
        return;
    vb_turn_end(session->live);
    submit(session, &event, done, ctx);
}
