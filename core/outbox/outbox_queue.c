/* Parcels in memory: each case first in, first out, and the first of each in a heap by when it is
 * due, then by number. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "outbox/outbox_inner.h"

/* -- the heap ---------------------------------------------------------------------------------- */

static bool before(const struct box_parcel *a, const struct box_parcel *b)
{
    return a->due_ms != b->due_ms ? a->due_ms < b->due_ms : a->number < b->number;
}

static void put_at(struct box_lane *lane, size_t place, struct box_parcel *parcel)
{
    lane->heap[place] = parcel;
    parcel->place = place;
}

static void sink(struct box_lane *lane, size_t place)
{
    struct box_parcel *parcel = lane->heap[place];
    for (;;) {
        size_t child = 2 * place + 1;
        if (child + 1 < lane->heap_count && before(lane->heap[child + 1], lane->heap[child]))
            child++;
        if (child >= lane->heap_count || !before(lane->heap[child], parcel))
            break;
        put_at(lane, place, lane->heap[child]);
        place = child;
    }
    put_at(lane, place, parcel);
}

void vb_box_put_back(struct box_lane *lane, struct box_parcel *parcel)
{
    vb_push(&lane->heap, lane->heap_count, &lane->heap_cap, sizeof(struct box_parcel *));
    size_t place = lane->heap_count++;
    while (place > 0 && before(parcel, lane->heap[(place - 1) / 2])) {
        put_at(lane, place, lane->heap[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
    put_at(lane, place, parcel);
}

struct box_parcel *vb_box_first(const struct box_lane *lane)
{
    return lane->heap_count == 0 ? NULL : lane->heap[0];
}

struct box_parcel *vb_box_take(struct box_lane *lane)
{
    struct box_parcel *first = lane->heap[0];
    lane->heap_count--;
    if (lane->heap_count > 0) {
        lane->heap[0] = lane->heap[lane->heap_count];
        sink(lane, 0);
    }
    return first;
}

/* Those that wait for a moment that somebody named (after_ms) as well: it answers again. */
void vb_box_all_due(struct box_lane *lane, int64_t now_ms)
{
    for (size_t i = 0; i < lane->heap_count; i++)
        if (lane->heap[i]->due_ms > now_ms)
            lane->heap[i]->due_ms = now_ms;
    for (size_t i = lane->heap_count / 2; i > 0; i--)
        sink(lane, i - 1);
}

/* -- cases ------------------------------------------------------------------------------------- */

static struct box_case *case_of(struct box_lane *lane, const char *key)
{
    struct vb_arena *arena = &lane->box->arena;
    struct box_case *of = vb_table_find(&lane->cases, key);
    if (of == NULL) {
        of = vb_arena_new(arena, struct box_case);
        of->key = vb_arena_strdup(arena, key);
        vb_table_add(&lane->cases, of);
    }
    return of;
}

static struct box_parcel *make(struct box_output *output, const struct vb_parcel_row *row)
{
    size_t round = strlen(row->round) + 1;
    size_t case_id = row->case_id == NULL ? 0 : strlen(row->case_id) + 1;
    struct box_parcel *parcel = vb_alloc(sizeof *parcel + round + case_id);
    char *text = (char *)(parcel + 1);
    memcpy(text, row->round, round);
    if (case_id > 0)
        memcpy(text + round, row->case_id, case_id);
    parcel->round = text;
    parcel->case_id = case_id == 0 ? NULL : text + round;
    parcel->output = output;
    parcel->number = row->number;
    parcel->revision = row->revision;
    parcel->attempts = row->attempts;
    parcel->delivered_then = -1;
    return parcel;
}

void vb_box_add(struct box_lane *lane, struct box_output *output, const struct vb_parcel_row *row,
                int64_t due_ms)
{
    struct box_parcel *parcel = make(output, row);
    struct box_case *of = case_of(lane, row->case_id == NULL ? row->round : row->case_id);
    parcel->of = of;
    parcel->due_ms = due_ms;
    if (of->first == NULL) {
        of->first = of->last = parcel;
        vb_box_put_back(lane, parcel);
    } else {
        of->last->next = parcel;
        of->last = parcel;
    }
    lane->box->count.waiting++;
}

void vb_box_done(struct box_lane *lane, struct box_parcel *parcel)
{
    struct box_case *of = parcel->of;
    vb_assert(of->first == parcel);
    of->first = parcel->next;
    if (of->first == NULL)
        of->last = NULL;
    else
        vb_box_put_back(lane, of->first);
    lane->box->count.waiting--;
    free(parcel);
}

void vb_box_finish_lane(struct box_lane *lane)
{
    for (size_t i = 0; i < lane->cases.count; i++) {
        struct box_case *of = (void *)lane->cases.rows[i];
        for (struct box_parcel *parcel = of->first, *next; parcel != NULL; parcel = next) {
            next = parcel->next;
            free(parcel);
        }
    }
    vb_table_finish(&lane->cases);
    free(lane->heap);
}
