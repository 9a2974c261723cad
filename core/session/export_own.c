/* export_own.c - a person's own session for an export: every answer and what became of it. */
#include "session/export_own.h"

#include "base/buf.h"
#include "base/str.h"
#include "session/replay.h"

struct reading {
    struct vb_plan *plan;
    const struct vb_session_row *session;
    struct vb_arena *arena;
    struct vb_exported_round *round;
    struct vb_own_session *own;
    struct vb_replay log;
};

/* -- the log ----------------------------------------------------------------------------------- */

static enum vb_code take_event(struct reading *reading, struct vb_fold *fold,
                               const struct vb_event_row *row, struct vb_own_step *step,
                               struct vb_err *err)
{
    struct vb_event *event = vb_arena_new(reading->arena, struct vb_event);
    enum vb_code code = vb_replay_apply(&reading->log, fold, row, event, err);
    if ((code == VB_E_SCRIPT || code == VB_E_LIMIT) && vb_fold_parked(fold) != NULL)
        code = VB_OK; /* parked, as it was then */
    if (code == VB_OK && event->type != VB_EVENT_ERASED)
        step->event = event;
    return code;
}

/* The body, and what lies in parts, each on a line of its own behind whom it is about. */
static const char *as_written(struct vb_arena *arena, const struct vb_event_row *row)
{
    struct vb_buf out = { 0 };
    vb_buf_put(&out, row->body, row->body_len);
    for (int i = 0; i < row->part_count; i++) {
        if (row->parts[i].bytes == NULL)
            continue;
        vb_buf_printf(&out, "%s%s ", out.len > 0 ? "\n" : "", row->parts[i].about);
        vb_buf_put(&out, row->parts[i].bytes, row->parts[i].len);
    }
    const char *text = vb_arena_strndup(arena, out.len == 0 ? "" : out.data, out.len);
    vb_buf_finish(&out);
    return text;
}

static enum vb_code read_log(struct reading *reading, struct vb_fold *fold,
                             const struct vb_event_row *rows, size_t count, struct vb_err *err)
{
    struct vb_own_step *steps = vb_arena_alloc(reading->arena, sizeof *steps * (count + 1));
    enum vb_code code = VB_OK;
    bool readable = fold != NULL;
    for (size_t i = 0; i < count; i++) {
        steps[i] = (struct vb_own_step){ .seq = rows[i].seq, .wall_ms = rows[i].wall_ms };
        if (rows[i].erased)
            continue;
        if (readable)
            code = take_event(reading, fold, &rows[i], &steps[i], err);
        readable = readable && code == VB_OK;
        if (!readable)
            steps[i].raw = as_written(reading->arena, &rows[i]);
    }
    reading->own->steps = steps;
    reading->own->step_count = (int)count;
    return code;
}

/* -- what became of an answer ------------------------------------------------------------------ */

static bool is_on_the_table(const struct reading *reading)
{
    const struct vb_result *result = reading->round->result;
    for (int i = 0; result != NULL && i < result->respondent_count; i++)
        if (vb_streq(result->respondents[i].person, reading->session->person))
            return result->respondents[i].shared;
    return false;
}

/* What the newest revision has there; NULL: nothing of this person. */
static const struct vb_value *value_shown(const struct reading *reading, const struct vb_item *item,
                                          int member)
{
    const struct vb_result *result = reading->round->result;
    for (int i = 0; result != NULL && i < result->respondent_count; i++) {
        const struct vb_respondent *respondent = &result->respondents[i];
        if (!respondent->shared || !vb_streq(respondent->person, reading->session->person))
            continue;
        if (member < 0)
            return &respondent->own.values[item->index];
        for (int k = 0; k < respondent->about_count; k++)
            if (respondent->about[k].member_index == member)
                return &respondent->about[k].values[item->index];
    }
    return NULL;
}

/* While it is corrected: what stands is on the table, what is new is not. */
static enum vb_own_state state_in_correction(const struct reading *reading,
                                             const struct vb_item *item, int member,
                                             const struct vb_value *value)
{
    const struct vb_value *shown = value_shown(reading, item, member);
    bool stands = shown != NULL && vb_value_given(shown) && vb_value_equal(shown, value);
    return stands ? VB_OWN_SHOWN : VB_OWN_KEPT;
}

static bool given_to_worker(const struct reading *reading, const struct vb_item *item)
{
    const struct vb_sharing *sharing = reading->own->sharing;
    for (int i = 0; sharing != NULL && item->scale >= 0 && i < sharing->private_count; i++)
        if (vb_streq(sharing->private_yes[i], reading->plan->scales[item->scale].id))
            return item->hidden == VB_PRIVATE_WORKER;
    return false;
}

