/* reopen.c - a correction: the overview once more, while what was shared stands.
 *
 * What stands is copied aside. Sharing again lets the copy go; stopping puts it back, so that a
 * correction somebody leaves is as if it had not been begun, rosters that came meanwhile included:
 * somebody who shared does not get those either. */
#include <string.h>

#include "session/state.h"

struct vb_stand {
    struct vb_value *values, *kept;
    int64_t *given_at, followed_at[VB_AGREEMENTS_MAX];
    uint8_t *marks;
    struct vb_place *path;
    struct vb_trace *traces;
    struct vb_ghost *ghosts;
    size_t ghost_count, roster_count;
    int slot_count, path_count, start_roster;
    enum vb_followed followed[VB_AGREEMENTS_MAX];
    uint16_t followed_held;
    int last_at;
};

static void *copy(struct vb_arena *arena, const void *list, size_t count, size_t size)
{
    void *out = vb_arena_alloc(arena, (count + 1) * size);
    if (count > 0)
        memcpy(out, list, count * size);
    return out;
}

static void put_back(void *list, const void *from, size_t count, size_t size)
{
    if (count > 0)
        memcpy(list, from, count * size);
}

void vb_reopen_begin(struct vb_fold *fold)
{
    struct vb_arena *arena = &fold->arena;
    struct vb_stand *stand = vb_arena_new(arena, struct vb_stand);
    size_t slots = (size_t)fold->slot_count, steps = (size_t)fold->path_count;
    *stand = (struct vb_stand){
        .values = copy(arena, fold->values, slots, sizeof *fold->values),
        .kept = copy(arena, fold->kept, slots, sizeof *fold->kept),
        .given_at = copy(arena, fold->given_at, slots, sizeof *fold->given_at),
        .marks = copy(arena, fold->marks, slots, sizeof *fold->marks),
        .path = copy(arena, fold->path, steps, sizeof *fold->path),
        .traces = copy(arena, fold->traces, steps, sizeof *fold->traces),
        .ghosts = copy(arena, fold->ghosts, fold->ghost_count, sizeof *fold->ghosts),
        .ghost_count = fold->ghost_count,
        .roster_count = fold->roster_count,
        .slot_count = fold->slot_count,
        .path_count = fold->path_count,
        .start_roster = fold->start_roster,
        .followed_held = fold->followed_held,
        .last_at = fold->last_at,
    };
    memcpy(stand->followed, fold->followed, sizeof fold->followed);
    memcpy(stand->followed_at, fold->followed_at, sizeof fold->followed_at);
    fold->stand = stand;
    fold->view = (struct vb_view){ .at = VB_AT_OVERVIEW,
                                   .seq = fold->view.seq,
                                   .member = -1,
                                   .can_back = vb_fold_can_back(fold),
                                   .stands = true };
}

/* The lists only ever grow, so that what was copied fits in them again. */
void vb_reopen_undo(struct vb_fold *fold)
{
    const struct vb_stand *stand = fold->stand;
    size_t slots = (size_t)stand->slot_count, steps = (size_t)stand->path_count;
    vb_assert(stand->roster_count <= fold->roster_count);
    put_back(fold->values, stand->values, slots, sizeof *fold->values);
    put_back(fold->kept, stand->kept, slots, sizeof *fold->kept);
    put_back(fold->given_at, stand->given_at, slots, sizeof *fold->given_at);
    put_back(fold->marks, stand->marks, slots, sizeof *fold->marks);
    put_back(fold->path, stand->path, steps, sizeof *fold->path);
    put_back(fold->traces, stand->traces, steps, sizeof *fold->traces);
    fold->ghost_count = 0;
    for (size_t i = 0; i < stand->ghost_count; i++) {
        struct vb_ghost *ghost =
            vb_push(&fold->ghosts, fold->ghost_count, &fold->ghost_cap, sizeof *ghost);
        *ghost = stand->ghosts[i];
        fold->ghost_count++;
    }
    fold->roster_count = stand->roster_count;
    fold->slot_count = stand->slot_count;
    fold->path_count = stand->path_count;
    fold->start_roster = stand->start_roster;
    memcpy(fold->followed, stand->followed, sizeof fold->followed);
    memcpy(fold->followed_at, stand->followed_at, sizeof fold->followed_at);
    fold->followed_held = stand->followed_held;
    fold->last_at = stand->last_at;
    fold->waiting = 0;
    for (int i = 0; i < fold->slot_count; i++)
        fold->waiting += (fold->marks[i] & VB_MARK_WAITING) != 0;
    vb_roster_settle(fold);
}
