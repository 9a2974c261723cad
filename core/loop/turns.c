#include "loop/turns.h"

#include <stdlib.h>

#include <uv.h>

#include "base/mem.h"

struct vb_turns {
    uv_idle_t uv; /* runs while somebody waits, so that the loop does not sleep */
    struct vb_turn *first, *last;
    size_t count;
};

enum vb_code vb_turns_create(struct vb_turns **out, struct vb_loop *loop, struct vb_err *err)
{
    struct vb_turns *turns = vb_new(struct vb_turns);
    int rc = uv_idle_init(vb_loop_uv(loop), &turns->uv);
    if (rc != 0) {
        free(turns);
        return vb_fail(err, VB_E_IO, "making room for turns: %s", uv_strerror(rc));
    }
    turns->uv.data = turns;
    *out = turns;
    return VB_OK;
}

static void on_close(uv_handle_t *handle)
{
    free(handle->data);
}

void vb_turns_destroy(struct vb_turns *turns)
{
    if (turns == NULL)
        return;
    vb_assert(turns->count == 0);
    uv_close((uv_handle_t *)&turns->uv, on_close);
}

static void take_first(struct vb_turns *turns)
{
    turns->first->waiting = false;
    turns->first = turns->first->next;
    if (turns->first == NULL)
        turns->last = NULL;
    turns->count--;
}

static void on_idle(uv_idle_t *handle)
{
    struct vb_turns *turns = handle->data;
    struct vb_turn *turn = turns->first;
    take_first(turns);
    if (turn->go(turn))
        vb_turns_add(turns, turn);
    else if (turns->count == 0)
        uv_idle_stop(handle);
}

void vb_turns_add(struct vb_turns *turns, struct vb_turn *turn)
{
    if (turn->waiting)
        return;
    turn->waiting = true;
    turn->next = NULL;
    if (turns->last == NULL)
        turns->first = turn;
    else
        turns->last->next = turn;
    turns->last = turn;
    turns->count++;
    int rc = uv_idle_start(&turns->uv, on_idle);
    vb_assert(rc == 0); /* fails only without a callback */
}

void vb_turns_drop(struct vb_turns *turns, struct vb_turn *turn)
{
    struct vb_turn **at = &turns->first, *before = NULL;
    if (!turn->waiting)
        return;
    while (*at != turn) {
        before = *at;
        at = &(*at)->next;
    }
    *at = turn->next;
    if (turns->last == turn)
        turns->last = before;
    turn->waiting = false;
    if (--turns->count == 0)
        uv_idle_stop(&turns->uv);
}

size_t vb_turns_waiting(const struct vb_turns *turns)
{
    return turns->count;
}