static enum vb_own_state state_of(const struct reading *reading, const struct vb_fold *fold,
                                  const struct vb_item *item, int member,
                                  const struct vb_value *value)
{
    bool shown = is_on_the_table(reading);
    if (reading->session->state == VB_SESSION_WITHDRAWN)
        return VB_OWN_WITHDRAWN;
    if (vb_fold_view(fold)->stands && item->hidden == VB_PRIVATE_NONE)
        return state_in_correction(reading, item, member, value);
    if (vb_fold_held(fold, item->index, member))
        return VB_OWN_HELD;
    if (reading->session->state != VB_SESSION_SHARED)
        return VB_OWN_KEPT;
    if (item->hidden != VB_PRIVATE_NONE && !given_to_worker(reading, item))
        return VB_OWN_KEPT;
    if (!shown)
        return VB_OWN_WAITS;
    if (!vb_value_given(value))
        return VB_OWN_UNSAID;
    return item->hidden == VB_PRIVATE_NONE ? VB_OWN_SHOWN : VB_OWN_WORKER;
}

static void read_answers(struct reading *reading, const struct vb_fold *fold)
{
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    const struct vb_value *values = vb_fold_values(fold);
    struct vb_own_answer *answers =
        vb_arena_alloc(reading->arena, sizeof *answers * (size_t)(count + 1));
    for (int i = 0; i < count; i++) {
        const struct vb_item *item = &reading->plan->items[path[i].item];
        const struct vb_value *value = &values[vb_plan_slot(reading->plan, item, path[i].member)];
        answers[i] = (struct vb_own_answer){
            .item = item->index,
            .member = path[i].member,
            .value = *value,
            .state = state_of(reading, fold, item, path[i].member, value),
        };
    }
    reading->own->answers = answers;
    reading->own->answer_count = count;
}

static void read_fold(struct reading *reading, const struct vb_fold *fold)
{
    reading->own->opened = vb_fold_opened(fold);
    reading->own->sharing = vb_fold_sharing(fold);
    if (reading->own->opened == NULL)
        return;
    reading->round->roster = vb_fold_members(fold, &reading->round->roster_count);
    read_answers(reading, fold);
}

/* -- pictures ---------------------------------------------------------------------------------- */

static enum vb_code read_pictures(struct vb_store *store, struct reading *reading,
                                  struct vb_err *err)
{
    struct vb_blob_row *rows;
    size_t count;
    enum vb_code code =
        store->ops->session_blobs(store, reading->session->id, reading->arena, &rows, &count, err);
    if (code != VB_OK)
        return code;
    struct vb_own_picture *pictures =
        vb_arena_alloc(reading->arena, sizeof *pictures * (count + 1));
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        struct vb_blob_row blob;
        pictures[i] = (struct vb_own_picture){ .digest = rows[i].digest,
                                               .type = rows[i].type,
                                               .until_wall_ms = rows[i].until_wall_ms };
        if (rows[i].erased)
            continue;
        code = store->ops->blob(store, rows[i].digest, reading->arena, &blob, err);
        if (code == VB_OK) {
            pictures[i].bytes = blob.bytes;
            pictures[i].len = blob.len;
        }
    }
    reading->own->pictures = pictures;
    reading->own->picture_count = (int)count;
    return code;
}

/* -- the whole --------------------------------------------------------------------------------- */

static void say_unreadable(struct vb_exported_round *round, struct vb_arena *arena,
                           const struct vb_err *err)
{
    if (round->unreadable == NULL)
        round->unreadable = vb_arena_strdup(arena, err->text);
}

enum vb_code vb_own_read(struct vb_store *store, const struct vb_env *env, struct vb_plan *plan,
                         const struct vb_session_row *session, struct vb_arena *arena,
                         struct vb_exported_round *out, struct vb_fold **fold, struct vb_err *err)
{
    struct vb_own_session *own = vb_arena_new(arena, struct vb_own_session);
    struct reading reading = { plan, session, arena, out, own, { .store = store, .arena = arena } };
    struct vb_event_row *rows;
    size_t count;
    own->id = session->id;
    own->state = vb_session_state_name(session->state);
    own->erased = session->erased;
    *fold = NULL;
    enum vb_code code = store->ops->events(store, session->id, 1, arena, &rows, &count, err);
    if (code != VB_OK)
        return code;
    own->begun_wall_ms = count == 0 ? 0 : rows[0].wall_ms;
    if (plan != NULL && !session->erased)
        *fold = vb_fold_create(plan, &env->sandbox);
    if (read_log(&reading, *fold, rows, count, err) != VB_OK)
        say_unreadable(out, arena, err);
    if (*fold != NULL)
        read_fold(&reading, *fold);
    out->own = own;
    return read_pictures(store, &reading, err);
}
