/* Staff, tokens and assignments on the stage: few, so all of them come up at once, in their order,
 * and what is staged is done to them there. */
#include "store/store_memory.h"
#include "store/store_stage_inner.h"

static enum vb_code keep_staff(struct stage *stage, struct vb_arena *arena, struct vb_err *err)
{
    struct vb_store *below = stage->below;
    struct vb_staff_row *staff;
    struct vb_token_row *tokens;
    struct vb_assignment_row *assignments;
    size_t count = 0;
    enum vb_code code = below->ops->staff(below, "", arena, &staff, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = vb_store_stage_keep(
            stage, (struct vb_change){ .kind = VB_PUT_STAFF, .staff = staff[i] }, err);
    count = 0;
    if (code == VB_OK)
        code =
            below->ops->tokens(below, &(struct vb_token_query){ 0 }, arena, &tokens, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = vb_store_stage_keep(
            stage, (struct vb_change){ .kind = VB_PUT_TOKEN, .token = tokens[i] }, err);
    count = 0;
    if (code == VB_OK)
        code = below->ops->assignments(below, NULL, arena, &assignments, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = vb_store_stage_keep(
            stage, (struct vb_change){ .kind = VB_PUT_ASSIGNMENT, .assignment = assignments[i] },
            err);
    return code;
}

/* Their rounds and cases stay below until somebody asks for them. */
enum vb_code vb_store_stage_bring_staff(struct stage *stage, struct vb_arena *arena,
                                        struct vb_err *err)
{
    if (stage->seen_staff)
        return VB_OK;
    vb_store_memory_bring(stage->memory, true);
    enum vb_code code = keep_staff(stage, arena, err);
    vb_store_memory_bring(stage->memory, false);
    stage->seen_staff = code == VB_OK;
    return code;
}

enum vb_code vb_store_stage_staff(struct vb_store *store, const char *prefix,
                                  struct vb_arena *arena, struct vb_staff_row **out, size_t *count,
                                  struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_staff(stage, arena, err);
    return code != VB_OK ? code
                         : stage->memory->ops->staff(stage->memory, prefix, arena, out, count, err);
}

enum vb_code vb_store_stage_tokens(struct vb_store *store, const struct vb_token_query *query,
                                   struct vb_arena *arena, struct vb_token_row **out, size_t *count,
                                   struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_staff(stage, arena, err);
    return code != VB_OK ? code
                         : stage->memory->ops->tokens(stage->memory, query, arena, out, count, err);
}

enum vb_code vb_store_stage_assignments(struct vb_store *store, const char *staff,
                                        struct vb_arena *arena, struct vb_assignment_row **out,
                                        size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_staff(stage, arena, err);
    return code != VB_OK
               ? code
               : stage->memory->ops->assignments(stage->memory, staff, arena, out, count, err);
}
