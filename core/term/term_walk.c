#include "term/term_walk.h"

#include "data/json.h"

/* -- values ----------------------------------------------------------------------------------- */

struct vb_ask vb_term_walk_ask(const struct vb_session *session, const struct vb_item *item)
{
    const struct vb_fold *fold = vb_session_fold(session);
    return (struct vb_ask){
        .plan = vb_fold_plan(fold),
        .item = item,
        .format = vb_fold_format(fold),
        .policy = vb_fold_policy(fold),
    };
}

static enum vb_refusal refuse_image(struct vb_err *why, enum vb_refusal refusal, const char *text)
{
    vb_fail(why, VB_E_DATA, "%s", text);
    return refusal;
}

/* Everything that can be known before an image is kept, so that nothing is kept in vain. */
static enum vb_refusal check_image(const struct vb_ask *ask, const struct vb_buf *bytes,
                                   struct vb_err *why)
{
    if (!ask->policy->drawing_keep)
        return refuse_image(why, VB_REFUSED_POLICY, "this instrument keeps no drawing or photo");
    if (ask->item->tools != 0 && (ask->item->tools & (VB_TOOL_DRAW | VB_TOOL_PHOTO)) == 0)
        return refuse_image(why, VB_REFUSED_TYPE, "this question takes no image");
    if (vb_image_type(bytes->data, bytes->len) == NULL)
        return refuse_image(why, VB_REFUSED_FILE, "the image is no PNG, JPEG or WebP");
    return VB_ACCEPTED;
}

static enum vb_code read_image(struct vb_session *session, const struct vb_ask *ask,
                               const char *path, const char *folder, struct vb_arena *arena,
                               struct vb_value *out, enum vb_refusal *refusal, struct vb_err *why,
                               struct vb_err *err)
{
    struct vb_buf bytes = { 0 };
    const char *full = path[0] == '/' ? path : vb_arena_printf(arena, "%s/%s", folder, path);
    enum vb_code code = vb_file_read(&bytes, full, VB_IMAGE_MAX, why);
    if (code != VB_OK) { /* missing, unreadable, too large: whoever named it can mend it */
        *refusal = VB_REFUSED_FILE;
        vb_buf_finish(&bytes);
        return VB_OK;
    }
    *refusal = check_image(ask, &bytes, why);
    if (*refusal == VB_ACCEPTED)
        code = vb_session_keep_image(session, ask->item, bytes.data, bytes.len, arena, out, err);
    vb_buf_finish(&bytes);
    return code;
}

static enum vb_code take_value(struct vb_session *session, const struct vb_ask *ask,
                               const cJSON *json, const char *folder, struct vb_arena *arena,
                               struct vb_value *out, enum vb_refusal *refusal, struct vb_err *why,
                               struct vb_err *err)
{
    bool takes_images = vb_kind_is_picture(ask->item->kind);
    const cJSON *file = cJSON_GetObjectItemCaseSensitive(json, "file");
    if (takes_images && cJSON_IsString(file) && cJSON_GetArraySize(json) == 1)
        return read_image(session, ask, file->valuestring, folder, arena, out, refusal, why, err);
    /* A blob is named only by what kept it: whoever writes a digest could name another's. */
    if (takes_images && cJSON_GetObjectItemCaseSensitive(json, "blob") != NULL) {
        *refusal = refuse_image(why, VB_REFUSED_TYPE, "wants {\"file\": path}, not a digest");
        return VB_OK;
    }
    *refusal = vb_kind_from_json(ask, json, arena, out, why);
    if (*refusal != VB_ACCEPTED && why->text[0] == '\0')
        vb_fail(why, VB_E_DATA, "refused: %s", vb_refusal_name(*refusal));
    return VB_OK;
}

