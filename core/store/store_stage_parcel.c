/* Outputs and parcels on the stage. An output comes up with the rounds it is for, a parcel with its
 * round; what a staged revision writes has its number when it lies below, and here the next. */
#include "base/str.h"
#include "store/store_copy.h"
#include "store/store_rule.h"
#include "store/store_stage_inner.h"

/* -- bringing up ------------------------------------------------------------------------------- */

static const char *output_key(const struct vb_output_row *row, struct vb_arena *arena)
{
    return vb_arena_printf(arena, "%s %s", row->round == NULL ? "" : row->round, row->name);
}

/* One that was staged is newer than the one below, which stays there. */
void vb_store_stage_see_output(struct stage *stage, const struct vb_output_row *row,
                               struct vb_arena *arena)
{
    vb_store_stage_see(stage, SEEN_OUTPUT, output_key(row, arena));
}

enum vb_code vb_store_stage_bring_outputs(struct stage *stage, const char *round,
                                          struct vb_arena *arena, struct vb_err *err)
{
    struct vb_output_row *rows;
    size_t count = 0;
    enum vb_code code = stage->below->ops->outputs(stage->below, round, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (vb_store_stage_saw(stage, SEEN_OUTPUT, output_key(&rows[i], arena)))
            continue;
        code = vb_store_stage_keep(
            stage, (struct vb_change){ .kind = VB_PUT_OUTPUT, .output = rows[i] }, err);
        if (code == VB_OK)
            vb_store_stage_see_output(stage, &rows[i], arena);
    }
    return code;
}

enum vb_code vb_store_stage_bring_parcels(struct stage *stage, const char *round,
                                          struct vb_arena *arena, struct vb_err *err)
{
    const struct vb_parcel_query all = { .round = round, .state = VB_PARCEL_ANY };
    struct vb_parcel_row *rows;
    size_t count = 0;
    enum vb_code code = stage->below->ops->parcels(stage->below, &all, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = vb_store_stage_keep(
            stage, (struct vb_change){ .kind = VB_SET_PARCEL, .parcel = rows[i] }, err);
    return code;
}

/* -- reading ----------------------------------------------------------------------------------- */

enum vb_code vb_store_stage_outputs(struct vb_store *store, const char *round,
                                    struct vb_arena *arena, struct vb_output_row **out,
                                    size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = stage->below->ops->outputs(stage->below, NULL, arena, out, count, err);
    size_t cap = *count;
    for (size_t i = 0; code == VB_OK && i < stage->change_count; i++) {
        const struct vb_output_row *staged = &stage->changes[i].output;
        size_t at = 0;
        if (stage->changes[i].kind != VB_PUT_OUTPUT)
            continue;
        while (at < *count && (!vb_streq((*out)[at].name, staged->name) ||
                               !vb_streq((*out)[at].round, staged->round)))
            at++;
        if (at == *count) {
            vb_arena_push(arena, out, *count, &cap, sizeof **out);
            ++*count;
        }
        (*out)[at] = vb_store_copy_output(arena, staged);
    }
    if (code == VB_OK && round != NULL)
        vb_store_rule_outputs_of(*out, count, round);
    return code;
}

static bool same(const struct vb_parcel_row *a, const struct vb_parcel_row *b)
{
    return a->revision == b->revision && vb_streq(a->output, b->output) &&
           vb_streq(a->round, b->round);
}

/* Rounds that came up are in memory as they stand now, the others only below. */
enum vb_code vb_store_stage_parcels(struct vb_store *store, const struct vb_parcel_query *query,
                                    struct vb_arena *arena, struct vb_parcel_row **out,
                                    size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    const struct vb_parcel_query all = { .state = VB_PARCEL_ANY };
    struct vb_parcel_row *kept, *staged;
    size_t kept_count, staged_count;
    enum vb_code code =
        stage->below->ops->parcels(stage->below, &all, arena, &kept, &kept_count, err);
    if (code == VB_OK)
        code = stage->memory->ops->parcels(stage->memory, &all, arena, &staged, &staged_count, err);
    if (code != VB_OK)
        return code;
    struct vb_parcel_row *rows = vb_arena_alloc(arena, (kept_count + staged_count) * sizeof *rows);
    size_t row_count = kept_count;
    for (size_t i = 0; i < kept_count; i++)
        rows[i] = kept[i];
    for (size_t i = 0; i < staged_count; i++) {
        size_t at = 0;
        while (at < kept_count && !same(&kept[at], &staged[i]))
            at++;
        int64_t last = row_count == 0 ? 0 : rows[row_count - 1].number;
        staged[i].number = at < kept_count ? kept[at].number : last + 1;
        rows[at < kept_count ? at : row_count++] = staged[i];
    }
    *out = rows;
    *count = 0;
    for (size_t i = 0; i < row_count; i++)
        if (vb_store_rule_asked_for(query, &rows[i], *count))
            rows[(*count)++] = rows[i];
    return VB_OK;
}
