/* Outputs and parcels in the memory store. */
#include <string.h>

#include "base/str.h"
#include "store/store_copy.h"
#include "store/store_memory.h"
#include "store/store_memory_inner.h"
#include "store/store_rule.h"

void vb_store_memory_bring(struct vb_store *store, bool on)
{
    ((struct memory_store *)store)->bringing = on;
}

enum vb_code vb_store_memory_put_output(struct memory_store *memory,
                                        const struct vb_output_row *put)
{
    struct vb_output_row *row = NULL;
    for (size_t i = 0; i < memory->outputs.count && row == NULL; i++) {
        struct vb_output_row *kept = memory->outputs.items[i];
        row = vb_streq(kept->name, put->name) && vb_streq(kept->round, put->round) ? kept : NULL;
    }
    if (row != NULL) {
        vb_store_memory_forget(memory, row->options, strlen(row->options));
        vb_store_memory_changing(memory, row, sizeof *row);
    } else {
        row = vb_arena_new(&memory->arena, struct vb_output_row);
        vb_store_memory_add_to(memory, &memory->outputs, row);
    }
    *row = vb_store_copy_output(&memory->arena, put);
    return VB_OK;
}

/* -- parcels ----------------------------------------------------------------------------------- */

static const char *key_of(struct vb_arena *arena, const struct vb_parcel_row *row)
{
    return vb_arena_printf(arena, "%s %s %d", row->round, row->output, row->revision);
}

static void add_parcel(struct memory_store *memory, struct memory_round *round,
                       const struct vb_parcel_row *put)
{
    struct memory_parcel *parcel = vb_arena_new(&memory->arena, struct memory_parcel);
    parcel->row = vb_store_copy_parcel(&memory->arena, put);
    parcel->row.case_id = round->row.case_id;
    parcel->row.number = (int64_t)memory->parcels.count + 1;
    parcel->key = key_of(&memory->arena, put);
    vb_store_memory_add_row(memory, &memory->parcels, parcel);
    vb_store_memory_add_to(memory, &round->parcels, parcel);
}

static bool may_have_one(const struct memory_round *round, const char *output)
{
    for (size_t i = 0; i < round->parcels.count; i++) {
        const struct memory_parcel *parcel = round->parcels.items[i];
        if (vb_streq(parcel->row.output, output) && parcel->row.attempts > 0)
            return true;
    }
    return false;
}

static void forget_reason(struct memory_store *memory, struct vb_parcel_row *row)
{
    vb_store_memory_forget(memory, row->reason, strlen(row->reason));
    row->reason = "";
}

static void replace_older(struct memory_store *memory, struct memory_round *round,
                          int64_t now_wall_ms)
{
    for (size_t i = 0; i < round->parcels.count; i++) {
        struct memory_parcel *parcel = round->parcels.items[i];
        if (parcel->row.state != VB_PARCEL_WAITING && parcel->row.state != VB_PARCEL_DEAD)
            continue;
        vb_store_memory_changing(memory, &parcel->row, sizeof parcel->row);
        forget_reason(memory, &parcel->row);
        parcel->row.state = VB_PARCEL_REPLACED;
        parcel->row.lease_wall_ms = 0;
        parcel->row.changed_wall_ms = now_wall_ms;
    }
}

void vb_store_memory_put_parcels(struct memory_store *memory, struct memory_round *round,
                                 const struct vb_revision_row *revision)
{
    struct vb_arena arena = { 0 };
    struct vb_output_row *rows;
    struct vb_err err;
    size_t count;
    if (vb_store_rule_takes_back(revision->reason))
        replace_older(memory, round, revision->wall_ms);
    vb_store_memory_outputs(&memory->store, round->row.id, &arena, &rows, &count, &err);
    for (size_t i = 0; i < count; i++) {
        if (revision->recall && !may_have_one(round, rows[i].name))
            continue;
        add_parcel(memory, round,
                   &(struct vb_parcel_row){ .round = round->row.id,
                                            .output = rows[i].name,
                                            .revision = revision->number,
                                            .due_wall_ms = revision->wall_ms,
                                            .reason = "",
                                            .changed_wall_ms = revision->wall_ms });
    }
    vb_arena_finish(&arena);
}

static enum vb_code bring_parcel(struct memory_store *memory, const struct vb_parcel_row *put,
                                 struct vb_err *err)
{
    struct memory_round *round = vb_table_find(&memory->rounds, put->round);
    if (round == NULL)
        return vb_store_rule_absent(err, "round", put->round);
    add_parcel(memory, round, put);
    return VB_OK;
}

enum vb_code vb_store_memory_set_parcel(struct memory_store *memory,
                                        const struct vb_parcel_row *set, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct memory_parcel *parcel = vb_table_find(&memory->parcels, key_of(&arena, set));
    vb_arena_finish(&arena);
    if (parcel == NULL)
        return memory->bringing ? bring_parcel(memory, set, err)
                                : vb_store_rule_no_parcel(err, set);
    if (!vb_store_rule_parcel_may(parcel->row.state, set->state))
        return vb_store_rule_parcel(err, set, parcel->row.state);
    vb_store_memory_changing(memory, &parcel->row, sizeof parcel->row);
    forget_reason(memory, &parcel->row);
    parcel->row.state = set->state;
    parcel->row.attempts = set->attempts;
    parcel->row.due_wall_ms = set->due_wall_ms;
    parcel->row.lease_wall_ms = set->lease_wall_ms;
    parcel->row.reason = vb_arena_strdup(&memory->arena, set->reason);
    parcel->row.changed_wall_ms = set->changed_wall_ms;
    return VB_OK;
}

void vb_store_memory_erase_reasons(struct memory_store *memory, const char *round)
{
    const struct memory_round *of = vb_table_find(&memory->rounds, round);
    for (size_t i = 0; of != NULL && i < of->parcels.count; i++) {
        struct memory_parcel *parcel = of->parcels.items[i];
        vb_store_memory_changing(memory, &parcel->row, sizeof parcel->row);
        forget_reason(memory, &parcel->row);
    }
}

/* -- reading ----------------------------------------------------------------------------------- */

enum vb_code vb_store_memory_outputs(struct vb_store *store, const char *round,
                                     struct vb_arena *arena, struct vb_output_row **out,
                                     size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_list *outputs = &((struct memory_store *)store)->outputs;
    *count = outputs->count;
    *out = vb_arena_alloc(arena, (*count + 1) * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = vb_store_copy_output(arena, outputs->items[i]);
    if (round != NULL)
        vb_store_rule_outputs_of(*out, count, round);
    return VB_OK;
}

enum vb_code vb_store_memory_parcels(struct vb_store *store, const struct vb_parcel_query *query,
                                     struct vb_arena *arena, struct vb_parcel_row **out,
                                     size_t *count, struct vb_err *err)
{
    (void)err;
    const struct vb_table *parcels = &((struct memory_store *)store)->parcels;
    size_t cap = 0;
    *out = NULL;
    *count = 0;
    for (size_t i = query->after > 0 ? (size_t)query->after : 0; i < parcels->count; i++) {
        const struct memory_parcel *parcel = (void *)parcels->rows[i];
        if (!vb_store_rule_asked_for(query, &parcel->row, *count))
            continue;
        struct vb_parcel_row *row = vb_arena_push(arena, out, *count, &cap, sizeof *row);
        *row = vb_store_copy_parcel(arena, &parcel->row);
        ++*count;
    }
    return VB_OK;
}