enum vb_code vb_term_walk_value(struct vb_session *session, const struct vb_ask *ask,
                                const cJSON *json, const char *folder, struct vb_arena *arena,
                                struct vb_value *out, enum vb_refusal *refusal, struct vb_err *why,
                                struct vb_err *err)
{
    why->text[0] = '\0';
    if (!vb_kind_is_picture(ask->item->kind) || !cJSON_IsObject(json))
        return take_value(session, ask, json, folder, arena, out, refusal, why, err);
    struct vb_item chosen;
    struct vb_ask asked = *ask;
    cJSON *picture = cJSON_Duplicate(json, true);
    enum vb_code code = VB_OK;
    *refusal = vb_keep_chosen(ask->item, picture, &chosen, why);
    asked.item = &chosen;
    if (*refusal == VB_ACCEPTED)
        code = take_value(session, &asked, picture, folder, arena, out, refusal, why, err);
    cJSON_Delete(picture);
    return code;
}

/* -- verbs ------------------------------------------------------------------------------------ */

struct waiting { /* for the commit */
    bool done;
    enum vb_code code;
    struct vb_err err;
};

static void on_done(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct waiting *waiting = ctx;
    waiting->done = true;
    waiting->code = code;
    if (code != VB_OK && err != NULL)
        waiting->err = *err;
}

static void start(struct vb_session *session, const struct vb_action *action,
                  enum vb_refusal *refusal, struct waiting *waiting)
{
    int64_t after = vb_session_view(session)->seq;
    switch (action->kind) {
    case VB_DO_ANSWER:
        vb_session_answer(session, after, NULL, &action->value, refusal, on_done, waiting);
        return;
    case VB_DO_BACK:
        vb_session_back(session, after, on_done, waiting);
        return;
    case VB_DO_CHANGE:
        vb_session_change(session, after, action->item, action->member, &action->value, refusal,
                          on_done, waiting);
        return;
    case VB_DO_FOLLOW:
        vb_session_follow(session, after, NULL, action->agreement, action->followed, on_done,
                          waiting);
        return;
    case VB_DO_HOLD:
        if (action->item < 0) {
            vb_session_hold_followed(session, after, action->agreement, action->on, on_done,
                                     waiting);
            return;
        }
        vb_session_hold(session, after, action->item, action->member, action->on, on_done, waiting);
        return;
    case VB_DO_SHARE:
        vb_session_share(session, after, &action->sharing, on_done, waiting);
        return;
    case VB_DO_STOP:
        vb_session_stop(session, after, on_done, waiting);
        return;
    }
}

/* The wait for the commit is not ended by a signal: waiting lies on this stack. */
static enum vb_code perform(struct vb_session *session, const struct vb_action *action,
                            struct vb_loop *loop, enum vb_refusal *refusal, struct vb_err *err)
{
    struct waiting waiting = { .code = VB_OK };
    *refusal = VB_ACCEPTED;
    start(session, action, refusal, &waiting);
    if (!waiting.done) {
        vb_assert(loop != NULL);
        enum vb_code code = vb_loop_until(loop, &waiting.done, err);
        if (code != VB_OK)
            return code;
    }
    if (waiting.code != VB_OK)
        *err = waiting.err;
    return waiting.code;
}

static enum vb_code step(struct vb_session *session, const struct vb_term_input *input,
                         struct vb_loop *loop, struct vb_arena *arena, struct vb_err *err)
{
    struct vb_action action = { .item = -1, .member = -1 };
    enum vb_code code = input->next(input->ctx, session, arena, &action, err);
    if (code != VB_OK)
        return code;
    enum vb_refusal refusal;
    struct vb_err why = { 0 };
    code = perform(session, &action, loop, &refusal, &why);
    if (code == VB_E_DATA && refusal != VB_ACCEPTED)
        return input->refused(input->ctx, session, &action, refusal, &why, err);
    if (code != VB_OK)
        *err = why;
    return code;
}

enum vb_code vb_term_walk(struct vb_session *session, const struct vb_term_input *input,
                          struct vb_loop *loop, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    while (code == VB_OK) {
        enum vb_at at = vb_session_view(session)->at;
        if (at != VB_AT_LAST && at != VB_AT_ITEM && at != VB_AT_OVERVIEW)
            break;
        code = step(session, input, loop, &arena, err);
        vb_arena_reset(&arena);
    }
    vb_arena_finish(&arena);
    return code;
}
