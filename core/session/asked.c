#include "session/asked.h"

#include "data/json.h"
#include "kinds/image_strip.h"

/* -- the question ----------------------------------------------------------------------------- */

uint32_t vb_asked_way(const struct vb_fold *fold, const struct vb_item *item, int member)
{
    const struct vb_plan *plan = vb_fold_plan(fold);
    if (item->by == 0)
        return 0;
    const struct vb_item *choice = &plan->items[item->by - 1];
    int slot = vb_plan_slot(plan, choice, choice->per_member ? member : -1);
    const struct vb_value *value = &vb_fold_values(fold)[slot];
    if (value->type != VB_VALUE_OPTION)
        return 0;
    return vb_tool_bit(choice->answers->options[value->number].id);
}

int vb_asked_count(const struct vb_fold *fold)
{
    const struct vb_plan *plan = vb_fold_plan(fold);
    int members, total = 0, self = vb_fold_self(fold);
    vb_fold_members(fold, &members);
    if (plan->scripted)
        return 0;
    for (int i = 0; i < plan->step_count; i++) {
        const struct vb_step *step = &plan->steps[i];
        int before = total;
        if (step->op != VB_OP_ASK)
            continue;
        const struct vb_item *item = &plan->items[step->item];
        for (int member = item->per_member ? 0 : -1; member < (item->per_member ? members : 0);
             member++)
            if (!item->about || self < 0 || member == self) /* a member answers of itself */
                total += vb_fold_asks(fold, step->item, member);
        if (total > before && (step->when != NULL || item->when != NULL))
            return 0;
    }
    return total;
}

/* -- values ----------------------------------------------------------------------------------- */

struct vb_ask vb_asked_of(const struct vb_session *session, const struct vb_item *item)
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
    struct vb_buf clean = { 0 };
    const char *type;
    enum vb_code code = vb_picture_clean(&clean, bytes->data, bytes->len, &type, why);
    vb_buf_finish(&clean);
    return code == VB_OK ? VB_ACCEPTED : VB_REFUSED_FILE;
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

enum vb_code vb_asked_value(struct vb_session *session, const struct vb_ask *ask, const cJSON *json,
                            const char *folder, struct vb_arena *arena, struct vb_value *out,
                            enum vb_refusal *refusal, struct vb_err *why, struct vb_err *err)
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
