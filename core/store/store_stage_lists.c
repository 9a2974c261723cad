/* Lists that reach across cases and rounds: what lies below, in its order, each row as it stands on
 * the stage; behind it what was staged. */
#include "base/str.h"
#include "store/store_copy.h"
#include "store/store_rule.h"
#include "store/store_stage_inner.h"

enum vb_code vb_store_stage_prefix_persons(struct vb_store *store, const char *prefix,
                                           struct vb_arena *arena, struct vb_person_row **out,
                                           size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    struct vb_store *below = stage->below, *memory = stage->memory;
    struct vb_person_row *kept, *staged;
    size_t kept_count, staged_count;
    enum vb_code code = below->ops->prefix_persons(below, prefix, arena, &kept, &kept_count, err);
    if (code == VB_OK)
        code = memory->ops->prefix_persons(memory, prefix, arena, &staged, &staged_count, err);
    if (code != VB_OK)
        return code;
    *out = vb_arena_alloc(arena, (kept_count + staged_count) * sizeof **out);
    *count = kept_count;
    for (size_t i = 0; i < kept_count; i++)
        (*out)[i] = kept[i];
    for (size_t i = 0; i < staged_count; i++) {
        size_t at = 0;
        while (at < kept_count && !vb_streq(kept[at].id, staged[i].id))
            at++;
        (*out)[at < kept_count ? at : (*count)++] = staged[i];
    }
    return VB_OK;
}

enum vb_code vb_store_stage_cases(struct vb_store *store, struct vb_arena *arena,
                                  struct vb_case_row **out, size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    struct vb_store *below = stage->below, *memory = stage->memory;
    struct vb_case_row *kept, *staged;
    size_t kept_count, staged_count;
    enum vb_code code = below->ops->cases(below, arena, &kept, &kept_count, err);
    if (code == VB_OK)
        code = memory->ops->cases(memory, arena, &staged, &staged_count, err);
    if (code != VB_OK)
        return code;
    *out = vb_arena_alloc(arena, (kept_count + staged_count) * sizeof **out);
    *count = kept_count;
    for (size_t i = 0; i < kept_count; i++)
        (*out)[i] = kept[i];
    for (size_t i = 0; i < staged_count; i++) { /* a case does not change once it is there */
        size_t at = 0;
        while (at < kept_count && !vb_streq(kept[at].id, staged[i].id))
            at++;
        if (at == kept_count)
            (*out)[(*count)++] = staged[i];
    }
    return VB_OK;
}

/* All of them are in memory then, but in the order in which they came up. */
enum vb_code vb_store_stage_person_sessions(struct vb_store *store, const char *person,
                                            struct vb_arena *arena, struct vb_session_row **out,
                                            size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    struct vb_store *below = stage->below, *memory = stage->memory;
    struct vb_session_row *kept, *all;
    size_t kept_count, all_count;
    enum vb_code code = vb_store_stage_bring_person_rounds(stage, person, arena, err);
    if (code == VB_OK)
        code = below->ops->person_sessions(below, person, arena, &kept, &kept_count, err);
    if (code == VB_OK)
        code = memory->ops->person_sessions(memory, person, arena, &all, &all_count, err);
    if (code != VB_OK)
        return code;
    *out = vb_arena_alloc(arena, all_count * sizeof **out);
    size_t next = kept_count;
    for (size_t i = 0; i < all_count; i++) {
        size_t at = 0;
        while (at < kept_count && !vb_streq(kept[at].id, all[i].id))
            at++;
        (*out)[at < kept_count ? at : next++] = all[i];
    }
    *count = all_count;
    return VB_OK;
}

enum vb_code vb_store_stage_session_blobs(struct vb_store *store, const char *session,
                                          struct vb_arena *arena, struct vb_blob_row **out,
                                          size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_session(stage, session, arena, err);
    return code != VB_OK
               ? code
               : stage->memory->ops->session_blobs(stage->memory, session, arena, out, count, err);
}

/* Below has the bytes, memory knows whether an erasure was staged. */
enum vb_code vb_store_stage_blob(struct vb_store *store, const char *digest, struct vb_arena *arena,
                                 struct vb_blob_row *out, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    struct vb_store *below = stage->below, *memory = stage->memory;
    struct vb_blob_row *names;
    size_t count = 0;
    enum vb_code code = below->ops->blob(below, digest, arena, out, err);
    if (code == VB_E_ABSENT)
        return memory->ops->blob(memory, digest, arena, out, err);
    if (code == VB_OK)
        code = vb_store_stage_session_blobs(store, out->session, arena, &names, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (vb_streq(names[i].digest, digest) && names[i].erased)
            *out = names[i];
    }
    return code;
}

enum vb_code vb_store_stage_erasures(struct vb_store *store, struct vb_arena *arena,
                                     struct vb_erasure_row **out, size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = stage->below->ops->erasures(stage->below, arena, out, count, err);
    size_t cap = *count;
    for (size_t i = 0; code == VB_OK && i < stage->change_count; i++) {
        const struct vb_erasure_row *staged = &stage->changes[i].erasure;
        if (stage->changes[i].kind != VB_ERASE)
            continue;
        size_t at = 0;
        while (at < *count &&
               ((*out)[at].what != staged->what || !vb_streq((*out)[at].id, staged->id)))
            at++;
        if (at < *count) {
            (*out)[at].done = (*out)[at].done || staged->done;
            continue;
        }
        vb_arena_push(arena, out, *count, &cap, sizeof **out);
        (*out)[(*count)++] = vb_store_copy_erasure(arena, staged);
    }
    return code;
}

enum vb_code vb_store_stage_settings(struct vb_store *store, const char *prefix,
                                     struct vb_arena *arena, struct vb_setting_row **out,
                                     size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = stage->below->ops->settings(stage->below, prefix, arena, out, count, err);
    size_t cap = *count;
    for (size_t i = 0; code == VB_OK && i < stage->change_count; i++) {
        const struct vb_setting_row *staged = &stage->changes[i].setting;
        if (stage->changes[i].kind != VB_PUT_SETTING || !vb_starts_with(staged->name, prefix))
            continue;
        size_t at = 0;
        while (at < *count && !vb_streq((*out)[at].name, staged->name))
            at++;
        if (at == *count) {
            vb_arena_push(arena, out, *count, &cap, sizeof **out);
            ++*count;
        }
        (*out)[at] = vb_store_copy_setting(arena, staged);
        if (staged->value == NULL)
            (*out)[at] = (*out)[--*count];
    }
    if (code == VB_OK)
        vb_store_rule_sort_settings(*out, *count);
    return code;
}
